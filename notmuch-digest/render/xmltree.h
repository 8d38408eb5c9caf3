/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * xmltree.h - an XML document that is put together and printed
 *
 * libxml2 keeps and prints it, so that it is well-formed whatever is said in it.
 * All texts and values go through nd_escape_terminal(), which leaves no
 * character that XML cannot have. An element belongs to its document.
 *
 * Does not: read XML (mail/html.h, cmd/feed.h).
 */
#ifndef ND_RENDER_XMLTREE_H
#define ND_RENDER_XMLTREE_H

#include "util/buf.h"

/* Of libxml2; nothing here needs to look into it. */
struct _xmlNode;

/** A document with its first element, which ctx owns with all below it. */
struct _xmlNode *
nd_xmltree_new(const void *ctx, const char *name, const char *namespace);

/**
 * A new last element of parent, in its namespace.
 *
 * text       what stands in it; "" for nothing
 */
struct _xmlNode *
nd_xmltree_add(struct _xmlNode *parent, const char *name, const char *text);

/** The same; it and what will be below it is in another namespace. */
struct _xmlNode *nd_xmltree_add_of(struct _xmlNode *parent, const char *name,
                                   const char *namespace);

/** Add text behind what is in the element. */
void nd_xmltree_say(struct _xmlNode *node, const char *text);

/** Add a blank there. */
void nd_xmltree_blank(struct _xmlNode *node);

void
nd_xmltree_set(struct _xmlNode *node, const char *attribute, const char *value);

/** What can be read in and below the element, owned by ctx. */
char *nd_xmltree_text(const void *ctx, const struct _xmlNode *node);

/** Append the whole document of an element to out, as UTF-8. */
void nd_xmltree_print(struct _xmlNode *node, struct nd_buf *out);

#endif
