/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * candidates.c - what the extractive engine sees and says, for measuring it
 *
 * usage: candidates (features|summaries|choice|tune) LIST MAX_WORDS
 *        [SINCE UNTIL]
 *
 * LIST has a line "THREAD<tab>FILE" for each mail, threads one after another.
 * Mails before SINCE (seconds since the epoch) are history, those from UNTIL
 * on are left out, and facts are told as in a report. Fields are parted by tabs.
 *
 * features    a line for each sentence and table of weights that holds: thread,
 *             Message-ID, the table, the features, the text
 * summaries   a line for each item: thread, zone, Message-ID, name, text
 * choice      a line for each sentence, then one for each fact: thread,
 *             Message-ID, why it can be chosen or cannot, its score, the zone
 *             where it stands or "-", the text as it is told
 * tune        reads lines of weights (the numbers of struct nd_weights, in its
 *             order) from stdin, and answers each with a line for each thread,
 *             the texts of its items, and an empty line
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "standing/state.h"
#include "mail/read.h"
#include "mails.h"
#include "summarise/doing.h"
#include "telling/itemtext.h"
#include "summarise/presentable.h"
#include "summarise/score.h"
#include "summarise/summarise.h"
#include "telling/telling.h"
#include "util/alloc.h"

/* LARGE: as digest.large has it when nobody sets it. */
enum { LARGE = 20 };

/* Features never change while weights are tuned, so they are found once. */
struct trial {
	struct nd_candidates *m;
	struct nd_thread *thread;
	float (*feature)[ND_FEATURE_COUNT];
};

struct tool {
	void (*take)(struct tool *tool, const char *name,
	             struct nd_thread *thread);
	unsigned max_words;
	const struct nd_i18n *i18n; /* facts are told, too; or NULL */
	struct nd_window window;
	double spent_s;
	size_t mails;
	struct trial *trial;
	size_t trial_count;
};

static void
print_row(const struct nd_candidates *m, const char *name,
          const struct nd_candidate *c, enum nd_table table,
          const float f[ND_FEATURE_COUNT])
{
	printf("%s\t%s\t%d", name, m->thread->message[c->message]->id,
	       (int)table);
	for (int k = 0; k < ND_FEATURE_COUNT; k++)
		printf("\t%g", (double)f[k]);
	printf("\t%.*s\n", (int)c->sentence.len, c->sentence.text);
}

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
		print_row(m, name, c, nd_score_table(m, c), f);
		if (nd_score_may_open(m, c))
			print_row(m, name, c, ND_TABLE_OPENING, f);
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

/* What keeps a sentence out before it is weighed; "" for nothing. */
static const char *
obstacle_of(const struct nd_candidates *m, const struct nd_candidate *c)
{
	const struct nd_spread *spread = m->review
	                                         ? &nd_weights_fitted.of_reviews
	                                         : &nd_weights_fitted.of_talk;

	if (!nd_presentable(m, c))
		return "unpresentable";
	if (m->review && nd_telling_covers(c->events, c->print_words))
		return "told";
	if (m->source[c->message].robot && !(c->doing & ND_DOING_DECIDE))
		return "robot";
	return c->score < spread->enough ? "worthless" : "";
}

/* The name of the zone that has this text of this mail, or "-". */
static const char *
zone_that_has(const struct nd_summary *summary, int32_t mail, const char *text)
{
	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		const struct nd_item_list *list = &summary->zone[zone];

		for (size_t i = 0; i < list->count; i++)
			if (list->item[i].source[0] == mail &&
			    strcmp(list->item[i].text, text) == 0)
				return nd_summary_zone_name((enum nd_zone)zone);
	}
	return "-";
}

static void
print_facts(const char *name, const struct nd_thread *thread)
{
	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		const struct nd_item_list *list = &thread->summary->zone[zone];

		for (size_t i = 0; i < list->count; i++)
			if (list->item[i].fact)
				printf("%s\t%s\tfact\t0\t%s\t%s\n", name,
				       thread->message[list->item[i].source[0]]
				               ->id,
				       nd_summary_zone_name((enum nd_zone)zone),
				       list->item[i].text);
	}
}

