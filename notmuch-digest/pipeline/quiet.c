/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/quiet.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "agenda/carried.h"
#include "mail/outline.h"
#include "model/address.h"
#include "text/subjectline.h"
#include "text/title.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"
#include "util/map.h"

/* What is asked first, when not all can be asked. */
enum rank { OF_USER, OF_AUTHOR_ALONE, OF_OTHERS };

struct choice {
	const struct nd_outline *outline;
	enum rank rank;
	const char *posting; /* who posted what; NULL: it is no posting */
	int version;
};

/* The newest version of each posting. */
struct newest {
	int version;
	int64_t first_s;
};

/*
 * Two versions of a series have the same. Owned by ctx; NULL for an answer,
 * whose sender is another one than the author, and for talk.
 */
static const char *
posting_of(const void *ctx, const struct nd_outline *outline, int *version)
{
	void *tmp = talloc_new(NULL);
	const struct nd_subject *parts =
		nd_subjectline_parse(tmp, outline->subject);
	const char *text = NULL;
	struct nd_address who;
	uint64_t title;

	if (!(parts->flags & ND_SUBJECT_PATCH) ||
	    (parts->flags & (ND_SUBJECT_REPLY | ND_SUBJECT_FORWARD)) ||
	    !nd_address_read(tmp, outline->from, strlen(outline->from), &who) ||
	    !nd_title_read_hash(parts->title, strlen(parts->title), &title))
		goto done;
	*version = parts->version;
	text = x_asprintf(ctx, "%" PRIx64 " %s %s %s", title,
	                  nd_address_key(tmp, &who),
	                  parts->project ? parts->project : "",
	                  parts->stable ? parts->stable : "");
done:
	talloc_free(tmp);
	return text;
}

static void
note_version(struct nd_map *newest, const struct choice *one)
{
	struct newest *known = nd_map_get(newest, one->posting);

	if (!known) {
		known = x_new(newest, struct newest);
		nd_map_set(newest, one->posting, known);
	}
	if (one->version > known->version) {
		known->version = one->version;
		known->first_s = one->outline->first_s;
	}
}

static bool
is_replaced(const struct nd_map *newest, const struct choice *one)
{
	const struct newest *known =
		one->posting ? nd_map_get(newest, one->posting) : NULL;

	return known && known->version > one->version &&
	       known->first_s > one->outline->first_s;
}

static int
compare(const void *a, const void *b)
{
	const struct choice *x = a, *y = b;

	if (x->rank != y->rank)
		return (int)x->rank - (int)y->rank;
	if (x->outline->last_s != y->outline->last_s)
		return x->outline->last_s > y->outline->last_s ? -1 : 1;
	return strcmp(x->outline->thread_id, y->outline->thread_id);
}

/* Owned by ctx; NULL when the user has no address. */
static const char *
users_query(const void *ctx, const char *query, const struct nd_user *user)
{
	struct nd_buf *buf = nd_buf_new(ctx, ND_LIMIT_QUERY_BYTES);
	bool any = false;

	nd_buf_addf(buf, "(%s) and (", query);
	for (size_t i = 0; i < user->address_count; i++) {
		const char *addr = user->address[i];

		if (!*addr || strchr(addr, '"'))
			continue;
		nd_buf_addf(buf, "%sfrom:\"%s\" or to:\"%s\"",
		            any ? " or " : "", addr, addr);
		any = true;
	}
	nd_buf_addc(buf, ')');
	return any && !buf->full ? buf->data : NULL;
}

/* The ids of the threads that a mail of the user, or one to them, is in. */
static enum nd_status
find_users(struct nd_app *app, const char *query, const struct nd_user *user,
           struct nd_map *ids)
{
	struct nd_value_list *found;
	enum nd_status st;

	query = users_query(ids, query, user);
	if (!query)
		return ND_OK;
	st = nd_threads_ids(ids, app->db, query, NULL, true, &found, app->err);
	for (size_t i = 0; st == ND_OK && i < found->count; i++)
		nd_map_set(ids, found->value[i], NULL);
	return st;
}

static enum rank
rank_of(const struct nd_outline *outline, const struct nd_map *users)
{
	if (nd_map_has(users, outline->thread_id))
		return OF_USER;
	return outline->several ? OF_OTHERS : OF_AUTHOR_ALONE;
}

/* In the order of their rank; *count of those that are not replaced. */
static struct choice *
rank_all(const void *ctx, const struct nd_outline_list *list,
         const struct nd_map *users, size_t *count)
{
	struct choice *choice = x_array(ctx, struct choice, list->count + 1);
	struct nd_map *newest = nd_map_new(choice);
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		choice[i].outline = &list->outline[i];
		choice[i].rank = rank_of(&list->outline[i], users);
		choice[i].posting = posting_of(choice, &list->outline[i],
		                               &choice[i].version);
		if (choice[i].posting)
			note_version(newest, &choice[i]);
	}
	for (size_t i = 0; i < list->count; i++)
		if (!is_replaced(newest, &choice[i]))
			choice[kept++] = choice[i];
	if (kept > 1)
		qsort(choice, kept, sizeof *choice, compare);
	*count = kept;
	return choice;
}

/* The ids of those to load, on ctx; *left_out of those that are too many. */
static const char **
choose(const void *ctx, const struct nd_outline_list *list,
       const struct nd_map *users, const struct nd_map *known, size_t *count,
       size_t *left_out)
{
	size_t all;
	struct choice *choice = rank_all(ctx, list, users, &all);
	const char **id = x_array(ctx, const char *, all + 1);
	unsigned mails = 0;

	*count = *left_out = 0;
	for (size_t i = 0; i < all; i++) {
		const struct nd_outline *outline = choice[i].outline;

		if (nd_map_has(known, outline->thread_id))
			continue;
		mails += outline->mails;
		if (mails > ND_LIMIT_CARRIED_MAILS)
			(*left_out)++;
		else
			id[(*count)++] = outline->thread_id;
	}
	return id;
}

enum nd_status
nd_quiet_load(struct nd_app *app, const char *query,
              const struct nd_window *window, const struct nd_user *user,
              const struct nd_map *known, struct nd_thread_list **out,
              size_t *left_out)
{
	const int64_t span_s = (int64_t)ND_CARRIED_DAYS * 24 * 3600;
	int64_t since_s = window->since_s;
	void *tmp = talloc_new(NULL);
	const char *dated = nd_db_dated_query(
		tmp, query, since_s > span_s ? since_s - span_s : 0, since_s);
	struct nd_map *users = nd_map_new(tmp);
	struct nd_outline_list *list;
	const char **id;
	size_t count;
	enum nd_status st =
		nd_outline_load(tmp, app->db, dated, &list, app->err);

	if (st == ND_OK)
		st = find_users(app, dated, user, users);
	if (st != ND_OK)
		goto done;
	id = choose(tmp, list, users, known, &count, left_out);
	st = nd_threads_load_ids(app, app->db, id, count, window->until_s, out,
	                         app->err);
done:
	talloc_free(tmp);
	return st;
}
