/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * summaries.h - the threads of a report, read and summarised
 *
 * By worker threads, each of which gives up a thread's text when it is done with
 * it; a language model is asked about what they leave, a batch of threads at a
 * time.
 */
#ifndef ND_PIPELINE_SUMMARIES_H
#define ND_PIPELINE_SUMMARIES_H

#include "pipeline/gathering.h"

/**
 * Read and summarise all that was gathered, and let the model see what it may
 * see: not yet when gathering->contexts is there, which is filled in then.
 *
 * Returns    what nd_thread_work() and nd_llm_run() return
 */
enum nd_status nd_summaries_make(struct nd_app *app,
                                 struct nd_gathering *gathering) ND_MUST_CHECK;

/**
 * The last touch to a thread's summary, when the model has had its say: what is
 * only known of a settled thread.
 *
 * i18n       of the summaries
 */
void nd_summaries_tell(struct nd_thread *thread, const struct nd_i18n *i18n);

/** Are there threads that nothing is paid for, since they are not shown? */
bool nd_summaries_are_late(const struct nd_report_request *how);

/** Then: ask the model about those that the report shows. */
enum nd_status
nd_summaries_ask_late(struct nd_app *app, struct nd_gathering *gathering,
                      struct nd_report *report) ND_MUST_CHECK;

#endif
