/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/members.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mail/db_private.h"
#include "mail/maildirfile.h"
#include "mail/threads.h"
#include "util/alloc.h"

struct loading {
	const struct nd_db *db;
	const char *query;
	struct nd_member_list *list;
	const char *tag;
};

/* The first of the mail's files that can be found, owned by ctx. */
static const char *
file_of(const void *ctx, const struct nd_message *copy)
{
	for (size_t i = 0; i < copy->file_count; i++)
		if (access(copy->file[i], F_OK) == 0)
			return x_strdup(ctx, copy->file[i]);
	for (size_t i = 0; i < copy->file_count; i++) {
		const char *now = nd_maildirfile_locate(ctx, copy->file[i]);

		if (now)
			return now;
	}
	return "";
}

static bool
has_tag(notmuch_message_t *message, const char *tag)
{
	notmuch_tags_t *tags = notmuch_message_get_tags(message);
	bool found = false;

	for (; !found && notmuch_tags_valid(tags);
	     notmuch_tags_move_to_next(tags))
		found = strcmp(notmuch_tags_get(tags), tag) == 0;
	notmuch_tags_destroy(tags);
	return found;
}

/* Is the mail a digest of ours, and nothing else? (Not a report: that is of no
 * thread.) */
static bool
is_digest(const struct nd_db *db, const struct nd_message *copy,
          unsigned *covers)
{
	struct nd_digest_header header = {0};

	if (!nd_digestfile_has_id(copy->id) ||
	    nd_digestfile_has_report_id(copy->id) || copy->file_count == 0)
		return false;
	for (size_t i = 0; i < copy->file_count; i++)
		if (!nd_digestfile_read(copy, &db->folders, copy->file[i],
		                        &header))
			return false;
	*covers = header.covers;
	return true;
}

static bool
take_member(void *arg, notmuch_message_t *message)
{
	struct loading *loading = arg;
	struct nd_member_list *list = loading->list;
	const char *id = notmuch_message_get_message_id(message);
	notmuch_bool_t ghost = 0;
	struct nd_member *member;
	struct nd_message *copy;

	if (!id)
		return false;
	if (notmuch_message_get_flag_st(message, NOTMUCH_MESSAGE_FLAG_GHOST,
	                                &ghost) != NOTMUCH_STATUS_SUCCESS ||
	    ghost)
		return true;
	copy = x_new(NULL, struct nd_message);
	copy->id = id;
	nd_db_copy_files(copy, message);
	member = x_append(list, list->member, list->count);
	member->id = x_strdup(list, id);
	member->file = file_of(list, copy);
	member->digest = is_digest(loading->db, copy, &member->covers);
	member->fresh = has_tag(message, loading->tag);
	talloc_free(copy);
	return true;
}

static int
compare_members(const void *a, const void *b)
{
	const struct nd_member *x = a, *y = b;

	return strcmp(x->id, y->id);
}

static enum nd_status
load_once(struct nd_db *db, void *arg, bool *lost, struct nd_error *err)
{
	struct loading *loading = arg;

	talloc_free(loading->list);
	loading->list = x_new(NULL, struct nd_member_list);
	return nd_db_walk(db, loading->query, false, take_member, loading, lost,
	                  err);
}

static enum nd_status
load(const void *ctx, struct nd_db *db, const char *thread_id, const char *tag,
     struct nd_member_list **out, struct nd_error *err)
{
	struct loading loading = {
		.db = db,
		.query = x_asprintf(ctx, "thread:%s", thread_id),
		.tag = tag,
	};
	enum nd_status st = nd_db_retry(db, load_once, &loading, err);
	struct nd_member_list *list = loading.list;

	if (st != ND_OK) {
		talloc_free(list);
		return st;
	}
	if (list->count > 1)
		qsort(list->member, list->count, sizeof *list->member,
		      compare_members);
	*out = talloc_steal(ctx, list);
	return ND_OK;
}

enum nd_status
nd_members_load(const void *ctx, struct nd_db *db, const char *query,
                const char *tag, struct nd_member_list **out,
                struct nd_error *err)
{
	struct nd_value_list *thread;
	const char *first;
	enum nd_status st =
		nd_threads_ids(ctx, db, query, NULL, false, &thread, err);

	if (st != ND_OK)
		return st;
	if (thread->count == 0)
		return nd_fail(err, ND_ERR_PARSE,
		               "no thread in the database matches '%.300s'",
		               query);
	first = thread->value[0];
	for (size_t i = 1; i < thread->count; i++)
		if (strcmp(thread->value[i], first) < 0)
			first = thread->value[i];
	return load(ctx, db, first, tag, out, err);
}

const struct nd_member *
nd_members_digest(const struct nd_member_list *list)
{
	const struct nd_member *best = NULL;

	for (size_t i = 0; i < list->count; i++)
		if (list->member[i].digest &&
		    (!best || list->member[i].covers > best->covers))
			best = &list->member[i];
	return best;
}
