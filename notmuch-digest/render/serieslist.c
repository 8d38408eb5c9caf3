/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/serieslist.h"

#include <string.h>

#include "model/address.h"
#include "render/escape.h"
#include "render/seriesjson.h"
#include "util/alloc.h"
#include "util/time.h"
#include "util/utf8.h"
#include "words/facts.h"
#include "words/labels.h"
#include "words/statusline.h"

enum {
	COLUMNS = 7,
	TITLE_COLUMNS_MIN = 24,
	NAME_COLUMNS_MIN = 8,
	CELL_BYTES = 4096,
	FENCE_MIN = 3
};

#define INDENT "    "
#define NOTHING "\xe2\x80\x93" /* an en dash */

/* What everything that is printed needs. */
struct printer {
	const struct nd_labels *labels;
	const struct nd_render_options *options;
	struct nd_buf *out;
};

static const char *
tr(const struct printer *to, const char *text) __attribute__((format_arg(2)));

static const char *
tr(const struct printer *to, const char *text)
{
	return nd_tr(to->labels->i18n, text);
}

/* ---- cells --------------------------------------------------------------- */

struct cells {
	const char *text[COLUMNS];
	const char
		*mark; /* "2 of 5 applied, stalled" beside the state, or "" */
};

static struct cells
headings(const struct printer *to)
{
	return (struct cells){
		.mark = "",
		.text = {
			tr(to, "State"),
			tr(to, "Version"),
			tr(to, "Patches"),
			/* tags: Acked-by, Reviewed-by, Tested-by */
			tr(to, "A/R/T"),
			tr(to, "Last mail"),
			tr(to, "Waiting for"),
			tr(to, "Series"),
		}};
}

static const char *
state_cell(const struct printer *to, const struct nd_series_row *row)
{
	const struct nd_thread *thread = row->thread;

	/* Of what came later in a thread only this much is certain. */
	if (!row->stated)
		return row->series->next
		               ? nd_statusline_state(to->labels,
		                                     ND_STATE_SUPERSEDED)
		               : NOTHING;
	/* Nobody answers the candidate of a release patch by patch. */
	if (thread->kind == ND_KIND_STABLE_REVIEW &&
	    thread->state == ND_STATE_NEW)
		return tr(to, "stable review");
	return nd_statusline_state(to->labels, thread->state);
}

/* What a state alone does not say; "" when it says all. */
static const char *
mark_of(const void *ctx, const struct printer *to,
        const struct nd_series_row *row)
{
	const char *part;

	if (!row->stated)
		return "";
	part = nd_statusline_part(ctx, to->labels, row->thread);
	if (!row->thread->stalled)
		return part ? part : "";
	return part ? x_asprintf(ctx, tr(to, "%s, stalled"), part)
	            : tr(to, "stalled");
}

/* "changes requested, 2 of 5 applied, stalled" */
static const char *
whole_state(const void *ctx, const struct printer *to,
            const struct cells *cells)
{
	return *cells->mark ? x_asprintf(ctx, tr(to, "%s, %s"), cells->text[0],
	                                 cells->mark)
	                    : cells->text[0];
}

static const char *
turn_cell(const void *ctx, const struct printer *to,
          const struct nd_series_row *row)
{
	switch (row->turn) {
	case ND_SERIES_TURN_NAMED:
	case ND_SERIES_TURN_AUTHOR:
		return row->turn_name ? row->turn_name : tr(to, "the author");
	case ND_SERIES_TURN_REVIEWER:
		return row->turn_name ? x_asprintf(ctx, tr(to, "a review (%s)"),
		                                   row->turn_name)
		                      : tr(to, "a review");
	case ND_SERIES_TURN_COMMITTER:
		return tr(to, "a committer");
	default:
		return NOTHING;
	}
}

