/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "telling/gist.h"

#include <stdbool.h>
#include <string.h>

#include "model/address.h"
#include "model/trailer.h"
#include "telling/wording.h"
#include "text/phrase.h"
#include "text/treename.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"
#include "util/utf8.h"

enum {
	TITLE_MIN = 40, /* columns of the title that stay readable */
	OUTCOME_MAX = ND_GIST_COLUMNS_MAX - TITLE_MIN,
	PARTS_BYTES_MAX = 2000,
};

/* Marks a text for xgettext where it stands in a table. */
#define N_(text) text

struct writer {
	const void *ctx; /* of what is made on the way */
	const struct nd_i18n *i18n;
	const struct nd_thread *thread;
};

static const char *
tr(const struct writer *to, const char *text) __attribute__((format_arg(2)));

static const char *
tr(const struct writer *to, const char *text)
{
	return nd_tr(to->i18n, text);
}

static const char *
name_of(const struct writer *to, const struct nd_address *who)
{
	return nd_address_name(to->ctx, who);
}

/* Of a posting that is missing: who is to change it; NULL: not known. */
static const struct nd_address *
author_of(const struct nd_thread *thread)
{
	const struct nd_series *series = thread->series;
	const struct nd_attention *one = thread->attention;

	if (!series)
		return &nd_thread_root(thread)->sender;
	if (*series->author.addr || *series->author.name)
		return &series->author;
	return thread->attention_count > 0 && !one->doubted &&
	                       one->why == ND_ATTENTION_CHANGES
	               ? &one->who
	               : NULL;
}

static bool
is_author(const struct nd_thread *thread, const struct nd_address *who)
{
	const struct nd_address *author = author_of(thread);

	return author && nd_address_same_person(who, author);
}

/* Parts of a sentence, one after another. */
static void
add(struct nd_buf *out, const char *mark, const char *part)
{
	if (*part)
		nd_buf_addf(out, "%s%s", out->len > 0 ? mark : "", part);
}

/* ---- who said what ---- */

/* The names of those who gave a tag of this kind; "" for none. */
static const char *
givers_of(const struct writer *to, const char *deed)
{
	const struct nd_thread *thread = to->thread;
	struct nd_wording_names names = {0};

	for (size_t i = 0; i < thread->trailer_count; i++)
		if (nd_trailer_says(thread->trailer[i].type, deed) &&
		    !thread->trailer[i].condition)
			nd_wording_add_name(
				&names, name_of(to, &thread->trailer[i].who));
	return nd_wording_names(to->ctx, to->i18n, &names);
}

/* "reviewed and tested by A and B, acked by C" */
static const char *
tags(const struct writer *to)
{
	static const char *const words[] = {N_("reviewed"), N_("acked"),
	                                    N_("tested")};
	enum { TYPES = sizeof words / sizeof *words };
	struct nd_buf *out = nd_buf_new(to->ctx, PARTS_BYTES_MAX);
	const char *givers[TYPES];

	for (size_t i = 0; i < TYPES; i++)
		givers[i] = givers_of(to, words[i]);
	for (size_t i = 0; i < TYPES; i++) {
		struct nd_wording_names did = {0};
		const char *who = givers[i];

		if (!*who)
			continue;
		for (size_t k = i; k < TYPES; k++) {
			if (strcmp(givers[k], who) != 0)
				continue;
			nd_wording_add_name(&did, tr(to, words[k]));
			givers[k] = "";
		}
		add(out, ", ",
		    x_asprintf(to->ctx, tr(to, "%1$s by %2$s"),
		               nd_wording_names(to->ctx, to->i18n, &did), who));
	}
	return nd_buf_finish(to->ctx, out);
}

/* Does another one than the author surely want changes, or say no? */
static bool
is_wish(const struct nd_event *event)
{
	const unsigned types = 1u << ND_EVENT_CHANGES_REQUESTED |
	                       1u << ND_EVENT_NACK | 1u << ND_EVENT_OBJECTION;

	return types & 1u << event->type &&
	       !(event->flags & (ND_EVENT_UNDONE | ND_EVENT_OTHERS |
	                         ND_EVENT_UNSURE | ND_EVENT_BY_AUTHOR));
}

