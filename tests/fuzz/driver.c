/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * driver.c - run a target without libFuzzer: the same inputs each time
 *
 *	fuzz                           the names of the targets
 *	fuzz TARGET RUNS FILE…         each file, then RUNS changed ones
 *	fuzz --grow TARGET FILE…       each file, and pieces of it, repeated: does
 *	                               four times the input take four times as long?
 *
 * Prints how many inputs there were. The changes are made by a generator that
 * begins with the same number. An input that aborts is in ./fuzz-input.
 */
#include "fuzz.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mail/read.h"

enum { INPUT_BYTES = 65536, GROWN = 4 };

/* Twice as much as it should be is noise, and n log n; so little hurts nobody
 * (rules of CSS times elements, which has a ceiling). */
#define GROWTH 10
#define TELLING_NS 100000000L

struct input {
	char *data;
	size_t len;
};

static struct input current;
static uint64_t state = 0x9e3779b97f4a7c15u;

/* xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift
 * generators, scrambled" */
static size_t
below(size_t count)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return count ? (size_t)((state * 0x2545f4914f6cdd1du) >> 33) % count
	             : 0;
}

static void
keep_input(int number)
{
	FILE *file = fopen("fuzz-input", "wb");

	if (file) {
		fwrite(current.data, 1, current.len, file);
		fclose(file);
	}
	signal(number, SIG_DFL);
	raise(number);
}

static struct input
read_file(const char *path)
{
	struct input input = {malloc(INPUT_BYTES), 0};
	FILE *file = fopen(path, "rb");

	if (!file || !input.data) {
		perror(path);
		exit(2);
	}
	input.len = fread(input.data, 1, INPUT_BYTES, file);
	fclose(file);
	return input;
}

static long
run(const struct fuzz_target *target, const char *data, size_t len)
{
	current = (struct input){(char *)data, len};
	return fuzz_run(target, data, len);
}

/* Put (piece, len) into out at a place, over what is there or before it. */
static void
put(struct input *out, const char *piece, size_t len)
{
	size_t at = below(out->len + 1);
	bool over = below(2) == 0;

	if (len > INPUT_BYTES - out->len)
		len = INPUT_BYTES - out->len;
	if (over) {
		if (len > out->len - at)
			len = out->len - at;
		memmove(out->data + at, piece, len);
		return;
	}
	memmove(out->data + at + len, out->data + at, out->len - at);
	memcpy(out->data + at, piece, len);
	out->len += len;
}

static void
change(struct input *out, const struct input *other)
{
	static const char marks[] = "\n\t []()<>\"'\\{};:@%&=\xff\xc3\x01";
	static const char *const words[] = {
		"\r\n",  "/*",   "*/",      "> ",           "--\n",
		"PATCH", "Re: ", "-by: ",   "wrote:",       "applied",
		"-1",    "1/2",  "v2",      "4294967296",   "9999",
		"url(",  "<p>",  "\"a\":1", "\xe2\x80\x8b", "\xef\xbb\xbf"};
	char copy[256];
	const char *word;
	size_t at, len;

	switch (below(7)) {
	case 0: /* a byte */
		if (out->len > 0)
			out->data[below(out->len)] = (char)below(256);
		break;
	case 1: /* a word */
		word = words[below(sizeof words / sizeof *words)];
		put(out, word, strlen(word));
		break;
	case 2: /* something less */
		at = below(out->len);
		len = below(out->len - at + 1);
		memmove(out->data + at, out->data + at + len,
		        out->len - at - len);
		out->len -= len;
		break;
	case 3: /* something of another one, or again */
	case 4:
		if (below(2) == 0)
			other = out;
		at = below(other->len);
		len = below(other->len - at + 1);
		len = len < sizeof copy ? len : sizeof copy;
		memcpy(copy, other->data + at, len);
		for (size_t times = below(8) == 0 ? below(200) : 1; times > 0;
		     times--)
			put(out, copy, len);
		break;
	case 6: /* a mark */
		put(out, marks + below(sizeof marks - 1), 1);
		break;
	case 5: /* a bit */
		if (out->len > 0) {
			at = below(out->len);
			out->data[at] = (char)(out->data[at] ^ (1 << below(8)));
		}
		break;
	}
}

