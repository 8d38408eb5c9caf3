/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/digestfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mail/maildirfile.h"
#include "util/alloc.h"
#include "util/hash.h"
#include "util/limits.h"
#include "util/str.h"

#define ID_START "digest.v1."
#define REPORT_START "digest.report.v1."
#define ID_END "@digest.invalid"

static const char *
make_id(const void *ctx, const char *start, const char *hex, unsigned variant)
{
	if (variant < 2)
		return x_asprintf(ctx, "%s%s" ID_END, start, hex);
	return x_asprintf(ctx, "%s%s.%u" ID_END, start, hex, variant);
}

const char *
nd_digestfile_id(const void *ctx, const char *root_id, unsigned variant)
{
	const char *hex = nd_hash_text(NULL, root_id);
	const char *id = make_id(ctx, ID_START, hex, variant);

	talloc_free((void *)hex);
	return id;
}

const char *
nd_digestfile_report_id(const void *ctx, const char *hash, unsigned variant)
{
	return make_id(ctx, REPORT_START, hash, variant);
}

static bool
has_form(const char *id, const char *start)
{
	if (!nd_str_starts(id, start) ||
	    strlen(id) < strlen(start) + ND_HASH_DIGITS)
		return false;
	id += strlen(start);
	if (!nd_hash_is_hex(id, ND_HASH_DIGITS))
		return false;
	id += ND_HASH_DIGITS;
	if (id[0] == '.' && id[1] >= '2' &&
	    id[1] <= '0' + ND_DIGESTFILE_VARIANTS)
		id += 2;
	return strcmp(id, ID_END) == 0;
}

bool
nd_digestfile_has_report_id(const char *id)
{
	return has_form(id, REPORT_START);
}

bool
nd_digestfile_has_id(const char *id)
{
	return has_form(id, ID_START) || nd_digestfile_has_report_id(id);
}

const char *
nd_digestfile_report_hash(const void *ctx, const char *id)
{
	if (!nd_digestfile_has_report_id(id))
		return NULL;
	return x_strndup(ctx, id + strlen(REPORT_START), ND_HASH_DIGITS);
}

bool
nd_digestfile_has_place(const struct nd_folders *folders, const char *path)
{
	for (size_t i = 0; folders && i < folders->count; i++) {
		const char *rest = path;

		if (!nd_str_starts(path, folders->path[i]))
			continue;
		rest += strlen(folders->path[i]);
		if ((nd_str_starts(rest, "/cur/") ||
		     nd_str_starts(rest, "/new/")) &&
		    rest[5] != '\0' && !strchr(rest + 5, '/'))
			return true;
	}
	return false;
}

/* The start of a regular file; NULL when there is none. */
static char *
read_start(const void *ctx, const char *path)
{
	/* What lies there might be a FIFO, or a link to somebody's mail. */
	const int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW;
	int fd = open(path, flags);
	char *bytes = NULL, *now;
	struct stat stat_buf = {.st_mode = 0};
	size_t len = 0;
	ssize_t got = 0;
	int number = 0;

	if (fd < 0 && errno == ENOENT &&
	    (now = nd_maildirfile_locate(NULL, path))) {
		fd = open(now, flags);
		talloc_free(now);
	}
	/* Nothing, and a link, which ELOOP tells of, are not ours. */
	if (fd < 0) {
		if (errno == ENOENT || errno == ELOOP)
			errno = 0;
		return NULL;
	}
	if (fstat(fd, &stat_buf) != 0) {
		number = errno;
	} else if (S_ISREG(stat_buf.st_mode)) {
		bytes = x_array(ctx, char, ND_LIMIT_DIGEST_HEADER_BYTES + 1);
		while (len < ND_LIMIT_DIGEST_HEADER_BYTES &&
		       ((got = read(fd, bytes + len,
		                    ND_LIMIT_DIGEST_HEADER_BYTES - len)) > 0 ||
		        (got < 0 && errno == EINTR)))
			len += got > 0 ? (size_t)got : 0;
		if (got < 0)
			number = errno;
	}
	close(fd);
	errno = number;
	return number == 0 ? bytes : NULL;
}

/*
 * The value of a header, unfolded; NULL when the mail has none. We write each
 * of ours once; of two in a file that is not as we write it, the first counts.
 */
