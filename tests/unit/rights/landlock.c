/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cage/filter.h"
#include "rights/landlock.h"
#include "rights/seccomp.h"
#include "util/alloc.h"
#include "util/child.h"

#include <cmocka.h>

static char dir[64]; /* open/, shut/, each with a file "there" */

static void
touch(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, "x\n", 2), 2);
	close(fd);
}

static int
make_dir(void **state)
{
	(void)state;
	snprintf(dir, sizeof dir, "/tmp/nd-landlock.XXXXXX");
	assert_non_null(mkdtemp(dir));
	assert_int_equal(chdir(dir), 0);
	assert_int_equal(mkdir("open", 0700), 0);
	assert_int_equal(mkdir("shut", 0700), 0);
	touch("open/there");
	touch("shut/there");
	assert_int_equal(symlink("../shut", "open/link"), 0);
	return 0;
}

static int
remove_dir(void **state)
{
	char command[96];

	(void)state;
	snprintf(command, sizeof command, "rm -rf %s", dir);
	return chdir("/") != 0 || system(command) != 0;
}

/* What a process with limits tries: 0, or the errno of its failure. */
typedef int nd_test_deed(const char *path);

static int
outcome(bool failed)
{
	return failed ? errno : 0;
}

static int
read_file(const char *path)
{
	int fd = open(path, O_RDONLY);
	char byte;

	return outcome(fd < 0 || read(fd, &byte, 1) < 0);
}

static int
write_file(const char *path)
{
	return outcome(open(path, O_WRONLY) < 0);
}

static int
cut_file(const char *path)
{
	return outcome(truncate(path, 0) != 0);
}

static int
make_file(const char *path)
{
	return outcome(open(path, O_WRONLY | O_CREAT | O_EXCL, 0600) < 0);
}

static int
make_directory(const char *path)
{
	return outcome(mkdir(path, 0700) != 0);
}

static int
unlink_file(const char *path)
{
	return outcome(unlink(path) != 0);
}

static int
move_out(const char *path)
{
	return outcome(rename(path, "shut/moved") != 0);
}

static int
move_in(const char *path)
{
	return outcome(rename(path, "open/moved") != 0);
}

static int
move_inside(const char *path)
{
	(void)path;
	return outcome(mkdir("open/below", 0700) != 0 ||
	               rename("open/there", "open/below/there") != 0);
}

static int
link_in(const char *path)
{
	return outcome(link(path, "open/linked") != 0);
}

static int
run(const char *path)
{
	execl(path, path, (char *)NULL);
	return errno;
}

static int
look_at(const char *path)
{
	struct stat st;

	return outcome(stat(path, &st) != 0);
}

static int
connect_tcp(const char *path)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(1),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	(void)path;
	return outcome(fd < 0 || connect(fd, (struct sockaddr *)&address,
	                                 sizeof address) != 0);
}

static int
serve_tcp(const char *path)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	(void)path;
	return outcome(fd < 0 ||
	               bind(fd, (struct sockaddr *)&address, sizeof address) !=
	                       0 ||
	               listen(fd, 1) != 0);
}

static int
have_udp(const char *path)
{
	(void)path;
	return outcome(socket(AF_INET, SOCK_DGRAM, 0) < 0);
}

static int
have_local(const char *path)
{
	(void)path;
	return outcome(socket(AF_UNIX, SOCK_STREAM, 0) < 0);
}

static int
have_routes(const char *path)
{
	(void)path;
	return outcome(socket(AF_NETLINK, SOCK_RAW, 0) < 0);
}

static int
have_kernel_ciphers(const char *path)
{
	(void)path;
	return outcome(socket(AF_ALG, SOCK_SEQPACKET, 0) < 0);
}

static int
have_pair(const char *path)
{
	int fd[2];

	(void)path;
	return outcome(socketpair(AF_UNIX, SOCK_STREAM, 0, fd) != 0);
}

/* Run it in a process that gives something up first. */
static int
try(void (*give_up)(void), nd_test_deed *deed, const char *path)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		give_up();
		_exit(deed(path));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* ---- Landlock ------------------------------------------------------------- */

enum { CANNOT = 255 }; /* no errno */

static void
enforce(struct nd_landlock *limits)
{
	if (!limits || !nd_landlock_enforce(limits))
		_exit(CANNOT);
}

static void
change_open(void)
{
	struct nd_landlock *limits = nd_landlock_new(NULL, ND_LANDLOCK_WRITING);

	nd_landlock_allow(limits, "missing", ND_LANDLOCK_CHANGE);
	nd_landlock_allow(limits, "open", ND_LANDLOCK_CHANGE);
	enforce(limits);
}

