/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/interrupt.h"

#include <stddef.h>

/* A handler has nowhere else to say it. */
static volatile sig_atomic_t caught;

static void catch (int number)
{
	caught = number;
}

const volatile sig_atomic_t *
nd_interrupt_watch(void)
{
	static const int numbers[] = {SIGINT, SIGTERM};
	struct sigaction old;
	struct sigaction action = {
		.sa_handler = catch,
		.sa_flags = (int)SA_RESETHAND,
	};

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (sigaction(numbers[i], NULL, &old) == 0 &&
		    old.sa_handler != SIG_IGN)
			sigaction(numbers[i], &action, NULL);
	return &caught;
}

void
nd_interrupt_repeat(void)
{
	if (caught)
		raise(caught);
}
