/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <stdbool.h>
#include <string.h>

#include "robot/resultline.h"

#define NONE ND_RESULTLINE_NONE
#define PASSED ND_RESULTLINE_PASSED
#define COUNTED ND_RESULTLINE_COUNTED
#define ANNOUNCED ND_RESULTLINE_ANNOUNCED
#define CLEAN ND_RESULTLINE_CLEAN
#define WARNED ND_RESULTLINE_WARNED
#define TOTALS ND_RESULTLINE_TOTALS
#define WARNING ND_RESULTLINE_WARNING
#define FAILED ND_RESULTLINE_FAILED
#define NEW_WARNING ND_RESULTLINE_NEW_WARNING
#define CRASH ND_RESULTLINE_CRASH
#define ERROR ND_RESULTLINE_ERROR
#define NEW_ERROR ND_RESULTLINE_NEW_ERROR

struct row {
	const char *text;
	enum nd_resultline want;
};

static void
check(const struct row *row, size_t count)
{
	bool same = true;

	for (size_t i = 0; i < count; i++) {
		enum nd_resultline got =
			nd_resultline_read(row[i].text, strlen(row[i].text));

		if (got == row[i].want)
			continue;
		print_message("# '%s': got %d, not %d\n", row[i].text, got,
		              row[i].want);
		same = false;
	}
	assert_true(same);
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof *(rows))

static void
what_does_not_count(void **state)
{
	static const struct row rows[] = {
		/* it comes and goes, or is waived */
		{"1 flaky test: grow failed", WARNED},
		{"grow failed, then passed", PASSED},
		{"Build succeeded after retry (1 flaky test failed)", PASSED},
		{"grow : FAILURE in 3m (non-voting)", WARNED},
		{"\xf0\x9f\x9a\xa7 \xe2\x9d\x8c LTP", WARNED},
		/* it was so before */
		{" test-arm64-xl  15 ring-check  fail   never pass", NONE},
		{" test-arm64-xl  15 ring-check  fail  like 58963", NONE},
		{" test-arm64-xl  15 ring-check  fail pass in 58960", NONE},
		{" test-arm64-xl  15 ring-check  fail REGR. vs. 58530", FAILED},
		{"[x test] 1234: tolerable FAIL - PUSHED", NONE},
		/* the last word counts */
		{"Failures :-/ but no regressions.", CLEAN},
		{"No regressions, but the boot failed", FAILED},
		/* what it is about */
		{"Linux regressions report for mainline", NONE},
		{"ring: fix an error path", NONE},
		{"Defects eliminated: 3", NONE},
		{"This check can fail when something is missing.", NONE},
		/* warnings */
		{"total: 0 errors, 1 warnings, 12 lines checked", WARNED},
		{"unit-x86  SUCCESS with 2 warnings in 2m", PASSED},
		{"Pipeline #314 has failed!", FAILED},
	};

	(void)state;
	CHECK(rows);
}

static void
tools(void **state)
{
	static const struct row rows[] = {
		/* checkpatch, smatch, kernel-doc, dtschema, Coverity */
		{"ERROR: line over 90 characters", ERROR},
		{"/tmp/a-1f.s:12: Error: unrecognized opcode: `x'", ERROR},
		{"fs/a.c:85 grow() error: uninitialized symbol 'x'.", ERROR},
		{"fs/a.c:85 grow() warn: inconsistent indenting", WARNING},
		{"Warning: a.c:3 parameter 'x' not described", WARNING},
		{"b/x.example.dtb: ring@0: 'clocks' is a required property",
	         ERROR},
		{"** CID 14600:  Null pointer dereferences  (NULL_RETURNS)",
	         FAILED},
		{"cfbot: Patch 1234 no longer applies", FAILED},
	};

	(void)state;
	CHECK(rows);
}

