/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "telling/posted.h"

#include <string.h>

#include "model/address.h"
#include "telling/itemtext.h"
#include "text/phrase.h"
#include "util/alloc.h"
#include "util/str.h"

/* Marks a text for xgettext where it is chosen before it is translated. */
#define N_(text) text

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
posting_words(const struct nd_teller *to, const struct nd_series *series)
{
	const struct nd_thread *thread = to->thread;
	int patches = nd_thread_posted_patches(thread, series);

	if (thread->category == ND_CATEGORY_PULL)
		return nd_tr(to->i18n, "the pull request");
	if (series->version > 1 && patches > 1)
		return x_asprintf(to->summary,
		                  nd_tr(to->i18n, "v%d, %d patches,"),
		                  series->version, patches);
	if (series->version > 1)
		return x_asprintf(to->summary, nd_tr(to->i18n, "v%d"),
		                  series->version);
	if (patches > 1)
		return x_asprintf(to->summary, nd_tr(to->i18n, "%d patches"),
		                  patches);
	return nd_tr(to->i18n, "the patch");
}

static const char *
posted_words(const struct nd_teller *to, const char *who, const char *day)
{
	const struct nd_thread *thread = to->thread;
	const struct nd_series *series = thread->series;

	if (series)
		return x_asprintf(to->summary,
		                  nd_tr(to->i18n, "%1$s posted %2$s on %3$s"),
		                  who, posting_words(to, series), day);
	switch (thread->kind) {
	case ND_KIND_PULL_REQUEST:
		return x_asprintf(to->summary,
		                  nd_tr(to->i18n, "%1$s posted %2$s on %3$s"),
		                  who, nd_tr(to->i18n, "the pull request"),
		                  day);
	case ND_KIND_QUESTION:
		return x_asprintf(to->summary,
		                  nd_tr(to->i18n, "%1$s asked on %2$s"), who,
		                  day);
	case ND_KIND_BUG_REPORT:
		return x_asprintf(to->summary,
		                  nd_tr(to->i18n, "%1$s reported this on %2$s"),
		                  who, day);
	case ND_KIND_ANNOUNCEMENT:
		return x_asprintf(
			to->summary,
			nd_tr(to->i18n, "%1$s announced this on %2$s"), who,
			day);
	default:
		return x_asprintf(to->summary,
		                  nd_tr(to->i18n, "%1$s wrote on %2$s"), who,
		                  day);
	}
}

/*
 * Who began a talk stands beside the words that begin it, and so does when:
 * only that nobody has answered is news. While words are counted there are no
 * items yet, but the text; later only they may be there.
 */
static bool
is_plain(const struct nd_teller *to, enum heard heard)
{
	const struct nd_thread *thread = to->thread;
	const struct nd_body *body = thread->message[thread->root]->body;

	return !thread->series && heard == OTHERS &&
	       (to->summary->zone[ND_ZONE_BACKGROUND].count ||
	        (body && body->own_bytes));
}

void
nd_posted_tell(struct nd_teller *to)
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
	heard = heard_most(thread, author, nd_teller_is_new(thread, root));
	/* The ledger has heard something in what was posted. */
	if (heard == NOBODY && nd_teller_is_new(thread, root) &&
	    thread->state != ND_STATE_NEW && thread->state != ND_STATE_OPEN)
		heard = OTHERS;
	if (is_plain(to, heard))
		return;
	text = posted_words(to, nd_address_name(to->summary, author),
	                    nd_teller_day_of(to, message->date_s));
	text = x_asprintf(
		to->summary,
		nd_tr(to->i18n,
	              reply_words[heard][!nd_teller_is_new(thread, root)]),
		text);
	nd_teller_insert(to, nd_teller_zone_of(thread, root), 0, text, root);
}

/* "Ada Berg's series of 3 patches", for who is called Ada Berg. */
static const char *
authors_name(const struct nd_teller *to, const char *who)
{
	const struct nd_thread *thread = to->thread;
	int patches = nd_thread_posted_patches(thread, thread->series);

	if (thread->category == ND_CATEGORY_PULL)
		return x_asprintf(to->summary,
		                  nd_tr(to->i18n, "%s's pull request"), who);
	if (patches > 1)
		return x_asprintf(to->summary,
		                  nd_tr(to->i18n, "%s's series of %d patches"),
		                  who, patches);
	return x_asprintf(to->summary, nd_tr(to->i18n, "%s's patch"), who);
}

unsigned
nd_posted_name_words(const struct nd_teller *to)
{
	if (!to->thread->series || to->thread->kind == ND_KIND_STABLE_REVIEW)
		return 0;
	return nd_itemtext_words(authors_name(to, "Ann")) - 1;
}

