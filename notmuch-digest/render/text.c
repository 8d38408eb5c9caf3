/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/text.h"

#include <stdio.h>
#include <string.h>

#include "model/address.h"
#include "render/escape.h"
#include "render/facts.h"
#include "render/familylist.h"
#include "render/frontline.h"
#include "render/maillist.h"
#include "render/readingtime.h"
#include "render/statusline.h"
#include "render/subthread.h"
#include "render/wrap.h"
#include "util/alloc.h"
#include "util/archiveurl.h"
#include "util/time.h"
#include "util/utf8.h"

/* Readable on dark and light; a colour only where bold is taken. */
#define STYLE_TITLE "\033[1m"
#define STYLE_ZONE "\033[35m"

#define INDENT "   "

enum {
	NUMBER_COLUMNS = 5, /* "#100 " */
	NAME_COLUMNS_MAX = 24,
	LINE_BYTES_MAX = 1 << 16,
};

/* What everything that is printed needs. */
struct printer {
	const struct nd_labels *labels;
	struct nd_wrap *wrap;
	struct nd_buf *out;
	size_t width;
	bool color;
	bool links;
	struct nd_readingtime *time; /* of a report; what is left of it */
};

static const char *
tr(const struct printer *to, const char *text) __attribute__((format_arg(2)));

static const char *
tr(const struct printer *to, const char *text)
{
	return nd_tr(to->labels->i18n, text);
}

static void
add_paragraph(const struct printer *to, const char *first, const char *next,
              const char *style, const char *text)
{
	struct nd_paragraph how = {.first = first,
	                           .next = next,
	                           .style = to->color ? style : "",
	                           .links = to->links};
	char *safe = nd_escape_terminal(NULL, text);

	nd_wrap_add(to->wrap, to->out, &how, safe);
	talloc_free(safe);
}

static void
add_line(const struct printer *to, const char *text)
{
	add_paragraph(to, INDENT, INDENT, "", text);
}

/* ---- one thread ---------------------------------------------------------- */

static const char *
started(const void *ctx, const struct printer *to,
        const struct nd_thread *thread)
{
	int64_t date_s = nd_message_day_s(nd_thread_root(thread));

	if (date_s == 0)
		return "";
	return x_asprintf(ctx, tr(to, "since %s"),
	                  nd_time_format(ctx, "%Y-%m-%d", date_s));
}

/* "7 new mails (18 in all), 3 participants" */
static const char *
counts(const void *ctx, const struct printer *to,
       const struct nd_thread *thread)
{
	const struct nd_counts *c = &thread->counts;
	const char *people =
		nd_label_participants(ctx, to->labels, c->participants);

	if (c->new_messages == c->total)
		return x_asprintf(ctx, tr(to, "%s, %s"),
		                  nd_label_mails(ctx, to->labels, c->total),
		                  people);
	return x_asprintf(ctx,
	                  nd_trn(to->labels->i18n, "%u new mail of %u, %s",
	                         "%u new mails of %u, %s", c->new_messages),
	                  c->new_messages, c->total, people);
}

/*
 * What leads to the thread: its link, and its id where that is not in the
 * link. Both are taken as QUERY.
 */
static void
add_link(const struct printer *to, const struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);
	const struct nd_message *root = nd_thread_root(thread);
	const char *link = root->link ? root->link : "";
	const char *id = nd_archiveurl_id(tmp, link, strlen(link));

	add_line(to, link);
	if (!id || strcmp(id, root->id) != 0)
		add_line(to, nd_escape_mid(tmp, root->id));
	talloc_free(tmp);
}

static void
add_facts(const struct printer *to, const struct nd_thread *thread)
{
	const struct nd_labels *labels = to->labels;
	void *tmp = talloc_new(NULL);
	const char *facts[] = {
		counts(tmp, to, thread),
		started(tmp, to, thread),
		nd_facts_coverage(tmp, labels, thread),
	};

	const char *for_you = nd_statusline_for_you(tmp, labels, thread);

	add_link(to, thread);
	add_line(to, nd_statusline_add(tmp, labels, thread));
	if (*for_you)
		add_line(to, x_asprintf(tmp, tr(to, "for you: %s"), for_you));
	add_line(to, nd_label_join(tmp, labels, facts,
	                           sizeof facts / sizeof *facts));
	for (size_t i = 0; i < thread->more_series_count; i++)
		add_line(to, x_asprintf(tmp, tr(to, "also in this thread: %s"),
		                        nd_facts_more_series(
						tmp, labels,
						thread->more_series[i])));
	add_line(to, nd_facts_trailers(tmp, labels, thread));
	talloc_free(tmp);
}

