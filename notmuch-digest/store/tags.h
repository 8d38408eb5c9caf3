/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tags.h - the tags that we set: a closed list under one prefix
 *
 * With the prefix "digest": digest, digest/fresh, digest/CATEGORY,
 * digest/state/STATE, digest/stalled, digest/summarized, digest/stale,
 * digest/failed, digest/large, digest/me, digest/report. Other tags, under the prefix or not,
 * are the user's and are neither set nor removed, whatever a mail says.
 */
#ifndef ND_STORE_TAGS_H
#define ND_STORE_TAGS_H

#include <stdbool.h>
#include <stddef.h>

/* Tags of which a mail has one at most: setting one removes the others. */
enum nd_tag_group {
	ND_TAG_NONE,   /* not on the list */
	ND_TAG_DIGEST, /* the prefix alone: on the digest mail */
	ND_TAG_FRESH,  /* its text is new; the reader takes it off */
	ND_TAG_CATEGORY,
	ND_TAG_STATE,
	ND_TAG_STALLED,
	ND_TAG_RESULT, /* summarized, stale, failed */
	ND_TAG_LARGE,
	ND_TAG_ME,
	ND_TAG_REPORT, /* beside the prefix: on a report */
	ND_TAG_GROUP_COUNT
};

struct nd_tag_names {
	const char *prefix;
	const char **category; /* the user's, those of earlier runs included */
	size_t category_count;
};

/** Which of our tags is this? */
enum nd_tag_group
nd_tag_group(const struct nd_tag_names *names, const char *tag);

/** Is tag the prefix, or below it (on the list or not)? */
bool nd_tag_has_prefix(const char *prefix, const char *tag);

/** "digest/state/open" of "state/open"; the prefix of "". Owned by ctx. */
const char *nd_tag_full(const void *ctx, const struct nd_tag_names *names,
                        const char *name);

#endif
