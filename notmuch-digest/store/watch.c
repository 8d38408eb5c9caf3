/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/watch.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

void
nd_watch_start(unsigned seconds, void (*handler)(int signal))
{
	struct sigaction action = {.sa_handler = handler};
	sigset_t set;

	alarm(0);
	sigemptyset(&action.sa_mask);
	sigaction(SIGALRM, &action, NULL);
	/* Whoever has started us may have blocked it. */
	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	/* alarm(0) would be never. */
	alarm(seconds > 0 ? seconds : 1);
}

void
nd_watch_stop(void)
{
	struct sigaction action = {.sa_handler = SIG_DFL};

	alarm(0);
	sigemptyset(&action.sa_mask);
	sigaction(SIGALRM, &action, NULL);
}
