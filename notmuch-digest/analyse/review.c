/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/review.h"

#include <string.h>

#include "text/phrase.h"
#include "util/str.h"

/* What one does to a patch so that it gets better. */
enum verb_bits {
	CHANGE = 1u << 0,
	POST = 1u << 1, /* a new version, when that is what is posted */
	DO = 1u << 2,   /* "will do": a promise, but no request */
	TALK = 1u << 3  /* in the mail itself, unless it says where else */
};

static const struct nd_phrase verbs[] = {
	{"add", CHANGE},
	{"address", CHANGE},
	{"adjust", CHANGE},
	{"allocate", CHANGE},
	{"amend", CHANGE},
	{"annotate", CHANGE},
	{"avoid", CHANGE},
	{"change", CHANGE},
	{"clean up", CHANGE},
	{"clarify", TALK},
	{"cleanup", CHANGE},
	{"combine", CHANGE},
	{"convert", CHANGE},
	{"correct", CHANGE},
	{"cook", POST},
	{"delete", CHANGE},
	{"do", DO},
	{"document", CHANGE},
	{"drop", CHANGE},
	{"elaborate in the commit", CHANGE},
	{"escape", CHANGE},
	{"expand the", CHANGE},
	{"extend", CHANGE},
	{"factor", CHANGE},
	{"fix", CHANGE},
	{"fixup", CHANGE},
	{"fold", CHANGE},
	{"get rid", CHANGE},
	{"implement", CHANGE},
	{"improve", CHANGE},
	{"include", DO},
	{"incorporate", CHANGE},
	{"make", CHANGE},
	{"mention", CHANGE},
	{"merge", DO},
	{"modify", CHANGE},
	{"move", CHANGE},
	{"post", POST},
	{"prepare", POST},
	{"put", DO},
	{"rebase", CHANGE},
	{"refactor", CHANGE},
	{"reflect", DO},
	{"reformat", CHANGE},
	{"remove", CHANGE},
	{"rename", CHANGE},
	{"reorder", CHANGE},
	{"reorganise", CHANGE},
	{"reorganize", CHANGE},
	{"rephrase", TALK},
	{"replace", CHANGE},
	{"repost", CHANGE},
	{"re-post", CHANGE},
	{"resend", CHANGE},
	{"re-send", CHANGE},
	{"respin", CHANGE},
	{"re-spin", CHANGE},
	{"restructure", CHANGE},
	{"revert", CHANGE},
	{"revise", CHANGE},
	{"reword", CHANGE},
	{"rework", CHANGE},
	{"rewrite", CHANGE},
	{"send", POST},
	{"separate", CHANGE},
	{"shorten", CHANGE},
	{"simplify", CHANGE},
	{"split", CHANGE},
	{"spin", POST},
	{"squash", CHANGE},
	{"submit", POST},
	{"switch", DO},
	{"take care", DO},
	{"tidy", CHANGE},
	{"tweak", CHANGE},
	{"update", CHANGE},
	{"use", CHANGE},
	{"wrap", CHANGE},
	{"write", DO},
};

/* Stand between "I will" and its verb, and between "please" and its verb. */
static const struct nd_phrase adverbs[] = {
	{"absolutely", 1}, {"actually", 1}, {"again", 1},     {"also", 1},
	{"and", 1},        {"at least", 1}, {"certainly", 1}, {"definitely", 1},
	{"either", 1},     {"first", 1},    {"go and", 1},    {"happily", 1},
	{"instead", 1},    {"just", 1},     {"now", 1},       {"of course", 1},
	{"please", 1},     {"quickly", 1},  {"rather", 1},    {"simply", 1},
	{"sure", 1},       {"surely", 1},   {"then", 1},      {"therefore", 1},
	{"to", 1},         {"try and", 1},  {"try to", 1},
};

/* Begin a promise. */
static const struct nd_phrase futures[] = {
	{"i am going to", 1}, {"i shall", 1}, {"i will", 1},
	{"i'd better", 1},    {"i'll", 1},    {"i'm going to", 1},
	{"let me", 1},        {"we will", 4}, {"we'll", 4},
	{"will", 2},
};

/* Begin a request. */
static const struct nd_phrase wishes[] = {
	{"can you", 1},
	{"can we", 1},
	{"could we", 1},
	{"could you", 1},
	{"i'd like you to", 1},
	{"i'd prefer you", 1},
	{"i'd prefer you to", 1},
	{"i'd rather you", 1},
	{"i'd rather we", 1},
	{"please", 1},
	{"pls", 1},
	{"would you mind", 1},
	{"you have to", 1},
	{"you must", 1},
	{"you need to", 1},
	{"you should", 1},
	{"you'll have to", 1},
	{"you'll need to", 1},
	{"you'd better", 1},
};

