/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/index.h"

#include <stdlib.h>
#include <string.h>

#include "mail/db_private.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/hash.h"
#include "util/map.h"

enum { BATCH_THREADS = 100, QUERY_BYTES = 1 << 20 };

static int
compare_strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
copy_tags(struct nd_index_mail *to, notmuch_message_t *from)
{
	notmuch_tags_t *tags = notmuch_message_get_tags(from);

	for (; notmuch_tags_valid(tags); notmuch_tags_move_to_next(tags))
		*x_append(to, to->tag, to->tag_count) =
			x_strdup(to, notmuch_tags_get(tags));
	notmuch_tags_destroy(tags);
}

static void
copy_properties(struct nd_index_mail *to, notmuch_message_t *from)
{
	notmuch_message_properties_t *properties =
		notmuch_message_get_properties(from, ND_PROPERTY_MARK, true);

	to->marked = notmuch_message_properties_valid(properties);
	notmuch_message_properties_destroy(properties);
	properties = notmuch_message_get_properties(from, ND_PROPERTY_ME, true);
	to->asked = notmuch_message_properties_valid(properties);
	notmuch_message_properties_destroy(properties);
	to->key = "";
	properties =
		notmuch_message_get_properties(from, ND_PROPERTY_KEY, true);
	if (notmuch_message_properties_valid(properties))
		to->key = x_strdup(
			to, notmuch_message_properties_value(properties));
	notmuch_message_properties_destroy(properties);
	to->model = "";
	properties =
		notmuch_message_get_properties(from, ND_PROPERTY_MODEL, true);
	if (notmuch_message_properties_valid(properties))
		to->model = x_strdup(
			to, notmuch_message_properties_value(properties));
	notmuch_message_properties_destroy(properties);
}

/* The three-fold rule; what we have marked has been through it before. */
static bool
is_own_file(const struct nd_db *db, const struct nd_index_mail *mail,
            const char *file)
{
	if (!nd_digestfile_has_id(mail->id) ||
	    !nd_digestfile_has_place(&db->folders, file))
		return false;
	return mail->marked ||
	       nd_digestfile_read(NULL, &db->folders, file, NULL);
}

/* Of two digests of one thread the one that covers more wins. */
static void
put_best_first(const struct nd_db *db, struct nd_index_mail *mail)
{
	size_t best = 0;
	unsigned most = 0;

	qsort(mail->own, mail->own_count, sizeof *mail->own, compare_strings);
	for (size_t i = 0; i < mail->own_count; i++) {
		void *tmp = talloc_new(NULL);
		struct nd_digest_header header = {0};

		nd_digestfile_read(tmp, &db->folders, mail->own[i], &header);
		if (header.covers >= most) {
			most = header.covers;
			best = i;
		}
		talloc_free(tmp);
	}
	if (best > 0) {
		const char *file = mail->own[best];

		memmove(mail->own + 1, mail->own, best * sizeof *mail->own);
		mail->own[0] = file;
	}
}

static void
copy_files(const struct nd_db *db, struct nd_index_mail *to,
           notmuch_message_t *from)
{
	notmuch_filenames_t *names = notmuch_message_get_filenames(from);

	for (; notmuch_filenames_valid(names);
	     notmuch_filenames_move_to_next(names)) {
		const char *name = notmuch_filenames_get(names);

		if (!name || !*name)
			continue;
		if (!is_own_file(db, to, name)) {
			to->foreign_count++;
			to->foreign =
				to->foreign ||
				nd_digestfile_has_place(&db->folders, name);
			continue;
		}
		*x_append(to, to->own, to->own_count) = x_strdup(to, name);
	}
	notmuch_filenames_destroy(names);
	if (to->own_count > 1)
		put_best_first(db, to);
}

