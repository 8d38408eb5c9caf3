/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/threads.h"

#include <stdlib.h>
#include <string.h>

#include "mail/db_private.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"
#include "util/utf8.h"

enum { BATCH_THREADS = 100 /* thread ids in one query */ };

struct thread_ids {
	struct nd_map *seen;
	const char **id;
	size_t count;
};

static bool
take_thread_id(void *arg, notmuch_message_t *message)
{
	struct thread_ids *ids = arg;
	const char *id = notmuch_message_get_thread_id(message);

	if (!id)
		return false;
	if (nd_map_set_int(ids->seen, id, (intptr_t)ids->count))
		*x_append(ids, ids->id, ids->count) = x_strdup(ids, id);
	return true;
}

/*
 * The query for threads first..first + BATCH_THREADS, owned by ctx. However
 * long it is, nothing may be missing from the restriction.
 */
static const char *
batch_query(const void *ctx, const char *const *id, size_t count, size_t first,
            const char *restriction)
{
	struct nd_buf *query = nd_buf_new(ctx, SIZE_MAX / 2);

	if (!nd_db_is_all_mail(restriction))
		nd_buf_addf(query, "(%s) and ", restriction);
	nd_buf_addc(query, '(');
	for (size_t i = first; i < count && i < first + BATCH_THREADS; i++)
		nd_buf_addf(query, "%sthread:%s", i > first ? " or " : "",
		            id[i]);
	nd_buf_addc(query, ')');
	return nd_buf_finish(ctx, query);
}

struct loading {
	struct nd_db *db;
	struct nd_thread_list *list;
	struct nd_map *by_id;  /* thread id -> struct nd_thread */
	struct nd_map *merged; /* thread id -> what its digest remembers */
	struct nd_map *hidden; /* thread id -> struct hidden */
	struct nd_map *taken;  /* ids of mails that the query has matched */
	struct thread_ids *ids;
	int64_t until_s;
};

struct hidden {
	struct nd_message **message;
	size_t count;
};

static struct nd_thread *
thread_of(struct loading *loading, const char *id)
{
	struct nd_thread_list *list = loading->list;
	struct nd_thread *thread = nd_map_get(loading->by_id, id);

	if (thread)
		return thread;
	/* Its own tree, so that a worker thread may add to it. */
	thread = x_new(list, struct nd_thread);
	thread->id = x_strdup(thread, id);
	*x_append(list, list->thread, list->count) = thread;
	nd_map_set(loading->by_id, id, thread);
	return thread;
}

/* The thread's tags stay sorted; there are few of them. */
static void
add_tag(struct nd_thread *thread, const char *tag)
{
	size_t i = thread->tag_count;
	const char **last;

	for (size_t k = 0; k < thread->tag_count; k++)
		if (strcmp(thread->tag[k], tag) == 0)
			return;
	last = x_append(thread, thread->tag, thread->tag_count);
	for (; i > 0 && strcmp(thread->tag[i - 1], tag) > 0; i--, last--)
		*last = last[-1];
	*last = x_strdup(thread, tag);
}

static void
copy_tags(struct nd_thread *to, notmuch_message_t *from)
{
	notmuch_tags_t *tags = notmuch_message_get_tags(from);

	for (; notmuch_tags_valid(tags); notmuch_tags_move_to_next(tags))
		add_tag(to, notmuch_tags_get(tags));
	notmuch_tags_destroy(tags);
}

static bool
is_hidden(const struct nd_db *db, notmuch_message_t *message)
{
	notmuch_tags_t *tags = notmuch_message_get_tags(message);
	bool found = false;

	for (; !found && notmuch_tags_valid(tags);
	     notmuch_tags_move_to_next(tags))
		for (size_t i = 0; i < db->exclude_count; i++)
			if (!db->exclude[i].lifted &&
			    strcmp(notmuch_tags_get(tags),
			           db->exclude[i].tag) == 0)
				found = true;
	notmuch_tags_destroy(tags);
	return found;
}

