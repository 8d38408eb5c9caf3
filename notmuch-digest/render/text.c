/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/text.h"

#include <stdio.h>
#include <string.h>

#include "model/address.h"
#include "render/escape.h"
#include "render/wrap.h"
#include "util/alloc.h"
#include "util/archiveurl.h"
#include "util/limits.h"
#include "util/utf8.h"
#include "words/entry.h"
#include "words/facts.h"
#include "words/familylist.h"
#include "words/frontline.h"
#include "words/maillist.h"
#include "words/mailrow.h"
#include "words/readingtime.h"
#include "words/sinceline.h"
#include "words/statusline.h"

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
	const size_t *number; /* its threads', as its front orders them */
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
		add_line(to, nd_archiveurl_mid(tmp, root->id));
	talloc_free(tmp);
}

static void
add_facts(const struct printer *to, const struct nd_thread *thread)
{
	const struct nd_labels *labels = to->labels;
	void *tmp = talloc_new(NULL);
	const char *for_you = nd_statusline_for_you(tmp, labels, thread);

	add_link(to, thread);
	add_line(to, nd_statusline_add(tmp, labels, thread));
	if (*for_you)
		add_line(to, x_asprintf(tmp, tr(to, "for you: %s"), for_you));
	add_line(to, nd_entry_counts(tmp, labels, thread));
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
add_zone(const struct printer *to, const struct nd_thread *thread,
         enum nd_zone zone)
{
	void *tmp = talloc_new(NULL);
	struct nd_entry_zone told =
		nd_entry_zone(tmp, to->labels, thread, zone);

	if (told.count > 0)
		add_heading(to, told.heading);
	for (size_t i = 0; i < told.count; i++) {
		const struct nd_entry_point *point = &told.point[i];
		struct nd_buf *line = nd_buf_new(tmp, LINE_BYTES_MAX);

		nd_buf_adds(line, point->text);
		if (point->item)
			nd_maillist_sources(line, to->labels, thread,
			                    point->item);
		add_point(to, line->data, point->below);
	}
	talloc_free(tmp);
}

static void
add_summary(const struct printer *to, const struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);
	const char *above[] = {
		nd_label_gist_writer(tmp, to->labels, thread,
	                             nd_label_gist(thread)),
		nd_label_nothing(to->labels, thread),
	};

	for (size_t i = 0; i < sizeof above / sizeof *above; i++) {
		if (!*above[i])
			continue;
		nd_buf_addc(to->out, '\n');
		add_line(to, above[i]);
	}
	talloc_free(tmp);
	if (!thread->summary || thread->encrypted)
		return;
	for (enum nd_zone zone = 0; zone < ND_ZONE_COUNT; zone++)
		add_zone(to, thread, zone);
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

/* Columns for the names of the mails that are listed. */
static size_t
name_columns(const struct printer *to, const struct nd_mailrow_list *list)
{
	size_t most = to->width / 4, columns = 0;
	void *tmp = talloc_new(NULL);

	if (most > NAME_COLUMNS_MAX)
		most = NAME_COLUMNS_MAX;
	for (size_t i = 0; i < list->count && columns < most; i++) {
		const char *name =
			nd_address_name(tmp, &list->row[i].mail->sender);
		size_t width = nd_utf8_width(name, strlen(name));

		if (width > columns)
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

/*
 * "#1   03-15 10:22  Marc Zyngier  1/3 what is in it", one line; the id of a
 * thread may be longer.
 */
static void
add_row(const struct printer *to, const struct nd_mailrow *row, size_t columns)
{
	void *tmp = talloc_new(NULL);
	struct nd_buf *line = nd_buf_new(tmp, LINE_BYTES_MAX);
	const char *lead = nd_mailrow_lead(tmp, row);
	const char *name =
		cut(tmp, nd_address_name(tmp, &row->mail->sender), columns);
	size_t used = strlen(INDENT) + strlen(lead);

	nd_buf_addf(
		line, "%*s%s  %s",
		strlen(lead) < NUMBER_COLUMNS
			? (int)(NUMBER_COLUMNS - strlen(lead))
			: 1,
		"",
		nd_maillist_date(tmp, to->labels, nd_message_day_s(row->mail)),
		name);
	for (size_t i = nd_utf8_width(name, strlen(name)); i < columns + 2; i++)
		nd_buf_addc(line, ' ');
	used += nd_utf8_width(line->data, line->len);
	if (row->id)
		nd_buf_addf(line, "id:%s", nd_escape_terminal(tmp, row->id));
	else if (used < to->width)
		nd_buf_adds(line, cut(tmp, row->text, to->width - used));
	while (line->len > 0 && line->data[line->len - 1] == ' ')
		nd_buf_cut(line, line->len - 1);
	nd_buf_adds(to->out, INDENT);
	add_number(to, row->mail, lead);
	nd_buf_addf(to->out, "%s\n", line->data);
	talloc_free(tmp);
}

/* The threads of its family, a line each. */
static void
add_family(const struct printer *to, const struct nd_thread *thread)
{
	size_t count = nd_familylist_count(to->labels, thread);
	void *tmp = talloc_new(NULL);

	if (count > 0)
		add_heading(to, nd_familylist_heading(to->labels, thread));
	for (size_t i = 0; i < count; i++)
		add_point(to, nd_entry_family(tmp, to->labels, thread, i),
		          false);
	add_point(to, nd_familylist_rest(tmp, to->labels, thread), false);
	talloc_free(tmp);
}

static void
add_mails(const struct printer *to, const struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);
	struct nd_mailrow_list list = nd_mailrow_list(tmp, to->labels, thread);
	size_t columns = name_columns(to, &list);

	if (to->labels->mails == ND_MAILS_NONE)
		goto done;
	add_heading(to, tr(to, "Mails"));
	add_line(to, nd_maillist_earlier(tmp, to->labels, thread));
	for (size_t i = 0; i < list.count; i++)
		add_row(to, &list.row[i], columns);
	add_line(to, nd_mailrow_folded(tmp, to->labels, &list));
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
add_totals(const struct printer *to, const struct nd_report_section *section)
{
	void *tmp = talloc_new(NULL);

	add_paragraph(to, "", "", "",
	              nd_frontline_section_totals(tmp, to->labels, section));
	talloc_free(tmp);
}

/* A row of counts: of a category, or of a list. */
struct count_row {
	const char *name;
	unsigned threads, messages;
};

/* "  PATCH     6 threads, 20 mails" */
static void
add_rows(const struct printer *to, const struct count_row *row, size_t count)
{
	size_t widest = 0;

	for (size_t i = 0; i < count; i++) {
		size_t width = nd_utf8_width(row[i].name, strlen(row[i].name));

		if (width > widest)
			widest = width;
	}
	for (size_t i = 0; i < count; i++) {
		size_t width = nd_utf8_width(row[i].name, strlen(row[i].name));
		void *tmp = talloc_new(NULL);

		nd_buf_addf(to->out, "  %s%*s", row[i].name,
		            (int)(widest - width + 2), "");
		nd_buf_addf(to->out, tr(to, "%s, %s"),
		            nd_label_threads(tmp, to->labels, row[i].threads),
		            nd_label_mails(tmp, to->labels, row[i].messages));
		nd_buf_addc(to->out, '\n');
		talloc_free(tmp);
	}
}

/* Those that have threads. */
static void
add_categories(const struct printer *to,
               const struct nd_report_section *section)
{
	void *tmp = talloc_new(NULL);
	struct count_row *row = NULL;
	size_t count = 0;

	for (size_t i = 0; i < section->category_count; i++) {
		const struct nd_category_row *from = &section->category[i];

		if (from->threads > 0)
			*x_append(tmp, row, count) = (struct count_row){
				.name = nd_label_category(to->labels,
			                                  from->name),
				.threads = from->threads,
				.messages = from->messages,
			};
	}
	add_rows(to, row, count);
	talloc_free(tmp);
}

/* All: a list without mail is worth knowing. */
static void
add_lists(const struct printer *to)
{
	const struct nd_report *report = to->labels->report;
	void *tmp = talloc_new(NULL);
	struct count_row *row = NULL;
	size_t count = 0;

	for (size_t i = 0; i < report->section_count; i++) {
		const struct nd_report_section *from = &report->section[i];

		*x_append(tmp, row, count) = (struct count_row){
			.name = nd_label_list(tmp, from->list),
			.threads = (unsigned)from->thread_total,
			.messages = from->messages,
		};
	}
	add_rows(to, row, count);
	talloc_free(tmp);
}

static void
add_numbered_thread(const struct printer *to, const struct nd_thread *thread,
                    size_t number)
{
	char *lead = x_asprintf(NULL, "%zu. ", number);

	nd_buf_addc(to->out, '\n');
	add_paragraph(to, lead, INDENT, STYLE_TITLE,
	              nd_label_subject(to->labels, thread));
	add_thread(to, thread);
	talloc_free(lead);
}

/* ---- the front page ------------------------------------------------------ */

/*
 * "  12. title: Ann asks you, since 03-10 [#4]": 12 is the thread's number
 * below, when it is printed there. False: there is no time to read it.
 */
static bool
add_front_line(const struct printer *to, const struct nd_front_line *line)
{
	const struct nd_labels *labels = to->labels;
	const struct nd_message *mail = line->thread->message[line->message];
	void *tmp = talloc_new(NULL);
	size_t place = nd_frontline_place(labels, line);
	bool shown = place < nd_entry_shown(to->labels) && !labels->brief;
	const char *text =
		x_asprintf(tmp, tr(to, "%s: %s"),
	                   nd_frontline_listed(tmp, labels, line->thread),
	                   nd_frontline_dated(tmp, labels, line));
	bool fits;

	if (shown && nd_maillist_has(labels, mail))
		text = x_asprintf(tmp, "%s %s", text,
		                  nd_maillist_place(tmp, labels, line->thread,
		                                    line->message));
	fits = nd_readingtime_take(to->time, text, strlen(text));
	if (fits)
		add_paragraph(to,
		              x_asprintf(tmp, shown ? "%4zu. " : "%4zu  ",
		                         to->number[place]),
		              "      ", "", text);
	talloc_free(tmp);
	return fits;
}

static void
add_more(const struct printer *to, size_t count)
{
	void *tmp = talloc_new(NULL);

	if (count > 0)
		add_paragraph(
			to, "      ", "      ", "",
			x_asprintf(tmp,
		                   nd_trn(to->labels->i18n, "and %lu more",
		                          "and %lu more", count),
		                   (unsigned long)count));
	talloc_free(tmp);
}

static void
add_front_list(const struct printer *to, enum nd_front_list list)
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
	while (done < shown && add_front_line(to, &front->line[list][done]))
		done++;
	add_more(to, count - done);
done:
	talloc_free(tmp);
}

/* A thread that is told of nowhere else: with its link, since a number of it
 * would lead nowhere. False: there is no time to read it. */
static bool
add_quiet_line(const struct printer *to, const struct nd_front_line *line)
{
	void *tmp = talloc_new(NULL);
	const char *id = line->thread->message[line->message]->id;
	const char *text =
		x_asprintf(tmp, tr(to, "%s: %s"),
	                   nd_frontline_listed(tmp, to->labels, line->thread),
	                   nd_frontline_dated(tmp, to->labels, line));
	bool fits = nd_readingtime_take(to->time, text, strlen(text));

	if (fits) {
		add_paragraph(to, "      ", "      ", "", text);
		nd_buf_addf(to->out, "      %s\n", nd_archiveurl_mid(tmp, id));
	}
	talloc_free(tmp);
	return fits;
}

/* What was open before, and nothing has come of it in the window. */
static void
add_quiet(const struct printer *to)
{
	const struct nd_front *front = to->labels->report->front;
	size_t done = 0, shown = nd_frontline_quiet_shown(front);
	void *tmp = talloc_new(NULL);
	const char *heading = x_asprintf(tmp, tr(to, "%s: %zu"),
	                                 nd_frontline_quiet_heading(to->labels),
	                                 front->quiet_count);

	if (shown > 0 &&
	    nd_readingtime_take(to->time, heading, strlen(heading))) {
		add_paragraph(to, "", INDENT, STYLE_ZONE, heading);
		while (done < shown && add_quiet_line(to, &front->quiet[done]))
			done++;
		add_more(to, front->quiet_count - done);
	}
	talloc_free(tmp);
}

static void
add_front(const struct printer *to)
{
	nd_buf_addc(to->out, '\n');
	for (enum nd_front_list k = 0; k < ND_FRONT_LIST_COUNT; k++)
		add_front_list(to, k);
	add_quiet(to);
}

/* ---- since the last report ----------------------------------------------- */

/* A list of it; numbers are those of the entries below. */
static void
add_since_list(const struct printer *to, enum nd_sincelast_list list)
{
	const struct nd_labels *labels = to->labels;
	const struct nd_sincelast *since = labels->report->since_last;
	const char *heading = nd_sinceline_list(labels, list);
	void *tmp = talloc_new(NULL);
	const char *rest = nd_sinceline_rest(tmp, labels, list);

	add_paragraph(to, "  ", INDENT, "",
	              since->count[list] == 0
	                      ? x_asprintf(tmp, tr(to, "%s: none"), heading)
	                      : x_asprintf(tmp, tr(to, "%s: %zu"), heading,
	                                   since->count[list]));
	for (size_t i = 0; i < nd_sinceline_shown(since, list); i++)
		add_paragraph(
			to, "    - ", "      ", "",
			nd_sinceline_text(tmp, labels, &since->line[list][i]));
	if (*rest)
		add_paragraph(to, "      ", "      ", "", rest);
	talloc_free(tmp);
}

static void
add_since_last(const struct printer *to)
{
	void *tmp = talloc_new(NULL);

	add_paragraph(to, "", INDENT, STYLE_ZONE,
	              nd_sinceline_heading(tmp, to->labels));
	for (enum nd_sincelast_list k = 0; k < ND_SINCELAST_LIST_COUNT; k++)
		add_since_list(to, k);
	nd_buf_addc(to->out, '\n');
	talloc_free(tmp);
}

/* ---- the threads --------------------------------------------------------- */

/* "12. title: under review; 3 new mails", of those that have no line above. */
static void
add_brief(const struct printer *to, const struct nd_report_section *section)
{
	const struct nd_labels *labels = to->labels;
	const struct nd_front *front = labels->report->front;
	size_t shown = nd_entry_shown(to->labels);
	bool has_heading = false;

	for (size_t i = 0; i < shown; i++) {
		const struct nd_thread *thread = front->order[i];
		void *tmp = talloc_new(NULL);

		if (nd_report_section_has(section, thread) &&
		    !nd_frontline_has(labels, thread)) {
			if (!has_heading) {
				nd_buf_addc(to->out, '\n');
				add_paragraph(to, "", INDENT, STYLE_ZONE,
				              tr(to, "The other threads"));
			}
			has_heading = true;
			add_paragraph(to,
			              x_asprintf(tmp, "%4zu  ", to->number[i]),
			              "      ", "",
			              nd_frontline_brief(tmp, labels, thread));
		}
		talloc_free(tmp);
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

/* One of several: its heading stands out without colours, too. */
static void
add_section_head(const struct printer *to,
                 const struct nd_report_section *section)
{
	void *tmp = talloc_new(NULL);
	const char *title = nd_label_section(tmp, to->labels, section);

	nd_buf_addc(to->out, '\n');
	add_paragraph(to, "", "", STYLE_TITLE, title);
	for (size_t i = nd_utf8_width(title, strlen(title)); i > 0; i--)
		nd_buf_addc(to->out, '=');
	nd_buf_addc(to->out, '\n');
	if (section->thread_total == 0) {
		add_paragraph(to, "", "", "",
		              nd_label_no_mail_here(to->labels, section));
	} else {
		add_totals(to, section);
		add_categories(to, section);
	}
	talloc_free(tmp);
}

/* They are read in any case. */
static void
spend_section_heads(const struct printer *to)
{
	const struct nd_report *report = to->labels->report;
	struct printer own = *to;

	own.out = nd_buf_new(NULL, ND_LIMIT_OUTPUT_BYTES);
	if (nd_report_has_sections(report))
		for (size_t i = 0; i < report->section_count; i++)
			add_section_head(&own, &report->section[i]);
	nd_readingtime_spend(to->time,
	                     nd_readingtime_words(own.out->data, own.out->len));
	talloc_free(own.out);
}

/* What is read is chosen of the whole report, what matters first. */
static struct nd_readingtime_left *
choose_threads(const void *ctx, const struct printer *to)
{
	const struct nd_labels *labels = to->labels;
	const struct nd_front *front = labels->report->front;
	size_t shown = nd_entry_shown(to->labels);
	struct nd_readingtime_left *left = nd_readingtime_left_new(ctx, shown);

	for (size_t i = 0; labels->minutes && i < shown; i++) {
		struct printer own = *to;

		own.out = nd_buf_new(NULL, ND_LIMIT_OUTPUT_BYTES);
		add_numbered_thread(&own, front->order[i], to->number[i]);
		if (!nd_readingtime_take(to->time, own.out->data, own.out->len))
			nd_readingtime_leave(left, front->order[i],
			                     to->number[i]);
		talloc_free(own.out);
	}
	return left;
}

static void
add_section(const struct printer *to, const struct nd_report_section *section,
            const struct nd_readingtime_left *left)
{
	const struct nd_front *front = to->labels->report->front;
	size_t shown = nd_entry_shown(to->labels);

	for (size_t i = 0; i < shown; i++)
		if (nd_report_section_has(section, front->order[i]) &&
		    !nd_readingtime_is_left(left, front->order[i]))
			add_numbered_thread(to, front->order[i], to->number[i]);
}

/* By section, in it by consequence, numbered through. */
static void
add_threads(const struct printer *to)
{
	const struct nd_report *report = to->labels->report;
	struct nd_report_section whole = nd_report_whole(report);
	bool divided = nd_report_has_sections(report);
	size_t count = divided ? report->section_count : 1;
	void *tmp = talloc_new(NULL);
	struct nd_readingtime_left *left =
		to->labels->brief ? nd_readingtime_left_new(tmp, 0)
				  : choose_threads(tmp, to);

	for (size_t i = 0; i < count; i++) {
		const struct nd_report_section *section =
			divided ? &report->section[i] : &whole;

		if (divided)
			add_section_head(to, section);
		if (to->labels->brief)
			add_brief(to, section);
		else
			add_section(to, section, left);
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
	              nd_label_subject(labels, thread));
	add_thread(&to, thread);
	talloc_free(tmp);
}

void
nd_text_report(const struct nd_labels *labels, const struct nd_text_page *page,
               struct nd_buf *out)
{
	const struct nd_report *report = labels->report;
	struct nd_report_section whole = nd_report_whole(report);
	void *tmp = talloc_new(NULL);
	struct printer to = make_printer(tmp, labels, page, out);
	const char *limit = nd_label_limit(tmp, labels);

	to.time = nd_readingtime_new(tmp, labels->minutes);
	to.number = nd_frontline_numbers(tmp, labels);
	add_paragraph(&to, "", "", STYLE_TITLE, nd_label_title(tmp, labels));
	add_paragraph(&to, "", "", "", nd_label_period(tmp, labels));
	nd_buf_addc(out, '\n');
	if (report->since_last)
		add_since_last(&to);
	if (report->thread_count == 0) {
		const char *query = nd_label_query(tmp, labels);

		add_paragraph(&to, "", "", "", nd_label_no_mail(labels));
		if (*query)
			add_paragraph(&to, "", "", "", query);
	} else {
		add_totals(&to, &whole);
		if (nd_report_has_sections(report))
			add_lists(&to);
		else
			add_categories(&to, &whole);
		nd_readingtime_take(to.time, out->data, out->len);
		spend_section_heads(&to);
		add_front(&to);
	}
	if (*limit) {
		nd_buf_addc(out, '\n');
		add_paragraph(&to, "", "", "", limit);
	}
	if (report->thread_count > 0)
		add_threads(&to);
	add_problems(&to);
	talloc_free(tmp);
}