/* "[kvmtool] Add CFI flash emulation (Andre Przywara)" */
static const char *
title_cell(const void *ctx, const struct printer *to,
           const struct nd_series *series)
{
	const char *title = series->title;

	if (series->project)
		title = x_asprintf(ctx, "[%s] %s", series->project, title);
	if (!*series->author.addr)
		return title;
	return x_asprintf(ctx, tr(to, "%s (%s)"), title,
	                  nd_address_name(ctx, &series->author));
}

static struct cells
cells_of(const void *ctx, const struct printer *to,
         const struct nd_series_row *row)
{
	const struct nd_series *series = row->series;
	struct nd_buf *version = nd_buf_new(ctx, CELL_BYTES);

	nd_buf_addf(version, series->rfc ? "RFC v%d" : "v%d", series->version);
	if (series->revision > 0)
		nd_buf_addf(version, ".%d", series->revision);
	return (struct cells){
		.mark = mark_of(ctx, to, row),
		.text = {
			state_cell(to, row),
			/* The candidate of a release has no version of its own. */
			row->thread->kind == ND_KIND_STABLE_REVIEW
				? NOTHING
				: version->data,
			x_asprintf(ctx, "%d", series->total),
			x_asprintf(ctx, "%u/%u/%u", row->acked, row->reviewed,
	                           row->tested),
			row->last_s > 0
				? nd_time_format(ctx, "%Y-%m-%d", row->last_s)
				: NOTHING,
			turn_cell(ctx, to, row),
			row->member ? x_asprintf(ctx, "└ %s",
	                                         title_cell(ctx, to, series))
				    : title_cell(ctx, to, series),
		}};
}

/* ---- markdown ------------------------------------------------------------ */

static void
add_markdown_row(struct nd_buf *out, const struct cells *cells)
{
	for (int i = 0; i < COLUMNS; i++) {
		char *cell = nd_escape_markdown(NULL, cells->text[i]);

		nd_buf_addf(out, "| %s ", cell);
		talloc_free(cell);
	}
	nd_buf_adds(out, "|\n");
}

static void
add_markdown_table(const struct printer *to,
                   const struct nd_seriesrow_list *rows)
{
	struct cells heads = headings(to);

	add_markdown_row(to->out, &heads);
	for (int i = 0; i < COLUMNS; i++)
		nd_buf_adds(to->out, "|---");
	nd_buf_adds(to->out, "|\n");
	for (size_t i = 0; i < rows->count; i++) {
		void *tmp = talloc_new(NULL);
		struct cells cells = cells_of(tmp, to, &rows->row[i]);

		cells.text[0] = whole_state(tmp, to, &cells);
		add_markdown_row(to->out, &cells);
		talloc_free(tmp);
	}
}

/* Longer than any run of it in the text: nothing gets out. */
static size_t
fence_len(const char *text)
{
	size_t longest = 0;

	while (*text) {
		size_t run = strspn(text, "`");

		if (run > longest)
			longest = run;
		text += run > 0 ? run : 1;
	}
	return longest < FENCE_MIN ? FENCE_MIN : longest + 1;
}

static void
add_fence(struct nd_buf *out, size_t len, const char *info)
{
	for (size_t i = 0; i < len; i++)
		nd_buf_addc(out, '`');
	nd_buf_addf(out, "%s\n", info);
}

/* ---- what is said of one series ------------------------------------------ */

static const char *
version_line(const void *ctx, const struct printer *to,
             const struct nd_series_link *link)
{
	struct nd_buf *line = nd_buf_new(ctx, CELL_BYTES);

	nd_buf_addf(line, link->rfc ? "RFC v%d" : "v%d", link->version);
	if (link->revision > 0)
		nd_buf_addf(line, ".%d", link->revision);
	if (link->date_s > 0)
		nd_buf_addf(line, " %s",
		            nd_time_format(line, "%Y-%m-%d", link->date_s));
	if (link->root_id)
		nd_buf_addf(line, " id:%s", link->root_id);
	else
		nd_buf_addf(line, " %s", tr(to, "(not in this mailbox)"));
	return nd_buf_finish(ctx, line);
}

