/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/summaries.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "agenda/deadline.h"
#include "agenda/front.h"
#include "analyse/speech.h"
#include "app/progress.h"
#include "pipeline/marks.h"
#include "standing/foryou.h"
#include "standing/state.h"
#include "summarise/summarise.h"
#include "telling/cover.h"
#include "telling/gist.h"
#include "telling/telling.h"
#include "util/alloc.h"

/*
 * Threads that wait for a language model's answers at once, and mails of them:
 * as long as they wait, what was sent of their text is kept.
 */
enum { BATCH_THREADS = 256, BATCH_MAILS = 4096 };

/*
 * Of digest.max_words, in a report that is read through: what a thread with one
 * new mail gets, what twice the new mails add (to a talk more, which has no titles
 * of patches, tags and verdicts beside its summary), and how many of the others,
 * which were news once, count as one.
 */
enum {
	ALONE_PERCENT = 22,
	DOUBLED_PERCENT = 9,
	TALK_PERCENT = 16,
	KNOWN_AS_ONE = 8
};

static unsigned
words_to_read(unsigned max_words, const struct nd_thread *thread)
{
	const struct nd_counts *counts = &thread->counts;
	unsigned known = counts->total - counts->new_messages;
	unsigned mails = counts->new_messages +
	                 (known + KNOWN_AS_ONE - 1) / KNOWN_AS_ONE;
	float percent = ALONE_PERCENT;

	if (mails > 1)
		percent += (float)(thread->series ? DOUBLED_PERCENT
		                                  : TALK_PERCENT) *
		           log2f((float)mails);
	return percent < 100 ? (unsigned)((float)max_words * percent / 100)
	                     : max_words;
}

/*
 * In print a thread that is over is told in short: what was said before the
 * mail that closed it is passed over there, and takes no words here. 0: it is
 * not over, or something is still owed in it.
 */
static int32_t
closed_by(struct nd_thread *thread, const struct nd_window *window)
{
	int32_t mail;

	nd_state_settle(thread, window);
	mail = nd_front_closing_mail(thread);
	return mail == ND_NO_MESSAGE || thread->attention_count > 0 ? 0 : mail;
}

/* Facts are words of a summary where they do not stand above it. */
static void
fit_words(const struct nd_report_request *how, struct nd_thread *thread,
          struct nd_summarise_options *options)
{
	unsigned told;

	if (how->flags & ND_REPORT_READ_THROUGH) {
		options->max_words = words_to_read(how->max_words, thread);
		options->large = 0; /* lists of mails tell the parts */
		options->told_from = closed_by(thread, &how->window);
		return;
	}
	told = nd_telling_words(how->i18n, thread);
	options->max_words -=
		told < how->max_words / 2 ? told : how->max_words / 2;
}

static bool
is_asked_about(const struct nd_report_request *how,
               const struct nd_thread *thread)
{
	return how->llm && (!how->asks || how->asks(how->asks_arg, thread));
}

/* What else the text of a thread is needed for; it goes then. */
static void
finish_thread(void *arg, size_t i)
{
	struct nd_gathering *gathering = arg;
	const struct nd_report_request *how = gathering->how;
	struct nd_thread *thread = gathering->work[gathering->first + i].thread;
	struct nd_summarise_options options = {
		.max_words = how->max_words,
		.told = true,
		.brief = how->flags & ND_REPORT_READ_THROUGH,
		.large = how->large,
	};
	bool quiet = gathering->first + i >= gathering->quiet_first;

	nd_foryou_count(thread, how->user);
	nd_deadline_find(thread);
	if ((how->flags & ND_REPORT_COVERS) == ND_REPORT_COVERS)
		nd_cover_keep(thread);
	if (!(how->flags & ND_REPORT_FACTS) && !quiet) {
		fit_words(how, thread, &options);
		nd_summarise_thread(thread, &options);
	}
	if (how->flags & ND_REPORT_HEARD)
		nd_speech_explain(thread);
	if (!quiet && is_asked_about(how, thread))
		gathering->context[gathering->first + i] =
			nd_llm_context_new(thread, thread);
	nd_thread_drop_text(thread);
	if (!how->llm || quiet || (how->flags & ND_REPORT_RECALL))
		nd_progress_step(gathering->progress);
}

static void
mark_dated_thread(void *arg, size_t i)
{
	const struct nd_gathering *gathering = arg;

	nd_marks_thread(gathering->work[gathering->first + i].thread,
	                gathering->how, gathering->matching);
}

static void
step(void *arg, size_t i, enum nd_llm_result result)
{
	(void)i;
	(void)result;
	nd_progress_step(arg);
}

static void
keep_contexts(struct nd_map *contexts, struct nd_thread **thread,
              struct nd_llm_context **context, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (context[i])
			nd_map_set(contexts, thread[i]->id, context[i]);
}