static void
add_heading(const struct printer *to, const char *text)
{
	nd_buf_addc(to->out, '\n');
	add_paragraph(to, INDENT, INDENT, STYLE_ZONE, text);
}

static void
add_point(const struct printer *to, const char *text, bool below)
{
	if (*text)
		add_paragraph(to, below ? INDENT "  - " : INDENT "- ",
		              below ? INDENT "    " : INDENT "  ", "", text);
}

/* A thread that is closed is told in short; until that mail, else NULL. */
static const struct nd_front_line *
closing(const struct printer *to, const struct nd_thread *thread)
{
	return to->labels->alone ? NULL : nd_frontline_closed(thread);
}

/* Of what is closed a report says what it was, how it ended, and what followed. */
static bool
is_passed_over(const struct printer *to, const struct nd_thread *thread,
               enum nd_zone zone, const struct nd_item *item)
{
	const struct nd_front_line *closed = closing(to, thread);

	return closed && (zone == ND_ZONE_EARLIER || zone == ND_ZONE_NEW) &&
	       (thread->state == ND_STATE_SUPERSEDED ||
	        item->source[0] < closed->message);
}

/* A script's notice has no more to say than the line of the state. */
static bool
is_bare_notice(const struct printer *to, const struct nd_thread *thread,
               const struct nd_item *item)
{
	const unsigned taken = 1u << ND_EVENT_APPLIED | 1u << ND_EVENT_PULLED |
	                       1u << ND_EVENT_MERGED |
	                       1u << ND_EVENT_MERGED_STABLE;

	return closing(to, thread) && item->events & taken &&
	       !nd_message_is_person(thread->message[item->source[0]]);
}

/*
 * What the lines above the summary say already, in a report that is read from
 * its first line to its last: what was posted, the trailers, who has taken it,
 * which version is newer, and who is awaited.
 */
static bool
is_said(const struct printer *to, const struct nd_thread *thread,
        enum nd_zone zone, const struct nd_item *item)
{
	bool below = nd_summary_zone_has_headings(zone) && item->subthread;

	return (item->fact && !below && !to->labels->alone) ||
	       is_bare_notice(to, thread, item) ||
	       is_passed_over(to, thread, zone, item);
}

static bool
has_items(const struct printer *to, const struct nd_thread *thread,
          enum nd_zone zone)
{
	const struct nd_item_list *list = &thread->summary->zone[zone];

	for (size_t i = 0; i < list->count; i++)
		if (!is_said(to, thread, zone, &list->item[i]))
			return true;
	return list->count > 0 && list->rest_count > 0 && !closing(to, thread);
}

static void
add_items(const struct printer *to, const struct nd_thread *thread,
          enum nd_zone zone)
{
	const struct nd_item_list *list = &thread->summary->zone[zone];
	void *tmp = talloc_new(NULL);
	const char *rest;

	for (size_t i = 0; i < list->count;) {
		struct nd_buf *line = nd_buf_new(NULL, LINE_BYTES_MAX);
		bool below = nd_summary_zone_has_headings(zone) &&
		             list->item[i].subthread;

		if (is_said(to, thread, zone, &list->item[i])) {
			talloc_free(line);
			i++;
			continue;
		}
		add_point(
			to,
			nd_subthread_heading(line, to->labels, thread, zone, i),
			false);
		i = closing(to, thread) && zone == ND_ZONE_BACKGROUND
		            ? nd_maillist_open(line, to->labels, thread, zone,
		                               i)
		            : nd_maillist_say(line, to->labels, thread, zone,
		                              i);
		add_point(to, line->data, below);
		talloc_free(line);
	}
	for (size_t i = 0; !closing(to, thread) &&
	                   (rest = nd_subthread_rest(tmp, to->labels, list, i));
	     i++)
		add_point(to, rest, false);
	talloc_free(tmp);
}

