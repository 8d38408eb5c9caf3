/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "util/alloc.h"
#include "util/child.h"
#include "util/http.h"
#include "util/secret.h"

#include <cmocka.h>

static enum nd_status
read_command(const char *command, const char **text)
{
	struct nd_secret_source source = {.command = command};
	struct nd_secret *secret;
	static char copy[64];
	enum nd_status st = nd_secret_read(NULL, &source, &secret, NULL);

	if (st != ND_OK)
		return st;
	snprintf(copy, sizeof copy, "%s", secret->text);
	*text = copy;
	talloc_free(secret);
	return ND_OK;
}

/* Words are words: nothing is expanded, and no shell is asked. */
static void
test_command(void **state)
{
	const char *text = "";

	(void)state;
	assert_int_equal(read_command("echo sk-1", &text), ND_OK);
	assert_string_equal(text, "sk-1");
	assert_int_equal(read_command("printf;%s\\n;sk-2", &text), ND_OK);
	assert_string_equal(text, "sk-2");
	assert_int_equal(read_command("printf;sk-3\\nsecond line\\n", &text),
	                 ND_OK);
	assert_string_equal(text, "sk-3");
	assert_int_equal(read_command("echo;$HOME", &text), ND_OK);
	assert_string_equal(text, "$HOME");
	assert_int_equal(read_command("echo x;y", &text), ND_ERR_SERVICE);
	assert_int_equal(read_command("/nonexistent/program", &text),
	                 ND_ERR_SERVICE);
	assert_int_equal(read_command("false", &text), ND_ERR_SERVICE);
	assert_int_equal(read_command("true", &text), ND_ERR_CONFIG);
	assert_int_equal(read_command("echo;two words", &text), ND_ERR_CONFIG);
	assert_int_equal(read_command("printf;k\\tx", &text), ND_ERR_CONFIG);
	assert_int_equal(read_command("printf;k\\303\\244", &text),
	                 ND_ERR_CONFIG);
	assert_int_equal(read_command("cat", &text), ND_ERR_CONFIG);
	assert_int_equal(read_command("head;-c;20000;/dev/zero", &text),
	                 ND_ERR_CONFIG);
	assert_int_equal(read_command(" ", &text), ND_ERR_CONFIG);
}

static void
test_timeout(void **state)
{
	static const char *const sleeper[] = {"sh", "-c", "sleep 60 & sleep 60",
	                                      NULL};
	struct nd_buf *out = nd_buf_new(NULL, 100);
	time_t begin = time(NULL);

	(void)state;
	assert_int_equal(nd_child_read(sleeper, 200, out, NULL),
	                 ND_ERR_SERVICE);
	assert_true(time(NULL) - begin < 10);
	talloc_free(out);
}

static void
test_file_and_env(void **state)
{
	char path[] = "/tmp/nd-key.XXXXXX";
	int fd = mkstemp(path);
	struct nd_secret_source source = {.file = path};
	struct nd_secret *secret;

	(void)state;
	assert_int_equal(write(fd, "sk-file\n", 8), 8);
	close(fd);
	assert_int_equal(nd_secret_read(NULL, &source, &secret, NULL), ND_OK);
	assert_string_equal(secret->text, "sk-file");
	assert_false(secret->readable);
	talloc_free(secret);
	chmod(path, 0644);
	assert_int_equal(nd_secret_read(NULL, &source, &secret, NULL), ND_OK);
	assert_true(secret->readable);
	talloc_free(secret);
	source.env = "ND_TEST_KEY";
	assert_int_equal(nd_secret_read(NULL, &source, &secret, NULL),
	                 ND_ERR_CONFIG);
	unlink(path);
	source.env = NULL;
	assert_int_equal(nd_secret_read(NULL, &source, &secret, NULL),
	                 ND_ERR_SERVICE);
	source = (struct nd_secret_source){.env = "ND_TEST_KEY"};
	unsetenv("ND_TEST_KEY");
	assert_int_equal(nd_secret_read(NULL, &source, &secret, NULL),
	                 ND_ERR_CONFIG);
	setenv("ND_TEST_KEY", "sk-env", 1);
	assert_int_equal(nd_secret_read(NULL, &source, &secret, NULL), ND_OK);
	assert_string_equal(secret->text, "sk-env");
	talloc_free(secret);
	source.env = NULL;
	assert_int_equal(nd_secret_read(NULL, &source, &secret, NULL), ND_OK);
	assert_string_equal(secret->text, "");
	talloc_free(secret);
}

/* Mails go to https, or to this machine: never in the clear over a wire. */
static void
test_urls(void **state)
{
	static const struct {
		const char *url;
		bool good, local;
	} cases[] = {
		{"https://api.example.com/v1", true, false},
		{"http://127.0.0.1:8080/v1", true, true},
		{"http://127.1.2.3/v1", true, true},
		{"http://localhost:11434", true, true},
		{"http://[::1]:8080/v1", true, true},
		{"https://localhost/v1", true, true},
		{"http://api.example.com/v1", false, false},
		{"http://127.0.0.1.example.com/", false, false},
		{"http://localhost.example.com/", false, false},
		{"http://192.168.1.2/", false, false},
		{"http://0.0.0.0/", false, false},
		{"https://user:pass@api.example.com/v1", false, false},
		{"https://user@api.example.com/v1", false, false},
		{"http://127.0.0.1@evil.example/", false, false},
		{"ftp://127.0.0.1/", false, false},
		{"file:///etc/passwd", false, false},
		{"api.example.com/v1", false, false},
		{"", false, false},
		{"https://", false, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_error err = {0};

		if ((nd_http_check_url(cases[i].url, ND_HTTP_PLAIN_LOOPBACK,
		                       &err) == ND_OK) != cases[i].good)
			fail_msg("%s: %s", cases[i].url, err.msg);
		assert_null(strstr(err.msg, "pass@"));
		if (cases[i].good)
			assert_int_equal(nd_http_is_local(cases[i].url),
			                 cases[i].local);
	}
}

static void
test_host_among(void **state)
{
	static const char hosts[] = " 192.168.1.2,GPU.lan; [fd00::1]";

	(void)state;
	assert_true(nd_http_is_host_among("http://192.168.1.2:8/v1", hosts));
	assert_true(nd_http_is_host_among("http://gpu.LAN/", hosts));
	assert_true(nd_http_is_host_among("http://[fd00::1]:8/v1", hosts));
	assert_false(nd_http_is_host_among("http://192.168.1.20/v1", hosts));
	assert_false(nd_http_is_host_among("http://x.gpu.lan/", hosts));
	assert_false(nd_http_is_host_among("http://x/gpu.lan", hosts));
	assert_false(nd_http_is_host_among("gpu.lan", hosts));
	assert_false(nd_http_is_host_among("http://x/", ""));
}

static void
test_nobody_listens(void **state)
{
	const struct nd_http_request request = {.url = "http://127.0.0.1:1/x"};
	struct nd_buf *out = nd_buf_new(NULL, 100);
	struct nd_error err;

	(void)state;
	assert_int_equal(nd_http_fetch(&request, out, &err), ND_ERR_SERVICE);
	assert_int_equal(out->len, 0);
	talloc_free(out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_command),
		cmocka_unit_test(test_timeout),
		cmocka_unit_test(test_file_and_env),
		cmocka_unit_test(test_urls),
		cmocka_unit_test(test_host_among),
		cmocka_unit_test(test_nobody_listens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
