/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/talkkind.h"

#include <string.h>

#include "analyse/subjectline.h"
#include "util/str.h"

enum {
	TEXT_LINES = 400,  /* of the root that are looked at */
	LINE_BYTES = 1000, /* of a line that are looked at */
	SURE = 3           /* points that make a bug report */
};

/* Begin a kernel log or a sanitizer's report; nobody writes them by hand. */
static const char *const log_words[] = {
	"call trace:",
	"kernel panic",
	"unable to handle kernel",
	"bug: kasan",
	"bug: kcsan",
	"ubsan:",
	"warning: cpu:",
	"hardware name:",
	"---[ end trace",
	"[ cut here ]",
	"internal error: oops",
	"null pointer dereference",
	"possible circular locking",
	"possible recursive locking",
	"sleeping function called from invalid",
	"rcu_sched self-detected",
	"soft lockup",
	"general protection fault",
	"unhandled fault",
	"segmentation fault",
	"core dumped",
	"traceback (most recent call last)",
	"fatal error:",
	"bug: unable",
};

static const char *const bug_titles[] = {
	"bug",         "bugs",           "kasan",         "kcsan",
	"ubsan",       "kmsan",          "lockdep",       "oops",
	"panic",       "panics",         "crash",         "crashes",
	"crashed",     "deadlock",       "deadlocks",     "livelock",
	"hang",        "hangs",          "hung",          "segfault",
	"regression",  "regressions",    "regressed",     "fail",
	"fails",       "failed",         "failing",       "failure",
	"failures",    "broken",         "breaks",        "breakage",
	"stuck",       "leak",           "leaks",         "corruption",
	"corrupted",   "splat",          "lockup",        "warning",
	"warnings",    "error",          "errors",        "syzbot",
	"misbehaves",  "use-after-free", "out-of-bounds", "deref",
	"dereference", "fault",          "race",          "bisected",
	"unbootable",
};

static const char *const bug_words[] = {
	"regression", "splat",        "crash",      "crashes",   "crashed",
	"oops",       "panic",        "hang",       "hangs",     "hung",
	"deadlock",   "segfault",     "fail",       "fails",     "failed",
	"failing",    "failure",      "broken",     "bug",       "reproduce",
	"reproducer", "reproducible", "reproduced", "bisect",    "bisected",
	"corruption", "stuck",        "misbehaves", "backtrace", "stacktrace",
	"unexpected", "unexpectedly",
};

static const char *const announcement_titles[] = {
	"announce", "announcing",      "announcement",  "released",
	"cfp",      "call for",        "save the date", "minutes",
	"agenda",   "invitation",      "now available", "reminder:",
	"schedule", "microconference", "is out",        "end of life",
	"eol",      "new maintainer",  "bof",
};

static const char *const announcement_words[] = {
	"pleased to announce", "happy to announce",
	"glad to announce",    "announcing the",
	"we announce",         "i announce",
	"has been released",   "call for participation",
	"call for papers",     "call for proposals",
	"call for topics",     "submission deadline",
};

static const char *const question_titles[] = {
	"question", "questions", "how to", "how do", "how can",
	"is it",    "why",       "query",  "help",   "clarification",
	"doubt",    "doubts",    "asking",
};

static const char *const question_words[] = {
	"i have a question",
	"i have some questions",
	"i have one question",
	"i am wondering",
	"i'm wondering",
	"i was wondering",
	"i wonder",
	"could you please",
	"can anyone",
	"could anyone",
	"could someone",
	"can someone",
	"does anyone",
	"does anybody",
	"any idea",
	"any ideas",
	"any hint",
	"any hints",
	"any help",
	"any suggestion",
	"any suggestions",
	"let me know how",
	"let me know what",
	"let me know why",
	"what i am missing",
	"do you know",
	"want to know",
	"like to know",
	"need help",
	"my question",
	"my questions",
	"is it possible",
	"please advise",
};

/* A line of text in which words are looked for. */
struct text {
	const char *bytes;
	size_t len;
};

