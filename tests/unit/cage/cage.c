/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, syscall() */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "cage/cage.h"
#include "cage/fdpass.h"
#include "cage/filter.h"
#include "cage/worker.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"

/* ---- what a worker does, or tries to ------------------------------------- */

static char learnt[32][ND_LIMIT_CAGE_WORD_BYTES];
static size_t learnt_count;
static const char *secret; /* the value of a variable, where it lies */

static void
learn(const char *word)
{
	if (learnt_count < 32 && strlen(word) < ND_LIMIT_CAGE_WORD_BYTES)
		memcpy(learnt[learnt_count++], word, strlen(word) + 1);
}

static bool
knows(const char *word)
{
	for (size_t i = 0; i < learnt_count; i++)
		if (strcmp(learnt[i], word) == 0)
			return true;
	return false;
}

static void
eat(void)
{
	for (;;) {
		char *block = malloc(1 << 20);

		if (!block)
			abort();
		memset(block, 1, 1 << 20);
	}
}

static void
spin(void)
{
	volatile unsigned long turns = 0;

	for (;;)
		turns++;
}

/* Whatever is open is told this; one of them is the socket. */
static void
tell_all(uint32_t word, uint32_t bytes)
{
	const struct nd_worker_answer lie = {word, bytes};

	for (int fd = 3; fd < 20; fd++)
		if (write(fd, &lie, sizeof lie) < 0)
			continue;
}

static size_t
overflow_stack(size_t deep)
{
	volatile char here[4096];

	here[deep % sizeof here] = 1;
	/* It never is so deep. */
	return deep == SIZE_MAX ? 0
	                        : overflow_stack(deep + 1) + (size_t)here[0];
}

static void
do_bad(const char *what)
{
	char *const argv[] = {(char *)(uintptr_t) "true", NULL};
	long got = -1;

	if (strcmp(what, "open") == 0)
		got = open("/dev/null", O_RDONLY);
	else if (strcmp(what, "create") == 0)
		got = open("/tmp/nd-cage-was-here", O_CREAT | O_WRONLY, 0600);
	else if (strcmp(what, "stat") == 0)
		got = access("/etc/passwd", F_OK);
	else if (strcmp(what, "socket") == 0)
		got = socket(AF_INET, SOCK_STREAM, 0);
	else if (strcmp(what, "pair") == 0)
		got = socketpair(AF_UNIX, SOCK_STREAM, 0, (int[2]){0, 0});
	else if (strcmp(what, "exec") == 0)
		got = execv("/bin/true", argv);
	else if (strcmp(what, "fork") == 0)
		got = fork();
	else if (strcmp(what, "kill") == 0)
		got = kill(getppid(), 0);
	else if (strcmp(what, "ptrace") == 0)
		got = ptrace(PTRACE_TRACEME, 0, NULL, NULL);
	else if (strcmp(what, "code") == 0)
		got = mmap(NULL, 4096, PROT_READ | PROT_EXEC,
		           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
	else if (strcmp(what, "shared") == 0)
		got = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		           MAP_SHARED | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
	else if (strcmp(what, "limits") == 0)
		got = setrlimit(RLIMIT_CPU,
		                &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY});
	else if (strcmp(what, "eat") == 0)
		eat();
	else if (strcmp(what, "spin") == 0)
		spin();
	else if (strcmp(what, "crash") == 0)
		raise(SIGSEGV);
	else if (strcmp(what, "stack") == 0)
		got = (long)overflow_stack(1);
	else if (strcmp(what, "abort") == 0)
		abort();
	else if (strcmp(what, "leave") == 0)
		_exit(0);
	else if (strcmp(what, "wait") == 0)
		got = recv(5, &got, sizeof got, 0);
	else if (strcmp(what, "lie long") == 0)
		tell_all(ND_WORKER_DONE, UINT32_MAX);
	else if (strcmp(what, "lie word") == 0)
		tell_all(77, 0);
	else if (strcmp(what, "lie half") == 0)
		tell_all(ND_WORKER_DONE, 1000), _exit(0);
	(void)got;
}