/* Let the model see what it may see of the batch. */
static enum nd_status
ask_about_batch(struct nd_app *app, struct nd_gathering *gathering)
{
	const struct nd_report_request *how = gathering->how;
	size_t all = gathering->end - gathering->first, count = 0;
	struct nd_llm_done done = {step, gathering->progress};
	struct nd_llm_context **context = gathering->context + gathering->first;
	struct nd_thread **thread = x_array(NULL, struct nd_thread *, all);
	enum nd_status st = ND_OK;

	for (size_t i = 0; i < all; i++) {
		thread[count] = gathering->work[gathering->first + i].thread;
		context[count] = context[i];
		count += gathering->first + i < gathering->quiet_first &&
		         nd_gathering_is_wanted(thread[count], how) &&
		         is_asked_about(how, thread[count]);
	}
	if (gathering->contexts)
		keep_contexts(gathering->contexts, thread, context, count);
	else if (how->flags & ND_REPORT_RECALL)
		st = nd_llm_recall(how->llm, thread, context, count, app->err);
	else
		st = nd_llm_run(how->llm, thread, context, count, &done,
		                app->err);
	for (size_t i = 0; !gathering->contexts && i < count; i++)
		TALLOC_FREE(context[i]);
	talloc_free(thread);
	return st;
}

/* Where the batch that begins at first ends: without a model, at the end. */
static size_t
end_of_batch(const struct nd_gathering *gathering, size_t first)
{
	size_t mails = 0, i = first;

	if (!gathering->how->llm)
		return gathering->count;
	while (i < gathering->count && i - first < BATCH_THREADS &&
	       (i == first || mails < BATCH_MAILS))
		mails += gathering->work[i++].thread->message_count;
	return i;
}

/* The longest threads first, so that no worker is left alone with one. */
static int
compare_length(const void *a, const void *b)
{
	const struct nd_thread *const *x = a, *const *y = b;

	if ((*x)->message_count != (*y)->message_count)
		return (*x)->message_count > (*y)->message_count ? -1 : 1;
	return strcmp((*x)->id, (*y)->id);
}

static void
prepare_work(struct nd_gathering *gathering)
{
	struct nd_thread_list *list = gathering->list;
	struct nd_thread_list *quiet = gathering->quiet;

	if (list->count > 1)
		qsort(list->thread, list->count, sizeof *list->thread,
		      compare_length);
	gathering->count = list->count + quiet->count;
	gathering->quiet_first = list->count;
	gathering->work =
		x_array(list, struct nd_thread_work, gathering->count + 1);
	gathering->context =
		x_array(list, struct nd_llm_context *, gathering->count + 1);
	for (size_t i = 0; i < gathering->count; i++)
		gathering->work[i].thread =
			i < list->count ? list->thread[i]
					: quiet->thread[i - list->count];
}

enum nd_status
nd_summaries_make(struct nd_app *app, struct nd_gathering *gathering)
{
	struct nd_thread_way way = {
		.flags = ND_THREAD_WORDS,
		.until_s = gathering->how->window.until_s,
		.dated = mark_dated_thread,
		.then = finish_thread,
		.arg = gathering,
	};
	enum nd_status st = ND_OK;

	prepare_work(gathering);
	gathering->progress =
		nd_progress_new(app, gathering->how->progress,
	                        "summarising threads", gathering->count);
	while (st == ND_OK && gathering->first < gathering->count) {
		gathering->end = end_of_batch(gathering, gathering->first);
		st = nd_thread_work(app, gathering->work + gathering->first,
		                    gathering->end - gathering->first,
		                    gathering->jobs, &way);
		if (st == ND_OK && gathering->how->llm)
			st = ask_about_batch(app, gathering);
		gathering->first = gathering->end;
	}
	nd_progress_end(gathering->progress);
	if (gathering->how->llm && !gathering->contexts &&
	    !(gathering->how->flags & ND_REPORT_RECALL))
		nd_llm_say(gathering->how->llm, &app->options);
	return st;
}

void
nd_summaries_tell(struct nd_thread *thread, const struct nd_i18n *i18n)
{
	struct nd_summary *summary = thread->summary;

	if (!summary)
		return;
	nd_telling_tell(i18n, thread);
	if (!summary->gist)
		summary->gist = nd_gist(summary, i18n, thread);
}

bool
nd_summaries_are_late(const struct nd_report_request *how)
{
	return how->llm && !how->contexts && !(how->flags & ND_REPORT_RECALL) &&
	       (how->limit > 0 || (how->flags & ND_REPORT_FOR_ME));
}

enum nd_status
nd_summaries_ask_late(struct nd_app *app, struct nd_gathering *gathering,
                      struct nd_report *report)
{
	const struct nd_report_request *how = gathering->how;
	size_t count = report->thread_count;
	struct nd_llm_context **context =
		x_array(NULL, struct nd_llm_context *, count + 1);
	struct nd_llm_done done = {step, NULL};
	enum nd_status st;

	for (size_t i = 0; i < count; i++)
		context[i] =
			nd_map_get(gathering->contexts, report->thread[i]->id);
	done.arg = nd_progress_new(app, how->progress, "summarising threads",
	                           count);
	st = nd_llm_run(how->llm, report->thread, context, count, &done,
	                app->err);
	nd_progress_end(done.arg);
	nd_llm_say(how->llm, &app->options);
	for (size_t i = 0; i < count; i++) {
		talloc_free(context[i]);
		nd_summaries_tell(report->thread[i], how->i18n);
	}
	talloc_free(context);
	return st;
}
