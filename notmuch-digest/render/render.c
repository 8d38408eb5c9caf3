/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/render.h"

#include "render/atom.h"
#include "render/heardlist.h"
#include "render/htmlpage.h"
#include "render/markdown.h"
#include "render/reportjson.h"
#include "render/text.h"
#include "render/threadjson.h"

void
nd_render_report(const struct nd_report *report, enum nd_format format,
                 const struct nd_render_options *options, struct nd_buf *out)
{
	struct nd_labels labels = {.report = report,
	                           .i18n = options->i18n,
	                           .mails = options->mails,
	                           .fold = options->fold,
	                           .brief = options->brief,
	                           .minutes = options->minutes,
	                           .mailed = options->mailed};
	struct nd_text_page page = {.width = options->width,
	                            .color = options->color,
	                            .links = options->links};

	switch (format) {
	case ND_FORMAT_MARKDOWN:
		nd_markdown_report(&labels, out);
		break;
	case ND_FORMAT_JSON:
		nd_reportjson_report(&labels, out);
		break;
	case ND_FORMAT_TEXT:
		nd_text_report(&labels, &page, out);
		break;
	case ND_FORMAT_HTML:
		nd_htmlpage_report(&labels, out);
		break;
	case ND_FORMAT_ATOM:
		labels.fold = false;
		nd_atom_report(&labels, out);
		break;
	case ND_FORMAT_MBOX: /* made of digests */
	case ND_FORMAT_COUNT:
		break;
	}
}

static void
add_thread(const struct nd_labels *labels, const struct nd_thread *thread,
           enum nd_format format, const struct nd_text_page *page,
           struct nd_buf *out)
{
	switch (format) {
	case ND_FORMAT_MARKDOWN:
		nd_markdown_thread(labels, thread, out);
		nd_heardlist_add(labels->i18n, thread, out);
		break;
	case ND_FORMAT_JSON:
		nd_threadjson_line(thread, out);
		break;
	case ND_FORMAT_TEXT:
		nd_text_thread(labels, page, thread, out);
		nd_heardlist_add(labels->i18n, thread, out);
		break;
	case ND_FORMAT_HTML: /* reports as a whole, or many threads */
	case ND_FORMAT_ATOM:
	case ND_FORMAT_MBOX:
	case ND_FORMAT_COUNT:
		break;
	}
}

void
nd_render_threads(const struct nd_report *report, enum nd_format format,
                  const struct nd_render_options *options, struct nd_buf *out)
{
	struct nd_labels labels = {.report = report,
	                           .i18n = options->i18n,
	                           .mails = options->mails,
	                           .alone = true};
	struct nd_text_page page = {.width = options->width,
	                            .color = options->color,
	                            .links = options->links};

	if (format == ND_FORMAT_HTML) {
		nd_htmlpage_threads(&labels, out);
		return;
	}
	for (size_t i = 0; i < report->thread_count; i++)
		add_thread(&labels, report->thread[i], format, &page, out);
}