static void
work(const struct nd_cage_request *request, struct nd_buf *answer)
{
	char *what = x_strndup(NULL, request->bytes, request->len);
	char text[64] = "";

	if (nd_str_starts(what, "want ")) {
		if (!knows(what + 5))
			nd_worker_want(what + 5);
		nd_buf_addf(answer, "ok %s", knows(what + 5) ? "yes" : "no");
	} else if (nd_str_starts(what, "words ")) {
		size_t wanted = strtoul(what + 6, NULL, 10), known = 0;

		for (size_t i = 0; i < wanted; i++) {
			snprintf(text, sizeof text, "word %zu", i);
			known += knows(text);
			if (!knows(text))
				nd_worker_want(text);
		}
		nd_buf_addf(answer, "ok %zu", known);
	} else if (strcmp(what, "wants") == 0) {
		nd_buf_addf(text[0] ? NULL : answer, "ok");
		for (size_t i = 0; i < 40; i++) {
			snprintf(text, sizeof text, "%zu-%zu", learnt_count, i);
			nd_worker_want(text);
		}
	} else if (strcmp(what, "huge") == 0) {
		for (size_t i = 0; i <= ND_LIMIT_CAGE_ANSWER_BYTES >> 20; i++) {
			char *much = x_array(what, char, 1 << 20);

			nd_buf_add(answer, much, 1 << 20);
			talloc_free(much);
		}
	} else if (strcmp(what, "large") == 0) {
		char *much = x_array(what, char, 1 << 20);

		memset(much, 'x', 1 << 20);
		nd_buf_addf(answer, "ok ");
		nd_buf_add(answer, much, 1 << 20);
	} else if (strcmp(what, "secret") == 0) {
		nd_buf_addf(answer, "ok %s|%s", getenv("ND_SECRET") ?: "",
		            secret);
	} else if (strcmp(what, "pid") == 0) {
		nd_buf_addf(answer, "ok %ld %ld", (long)getpid(),
		            (long)getppid());
	} else if (strcmp(what, "read") == 0) {
		for (size_t i = 0; i < request->fd_count; i++) {
			ssize_t got =
				pread(request->fd[i], text, sizeof text - 1, 0);

			nd_buf_addf(answer, "ok %.*s", (int)got, text);
		}
	} else if (nd_str_starts(what, "ok")) {
		nd_buf_adds(answer, what);
	} else {
		do_bad(what);
		nd_buf_addf(answer, "%s was done", what);
	}
	talloc_free(what);
}

/* ---- who asks ------------------------------------------------------------ */

enum { ITEMS_MAX = 400 };

struct asked {
	char got[ITEMS_MAX][64]; /* the start of an answer, or "lost: WHY" */
	size_t len[ITEMS_MAX];
	size_t next; /* they come in order */
};

static bool
take(void *arg, size_t i, const char *bytes, size_t len)
{
	struct asked *asked = arg;

	assert_int_equal(i, asked->next);
	if (len < 2 || memcmp(bytes, "ok", 2) != 0)
		return false;
	asked->next++;
	asked->len[i] = len;
	snprintf(asked->got[i], sizeof asked->got[i], "%.*s", (int)len, bytes);
	return true;
}

static void
lose(void *arg, size_t i, const char *why)
{
	struct asked *asked = arg;

	assert_int_equal(i, asked->next);
	asked->next++;
	snprintf(asked->got[i], sizeof asked->got[i], "lost: %s", why);
}

static struct nd_cage *
cage_with(const struct nd_cage_room *room)
{
	struct nd_cage *cage;
	struct nd_error err;

	if (nd_cage_new(NULL, room, &cage, &err) != ND_OK)
		fail_msg("%s", err.msg);
	return cage;
}

static const struct nd_cage_room room = {
	.learn = learn,
	.cpu_s = 1,
	.memory_bytes = 64 << 20,
	.wait_s = 60,
	.items = ND_LIMIT_CAGE_ITEMS,
};

static struct asked *
ask(struct nd_cage *cage, const char *const *what, size_t count)
{
	struct asked *asked = x_new(NULL, struct asked);
	struct nd_cage_item *item = x_array(asked, struct nd_cage_item, count);
	struct nd_cage_job job = {work, take, lose, asked};
	struct nd_error err;

	for (size_t i = 0; i < count; i++)
		item[i] = (struct nd_cage_item){what[i], strlen(what[i]), NULL,
		                                0};
	if (nd_cage_run(cage, item, count, &job, &err) != ND_OK)
		fail_msg("%s", err.msg);
	assert_int_equal(asked->next, count);
	return asked;
}

/* One that does what it should not, between two others that are answered. */
static void
assert_lost(const struct nd_cage_room *in, const char *what, const char *why)
{
	struct nd_cage *cage = cage_with(in);
	const char *const list[] = {"ok 1", "ok 2", what, "ok 3", "ok 4"};
	struct asked *asked = ask(cage, list, 5);

	for (size_t i = 0; i < 5; i++)
		if (i != 2)
			assert_string_equal(asked->got[i], list[i]);
	if (!nd_str_starts(asked->got[2], "lost: ") ||
	    !strstr(asked->got[2], why))
		fail_msg("%s: %s", what, asked->got[2]);
	talloc_free(asked);
	talloc_free(cage);
}

