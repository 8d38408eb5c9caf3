/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/search.h"

#include <string.h>

#include "mail/db_private.h"
#include "mail/digestfile.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"
#include "util/str.h"
#include "util/utf8.h"

enum { QUERY_BYTES = 4 << 20 };

struct finding {
	struct nd_db *db;
	const char *query;
	nd_search_choose *choose;
	void *arg; /* of choose */
	const struct nd_lookup *lookup;
	const struct nd_map *known;
	struct nd_map *taken; /* ids of the list */
	struct nd_found_list *list;
	struct nd_hit *hit;
	size_t hit_count;
};

/*
 * The words of an address as far as the first dot of the host. Words, not
 * phrases: a phrase reads the positions of every hit.
 */
static void
add_address(struct nd_buf *query, const char *field, const char *addr)
{
	const char *at = strchr(addr, '@');
	const char *end = at ? at + strcspn(at, ".") : addr + strlen(addr);
	bool first = true;

	for (const char *p = addr; p < end;) {
		size_t len = 0;

		while (p + len < end && nd_is_identifier_byte(p[len]))
			len++;
		if (len > 0) {
			nd_buf_adds(query, !first           ? " and "
			                   : query->len > 0 ? " or ("
			                                    : "(");
			nd_buf_addf(query, "%s:\"%.*s\"", field, (int)len, p);
			first = false;
		}
		p += len > 0 ? len : 1;
	}
	if (!first)
		nd_buf_addc(query, ')');
}

/* Everybody's cover letters, by the words that number them in subjects. */
static void
add_authors(struct nd_buf *query, const struct nd_lookup *lookup)
{
	struct nd_buf *authors = nd_buf_new(NULL, QUERY_BYTES);

	for (size_t i = 0; i < lookup->author_count; i++)
		add_address(authors, "from", lookup->author[i]);
	/* Half of them would be another query. */
	query->full = query->full || authors->full;
	if (authors->len > 0)
		nd_buf_addf(query,
		            "%s(%s and not subject:re and "
		            "(subject:0 or subject:00 or subject:000) and "
		            "(%s))",
		            query->len > 0 ? " or " : "",
		            nd_db_dates(authors, lookup->authors_since_s,
		                        INT64_MAX),
		            authors->data);
	talloc_free(authors);
}

/* In quotes, words are neither operators nor stemmed. */
static void
add_title(struct nd_buf *query, const struct nd_lookup_title *title)
{
	nd_buf_adds(query, query->len > 0 ? " or (" : "(");
	for (size_t i = 0; i < title->count; i++)
		nd_buf_addf(query, "%ssubject:\"%s\"", i > 0 ? " and " : "",
		            title->word[i]);
	nd_buf_addc(query, ')');
}

/* Pull requests that have the name of a tag or branch in their text. */
static void
add_pulls(struct nd_buf *query, const struct nd_lookup *lookup)
{
	for (size_t i = 0; i < lookup->pull_count; i++)
		if (!strchr(lookup->pull[i], '"'))
			nd_buf_addf(query,
			            "%s(subject:pull and not subject:re and "
			            "\"%s\")",
			            query->len > 0 ? " or " : "",
			            lookup->pull[i]);
}

static const char *
build_query(const void *ctx, const struct nd_lookup *lookup)
{
	struct nd_buf *query = nd_buf_new(NULL, QUERY_BYTES);
	const char *text;

	for (size_t i = 0; i < lookup->title_count; i++)
		add_title(query, &lookup->title[i]);
	add_authors(query, lookup);
	add_pulls(query, lookup);
	text = x_strdup(ctx, query->full ? "" : query->data);
	talloc_free(query);
	return text;
}

static const char *
header(const void *ctx, notmuch_message_t *message, const char *name)
{
	const char *value = notmuch_message_get_header(message, name);

	return nd_utf8_clean_line(ctx, value ? value : "",
	                          value ? strlen(value) : 0);
}

static bool
take_hit(void *arg, notmuch_message_t *message)
{
	struct finding *finding = arg;
	struct nd_hit *hit;

	if (finding->hit_count >= ND_LIMIT_HITS)
		return true;
	hit = x_append(finding->taken, finding->hit, finding->hit_count);
	hit->date_s = (int64_t)notmuch_message_get_date(message);
	if (hit->date_s >= finding->lookup->until_s) {
		hit->subject = hit->from = hit->id = "";
		return true;
	}
	hit->subject = header(finding->taken, message, "subject");
	hit->from = header(finding->taken, message, "from");
	hit->id = header(finding->taken, message, "message-id");
	return true;
}

