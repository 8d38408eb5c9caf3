/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/markdownthread.h"

#include <string.h>

#include "render/escape.h"
#include "util/alloc.h"
#include "util/time.h"
#include "words/facts.h"
#include "words/maillist.h"
#include "words/statusline.h"
#include "words/subthread.h"

enum { LINE_BYTES_MAX = 1 << 16 };

/* "**label**: value" as a paragraph; nothing for an empty value. */
static void
add_fact(struct nd_buf *out, const char *label, const char *value)
{
	char *escaped = nd_escape_markdown(NULL, value);

	if (*escaped)
		nd_buf_addf(out, "**%s**: %s\n\n", label, escaped);
	talloc_free(escaped);
}

static void
add_counts(struct nd_buf *out, const struct nd_labels *labels,
           const struct nd_thread *thread)
{
	const struct nd_counts *counts = &thread->counts;
	int64_t started_s = nd_message_day_s(nd_thread_root(thread));
	void *tmp = talloc_new(NULL);

	nd_buf_addf(out, nd_label_tr(labels, "**📧 Mails**: %s"),
	            nd_label_count(tmp, labels, counts->new_messages,
	                           counts->total));
	nd_buf_addf(out, nd_label_tr(labels, " | **👥 Participants**: %s"),
	            nd_label_count(tmp, labels, counts->new_participants,
	                           counts->participants));
	nd_buf_addf(out, nd_label_tr(labels, " | **📅 Started**: %s"),
	            started_s == 0
	                    ? nd_label_tr(labels, "no date")
	                    : nd_time_format(tmp, "%a, %-d %b %Y %H:%M:%S %z",
	                                     started_s));
	nd_buf_adds(out, "\n\n");
	talloc_free(tmp);
}

static void
add_facts(struct nd_buf *out, const struct nd_labels *labels,
          const struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);

	nd_buf_addf(out, "**%s**: <%s>\n\n", nd_label_tr(labels, "Link"),
	            nd_facts_link(tmp, nd_thread_root(thread)));
	add_fact(out, nd_label_tr(labels, "Status"),
	         nd_statusline_add(tmp, labels, thread));
	add_fact(out, nd_label_tr(labels, "For you"),
	         nd_statusline_for_you(tmp, labels, thread));
	for (size_t i = 0; i < thread->more_series_count; i++)
		add_fact(out, nd_label_tr(labels, "Also in this thread"),
		         nd_facts_more_series(tmp, labels, thread, i));
	add_fact(out, nd_label_tr(labels, "Given in replies"),
	         nd_facts_trailers(tmp, labels, thread));
	talloc_free(tmp);
}

void
nd_markdownthread_point(struct nd_buf *out, const char *mark, const char *text)
{
	char *escaped = nd_escape_markdown(NULL, text);

	if (*escaped)
		nd_buf_addf(out, "%s%s\n", mark, escaped);
	talloc_free(escaped);
}

static void
add_zone(struct nd_buf *out, const struct nd_labels *labels,
         const struct nd_thread *thread, enum nd_zone zone)
{
	const struct nd_item_list *list = &thread->summary->zone[zone];
	void *tmp = talloc_new(NULL);
	const char *rest;

	nd_buf_addf(out, nd_label_tr(labels, "**%s**:"),
	            nd_label_excerpts(tmp, labels, list,
	                              nd_label_zone(labels, zone)));
	nd_buf_adds(out, "\n\n");
	for (size_t i = 0; i < list->count;) {
		struct nd_buf *line = nd_buf_new(NULL, LINE_BYTES_MAX);
		const char *quote =
			nd_maillist_quote(line, labels, &list->item[i], zone);
		bool below = nd_summary_zone_has_headings(zone) &&
		             list->item[i].subthread;

		nd_markdownthread_point(
			out, "- ",
			nd_subthread_heading(line, labels, thread, zone, i));
		i = nd_maillist_say(line, labels, thread, zone, i);
		nd_markdownthread_point(out, below ? "  - " : "- ", line->data);
		nd_markdownthread_point(out, "  - ", quote ? quote : "");
		talloc_free(line);
	}
	for (size_t i = 0; (rest = nd_subthread_rest(tmp, labels, list, i));
	     i++)
		nd_markdownthread_point(out, "- ", rest);
	nd_buf_addc(out, '\n');
	talloc_free(tmp);
}

