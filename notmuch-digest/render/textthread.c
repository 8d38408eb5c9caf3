/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/textthread.h"

#include <string.h>

#include "model/address.h"
#include "render/escape.h"
#include "util/alloc.h"
#include "util/archiveurl.h"
#include "util/utf8.h"
#include "words/entry.h"
#include "words/facts.h"
#include "words/familylist.h"
#include "words/maillist.h"
#include "words/mailrow.h"
#include "words/statusline.h"

enum {
	NUMBER_COLUMNS = 5, /* "#100 " */
	NAME_COLUMNS_MAX = 24,
	LINE_BYTES_MAX = 1 << 16,
};

/*
 * What leads to the thread: its link, and its id where that is not in the
 * link. Both are taken as QUERY.
 */
static void
add_link(const struct nd_textpage *to, const struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);
	const struct nd_message *root = nd_thread_root(thread);
	const char *link = root->link ? root->link : "";
	const char *id = nd_archiveurl_id(tmp, link, strlen(link));

	nd_textpage_line(to, link);
	if (!id || strcmp(id, root->id) != 0)
		nd_textpage_line(to, nd_archiveurl_mid(tmp, root->id));
	talloc_free(tmp);
}

static void
add_facts(const struct nd_textpage *to, const struct nd_thread *thread)
{
	const struct nd_labels *labels = to->labels;
	void *tmp = talloc_new(NULL);
	const char *for_you = nd_statusline_for_you(tmp, labels, thread);

	add_link(to, thread);
	nd_textpage_line(to, nd_statusline_add(tmp, labels, thread));
	if (*for_you)
		nd_textpage_line(
			to,
			x_asprintf(tmp, nd_label_tr(to->labels, "for you: %s"),
		                   for_you));
	nd_textpage_line(to, nd_entry_counts(tmp, labels, thread));
	for (size_t i = 0; i < thread->more_series_count; i++)
		nd_textpage_line(to, nd_facts_also(tmp, labels, thread, i));
	nd_textpage_line(to, nd_facts_trailers(tmp, labels, thread));
	talloc_free(tmp);
}

static void
add_heading(const struct nd_textpage *to, const char *text)
{
	nd_buf_addc(to->out, '\n');
	nd_textpage_add(to, ND_TEXTPAGE_INDENT, ND_TEXTPAGE_INDENT,
	                ND_TEXTPAGE_ZONE, text);
}

static void
add_point(const struct nd_textpage *to, const char *text, bool below)
{
	if (*text)
		nd_textpage_add(to,
		                below ? ND_TEXTPAGE_INDENT "  - "
		                      : ND_TEXTPAGE_INDENT "- ",
		                below ? ND_TEXTPAGE_INDENT "    "
		                      : ND_TEXTPAGE_INDENT "  ",
		                "", text);
}

static void
add_zone(const struct nd_textpage *to, const struct nd_thread *thread,
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
add_summary(const struct nd_textpage *to, const struct nd_thread *thread)
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
		nd_textpage_line(to, above[i]);
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
name_columns(const struct nd_textpage *to, const struct nd_mailrow_list *list)
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
add_number(const struct nd_textpage *to, const struct nd_message *mail,
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
add_row(const struct nd_textpage *to, const struct nd_mailrow *row,
        size_t columns)
{
	void *tmp = talloc_new(NULL);
	struct nd_buf *line = nd_buf_new(tmp, LINE_BYTES_MAX);
	const char *lead = nd_mailrow_lead(tmp, row);
	const char *name =
		cut(tmp, nd_address_name(tmp, &row->mail->sender), columns);
	size_t used = strlen(ND_TEXTPAGE_INDENT) + strlen(lead);

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
	nd_buf_adds(to->out, ND_TEXTPAGE_INDENT);
	add_number(to, row->mail, lead);
	nd_buf_addf(to->out, "%s\n", line->data);
	talloc_free(tmp);
}

/* The threads of its family, a line each. */
static void
add_family(const struct nd_textpage *to, const struct nd_thread *thread)
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
add_mails(const struct nd_textpage *to, const struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);
	struct nd_mailrow_list list = nd_mailrow_list(tmp, to->labels, thread);
	size_t columns = name_columns(to, &list);

	if (to->labels->mails == ND_MAILS_NONE)
		goto done;
	add_heading(to, nd_label_tr(to->labels, "Mails"));
	nd_textpage_line(to, nd_maillist_earlier(tmp, to->labels, thread));
	for (size_t i = 0; i < list.count; i++)
		add_row(to, &list.row[i], columns);
	nd_textpage_line(to, nd_mailrow_folded(tmp, to->labels, &list));
done:
	talloc_free(tmp);
}

void
nd_textthread_add(const struct nd_textpage *to, const struct nd_thread *thread)
{
	add_facts(to, thread);
	add_summary(to, thread);
	add_family(to, thread);
	add_mails(to, thread);
}
