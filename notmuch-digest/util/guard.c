/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/guard.h"

#include <signal.h>

static _Thread_local volatile sig_atomic_t handles;

void
nd_guard_enter(void)
{
	handles = handles + 1;
}

void
nd_guard_leave(void)
{
	handles = handles - 1;
}

bool
nd_guard_is_inside(void)
{
	return handles > 0;
}
