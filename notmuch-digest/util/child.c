/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/child.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "util/alloc.h"
#include "util/str.h"
#include "util/time.h"

extern char **environ;

/*
 * Our environment, without the LANGUAGE that i18n.h sets for ourselves; owned
 * by ctx.
 */
static char **
environment(const void *ctx)
{
	size_t count = 0, kept = 0;
	char **list;

	while (environ[count])
		count++;
	list = x_array(ctx, char *, count + 1);
	for (size_t i = 0; i < count; i++)
		if (!nd_str_starts(environ[i], "LANGUAGE="))
			list[kept++] = environ[i];
	list[kept] = NULL;
	return list;
}

/* Start it in a process group of its own, so that its children die with it. */
static int
start(const char *const *argv, int stdout_fd, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	char **env = environment(NULL);
	sigset_t set;
	int failed;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null",
	                                 O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, stdout_fd, STDOUT_FILENO);
	posix_spawnattr_init(&attributes);
	/* What we ignore, others may want. */
	sigemptyset(&set);
	sigaddset(&set, SIGXFSZ);
	posix_spawnattr_setsigdefault(&attributes, &set);
	posix_spawnattr_setflags(&attributes,
	                         POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
	/* posix_spawnp does not write to argv; its type is older than const. */
	failed = posix_spawnp(pid, argv[0], &actions, &attributes,
	                      (char *const *)(void *)argv, env);
	talloc_free(env);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return failed;
}

/* All that fd has until its end; false when the time is up first. */
static bool
read_until(int fd, long deadline_ms, struct nd_buf *out)
{
	for (;;) {
		struct pollfd wait = {.fd = fd, .events = POLLIN};
		long left_ms = deadline_ms - nd_time_monotonic_ms();
		char chunk[4096];
		ssize_t got;
		int ready;

		if (left_ms <= 0)
			return false;
		ready = poll(&wait, 1, (int)left_ms);
		if (ready == 0 || (ready < 0 && errno == EINTR))
			continue;
		got = ready < 0 ? -1 : read(fd, chunk, sizeof chunk);
		if (got <= 0)
			return true;
		nd_buf_add(out, chunk, (size_t)got);
		memset(chunk, 0, sizeof chunk);
	}
}

/* Its exit status, or -1 when it did not end by itself in time. */
static int
reap(pid_t pid, long deadline_ms)
{
	const struct timespec nap = {.tv_nsec = 5 * 1000 * 1000};
	int status;
	pid_t done;

	while ((done = waitpid(pid, &status, WNOHANG)) == 0 ||
	       (done < 0 && errno == EINTR)) {
		if (nd_time_monotonic_ms() >= deadline_ms) {
			kill(-pid, SIGKILL);
			waitpid(pid, &status, 0);
			return -1;
		}
		nanosleep(&nap, NULL);
	}
	return done == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

enum nd_status
nd_child_read(const char *const *argv, unsigned timeout_ms, struct nd_buf *out,
              struct nd_error *err)
{
	long deadline_ms = nd_time_monotonic_ms() + (long)timeout_ms;
	int fd[2], failed, status;
	bool in_time;
	pid_t pid;

	if (pipe(fd) != 0)
		return nd_fail(err, ND_ERR_SERVICE, "cannot run '%.200s': %s",
		               argv[0], strerror(errno));
	fcntl(fd[0], F_SETFD, FD_CLOEXEC);
	fcntl(fd[1], F_SETFD, FD_CLOEXEC);
	failed = start(argv, fd[1], &pid);
	close(fd[1]);
	if (failed) {
		close(fd[0]);
		return nd_fail(err, ND_ERR_SERVICE, "cannot run '%.200s': %s",
		               argv[0], strerror(failed));
	}
	in_time = read_until(fd[0], deadline_ms, out);
	close(fd[0]);
	status = reap(pid, deadline_ms);
	if (!in_time || status < 0)
		return nd_fail(err, ND_ERR_SERVICE,
		               "'%.200s' was stopped before its end", argv[0]);
	if (status != 0)
		return nd_fail(err, ND_ERR_SERVICE,
		               "'%.200s' failed with exit code %d", argv[0],
		               status);
	return ND_OK;
}

bool
nd_child_is_gone(long pid)
{
	char path[64], stat[128] = "";
	const char *state;
	FILE *file;

	if (pid <= 0 || pid > INT_MAX || kill((pid_t)pid, 0) != 0)
		return pid <= 0 || pid > INT_MAX || errno == ESRCH;
	/* One that nobody has waited for is gone, too: "PID (name) Z …" */
	snprintf(path, sizeof path, "/proc/%ld/stat", pid);
	file = fopen(path, "re");
	if (!file)
		return false;
	stat[fread(stat, 1, sizeof stat - 1, file)] = '\0';
	fclose(file);
	state = strrchr(stat, ')');
	return state && strncmp(state, ") Z", 3) == 0;
}
