/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/todolist.h"

#include <string.h>

#include "model/address.h"
#include "render/escape.h"
#include "render/wrap.h"
#include "util/alloc.h"
#include "util/archiveurl.h"
#include "util/json.h"
#include "util/time.h"
#include "util/utf8.h"
#include "words/labels.h"
#include "words/owed.h"

#define N_(text) text

enum { DAY_S = 24 * 3600, AGE_COLUMNS = 5, CLOSED_MAX = 12 };

/* What everything that is printed needs. */
struct printer {
	const struct nd_todo *todo;
	const struct nd_render_options *options;
	struct nd_buf *out;
};

static const char *
heading(const struct printer *to, enum nd_obligation_list list)
{
	static const char *const words[ND_OBLIGATION_LIST_COUNT] = {
		[ND_OBLIGATION_NEEDS_YOU] = N_("Needs you"),
		[ND_OBLIGATION_WAITS_FOR_OTHERS] = N_("You wait for"),
		[ND_OBLIGATION_OVERDUE] =
			N_("Promised or reviewed, and not delivered"),
		[ND_OBLIGATION_UNANSWERED] = N_("Nobody has answered"),
		[ND_OBLIGATION_CARRIED] = N_("Between others"),
	};

	return nd_tr(to->options->i18n, words[list]);
}

static long
days_of(const struct printer *to, const struct nd_obligation *one)
{
	int64_t age_s = to->todo->report->window.now_s - one->since_s;

	return one->since_s > 0 && age_s > 0 ? (long)(age_s / DAY_S) : 0;
}

/* The posting's where there is one: answers have the same with "Re:". */
static const char *
subject_of(const struct nd_obligation *one)
{
	return nd_thread_root(one->thread)->subject;
}

/* ---- text ---------------------------------------------------------------- */

/* A line cut to the page, behind the column of ages. */
static void
add_line(const struct printer *to, const char *first, const char *text,
         const char *style)
{
	size_t room = to->options->width - AGE_COLUMNS - 2;
	size_t len = strlen(text), have = nd_utf8_width(first, strlen(first));
	bool fits = nd_utf8_width(text, len) <= room;
	const char *end = *style ? "\033[0m" : "";

	for (; have < AGE_COLUMNS; have++)
		nd_buf_addc(to->out, ' ');
	nd_buf_addf(to->out, "%s  %s%.*s%s%s\n", first, style,
	            fits ? (int)len : (int)nd_utf8_fit(text, len, room - 1),
	            text, fits ? "" : "…", end);
}

static const char *
what_of(const void *ctx, const struct printer *to,
        const struct nd_obligation *one)
{
	const char *what = nd_owed_text(ctx, to->options->i18n, one);

	if (one->pinged != ND_NO_MESSAGE)
		what = x_asprintf(
			ctx, nd_tr(to->options->i18n, "%s (reminded by %s)"),
			what,
			nd_address_name(
				ctx,
				&one->thread->message[one->pinged]->sender));
	return one->question ? x_asprintf(ctx, "%s: %s", what, one->question)
	                     : what;
}

static void
add_item(const struct printer *to, const struct nd_obligation *one)
{
	void *tmp = talloc_new(NULL);
	const char *id = one->thread->message[one->message]->id;
	const char *subject = subject_of(one);

	if (!*subject)
		subject = nd_tr(to->options->i18n, "(no subject)");
	add_line(to,
	         x_asprintf(tmp, nd_tr(to->options->i18n, "%ldd"),
	                    days_of(to, one)),
	         nd_escape_terminal(tmp, subject),
	         to->options->color ? "\033[1m" : "");
	add_line(to, "", nd_escape_terminal(tmp, what_of(tmp, to, one)), "");
	/* A link that is cut leads nowhere. */
	nd_buf_addf(to->out, "%*s%s\n", AGE_COLUMNS + 2, "",
	            nd_archiveurl_mid(tmp, id));
	talloc_free(tmp);
}

static void
add_more(const struct printer *to, size_t count)
{
	if (count == 0)
		return;
	nd_buf_addf(to->out, "%*s", AGE_COLUMNS + 2, "");
	nd_buf_addf(to->out,
	            nd_trn(to->options->i18n, "and %lu more", "and %lu more",
	                   count),
	            (unsigned long)count);
	nd_buf_addc(to->out, '\n');
}

static void
add_group(const struct printer *to, enum nd_obligation_list list,
          unsigned limit)
{
	const struct nd_todo *todo = to->todo;
	size_t shown = 0, total = todo->total[list];

	nd_buf_addf(to->out, "\n%s%s%s (%zu)\n",
	            to->options->color ? "\033[1m" : "", heading(to, list),
	            to->options->color ? "\033[0m" : "", total);
	for (size_t i = 0; i < todo->count; i++) {
		if (todo->item[i].list != list)
			continue;
		if (limit > 0 && shown == limit)
			break;
		add_item(to, &todo->item[i]);
		shown++;
	}
	if (total == 0)
		nd_buf_addf(to->out, "%*s%s\n", AGE_COLUMNS + 2, "",
		            nd_tr(to->options->i18n, "none"));
	add_more(to, total - shown);
}