/* ---- tests --------------------------------------------------------------- */

static void
test_does_work(void **state)
{
	struct nd_cage *cage = cage_with(&room);
	const char *list[ITEMS_MAX];
	struct asked *asked;

	(void)state;
	for (size_t i = 0; i < ITEMS_MAX; i++)
		list[i] = i % 2 ? "ok odd" : "large";
	asked = ask(cage, list, ITEMS_MAX);
	for (size_t i = 0; i < ITEMS_MAX; i++) {
		assert_int_equal(asked->len[i], i % 2 ? 6 : 3 + (1 << 20));
		assert_true(nd_str_starts(asked->got[i],
		                          i % 2 ? "ok odd" : "ok xxx"));
	}
	talloc_free(asked);
	talloc_free(cage);
}

static void
test_may_not(void **state)
{
	static const char *const what[] = {
		"open", "create", "stat",   "socket", "pair",   "exec",
		"fork", "kill",   "ptrace", "code",   "shared", "limits"};

	(void)state;
	for (size_t i = 0; i < sizeof what / sizeof *what; i++)
		assert_lost(&room, what[i], "did what reading may not do");
	assert_int_equal(access("/tmp/nd-cage-was-here", F_OK), -1);
}

static void
test_dies(void **state)
{
	(void)state;
	if (!nd_filter_keeps_stderr()) {
		/* AddressSanitizer has its own words for these, or no limit. */
		assert_lost(&room, "crash", "Segmentation fault");
		assert_lost(&room, "stack", "Segmentation fault");
		assert_lost(&room, "eat", "more than 64 MiB of memory");
		assert_lost(&room, "spin", "took more than 1 s");
	}
	assert_lost(&room, "abort", "a check failed");
	assert_lost(&room, "leave", "its end came too early");
}

static void
test_lies(void **state)
{
	struct nd_cage_room hasty = room, roomy = room;

	(void)state;
	hasty.wait_s = 1;
	roomy.memory_bytes = ND_LIMIT_CAGE_BYTES;
	assert_lost(&room, "lie long", "makes no sense");
	assert_lost(&room, "lie word", "makes no sense");
	assert_lost(&room, "lie half", "its end came too early");
	assert_lost(&roomy, "huge", "makes no sense");
	assert_lost(&room, "nonsense", "makes no sense");
	assert_lost(&hasty, "wait", "no answer within 1 s");
}

/* All of them bad: as many workers, and an end. */
static void
test_only_bad(void **state)
{
	struct nd_cage *cage = cage_with(&room);
	const char *list[20];
	struct asked *asked;

	(void)state;
	for (size_t i = 0; i < 20; i++)
		list[i] = i % 2 ? "open" : "leave";
	asked = ask(cage, list, 20);
	for (size_t i = 0; i < 20; i++)
		assert_true(nd_str_starts(asked->got[i], "lost: "));
	talloc_free(asked);
	talloc_free(cage);
}

static long
number_of(struct nd_cage *cage, bool of_zygote)
{
	static const char *const list[] = {"pid"};
	struct asked *asked = ask(cage, list, 1);
	char *end;
	long worker = strtol(asked->got[0] + 3, &end, 10);
	long zygote = strtol(end, NULL, 10);

	assert_true(worker > 1 && zygote > 1);
	talloc_free(asked);
	return of_zygote ? zygote : worker;
}

static void
wait_until_gone(long pid)
{
	char path[64], stat[128] = "";

	/* A zombie until its parent asks. */
	for (int i = 0; i < 2000; i++) {
		FILE *file;
		const char *state;

		snprintf(path, sizeof path, "/proc/%ld/stat", pid);
		file = fopen(path, "re");
		if (!file)
			return;
		stat[fread(stat, 1, sizeof stat - 1, file)] = '\0';
		fclose(file);
		state = strrchr(stat, ')');
		if (state && strncmp(state, ") Z", 3) == 0)
			return;
		usleep(5000);
	}
	fail_msg("process %ld lives", pid);
}

/* What dies while it has nothing to do is nobody's fault. */
static void
test_dies_between(void **state)
{
	struct nd_cage *cage = cage_with(&room);
	long first = number_of(cage, false), again;
	static const char *const list[] = {"ok after"};
	struct asked *asked;

	(void)state;
	assert_int_equal(number_of(cage, false), first);
	kill((pid_t)first, SIGKILL);
	wait_until_gone(first);
	asked = ask(cage, list, 1);
	assert_string_equal(asked->got[0], "ok after");
	again = number_of(cage, false);
	assert_true(again != first);
	talloc_free(asked);
	talloc_free(cage);
	/* And all end with the cage. */
	wait_until_gone(again);
}

