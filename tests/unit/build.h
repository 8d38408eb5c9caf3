/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * build.h - threads made by hand, for tests
 *
 * Lines are classified in a simple way: "> " is a quote, "… wrote:" an
 * attribution, "-- " begins the signature, "---" and what looks like a diff
 * is one. Everything is owned by ctx.
 */
#ifndef ND_TESTS_BUILD_H
#define ND_TESTS_BUILD_H

#include <string.h>

#include "model/thread.h"
#include "util/alloc.h"
#include "util/i18n.h"
#include "util/str.h"

struct test_mail {
	const char *subject;
	const char *from; /* "Name <addr>" or an address alone */
	const char *text;
	int parent; /* index, or ND_NO_MESSAGE */
};

/* English, which needs no catalogue. */
static inline const struct nd_i18n *
test_i18n(const void *ctx)
{
	const struct nd_i18n *i18n;
	struct nd_error err = {0};

	return nd_i18n_open(ctx, "en", &i18n, &err) == ND_OK ? i18n : NULL;
}

static inline struct nd_address
test_address(const void *ctx, const char *text)
{
	struct nd_address who = {.name = "", .addr = ""};
	const char *open = strchr(text, '<');
	size_t len = open ? (size_t)(open - text) : 0;

	if (!open) {
		who.addr = x_strdup(ctx, text);
		return who;
	}
	who.addr = x_strndup(ctx, open + 1, strcspn(open + 1, ">"));
	nd_mem_trim(&text, &len);
	who.name = x_strndup(ctx, text, len);
	return who;
}

static inline enum nd_line_kind
test_line_kind(const char *line, size_t len, enum nd_line_kind previous)
{
	if (previous == ND_LINE_SIGNATURE ||
	    (len == 3 && nd_str_starts(line, "-- ")))
		return ND_LINE_SIGNATURE;
	if (len == 0)
		return ND_LINE_BLANK;
	if (*line == '>')
		return ND_LINE_QUOTE;
	if ((len == 3 && nd_str_starts(line, "---")) ||
	    nd_str_starts(line, "diff ") || nd_str_starts(line, "--- ") ||
	    nd_str_starts(line, "+++ ") || nd_str_starts(line, "@@ ") ||
	    (previous == ND_LINE_DIFF && strchr(" +-", *line)))
		return ND_LINE_DIFF;
	if (len > 6 && memcmp(line + len - 6, "wrote:", 6) == 0)
		return ND_LINE_ATTRIBUTION;
	return ND_LINE_OWN;
}

static inline struct nd_body *
test_body(const void *ctx, const char *text)
{
	struct nd_body *body = x_new(ctx, struct nd_body);
	enum nd_line_kind kind = ND_LINE_BLANK;

	body->text = x_strdup(body, text);
	body->len = strlen(text);
	for (const char *at = body->text; *at;) {
		size_t len = strcspn(at, "\n");
		struct nd_line *line =
			x_append(body, body->line, body->line_count);
		size_t marks = 0;

		kind = test_line_kind(at, len, kind);
		if (kind == ND_LINE_QUOTE) {
			marks = strspn(at, "> ");
			line->depth = marks > 2 && at[2] == '>' ? 2 : 1;
		}
		line->kind = (uint8_t)kind;
		line->start = (uint32_t)(at - body->text + marks);
		line->len = (uint32_t)(len - marks);
		line->source = ND_NO_MESSAGE;
		if (kind == ND_LINE_OWN)
			body->own_bytes += len;
		if (kind == ND_LINE_DIFF && nd_str_starts(at, "diff "))
			body->flags |= ND_BODY_DIFF;
		at += len + (at[len] == '\n');
	}
	return body;
}

static inline struct nd_message *
test_message(const void *ctx, const struct test_mail *mail)
{
	struct nd_message *message = x_new(ctx, struct nd_message);

	message->id = x_asprintf(message, "%p@example.org", (void *)message);
	message->from = test_address(message,
	                             mail->from ? mail->from : "a@example.org");
	message->sender = message->author = message->from;
	message->subject = x_strdup(message, mail->subject);
	message->list_id = "";
	message->body = test_body(message, mail->text ? mail->text : "");
	message->flags = ND_MESSAGE_READ;
	message->parent = mail->parent;
	return message;
}

/* A thread of mails one hour apart; the first one is the root, all are new. */
static inline struct nd_thread *
test_thread(const void *ctx, const struct test_mail *mails, size_t count)
{
	struct nd_thread *thread = x_new(ctx, struct nd_thread);

	thread->id = "0000000000000001";
	thread->message = x_array(thread, struct nd_message *, count);
	thread->message_count = count;
	for (size_t i = 0; i < count; i++) {
		struct nd_message *message = test_message(thread, &mails[i]);

		message->id = x_asprintf(message, "%zu@example.org", i);
		message->date_s = 1600000000 + 3600 * (int64_t)i;
		message->flags |= ND_MESSAGE_NEW;
		thread->message[i] = message;
	}
	return thread;
}

#endif
