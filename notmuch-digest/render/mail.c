/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/mail.h"

#include <string.h>

#include "model/address.h"
#include "render/escape.h"
#include "render/flow.h"
#include "render/mailhead.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"
#include "util/time.h"
#include "util/utf8.h"
#include "words/facts.h"
#include "words/labels.h"
#include "words/maillist.h"
#include "words/statusline.h"
#include "words/subthread.h"

#define MERGED_HEADER "X-Notmuch-Digest-Merged"

enum { GIST_COLUMNS = 100 };

/* ---- the text ------------------------------------------------------------ */

struct writer {
	struct nd_flow *flow;
	const struct nd_labels *labels;
	const struct nd_thread *thread;
};

static const char *
tr(const struct writer *to, const char *text) __attribute__((format_arg(2)));

static const char *
tr(const struct writer *to, const char *text)
{
	return nd_tr(to->labels->i18n, text);
}

/* "id:x@y" as clients find it, and as notmuch takes it for a query. */
static const char *
id_link(const void *ctx, const char *id)
{
	struct nd_buf *link;

	if (!strpbrk(id, " \"()"))
		return x_asprintf(ctx, "id:%s", id);
	link = nd_buf_new(ctx, 2 * strlen(id) + 8);
	nd_buf_adds(link, "id:\"");
	for (const char *c = id; *c; c++)
		nd_buf_adds(link, *c == '"' ? "\"\"" : (char[]){*c, '\0'});
	nd_buf_addc(link, '"');
	return nd_buf_finish(ctx, link);
}

static void
add_text(const struct writer *to, const char *text)
{
	char *safe = nd_escape_terminal(NULL, text);

	if (*safe)
		nd_flow_add(to->flow, safe);
	talloc_free(safe);
}

/* What stands above the lines of a part, or tells of others. */
static void
add_point(const struct writer *to, const char *text)
{
	void *tmp = talloc_new(NULL);

	if (*text)
		add_text(to, x_asprintf(tmp, "* %s", text));
	talloc_free(tmp);
}

static bool
is_all_new(const struct nd_thread *thread)
{
	return thread->counts.new_messages == thread->counts.total;
}

static void
add_zone(const struct writer *to, enum nd_zone zone)
{
	const struct nd_summary *summary = to->thread->summary;
	const struct nd_item_list *list = &summary->zone[zone];
	const char *heading, *rest;
	void *tmp;

	if (list->count == 0)
		return;
	nd_flow_gap(to->flow);
	if (zone == ND_ZONE_NEW && !is_all_new(to->thread))
		heading = tr(to, "New since the last digest");
	else if (zone == ND_ZONE_NEW)
		heading = tr(to, "Discussion");
	else
		heading = nd_label_zone(to->labels, zone);
	tmp = talloc_new(NULL);
	add_text(to,
	         nd_label_writer(tmp, to->labels, to->thread, zone, heading));
	for (size_t i = 0; i < list->count;) {
		bool below = nd_summary_zone_has_headings(zone) &&
		             list->item[i].subthread;
		struct nd_buf *line = nd_buf_new(tmp, ND_LIMIT_DIGEST_BYTES);
		const char *quote = nd_maillist_quote(tmp, to->labels,
		                                      &list->item[i], zone);

		add_point(to, nd_subthread_heading(tmp, to->labels, to->thread,
		                                   zone, i));
		nd_buf_adds(line, below ? "- " : "* ");
		i = nd_maillist_say(line, to->labels, to->thread, zone, i);
		add_text(to, line->data);
		if (quote)
			add_text(to, x_asprintf(tmp, "- %s", quote));
	}
	for (size_t i = 0; (rest = nd_subthread_rest(tmp, to->labels, list, i));
	     i++)
		add_point(to, rest);
	talloc_free(tmp);
}

static const struct nd_message *
newest(const struct nd_thread *thread)
{
	return thread->message[thread->message_count - 1];
}

/* What it is, and how far it goes. */
static void
add_facts(const struct writer *to)
{
	const struct nd_thread *thread = to->thread;
	const struct nd_labels *labels = to->labels;
	void *tmp = talloc_new(NULL);
	const char *facts[] = {
		x_asprintf(tmp, tr(to, "%s of %s, %s to %s UTC"),
	                   nd_label_mails(tmp, labels, thread->counts.total),
	                   nd_label_participants(tmp, labels,
	                                         thread->counts.participants),
	                   nd_time_utc(tmp, "%Y-%m-%d",
	                               nd_thread_root(thread)->date_s),
	                   nd_time_utc(tmp, "%Y-%m-%d %H:%M",
	                               newest(thread)->date_s)),
		/* An extract tells in sentences who gave what. */
		thread->summary->model ? nd_facts_trailers(tmp, labels, thread)
				       : "",
	};

	nd_flow_gap(to->flow);
	add_text(to, nd_statusline_add(tmp, labels, thread));
	add_text(to, nd_label_join(tmp, labels, facts,
	                           sizeof facts / sizeof *facts));
	for (size_t i = 0; i < thread->more_series_count; i++)
		add_text(to, nd_facts_also(tmp, labels, thread, i));
	talloc_free(tmp);
}

