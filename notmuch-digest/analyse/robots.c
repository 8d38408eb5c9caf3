/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/robots.h"

#include <string.h>

#include "acts/acceptance.h"
#include "analyse/patchlist.h"
#include "robot/aireview.h"
#include "robot/testreport.h"
#include "text/patchnumbers.h"
#include "text/treename.h"
#include "util/alloc.h"
#include "util/str.h"

enum {
	NOTICE_LINES = 12, /* of a mail, where its one statement stands */
	BELOW = 3,         /* lines from a statement to its commit, its name */
	TREE_BYTES = 100,
};

struct text {
	const char *at;
	size_t len;
};

/* An own line of the mail; false when it is none. */
static bool
own_line(const struct nd_mailevents *mail, size_t line, struct text *text)
{
	const struct nd_body *body = mail->message->body;

	if (line >= body->line_count || body->line[line].kind != ND_LINE_OWN)
		return false;
	text->at = body->text + body->line[line].start;
	text->len = body->line[line].len;
	nd_mem_trim(&text->at, &text->len);
	return text->len > 0;
}

/* What stands between two words of a line; false when one is missing. */
static bool
between(struct text line, const char *before, const char *after,
        struct text *out)
{
	const char *start = nd_mem_find_nocase(line.at, line.len, before);
	const char *end;

	if (!start)
		return false;
	start += strlen(before);
	out->at = start;
	out->len = (size_t)(line.at + line.len - start);
	end = nd_mem_find_nocase(start, out->len, after);
	if (!end || end == start || end - start > TREE_BYTES)
		return false;
	out->len = (size_t)(end - start);
	return true;
}

/* "net.git (refs/heads/master)" as "net.git (master)" */
static void
set_tree(const struct nd_mailevents *mail, struct nd_event *event,
         struct text tree)
{
	static const char heads[] = "(refs/heads/";
	const char *at, *branch;

	nd_mem_trim(&tree.at, &tree.len);
	at = nd_mem_find_nocase(tree.at, tree.len, heads);
	if (!at) {
		event->tree = x_strndup(mail->thread, tree.at, tree.len);
		return;
	}
	branch = at + strlen(heads);
	event->tree =
		x_asprintf(mail->thread, "%.*s(%.*s", (int)(at - tree.at),
	                   tree.at, (int)(tree.at + tree.len - branch), branch);
}

/* The first commit that some line below names. */
static void
add_commit_below(const struct nd_mailevents *mail, struct nd_event *event,
                 size_t line)
{
	for (size_t i = line; i <= line + BELOW; i++) {
		struct text text;
		const char *id;
		size_t len;

		if (!own_line(mail, i, &text))
			continue;
		id = nd_mailevents_find_commit(text.at, text.len, &len);
		if (!id)
			continue;
		nd_mailevents_add_commit(mail->thread, event, id, len);
		return;
	}
}

/* "has been merged into torvalds/linux.git:" */
static bool
read_pr_tracker(const struct nd_mailevents *mail, size_t line, struct text text)
{
	struct nd_event *event;
	struct text tree;

	if (!nd_mem_starts_nocase(text.at, text.len, "has been merged into") ||
	    !between(text, "merged into ", ":", &tree))
		return false;
	event = nd_mailevents_add(mail, ND_EVENT_MERGED, (uint32_t)line,
	                          text.at, text.len);
	set_tree(mail, event, tree);
	add_commit_below(mail, event, line);
	return true;
}

/* "by Mirela Stancu <mirela@example.com>:" */
static void
set_applier(const struct nd_mailevents *mail, struct nd_event *event,
            size_t line)
{
	struct text text, name, addr;

	if (!own_line(mail, line, &text) ||
	    !nd_mem_starts_nocase(text.at, text.len, "by ") ||
	    !between(text, "by ", "<", &name) ||
	    !between(text, "<", ">", &addr))
		return;
	nd_mem_trim(&name.at, &name.len);
	event->who.name = x_strndup(mail->thread, name.at, name.len);
	event->who.addr = x_strndup(mail->thread, addr.at, addr.len);
}

/* "This series was applied to bpf/bpf-next.git (master)" */
static bool
read_patchwork(const struct nd_mailevents *mail, size_t line, struct text text)
{
	static const char mark[] = " was applied to ";
	struct nd_event *event;
	struct text tree;
	const char *at;

	if (!nd_mem_starts_nocase(text.at, text.len, "this ") ||
	    !(at = nd_mem_find_nocase(text.at, text.len, mark)))
		return false;
	event = nd_mailevents_add(
		mail,
		nd_mem_find_nocase(text.at, text.len, "pull request")
			? ND_EVENT_PULLED
			: ND_EVENT_APPLIED,
		(uint32_t)line, text.at, text.len);
	tree.at = at + strlen(mark);
	tree.len = (size_t)(text.at + text.len - tree.at);
	if (tree.len > 0 && tree.at[tree.len - 1] == ':')
		tree.len--;
	set_tree(mail, event, tree);
	set_applier(mail, event, line + 1);
	nd_patchlist_read(mail, event);
	return true;
}

