/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/applied.h"

#include <string.h>

#include "util/alloc.h"
#include "util/limits.h"
#include "util/phrase.h"
#include "util/str.h"

enum {
	WORDS_BEFORE = 8, /* small words in front of the verb */
	TREE_BYTES = 100, /* of the name of a tree */
	LIST_LINES = 3    /* from "[n/m] subject" to its commit */
};

enum word_bits {
	APPLY = 1u << 0, /* the verb itself */
	PULL = 1u << 1,
	SMALL = 1u << 2,  /* may stand before the verb */
	PERSON = 1u << 3, /* I have: then it needs an object or a tree */
	VAGUE = 1u << 4,  /* a verb that also means other things */
};

/* Sorted by first letter. */
static const struct nd_phrase words[] = {
	{"added", APPLY | VAGUE},
	{"all", SMALL},
	{"already", SMALL},
	{"also", SMALL},
	{"and", SMALL},
	{"applied", APPLY},
	{"are", SMALL},
	{"been", SMALL},
	{"both", SMALL},
	{"cheers", SMALL},
	{"entire", SMALL},
	{"everything", SMALL},
	{"fine", SMALL},
	{"first", SMALL},
	{"fixed", SMALL},
	{"good", SMALL},
	{"got", SMALL},
	{"great", SMALL},
	{"has", SMALL},
	{"have", SMALL},
	{"i", SMALL | PERSON},
	{"i've", SMALL | PERSON},
	{"is", SMALL},
	{"it's", SMALL},
	{"just", SMALL},
	{"last", SMALL},
	{"lgtm", SMALL},
	{"looks", SMALL},
	{"merged", APPLY | VAGUE},
	{"nice", SMALL},
	{"now", SMALL},
	{"ok", SMALL},
	{"okay", SMALL},
	{"other", SMALL},
	{"others", SMALL},
	{"patch", SMALL},
	{"patches", SMALL},
	{"patchset", SMALL},
	{"picked", APPLY | VAGUE},
	{"pulled", APPLY | PULL},
	{"pushed", APPLY | VAGUE},
	{"queued", APPLY},
	{"rest", SMALL},
	{"series", SMALL},
	{"set", SMALL},
	{"squashed", SMALL},
	{"taken", APPLY | VAGUE},
	{"thank", SMALL},
	{"thanks", SMALL},
	{"thanx", SMALL},
	{"the", SMALL},
	{"these", SMALL},
	{"this", SMALL},
	{"three", SMALL},
	{"thx", SMALL},
	{"tweaked", SMALL},
	{"two", SMALL},
	{"up", SMALL},
	{"we", SMALL | PERSON},
	{"we've", SMALL | PERSON},
	{"well", SMALL},
	{"whole", SMALL},
	{"with", SMALL},
	{"you", SMALL},
};

/* Make it somebody's test, or a plan, a condition, a denial. */
enum spoiler_bits {
	DOUBT = 1u << 0,
	TRIAL = 1u << 1,
	WEAK = 1u << 2 /* only of "I have applied …" */
};

static const struct nd_phrase spoilers[] = {
	{"boot", TRIAL},          {"booted", TRIAL},
	{"boots", TRIAL},         {"but", WEAK},
	{"can be", DOUBT},        {"cleanly", TRIAL},
	{"could", DOUBT},         {"diff below", WEAK},
	{"fails", TRIAL},         {"if", DOUBT},
	{"isn't", DOUBT},         {"local tree", TRIAL},
	{"locally", TRIAL},       {"mistake", DOUBT},
	{"must", DOUBT},          {"not", DOUBT},
	{"once", WEAK},           {"patched", TRIAL},
	{"ran", TRIAL},           {"rebase", DOUBT},
	{"result", WEAK},         {"see", WEAK},
	{"should be", DOUBT},     {"test", WEAK},
	{"tested", TRIAL},        {"testing", WEAK},
	{"to try", TRIAL},        {"tried", TRIAL},
	{"unless", DOUBT},        {"until", DOUBT},
	{"wasn't", DOUBT},        {"when", DOUBT},
	{"would", DOUBT},         {"your comment", DOUBT},
	{"your feedback", DOUBT}, {"your suggestion", DOUBT},
};