/* Say it without a verb of the table above. */
static const struct nd_phrase needs[] = {
	{"needs a respin", 1},       {"needs a v", 1},
	{"needs rebasing", 1},       {"needs reworking", 1},
	{"needs to be changed", 1},  {"needs to be moved", 1},
	{"needs to be rebased", 1},  {"needs to be removed", 1},
	{"needs to be reworked", 1}, {"needs to be split", 1},
	{"should be dropped", 1},    {"should be moved", 1},
	{"should be removed", 1},    {"should be renamed", 1},
	{"should be split", 1},
};

/* Where a change of words goes. */
static const struct nd_phrase documents[] = {
	{"changelog", 1},     {"comment", 1},        {"comments", 1},
	{"commit log", 1},    {"commit message", 1}, {"description", 1},
	{"documentation", 1},
};

/* The next version, as people call it. */
static const struct nd_phrase next_versions[] = {
	{"follow-up version", 1}, {"fresh version", 1},   {"in the next", 1},
	{"new patch set", 1},     {"new patchset", 1},    {"new revision", 1},
	{"new series", 1},        {"new spin", 1},        {"new version", 1},
	{"next iteration", 1},    {"next patch set", 1},  {"next patchset", 1},
	{"next post", 1},         {"next posting", 1},    {"next release", 1},
	{"next respin", 1},       {"next revision", 1},   {"next round", 1},
	{"next series", 1},       {"next spin", 1},       {"next version", 1},
	{"next vers", 1},         {"next submission", 1}, {"respin", 1},
	{"re-spin", 1},           {"updated patch", 1},   {"updated series", 1},
	{"updated version", 1},
};

/* It is not said of itself, or not for sure. */
static const struct nd_phrase conditions[] = {
	{"future", 1},  {"if", 1},    {"in case", 1},  {"unless", 1},
	{"whether", 1}, {"would", 1}, {"wouldn't", 1},
};

static const struct nd_phrase ignores[] = {
	{"discard", 1}, {"disregard", 1}, {"drop", 2},     {"forget about", 1},
	{"ignore", 1},  {"scratch", 1},   {"withdraw", 1},
};

static const struct nd_phrase patch_things[] = {
	{"my patch", 1},      {"my previous", 1},  {"my series", 1},
	{"that one", 1},      {"that patch", 1},   {"the patch", 1},
	{"the patches", 1},   {"the patchset", 1}, {"the previous", 1},
	{"the series", 1},    {"the v", 1},        {"the whole series", 1},
	{"these patches", 1}, {"this", 2},         {"this email", 1},
	{"this mail", 1},     {"this one", 1},     {"this patch", 1},
	{"this patchset", 1}, {"this series", 1},  {"this set", 1},
	{"this thread", 1},   {"this v", 1},       {"this version", 1},
};

static const struct nd_phrase refusals[] = {
	{"am not going to", 1},    {"are not going to", 1},
	{"aren't going to", 1},    {"i'm not going to", 1},
	{"i will not", 1},         {"i won't", 1},
	{"we will not", 1},        {"we won't", 1},
	{"we're not going to", 1},
};

static const struct nd_phrase takes[] = {
	{"accept", 1}, {"apply", 1}, {"merge", 1},
	{"pull", 1},   {"queue", 1}, {"take", 1},
};

/* "I won't take something that …" speaks of what nobody has sent. */
static const struct nd_phrase unsent[] = {
	{"any", 1},
	{"anything", 1},
	{"something", 1},
};

struct words {
	const char *at;
	size_t len;
};

static void
skip(struct words *words, size_t len)
{
	words->at += len;
	words->len -= len;
}

static void
skip_blanks(struct words *words)
{
	while (words->len > 0 && !nd_phrase_is_word_byte(*words->at))
		skip(words, 1);
}

/* Skip what may stand between a beginning and its verb. */
static void
skip_adverbs(struct words *words)
{
	size_t end;

	skip_blanks(words);
	while (nd_phrases_at(ND_PHRASES(adverbs), words->at, words->len,
	                     &end)) {
		skip(words, end);
		skip_blanks(words);
	}
}

static unsigned
bits_at(struct nd_phrases table, struct words words, size_t *end)
{
	return nd_phrases_at(table, words.at, words.len, end);
}

static bool
has(struct nd_phrases table, const struct nd_utterance *said)
{
	return nd_phrases_in(table, said->text, said->len) != 0;
}

/* "v3", also "V3": a version is spoken of. */
static bool
names_version(const struct nd_utterance *said)
{
	for (size_t i = 0; i + 1 < said->len; i++)
		if (nd_lower(said->text[i]) == 'v' &&
		    nd_is_digit(said->text[i + 1]) &&
		    (i == 0 || !nd_phrase_is_word_byte(said->text[i - 1])))
			return true;
	return false;
}