/* The number of the patch that a mail posts, beside a cover letter; or 0. */
static int
patch_number(const struct nd_series *series, int32_t mail)
{
	for (int i = 0; i < series->total; i++)
		if (series->patch[i] == mail && mail != series->root)
			return i + 1;
	return 0;
}

/* Of an item that has words of one of the patches, and of no other mail. */
static int
number_of(const struct nd_series *series, const struct nd_item *item)
{
	return item->who && item->join == ND_JOIN_NONE &&
	                       item->source_count == 1
	               ? patch_number(series, item->source[0])
	               : 0;
}

void
nd_posted_name_author(struct nd_teller *to)
{
	const struct nd_thread *thread = to->thread;
	const struct nd_series *series = thread->series;
	struct nd_item_list *list = &to->summary->zone[ND_ZONE_BACKGROUND];
	const struct nd_message *message;
	const char *who;

	if (!series || !list->count || !list->item->who ||
	    thread->kind == ND_KIND_STABLE_REVIEW)
		return;
	if (number_of(series, list->item) > 0)
		return;
	message = thread->message[list->item->source[0]];
	if (!nd_address_same_person(&message->sender, &series->author))
		return;
	who = nd_address_name(to->summary, &message->author);
	/* Who sends another one's patch may say something beside it. */
	if (!nd_mem_starts(who, strlen(who), list->item->who))
		return;
	list->item->who = authors_name(to, who);
}

/* "Patch 2/5", of who posts all of them, or "Ben's patch 2/5". */
static const char *
name_of_patch(const struct nd_teller *to, const struct nd_item *item,
              int number)
{
	const struct nd_series *series = to->thread->series;
	const struct nd_message *mail = to->thread->message[item->source[0]];

	return nd_address_same_person(&mail->author, &series->author)
	               ? x_asprintf(to->summary, nd_tr(to->i18n, "Patch %d/%d"),
	                            number, series->total)
	               : x_asprintf(to->summary,
	                            nd_tr(to->i18n, "%1$s's patch %2$d/%3$d"),
	                            item->who, number, series->total);
}

/* The version that changed what an item says, or 0. */
static int
changed_version(const struct nd_teller *to, const struct nd_item *item)
{
	const struct nd_subject *parts =
		to->thread->message[item->source[0]]->parts;

	return item->changed && item->who && item->join == ND_JOIN_NONE &&
	                       parts->versioned
	               ? parts->version
	               : 0;
}

/* Words of a mail, whose name does not say already what they are about. */
static bool
may_be_placed(const struct nd_item *item)
{
	return item->who && !item->fact && !strchr(item->who, '(') &&
	       item->join == ND_JOIN_NONE;
}

/* "2/5, foo_probe()": what a remark is on; NULL: all of it, or who knows. */
static const char *
place_of(const struct nd_teller *to, const struct nd_item *item)
{
	const struct nd_series *series = to->thread->series;
	const char *code = item->on_code;

	if (code && strstr(item->text, code))
		code = NULL;
	if (!series || item->on_patch == 0 || item->subthread)
		return code;
	return x_asprintf(to->summary, "%d/%d%s%s", item->on_patch,
	                  series->total, code ? ", " : "", code ? code : "");
}

static void
name_patches(struct nd_teller *to, struct nd_item_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		struct nd_item *item = &list->item[i];
		int number = to->thread->series
		                     ? number_of(to->thread->series, item)
		                     : 0;
		int version = changed_version(to, item);
		const char *place;

		/* "Use two of them" tells nobody to do so. */
		if (version > 1) {
			item->who = x_asprintf(
				to->summary, nd_tr(to->i18n, "Changed in v%d"),
				version);
			continue;
		}
		if (number > 0) {
			item->who = name_of_patch(to, item, number);
			continue;
		}
		place = may_be_placed(item) ? place_of(to, item) : NULL;
		if (place)
			item->who = x_asprintf(to->summary,
			                       nd_tr(to->i18n, "%1$s on %2$s"),
			                       item->who, place);
	}
}

void
nd_posted_name_patches(struct nd_teller *to)
{
	for (int zone = 0; zone < ND_ZONE_COUNT; zone++)
		name_patches(to, &to->summary->zone[zone]);
}

void
nd_posted_name_quoter(struct nd_teller *to)
{
	struct nd_item_list *list = &to->summary->zone[ND_ZONE_BACKGROUND];

	for (size_t i = 0; i < list->count; i++) {
		struct nd_item *item = &list->item[i];
		const struct nd_message *mail =
			to->thread->message[item->source[0]];

		if (item->quoted)
			item->who = x_asprintf(
				to->summary, nd_tr(to->i18n, "quoted by %s"),
				nd_address_name(to->summary, &mail->sender));
	}
}