/* Whose wishes led to what was posted then: the last; NULL: nobody's. */
static const struct nd_address *
last_wisher(const struct nd_thread *thread, int64_t posted_s)
{
	for (size_t i = thread->event_count; i-- > 0;) {
		const struct nd_event *event = &thread->event[i];

		if (is_wish(event) &&
		    (posted_s <= 0 ||
		     thread->message[event->message]->date_s < posted_s))
			return &event->who;
	}
	return NULL;
}

/* Is it the one who is to act? Of a posting that is missing the author is known
 * by that alone. */
static bool
is_expected(const struct nd_thread *thread, const struct nd_address *who)
{
	return thread->attention_count > 0 &&
	       nd_address_same_person(&thread->attention->who, who);
}

/* Whose wishes stand: of the mails that the state follows from; or NULL. */
static const struct nd_address *
standing_wisher(const struct nd_thread *thread)
{
	for (size_t i = thread->state_evidence_count; i-- > 0;) {
		int32_t mail = thread->state_evidence[i];

		for (size_t k = thread->event_count; k-- > 0;)
			if (thread->event[k].message == mail &&
			    is_wish(&thread->event[k]) &&
			    !is_expected(thread, &thread->event[k].who))
				return &thread->event[k].who;
	}
	return NULL;
}

/* "Already fixed upstream": nobody in particular has refused it. */
static bool
is_superfluous(const struct nd_event *event)
{
	return nd_phrase_find_word(event->text, strlen(event->text), "already");
}

/* Who said no, in the mail that the state follows from; or NULL. */
static const struct nd_address *
refuser(const struct nd_thread *thread)
{
	size_t count = thread->state_evidence_count;

	for (size_t i = 0; count > 0 && i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if (event->message == thread->state_evidence[count - 1] &&
		    (event->type == ND_EVENT_NACK ||
		     (event->type == ND_EVENT_REJECTED &&
		      !is_superfluous(event))))
			return &event->who;
	}
	return NULL;
}

static const char *
says(const struct writer *to, const char *format, const struct nd_address *who)
{
	return who ? x_asprintf(to->ctx, format, name_of(to, who)) : "";
}

/*
 * The mails that the ledger knows to answer: those that the author says have
 * helped ("That was it."), else all with an answer.
 */
static bool *
find_answers(const void *ctx, const struct nd_thread *thread)
{
	bool *answer = x_array(ctx, bool, thread->message_count);
	bool confirmed = false;

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];
		int32_t parent = thread->message[event->message]->parent;

		if (event->type != ND_EVENT_AGREED || parent == ND_NO_MESSAGE ||
		    !is_author(thread, &event->who))
			continue;
		answer[parent] = true;
		confirmed = true;
	}
	for (size_t i = 0; !confirmed && i < thread->event_count; i++)
		if (thread->event[i].type == ND_EVENT_ANSWER)
			answer[thread->event[i].message] = true;
	return answer;
}

/* Those who wrote, or who wrote one of these mails (NULL: any), but for the
 * author; in the new mails if there are any. */
static const char *
those_who_replied(const struct writer *to, const bool *mail)
{
	const struct nd_thread *thread = to->thread;
	struct nd_wording_names all = {0}, fresh = {0};

	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_message *message = thread->message[i];
		const char *name;

		if (!nd_message_is_person(message) ||
		    is_author(thread, &message->sender) || (mail && !mail[i]))
			continue;
		name = name_of(to, &message->sender);
		nd_wording_add_name(&all, name);
		if (message->flags & ND_MESSAGE_NEW)
			nd_wording_add_name(&fresh, name);
	}
	return nd_wording_names(to->ctx, to->i18n, fresh.count ? &fresh : &all);
}