static void
test_no_worker(void **state)
{
	struct nd_cage *cage = cage_with(&room);
	struct asked *asked = x_new(NULL, struct asked);
	struct nd_cage_item item = {"ok", 2, NULL, 0};
	struct nd_cage_job job = {work, take, lose, asked};
	long worker = number_of(cage, false);
	struct nd_error err;

	(void)state;
	kill((pid_t)number_of(cage, true), SIGKILL);
	/* With their parent they go, too. */
	wait_until_gone(worker);
	assert_int_equal(nd_cage_run(cage, &item, 1, &job, &err), ND_ERR_IO);
	assert_non_null(strstr(err.msg, "--no-sandbox"));
	assert_int_equal(asked->next, 0);
	talloc_free(asked);
	talloc_free(cage);
}

static void
test_is_replaced(void **state)
{
	struct nd_cage_room short_lived = room;
	struct nd_cage *cage;
	long first;

	(void)state;
	short_lived.items = 2;
	cage = cage_with(&short_lived);
	first = number_of(cage, false);
	assert_int_equal(number_of(cage, false), first);
	assert_true(number_of(cage, false) != first);
	talloc_free(cage);
}

/* Those of a mail reader: the last item that a process reads, and one more. */
static void
test_items(void **state)
{
	struct nd_cage *cage = cage_with(&room);
	const long first = number_of(cage, false);

	(void)state;
	for (unsigned i = 1; i < ND_LIMIT_CAGE_ITEMS - 1; i++)
		number_of(cage, false);
	assert_int_equal(number_of(cage, false), first);
	assert_true(number_of(cage, false) != first);
	talloc_free(cage);
}

static void
test_learns(void **state)
{
	struct nd_cage *cage = cage_with(&room);
	static const char *const list[] = {"ok",       "want one", "want one",
	                                   "want two", "wants",    "ok"};
	struct asked *asked = ask(cage, list, 6);

	(void)state;
	assert_string_equal(asked->got[1], "ok yes");
	assert_string_equal(asked->got[2], "ok yes");
	assert_string_equal(asked->got[3], "ok yes");
	/* Who always wants more is answered without. */
	assert_string_equal(asked->got[4], "ok");
	assert_string_equal(asked->got[5], "ok");
	assert_int_equal(learnt_count, 0); /* here */
	talloc_free(asked);
	talloc_free(cage);
}

static void
test_words_wanted(void **state)
{
	static const unsigned words[] = {ND_LIMIT_CAGE_WORDS,
	                                 ND_LIMIT_CAGE_WORDS + 1};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct nd_cage *cage = cage_with(&room);
		char *what = x_asprintf(NULL, "words %u", words[i]);
		struct asked *asked = ask(cage, (const char *const[]){what}, 1);
		char *want = x_asprintf(what, "ok %u", words[i]);

		assert_string_equal(asked->got[0], want);
		talloc_free(asked);
		talloc_free(what);
		talloc_free(cage);
	}
}

static void
test_length_of_words(void **state)
{
	struct nd_cage *cage = cage_with(&room);
	char what[2][sizeof "want " + ND_LIMIT_CAGE_WORD_BYTES];
	struct asked *asked;

	(void)state;
	for (size_t i = 0; i < 2; i++)
		snprintf(what[i], sizeof what[i], "want %0*d",
		         ND_LIMIT_CAGE_WORD_BYTES - 1 + (int)i, 7);
	asked = ask(cage, (const char *const[]){what[0], what[1]}, 2);
	assert_string_equal(asked->got[0], "ok yes");
	assert_string_equal(asked->got[1], "ok no");
	talloc_free(asked);
	talloc_free(cage);
}

/* As much as one message may hold, and one byte more, which takes two. */
static void
test_length_of_requests(void **state)
{
	struct nd_cage *cage = cage_with(&room);
	size_t len = ND_LIMIT_CAGE_REQUEST_BYTES;
	char *what = x_array(NULL, char, len + 1);
	struct asked *asked;

	(void)state;
	memset(what, 'x', len);
	memcpy(what, "ok", 2);
	asked = ask(cage, (const char *const[]){what, what, "ok"}, 3);
	assert_int_equal(asked->len[0], len);
	assert_int_equal(asked->len[1], len);
	assert_string_equal(asked->got[2], "ok");
	talloc_free(asked);
	talloc_free(what);
	talloc_free(cage);
}

/* A run in each answer of another: as many workers, which then wait. */
struct nest {
	struct nd_cage *cage;
	unsigned left;
};

