/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * wire.h - numbers and texts, one behind the other, from process to process
 *
 * What is written here is read on the same machine by the same program, so that
 * numbers are as the processor has them. The reader trusts nothing: what is not
 * there is 0 or "", and the value that was asked for and all behind it is bad.
 */
#ifndef ND_CAGE_WIRE_H
#define ND_CAGE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "util/buf.h"

void nd_wire_put_byte(struct nd_buf *out, uint8_t value);
void nd_wire_put_u32(struct nd_buf *out, uint32_t value);
void nd_wire_put_u64(struct nd_buf *out, uint64_t value);
void nd_wire_put_bytes(struct nd_buf *out, const char *bytes, size_t len);
/** NULL is not a text: see nd_wire_put_text_or_null(). */
void nd_wire_put_text(struct nd_buf *out, const char *text);
void nd_wire_put_text_or_null(struct nd_buf *out, const char *text);

/* What is left to be read. */
struct nd_wire {
	const char *at;
	size_t left;
	bool bad; /* stays set */
};

uint8_t nd_wire_byte(struct nd_wire *wire);
uint32_t nd_wire_u32(struct nd_wire *wire);
uint64_t nd_wire_u64(struct nd_wire *wire);
/** 0 or 1; another byte is bad. */
bool nd_wire_bool(struct nd_wire *wire);
/**
 * How many of something follow: more than max, or than there is room for when
 * each takes at least bytes_each, is bad.
 */
size_t nd_wire_count(struct nd_wire *wire, size_t max, size_t bytes_each);
/** *len bytes that stay where they are. */
const char *nd_wire_bytes(struct nd_wire *wire, size_t *len);

/**
 * A text of at most max bytes, owned by ctx: UTF-8 without unsafe characters
 * (util/utf8.h), or it is bad. A line has neither LF nor tab.
 */
const char *nd_wire_text(const void *ctx, struct nd_wire *wire, size_t max);
const char *nd_wire_line(const void *ctx, struct nd_wire *wire, size_t max);
const char *
nd_wire_line_or_null(const void *ctx, struct nd_wire *wire, size_t max);

/** Say that a value, which could be read, cannot be. */
void nd_wire_refuse(struct nd_wire *wire);

/** Was all of it read, and nothing bad? */
bool nd_wire_is_done(const struct nd_wire *wire);

#endif