/* What may follow the verb, besides the end of a sentence. */
static const struct nd_phrase followers[] = {
	{"all", 1},         {"and", 1},
	{"as", 1},          {"both", 1},
	{"everything", 1},  {"first", 1},
	{"for", 2},         {"from", 1},
	{"here", 1},        {"in", 2},
	{"into", 2},        {"it", 1},
	{"now", 1},         {"on", 2},
	{"onto", 2},        {"out", 1},
	{"patch", 1},       {"patches", 1},
	{"thanks", 1},      {"thank", 1},
	{"that", 1},        {"the below", 1},
	{"the entire", 1},  {"the first", 1},
	{"the fix", 1},     {"the following", 1},
	{"the last", 1},    {"the lot", 1},
	{"the other", 1},   {"the patch", 1},
	{"the patches", 1}, {"the remaining", 1},
	{"the rest", 1},    {"the series", 1},
	{"the whole", 1},   {"them", 1},
	{"these", 1},       {"this", 1},
	{"to", 2},          {"too", 1},
	{"up", 1},          {"with", 1},
	{"your patch", 1},  {"your patches", 1},
	{"your series", 1},
};

/* A sentence that says so, taken apart. */
struct claim {
	const struct nd_utterance *said;
	size_t verb_end; /* in its text */
	unsigned bits;   /* of the verb and the words before it */
	const char *tree;
	size_t tree_len;
};

static size_t
word_len(const char *text, size_t len)
{
	size_t end = 0;

	while (end < len && nd_is_word_byte(text[end]))
		end++;
	return end;
}

/* "1", "1-3", "#4", "2/5": a number of a patch. */
static size_t
number_len(const char *text, size_t len)
{
	size_t end = text[0] == '#';

	if (end == len || !nd_is_digit(text[end]))
		return 0;
	while (end < len &&
	       (nd_is_digit(text[end]) || text[end] == '-' || text[end] == '/'))
		end++;
	return end < len && nd_is_word_byte(text[end]) ? 0 : end;
}

/* Walk over small words to the verb; false when something else comes first. */
static bool
find_verb(struct claim *claim)
{
	const char *text = claim->said->text;
	size_t len = claim->said->len, at = 0, count = 0;

	while (at < len && count <= WORDS_BEFORE) {
		size_t size;
		unsigned bits;

		if (strchr(" ,.!-*#:()&", text[at])) {
			at++;
			continue;
		}
		size = number_len(text + at, len - at);
		if (size > 0) {
			at += size;
			count++;
			continue;
		}
		size = word_len(text + at, len - at);
		bits = size > 0 ? nd_phrases_at(ND_PHRASES(words), text + at,
		                                size, NULL)
		                : 0;
		if (!bits)
			return false;
		at += size;
		claim->bits |= bits;
		if (bits & APPLY) {
			claim->verb_end = at;
			return true;
		}
		count++;
	}
	return false;
}

static bool
is_end(const char *text, size_t len)
{
	while (len > 0 && strchr(" )\"'", *text)) {
		text++;
		len--;
	}
	return len == 0 || strchr(".,!;:-", *text);
}

/* The end of the name of a tree: "arm64 (for-next/rng)", "kvm/next". */
static size_t
tree_len(const char *text, size_t len)
{
	static const struct nd_phrase stops[] = {
		{"after", 1},   {"along", 1}, {"and", 1},   {"as", 1},
		{"because", 1}, {"but", 1},   {"for", 1},   {"now", 1},
		{"on", 1},      {"so", 1},    {"thank", 1}, {"thanks", 1},
		{"thx", 1},     {"which", 1}, {"will", 1},  {"with", 1},
		{"without", 1},
	};
	size_t at = 0;

	while (at < len && at < TREE_BYTES) {
		size_t size = 0;

		while (at + size < len && text[at + size] != ' ' &&
		       text[at + size] != ',' && text[at + size] != ';' &&
		       text[at + size] != '!')
			size++;
		if (nd_phrases_at(ND_PHRASES(stops), text + at, size, NULL) ||
		    (text[at] == '(' &&
		     nd_mem_find_nocase(text + at, size, "because")))
			break;
		at += size;
		if (at == len || text[at] != ' ')
			break;
		at++;
	}
	while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '.' ||
	                  text[at - 1] == ':'))
		at--;
	return at;
}

/* "to the symbols" and "for testing" are no trees; "on top" is a base. */
static bool
is_tree(const struct claim *claim)
{
	static const struct nd_phrase no_trees[] = {
		{"a", 1},           {"all", 1},         {"another", 1},
		{"each", 1},        {"every", 1},       {"it", 1},
		{"me", 1},          {"people", 1},      {"review", 1},
		{"that", 1},        {"the cover", 1},   {"the code", 1},
		{"the commit", 1},  {"the comment", 1}, {"the list", 1},
		{"the patch", 1},   {"the patches", 1}, {"the series", 1},
		{"the symbols", 1}, {"there", 1},       {"this", 1},
		{"testing", 1},     {"top", 1},         {"v", 1},
		{"you", 1},         {"your", 1},
	};

	if (!claim->tree || claim->tree_len == 0)
		return false;
	if (nd_lower(claim->tree[0]) == 'v' && claim->tree_len > 1 &&
	    nd_is_digit(claim->tree[1]) &&
	    !memchr(claim->tree, '.', claim->tree_len))
		return false; /* "queued for v3": the author's next version */
	return !nd_phrases_at(ND_PHRASES(no_trees), claim->tree,
	                      claim->tree_len, NULL);
}