static bool
take_message(struct finding *finding, notmuch_message_t *from, bool answer)
{
	struct nd_found_list *list = finding->list;
	const char *id = notmuch_message_get_message_id(from);
	struct nd_message *message;
	struct nd_thread *thread;
	struct nd_found *found;

	if (!id || !notmuch_message_get_thread_id(from))
		return false;
	thread = x_new(list, struct nd_thread);
	message = x_new(thread, struct nd_message);
	message->id = nd_utf8_clean_line(message, id, strlen(id));
	if (list->count >= ND_LIMIT_CANDIDATES ||
	    nd_map_has(finding->known, message->id) ||
	    !nd_map_set(finding->taken, message->id, NULL)) {
		talloc_free(thread);
		return true;
	}
	message->date_s = (int64_t)notmuch_message_get_date(from);
	message->parent = ND_NO_MESSAGE;
	nd_db_copy_files(message, from);
	if (!nd_db_leave_out_ours(finding->db, message, NULL)) {
		talloc_free(thread);
		return true;
	}
	thread->id = x_strdup(thread, notmuch_message_get_thread_id(from));
	*x_append(thread, thread->message, thread->message_count) = message;
	found = x_append(list, list->found, list->count);
	found->thread = thread;
	found->first_id = answer ? NULL : message->id;
	return true;
}

static enum nd_status
take_id(struct finding *finding, const char *id, const struct nd_hit *hit,
        bool *lost, struct nd_error *err)
{
	notmuch_message_t *message;
	notmuch_status_t status = notmuch_database_find_message(
		finding->db->handle, id, &message);
	const char *subject;
	bool answer;

	if (status != NOTMUCH_STATUS_SUCCESS) {
		*lost = nd_db_is_lost(finding->db);
		return *lost ? ND_OK
		             : nd_db_failed(finding->db,
		                            "cannot look up a mail", status,
		                            err);
	}
	if (!message)
		return ND_OK;
	subject = notmuch_message_get_header(message, "subject");
	/* Somebody points to an answer: what it answers is meant. */
	answer = hit ? hit->answer
	             : subject && nd_str_starts_nocase(subject, "re:");
	/* No patch is posted without a tag; ghosts have no subject. */
	if (hit || (subject && strchr(subject, '[') &&
	            (int64_t)notmuch_message_get_date(message) <
	                    finding->lookup->until_s))
		*lost = !take_message(finding, message, answer);
	notmuch_message_destroy(message);
	return ND_OK;
}

/* The hits that were chosen, and the mails that somebody points to. */
static enum nd_status
take_chosen(struct finding *finding, bool *lost, struct nd_error *err)
{
	const struct nd_lookup *lookup = finding->lookup;
	enum nd_status st = ND_OK;

	for (size_t i = 0; st == ND_OK && !*lost && i < finding->hit_count; i++)
		if (finding->hit[i].wanted)
			st = take_id(finding, finding->hit[i].id,
			             &finding->hit[i], lost, err);
	for (size_t i = 0; st == ND_OK && !*lost && i < lookup->id_count; i++)
		st = take_id(finding, lookup->id[i], NULL, lost, err);
	return st;
}

struct earliest {
	const struct nd_db *db;
	const char *id;
	int64_t date_s;
};

static bool
take_earliest(void *arg, notmuch_message_t *message)
{
	struct earliest *earliest = arg;
	int64_t date_s = (int64_t)notmuch_message_get_date(message);
	const char *id = notmuch_message_get_message_id(message);

	if (!id)
		return false;
	/* Our digest has the date of its root. */
	if (nd_db_is_ours(earliest->db, message))
		return true;
	if (earliest->id &&
	    (date_s > earliest->date_s ||
	     (date_s == earliest->date_s && strcmp(id, earliest->id) >= 0)))
		return true;
	talloc_free((void *)earliest->id);
	earliest->id = nd_utf8_clean_line(NULL, id, strlen(id));
	earliest->date_s = date_s;
	return true;
}

/* Which mail began the threads of the answers that were chosen. */
static enum nd_status
find_first(struct finding *finding, size_t i, bool *lost, struct nd_error *err)
{
	struct nd_found *found = &finding->list->found[i];
	struct earliest earliest = {.db = finding->db};
	char *query = x_asprintf(NULL, "thread:%s", found->thread->id);
	enum nd_status st = nd_db_walk(finding->db, query, true, take_earliest,
	                               &earliest, lost, err);

	found->first_id = found->thread->message[0]->id;
	if (st == ND_OK && earliest.id)
		found->first_id = talloc_steal(found->thread, earliest.id);
	talloc_free(query);
	return st;
}

static void
drop_found(struct finding *finding)
{
	TALLOC_FREE(finding->taken); /* owns the hits */
	TALLOC_FREE(finding->list);
	finding->hit = NULL;
	finding->hit_count = 0;
}

