/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/atom.h"

#include <string.h>

#include "model/address.h"
#include "render/xhtml.h"
#include "render/xmltree.h"
#include "util/alloc.h"
#include "util/hash.h"
#include "util/limits.h"
#include "util/time.h"
#include "words/facts.h"
#include "words/frontline.h"
#include "words/readingtime.h"
#include "words/statusline.h"

#define ATOM_NAMESPACE "http://www.w3.org/2005/Atom"

/* RFC 4151; the domain of our Message-IDs, which nobody can own. */
#define TAG "tag:digest.invalid,2026:"

/* Those who wrote in the window, beside the one who began. */
enum { CONTRIBUTORS_MAX = 20 };

static void
add_time(struct _xmlNode *parent, const char *name, int64_t time_s)
{
	const char *text = nd_time_iso(NULL, time_s);

	nd_xmltree_add(parent, name, text);
	talloc_free((void *)text);
}

static void
add_text(struct _xmlNode *parent, const char *name, const char *text)
{
	nd_xmltree_set(nd_xmltree_add(parent, name, text), "type", "text");
}

static struct _xmlNode *
add_content(struct _xmlNode *entry)
{
	struct _xmlNode *content = nd_xmltree_add(entry, "content", "");

	nd_xmltree_set(content, "type", "xhtml");
	return nd_xmltree_add_of(content, "div", ND_XHTML_NAMESPACE);
}

/* ---- times ---------------------------------------------------------------- */

static int64_t
updated_s(const struct nd_thread *thread)
{
	size_t i = thread->message_count - 1;

	while (i > 0 && !(thread->message[i]->flags & ND_MESSAGE_NEW))
		i--;
	return thread->message[i]->date_s;
}

/* Of the whole report; without mail, its end, if that is not to come. */
static int64_t
report_updated_s(const struct nd_report *report)
{
	const struct nd_window *window = &report->window;
	int64_t latest_s = INT64_MIN;

	for (size_t i = 0; i < report->thread_count; i++)
		if (updated_s(report->thread[i]) > latest_s)
			latest_s = updated_s(report->thread[i]);
	if (report->thread_count > 0)
		return latest_s;
	return window->until_s < window->now_s ? window->until_s
	                                       : window->now_s;
}

/* ---- ids ------------------------------------------------------------------ */

static const char *
thread_id(const void *ctx, const struct nd_thread *thread)
{
	return x_asprintf(ctx, TAG "thread/%s",
	                  nd_hash_text(ctx, nd_thread_root(thread)->id));
}

static const char *
feed_id(const void *ctx, const struct nd_report *report)
{
	return x_asprintf(ctx, TAG "report/%s",
	                  nd_hash_text(ctx, report->query));
}

static const char *
front_id(const void *ctx, const struct nd_report *report)
{
	struct nd_hash *hash = nd_hash_new(ctx);

	nd_hash_add(hash, report->query);
	nd_hash_add(hash,
	            nd_time_format(ctx, "%Y-%m-%d", report->window.since_s));
	nd_hash_add(hash,
	            nd_time_format(ctx, "%Y-%m-%d", report->window.until_s));
	return x_asprintf(ctx, TAG "front/%s", nd_hash_hex(ctx, hash));
}

/* ---- one thread ----------------------------------------------------------- */

static void
add_person(struct _xmlNode *entry, const char *name,
           const struct nd_address *who)
{
	const char *words = nd_address_name(NULL, who);

	nd_xmltree_add(nd_xmltree_add(entry, name, ""), "name", words);
	talloc_free((void *)words);
}

static void
add_people(struct _xmlNode *entry, const struct nd_thread *thread)
{
	const struct nd_address *author = &nd_thread_root(thread)->sender;
	unsigned count = 0;

	add_person(entry, "author", author);
	for (size_t i = 0;
	     i < thread->participant_count && count < CONTRIBUTORS_MAX; i++) {
		const struct nd_participant *one = &thread->participant[i];

		if (one->robot || one->new_messages == 0 ||
		    nd_address_same_person(&one->who, author))
			continue;
		add_person(entry, "contributor", &one->who);
		count++;
	}
}

