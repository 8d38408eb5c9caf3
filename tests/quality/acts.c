/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * acts.c - fit the weights of acts/actmodel.h, and judge them on lists not seen
 *
 * usage: acts fit THREADS GOLD [WITHOUT]   > actweights.c
 *        acts judge THREADS GOLD           leaves each list out, in turn;
 *                                          prints tables in Markdown
 *        acts unmatched THREADS GOLD       gold sentences that nothing matches
 *
 * THREADS and GOLD are made by acts.py, which says what stands in them.
 * WITHOUT is a list (or several, with commas) whose threads are not looked at.
 * The parts are in acts/.
 */
#include <stdio.h>
#include <string.h>

#include "acts/data.h"
#include "acts/judge.h"
#include "acts/stage1.h"
#include "acts/stage2.h"
#include "acts/unseen.h"
#include "acts/weightsfile.h"
#include "mail/read.h"
#include "util/alloc.h"

static void
fit(const struct data *data, const char *without)
{
	void *tmp = talloc_new(NULL);
	struct unseen *unseen = unseen_new(tmp, data, UNSEEN_LISTS);
	struct stage2 *stage2 = stage2_fit(tmp, data, unseen, NO_LIST);
	bool in[LISTS_MAX];

	memset(in, true, sizeof in);
	weightsfile_print(data, stage1_fit(tmp, data, in), stage2->fit,
	                  without);
	talloc_free(tmp);
}

static void
print_unmatched(const struct data *data)
{
	for (size_t i = 0; i < data->mail_count; i++) {
		const struct mail *mail = &data->mail[i];

		for (const struct gold *g = mail->gold; g; g = g->next)
			if (!g->hit)
				printf("%s\t%s\t%s\n", mail->id,
				       nd_act_name(g->act), g->words);
	}
}

static void
tell_counts(const struct data *data)
{
	size_t acts = 0, matched = 0;

	for (size_t i = 0; i < data->mail_count; i++)
		for (const struct gold *g = data->mail[i].gold; g;
		     g = g->next) {
			acts++;
			matched += g->hit;
		}
	fprintf(stderr, "%zu of %zu acts matched; %zu sentences, %zu mails\n",
	        matched, acts, data->sentence_count, data->mail_count);
}

int
main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	const char *without = argc > 4 ? argv[4] : NULL;
	struct data *data;

	if (argc < 4 ||
	    (strcmp(what, "fit") != 0 && strcmp(what, "judge") != 0 &&
	     strcmp(what, "unmatched") != 0)) {
		fputs("usage: acts fit|judge|unmatched THREADS GOLD [WITHOUT]\n",
		      stderr);
		return 64;
	}
	nd_read_init();
	data = data_load(NULL, argv[2], argv[3], without);
	tell_counts(data);
	if (strcmp(what, "judge") == 0)
		judge_print(data);
	else if (strcmp(what, "unmatched") == 0)
		print_unmatched(data);
	else
		fit(data, without);
	talloc_free(data);
	return 0;
}
