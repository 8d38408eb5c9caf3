/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/telling.h"

#include <stdlib.h>
#include <string.h>

#include "model/address.h"
#include "model/trailer.h"
#include "summarise/itemtext.h"
#include "summarise/wording.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

enum {
	COVERED_WORDS = 14, /* a longer sentence says more than the fact */
	GIFTS_MAX = 3,      /* sentences about tags in a zone */
	TYPES_MAX = 4,
	TEXT_BYTES_MAX = 1000,
	COMMIT_DIGITS = 12,
};

/* Marks a text for xgettext where it is chosen before it is translated. */
#define N_(text) text

static const unsigned taken_events =
	1u << ND_EVENT_APPLIED | 1u << ND_EVENT_PULLED | 1u << ND_EVENT_MERGED |
	1u << ND_EVENT_MERGED_STABLE;

struct teller {
	const struct nd_i18n *i18n;
	struct nd_thread *thread;
	struct nd_summary *summary;
};

static const char *
tr(const struct teller *to, const char *text) __attribute__((format_arg(2)));

static const char *
tr(const struct teller *to, const char *text)
{
	return nd_tr(to->i18n, text);
}

static bool
is_new(const struct nd_thread *thread, int32_t mail)
{
	return thread->message[mail]->flags & ND_MESSAGE_NEW;
}

static enum nd_zone
zone_of(const struct nd_thread *thread, int32_t mail)
{
	return is_new(thread, mail) ? ND_ZONE_NEW : ND_ZONE_EARLIER;
}

/* In the year of the last mail, without it. */
static const char *
day_of(const struct teller *to, int64_t date_s)
{
	const struct nd_thread *thread = to->thread;

	return nd_wording_day(
		to->summary, to->i18n, date_s,
		thread->message[thread->message_count - 1]->date_s);
}

/* Did it happen when the new mails came, or later? */
static bool
is_news(const struct teller *to, int64_t date_s)
{
	const struct nd_thread *thread = to->thread;

	for (size_t i = 0; i < thread->message_count; i++)
		if (is_new(thread, (int32_t)i))
			return thread->message[i]->date_s <= date_s;
	return false;
}

/* ---- items ---- */

/* Facts stand above the headings of a zone that is told in parts. */
static size_t
place_for(const struct nd_item_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->item[i].subthread)
			return i;
	return list->count;
}

static struct nd_item *
insert(struct teller *to, enum nd_zone zone, size_t at, const char *text,
       int32_t source)
{
	struct nd_item_list *list = &to->summary->zone[zone];
	struct nd_item *item;

	x_append(to->summary, list->item, list->count);
	item = &list->item[at];
	memmove(item + 1, item, (list->count - 1 - at) * sizeof *item);
	*item = (struct nd_item){
		.text = text, .fact = true, .source = {source}};
	item->source_count = 1;
	return item;
}

static struct nd_item *
add(struct teller *to, enum nd_zone zone, const char *text, int32_t source)
{
	return insert(to, zone, place_for(&to->summary->zone[zone]), text,
	              source);
}

/* What went on behind it begins, or has a gap before it. */
static void
take_out(struct nd_item_list *list, size_t at)
{
	struct nd_item *item = &list->item[at];

	if (at + 1 < list->count && item[1].join != ND_JOIN_NONE)
		item[1].join =
			item->join == ND_JOIN_NONE ? ND_JOIN_NONE : ND_JOIN_GAP;
	list->count--;
	memmove(item, item + 1, (list->count - at) * sizeof *item);
}

/* ---- who posted what ---- */

/* Who has written below what was posted, within a zone or at all. */
enum heard { NOBODY, PROGRAM, AUTHOR, OTHERS };

static enum heard
heard_by(const struct nd_thread *thread, const struct nd_message *message,
         const struct nd_address *author)
{
	if (message == thread->message[thread->root])
		return NOBODY;
	if (!nd_message_is_person(message))
		return PROGRAM;
	if (!nd_address_same_person(&message->sender, author))
		return OTHERS;
	return message->parts && message->parts->flags & ND_SUBJECT_REPLY
	               ? AUTHOR
	               : NOBODY; /* a patch */
}

