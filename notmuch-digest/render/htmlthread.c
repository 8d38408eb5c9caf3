/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/htmlthread.h"

#include <stdio.h>
#include <string.h>

#include "model/address.h"
#include "render/escape.h"
#include "render/htmlchart.h"
#include "render/weburl.h"
#include "util/alloc.h"
#include "util/str.h"
#include "words/entry.h"
#include "words/facts.h"
#include "words/familylist.h"
#include "words/maillist.h"
#include "words/mailrow.h"
#include "words/statusline.h"

enum {
	EVIDENCE_MAX = 4, /* mails behind the state and those who are awaited */
	GIVING_MAX = 12,  /* mails behind the trailers */
};

/* ---- text and links ------------------------------------------------------- */

/*
 * A link, or text alone when the URL may not be one. A word such as [03-18] is
 * kept whole where there is room: browsers would break it behind each "-".
 */
static void
add_anchor(struct nd_buf *out, const char *url, const char *text)
{
	bool whole = strchr(text, '-') && !strchr(text, ' ');
	char *href = nd_escape_html_url(NULL, url);

	if (href)
		nd_buf_addf(out, "<a%s href=\"%s\">",
		            whole ? " class=\"w\"" : "", href);
	nd_escape_html_add(out, text);
	if (href)
		nd_buf_adds(out, "</a>");
	talloc_free(href);
}

/*
 * A word, which may have a web address in it. kvm-unit-tests and 03-18 are kept
 * whole, too.
 */
static void
add_word(struct nd_buf *out, const char *word, size_t len)
{
	void *tmp = talloc_new(NULL);
	size_t url_bytes = 0;
	const char *url = nd_weburl_find(word, len, &url_bytes);
	const char *rest = url ? url + url_bytes : word;
	bool whole = !url && memchr(word, '-', len);

	if (url) {
		const char *address = x_strndup(tmp, url, url_bytes);

		nd_escape_html_add(out,
		                   x_strndup(tmp, word, (size_t)(url - word)));
		add_anchor(out, address, address);
	}
	nd_buf_adds(out, whole ? "<span class=\"w\">" : "");
	nd_escape_html_add(out,
	                   x_strndup(tmp, rest, (size_t)(word + len - rest)));
	nd_buf_adds(out, whole ? "</span>" : "");
	talloc_free(tmp);
}

/* Where "v6" begins in a word, "v6," or "(v6)"; len: nowhere. */
static size_t
find_version(const char *word, size_t len, const char *version)
{
	size_t size = version ? strlen(version) : 0;

	for (size_t i = 0; version && i + size <= len; i++)
		if (memcmp(word + i, version, size) == 0 &&
		    (i == 0 || !nd_is_alnum(word[i - 1])) &&
		    (i + size == len || !nd_is_alnum(word[i + size])))
			return i;
	return len;
}

/* The words of a line; version leads to newer, when it is not NULL. */
static void
add_words(struct nd_buf *out, const char *text, const char *version,
          const char *newer)
{
	char *line = nd_escape_terminal(NULL, text);

	for (const char *at = line; *at;) {
		size_t len = strcspn(at, " ");
		size_t place = find_version(at, len, version);

		add_word(out, at, place);
		if (place < len) {
			nd_buf_addf(out, "<a href=\"%s\">%s</a>", newer,
			            version);
			place += strlen(version);
			add_word(out, at + place, len - place);
		}
		at += len;
		if (*at)
			nd_buf_addc(out, *at++);
	}
	talloc_free(line);
}

void
nd_htmlthread_words(struct nd_buf *out, const char *text)
{
	add_words(out, text, NULL, NULL);
}

void
nd_htmlthread_newer(struct nd_buf *out, const struct nd_thread *thread,
                    const char *text, const char *newer)
{
	char *version =
		newer ? x_asprintf(NULL, "v%d", thread->series->next->version)
		      : NULL;

	add_words(out, text, version, newer);
	talloc_free(version);
}

