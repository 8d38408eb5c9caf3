/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/merged.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/accepted.h"
#include "analyse/closing.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/hash.h"
#include "util/limits.h"
#include "util/map.h"
#include "util/str.h"

enum { PATCH_DIGITS = 16, WORD_BYTES = 120 };

/* One word of the text. */
struct note {
	char patch[PATCH_DIGITS + 1];
	char commit[65];
	int64_t date_s;
};

struct note_list {
	struct note *note;
	size_t count;
};

static const char *
patch_key(const void *ctx, const char *id)
{
	return x_strndup(ctx, nd_hash_text(ctx, id), PATCH_DIGITS);
}

static bool
is_hex(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!nd_is_digit(text[i]) && (text[i] < 'a' || text[i] > 'f'))
			return false;
	return len > 0;
}

/* "0123456789abcdef=COMMIT@1615802400" */
static bool
read_word(const char *word, size_t len, struct note *note)
{
	const char *at = memchr(word, '@', len);
	size_t commit_len;
	char *end;

	if (!at || len > WORD_BYTES || word[PATCH_DIGITS] != '=' ||
	    !is_hex(word, PATCH_DIGITS))
		return false;
	word += PATCH_DIGITS + 1;
	commit_len = at > word ? (size_t)(at - word) : 0;
	if (commit_len > 64 || !is_hex(word, commit_len))
		return false;
	memcpy(note->patch, word - PATCH_DIGITS - 1, PATCH_DIGITS);
	memcpy(note->commit, word, commit_len);
	note->date_s = strtoll(at + 1, &end, 10);
	return end > at + 1;
}

static struct note_list *
read_notes(const void *ctx, const char *text)
{
	struct note_list *list = x_new(ctx, struct note_list);

	while (text && *text && list->count < ND_LIMIT_MERGED) {
		size_t len = strcspn(text, " ");
		struct note note = {.date_s = 0};

		if (len > PATCH_DIGITS + 1 && read_word(text, len, &note))
			*x_append(list, list->note, list->count) = note;
		text += len + strspn(text + len, " ");
	}
	return list;
}

const char *
nd_merged_until(const void *ctx, const char *text, int64_t until_s)
{
	struct nd_buf *out = nd_buf_new(ctx, strlen(text) + 1);

	while (*text) {
		size_t len = strcspn(text, " ");
		struct note note = {.date_s = 0};

		if (len > PATCH_DIGITS + 1 && read_word(text, len, &note) &&
		    note.date_s < until_s)
			nd_buf_addf(out, "%s%.*s", out->len > 0 ? " " : "",
			            (int)len, text);
		text += len + strspn(text + len, " ");
	}
	return nd_buf_finish(ctx, out);
}

static int
compare_notes(const void *a, const void *b)
{
	const struct note *x = a, *y = b;

	return strcmp(x->patch, y->patch);
}

static bool
has_patch(const struct note_list *list, const char *patch)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->note[i].patch, patch) == 0)
			return true;
	return false;
}

/* The mail of a patch; a pull request's is the thread's root. */
static int32_t
mail_of(const struct nd_merge *merge, int number)
{
	if (!merge->series)
		return merge->thread->root;
	return merge->series->patch[number - 1];
}

const char *
nd_merged_add(const void *ctx, const struct nd_merge *merge)
{
	void *tmp = talloc_new(NULL);
	struct note_list *list = read_notes(tmp, merge->thread->merged);
	struct nd_buf *text = nd_buf_new(tmp, ND_LIMIT_MERGED * WORD_BYTES);
	const char *copy;

	for (size_t i = 0; i < merge->patch_count; i++) {
		const struct nd_merged_patch *patch = &merge->patch[i];
		int32_t mail = mail_of(merge, patch->number);
		const char *key =
			patch_key(tmp, merge->thread->message[mail]->id);
		struct note *note;

		if (has_patch(list, key) || list->count >= ND_LIMIT_MERGED)
			continue;
		note = x_append(list, list->note, list->count);
		memcpy(note->patch, key, PATCH_DIGITS);
		memcpy(note->commit, patch->commit->id,
		       strlen(patch->commit->id));
		note->date_s = patch->commit->date_s;
	}
	if (list->count > 1)
		qsort(list->note, list->count, sizeof *list->note,
		      compare_notes);
	for (size_t i = 0; i < list->count; i++)
		nd_buf_addf(text, "%s%s=%s@%lld", i > 0 ? " " : "",
		            list->note[i].patch, list->note[i].commit,
		            (long long)list->note[i].date_s);
	copy = x_strdup(ctx, text->data);
	talloc_free(tmp);
	return copy;
}