static void
add_summary(const struct printer *to, const struct nd_thread *thread)
{
	const char *gist = nd_label_gist(thread);
	const char *nothing = nd_label_nothing(to->labels, thread);

	if (*gist) {
		nd_buf_addc(to->out, '\n');
		add_line(to, gist);
	}
	if (*nothing) {
		nd_buf_addc(to->out, '\n');
		add_line(to, nothing);
	}
	if (!thread->summary || thread->encrypted)
		return;
	for (enum nd_zone zone = 0; zone < ND_ZONE_COUNT; zone++) {
		const struct nd_item_list *list = &thread->summary->zone[zone];

		if (!has_items(to, thread, zone))
			continue;
		if (list->count > 0) {
			void *tmp = talloc_new(NULL);
			const char *heading = nd_label_zone(to->labels, zone);

			add_heading(to, nd_label_excerpts(tmp, to->labels, list,
			                                  heading));
			talloc_free(tmp);
		}
		add_items(to, thread, zone);
	}
}

/* text cut to so many columns, with "…" where something is missing. */
static const char *
cut(const void *ctx, const char *text, size_t columns)
{
	char *safe = nd_escape_terminal(ctx, text);
	size_t len = strlen(safe);

	if (nd_utf8_width(safe, len) <= columns)
		return safe;
	len = columns > 0 ? nd_utf8_fit(safe, len, columns - 1) : 0;
	while (len > 0 && safe[len - 1] == ' ')
		len--;
	return x_asprintf(ctx, "%.*s…", (int)len, safe);
}

static bool
ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

/*
 * How the subjects of the thread's series are numbered: as its root's, or, when
 * that is a cover letter without a tag, as those of its patches; or NULL.
 */
static const struct nd_subject *
numbered(const struct nd_thread *thread)
{
	const struct nd_subject *parts = nd_thread_root(thread)->parts;
	const struct nd_series *series = thread->series;

	for (int i = 0; series && i < series->total; i++)
		if (parts && !(parts->flags & ND_SUBJECT_NUMBERED) &&
		    series->patch[i] != ND_NO_MESSAGE)
			parts = thread->message[series->patch[i]]->parts;
	return parts && parts->flags & ND_SUBJECT_NUMBERED ? parts : NULL;
}

/* Do the lines above tell what is in the mail? */
static bool
is_told(const struct printer *to, const struct nd_thread *thread, int32_t mail)
{
	const struct nd_summary *summary = thread->summary;

	for (enum nd_zone zone = 0; summary && zone < ND_ZONE_COUNT; zone++)
		for (size_t i = 0; i < summary->zone[zone].count; i++) {
			const struct nd_item *item =
				&summary->zone[zone].item[i];

			if (is_passed_over(to, thread, zone, item))
				continue;
			for (size_t k = 0; k < item->source_count; k++)
				if (item->source[k] == mail)
					return true;
		}
	return false;
}

/*
 * What the subject adds to the thread's: nothing in most answers, "03/11 title"
 * for the patches of its series, without the title where the lines above tell
 * what is in the mail.
 */
static const char *
own_subject(const void *ctx, const struct printer *to,
            const struct nd_thread *thread, size_t index)
{
	const struct nd_message *mail = thread->message[index];
	const struct nd_message *root = nd_thread_root(thread);
	const struct nd_subject *parts = mail->parts, *all = numbered(thread);
	bool in_series = all && parts && parts->flags & ND_SUBJECT_NUMBERED &&
	                 parts->version == all->version &&
	                 parts->total == all->total;
	int digits;
	bool told;

	/* A patch may have the title of its cover letter. */
	if ((!in_series || parts->number == root->parts->number) &&
	    (ends_with(mail->subject, root->subject) ||
	     ends_with(root->subject, mail->subject)))
		return "";
	if (!in_series)
		return mail->subject;
	told = parts->flags & ND_SUBJECT_REPLY &&
	       is_told(to, thread, (int32_t)index);
	/* "01/36", as git writes it: the titles stand below each other. */
	digits = snprintf(NULL, 0, "%d", parts->total);
	return x_asprintf(ctx, "%s%0*d/%d%s%s",
	                  parts->flags & ND_SUBJECT_REPLY ? "Re: " : "", digits,
	                  parts->number, parts->total, told ? "" : " ",
	                  told ? "" : parts->title);
}