static const char *
patchwork_line(const void *ctx, const struct nd_patchwork *patchwork)
{
	struct nd_buf *line = nd_buf_new(ctx, CELL_BYTES);

	nd_buf_addf(line, "%s", patchwork->id);
	if (*patchwork->submitter)
		nd_buf_addf(line, ", %s", patchwork->submitter);
	if (*patchwork->state)
		nd_buf_addf(line, ", %s", patchwork->state);
	if (*patchwork->delegate)
		nd_buf_addf(line, " (%s)", patchwork->delegate);
	return nd_buf_finish(ctx, line);
}

/* A fact on a line of its own, in the form of the format. */
static void
add_fact(const struct printer *to, enum nd_format format, const char *label,
         const char *text)
{
	char *safe;

	if (!*text)
		return;
	if (format == ND_FORMAT_MARKDOWN) {
		safe = nd_escape_markdown(NULL, text);
		nd_buf_addf(to->out, "- **%s**: %s\n", label, safe);
	} else {
		safe = nd_escape_terminal(NULL, text);
		nd_buf_addf(to->out, "%s: %s\n", label, safe);
	}
	talloc_free(safe);
}

/* Only characters of URLs are in it: nothing to escape. */
static void
add_link(const struct printer *to, enum nd_format format,
         const struct nd_message *mail)
{
	const char *link = nd_facts_link(NULL, mail);

	nd_buf_addf(to->out,
	            format == ND_FORMAT_MARKDOWN ? "- **%s**: <%s>\n"
	                                         : "%s: %s\n",
	            tr(to, "Link"), link);
	talloc_free((void *)link);
}

static void
add_facts(const struct printer *to, enum nd_format format,
          const struct nd_series_row *row)
{
	const struct nd_series *series = row->series;
	const struct nd_message *root = row->thread->message[series->root];
	void *tmp = talloc_new(NULL);

	add_fact(to, format, tr(to, "Status"),
	         row->stated ? nd_statusline_add(tmp, to->labels, row->thread)
	                     : state_cell(to, row));
	for (size_t i = 0; i < series->prior_count; i++)
		add_fact(to, format, tr(to, "Earlier version"),
		         version_line(tmp, to, &series->prior[i]));
	if (series->more_prior > 0)
		add_fact(to, format, tr(to, "Earlier version"),
		         x_asprintf(tmp, "… (+%zu)", series->more_prior));
	if (series->next)
		add_fact(to, format, tr(to, "Newer version"),
		         version_line(tmp, to, series->next));
	if (root->patchwork)
		add_fact(to, format, tr(to, "Patchwork"),
		         patchwork_line(tmp, root->patchwork));
	add_link(to, format, root);
	talloc_free(tmp);
}

static const char *
author_text(const void *ctx, const struct nd_address *author)
{
	if (!*author->name)
		return author->addr;
	return x_asprintf(ctx, "%s <%s>", author->name, author->addr);
}

static const char *
markdown_author(const void *ctx, const struct nd_address *author)
{
	return x_asprintf(ctx, "%s %s", nd_escape_markdown(ctx, author->name),
	                  nd_escape_markdown_address(ctx, author->addr));
}

/* The form of patchwork's lists: title, author, cover letter. */
static void
add_markdown_full(const struct printer *to, const struct nd_series_row *row)
{
	const struct nd_series *series = row->series;
	const char *cover = series->cover ? series->cover : "";
	size_t fence = fence_len(cover);
	void *tmp = talloc_new(NULL);

	nd_buf_addf(to->out, "#### %s\n",
	            nd_escape_markdown(
			    tmp, row->thread->message[series->root]->subject));
	nd_buf_adds(to->out, "##### ");
	nd_buf_addf(to->out, tr(to, "From: %s"),
	            markdown_author(tmp, &series->author));
	nd_buf_adds(to->out, "\n\n");
	add_facts(to, ND_FORMAT_MARKDOWN, row);
	nd_buf_addc(to->out, '\n');
	add_fence(to->out, fence, "text");
	nd_buf_adds(to->out, nd_utf8_clean(tmp, cover, strlen(cover), NULL));
	add_fence(to->out, fence, "");
	nd_buf_addc(to->out, '\n');
	talloc_free(tmp);
}