static void
change_link(void)
{
	struct nd_landlock *limits = nd_landlock_new(NULL, ND_LANDLOCK_WRITING);

	nd_landlock_allow_unlinked(limits, "open/link", ND_LANDLOCK_CHANGE);
	enforce(limits);
}

static void
link_open(void)
{
	struct nd_landlock *limits = nd_landlock_new(NULL, ND_LANDLOCK_WRITING);

	nd_landlock_allow(limits, "open", ND_LANDLOCK_READ | ND_LANDLOCK_MAKE);
	nd_landlock_allow(limits, "/", ND_LANDLOCK_MOVE);
	enforce(limits);
}

static void
write_one(void)
{
	struct nd_landlock *limits = nd_landlock_new(NULL, ND_LANDLOCK_WRITING);

	nd_landlock_allow(limits, "open/there", ND_LANDLOCK_CHANGE);
	enforce(limits);
}

static void
read_open(void)
{
	struct nd_landlock *limits = nd_landlock_new(NULL, ND_LANDLOCK_READING);

	nd_landlock_allow(limits, "open", ND_LANDLOCK_READ);
	enforce(limits);
}

static void
no_network(void)
{
	enforce(nd_landlock_new(NULL, ND_LANDLOCK_NETWORK));
}

static void
some_network(void)
{
	enforce(nd_landlock_new(NULL, 0));
}

static void
need_landlock(int version)
{
	if (nd_landlock_version() < version) {
		print_message("the kernel has version %d of Landlock\n",
		              nd_landlock_version());
		skip();
	}
}

static void
test_writing(void **state)
{
	(void)state;
	need_landlock(2);
	assert_int_equal(try(change_open, write_file, "shut/there"), EACCES);
	assert_int_equal(try(change_open, write_file, "open/link/there"),
	                 EACCES);
	assert_int_equal(try(change_open, make_file, "shut/new"), EACCES);
	assert_int_equal(try(change_open, make_directory, "shut/new"), EACCES);
	assert_int_equal(try(change_open, make_file, "missing"), EACCES);
	assert_int_equal(try(change_open, unlink_file, "shut/there"), EACCES);
	assert_int_not_equal(try(change_open, move_out, "open/there"), 0);
	assert_int_not_equal(try(change_open, move_in, "shut/there"), 0);
	assert_int_not_equal(try(change_open, link_in, "shut/there"), 0);
	assert_int_equal(try(change_open, run, "/bin/true"), EACCES);
	if (nd_landlock_version() >= 3)
		assert_int_equal(try(change_open, cut_file, "shut/there"),
		                 EACCES);

	/* Reading is not what it was about, and names can be looked at. */
	assert_int_equal(try(change_open, read_file, "shut/there"), 0);
	assert_int_equal(try(change_open, look_at, "shut/there"), 0);
	assert_int_equal(try(change_open, write_file, "open/there"), 0);
	assert_int_equal(try(change_open, cut_file, "open/there"), 0);
	assert_int_equal(try(change_open, make_file, "open/new"), 0);
	assert_int_equal(try(change_open, unlink_file, "open/new"), 0);
	assert_int_equal(try(change_open, move_inside, NULL), 0);
	assert_int_equal(try(change_open, write_file, "open/below/there"), 0);
}

static void
test_links(void **state)
{
	(void)state;
	need_landlock(2);
	/* A rule for a link is none for what it leads to. */
	assert_int_equal(try(change_link, write_file, "open/link/there"),
	                 EACCES);
	assert_int_equal(try(change_link, make_file, "open/link/new"), EACCES);
	/* Who may make links only writes neither to them nor by them. */
	assert_int_equal(try(link_open, link_in, "shut/there"), 0);
	assert_int_equal(try(link_open, write_file, "open/linked"), EACCES);
	/* One file of a directory. */
	assert_int_equal(try(write_one, write_file, "open/there"), 0);
	assert_int_equal(try(write_one, make_file, "open/new"), EACCES);
}

static void
test_reading(void **state)
{
	(void)state;
	need_landlock(2);
	assert_int_equal(try(read_open, read_file, "open/there"), 0);
	assert_int_equal(try(read_open, read_file, "shut/there"), EACCES);
	assert_int_equal(try(read_open, read_file, "open/link/there"), EACCES);
	assert_int_equal(try(read_open, write_file, "shut/there"), 0);
}