/* Columns for the names of the mails that are listed. */
static size_t
name_columns(const struct printer *to, const struct nd_thread *thread)
{
	size_t most = to->width / 4, columns = 0;
	void *tmp = talloc_new(NULL);

	if (most > NAME_COLUMNS_MAX)
		most = NAME_COLUMNS_MAX;
	for (size_t i = 0; i < thread->message_count && columns < most; i++) {
		const struct nd_message *mail = thread->message[i];
		const char *name = nd_address_name(tmp, &mail->sender);
		size_t width = nd_utf8_width(name, strlen(name));

		if (nd_maillist_has(to->labels, mail) && width > columns)
			columns = width;
	}
	talloc_free(tmp);
	return columns < most ? columns : most;
}

/* "#1", a link to its mail. */
static void
add_number(const struct printer *to, const struct nd_message *mail,
           const char *number)
{
	if (to->links) {
		const char *url = nd_facts_link(NULL, mail);

		nd_escape_link(to->out, url, strlen(url), number,
		               strlen(number));
		talloc_free((void *)url);
	} else {
		nd_buf_adds(to->out, number);
	}
}

/* "#1   03-15 10:22  Marc Zyngier  " and what is left of the line in *width. */
static struct nd_buf *
mail_line(const void *ctx, const struct printer *to,
          const struct nd_message *mail, const char *lead, size_t columns,
          size_t *width)
{
	struct nd_buf *line = nd_buf_new(ctx, LINE_BYTES_MAX);
	const char *name =
		cut(line, nd_address_name(line, &mail->sender), columns);
	size_t used = strlen(INDENT) + strlen(lead);

	nd_buf_addf(line, "%*s%s  %s",
	            strlen(lead) < NUMBER_COLUMNS
	                    ? (int)(NUMBER_COLUMNS - strlen(lead))
	                    : 1,
	            "",
	            nd_maillist_date(line, to->labels, nd_message_day_s(mail)),
	            name);
	for (size_t i = nd_utf8_width(name, strlen(name)); i < columns + 2; i++)
		nd_buf_addc(line, ' ');
	used += nd_utf8_width(line->data, line->len);
	*width = used < to->width ? to->width - used : 0;
	return line;
}

/* "#1   03-15 10:22  Marc Zyngier  1/3 what is in it", one line. */
static void
add_mail(const struct printer *to, const struct nd_thread *thread, size_t index,
         unsigned number, size_t columns)
{
	const struct nd_message *mail = thread->message[index];
	void *tmp = talloc_new(NULL);
	const char *lead = x_asprintf(tmp, "#%u", number);
	size_t width;
	struct nd_buf *line = mail_line(tmp, to, mail, lead, columns, &width);

	if (width > 0)
		nd_buf_adds(line, cut(tmp, own_subject(tmp, to, thread, index),
		                      width));
	while (line->len > 0 && line->data[line->len - 1] == ' ')
		nd_buf_cut(line, line->len - 1);
	nd_buf_adds(to->out, INDENT);
	add_number(to, mail, lead);
	nd_buf_addf(to->out, "%s\n", line->data);
	talloc_free(tmp);
}

/* Where a thread begins that is told here: its id, which may be long. */
static void
add_told_mail(const struct printer *to, const struct nd_thread *thread,
              unsigned number, size_t columns)
{
	void *tmp = talloc_new(NULL);
	const struct nd_message *mail = nd_thread_root(thread);
	const char *lead = x_asprintf(tmp, "#%u", number);
	size_t width;
	struct nd_buf *line = mail_line(tmp, to, mail, lead, columns, &width);

	nd_buf_adds(to->out, INDENT);
	add_number(to, mail, lead);
	nd_buf_addf(to->out, "%sid:%s\n", line->data,
	            nd_escape_terminal(tmp, mail->id));
	talloc_free(tmp);
}

static unsigned
count_listed(const struct printer *to, const struct nd_thread *thread)
{
	unsigned count = 0;

	for (size_t i = 0; i < thread->message_count; i++)
		count += nd_maillist_has(to->labels, thread->message[i]);
	return count;
}

