/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/mailwire.h"

#include <string.h>

#include "util/alloc.h"
#include "util/limits.h"
#include "util/utf8.h"

enum {
	/* Bytes that are no UTF-8 become three each. */
	GROWTH = 3,
	TEXT_MAX = GROWTH * ND_LIMIT_BODY_BYTES,
	LINE_MAX_BYTES = GROWTH * ND_LIMIT_HEADER_BYTES,
};

/* A line as it is sent: mails have many. */
struct sent_line {
	uint32_t start, len;
	uint8_t kind, depth, fixed, unused;
};

/* GDateTime knows the years from 1 to 9999, in any zone. */
static const int64_t first_s = -INT64_C(62135683200),
		     last_s = INT64_C(253402387199);

/* Reading sets these, and takes some back. */
static const unsigned may_come = ND_MESSAGE_READ | ND_MESSAGE_AUTO |
                                 ND_MESSAGE_RESPONDER | ND_MESSAGE_BULK |
                                 ND_MESSAGE_WITHHELD;
static const unsigned may_go = ND_MESSAGE_AUTO | ND_MESSAGE_SHARED;

static const unsigned body_flags = ND_BODY_HTML | ND_BODY_FLOWED | ND_BODY_CUT |
                                   ND_BODY_SIGNED | ND_BODY_ENCRYPTED |
                                   ND_BODY_DIFF | ND_BODY_UNSEEN;

/* ---- the way in ---------------------------------------------------------- */

void
nd_mailwire_put_request(struct nd_buf *out, const struct nd_message *message,
                        const struct nd_read_file *file)
{
	size_t count = nd_read_file_count(message);

	nd_wire_put_text(out, message->id);
	nd_wire_put_u64(out, (uint64_t)message->date_s);
	nd_wire_put_u64(out, (uint64_t)message->written_s);
	nd_wire_put_u32(out, message->flags);
	nd_wire_put_u64(out, message->file_count);
	for (size_t i = 0; i < count; i++) {
		nd_wire_put_text(out, file[i].path);
		nd_wire_put_byte(out, file[i].fd >= 0);
		nd_wire_put_u64(out, file[i].bytes);
		nd_wire_put_text(out, file[i].why);
	}
}

static const char *
own_bytes(const void *ctx, struct nd_wire *wire)
{
	size_t len;
	const char *bytes = nd_wire_bytes(wire, &len);

	return x_strndup(ctx, bytes, len);
}

struct nd_message *
nd_mailwire_take_request(const void *ctx, struct nd_wire *wire, const int *fd,
                         struct nd_read_file **files)
{
	struct nd_message *message = x_new(ctx, struct nd_message);
	struct nd_read_file *file;
	size_t count;

	message->id = own_bytes(message, wire);
	message->date_s = (int64_t)nd_wire_u64(wire);
	message->written_s = (int64_t)nd_wire_u64(wire);
	message->flags = nd_wire_u32(wire);
	message->file_count = (size_t)nd_wire_u64(wire);
	count = nd_read_file_count(message);
	file = x_array(message, struct nd_read_file, count + 1);
	for (size_t i = 0; i < count; i++) {
		const char *why;

		file[i].path = own_bytes(file, wire);
		file[i].fd = nd_wire_bool(wire) ? *fd++ : -1;
		file[i].bytes = (size_t)nd_wire_u64(wire);
		why = own_bytes(file, wire);
		memcpy(file[i].why, why, strlen(why) + 1);
	}
	*files = file;
	return message;
}

/* ---- the way back: writing ----------------------------------------------- */

static void
put_address(struct nd_buf *out, const struct nd_address *address)
{
	nd_wire_put_text(out, address->name);
	nd_wire_put_text(out, address->addr);
}

/* Most mails are from one person, whoever is asked for. */
static void
put_person(struct nd_buf *out, const struct nd_address *person,
           const struct nd_address *before)
{
	bool same = strcmp(person->name, before->name) == 0 &&
	            strcmp(person->addr, before->addr) == 0;

	nd_wire_put_byte(out, same);
	if (!same)
		put_address(out, person);
}

static void
put_addresses(struct nd_buf *out, const struct nd_address_list *list)
{
	nd_wire_put_u32(out, (uint32_t)list->count);
	for (size_t i = 0; i < list->count; i++)
		put_address(out, &list->address[i]);
}

