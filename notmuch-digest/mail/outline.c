/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/outline.h"

#include <string.h>

#include "mail/db_private.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/map.h"
#include "util/utf8.h"

struct outlining {
	const char *query;
	struct nd_outline_list *list;
	struct nd_map *by_thread; /* index in list, by thread id */
};

static const char *
header(const void *ctx, notmuch_message_t *message, const char *name)
{
	const char *value = notmuch_message_get_header(message, name);

	return value ? nd_utf8_clean_line(ctx, value, strlen(value)) : NULL;
}

static struct nd_outline *
outline_of(struct outlining *outlining, const char *thread_id)
{
	struct nd_outline_list *list = outlining->list;
	intptr_t at = nd_map_get_int(outlining->by_thread, thread_id, -1);
	struct nd_outline *outline;

	if (at >= 0)
		return &list->outline[at];
	nd_map_set_int(outlining->by_thread, thread_id, (intptr_t)list->count);
	outline = x_append(list, list->outline, list->count);
	*outline = (struct nd_outline){
		.thread_id = x_strdup(list, thread_id),
	};
	return outline;
}

/* The newest come first: each that follows is earlier. */
static bool
take(void *arg, notmuch_message_t *message)
{
	struct outlining *outlining = arg;
	const char *id = notmuch_message_get_message_id(message);
	const char *thread_id = notmuch_message_get_thread_id(message);
	struct nd_outline *outline;
	const char *subject, *from;

	if (!id || !thread_id)
		return false;
	if (nd_digestfile_has_id(id) || nd_digestfile_has_report_id(id))
		return true;
	subject = header(outlining->list, message, "subject");
	from = header(outlining->list, message, "from");
	if (!subject || !from)
		return false;
	outline = outline_of(outlining, thread_id);
	outline->first_s = (int64_t)notmuch_message_get_date(message);
	if (outline->mails++ == 0)
		outline->last_s = outline->first_s;
	else if (strcmp(outline->from, from) != 0)
		outline->several = true;
	outline->subject = subject;
	outline->from = from;
	return true;
}

static enum nd_status
outline_once(struct nd_db *db, void *arg, bool *lost, struct nd_error *err)
{
	struct outlining *outlining = arg;

	talloc_free(outlining->list);
	outlining->list = x_new(NULL, struct nd_outline_list);
	outlining->by_thread = nd_map_new(outlining->list);
	return nd_db_walk_newest(db, outlining->query, ND_LIMIT_HITS, take,
	                         outlining, lost, err);
}

enum nd_status
nd_outline_load(const void *ctx, struct nd_db *db, const char *query,
                struct nd_outline_list **out, struct nd_error *err)
{
	struct outlining outlining = {.query = query};
	enum nd_status st = nd_db_retry(db, outline_once, &outlining, err);

	if (st == ND_OK)
		*out = talloc_steal(ctx, outlining.list);
	else
		talloc_free(outlining.list);
	return st;
}