static enum nd_status
find_once(struct nd_db *db, void *arg, bool *lost, struct nd_error *err)
{
	struct finding *finding = arg;
	enum nd_status st = ND_OK;

	drop_found(finding);
	finding->list = x_new(NULL, struct nd_found_list);
	finding->taken = nd_map_new(NULL);
	if (*finding->query)
		st = nd_db_walk(db, finding->query, true, take_hit, finding,
		                lost, err);
	if (st == ND_OK && !*lost) {
		finding->choose(finding->arg, finding->hit, finding->hit_count);
		st = take_chosen(finding, lost, err);
	}
	for (size_t i = 0; st == ND_OK && !*lost && i < finding->list->count;
	     i++)
		if (!finding->list->found[i].first_id)
			st = find_first(finding, i, lost, err);
	return st;
}

enum nd_status
nd_search_mails(const void *ctx, struct nd_db *db,
                const struct nd_lookup *lookup, nd_search_choose *choose,
                void *arg, const struct nd_map *known,
                struct nd_found_list **out, struct nd_error *err)
{
	struct finding finding = {
		.db = db,
		.query = build_query(NULL, lookup),
		.choose = choose,
		.arg = arg,
		.lookup = lookup,
		.known = known,
	};
	enum nd_status st = nd_db_retry(db, find_once, &finding, err);

	if (st == ND_OK) {
		*out = talloc_steal(ctx, finding.list);
		finding.list = NULL;
	}
	drop_found(&finding);
	talloc_free((void *)finding.query);
	return st;
}

/* ---- counting ------------------------------------------------------------ */

struct counting {
	struct nd_db *db;
	const char *const *query;
	int64_t until_s;
	struct nd_map *index; /* From -> index in the list + 1 */
	struct nd_map *seen;  /* ids */
	struct nd_sender_list *list;
};

/* Ours are told by their ids; only what looks like one is looked at. */
static bool
is_counted(struct counting *counting, notmuch_message_t *message,
           const char *id)
{
	return nd_map_count(counting->seen) < ND_LIMIT_HITS &&
	       (int64_t)notmuch_message_get_date(message) < counting->until_s &&
	       !(nd_digestfile_has_id(id) &&
	         nd_db_is_ours(counting->db, message)) &&
	       nd_map_set(counting->seen, id, NULL);
}

static bool
count_sender(void *arg, notmuch_message_t *message)
{
	struct counting *counting = arg;
	struct nd_sender_list *list = counting->list;
	/* Kept beside the mail; notmuch_message_get_message_id() reads all of
	 * its words. */
	const char *id = notmuch_message_get_header(message, "message-id");
	const char *from;
	intptr_t at;

	if (!id)
		return false;
	if (!is_counted(counting, message, id))
		return true;
	from = header(list, message, "from");
	at = nd_map_get_int(counting->index, from, 0);
	if (at > 0) {
		list->sender[at - 1].mails++;
		talloc_free((void *)from);
		return true;
	}
	*x_append(list, list->sender, list->count) =
		(struct nd_sender){.from = from, .mails = 1};
	nd_map_set_int(counting->index, from, (intptr_t)list->count);
	return true;
}

static enum nd_status
count_once(struct nd_db *db, void *arg, bool *lost, struct nd_error *err)
{
	struct counting *counting = arg;
	enum nd_status st = ND_OK;

	(void)db;
	TALLOC_FREE(counting->list);
	counting->list = x_new(NULL, struct nd_sender_list);
	counting->index = nd_map_new(counting->list);
	counting->seen = nd_map_new(counting->list);
	/* A date in the query would be compared for every mail there is. */
	for (size_t i = 0; st == ND_OK && !*lost && counting->query[i]; i++)
		st = nd_db_walk(counting->db, counting->query[i], true,
		                count_sender, counting, lost, err);
	return st;
}

enum nd_status
nd_search_senders(const void *ctx, struct nd_db *db, const char *const *query,
                  int64_t until_s, struct nd_sender_list **out,
                  struct nd_error *err)
{
	struct counting counting = {
		.db = db,
		.query = query,
		.until_s = until_s,
	};
	enum nd_status st = nd_db_retry(db, count_once, &counting, err);

	if (st == ND_OK)
		*out = talloc_steal(ctx, counting.list);
	else
		talloc_free(counting.list);
	return st;
}

/* ---- the newest ---------------------------------------------------------- */

struct newest {
	struct nd_db *db;
	const char *query;
	size_t most, enough;
	nd_search_wants *wants;
	void *arg;
	struct nd_map *threads; /* of the mails that are taken */
	struct nd_newest_list *list;
};

