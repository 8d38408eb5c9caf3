/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/applied.h"

#include <string.h>

#include "acts/acceptance.h"
#include "analyse/committers.h"
#include "analyse/dropped.h"
#include "analyse/mailevents.h"
#include "analyse/patchlist.h"
#include "analyse/posting.h"
#include "model/address.h"
#include "model/trailer.h"
#include "text/patchnumbers.h"
#include "text/phrase.h"
#include "text/treename.h"
#include "util/alloc.h"
#include "util/archiveurl.h"
#include "util/limits.h"
#include "util/str.h"

enum { BELOW_LINES = 3, CLAIMS = 4, QUOTE_LINES = 3 };

/* "as commit 1a2b3c4", "(commit 1a2b3c4)" of the sentence itself. */
static void
add_said_commit(const struct nd_mailevents *mail, struct nd_event *event,
                const struct nd_acceptance *claim)
{
	static const char *const before[] = {"as commit ", "(commit ", " as ",
	                                     ", commit ", " in commit "};
	const char *text = claim->said->text;
	const char *end = text + claim->said->len, *id;
	size_t len;

	for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
		const char *at =
			nd_mem_find_nocase(text, claim->said->len, before[i]);

		if (!at)
			continue;
		at += strlen(before[i]);
		len = nd_mailevents_commit_len(at, (size_t)(end - at));
		if (len == 0)
			continue;
		nd_mailevents_add_commit(mail->thread, event, at, len);
		return;
	}
	id = nd_mailevents_find_commit(text, claim->said->len, &len);
	if (id)
		nd_mailevents_add_commit(mail->thread, event, id, len);
}

/* A line that is a URL, or a footnote with one. */
static bool
is_url_line(const char *text, size_t len)
{
	nd_mem_trim(&text, &len);
	if (len > 4 && text[0] == '[' && nd_is_digit(text[1])) {
		const char *close = memchr(text, ']', len);

		if (!close)
			return false;
		len -= (size_t)(close + 1 - text);
		text = close + 1;
		if (len > 0 && *text == ':') {
			text++;
			len--;
		}
		nd_mem_trim(&text, &len);
	}
	return nd_mem_starts_nocase(text, len, "http") &&
	       !memchr(text, ' ', len);
}

/* The commits whose URLs stand in the mail, each in a line of its own. */
static void
add_linked_commits(const struct nd_mailevents *mail, struct nd_event *event)
{
	const struct nd_body *body = mail->message->body;

	for (size_t i = 0; i < body->line_count; i++) {
		const char *text = body->text + body->line[i].start, *id;
		size_t len = body->line[i].len, id_len;

		if (body->line[i].kind != ND_LINE_OWN ||
		    !is_url_line(text, len))
			continue;
		id = nd_mailevents_find_commit(text, len, &id_len);
		if (id)
			nd_mailevents_add_commit(mail->thread, event, id,
			                         id_len);
	}
}

static bool
says_all(const struct nd_acceptance *claim)
{
	static const struct nd_phrase all[] = {
		{"all", 1},     {"both", 1},     {"everything", 1}, {"lot", 1},
		{"patches", 1}, {"patchset", 1}, {"series", 1},     {"set", 1},
		{"them", 1},    {"these", 1},    {"version", 1},
	};

	return nd_phrases_in(ND_PHRASES(all), claim->said->text,
	                     claim->said->len);
}

/* "Re: [PATCH 0/3] foo", whichever mail of it is answered */
static bool
is_titled_as_cover(const struct nd_mailevents *mail)
{
	const struct nd_subject *parts = mail->message->parts;

	return parts->total > 1 && parts->number == 0;
}

/* "11 patches applied to foo/next.", of a series of 11 */
static bool
counts_all(const struct nd_mailevents *mail, const struct nd_acceptance *claim)
{
	const struct nd_series *series = nd_posting_newest_series(mail->thread);
	const char *text = claim->said->text;
	size_t len = claim->said->len;
	int count = 0;

	while (len > 0 && nd_is_digit(*text) && count < ND_LIMIT_PATCHES) {
		count = count * 10 + *text++ - '0';
		len--;
	}
	return series && count == series->total &&
	       nd_mem_starts_nocase(text, len, " patches ");
}

