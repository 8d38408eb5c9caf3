/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/reportmail.h"

#include "render/escape.h"
#include "render/flow.h"
#include "render/mailhead.h"
#include "util/alloc.h"
#include "util/time.h"
#include "words/labels.h"

/* A quoted-printable body has no such line. */
#define BOUNDARY "=_digest_report"

static struct nd_buf *
make_text(const void *ctx, const struct nd_report *report,
          const struct nd_render_options *options, size_t limit_bytes)
{
	struct nd_render_options page = *options;
	struct nd_buf *lines = nd_buf_new(ctx, limit_bytes);
	struct nd_buf *text = nd_buf_new(ctx, limit_bytes);

	/* One column for what is put before a blank. */
	page.width = ND_FLOW_COLUMNS - 1;
	page.color = page.links = false;
	nd_render_report(report, ND_FORMAT_TEXT, &page, lines);
	nd_flow_add_lines(nd_flow_new(lines, text), lines->data);
	text->full = text->full || lines->full;
	return text;
}

static struct nd_buf *
make_html(const void *ctx, const struct nd_report *report,
          const struct nd_render_options *options, size_t limit_bytes)
{
	struct nd_render_options page = *options;
	struct nd_buf *html = nd_buf_new(ctx, limit_bytes);

	page.mailed = true;
	nd_render_report(report, ND_FORMAT_HTML, &page, html);
	return html;
}

static const char *
model_name(const struct nd_report *report)
{
	for (size_t i = 0; i < report->thread_count; i++) {
		const struct nd_summary *summary = report->thread[i]->summary;

		if (summary && summary->model &&
		    nd_mailhead_is_plain(summary->model))
			return summary->model;
	}
	return "-";
}

static void
add_headers(struct nd_buf *out, const struct nd_labels *labels,
            const struct nd_report_mail *mail)
{
	const struct nd_report *report = labels->report;
	void *tmp = talloc_new(NULL);

	nd_mailhead_add_from(out, mail->from);
	nd_mailhead_add_to(out, mail->to);
	nd_mailhead_add_subject(
		out,
		nd_escape_terminal(tmp, nd_label_title_dated(tmp, labels)));
	nd_buf_addf(out, "Date: %s\n",
	            nd_time_utc(tmp, "%a, %d %b %Y %H:%M:%S +0000",
	                        report->generated_s));
	nd_buf_addf(out, "Message-ID: <%s>\n", mail->id);
	nd_buf_adds(out, "Auto-Submitted: auto-generated\n");
	nd_buf_addf(out,
	            "X-Notmuch-Digest: v=1; engine=%s; model=%s; lang=%s; "
	            "covers=%u; query=%s; since=%lld; until=%lld\n",
	            report->engine, model_name(report),
	            nd_i18n_language(labels->i18n), report->messages,
	            mail->query, (long long)report->window.since_s,
	            (long long)report->window.until_s);
	nd_buf_addf(out, "X-Notmuch-Digest-Tags: %s\n", mail->tags);
	nd_buf_adds(out, "MIME-Version: 1.0\n"
	                 "Content-Type: multipart/alternative; "
	                 "boundary=\"" BOUNDARY "\"\n\n");
	talloc_free(tmp);
}

static bool
headers_hold(const char *bytes)
{
	static const char *const names[] = {
		"From",
		"To",
		"Subject",
		"Date",
		"Message-ID",
		"Auto-Submitted",
		"X-Notmuch-Digest",
		"X-Notmuch-Digest-Tags",
		"MIME-Version",
		"Content-Type",
	};

	return nd_mailhead_holds(bytes, names, sizeof names / sizeof *names);
}

static void
add_part(struct nd_buf *out, const char *type, const struct nd_buf *body)
{
	nd_buf_addf(out,
	            "--" BOUNDARY "\nContent-Type: %s\n"
	            "Content-Transfer-Encoding: quoted-printable\n\n",
	            type);
	nd_mailhead_add_quoted_printable(out, body);
	nd_buf_addc(out, '\n');
}

enum nd_status
nd_reportmail_render(const struct nd_report *report,
                     const struct nd_render_options *options,
                     const struct nd_report_mail *mail, struct nd_buf *out,
                     struct nd_error *err)
{
	const struct nd_labels labels = {.report = report,
	                                 .i18n = options->i18n};
	size_t start = out->len;
	void *tmp = talloc_new(NULL);
	struct nd_buf *text = make_text(tmp, report, options, out->limit_bytes);
	struct nd_buf *html = make_html(tmp, report, options, out->limit_bytes);
	bool full = text->full || html->full;

	add_headers(out, &labels, mail);
	/* The last one is what a reader that can show both prefers. */
	add_part(out, "text/plain; charset=utf-8; format=flowed", text);
	add_part(out, "text/html; charset=utf-8", html);
	nd_buf_adds(out, "--" BOUNDARY "--\n");
	talloc_free(tmp);
	if (full || out->full)
		return nd_fail(err, ND_ERR_LIMIT,
		               "the report is over %zu bytes as a mail\n"
		               "ask for fewer threads with --limit or a query",
		               out->limit_bytes);
	if (!headers_hold(out->data + start))
		return nd_fail(err, ND_ERR_PARSE,
		               "the report's mail would have odd headers");
	return ND_OK;
}