/* The mails that the summary cites, by the numbers that stand there. */
static void
add_cited(const struct writer *to)
{
	const struct nd_thread *thread = to->thread;
	void *tmp = talloc_new(NULL);
	bool *cited = x_array(tmp, bool, thread->message_count);
	bool any = false;

	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		const struct nd_item_list *list = &thread->summary->zone[zone];

		for (size_t i = 0; i < list->count; i++)
			for (size_t k = 0; k < list->item[i].source_count; k++)
				cited[list->item[i].source[k]] = any = true;
	}
	if (any)
		nd_flow_gap(to->flow);
	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_message *message = thread->message[i];
		const char *link = id_link(tmp, message->id);
		const char *day = tr(to, "no date");

		if (!cited[i])
			continue;
		if (nd_message_day_s(message) > 0)
			day = nd_time_utc(tmp, "%Y-%m-%d",
			                  nd_message_day_s(message));
		nd_flow_add_with(
			to->flow,
			nd_escape_terminal(
				tmp, x_asprintf(tmp, "[#%zu] %s, %s", i + 1,
		                                nd_address_name(
							tmp, &message->sender),
		                                day)),
			&link, 1);
	}
	talloc_free(tmp);
}

static void
add_end(const struct writer *to, const struct nd_digest_mail *mail)
{
	void *tmp = talloc_new(NULL);
	const char *answer = id_link(tmp, newest(to->thread)->id);
	const struct nd_summary *summary = to->thread->summary;
	const char *engine = summary->engine;
	const char *parts[4];

	nd_flow_gap(to->flow);
	/* An answer to the digest itself would not reach anybody. */
	nd_flow_add_with(to->flow, tr(to, "The newest mail, to answer:"),
	                 &answer, 1);
	if (summary->model)
		engine = x_asprintf(tmp, "%s, %s", engine, summary->model);
	parts[0] = nd_facts_coverage(tmp, to->labels, to->thread);
	parts[1] = x_asprintf(tmp, tr(to, "engine: %s"), engine);
	parts[2] = nd_label_thread_dropped(tmp, to->labels, to->thread);
	parts[3] = nd_time_utc(tmp, "%Y-%m-%d", mail->now_s);
	add_text(to, nd_label_join(tmp, to->labels, parts, 4));
	talloc_free(tmp);
}

static const char *
gist(const void *ctx, const struct nd_labels *labels,
     const struct nd_thread *thread)
{
	const char *gist = thread->summary->gist;

	if (!gist || !*gist)
		return nd_thread_root(thread)->subject;
	return nd_label_gist_writer(ctx, labels, thread, gist);
}

static struct nd_buf *
make_text(const void *ctx, const struct nd_labels *labels,
          const struct nd_thread *thread, const struct nd_digest_mail *mail)
{
	struct nd_buf *text = nd_buf_new(ctx, ND_LIMIT_DIGEST_BYTES);
	struct writer to = {nd_flow_new(text, text), labels, thread};

	add_text(&to, gist(text, labels, thread));
	add_facts(&to);
	for (enum nd_zone zone = 0; zone < ND_ZONE_COUNT; zone++)
		add_zone(&to, zone);
	if (*nd_label_nothing(labels, thread)) {
		nd_flow_gap(to.flow);
		add_text(&to, nd_label_nothing(labels, thread));
	}
	add_cited(&to);
	add_end(&to, mail);
	return text;
}

/* ---- the headers --------------------------------------------------------- */

/* "[digest 7 mails to 2023-01-06] gist", not longer than a list shows. */
static const char *
subject(const void *ctx, const struct nd_labels *labels,
        const struct nd_thread *thread)
{
	char *line = nd_escape_terminal(ctx, gist(ctx, labels, thread));
	size_t len = strlen(line);
	size_t fit = nd_utf8_fit(line, len, GIST_COLUMNS);
	unsigned count = thread->counts.total;

	if (fit < len) {
		fit = nd_utf8_fit(line, len, GIST_COLUMNS - 1);
		while (fit > 0 && line[fit - 1] == ' ')
			fit--;
		line = x_asprintf(ctx, "%.*s…", (int)fit, line);
	}
	return x_asprintf(ctx, "[digest %u mail%s to %s] %s", count,
	                  count == 1 ? "" : "s",
	                  nd_time_utc(ctx, "%Y-%m-%d", newest(thread)->date_s),
	                  line);
}

