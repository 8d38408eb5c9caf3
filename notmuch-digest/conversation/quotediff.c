/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation/quotediff.h"

#include "util/alloc.h"
#include "util/hashset.h"
#include "util/shingle.h"

enum { SAME_PERCENT = 90 }; /* long lines may have been wrapped */

/* The line's words as a hash; 0: it has too few to tell it from others. */
static uint64_t
hash_line(const struct nd_body *body, size_t line)
{
	size_t len, words;
	const char *text = nd_message_line(body, line, &len);
	uint64_t hash;

	if (body->line[line].kind != ND_LINE_DIFF)
		return 0;
	hash = nd_shingle_whole(text, len, &words);
	return words > 1 ? hash : 0;
}

static bool
is_copied(const struct nd_body *body, const struct nd_body *source)
{
	struct nd_hashset *lines = nd_hashset_new(NULL);
	size_t same = 0, count = 0;

	for (size_t i = 0; i < source->line_count; i++) {
		uint64_t hash = hash_line(source, i);

		if (hash)
			nd_hashset_add(lines, hash, 0);
	}
	for (size_t i = 0; i < body->line_count; i++) {
		uint64_t hash = hash_line(body, i);

		if (!hash)
			continue;
		count++;
		same += nd_hashset_has(lines, hash);
	}
	talloc_free(lines);
	return count > 0 && same * 100 >= count * SAME_PERCENT;
}

void
nd_quotediff_mark(struct nd_body *body, const struct nd_body *source)
{
	if (!(body->flags & ND_BODY_DIFF) || !(source->flags & ND_BODY_DIFF) ||
	    !is_copied(body, source))
		return;
	for (size_t i = 0; i < body->line_count; i++) {
		if (body->line[i].kind != ND_LINE_DIFF)
			continue;
		body->line[i].kind = ND_LINE_QUOTE;
		body->line[i].depth = 1;
	}
	body->flags &= ~(unsigned)ND_BODY_DIFF;
	body->diff_file_count = 0;
	body->insertions = body->deletions = 0;
}
