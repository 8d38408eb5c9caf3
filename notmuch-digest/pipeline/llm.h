/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * llm.h - the engine that asks a language model, as settings and options say
 *
 * Nothing of it is there unless the engine is "llm"; then it is made once a
 * run, so that the budget of tokens holds for all of it.
 */
#ifndef ND_PIPELINE_LLM_H
#define ND_PIPELINE_LLM_H

#include "app/app.h"
#include "llm/context.h"
#include "llm/engine.h"
#include "mail/threads.h"
#include "model/report.h"
#include "util/buf.h"
#include "util/i18n.h"

struct nd_llm;

/**
 * Make ready what --engine or digest.engine ask for.
 *
 * i18n       the report's language; must stay
 * *out       owned by app; NULL when the engine is "extract". A key that cannot
 *            be had now is only reported, unless --fallback=none
 * Returns    ND_OK; ND_ERR_CONFIG for settings; ND_ERR_USAGE for options that
 *            make no sense together; ND_ERR_SERVICE
 */
enum nd_status nd_llm_open(struct nd_app *app, const struct nd_i18n *i18n,
                           struct nd_llm **out) ND_MUST_CHECK;

/**
 * Would a run with these settings refuse to ask a model for summaries? Nothing
 * is made, run or sent; with the engine "extract" all is well.
 */
enum nd_status nd_llm_check(const struct nd_settings *settings,
                            struct nd_error *err) ND_MUST_CHECK;

/**
 * Shall a model be asked for digests, by settings and options: is the engine
 * "llm", and may it see any mail?
 */
bool nd_llm_is_wanted(const struct nd_app *app);

/**
 * What digest.model of a digest says when this model has been asked for it, to
 * an end; owned by ctx.
 */
const char *nd_llm_model_key(const void *ctx, const char *model);

/** The same when nothing of the thread may be shown to it. */
const char *
nd_llm_barred_key(const void *ctx, const struct nd_llm_settings *settings);

/** The URL, timeout and context that hold, set or not. */
const char *nd_llm_url(const struct nd_llm_settings *settings);
unsigned nd_llm_timeout_s(const struct nd_llm_settings *settings);
unsigned nd_llm_context(const struct nd_llm_settings *settings);

/** Mark the mails that digest.llm.allow lets out; app->db is open. */
enum nd_status nd_llm_mark(struct nd_llm *llm, struct nd_app *app,
                           const struct nd_thread_list *list) ND_MUST_CHECK;

/**
 * Summarise threads whose contexts have been made, one of each; with --dry-run
 * or --show-prompt only look at them.
 *
 * context    NULL for a thread that may not be shown
 * done       as for nd_llm_engine_run(); may be NULL
 * Returns    ND_OK; ND_ERR_BUSY when the run was interrupted; ND_ERR_SERVICE
 *            when a thread failed and --fallback=none
 */
enum nd_status
nd_llm_run(struct nd_llm *llm, struct nd_thread **thread,
           struct nd_llm_context **context, size_t count,
           const struct nd_llm_done *done, struct nd_error *err) ND_MUST_CHECK;

/**
 * Only what the model has said before: nothing is asked, nothing counted.
 *
 * Returns    ND_OK; ND_ERR_BUSY when the run was interrupted
 */
enum nd_status nd_llm_recall(struct nd_llm *llm, struct nd_thread **thread,
                             struct nd_llm_context **context, size_t count,
                             struct nd_error *err) ND_MUST_CHECK;

/** Why no further question makes sense in this run, or NULL. */
const char *nd_llm_stopped(const struct nd_llm *llm);

/** Is an excerpt no summary (--fallback=none)? */
bool nd_llm_is_must(const struct nd_llm *llm);

/** What became of the threads so far. */
const struct nd_llm_engine_report *nd_llm_report(const struct nd_llm *llm);

const char *nd_llm_model(const struct nd_llm *llm);

/** What of the run the report must say, as problems of it. */
void nd_llm_add_problems(const struct nd_llm *llm, struct nd_report *report);

/**
 * What --dry-run or --show-prompt say of the model; NULL for a real run. The
 * buffer belongs to llm.
 */
const struct nd_buf *nd_llm_preview(struct nd_llm *llm);

/**
 * Print that instead of a report, for commands that write nothing.
 *
 * llm           may be NULL
 * *is_preview   set when it was printed, and nothing else is to be
 */
enum nd_status nd_llm_emit_preview(struct nd_app *app, struct nd_llm *llm,
                                   bool *is_preview) ND_MUST_CHECK;

/** One line about the run on stderr, with --verbose. */
void nd_llm_say(const struct nd_llm *llm, const struct nd_options *options);

/** Remove all stored answers, as nd_cachedir_clear() does. */
enum nd_status nd_llm_clear_cache(bool dry_run, size_t *count,
                                  struct nd_error *err) ND_MUST_CHECK;

#endif