/* "I pulled the two patches.", of five: it is not said which */
static bool
counts_some(const struct nd_mailevents *mail, const struct nd_acceptance *claim)
{
	static const struct nd_phrase counts[] = {
		{"both patches", 1 << 2},     {"these two patches", 1 << 2},
		{"the four patches", 1 << 4}, {"the three patches", 1 << 3},
		{"the two patches", 1 << 2},
	};
	const struct nd_series *series = nd_posting_newest_series(mail->thread);
	unsigned count = nd_phrases_in(ND_PHRASES(counts), claim->said->text,
	                               claim->said->len);
	struct nd_patchnumbers numbers;

	nd_patchnumbers_read(claim->said->text, claim->said->len,
	                     claim->verb_end, 0, &numbers);
	return series && count && numbers.count == 0 && series->total <= 30 &&
	       !(count & 1u << series->total);
}

/* "I merged this one.", of several */
static bool
says_one(const struct nd_acceptance *claim)
{
	static const struct nd_phrase one[] = {
		{"first", 1}, {"last", 1}, {"one", 1},
		{"patch", 1}, {"this", 1},
	};

	return nd_phrases_in(ND_PHRASES(one), claim->said->text,
	                     claim->said->len);
}

/* Has each patch of the series a tag of somebody else than its author? */
static bool
are_reviewed(const struct nd_thread *thread, const struct nd_series *series)
{
	bool *seen = x_array(NULL, bool, series->total + 1);
	int count = 0;
	bool whole = false;

	for (size_t i = 0; i < thread->trailer_count; i++) {
		const struct nd_trailer *tag = &thread->trailer[i];

		if (!nd_trailer_is_review(tag) ||
		    nd_address_same_person(&tag->who, &series->author))
			continue;
		whole |= tag->number == 0;
		if (tag->number > 0 && tag->number <= series->total &&
		    !seen[tag->number]) {
			seen[tag->number] = true;
			count++;
		}
	}
	talloc_free(seen);
	return whole || count == series->total;
}

/*
 * Those who push what they sent say so once, below its last patch, when all of
 * it is reviewed.
 */
static bool
ends_own_series(const struct nd_mailevents *mail,
                const struct nd_acceptance *claim)
{
	const struct nd_series *series = nd_posting_newest_series(mail->thread);

	return mail->by_author && series && !says_one(claim) &&
	       series->patch[series->total - 1] == mail->target &&
	       are_reviewed(mail->thread, series);
}

/* Who quotes several patches above it says it of all of them. */
static void
add_quoted_patches(const struct nd_mailevents *mail, struct nd_event *event)
{
	const struct nd_series *series = nd_posting_newest_series(mail->thread);
	const struct nd_body *body = mail->message->body;

	for (int i = 0; series && i < series->total; i++)
		for (size_t k = 0; k < event->line; k++)
			if (body->line[k].kind == ND_LINE_QUOTE &&
			    body->line[k].source != ND_NO_MESSAGE &&
			    body->line[k].source == series->patch[i]) {
				nd_mailevents_add_patch(mail->thread, event,
				                        i + 1);
				break;
			}
}

/* "btrfs" of "btrfs: check it" and "btrfs/zoned: check it"; 0: it has none */
static size_t
area_of(const char *title)
{
	size_t len = strcspn(title, ":/, ");

	return strchr(title, ':') && title[len] != ' ' ? len : 0;
}

/* "The net bits", "the btrfs patches": of those with this area in the title */
static bool
names_area(const struct nd_acceptance *claim, const char *area, size_t len)
{
	static const struct nd_phrase parts[] = {
		{"bits", 1},  {"changes", 1}, {"ones", 1},    {"part", 1},
		{"parts", 1}, {"patch", 1},   {"patches", 1},
	};
	const char *text = claim->said->text, *end = text + claim->said->len;

	for (const char *at = text; at + 4 + len < end; at++)
		if ((at == text || at[-1] == ' ') &&
		    nd_mem_equal_nocase(at, "the ", 4) &&
		    nd_mem_equal_nocase(at + 4, area, len) &&
		    at[4 + len] == ' ' &&
		    nd_phrases_at(ND_PHRASES(parts), at + 5 + len,
		                  (size_t)(end - at) - 5 - len, NULL))
			return true;
	return false;
}