static void
test_network(void **state)
{
	(void)state;
	need_landlock(4);
	assert_int_equal(try(no_network, connect_tcp, NULL), EACCES);
	assert_int_equal(try(no_network, serve_tcp, NULL), EACCES);
	/* Nobody listens there, and it is the network that says so. */
	assert_int_equal(try(some_network, connect_tcp, NULL), ECONNREFUSED);
	assert_int_equal(try(some_network, serve_tcp, NULL), EACCES);
}

/* ---- seccomp -------------------------------------------------------------- */

static void
no_sockets(void)
{
	if (!nd_seccomp_enforce(0))
		_exit(CANNOT);
}

static void
ip_sockets(void)
{
	if (!nd_seccomp_enforce(ND_SECCOMP_IP))
		_exit(CANNOT);
}

static void
all_sockets(void)
{
	if (!nd_seccomp_enforce(ND_SECCOMP_IP | ND_SECCOMP_LOCAL))
		_exit(CANNOT);
}

static void
test_calls(void **state)
{
	(void)state;
	if (!nd_filter_is_available())
		skip();
	assert_int_equal(try(no_sockets, run, "/bin/true"), EPERM);
	assert_int_equal(try(no_sockets, connect_tcp, NULL), EPERM);
	assert_int_equal(try(no_sockets, have_udp, NULL), EPERM);
	assert_int_equal(try(no_sockets, have_local, NULL), EPERM);
	assert_int_equal(try(no_sockets, have_routes, NULL), EPERM);
	assert_int_equal(try(no_sockets, have_pair, NULL), 0);
	assert_int_equal(try(no_sockets, write_file, "open/there"), 0);

	assert_int_equal(try(ip_sockets, run, "/bin/true"), EPERM);
	assert_int_equal(try(ip_sockets, connect_tcp, NULL), ECONNREFUSED);
	assert_int_equal(try(ip_sockets, serve_tcp, NULL), EPERM);
	assert_int_equal(try(ip_sockets, have_udp, NULL), 0);
	assert_int_equal(try(ip_sockets, have_routes, NULL), 0);
	assert_int_equal(try(ip_sockets, have_local, NULL), EPERM);
	assert_int_equal(try(ip_sockets, have_kernel_ciphers, NULL), EPERM);

	assert_int_equal(try(all_sockets, have_local, NULL), 0);
	assert_int_equal(try(all_sockets, have_kernel_ciphers, NULL), EPERM);
}

/* ---- programs that were made ready before --------------------------------- */

static const char *const say[] = {"echo", "said", NULL};
static const char *const keep[] = {"sh", "-c", "cat >open/fed; exit 3", NULL};

static void
prepare_and_give_up(void)
{
	nd_child_prepare_read(say, 5000);
	nd_child_prepare_feed(keep);
	change_open();
	no_sockets();
}

static int
read_program(const char *path)
{
	struct nd_buf *out = nd_buf_new(NULL, 100);
	int failed = nd_child_read(say, 5000, out, NULL) != ND_OK;

	(void)path;
	failed = failed || strcmp(out->data, "said\n") != 0;
	talloc_free(out);
	return failed;
}

/* Each is there once. */
static int
read_twice(const char *path)
{
	return read_program(path) != 0 || read_program(path) == 0;
}

static int
feed_program(const char *path)
{
	int code = -1;

	(void)path;
	return nd_child_feed(keep, "fed\n", 4, &code, NULL) != ND_OK ||
	       code != 3;
}

static void
test_prepared(void **state)
{
	char text[8] = "";
	FILE *file;

	(void)state;
	need_landlock(2);
	assert_int_equal(try(change_open, read_program, NULL), 1);
	assert_int_equal(try(prepare_and_give_up, read_program, NULL), 0);
	assert_int_equal(try(prepare_and_give_up, read_twice, NULL), 0);
	assert_int_equal(try(prepare_and_give_up, feed_program, NULL), 0);
	file = fopen("open/fed", "r");
	assert_non_null(file);
	assert_non_null(fgets(text, sizeof text, file));
	assert_string_equal(text, "fed\n");
	fclose(file);
	/* What is not ready is started when it is wanted. */
	assert_int_equal(read_program(NULL), 0);
	assert_int_equal(feed_program(NULL), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_writing, make_dir,
	                                        remove_dir),
		cmocka_unit_test_setup_teardown(test_links, make_dir,
	                                        remove_dir),
		cmocka_unit_test_setup_teardown(test_reading, make_dir,
	                                        remove_dir),
		cmocka_unit_test_setup_teardown(test_network, make_dir,
	                                        remove_dir),
		cmocka_unit_test_setup_teardown(test_calls, make_dir,
	                                        remove_dir),
		cmocka_unit_test_setup_teardown(test_prepared, make_dir,
	                                        remove_dir),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
