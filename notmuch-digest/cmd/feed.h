/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * feed.h - commit feeds (Atom, RFC 4287) as cgit, gitweb and forges write them
 *
 * A feed is taken whole or not at all: what is not well-formed, has a document
 * type (and so could have entities), is no Atom, or has an entry without a
 * commit id is refused with the line where. Nothing is fetched that the feed
 * points to.
 */
#ifndef ND_CMD_FEED_H
#define ND_CMD_FEED_H

#include <stdbool.h>

#include "mail/reader.h"
#include "model/commit.h"
#include "util/status.h"

struct nd_feed {
	const char *title;             /* "" when it has none */
	struct nd_commit_list commits; /* in the feed's order, each id once */
};

/**
 * Read the feed in (bytes, len).
 *
 * name       of the feed, for messages
 * *out       owned by ctx; untouched on failure. Strings are clean UTF-8.
 * Returns    ND_OK; ND_ERR_PARSE with the line; ND_ERR_LIMIT over
 *            ND_LIMIT_FEED_BYTES or ND_LIMIT_COMMITS
 */
enum nd_status
nd_feed_parse(const void *ctx, const char *name, const char *bytes, size_t len,
              struct nd_feed **out, struct nd_error *err) ND_MUST_CHECK;

/**
 * Read a feed from a file, "-" (stdin), or a URL.
 *
 * reader       parses it in the cage; NULL: it is parsed here
 * plain_http   http: is allowed, too
 * Returns      as nd_feed_parse(), and those of util/http.h
 */
enum nd_status
nd_feed_load(const void *ctx, struct nd_reader *reader, const char *name,
             bool plain_http, struct nd_feed **out,
             struct nd_error *err) ND_MUST_CHECK;

#endif
