/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "robot/resultline.h"

#include <string.h>

#include "robot/resultline_private.h"
#include "util/str.h"

enum {
	WORDS_MAX = 64, /* of a line; a table's row or a sentence has less */
	BACK = 4,       /* words before a result that may count or deny it */
};

/* ---- words ---- */

enum kind {
	PLAIN,
	NUMBER, /* "3", "0/12": value */
	NAME,   /* of a file, a test, a function: says nothing */
};

struct word {
	const char *at;
	size_t len;
	enum kind kind;
	unsigned long value;
	bool parted;  /* a comma or the like stands in front of it */
	bool equal;   /* ":" or "=" stands behind it */
	bool ordinal; /* "#314" */
};

struct words {
	struct word word[WORDS_MAX];
	size_t count;
};

static bool
is_inner(char c)
{
	return nd_is_word_byte(c) || c == '\'' || c == '/' || c == '.' ||
	       c == '-' || c == '@' || c == '+';
}

/* "12" of "12", "0" of "0/12"; false for "5.10", "x86_64", "1.5s". */
static bool
read_number(struct word *word)
{
	size_t i = 0;

	word->value = 0;
	while (i < word->len && nd_is_digit(word->at[i]) && i < 9)
		word->value =
			10 * word->value + (unsigned long)(word->at[i++] - '0');
	if (i == 0)
		return false;
	if (i < word->len && word->at[i] == '/')
		for (i++; i < word->len && nd_is_digit(word->at[i]);)
			i++;
	return i == word->len;
}

static enum kind
kind_of(struct word *word)
{
	if (read_number(word))
		return NUMBER;
	for (size_t i = 0; i < word->len; i++)
		if (!nd_is_alpha(word->at[i]) && word->at[i] != '\'')
			return NAME;
	return PLAIN;
}

static void
split(const char *text, size_t len, struct words *words)
{
	bool parted = true;

	words->count = 0;
	for (size_t i = 0; i < len && words->count < WORDS_MAX;) {
		struct word *word = &words->word[words->count];
		size_t start = i;

		if (!is_inner(text[i]) || text[i] == '.' || text[i] == '-') {
			parted |= strchr(",;.|", text[i]) != NULL && text[i];
			i++;
			continue;
		}
		while (i < len && is_inner(text[i]))
			i++;
		*word = (struct word){.at = text + start,
		                      .len = i - start,
		                      .parted = parted,
		                      .ordinal = start > 0 &&
		                                 text[start - 1] == '#'};
		while (word->len > 1 && strchr(".-'", word->at[word->len - 1]))
			word->len--;
		parted = i > start + word->len;
		word->kind = kind_of(word);
		while (i < len && text[i] == ' ')
			i++;
		word->equal = i < len && (text[i] == ':' || text[i] == '=');
		words->count++;
	}
}

static bool
is_word(const struct word *word, const char *text)
{
	return word->kind == PLAIN && strlen(text) == word->len &&
	       nd_mem_equal_nocase(word->at, text, word->len);
}

static bool
is_one_of(const struct word *word, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_word(word, list[i]))
			return true;
	return false;
}

#define IS_ONE_OF(word, list) \
	is_one_of(word, list, sizeof(list) / sizeof *(list))

static const char *const bad[] = {
	"fail",     "fails",      "failed",       "failing",  "failure",
	"failures", "error",      "errors",       "errored",  "broken",
	"broke",    "regression", "regressions",  "crash",    "crashed",
	"crashes",  "panic",      "unsuccessful", "unstable", "aborted",
	"defect",   "defects",    "incomplete",   "conflict", "conflicts",
	"timeout",  "timeouts",
};

static const char *const warn[] = {"warning", "warnings", "warn"};

static const char *const good[] = {
	"pass",       "passed",       "passes",    "passing",  "success",
	"successful", "successfully", "succeeded", "succeeds", "improvement",
	"ok",         "fixed",        "restored",
};

/* What a result is clean of that speaks of the whole. */
static const char *const wholes[] = {"regression", "regressions", "issue",
                                     "issues",     "problem",     "problems"};

