/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/fingerprint.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/category.h"
#include "model/writer.h"
#include "text/trailerline.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"
#include "util/str.h"

enum {
	TITLE_BYTES = 400,
	CHANGE_ID_BYTES = 200,
	FILES_MAX = 64,       /* of a series; enough to see whether two meet */
	REPORTED_PATCHES = 4, /* whose reporters are read */
	REPORTERS_MAX = 8,    /* of a series */
};

/* Titles by their hashes, owned by ctx. */
struct titles {
	const void *ctx;
	uint64_t *hash;
	size_t count;
};

static void
add_title(struct titles *titles, const char *text, size_t len)
{
	uint64_t hash;

	if (titles->count < ND_LIMIT_PATCHES &&
	    nd_title_read_hash(text, len, &hash))
		*x_append(titles->ctx, titles->hash, titles->count) = hash;
}

/* "Marc Zyngier (5):", the head of git's shortlog */
static bool
is_shortlog_head(const char *text, size_t len)
{
	size_t at = len > 2 ? len - 2 : 0;

	if (len < 6 || nd_is_space(*text) || text[len - 1] != ':' ||
	    text[at] != ')')
		return false;
	while (at > 0 && nd_is_digit(text[at - 1]))
		at--;
	return at > 1 && at < len - 2 && text[at - 1] == '(';
}

static size_t
indent_of(const char *text, size_t len)
{
	size_t at = 0;

	while (at < len && text[at] == ' ')
		at++;
	return at;
}

/*
 * The titles that a cover letter or pull request lists: two or six blanks before
 * a title, more before the rest of a long one.
 */
static void
read_shortlog(struct titles *titles, const struct nd_body *body)
{
	struct nd_buf *title = nd_buf_new(NULL, TITLE_BYTES);
	size_t first = 0; /* before the first title of a person */
	bool inside = false;

	for (size_t i = 0; i < body->line_count; i++) {
		const char *text = body->text + body->line[i].start;
		size_t len = body->line[i].len;
		size_t indent = indent_of(text, len);

		if (body->line[i].kind != ND_LINE_OWN)
			indent = len = 0;
		if (inside && indent > first && title->len > 0) {
			nd_buf_addc(title, ' ');
			nd_buf_add(title, text + indent, len - indent);
			continue;
		}
		if (title->len > 0)
			add_title(titles, title->data, title->len);
		nd_buf_cut(title, 0);
		if (inside && indent > 0) {
			first = first > 0 ? first : indent;
			nd_buf_add(title, text + indent, len - indent);
		} else {
			inside = is_shortlog_head(text, len);
			first = 0;
		}
	}
	if (title->len > 0)
		add_title(titles, title->data, title->len);
	talloc_free(title);
}

