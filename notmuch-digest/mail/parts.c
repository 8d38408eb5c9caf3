/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/parts.h"

#include "mail/gobject.h"
#include "mail/source.h"
#include "util/alloc.h"
#include "util/cms.h"
#include "util/limits.h"
#include "util/str.h"

struct nd_parts {
	GPtrArray *stack;
	size_t room_bytes; /* for what is taken out of signatures */
};

bool
nd_parts_is_type(GMimeObject *part, const char *type, const char *subtype)
{
	return g_mime_content_type_is_type(g_mime_object_get_content_type(part),
	                                   type, subtype);
}

bool
nd_parts_is_smime(GMimeObject *part)
{
	const char *name = GMIME_IS_PART(part)
	                           ? g_mime_part_get_filename(GMIME_PART(part))
	                           : NULL;

	return nd_parts_is_type(part, "application", "pkcs7-mime") ||
	       nd_parts_is_type(part, "application", "x-pkcs7-mime") ||
	       (name && nd_str_ends_nocase(name, ".p7m"));
}

/* Texts are looked at more than once, by cipher.c and by mime.c. */
GByteArray *
nd_parts_bytes(const void *ctx, GMimePart *part)
{
	static const char kept[] = "nd-bytes";
	bool text = nd_parts_is_type(GMIME_OBJECT(part), "text", "*");
	GMimeStream *stream =
		text ? g_object_get_data(G_OBJECT(part), kept) : NULL;
	GMimeDataWrapper *content;

	if (!stream) {
		stream = g_mime_stream_mem_new();
		content = g_mime_part_get_content(part);
		if (content)
			g_mime_data_wrapper_write_to_stream(content, stream);
		if (text)
			g_object_set_data_full(G_OBJECT(part), kept, stream,
			                       g_object_unref);
		else
			nd_gobject_own(ctx, stream);
	}
	return g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
}

/* An entity of its own (RFC 2045, 2.4), unless the parser would choke on it. */
static GMimeObject *
parse_entity(const void *ctx, const struct nd_buf *text)
{
	struct nd_source scan = nd_source_count(text->data, text->len);
	void *tmp = talloc_new(NULL);
	GMimeObject *entity = NULL;
	GMimeStream *stream;
	GMimeParser *parser;

	if (!nd_source_over(tmp, &scan)) {
		stream = nd_gobject_own(tmp, g_mime_stream_mem_new_with_buffer(
						     text->data, text->len));
		parser = nd_gobject_own(tmp,
		                        g_mime_parser_new_with_stream(stream));
		entity = nd_gobject_own(
			ctx, g_mime_parser_construct_part(parser, NULL));
	}
	talloc_free(tmp);
	return entity;
}

GMimeObject *
nd_parts_signed(const void *ctx, GMimeObject *part, size_t *room_bytes)
{
	GMimeObject *entity = NULL;
	struct nd_buf *text;
	GByteArray *bytes;

	if (!nd_parts_is_smime(part) || !GMIME_IS_PART(part))
		return NULL;
	text = nd_buf_new(NULL, *room_bytes);
	bytes = nd_parts_bytes(text, GMIME_PART(part));
	if (nd_cms_kind(bytes->data, bytes->len) == ND_CMS_SIGNED &&
	    nd_cms_signed_content(text, bytes->data, bytes->len) ==
	            ND_CMS_SIGNED)
		entity = parse_entity(ctx, text);
	/* What is taken out is of no use when the whole is not parsed. */
	*room_bytes = text->full || (text->len > 0 && !entity)
	                      ? 0
	                      : *room_bytes - text->len;
	talloc_free(text);
	return entity;
}

static int
parts_destructor(struct nd_parts *parts)
{
	g_ptr_array_free(parts->stack, TRUE);
	return 0;
}

static void
push(struct nd_parts *parts, GMimeObject *part)
{
	if (part)
		g_ptr_array_add(parts->stack, part);
}

struct nd_parts *
nd_parts_new(const void *ctx, GMimeMessage *mime)
{
	struct nd_parts *parts = x_new(ctx, struct nd_parts);

	parts->stack = g_ptr_array_new();
	parts->room_bytes = ND_LIMIT_MAIL_BYTES;
	talloc_set_destructor(parts, parts_destructor);
	push(parts, g_mime_message_get_mime_part(mime));
	return parts;
}

GMimeObject *
nd_parts_next(struct nd_parts *parts)
{
	GMimeMessage *inner;
	GMimeObject *part;

	if (parts->stack->len == 0)
		return NULL;
	part = g_ptr_array_remove_index(parts->stack, parts->stack->len - 1);
	if (GMIME_IS_MULTIPART(part)) {
		/* Last one first, so that they come in their order. */
		for (int i = g_mime_multipart_get_count(GMIME_MULTIPART(part));
		     i-- > 0;)
			push(parts, g_mime_multipart_get_part(
					    GMIME_MULTIPART(part), i));
	} else if (GMIME_IS_MESSAGE_PART(part)) {
		inner = g_mime_message_part_get_message(
			GMIME_MESSAGE_PART(part));
		if (inner)
			push(parts, g_mime_message_get_mime_part(inner));
	} else {
		push(parts, nd_parts_signed(parts, part, &parts->room_bytes));
	}
	return part;
}

bool
nd_parts_are_over(const struct nd_parts *parts)
{
	return parts->room_bytes == 0;
}