static const char *const denials[] = {
	"no",      "not",    "without", "none",    "zero",   "never",
	"nothing", "didn't", "doesn't", "hasn't",  "wasn't", "isn't",
	"don't",   "cannot", "neither", "haven't", "longer",
};

/* What is only possible, or was known before, is no result. */
static const char *const ifs[] = {
	"if",    "should",   "would",   "could",     "may",
	"might", "when",     "until",   "any",       "whenever",
	"known", "expected", "whether", "tolerable", "can",
};

/* "error path", "regressions report": what it is about, no result. */
static const char *const abouts[] = {
	"path",       "paths",    "handling", "handler", "report",   "reports",
	"reporting",  "tracking", "tracker",  "message", "messages", "code",
	"codes",      "mode",     "log",      "logs",    "dump",     "recovery",
	"eliminated", "resolved", "fixed",
};

/* "fail never pass", "fail like 58963": so it was before. */
static const char *const befores[] = {"never", "like", "baseline"};

/* What comes and goes, or does not count. */
static const char *const flakes[] = {
	"flaky",          "flake",  "flakes",     "intermittent",
	"intermittently", "waived", "non-voting", "nonvoting",
};

/* ---- one result among the words ---- */

enum finding { NOTHING, GOOD, BAD, CLEAN };

static bool
is_result(const struct word *word)
{
	return IS_ONE_OF(word, bad) || IS_ONE_OF(word, good) ||
	       IS_ONE_OF(word, warn);
}

/* "pass 12 fail 0", and not "12 pass 0 fail". */
static bool
counts_follow(const struct words *words)
{
	for (size_t i = 0; i < words->count; i++) {
		if (words->word[i].kind == NUMBER)
			return false;
		if (is_result(&words->word[i]))
			return true;
	}
	return false;
}

/* "failures: 0", "FAIL: 2", "failed tests: none". */
static bool
count_behind_colon(const struct words *words, size_t i, unsigned long *count)
{
	for (size_t end = i + 3; i + 1 < words->count && i < end; i++) {
		const struct word *next = &words->word[i + 1];

		if (words->word[i].equal && next->kind == NUMBER) {
			*count = next->value;
			return true;
		}
		if (words->word[i].equal && is_word(next, "none")) {
			*count = 0;
			return true;
		}
		if (words->word[i].equal || next->parted || next->kind != PLAIN)
			return false;
	}
	return false;
}

/* "# fail 3", "fail 0"; not "FAIL 0.52 seconds". */
static bool
count_behind(const struct words *words, size_t i, unsigned long *count)
{
	static const char *const units[] = {"s",      "sec", "secs", "seconds",
	                                    "second", "ms",  "min",  "minutes"};
	const struct word *next = &words->word[i + 1];

	if (count_behind_colon(words, i, count))
		return true;
	if (i + 1 >= words->count || next->kind != NUMBER || next->parted ||
	    !counts_follow(words) ||
	    (i + 2 < words->count && IS_ONE_OF(next + 1, units)))
		return false;
	*count = next->value;
	return true;
}

/* "0 failed", "2 new errors", "1 of 2 checks failed", "0 out of 12 failed". */
static bool
count_before(const struct words *words, size_t i, unsigned long *count)
{
	size_t back = 0;

	while (back < BACK && i > back) {
		const struct word *word = &words->word[i - back - 1];

		if (words->word[i - back].parted || word->equal ||
		    word->kind == NAME || word->ordinal)
			return false;
		if (word->kind == NUMBER) {
			*count = word->value;
			if (i - back >= 3 && is_word(word - 1, "of") &&
			    word[-2].kind == NUMBER)
				*count = word[-2].value;
			else if (i - back >= 4 && is_word(word - 1, "of") &&
			         is_word(word - 2, "out") &&
			         word[-3].kind == NUMBER)
				*count = word[-3].value;
			return true;
		}
		back++;
	}
	return false;
}

static bool
has_before(const struct words *words, size_t i, const char *const *list,
           size_t count)
{
	for (size_t back = 1; back <= BACK && back <= i; back++) {
		if (words->word[i - back + 1].parted)
			return false;
		if (is_one_of(&words->word[i - back], list, count))
			return true;
	}
	return false;
}

#define HAS_BEFORE(words, i, list) \
	has_before(words, i, list, sizeof(list) / sizeof *(list))