/* "kvm/next", "-next", "my tree", "for-6.1": not "arm_smmu_write_strtab()" */
static bool
looks_like_tree(const struct claim *claim)
{
	static const struct nd_phrase tree_words[] = {
		{"branch", 1}, {"git", 1},      {"linux", 1}, {"mainline", 1},
		{"master", 1}, {"next", 1},     {"queue", 1}, {"stable", 1},
		{"tree", 1},   {"upstream", 1},
	};

	return is_tree(claim) && !memchr(claim->tree, '_', claim->tree_len) &&
	       (memchr(claim->tree, '/', claim->tree_len) ||
	        nd_phrases_in(ND_PHRASES(tree_words), claim->tree,
	                      claim->tree_len));
}

/*
 * "to kvm/next", "for 5.7", "in my tree": where it went. Words between the
 * verb and it are few: "Applied the first patch only to arm64".
 */
static void
find_tree(struct claim *claim)
{
	static const char *const before[] = {"to",   "into", "for",
	                                     "onto", "in",   "on"};
	const char *text = claim->said->text + claim->verb_end;
	size_t len = claim->said->len - claim->verb_end;
	const char *found = NULL;

	for (size_t i = 0; i < sizeof before / sizeof *before && !found; i++) {
		const char *at = nd_word_find(text, len, before[i]);

		if (at && at - text <= 60 &&
		    !nd_mem_find_nocase(text, (size_t)(at - text), ". "))
			found = at + strlen(before[i]);
	}
	if (!found)
		return;
	len -= (size_t)(found - text);
	while (len > 0 && *found == ' ') {
		found++;
		len--;
	}
	claim->tree = found;
	claim->tree_len = tree_len(found, len);
	/* "Pulled in more fixes", "applied on Monday" */
	if (nd_lower(found[-2]) == 'n' && !looks_like_tree(claim))
		claim->tree = NULL;
}

/* The name of a tree may hold any word: "for-next/boot". */
static unsigned
spoiled_by(const struct claim *claim, const char *rest, size_t len)
{
	const char *behind;

	if (!is_tree(claim))
		return nd_phrases_in(ND_PHRASES(spoilers), rest, len);
	behind = claim->tree + claim->tree_len;
	return nd_phrases_in(ND_PHRASES(spoilers), rest,
	                     (size_t)(claim->tree - rest)) |
	       nd_phrases_in(ND_PHRASES(spoilers), behind,
	                     (size_t)(rest + len - behind));
}

static bool
is_rest_plain(const struct claim *claim)
{
	const char *rest = claim->said->text + claim->verb_end;
	size_t len = claim->said->len - claim->verb_end;
	unsigned spoiled = spoiled_by(claim, rest, len), follows;

	if (is_end(rest, len))
		return rest[len - 1] != '?' &&
		       (!(claim->bits & VAGUE) || claim->said->opens);
	/* Details come after a tree: "to kvm/next, even if it is late". */
	if (looks_like_tree(claim))
		spoiled &= TRIAL | WEAK;
	if (spoiled & (DOUBT | TRIAL) || rest[len - 1] == '?')
		return false;
	while (len > 0 && *rest == ' ') {
		rest++;
		len--;
	}
	if (number_len(rest, len) > 0 || *rest == '-')
		return true; /* "Applied 1-3", "Applied to -next" */
	follows = nd_phrases_at(ND_PHRASES(followers), rest, len, NULL);
	if (claim->bits & VAGUE)
		return follows && !(spoiled & WEAK) && looks_like_tree(claim);
	if (claim->bits & PERSON)
		return follows && !(spoiled & WEAK) &&
		       (is_tree(claim) || nd_word_find(rest, len, "thanks") ||
		        nd_mem_find_nocase(rest, len, "on top of"));
	return (follows & 1) || (follows && is_tree(claim));
}

static bool
is_claim(struct claim *claim)
{
	const struct nd_utterance *said = claim->said;

	if (!find_verb(claim))
		return false;
	/* In the middle of a paragraph a sentence has a capital letter. */
	if (!said->opens && said->text[0] >= 'a' && said->text[0] <= 'z')
		return false;
	find_tree(claim);
	return is_rest_plain(claim);
}

