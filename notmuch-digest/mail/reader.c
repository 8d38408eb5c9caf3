/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memfd_create() */
#include "mail/reader.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "cage/fdpass.h"
#include "cage/iconvopen.h"
#include "mail/mailwire.h"
#include "mail/read.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/outfile.h"

/* Mails that are given to a worker at once: their files are open meanwhile. */
enum { PIECE_MAILS = 12, PIECE_FILES = 48 };

/* Larger mails are read one at a time, however many threads there are: what
 * decoding takes for a moment is many times what is kept. */
enum { LARGE_BYTES = 1 << 20 };
static pthread_mutex_t large_mail = PTHREAD_MUTEX_INITIALIZER;

struct nd_reader {
	struct nd_cage *cage;
};

/* What the libraries load when they need it first. */
static void
prepare(void)
{
	tzset();
	nd_read_init();
	nd_iconvopen_prepare();
}

static const struct nd_cage_room room = {
	.prepare = prepare,
	.learn = nd_iconvopen_learn,
	.cpu_s = ND_LIMIT_CAGE_CPU_S,
	.memory_bytes = ND_LIMIT_CAGE_BYTES,
	.wait_s = ND_LIMIT_CAGE_WAIT_S,
	.items = ND_LIMIT_CAGE_ITEMS,
};

bool
nd_reader_is_available(void)
{
	return nd_cage_is_available();
}

enum nd_status
nd_reader_new(const void *ctx, struct nd_reader **out, struct nd_error *err)
{
	struct nd_reader *reader = x_new(NULL, struct nd_reader);
	enum nd_status st = nd_cage_new(reader, &room, &reader->cage, err);

	if (st == ND_OK)
		*out = talloc_steal(ctx, reader);
	else
		talloc_free(reader);
	return st;
}

/* ---- mails --------------------------------------------------------------- */

/* A mail, and its files, while they are open. */
struct opened {
	struct nd_message *message;
	struct nd_read_file *file;
	size_t file_count;
	struct nd_reader_result *result;
	struct nd_buf *request;
	int *fd;
	size_t fd_count;
};

struct piece {
	struct opened mail[PIECE_MAILS];
	struct nd_cage_item item[PIECE_MAILS];
	size_t count, file_count;
	size_t sent[PIECE_MAILS]; /* index in mail of each item */
	size_t sent_count;
	bool large;
};

static void
work_on_mail(const struct nd_cage_request *request, struct nd_buf *answer)
{
	void *tmp = talloc_new(NULL);
	struct nd_wire wire = {request->bytes, request->len, false};
	struct nd_read_file *file;
	struct nd_message *message =
		nd_mailwire_take_request(tmp, &wire, request->fd, &file);
	struct nd_error why;
	enum nd_status st = nd_read_opened(message, file, &why);

	nd_mailwire_put_answer(answer, message, st, &why);
	talloc_free(tmp);
}

static bool
take_mail(void *arg, size_t i, const char *bytes, size_t len)
{
	const struct piece *piece = arg;
	const struct opened *mail = &piece->mail[piece->sent[i]];

	return nd_mailwire_take_answer(mail->message, bytes, len,
	                               &mail->result->status,
	                               &mail->result->why);
}

static void
lose_mail(void *arg, size_t i, const char *why)
{
	const struct piece *piece = arg;
	const struct opened *mail = &piece->mail[piece->sent[i]];

	nd_read_make_blank(mail->message);
	mail->result->status = nd_fail(&mail->result->why, ND_ERR_LIMIT,
	                               "its reading was stopped: %s", why);
}

static const struct nd_cage_job read_mail = {
	.work = work_on_mail, .take = take_mail, .lost = lose_mail};

static void
open_mail(struct piece *piece, struct nd_message *message,
          struct nd_reader_result *result)
{
	struct opened *mail = &piece->mail[piece->count++];
	size_t count = nd_read_file_count(message);

	*mail = (struct opened){.message = message, .result = result};
	mail->file = x_array(NULL, struct nd_read_file, count + 1);
	mail->fd = x_array(mail->file, int, count + 1);
	mail->file_count = count;
	for (size_t i = 0; i < count; i++) {
		struct nd_read_file *file = &mail->file[i];

		nd_read_open(file, message->file[i]);
		if (file->fd >= 0)
			mail->fd[mail->fd_count++] = file->fd;
		piece->large |= file->fd >= 0 && file->bytes > LARGE_BYTES;
	}
	piece->file_count += count;
}

static void
close_mail(struct opened *mail)
{
	for (size_t i = 0; i < mail->file_count; i++)
		nd_read_close(&mail->file[i]);
	talloc_free(mail->request);
	talloc_free(mail->file);
}

static void
read_here(const struct opened *mail)
{
	mail->result->status =
		nd_read_opened(mail->message, mail->file, &mail->result->why);
}

/* A mail of which no file is there is read nowhere. */
static void
put_requests(struct piece *piece)
{
	for (size_t i = 0; i < piece->count; i++) {
		struct opened *mail = &piece->mail[i];

		if (mail->fd_count == 0) {
			read_here(mail);
			continue;
		}
		mail->request = nd_buf_new(NULL, ND_BUF_BYTES_MAX);
		nd_mailwire_put_request(mail->request, mail->message,
		                        mail->file);
		piece->sent[piece->sent_count] = i;
		piece->item[piece->sent_count++] = (struct nd_cage_item){
			mail->request->data, mail->request->len, mail->fd,
			mail->fd_count};
	}
}