/* Who asks on has answered nothing: an open talk has replies. */
static const char *
replied(const struct writer *to)
{
	const struct nd_thread *thread = to->thread;
	bool answered = thread->state == ND_STATE_ANSWERED;
	const char *names = "";

	if (answered)
		names = those_who_replied(to, find_answers(to->ctx, thread));
	if (!*names)
		names = those_who_replied(to, NULL);
	if (*names)
		return x_asprintf(to->ctx,
		                  answered ? tr(to, "answered by %s")
		                           : tr(to, "replies by %s"),
		                  names);
	if (thread->kind == ND_KIND_QUESTION)
		return says(to, tr(to, "%s asks; no reply yet"),
		            author_of(thread));
	return tr(to, "no reply yet");
}

/* ---- where it stands ---- */

/* "2 of 5 applied" */
static const char *
verb_of(const struct writer *to, const char *verb)
{
	const struct nd_applied *applied = to->thread->applied;

	if (!applied || applied->patch_count == 0 || applied->patch_total == 0)
		return verb;
	return x_asprintf(to->ctx, tr(to, "%1$zu of %2$d %3$s"),
	                  applied->patch_count, applied->patch_total, verb);
}

static const char *
taken(const struct writer *to, const char *verb)
{
	const struct nd_applied *applied = to->thread->applied;

	verb = verb_of(to, verb);
	if (!applied)
		return verb;
	if (*applied->by && !(applied->noticed && *applied->tree))
		return x_asprintf(to->ctx, tr(to, "%1$s by %2$s"), verb,
		                  applied->by);
	if (*applied->tree)
		return x_asprintf(to->ctx, tr(to, "%1$s to %2$s"), verb,
		                  nd_treename_short(to->ctx, applied->tree));
	return verb;
}

/* "Ann posted v3", of a thread that is superseded. */
static const char *
replaced(const struct writer *to)
{
	const struct nd_thread *thread = to->thread;
	const struct nd_series_link *next =
		thread->series ? thread->series->next : NULL;
	const struct nd_address *author = author_of(thread);
	struct nd_buf *out = nd_buf_new(to->ctx, PARTS_BYTES_MAX);

	add(out, "",
	    says(to, tr(to, "%s asked for changes"),
	         last_wisher(thread, next ? next->date_s : 0)));
	if (next && author && next->version > thread->series->version)
		add(out, "; ",
		    x_asprintf(to->ctx, tr(to, "%1$s posted v%2$d"),
		               name_of(to, author), next->version));
	else if (next && author)
		add(out, "; ", says(to, tr(to, "%s posted it anew"), author));
	else
		add(out, "; ", tr(to, "superseded"));
	return nd_buf_finish(to->ctx, out);
}

/* "Bob asked for changes; Ann posted v2; no reply yet", in one thread; or "" */
static const char *
posted_anew(const struct writer *to)
{
	const struct nd_thread *thread = to->thread;
	const struct nd_series *newer = thread->newest;
	struct nd_buf *out = nd_buf_new(to->ctx, PARTS_BYTES_MAX);

	if (!newer || newer == thread->series)
		return "";
	for (size_t i = (size_t)newer->root; i < thread->message_count; i++)
		if (nd_message_is_person(thread->message[i]) &&
		    !nd_address_same_person(&thread->message[i]->sender,
		                            &newer->author))
			return "";
	add(out, "",
	    says(to, tr(to, "%s asked for changes"),
	         last_wisher(thread, thread->message[newer->root]->date_s)));
	add(out, "; ",
	    x_asprintf(to->ctx, tr(to, "%1$s posted v%2$d"),
	               name_of(to, &newer->author), newer->version));
	add(out, "; ", tr(to, "no reply yet"));
	return nd_buf_finish(to->ctx, out);
}

static const char *
promised(const struct writer *to, const struct nd_attention *one)
{
	const char *format = to->thread->series ? tr(to, "%s will change it")
	                                        : tr(to, "%s will act");

	return x_asprintf(to->ctx, format, one->name);
}

