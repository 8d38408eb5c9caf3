/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "robot/resultline_private.h"

#include <string.h>

#include "util/str.h"

/* What stands behind dmesg's "[   12.345678][ T1234] ". */
static void
skip_stamps(const char **text, size_t *len)
{
	while (*len > 1 && **text == '[') {
		size_t i = 1;

		while (i < *len &&
		       (nd_is_digit((*text)[i]) || strchr(" .TC", (*text)[i])))
			i++;
		if (i == 1 || i == *len || (*text)[i] != ']')
			return;
		*text += i + 1;
		*len -= i + 1;
		nd_mem_trim(text, len);
	}
}

/* How the kernel's own reports begin; and those who run it. */
static bool
is_crash(const char *text, size_t len)
{
	static const char *const starts[] = {
		"BUG: ",
		"KASAN: ",
		"KMSAN: ",
		"KCSAN: ",
		"UBSAN: ",
		"KFENCE: ",
		"kernel BUG ",
		"INFO: task ",
		"INFO: rcu ",
		"Oops: ",
		"Kernel panic ",
		"Internal error: Oops",
		"Unable to handle kernel ",
		"general protection fault",
		"possible deadlock in ",
		"memory leak in ",
		"WARNING in ",
		"WARNING: CPU: ",
		"WARNING: possible ",
		"WARNING: suspicious ",
		"WARNING: refcount bug in ",
		"inconsistent lock state ",
		"divide error",
	};

	if (nd_mem_starts(text, len, "* ")) {
		text += 2;
		len -= 2;
	}
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (nd_mem_starts(text, len, starts[i]))
			return true;
	return false;
}

/* "x.c:3:7: error: …" of gcc, clang, dtc, sparse; linkers; "make: *** […". */
static bool
is_compiler_error(const char *text, size_t len)
{
	return nd_mem_find(text, len, ": error: ") ||
	       nd_mem_find(text, len, ": fatal error: ") ||
	       nd_mem_find(text, len, ": ERROR: ") ||
	       nd_mem_find(text, len, ": Error: ") || /* gas */
	       nd_mem_find(text, len, ": undefined reference to ") ||
	       nd_mem_find(text, len, "multiple definition of ") ||
	       nd_mem_find(text, len, "undefined symbol: ") ||
	       nd_mem_find(text, len, ": [error] ") || /* yamllint */
	       nd_mem_find(text, len, ".yaml: ") ||    /* dtschema */
	       nd_mem_find(text, len, ".dtb: ") ||
	       nd_mem_find(text, len, "() error: ") || /* smatch */
	       nd_mem_starts(text, len, "error: ") ||
	       nd_mem_starts(text, len, "error[E") || /* rustc */
	       nd_mem_starts(text, len, "FATAL ERROR: ") ||
	       nd_mem_starts(text, len, "ERROR: ") || /* checkpatch */
	       nd_mem_starts(text, len, "ERROR - ");  /* of TAP */
}

static bool
is_compiler_warning(const char *text, size_t len)
{
	return nd_mem_find(text, len, ": warning: ") ||
	       nd_mem_find(text, len, ": Warning: ") ||
	       nd_mem_find(text, len, ": Warning (") || /* dtc */
	       nd_mem_starts(text, len, "WARNING: modpost: ") ||
	       nd_mem_starts(text, len, "Warning: ") || /* kernel-doc */
	       nd_mem_find(text, len, ": [warning] ") ||
	       nd_mem_find(text, len, "() warn: ") || /* smatch */
	       nd_mem_find(text, len, ": sparse: ");
}

static enum nd_resultline
read_finding(const char *text, size_t len)
{
	bool is_new = nd_mem_starts(text, len, ">> ");

	if (is_compiler_error(text, len))
		return is_new ? ND_RESULTLINE_NEW_ERROR : ND_RESULTLINE_ERROR;
	if (is_new)
		return ND_RESULTLINE_NEW_WARNING;
	if (is_compiler_warning(text, len))
		return ND_RESULTLINE_WARNING;
	skip_stamps(&text, &len);
	return is_crash(text, len) ? ND_RESULTLINE_CRASH : ND_RESULTLINE_NONE;
}

struct mark {
	const char *text;
	enum nd_resultline says;
};