/* Said of the whole series, when only some of it are of this area. */
static void
add_patches_of_area(const struct nd_mailevents *mail, struct nd_event *event,
                    const struct nd_acceptance *claim)
{
	const struct nd_series *series = nd_posting_newest_series(mail->thread);
	int named = 0;

	if (!series || mail->target != series->root || series->total < 2)
		return;
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < series->total; i++) {
			const struct nd_message *patch;
			size_t len;

			if (series->patch[i] == ND_NO_MESSAGE)
				continue;
			patch = mail->thread->message[series->patch[i]];
			len = area_of(patch->parts->title);
			if (len == 0 ||
			    !names_area(claim, patch->parts->title, len))
				continue;
			named += pass == 0;
			if (pass == 1 && named < series->total)
				nd_mailevents_add_patch(mail->thread, event,
				                        i + 1);
		}
}

static void
set_patches(const struct nd_mailevents *mail, struct nd_event *event,
            const struct nd_acceptance *claim)
{
	const struct nd_series *series = nd_posting_newest_series(mail->thread);
	const struct nd_subject *target = NULL;
	struct nd_patchnumbers numbers;
	int total = series ? series->total : 0;

	if (mail->target != ND_NO_MESSAGE)
		target = mail->thread->message[mail->target]->parts;
	if (target && target->total > 0)
		total = target->total;
	nd_patchnumbers_read(claim->said->text, claim->said->len,
	                     claim->verb_end, total, &numbers);
	for (size_t i = 0; i < numbers.count; i++)
		nd_mailevents_add_patch(mail->thread, event, numbers.number[i]);
	if (event->patch_count == 0)
		add_patches_of_area(mail, event, claim);
	if (event->patch_count == 0 && target && target->number > 0 &&
	    target->total > 1 && !is_titled_as_cover(mail) &&
	    !says_all(claim) && !ends_own_series(mail, claim)) {
		nd_mailevents_add_patch(mail->thread, event, target->number);
		if (!says_one(claim))
			add_quoted_patches(mail, event);
	}
}

static enum nd_event_type
type_of(const struct nd_mailevents *mail, const struct nd_acceptance *claim)
{
	const struct nd_thread *thread = mail->thread;
	const struct nd_message *about = mail->message;

	if (claim->bits & ND_ACCEPTANCE_PULL)
		return ND_EVENT_PULLED;
	if (mail->target != ND_NO_MESSAGE)
		about = thread->message[mail->target];
	/* "Merged, thanks": a pull request is merged by pulling it. */
	if ((about->parts->flags & ND_SUBJECT_PULL) &&
	    nd_acceptance_says(claim, "merged"))
		return ND_EVENT_PULLED;
	return ND_EVENT_APPLIED;
}

static bool
is_committer(const struct nd_mailevents *mail)
{
	return nd_committers_is_one(mail->thread, &mail->message->sender);
}

/* Has somebody else given a tag before? */
static bool
is_reviewed(const struct nd_mailevents *mail)
{
	const struct nd_thread *thread = mail->thread;

	for (size_t i = 0; i < thread->trailer_count; i++) {
		const struct nd_trailer *trailer = &thread->trailer[i];

		if (trailer->message < mail->index &&
		    nd_trailer_is_review(trailer) &&
		    !nd_address_same_person(&trailer->who,
		                            &mail->message->sender))
			return true;
	}
	return false;
}

/* "Landed as 1a2b3c4d5e6f", "applied: URL of a commit": whose word is proved. */
static bool
has_proof(const struct nd_acceptance *claim)
{
	const char *text = claim->said->text + claim->verb_end, *at;
	size_t len = claim->said->len - claim->verb_end, size;

	at = nd_mem_find_nocase(text, len, "as ");
	if (at && (at == text || at[-1] == ' ') &&
	    nd_mailevents_commit_len(at + 3, (size_t)(text + len - at - 3)) > 0)
		return true;
	at = nd_mem_find_nocase(text, len, "http");
	return at && !nd_mem_find_nocase(text, len, "on top of") &&
	       nd_mailevents_find_commit(at, (size_t)(text + len - at), &size);
}

/* Testers apply patches; they do not take or push them. */
static bool
is_no_trial(const struct nd_acceptance *claim)
{
	return claim->bits & ND_ACCEPTANCE_OBJECT &&
	       claim->bits & (ND_ACCEPTANCE_VAGUE | ND_ACCEPTANCE_PULL) &&
	       !(claim->bits & (ND_ACCEPTANCE_STATE | ND_ACCEPTANCE_PASSIVE |
	                        ND_ACCEPTANCE_DOING));
}