static const char *
changes_wanted(const struct writer *to)
{
	const struct nd_thread *thread = to->thread;
	const struct nd_attention *one = thread->attention;
	struct nd_buf *out = nd_buf_new(to->ctx, PARTS_BYTES_MAX);

	add(out, "",
	    says(to, tr(to, "%s asks for changes"), standing_wisher(thread)));
	if (out->len == 0)
		add(out, "", tr(to, "changes requested"));
	if (thread->attention_count == 0 || one->doubted)
		return nd_buf_finish(to->ctx, out);
	if (one->why == ND_ATTENTION_PROMISED)
		add(out, "; ", promised(to, one));
	else if (one->why == ND_ATTENTION_CHANGES &&
	         nd_thread_is_silent(thread, one))
		add(out, "; ", tr(to, "no answer yet"));
	return nd_buf_finish(to->ctx, out);
}

/* Of a review or talk that goes on. */
static const char *
goes_on(const struct writer *to)
{
	const struct nd_thread *thread = to->thread;
	const struct nd_attention *one = thread->attention;
	struct nd_buf *out = nd_buf_new(to->ctx, PARTS_BYTES_MAX);
	const char *by = posted_anew(to);

	if (*by)
		return by;
	add(out, "", tags(to));
	if (thread->attention_count > 0 && !one->doubted) {
		by = name_of(to, &thread->message[one->message]->sender);
		if (one->why == ND_ATTENTION_ASKED)
			add(out, "; ",
			    x_asprintf(to->ctx, tr(to, "%1$s asks %2$s"), by,
			               one->name));
		else if (one->why == ND_ATTENTION_TO_ANSWER)
			add(out, "; ",
			    x_asprintf(to->ctx, tr(to, "%1$s answered %2$s"),
			               by, one->name));
		else if (one->why == ND_ATTENTION_PROMISED)
			add(out, "; ", promised(to, one));
		else if (one->why == ND_ATTENTION_TEST_FAILED)
			add(out, "; ",
			    x_asprintf(to->ctx, tr(to, "a test by %s failed"),
			               by));
	}
	if (out->len == 0)
		add(out, "", replied(to));
	return nd_buf_finish(to->ctx, out);
}

static const char *
outcome_of(const struct writer *to)
{
	const struct nd_thread *thread = to->thread;
	const struct nd_applied *applied = thread->applied;
	struct nd_buf *out = nd_buf_new(to->ctx, PARTS_BYTES_MAX);
	const char *refused, *done;

	switch (thread->state) {
	case ND_STATE_NEW:
		return replied(to);
	case ND_STATE_APPLIED:
		done = taken(to, tr(to, nd_wording_taken(thread)));
		add(out, "", tags(to));
		add(out, ", ", done);
		return nd_utf8_width(out->data, out->len) > OUTCOME_MAX
		               ? done
		               : nd_buf_finish(to->ctx, out);
	case ND_STATE_PULLED:
		return taken(to, tr(to, "pulled"));
	case ND_STATE_MERGED:
		if (!applied || !*applied->tree)
			return verb_of(to, tr(to, "merged"));
		return x_asprintf(to->ctx, tr(to, "%1$s into %2$s"),
		                  verb_of(to, tr(to, "merged")),
		                  nd_treename_short(to->ctx, applied->tree));
	case ND_STATE_MERGED_STABLE:
		return tr(to, "added to stable");
	case ND_STATE_SUPERSEDED:
		return replaced(to);
	case ND_STATE_WITHDRAWN:
		return tr(to, "withdrawn");
	case ND_STATE_REJECTED:
		refused = says(to, tr(to, "rejected by %s"), refuser(thread));
		return *refused ? refused : tr(to, "rejected");
	case ND_STATE_REVIEWED:
		add(out, "", tags(to));
		add(out, ", ", tr(to, "not applied yet"));
		return nd_buf_finish(to->ctx, out);
	case ND_STATE_CHANGES_REQUESTED:
		return changes_wanted(to);
	default:
		return goes_on(to);
	}
}

/* Some are taken, and the state is that of the others. */
static const char *
with_part(const struct writer *to, const char *outcome)
{
	const struct nd_thread *thread = to->thread;

	if (!thread->applied || thread->applied->patch_count == 0 ||
	    thread->state == ND_STATE_APPLIED ||
	    thread->state == ND_STATE_PULLED ||
	    thread->state == ND_STATE_MERGED)
		return outcome;
	return x_asprintf(to->ctx, tr(to, "%1$s; %2$s"), outcome,
	                  taken(to, thread->applied->merged
	                                    ? tr(to, "merged")
	                                    : tr(to, "applied")));
}