/* Marks that CI services put before or behind what they ran. */
static const struct mark marks[] = {
	{"\xf0\x9f\x9a\xa7", ND_RESULTLINE_WARNED}, /* 🚧: waived */
	{"\xe2\x98\xa0", ND_RESULTLINE_FAILED},     /* ☠ */
	{"\xe2\x98\xba", ND_RESULTLINE_PASSED},     /* ☺ */
	{"\xe2\x9c\x97", ND_RESULTLINE_FAILED},     /* ✗ */
	{"\xe2\x9c\x98", ND_RESULTLINE_FAILED},     /* ✘ */
	{"\xe2\x9c\x96", ND_RESULTLINE_FAILED},     /* ✖ */
	{"\xe2\x9d\x8c", ND_RESULTLINE_FAILED},     /* ❌ */
	{"\xf0\x9f\x94\xb4", ND_RESULTLINE_FAILED}, /* 🔴 */
	{"\xe2\x9a\xa0", ND_RESULTLINE_WARNED},     /* ⚠ */
	{"\xe2\x9c\x93", ND_RESULTLINE_PASSED},     /* ✓ */
	{"\xe2\x9c\x94", ND_RESULTLINE_PASSED},     /* ✔ */
	{"\xe2\x9c\x85", ND_RESULTLINE_PASSED},     /* ✅ */
	{"\xf0\x9f\x9f\xa2", ND_RESULTLINE_PASSED}, /* 🟢 */
};

/* Phrases that hold no word of the tables, or hold it for something else. */
static const struct mark phrases[] = {
	{"noticed \"", ND_RESULTLINE_CRASH}, /* 0-day: "ltp.x.fail" on: */
	{"still triggering an issue", ND_RESULTLINE_FAILED},
	{"did not trigger any issue", ND_RESULTLINE_CLEAN},
	{"does not apply", ND_RESULTLINE_FAILED},
	{"doesn't apply", ND_RESULTLINE_FAILED},
	{"did not apply", ND_RESULTLINE_FAILED},
	{"could not be applied", ND_RESULTLINE_FAILED},
	{"could not apply", ND_RESULTLINE_FAILED},
	{"cannot be applied", ND_RESULTLINE_FAILED},
	{"noticed the following", ND_RESULTLINE_ANNOUNCED},
	{"found the following issue", ND_RESULTLINE_ANNOUNCED},
	{"coding style problems", ND_RESULTLINE_ANNOUNCED},
	{"no longer applies", ND_RESULTLINE_FAILED},
	{"** CID ", ND_RESULTLINE_FAILED}, /* Coverity: a defect */
	{"did not build", ND_RESULTLINE_FAILED},
	{"does not build", ND_RESULTLINE_FAILED},
	{"back to normal", ND_RESULTLINE_PASSED},
	{"absolutely need to be verified", ND_RESULTLINE_ANNOUNCED},
};

/* "not ok 4 - x" but for "# SKIP" and "# TODO"; "ok 5 - y". */
static enum nd_resultline
read_tap(const char *text, size_t len)
{
	bool failed = nd_mem_starts(text, len, "not ok ");
	size_t digit = failed ? 7 : 3;

	if ((!failed && !nd_mem_starts(text, len, "ok ")) || len <= digit ||
	    !nd_is_digit(text[digit]))
		return ND_RESULTLINE_NONE;
	if (nd_mem_find_nocase(text, len, "# skip") ||
	    nd_mem_find_nocase(text, len, "# todo") || !failed)
		return ND_RESULTLINE_PASSED;
	return ND_RESULTLINE_FAILED;
}

static enum nd_resultline
read_marks(const struct mark *mark, size_t count, const char *text, size_t len)
{
	for (size_t i = 0; i < count; i++)
		if (nd_mem_find_nocase(text, len, mark[i].text))
			return mark[i].says;
	return ND_RESULTLINE_NONE;
}

enum nd_resultline
nd_resultline_form(const char *text, size_t len)
{
	enum nd_resultline says = read_finding(text, len);

	if (says == ND_RESULTLINE_NONE)
		says = read_tap(text, len);
	if (says == ND_RESULTLINE_NONE)
		says = read_marks(marks, sizeof marks / sizeof *marks, text,
		                  len);
	if (says == ND_RESULTLINE_NONE)
		says = read_marks(phrases, sizeof phrases / sizeof *phrases,
		                  text, len);
	return says;
}