static void
put_patchwork(struct nd_buf *out, const struct nd_patchwork *patchwork)
{
	nd_wire_put_byte(out, patchwork != NULL);
	if (!patchwork)
		return;
	nd_wire_put_text(out, patchwork->id);
	nd_wire_put_text(out, patchwork->submitter);
	nd_wire_put_text(out, patchwork->state);
	nd_wire_put_text(out, patchwork->delegate);
}

static void
put_header(struct nd_buf *out, const struct nd_message *message)
{
	nd_wire_put_u64(out, (uint64_t)message->date_s);
	nd_wire_put_u64(out, (uint64_t)message->written_s);
	nd_wire_put_u64(out, (uint64_t)message->received_first_s);
	nd_wire_put_u64(out, (uint64_t)message->received_s);
	nd_wire_put_u32(out, message->flags);
	put_address(out, &message->from);
	put_person(out, &message->sender, &message->from);
	put_person(out, &message->author, &message->sender);
	put_addresses(out, &message->to);
	put_addresses(out, &message->cc);
	nd_wire_put_text(out, message->subject);
	nd_wire_put_text(out, message->list_id);
	nd_wire_put_text_or_null(out, message->link);
	nd_wire_put_u32(out, (uint32_t)message->reference_count);
	for (size_t i = 0; i < message->reference_count; i++)
		nd_wire_put_text(out, message->reference[i]);
	put_patchwork(out, message->patchwork);
}

static void
put_lines(struct nd_buf *out, const struct nd_body *body)
{
	struct sent_line *sent =
		x_array(NULL, struct sent_line, body->line_count);

	for (size_t i = 0; i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];

		sent[i] =
			(struct sent_line){line->start, line->len,   line->kind,
		                           line->depth, line->fixed, 0};
	}
	nd_wire_put_bytes(out, (const char *)sent,
	                  body->line_count * sizeof *sent);
	talloc_free(sent);
}

static void
put_body(struct nd_buf *out, const struct nd_body *body)
{
	nd_wire_put_bytes(out, body->text, body->len);
	put_lines(out, body);
	nd_wire_put_u32(out, (uint32_t)body->attachment_count);
	for (size_t i = 0; i < body->attachment_count; i++) {
		nd_wire_put_text(out, body->attachment[i].name);
		nd_wire_put_text(out, body->attachment[i].type);
		nd_wire_put_u64(out, body->attachment[i].bytes);
	}
	nd_wire_put_u32(out, body->flags);
	nd_wire_put_text_or_null(out, body->cut);
	nd_wire_put_u64(out, body->own_bytes);
	nd_wire_put_u64(out, body->unsafe_count);
	nd_wire_put_u32(out, (uint32_t)body->diff_file_count);
	for (size_t i = 0; i < body->diff_file_count; i++)
		nd_wire_put_text(out, body->diff_file[i]);
	nd_wire_put_u32(out, body->insertions);
	nd_wire_put_u32(out, body->deletions);
}

void
nd_mailwire_put_answer(struct nd_buf *out, const struct nd_message *message,
                       enum nd_status status, const struct nd_error *why)
{
	nd_wire_put_u32(out, status);
	if (status != ND_OK) {
		char *clean =
			nd_utf8_clean(NULL, why->msg, strlen(why->msg), NULL);

		nd_wire_put_text(out, clean);
		talloc_free(clean);
		return;
	}
	put_header(out, message);
	put_body(out, message->body);
	nd_wire_put_u64(out, message->author_first);
	nd_wire_put_u64(out, message->author_until);
	nd_wire_put_text_or_null(out, message->withheld);
}

/* ---- reading ------------------------------------------------------------- */

static const char *
take_line(const void *ctx, struct nd_wire *wire)
{
	const char *line = nd_wire_line(ctx, wire, LINE_MAX_BYTES);

	if (*line)
		return line;
	/* Many are, and a mail is kept long. */
	talloc_free((void *)line);
	return "";
}

static int64_t
take_time(struct nd_wire *wire)
{
	int64_t time_s = (int64_t)nd_wire_u64(wire);

	if (time_s < first_s || time_s > last_s)
		nd_wire_refuse(wire);
	return time_s;
}

static size_t
take_at_most(struct nd_wire *wire, size_t max)
{
	uint64_t value = nd_wire_u64(wire);

	if (value > max)
		nd_wire_refuse(wire);
	return (size_t)value;
}

static unsigned
take_flags(struct nd_wire *wire, unsigned before)
{
	unsigned flags = nd_wire_u32(wire);

	if ((flags & ~before & ~may_come) || (before & ~flags & ~may_go) ||
	    !(flags & ND_MESSAGE_READ))
		nd_wire_refuse(wire);
	return flags;
}