static bool
has_word(struct text text, const char *word)
{
	const char *end = text.bytes + text.len, *at = text.bytes;
	size_t len = strlen(word);

	while ((at = nd_mem_find_nocase(at, (size_t)(end - at), word))) {
		bool begins = at == text.bytes ||
		              !nd_is_identifier_byte(at[-1]) ||
		              !nd_is_identifier_byte(*word);
		bool ends = at + len == end ||
		            !nd_is_identifier_byte(at[len]) ||
		            !nd_is_identifier_byte(word[len - 1]);

		if (begins && ends)
			return true;
		at += len;
	}
	return false;
}

static bool
has_any_of(struct text text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (has_word(text, words[i]))
			return true;
	return false;
}

#define HAS_ANY(text, words) \
	has_any_of(text, words, sizeof(words) / sizeof *(words))

/* What the root's own words say, counted in lines. */
struct signs {
	unsigned logs, bugs, questions, announcements;
};

/* A line that ends a question; not the "?" of C code or of an address. */
static bool
asks(struct text line)
{
	nd_mem_trim(&line.bytes, &line.len);
	for (size_t at = 1; at < line.len; at++)
		if (line.bytes[at] == '?' && line.bytes[at - 1] != ' ' &&
		    (at + 1 == line.len || line.bytes[at + 1] == ' ' ||
		     line.bytes[at + 1] == ')'))
			return true;
	/* U+FF1F, the question mark of Chinese and Japanese. */
	return nd_mem_find_nocase(line.bytes, line.len, "\xef\xbc\x9f");
}

static struct signs
read_signs(const struct nd_body *body)
{
	struct signs signs = {0};
	size_t looked_at = 0;

	for (size_t i = 0;
	     body && i < body->line_count && looked_at < TEXT_LINES; i++) {
		struct text line = {body->text + body->line[i].start,
		                    body->line[i].len};

		if (body->line[i].kind != ND_LINE_OWN)
			continue;
		looked_at++;
		if (line.len > LINE_BYTES)
			line.len = LINE_BYTES;
		signs.logs += HAS_ANY(line, log_words);
		signs.bugs += HAS_ANY(line, bug_words);
		signs.questions += asks(line) || HAS_ANY(line, question_words);
		signs.announcements += HAS_ANY(line, announcement_words);
	}
	return signs;
}

/* 'Patch "…" has been added to the 5.10-stable tree', 'FAILED: patch "…"' */
static bool
is_stable_notice(struct text title)
{
	return (has_word(title, "patch \"") &&
	        nd_mem_find_nocase(title.bytes, title.len, "stable")) ||
	       has_word(title, "stable tree");
}

static bool
is_announcement(struct text title, const struct signs *signs)
{
	return HAS_ANY(title, announcement_titles) ||
	       signs->announcements > 0 ||
	       (nd_mem_starts(title.bytes, title.len, "Linux ") &&
	        title.len > 6 && nd_is_digit(title.bytes[6]));
}

static bool
is_bug_report(const struct nd_message *message, struct text title,
              const struct signs *signs)
{
	unsigned points = 0;

	if (HAS_ANY(title, bug_titles))
		points += 2;
	/* The report itself is missing; its title has to do. */
	if (message->parts->flags & ND_SUBJECT_REPLY)
		points += 1;
	if (signs->logs > 0)
		points += 2;
	if (signs->bugs > 0)
		points += signs->bugs > 1 ? 2 : 1;
	if (message->flags & ND_MESSAGE_ROBOT)
		points += 1;
	return points >= SURE;
}

enum nd_kind
nd_talkkind_find(const struct nd_message *message)
{
	struct text title = {message->subject, strlen(message->subject)};
	struct signs signs = {0};
	bool asked = asks(title) || HAS_ANY(title, question_titles);

	if (is_stable_notice(title))
		return ND_KIND_STABLE_NOTICE;
	if (asked)
		return ND_KIND_QUESTION;
	signs = read_signs(message->body);
	if (is_bug_report(message, title, &signs))
		return ND_KIND_BUG_REPORT;
	if (is_announcement(title, &signs))
		return ND_KIND_ANNOUNCEMENT;
	/* An answer asks, too: that makes it no question of its own. */
	if (signs.questions > 0 && !(message->parts->flags & ND_SUBJECT_REPLY))
		return ND_KIND_QUESTION;
	return ND_KIND_DISCUSSION;
}
