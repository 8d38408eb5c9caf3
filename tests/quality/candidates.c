/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * candidates.c - what the extractive engine sees and says, for measuring it
 *
 * usage: candidates (features|summaries|tune) LIST MAX_WORDS [SINCE UNTIL]
 *
 * LIST has a line "THREAD<tab>FILE" for each mail, threads one after another.
 * Mails before SINCE (seconds since the epoch) are history, those from UNTIL
 * on are left out. Fields are parted by tabs.
 *
 * features    a line for each sentence: thread, Message-ID, the table of weights
 *             that holds, the features, the text
 * summaries   a line for each item: thread, zone, Message-ID, name, text
 * tune        reads lines of weights (the numbers of struct nd_weights, in its
 *             order) from stdin, and answers each with a line for each thread,
 *             the texts of its items, and an empty line
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "analyse/analyse.h"
#include "mail/threading.h"
#include "mail/read.h"
#include "summarise/score.h"
#include "summarise/summarise.h"
#include "util/alloc.h"

/* LARGE: as digest.large has it when nobody sets it. */
enum { LINE_BYTES = 8192, HEAD_BYTES = 1 << 16, LARGE = 20 };

/* Features never change while weights are tuned, so they are found once. */
struct trial {
	struct nd_candidates *m;
	float (*feature)[ND_FEATURE_COUNT];
};

struct tool {
	void (*finish)(struct tool *tool, const char *name,
	               struct nd_thread *thread);
	unsigned max_words;
	int64_t since_s, until_s;
	double spent_s;
	size_t mails;
	struct trial *trial;
	size_t trial_count;
};

static void
print_features(struct tool *tool, const char *name, struct nd_thread *thread)
{
	struct nd_candidates *m = nd_candidates_new(NULL, thread);
	struct nd_scorer *scorer = nd_scorer_new(m, m);

	(void)tool;
	for (size_t i = 0; i < m->candidate_count; i++) {
		const struct nd_candidate *c = &m->candidate[i];
		float f[ND_FEATURE_COUNT];

		nd_scorer_features(scorer, c, f);
		printf("%s\t%s\t%d", name, thread->message[c->message]->id,
		       (int)nd_score_table(m, c));
		for (int k = 0; k < ND_FEATURE_COUNT; k++)
			printf("\t%g", (double)f[k]);
		printf("\t%.*s\n", (int)c->sentence.len, c->sentence.text);
	}
	talloc_free(m);
}

static double
now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void
print_summary(struct tool *tool, const char *name, struct nd_thread *thread)
{
	struct nd_summarise_options options = {.max_words = tool->max_words,
	                                       .large = LARGE};
	double start_s = now_s();

	nd_summarise_thread(thread, &options);
	tool->spent_s += now_s() - start_s;
	tool->mails += thread->message_count;
	printf("%s\ttopic\t\t\t%s\n", name, thread->summary->gist);
	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		const struct nd_item_list *list = &thread->summary->zone[zone];

		for (size_t i = 0; i < list->count; i++) {
			const struct nd_item *item = &list->item[i];

			printf("%s\t%s\t%s\t%s\t%s\n", name,
			       nd_summary_zone_name((enum nd_zone)zone),
			       thread->message[item->source[0]]->id,
			       item->who ? item->who : "", item->text);
		}
	}
}

static void
keep_trial(struct tool *tool, const char *name, struct nd_thread *thread)
{
	struct trial *trial = x_append(NULL, tool->trial, tool->trial_count);
	struct nd_scorer *scorer;

	(void)name;
	trial->m = nd_candidates_new(NULL, thread);
	talloc_steal(trial->m, thread);
	scorer = nd_scorer_new(trial->m, trial->m);
	trial->feature =
		talloc_zero_size(trial->m, (trial->m->candidate_count + 1) *
	                                           sizeof *trial->feature);
	for (size_t i = 0; i < trial->m->candidate_count; i++)
		nd_scorer_features(scorer, &trial->m->candidate[i],
		                   trial->feature[i]);
}