static void
names(void **state)
{
	static const struct {
		const char *text;
		bool want;
	} rows[] = {
		{"Status: FAILURE", false},
		{"Test-Status: FAILURE", false},
		{"Overall result: FAILED (see details below)", false},
		{"FAIL: 2 regressions", false},
		{"FAIL: shrink", true},
		{"TestRunner_mgmt-tester  FAIL  120.98 seconds", true},
		{"FAIL: gcc.dg/ring.c (test for excess errors)", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (nd_resultline_names(rows[i].text, strlen(rows[i].text)) !=
		    rows[i].want)
			fail_msg("'%s'", rows[i].text);
}

static void
counts(void **state)
{
	static const struct row rows[] = {
		{"0 failed", COUNTED},
		{"3 failed", FAILED},
		{"0 errors, 0 warnings", COUNTED},
		{"0 errors, 2 warnings", WARNED},
		{"1 error, 0 warnings", FAILED},
		{"failures: 0", COUNTED},
		{"failures: 12", FAILED},
		{"failures=0 errors=1", FAILED},
		{"FAIL: 2", FAILED},
		{"FAIL: 0", COUNTED},
		{"failed tests: 0", COUNTED},
		{"failed tests: none", COUNTED},
		{"failed tests: 4", FAILED},
		{"1 of 2 checks failed", FAILED},
		{"0 of 12 checks failed", COUNTED},
		{"0 out of 12 tests failed", COUNTED},
		{"3 out of 12 tests failed", FAILED},
		{"0/12 failed", COUNTED},
		{"1/12 failed", FAILED},
		{"pass: 157 fail: 0", COUNTED},
		{"pass 12 fail 0 skip 3", COUNTED},
		{"pass 12 fail 1 skip 3", FAILED},
		{"12 pass 0 fail 3 skip", COUNTED},
		/* kernel's runs, TAP and automake */
		{"# Totals: pass:10 fail:1 xfail:0 xpass:0 skip:0 error:0",
	         FAILED},
		{"# Totals: pass:11 fail:0 xfail:2 xpass:0 skip:0 error:0",
	         COUNTED},
		{"# fail 3", FAILED},
		{"# fail 0", COUNTED},
		{"# FAIL:  2", FAILED},
		{"# ERROR: 0", COUNTED},
		/* Maven, pytest, CTest, DejaGnu, cargo */
		{"Tests run: 45, Failures: 1, Errors: 0, Skipped: 2", FAILED},
		{"Tests run: 45, Failures: 0, Errors: 0, Skipped: 2", COUNTED},
		{"== 3 failed, 52 passed, 2 skipped in 1.20s ==", FAILED},
		{"== 52 passed, 2 skipped in 1.20s ==", COUNTED},
		{"100% tests passed, 0 tests failed out of 12", COUNTED},
		{"98% tests passed, 1 tests failed out of 50", FAILED},
		{"# of unexpected failures 3", FAILED},
		{"# of expected passes 120", COUNTED},
		{"test result: FAILED. 10 passed; 1 failed; 0 ignored", FAILED},
		{"test result: ok. 11 passed; 0 failed; 0 ignored", COUNTED},
		/* kernelci, test farms, scans */
		{"build: 190 builds: 3 failed, 187 passed, 2 errors", FAILED},
		{"baseline: 160 runs, 3 regressions (v5.10.10)", FAILED},
		{"baseline: 160 runs, 0 regressions (v5.10.10)", COUNTED},
		{"total: 500, pass: 480, fail: 20, skip: 0", TOTALS},
		{"total: 157 pass: 157 fail: 0", COUNTED},
		{"0 new defect(s) introduced", COUNTED},
		{"3 new defect(s) introduced to widgets", FAILED},
	};

	(void)state;
	CHECK(rows);
}

static void
denials(void **state)
{
	static const struct row rows[] = {
		{"no errors", PASSED},
		{"No errors or warnings found.", PASSED},
		{"Built without errors.", PASSED},
		{"None of the tests failed.", PASSED},
		{"It no longer fails.", PASSED},
		{"no regressions", CLEAN},
		{"No test regressions found.", CLEAN},
		{"No issues found!", CLEAN},
		{"the reproducer did not trigger any issue:", CLEAN},
		{"Some jobs were not successful", FAILED},
		{"The test did not pass", FAILED},
		{"if it fails, tell us", NONE},
		{"Should there be any errors, tell us", NONE},
		{"known failures: 4", NONE},
	};

	(void)state;
	CHECK(rows);
}

static void
tables(void **state)
{
	static const struct row rows[] = {
		{"CheckPatch                    PASS      0.62 seconds",
	         PASSED},
		{"GitLint                       FAIL      0.52 seconds",
	         FAILED},
		{"BuildEll                      ERROR     17 seconds", FAILED},
		{"CheckSparse                   WARNING   2.10 seconds",
	         WARNED},
		{"Test: GitLint - FAIL", FAILED},
		{"| x86_64 | clang-17 | FAIL |", FAILED},
		{"| x86_64 | clang-17 | pass |", PASSED},
		{"State : failure", FAILED},
		{"State : success", PASSED},
		{"Test-Status: FAILURE", FAILED},
		{"Test-Status: WARNING", WARNED},
		{"Status: Still Failing", FAILED},
		{"Status: Broken", FAILED},
		{"Status: Fixed", PASSED},
		{"ok 4 - read twice fails as it should", PASSED},
		{"not ok 5 - write", FAILED},
		{"not ok 6 - write # SKIP no disk", PASSED},
		{"not ok 7 - write # TODO", PASSED},
		{"\xe2\x9c\x97 Fi.CI.BAT: failure for ring: grow", FAILED},
		{"\xe2\x9c\x93 Fi.CI.BAT: success for ring: grow", PASSED},
		{"\xe2\x9d\x8c build-arm64", FAILED},
		{"\xe2\x9c\x85 build-arm64", PASSED},
		{"--- FAIL: TestRing (0.02s)", FAILED},
		{"## Test Regressions (compared to v5.10)", ANNOUNCED},
	};

	(void)state;
	CHECK(rows);
}

static void
sentences(void **state)
{
	static const struct row rows[] = {
		{"The Buildbot has detected a failed build on builder x.",
	         FAILED},
		{"The Buildbot has detected a restored build on x.", PASSED},
		{"Build failed in Jenkins: widgets #12", FAILED},
		{"Jenkins build is back to normal : widgets #13", PASSED},
		{"widgets - Build # 14 - Still Failing!", FAILED},
		{"Your pipeline has failed.", FAILED},
		{"Pipeline #314 has passed!", PASSED},
		{"Run failed: CI - main (0f3a9c1)", FAILED},
		{"Build widgets 1.0.23 failed", FAILED},
		{"The build of widgets was broken.", FAILED},
		{"This series failed the docker-quick build test.", FAILED},
		{"This series seems to have some coding style problems.",
	         ANNOUNCED},
		{"My bot found errors running 'make x_check' on your patch:",
	         ANNOUNCED},
		{"the reproducer is still triggering an issue:", FAILED},
		{"The patch does not apply to main.", FAILED},
		{"BUILD SUCCESS WITH WARNING", PASSED},
		{"BUILD REGRESSION", FAILED},
		{"we noticed a -5.3% regression of ring.ops due to commit:",
	         FAILED},
		{"we noticed a 7.1% improvement of ring.ops due to commit:",
	         PASSED},
		{"noticed \"ring.grow.fail\" on:", CRASH},
		{"Hi Ada,", NONE},
		{"compiler: gcc-12 (Debian 12.2.0-14) 12.2.0", NONE},
	};

	(void)state;
	CHECK(rows);
}

static void
findings(void **state)
{
	static const struct row rows[] = {
		{"src/ring.c:85:29: error: 'x' undeclared", ERROR},
		{"src/ring.c:85:10: fatal error: y.h: No such file", ERROR},
		{"ring.c:(.text+0x1): undefined reference to `grow'", ERROR},
		{"ERROR: modpost: \"grow\" [drivers/ring.ko] undefined!",
	         ERROR},
		{"error[E0425]: cannot find value `x` in this scope", ERROR},
		{"src/ring.c:85:29: warning: unused variable 'x'", WARNING},
		{"/builds/linux/Documentation/ring.yaml: properties:a: 'b' is "
	         "not one of",
	         ERROR},
		{"./Documentation/ring.yaml:12:3: [warning] wrong indentation",
	         WARNING},
		{"./Documentation/ring.yaml:12:3: [error] syntax error", ERROR},
		{">> src/ring.c:85:29: error: 'x' undeclared", NEW_ERROR},
		{">> src/ring.c:85:29: warning: unused", NEW_WARNING},
		{"x.dts:1.2-3: Warning (reg_format): /a: wrong", WARNING},
		{"[   12.345678][ T1234] BUG: KASAN: slab-out-of-bounds in x",
	         CRASH},
		{"KASAN: use-after-free Read in ring_grow", CRASH},
		{"* possible deadlock in ring_lock", CRASH},
		{"INFO: task hung in ring_wait (3)", CRASH},
	};

	(void)state;
	CHECK(rows);
}

static void
odd_lines(void **state)
{
	char dots[5000];

	(void)state;
	memset(dots, '.', sizeof dots);
	assert_int_equal(nd_resultline_read(dots, sizeof dots), NONE);
	memset(dots, '[', sizeof dots);
	assert_int_equal(nd_resultline_read(dots, sizeof dots), NONE);
	assert_int_equal(nd_resultline_read("", 0), NONE);
	assert_int_equal(nd_resultline_read("99999999999999999999 failed", 27),
	                 FAILED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts),
		cmocka_unit_test(what_does_not_count),
		cmocka_unit_test(tools),
		cmocka_unit_test(names),
		cmocka_unit_test(denials),
		cmocka_unit_test(tables),
		cmocka_unit_test(sentences),
		cmocka_unit_test(findings),
		cmocka_unit_test(odd_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
