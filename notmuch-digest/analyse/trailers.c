/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/trailers.h"

#include <string.h>

#include "analyse/posting.h"
#include "model/address.h"
#include "text/inlinepatch.h"
#include "text/patchnumbers.h"
#include "text/trailerline.h"
#include "text/trailerscope.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

enum {
	TRAILERS_MAX = 100, /* of one mail */
	LEAD_LINES = 8,     /* of the paragraph above a trailer … */
	LEAD_GAP = 12, /* … and between them: blank lines, other trailers */
	LEAD_BYTES = 2000,
};

/* Where a search is in one mail. */
struct scan {
	struct nd_thread *thread;
	const struct nd_message *message;
	const struct nd_body *body;
	int32_t index;
	int32_t target;  /* patch or cover that the mail answers */
	size_t diff_end; /* behind the last line of a diff; 0: no diff */
	size_t first;    /* the mail's first one in thread->trailer */
};

static bool
is_own(const struct nd_body *body, size_t line)
{
	return line < body->line_count && body->line[line].kind == ND_LINE_OWN;
}

static bool
signs_off(const struct scan *scan, size_t line, bool *by_sender)
{
	struct nd_trailer trailer;
	size_t len;
	const char *text = nd_message_line(scan->body, line, &len);
	void *tmp;

	nd_mem_trim(&text, &len); /* as git log shows it */
	if (!nd_mem_starts_nocase(text, len, "signed-off-by"))
		return false;
	tmp = talloc_new(NULL);
	*by_sender =
		nd_trailerline_parse(tmp, text, len, NULL, 0, &trailer) &&
		nd_address_same_person(&trailer.who, &scan->message->sender);
	talloc_free(tmp);
	return true;
}

/*
 * Are the lines [start, end), a paragraph, the end of a commit message? Then
 * a diff follows at once, or somebody signs off what is not a reply: another
 * person, or the sender with a diff below.
 */
static bool
ends_commit_message(const struct scan *scan, size_t start, size_t end)
{
	const struct nd_body *body = scan->body;

	if (end < body->line_count && body->line[end].kind == ND_LINE_DIFF)
		return true;
	for (size_t line = start; line < end; line++) {
		bool by_sender;

		if (signs_off(scan, line, &by_sender))
			return !by_sender || end < scan->diff_end;
	}
	return false;
}

static bool
was_given_before(const struct scan *scan, const struct nd_trailer *one)
{
	const struct nd_thread *thread = scan->thread;

	for (size_t i = scan->first; i < thread->trailer_count; i++)
		if (strcmp(thread->trailer[i].type, one->type) == 0 &&
		    nd_str_equal_nocase(thread->trailer[i].who.addr,
		                        one->who.addr))
			return true;
	return false;
}

/* What the trailer is given to: the patch that is answered, or what the
 * subject says when that mail is missing. */
static void
set_target(const struct scan *scan, struct nd_trailer *trailer)
{
	const struct nd_subject *parts = scan->message->parts;

	if (scan->target != ND_NO_MESSAGE)
		parts = scan->thread->message[scan->target]->parts;
	trailer->patch = scan->target;
	trailer->number = parts->number;
	trailer->total = parts->total > 0 ? parts->total : 1;
}

static bool
is_sender(const struct scan *scan, const struct nd_address *who)
{
	const struct nd_address *sender = &scan->message->sender;

	/* Within one mail one word is enough. */
	return nd_address_same_person(who, sender) ||
	       (*who->name && nd_str_equal_nocase(who->name, sender->name));
}

/* Robots and colleagues give tags in a name that is not theirs: to patches. */
static bool
is_about_patch(const struct scan *scan)
{
	return scan->target != ND_NO_MESSAGE ||
	       (scan->message->parts->flags & ND_SUBJECT_PATCH);
}

/*
 * Behind blanks or in the middle of a line stand examples and what others
 * gave, too: such a trailer counts when it is the sender's own. So does one in
 * a talk, where anybody can put any name.
 */