/* "The following commit has been merged into the x86/urgent branch of tip:" */
static bool
read_tip(const struct nd_mailevents *mail, size_t line, struct text text)
{
	struct nd_event *event;
	struct text tree;

	if (!nd_mem_starts_nocase(text.at, text.len, "the following commit ") ||
	    !between(text, "merged into the ", " branch", &tree))
		return false;
	event = nd_mailevents_add(mail, ND_EVENT_APPLIED, (uint32_t)line,
	                          text.at, text.len);
	set_tree(mail, event, tree);
	add_commit_below(mail, event, line + 1);
	return true;
}

/* "Patches 1-3 applied to powerpc/next.", of a script in a person's words */
static bool
read_thanks(const struct nd_mailevents *mail, size_t line, struct text text)
{
	struct nd_utterance said = {.text = text.at,
	                            .len = text.len,
	                            .line = (uint32_t)line,
	                            .last_line = (uint32_t)line,
	                            .opens = true};
	struct nd_patchnumbers numbers;
	struct nd_acceptance claim;
	struct nd_event *event;

	if (!mail->on_patch || !nd_acceptance_read(&said, &claim) ||
	    !claim.tree ||
	    claim.bits & (ND_ACCEPTANCE_WEAK | ND_ACCEPTANCE_VAGUE |
	                  ND_ACCEPTANCE_PERSON))
		return false;
	event = nd_mailevents_add(mail, ND_EVENT_APPLIED, (uint32_t)line,
	                          text.at, text.len);
	set_tree(mail, event, (struct text){claim.tree, claim.tree_len});
	if (nd_patchlist_read(mail, event) > 0)
		return true;
	nd_patchnumbers_read(text.at, text.len, claim.verb_end, 0, &numbers);
	for (size_t i = 0; i < numbers.count; i++)
		nd_mailevents_add_patch(mail->thread, event, numbers.number[i]);
	add_commit_below(mail, event, line);
	return true;
}

/* ---- tests and reviews ---- */

static void
read_ai_review(const struct nd_mailevents *mail)
{
	uint32_t line;
	size_t len;
	const char *text = nd_aireview_remark(mail->message, &line, &len);

	if (text)
		nd_mailevents_add(mail, ND_EVENT_AI_REVIEW, line, text, len);
}

/* The title of the patch that was tested. */
static const char *
title_of(const struct nd_mailevents *mail)
{
	if (mail->target == ND_NO_MESSAGE)
		return NULL;
	return mail->thread->message[mail->target]->parts->title;
}

/*
 * A program that answers a patch tells of it. Elsewhere it may do anything:
 * there only what has a form of its own is a result.
 */
static bool
is_result(const struct nd_mailevents *mail, const struct nd_testreport *report)
{
	return report->says != ND_RESULTLINE_NONE &&
	       (mail->on_patch || report->certain);
}

static void
read_test(const struct nd_mailevents *mail)
{
	void *tmp = talloc_new(NULL);
	struct nd_testreport report =
		nd_testreport_read(tmp, mail->message, title_of(mail));
	struct nd_event *event;

	if (is_result(mail, &report)) {
		event = nd_mailevents_add(mail, ND_EVENT_TEST_RESULT,
		                          report.line, report.text, report.len);
		event->flags |= report.failed ? ND_EVENT_FAILED : 0;
		event->flags |= report.mended ? ND_EVENT_MENDED : 0;
		if (report.url)
			event->url = x_strdup(mail->thread, report.url);
	}
	talloc_free(tmp);
}

static bool
read_taken(const struct nd_mailevents *mail)
{
	struct text text;

	for (size_t i = 0; i < mail->message->body->line_count; i++)
		if (own_line(mail, i, &text) &&
		    (read_pr_tracker(mail, i, text) ||
		     read_patchwork(mail, i, text) || read_tip(mail, i, text) ||
		     read_thanks(mail, i, text)))
			return true;
	return false;
}