static struct nd_address
take_address(const void *ctx, struct nd_wire *wire)
{
	struct nd_address address;

	address.name = take_line(ctx, wire);
	address.addr = take_line(ctx, wire);
	return address;
}

static struct nd_address
take_person(const void *ctx, struct nd_wire *wire,
            const struct nd_address *before)
{
	struct nd_address person = *before;

	if (nd_wire_bool(wire))
		return person;
	person = take_address(ctx, wire);
	if (strcmp(person.name, before->name) == 0 &&
	    strcmp(person.addr, before->addr) == 0)
		nd_wire_refuse(wire);
	return person;
}

/* The texts go with the list, as nd_thread_drop_text() has it. */
static struct nd_address_list
take_addresses(const void *ctx, struct nd_wire *wire)
{
	struct nd_address_list list = {NULL, 0};
	size_t count = nd_wire_count(wire, ND_LIMIT_ADDRESSES, 8);

	for (size_t i = 0; i < count; i++) {
		struct nd_address *address =
			x_append(ctx, list.address, list.count);

		*address = take_address(list.address, wire);
	}
	return list;
}

static void
take_references(struct nd_message *message, const void *ctx,
                struct nd_wire *wire)
{
	size_t count = nd_wire_count(wire, 2 * ND_LIMIT_REFERENCES, 4);

	message->reference = NULL;
	message->reference_count = 0;
	for (size_t i = 0; i < count; i++) {
		const char **id = x_append(ctx, message->reference,
		                           message->reference_count);

		*id = take_line(message->reference, wire);
	}
}

static struct nd_patchwork *
take_patchwork(const void *ctx, struct nd_wire *wire)
{
	struct nd_patchwork *patchwork;

	if (!nd_wire_bool(wire))
		return NULL;
	patchwork = x_new(ctx, struct nd_patchwork);
	patchwork->id = take_line(patchwork, wire);
	patchwork->submitter = take_line(patchwork, wire);
	patchwork->state = take_line(patchwork, wire);
	patchwork->delegate = take_line(patchwork, wire);
	return patchwork;
}

static void
take_header(struct nd_message *message, const void *ctx, struct nd_wire *wire)
{
	message->date_s = take_time(wire);
	message->written_s = take_time(wire);
	message->received_first_s = take_time(wire);
	message->received_s = take_time(wire);
	message->flags = take_flags(wire, message->flags);
	message->from = take_address(ctx, wire);
	message->sender = take_person(ctx, wire, &message->from);
	message->author = take_person(ctx, wire, &message->sender);
	message->to = take_addresses(ctx, wire);
	message->cc = take_addresses(ctx, wire);
	message->subject = take_line(ctx, wire);
	message->list_id = take_line(ctx, wire);
	message->link = nd_wire_line_or_null(ctx, wire, ND_LIMIT_URL_BYTES);
	take_references(message, ctx, wire);
	message->patchwork = take_patchwork(ctx, wire);
}

/* Does a character begin here, or the text end? */
static bool
is_boundary(const struct nd_body *body, size_t at)
{
	return ((unsigned char)body->text[at] & 0xc0) != 0x80;
}

/* Lines lie one behind the other, each on its own line of the text. */
static bool
is_line(const struct nd_body *body, const struct sent_line *line, size_t behind)
{
	size_t end = (size_t)line->start + line->len;

	return line->start >= behind && end <= body->len &&
	       is_boundary(body, line->start) && is_boundary(body, end) &&
	       !memchr(body->text + line->start, '\n', line->len) &&
	       line->kind <= ND_LINE_DIFF &&
	       line->depth <= ND_LIMIT_QUOTE_DEPTH && line->fixed <= 1 &&
	       line->unused == 0;
}

static void
take_lines(struct nd_body *body, struct nd_wire *wire)
{
	struct sent_line sent;
	size_t len, count, behind = 0;
	const char *bytes = nd_wire_bytes(wire, &len);

	count = len / sizeof sent;
	if (count > ND_LIMIT_BODY_LINES || len % sizeof sent != 0)
		nd_wire_refuse(wire);
	if (wire->bad)
		return;
	body->line = x_array(body, struct nd_line, count);
	for (size_t i = 0; i < count; i++) {
		memcpy(&sent, bytes + i * sizeof sent, sizeof sent);
		if (!is_line(body, &sent, behind)) {
			nd_wire_refuse(wire);
			return;
		}
		body->line[i] = (struct nd_line){
			.start = sent.start,
			.len = sent.len,
			.kind = sent.kind,
			.depth = sent.depth,
			.fixed = sent.fixed == 1,
			.source = ND_NO_MESSAGE,
		};
		behind = (size_t)sent.start + sent.len;
	}
	body->line_count = count;
}