void
nd_htmlthread_text(struct nd_buf *out, const char *open, const char *text,
                   const char *close)
{
	if (!*text)
		return;
	nd_buf_adds(out, open);
	nd_htmlthread_words(out, text);
	nd_buf_addf(out, "%s\n", close);
}

const char *
nd_htmlthread_name(const void *ctx, const struct nd_message *mail,
                   const char *text)
{
	char *shown = nd_escape_terminal(ctx, text);

	return *shown ? shown : x_asprintf(ctx, "id:%s", mail->id);
}

void
nd_htmlthread_link(struct nd_buf *out, const struct nd_message *mail,
                   const char *text)
{
	void *tmp = talloc_new(NULL);

	add_anchor(out, nd_facts_link(tmp, mail),
	           nd_htmlthread_name(tmp, mail, text));
	talloc_free(tmp);
}

void
nd_htmlthread_place(struct nd_buf *out, const struct nd_labels *labels,
                    const struct nd_thread *thread, int32_t index)
{
	void *tmp = talloc_new(NULL);

	nd_buf_addc(out, ' ');
	nd_htmlthread_link(out, thread->message[index],
	                   nd_maillist_place(tmp, labels, thread, index));
	talloc_free(tmp);
}

/* A few mails of the thread, each once. */
struct places {
	int32_t mail[GIVING_MAX];
	size_t count, max;
};

static void
note_place(struct places *places, int32_t mail)
{
	if (mail == ND_NO_MESSAGE || places->count == places->max)
		return;
	for (size_t i = 0; i < places->count; i++)
		if (places->mail[i] == mail)
			return;
	places->mail[places->count++] = mail;
}

static void
add_places(struct nd_buf *out, const struct nd_labels *labels,
           const struct nd_thread *thread, const struct places *places)
{
	for (size_t i = 0; i < places->count; i++)
		nd_htmlthread_place(out, labels, thread, places->mail[i]);
}

/* ---- where it stands ------------------------------------------------------ */

static void
add_status(struct nd_buf *out, const struct nd_labels *labels,
           const struct nd_thread *thread, const char *newer)
{
	struct places places = {.max = EVIDENCE_MAX};
	void *tmp = talloc_new(NULL);

	/* The last one has settled it. */
	if (thread->state_evidence_count > 0)
		note_place(&places,
		           thread->state_evidence[thread->state_evidence_count -
		                                  1]);
	for (size_t i = 0; i < thread->attention_count; i++)
		note_place(&places, thread->attention[i].message);
	nd_buf_adds(out, "<p class=\"status\">");
	nd_htmlthread_newer(out, thread, nd_statusline_add(tmp, labels, thread),
	                    newer);
	add_places(out, labels, thread, &places);
	nd_buf_adds(out, "</p>\n");
	talloc_free(tmp);
}

/*
 * The mail that is meant by a word of ours, "[#4]," or "[03-10]": of those that
 * concern the user. Each is taken once, as several may be of one day.
 */
static const struct nd_message *
take_place(const struct nd_labels *labels, const struct nd_thread *thread,
           const char *word, size_t len, bool *taken)
{
	for (size_t i = 0; *word == '[' && i < thread->for_you_count; i++) {
		int32_t index = thread->for_you[i].message;
		void *tmp = talloc_new(NULL);
		const char *place =
			nd_maillist_place(tmp, labels, thread, index);
		bool is_it = !taken[i] && strlen(place) == len &&
		             strncmp(place, word, len) == 0;

		talloc_free(tmp);
		if (!is_it)
			continue;
		taken[i] = true;
		return thread->message[index];
	}
	return NULL;
}

