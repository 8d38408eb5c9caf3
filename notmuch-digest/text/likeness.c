/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/likeness.h"

#include <stdbool.h>
#include <string.h>

#include "text/vocabulary.h"
#include "util/alloc.h"

struct nd_likeness
nd_likeness_of(const char *language, const char *text, const char *other)
{
	void *tmp = talloc_new(NULL);
	struct nd_vocabulary *words = nd_vocabulary_new(tmp, language);
	struct nd_word_list mine = {0}, theirs = {0};
	struct nd_likeness likeness = {0};
	bool *is_mine, *is_shared;

	nd_vocabulary_read(words, text, strlen(text), tmp, &mine);
	nd_vocabulary_read(words, other, strlen(other), tmp, &theirs);
	is_mine = x_array(tmp, bool, nd_vocabulary_count(words) + 1);
	is_shared = x_array(tmp, bool, nd_vocabulary_count(words) + 1);
	for (size_t i = 0; i < mine.count; i++) {
		if (mine.word[i] == ND_WORD_STOP || is_mine[mine.word[i]])
			continue;
		is_mine[mine.word[i]] = true;
		likeness.words++;
	}
	for (size_t i = 0; i < theirs.count; i++) {
		if (!is_mine[theirs.word[i]] || is_shared[theirs.word[i]])
			continue;
		is_shared[theirs.word[i]] = true;
		likeness.shared++;
	}
	talloc_free(tmp);
	return likeness;
}
