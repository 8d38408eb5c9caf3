/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/listsample.h"

#include <stdlib.h>
#include <string.h>

#include "mail/db_private.h"
#include "mail/digestfile.h"
#include "util/alloc.h"
#include "util/map.h"
#include "util/str.h"

enum {
	LISTS_MAX = 400,      /* told apart; the newest mails' first */
	NAME_BYTES_MAX = 120, /* of a List-Id or an address */
	MAILS_MIN = 2,
};

/* One list, as its mails name it. */
struct seen {
	const char *id;
	const char *post; /* of the newest List-Post; NULL: none had any */
	unsigned mails;
};

struct sampling {
	struct seen *seen;
	size_t count;
	struct nd_map *by_id;
	unsigned looked_at;
};

static bool
is_name_byte(char c)
{
	return nd_is_alnum(c) || (c && strchr("-_.+", c));
}

/* text as far as it is a name, in lower case; NULL when that is not all of it,
 * or it has no dot. */
static const char *
dotted_name(const void *ctx, const char *text, size_t len)
{
	char *name;

	if (len == 0 || len > NAME_BYTES_MAX || !memchr(text, '.', len) ||
	    *text == '.' || text[len - 1] == '.')
		return NULL;
	for (size_t i = 0; i < len; i++)
		if (!is_name_byte(text[i]))
			return NULL;
	name = x_strndup(ctx, text, len);
	for (char *p = name; *p; p++)
		*p = nd_lower(*p);
	return name;
}

const char *
nd_listsample_id(const void *ctx, const char *header)
{
	const char *open = strrchr(header, '<');
	size_t len;

	/* RFC 2919 wants the brackets; some leave them away. */
	header = open ? open + 1 : header + strspn(header, " \t");
	len = strcspn(header, "> \t\r\n");
	return dotted_name(ctx, header, len);
}

const char *
nd_listsample_address(const void *ctx, const char *header)
{
	static const char mailto[] = "mailto:";
	const char *start = strstr(header, mailto), *at, *address = NULL;
	const char *host;
	bool plain = true;
	size_t len;

	if (!start)
		return NULL;
	start += strlen(mailto);
	len = strcspn(start, "?>, \t\r\n");
	at = memchr(start, '@', len);
	if (!at || at == start || len > NAME_BYTES_MAX)
		return NULL;
	for (const char *p = start; p < at; p++)
		plain = plain && is_name_byte(*p);
	host = dotted_name(NULL, at + 1, len - (size_t)(at + 1 - start));
	if (plain && host)
		address = x_asprintf(ctx, "%.*s@%s", (int)(at - start), start,
		                     host);
	talloc_free((void *)host);
	return address;
}

static struct seen *
seen_of(struct sampling *sampling, const char *id)
{
	intptr_t at = nd_map_get_int(sampling->by_id, id, -1);
	struct seen *seen;

	if (at >= 0)
		return &sampling->seen[at];
	if (sampling->count == LISTS_MAX)
		return NULL;
	nd_map_set_int(sampling->by_id, id, (intptr_t)sampling->count);
	seen = x_append(sampling, sampling->seen, sampling->count);
	*seen = (struct seen){.id = id};
	return seen;
}

/* A mail whose file cannot be read has no headers, and is of no list. */
static bool
take(void *arg, notmuch_message_t *message)
{
	struct sampling *sampling = arg;
	const char *id = notmuch_message_get_message_id(message);
	const char *header, *list;
	struct seen *seen;

	if (!id)
		return false;
	if (nd_digestfile_has_id(id) || nd_digestfile_has_report_id(id))
		return true;
	sampling->looked_at++;
	header = notmuch_message_get_header(message, "List-Id");
	list = header && *header ? nd_listsample_id(sampling, header) : NULL;
	seen = list ? seen_of(sampling, list) : NULL;
	if (!seen)
		return true;
	seen->mails++;
	header = seen->post ? NULL
	                    : notmuch_message_get_header(message, "List-Post");
	if (header)
		seen->post = nd_listsample_address(sampling, header);
	return true;
}

