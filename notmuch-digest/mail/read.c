/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/read.h"

#include <errno.h>
#include <fcntl.h>
#include <gmime/gmime.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "body/signoff.h"
#include "mail/cipher.h"
#include "mail/copies.h"
#include "mail/gobject.h"
#include "mail/header.h"
#include "mail/maildirfile.h"
#include "mail/mime.h"
#include "mail/msgid.h"
#include "mail/source.h"
#include "util/alloc.h"
#include "util/limits.h"

/* What is read of a mail that is too large: enough for any real header. */
#define OVERSIZE_READ_BYTES (256u << 10)

void
nd_read_make_blank(struct nd_message *message)
{
	message->from = message->sender = message->author =
		(struct nd_address){"", ""};
	message->subject = message->list_id = "";
}

void
nd_read_init(void)
{
	nd_gobject_init();
	xmlInitParser();
}

/* Read at most len bytes from the start; the number read, or -1. */
static ssize_t
read_bytes(int fd, char *data, size_t len)
{
	size_t have = 0;

	while (have < len) {
		ssize_t got = pread(fd, data + have, len - have, (off_t)have);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		have += (size_t)got;
	}
	return (ssize_t)have;
}

/* The bytes of a file; *oversize when only its start was read. */
static enum nd_status
load(const struct nd_read_file *file, GByteArray **out, bool *oversize,
     struct nd_error *err)
{
	GByteArray *bytes;
	size_t len = file->bytes;
	ssize_t got;

	if (file->fd < 0)
		return nd_fail(err, ND_ERR_IO, "%s", file->why);
	*oversize = len > ND_LIMIT_MAIL_BYTES;
	if (*oversize)
		len = OVERSIZE_READ_BYTES;
	bytes = g_byte_array_sized_new((guint)len + 1);
	g_byte_array_set_size(bytes, (guint)len);
	got = read_bytes(file->fd, (char *)bytes->data, len);
	if (got < 0) {
		g_byte_array_free(bytes, TRUE);
		return nd_fail(err, ND_ERR_IO, "cannot read '%s': %s",
		               file->path, strerror(errno));
	}
	g_byte_array_set_size(bytes, (guint)got);
	*out = bytes;
	return ND_OK;
}

/* Where a file is that was there; -1 with errno. */
static int
open_moved(const char *path, int flags)
{
	char *now = nd_maildirfile_locate(NULL, path);
	int fd = -1;

	if (now)
		fd = open(now, flags);
	else
		errno = ENOENT;
	talloc_free(now);
	return fd;
}

void
nd_read_open(struct nd_read_file *file, const char *path)
{
	/* What is not a regular file is refused below, but opening a FIFO must
	 * not wait for somebody to write into it. */
	const int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
	int fd = open(path, flags);
	const char *why = NULL;
	struct stat st;

	*file = (struct nd_read_file){.path = path, .fd = -1};
	if (fd < 0 && errno == ENOENT)
		fd = open_moved(path, flags);
	if (fd < 0) {
		snprintf(file->why, sizeof file->why, "cannot open '%s': %s",
		         path, strerror(errno));
		return;
	}
	if (fstat(fd, &st) != 0)
		why = strerror(errno);
	else if (!S_ISREG(st.st_mode))
		why = "not a file";
	if (why) {
		snprintf(file->why, sizeof file->why, "cannot read '%s': %s",
		         path, why);
		close(fd);
		return;
	}
	file->fd = fd;
	file->bytes = (size_t)st.st_size;
}

void
nd_read_close(struct nd_read_file *file)
{
	if (file->fd >= 0)
		close(file->fd);
	file->fd = -1;
}

static bool
has_headers(GMimeObject *object)
{
	return object && g_mime_header_list_get_count(
				 g_mime_object_get_header_list(object)) > 0;
}

/* What the bytes of a mail tell before they are parsed. */
struct source {
	const char *cut; /* what there is too much of; NULL: all is parsed */
	bool encrypted;  /* told by what was cut off */
	struct nd_received received;
};