/* ---- lists ---- */

/* "[3/5] subject", "  - [net-next,v2,3/5] subject": 3; 0: it is none. */
static int
listed_patch(const char *text, size_t len, int *total)
{
	int number = 0;

	bool dashed;

	nd_mem_trim(&text, &len);
	dashed = len > 2 && text[0] == '-' && text[1] == ' ';
	if (dashed) {
		text += 2;
		len -= 2;
	}
	if (len < 5 || text[0] != '[')
		return 0;
	*total = 1;
	for (size_t at = 1; at < len && text[at] != ']'; at++) {
		int n = 0, m = 0;
		size_t end = at;

		if (nd_is_word_byte(text[at - 1]) || !nd_is_digit(text[at]))
			continue;
		while (end < len && nd_is_digit(text[end]) && n < 100000)
			n = n * 10 + text[end++] - '0';
		if (end == len || text[end++] != '/')
			continue;
		while (end < len && nd_is_digit(text[end]) && m < 100000)
			m = m * 10 + text[end++] - '0';
		if (m > 0 && m <= ND_LIMIT_PATCHES && n <= m) {
			number = n;
			*total = m;
		}
	}
	if (!number && dashed && memchr(text, ']', len))
		return 1; /* "- [v2] subject": a single patch */
	return number;
}

size_t
nd_applied_list(const struct nd_reading *reading, struct nd_event *event)
{
	const struct nd_body *body = reading->message->body;
	size_t found = 0, since = LIST_LINES;
	int number = 0, total = 1, most = 0;

	for (size_t i = 0; i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];
		const char *text = body->text + line->start, *id;
		size_t id_len;
		int listed = 0;

		if (line->kind != ND_LINE_OWN)
			continue;
		listed = listed_patch(text, line->len, &total);
		if (listed > 0) {
			number = listed;
			most = total;
			since = 0;
			continue;
		}
		if (since++ >= LIST_LINES)
			continue;
		id = nd_commit_find(text, line->len, &id_len);
		if (!id)
			continue;
		nd_event_add_commit(reading->thread, event, id, id_len);
		nd_event_add_patch(reading->thread, event, number);
		found++;
		since = LIST_LINES;
	}
	/* All of them: then no numbers are needed. */
	if (event->patch_count == (size_t)most)
		event->patch_count = 0;
	return found;
}

/* "as commit 1a2b3c4", "(commit 1a2b3c4)" of the sentence itself. */
static void
add_said_commit(const struct nd_reading *reading, struct nd_event *event,
                const struct claim *claim)
{
	static const char *const before[] = {"as commit ", "(commit ", " as ",
	                                     ", commit "};
	const char *text = claim->said->text;
	const char *end = text + claim->said->len;

	for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
		const char *at =
			nd_mem_find_nocase(text, claim->said->len, before[i]);
		size_t len;

		if (!at)
			continue;
		at += strlen(before[i]);
		len = nd_commit_len(at, (size_t)(end - at));
		if (len == 0)
			continue;
		nd_event_add_commit(reading->thread, event, at, len);
		return;
	}
}

/* ---- which patches ---- */

static bool
says(const struct claim *claim, const char *word)
{
	return nd_word_find(claim->said->text, claim->said->len, word);
}

static void
add_range(const struct nd_reading *reading, struct nd_event *event, int first,
          int last)
{
	enum { RANGE_MAX = 200 };

	if (first < 1 || last < first || last - first > RANGE_MAX)
		return;
	for (int i = first; i <= last; i++)
		nd_event_add_patch(reading->thread, event, i);
}

static int
read_number(const char **at, const char *end)
{
	int number = 0;

	while (*at < end && nd_is_digit(**at) && number < 100000)
		number = number * 10 + *(*at)++ - '0';
	return number;
}

/* "5", "1-3 and 7", "#2", "1/5, 2/5": what follows the word patches. */
static void
add_numbers(const struct nd_reading *reading, struct nd_event *event,
            const char *at, const char *end)
{
	while (at < end) {
		int first, last;

		if (nd_mem_starts_nocase(at, (size_t)(end - at), "and "))
			at += 4;
		if (at < end && strchr(" ,#&", *at)) {
			at++;
			continue;
		}
		first = last = read_number(&at, end);
		if (first == 0)
			return;
		if (at < end && *at == '-') {
			at++;
			last = read_number(&at, end);
		} else if (at < end && *at == '/') {
			at++;
			read_number(&at, end); /* the total */
		}
		add_range(reading, event, first, last);
	}
}