static enum heard
heard_most(const struct nd_thread *thread, const struct nd_address *author,
           bool with_new)
{
	enum heard most = NOBODY;

	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_message *message = thread->message[i];
		enum heard heard = heard_by(thread, message, author);

		if (heard > most &&
		    (with_new || !(message->flags & ND_MESSAGE_NEW)))
			most = heard;
	}
	return most;
}

/* By who was heard; of what is new, or was before. */
static const char *const reply_words[][2] = {
	[NOBODY] = {N_("%s; nobody has replied yet."),
                    N_("%s; nobody had replied.")},
	[PROGRAM] = {N_("%s; only programs have replied yet."),
                     N_("%s; only programs had replied.")},
	[AUTHOR] = {N_("%s; nobody else has replied yet."),
                    N_("%s; nobody else had replied.")},
	[OTHERS] = {N_("%s."), N_("%s.")},
};

/* "v3, 4 patches,", "the patch" */
static const char *
posting_words(const struct teller *to, const struct nd_series *series)
{
	const struct nd_thread *thread = to->thread;
	int patches = nd_thread_posted_patches(thread, series);

	if (thread->category == ND_CATEGORY_PULL)
		return tr(to, "the pull request");
	if (series->version > 1 && patches > 1)
		return x_asprintf(to->summary, tr(to, "v%d, %d patches,"),
		                  series->version, patches);
	if (series->version > 1)
		return x_asprintf(to->summary, tr(to, "v%d"), series->version);
	if (patches > 1)
		return x_asprintf(to->summary, tr(to, "%d patches"), patches);
	return tr(to, "the patch");
}

static const char *
posted_words(const struct teller *to, const char *who, const char *day)
{
	const struct nd_thread *thread = to->thread;
	const struct nd_series *series = thread->series;

	if (series)
		return x_asprintf(to->summary,
		                  tr(to, "%1$s posted %2$s on %3$s"), who,
		                  posting_words(to, series), day);
	switch (thread->kind) {
	case ND_KIND_QUESTION:
		return x_asprintf(to->summary, tr(to, "%1$s asked on %2$s"),
		                  who, day);
	case ND_KIND_BUG_REPORT:
		return x_asprintf(to->summary,
		                  tr(to, "%1$s reported this on %2$s"), who,
		                  day);
	case ND_KIND_ANNOUNCEMENT:
		return x_asprintf(to->summary,
		                  tr(to, "%1$s announced this on %2$s"), who,
		                  day);
	default:
		return x_asprintf(to->summary, tr(to, "%1$s wrote on %2$s"),
		                  who, day);
	}
}

/*
 * Who began a talk stands beside the words that begin it, and so does when:
 * only that nobody has answered is news. While words are counted there are no
 * items yet, but the text; later only they may be there.
 */
static bool
is_plain(const struct teller *to, enum heard heard)
{
	const struct nd_thread *thread = to->thread;
	const struct nd_body *body = thread->message[thread->root]->body;

	return !thread->series && heard == OTHERS &&
	       (to->summary->zone[ND_ZONE_BACKGROUND].count ||
	        (body && body->own_bytes));
}

static void
tell_posted(struct teller *to)
{
	const struct nd_thread *thread = to->thread;
	int32_t root = thread->series ? thread->series->root : thread->root;
	const struct nd_message *message = thread->message[root];
	const struct nd_address *author =
		thread->series ? &thread->series->author : &message->sender;
	bool missing =
		message->parts && message->parts->flags & ND_SUBJECT_REPLY;
	enum heard heard;
	const char *text;

	if (missing || !*author->addr || nd_message_day_s(message) <= 0)
		return;
	heard = heard_most(thread, author, is_new(thread, root));
	/* The ledger has heard something in what was posted. */
	if (heard == NOBODY && is_new(thread, root) &&
	    thread->state != ND_STATE_NEW && thread->state != ND_STATE_OPEN)
		heard = OTHERS;
	if (is_plain(to, heard))
		return;
	text = posted_words(to, nd_address_name(to->summary, author),
	                    day_of(to, message->date_s));
	text = x_asprintf(to->summary,
	                  tr(to, reply_words[heard][!is_new(thread, root)]),
	                  text);
	insert(to, zone_of(thread, root), 0, text, root);
}