static enum nd_status
sample_once(struct nd_db *db, void *arg, bool *lost, struct nd_error *err)
{
	struct sampling **sampling = arg;

	talloc_free(*sampling);
	*sampling = x_new(NULL, struct sampling);
	(*sampling)->by_id = nd_map_new(*sampling);
	return nd_db_walk_newest(db, "*", ND_LISTSAMPLE_MAILS, take, *sampling,
	                         lost, err);
}

/* "fabric.lists.example.org" is fabric@lists.example.org in most places. */
static const char *
address_of_id(const void *ctx, const char *id)
{
	const char *dot = strchr(id, '.');

	return x_asprintf(ctx, "%.*s@%s", (int)(dot - id), id, dot + 1);
}

/* Take this query when it finds more than the one before it. */
static enum nd_status
try_query(struct nd_db *db, struct nd_listsample *list, const char *query,
          struct nd_error *err)
{
	unsigned count;
	enum nd_status st = nd_db_count(db, query, &count, err);

	if (st == ND_OK && count > list->mails) {
		list->query = query;
		list->mails = count;
	}
	return st;
}

/* The prefix that notmuch has an index of List-Id for, or NULL. */
static const char *
index_prefix(const void *ctx, struct nd_db *db)
{
	static const char before[] = "index.header.";
	struct nd_pair_list *pairs = nd_db_settings(ctx, db, before);

	for (size_t i = 0; i < pairs->count; i++)
		if (nd_str_equal_nocase(pairs->pair[i].value, "List-Id"))
			return pairs->pair[i].key + strlen(before);
	return NULL;
}

static enum nd_status
find_query(struct nd_db *db, const void *ctx, const struct seen *seen,
           struct nd_listsample *list, struct nd_error *err)
{
	enum nd_status st = try_query(
		db, list,
		x_asprintf(ctx, "to:%s", address_of_id(ctx, seen->id)), err);

	if (st == ND_OK && seen->post)
		st = try_query(db, list, x_asprintf(ctx, "to:%s", seen->post),
		               err);
	/* Less than half: that address is not the list's. */
	if (st == ND_OK && list->mails < seen->mails / 2 + 1) {
		const char *prefix = index_prefix(ctx, db);

		list->mails = 0;
		if (prefix)
			st = try_query(
				db, list,
				x_asprintf(ctx, "%s:%s", prefix, seen->id),
				err);
	}
	return st;
}

static int
compare(const void *a, const void *b)
{
	const struct nd_listsample *x = a, *y = b;

	if (x->sampled != y->sampled)
		return x->sampled > y->sampled ? -1 : 1;
	return strcmp(x->id, y->id);
}

enum nd_status
nd_listsample_find(const void *ctx, struct nd_db *db,
                   struct nd_listsample_list **out, struct nd_error *err)
{
	struct nd_listsample_list *found =
		x_new(NULL, struct nd_listsample_list);
	struct sampling *sampling = NULL;
	enum nd_status st = nd_db_retry(db, sample_once, &sampling, err);

	for (size_t i = 0; st == ND_OK && i < sampling->count; i++) {
		const struct seen *seen = &sampling->seen[i];
		struct nd_listsample list = {.query = "",
		                             .sampled = seen->mails};

		if (seen->mails < MAILS_MIN)
			continue;
		st = find_query(db, found, seen, &list, err);
		if (st != ND_OK || list.mails == 0)
			continue;
		list.id = x_strdup(found, seen->id);
		*x_append(found, found->list, found->count) = list;
	}
	if (st == ND_OK) {
		if (found->count > 1)
			qsort(found->list, found->count, sizeof *found->list,
			      compare);
		found->looked_at = sampling->looked_at;
		*out = talloc_steal(ctx, found);
	} else {
		talloc_free(found);
	}
	talloc_free(sampling);
	return st;
}
