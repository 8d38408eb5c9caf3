/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/gold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mails.h"
#include "util/alloc.h"

enum { FIELDS = 4 };

static bool
act_by_name(const char *name, enum nd_act *act)
{
	for (int i = 0; i < ND_ACT_COUNT; i++)
		if (strcmp(nd_act_name((enum nd_act)i), name) == 0) {
			*act = (enum nd_act)i;
			return true;
		}
	return false;
}

/* Letters and digits of (text, len), words parted by single blanks. */
static char *
words_of(const void *ctx, const char *text, size_t len)
{
	char *out = x_array(ctx, char, len + 3);
	size_t n = 0;

	out[n++] = ' ';
	for (size_t i = 0; i < len; i++) {
		char c = text[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			out[n++] = c;
		else if (out[n - 1] != ' ')
			out[n++] = ' ';
	}
	if (out[n - 1] != ' ')
		out[n++] = ' ';
	out[n] = '\0';
	return out;
}

static size_t
count_words(const char *words)
{
	size_t n = 0;

	for (const char *at = words + 1; *at; at++)
		n += *at == ' ';
	return n;
}

/* Is the gold's sentence this one, or a part of it, or it of the gold's? */
static bool
matches(const char *gold, const char *said)
{
	size_t a = count_words(gold), b = count_words(said);

	if (a == 0 || b == 0)
		return false;
	if (strcmp(gold, said) == 0)
		return true;
	if (strstr(said, gold))
		return a >= 2 || b <= 4;
	if (strstr(gold, said))
		return b >= 4 || 2 * b >= a;
	return false;
}

struct nd_map *
gold_load(const void *ctx, const char *path)
{
	FILE *file = fopen(path, "r");
	struct nd_map *map = nd_map_new(ctx);
	char *line = NULL;
	size_t size = 0;

	if (!file) {
		perror(path);
		exit(66);
	}
	while (getline(&line, &size, file) >= 0) {
		char *field[FIELDS]; /* root, mail, act, sentence */
		struct gold *gold;
		enum nd_act act;

		if (mails_split(line, field, FIELDS) < FIELDS ||
		    !act_by_name(field[2], &act))
			continue;
		gold = x_new(map, struct gold);
		gold->act = act;
		gold->words = words_of(gold, field[3], strlen(field[3]));
		gold->next = nd_map_get(map, field[1]);
		nd_map_set(map, field[1], gold);
	}
	free(line);
	fclose(file);
	return map;
}

unsigned
gold_match(struct gold *gold, const char *text, size_t len)
{
	char *words = words_of(NULL, text, len);
	unsigned acts = 0;

	for (; gold; gold = gold->next)
		if (matches(gold->words, words)) {
			acts |= 1u << gold->act;
			gold->hit = true;
		}
	talloc_free(words);
	return acts;
}

unsigned
gold_acts(const struct gold *gold)
{
	unsigned acts = 0;

	for (; gold; gold = gold->next)
		acts |= 1u << gold->act;
	return acts;
}