static enum nd_status
read_piece(struct nd_reader *reader, struct piece *piece, struct nd_error *err)
{
	struct nd_cage_job job = read_mail;
	enum nd_status st = ND_OK;

	job.arg = piece;
	if (piece->large)
		pthread_mutex_lock(&large_mail);
	if (reader) {
		put_requests(piece);
		st = nd_cage_run(reader->cage, piece->item, piece->sent_count,
		                 &job, err);
	} else {
		for (size_t i = 0; i < piece->count; i++)
			read_here(&piece->mail[i]);
	}
	if (piece->large)
		pthread_mutex_unlock(&large_mail);
	return st;
}

/* A large mail ends its piece; and what is open has an end. */
static bool
is_full(const struct piece *piece, const struct nd_message *next)
{
	return piece->count == PIECE_MAILS || piece->large ||
	       piece->file_count + nd_read_file_count(next) > PIECE_FILES;
}

enum nd_status
nd_reader_mails(struct nd_reader *reader, struct nd_message *const *message,
                size_t count, struct nd_reader_result *result,
                struct nd_error *err)
{
	enum nd_status st = ND_OK;
	size_t at = 0;

	while (st == ND_OK && at < count) {
		struct piece *piece = x_new(NULL, struct piece);

		do {
			open_mail(piece, message[at], &result[at]);
			at++;
		} while (at < count && !is_full(piece, message[at]));
		st = read_piece(reader, piece, err);
		for (size_t i = 0; i < piece->count; i++)
			close_mail(&piece->mail[i]);
		talloc_free(piece);
	}
	return st;
}

/* ---- bytes --------------------------------------------------------------- */

struct bytes {
	bool (*take)(void *arg, const char *bytes, size_t len);
	void *arg;
	const char *what;
	enum nd_status status;
	struct nd_error *err;
};

static bool
take_bytes(void *arg, size_t i, const char *bytes, size_t len)
{
	const struct bytes *of = arg;

	(void)i;
	return of->take(of->arg, bytes, len);
}

static void
lose_bytes(void *arg, size_t i, const char *why)
{
	struct bytes *of = arg;

	(void)i;
	of->status =
		nd_fail(of->err, ND_ERR_LIMIT,
	                "the reading of the %s was stopped: %s", of->what, why);
}

enum nd_status
nd_reader_bytes(struct nd_reader *reader, const char *bytes, size_t len,
                nd_cage_work_fn *work,
                bool (*take)(void *arg, const char *bytes, size_t len),
                void *arg, const char *what, struct nd_error *err)
{
	struct bytes of = {take, arg, what, ND_OK, err};
	const struct nd_cage_job job = {work, take_bytes, lose_bytes, &of};
	uint64_t size = len;
	int fd = memfd_create("bytes", MFD_CLOEXEC);
	struct nd_cage_item item = {(const char *)&size, sizeof size, &fd, 1};
	enum nd_status st;

	if (fd < 0 || nd_outfile_write_all(fd, bytes, len) != 0)
		st = nd_fail(err, ND_ERR_IO, "cannot keep the %s: %s", what,
		             strerror(errno));
	else
		st = nd_cage_run(reader->cage, &item, 1, &job, err);
	if (fd >= 0)
		close(fd);
	return st == ND_OK ? of.status : st;
}

const char *
nd_reader_given(const void *ctx, const struct nd_cage_request *request,
                size_t *len)
{
	struct nd_wire wire = {request->bytes, request->len, false};
	size_t size = (size_t)nd_wire_u64(&wire), have = 0;
	char *bytes = x_check(talloc_size(ctx, size + 1));

	while (have < size) {
		ssize_t got = pread(request->fd[0], bytes + have, size - have,
		                    (off_t)have);

		if (got <= 0)
			break;
		have += (size_t)got;
	}
	bytes[have] = '\0';
	*len = have;
	return bytes;
}

/* ---- the Message-ID of bytes --------------------------------------------- */

static void
work_on_id(const struct nd_cage_request *request, struct nd_buf *answer)
{
	void *tmp = talloc_new(NULL);
	size_t len;
	const char *bytes = nd_reader_given(tmp, request, &len);
	const char *id = "";
	struct nd_error why;

	if (nd_read_message_id(tmp, bytes, len, &id, &why) != ND_OK)
		id = "";
	nd_wire_put_text(answer, id);
	talloc_free(tmp);
}

struct id {
	const void *ctx;
	const char *id;
};

static bool
take_id(void *arg, const char *bytes, size_t len)
{
	struct id *of = arg;
	struct nd_wire wire = {bytes, len, false};

	of->id = nd_wire_line(of->ctx, &wire, ND_LIMIT_HEADER_BYTES);
	return nd_wire_is_done(&wire);
}

enum nd_status
nd_reader_message_id(struct nd_reader *reader, const void *ctx,
                     const char *bytes, size_t len, const char **out,
                     struct nd_error *err)
{
	struct id of = {.ctx = ctx};
	enum nd_status st;

	if (!reader) {
		nd_read_init();
		return nd_read_message_id(ctx, bytes, len, out, err);
	}
	st = nd_reader_bytes(reader, bytes, len, work_on_id, take_id, &of,
	                     "mail", err);
	if (st == ND_OK && !*of.id)
		st = nd_fail(err, ND_ERR_PARSE, "the mail has no Message-ID");
	if (st == ND_OK)
		*out = of.id;
	return st;
}