static bool
read_line(const void *ctx, const struct scan *scan, size_t line,
          struct nd_trailer *trailer)
{
	size_t len, next_len = 0;
	const char *text = nd_message_line(scan->body, line, &len),
		   *next = NULL;
	size_t start = nd_trailerline_start(text, len);

	if (is_own(scan->body, line + 1))
		next = nd_message_line(scan->body, line + 1, &next_len);
	return nd_trailerline_parse(ctx, text + start, len - start, next,
	                            next_len, trailer) &&
	       ((start == 0 && is_about_patch(scan)) ||
	        is_sender(scan, &trailer->who));
}

/* Does the line belong to the trailers, or part them from what is said? */
static bool
is_gap(const struct nd_body *body, size_t line)
{
	static const char *const others[] = {
		"cc:", "fixes:", "closes:", "link:", "from:", "date:"};
	size_t len;
	const char *text = nd_message_line(body, line, &len);

	if (body->line[line].kind == ND_LINE_BLANK)
		return true;
	while (len > 0 && strchr(" |\t*`_", *text))
		text++, len--;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (nd_mem_starts_nocase(text, len, others[i]))
			return true;
	return nd_mem_find_nocase(text, len, "-by:") &&
	       !memchr(text, ' ',
	               (size_t)(nd_mem_find_nocase(text, len, "-by:") - text));
}

/* The paragraph above a line of trailers, in the words of the same mail. */
static struct nd_buf *
lead_of(const void *ctx, const struct scan *scan, size_t line)
{
	const struct nd_body *body = scan->body;
	struct nd_buf *lead = nd_buf_new(ctx, LEAD_BYTES);
	size_t end = line, start;

	while (end > 0 && line - end < LEAD_GAP &&
	       (is_own(body, end - 1) ||
	        body->line[end - 1].kind == ND_LINE_BLANK) &&
	       is_gap(body, end - 1))
		end--;
	start = end;
	while (start > 0 && end - start < LEAD_LINES &&
	       is_own(body, start - 1) && !is_gap(body, start - 1))
		start--;
	for (; start < end; start++) {
		size_t len;
		const char *text = nd_message_line(body, start, &len);

		nd_buf_add(lead, text, len);
		nd_buf_addc(lead, ' ');
	}
	return lead;
}

/* The line behind the trailers, when it is the same paragraph or the next. */
static void
read_follow(const struct scan *scan, size_t line, struct nd_trailer *trailer)
{
	const struct nd_body *body = scan->body;
	size_t next = line + 1, len;
	const char *text;

	while (next < body->line_count && next - line < LEAD_GAP &&
	       (is_own(body, next) || body->line[next].kind == ND_LINE_BLANK) &&
	       is_gap(body, next))
		next++;
	if (!is_own(body, next))
		return;
	text = nd_message_line(body, next, &len);
	/* Is there more of that sentence? */
	if (is_own(body, next + 1) &&
	    (len == 0 || !strchr(".:!)", text[len - 1])))
		return;
	nd_trailerscope_follow(scan->thread, text, len, trailer);
}

/* "patches 1-3": their numbers take the place of the words. */
static void
set_named(const struct scan *scan, struct nd_trailer *trailer)
{
	struct nd_patchnumbers numbers = {.count = 0};

	if (!trailer->scope || trailer->total < 2)
		return;
	nd_patchnumbers_read(trailer->scope, strlen(trailer->scope), 0,
	                     trailer->total, &numbers);
	if (numbers.count == 0)
		return;
	for (size_t i = 0; i < numbers.count; i++)
		*(int *)x_append(scan->thread, trailer->named,
		                 trailer->named_count) = numbers.number[i];
	trailer->scope = NULL;
}