/* A tracker closes the report that it has sent. */
static bool
read_closing(const struct nd_mailevents *mail)
{
	static const char words[] = "auto-closing this bug as";
	struct text text;

	if (mail->on_patch || !(mail->message->parts->flags & ND_SUBJECT_REPLY))
		return false;
	for (size_t i = 0; i < mail->message->body->line_count; i++)
		if (own_line(mail, i, &text) &&
		    nd_mem_starts_nocase(text.at, text.len, words)) {
			nd_mailevents_add(mail, ND_EVENT_ANSWER, (uint32_t)i,
			                  text.at, text.len);
			return true;
		}
	return false;
}

void
nd_robots_read(const struct nd_mailevents *mail)
{
	unsigned flags = mail->message->flags;

	if (flags & ND_MESSAGE_AI)
		read_ai_review(mail);
	else if (!read_taken(mail) && !read_closing(mail))
		read_test(mail);
}

/* ---- notices ---- */

/*
 * "to the 5.10-stable tree which can be found at:", "has been added to the
 * -mm tree", "added to mm-unstable branch", "added to usb-next".
 */
static bool
find_tree(struct text line, struct text *tree)
{
	const char *at = nd_mem_find_nocase(line.at, line.len, " added to ");

	if (!at)
		return false;
	tree->at = at + strlen(" added to ");
	tree->len = nd_treename_read(&tree->at,
	                             (size_t)(line.at + line.len - tree->at));
	if (tree->len > 4 &&
	    nd_mem_starts_nocase(tree->at, tree->len, "the ")) {
		tree->at += 4;
		tree->len -= 4;
	}
	return tree->len > 0 && tree->len < 60;
}

static bool
is_stable(struct text tree)
{
	return nd_mem_find_nocase(tree.at, tree.len, "stable") &&
	       !nd_mem_find_nocase(tree.at, tree.len, "unstable");
}

/* In answer to one patch of a series a notice is about that one. */
static void
add_target_number(const struct nd_mailevents *mail, struct nd_event *event)
{
	const struct nd_subject *parts;

	if (mail->target == ND_NO_MESSAGE)
		return;
	parts = mail->thread->message[mail->target]->parts;
	if (parts->number > 0 && parts->total > 1)
		nd_mailevents_add_patch(mail->thread, event, parts->number);
}

static void
add_taken(const struct nd_mailevents *mail, enum nd_event_type type,
          size_t line, struct text said, struct text tree)
{
	struct nd_event *event = nd_mailevents_add(mail, type, (uint32_t)line,
	                                           said.at, said.len);

	if (tree.len > 0)
		set_tree(mail, event, tree);
	add_target_number(mail, event);
	for (size_t i = 0;
	     i < mail->message->body->line_count && event->commit_count == 0;
	     i += BELOW + 1)
		add_commit_below(mail, event, i);
}

/* "[git:media_tree/master] foo: a", "[tip:x86/urgent] foo: a" */
static bool
read_branch(const struct nd_mailevents *mail, struct text line)
{
	static const char *const starts[] = {"[git:", "[tip:"};
	struct text tree;

	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (nd_mem_starts(line.at, line.len, starts[i]) &&
		    between(line, starts[i], "]", &tree) &&
		    memchr(tree.at, '/', tree.len)) {
			add_taken(mail, ND_EVENT_APPLIED, 0, line, tree);
			return true;
		}
	return false;
}

/* "Applied "foo: a" to the regmap tree": the title is quoted. */
static bool
read_quoted_title(const struct nd_mailevents *mail, struct text line)
{
	static const char behind[] = "\" to the ";
	struct text tree = line;
	const char *at;

	if (!nd_mem_starts_nocase(line.at, line.len, "applied \"") ||
	    !nd_mem_ends_nocase(line.at, line.len, " tree"))
		return false;
	while ((at = nd_mem_find(tree.at, tree.len, behind))) {
		tree.len -= (size_t)(at - tree.at) + strlen(behind);
		tree.at = at + strlen(behind);
	}
	if (tree.at == line.at || tree.len > TREE_BYTES)
		return false;
	add_taken(mail, ND_EVENT_APPLIED, 0, line, tree);
	return true;
}

/* "[merged mm-stable] a.patch removed …" */
static bool
read_bracket(const struct nd_mailevents *mail, struct text line)
{
	struct text tree;

	if (!nd_mem_find_nocase(line.at, line.len, " removed from -mm tree"))
		return false;
	if (nd_mem_starts(line.at, line.len, "[merged] "))
		add_taken(mail, ND_EVENT_MERGED, 0, line, (struct text){"", 0});
	else if (nd_mem_starts(line.at, line.len, "[merged ") &&
	         between(line, "[merged ", "]", &tree))
		add_taken(mail, ND_EVENT_APPLIED, 0, line, tree);
	return true;
}