/* What a mail has beside its words is cheap to know, its thread is not. */
static bool
take_newest(void *arg, notmuch_message_t *from)
{
	struct newest *newest = arg;
	struct nd_newest_list *list = newest->list;
	const char *subject = header(list, from, "subject");
	const char *id = header(list, from, "message-id"), *thread;
	struct nd_message *message;

	if (list->count == newest->enough || !*id ||
	    !newest->wants(newest->arg, subject))
		return true;
	thread = notmuch_message_get_thread_id(from);
	if (!thread)
		return false;
	if (!nd_map_set(newest->threads, thread, NULL))
		return true;
	message = x_new(list, struct nd_message);
	message->id = id;
	message->date_s = (int64_t)notmuch_message_get_date(from);
	message->parent = ND_NO_MESSAGE;
	nd_db_copy_files(message, from);
	if (nd_db_leave_out_ours(newest->db, message, NULL))
		*x_append(list, list->message, list->count) = message;
	return true;
}

static enum nd_status
newest_once(struct nd_db *db, void *arg, bool *lost, struct nd_error *err)
{
	struct newest *newest = arg;

	TALLOC_FREE(newest->list);
	newest->list = x_new(NULL, struct nd_newest_list);
	newest->threads = nd_map_new(newest->list);
	return nd_db_walk_newest(db, newest->query, newest->most, take_newest,
	                         newest, lost, err);
}

enum nd_status
nd_search_newest(const void *ctx, struct nd_db *db, const char *field,
                 const char *addr, int64_t until_s, size_t most, size_t enough,
                 nd_search_wants *wants, void *arg, struct nd_newest_list **out,
                 struct nd_error *err)
{
	struct nd_buf *query = nd_buf_new(NULL, QUERY_BYTES);
	struct newest newest = {
		.db = db,
		.most = most,
		.enough = enough,
		.wants = wants,
		.arg = arg,
	};
	enum nd_status st = ND_OK;

	add_address(query, field, addr);
	if (query->len == 0 || query->full) {
		newest.list = x_new(NULL, struct nd_newest_list);
	} else {
		nd_buf_addf(query, " and date:..@%lld", (long long)until_s - 1);
		newest.query = query->data;
		st = nd_db_retry(db, newest_once, &newest, err);
	}
	if (st == ND_OK)
		*out = talloc_steal(ctx, newest.list);
	else
		talloc_free(newest.list);
	talloc_free(query);
	return st;
}

/* ---- the oldest mail ----------------------------------------------------- */

struct oldest {
	const char *query;
	int64_t since_s, date_s;
};

static bool
take_oldest(void *arg, notmuch_message_t *message)
{
	struct oldest *oldest = arg;
	int64_t date_s = (int64_t)notmuch_message_get_date(message);

	if (date_s >= oldest->since_s && date_s < oldest->date_s)
		oldest->date_s = date_s;
	return true;
}

static enum nd_status
oldest_once(struct nd_db *db, void *arg, bool *lost, struct nd_error *err)
{
	struct oldest *oldest = arg;

	oldest->date_s = INT64_MAX;
	return nd_db_walk(db, oldest->query, true, take_oldest, oldest, lost,
	                  err);
}

enum nd_status
nd_search_oldest(struct nd_db *db, const char *query, int64_t since_s,
                 int64_t *date_s, struct nd_error *err)
{
	struct oldest oldest = {query, since_s, 0};
	enum nd_status st = nd_db_retry(db, oldest_once, &oldest, err);

	if (st == ND_OK)
		*date_s = oldest.date_s;
	return st;
}

enum { LAST_MAILS = 64 }; /* looked at; digests have the date of a first mail */

struct last {
	const char *query;
	int64_t date_s;
};

static bool
take_last(void *arg, notmuch_message_t *message)
{
	struct last *last = arg;
	const char *id = notmuch_message_get_message_id(message);
	int64_t date_s = (int64_t)notmuch_message_get_date(message);

	if (!id)
		return false;
	if (!nd_digestfile_has_id(id) && !nd_digestfile_has_report_id(id) &&
	    date_s > last->date_s)
		last->date_s = date_s;
	return true;
}

static enum nd_status
last_once(struct nd_db *db, void *arg, bool *lost, struct nd_error *err)
{
	struct last *last = arg;

	last->date_s = -1;
	return nd_db_walk_newest(db, last->query, LAST_MAILS, take_last, last,
	                         lost, err);
}

enum nd_status
nd_search_last(struct nd_db *db, const char *query, int64_t *date_s,
               struct nd_error *err)
{
	struct last last = {.query = nd_db_is_all_mail(query) ? "*" : query};
	enum nd_status st = nd_db_retry(db, last_once, &last, err);

	if (st == ND_OK)
		*date_s = last.date_s;
	return st;
}
