/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineage/commitmatch.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/maillink.h"
#include "lineage/versionlookup.h"
#include "model/address.h"
#include "text/subjectline.h"
#include "text/title.h"
#include "util/alloc.h"
#include "util/archiveurl.h"
#include "util/limits.h"
#include "util/map.h"
#include "util/str.h"

enum { ALIKE = 50, LINKS_MAX = 50 };

static void
add_link(const void *ctx, struct nd_commit *commit, const char *id)
{
	if (commit->link_count < LINKS_MAX)
		*x_append(ctx, commit->link, commit->link_count) = id;
}

/* A message has tabs, which no id has and no line of ours. */
static size_t
bytes_to_blank(const char *text, size_t len)
{
	size_t end = 0;

	while (end < len && !nd_is_space(text[end]))
		end++;
	return end;
}

/* The id in the value of a trailer: of a URL, or in angle brackets. */
static const char *
trailer_id(const void *ctx, const char *text, size_t len)
{
	const char *url;

	nd_mem_trim(&text, &len);
	url = nd_archiveurl_id(ctx, text, bytes_to_blank(text, len));
	if (url || len < 3 || memchr(text, '/', len))
		return url;
	if (*text == '<' && text[len - 1] == '>') {
		text++;
		len -= 2;
	}
	if (!memchr(text, '@', len) || bytes_to_blank(text, len) < len)
		return NULL;
	return x_strndup(ctx, text, len);
}

/* The last link is the one the committer added. */
static void
read_links(const void *ctx, struct nd_commit *commit)
{
	static const char *const keys[] = {"link:", "message-id:", "lore:"};
	const char *at = commit->message;

	while (*at) {
		size_t len = strcspn(at, "\n");

		for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
			size_t key = strlen(keys[i]);
			const char *id = NULL;

			if (nd_mem_starts_nocase(at, len, keys[i]))
				id = trailer_id(ctx, at + key, len - key);
			if (id)
				add_link(ctx, commit, id);
		}
		at += len + (at[len] == '\n');
	}
	for (size_t i = 0; 2 * i + 1 < commit->link_count; i++) {
		const char *swap = commit->link[i];
		size_t other = commit->link_count - 1 - i;

		commit->link[i] = commit->link[other];
		commit->link[other] = swap;
	}
}

/* "Merge tag 'kvmarm-6.19' of https://… into HEAD" */
static void
read_merge(const void *ctx, struct nd_commit *commit)
{
	static const char *const heads[] = {"Merge tag '", "Merge branch '",
	                                    "Merge branches '"};
	const char *name = NULL, *end, *from;

	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (nd_str_starts(commit->title, heads[i]))
			name = commit->title + strlen(heads[i]);
	end = name ? strchr(name, '\'') : NULL;
	if (!end || end == name || !nd_str_starts(end, "' of "))
		return;
	from = end + strlen("' of ");
	commit->pulled = x_strndup(ctx, name, (size_t)(end - name));
	commit->from = x_strndup(ctx, from, strcspn(from, " "));
}

void
nd_commitmatch_read(const void *ctx, struct nd_commit *commit)
{
	read_links(ctx, commit);
	read_merge(ctx, commit);
}

struct nd_lookup *
nd_commitmatch_lookup(const void *ctx, const struct nd_commit_list *commits)
{
	struct nd_lookup *lookup = x_new(ctx, struct nd_lookup);

	lookup->until_s = INT64_MAX;
	for (size_t i = 0; i < commits->count; i++) {
		const struct nd_commit *commit = &commits->commit[i];

		for (size_t k = 0; k < commit->link_count; k++)
			*x_append(lookup, lookup->id, lookup->id_count) =
				commit->link[k];
		if (commit->pulled)
			*x_append(lookup, lookup->pull, lookup->pull_count) =
				commit->pulled;
		else if (commit->link_count == 0)
			nd_versionlookup_add_title(lookup, commit->title);
	}
	return lookup;
}

static bool
is_posting(const struct nd_subject *parts)
{
	return !(parts->flags & (ND_SUBJECT_REPLY | ND_SUBJECT_FORWARD)) &&
	       (parts->flags & (ND_SUBJECT_PATCH | ND_SUBJECT_RFC));
}

void
nd_commitmatch_choose(const struct nd_commit_list *commits, struct nd_hit *hit,
                      size_t count)
{
	void *tmp = talloc_new(NULL);
	struct nd_map *titles = nd_map_new(tmp);
	char key[ND_TITLE_KEY_BYTES];
	struct nd_title title;

	for (size_t i = 0; i < commits->count; i++) {
		const char *text = commits->commit[i].title;

		nd_title_read(text, strlen(text), &title);
		nd_map_set(titles, nd_title_key(&title, key), NULL);
	}
	for (size_t i = 0; i < count; i++) {
		const struct nd_subject *parts =
			nd_subjectline_parse(tmp, hit[i].subject);

		nd_title_read(parts->title, strlen(parts->title), &title);
		hit[i].wanted =
			(parts->flags & ND_SUBJECT_PULL)
				? !(parts->flags & ND_SUBJECT_REPLY)
				: is_posting(parts) &&
					  nd_map_has(titles,
		                                     nd_title_key(&title, key));
	}
	talloc_free(tmp);
}

