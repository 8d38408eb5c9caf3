/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/child.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "util/alloc.h"
#include "util/outfile.h"
#include "util/str.h"
#include "util/time.h"

extern char **environ;

enum {
	NO_PROGRAM = 127, /* as shells say it */
	INHERITED_MAX = 256,
	ANSWER_BYTES = 64 << 10, /* of a prepared program */
};

/* A process that waits for the word to run a program. */
struct waiting {
	const char **argv;
	bool is_fed; /* else it is read */
	int fd;
	pid_t pid;
};

/* What nd_child_prepare_*() have started, and nobody has used yet. */
static struct waiting *waiting;
static size_t waiting_count;

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

static enum nd_status
read_now(const char *const *argv, unsigned timeout_ms, struct nd_buf *out,
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

/* ---- programs that are started before they are wanted --------------------- */

static bool
is_same(const char *const *a, const char *const *b)
{
	for (; *a && *b; a++, b++)
		if (strcmp(*a, *b) != 0)
			return false;
	return !*a && !*b;
}

/* Take one out of those that wait. */
static bool
take(const char *const *argv, bool is_fed, struct waiting *found)
{
	for (size_t i = 0; i < waiting_count; i++)
		if (waiting[i].fd >= 0 && waiting[i].is_fed == is_fed &&
		    is_same(waiting[i].argv, argv)) {
			*found = waiting[i];
			waiting[i].fd = -1;
			return true;
		}
	return false;
}

/* In the process that waits: all that it has of ours is fd. */
static void
keep_only(int fd)
{
	for (int other = STDERR_FILENO + 1; other < INHERITED_MAX; other++)
		if (other != fd)
			close(other);
}

/* Its whole life: wait, run the program, say what became of it. */
static void
serve_reader(int fd, const char *const *argv, unsigned timeout_ms)
{
	struct nd_buf *out = nd_buf_new(NULL, ANSWER_BYTES);
	struct nd_error err = {0};
	ssize_t got;
	char word;

	keep_only(fd);
	while ((got = read(fd, &word, 1)) < 0 && errno == EINTR)
		;
	if (got != 1)
		_exit(0);
	err.code = read_now(argv, timeout_ms, out, &err);
	_exit(nd_outfile_write_all(fd, (const char *)&err, sizeof err) != 0 ||
	      nd_outfile_write_all(fd, out->data, out->len) != 0);
}

/* The same for one that is fed: bytes are the word, their end is none. */
static void
serve_fed(int fd, const char *const *argv)
{
	struct pollfd word = {.fd = fd, .events = POLLIN};

	keep_only(fd);
	while (poll(&word, 1, -1) < 0 && errno == EINTR)
		;
	if (!(word.revents & POLLIN) || dup2(fd, STDIN_FILENO) < 0)
		_exit(0);
	if (fd != STDIN_FILENO)
		close(fd);
	environ = environment(NULL);
	/* execvp() does not write to argv; its type is older than const. */
	execvp(argv[0], (char *const *)(void *)(uintptr_t)argv);
	_exit(NO_PROGRAM);
}

/* fd[0] stays here, fd[1] is the other's. */
static bool
start_waiting(int fd[2], struct waiting *child, const char *const *argv,
              bool is_fed, unsigned timeout_ms)
{
	for (size_t i = 0; i < 2; i++)
		fcntl(fd[i], F_SETFD, FD_CLOEXEC);
	child->pid = fork();
	if (child->pid == 0 && is_fed)
		serve_fed(fd[1], argv);
	else if (child->pid == 0)
		serve_reader(fd[1], argv, timeout_ms);
	close(fd[1]);
	if (child->pid < 0)
		close(fd[0]);
	child->fd = fd[0];
	child->is_fed = is_fed;
	return child->pid > 0;
}

static bool
start_fed(struct waiting *child, const char *const *argv)
{
	int fd[2], in;

	if (pipe(fd) != 0)
		return false;
	in = fd[0];
	fd[0] = fd[1];
	fd[1] = in;
	return start_waiting(fd, child, argv, true, 0);
}

static void
keep(struct waiting child, const char *const *argv)
{
	size_t count = 0;

	while (argv[count])
		count++;
	child.argv = x_array(NULL, const char *, count + 1);
	for (size_t i = 0; i < count; i++)
		child.argv[i] = x_strdup(child.argv, argv[i]);
	*x_append(NULL, waiting, waiting_count) = child;
}

void
nd_child_prepare_read(const char *const *argv, unsigned timeout_ms)
{
	struct waiting child;
	int fd[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fd) == 0 &&
	    start_waiting(fd, &child, argv, false, timeout_ms))
		keep(child, argv);
}

void
nd_child_prepare_feed(const char *const *argv)
{
	struct waiting child;

	if (start_fed(&child, argv))
		keep(child, argv);
}

/* What the process that waits has read for us. */
static enum nd_status
read_answer(const struct waiting *child, const char *program,
            struct nd_buf *out, struct nd_error *err)
{
	struct nd_buf *answer =
		nd_buf_new(NULL, sizeof(struct nd_error) + ANSWER_BYTES);
	struct nd_error theirs;
	char chunk[4096];
	ssize_t got;

	(void)!write(child->fd, "", 1);
	while ((got = read(child->fd, chunk, sizeof chunk)) > 0 ||
	       (got < 0 && errno == EINTR))
		if (got > 0)
			nd_buf_add(answer, chunk, (size_t)got);
	memset(chunk, 0, sizeof chunk);
	close(child->fd);
	waitpid(child->pid, NULL, 0);
	if (answer->len < sizeof theirs) {
		talloc_free(answer);
		return nd_fail(err, ND_ERR_SERVICE,
		               "'%.200s' was stopped before its end", program);
	}
	memcpy(&theirs, answer->data, sizeof theirs);
	nd_buf_add(out, answer->data + sizeof theirs,
	           answer->len - sizeof theirs);
	memset(answer->data, 0, answer->size);
	talloc_free(answer);
	if (theirs.code != ND_OK && err)
		*err = theirs;
	return theirs.code;
}

enum nd_status
nd_child_read(const char *const *argv, unsigned timeout_ms, struct nd_buf *out,
              struct nd_error *err)
{
	struct waiting child;

	if (take(argv, false, &child))
		return read_answer(&child, argv[0], out, err);
	return read_now(argv, timeout_ms, out, err);
}

enum nd_status
nd_child_feed(const char *const *argv, const char *bytes, size_t len,
              int *exit_code, struct nd_error *err)
{
	void (*on_sigpipe)(int);
	struct waiting child;
	int status = 0;

	if (!take(argv, true, &child) && !start_fed(&child, argv))
		return nd_fail(err, ND_ERR_SERVICE, "cannot run '%.200s': %s",
		               argv[0], strerror(errno));
	/* The reader may leave before the end: that is not an error. */
	on_sigpipe = signal(SIGPIPE, SIG_IGN);
	(void)nd_outfile_write_all(child.fd, bytes, len);
	close(child.fd);
	while (waitpid(child.pid, &status, 0) < 0 && errno == EINTR)
		;
	signal(SIGPIPE, on_sigpipe);
	*exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
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