/* What is done, on two lines: what it was, and the mail that did it. */
static void
add_closed(const struct printer *to, unsigned limit)
{
	const struct nd_todo *todo = to->todo;
	size_t most = limit > 0 ? limit : CLOSED_MAX, count = 0;
	void *tmp = talloc_new(NULL);

	for (size_t i = 0; i < todo->closed_count; i++)
		count += nd_todo_is_lately(todo, &todo->closed[i]);
	if (count == 0)
		goto done;
	nd_buf_addf(to->out, "\n%s (%zu)\n",
	            nd_tr(to->options->i18n, "Closed in the last 7 days"),
	            count);
	for (size_t i = 0, shown = 0; i < todo->closed_count && shown < most;
	     i++) {
		const struct nd_obligation *one = &todo->closed[i];

		if (!nd_todo_is_lately(todo, one))
			continue;
		add_line(to, "",
		         nd_escape_terminal(
				 tmp, x_asprintf(tmp, "%s: %s", subject_of(one),
		                                 what_of(tmp, to, one))),
		         "");
		nd_buf_addf(to->out, "%*s%s\n", AGE_COLUMNS + 2, "",
		            nd_archiveurl_mid(tmp, one->closed_by));
		shown++;
	}
	add_more(to, count > most ? count - most : 0);
done:
	talloc_free(tmp);
}

static void
add_text(const struct printer *to, unsigned limit)
{
	struct nd_labels labels = {.report = to->todo->report,
	                           .i18n = to->options->i18n};
	const struct nd_paragraph period = {
		.first = "",
		.next = "",
		.style = "",
	};
	void *tmp = talloc_new(NULL);

	nd_buf_addf(to->out, "%s\n", nd_tr(to->options->i18n, "To do"));
	nd_wrap_add(nd_wrap_new(tmp, to->options->width), to->out, &period,
	            nd_escape_terminal(tmp, nd_label_period(tmp, &labels)));
	for (int list = 0; list < ND_OBLIGATION_LIST_COUNT; list++)
		if (list != ND_OBLIGATION_CARRIED || to->todo->all)
			add_group(to, (enum nd_obligation_list)list, limit);
	add_closed(to, limit);
	talloc_free(tmp);
}

/* ---- JSON ---------------------------------------------------------------- */

static void
set_item(const struct printer *to, struct nd_json *object,
         const struct nd_obligation *one)
{
	const struct nd_thread *thread = one->thread;
	void *tmp = talloc_new(NULL);

	nd_json_set_text(object, "root_id", nd_thread_root(thread)->id);
	nd_json_set_text(object, "id", thread->message[one->message]->id);
	nd_json_set_text(object, "subject", subject_of(one));
	nd_json_set_text(object, "why", nd_obligation_why_name(one->why));
	nd_json_set_text(object, "who", one->name);
	nd_json_set_text(
		object, "by",
		nd_address_name(tmp, &thread->message[one->message]->sender));
	nd_json_set_text(object, "text",
	                 nd_owed_text(tmp, to->options->i18n, one));
	nd_json_set_text(object, "question", one->question);
	nd_json_set_text(object, "since",
	                 one->since_s > 0 ? nd_time_iso(tmp, one->since_s)
	                                  : NULL);
	nd_json_set_int(object, "days", days_of(to, one));
	nd_json_set_text(object, "pinged",
	                 one->pinged == ND_NO_MESSAGE
	                         ? NULL
	                         : thread->message[one->pinged]->id);
	if (one->closed_by)
		nd_json_set_text(object, "closed_by", one->closed_by);
	if (one->dismissed)
		nd_json_set_bool(object, "dismissed", true);
	talloc_free(tmp);
}

static void
add_json(const struct printer *to)
{
	const struct nd_todo *todo = to->todo;
	struct nd_json *root = nd_json_object_new(NULL);
	const char *generated = nd_time_iso(root, todo->report->generated_s);
	struct nd_json *closed;

	nd_json_set_text(root, "schema", "notmuch-digest/1");
	nd_json_set_text(root, "generated", generated);
	nd_json_set_text(root, "since",
	                 nd_time_iso(root, todo->report->window.since_s));
	nd_json_set_text(root, "query", todo->report->query);
	for (int list = 0; list < ND_OBLIGATION_LIST_COUNT; list++) {
		struct nd_json *array;

		if (list == ND_OBLIGATION_CARRIED && !todo->all)
			continue;
		array = nd_json_set_array(
			root,
			nd_obligation_list_name((enum nd_obligation_list)list));
		for (size_t i = 0; i < todo->count; i++)
			if ((int)todo->item[i].list == list)
				set_item(to, nd_json_add_object(array),
				         &todo->item[i]);
	}
	closed = nd_json_set_array(root, "closed");
	for (size_t i = 0; i < todo->closed_count; i++)
		set_item(to, nd_json_add_object(closed), &todo->closed[i]);
	nd_json_write(root, to->out);
	nd_buf_addc(to->out, '\n');
	talloc_free(root);
}

/* ---- a query ------------------------------------------------------------- */

/* notmuch's boolean terms: in quotes, with those inside doubled. */
static void
add_term(struct nd_buf *out, const char *id)
{
	nd_buf_adds(out, "id:\"");
	for (; *id; id++) {
		if (*id == '"')
			nd_buf_addc(out, '"');
		nd_buf_addc(out, *id);
	}
	nd_buf_addc(out, '"');
}

static void
add_query(const struct printer *to)
{
	const struct nd_todo *todo = to->todo;

	for (size_t i = 0; i < todo->count; i++) {
		const struct nd_obligation *one = &todo->item[i];

		nd_buf_adds(to->out, i > 0 ? " or " : "");
		add_term(to->out, one->thread->message[one->message]->id);
	}
	/* An empty query would be one for all mail. */
	if (todo->count == 0)
		add_term(to->out, "none@digest.invalid");
	nd_buf_addc(to->out, '\n');
}

void
nd_todolist_render(const struct nd_todo *todo, enum nd_todo_format format,
                   const struct nd_render_options *options, unsigned limit,
                   struct nd_buf *out)
{
	const struct printer to = {todo, options, out};

	if (format == ND_TODO_JSON)
		add_json(&to);
	else if (format == ND_TODO_QUERY)
		add_query(&to);
	else
		add_text(&to, limit);
}