/*
 * Leave in bytes what the parser may see: all but some headers or, when that
 * is too much, what the header facts need.
 */
static void
prune(const void *ctx, GByteArray *bytes, bool oversize, struct source *source)
{
	/* An empty file has no bytes to point to. */
	char none[] = "", *data = bytes->len ? (char *)bytes->data : none;
	size_t len = nd_source_prune(data, bytes->len, &source->received);
	struct nd_source scan;

	if (oversize) {
		source->cut =
			x_asprintf(ctx, "over %u bytes", ND_LIMIT_MAIL_BYTES);
	} else {
		scan = nd_source_count(data, len);
		source->cut = nd_source_over(ctx, &scan);
	}
	if (source->cut) {
		source->encrypted = nd_cipher_in_source(data, len);
		len = nd_source_prune_to_facts(data, len);
	}
	g_byte_array_set_size(bytes, (guint)len);
}

/* Parse the mail in bytes, which are taken over; NULL when it is none. */
static GMimeMessage *
parse(const void *ctx, GByteArray *bytes, bool oversize, struct source *source)
{
	GMimeStream *stream;
	GMimeParser *parser;
	GMimeMessage *mime;

	prune(ctx, bytes, oversize, source);
	stream = g_mime_stream_mem_new_with_byte_array(bytes);
	nd_gobject_own(ctx, stream);
	parser = g_mime_parser_new_with_stream(stream);
	nd_gobject_own(ctx, parser);
	mime = g_mime_parser_construct_message(parser, NULL);
	nd_gobject_own(ctx, mime);
	if (!mime)
		return NULL;
	/* Content-Type and its like are kept with the part. */
	if (has_headers(GMIME_OBJECT(mime)) ||
	    has_headers(g_mime_message_get_mime_part(mime)))
		return mime;
	return NULL;
}

/* By its text, or by what could not be taken apart. */
static bool
is_encrypted(const struct nd_body *body, const struct source *source,
             const GByteArray *bytes)
{
	const char *text = (const char *)bytes->data;

	if (source->cut)
		return source->encrypted;
	return body->flags & ND_BODY_CUT ? nd_cipher_in_source(text, bytes->len)
	                                 : nd_cipher_in_text(text, bytes->len);
}

/* all gains every text of the file, shown or not; NULL: not wanted. */
static enum nd_status
read_file(struct nd_message *message, const struct nd_read_file *file,
          struct nd_buf *all, struct nd_error *err)
{
	void *tmp = talloc_new(NULL);
	GByteArray *bytes = NULL;
	GMimeMessage *mime;
	struct source source = {0};
	bool oversize = false;
	enum nd_status st = load(file, &bytes, &oversize, err);

	if (st)
		goto done;
	mime = parse(tmp, bytes, oversize, &source);
	if (!mime) {
		st = nd_fail(err, ND_ERR_PARSE, "'%s' is not a mail",
		             file->path);
		goto done;
	}
	nd_header_read(message, mime, &source.received);
	message->body = x_new(message, struct nd_body);
	if (source.cut) {
		message->body->text = x_strdup(message->body, "");
		nd_message_set_cut(message->body,
		                   "%s: only its header was read", source.cut);
	} else {
		nd_mime_read(message->body, mime);
		nd_header_read_inner(message, mime);
		nd_signoff_mark(message->body, &message->sender);
	}
	if (is_encrypted(message->body, &source, bytes))
		message->body->flags |= ND_BODY_ENCRYPTED;
	if (all) {
		nd_buf_addf(all, "%s\n", message->subject);
		nd_mime_add_text(all, mime);
	}
	message->flags |= ND_MESSAGE_READ;
done:
	talloc_free(tmp);
	return st;
}

size_t
nd_read_file_count(const struct nd_message *message)
{
	return message->file_count < ND_LIMIT_FILES_PER_MAIL
	               ? message->file_count
	               : ND_LIMIT_FILES_PER_MAIL;
}

