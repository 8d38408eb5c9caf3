/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mail.c - a hostile thread through everything that reads and prints it
 *
 * The input is up to eight mails, divided by a line of "\0\0\n". They become
 * one thread that is read, linked, analysed, summarised and rendered in every
 * format; what comes out must be valid UTF-8 without unsafe characters.
 *
 * For libFuzzer: make fuzz (wants clang); seeds are the sample's mails.
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "agenda/front.h"
#include "analyse/analyse.h"
#include "conversation/threading.h"
#include "mail/read.h"
#include "render/render.h"
#include "summarise/summarise.h"
#include "util/alloc.h"
#include "util/outfile.h"
#include "util/utf8.h"

enum { MAILS_MAX = 8, OUTPUT_BYTES = 16 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The mail as a file that nd_read_mail() can open. */
static int
add_mail(struct nd_thread *thread, const uint8_t *data, size_t size)
{
	int fd = memfd_create("mail", MFD_CLOEXEC);
	struct nd_message *message = x_new(thread, struct nd_message);
	struct nd_error err;

	if (fd < 0 || nd_outfile_write_all(fd, (const char *)data, size) != 0)
		abort();
	message->id =
		x_asprintf(message, "%zu@fuzz.example", thread->message_count);
	message->date_s = (int64_t)(1000000 + 60 * thread->message_count);
	message->parent = ND_NO_MESSAGE;
	message->flags = thread->message_count > 2 ? ND_MESSAGE_NEW : 0;
	*x_append(message, message->file, message->file_count) =
		x_asprintf(message, "/proc/self/fd/%d", fd);
	*x_append(thread, thread->message, thread->message_count) = message;
	if (nd_read_mail(message, &err) != ND_OK && !err.msg[0])
		abort(); /* a failure without a reason */
	close(fd);
	return 0;
}

static void
split_mails(struct nd_thread *thread, const uint8_t *data, size_t size)
{
	static const uint8_t mark[] = {0, 0, '\n'};

	while (thread->message_count < MAILS_MAX - 1) {
		const uint8_t *end = memmem(data, size, mark, sizeof mark);

		if (!end)
			break;
		add_mail(thread, data, (size_t)(end - data));
		size -= (size_t)(end - data) + sizeof mark;
		data = end + sizeof mark;
	}
	add_mail(thread, data, size);
}

static void
check_output(const struct nd_buf *out, bool terminal)
{
	if (!nd_utf8_is_valid(out->data, out->len))
		abort();
	for (size_t at = 0; terminal && at < out->len;) {
		int32_t c = nd_utf8_next(out->data, out->len, &at);

		/* Our own headings have emoji with a variation selector. */
		if (nd_utf8_is_unsafe(c) && c != 0xfe0f)
			abort();
	}
}

static void
render_all(struct nd_report *report)
{
	struct nd_render_options options = {.mails = ND_MAILS_ALL, .width = 72};
	const struct nd_user nobody = {.name = ""};
	struct nd_error err;

	nd_front_make(report, &nobody);
	if (nd_i18n_open(report, "en", &options.i18n, &err) != ND_OK)
		abort();
	for (enum nd_format f = ND_FORMAT_MARKDOWN; f <= ND_FORMAT_HTML; f++) {
		struct nd_buf *out = nd_buf_new(NULL, OUTPUT_BYTES);

		nd_render_report(report, f, &options, out);
		check_output(out, f != ND_FORMAT_JSON);
		talloc_free(out);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct nd_summarise_options options = {.max_words = 150,
	                                                    .large = 2};
	struct nd_report *report = x_new(NULL, struct nd_report);
	struct nd_thread *thread = x_new(report, struct nd_thread);
	struct nd_category_row row = {.threads = 1};

	nd_read_init();
	thread->id = "1";
	split_mails(thread, data, size);
	nd_threading_link(thread);
	nd_analyse_thread(thread);
	nd_summarise_thread(thread, &options);
	nd_thread_drop_text(thread);

	row.name = nd_thread_category(thread);
	report->query = "*";
	report->list = "";
	report->engine = "extract";
	report->category = &row;
	report->category_count = 1;
	report->thread = &thread;
	report->thread_count = report->thread_total = 1;
	report->window.until_s = 2000000;
	render_all(report);
	talloc_free(report);
	return 0;
}