static void
take_attachments(struct nd_body *body, struct nd_wire *wire)
{
	size_t count = nd_wire_count(wire, ND_LIMIT_PARSE_PARTS, 16);

	for (size_t i = 0; i < count; i++) {
		struct nd_attachment *attachment = x_append(
			body, body->attachment, body->attachment_count);

		attachment->name = take_line(body, wire);
		attachment->type = take_line(body, wire);
		attachment->bytes = take_at_most(wire, ND_LIMIT_MAIL_BYTES);
	}
}

static struct nd_body *
take_body(const void *ctx, struct nd_wire *wire)
{
	struct nd_body *body = x_new(ctx, struct nd_body);
	size_t count;

	body->text = nd_wire_text(body, wire, TEXT_MAX);
	body->len = strlen(body->text);
	take_lines(body, wire);
	take_attachments(body, wire);
	body->flags = nd_wire_u32(wire);
	body->cut = nd_wire_line_or_null(body, wire, LINE_MAX_BYTES);
	if ((body->flags & ~body_flags) ||
	    !(body->flags & ND_BODY_CUT) != !body->cut)
		nd_wire_refuse(wire);
	body->own_bytes = take_at_most(wire, body->len);
	body->unsafe_count = take_at_most(wire, ND_LIMIT_MAIL_BYTES);
	count = nd_wire_count(wire, body->line_count, 4);
	for (size_t i = 0; i < count; i++)
		*x_append(body, body->diff_file, body->diff_file_count) =
			take_line(body, wire);
	body->insertions = nd_wire_u32(wire);
	body->deletions = nd_wire_u32(wire);
	return body;
}

/* Not taken apart and shown to nobody, it need not be harmless. */
static void
take_withheld(struct nd_message *message, const void *ctx, struct nd_wire *wire)
{
	bool there = nd_wire_bool(wire);
	size_t len = 0;
	const char *bytes = there ? nd_wire_bytes(wire, &len) : NULL;

	/* What is quoted of it could not be told without. */
	if ((message->flags & ND_MESSAGE_WITHHELD) && !there)
		nd_wire_refuse(wire);
	if (!there)
		return;
	if (len > ND_LIMIT_WITHHELD_BYTES || !nd_utf8_is_valid(bytes, len))
		nd_wire_refuse(wire);
	else
		message->withheld = x_strndup(ctx, bytes, len);
}

static void
take_mail(struct nd_message *message, const void *ctx, struct nd_wire *wire)
{
	take_header(message, ctx, wire);
	message->body = take_body(ctx, wire);
	message->author_first = take_at_most(wire, message->body->line_count);
	message->author_until = take_at_most(wire, message->body->line_count);
	if (message->author_first > message->author_until)
		nd_wire_refuse(wire);
	take_withheld(message, ctx, wire);
}

static void
take_failure(struct nd_wire *wire, enum nd_status status, struct nd_error *why)
{
	const char *text = nd_wire_text(NULL, wire, sizeof why->msg - 1);

	if (status != ND_ERR_IO && status != ND_ERR_PARSE)
		nd_wire_refuse(wire);
	nd_fail(why, status, "%s", text);
	talloc_free((void *)text);
}

bool
nd_mailwire_take_answer(struct nd_message *message, const char *bytes,
                        size_t len, enum nd_status *status,
                        struct nd_error *why)
{
	struct nd_wire wire = {bytes, len, false};
	struct nd_message read = *message;
	enum nd_status told = (enum nd_status)nd_wire_u32(&wire);
	void *tmp = talloc_new(NULL);

	nd_read_make_blank(message);
	if (told == ND_OK)
		take_mail(&read, tmp, &wire);
	else
		take_failure(&wire, told, why);
	if (!nd_wire_is_done(&wire)) {
		talloc_free(tmp);
		return false;
	}
	*status = told;
	if (told == ND_OK) {
		*message = read;
		talloc_steal(message, read.body);
		talloc_steal(message, tmp);
	} else {
		talloc_free(tmp);
	}
	return true;
}