static void
set_patches(const struct nd_reading *reading, struct nd_event *event,
            const struct claim *claim)
{
	const struct nd_message *target = NULL;
	const char *text = claim->said->text;
	const char *end = text + claim->said->len;
	const char *at = nd_word_find(text, claim->said->len, "patches");

	if (reading->target != ND_NO_MESSAGE)
		target = reading->thread->message[reading->target];
	if (!at)
		at = nd_word_find(text, claim->said->len, "patch");
	if (at) {
		at += word_len(at, (size_t)(end - at));
		add_numbers(reading, event, at, end);
	}
	if (event->patch_count > 0)
		return;
	if (says(claim, "first patch"))
		nd_event_add_patch(reading->thread, event, 1);
	else if (says(claim, "first two"))
		add_range(reading, event, 1, 2);
	else if (says(claim, "first three"))
		add_range(reading, event, 1, 3);
	else if (target && target->parts->number > 0 &&
	         target->parts->total > 1 && !says(claim, "series") &&
	         !says(claim, "all") && !says(claim, "both") &&
	         !says(claim, "patches") && !says(claim, "set") &&
	         !says(claim, "them") && !says(claim, "these"))
		nd_event_add_patch(reading->thread, event,
		                   target->parts->number);
}

static enum nd_event_type
type_of(const struct nd_reading *reading, const struct claim *claim)
{
	const struct nd_thread *thread = reading->thread;
	const struct nd_message *about = reading->message;

	if (claim->bits & PULL)
		return ND_EVENT_PULLED;
	if (reading->target != ND_NO_MESSAGE)
		about = thread->message[reading->target];
	/* "Merged, thanks": a pull request is merged by pulling it. */
	if ((about->parts->flags & ND_SUBJECT_PULL) && says(claim, "merged"))
		return ND_EVENT_PULLED;
	return ND_EVENT_APPLIED;
}

/* "From ID Mon Sep 17 00:00:00 2001": a line of a patch that is shown. */
static bool
shows_commit(const struct nd_body *body, size_t line, const char **id)
{
	*id = body->text + body->line[line].start + strlen("From ");
	return body->line[line].kind != ND_LINE_QUOTE &&
	       body->line[line].len > strlen("From ") + 40 &&
	       nd_mem_starts(*id - strlen("From "), body->line[line].len,
	                     "From ") &&
	       nd_commit_len(*id, body->line[line].len - strlen("From ")) == 40;
}

/* The patch that was queued, as git shows it, has its commit. */
static void
add_shown_commits(const struct nd_reading *reading, struct nd_event *event)
{
	const struct nd_body *body = reading->message->body;
	const char *id;

	for (size_t i = 0; i < body->line_count; i++)
		if (shows_commit(body, i, &id))
			nd_event_add_commit(reading->thread, event, id, 40);
}

/* A list of patches, or a patch as git shows it. */
static bool
has_proof(const struct nd_reading *reading)
{
	const struct nd_body *body = reading->message->body;
	const char *id;
	int total;

	for (size_t i = 0; i < body->line_count; i++)
		if (shows_commit(body, i, &id) ||
		    (body->line[i].kind == ND_LINE_OWN &&
		     listed_patch(body->text + body->line[i].start,
		                  body->line[i].len, &total) > 0))
			return true;
	return false;
}

/*
 * Authors say "Applied" of what they will send next ("Applied, thanks" to a
 * suggestion); a maintainer's own patches need a tree or a proof.
 */
static bool
may_claim(const struct nd_reading *reading, const struct claim *claim)
{
	if (!reading->by_author)
		return true;
	return has_proof(reading) ||
	       (is_tree(claim) && !(claim->bits & (PERSON | VAGUE)));
}

void
nd_applied_read(const struct nd_reading *reading)
{
	if (!reading->on_patch)
		return;
	for (size_t i = 0; i < reading->said.count; i++) {
		struct claim claim = {.said = &reading->said.utterance[i]};
		struct nd_event *event;

		if (!is_claim(&claim) || !may_claim(reading, &claim))
			continue;
		event = nd_reading_say(reading, type_of(reading, &claim),
		                       claim.said);
		if (is_tree(&claim))
			event->tree = x_strndup(reading->thread, claim.tree,
			                        claim.tree_len);
		if (nd_applied_list(reading, event) == 0) {
			add_said_commit(reading, event, &claim);
			add_shown_commits(reading, event);
			set_patches(reading, event, &claim);
		}
		return; /* one mail says it once */
	}
}