/* The first words of the author begin with what they are about. */
static void
tell_whose(struct teller *to)
{
	const struct nd_thread *thread = to->thread;
	const struct nd_series *series = thread->series;
	struct nd_item_list *list = &to->summary->zone[ND_ZONE_BACKGROUND];
	const struct nd_message *message;
	const char *who;
	int patches;

	if (!series || !list->count || !list->item->who ||
	    thread->kind == ND_KIND_STABLE_REVIEW)
		return;
	patches = nd_thread_posted_patches(thread, series);
	message = thread->message[list->item->source[0]];
	if (!nd_address_same_person(&message->sender, &series->author))
		return;
	who = nd_address_name(to->summary, &message->author);
	/* Who sends another one's patch may say something beside it. */
	if (!nd_mem_starts(who, strlen(who), list->item->who))
		return;
	if (thread->category == ND_CATEGORY_PULL)
		who = x_asprintf(to->summary, tr(to, "%s's pull request"), who);
	else if (patches > 1)
		who = x_asprintf(to->summary,
		                 tr(to, "%s's series of %d patches"), who,
		                 patches);
	else
		who = x_asprintf(to->summary, tr(to, "%s's patch"), who);
	list->item->who = who;
}

/* What was said in a mail that is not there is told by who answers it. */
static void
tell_quoted(struct teller *to)
{
	struct nd_item_list *list = &to->summary->zone[ND_ZONE_BACKGROUND];

	for (size_t i = 0; i < list->count; i++) {
		struct nd_item *item = &list->item[i];
		const struct nd_message *mail =
			to->thread->message[item->source[0]];

		if (item->quoted)
			item->who = x_asprintf(
				to->summary, tr(to, "quoted by %s"),
				nd_address_name(to->summary, &mail->sender));
	}
}

/* ---- tags ---- */

/* What one person gave in the mails of a zone. */
struct gift {
	const struct nd_address *who;
	const char *scope, *condition; /* as in the trailer */
	const char *type[TYPES_MAX];
	size_t type_count;
	int *number; /* of patches; 0: the whole series */
	size_t number_count;
	int total;
	int32_t mail; /* the last one that gives it */
};

struct gifts {
	struct gift *gift;
	size_t count;
};

static bool
is_of_review(const struct nd_trailer *trailer)
{
	return nd_trailer_says(trailer->type, "reviewed") ||
	       nd_trailer_says(trailer->type, "acked") ||
	       nd_trailer_says(trailer->type, "tested");
}

static bool
is_same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static struct gift *
find_gift(struct teller *to, struct gifts *gifts,
          const struct nd_trailer *trailer)
{
	struct gift *gift;

	for (size_t i = 0; i < gifts->count; i++) {
		gift = &gifts->gift[i];
		if (nd_address_same_person(gift->who, &trailer->who) &&
		    is_same_text(gift->scope, trailer->scope) &&
		    is_same_text(gift->condition, trailer->condition))
			return gift;
	}
	gift = x_append(to->summary, gifts->gift, gifts->count);
	gift->who = &trailer->who;
	gift->scope = trailer->scope;
	gift->condition = trailer->condition;
	return gift;
}

static void
note_trailer(struct teller *to, struct gifts *gifts,
             const struct nd_trailer *trailer)
{
	struct gift *gift = find_gift(to, gifts, trailer);
	bool known = false;

	for (size_t i = 0; i < gift->type_count; i++)
		known |= strcmp(gift->type[i], trailer->type) == 0;
	if (!known && gift->type_count < TYPES_MAX)
		gift->type[gift->type_count++] = trailer->type;
	if (trailer->named_count == 0)
		*(int *)x_append(to->summary, gift->number,
		                 gift->number_count) = trailer->number;
	for (size_t i = 0; i < trailer->named_count; i++)
		*(int *)x_append(to->summary, gift->number,
		                 gift->number_count) = trailer->named[i];
	if (trailer->total > gift->total)
		gift->total = trailer->total;
	gift->mail = trailer->message;
}

