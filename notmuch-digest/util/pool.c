/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { JOBS_MAX = 64 };

struct pool {
	atomic_size_t next;
	size_t count;
	void (*work)(void *arg, size_t i);
	void *arg;
};

static void *
worker(void *data)
{
	struct pool *pool = data;
	size_t i;

	while ((i = atomic_fetch_add(&pool->next, 1)) < pool->count)
		pool->work(pool->arg, i);
	return NULL;
}

void
nd_pool_run(size_t count, unsigned jobs, void (*work)(void *arg, size_t i),
            void *arg)
{
	struct pool pool = {.count = count, .work = work, .arg = arg};
	pthread_t thread[JOBS_MAX];
	size_t started = 0;

	atomic_init(&pool.next, 0);
	/* The calling thread is one of the workers. */
	while (started + 1 < jobs && started + 1 < count &&
	       started < JOBS_MAX) {
		if (pthread_create(&thread[started], NULL, worker, &pool) != 0)
			break;
		started++;
	}
	worker(&pool);
	for (size_t i = 0; i < started; i++)
		pthread_join(thread[i], NULL);
}

unsigned
nd_pool_cores(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	return cores > 0 ? (unsigned)cores : 1;
}
