/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cage/wire.h"

#include <string.h>

#include "util/alloc.h"
#include "util/utf8.h"

void
nd_wire_put_byte(struct nd_buf *out, uint8_t value)
{
	nd_buf_add(out, (const char *)&value, sizeof value);
}

void
nd_wire_put_u32(struct nd_buf *out, uint32_t value)
{
	nd_buf_add(out, (const char *)&value, sizeof value);
}

void
nd_wire_put_u64(struct nd_buf *out, uint64_t value)
{
	nd_buf_add(out, (const char *)&value, sizeof value);
}

void
nd_wire_put_bytes(struct nd_buf *out, const char *bytes, size_t len)
{
	nd_wire_put_u32(out, (uint32_t)len);
	nd_buf_add(out, bytes, len);
}

void
nd_wire_put_text(struct nd_buf *out, const char *text)
{
	nd_wire_put_bytes(out, text, strlen(text));
}

void
nd_wire_put_text_or_null(struct nd_buf *out, const char *text)
{
	nd_wire_put_byte(out, text != NULL);
	if (text)
		nd_wire_put_text(out, text);
}

void
nd_wire_refuse(struct nd_wire *wire)
{
	wire->bad = true;
	wire->left = 0;
}

static void
take(struct nd_wire *wire, void *value, size_t len)
{
	if (wire->left < len) {
		nd_wire_refuse(wire);
		return;
	}
	memcpy(value, wire->at, len);
	wire->at += len;
	wire->left -= len;
}

uint8_t
nd_wire_byte(struct nd_wire *wire)
{
	uint8_t value = 0;

	take(wire, &value, sizeof value);
	return value;
}

uint32_t
nd_wire_u32(struct nd_wire *wire)
{
	uint32_t value = 0;

	take(wire, &value, sizeof value);
	return value;
}

uint64_t
nd_wire_u64(struct nd_wire *wire)
{
	uint64_t value = 0;

	take(wire, &value, sizeof value);
	return value;
}

bool
nd_wire_bool(struct nd_wire *wire)
{
	uint8_t value = nd_wire_byte(wire);

	if (value > 1)
		nd_wire_refuse(wire);
	return value == 1;
}

size_t
nd_wire_count(struct nd_wire *wire, size_t max, size_t bytes_each)
{
	size_t count = nd_wire_u32(wire);

	if (count <= max && count <= wire->left / bytes_each)
		return count;
	nd_wire_refuse(wire);
	return 0;
}

const char *
nd_wire_bytes(struct nd_wire *wire, size_t *len)
{
	const char *bytes;

	*len = nd_wire_u32(wire);
	if (*len > wire->left) {
		*len = 0;
		nd_wire_refuse(wire);
	}
	bytes = wire->bad ? "" : wire->at;
	if (!wire->bad) {
		wire->at += *len;
		wire->left -= *len;
	}
	return bytes;
}

const char *
nd_wire_text(const void *ctx, struct nd_wire *wire, size_t max)
{
	size_t len;
	const char *bytes = nd_wire_bytes(wire, &len);

	if (len > max || !nd_utf8_is_harmless(bytes, len)) {
		nd_wire_refuse(wire);
		len = 0;
	}
	return x_strndup(ctx, bytes, len);
}

const char *
nd_wire_line(const void *ctx, struct nd_wire *wire, size_t max)
{
	const char *text = nd_wire_text(ctx, wire, max);

	if (text[strcspn(text, "\n\t")])
		nd_wire_refuse(wire);
	return text;
}

const char *
nd_wire_line_or_null(const void *ctx, struct nd_wire *wire, size_t max)
{
	return nd_wire_bool(wire) ? nd_wire_line(ctx, wire, max) : NULL;
}

bool
nd_wire_is_done(const struct nd_wire *wire)
{
	return !wire->bad && wire->left == 0;
}
