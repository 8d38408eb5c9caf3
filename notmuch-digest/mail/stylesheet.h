/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stylesheet.h - the rules of an HTML document's <style> elements
 *
 * Which of them hold for an element: selectors of types, classes, ids,
 * attributes and the four combinators are compared as a browser does. What
 * depends on more than the document (a width, a colour scheme, a pseudo-class
 * that is not known) is kept apart as unsure: it may hold, or not. What holds
 * only on paper, below a pointer or for a pseudo-element is passed over. Nothing
 * is loaded.
 *
 * Limits: ND_LIMIT_STYLE_RULES rules, ND_LIMIT_STYLE_STEPS comparisons.
 */
#ifndef ND_MAIL_STYLESHEET_H
#define ND_MAIL_STYLESHEET_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "mail/style.h"

struct nd_stylesheet;

/** An empty one, owned by ctx. */
struct nd_stylesheet *nd_stylesheet_new(const void *ctx);

/**
 * Add what stands in one <style> element.
 *
 * media     its attribute of that name; NULL: for all
 * unsure    whether a browser reads the element depends
 */
void nd_stylesheet_add(struct nd_stylesheet *sheet, const char *text,
                       const char *media, bool unsure);

/** Has it no rules? */
bool nd_stylesheet_is_empty(const struct nd_stylesheet *sheet);

/** Was it, or the work with it, over a ceiling? Then nothing is sure. */
bool nd_stylesheet_is_over(const struct nd_stylesheet *sheet);

/**
 * Add what the rules declare of node.
 *
 * unsure    those that may not hold, too, as far as they hide
 */
void nd_stylesheet_apply(struct nd_stylesheet *sheet, const xmlNode *node,
                         bool unsure, struct nd_style *style);

#endif