static char *
header_value(const void *ctx, const char *bytes, const char *name)
{
	size_t name_len = strlen(name);
	char *value, *to;

	while (*bytes && *bytes != '\n' && *bytes != '\r' &&
	       !(nd_str_starts_nocase(bytes, name) && bytes[name_len] == ':')) {
		bytes += strcspn(bytes, "\n");
		bytes += *bytes == '\n';
	}
	if (!nd_str_starts_nocase(bytes, name))
		return NULL;
	bytes += name_len + 1;
	bytes += strspn(bytes, " \t");
	value = to = x_strdup(ctx, bytes);
	for (; *bytes; bytes++) {
		if (*bytes == '\n' && bytes[1] != ' ' && bytes[1] != '\t')
			break;
		if (*bytes != '\n' && *bytes != '\r')
			*to++ = *bytes == '\t' ? ' ' : *bytes;
	}
	while (to > value && to[-1] == ' ')
		to--;
	*to = '\0';
	return value + strspn(value, " ");
}

/* "…; name=value; …": the value, "" when it is not there. */
static const char *
parameter(const void *ctx, const char *header, const char *name)
{
	size_t name_len = strlen(name);

	while (*header) {
		size_t len = strcspn(header, ";");

		if (len > name_len && nd_str_starts(header, name) &&
		    header[name_len] == '=') {
			const char *value = header + name_len + 1;

			len -= name_len + 1;
			nd_mem_trim(&value, &len);
			return x_strndup(ctx, value, len);
		}
		header += len + (header[len] == ';');
		header += strspn(header, " ");
	}
	return "";
}

static const char *
hex_parameter(const void *ctx, const char *header, const char *name)
{
	const char *value = parameter(ctx, header, name);

	return nd_hash_is_hex(value, strlen(value)) ? value : "";
}

static const char *
without_brackets(const void *ctx, const char *value)
{
	size_t len = strlen(value);

	if (len < 2 || value[0] != '<' || value[len - 1] != '>')
		return "";
	return x_strndup(ctx, value + 1, len - 2);
}

static void
fill_in(const void *ctx, const char *bytes, const char *digest, const char *id,
        struct nd_digest_header *header)
{
	const char *tags = header_value(ctx, bytes, "X-Notmuch-Digest-Tags");
	const char *merged =
		header_value(ctx, bytes, "X-Notmuch-Digest-Merged");

	header->version =
		(unsigned)strtoul(parameter(ctx, digest, "v"), NULL, 10);
	header->id = x_strdup(ctx, id);
	header->engine = parameter(ctx, digest, "engine");
	header->model = parameter(ctx, digest, "model");
	header->lang = parameter(ctx, digest, "lang");
	header->key = hex_parameter(ctx, digest, "key");
	header->last = hex_parameter(ctx, digest, "last");
	header->behind = hex_parameter(ctx, digest, "behind");
	header->covers =
		(unsigned)strtoul(parameter(ctx, digest, "covers"), NULL, 10);
	header->query = hex_parameter(ctx, digest, "query");
	header->since_s = strtoll(parameter(ctx, digest, "since"), NULL, 10);
	header->until_s = strtoll(parameter(ctx, digest, "until"), NULL, 10);
	header->tags = tags ? tags : "";
	header->merged = merged ? merged : "";
}

bool
nd_digestfile_read(const void *ctx, const struct nd_folders *folders,
                   const char *path, struct nd_digest_header *header)
{
	void *tmp = talloc_new(NULL);
	const char *digest = NULL, *id = NULL;
	const char *bytes = NULL;
	bool ours = false;
	int number;

	errno = 0;
	if (nd_digestfile_has_place(folders, path))
		bytes = read_start(tmp, path);
	number = errno;
	if (bytes) {
		digest = header_value(tmp, bytes, "X-Notmuch-Digest");
		id = header_value(tmp, bytes, "Message-ID");
	}
	if (digest && id) {
		id = without_brackets(tmp, id);
		ours = nd_digestfile_has_id(id);
	}
	if (ours && header)
		fill_in(ctx, bytes, digest, id, header);
	talloc_free(tmp);
	errno = number;
	return ours;
}