/* ---- what it is ---- */

static const char *
title_of(const struct writer *to)
{
	const struct nd_message *root = nd_thread_root(to->thread);
	const char *title = root->parts ? root->parts->title : root->subject;
	size_t len = title ? strlen(title) : 0;

	/* "Fix the parser.", but not "and so on..." */
	if (len > 1 && title[len - 1] == '.' && title[len - 2] != '.')
		return x_strndup(to->ctx, title, len - 1);
	return len > 0 ? title : tr(to, "(no subject)");
}

/* "RFC u-boot " before a title; in few words the branch is missing. */
static const char *
kind_of(const struct writer *to, bool in_few_words)
{
	const struct nd_series *series = to->thread->series;
	const char *project = to->thread->project ? to->thread->project : "";
	size_t len = in_few_words ? strcspn(project, " ") : strlen(project);

	return x_asprintf(to->ctx, "%s%.*s%s",
	                  series && series->rfc ? "RFC " : "", (int)len,
	                  project, len > 0 ? " " : "");
}

/* "foo: fix the ring v7" */
static bool
is_in_title(const struct writer *to, int version)
{
	const char *title = title_of(to);

	return nd_phrase_find_word(title, strlen(title),
	                           x_asprintf(to->ctx, "v%d", version));
}

/*
 * ", v2, 16 patches by Ann": how much there is to review, while it is to be
 * done; who acts in the outcome is not named twice.
 */
static const char *
whose(const struct writer *to, const char *outcome)
{
	const struct nd_thread *thread = to->thread;
	const struct nd_series *series = thread->series;
	const struct nd_address *author = author_of(thread);
	int taken = nd_thread_taken_version(thread);
	int number = taken > 0 || !series ? taken : series->version;
	const char *version = "";
	int patches = 0;

	if (number > 1 && thread->kind != ND_KIND_STABLE_REVIEW &&
	    !is_in_title(to, number))
		version = x_asprintf(to->ctx, tr(to, ", v%d"), number);
	if (series && thread->state == ND_STATE_NEW)
		patches = nd_thread_posted_patches(thread, series);
	if (patches > 1)
		version = x_asprintf(to->ctx, tr(to, "%1$s, %2$d patches"),
		                     version, patches);
	if (!author || strstr(outcome, name_of(to, author)))
		return version;
	return x_asprintf(to->ctx, tr(to, "%1$s by %2$s"), version,
	                  name_of(to, author));
}

static size_t
width_of(const char *text)
{
	return nd_utf8_width(text, strlen(text));
}

const char *
nd_gist(const void *ctx, const struct nd_i18n *i18n,
        const struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);
	struct writer to = {.ctx = tmp, .i18n = i18n, .thread = thread};
	const char *outcome = with_part(&to, outcome_of(&to));
	const char *kind = kind_of(&to, false), *who = whose(&to, outcome);
	const char *title = title_of(&to), *gist;
	size_t room = ND_GIST_COLUMNS_MAX, least = width_of(title), rest;

	outcome = nd_utf8_truncate(tmp, outcome, OUTCOME_MAX);
	rest = width_of(who) + width_of(outcome) + 2;
	if (width_of(kind) + least + rest > room)
		kind = kind_of(&to, true);
	if (least > TITLE_MIN)
		least = TITLE_MIN;
	rest = width_of(kind) + width_of(outcome) + 2;
	if (rest + width_of(who) + least > room)
		who = "";
	rest += width_of(who);
	title = nd_utf8_truncate(tmp, title,
	                         rest + least < room ? room - rest : least);
	gist = x_asprintf(tmp, tr(&to, "%1$s: %2$s"),
	                  x_asprintf(tmp, "%s%s%s", kind, title, who), outcome);
	gist = x_strdup(ctx, nd_utf8_truncate(tmp, gist, room));
	talloc_free(tmp);
	return gist;
}