static void
try_weights(const struct trial *trial, const struct nd_weights *weights,
            unsigned max_words)
{
	struct nd_candidates *m = trial->m;
	const struct nd_summarise_options options = {.max_words = max_words,
	                                             .large = LARGE};
	struct nd_summary *summary;
	const char *tab = "";

	for (size_t i = 0; i < m->candidate_count; i++) {
		struct nd_candidate *c = &m->candidate[i];
		enum nd_table table = nd_score_table(m, c);

		c->score = 0;
		for (int k = 0; k < ND_FEATURE_COUNT; k++)
			c->score += trial->feature[i][k] *
			            weights->feature[k][table];
	}
	summary = nd_summarise_candidates(m, weights, &options);
	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		const struct nd_item_list *list = &summary->zone[zone];

		for (size_t i = 0; i < list->count; i++) {
			printf("%s%s", tab,
			       nd_summary_item_text(summary, &list->item[i]));
			tab = "\t";
		}
	}
	putchar('\n');
	talloc_free(summary);
}

static void
tune(const struct tool *tool)
{
	/* The struct is floats and nothing else. */
	enum { NUMBERS = sizeof(struct nd_weights) / sizeof(float) };
	float number[NUMBERS];
	size_t got = 0;

	while (scanf("%f", &number[got]) == 1) {
		struct nd_weights weights;

		if (++got < NUMBERS)
			continue;
		memcpy(&weights, number, sizeof weights);
		for (size_t i = 0; i < tool->trial_count; i++)
			try_weights(&tool->trial[i], &weights, tool->max_words);
		putchar('\n');
		fflush(stdout);
		got = 0;
	}
}

/* Summarises what has been collected; takes the thread. */
static void
finish(struct tool *tool, const char *name, struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);

	talloc_steal(tmp, thread);
	if (thread->message_count) {
		nd_threading_link(thread);
		nd_analyse_thread(thread);
		tool->finish(tool, name, thread);
	}
	talloc_free(tmp);
}

static void
add_mail(const struct tool *tool, struct nd_thread *thread, const char *path)
{
	struct nd_message *message = x_new(thread, struct nd_message);
	const char *id = NULL;
	struct nd_error err;
	FILE *file = fopen(path, "rb");
	char *bytes = x_array(thread, char, HEAD_BYTES);
	size_t len = file ? fread(bytes, 1, HEAD_BYTES, file) : 0;

	if (file)
		fclose(file);
	message->file = x_array(message, const char *, 1);
	message->file[0] = x_strdup(message, path);
	message->file_count = 1;
	if (nd_read_message_id(message, bytes, len, &id, &err) != ND_OK ||
	    (message->id = id, nd_read_mail(message, &err)) != ND_OK)
		fprintf(stderr, "%s: %s\n", path, err.msg);
	talloc_free(bytes);
	if (!message->id || message->date_s >= tool->until_s)
		return;
	if (message->date_s >= tool->since_s)
		message->flags |= ND_MESSAGE_NEW;
	*x_append(thread, thread->message, thread->message_count) = message;
}

int
main(int argc, char **argv)
{
	struct tool tool = {.until_s = INT64_MAX};
	char line[LINE_BYTES], name[LINE_BYTES] = "";
	struct nd_thread *thread = x_new(NULL, struct nd_thread);
	FILE *list = argc > 3 ? fopen(argv[2], "r") : NULL;

	if (!list)
		return 64;
	tool.finish = !strcmp(argv[1], "features") ? print_features
	              : !strcmp(argv[1], "tune")   ? keep_trial
	                                           : print_summary;
	tool.max_words = (unsigned)strtoul(argv[3], NULL, 10);
	if (argc > 5) {
		tool.since_s = strtoll(argv[4], NULL, 10);
		tool.until_s = strtoll(argv[5], NULL, 10);
	}
	nd_read_init();
	while (fgets(line, sizeof line, list)) {
		char *tab = strchr(line, '\t');

		line[strcspn(line, "\n")] = '\0';
		if (!tab)
			continue;
		*tab = '\0';
		if (strcmp(name, line) != 0) {
			finish(&tool, name, thread);
			thread = x_new(NULL, struct nd_thread);
			strcpy(name, line);
		}
		add_mail(&tool, thread, tab + 1);
	}
	finish(&tool, name, thread);
	fclose(list);
	if (tool.trial)
		tune(&tool);
	if (tool.mails)
		fprintf(stderr, "%zu mails, %.4f ms each\n", tool.mails,
		        1000 * tool.spent_s / (double)tool.mails);
	for (size_t i = 0; i < tool.trial_count; i++)
		talloc_free(tool.trial[i].m);
	talloc_free(tool.trial);
	return 0;
}