static bool
is_counted(const struct words *words, size_t i, unsigned long *count)
{
	return count_behind(words, i, count) || count_before(words, i, count);
}

static bool
is_next(const struct words *words, size_t i, const char *const *list,
        size_t count)
{
	return i + 1 < words->count && !words->word[i + 1].parted &&
	       is_one_of(&words->word[i + 1], list, count);
}

#define IS_NEXT(words, i, list) \
	is_next(words, i, list, sizeof(list) / sizeof *(list))

/* "fail pass in 58960": of the same, elsewhere */
static bool
passes_elsewhere(const struct words *words, size_t i)
{
	return i + 2 < words->count && is_word(&words->word[i + 1], "pass") &&
	       is_word(&words->word[i + 2], "in");
}

/* "failed, then passed": "then", behind which it is good */
static bool
recovers(const struct words *words, size_t i)
{
	while (++i + 1 < words->count)
		if (is_word(&words->word[i], "then") &&
		    IS_ONE_OF(&words->word[i + 1], good))
			return true;
	return false;
}

/* "if it fails" says nothing; "no errors" is good. */
static enum finding
read_bad(const struct words *words, size_t i)
{
	unsigned long count;

	if (IS_NEXT(words, i, abouts) || IS_NEXT(words, i, befores) ||
	    passes_elsewhere(words, i) || recovers(words, i))
		return NOTHING;
	if (is_counted(words, i, &count)) {
		if (HAS_BEFORE(words, i, ifs))
			return NOTHING;
		return count > 0 ? BAD : GOOD;
	}
	if (HAS_BEFORE(words, i, denials))
		return IS_ONE_OF(&words->word[i], wholes) ? CLEAN : GOOD;
	return HAS_BEFORE(words, i, ifs) ? NOTHING : BAD;
}

static enum finding
read_good(const struct words *words, size_t i)
{
	unsigned long count;

	/* "fail  pass in 58960" */
	if (i + 2 < words->count && is_word(&words->word[i + 1], "in") &&
	    words->word[i + 2].kind == NUMBER)
		return NOTHING;
	/* "fail  never pass" */
	if (i >= 2 && is_word(&words->word[i - 1], "never") &&
	    IS_ONE_OF(&words->word[i - 2], bad))
		return NOTHING;
	if (is_counted(words, i, &count))
		return count > 0 ? GOOD : NOTHING;
	if (HAS_BEFORE(words, i, denials))
		return BAD;
	return HAS_BEFORE(words, i, ifs) ? NOTHING : GOOD;
}

/* ---- the line ---- */

/* These words may have a hyphen in them. */
static bool
is_flake(const struct word *word)
{
	for (size_t i = 0; i < sizeof flakes / sizeof *flakes; i++)
		if (strlen(flakes[i]) == word->len &&
		    nd_mem_equal_nocase(word->at, flakes[i], word->len))
			return true;
	return false;
}

struct sum {
	bool good, counted, bad, clean, warned;
};

static void
add_bad(const struct words *words, size_t i, struct sum *sum)
{
	enum finding found = read_bad(words, i);
	unsigned long count;

	if (found == BAD) {
		sum->bad = true;
		/* "No regressions, but the boot failed" */
		sum->clean = false;
	} else if (found == CLEAN) {
		/* "Failures, but no regressions" */
		sum->bad = false;
		sum->clean = true;
	} else if (found == GOOD) {
		sum->good = true;
		sum->counted |= is_counted(words, i, &count);
	}
}

static void
add_good(const struct words *words, size_t i, struct sum *sum)
{
	enum finding found = read_good(words, i);
	unsigned long count;

	sum->bad |= found == BAD;
	sum->good |= found == GOOD;
	sum->counted |= found == GOOD && is_counted(words, i, &count);
}

