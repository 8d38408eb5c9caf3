/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/trailer.h"

#include <string.h>

#include "analyse/series.h"
#include "util/alloc.h"
#include "util/str.h"

enum {
	TYPE_BYTES = 40,     /* "Reported-and-bisected-and-tested-by" */
	WRAPPED_BYTES = 998, /* a trailer without its continuation line */
	TRAILERS_MAX = 100   /* of one mail */
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
is_type_byte(char c)
{
	return nd_is_alpha(c) || c == '-';
}

/* "Reviewed", "Signed-off", "Root-caused", "Found": somebody did something. */
static bool
has_participle(const char *type, size_t len)
{
	static const char *const irregular[] = {
		"found", "caught", "seen", "built", "ack", "nack", "nak"};
	size_t start = 0;

	for (size_t at = 0; at <= len; at++) {
		const char *word = type + start;
		size_t word_len = at - start;

		if (at < len && type[at] != '-')
			continue;
		start = at + 1;
		if (word_len > 3 &&
		    nd_mem_equal_nocase(word + word_len - 2, "ed", 2))
			return true;
		for (size_t i = 0; i < sizeof irregular / sizeof *irregular;
		     i++)
			if (strlen(irregular[i]) == word_len &&
			    nd_mem_equal_nocase(word, irregular[i], word_len))
				return true;
	}
	return false;
}

/* Bytes of "Reviewed-by" at the start of the line; 0: it is no trailer. */
static size_t
type_len(const char *line, size_t len)
{
	size_t end = 0, colon;

	while (end < len && end <= TYPE_BYTES && is_type_byte(line[end]))
		end++;
	colon = end;
	while (colon < len && line[colon] == ' ') /* "Reviewed-by : …" */
		colon++;
	if (colon == len || line[colon] != ':' || end < 6 || end > TYPE_BYTES ||
	    !nd_mem_equal_nocase(line + end - 3, "-by", 3) ||
	    !has_participle(line, end - 3))
		return 0;
	return end;
}

/* "reviewed-By" is Reviewed-by. */
static char *
normal_type(const void *ctx, const char *line, size_t len)
{
	char *type = nd_str_lower(x_strndup(ctx, line, len));

	if (type[0] >= 'a' && type[0] <= 'z')
		type[0] = (char)(type[0] - 'a' + 'A');
	return type;
}

static bool
is_local_byte(char c)
{
	return (unsigned char)c >= 0x80 || nd_is_alpha(c) || nd_is_digit(c) ||
	       (c && strchr(".!#$%&'*+-/=?^_`{|}~", c));
}

static bool
is_domain_byte(char c)
{
	return (unsigned char)c >= 0x80 || nd_is_alpha(c) || nd_is_digit(c) ||
	       c == '-' || c == '.' || c == '_';
}

static struct nd_address
clean_address(const void *ctx, const char *name, size_t name_len,
              const char *addr, size_t addr_len)
{
	struct nd_address who;

	nd_mem_trim(&name, &name_len);
	if (name_len >= 2 && name[0] == '"' && name[name_len - 1] == '"') {
		name++;
		name_len -= 2;
	}
	who.name = x_strndup(ctx, name, name_len);
	who.addr = x_strndup(ctx, addr, addr_len);
	return who;
}

/*
 * "Name <addr>" with anything behind it; also what people make of that:
 * "Name<addr>", "<addr >", "addr", "Name <addr" and "<addr<mailto:addr>>".
 */
static bool
parse_person(const void *ctx, const char *text, size_t len,
             struct nd_address *who)
{
	const char *sign = memchr(text, '@', len);
	const char *angle;
	size_t start, end;

