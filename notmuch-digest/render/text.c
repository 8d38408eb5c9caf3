/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/text.h"

#include <stdio.h>
#include <string.h>

#include "model/address.h"
#include "render/escape.h"
#include "render/facts.h"
#include "render/familylist.h"
#include "render/maillist.h"
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

		add_point(
			to,
			nd_subthread_heading(line, to->labels, thread, zone, i),
			false);
		i = nd_maillist_say(line, to->labels, thread, zone, i);
		add_point(to, line->data, below);
		talloc_free(line);
	}
	for (size_t i = 0; (rest = nd_subthread_rest(tmp, to->labels, list, i));
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

/*
 * What the subject adds to the thread's: nothing in most answers, "03/11 title"
 * for the patches of its series.
 */
static const char *
own_subject(const void *ctx, const struct nd_thread *thread,
            const struct nd_message *mail)
{
	const struct nd_message *root = nd_thread_root(thread);
	const struct nd_subject *parts = mail->parts, *all = numbered(thread);
	bool in_series = all && parts && parts->flags & ND_SUBJECT_NUMBERED &&
	                 parts->version == all->version &&
	                 parts->total == all->total;
	int digits;

	/* A patch may have the title of its cover letter. */
	if ((!in_series || parts->number == root->parts->number) &&
	    (ends_with(mail->subject, root->subject) ||
	     ends_with(root->subject, mail->subject)))
		return "";
	if (!in_series)
		return mail->subject;
	/* "01/36", as git writes it: the titles stand below each other. */
	digits = snprintf(NULL, 0, "%d", parts->total);
	return x_asprintf(ctx, "%s%0*d/%d %s",
	                  parts->flags & ND_SUBJECT_REPLY ? "Re: " : "", digits,
	                  parts->number, parts->total, parts->title);
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
add_mail(const struct printer *to, const struct nd_thread *thread,
         const struct nd_message *mail, unsigned number, size_t columns)
{
	void *tmp = talloc_new(NULL);
	const char *lead = x_asprintf(tmp, "#%u", number);
	size_t width;
	struct nd_buf *line = mail_line(tmp, to, mail, lead, columns, &width);

	if (width > 0)
		nd_buf_adds(line,
		            cut(tmp, own_subject(tmp, thread, mail), width));
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

static void
add_mails(const struct printer *to, const struct nd_thread *thread)
{
	size_t columns = name_columns(to, thread);
	void *tmp = talloc_new(NULL);
	unsigned number = 0;

	if (to->labels->mails == ND_MAILS_NONE)
		goto done;
	add_heading(to, tr(to, "Mails"));
	add_line(to, nd_maillist_earlier(tmp, to->labels, thread));
	for (size_t i = 0; i < thread->message_count; i++)
		if (nd_maillist_has(to->labels, thread->message[i]))
			add_mail(to, thread, thread->message[i], ++number,
			         columns);
	for (size_t i = 0; i < nd_familylist_count(to->labels, thread); i++)
		add_told_mail(to, thread->family.member[i], ++number, columns);
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
	const char *totals = x_asprintf(
		tmp, tr(to, "%s in %s, %s"),
		nd_label_mails(tmp, to->labels, report->messages),
		nd_label_threads(tmp, to->labels,
	                         (unsigned)report->thread_total),
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

/* "== PATCH: 6 threads, 2 of them in the entries of others ==" */
static void
add_category_heading(const struct printer *to,
                     const struct nd_category_row *row,
                     struct nd_thread *const *thread, size_t count)
{
	void *tmp = talloc_new(NULL);
	const char *threads = nd_label_threads(tmp, to->labels, row->threads);
	const char *told = nd_familylist_told(tmp, to->labels, thread, count);

	if (*told)
		threads = x_asprintf(tmp, tr(to, "%s, %s"), threads, told);
	nd_buf_addc(to->out, '\n');
	add_paragraph(to, "", "", STYLE_TITLE,
	              x_asprintf(tmp, tr(to, "== %s: %s =="),
	                         nd_label_category(to->labels, row->name),
	                         threads));
	talloc_free(tmp);
}

/* The threads of a category, from index first on; returns the next one. */
static size_t
add_category(const struct printer *to, const struct nd_category_row *row,
             size_t first)
{
	const struct nd_report *report = to->labels->report;
	size_t end = first + row->threads, number = 0;
	size_t shown = end < report->thread_count ? end : report->thread_count;

	if (first < shown)
		add_category_heading(to, row, &report->thread[first],
		                     shown - first);
	for (size_t i = first; i < shown; i++)
		if (!nd_familylist_is_told(to->labels, report->thread[i]))
			add_numbered_thread(to, report->thread[i], ++number);
	return end;
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
	size_t next = 0;

	add_paragraph(&to, "", "", STYLE_TITLE, nd_label_title(tmp, labels));
	add_paragraph(&to, "", "", "", nd_label_period(tmp, labels));
	nd_buf_addc(out, '\n');
	if (report->thread_count == 0) {
		const char *query = nd_label_query(tmp, labels);

		add_paragraph(&to, "", "", "",
		              tr(&to, "No mail matches in this period."));
		if (*query)
			add_paragraph(&to, "", "", "", query);
	} else {
		add_totals(&to);
		add_categories(&to);
	}
	if (*limit) {
		nd_buf_addc(out, '\n');
		add_paragraph(&to, "", "", "", limit);
	}
	for (size_t i = 0; i < report->category_count; i++)
		next = add_category(&to, &report->category[i], next);
	add_problems(&to);
	talloc_free(tmp);
}
