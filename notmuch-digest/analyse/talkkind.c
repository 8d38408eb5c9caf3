/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/talkkind.h"

#include <string.h>

#include "acts/actreader.h"
#include "acts/cue.h"
#include "analyse/advert.h"
#include "text/subjectline.h"
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
	"undefined reference to",
	"new ones prefixed by",
};

static const char *const bug_titles[] = {
	"bug",
	"bugs",
	"kasan",
	"kcsan",
	"ubsan",
	"kmsan",
	"lockdep",
	"oops",
	"panic",
	"panics",
	"crash",
	"crashes",
	"crashed",
	"deadlock",
	"deadlocks",
	"livelock",
	"hang",
	"hangs",
	"hung",
	"segfault",
	"regression",
	"regressions",
	"regressed",
	"fail",
	"fails",
	"failed",
	"failing",
	"failure",
	"failures",
	"broken",
	"breaks",
	"breakage",
	"stuck",
	"leak",
	"leaks",
	"corruption",
	"corrupted",
	"splat",
	"lockup",
	"warning",
	"warnings",
	"error",
	"errors",
	"syzbot",
	"misbehaves",
	"use-after-free",
	"out-of-bounds",
	"deref",
	"dereference",
	"fault",
	"race",
	"bisected",
	"unbootable",
	"stall",
	"stalls",
	"stalled",
	"wrong",
	"incorrect",
	"misbehavior",
	"misbehaviour",
	"missing",
	"timeout",
	"timeouts",
	"freeze",
	"freezes",
	"frozen",
	"warn",
	"buggy",
	"typo",
	"typos",
	"inconsistent",
	"broke",
	"stopped working",
	"stops working",
	"does not work",
	"doesn't work",
	"no longer works",
};

static const char *const announcement_titles[] = {
	"announce", "announcing",  "announcement",  "released",
	"cfp",      "call for",    "save the date", "minutes",
	"agenda",   "invitation",  "now available", "reminder:",
	"schedule", "upcoming",    "meeting notes", "microconference",
	"is out",   "end of life", "eol",           "new maintainer",
	"bof",
};

static const char *const announcement_words[] = {
	"pleased to announce", "happy to announce",
	"glad to announce",    "announcing the",
	"we announce",         "i announce",
	"has been released",   "call for participation",
	"call for papers",     "call for proposals",
	"call for topics",     "submission deadline",
	"like to announce",
};

