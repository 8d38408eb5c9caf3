/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/parts.h"

#include "util/alloc.h"

struct nd_parts {
	GPtrArray *stack;
};

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
	}
	return part;
}

bool
nd_parts_is_type(GMimeObject *part, const char *type, const char *subtype)
{
	return g_mime_content_type_is_type(g_mime_object_get_content_type(part),
	                                   type, subtype);
}
