/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trespass.c - what a program may do at its end
 *
 * Preloaded into the program under test, it tries, when that ends, what
 * $TRESPASS names, and adds a line for each to the file that was opened at
 * $TRESPASS_OUT before: "NAME yes" or "NAME no". Names are of places and deeds:
 *
 *	write=FILE  make=DIRECTORY  link=FILE,DIRECTORY  read=FILE
 *	run  inet  unix  dump
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int out = -1;
static pid_t first;

__attribute__((constructor)) static void
begin(void)
{
	const char *path = getenv("TRESPASS_OUT");

	if (!path)
		return;
	out = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	first = getpid();
	/* Programs that it starts are not the ones under test. */
	unsetenv("LD_PRELOAD");
}

static int
can_open(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static int
can_make(const char *directory)
{
	char path[4096];
	int can;

	snprintf(path, sizeof path, "%s/trespassed", directory);
	can = can_open(path, O_WRONLY | O_CREAT | O_EXCL);
	return can && unlink(path) == 0;
}

/* A hard link to a file, in a directory. */
static int
can_link(const char *what)
{
	const char *comma = strrchr(what, ',');
	char *file = strndup(what, (size_t)(comma - what));
	char path[4096];
	int can;

	snprintf(path, sizeof path, "%s/trespassed", comma + 1);
	can = link(file, path) == 0;
	free(file);
	return can && unlink(path) == 0;
}

static int
can_run(void)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		execl("/bin/true", "true", (char *)NULL);
		_exit(1);
	}
	return waitpid(pid, &status, 0) == pid && status == 0;
}

static int
can_have(int family)
{
	int fd = socket(family, SOCK_STREAM, 0);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static int
can_dump(void)
{
	struct rlimit core;

	return getrlimit(RLIMIT_CORE, &core) != 0 || core.rlim_max > 0 ||
	       prctl(PR_GET_DUMPABLE, 0L, 0L, 0L, 0L) != 0;
}

static int
can(const char *deed)
{
	const char *what = strchr(deed, '=');

	what = what ? what + 1 : "";
	if (strncmp(deed, "write", 5) == 0)
		return can_open(what, O_WRONLY);
	if (strncmp(deed, "make", 4) == 0)
		return can_make(what);
	if (strncmp(deed, "link", 4) == 0)
		return can_link(what);
	if (strncmp(deed, "read", 4) == 0)
		return can_open(what, O_RDONLY);
	if (strcmp(deed, "run") == 0)
		return can_run();
	if (strcmp(deed, "dump") == 0)
		return can_dump();
	return can_have(strcmp(deed, "inet") == 0 ? AF_INET : AF_UNIX);
}

__attribute__((destructor)) static void
try_all(void)
{
	const char *deeds = getenv("TRESPASS");

	if (out < 0 || !deeds || getpid() != first)
		return;
	for (; *deeds; deeds += strspn(deeds, " ")) {
		size_t len = strcspn(deeds, " ");
		char *deed = strndup(deeds, len);

		dprintf(out, "%s %s\n", deed, can(deed) ? "yes" : "no");
		free(deed);
		deeds += len;
	}
}