static bool
is_question(const struct nd_utterance *said)
{
	size_t len = said->len;

	while (len > 0 && strchr(" )\"'", said->text[len - 1]))
		len--;
	return len > 0 && said->text[len - 1] == '?';
}

/* The next phrase of the table at or behind words; false: there is none. */
static unsigned
next_of(struct nd_phrases table, struct words *words)
{
	bool inside = false;

	while (words->len > 0) {
		size_t end;
		unsigned bits;

		if (inside && nd_phrase_is_word_byte(*words->at)) {
			skip(words, 1);
			continue;
		}
		inside = nd_phrase_is_word_byte(*words->at);
		bits = inside ? bits_at(table, *words, &end) : 0;
		if (bits) {
			skip(words, end);
			return bits;
		}
		skip(words, 1);
	}
	return 0;
}

/* "please correct me", "add my Reviewed-by", "fix your mail client" */
static bool
is_about_me(struct words verb, size_t end)
{
	static const struct nd_phrase me[] = {
		{"me", 1},         {"my", 1},        {"your client", 1},
		{"your email", 1}, {"your mail", 1}, {"your mailer", 1},
	};

	skip(&verb, end);
	skip_blanks(&verb);
	return bits_at(ND_PHRASES(me), verb, NULL) != 0;
}

/* ---- by reviewers ---- */

/*
 * NAK, NACK, Nacked: at the start, or in capitals anywhere. Protocols and
 * buses have NACKs, too: "sends a NACK", "NACK bit", "I2C NACK".
 */
static bool
is_nack(const struct nd_utterance *said)
{
	static const char *const forms[] = {"NACK", "NAK"};

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		size_t size = strlen(forms[i]);
		const char *at =
			nd_mem_find_nocase(said->text, said->len, forms[i]);
		size_t before, after;

		if (!at)
			continue;
		before = (size_t)(at - said->text);
		after = said->len - before - size;
		if (before > 0 && nd_phrase_is_word_byte(at[-1]))
			continue;
		at += size;
		if (before == 0)
			return after == 0 || !nd_phrase_is_word_byte(*at) ||
			       nd_mem_starts_nocase(at, after, "ed");
		if (memcmp(at - size, forms[i], size) != 0)
			continue;
		if (after == 0 || strchr(".!,:", *at) ||
		    nd_mem_starts_nocase(at, after, " on ") ||
		    nd_mem_starts_nocase(at, after, " to ") ||
		    nd_mem_starts_nocase(at, after, " for ") ||
		    nd_mem_starts_nocase(at, after, " from "))
			return true;
	}
	return false;
}

static bool
is_refusal(const struct nd_utterance *said)
{
	struct words words = {said->text, said->len};
	size_t end;

	while (next_of(ND_PHRASES(refusals), &words)) {
		skip_adverbs(&words);
		if (!bits_at(ND_PHRASES(takes), words, &end))
			continue;
		skip(&words, end);
		skip_blanks(&words);
		return !bits_at(ND_PHRASES(unsent), words, &end) &&
		       !has(ND_PHRASES(conditions), said);
	}
	return false;
}

/* "please fix", "could you also split", "this needs a respin" */
static bool
is_request(const struct nd_utterance *said)
{
	struct words words = {said->text, said->len};

	if (has(ND_PHRASES(needs), said))
		return !is_question(said) && !has(ND_PHRASES(conditions), said);
	while (next_of(ND_PHRASES(wishes), &words)) {
		struct words verb = words;
		unsigned bits;
		size_t end;

		/* "If you need to use it …", "if so please add my …" */
		if (nd_phrase_find_word(said->text,
		                        (size_t)(words.at - said->text), "if"))
			return false;
		skip_adverbs(&verb);
		bits = bits_at(ND_PHRASES(verbs), verb, &end);
		if (is_about_me(verb, end))
			continue;
		if (bits & CHANGE ||
		    (bits & TALK && has(ND_PHRASES(documents), said)))
			return true;
		if ((bits & POST) && (names_version(said) ||
		                      has(ND_PHRASES(next_versions), said)))
			return true;
	}
	return false;
}

/* ---- by authors ---- */

/* "Will do", "Ok, will do": nothing but an exclamation stands before it. */
static bool
is_first(const struct nd_utterance *said, const char *at)
{
	while (at > said->text && at[-1] == ' ')
		at--;
	return at == said->text || strchr(",.!;:-", at[-1]);
}