static struct nd_index_mail *
copy_mail(const void *ctx, const struct nd_db *db, notmuch_message_t *from)
{
	struct nd_index_mail *mail = x_new(ctx, struct nd_index_mail);

	mail->id = x_strdup(mail, notmuch_message_get_message_id(from));
	mail->report = nd_digestfile_has_report_id(mail->id);
	copy_tags(mail, from);
	copy_properties(mail, from);
	copy_files(db, mail, from);
	return mail;
}

struct loading {
	struct nd_db *db;
	struct nd_index_list *list;
	struct nd_map *index; /* thread id -> index in the list */
};

static bool
is_ghost(notmuch_message_t *message)
{
	notmuch_bool_t ghost = 0;

	return notmuch_message_get_flag_st(message, NOTMUCH_MESSAGE_FLAG_GHOST,
	                                   &ghost) != NOTMUCH_STATUS_SUCCESS ||
	       ghost;
}

static bool
take_mail(void *arg, notmuch_message_t *message)
{
	struct loading *loading = arg;
	struct nd_index_list *list = loading->list;
	const char *thread_id = notmuch_message_get_thread_id(message);
	struct nd_index_thread *indexed;
	intptr_t index;

	if (!thread_id || !notmuch_message_get_message_id(message))
		return false;
	if (is_ghost(message))
		return true;
	index = nd_map_get_int(loading->index, thread_id, -1);
	if (index < 0) {
		index = (intptr_t)list->count;
		nd_map_set_int(loading->index, thread_id, index);
		x_append(list, list->thread, list->count)->thread_id =
			x_strdup(list, thread_id);
	}
	indexed = &list->thread[index];
	*x_append(list, indexed->mail, indexed->count) =
		copy_mail(list, loading->db, message);
	return true;
}

static int
compare_mails(const void *a, const void *b)
{
	const struct nd_index_mail *const *x = a, *const *y = b;

	return strcmp((*x)->id, (*y)->id);
}

static int
compare_threads(const void *a, const void *b)
{
	const struct nd_index_thread *x = a, *y = b;

	return strcmp(x->thread_id, y->thread_id);
}

static void
sort_list(struct nd_index_list *list)
{
	if (list->count > 1)
		qsort(list->thread, list->count, sizeof *list->thread,
		      compare_threads);
	for (size_t i = 0; i < list->count; i++)
		qsort(list->thread[i].mail, list->thread[i].count,
		      sizeof *list->thread[i].mail, compare_mails);
}

/* The threads to look up and, in the end, what was found. */
struct asked {
	const char *const *thread_id;
	size_t count;
	struct nd_index_list *list;
};

static enum nd_status
load_once(struct nd_db *db, void *arg, bool *lost, struct nd_error *err)
{
	struct asked *asked = arg;
	void *tmp = talloc_new(NULL);
	struct loading loading;
	enum nd_status st = ND_OK;

	talloc_free(asked->list);
	asked->list = x_new(NULL, struct nd_index_list);
	loading = (struct loading){db, asked->list, nd_map_new(tmp)};
	for (size_t i = 0; st == ND_OK && !*lost && i < asked->count;) {
		struct nd_buf *query = nd_buf_new(tmp, QUERY_BYTES);
		size_t end = i + BATCH_THREADS;

		for (; i < asked->count && i < end; i++)
			nd_buf_addf(query, "%sthread:%s",
			            query->len > 0 ? " or " : "",
			            asked->thread_id[i]);
		st = nd_db_walk(db, query->data, false, take_mail, &loading,
		                lost, err);
		talloc_free(query);
	}
	talloc_free(tmp);
	return st;
}

enum nd_status
nd_index_load(const void *ctx, struct nd_db *db, const char *const *thread_id,
              size_t count, struct nd_index_list **out, struct nd_error *err)
{
	struct asked asked = {.thread_id = thread_id, .count = count};
	enum nd_status st = nd_db_retry(db, load_once, &asked, err);

	if (st != ND_OK) {
		talloc_free(asked.list);
		return st;
	}
	sort_list(asked.list);
	*out = talloc_steal(ctx, asked.list);
	return ND_OK;
}

