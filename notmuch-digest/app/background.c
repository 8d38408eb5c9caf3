/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* close_range() */
#include "app/background.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "util/outfile.h"
#include "util/time.h"

enum { WAIT_MS = 800 };

static void
become_child(int out)
{
	int null = open("/dev/null", O_RDWR);

	setsid();
	if (null >= 0)
		dup2(null, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(out, STDERR_FILENO);
	/* Somebody may be waiting for the end of what we have inherited. */
	close_range(STDERR_FILENO + 1, ~0u, 0);
	/* Nobody reads any more when it takes long; that is no reason to
	 * die. */
	signal(SIGPIPE, SIG_IGN);
}

/* Pass on what the child prints until it ends, or time is over. */
static void
wait_for_child(int in)
{
	long end_ms = nd_time_monotonic_ms() + WAIT_MS, left;
	struct pollfd fd = {.fd = in, .events = POLLIN};
	char chunk[4096];
	ssize_t got;

	while ((left = end_ms - nd_time_monotonic_ms()) > 0) {
		int ready = poll(&fd, 1, (int)left);

		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0)
			return;
		got = read(in, chunk, sizeof chunk);
		if (got <= 0)
			return;
		if (nd_outfile_write_all(STDERR_FILENO, chunk, (size_t)got) !=
		    0)
			return;
	}
}

enum nd_status
nd_background_detach(bool *parent, struct nd_error *err)
{
	int ends[2];
	pid_t child;

	if (pipe(ends) != 0)
		return nd_fail(err, ND_ERR_IO, "cannot make a pipe: %s",
		               strerror(errno));
	fflush(stdout);
	child = fork();
	if (child < 0) {
		close(ends[0]);
		close(ends[1]);
		return nd_fail(err, ND_ERR_IO, "cannot start a process: %s",
		               strerror(errno));
	}
	*parent = child > 0;
	if (child == 0) {
		close(ends[0]);
		become_child(ends[1]);
		return ND_OK;
	}
	close(ends[1]);
	wait_for_child(ends[0]);
	close(ends[0]);
	return ND_OK;
}
