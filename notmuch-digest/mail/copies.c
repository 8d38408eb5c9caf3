/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/copies.h"

#include <string.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"
#include "util/str.h"

/* Letters and digits alone: wrapping, marks and blanks make no difference. */
static void
add_letters(struct nd_buf *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (nd_is_alnum(text[i]) || (unsigned char)text[i] >= 0x80)
			nd_buf_addc(out, nd_lower(text[i]));
}

/* Lists put "[name]" in front, which is the first part of their List-Id. */
static void
add_subject(struct nd_buf *out, const struct nd_message *message,
            const char *list_id)
{
	const char *text = message->subject, *open;
	size_t label = strcspn(list_id, ".");

	while (label > 0 && (open = strchr(text, '['))) {
		add_letters(out, text, (size_t)(open - text));
		text = open + 1;
		if (strlen(text) > label && text[label] == ']' &&
		    nd_mem_equal_nocase(text, list_id, label))
			text += label + 1;
	}
	add_letters(out, text, strlen(text));
	nd_buf_addc(out, '\n');
}

/* All that may be shown of it; list footers are not. */
static struct nd_buf *
gist_of(const struct nd_message *message, const char *list_id)
{
	struct nd_buf *out = nd_buf_new(NULL, 2 * ND_LIMIT_BODY_BYTES);
	const struct nd_body *body = message->body;

	add_letters(out, message->from.name, strlen(message->from.name));
	nd_buf_addc(out, '\n');
	add_letters(out, message->from.addr, strlen(message->from.addr));
	nd_buf_addc(out, '\n');
	add_subject(out, message, list_id);
	for (size_t i = 0; i < body->line_count; i++)
		if (body->line[i].kind != ND_LINE_SIGNATURE)
			add_letters(out, body->text + body->line[i].start,
			            body->line[i].len);
	return out;
}

void
nd_copies_compare(struct nd_message *message, const struct nd_message *copy)
{
	const char *list_id =
		*message->list_id ? message->list_id : copy->list_id;
	struct nd_buf *one = gist_of(message, list_id);
	struct nd_buf *other = gist_of(copy, list_id);

	message->body->flags |= copy->body->flags & ND_BODY_ENCRYPTED;
	if (copy->body->flags & (ND_BODY_CUT | ND_BODY_UNSEEN))
		message->body->flags |= ND_BODY_UNSEEN;
	if ((message->flags & ND_MESSAGE_SHARED) &&
	    strcmp(one->data, other->data) != 0) {
		message->flags &= ~(unsigned)ND_MESSAGE_SHARED;
		message->flags |= ND_MESSAGE_WITHHELD;
	}
	talloc_free(one);
	talloc_free(other);
}
