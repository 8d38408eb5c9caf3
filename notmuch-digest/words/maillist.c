/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words/maillist.h"

#include <string.h>

#include "util/alloc.h"
#include "util/str.h"
#include "util/time.h"

static bool
same_year(int64_t a_s, int64_t b_s)
{
	void *tmp = talloc_new(NULL);
	bool same = strcmp(nd_time_format(tmp, "%Y", a_s),
	                   nd_time_format(tmp, "%Y", b_s)) == 0;

	talloc_free(tmp);
	return same;
}

/* The year that needs no saying: the one of the report's last second. */
static bool
is_report_year(const struct nd_labels *labels, int64_t date_s)
{
	return same_year(date_s, labels->report->window.until_s - 1);
}

const char *
nd_maillist_date(const void *ctx, const struct nd_labels *labels,
                 int64_t date_s)
{
	if (date_s == 0)
		return nd_tr(labels->i18n, "no date");
	return is_report_year(labels, date_s)
	               ? nd_time_format(ctx, "%m-%d %H:%M", date_s)
	               : nd_time_format(ctx, "%Y-%m-%d %H:%M", date_s);
}

const char *
nd_maillist_day(const void *ctx, const struct nd_labels *labels, int64_t date_s)
{
	if (date_s == 0)
		return nd_tr(labels->i18n, "no date");
	return is_report_year(labels, date_s)
	               ? nd_time_format(ctx, "%m-%d", date_s)
	               : nd_time_format(ctx, "%Y-%m-%d", date_s);
}

bool
nd_maillist_has(const struct nd_labels *labels, const struct nd_message *mail)
{
	switch (labels->mails) {
	case ND_MAILS_NEW:
		return mail->flags & ND_MESSAGE_NEW;
	case ND_MAILS_ALL:
		return true;
	case ND_MAILS_NONE:
		break;
	}
	return false;
}

/* "03-01 to 03-14", or one day. */
static const char *
day_span(const void *ctx, const struct nd_labels *labels, int64_t first_s,
         int64_t last_s)
{
	const char *first = nd_maillist_day(ctx, labels, first_s);
	const char *last = nd_maillist_day(ctx, labels, last_s);

	if (strcmp(first, last) == 0)
		return first;
	return x_asprintf(ctx, nd_tr(labels->i18n, "%s to %s"), first, last);
}

const char *
nd_maillist_earlier(const void *ctx, const struct nd_labels *labels,
                    const struct nd_thread *thread)
{
	const struct nd_message *first = NULL, *last = NULL;
	unsigned long count = 0;

	for (size_t i = 0; i < thread->message_count; i++) {
		if (nd_maillist_has(labels, thread->message[i]))
			continue;
		last = thread->message[i];
		if (!first)
			first = last;
		count++;
	}
	if (count == 0)
		return "";
	return x_asprintf(ctx,
	                  nd_trn(labels->i18n, "%lu earlier mail, %s",
	                         "%lu earlier mails, %s", count),
	                  count,
	                  day_span(ctx, labels, nd_message_day_s(first),
	                           nd_message_day_s(last)));
}

/* The number of a mail in the mail list; 0 when it is not in it. */
static unsigned
list_number(const struct nd_labels *labels, const struct nd_thread *thread,
            int32_t index)
{
	unsigned number = 1;

	if (!nd_maillist_has(labels, thread->message[index]))
		return 0;
	for (int32_t i = 0; i < index; i++)
		number += nd_maillist_has(labels, thread->message[i]);
	return number;
}

const char *
nd_maillist_place(const void *ctx, const struct nd_labels *labels,
                  const struct nd_thread *thread, int32_t index)
{
	unsigned number = list_number(labels, thread, index);

	if (number > 0)
		return x_asprintf(ctx, "[#%u]", number);
	return x_asprintf(
		ctx, "[%s]",
		nd_maillist_day(ctx, labels,
	                        nd_message_day_s(thread->message[index])));
}

void
nd_maillist_sources(struct nd_buf *out, const struct nd_labels *labels,
                    const struct nd_thread *thread, const struct nd_item *item)
{
	void *tmp = talloc_new(NULL);
	const char *last_day = "";

	for (size_t i = 0; i < item->source_count; i++) {
		int32_t index = item->source[i];
		unsigned number = list_number(labels, thread, index);
		const char *date;

		if (number > 0) {
			nd_buf_addf(out, " [#%u]", number);
			continue;
		}
		date = nd_maillist_day(
			tmp, labels, nd_message_day_s(thread->message[index]));
		if (strcmp(date, last_day) != 0)
			nd_buf_addf(out, " [%s]", date);
		last_day = date;
	}
	talloc_free(tmp);
}

/* What is between two sentences of a mail; a list may have ended so already. */
static const char *
mark_between(const struct nd_item *before, const struct nd_item *after)
{
	return after->join == ND_JOIN_GAP &&
	                       !nd_str_ends_nocase(before->text, "…")
	               ? " … "
	               : " ";
}

size_t
nd_maillist_words(struct nd_buf *out, const struct nd_thread *thread,
                  enum nd_zone zone, size_t first)
{
	const struct nd_item_list *list = &thread->summary->zone[zone];
	const struct nd_item *item = &list->item[first];
	size_t next = first + 1;

	if (nd_summary_item_label(item, zone))
		nd_buf_addf(out, "%s ", nd_summary_item_label(item, zone));
	if (item->who)
		nd_buf_addf(out, "%s: ", item->who);
	nd_buf_adds(out, item->text);
	for (; next < list->count && list->item[next].join != ND_JOIN_NONE;
	     next++)
		nd_buf_addf(
			out, "%s%s",
			mark_between(&list->item[next - 1], &list->item[next]),
			list->item[next].text);
	return next;
}

size_t
nd_maillist_say(struct nd_buf *out, const struct nd_labels *labels,
                const struct nd_thread *thread, enum nd_zone zone, size_t first)
{
	size_t next = nd_maillist_words(out, thread, zone, first);

	nd_maillist_sources(out, labels, thread,
	                    &thread->summary->zone[zone].item[first]);
	return next;
}

const char *
nd_maillist_quote(const void *ctx, const struct nd_labels *labels,
                  const struct nd_item *item, enum nd_zone zone)
{
	if (!item->quote || item->verbatim || !nd_summary_zone_has_quotes(zone))
		return NULL;
	return x_asprintf(ctx, nd_tr(labels->i18n, "“%s”"), item->quote);
}
