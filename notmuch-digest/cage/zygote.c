/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* close_range(), explicit_bzero() */
#include "cage/zygote.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cage/fdpass.h"
#include "cage/filter.h"
#include "cage/worker.h"
#include "util/limits.h"
#include "util/str.h"

extern char **environ;

enum { PATIENCE_S = 2 }; /* for workers, to end */

/* What it is asked; one answer to each. */
struct question {
	enum { FORK, END_WORKER, LEARN } what;
	pid_t pid;
	char word[ND_LIMIT_CAGE_WORD_BYTES];
};

struct answer {
	pid_t pid; /* of a new worker, or -1 */
	int error; /* errno for that */
	int status;
};

/* ---- the process --------------------------------------------------------- */

/* What the libraries read that are at work in a worker. */
static bool
is_wanted(const char *setting)
{
	static const char *const wanted[] = {"TZ=",      "LANG=",       "LC_",
	                                     "LOCPATH=", "GCONV_PATH=", "G_"};

	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		if (nd_str_starts(setting, wanted[i]))
			return true;
	return false;
}

static void
forget_environment(void)
{
	size_t kept = 0;

	for (size_t i = 0; environ && environ[i]; i++) {
		if (is_wanted(environ[i]))
			environ[kept++] = environ[i];
		else
			explicit_bzero(environ[i], strlen(environ[i]));
	}
	if (environ)
		environ[kept] = NULL;
}

/* Of all that is open only sock stays, as the descriptor that it returns. */
static int
leave_files(int sock)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC), kept = 3;

	if (null >= 0) {
		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
		if (!nd_filter_keeps_stderr())
			dup2(null, STDERR_FILENO);
	}
	if (sock != kept)
		dup2(sock, kept);
	close_range((unsigned)kept + 1, ~0u, 0);
	return kept;
}

/* A sanitizer reports from its handlers of these. */
static bool
is_of_sanitizer(int number)
{
	return nd_filter_keeps_stderr() &&
	       (number == SIGSEGV || number == SIGBUS || number == SIGFPE ||
	        number == SIGILL);
}

/* Handlers are the program's; what a terminal sends is not for us. */
static void
leave_signals(void)
{
	sigset_t none;

	for (int number = 1; number < SIGRTMIN; number++)
		if (!is_of_sanitizer(number))
			signal(number, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setsid();
}

/* With its parent a process ends, whatever it does. */
static void
die_with(pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (getppid() != parent)
		_exit(0);
}

static struct answer
fork_worker(int sock, const struct nd_cage_room *room, int *end)
{
	struct answer answer = {.pid = -1};
	pid_t parent = getpid();
	int ends[2];

	if (!nd_fdpass_pair(ends)) {
		answer.error = errno;
		return answer;
	}
	answer.pid = fork();
	if (answer.pid == 0) {
		die_with(parent);
		close(sock);
		close(ends[0]);
		nd_worker_run(ends[1], room);
	}
	answer.error = errno;
	close(ends[1]);
	if (answer.pid < 0)
		close(ends[0]);
	else
		*end = ends[0];
	return answer;
}

static int
end_worker(pid_t pid)
{
	int status = -1;
	pid_t ended = waitpid(pid, &status, WNOHANG);

	/* One that is just dying keeps what it dies of. */
	if (ended == 0) {
		kill(pid, SIGKILL);
		ended = waitpid(pid, &status, 0);
	}
	return ended == pid ? status : -1;
}

static void
prepare(const struct nd_cage_room *room)
{
	nd_filter_prepare();
	if (room->prepare)
		room->prepare();
}

static void
run(int sock, const struct nd_cage_room *room)
{
	struct question question;
	bool prepared = false;

	while (nd_fdpass_receive(sock, &question, sizeof question, NULL, 0,
	                         NULL)) {
		struct answer answer = {.pid = -1};
		int end = -1;
		bool sent;

		switch (question.what) {
		case FORK:
			if (!prepared)
				prepare(room);
			prepared = true;
			answer = fork_worker(sock, room, &end);
			break;
		case END_WORKER:
			answer.status = end_worker(question.pid);
			break;
		case LEARN:
			if (room->learn)
				room->learn(question.word);
			break;
		}
		sent = nd_fdpass_send(sock, &answer, sizeof answer, &end,
		                      end >= 0);
		if (end >= 0)
			close(end);
		if (!sent)
			break;
	}
	/* Whoever waits for an answer need not wait for the workers, too. */
	nd_fdpass_end(sock);
}

/*
 * Nobody is left to init, which in a container may take none: a worker ends when
 * its socket is closed. With one that does not, we end by the alarm, and it
 * with us.
 */
static void
wait_for_workers(void)
{
	alarm(PATIENCE_S);
	while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
		;
}

/* ---- the other side ------------------------------------------------------ */

enum nd_status
nd_zygote_start(const struct nd_cage_room *room, struct nd_zygote *out,
                struct nd_error *err)
{
	pid_t parent = getpid();
	int ends[2];

	if (!nd_fdpass_pair(ends))
		return nd_fail(err, ND_ERR_IO, "cannot make a socket: %s",
		               strerror(errno));
	out->pid = fork();
	if (out->pid == 0) {
		die_with(parent);
		leave_signals();
		forget_environment();
		prctl(PR_SET_NAME, "digest-cage", 0, 0, 0);
		run(leave_files(ends[1]), room);
		wait_for_workers();
		_exit(0);
	}
	close(ends[1]);
	out->sock = ends[0];
	if (out->pid > 0)
		return ND_OK;
	close(ends[0]);
	return nd_fail(err, ND_ERR_IO, "cannot start a process: %s",
	               strerror(errno));
}

static bool
ask(const struct nd_zygote *zygote, const struct question *question,
    struct answer *answer, int *fd, size_t max, size_t *count)
{
	if (nd_fdpass_send(zygote->sock, question, sizeof *question, NULL, 0) &&
	    nd_fdpass_receive(zygote->sock, answer, sizeof *answer, fd, max,
	                      count))
		return true;
	/* What was asked next would be answered by what was meant for this. */
	shutdown(zygote->sock, SHUT_RDWR);
	return false;
}

bool
nd_zygote_fork(const struct nd_zygote *zygote, int *sock, pid_t *pid)
{
	const struct question question = {.what = FORK};
	struct answer answer;
	size_t count = 0;

	if (!ask(zygote, &question, &answer, sock, 1, &count)) {
		errno = ECHILD;
		return false;
	}
	/* Of one that was made, the socket had no place here. */
	errno = answer.pid < 0 ? answer.error : EMFILE;
	*pid = answer.pid;
	return count == 1;
}

int
nd_zygote_end_worker(const struct nd_zygote *zygote, pid_t pid)
{
	const struct question question = {.what = END_WORKER, .pid = pid};
	struct answer answer;

	return ask(zygote, &question, &answer, NULL, 0, NULL) ? answer.status
	                                                      : -1;
}

void
nd_zygote_learn(const struct nd_zygote *zygote, const char *word)
{
	struct question question = {.what = LEARN};
	struct answer answer;
	size_t len = strlen(word);

	if (len >= sizeof question.word)
		return;
	memcpy(question.word, word, len);
	if (!ask(zygote, &question, &answer, NULL, 0, NULL))
		return; /* whoever wants a worker is told */
}

void
nd_zygote_stop(struct nd_zygote *zygote)
{
	nd_fdpass_end(zygote->sock);
	while (waitpid(zygote->pid, NULL, 0) < 0 && errno == EINTR)
		;
}