static void
print_choice(struct tool *tool, const char *name, struct nd_thread *thread)
{
	struct nd_summarise_options options = {.max_words = tool->max_words,
	                                       .large = LARGE,
	                                       .told = tool->i18n};
	struct nd_candidates *m = nd_candidates_new(NULL, thread);

	if (tool->i18n)
		options.max_words -= nd_telling_words(tool->i18n, thread);
	nd_summarise_thread(thread, &options);
	if (tool->i18n)
		nd_telling_tell(tool->i18n, thread);
	nd_score(m, &nd_weights_fitted);
	for (size_t i = 0; i < m->candidate_count; i++) {
		const struct nd_candidate *c = &m->candidate[i];
		const char *text =
			nd_itemtext_clean(m, c->sentence.text, c->sentence.len);

		printf("%s\t%s\t%s\t%.2f\t%s\t%s\n", name,
		       thread->message[c->message]->id, obstacle_of(m, c),
		       (double)c->score,
		       zone_that_has(thread->summary, c->message, text), text);
	}
	print_facts(name, thread);
	talloc_free(m);
}

static void
keep_trial(struct tool *tool, const char *name, struct nd_thread *thread)
{
	struct trial *trial = x_append(NULL, tool->trial, tool->trial_count);
	struct nd_scorer *scorer;

	(void)name;
	trial->m = nd_candidates_new(NULL, thread);
	trial->thread = talloc_steal(trial->m, thread);
	scorer = nd_scorer_new(trial->m, trial->m);
	trial->feature =
		talloc_zero_size(trial->m, (trial->m->candidate_count + 1) *
	                                           sizeof *trial->feature);
	for (size_t i = 0; i < trial->m->candidate_count; i++)
		nd_scorer_features(scorer, &trial->m->candidate[i],
		                   trial->feature[i]);
}

static void
try_weights(const struct tool *tool, const struct trial *trial,
            const struct nd_weights *weights)
{
	struct nd_candidates *m = trial->m;
	struct nd_summarise_options options = {.max_words = tool->max_words,
	                                       .large = LARGE,
	                                       .told = tool->i18n};
	struct nd_summary *summary;
	const char *tab = "";

	for (size_t i = 0; i < m->candidate_count; i++)
		nd_score_candidate(m, &m->candidate[i], trial->feature[i],
		                   weights);
	if (tool->i18n)
		options.max_words -=
			nd_telling_words(tool->i18n, trial->thread);
	summary = nd_summarise_candidates(m, weights, &options);
	trial->thread->summary = summary;
	if (tool->i18n)
		nd_telling_tell(tool->i18n, trial->thread);
	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		const struct nd_item_list *list = &summary->zone[zone];

		for (size_t i = 0; i < list->count; i++) {
			printf("%s%s", tab,
			       nd_summary_item_text(summary, &list->item[i]));
			tab = "\t";
		}
	}
	putchar('\n');
	trial->thread->summary = NULL;
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
			try_weights(tool, &tool->trial[i], &weights);
		putchar('\n');
		fflush(stdout);
		got = 0;
	}
}

int
main(int argc, char **argv)
{
	struct tool tool = {0};
	int64_t since_s = 0, until_s = INT64_MAX;
	struct mails *mails = argc > 3 ? mails_open(NULL, argv[2]) : NULL;
	const char *name;

	if (!mails)
		return 64;
	tool.take = !strcmp(argv[1], "features") ? print_features
	            : !strcmp(argv[1], "choice") ? print_choice
	            : !strcmp(argv[1], "tune")   ? keep_trial
	                                         : print_summary;
	tool.max_words = (unsigned)strtoul(argv[3], NULL, 10);
	if (argc > 5) {
		since_s = strtoll(argv[4], NULL, 10);
		until_s = strtoll(argv[5], NULL, 10);
		if (nd_i18n_open(NULL, "en", &tool.i18n, NULL) != ND_OK)
			return 78;
		tool.window = (struct nd_window){.since_s = since_s,
		                                 .until_s = until_s,
		                                 .now_s = until_s};
	}
	nd_read_init();
	while ((name = mails_next(mails))) {
		void *tmp = talloc_new(NULL);
		struct nd_thread *thread =
			mails_read(tmp, mails, since_s, until_s);

		if (thread)
			nd_state_settle(thread, &tool.window);
		if (thread)
			tool.take(&tool, name, thread);
		talloc_free(tmp);
	}
	talloc_free(mails);
	if (tool.trial)
		tune(&tool);
	if (tool.mails)
		fprintf(stderr, "%zu mails, %.4f ms each\n", tool.mails,
		        1000 * tool.spent_s / (double)tool.mails);
	for (size_t i = 0; i < tool.trial_count; i++)
		talloc_free(tool.trial[i].m);
	talloc_free((void *)tool.i18n);
	talloc_free(tool.trial);
	return 0;
}