static int
compare_ints(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

/* In order, each once. */
static void
order_numbers(struct gift *gift)
{
	size_t kept = 0;

	qsort(gift->number, gift->number_count, sizeof *gift->number,
	      compare_ints);
	for (size_t i = 0; i < gift->number_count; i++)
		if (kept == 0 || gift->number[i] != gift->number[kept - 1])
			gift->number[kept++] = gift->number[i];
	gift->number_count = kept;
}

static bool
is_for_all(const struct gift *gift)
{
	return gift->number[0] == 0 || gift->total <= 1 ||
	       gift->number_count >= (size_t)gift->total;
}

/* "Reviewed-by and Tested-by for 2/4 (with that fixed)" */
static const char *
gift_words(const struct teller *to, const struct gift *gift)
{
	const struct nd_i18n *i18n = to->i18n;
	struct nd_wording_names types = {0};
	const char *words;

	for (size_t i = 0; i < gift->type_count; i++)
		nd_wording_add_name(&types, gift->type[i]);
	words = nd_wording_names(to->summary, i18n, &types);
	if (gift->scope)
		words = x_asprintf(to->summary, tr(to, "%1$s for %2$s"), words,
		                   gift->scope);
	else if (!is_for_all(gift))
		words = x_asprintf(
			to->summary, tr(to, "%1$s for %2$s"), words,
			nd_wording_patches(to->summary, i18n, gift->number,
		                           gift->number_count, gift->total));
	return gift->condition ? x_asprintf(to->summary, tr(to, "%s (%s)"),
	                                    words, gift->condition)
	                       : words;
}

static bool
is_told_earlier(const struct teller *to, const char *text)
{
	const struct nd_item_list *list = &to->summary->zone[ND_ZONE_EARLIER];

	for (size_t i = 0; i < list->count; i++)
		if (list->item[i].fact && strcmp(list->item[i].text, text) == 0)
			return true;
	return false;
}

/* "Ben gave Reviewed-by." */
static const char *
gave_words(const struct teller *to, enum nd_zone zone,
           const struct nd_wording_names *names, const char *words)
{
	const char *who = nd_wording_names(to->summary, to->i18n, names);
	const char *text =
		x_asprintf(to->summary, tr(to, "%1$s gave %2$s."), who, words);

	if (zone == ND_ZONE_EARLIER || !is_told_earlier(to, text))
		return text;
	return x_asprintf(to->summary, tr(to, "%1$s gave %2$s again."), who,
	                  words);
}

/* Those who gave the same are told together. */
static void
tell_gifts(struct teller *to, struct gifts *gifts, enum nd_zone zone)
{
	const char **words = x_array(to->summary, const char *, gifts->count);
	unsigned told = 0;

	for (size_t i = 0; i < gifts->count; i++) {
		order_numbers(&gifts->gift[i]);
		words[i] = gift_words(to, &gifts->gift[i]);
	}
	for (size_t i = 0; i < gifts->count && told < GIFTS_MAX; i++) {
		struct nd_wording_names names = {0};
		struct nd_item *item;
		size_t same = 0;

		if (!words[i])
			continue;
		item = add(to, zone, "", gifts->gift[i].mail);
		item->source_count = 0;
		for (size_t k = gifts->count; k-- > i;)
			same += words[k] && strcmp(words[k], words[i]) == 0;
		for (size_t k = i; k < gifts->count && same > 0; k++) {
			if (!words[k] ||
			    (k > i && strcmp(words[k], words[i]) != 0))
				continue;
			nd_wording_add_name(
				&names, nd_address_name(to->summary,
			                                gifts->gift[k].who));
			if (item->source_count < ND_ITEM_SOURCES_MAX)
				item->source[item->source_count++] =
					gifts->gift[k].mail;
			if (k > i)
				words[k] = NULL;
		}
		item->text = gave_words(to, zone, &names, words[i]);
		told++;
	}
}

static void
tell_tags(struct teller *to, enum nd_zone zone)
{
	const struct nd_thread *thread = to->thread;
	struct gifts gifts = {0};

	for (size_t i = 0; i < thread->trailer_count; i++)
		if (is_of_review(&thread->trailer[i]) &&
		    zone_of(thread, thread->trailer[i].message) == zone)
			note_trailer(to, &gifts, &thread->trailer[i]);
	if (gifts.count > 0)
		tell_gifts(to, &gifts, zone);
}

/* ---- taken ---- */

static const char *
taken_what(const struct teller *to)
{
	const struct nd_applied *applied = to->thread->applied;
	const struct nd_series *series = to->thread->series;

	if (series && applied->message < series->root)
		return tr(to, "an earlier patch");

	if (applied->patch_count > 0 && applied->patch_total > 0)
		return nd_wording_patches(to->summary, to->i18n, applied->patch,
		                          applied->patch_count,
		                          applied->patch_total);
	if (to->thread->category == ND_CATEGORY_PULL)
		return tr(to, "the pull request");
	return series && series->total > 1 ? tr(to, "the series")
	                                   : tr(to, "the patch");
}

/* "a and b" of "a; b" */
static const char *
list_words(const struct teller *to, const char *list)
{
	struct nd_wording_names names = {0};

	while (*list) {
		size_t len = strcspn(list, ";");

		nd_wording_add_name(&names, x_strndup(to->summary, list, len));
		list += len + strspn(list + len, "; ");
	}
	return nd_wording_names(to->summary, to->i18n, &names);
}

static const char *
taken_words(const struct teller *to)
{
	const struct nd_thread *thread = to->thread;
	const struct nd_applied *applied = thread->applied;
	const char *what = taken_what(to);
	const char *by = list_words(to, applied->by);
	const char *tree = list_words(to, applied->tree);

	if (thread->state == ND_STATE_MERGED && *tree)
		return x_asprintf(to->summary,
		                  tr(to, "%1$s was merged into %2$s"), what,
		                  tree);
	if (*by && *tree)
		return x_asprintf(to->summary,
		                  tr(to, "%1$s applied %2$s to %3$s"), by, what,
		                  tree);
	if (*by)
		return x_asprintf(to->summary, tr(to, "%1$s applied %2$s"), by,
		                  what);
	return x_asprintf(to->summary,
	                  applied->merged ? tr(to, "%1$s was merged")
	                                  : tr(to, "%1$s was applied"),
	                  what);
}

static void
tell_taken(struct teller *to)
{
	const struct nd_thread *thread = to->thread;
	const struct nd_applied *applied = thread->applied;
	enum nd_zone zone;
	const char *text;

	if (!applied || applied->message == ND_NO_MESSAGE)
		return;
	text = taken_words(to);
	zone = is_new(thread, applied->message) ? ND_ZONE_DECISION
	                                        : ND_ZONE_EARLIER;
	if (applied->commit_count == 1)
		text = x_asprintf(to->summary, tr(to, "%1$s (%2$.*3$s)."), text,
		                  applied->commit[0], COMMIT_DIGITS);
	else
		text = x_asprintf(to->summary, tr(to, "%s."), text);
	add(to, zone, text, applied->message);
}

/* ---- what comes next ---- */

/* The newer version stands in another thread: what it replaces is cited. */
static void
tell_newer(struct teller *to)
{
	const struct nd_series *series = to->thread->series;
	const struct nd_series_link *next = series ? series->next : NULL;
	enum nd_zone zone;
	const char *who;

	if (!next || next->date_s <= 0 || !*series->author.addr)
		return;
	zone = is_news(to, next->date_s) ? ND_ZONE_DECISION
	                                 : zone_of(to->thread, series->root);
	who = nd_address_name(to->summary, &series->author);
	add(to, zone,
	    x_asprintf(to->summary, tr(to, "%1$s posted v%2$d on %3$s."), who,
	               next->version, day_of(to, next->date_s)),
	    series->root);
}

static bool
is_unanswered(const struct nd_thread *thread, const struct nd_attention *one)
{
	for (size_t i = 0; i < thread->event_count; i++)
		if (thread->event[i].type == ND_EVENT_ANSWER &&
		    thread->event[i].answers == one->message)
			return false; /* by somebody else */
	return (one->why == ND_ATTENTION_ASKED ||
	        one->why == ND_ATTENTION_CHANGES) &&
	       is_new(thread, one->message);
}

/* Whoever asked for something in the window, and has heard nothing. */
static void
tell_silence(struct teller *to)
{
	const struct nd_thread *thread = to->thread;
	const struct nd_attention *last = NULL;
	const struct nd_address *asker;
	struct nd_wording_names names = {0};

	for (size_t i = 0; i < thread->attention_count; i++)
		if (is_unanswered(thread, &thread->attention[i]) &&
		    (!last || thread->attention[i].message > last->message))
			last = &thread->attention[i];
	if (!last)
		return;
	asker = &thread->message[last->message]->sender;
	for (size_t i = 0; i < thread->attention_count; i++) {
		const struct nd_attention *one = &thread->attention[i];

		if (is_unanswered(thread, one) &&
		    nd_address_same_person(
			    &thread->message[one->message]->sender, asker))
			nd_wording_add_name(&names, one->name);
	}
	add(to, ND_ZONE_NEW,
	    x_asprintf(to->summary, tr(to, "%1$s awaits an answer from %2$s."),
	               nd_address_name(to->summary, asker),
	               nd_wording_names(to->summary, to->i18n, &names)),
	    last->message);
}

/* ---- what programs found ---- */

static bool
is_cited(const struct nd_summary *summary, int32_t mail)
{
	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		const struct nd_item_list *list = &summary->zone[zone];

		for (size_t i = 0; i < list->count; i++)
			for (size_t k = 0; k < list->item[i].source_count; k++)
				if (list->item[i].source[k] == mail)
					return true;
	}
	return false;
}