/* A word that programs know, with the scheme that says of what. */
static void
add_category(struct _xmlNode *entry, const char *scheme, const char *term,
             const char *label)
{
	struct _xmlNode *node = nd_xmltree_add(entry, "category", "");

	nd_xmltree_set(node, "scheme", scheme);
	nd_xmltree_set(node, "term", term);
	nd_xmltree_set(node, "label", label);
}

static void
add_categories(struct _xmlNode *entry, const struct nd_labels *labels,
               const struct nd_thread *thread)
{
	const char *name = nd_thread_category(thread);

	if (thread->list) {
		const char *list = nd_label_list(NULL, thread->list);

		add_category(entry, TAG "list", thread->list, list);
		talloc_free((void *)list);
	}
	add_category(entry, TAG "category", name,
	             nd_label_category(labels, name));
	add_category(entry, TAG "state", nd_standing_state_name(thread->state),
	             nd_statusline_state(labels, thread->state));
	if (thread->stalled)
		add_category(entry, TAG "stalled", "stalled",
		             nd_label_tr(labels, "stalled"));
	if (thread->front)
		add_category(entry, TAG "front",
		             nd_front_list_name(thread->front->list),
		             nd_frontline_heading(labels, thread->front->list));
}

static void
add_link(struct _xmlNode *entry, const struct nd_message *mail)
{
	struct _xmlNode *link = nd_xmltree_add(entry, "link", "");
	const char *url = nd_facts_link(NULL, mail);

	nd_xmltree_set(link, "rel", "alternate");
	nd_xmltree_set(link, "href", url);
	talloc_free((void *)url);
}

/* What a list of entries shows: why it matters, and where it stands. */
static void
add_summary(struct _xmlNode *entry, const struct nd_labels *labels,
            const struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);
	/* How it was closed, the line of the state says. */
	bool told = !thread->front || nd_frontline_closed(thread);
	const char *part[] = {
		told ? "" : nd_frontline_dated(tmp, labels, thread->front),
		nd_statusline_add(tmp, labels, thread),
	};

	add_text(entry, "summary", nd_label_join(tmp, labels, part, 2));
	talloc_free(tmp);
}

static struct _xmlNode *
add_thread(struct _xmlNode *feed, const struct nd_labels *labels,
           const struct nd_thread *thread)
{
	struct _xmlNode *entry = nd_xmltree_add(feed, "entry", "");
	const struct nd_message *root = nd_thread_root(thread);
	void *tmp = talloc_new(NULL);

	nd_xmltree_add(entry, "id", thread_id(tmp, thread));
	add_text(entry, "title", nd_label_subject(labels, thread));
	add_time(entry, "updated", updated_s(thread));
	if (nd_message_day_s(root) > 0)
		add_time(entry, "published", root->date_s);
	add_people(entry, thread);
	add_categories(entry, labels, thread);
	add_link(entry, root);
	add_summary(entry, labels, thread);
	if (!labels->brief)
		nd_xhtml_thread(labels, thread, add_content(entry));
	talloc_free(tmp);
	return entry;
}

/* ---- the report ----------------------------------------------------------- */

static void
spend(struct nd_readingtime *time, const struct _xmlNode *node)
{
	char *text = nd_xmltree_text(NULL, node);

	nd_readingtime_spend(time, nd_readingtime_words(text, strlen(text)));
	talloc_free(text);
}

/* What there is no time for: those that matter are chosen first. */
static struct nd_readingtime_left *
choose_threads(const void *ctx, const struct nd_labels *labels,
               struct nd_readingtime *time)
{
	const struct nd_report *report = labels->report;
	const struct nd_front *front = report->front;
	struct nd_readingtime_left *left =
		nd_readingtime_left_new(ctx, report->thread_count);