/* The threads of its family, a line each. */
static void
add_family(const struct printer *to, const struct nd_thread *thread)
{
	size_t count = nd_familylist_count(to->labels, thread);
	unsigned number = count_listed(to, thread);
	void *tmp = talloc_new(NULL);

	if (count > 0)
		add_heading(to, nd_familylist_heading(to->labels, thread));
	for (size_t i = 0; i < count; i++) {
		const char *line =
			nd_familylist_line(tmp, to->labels, thread, i);
		const char *id = nd_thread_root(thread->family.member[i])->id;

		add_point(to,
		          to->labels->mails == ND_MAILS_NONE
		                  ? x_asprintf(tmp, "%s id:%s", line, id)
		                  : x_asprintf(tmp, "%s [#%u]", line, ++number),
		          false);
	}
	add_point(to, nd_familylist_rest(tmp, to->labels, thread), false);
	talloc_free(tmp);
}

/* The series that a mail posts, with *is_cover when it is its cover letter. */
static const struct nd_series *
posted_in(const struct nd_thread *thread, int32_t mail, bool *is_cover)
{
	for (size_t k = 0; k <= thread->more_series_count; k++) {
		const struct nd_series *series =
			k == 0 ? thread->series : thread->more_series[k - 1];

		if (!series || series->total < 2)
			continue;
		for (int i = 0; i < series->total; i++)
			if (series->patch[i] == mail) {
				*is_cover = false;
				return series;
			}
		*is_cover = series->root == mail;
		if (*is_cover)
			return series;
	}
	return NULL;
}

/* Mails of one posting that follow each other in the list. */
struct run {
	const struct nd_series *series;
	unsigned covers, patches;
};

static struct run
read_run(const struct printer *to, const struct nd_thread *thread, size_t first)
{
	struct run run = {.series = NULL};

	for (size_t i = first; i < thread->message_count; i++) {
		bool is_cover = false;
		const struct nd_series *series =
			posted_in(thread, (int32_t)i, &is_cover);

		if (!nd_maillist_has(to->labels, thread->message[i]) ||
		    !series || (run.series && series != run.series) ||
		    strcmp(thread->message[i]->sender.name,
		           thread->message[first]->sender.name) != 0)
			break;
		run.series = series;
		run.covers += is_cover;
		run.patches += !is_cover;
	}
	return run;
}

/* "#1-37  03-15 14:35  Quentin Perret  cover letter, 36 patches" */
static void
add_run(const struct printer *to, const struct nd_thread *thread, size_t first,
        const struct run *run, unsigned number, size_t columns)
{
	const struct nd_message *mail = thread->message[first];
	void *tmp = talloc_new(NULL);
	const char *lead = x_asprintf(tmp, "#%u-%u", number,
	                              number + run->covers + run->patches - 1);
	size_t width;
	struct nd_buf *line = mail_line(tmp, to, mail, lead, columns, &width);
	const char *patches = x_asprintf(tmp,
	                                 nd_trn(to->labels->i18n, "%u patch",
	                                        "%u patches", run->patches),
	                                 run->patches);

	if (run->covers > 0)
		patches = x_asprintf(tmp, tr(to, "cover letter, %s"), patches);
	nd_buf_adds(line, cut(tmp, patches, width));
	nd_buf_adds(to->out, INDENT);
	add_number(to, mail, lead);
	nd_buf_addf(to->out, "%s\n", line->data);
	talloc_free(tmp);
}

/* Of what is done, those mails that the lines above tell of, and the postings. */
static bool
is_folded(const struct printer *to, const struct nd_thread *thread, size_t mail)
{
	return to->labels->mails == ND_MAILS_NEW && closing(to, thread) &&
	       !is_told(to, thread, (int32_t)mail);
}

static void
add_folded(const struct printer *to, unsigned count)
{
	char *text;

	if (count == 0)
		return;
	text = x_asprintf(NULL,
	                  nd_trn(to->labels->i18n, "and %u more mail",
	                         "and %u more mails", count),
	                  count);
	add_line(to, text);
	talloc_free(text);
}