static const struct nd_event *
failure_of(const struct nd_thread *thread, int32_t mail)
{
	for (size_t i = 0; i < thread->event_count; i++)
		if (thread->event[i].message == mail &&
		    thread->event[i].type == ND_EVENT_TEST_RESULT &&
		    thread->event[i].flags & ND_EVENT_FAILED)
			return &thread->event[i];
	return NULL;
}

/* What is broken still, unless the program's own line tells it. */
static void
tell_failures(struct teller *to)
{
	const struct nd_thread *thread = to->thread;

	for (size_t i = 0; i < thread->attention_count; i++) {
		const struct nd_attention *one = &thread->attention[i];
		const struct nd_event *event;

		if (one->why != ND_ATTENTION_TEST_FAILED ||
		    nd_message_is_person(thread->message[one->message]) ||
		    is_cited(to->summary, one->message))
			continue;
		event = failure_of(thread, one->message);
		if (event)
			add(to, zone_of(thread, one->message),
			    x_asprintf(
				    to->summary,
				    tr(to, "%1$s reports a failure: %2$s"),
				    nd_address_name(to->summary, &event->who),
				    event->text),
			    one->message);
	}
}

/* ---- all of it ---- */

static void
tell_all(struct teller *to)
{
	tell_posted(to);
	tell_tags(to, ND_ZONE_EARLIER);
	tell_tags(to, ND_ZONE_NEW);
	tell_taken(to);
	tell_newer(to);
	tell_failures(to);
	tell_silence(to);
}