static void
add_summary(struct nd_buf *out, const struct nd_labels *labels,
            const struct nd_thread *thread)
{
	const struct nd_summary *summary = thread->summary;
	const char *nothing = nd_label_nothing(labels, thread);
	void *tmp = talloc_new(NULL);
	const char *gist = nd_escape_markdown(tmp, nd_label_gist(thread));
	const char *coverage = nd_facts_coverage(tmp, labels, thread);

	nd_buf_addf(out, "#### %s\n\n",
	            summary && summary->model
	                    ? nd_label_tr(labels, "🤖 AI summary")
	                    : nd_label_tr(labels, "📝 Summary (excerpts)"));
	if (*gist)
		nd_buf_addf(out, "%s\n\n", gist);
	if (*nothing)
		nd_buf_addf(out, "%s\n\n", nothing);
	if (summary && !thread->encrypted)
		for (enum nd_zone zone = 0; zone < ND_ZONE_COUNT; zone++)
			if (summary->zone[zone].count > 0)
				add_zone(out, labels, thread, zone);
	if (*coverage)
		nd_buf_addf(out, nd_label_tr(labels, "(%s)"), coverage);
	if (*coverage)
		nd_buf_adds(out, "\n\n");
	talloc_free(tmp);
}

static void
add_mail(struct nd_buf *out, const struct nd_labels *labels,
         const struct nd_message *mail, unsigned number)
{
	void *tmp = talloc_new(NULL);
	const char *mark = x_asprintf(tmp, "%u. ", number);
	const char *name = nd_escape_markdown(tmp, mail->sender.name);

	nd_buf_addf(out, "%s**[%s]** %s\n", mark,
	            nd_maillist_date(tmp, labels, nd_message_day_s(mail)),
	            nd_escape_markdown(tmp, mail->subject));
	/* Below the text of the item, or it would end the list. */
	nd_buf_addf(out, "%*s- %s: %s%s%s\n", (int)strlen(mark), "",
	            nd_label_tr(labels, "From"), name,
	            *name && *mail->sender.addr ? " " : "",
	            nd_escape_markdown_address(tmp, mail->sender.addr));
	nd_buf_addf(out, "%*s- %s: <%s>\n", (int)strlen(mark), "",
	            nd_label_tr(labels, "Link"), nd_facts_link(tmp, mail));
	talloc_free(tmp);
}

static void
add_mails(struct nd_buf *out, const struct nd_labels *labels,
          const struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);
	const char *earlier = nd_maillist_earlier(tmp, labels, thread);
	unsigned number = 0;

	if (labels->mails == ND_MAILS_NONE)
		goto done;
	nd_buf_addf(out, "#### 📝 %s\n\n", nd_label_tr(labels, "List of mails"));
	if (*earlier) {
		nd_buf_addf(out, nd_label_tr(labels, "(%s)"), earlier);
		nd_buf_adds(out, "\n\n");
	}
	for (size_t i = 0; i < thread->message_count; i++)
		if (nd_maillist_has(labels, thread->message[i]))
			add_mail(out, labels, thread->message[i], ++number);
	if (number > 0)
		nd_buf_addc(out, '\n');
done:
	talloc_free(tmp);
}

void
nd_markdownthread_add(struct nd_buf *out, const struct nd_labels *labels,
                      const struct nd_thread *thread)
{
	add_counts(out, labels, thread);
	add_facts(out, labels, thread);
	add_summary(out, labels, thread);
	add_mails(out, labels, thread);
}
