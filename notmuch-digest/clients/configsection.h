/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * configsection.h - our lines in named sections of a client's file
 *
 * For clients whose files include no others: [section], below it [[section]]
 * where the client has such, and lines of KEY = VALUE. What is put in stands in
 * blocks (block.h). Pure: from one text to another.
 *
 * Does not: understand values that go over several lines; a file that has any
 * is refused where the client knows them.
 */
#ifndef ND_CLIENTS_CONFIGSECTION_H
#define ND_CLIENTS_CONFIGSECTION_H

#include "clients/block.h"
#include "util/status.h"

enum { ND_CONFIGSECTION_DEPTH = 3 };

enum nd_configsection_flags {
	ND_CONFIGSECTION_UNIQUE = 1u << 0, /* the client does not start when a
	                                    * key or section is there twice */
	ND_CONFIGSECTION_QUOTES = 1u << 1, /* knows values in ''' or """ */
};

/* Lines for one section; depth 0 is the text above all sections. */
struct nd_configsection {
	const char *name[ND_CONFIGSECTION_DEPTH]; /* from the outermost */
	size_t depth;
	const char *lines; /* each ends in LF */
};

struct nd_configsection_list {
	struct nd_configsection *section;
	size_t count;
};

/** The sections of a file that we ship, without its comments and blank
 * lines. */
struct nd_configsection_list *
nd_configsection_parse(const void *ctx, const char *text);

/** The section as a file of its own has it: its headers and its lines. */
const char *
nd_configsection_text(const void *ctx, const struct nd_configsection *section);

/**
 * The text with all these sections in it: behind the header of each that is
 * there, else with headers of their own. The text has no block.
 *
 * mark       what else is ours
 * *out       owned by ctx
 * Returns    ND_OK; ND_ERR_CONFIG when the client would not start with it: a
 *            key that is there already, or values of several lines
 */
enum nd_status
nd_configsection_insert(const void *ctx, const struct nd_block_style *style,
                        unsigned flags,
                        const struct nd_configsection_list *list,
                        struct nd_block_mark mark, const char *text,
                        const char **out, struct nd_error *err) ND_MUST_CHECK;

#endif
