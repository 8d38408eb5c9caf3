/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/digest.h"

#include <string.h>

#include "agenda/obligation.h"
#include "pipeline/llm.h"
#include "render/mail.h"
#include "util/alloc.h"
#include "util/hash.h"
#include "util/limits.h"

static bool
has_hash(const struct nd_message *message, const char *last)
{
	const char *hash = nd_hash_text(NULL, message->id);
	bool same = strcmp(hash, last) == 0;

	talloc_free((void *)hash);
	return same;
}

static int
compare_by_date(const struct nd_message *a, const struct nd_message *b)
{
	if (a->date_s != b->date_s)
		return a->date_s < b->date_s ? -1 : 1;
	return strcmp(a->id, b->id);
}

void
nd_digest_mark_new(struct nd_thread *thread, const char *last)
{
	const struct nd_message *covered = NULL;
	size_t marked = 0;

	/* The thread is not linked yet: its mails are in no order. */
	for (size_t i = 0; *last && !covered && i < thread->message_count; i++)
		if (has_hash(thread->message[i], last))
			covered = thread->message[i];
	for (size_t i = 0; i < thread->message_count; i++) {
		struct nd_message *message = thread->message[i];

		if (covered && compare_by_date(message, covered) <= 0)
			continue;
		message->flags |= ND_MESSAGE_NEW;
		marked++;
	}
	/* What came late may have an early date. */
	for (size_t i = 0; marked == 0 && i < thread->message_count; i++)
		thread->message[i]->flags |= ND_MESSAGE_NEW;
}

static const struct nd_message *
newest(const struct nd_thread *thread)
{
	return thread->message[thread->message_count - 1];
}

struct nd_report_request
nd_digest_request(const struct nd_digester *d, const char *const *thread_id,
                  size_t count)
{
	const struct nd_app *app = d->app;
	const struct nd_settings *settings = app->settings;

	return (struct nd_report_request){
		.query = "",
		.thread_id = thread_id,
		.thread_count = count,
		.window = {.until_s = INT64_MAX, .now_s = app->now_s},
		.new_query = app->options.new_query,
		.large = settings->large,
		.max_words = settings->max_words,
		.jobs = app->options.jobs,
		.progress = "never",
		.user = &settings->user,
		.i18n = d->i18n,
		.flags = ND_REPORT_WHOLE,
	};
}

int64_t
nd_digest_date_s(const struct nd_thread *thread)
{
	const struct nd_message *root = nd_thread_root(thread);

	return root->written_s ? root->written_s : root->date_s;
}

/* The tags of digest and root together, as X-Notmuch-Digest-Tags has them. */
static const char *
tags_line(const void *ctx, const struct nd_tag_names *tags,
          const struct nd_desired *desired)
{
	struct nd_buf *line = nd_buf_new(ctx, 1 << 16);
	const char *prefix = tags->prefix;

	nd_buf_addf(line, "%s %s/%s %s/summarized", prefix, prefix,
	            desired->category, prefix);
	if (desired->state)
		nd_buf_addf(line, " %s/state/%s", prefix, desired->state);
	if (desired->flags & ND_DESIRED_STALLED)
		nd_buf_addf(line, " %s/stalled", prefix);
	if (desired->flags & ND_DESIRED_LARGE)
		nd_buf_addf(line, " %s/large", prefix);
	if (desired->ask_count > 0)
		nd_buf_addf(line, " %s/me", prefix);
	return nd_buf_finish(ctx, line);
}

/* A small thread gets a digest mail when something came of its first mail. */
bool
nd_digest_is_wanted(const struct nd_app *app, const struct nd_thread *thread)
{
	return !thread->encrypted && strcmp(app->settings->write, "yes") == 0 &&
	       (thread->message_count >= app->settings->min_messages ||
	        thread->merged ||
	        (thread->applied && thread->applied->message != thread->root));
}

static void
add_id(const void *ctx, const char ***list, size_t *count, const char *id)
{
	if (*count == 0 || strcmp((*list)[*count - 1], id) != 0)
		*x_append(ctx, *list, *count) = id;
}

/* Has mail of another thread what the user was to do here? */
static bool
is_done_elsewhere(const struct nd_obligation *one)
{
	return one->user && one->doubted_by &&
	       !nd_thread_has_mail(one->thread, one->doubted_by);
}

/*
 * The first mail of each obligation and the last; of those that the user does
 * not want to hear of, too, and of those that are done in another thread, which
 * is not read whenever this one is.
 */