unsigned
nd_telling_words(const struct nd_i18n *i18n, struct nd_thread *thread)
{
	struct teller to = {.i18n = i18n,
	                    .thread = thread,
	                    .summary = x_new(NULL, struct nd_summary)};
	unsigned words = 0;

	tell_all(&to);
	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		const struct nd_item_list *list = &to.summary->zone[zone];

		for (size_t i = 0; i < list->count; i++)
			words += nd_itemtext_words(list->item[i].text);
	}
	talloc_free(to.summary);
	return words;
}

bool
nd_telling_covers(unsigned events, unsigned words)
{
	return events & taken_events && words <= COVERED_WORDS;
}

/* "Applied, thanks!", above the fact that says what and where. */
static void
drop_covered(struct teller *to)
{
	if (!to->thread->applied)
		return;
	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		struct nd_item_list *list = &to->summary->zone[zone];

		for (size_t i = list->count; i-- > 0;)
			if (!list->item[i].fact &&
			    nd_telling_covers(
				    list->item[i].events,
				    nd_itemtext_words(list->item[i].text)))
				take_out(list, i);
	}
}

void
nd_telling_tell(const struct nd_i18n *i18n, struct nd_thread *thread)
{
	struct teller to = {
		.i18n = i18n, .thread = thread, .summary = thread->summary};

	if (!thread->summary || thread->summary->model)
		return;
	drop_covered(&to);
	tell_whose(&to);
	tell_quoted(&to);
	tell_all(&to);
}