/* Mails that are not told of wait here until their thread is known. */
static void
take_hidden(struct loading *loading, notmuch_message_t *from,
            struct nd_message *message, int64_t date_s, unsigned flags)
{
	const char *id = notmuch_message_get_thread_id(from);
	struct hidden *hidden = nd_map_get(loading->hidden, id);

	if (!hidden) {
		hidden = x_new(loading->hidden, struct hidden);
		nd_map_set(loading->hidden, id, hidden);
	}
	talloc_steal(hidden, message);
	message->date_s = date_s;
	message->parent = ND_NO_MESSAGE;
	message->flags |= flags;
	*x_append(hidden, hidden->message, hidden->count) = message;
}

/* Kept beside the mail: no file is opened for it. */
static bool
has_bracket(notmuch_message_t *from)
{
	const char *subject = notmuch_message_get_header(from, "subject");

	return subject && strchr(subject, '[');
}

static bool
take_message_of_thread(void *arg, notmuch_message_t *from)
{
	struct loading *loading = arg;
	int64_t date_s = (int64_t)notmuch_message_get_date(from);
	notmuch_bool_t ghost = 0;
	struct nd_message *message;
	struct nd_thread *thread;
	const char *id = notmuch_message_get_message_id(from);
	const char *merged = NULL;
	bool excluded;

	if (!id || !notmuch_message_get_thread_id(from))
		return false;
	if (notmuch_message_get_flag_st(from, NOTMUCH_MESSAGE_FLAG_GHOST,
	                                &ghost) != NOTMUCH_STATUS_SUCCESS ||
	    ghost)
		return true;
	message = x_new(NULL, struct nd_message);
	message->id = nd_utf8_clean_line(message, id, strlen(id));
	nd_db_copy_files(message, from);
	if (!nd_db_leave_out_ours(loading->db, message, &merged)) {
		if (merged)
			nd_map_set(loading->merged,
			           notmuch_message_get_thread_id(from),
			           x_strdup(loading->merged, merged));
		talloc_free(message);
		return true;
	}
	excluded =
		loading->db->exclude_count > 0 && is_hidden(loading->db, from);
	if (excluded || date_s >= loading->until_s) {
		take_hidden(loading, from, message, date_s,
		            excluded ? 0 : ND_MESSAGE_LATE);
		return true;
	}
	thread = thread_of(loading, notmuch_message_get_thread_id(from));
	talloc_steal(thread, message);
	message->date_s = date_s;
	message->parent = ND_NO_MESSAGE;
	copy_tags(thread, from);
	thread->may_post = thread->may_post || has_bracket(from);
	*x_append(thread, thread->message, thread->message_count) = message;
	return true;
}

/* A mail that the query matches, and the id of its thread. */
static bool
take_match(void *arg, notmuch_message_t *from)
{
	struct loading *loading = arg;
	const char *id = notmuch_message_get_message_id(from);

	if (!id)
		return false;
	nd_map_set(loading->taken, id, NULL);
	return take_thread_id(loading->ids, from) &&
	       take_message_of_thread(loading, from);
}

/*
 * The other mails of its thread. That header, too, is kept beside the mail; all
 * else that is known of it is in one piece, which is large.
 */
static bool
take_rest(void *arg, notmuch_message_t *from)
{
	struct loading *loading = arg;
	const char *id =
		nd_map_count(loading->taken) > 0
			? notmuch_message_get_header(from, "message-id")
			: NULL;

	return (id && nd_map_has(loading->taken, id)) ||
	       take_message_of_thread(loading, from);
}

static int
compare_threads(const void *a, const void *b)
{
	const struct nd_thread *const *x = a, *const *y = b;

	return strcmp((*x)->id, (*y)->id);
}

/* A digest may be found before the mails of its thread. */
static void
hand_out_merged(const struct loading *loading)
{
	for (size_t i = 0; i < loading->list->count; i++) {
		struct nd_thread *thread = loading->list->thread[i];
		const char *merged = nd_map_get(loading->merged, thread->id);

		if (merged)
			thread->merged = x_strdup(thread, merged);
	}
}