static void
add_for_you_words(struct nd_buf *out, const struct nd_labels *labels,
                  const struct nd_thread *thread, const char *text)
{
	void *tmp = talloc_new(NULL);
	bool *taken = x_array(tmp, bool, thread->for_you_count);

	while (*text) {
		size_t len = strcspn(text, " ");
		const char *end = memchr(text, ']', len);
		size_t place = end ? (size_t)(end - text) + 1 : 0;
		const struct nd_message *mail =
			take_place(labels, thread, text, place, taken);

		if (mail)
			nd_htmlthread_link(out, mail,
			                   x_strndup(tmp, text, place));
		else
			place = 0;
		nd_escape_html_add(out,
		                   x_strndup(tmp, text + place, len - place));
		text += len;
		if (*text)
			nd_buf_addc(out, *text++);
	}
	talloc_free(tmp);
}

static bool
must_act(const struct nd_thread *thread)
{
	for (size_t i = 0; i < thread->for_you_count; i++)
		if (thread->for_you[i].turn)
			return true;
	return false;
}

static void
add_for_you(struct nd_buf *out, const struct nd_labels *labels,
            const struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);
	const char *for_you = nd_statusline_for_you(tmp, labels, thread);

	if (*for_you) {
		nd_buf_adds(out,
		            must_act(thread) ? "<p class=\"you\">" : "<p>");
		add_for_you_words(out, labels, thread,
		                  x_asprintf(tmp,
		                             nd_label_tr(labels, "for you: %s"),
		                             for_you));
		nd_buf_adds(out, "</p>\n");
	}
	talloc_free(tmp);
}

/* ---- the summary ---------------------------------------------------------- */

/* "Ann: We should …", the name set off. */
static void
add_said(struct nd_buf *out, const struct nd_entry_point *point)
{
	const char *who = point->item ? point->item->who : NULL;
	size_t len = who ? strlen(who) : 0;

	if (who && nd_str_starts(point->text, who) && point->text[len] == ':') {
		nd_buf_adds(out, "<b>");
		nd_escape_html_add(out, who);
		nd_buf_adds(out, ":</b> ");
		nd_htmlthread_words(out, point->text + len + 1);
	} else {
		nd_htmlthread_words(out, point->text);
	}
}

static void
add_point(struct nd_buf *out, const struct nd_labels *labels,
          const struct nd_thread *thread, const struct nd_entry_point *point)
{
	if (point->below)
		nd_buf_adds(out, "<li class=\"below\">");
	else
		nd_buf_adds(out, point->item ? "<li>" : "<li class=\"part\">");
	add_said(out, point);
	for (size_t i = 0; point->item && i < point->item->source_count; i++)
		nd_htmlthread_place(out, labels, thread,
		                    point->item->source[i]);
	nd_buf_adds(out, "</li>\n");
}

static void
add_heading(struct nd_buf *out, unsigned level, const char *text)
{
	nd_buf_addf(out, "<h%u>", level);
	nd_escape_html_add(out, text);
	nd_buf_addf(out, "</h%u>\n", level);
}

static void
add_zone(struct nd_buf *out, const struct nd_labels *labels,
         const struct nd_thread *thread, enum nd_zone zone, unsigned level)
{
	void *tmp = talloc_new(NULL);
	struct nd_entry_zone told = nd_entry_zone(tmp, labels, thread, zone);

	if (told.count > 0) {
		add_heading(out, level, told.heading);
		nd_buf_adds(out, "<ul>\n");
		for (size_t i = 0; i < told.count; i++)
			add_point(out, labels, thread, &told.point[i]);
		nd_buf_adds(out, "</ul>\n");
	}
	talloc_free(tmp);
}

/* ---- its family ----------------------------------------------------------- */

static void
add_member(struct nd_buf *out, const struct nd_labels *labels,
           const struct nd_thread *thread, size_t i,
           const struct nd_mailrow_list *mails)
{
	const struct nd_message *root =
		nd_thread_root(thread->family.member[i]);
	void *tmp = talloc_new(NULL);
	const char *place =
		nd_maillist_day(tmp, labels, nd_message_day_s(root));

	for (size_t k = 0; k < mails->count; k++)
		if (mails->row[k].id && strcmp(mails->row[k].id, root->id) == 0)
			place = nd_mailrow_lead(tmp, &mails->row[k]);
	nd_buf_adds(out, "<li>");
	nd_htmlthread_words(out, nd_familylist_line(tmp, labels, thread, i));
	nd_buf_addc(out, ' ');
	nd_htmlthread_link(out, root, x_asprintf(tmp, "[%s]", place));
	nd_buf_adds(out, "</li>\n");
	talloc_free(tmp);
}

