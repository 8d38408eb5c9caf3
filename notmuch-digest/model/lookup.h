/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lookup.h - mails outside of the loaded threads that analysis would like to
 * see or count: possible other versions of the series at hand, and who writes
 * what those write who take patches
 *
 * lineage/versionlookup.h fills it in, mail/search.h asks the database once for
 * all of it. Strings are UTF-8 on one line.
 */
#ifndef ND_MODEL_LOOKUP_H
#define ND_MODEL_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ND_LOOKUP_WORDS = 3 };

/* A subject that has all of these words, in lower case. */
struct nd_lookup_title {
	const char *word[ND_LOOKUP_WORDS];
	size_t count; /* at least 1 */
};

struct nd_lookup {
	struct nd_lookup_title *title;
	size_t title_count;
	const char **author; /* addresses whose cover letters are wanted, too */
	size_t author_count;
	int64_t authors_since_s; /* none before it */
	const char **pull; /* what pull requests ask to pull, "kvmarm-6.19" */
	size_t pull_count;
	const char **id;
	size_t id_count;
	int64_t until_s; /* mails dated at or after it are not wanted */
};

/* What the database knows of a mail without opening anything. */
struct nd_hit {
	const char *subject, *from; /* as they stand in the mail, decoded */
	const char *id;
	int64_t date_s;
	/* filled in by the one who chooses: */
	bool wanted;
	bool answer; /* and so is the id that its thread begins with: it is an
	              * answer, or a patch behind its cover letter */
};

/* Somebody who wrote mails that were asked for. */
struct nd_sender {
	const char *from; /* as it stands in the mails, decoded */
	unsigned mails;
};

struct nd_sender_list {
	struct nd_sender *sender; /* in no order */
	size_t count;
};

#endif