static void
set_asks(struct nd_report *report, const struct nd_thread *thread,
         const struct nd_user *user, struct nd_desired *desired)
{
	struct nd_obligation *found;
	size_t count = nd_obligation_find(report, thread, user,
	                                  report->window.now_s, &found);

	for (size_t i = 0; i < count; i++) {
		const struct nd_obligation *one = &found[i];
		const char ***list = &desired->asks;
		size_t *listed = &desired->ask_count;

		if (one->dismissed) {
			list = &desired->dismissed;
			listed = &desired->dismissed_count;
		} else if (is_done_elsewhere(one)) {
			list = &desired->done;
			listed = &desired->done_count;
		} else if (one->list != ND_OBLIGATION_NEEDS_YOU) {
			continue;
		}
		add_id(report, list, listed, thread->message[one->message]->id);
		add_id(report, list, listed, thread->message[one->last]->id);
	}
	/* A newer version owes it now. */
	for (size_t i = 0; thread->family.entry && i < thread->message_count;
	     i++)
		if (thread->message[i]->flags & ND_MESSAGE_ASKED)
			add_id(report, &desired->done, &desired->done_count,
			       thread->message[i]->id);
	/* Its tag stands for the thread. */
	if (desired->ask_count == 0 && desired->done_count > 0)
		add_id(report, &desired->done, &desired->done_count,
		       nd_thread_root(thread)->id);
}

static enum nd_status
write_mail(const struct nd_digester *d, struct nd_report *report,
           const struct nd_thread *thread, const char *behind,
           const struct nd_place *place, struct nd_desired *desired,
           struct nd_error *why)
{
	const struct nd_message *root = nd_thread_root(thread);
	struct nd_buf *bytes = nd_buf_new(report, ND_LIMIT_DIGEST_BYTES);
	struct nd_digest_mail mail = {
		.from = d->app->settings->from,
		.id = place->id,
		.parent_id = root->id,
		.date_s = nd_digest_date_s(thread),
		.now_s = d->app->now_s,
		.key = desired->key,
		.last = nd_hash_text(report, newest(thread)->id),
		.behind = behind,
		.tags = tags_line(report, &d->store->tags, desired),
		.merged = thread->merged,
	};
	enum nd_status st;

	if (!*place->id)
		return nd_fail(why, ND_ERR_PARSE,
		               "foreign mail has taken all ids of its digest");
	st = nd_mail_render_digest(report, thread, d->i18n, &mail, bytes, why);
	if (st != ND_OK)
		return st;
	if (thread->summary->model)
		desired->model =
			nd_llm_model_key(report, thread->summary->model);
	desired->digest_id = x_strdup(report, place->id);
	desired->bytes = bytes->data;
	desired->len = bytes->len;
	return ND_OK;
}

/* What is wanted of the thread, its mail apart. */
static void
describe(const struct nd_digester *d, struct nd_report *report,
         const struct nd_thread *thread, const char *key,
         struct nd_desired *desired)
{
	*desired = (struct nd_desired){
		.thread_id = thread->id,
		.root_id = nd_thread_root(thread)->id,
		.key = key,
		.category = nd_thread_category(thread),
		.state = nd_standing_state_name(thread->state),
	};
	set_asks(report, thread, &d->app->settings->user, desired);
	if (thread->stalled)
		desired->flags |= ND_DESIRED_STALLED;
	if (thread->counts.total > d->app->settings->large)
		desired->flags |= ND_DESIRED_LARGE;
}

enum nd_status
nd_digest_mail(const struct nd_digester *d, struct nd_report *report,
               const struct nd_thread *thread, const char *key,
               const char *behind, const struct nd_place *place,
               struct nd_desired *desired, struct nd_error *why)
{
	describe(d, report, thread, key, desired);
	return write_mail(d, report, thread, behind, place, desired, why);
}

void
nd_digest_make(const struct nd_digester *d, struct nd_report *report,
               const struct nd_thread *thread, const struct nd_work *work,
               const struct nd_place *place, struct nd_job *job,
               struct nd_error *why)
{
	struct nd_desired *desired = &job->desired;

	*job = (struct nd_job){0};
	describe(d, report, thread, work->key, desired);
	if (thread->encrypted)
		desired->flags |= ND_DESIRED_NO_MAIL;
	if (work->upgrade)
		desired->flags |= ND_DESIRED_UPGRADE;
	if (work->again)
		desired->flags |= ND_DESIRED_AGAIN;
	if (work->quiet)
		desired->flags |= ND_DESIRED_QUIET;
	else if (nd_digest_is_wanted(d->app, thread) &&
	         write_mail(d, report, thread, work->last, place, desired,
	                    why) != ND_OK)
		desired->flags |= ND_DESIRED_FAILED;
}