static void
add_family(struct nd_buf *out, const struct nd_labels *labels,
           const struct nd_thread *thread, unsigned level,
           const struct nd_mailrow_list *mails)
{
	size_t count = nd_familylist_count(labels, thread);
	void *tmp = talloc_new(NULL);

	if (count == 0)
		goto done;
	add_heading(out, level, nd_familylist_heading(labels, thread));
	nd_buf_adds(out, "<ul>\n");
	for (size_t i = 0; i < count; i++)
		add_member(out, labels, thread, i, mails);
	nd_htmlthread_text(out, "<li>", nd_familylist_rest(tmp, labels, thread),
	                   "</li>");
	nd_buf_adds(out, "</ul>\n");
done:
	talloc_free(tmp);
}

/* ---- in the margin: numbers, mails ---------------------------------------- */

static void
add_more_series(struct nd_buf *out, const struct nd_labels *labels,
                const struct nd_thread *thread)
{
	for (size_t i = 0; i < thread->more_series_count; i++) {
		void *tmp = talloc_new(NULL);
		const char *more = nd_facts_also(tmp, labels, thread, i);

		if (*more) {
			nd_buf_adds(out, "<p>");
			nd_escape_html_add(out, more);
			nd_htmlthread_place(out, labels, thread,
			                    thread->more_series[i]->root);
			nd_buf_adds(out, "</p>\n");
		}
		talloc_free(tmp);
	}
}

static void
add_trailers(struct nd_buf *out, const struct nd_labels *labels,
             const struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);
	const char *trailers = nd_facts_trailers(tmp, labels, thread);
	struct places places = {.max = GIVING_MAX};

	if (*trailers) {
		for (size_t i = 0; i < thread->trailer_count; i++)
			note_place(&places, thread->trailer[i].message);
		nd_buf_adds(out, "<p>");
		nd_htmlthread_words(out, trailers);
		add_places(out, labels, thread, &places);
		nd_buf_adds(out, "</p>\n");
	}
	talloc_free(tmp);
}

/* The mail with that number in the list; ND_NO_MESSAGE: there is none. */
static int32_t
numbered_mail(const struct nd_labels *labels, const struct nd_thread *thread,
              unsigned long number)
{
	for (size_t i = 0; i < thread->message_count; i++)
		if (nd_maillist_has(labels, thread->message[i]) &&
		    --number == 0)
			return (int32_t)i;
	return ND_NO_MESSAGE;
}

/* "03/22 what it does": of a posting, whose tags stand in the title above. */
static const char *
posted_subject(const void *ctx, const struct nd_message *mail)
{
	const struct nd_subject *parts = mail->parts;

	if (!parts || !(parts->flags & ND_SUBJECT_NUMBERED))
		return mail->subject;
	return x_asprintf(ctx, "%0*d/%d %s",
	                  snprintf(NULL, 0, "%d", parts->total), parts->number,
	                  parts->total, parts->title);
}

/* The mails of a posting, which is one row. */
static void
add_patches(struct nd_buf *out, const struct nd_labels *labels,
            const struct nd_thread *thread, const struct nd_mailrow *row)
{
	nd_buf_adds(out, "<ul class=\"patches\">\n");
	for (unsigned k = 0; k < row->count; k++) {
		int32_t i = numbered_mail(labels, thread, row->number + k);
		const struct nd_message *mail = thread->message[i];
		void *tmp = talloc_new(NULL);

		nd_buf_adds(out, "<li>");
		nd_htmlthread_link(out, mail,
		                   x_asprintf(tmp, "#%u", row->number + k));
		nd_buf_addc(out, ' ');
		nd_escape_html_add(out, posted_subject(tmp, mail));
		nd_buf_adds(out, "</li>\n");
		talloc_free(tmp);
	}
	nd_buf_adds(out, "</ul>");
}