static void
add_up(const struct words *words, struct sum *sum)
{
	bool named = false; /* success, in words */

	for (size_t i = 0; i < words->count; i++) {
		const struct word *word = &words->word[i];

		if (IS_ONE_OF(word, bad)) {
			add_bad(words, i, sum);
		} else if (IS_ONE_OF(word, wholes)) {
			sum->good |= read_bad(words, i) == GOOD;
			sum->clean |= read_bad(words, i) == CLEAN;
		} else if (IS_ONE_OF(word, good)) {
			add_good(words, i, sum);
			named = sum->good;
		} else if (IS_ONE_OF(word, warn)) {
			sum->warned |= read_bad(words, i) == BAD;
		}
	}
	/* "0 errors, 1 warnings", but "SUCCESS with 1 warning" */
	sum->warned &= !named;
	for (size_t i = 0; i < words->count && sum->bad; i++)
		if (is_flake(&words->word[i])) {
			sum->bad = false;
			sum->warned = !named;
		}
}

/* A heading of Markdown: "## Test Fixes (compared to v5.10)". */
static bool
is_heading(const char *text, size_t len, const struct words *words)
{
	if (!nd_mem_starts(text, len, "#"))
		return false;
	for (size_t i = 0; i < words->count; i++)
		if (words->word[i].kind == NUMBER)
			return false;
	return true;
}

/*
 * "The following tests failed:", "Test Regressions (compared to v5.10)" as a
 * heading of Markdown: what failed is below.
 */
static bool
is_announcement(const char *text, size_t len, const struct words *words)
{
	/* Below "a regression due to commit:" is what is to blame. */
	if (nd_mem_ends_nocase(text, len, " commit:"))
		return false;
	return text[len - 1] == ':' || is_heading(text, len, words) ||
	       nd_mem_starts_nocase(text, len, "my bot found") ||
	       nd_mem_find_nocase(text, len, " below") ||
	       nd_mem_find_nocase(text, len, " the following ");
}

/* "total: 9, pass: 7, fail: 2": of tests that may have failed before. */
static bool
is_totals(const struct words *words)
{
	bool pass = false, total = false;

	for (size_t i = 0; i < words->count; i++) {
		pass |= is_word(&words->word[i], "pass") ||
		        is_word(&words->word[i], "passed");
		total |= is_word(&words->word[i], "total");
	}
	return pass && total;
}

static enum nd_resultline
conclude(const char *text, size_t len, const struct words *words,
         const struct sum *sum)
{
	if (sum->bad && is_totals(words))
		return ND_RESULTLINE_TOTALS;
	if (sum->bad && is_announcement(text, len, words))
		return ND_RESULTLINE_ANNOUNCED;
	if (is_heading(text, len, words))
		return ND_RESULTLINE_NONE;
	if (sum->bad)
		return ND_RESULTLINE_FAILED;
	if (sum->clean)
		return ND_RESULTLINE_CLEAN;
	if (sum->warned)
		return ND_RESULTLINE_WARNED;
	if (sum->counted)
		return ND_RESULTLINE_COUNTED;
	return sum->good ? ND_RESULTLINE_PASSED : ND_RESULTLINE_NONE;
}

enum nd_resultline
nd_resultline_read(const char *text, size_t len)
{
	enum nd_resultline says;
	struct words words;
	struct sum sum = {0};

	nd_mem_trim(&text, &len);
	says = nd_resultline_form(text, len);
	if (says != ND_RESULTLINE_NONE)
		return says;
	if (len == 0)
		return ND_RESULTLINE_NONE;
	split(text, len, &words);
	add_up(&words, &sum);
	return conclude(text, len, &words, &sum);
}

/* "Test-Status: ", "Build-Result: " */
static bool
is_key_of_result(const struct word *word)
{
	static const char *const ends[] = {"status", "state", "result"};

	for (size_t i = 0; word->equal && i < sizeof ends / sizeof *ends; i++)
		if (nd_mem_ends_nocase(word->at, word->len, ends[i]))
			return true;
	return false;
}

bool
nd_resultline_names(const char *text, size_t len)
{
	struct words words;

	bool leads;

	split(text, len, &words);
	/* "FAIL: shrink" */
	leads = words.count > 1 && words.word[0].equal &&
	        is_result(&words.word[0]);
	for (size_t i = 0; i < words.count; i++)
		if ((words.word[i].kind == NAME &&
		     !is_key_of_result(&words.word[i])) ||
		    (leads && i == 1 && words.word[i].kind == PLAIN &&
		     !is_result(&words.word[i])))
			return true;
	return false;
}