/* The same mail, to be read from another of its files. */
static struct nd_message *
new_copy(const struct nd_message *message)
{
	struct nd_message *copy = x_new(NULL, struct nd_message);

	nd_read_make_blank(copy);
	copy->id = message->id;
	copy->date_s = copy->written_s = message->written_s;
	return copy;
}

/* The other files of a mail must say what the one says that was read. */
static void
compare_files(struct nd_message *message, const struct nd_read_file *file,
              size_t first)
{
	unsigned *flags = &message->body->flags;

	if (message->file_count >= ND_LIMIT_FILES_PER_MAIL || first > 0)
		*flags |= ND_BODY_UNSEEN;
	for (size_t i = first + 1; i < nd_read_file_count(message); i++) {
		struct nd_message *copy = new_copy(message);
		struct nd_error why;

		if (read_file(copy, &file[i], NULL, &why) != ND_OK)
			*flags |= ND_BODY_UNSEEN;
		else
			nd_copies_compare(message, copy);
		talloc_free(copy);
	}
}

/* Everything that could be quoted of a mail: all texts of all its files. */
static void
collect_text(struct nd_message *message, const struct nd_read_file *file)
{
	struct nd_buf *all = nd_buf_new(NULL, ND_LIMIT_WITHHELD_BYTES);

	for (size_t i = 0; i < nd_read_file_count(message); i++) {
		struct nd_message *copy = new_copy(message);
		struct nd_error why;

		if (read_file(copy, &file[i], all, &why) != ND_OK)
			message->body->flags |= ND_BODY_UNSEEN;
		talloc_free(copy);
	}
	if (all->full)
		message->body->flags |= ND_BODY_UNSEEN;
	message->withheld = nd_buf_finish(message, all);
}

enum nd_status
nd_read_opened(struct nd_message *message, const struct nd_read_file *file,
               struct nd_error *err)
{
	enum nd_status st = ND_ERR_IO;
	size_t i;

	nd_read_make_blank(message);
	if (message->file_count == 0)
		return nd_fail(err, st, "mail '%s' has no file", message->id);
	for (i = 0; i < nd_read_file_count(message); i++) {
		st = read_file(message, &file[i], NULL, err);
		if (st == ND_OK)
			break;
	}
	if (st != ND_OK)
		return st;
	if (message->file_count > 1)
		compare_files(message, file, i);
	if (message->flags & ND_MESSAGE_WITHHELD)
		collect_text(message, file);
	return ND_OK;
}

enum nd_status
nd_read_mail(struct nd_message *message, struct nd_error *err)
{
	size_t count = nd_read_file_count(message);
	struct nd_read_file *file =
		x_array(NULL, struct nd_read_file, count + 1);
	enum nd_status st;

	for (size_t i = 0; i < count; i++)
		nd_read_open(&file[i], message->file[i]);
	st = nd_read_opened(message, file, err);
	for (size_t i = 0; i < count; i++)
		nd_read_close(&file[i]);
	talloc_free(file);
	return st;
}

enum nd_status
nd_read_message_id(const void *ctx, const char *bytes, size_t len,
                   const char **out, struct nd_error *err)
{
	void *tmp = talloc_new(NULL);
	GByteArray *copy = g_byte_array_sized_new(0);
	GMimeMessage *mime;
	const char *header = NULL, *id = NULL;
	struct source source = {0};
	enum nd_status st = ND_OK;

	if (len > OVERSIZE_READ_BYTES)
		len = OVERSIZE_READ_BYTES;
	g_byte_array_append(copy, (const guint8 *)bytes, (guint)len);
	mime = parse(tmp, copy, false, &source);
	if (mime)
		header = g_mime_object_get_header(GMIME_OBJECT(mime),
		                                  "Message-ID");
	if (header)
		id = nd_msgid_parse(ctx, header);
	if (id)
		*out = id;
	else
		st = nd_fail(err, ND_ERR_PARSE, "the mail has no Message-ID");
	talloc_free(tmp);
	return st;
}