static void
add_mails(const struct printer *to, const struct nd_thread *thread)
{
	size_t columns = name_columns(to, thread);
	void *tmp = talloc_new(NULL);
	unsigned number = 0, folded = 0;

	if (to->labels->mails == ND_MAILS_NONE)
		goto done;
	add_heading(to, tr(to, "Mails"));
	add_line(to, nd_maillist_earlier(tmp, to->labels, thread));
	for (size_t i = 0; i < thread->message_count; i++) {
		struct run run = read_run(to, thread, i);
		unsigned mails = run.covers + run.patches;

		if (run.patches > 1 && mails > 1) {
			add_run(to, thread, i, &run, number + 1, columns);
			number += mails;
			i += mails - 1;
		} else if (nd_maillist_has(to->labels, thread->message[i])) {
			number++;
			if (is_folded(to, thread, i))
				folded++;
			else
				add_mail(to, thread, i, number, columns);
		}
	}
	for (size_t i = 0; i < nd_familylist_count(to->labels, thread); i++)
		add_told_mail(to, thread->family.member[i], ++number, columns);
	add_folded(to, folded);
done:
	talloc_free(tmp);
}

static void
add_thread(const struct printer *to, const struct nd_thread *thread)
{
	add_facts(to, thread);
	add_summary(to, thread);
	add_family(to, thread);
	add_mails(to, thread);
}

/* ---- the report ---------------------------------------------------------- */

static void
add_totals(const struct printer *to)
{
	const struct nd_report *report = to->labels->report;
	const struct nd_i18n *cat = to->labels->i18n;
	void *tmp = talloc_new(NULL);
	const char *threads = nd_label_threads(tmp, to->labels,
	                                       (unsigned)report->thread_total);
	const char *told = nd_familylist_told(tmp, to->labels, report->thread,
	                                      report->thread_count);
	const char *totals = x_asprintf(
		tmp, tr(to, "%s in %s, %s"),
		nd_label_mails(tmp, to->labels, report->messages),
		*told ? x_asprintf(tmp, tr(to, "%s (%s)"), threads, told)
		      : threads,
		nd_label_participants(tmp, to->labels, report->participants));
	const char *large = "";

	if (report->large_threads > 0)
		large = x_asprintf(tmp,
		                   nd_trn(cat,
		                          "%u large thread (over %u mails)",
		                          "%u large threads (over %u mails)",
		                          report->large_threads),
		                   report->large_threads, report->large);
	add_paragraph(to, "", "", "",
	              nd_label_join(tmp, to->labels,
	                            (const char *[]){totals, large}, 2));
	talloc_free(tmp);
}

static size_t
widest_category(const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;
	size_t widest = 0;

	for (size_t i = 0; i < report->category_count; i++) {
		const char *name =
			nd_label_category(labels, report->category[i].name);
		size_t width = nd_utf8_width(name, strlen(name));

		if (report->category[i].threads > 0 && width > widest)
			widest = width;
	}
	return widest;
}

/* "  PATCH     6 threads, 20 mails" */
static void
add_categories(const struct printer *to)
{
	const struct nd_labels *labels = to->labels;
	size_t widest = widest_category(labels);

	for (size_t i = 0; i < labels->report->category_count; i++) {
		const struct nd_category_row *row =
			&labels->report->category[i];
		const char *name = nd_label_category(labels, row->name);
		size_t width = nd_utf8_width(name, strlen(name));
		void *tmp = talloc_new(NULL);

		if (row->threads > 0) {
			nd_buf_addf(to->out, "  %s%*s", name,
			            (int)(widest - width + 2), "");
			nd_buf_addf(to->out, tr(to, "%s, %s"),
			            nd_label_threads(tmp, labels, row->threads),
			            nd_label_mails(tmp, labels, row->messages));
			nd_buf_addc(to->out, '\n');
		}
		talloc_free(tmp);
	}
}

static void
add_numbered_thread(const struct printer *to, const struct nd_thread *thread,
                    size_t number)
{
	char *lead = x_asprintf(NULL, "%zu. ", number);

	nd_buf_addc(to->out, '\n');
	add_paragraph(to, lead, INDENT, STYLE_TITLE,
	              nd_thread_root(thread)->subject);
	add_thread(to, thread);
	talloc_free(lead);
}