/* ---- text ---------------------------------------------------------------- */

static void
add_padded(struct nd_buf *out, const char *text, size_t width)
{
	size_t have = nd_utf8_width(text, strlen(text));

	nd_buf_adds(out, text);
	for (; have < width; have++)
		nd_buf_addc(out, ' ');
}

static void
widen(size_t *width, const struct cells *cells)
{
	for (int i = 0; i < COLUMNS; i++) {
		size_t have =
			nd_utf8_width(cells->text[i], strlen(cells->text[i]));

		if (have > width[i])
			width[i] = have;
	}
}

/* As much of the text as so many columns hold, with "…" when it is cut. */
static void
add_cut(struct nd_buf *out, const char *text, size_t columns)
{
	size_t len = strlen(text);

	if (nd_utf8_width(text, len) <= columns)
		nd_buf_adds(out, text);
	else
		nd_buf_addf(out, "%.*s…",
		            (int)nd_utf8_fit(text, len, columns - 1), text);
}

static size_t
width_of(const char *text)
{
	return nd_utf8_width(text, strlen(text));
}

/* The title gives way to what stands behind it. */
static void
add_title(const struct printer *to, const struct cells *cells, size_t columns)
{
	size_t mark = *cells->mark ? width_of(cells->mark) + 2 : 0;

	if (mark + TITLE_COLUMNS_MIN / 2 > columns)
		mark = 0;
	add_cut(to->out, cells->text[COLUMNS - 1], columns - mark);
	if (mark > 0)
		nd_buf_addf(to->out, "; %s", cells->mark);
	nd_buf_addc(to->out, '\n');
}

/* The last column takes what is left of the line, or a line of its own. */
static void
add_text_row(const struct printer *to, const struct cells *cells,
             const size_t *width)
{
	size_t used = 0, columns = to->options->width;

	for (int i = 0; i + 2 < COLUMNS; i++) {
		add_padded(to->out, cells->text[i], width[i]);
		nd_buf_adds(to->out, "  ");
		used += width[i] + 2;
	}
	if (columns >= used + width[COLUMNS - 2] + 2 + TITLE_COLUMNS_MIN) {
		add_padded(to->out, cells->text[COLUMNS - 2],
		           width[COLUMNS - 2] + 2);
		used += width[COLUMNS - 2] + 2;
	} else {
		add_cut(to->out, cells->text[COLUMNS - 2],
		        columns > used + NAME_COLUMNS_MIN ? columns - used
		                                          : NAME_COLUMNS_MIN);
		nd_buf_adds(to->out, "\n" INDENT);
		used = strlen(INDENT);
	}
	add_title(to, cells, columns - used);
}

static struct cells
safe_cells(const void *ctx, const struct printer *to,
           const struct nd_series_row *row)
{
	struct cells cells = cells_of(ctx, to, row);

	for (int i = 0; i < COLUMNS; i++)
		cells.text[i] = nd_escape_terminal(ctx, cells.text[i]);
	cells.mark = nd_escape_terminal(ctx, cells.mark);
	return cells;
}

static void
add_text_table(const struct printer *to, const struct nd_seriesrow_list *rows)
{
	size_t width[COLUMNS] = {0};
	struct cells heads = headings(to);
	void *tmp = talloc_new(NULL);

	widen(width, &heads);
	for (size_t i = 0; i < rows->count; i++) {
		struct cells cells = safe_cells(tmp, to, &rows->row[i]);

		widen(width, &cells);
	}
	add_text_row(to, &heads, width);
	for (size_t i = 0; i < rows->count; i++) {
		struct cells cells = safe_cells(tmp, to, &rows->row[i]);

		add_text_row(to, &cells, width);
	}
	talloc_free(tmp);
}