/* What the mail says around it; false: it only proposes the trailer. */
static bool
read_words(const struct scan *scan, size_t line, struct nd_trailer *trailer)
{
	struct nd_buf *lead = lead_of(NULL, scan, line);
	bool robot = !nd_message_is_person(scan->message), own;
	size_t len;
	const char *text = nd_message_line(scan->body, line, &len);
	size_t start = nd_trailerline_start(text, len);

	own = !robot && is_sender(scan, &trailer->who) &&
	      !nd_trailer_says(trailer->type, "reported");
	if (!own && nd_trailerscope_is_proposal(lead->data, lead->len, trailer,
	                                        robot)) {
		talloc_free(lead);
		return false;
	}
	if (start > 0)
		nd_trailerscope_lead(scan->thread, text, start, trailer);
	nd_trailerscope_lead(scan->thread, lead->data, lead->len, trailer);
	read_follow(scan, line, trailer);
	set_named(scan, trailer);
	talloc_free(lead);
	return true;
}

static void
take_line(const struct scan *scan, size_t line)
{
	struct nd_thread *thread = scan->thread;
	struct nd_trailer trailer = {.message = scan->index};
	void *ctx;

	if (thread->trailer_count - scan->first >= TRAILERS_MAX)
		return;
	ctx = talloc_new(thread);
	set_target(scan, &trailer); /* a remark may say otherwise */
	if (!read_line(ctx, scan, line, &trailer) ||
	    was_given_before(scan, &trailer)) {
		talloc_free(ctx);
		return;
	}
	trailer.line = (uint32_t)line;
	if (!read_words(scan, line, &trailer)) {
		talloc_free(ctx);
		return;
	}
	*(struct nd_trailer *)x_append(thread, thread->trailer,
	                               thread->trailer_count) = trailer;
}

static void
scan_body(const struct scan *scan)
{
	const struct nd_body *body = scan->body;
	size_t start = 0;

	while (start < body->line_count) {
		size_t end = start;

		while (is_own(body, end) && !nd_inlinepatch_begins(body, end))
			end++;
		if (is_own(body, end) && end < scan->diff_end)
			return; /* the rest is a proposed patch */
		if (!ends_commit_message(scan, start, end))
			for (size_t line = start; line < end; line++)
				take_line(scan, line);
		start = end + 1;
	}
}

/* "Does this help?", and a diff: a tag below it is for that, not for what was posted. */
static bool
answers_proposal(const struct nd_thread *thread, int32_t parent)
{
	const struct nd_message *above =
		parent == ND_NO_MESSAGE ? NULL : thread->message[parent];

	return above && above->body && (above->body->flags & ND_BODY_DIFF) &&
	       !nd_posting_is(thread, (size_t)parent);
}

/* Stable's "Patch … has been added" answers without Re:, with the patch. */
static bool
may_give_trailers(const struct nd_thread *thread, size_t index)
{
	const struct nd_message *message = thread->message[index];
	bool reply = message->parts->flags & ND_SUBJECT_REPLY;

	if (!message->body || nd_posting_is(thread, index) ||
	    nd_posting_is_aside(thread, index) ||
	    answers_proposal(thread, message->parent))
		return false;
	if (!reply && (message->body->flags & ND_BODY_DIFF))
		return false;
	return reply || message->parent != ND_NO_MESSAGE;
}

static void
scan_mail(struct nd_thread *thread, size_t index, int32_t target)
{
	const struct nd_message *message = thread->message[index];
	struct scan scan = {
		.thread = thread,
		.message = message,
		.body = message->body,
		.index = (int32_t)index,
		.target = target,
		.diff_end = nd_inlinepatch_diff_end(message->body),
		.first = thread->trailer_count,
	};

	scan_body(&scan);
}

void
nd_trailers_find(struct nd_thread *thread)
{
	int32_t *target = nd_posting_targets(NULL, thread);

	for (size_t i = 0; i < thread->message_count; i++)
		if (may_give_trailers(thread, i))
			scan_mail(thread, i, target[i]);
	talloc_free(target);
}
