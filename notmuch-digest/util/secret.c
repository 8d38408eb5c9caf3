/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* explicit_bzero */
#include "util/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/child.h"
#include "util/limits.h"

/* gpg may ask for a passphrase meanwhile. */
enum { COMMAND_MS = 30 * 1000 };

void
nd_secret_wipe(void *bytes, size_t len)
{
	explicit_bzero(bytes, len);
}

static int
wipe_secret(struct nd_secret *secret)
{
	if (secret->text)
		nd_secret_wipe(secret->text, strlen(secret->text));
	return 0;
}

static bool
is_set(const char *setting)
{
	return setting && *setting;
}

/* `notmuch config set KEY pass show x` stores "pass;show;x". */
static const char *const *
split_words(const void *ctx, const char *command)
{
	const char *divider = strchr(command, ';') ? ";" : " \t";
	const char **argv = x_array(ctx, const char *, strlen(command) + 2);
	size_t count = 0;

	while (*(command += strspn(command, divider))) {
		size_t len = strcspn(command, divider);

		argv[count++] = x_strndup(argv, command, len);
		command += len;
	}
	return argv;
}

static enum nd_status
read_file(const char *path, struct nd_buf *out, bool *readable,
          struct nd_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat stat_buf;
	char chunk[1024];
	ssize_t got = 0;

	if (fd < 0 || fstat(fd, &stat_buf) != 0) {
		enum nd_status st = nd_fail(err, ND_ERR_SERVICE,
		                            "cannot open the key file "
		                            "'%.200s': %s",
		                            path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return st;
	}
	while (!out->full && (got = read(fd, chunk, sizeof chunk)) > 0)
		nd_buf_add(out, chunk, (size_t)got);
	close(fd);
	nd_secret_wipe(chunk, sizeof chunk);
	*readable = S_ISREG(stat_buf.st_mode) &&
	            (stat_buf.st_mode & (S_IRWXG | S_IRWXO));
	if (got < 0)
		return nd_fail(err, ND_ERR_SERVICE,
		               "cannot read the key file '%.200s': %s", path,
		               strerror(errno));
	return ND_OK;
}

static enum nd_status
read_source(const struct nd_secret_source *source, struct nd_buf *raw,
            bool *readable, struct nd_error *err)
{
	const char *const *argv;

	if (is_set(source->command)) {
		argv = split_words(raw, source->command);
		if (!argv[0])
			return nd_fail(err, ND_ERR_CONFIG,
			               "the command for the key is empty");
		return nd_child_read(argv, COMMAND_MS, raw, err);
	}
	if (is_set(source->file))
		return read_file(source->file, raw, readable, err);
	nd_buf_adds(raw, getenv(source->env));
	return ND_OK;
}

/*
 * A byte outside of printable ASCII could end the header and begin another.
 */
static enum nd_status
take_line(struct nd_secret *secret, const struct nd_buf *raw,
          struct nd_error *err)
{
	size_t len = strcspn(raw->data, "\r\n");

	for (size_t i = 0; i < len; i++)
		if (raw->data[i] < 0x21 || raw->data[i] > 0x7e)
			return nd_fail(err, ND_ERR_CONFIG,
			               "the key holds a blank or another "
			               "character that no key has");
	if (len == 0 || raw->full)
		return nd_fail(err, ND_ERR_CONFIG, "the key is %s",
		               len == 0 ? "empty" : "too long");
	secret->text = x_strndup(secret, raw->data, len);
	return ND_OK;
}

static int
count_sources(const struct nd_secret_source *source)
{
	return is_set(source->command) + is_set(source->file) +
	       is_set(source->env);
}

enum nd_status
nd_secret_check(const struct nd_secret_source *source, struct nd_error *err)
{
	if (count_sources(source) > 1)
		return nd_fail(err, ND_ERR_CONFIG,
		               "only one source of the key may be set");
	if (is_set(source->env) && !is_set(getenv(source->env)))
		return nd_fail(err, ND_ERR_CONFIG,
		               "the key is to be in the environment as "
		               "'%.100s', which is not set",
		               source->env);
	return ND_OK;
}

void
nd_secret_expect(const struct nd_secret_source *source)
{
	void *tmp = talloc_new(NULL);
	const char *const *argv = is_set(source->command)
	                                  ? split_words(tmp, source->command)
	                                  : NULL;

	if (argv && argv[0])
		nd_child_prepare_read(argv, COMMAND_MS);
	talloc_free(tmp);
}

enum nd_status
nd_secret_read(const void *ctx, const struct nd_secret_source *source,
               struct nd_secret **out, struct nd_error *err)
{
	struct nd_secret *secret = x_new(NULL, struct nd_secret);
	struct nd_buf *raw = nd_buf_new(secret, ND_LIMIT_KEY_BYTES);
	int sources = count_sources(source);
	enum nd_status st = nd_secret_check(source, err);

	if (sources == 0)
		secret->text = x_strdup(secret, "");
	else if (st == ND_OK)
		st = read_source(source, raw, &secret->readable, err);
	if (st == ND_OK && sources == 1)
		st = take_line(secret, raw, err);
	nd_secret_wipe(raw->data, raw->size);
	talloc_set_destructor(secret, wipe_secret);
	if (st != ND_OK) {
		talloc_free(secret);
		return st;
	}
	talloc_free(raw);
	*out = talloc_steal(ctx, secret);
	return ND_OK;
}
