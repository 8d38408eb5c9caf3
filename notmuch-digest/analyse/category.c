/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/category.h"

#include <string.h>

#include "analyse/talkkind.h"
#include "text/subjectline.h"
#include "util/str.h"

enum {
	REVIEW_PATCHES = 20, /* a stable review is seldom smaller */
	HEAD_LINES = 10 /* of a patch, where "commit … upstream" stands */
};

static enum nd_category
category_of(const struct nd_thread *thread)
{
	const struct nd_subject *parts = nd_thread_root(thread)->parts;

	if (parts->flags & ND_SUBJECT_PULL)
		return ND_CATEGORY_PULL;
	if (parts->flags & ND_SUBJECT_RFC)
		return ND_CATEGORY_RFC;
	if (parts->flags & ND_SUBJECT_PATCH)
		return ND_CATEGORY_PATCH;
	/* Its patches have the tag that a plain cover letter lacks. */
	if (thread->series)
		return thread->series->rfc ? ND_CATEGORY_RFC
		                           : ND_CATEGORY_PATCH;
	return ND_CATEGORY_OTHER;
}

static bool
is_local_part(const char *addr, const char *local)
{
	size_t len = strlen(local);

	return nd_str_starts_nocase(addr, local) && addr[len] == '@';
}

static bool
list_has(const struct nd_address_list *list, const char *local,
         const char *addr)
{
	for (size_t i = 0; i < list->count; i++) {
		if (local && is_local_part(list->address[i].addr, local))
			return true;
		if (addr && *addr &&
		    nd_str_equal_nocase(list->address[i].addr, addr))
			return true;
	}
	return false;
}

static bool
goes_to(const struct nd_message *message, const char *local, const char *addr)
{
	return list_has(&message->to, local, addr) ||
	       list_has(&message->cc, local, addr);
}

/* "Commit 262b003d059c upstream." and "[ Upstream commit 262b003d059c ]" */
static bool
names_upstream_commit(const char *text, size_t len)
{
	size_t digits = 0;

	while (len > 0 && (*text == '[' || nd_is_space(*text))) {
		text++;
		len--;
	}
	if (nd_mem_starts_nocase(text, len, "upstream commit "))
		return true;
	if (!nd_mem_starts_nocase(text, len, "commit "))
		return false;
	text += strlen("commit ");
	len -= strlen("commit ");
	while (digits < len &&
	       (nd_is_digit(text[digits]) || (nd_lower(text[digits]) >= 'a' &&
	                                      nd_lower(text[digits]) <= 'f')))
		digits++;
	return digits >= 7 &&
	       nd_mem_starts_nocase(text + digits, len - digits, " upstream");
}

bool
nd_category_is_backport(const struct nd_message *message)
{
	const struct nd_body *body = message->body;
	size_t looked_at = 0;

	if (nd_mem_find_nocase(message->subject, strlen(message->subject),
	                       "backport"))
		return true;
	for (size_t i = 0; body && i < body->line_count; i++) {
		if (body->line[i].kind != ND_LINE_OWN)
			continue;
		if (names_upstream_commit(body->text + body->line[i].start,
		                          body->line[i].len))
			return true;
		if (++looked_at == HEAD_LINES)
			break;
	}
	return false;
}

/* The first patch of the series that is there, else the root. */
static const struct nd_message *
first_patch(const struct nd_thread *thread)
{
	const struct nd_series *series = thread->series;

	for (int i = 0; series && i < series->total; i++)
		if (series->patch[i] != ND_NO_MESSAGE)
			return thread->message[series->patch[i]];
	return nd_thread_root(thread);
}

/*
 * The stable maintainers' reviews: AUTOSEL, or [PATCH 5.10 1/99] under a cover
 * letter "5.10.24-rc1 review". What others send to stable has such tags, too,
 * but is short, or says "stable", or is a second version; without the cover
 * letter it helps that the maintainers' scripts copy their sender.
 */
static bool
is_stable_review(const struct nd_message *root)
{
	const struct nd_subject *parts = root->parts;

	if (nd_subjectline_has_word(parts, "autosel"))
		return true;
	if (!*parts->stable || !(parts->flags & ND_SUBJECT_NUMBERED) ||
	    parts->version > 1 || nd_subjectline_has_word(parts, "stable"))
		return false;
	if (parts->number == 0)
		return nd_mem_find_nocase(parts->title, strlen(parts->title),
		                          "review");
	return parts->total >= REVIEW_PATCHES ||
	       goes_to(root, NULL, root->sender.addr);
}

static enum nd_kind
patch_kind(const struct nd_thread *thread)
{
	const struct nd_message *root = nd_thread_root(thread);
	const struct nd_message *patch = first_patch(thread);

	if (root->parts->stable)
		return is_stable_review(root) ? ND_KIND_STABLE_REVIEW
		                              : ND_KIND_BACKPORT;
	if ((goes_to(patch, "stable", NULL) || goes_to(root, "stable", NULL)) &&
	    (nd_category_is_backport(root) || nd_category_is_backport(patch)))
		return ND_KIND_BACKPORT;
	return thread->series->total > 1 ? ND_KIND_SERIES
	                                 : ND_KIND_SINGLE_PATCH;
}

/* An answer to a patch of long ago, which is not here: it breaks something. */
static bool
is_report_on_patch(const struct nd_thread *thread,
                   const struct nd_act_mail *acts)
{
	const struct nd_message *root = nd_thread_root(thread);

	return root->parts->flags & ND_SUBJECT_REPLY &&
	       first_patch(thread) == root &&
	       nd_talkkind_reports_bug(root, &acts[thread->root]);
}

static enum nd_kind
kind_of(const struct nd_thread *thread, const struct nd_act_mail *acts)
{
	if (thread->category == ND_CATEGORY_PULL)
		return ND_KIND_PULL_REQUEST;
	if (thread->series && is_report_on_patch(thread, acts))
		return ND_KIND_BUG_REPORT;
	if (thread->series)
		return patch_kind(thread);
	return nd_talkkind_find(thread, acts);
}

void
nd_category_find(struct nd_thread *thread)
{
	thread->category = category_of(thread);
	thread->project = nd_thread_root(thread)->parts->project;
}

void
nd_category_find_kind(struct nd_thread *thread, const struct nd_act_mail *acts)
{
	thread->kind = kind_of(thread, acts);
}