/* The number of a mail in the series; 0: it is not of the series. */
static int
number_of(const struct nd_series *series, int32_t mail)
{
	for (int i = 0; series && i < series->total; i++)
		if (series->patch[i] == mail)
			return i + 1;
	return 0;
}

/* Several versions in one thread: the one whose patches were merged. */
static const struct nd_series *
series_of(const struct nd_thread *thread, int32_t mail)
{
	if (number_of(thread->series, mail) > 0)
		return thread->series;
	for (size_t i = 0; i < thread->more_series_count; i++)
		if (number_of(thread->more_series[i], mail) > 0)
			return thread->more_series[i];
	return NULL;
}

static void
add_note(struct nd_applied *applied, const struct nd_thread *thread,
         int32_t mail, const struct note *note)
{
	int number = number_of(series_of(thread, mail), mail);

	*x_append(applied, applied->commit, applied->commit_count) =
		x_strdup(applied, note->commit);
	if (number > 0)
		*x_append(applied, applied->patch, applied->patch_count) =
			number;
	applied->message = mail;
	if (note->date_s > applied->date_s)
		applied->date_s = note->date_s;
}

/* In any of its lengths. */
static bool
has_commit(const struct nd_applied *applied, const char *id)
{
	for (size_t i = 0; i < applied->commit_count; i++)
		if (nd_str_starts(applied->commit[i], id) ||
		    nd_str_starts(id, applied->commit[i]))
			return true;
	return false;
}

static void
copy_commits(struct nd_applied *to, const struct nd_applied *from)
{
	for (size_t i = 0; i < from->commit_count; i++) {
		if (!has_commit(to, from->commit[i]))
			*x_append(to, to->commit, to->commit_count) =
				x_strdup(to, from->commit[i]);
	}
}

/* What mails said of other patches counts, too. */
static void
add_said(struct nd_applied *applied, const struct nd_applied *said)
{
	for (size_t i = 0; i < said->patch_count; i++)
		*x_append(applied, applied->patch, applied->patch_count) =
			said->patch[i];
	if (said->patch_count == 0)
		applied->patch_count = 0;
	copy_commits(applied, said);
}

/* Returns whether all patches of the series are there. */
static bool
tidy_patches(struct nd_applied *applied, const struct nd_thread *thread)
{
	const struct nd_series *series = series_of(thread, applied->message);

	applied->patch_total = series ? series->total : 0;
	nd_accepted_tidy_patches(applied);
	return applied->patch_count == 0;
}

static void
close_thread(struct nd_thread *thread, enum nd_thread_state state,
             int64_t date_s)
{
	nd_closing_thread(thread, date_s);
	thread->state = state;
	thread->attention_count = thread->more_attention_count = 0;
	thread->waiting_for = NULL;
	thread->stalled = false;
}

/* Part of it: where the rest stands is what others have found out. */
static void
settle_part(struct nd_thread *thread, struct nd_applied *applied)
{
	if (!thread->applied)
		return;
	add_said(applied, thread->applied);
	if (tidy_patches(applied, thread))
		close_thread(thread, ND_STATE_APPLIED, applied->date_s);
}

void
nd_merged_settle(struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);
	const struct note_list *list = read_notes(tmp, thread->merged);
	struct nd_map *mails = nd_map_new(tmp);
	struct nd_applied *applied = x_new(tmp, struct nd_applied);

	for (size_t i = 0; list->count > 0 && i < thread->message_count; i++)
		nd_map_set_int(mails, patch_key(tmp, thread->message[i]->id),
		               (intptr_t)i);
	for (size_t i = 0; i < list->count; i++) {
		intptr_t mail = nd_map_get_int(mails, list->note[i].patch,
		                               ND_NO_MESSAGE);

		if (mail != ND_NO_MESSAGE)
			add_note(applied, thread, (int32_t)mail,
			         &list->note[i]);
	}
	if (applied->commit_count > 0) {
		/* Who took it, and where to, only mails tell. */
		applied->tree = x_strdup(
			applied, thread->applied ? thread->applied->tree : "");
		applied->by = x_strdup(
			applied, thread->applied ? thread->applied->by : "");
		applied->merged = !thread->applied;
		if (tidy_patches(applied, thread))
			close_thread(thread, ND_STATE_MERGED, applied->date_s);
		else
			settle_part(thread, applied);
		talloc_free(thread->applied);
		thread->applied = talloc_steal(thread, applied);
	}
	talloc_free(tmp);
}
