/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/progress.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "util/alloc.h"
#include "util/time.h"

enum { BAR = 30, FIRST_MS = 1000, EVERY_MS = 100 };

struct nd_progress {
	pthread_mutex_t lock;
	const char *what;
	size_t done, total;
	long start_ms, shown_ms;
	bool enabled, shown;
};

static int
progress_destructor(struct nd_progress *progress)
{
	pthread_mutex_destroy(&progress->lock);
	return 0;
}

struct nd_progress *
nd_progress_new(const void *ctx, const char *mode, const char *what,
                size_t total)
{
	struct nd_progress *progress = x_new(ctx, struct nd_progress);

	pthread_mutex_init(&progress->lock, NULL);
	talloc_set_destructor(progress, progress_destructor);
	progress->what = what;
	progress->total = total;
	progress->start_ms = nd_time_monotonic_ms();
	progress->enabled = mode && strcmp(mode, "always") == 0;
	if (!mode || strcmp(mode, "auto") == 0)
		progress->enabled = isatty(STDERR_FILENO);
	/* "always" shows the bar from the first step on. */
	progress->shown_ms = progress->start_ms + FIRST_MS - EVERY_MS;
	if (mode && strcmp(mode, "always") == 0)
		progress->shown_ms = progress->start_ms - EVERY_MS;
	return progress;
}

static void
show(struct nd_progress *progress, long at_ms)
{
	char bar[BAR + 1];
	size_t filled = BAR * progress->done / progress->total;
	long left_s = (long)((double)(at_ms - progress->start_ms) *
	                     (double)(progress->total - progress->done) /
	                     (double)progress->done / 1000);

	memset(bar, ' ', BAR);
	memset(bar, '=', filled);
	bar[BAR] = '\0';
	fprintf(stderr, "\r%s [%s] %zu/%zu, %ld s left\033[K", progress->what,
	        bar, progress->done, progress->total, left_s);
	fflush(stderr);
	progress->shown = true;
	progress->shown_ms = at_ms;
}

void
nd_progress_step(struct nd_progress *progress)
{
	long at_ms;

	if (!progress->enabled)
		return;
	pthread_mutex_lock(&progress->lock);
	progress->done++;
	at_ms = nd_time_monotonic_ms();
	if (progress->done <= progress->total &&
	    at_ms - progress->shown_ms >= EVERY_MS)
		show(progress, at_ms);
	pthread_mutex_unlock(&progress->lock);
}

void
nd_progress_end(struct nd_progress *progress)
{
	if (progress->shown)
		fputs("\r\033[K", stderr);
	progress->shown = false;
}
