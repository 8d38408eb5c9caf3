/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/unseen.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "acts/stage1.h"
#include "util/alloc.h"

struct unseen {
	struct nd_act_score *score[LISTS_MAX][LISTS_MAX]; /* [a][b], a <= b */
};

/* A fit that another process is at. */
struct child {
	int a, b;
	int fd; /* from which its scores come; -1: none */
};

/* In the child: writes its scores to the pipe. */
static void
fit_without(const struct data *data, int a, int b, int fd)
{
	struct nd_act_score *score =
		x_array(NULL, struct nd_act_score, data->sentence_count);
	bool in[LISTS_MAX];
	const struct linear *fit;
	size_t size = data->sentence_count * sizeof *score, done = 0;

	for (int l = 0; l < data->list_count; l++)
		in[l] = l != a && l != b;
	fit = stage1_fit(NULL, data, in);
	for (size_t i = 0; i < data->sentence_count; i++) {
		const struct sentence *s = &data->sentence[i];

		for (int act = 0; !in[s->list] && act < ND_ACT_COUNT; act++)
			score[i].act[act] = (float)linear_odds(
				fit, NULL, s->feature, s->feature_count, act);
	}
	while (done < size) {
		ssize_t n = write(fd, (char *)score + done, size - done);

		if (n <= 0)
			_exit(74);
		done += (size_t)n;
	}
	_exit(0);
}

static struct child
start(const struct data *data, int a, int b)
{
	int fds[2];

	if (pipe(fds) != 0)
		exit(71);
	if (fork() == 0) {
		close(fds[0]);
		fit_without(data, a, b, fds[1]);
	}
	close(fds[1]);
	return (struct child){a, b, fds[0]};
}

static void
finish(struct unseen *unseen, const struct data *data, struct child child)
{
	size_t size = data->sentence_count * sizeof(struct nd_act_score);
	struct nd_act_score *score =
		x_array(unseen, struct nd_act_score, data->sentence_count);
	size_t done = 0;
	ssize_t n;

	if (child.fd < 0)
		return;
	while (done < size &&
	       (n = read(child.fd, (char *)score + done, size - done)) > 0)
		done += (size_t)n;
	close(child.fd);
	wait(NULL);
	if (done < size)
		exit(74);
	unseen->score[child.a][child.b] = score;
}

struct unseen *
unseen_new(const void *ctx, const struct data *data, enum unseen_fits fits)
{
	struct unseen *unseen = x_new(ctx, struct unseen);
	struct child waiting = {.fd = -1};

	for (int a = 0; a < data->list_count; a++) {
		int last = fits == UNSEEN_PAIRS ? data->list_count - 1 : a;

		for (int b = a; b <= last; b++) {
			struct child child = start(data, a, b);

			finish(unseen, data, waiting);
			waiting = child;
		}
	}
	finish(unseen, data, waiting);
	return unseen;
}

const struct nd_act_score *
unseen_scores(const struct unseen *unseen, int a, int b)
{
	return a < b ? unseen->score[a][b] : unseen->score[b][a];
}