/*
 * Authors say "Applied" of what they will send next ("Applied, thanks" to a
 * suggestion); their own patches they take with a tree or a proof, or where
 * they are known to take patches, in the words of those who do. "Merged",
 * "Pushed" they say of what was reviewed.
 */
static bool
may_claim(const struct nd_mailevents *mail, const struct nd_acceptance *claim,
          bool believing)
{
	unsigned bits = claim->bits;

	if (!mail->by_author)
		return !(bits & ND_ACCEPTANCE_WEAK) || has_proof(claim) ||
		       is_committer(mail) || (believing && is_no_trial(claim));
	if (nd_patchlist_is_there(mail) || has_proof(claim))
		return true;
	if (claim->tree &&
	    !(bits & (ND_ACCEPTANCE_PERSON | ND_ACCEPTANCE_VAGUE)))
		return true;
	/* "Pushed to master.": what others have, too; "Merged into foo/next." */
	if (claim->tree && bits & ND_ACCEPTANCE_MERGE &&
	    !(bits & (ND_ACCEPTANCE_PERSON | ND_ACCEPTANCE_STATE)) &&
	    (nd_treename_is_common(claim->tree, claim->tree_len) ||
	     (nd_acceptance_says(claim, "merged") &&
	      memchr(claim->tree, '/', claim->tree_len))))
		return true;
	if (!is_committer(mail) &&
	    !(bits & ND_ACCEPTANCE_MERGE && is_reviewed(mail)))
		return false;
	/* "This series has been merged." */
	if (bits & ND_ACCEPTANCE_PASSIVE && bits & ND_ACCEPTANCE_NOUN)
		return true;
	if (bits & (ND_ACCEPTANCE_DOING | ND_ACCEPTANCE_STATE) ||
	    (bits & ND_ACCEPTANCE_WEAK && !(bits & ND_ACCEPTANCE_MERGE)))
		return false;
	/* "Pushed out": a branch to look at */
	return claim->tree || (bits & ND_ACCEPTANCE_MERGE &&
	                       !nd_acceptance_says(claim, "out"));
}

/* b4 says in its ids that a mail was written by "b4 ty". */
static bool
is_by_b4(const struct nd_message *message)
{
	return strstr(message->id, ".b4-ty@") != NULL;
}

/* "pull request: foo 2021-10-23", which has no tag in brackets. */
static bool
asks_to_pull(const struct nd_thread *thread)
{
	const char *subject = nd_thread_root(thread)->subject;
	size_t len = strlen(subject);

	return nd_mem_find_nocase(subject, len, "pull request") ||
	       nd_mem_find_nocase(subject, len, "pull-request");
}

/* Under a cover letter that no tag tells from talk the patches tell it. */
static bool
may_be_about_patches(const struct nd_mailevents *mail)
{
	const struct nd_thread *thread = mail->thread;

	return mail->on_patch || is_by_b4(mail->message) ||
	       (mail->index != thread->root &&
	        (thread->series || thread->more_series_count > 0 ||
	         asks_to_pull(thread)));
}

/* A quoted line that is a link to mail of another thread, and nothing else. */
static bool
is_link_out(const struct nd_thread *thread, const char *text, size_t len)
{
	const char *id;
	bool out;

	nd_mem_trim(&text, &len);
	if (!nd_mem_starts_nocase(text, len, "http") || memchr(text, ' ', len))
		return false;
	id = nd_archiveurl_id(NULL, text, len);
	out = id && !nd_thread_has_mail(thread, id);
	talloc_free((void *)id);
	return out;
}

/* What is said under such a line is said of that thread. */
static bool
is_about_others(const struct nd_mailevents *mail,
                const struct nd_utterance *said)
{
	const struct nd_body *body = mail->message->body;
	uint32_t at = said->line;

	/* The first thing that somebody says is said of all that is above. */
	if (!said->answer || said == mail->said.utterance)
		return false;
	while (at > 0 && body->line[at - 1].kind != ND_LINE_QUOTE)
		at--;
	for (uint32_t seen = 0; at > 0 && seen < QUOTE_LINES &&
	                        body->line[at - 1].kind == ND_LINE_QUOTE;
	     at--, seen++) {
		const struct nd_line *line = &body->line[at - 1];

		if (line->depth == 1 &&
		    is_link_out(mail->thread, body->text + line->start,
		                line->len))
			return true;
	}
	return false;
}