/* A mail of the threads. */
struct place {
	size_t thread;
	int32_t message;
	struct place *next; /* with the same key */
};

struct matching {
	const struct nd_commit_list *commits;
	struct nd_thread *const *threads;
	size_t count;
	struct nd_map *by_id, *by_title; /* of struct place */
	struct nd_merge_list *list;
};

static void
add_place(struct nd_map *map, const char *key, size_t thread, int32_t message)
{
	struct place *place = x_new(map, struct place);

	*place = (struct place){thread, message, nd_map_get(map, key)};
	nd_map_set(map, key, place);
}

static void
index_threads(struct matching *m)
{
	for (size_t i = 0; i < m->count; i++) {
		const struct nd_thread *thread = m->threads[i];

		for (size_t k = 0; k < thread->message_count; k++) {
			const struct nd_message *mail = thread->message[k];
			char key[ND_TITLE_KEY_BYTES];
			struct nd_title title;

			add_place(m->by_id, mail->id, i, (int32_t)k);
			/* A pull request repeats what was posted before. */
			if (!is_posting(mail->parts) ||
			    thread->category == ND_CATEGORY_PULL)
				continue;
			nd_title_read(mail->parts->title,
			              strlen(mail->parts->title), &title);
			add_place(m->by_title, nd_title_key(&title, key), i,
			          (int32_t)k);
		}
	}
}

/* Of the commit, or of the mail that brought it. */
static bool
is_author(const struct nd_message *mail, const struct nd_address *who)
{
	return nd_address_same_person(&mail->author, who) ||
	       nd_address_same_person(&mail->sender, who);
}

/* The series that a patch or cover letter belongs to. */
static const struct nd_series *
series_of(const struct nd_thread *thread, int32_t message, int *number)
{
	for (size_t i = 0; i <= thread->more_series_count; i++) {
		const struct nd_series *series =
			i == 0 ? thread->series : thread->more_series[i - 1];

		if (!series)
			continue;
		for (int k = 0; k < series->total; k++)
			if (series->patch[k] == message) {
				*number = k + 1;
				return series;
			}
		if (series->root == message) {
			*number = 0;
			return series;
		}
	}
	return NULL;
}

static struct nd_merge *
merge_of(struct matching *m, struct nd_thread *thread,
         const struct nd_series *series)
{
	struct nd_merge_list *list = m->list;
	struct nd_merge *merge;

	for (size_t i = 0; i < list->count; i++)
		if (list->merge[i].thread == thread &&
		    list->merge[i].series == series)
			return &list->merge[i];
	merge = x_append(list, list->merge, list->count);
	merge->thread = thread;
	merge->series = series;
	merge->total = series ? series->total : 1;
	return merge;
}

/* The first commit stays: a later one is the same patch in another tree. */
static bool
add_patch(struct matching *m, struct nd_merge *merge, int number,
          const struct nd_commit *commit)
{
	size_t at = merge->patch_count;

	for (size_t i = 0; i < merge->patch_count; i++)
		if (merge->patch[i].number == number)
			return true;
	x_append(m->list, merge->patch, merge->patch_count);
	for (; at > 0 && merge->patch[at - 1].number > number; at--)
		merge->patch[at] = merge->patch[at - 1];
	merge->patch[at] = (struct nd_merged_patch){number, commit};
	return true;
}

/* The patch of a series with the commit's title; 0 when there is none. */
static int
number_by_title(const struct nd_thread *thread, const struct nd_series *series,
                const struct nd_title *title)
{
	for (int i = 0; i < series->total; i++) {
		const char *text;
		struct nd_title other;

		if (series->patch[i] == ND_NO_MESSAGE)
			continue;
		text = thread->message[series->patch[i]]->parts->title;
		nd_title_read(text, strlen(text), &other);
		if (nd_title_likeness(title, &other) == 100)
			return i + 1;
	}
	return 0;
}

/* The link of a commit leads to a patch, or to the cover letter above it. */
static bool
match_link(struct matching *m, const struct nd_commit *commit, const char *id,
           const struct nd_title *title)
{
	const struct place *place = nd_map_get(m->by_id, id);
	struct nd_thread *thread;
	const struct nd_message *mail;
	const struct nd_series *series;
	struct nd_title other;
	int number = 0;

	if (!place)
		return false;
	thread = m->threads[place->thread];
	mail = thread->message[place->message];
	if (!is_posting(mail->parts))
		return false;
	series = series_of(thread, place->message, &number);
	if (!series)
		return false;
	if (number == 0) {
		number = number_by_title(thread, series, title);
		if (number == 0)
			return false;
	} else {
		nd_title_read(mail->parts->title, strlen(mail->parts->title),
		              &other);
		if (nd_title_likeness(title, &other) < ALIKE &&
		    !is_author(mail, &commit->author))
			return false;
	}
	return add_patch(m, merge_of(m, thread, series), number, commit);
}

