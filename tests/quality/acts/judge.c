/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/judge.h"

#include <math.h>
#include <stdio.h>

#include "acts/stage2.h"
#include "acts/unseen.h"
#include "util/alloc.h"

/* Thresholds that are tried beside ours, in per cent. */
enum { SWEEP_FROM = 30, SWEEP_TO = 65, SWEEP_STEP = 5 };

struct tally {
	unsigned right, said, wanted;
};

struct tallies {
	struct tally act[ND_ACT_COUNT], list[LISTS_MAX];
};

static double
precision(struct tally t)
{
	return t.said ? (double)t.right / t.said : 0;
}

static double
recall(struct tally t)
{
	return t.wanted ? (double)t.right / t.wanted : 0;
}

static double
f1(struct tally t)
{
	return t.said + t.wanted ? 2.0 * t.right / (double)(t.said + t.wanted)
	                         : 0;
}

static void
count(struct tally *tally, bool said, bool wanted)
{
	tally->said += said;
	tally->wanted += wanted;
	tally->right += said && wanted;
}

/* With its tags, and what is told by its form. */
static bool
is_said(const struct mail *mail, double odds, int act, double p)
{
	const struct nd_act_mail *m = &mail->thread[mail->index];

	if (act == ND_ACT_APPROVES && m->facts & ND_ACT_TAGS)
		return true;
	if (act == ND_ACT_APPLIES || mail->ruled & 1u << act)
		return mail->ruled & 1u << act;
	return mail->counts && odds >= log(p / (1 - p));
}

static struct tallies
count_all(const struct data *data, double (*odds)[ND_ACT_COUNT], double p)
{
	struct tallies all = {0};

	for (size_t i = 0; i < data->mail_count; i++)
		for (int act = 0; act < ND_ACT_COUNT; act++) {
			const struct mail *mail = &data->mail[i];
			bool said = is_said(mail, odds[i][act], act, p);
			bool wanted = (mail->acts >> act) & 1u;

			count(&all.list[mail->list], said, wanted);
			count(&all.act[act], said, wanted);
		}
	return all;
}

/* The odds of each mail by a fit that has not seen its list. */
static void
find_odds(const struct data *data, double (*odds)[ND_ACT_COUNT])
{
	struct unseen *unseen = unseen_new(NULL, data, UNSEEN_PAIRS);

	for (int left = 0; left < data->list_count; left++) {
		struct stage2 *stage2 = stage2_fit(unseen, data, unseen, left);

		for (size_t i = 0; i < data->mail_count; i++)
			for (int act = 0;
			     data->mail[i].list == left && act < ND_ACT_COUNT;
			     act++)
				odds[i][act] =
					stage2_odds(stage2, data, i, act);
		talloc_free(stage2);
	}
	talloc_free(unseen);
}

static void
print_heading(const char *what)
{
	printf("\n| %s | P | R | F1 | right | said | wanted |\n"
	       "|---|---|---|---|---|---|---|\n",
	       what);
}

static void
print_tally(const char *name, struct tally t)
{
	printf("| %s | %.3f | %.3f | %.3f | %u | %u | %u |\n", name,
	       precision(t), recall(t), f1(t), t.right, t.said, t.wanted);
}

static void
print_means(const struct data *data, double (*odds)[ND_ACT_COUNT], double p,
            const char *whose)
{
	const struct tallies all = count_all(data, odds, p);
	double sum[3] = {0};

	for (int l = 0; l < data->list_count; l++) {
		sum[0] += precision(all.list[l]);
		sum[1] += recall(all.list[l]);
		sum[2] += f1(all.list[l]);
	}
	printf("| %.2f%s | %.3f | %.3f | %.3f |\n", p, whose,
	       sum[0] / data->list_count, sum[1] / data->list_count,
	       sum[2] / data->list_count);
}

void
judge_print(const struct data *data)
{
	double(*odds)[ND_ACT_COUNT] =
		talloc_zero_size(NULL, data->mail_count * sizeof *odds);
	struct tallies all;

	find_odds(data, odds);
	all = count_all(data, odds, stage2_threshold_p);
	print_heading("list, left out");
	for (int l = 0; l < data->list_count; l++)
		print_tally(data->list[l], all.list[l]);
	print_heading("act");
	for (int act = 0; act < ND_ACT_COUNT; act++)
		print_tally(nd_act_name((enum nd_act)act), all.act[act]);
	puts("\n| threshold | P | R | F1 (means of lists) |\n"
	     "|---|---|---|---|");
	print_means(data, odds, stage2_threshold_p, ", ours");
	for (int p = SWEEP_FROM; p <= SWEEP_TO; p += SWEEP_STEP)
		print_means(data, odds, p / 100.0, "");
	talloc_free(odds);
}