static bool
take_nested(void *arg, size_t i, const char *bytes, size_t len)
{
	struct nest *nest = arg;
	struct nd_cage_item item = {"ok", 2, NULL, 0};
	struct nd_cage_job job = {work, take_nested, lose, nest};
	struct nd_error err;

	(void)i;
	(void)bytes;
	(void)len;
	if (nest->left-- > 1)
		assert_int_equal(nd_cage_run(nest->cage, &item, 1, &job, &err),
		                 ND_OK);
	return true;
}

/* Those that were there before do not know it, however many they are. */
static void
test_learns_past_others(void **state)
{
	struct nd_cage *cage = cage_with(&room);
	struct nest nest = {cage, 6};
	static const char *const list[] = {"want one", "want two"};
	struct asked *asked;

	(void)state;
	take_nested(&nest, 0, "", 0);
	asked = ask(cage, list, 2);
	assert_string_equal(asked->got[0], "ok yes");
	assert_string_equal(asked->got[1], "ok yes");
	talloc_free(asked);
	talloc_free(cage);
}

static void
test_forgets_environment(void **state)
{
	struct nd_cage *cage;
	static const char *const list[] = {"secret"};
	struct asked *asked;

	(void)state;
	setenv("ND_SECRET", "sk-1234", 1);
	secret = getenv("ND_SECRET");
	cage = cage_with(&room);
	asked = ask(cage, list, 1);
	assert_string_equal(asked->got[0], "ok |");
	assert_string_equal(secret, "sk-1234");
	unsetenv("ND_SECRET");
	talloc_free(asked);
	talloc_free(cage);
}

/* More than go with one message, and as many in one item as may. */
static void
test_files(void **state)
{
	struct nd_cage *cage = cage_with(&room);
	struct asked *asked = x_new(NULL, struct asked);
	struct nd_cage_item item[ITEMS_MAX];
	struct nd_cage_job job = {work, take, lose, asked};
	char path[] = "/tmp/nd-cage-XXXXXX";
	int fd = mkstemp(path), many[ND_FDPASS_MAX];
	struct nd_error err;

	(void)state;
	assert_true(fd >= 0);
	unlink(path);
	assert_int_equal(write(fd, "in the file", 11), 11);
	for (size_t i = 0; i < ND_FDPASS_MAX; i++)
		many[i] = fd;
	for (size_t i = 0; i < ITEMS_MAX; i++)
		item[i] = (struct nd_cage_item){"read", 4, &fd, 1};
	item[7] = (struct nd_cage_item){"read", 4, many, ND_FDPASS_MAX};
	assert_int_equal(nd_cage_run(cage, item, ITEMS_MAX, &job, &err), ND_OK);
	for (size_t i = 0; i < ITEMS_MAX; i++) {
		assert_true(nd_str_starts(asked->got[i], "ok in the file"));
		assert_int_equal(asked->len[i],
		                 i == 7 ? 14 * ND_FDPASS_MAX : 14);
	}
	close(fd);
	talloc_free(asked);
	talloc_free(cage);
}

static void *
ask_in_thread(void *arg)
{
	static const char *const list[] = {"ok 1", "ok 2", "open", "want it",
	                                   "ok 5"};

	for (int i = 0; i < 10; i++) {
		struct asked *asked = ask(arg, list, 5);

		assert_string_equal(asked->got[1], "ok 2");
		assert_true(nd_str_starts(asked->got[2], "lost: "));
		assert_string_equal(asked->got[3], "ok yes");
		assert_string_equal(asked->got[4], "ok 5");
		talloc_free(asked);
	}
	return NULL;
}

static void
test_threads(void **state)
{
	struct nd_cage *cage = cage_with(&room);
	pthread_t thread[6];

	(void)state;
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(
			pthread_create(&thread[i], NULL, ask_in_thread, cage),
			0);
	for (size_t i = 0; i < 6; i++)
		pthread_join(thread[i], NULL);
	talloc_free(cage);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_does_work),
		cmocka_unit_test(test_may_not),
		cmocka_unit_test(test_dies),
		cmocka_unit_test(test_lies),
		cmocka_unit_test(test_only_bad),
		cmocka_unit_test(test_dies_between),
		cmocka_unit_test(test_no_worker),
		cmocka_unit_test(test_is_replaced),
		cmocka_unit_test(test_items),
		cmocka_unit_test(test_learns),
		cmocka_unit_test(test_words_wanted),
		cmocka_unit_test(test_length_of_words),
		cmocka_unit_test(test_length_of_requests),
		cmocka_unit_test(test_learns_past_others),
		cmocka_unit_test(test_forgets_environment),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