/* By title and author: what was sent last before the commit was made. */
static bool
match_title(struct matching *m, const struct nd_commit *commit,
            const struct nd_title *title)
{
	char key[ND_TITLE_KEY_BYTES];
	const struct place *best = NULL;
	int64_t best_s = INT64_MIN;
	const struct nd_series *series;
	int number = 0;

	for (const struct place *place =
	             nd_map_get(m->by_title, nd_title_key(title, key));
	     place; place = place->next) {
		const struct nd_message *mail =
			m->threads[place->thread]->message[place->message];

		if (mail->parts->stable || mail->date_s <= best_s ||
		    (commit->date_s > 0 && mail->date_s > commit->date_s) ||
		    !is_author(mail, &commit->author))
			continue;
		best = place;
		best_s = mail->date_s;
	}
	if (!best)
		return false;
	series = series_of(m->threads[best->thread], best->message, &number);
	if (!series || number == 0)
		return false;
	return add_patch(m, merge_of(m, m->threads[best->thread], series),
	                 number, commit);
}

/* The last two parts of a URL's path, without .git: "kvmarm/kvmarm". */
static size_t
repository_tail(const char *url, size_t len, const char **tail)
{
	size_t at, parts = 0;

	while (len > 0 && url[len - 1] == '/')
		len--;
	if (len > 4 && memcmp(url + len - 4, ".git", 4) == 0)
		len -= 4;
	for (at = len; at > 0; at--)
		if (strchr("/:", url[at - 1]) && ++parts == 2)
			break;
	*tail = url + at;
	return len - at;
}

static bool
has_word(const char *text, size_t len, const char *word)
{
	size_t word_bytes = strlen(word);

	for (size_t i = 0; i + word_bytes <= len; i++)
		if (memcmp(text + i, word, word_bytes) == 0 &&
		    (i == 0 || strchr(" /:\t", text[i - 1])) &&
		    (i + word_bytes == len ||
		     strchr(" .,\t", text[i + word_bytes])))
			return true;
	return false;
}

/* "  https://…/kvmarm.git tags/kvmarm-6.19" in a pull request. */
static bool
asks_for(const struct nd_message *mail, const struct nd_commit *commit)
{
	const struct nd_body *body = mail->body;
	const char *tail;
	size_t tail_len =
		repository_tail(commit->from, strlen(commit->from), &tail);

	for (size_t i = 0; body && i < body->line_count; i++) {
		const char *text = body->text + body->line[i].start;
		size_t len = body->line[i].len, url;
		const char *other;
		size_t other_len;

		nd_mem_trim(&text, &len);
		if (body->line[i].kind != ND_LINE_OWN ||
		    !memchr(text, '/', len))
			continue;
		url = 0;
		while (url < len && !nd_is_space(text[url]))
			url++;
		other_len = repository_tail(text, url, &other);
		if (other_len == tail_len &&
		    memcmp(other, tail, tail_len) == 0 &&
		    has_word(text + url, len - url, commit->pulled))
			return true;
	}
	return false;
}

static bool
match_pull(struct matching *m, const struct nd_commit *commit)
{
	for (size_t i = 0; i < m->count; i++) {
		struct nd_thread *thread = m->threads[i];
		const struct nd_message *root = nd_thread_root(thread);

		if ((root->parts->flags & ND_SUBJECT_PULL) &&
		    !(root->parts->flags & ND_SUBJECT_REPLY) &&
		    asks_for(root, commit))
			return add_patch(m, merge_of(m, thread, NULL), 1,
			                 commit);
	}
	return false;
}

static bool
match_commit(struct matching *m, const struct nd_commit *commit)
{
	struct nd_title title;

	if (commit->pulled)
		return match_pull(m, commit);
	nd_title_read(commit->title, strlen(commit->title), &title);
	for (size_t i = 0; i < commit->link_count; i++)
		if (match_link(m, commit, commit->link[i], &title))
			return true;
	return match_title(m, commit, &title);
}

struct nd_merge_list *
nd_commitmatch_find(const void *ctx, const struct nd_commit_list *commits,
                    struct nd_thread *const *threads, size_t count)
{
	struct matching m = {
		.commits = commits, .threads = threads, .count = count};

	m.by_id = nd_map_new(NULL);
	m.by_title = nd_map_new(m.by_id);
	m.list = x_new(ctx, struct nd_merge_list);
	index_threads(&m);
	for (size_t i = 0; i < commits->count; i++)
		m.list->matched += match_commit(&m, &commits->commit[i]);
	talloc_free(m.by_id);
	return m.list;
}