/* ---- the front page ------------------------------------------------------ */

/* Threads of the order that are printed: without what --limit leaves out. */
static size_t
count_shown(const struct printer *to)
{
	const struct nd_report *report = to->labels->report;
	size_t count = 0;

	while (count < report->front->order_count &&
	       count < report->thread_count &&
	       !nd_familylist_is_told(to->labels, report->front->order[count]))
		count++;
	return count;
}

/*
 * "  12. title: Ann asks you, since 03-10 [#4]": 12 is the thread's number
 * below, when it is printed there. False: there is no time to read it.
 */
static bool
add_front_line(const struct printer *to, const struct nd_front_line *line,
               size_t number)
{
	const struct nd_labels *labels = to->labels;
	const struct nd_message *mail = line->thread->message[line->message];
	void *tmp = talloc_new(NULL);
	bool is_shown = number <= count_shown(to) && !labels->brief;
	const char *text =
		x_asprintf(tmp, tr(to, "%s: %s"),
	                   nd_frontline_title(tmp, labels, line->thread),
	                   nd_frontline_dated(tmp, labels, line));
	bool fits;

	if (is_shown && nd_maillist_has(labels, mail))
		text = x_asprintf(tmp, "%s %s", text,
		                  nd_maillist_place(tmp, labels, line->thread,
		                                    line->message));
	fits = nd_readingtime_take(to->time, text, strlen(text));
	if (fits)
		add_paragraph(
			to,
			x_asprintf(tmp, is_shown ? "%4zu. " : "%4zu  ", number),
			"      ", "", text);
	talloc_free(tmp);
	return fits;
}

/* One list; number is that of its first thread. */
static void
add_front_list(const struct printer *to, enum nd_front_list list, size_t number)
{
	const struct nd_front *front = to->labels->report->front;
	size_t count = front->count[list], done = 0;
	size_t shown = nd_frontline_shown(front, list);
	const char *heading = nd_frontline_heading(to->labels, list);
	void *tmp = talloc_new(NULL);

	if (count == 0) {
		add_paragraph(to, "", INDENT, "",
		              x_asprintf(tmp, tr(to, "%s: none"), heading));
		goto done;
	}
	add_paragraph(to, "", INDENT, STYLE_ZONE,
	              x_asprintf(tmp, tr(to, "%s: %zu"), heading, count));
	while (done < shown &&
	       add_front_line(to, &front->line[list][done], number + done))
		done++;
	if (done < count)
		add_paragraph(
			to, "      ", "      ", "",
			x_asprintf(tmp,
		                   nd_trn(to->labels->i18n, "and %lu more",
		                          "and %lu more", count - done),
		                   (unsigned long)(count - done)));
done:
	talloc_free(tmp);
}

static void
add_front(const struct printer *to)
{
	const struct nd_front *front = to->labels->report->front;
	size_t number = 1;

	nd_buf_addc(to->out, '\n');
	for (enum nd_front_list k = 0; k < ND_FRONT_LIST_COUNT; k++) {
		add_front_list(to, k, number);
		number += front->count[k];
	}
}

/* ---- the threads --------------------------------------------------------- */

/* "12. title: under review; 3 new mails", of those that have no line above. */
static void
add_brief(const struct printer *to)
{
	const struct nd_labels *labels = to->labels;
	const struct nd_front *front = labels->report->front;
	size_t shown = count_shown(to), number = 0;
	bool has_heading = false;

	for (enum nd_front_list k = 0; k <= ND_FRONT_LIST_COUNT; k++) {
		size_t told = 0, end = shown;

		if (k < ND_FRONT_LIST_COUNT) {
			told = nd_frontline_shown(front, k);
			end = number + front->count[k];
		}
		for (number += told; number < end && number < shown; number++) {
			void *tmp = talloc_new(NULL);

			if (!has_heading) {
				nd_buf_addc(to->out, '\n');
				add_paragraph(to, "", INDENT, STYLE_ZONE,
				              tr(to, "The other threads"));
			}
			has_heading = true;
			add_paragraph(to, x_asprintf(tmp, "%4zu  ", number + 1),
			              "      ", "",
			              nd_frontline_brief(tmp, labels,
			                                 front->order[number]));
			talloc_free(tmp);
		}
		number = end;
	}
}