/* One word a line: each stands for a patch. */
static void
add_merged(struct nd_buf *out, const char *merged)
{
	if (!merged || !*merged)
		return;
	nd_buf_adds(out, MERGED_HEADER ":");
	while (*merged) {
		size_t len = strcspn(merged, " ");

		nd_buf_addf(out, " %.*s\n", (int)len, merged);
		merged += len + (merged[len] == ' ');
	}
}

static void
add_headers(struct nd_buf *out, const struct nd_labels *labels,
            const struct nd_thread *thread, const struct nd_digest_mail *mail,
            const char *encoding)
{
	const struct nd_summary *summary = thread->summary;
	void *tmp = talloc_new(NULL);
	const char *model = summary->model ? summary->model : "-";

	nd_mailhead_add_from(out, mail->from);
	nd_mailhead_add_to(out, NULL);
	nd_mailhead_add_subject(out, subject(tmp, labels, thread));
	/* Names of days and months do not depend on the locale: we set none. */
	nd_buf_addf(
		out, "Date: %s\n",
		nd_time_utc(tmp, "%a, %d %b %Y %H:%M:%S +0000", mail->date_s));
	nd_buf_addf(out, "Message-ID: <%s>\n", mail->id);
	nd_buf_addf(out, "In-Reply-To: <%s>\n", mail->parent_id);
	nd_buf_addf(out, "References: <%s>\n", mail->parent_id);
	nd_buf_adds(out, "Auto-Submitted: auto-generated\n");
	nd_buf_addf(out,
	            "X-Notmuch-Digest: v=1; engine=%s; model=%s; lang=%s; "
	            "covers=%u; key=%s; last=%s%s%s\n",
	            summary->engine, nd_mailhead_is_plain(model) ? model : "-",
	            nd_i18n_language(labels->i18n), thread->counts.total,
	            mail->key, mail->last, *mail->behind ? "; behind=" : "",
	            mail->behind);
	nd_buf_addf(out, "X-Notmuch-Digest-Tags: %s\n", mail->tags);
	add_merged(out, mail->merged);
	nd_buf_adds(out, "MIME-Version: 1.0\n"
	                 "Content-Type: text/plain; charset=utf-8; "
	                 "format=flowed\n");
	nd_buf_addf(out, "Content-Transfer-Encoding: %s\n\n", encoding);
	talloc_free(tmp);
}

/* Are these the headers, and no others? */
static bool
headers_hold(const char *bytes, const struct nd_digest_mail *mail)
{
	static const char *const names[] = {
		"From",
		"To",
		"Subject",
		"Date",
		"Message-ID",
		"In-Reply-To",
		"References",
		"Auto-Submitted",
		"X-Notmuch-Digest",
		"X-Notmuch-Digest-Tags",
		MERGED_HEADER, /* where there is something to say */
		"MIME-Version",
		"Content-Type",
		"Content-Transfer-Encoding",
	};
	const char *expected[sizeof names / sizeof *names];
	bool has_merged = mail->merged && *mail->merged;
	size_t count = 0;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (has_merged || strcmp(names[i], MERGED_HEADER) != 0)
			expected[count++] = names[i];
	return nd_mailhead_holds(bytes, expected, count);
}

/* ---- the mail ------------------------------------------------------------ */

enum nd_status
nd_mail_render_digest(const struct nd_report *report,
                      const struct nd_thread *thread,
                      const struct nd_i18n *i18n,
                      const struct nd_digest_mail *mail, struct nd_buf *out,
                      struct nd_error *err)
{
	struct nd_labels labels = {
		.report = report, .i18n = i18n, .mails = ND_MAILS_ALL};
	size_t start = out->len;
	struct nd_buf *text;
	bool plain;

	if (!nd_mailhead_has_id_form(mail->parent_id))
		return nd_fail(err, ND_ERR_PARSE,
		               "its Message-ID cannot stand in a header");
	text = make_text(NULL, &labels, thread, mail);
	plain = nd_mailhead_is_seven_bit(text);
	add_headers(out, &labels, thread, mail,
	            plain ? "7bit" : "quoted-printable");
	if (plain)
		nd_buf_add(out, text->data, text->len);
	else
		nd_mailhead_add_quoted_printable(out, text);
	talloc_free(text);
	if (out->full)
		return nd_fail(err, ND_ERR_LIMIT, "its digest is too long");
	if (!headers_hold(out->data + start, mail))
		return nd_fail(err, ND_ERR_PARSE,
		               "its digest would have odd headers");
	return ND_OK;
}