static void
hand_out_hidden(const struct loading *loading)
{
	for (size_t i = 0; i < loading->list->count; i++) {
		struct nd_thread *thread = loading->list->thread[i];
		struct hidden *hidden = nd_map_get(loading->hidden, thread->id);

		if (!hidden)
			continue;
		thread->hidden = talloc_steal(thread, hidden->message);
		thread->hidden_count = hidden->count;
		for (size_t k = 0; k < hidden->count; k++)
			talloc_steal(thread, hidden->message[k]);
	}
}

/* What to load: the threads of a query, or (query is NULL) those of ids. */
struct wanted_threads {
	const char *query;
	const char *const *id;
	size_t count;
	int64_t until_s;
	const void *ctx;
	struct nd_thread_list *list; /* what was loaded, owned by ctx */
};

static enum nd_status
load_once(struct nd_db *db, void *arg, bool *lost, struct nd_error *err)
{
	struct wanted_threads *all = arg, wanted = *all;
	void *tmp = talloc_new(NULL);
	struct nd_thread_list *list = x_new(tmp, struct nd_thread_list);
	struct thread_ids *ids = x_new(tmp, struct thread_ids);
	struct loading loading = {
		.db = db,
		.list = list,
		.by_id = nd_map_new(tmp),
		.merged = nd_map_new(tmp),
		.hidden = nd_map_new(tmp),
		.taken = nd_map_new(tmp),
		.ids = ids,
		.until_s = wanted.until_s,
	};
	enum nd_status st = ND_OK;

	ids->seen = nd_map_new(ids);
	if (wanted.query) {
		st = nd_db_walk(db, wanted.query, true, take_match, &loading,
		                lost, err);
		wanted.id = ids->id;
		wanted.count = ids->count;
	}
	for (size_t i = 0; st == ND_OK && !*lost && i < wanted.count;
	     i += BATCH_THREADS)
		st = nd_db_walk(
			db, batch_query(tmp, wanted.id, wanted.count, i, ""),
			false, take_rest, &loading, lost, err);
	if (st == ND_OK && !*lost) {
		hand_out_merged(&loading);
		hand_out_hidden(&loading);
		if (list->count > 1)
			qsort(list->thread, list->count, sizeof *list->thread,
			      compare_threads);
		all->list = talloc_steal(all->ctx, list);
	}
	talloc_free(tmp);
	return st;
}

static enum nd_status
load(const void *ctx, struct nd_db *db, struct wanted_threads *wanted,
     struct nd_thread_list **out, struct nd_error *err)
{
	enum nd_status st;

	wanted->ctx = ctx;
	st = nd_db_retry(db, load_once, wanted, err);
	if (st == ND_OK)
		*out = wanted->list;
	return st;
}

enum nd_status
nd_threads_load(const void *ctx, struct nd_db *db, const char *query,
                int64_t until_s, struct nd_thread_list **out,
                struct nd_error *err)
{
	struct wanted_threads wanted = {.query = query, .until_s = until_s};

	return load(ctx, db, &wanted, out, err);
}

enum nd_status
nd_threads_load_ids(const void *ctx, struct nd_db *db, const char *const *id,
                    size_t count, int64_t until_s, struct nd_thread_list **out,
                    struct nd_error *err)
{
	struct wanted_threads wanted = {
		.id = id, .count = count, .until_s = until_s};

	return load(ctx, db, &wanted, out, err);
}

/* The question of nd_threads_ids() and, in the end, the answer. */
struct ids_wanted {
	const char *query;
	const struct nd_value_list *among;
	bool exclude;
	struct thread_ids *ids;
};