/*
 * What hosts of repositories write: "Merged #12 into main.", "Merge request !7
 * was merged", "Kim has submitted this change and it was merged."
 */
static bool
tells_of_merge(struct text line, struct text *tree)
{
	if (nd_mem_starts(line.at, line.len, "Merged #"))
		return between(line, " into ", ".", tree) &&
		       !memchr(tree->at, ' ', tree->len) &&
		       !memchr(tree->at, '\t', tree->len);
	if (nd_mem_starts(line.at, line.len, "Merge request ") ||
	    nd_mem_starts(line.at, line.len, "Merge Request "))
		return nd_mem_find_nocase(line.at, line.len, " was merged");
	return nd_mem_find_nocase(line.at, line.len,
	                          " has submitted this change");
}

static bool
read_forge(const struct nd_mailevents *mail)
{
	const struct nd_body *body = mail->message->body;
	struct text text;

	for (size_t i = 0, seen = 0;
	     i < body->line_count && seen < NOTICE_LINES; i++) {
		struct text tree = {"", 0};

		if (!own_line(mail, i, &text))
			continue;
		seen++;
		if (!tells_of_merge(text, &tree))
			continue;
		add_taken(mail, ND_EVENT_APPLIED, i, text, tree);
		return true;
	}
	return false;
}

bool
nd_robots_read_notice(const struct nd_mailevents *mail)
{
	const char *subject = mail->message->subject;
	struct text line = {subject, strlen(subject)}, tree;
	struct nd_event *event;

	if (nd_str_starts(subject, "FAILED: patch \"")) {
		event = nd_mailevents_add(mail, ND_EVENT_TEST_RESULT, 0,
		                          line.at, line.len);
		event->flags |= ND_EVENT_FAILED;
		return true;
	}
	if (read_forge(mail))
		return true;
	if (mail->message->parts->flags & ND_SUBJECT_REPLY)
		return false;
	if (read_branch(mail, line) || read_quoted_title(mail, line) ||
	    read_bracket(mail, line))
		return true;
	if (!find_tree(line, &tree))
		return false;
	if (nd_str_starts_nocase(subject, "patch \"") && is_stable(tree))
		add_taken(mail, ND_EVENT_MERGED_STABLE, 0, line, tree);
	else if (nd_str_starts_nocase(subject, "patch \"") ||
	         subject[0] == '+' || subject[0] == '[')
		add_taken(mail, ND_EVENT_APPLIED, 0, line, tree);
	else
		return false;
	return true;
}

/* ---- commands ---- */

struct command {
	const char *word;
	enum nd_event_type type;
};

/* Patchwork's states, and netdev's short forms. */
static const struct command patchwork_states[] = {
	{"changes-requested", ND_EVENT_CHANGES_REQUESTED},
	{"cr", ND_EVENT_CHANGES_REQUESTED},
	{"under-review", ND_EVENT_UNDER_REVIEW},
	{"new", ND_EVENT_UNDER_REVIEW},
	{"superseded", ND_EVENT_SUPERSEDED},
	{"rejected", ND_EVENT_REJECTED},
	{"reject", ND_EVENT_REJECTED},
	{"accepted", ND_EVENT_APPLIED},
};

static void
add_command(const struct nd_mailevents *mail, size_t line, struct text text)
{
	static const char mark[] = "pw-bot:";
	enum nd_event_type type = ND_EVENT_COMMAND;

	if (nd_mem_starts_nocase(text.at, text.len, mark)) {
		struct text word = {text.at + strlen(mark),
		                    text.len - strlen(mark)};

		nd_mem_trim(&word.at, &word.len);
		for (size_t i = 0;
		     i < sizeof patchwork_states / sizeof *patchwork_states;
		     i++)
			if (strlen(patchwork_states[i].word) == word.len &&
			    nd_mem_equal_nocase(word.at,
			                        patchwork_states[i].word,
			                        word.len))
				type = patchwork_states[i].type;
	}
	nd_mailevents_add(mail, type, (uint32_t)line, text.at, text.len);
}

void
nd_robots_read_commands(const struct nd_mailevents *mail)
{
	static const char *const marks[] = {"pw-bot: ", "#syz ", "#syz-",
	                                    "#regzbot ", "#regzb "};
	const struct nd_body *body = mail->message->body;
	struct text text;

	for (size_t i = 0; i < body->line_count; i++) {
		if (!own_line(mail, i, &text) ||
		    (*text.at != '#' && nd_lower(*text.at) != 'p') ||
		    body->text[body->line[i].start] != *text.at)
			continue;
		for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
			if (nd_mem_starts_nocase(text.at, text.len, marks[k])) {
				add_command(mail, i, text);
				break;
			}
	}
}