/* What the time did not suffice for, in one line. */
static void
add_left(const struct printer *to, const struct nd_readingtime_left *left)
{
	char *text = nd_readingtime_left_text(NULL, to->labels, left);

	if (*text) {
		nd_buf_addc(to->out, '\n');
		add_paragraph(to, "", "", "", text);
	}
	talloc_free(text);
}

/* By consequence, numbered through. */
static void
add_threads(const struct printer *to)
{
	const struct nd_front *front = to->labels->report->front;
	size_t shown = count_shown(to);
	void *tmp = talloc_new(NULL);
	struct nd_readingtime_left *left = nd_readingtime_left_new(tmp, shown);

	for (size_t i = 0; i < shown; i++) {
		size_t before = to->out->len;

		add_numbered_thread(to, front->order[i], i + 1);
		if (nd_readingtime_take(to->time, to->out->data + before,
		                        to->out->len - before))
			continue;
		nd_buf_cut(to->out, before);
		nd_readingtime_leave(left, front->order[i], i + 1);
	}
	add_left(to, left);
	talloc_free(tmp);
}

static void
add_problems(const struct printer *to)
{
	const struct nd_report *report = to->labels->report;
	void *tmp = talloc_new(NULL);
	const char *dropped = nd_label_dropped(tmp, to->labels);

	if (report->problem_count == 0 && !*dropped)
		goto done;
	nd_buf_addc(to->out, '\n');
	add_paragraph(to, "", "", STYLE_TITLE, tr(to, "Problems"));
	for (size_t i = 0; i < report->problem_count; i++)
		add_paragraph(to, "- ", "  ", "",
		              nd_label_problem(tmp, to->labels, i));
	add_paragraph(to, "- ", "  ", "",
	              nd_label_problems_left(tmp, to->labels));
	add_paragraph(to, "- ", "  ", "", dropped);
done:
	talloc_free(tmp);
}

static struct printer
make_printer(const void *ctx, const struct nd_labels *labels,
             const struct nd_text_page *page, struct nd_buf *out)
{
	return (struct printer){
		.labels = labels,
		.wrap = nd_wrap_new(ctx, page->width),
		.out = out,
		.width = page->width,
		.color = page->color,
		.links = page->links,
	};
}

void
nd_text_thread(const struct nd_labels *labels, const struct nd_text_page *page,
               const struct nd_thread *thread, struct nd_buf *out)
{
	void *tmp = talloc_new(NULL);
	struct printer to = make_printer(tmp, labels, page, out);

	if (out->len > 0)
		nd_buf_addc(out, '\n');
	add_paragraph(&to, "", INDENT, STYLE_TITLE,
	              nd_thread_root(thread)->subject);
	add_thread(&to, thread);
	talloc_free(tmp);
}

void
nd_text_report(const struct nd_labels *labels, const struct nd_text_page *page,
               struct nd_buf *out)
{
	const struct nd_report *report = labels->report;
	void *tmp = talloc_new(NULL);
	struct printer to = make_printer(tmp, labels, page, out);
	const char *limit = nd_label_limit(tmp, labels);

	to.time = nd_readingtime_new(tmp, labels->minutes);
	add_paragraph(&to, "", "", STYLE_TITLE, nd_label_title(tmp, labels));
	add_paragraph(&to, "", "", "", nd_label_period(tmp, labels));
	nd_buf_addc(out, '\n');
	if (report->thread_count == 0) {
		const char *query = nd_label_query(tmp, labels);

		add_paragraph(&to, "", "", "", nd_label_no_mail(labels));
		if (*query)
			add_paragraph(&to, "", "", "", query);
	} else {
		add_totals(&to);
		add_categories(&to);
		nd_readingtime_take(to.time, out->data, out->len);
		add_front(&to);
	}
	if (*limit) {
		nd_buf_addc(out, '\n');
		add_paragraph(&to, "", "", "", limit);
	}
	if (report->thread_count > 0 && labels->brief)
		add_brief(&to);
	else if (report->thread_count > 0)
		add_threads(&to);
	add_problems(&to);
	talloc_free(tmp);
}