static int
compare_hashes(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static void
collect_patches(struct nd_fingerprint *fingerprint,
                const struct nd_thread *thread, const struct nd_series *series)
{
	const struct nd_message *root = thread->message[series->root];
	struct titles titles = {.ctx = fingerprint};
	size_t kept = 0;

	if (root->body && series->total > 1)
		read_shortlog(&titles, root->body);
	for (int i = 0; i < series->total; i++) {
		const char *title;

		if (series->patch[i] == ND_NO_MESSAGE)
			continue;
		title = thread->message[series->patch[i]]->parts->title;
		add_title(&titles, title, strlen(title));
	}
	fingerprint->patch = titles.hash;
	fingerprint->patch_count = titles.count;
	if (fingerprint->patch_count > 1)
		qsort(fingerprint->patch, fingerprint->patch_count,
		      sizeof *fingerprint->patch, compare_hashes);
	for (size_t i = 0; i < fingerprint->patch_count; i++)
		if (kept == 0 ||
		    fingerprint->patch[i] != fingerprint->patch[kept - 1])
			fingerprint->patch[kept++] = fingerprint->patch[i];
	fingerprint->patch_count = kept;
}

static int
compare_ids(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
collect_files(struct nd_fingerprint *fingerprint,
              const struct nd_message *message)
{
	for (size_t i = 0;
	     message->body && i < message->body->diff_file_count &&
	     fingerprint->file_count < FILES_MAX;
	     i++)
		*x_append(fingerprint, fingerprint->file,
		          fingerprint->file_count) =
			x_strdup(fingerprint, message->body->diff_file[i]);
}

static void
collect_all_files(struct nd_fingerprint *fingerprint,
                  const struct nd_thread *thread,
                  const struct nd_series *series)
{
	for (int i = 0; i < series->total; i++)
		if (series->patch[i] != ND_NO_MESSAGE)
			collect_files(fingerprint,
			              thread->message[series->patch[i]]);
	if (fingerprint->file_count > 1)
		qsort(fingerprint->file, fingerprint->file_count,
		      sizeof *fingerprint->file, compare_ids);
}

/* b4 writes it below the text, where the base commit stands. */
static const char *
find_change_id(const void *ctx, const struct nd_body *body)
{
	static const char head[] = "change-id:";

	for (size_t i = 0; body && i < body->line_count; i++) {
		const char *text = body->text + body->line[i].start;
		size_t len = body->line[i].len;

		if ((body->line[i].kind != ND_LINE_DIFF &&
		     body->line[i].kind != ND_LINE_OWN) ||
		    !nd_mem_starts_nocase(text, len, head))
			continue;
		text += strlen(head);
		len -= strlen(head);
		nd_mem_trim(&text, &len);
		if (len > 0 && len < CHANGE_ID_BYTES && !memchr(text, ' ', len))
			return x_strndup(ctx, text, len);
	}
	return NULL;
}

static void
add_reply_to(struct nd_fingerprint *fingerprint, const char *id)
{
	*x_append(fingerprint, fingerprint->reply_to,
	          fingerprint->reply_to_count) = id;
}

/* The mail it answers, and the one that began that thread. */
static void
collect_reply_to(struct nd_fingerprint *fingerprint,
                 const struct nd_message *root)
{
	size_t count = root->reference_count;

	if (count > 0)
		add_reply_to(fingerprint,
		             x_strdup(fingerprint, root->reference[count - 1]));
	if (count > 1)
		add_reply_to(fingerprint,
		             x_strdup(fingerprint, root->reference[0]));
}

static void
add_id(struct nd_fingerprint *fingerprint, const char *id)
{
	*x_append(fingerprint, fingerprint->id, fingerprint->id_count) = id;
}

static void
collect_ids(struct nd_fingerprint *fingerprint, const struct nd_thread *thread,
            const struct nd_series *series)
{
	add_id(fingerprint, fingerprint->root_id);
	for (int i = 0; i < series->total; i++)
		if (series->patch[i] != ND_NO_MESSAGE &&
		    series->patch[i] != series->root)
			add_id(fingerprint,
			       thread->message[series->patch[i]]->id);
	qsort(fingerprint->id, fingerprint->id_count, sizeof *fingerprint->id,
	      compare_ids);
}

/* "Reported-by: …", above the diff */
static void
collect_reporters(struct nd_fingerprint *fingerprint,
                  const struct nd_message *mail)
{
	const struct nd_body *body = mail->body;

	for (size_t i = 0; body && i < body->line_count &&
	                   fingerprint->reporter_count < REPORTERS_MAX;
	     i++) {
		const char *text = body->text + body->line[i].start;
		struct nd_trailer trailer = {0};

		if (nd_mem_starts_nocase(text, body->line[i].len, "reported") &&
		    nd_trailerline_parse(fingerprint, text, body->line[i].len,
		                         NULL, 0, &trailer) &&
		    *trailer.who.addr)
			*x_append(fingerprint, fingerprint->reporter,
			          fingerprint->reporter_count) =
				nd_str_lower(x_strdup(fingerprint,
			                              trailer.who.addr));
	}
}

static void
collect_all_reporters(struct nd_fingerprint *fingerprint,
                      const struct nd_thread *thread,
                      const struct nd_series *series)
{
	for (int i = 0; i < series->total && i < REPORTED_PATCHES; i++)
		if (series->patch[i] != ND_NO_MESSAGE)
			collect_reporters(fingerprint,
			                  thread->message[series->patch[i]]);
}

/*
 * The cover letter's title; when it is missing, that of an answer to it, since
 * the title of patch 3 says little about the series.
 */
static const char *
title_of(const struct nd_thread *thread, const struct nd_series *series)
{
	const struct nd_subject *root = thread->message[series->root]->parts;

	if (!(root->flags & ND_SUBJECT_NUMBERED) || root->number == 0)
		return root->title;
	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_subject *parts = thread->message[i]->parts;

		if ((parts->flags & ND_SUBJECT_NUMBERED) &&
		    parts->number == 0 && parts->total == root->total &&
		    parts->version == root->version)
			return parts->title;
	}
	return root->title;
}

void
nd_fingerprint_pull(struct nd_thread *thread)
{
	const struct nd_message *root = nd_thread_root(thread);
	struct titles titles = {.ctx = thread};

	if (!(root->parts->flags & ND_SUBJECT_PULL) || !root->body)
		return;
	read_shortlog(&titles, root->body);
	thread->pulled = titles.hash;
	thread->pulled_count = titles.count;
}

void
nd_fingerprint_make(const struct nd_thread *thread, struct nd_series *series)
{
	const struct nd_message *root = thread->message[series->root];
	struct nd_fingerprint *fingerprint =
		x_new(series, struct nd_fingerprint);

	fingerprint->series = series;
	fingerprint->root_id = root->id;
	fingerprint->version = series->version;
	fingerprint->revision = series->revision;
	fingerprint->total = series->total;
	fingerprint->rfc = series->rfc;
	fingerprint->resend = root->parts->flags & ND_SUBJECT_RESEND;
	fingerprint->backport = nd_category_is_backport(root);
	fingerprint->author =
		nd_str_lower(x_strdup(fingerprint, series->author.addr));
	fingerprint->name =
		nd_str_lower(x_strdup(fingerprint, series->author.name));
	fingerprint->posted_by = nd_writer_key(fingerprint, &root->from);
	fingerprint->project = root->parts->project;
	fingerprint->stable = root->parts->stable;
	fingerprint->date_s = root->date_s;
	fingerprint->title_text = title_of(thread, series);
	nd_title_read(fingerprint->title_text, strlen(fingerprint->title_text),
	              &fingerprint->title);
	fingerprint->change_id = find_change_id(fingerprint, root->body);
	fingerprint->link = nd_maillink_find(fingerprint, root->body);
	collect_patches(fingerprint, thread, series);
	collect_all_files(fingerprint, thread, series);
	collect_all_reporters(fingerprint, thread, series);
	collect_reply_to(fingerprint, root);
	collect_ids(fingerprint, thread, series);
	series->fingerprint = fingerprint;
}