const struct nd_index_thread *
nd_index_find(const struct nd_index_list *list, const char *thread_id)
{
	struct nd_index_thread key = {.thread_id = thread_id};

	if (list->count == 0)
		return NULL;
	return bsearch(&key, list->thread, list->count, sizeof *list->thread,
	               compare_threads);
}

const struct nd_index_mail *
nd_index_find_mail(const struct nd_index_thread *indexed, const char *id)
{
	struct nd_index_mail mail = {.id = id}, *key = &mail, **found;

	if (indexed->count == 0)
		return NULL;
	found = bsearch(&key, indexed->mail, indexed->count,
	                sizeof *indexed->mail, compare_mails);
	return found ? *found : NULL;
}

bool
nd_index_is_digest(const struct nd_index_mail *mail)
{
	return mail->own_count > 0 && mail->foreign_count == 0;
}

const char *
nd_index_key(const void *ctx, const struct nd_index_thread *indexed)
{
	struct nd_hash *hash = nd_hash_new(NULL);
	const char *key = "";
	size_t mails = 0;

	for (size_t i = 0; i < indexed->count; i++) {
		if (nd_index_is_digest(indexed->mail[i]))
			continue;
		nd_hash_add(hash, indexed->mail[i]->id);
		mails++;
	}
	if (mails > 0)
		key = nd_hash_hex(ctx, hash);
	talloc_free(hash);
	return key;
}

bool
nd_index_has_key(const struct nd_index_thread *indexed, const char *key)
{
	for (size_t i = 0; i < indexed->count; i++)
		if (!nd_index_is_digest(indexed->mail[i]) &&
		    strcmp(indexed->mail[i]->key, key) == 0)
			return true;
	return false;
}

static enum nd_status
look_up(const void *ctx, struct nd_db *db, const char *id,
        struct nd_place *place, struct nd_error *err)
{
	notmuch_message_t *message;
	enum nd_status st = nd_db_find_mail(db, id, &message, err);
	const char *thread_id;

	place->digest = NULL;
	place->thread_id = "";
	if (st != ND_OK || !message)
		return st;
	thread_id = notmuch_message_get_thread_id(message);
	place->thread_id = x_strdup(ctx, thread_id ? thread_id : "");
	place->digest = copy_mail(ctx, db, message);
	notmuch_message_destroy(message);
	return ND_OK;
}

enum nd_status
nd_index_place(const void *ctx, struct nd_db *db, const char *root_id,
               struct nd_place *place, struct nd_error *err)
{
	place->foreign = "";
	place->stray_count = 0;
	for (unsigned i = 1; i <= ND_DIGESTFILE_VARIANTS; i++) {
		enum nd_status st;

		place->id = nd_digestfile_id(ctx, root_id, i);
		st = look_up(ctx, db, place->id, place, err);
		if (st != ND_OK)
			return st;
		if (!place->digest || place->digest->foreign_count == 0)
			return ND_OK;
		place->foreign = place->id;
	}
	place->id = "";
	place->digest = NULL;
	return ND_OK;
}

enum nd_status
nd_index_place_report(const void *ctx, struct nd_db *db, const char *hash,
                      struct nd_place *place, struct nd_error *err)
{
	struct nd_place found = {.id = "", .thread_id = "", .foreign = ""};

	for (unsigned i = 1; i <= ND_DIGESTFILE_VARIANTS; i++) {
		const char *id = nd_digestfile_report_id(ctx, hash, i);
		struct nd_place here;
		enum nd_status st = look_up(ctx, db, id, &here, err);

		if (st != ND_OK)
			return st;
		if (!*found.id &&
		    (!here.digest || here.digest->foreign_count == 0)) {
			found.id = id;
			found.digest = here.digest;
			found.thread_id = here.thread_id;
			continue;
		}
		if (!*found.id)
			found.foreign = id;
		if (here.digest && here.digest->own_count > 0)
			*x_append(ctx, found.stray, found.stray_count) =
				here.digest;
	}
	*place = found;
	return ND_OK;
}