/* "I'll fix that", "will do", "Will send a v2": not "it will add". */
static bool
is_promise(const struct nd_utterance *said)
{
	struct words words = {said->text, said->len};
	bool version =
		names_version(said) || has(ND_PHRASES(next_versions), said);
	unsigned kind;

	if (is_question(said))
		return false;
	while ((kind = next_of(ND_PHRASES(futures), &words))) {
		struct words verb = words;
		const char *before = words.at - strlen("will");
		unsigned bits;
		size_t end;

		if ((kind & 2) && !is_first(said, before))
			continue;
		/* "We'll have to change that": whoever, one day. */
		if ((kind & 4) && !version)
			continue;
		skip_adverbs(&verb);
		bits = bits_at(ND_PHRASES(verbs), verb, &end);
		if (!bits || has(ND_PHRASES(conditions), said) ||
		    is_about_me(verb, end))
			continue;
		if (bits & CHANGE)
			return true;
		if ((bits & POST) && version)
			return true;
		if ((bits & TALK) &&
		    (version || has(ND_PHRASES(documents), said)))
			return true;
		if ((bits & DO) &&
		    (version || verb.len < 40 || verb.len < said->len / 2))
			return true;
	}
	return false;
}

/* "please ignore this patch", "I withdraw this series" */
static bool
is_withdrawal(const struct nd_utterance *said)
{
	struct words words = {said->text, said->len};
	unsigned how;

	if (is_question(said) || has(ND_PHRASES(conditions), said))
		return false;
	while ((how = next_of(ND_PHRASES(ignores), &words))) {
		struct words thing = words;
		size_t end;
		unsigned bits;

		skip_blanks(&thing);
		bits = bits_at(ND_PHRASES(patch_things), thing, &end);
		if (!bits ||
		    (how == 2 &&
		     !nd_phrase_find_word(said->text, said->len, "please")))
			continue;
		/* "ignore this" alone, but not "ignore this error". */
		skip(&thing, end);
		if (bits & 1 || thing.len == 0 || strchr(".,!;:-", *thing.at))
			return true;
	}
	return false;
}

static bool
is_superseding(const struct nd_utterance *said)
{
	static const struct nd_phrase forms[] = {
		{"has been superseded", 1},
		{"is superseded", 1},
		{"replaced by v", 1},
		{"superseded by", 1},
	};

	return has(ND_PHRASES(forms), said) && !is_question(said);
}

/* ---- in talks ---- */

static bool
is_agreement(const struct nd_utterance *said)
{
	static const struct nd_phrase forms[] = {
		{"answers my question", 1},
		{"answers my questions", 1},
		{"conclusion is", 1},
		{"consensus is", 1},
		{"fine by me", 1},
		{"fine with me", 1},
		{"fixed it for me", 1},
		{"fixes it for me", 1},
		{"fixes the issue for me", 1},
		{"fixes the problem for me", 1},
		{"i withdraw my objection", 1},
		{"it works now", 1},
		{"problem is solved", 1},
		{"problem solved", 1},
		{"solved my problem", 1},
		{"solves my problem", 1},
		{"solved the problem", 1},
		{"that explains it", 1},
		{"that settles it", 1},
		{"we agreed", 1},
		{"we have agreed", 1},
		{"we've agreed", 1},
		{"works for me", 1},
		{"works now", 1},
	};

	return has(ND_PHRASES(forms), said) && !is_question(said) &&
	       !has(ND_PHRASES(conditions), said);
}

/* ---- the mail ---- */

struct rule {
	enum nd_event_type type;
	bool by_author, by_others; /* of the patch: who can say it */
	bool (*holds)(const struct nd_utterance *said);
};

static const struct rule patch_rules[] = {
	{ND_EVENT_NACK, false, true, is_nack},
	{ND_EVENT_REJECTED, false, true, is_refusal},
	{ND_EVENT_CHANGES_REQUESTED, false, true, is_request},
	{ND_EVENT_WITHDRAWN, true, false, is_withdrawal},
	{ND_EVENT_RESPIN_PROMISED, true, false, is_promise},
	{ND_EVENT_SUPERSEDED, true, true, is_superseding},
};

static const struct rule talk_rule = {ND_EVENT_AGREED, true, true,
                                      is_agreement};

/* The first sentence that says it. */
static void
try_rule(const struct rule *rule, const struct nd_mailevents *mail)
{
	if (!(mail->by_author ? rule->by_author : rule->by_others))
		return;
	for (size_t i = 0; i < mail->said.count; i++)
		if (rule->holds(&mail->said.utterance[i])) {
			nd_mailevents_say(mail, rule->type,
			                  &mail->said.utterance[i]);
			return;
		}
}

void
nd_review_read(const struct nd_mailevents *mail)
{
	if (!mail->on_patch) {
		try_rule(&talk_rule, mail);
		return;
	}
	for (size_t i = 0; i < sizeof patch_rules / sizeof *patch_rules; i++)
		try_rule(&patch_rules[i], mail);
}