	for (size_t i = 0; labels->minutes && i < report->thread_count; i++) {
		void *tmp = talloc_new(NULL);
		struct _xmlNode *feed =
			nd_xmltree_new(tmp, "feed", ATOM_NAMESPACE);
		const char *text = nd_xmltree_text(
			tmp, add_thread(feed, labels, front->order[i]));

		if (!nd_readingtime_take(time, text, strlen(text)))
			nd_readingtime_leave(left, front->order[i], i + 1);
		talloc_free(tmp);
	}
	return left;
}

/* The front page as an entry: what one must know first. */
static struct _xmlNode *
add_front(struct _xmlNode *feed, const struct nd_labels *labels)
{
	struct _xmlNode *entry = nd_xmltree_add(feed, "entry", "");
	void *tmp = talloc_new(NULL);
	struct _xmlNode *content;

	nd_xmltree_add(entry, "id", front_id(tmp, labels->report));
	add_text(entry, "title",
	         x_asprintf(tmp, nd_label_tr(labels, "%s: %s"),
	                    nd_label_tr(labels, "Front page"),
	                    nd_label_period(tmp, labels)));
	add_time(entry, "updated", report_updated_s(labels->report));
	content = add_content(entry);
	nd_xhtml_front(labels, content);
	talloc_free(tmp);
	return content;
}

static void
add_entries(struct _xmlNode *feed, const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;
	struct _xmlNode *front = add_front(feed, labels);
	void *tmp = talloc_new(NULL);
	struct nd_readingtime *time = nd_readingtime_new(tmp, labels->minutes);
	struct nd_readingtime_left *left;
	const char *named;

	spend(time, front);
	left = choose_threads(tmp, labels, time);
	named = nd_readingtime_left_text(tmp, labels, left);
	if (*named)
		nd_xmltree_add(front, "p", named);
	for (size_t i = 0; i < report->thread_count; i++)
		if (!nd_readingtime_is_left(left, report->thread[i]))
			add_thread(feed, labels, report->thread[i]);
	talloc_free(tmp);
}

static const char *
language_tag(const void *ctx, const struct nd_labels *labels)
{
	char *tag = x_strdup(ctx, nd_i18n_language(labels->i18n));

	for (char *c = tag; *c; c++)
		if (*c == '_')
			*c = '-';
	return tag;
}

/* A reader lists feeds by their titles: the query tells them apart. */
static const char *
feed_title(const void *ctx, const struct nd_labels *labels)
{
	const struct nd_report *report = labels->report;
	const char *title = nd_label_title(ctx, labels);

	if (strcmp(report->query, "*") == 0)
		return title;
	return x_asprintf(ctx, nd_label_tr(labels, "%s: %s"), title,
	                  report->query);
}

static const char *
feed_subtitle(const void *ctx, const struct nd_labels *labels)
{
	if (labels->report->thread_count == 0)
		return nd_label_no_mail(labels);
	return nd_label_period(ctx, labels);
}

void
nd_atom_report(const struct nd_labels *labels, struct nd_buf *out)
{
	const struct nd_report *report = labels->report;
	void *tmp = talloc_new(NULL);
	struct _xmlNode *feed = nd_xmltree_new(tmp, "feed", ATOM_NAMESPACE);

	nd_xmltree_set(feed, "xml:lang", language_tag(tmp, labels));
	nd_xmltree_add(feed, "id", feed_id(tmp, report));
	add_text(feed, "title", feed_title(tmp, labels));
	add_text(feed, "subtitle", feed_subtitle(tmp, labels));
	add_time(feed, "updated", report_updated_s(report));
	nd_xmltree_add(nd_xmltree_add(feed, "author", ""), "name",
	               "notmuch-digest");
	nd_xmltree_add(feed, "generator", "notmuch-digest");
	if (report->thread_count > 0)
		add_entries(feed, labels);
	nd_xmltree_print(feed, out);
	talloc_free(tmp);
}
