/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * thread.c - a hostile thread through everything that reads and prints it
 *
 * The input is up to eight mails, divided by a line of "%%%%". They become
 * one thread that is read, linked, analysed, summarised and rendered in every
 * format; what comes out must be valid UTF-8 without unsafe characters.
 */
#include <string.h>

#include "fuzz.h"

#include "agenda/front.h"
#include "analyse/analyse.h"
#include "conversation/threading.h"
#include "mail/read.h"
#include "render/render.h"
#include "summarise/summarise.h"
#include "util/alloc.h"
#include "util/str.h"
#include "util/utf8.h"

#define MARK "\n%%%%\n"

enum { MAILS_MAX = 8, OUTPUT_BYTES = 16 << 20 };

static void
add_mail(struct nd_thread *thread, const char *data, size_t size)
{
	void *tmp = talloc_new(NULL);
	struct nd_message *message = x_new(thread, struct nd_message);
	struct nd_error err;

	message->id =
		x_asprintf(message, "%zu@fuzz.example", thread->message_count);
	message->date_s = (int64_t)(1000000 + 60 * thread->message_count);
	message->parent = ND_NO_MESSAGE;
	message->flags = thread->message_count > 2 ? ND_MESSAGE_NEW : 0;
	*x_append(message, message->file, message->file_count) =
		x_strdup(message, fuzz_file(tmp, data, size));
	*x_append(thread, thread->message, thread->message_count) = message;
	/* No failure is without a reason. */
	MUST(nd_read_mail(message, &err) == ND_OK || err.msg[0]);
	talloc_free(tmp);
}

static void
split_mails(struct nd_thread *thread, const char *data, size_t size)
{
	while (thread->message_count < MAILS_MAX - 1) {
		const char *end = nd_mem_find(data, size, MARK);

		if (!end)
			break;
		add_mail(thread, data, (size_t)(end - data));
		size -= (size_t)(end - data) + strlen(MARK);
		data = end + strlen(MARK);
	}
	add_mail(thread, data, size);
}

static void
check_output(const struct nd_buf *out, bool terminal)
{
	MUST(nd_utf8_is_valid(out->data, out->len));
	for (size_t at = 0; terminal && at < out->len;) {
		int32_t c = nd_utf8_next(out->data, out->len, &at);

		/* Our own headings have emoji with a variation selector. */
		MUST(!nd_utf8_is_unsafe(c) || c == 0xfe0f);
	}
}

static void
render_all(struct nd_report *report)
{
	struct nd_render_options options = {.mails = ND_MAILS_ALL, .width = 72};
	const struct nd_user nobody = {.name = ""};
	struct nd_error err;

	nd_front_make(report, &nobody);
	MUST(nd_i18n_open(report, "en", &options.i18n, &err) == ND_OK);
	for (enum nd_format f = ND_FORMAT_MARKDOWN; f <= ND_FORMAT_HTML; f++) {
		struct nd_buf *out = nd_buf_new(NULL, OUTPUT_BYTES);

		nd_render_report(report, f, &options, out);
		check_output(out, f != ND_FORMAT_JSON);
		talloc_free(out);
	}
}

void
fuzz_thread(void *ctx, const char *text, size_t len)
{
	static const struct nd_summarise_options options = {.max_words = 150,
	                                                    .large = 2};
	struct nd_report *report = x_new(ctx, struct nd_report);
	struct nd_thread *thread = x_new(report, struct nd_thread);
	struct nd_category_row row = {.threads = 1};

	thread->id = "1";
	split_mails(thread, text, len);
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
}