static const char *const question_titles[] = {
	"question", "questions", "how to", "how do", "how can",
	"is it",    "why",       "query",  "help",   "clarification",
	"doubt",    "doubts",    "asking",
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

/* "lost since 6.19", "… since v6.19-rc1": what was right before. */
static bool
is_since_version(struct text title)
{
	static const char word[] = "since ";
	const char *end = title.bytes + title.len, *at = title.bytes;

	while ((at = nd_mem_find_nocase(at, (size_t)(end - at), word))) {
		at += strlen(word);
		if (at + 1 < end && nd_lower(*at) == 'v')
			at++;
		if (at < end && nd_is_digit(*at) &&
		    memchr(at, '.', (size_t)(end - at)))
			return true;
	}
	return false;
}

/* Tags that say what the mail is. */
static const char *const bug_tags[] = {
	"bug", "regression", "syzbot", "oops", "panic",
};

static const char *const announcement_tags[] = {"announce", "announcement"};

static const char *const discussion_titles[] = {
	"discuss", "discussion", "proposal", "propose", "proposing",
};

/* What the root says, counted in lines and sentences. */
struct signs {
	unsigned logs, marks, announcements; /* lines */
	unsigned failures, help;             /* sentences */
	bool bug_title;
	bool reply; /* the first words are missing, or in what is forwarded */
	bool robot;
	bool asks, reports; /* its acts */
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

static void
read_lines(const struct nd_body *body, struct signs *signs)
{
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
		signs->logs += HAS_ANY(line, log_words);
		signs->marks += asks(line);
		signs->announcements += HAS_ANY(line, announcement_words);
	}
}

static void
read_sentences(const struct nd_act_mail *mail, struct signs *signs)
{
	signs->asks = nd_act_is_done(mail, ND_ACT_ASKS);
	signs->reports = nd_act_is_done(mail, ND_ACT_REPORTS);
	for (size_t i = 0; i < mail->said.count; i++) {
		const unsigned char *has =
			nd_actreader_cues(mail->reader, i)->has;

		signs->failures += has[ND_CUE_FAILS] || has[ND_CUE_DEFECT];
		signs->help += has[ND_CUE_HELP] || has[ND_CUE_CAN_YOU_TELL];
	}
}

static struct signs
read_signs(const struct nd_message *message, const struct nd_act_mail *mail)
{
	struct text title = {message->subject, strlen(message->subject)};
	struct signs signs = {
		.bug_title =
			HAS_ANY(title, bug_titles) || is_since_version(title),
		.reply = message->parts->flags &
	                 (ND_SUBJECT_REPLY | ND_SUBJECT_FORWARD),
		.robot = message->flags & ND_MESSAGE_ROBOT,
	};

	read_lines(message->body, &signs);
	read_sentences(mail, &signs);
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

/* "Monthly foo report": what a program tells of all bugs is none of its own. */
static bool
is_periodical(struct text title, const struct signs *signs)
{
	static const char *const periods[] = {
		"daily",
		"weekly",
		"monthly",
		"quarterly",
	};

	return signs->robot && has_word(title, "report") &&
	       HAS_ANY(title, periods);
}

/*
 * Bugzilla sends what somebody says of a bug under the bug's own subject. The
 * first that is here of an old one reports nothing new.
 */
static bool
is_comment(const struct nd_message *root, const struct signs *signs)
{
	static const char mark[] = "--- Comment #";
	const struct nd_body *body = root->body;

	for (size_t i = 0; body && i < body->line_count; i++)
		if (nd_mem_starts(body->text + body->line[i].start,
		                  body->line[i].len, mark))
			return signs->logs == 0;
	return false;
}

static bool
is_announcement(struct text title, const struct signs *signs)
{
	return HAS_ANY(title, announcement_titles) ||
	       (signs->announcements > 0 && signs->marks == 0) ||
	       (nd_mem_starts(title.bytes, title.len, "Linux ") &&
	        title.len > 6 && nd_is_digit(title.bytes[6]));
}

static unsigned
points_of_text(const struct signs *signs)
{
	unsigned points = 0;

	if (signs->logs > 0)
		points += 2;
	if (signs->failures > 0)
		points += signs->failures > 1 ? 2 : 1;
	/* Who reports and asks wants help first. */
	if (signs->reports && !signs->asks)
		points += 1;
	return points;
}

static bool
is_bug_report(const struct signs *signs)
{
	unsigned points = points_of_text(signs);

	/* Answers talk of failures, whatever they are about. */
	if (signs->reply && !signs->bug_title && signs->logs == 0)
		return false;
	if (signs->bug_title)
		points += 2;
	/* The report itself is missing; its title has to do. */
	if (signs->reply)
		points += 1;
	if (signs->robot)
		points += 1;
	return points >= SURE;
}

static bool
has_any_tag(const struct nd_subject *parts, const char *const *words,
            size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (nd_subjectline_has_word(parts, words[i]))
			return true;
	return false;
}

#define HAS_TAG(parts, words) \
	has_any_tag(parts, words, sizeof(words) / sizeof *(words))

/* Is something asked in it, or answered that was asked before it? */
static bool
is_question(const struct nd_thread *thread, const struct nd_act_mail *acts,
            const struct signs *signs)
{
	if (!signs->reply)
		return signs->asks || signs->marks > 0 || signs->help > 0;
	if (signs->asks || signs->reports)
		return true;
	for (size_t i = 0; i < thread->message_count; i++)
		if (nd_act_is_done(&acts[i], ND_ACT_ANSWERS))
			return true;
	return false;
}

bool
nd_talkkind_reports_bug(const struct nd_message *message,
                        const struct nd_act_mail *mail)
{
	struct signs signs = read_signs(message, mail);

	/* That something is wrong with the patch, reviewers say, too. */
	return !signs.robot && signs.logs > 0 && points_of_text(&signs) >= SURE;
}

enum nd_kind
nd_talkkind_find(const struct nd_thread *thread, const struct nd_act_mail *acts)
{
	const struct nd_message *root = nd_thread_root(thread);
	struct text title = {root->subject, strlen(root->subject)};
	struct signs signs = read_signs(root, &acts[thread->root]);

	if (is_stable_notice(title))
		return ND_KIND_STABLE_NOTICE;
	if (is_periodical(title, &signs))
		return ND_KIND_ANNOUNCEMENT;
	if (is_comment(root, &signs))
		return ND_KIND_DISCUSSION;
	if (HAS_TAG(root->parts, bug_tags))
		return ND_KIND_BUG_REPORT;
	if (HAS_TAG(root->parts, announcement_tags))
		return ND_KIND_ANNOUNCEMENT;
	/* What wants no answer here is told, whatever it asks. */
	if ((root->flags & ND_MESSAGE_BULK && signs.logs == 0) ||
	    nd_advert_is(thread))
		return ND_KIND_ANNOUNCEMENT;
	if (!signs.robot && (asks(title) || HAS_ANY(title, question_titles)))
		return ND_KIND_QUESTION;
	if (root->parts->flags & ND_SUBJECT_RFC)
		return ND_KIND_DISCUSSION;
	if (is_bug_report(&signs))
		return ND_KIND_BUG_REPORT;
	/* A program tells something; it does not talk. */
	if (is_announcement(title, &signs) || signs.robot)
		return ND_KIND_ANNOUNCEMENT;
	if (!HAS_ANY(title, discussion_titles) &&
	    is_question(thread, acts, &signs))
		return ND_KIND_QUESTION;
	return ND_KIND_DISCUSSION;
}