	if (!sign)
		return false;
	start = end = (size_t)(sign - text);
	while (start > 0 && is_local_byte(text[start - 1]))
		start--;
	end++;
	while (end < len && is_domain_byte(text[end]))
		end++;
	while (text[end - 1] == '.' || text[end - 1] == '-')
		end--;
	if (text + start == sign || text + end <= sign + 1)
		return false;
	angle = memchr(text, '<', start);
	*who = clean_address(ctx, text, angle ? (size_t)(angle - text) : start,
	                     text + start, end - start);
	return true;
}

/* The rest of a wrapped trailer: closes the address, is no trailer itself. */
static bool
is_continuation(const char *line, size_t len, bool open)
{
	size_t at = 0;

	nd_mem_trim(&line, &len);
	while (at < len && is_type_byte(line[at]))
		at++;
	if (at < len && at > 0 && line[at] == ':')
		return false;
	return memchr(line, '>', len) && (open || memchr(line, '<', len));
}

bool
nd_trailer_parse(const void *ctx, const char *line, size_t len,
                 const char *next, size_t next_len, struct nd_trailer *trailer)
{
	size_t type = type_len(line, len);
	const char *text;
	char *joined = NULL;
	bool open, found;

	if (type == 0 || len > WRAPPED_BYTES)
		return false;
	text = memchr(line, ':', len);
	len -= (size_t)(text + 1 - line);
	text++;
	open = memchr(text, '<', len);
	if (next && !memchr(text, '>', len) &&
	    (open || !memchr(text, '@', len)) && next_len <= WRAPPED_BYTES &&
	    is_continuation(next, next_len, open)) {
		nd_mem_trim(&next, &next_len);
		joined = x_asprintf(NULL, "%.*s%s%.*s", (int)len, text,
		                    open ? "" : " ", (int)next_len, next);
		text = joined;
		len = strlen(joined);
	}
	found = parse_person(ctx, text, len, &trailer->who);
	if (found)
		trailer->type = normal_type(ctx, line, type);
	talloc_free(joined);
	return found;
}

static const char *
line_text(const struct nd_body *body, size_t line, size_t *len)
{
	*len = body->line[line].len;
	return body->text + body->line[line].start;
}

static bool
is_own(const struct nd_body *body, size_t line)
{
	return line < body->line_count && body->line[line].kind == ND_LINE_OWN;
}

/* A line that begins a patch inside a mail: git's mbox header or scissors. */
static bool
begins_patch(const struct nd_body *body, size_t line)
{
	size_t len;
	const char *text = line_text(body, line, &len);

	return nd_mem_starts_nocase(text, len, "subject: [") ||
	       (nd_mem_starts(text, len, "From ") && len > 46 &&
	        memchr(text + 45, ':', len - 45)) ||
	       ((*text == '-' || *text == '8') && len < 80 &&
	        (nd_mem_find_nocase(text, len, "8<") ||
	         nd_mem_find_nocase(text, len, ">8")));
}

/* The line behind the last one of a diff. */
static size_t
find_diff_end(const struct nd_body *body)
{
	size_t end = body->line_count;

	while (end > 0 && body->line[end - 1].kind != ND_LINE_DIFF)
		end--;
	return end;
}

static bool
signs_off(const struct scan *scan, size_t line, bool *by_sender)
{
	struct nd_trailer trailer;
	size_t len;
	const char *text = line_text(scan->body, line, &len);
	void *tmp;

	if (!nd_mem_starts_nocase(text, len, "signed-off-by"))
		return false;
	tmp = talloc_new(NULL);
	*by_sender = nd_trailer_parse(tmp, text, len, NULL, 0, &trailer) &&
	             nd_str_equal_nocase(trailer.who.addr,
	                                 scan->message->sender.addr);
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

	return nd_str_equal_nocase(who->addr, sender->addr) ||
	       (*who->name && nd_str_equal_nocase(who->name, sender->name));
}

/* "please drop my Reviewed-by: …" */
static bool
takes_back(const char *text, size_t len)
{
	static const char *const words[] = {"drop",   "remove",  "not ",
	                                    "n't ",   "without", "withdraw",
	                                    "retract"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (nd_mem_find_nocase(text, len, words[i]))
			return true;
	return false;
}

/* Where a trailer begins that has words before it in its line; 0: nowhere. */
static size_t
inline_start(const char *text, size_t len)
{
	const char *by = nd_mem_find_nocase(text, len, "-by:");
	size_t start = by ? (size_t)(by - text) : 0;

	while (start > 0 && is_type_byte(text[start - 1]))
		start--;
	return takes_back(text, start) ? 0 : start;
}

/*
 * "  Acked-by: …", "| Reported-by: …" as robots write it, and "FWIW, Acked-by:
 * …" may be examples or somebody else's: they count when the sender gives
 * them.
 */
static bool
read_line(const struct scan *scan, size_t line, struct nd_trailer *trailer)
{
	size_t len, next_len = 0, start = 0;
	const char *text = line_text(scan->body, line, &len), *next = NULL;

	if (!nd_is_alpha(*text)) {
		while (start < len && strchr(" \t|", text[start]))
			start++;
	} else if (type_len(text, len) == 0) {
		start = inline_start(text, len);
	}
	if (is_own(scan->body, line + 1))
		next = line_text(scan->body, line + 1, &next_len);
	if (!nd_trailer_parse(scan->thread, text + start, len - start, next,
	                      next_len, trailer))
		return false;
	return start == 0 || is_sender(scan, &trailer->who);
}

static void
take_line(const struct scan *scan, size_t line)
{
	struct nd_thread *thread = scan->thread;
	struct nd_trailer trailer = {.message = scan->index};

	if (thread->trailer_count - scan->first >= TRAILERS_MAX ||
	    !read_line(scan, line, &trailer) ||
	    was_given_before(scan, &trailer))
		return;
	trailer.line = (uint32_t)line;
	set_target(scan, &trailer);
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

		while (is_own(body, end) && !begins_patch(body, end))
			end++;
		if (is_own(body, end) && end < scan->diff_end)
			return; /* the rest is a proposed patch */
		if (!ends_commit_message(scan, start, end))
			for (size_t line = start; line < end; line++)
				take_line(scan, line);
		start = end + 1;
	}
}

/* For each mail the nearest posting at or above it, each chain walked once. */
static int32_t *
find_targets(const void *ctx, const struct nd_thread *thread)
{
	enum { UNKNOWN = -2 };
	int32_t *target = x_array(ctx, int32_t, thread->message_count);

	for (size_t i = 0; i < thread->message_count; i++)
		target[i] =
			nd_message_is_posting(thread, i) ? (int32_t)i : UNKNOWN;
	for (size_t i = 0; i < thread->message_count; i++) {
		int32_t at = (int32_t)i, found = ND_NO_MESSAGE;
		size_t steps = 0;

		while (at != ND_NO_MESSAGE && target[at] == UNKNOWN &&
		       steps++ < thread->message_count)
			at = thread->message[at]->parent;
		if (at != ND_NO_MESSAGE && target[at] != UNKNOWN)
			found = target[at];
		for (at = (int32_t)i;
		     at != ND_NO_MESSAGE && target[at] == UNKNOWN;
		     at = thread->message[at]->parent)
			target[at] = found;
	}
	return target;
}

/* Stable's "Patch … has been added" answers without Re:, with the patch. */
static bool
may_give_trailers(const struct nd_thread *thread, size_t index)
{
	const struct nd_message *message = thread->message[index];
	bool reply = message->parts->flags & ND_SUBJECT_REPLY;

	if (!message->body || nd_message_is_posting(thread, index))
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
		.diff_end = find_diff_end(message->body),
		.first = thread->trailer_count,
	};

	scan_body(&scan);
}

void
nd_trailer_find(struct nd_thread *thread)
{
	int32_t *target = find_targets(NULL, thread);

	for (size_t i = 0; i < thread->message_count; i++)
		if (may_give_trailers(thread, i))
			scan_mail(thread, i, target[i]);
	talloc_free(target);
}