static void
add_text_full(const struct printer *to, const struct nd_series_row *row)
{
	const struct nd_series *series = row->series;
	const char *cover = series->cover ? series->cover : "";
	const char *subject = row->thread->message[series->root]->subject;
	bool color = to->options->color;
	void *tmp = talloc_new(NULL);

	nd_buf_addf(to->out, "%s%s%s\n", color ? "\033[1m" : "",
	            nd_escape_terminal(tmp, subject), color ? "\033[0m" : "");
	add_fact(to, ND_FORMAT_TEXT, tr(to, "Author"),
	         author_text(tmp, &series->author));
	add_facts(to, ND_FORMAT_TEXT, row);
	nd_buf_addc(to->out, '\n');
	for (cover = nd_utf8_clean(tmp, cover, strlen(cover), NULL); *cover;) {
		size_t len = strcspn(cover, "\n");

		nd_buf_addf(to->out, len > 0 ? "    %.*s\n" : "%.*s\n",
		            (int)len, cover);
		cover += len + (cover[len] == '\n');
	}
	nd_buf_addc(to->out, '\n');
	talloc_free(tmp);
}

/* ---- all of it ----------------------------------------------------------- */

static void
add_head(const struct printer *to, enum nd_format format)
{
	void *tmp = talloc_new(NULL);
	const char *title = tr(to, "Patch series");
	const char *period = nd_label_period(tmp, to->labels);

	if (format == ND_FORMAT_MARKDOWN)
		nd_buf_addf(to->out, "# %s\n\n%s\n\n", title,
		            nd_escape_markdown(tmp, period));
	else
		nd_buf_addf(to->out, "%s\n%s\n\n", title, period);
	talloc_free(tmp);
}

static void
add_nothing(const struct printer *to, enum nd_format format)
{
	void *tmp = talloc_new(NULL);
	const char *query = nd_label_query(tmp, to->labels);

	nd_buf_addf(to->out, "%s\n", tr(to, "No series in this period."));
	if (*query)
		nd_buf_addf(to->out, "\n%s\n",
		            format == ND_FORMAT_MARKDOWN
		                    ? nd_escape_markdown(tmp, query)
		                    : nd_escape_terminal(tmp, query));
	talloc_free(tmp);
}

static void
add_tail(const struct printer *to, const struct nd_seriesrow_list *rows,
         enum nd_format format)
{
	if (rows->total == 0)
		add_nothing(to, format);
	if (rows->count < rows->total) {
		nd_buf_addc(to->out, '\n');
		nd_buf_addf(to->out,
		            tr(to, "The first %zu of %zu series are shown."),
		            rows->count, rows->total);
		nd_buf_addc(to->out, '\n');
	}
}

void
nd_serieslist_render(const struct nd_report *report,
                     const struct nd_seriesrow_list *rows,
                     enum nd_format format, enum nd_series_style style,
                     const struct nd_render_options *options,
                     struct nd_buf *out)
{
	struct nd_labels labels = {.report = report,
	                           .i18n = options->i18n,
	                           .mails = ND_MAILS_NONE};
	struct printer to = {&labels, options, out};

	if (format == ND_FORMAT_JSON) {
		nd_seriesjson_list(report, rows, out);
		return;
	}
	add_head(&to, format);
	if (style == ND_SERIES_FULL)
		for (size_t i = 0; i < rows->count; i++)
			(format == ND_FORMAT_MARKDOWN
			         ? add_markdown_full
			         : add_text_full)(&to, &rows->row[i]);
	else if (rows->count > 0)
		(format == ND_FORMAT_MARKDOWN ? add_markdown_table
		                              : add_text_table)(&to, rows);
	add_tail(&to, rows, format);
}