static enum nd_status
ids_once(struct nd_db *db, void *arg, bool *lost, struct nd_error *err)
{
	struct ids_wanted *wanted = arg;
	const struct nd_value_list *among = wanted->among;
	struct thread_ids *ids;
	enum nd_status st = ND_OK;

	talloc_free(wanted->ids);
	wanted->ids = ids = x_new(NULL, struct thread_ids);
	ids->seen = nd_map_new(ids);
	if (!among)
		return nd_db_walk(db, wanted->query, wanted->exclude,
		                  take_thread_id, ids, lost, err);
	for (size_t i = 0; st == ND_OK && !*lost && i < among->count;
	     i += BATCH_THREADS)
		st = nd_db_walk(db,
		                batch_query(ids, among->value, among->count, i,
		                            wanted->query),
		                wanted->exclude, take_thread_id, ids, lost,
		                err);
	return st;
}

enum nd_status
nd_threads_ids(const void *ctx, struct nd_db *db, const char *query,
               const struct nd_value_list *among, bool exclude,
               struct nd_value_list **out, struct nd_error *err)
{
	struct ids_wanted wanted = {
		.query = query, .among = among, .exclude = exclude};
	enum nd_status st = nd_db_retry(db, ids_once, &wanted, err);

	if (st == ND_OK) {
		*out = x_new(ctx, struct nd_value_list);
		(*out)->value = wanted.ids->id;
		(*out)->count = wanted.ids->count;
		talloc_steal(*out, wanted.ids);
	} else {
		talloc_free(wanted.ids);
	}
	return st;
}

static bool
take_message_id(void *arg, notmuch_message_t *message)
{
	struct nd_map *ids = arg;
	const char *id = notmuch_message_get_message_id(message);
	char *clean;

	if (!id)
		return false;
	clean = nd_utf8_clean_line(NULL, id, strlen(id));
	nd_map_set(ids, clean, NULL);
	talloc_free(clean);
	return true;
}

struct matching {
	const char *query;
	const struct nd_thread_list *threads;
	struct nd_map *ids; /* of the mails that match */
};

static enum nd_status
match_once(struct nd_db *db, void *arg, bool *lost, struct nd_error *err)
{
	struct matching *matching = arg;
	const struct nd_thread_list *threads = matching->threads;
	struct nd_map *ids;
	const char **id;
	enum nd_status st = ND_OK;

	talloc_free(matching->ids);
	matching->ids = ids = nd_map_new(NULL);
	id = x_array(ids, const char *, threads->count + 1);
	for (size_t i = 0; i < threads->count; i++)
		id[i] = threads->thread[i]->id;
	for (size_t i = 0; st == ND_OK && !*lost && i < threads->count;
	     i += BATCH_THREADS)
		st = nd_db_walk(db,
		                batch_query(ids, id, threads->count, i,
		                            matching->query),
		                false, take_message_id, ids, lost, err);
	return st;
}

enum nd_status
nd_threads_match(const void *ctx, struct nd_db *db, const char *query,
                 const struct nd_thread_list *threads, struct nd_map **out,
                 struct nd_error *err)
{
	struct matching matching = {.query = query, .threads = threads};
	enum nd_status st = nd_db_retry(db, match_once, &matching, err);

	if (st == ND_OK)
		*out = talloc_steal(ctx, matching.ids);
	else
		talloc_free(matching.ids);
	return st;
}

enum nd_status
nd_threads_refresh_files(struct nd_db *db, struct nd_thread *thread,
                         struct nd_error *err)
{
	for (size_t i = 0; i < thread->message_count; i++) {
		struct nd_message *message = thread->message[i];
		notmuch_message_t *found;
		enum nd_status st;

		if (message->flags & ND_MESSAGE_READ)
			continue;
		st = nd_db_find_mail(db, message->id, &found, err);
		if (st != ND_OK)
			return st;
		if (!found)
			continue;
		message->file_count = 0;
		TALLOC_FREE(message->file);
		nd_db_copy_files(message, found);
		notmuch_message_destroy(found);
		nd_db_leave_out_ours(db, message, NULL);
	}
	return ND_OK;
}