static void
add_row(struct nd_buf *out, const struct nd_labels *labels,
        const struct nd_thread *thread, const struct nd_mailrow *row)
{
	void *tmp = talloc_new(NULL);
	const char *text =
		row->id ? x_asprintf(tmp, "id:%s", row->id) : row->text;

	nd_buf_adds(out, "<li>");
	nd_htmlthread_link(out, row->mail, nd_mailrow_lead(tmp, row));
	nd_buf_addf(out, " <span>%s</span> <b>",
	            nd_maillist_date(tmp, labels, nd_message_day_s(row->mail)));
	nd_escape_html_add(out, nd_address_name(tmp, &row->mail->sender));
	nd_buf_adds(out, "</b>");
	if (row->count > 1) {
		nd_buf_adds(out, " <details><summary>");
		nd_escape_html_add(out, text);
		nd_buf_adds(out, "</summary>\n");
		add_patches(out, labels, thread, row);
		nd_buf_adds(out, "</details>");
	} else if (*text) {
		nd_buf_addc(out, ' ');
		nd_escape_html_add(out, text);
	}
	nd_buf_adds(out, "</li>\n");
	talloc_free(tmp);
}

static void
add_mails(struct nd_buf *out, const struct nd_labels *labels,
          const struct nd_thread *thread, const struct nd_mailrow_list *mails)
{
	void *tmp = talloc_new(NULL);

	if (labels->mails == ND_MAILS_NONE)
		goto done;
	nd_buf_addf(out,
	            "<details class=\"mails\"><summary>%s</summary>\n<ul>\n",
	            nd_label_tr(labels, "Mails"));
	nd_htmlthread_text(out, "<li>",
	                   nd_maillist_earlier(tmp, labels, thread), "</li>");
	for (size_t i = 0; i < mails->count; i++)
		add_row(out, labels, thread, &mails->row[i]);
	nd_htmlthread_text(out, "<li>", nd_mailrow_folded(tmp, labels, mails),
	                   "</li>");
	nd_htmlthread_text(out, "<li class=\"id\">",
	                   x_asprintf(tmp, "id:%s", nd_thread_root(thread)->id),
	                   "</li>");
	nd_buf_adds(out, "</ul>\n</details>\n");
done:
	talloc_free(tmp);
}

void
nd_htmlthread_add(struct nd_buf *out, const struct nd_labels *labels,
                  const struct nd_thread *thread, const char *newer,
                  unsigned level)
{
	void *tmp = talloc_new(NULL);
	struct nd_mailrow_list mails = nd_mailrow_list(tmp, labels, thread);

	add_status(out, labels, thread, newer);
	add_for_you(out, labels, thread);
	nd_buf_adds(out, "<div class=\"told\">\n");
	nd_htmlthread_text(out, "<p>",
	                   nd_label_gist_writer(tmp, labels, thread,
	                                        nd_label_gist(thread)),
	                   "</p>");
	nd_htmlthread_text(out, "<p class=\"nothing\">",
	                   nd_label_nothing(labels, thread), "</p>");
	for (enum nd_zone zone = 0; zone < ND_ZONE_COUNT; zone++)
		if (thread->summary && !thread->encrypted)
			add_zone(out, labels, thread, zone, level);
	add_family(out, labels, thread, level, &mails);
	nd_buf_adds(out, "</div>\n<div class=\"side\">\n");
	nd_htmlthread_text(out, "<p>", nd_entry_counts(tmp, labels, thread),
	                   "</p>");
	add_more_series(out, labels, thread);
	add_trailers(out, labels, thread);
	nd_htmlchart_timeline(out, labels, thread);
	add_mails(out, labels, thread, &mails);
	nd_buf_adds(out, "</div>\n");
	talloc_free(tmp);
}