/* "Applied to", and the tree in one of the next lines: a URL and a branch. */
static bool
find_tree_below(const struct nd_mailevents *mail, struct nd_acceptance *claim)
{
	const struct nd_body *body = mail->message->body;

	for (uint32_t i = claim->said->last_line + 1;
	     i < body->line_count && i <= claim->said->last_line + BELOW_LINES;
	     i++) {
		const char *text = body->text + body->line[i].start;
		size_t len = body->line[i].len;

		if (body->line[i].kind != ND_LINE_OWN)
			continue;
		nd_mem_trim(&text, &len);
		if (len == 0)
			continue;
		claim->tree = text;
		claim->tree_len = nd_treename_read(&claim->tree, len);
		return claim->tree_len > 0 &&
		       nd_treename_is_plain(claim->tree, claim->tree_len);
	}
	return false;
}

static void
add_claim(const struct nd_mailevents *mail, const struct nd_acceptance *claim,
          bool first)
{
	struct nd_event *event =
		nd_mailevents_say(mail, type_of(mail, claim), claim->said);

	if (claim->tree)
		event->tree =
			x_strndup(mail->thread, claim->tree, claim->tree_len);
	if (claim->bits & ND_ACCEPTANCE_BELOW)
		event->text = x_asprintf(mail->thread, "%s %s", event->text,
		                         event->tree);
	if (first && nd_patchlist_read(mail, event) > 0) {
		if (counts_all(mail, claim))
			event->patch_count = 0;
		return;
	}
	add_said_commit(mail, event, claim);
	if (first) {
		nd_patchlist_add_shown(mail, event);
		if (event->commit_count == 0)
			add_linked_commits(mail, event);
	}
	set_patches(mail, event, claim);
}

/* The same tree again: said twice. */
static bool
is_said(const struct nd_acceptance *claim, const struct nd_acceptance *before,
        size_t count)
{
	if (!claim->tree)
		return count > 0;
	for (size_t i = 0; i < count; i++)
		if (!before[i].tree ||
		    nd_treename_is_same(before[i].tree, before[i].tree_len,
		                        claim->tree, claim->tree_len))
			return true;
	return false;
}

/* A list of patches with commits, from others than their author. */
static void
read_list_alone(const struct nd_mailevents *mail)
{
	const struct nd_body *body = mail->message->body;
	struct nd_event *event;
	size_t line;

	if (mail->by_author || !mail->on_patch ||
	    !nd_patchlist_find(mail, &line))
		return;
	event = nd_mailevents_add(mail, ND_EVENT_APPLIED, (uint32_t)line,
	                          body->text + body->line[line].start,
	                          body->line[line].len);
	nd_patchlist_read(mail, event);
}

/* How many there are; believing: those that others than committers make, too. */
static size_t
read_claims(const struct nd_mailevents *mail, bool talk, bool believing)
{
	struct nd_acceptance made[CLAIMS];
	size_t count = 0;

	for (size_t i = 0; i < mail->said.count && count < CLAIMS; i++) {
		struct nd_acceptance claim;

		if (!nd_acceptance_read(&mail->said.utterance[i], &claim) ||
		    !may_claim(mail, &claim, believing) ||
		    (talk && !nd_acceptance_is_plain(&claim)) ||
		    is_said(&claim, made, count) || counts_some(mail, &claim) ||
		    is_about_others(mail, claim.said))
			continue;
		if (claim.bits & ND_ACCEPTANCE_BELOW &&
		    !find_tree_below(mail, &claim))
			continue;
		add_claim(mail, &claim, count == 0);
		made[count++] = claim;
	}
	return count;
}

/*
 * In talk, too, those who take patches say so of what was sent there. All that
 * is left of a thread may be the answer that does, under a title without a mark.
 */
static bool
may_take_in_talk(const struct nd_mailevents *mail)
{
	return mail->index == mail->thread->root
	               ? mail->message->parts->flags & ND_SUBJECT_REPLY
	               : is_committer(mail);
}

void
nd_applied_read(const struct nd_mailevents *mail)
{
	size_t count;
	bool talk = !may_be_about_patches(mail);

	if (!mail->by_author && nd_dropped_read(mail))
		return;
	if (talk && !may_take_in_talk(mail))
		return;
	count = read_claims(mail, talk, false);
	if (count == 0)
		count = read_claims(mail, talk, true);
	if (count == 0)
		read_list_alone(mail);
}