static size_t
mutate(const struct fuzz_target *target, size_t runs, const struct input *input,
       size_t count)
{
	struct input out = {malloc(INPUT_BYTES), 0};

	if (!out.data)
		exit(2);
	for (size_t i = 0; i < runs; i++) {
		const struct input *from = &input[below(count)];

		out.len = from->len;
		memcpy(out.data, from->data, from->len);
		for (size_t times = 1 + below(6); times > 0; times--)
			change(&out, &input[below(count)]);
		run(target, out.data, out.len);
	}
	free(out.data);
	return runs;
}

/* The start of an input, a piece of it again and again, its end. */
static long
time_repeated(const struct fuzz_target *target, const struct input *from,
              size_t start, size_t len, size_t size)
{
	char *data = malloc(INPUT_BYTES);
	size_t to = start, tail = from->len - start - len;
	long best = -1;

	if (!data)
		exit(2);
	memcpy(data, from->data, start);
	for (; to + len <= size; to += len)
		memcpy(data + to, from->data + start, len);
	if (tail > INPUT_BYTES - to)
		tail = INPUT_BYTES - to;
	memcpy(data + to, from->data + start + len, tail);
	for (int i = 0; i < 3; i++) {
		long took = run(target, data, to + tail);

		if (best < 0 || took < best)
			best = took;
	}
	free(data);
	return best;
}

/* Returns the number of runs; ends the program when it grows too fast. */
static size_t
grow(const struct fuzz_target *target, const struct input *from)
{
	enum { PIECES = 6 };
	size_t large = target->max_bytes, runs = 0;

	for (int i = 0; i < PIECES && from->len > 0; i++) {
		size_t start = i == 0 ? 0 : below(from->len);
		size_t len = i == 0 ? from->len : 1 + below(from->len - start);
		long small_ns, large_ns;

		if (i % 2 && len > 40)
			len = 1 + below(40);
		if (from->len > large / GROWN)
			continue;
		small_ns =
			time_repeated(target, from, start, len, large / GROWN);
		large_ns = time_repeated(target, from, start, len, large);
		runs += 6;
		if (large_ns > TELLING_NS && large_ns > GROWTH * small_ns) {
			printf("%s: %ld ms for %zu bytes, %ld ms for %zu: "
			       "'%.*s' from byte %zu again and again\n",
			       target->name, small_ns / 1000000, large / GROWN,
			       large_ns / 1000000, large, (int)len,
			       from->data + start, start);
			exit(1);
		}
	}
	return runs;
}

int
main(int argc, char **argv)
{
	bool grows = argc > 1 && strcmp(argv[1], "--grow") == 0;
	enum { FIRST = 3 };
	const struct fuzz_target *target;
	struct input *input;
	size_t runs = 0, count;

	if (argc == 1) {
		for (target = fuzz_targets; target->name; target++)
			puts(target->name);
		return 0;
	}
	target = fuzz_target_find(argv[grows ? 2 : 1]);
	if (!target || argc <= FIRST) {
		fputs("usage: fuzz [--grow] TARGET [RUNS] FILE...\n", stderr);
		return 2;
	}
	setenv("TZ", "UTC", 1);
	nd_read_init();
	signal(SIGABRT, keep_input);
	signal(SIGSEGV, keep_input);
	count = (size_t)(argc - FIRST);
	input = calloc(count, sizeof *input);
	for (size_t i = 0; input && i < count; i++) {
		input[i] = read_file(argv[FIRST + (int)i]);
		run(target, input[i].data, input[i].len);
		runs++;
		if (grows)
			runs += grow(target, &input[i]);
	}
	if (!grows)
		runs += mutate(target, strtoul(argv[2], NULL, 10), input,
		               count);
	printf("%s: %zu inputs\n", target->name, runs);
	for (size_t i = 0; i < count; i++)
		free(input[i].data);
	free(input);
	return 0;
}
