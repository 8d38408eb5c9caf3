/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineage/sequel.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/fingerprint.h"
#include "model/address.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/map.h"
#include "util/str.h"

enum {
	SAID_WORDS = 3,   /* "Fix typo" names nothing */
	NAMED_WORDS = 5,  /* "kvm: arm64: vgic: Drop foo_bar()" does */
	ALIKE = 50,       /* titles of one thing */
	SAME = 95,        /* which differ in what stands before it */
	SOON_DAYS = 7,    /* what is posted then on the same files may be it */
	CREDIT_DAYS = 30, /* a reporter may report more */
	AT_ONCE_S = 2 * 3600,
	AT_ONCE_DAYS = 2,
	RENAMED_DAYS = 60,
	NEXT_DAYS = 5,   /* to the next pull request of its kind */
	SAME_DAYS = 400, /* a title may come again */
	DAY_S = 86400
};

/* A series; or a pull request or the begin of a talk, which have no print. */
struct posting {
	struct nd_thread *thread;
	const struct nd_message *mail;
	const struct nd_fingerprint *print;
	const struct nd_address *who;
	bool talk;
	struct nd_title title;
	const struct posting *counted_for;
	size_t common; /* patches, with the posting it was counted for */
};

struct postings {
	struct posting **posting; /* by date, once all are there */
	size_t count;
};

struct searching {
	const void *ctx;
	struct nd_map *by_title; /* of each patch */
	struct nd_map *by_name;  /* of who posted it, and by address */
	struct postings all;
};

static void
file(const struct searching *searching, struct nd_map *map, const char *key,
     struct posting *posting)
{
	struct postings *found = nd_map_get(map, key);

	if (!found) {
		found = x_new(searching->ctx, struct postings);
		nd_map_set(map, key, found);
	}
	*x_append(found, found->posting, found->count) = posting;
}

static struct posting *
add(struct searching *searching, struct nd_thread *thread, int32_t root,
    const struct nd_address *who, const struct nd_fingerprint *print)
{
	struct posting *posting = x_new(searching->ctx, struct posting);

	posting->thread = thread;
	posting->mail = thread->message[root];
	posting->who = who;
	posting->print = print;
	*x_append(searching->ctx, searching->all.posting,
	          searching->all.count) = posting;
	return posting;
}

static void
add_series(struct searching *searching, struct nd_thread *thread,
           const struct nd_series *series)
{
	/* Of a posting that is missing nothing is known. */
	if (!series || !series->fingerprint ||
	    (thread->message[series->root]->parts->flags & ND_SUBJECT_REPLY))
		return;
	add(searching, thread, series->root,
	    &thread->message[series->root]->sender, series->fingerprint)
		->title = series->fingerprint->title;
}

/* A pull request, or somebody begins to talk. */
static void
add_other(struct searching *searching, struct nd_thread *thread)
{
	const struct nd_message *root = nd_thread_root(thread);
	struct posting *posting;

	if (thread->series || !nd_message_is_person(root) || !root->parts ||
	    !root->parts->title || (root->parts->flags & ND_SUBJECT_REPLY))
		return;
	posting = add(searching, thread, thread->root, &root->sender, NULL);
	posting->talk = !(root->parts->flags & ND_SUBJECT_PULL);
	nd_title_read(root->parts->title, strlen(root->parts->title),
	              &posting->title);
}

static int
compare_dates(const void *a, const void *b)
{
	const struct posting *x = *(struct posting *const *)a;
	const struct posting *y = *(struct posting *const *)b;

	if (x->mail->date_s != y->mail->date_s)
		return x->mail->date_s < y->mail->date_s ? -1 : 1;
	return strcmp(x->mail->id, y->mail->id);
}

static const char *
hash_key(uint64_t hash, char *key)
{
	const struct nd_title title = {.hash = hash};

	return nd_title_key(&title, key);
}

/* The patches of a pull request have no print: what it lists, and by their
 * mails. */
static void
file_pulled(struct searching *searching, struct posting *posting)
{
	const struct nd_thread *thread = posting->thread;
	char key[ND_TITLE_KEY_BYTES];
	uint64_t hash;

	for (size_t i = 0; i < thread->pulled_count; i++)
		file(searching, searching->by_title,
		     hash_key(thread->pulled[i], key), posting);
	for (size_t i = 0;
	     thread->pulled_count == 0 && i < thread->message_count; i++) {
		const struct nd_subject *parts = thread->message[i]->parts;

		if (parts && (parts->flags & ND_SUBJECT_NUMBERED) &&
		    !(parts->flags & ND_SUBJECT_REPLY) && parts->number > 0 &&
		    nd_title_read_hash(parts->title, strlen(parts->title),
		                       &hash))
			file(searching, searching->by_title,
			     hash_key(hash, key), posting);
	}
}

static const char *
key_of(const void *ctx, const char *text)
{
	return nd_str_lower(x_strdup(ctx, text));
}

static void
file_posting(struct searching *searching, struct posting *posting)
{
	const struct nd_fingerprint *print = posting->print;
	char key[ND_TITLE_KEY_BYTES];

	if (*posting->who->name)
		file(searching, searching->by_name,
		     key_of(searching->ctx, posting->who->name), posting);
	if (*posting->who->addr)
		file(searching, searching->by_name,
		     key_of(searching->ctx, posting->who->addr), posting);
	for (size_t i = 0; print && i < print->patch_count; i++)
		file(searching, searching->by_title,
		     hash_key(print->patch[i], key), posting);
	if (!print && !posting->talk)
		file_pulled(searching, posting);
}

static void
collect(struct searching *searching, struct nd_thread *const *thread,
        size_t count)
{
	for (size_t i = 0; i < count; i++) {
		add_series(searching, thread[i], thread[i]->series);
		for (size_t k = 0; k < thread[i]->more_series_count; k++)
			add_series(searching, thread[i],
			           thread[i]->more_series[k]);
		add_other(searching, thread[i]);
	}
	if (searching->all.count > 1)
		qsort(searching->all.posting, searching->all.count,
		      sizeof *searching->all.posting, compare_dates);
	for (size_t i = 0; i < searching->all.count; i++)
		file_posting(searching, searching->all.posting[i]);
}

/* How many of them are not later. */
static size_t
count_until(const struct postings *postings, int64_t date_s)
{
	size_t low = 0, high = postings->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (postings->posting[mid]->mail->date_s <= date_s)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* ---- how a later posting stands to one ---- */

/* How many files both change. Files may stand there twice. */
static size_t
common_files(const struct nd_fingerprint *a, const struct nd_fingerprint *b)
{
	size_t i = 0, k = 0, common = 0;

	while (i < a->file_count && k < b->file_count) {
		int order = strcmp(a->file[i], b->file[k]);

		common += order == 0;
		i += order <= 0;
		k += order >= 0;
	}
	return common;
}

/* Half of the files of the smaller one. */
static bool
share_files(const struct nd_fingerprint *a, const struct nd_fingerprint *b)
{
	size_t common = common_files(a, b);
	size_t less =
		a->file_count < b->file_count ? a->file_count : b->file_count;

	return common > 0 && 2 * common >= less;
}

/* For another release it is another matter. */
static bool
other_release(const struct nd_fingerprint *a, const struct nd_fingerprint *b)
{
	return a && b && a->stable && b->stable && *a->stable && *b->stable &&
	       strcmp(a->stable, b->stable) != 0;
}

static bool
are_alike(const struct posting *a, const struct posting *b)
{
	return nd_title_likeness(&a->title, &b->title) >= ALIKE;
}

/* Half of the patches of a, by title. */
static bool
has_its_patches(const struct posting *a, const struct posting *b)
{
	const struct nd_fingerprint *print = a->print;

	if (b->counted_for != a || 2 * b->common < print->patch_count)
		return false;
	if (print->patch_count == 1 && print->title.inner_count < SAID_WORDS &&
	    print->title.count < NAMED_WORDS)
		return false;
	return !b->print || print->file_count == 0 ||
	       b->print->file_count == 0 || share_files(print, b->print);
}

/* "… since 6.17.9" for "… since 6.17", which could be of another thing; or the
 * words behind "KVM: arm64:" are the same */
static bool
is_next_version(const struct posting *a, const struct posting *b)
{
	return b->print && nd_address_same_person(a->who, b->who) &&
	       share_files(a->print, b->print) &&
	       nd_title_likeness(&a->title, &b->title) >=
	               (b->print->version > a->print->version ? ALIKE : SAME);
}

/* "drm: ring: fix a", "drm: ring: mend b": what stands before the last colon */
static bool
have_same_prefix(const char *a, const char *b)
{
	const char *end_a = strrchr(a, ':'), *end_b = strrchr(b, ':');

	return end_a && end_b && end_a - a == end_b - b &&
	       nd_mem_equal_nocase(a, b, (size_t)(end_a - a));
}

/*
 * The version behind this one that has none before it, on all of its files: it
 * was split anew, or got another title.
 */
static bool
is_renamed_version(const struct posting *a, const struct posting *b)
{
	int64_t days = (b->mail->date_s - a->mail->date_s) / DAY_S;

	return b->print && b->print->version == a->print->version + 1 &&
	       b->print->series->prior_count == 0 && !a->print->series->next &&
	       nd_address_same_person(a->who, b->who) &&
	       (days < AT_ONCE_DAYS ||
	        (days < RENAMED_DAYS &&
	         have_same_prefix(a->print->title_text,
	                          b->print->title_text))) &&
	       a->print->file_count > 0 &&
	       common_files(a->print, b->print) == a->print->file_count;
}

/* Asked once more, in the same words. */
static bool
is_same_talk(const struct posting *a, const struct posting *b)
{
	return b->talk && nd_address_same_person(a->who, b->who) &&
	       a->title.count >= SAID_WORDS && a->title.hash == b->title.hash;
}

static bool
is_next_pull(const struct posting *a, const struct posting *b)
{
	return !b->print && !b->talk &&
	       nd_address_same_person(a->who, b->who) &&
	       b->mail->date_s - a->mail->date_s >=
	               (int64_t)NEXT_DAYS * DAY_S &&
	       are_alike(a, b);
}

static bool
takes_its_place(const struct posting *a, const struct posting *b)
{
	if (b->thread == a->thread || other_release(a->print, b->print) ||
	    b->mail->date_s - a->mail->date_s > (int64_t)SAME_DAYS * DAY_S)
		return false;
	if (a->print)
		return has_its_patches(a, b) || is_next_version(a, b) ||
		       is_renamed_version(a, b);
	return a->talk ? is_same_talk(a, b) : is_next_pull(a, b);
}

static bool
points_to(const struct nd_fingerprint *b, const struct nd_thread *thread)
{
	for (size_t i = 0; b->link && i < b->link->count; i++)
		if (!(b->link->link[i].flags & ND_MAILLINK_BASE) &&
		    nd_thread_has_mail(thread, b->link->link[i].id))
			return true;
	return false;
}

/* Does it mend what the thread reports, sent soon after that was promised? */
static bool
credits(const struct nd_fingerprint *b, const struct nd_thread *thread,
        int64_t after_s)
{
	const struct nd_address *who = &nd_thread_root(thread)->sender;

	for (size_t i = 0;
	     after_s < (int64_t)CREDIT_DAYS * DAY_S && i < b->reporter_count;
	     i++)
		if (nd_str_equal_nocase(b->reporter[i], who->addr))
			return true;
	return false;
}

/* "[tree:next 3/5] drivers/md/ring.c:42: error: …": is that file changed? */
static bool
changes_its_file(const struct nd_fingerprint *b, const struct nd_thread *thread)
{
	const struct nd_subject *parts = nd_thread_root(thread)->parts;
	size_t len = parts && parts->title ? strcspn(parts->title, ": ") : 0;

	for (size_t i = 0;
	     len > 0 && memchr(parts->title, '/', len) && i < b->file_count;
	     i++)
		if (strlen(b->file[i]) == len &&
		    memcmp(b->file[i], parts->title, len) == 0)
			return true;
	return false;
}

/* The same for another chip or driver. */
static bool
are_siblings(const struct posting *a, const struct posting *b)
{
	return a && a->print &&
	       nd_title_siblings(&a->title, &b->title) !=
	               ND_TITLE_NO_SIBLINGS &&
	       !share_files(a->print, b->print);
}

/* a: what the thread has posted, or NULL; title: of the thread */
static bool
may_be_it(const struct nd_thread *thread, const struct posting *a,
          const struct nd_title *title, const struct posting *b,
          int64_t since_s)
{
	if (b->thread == thread || b->talk ||
	    other_release(a ? a->print : NULL, b->print))
		return false;
	if (!b->print)
		return a && !a->print && !a->talk && are_alike(a, b);
	if (points_to(b->print, thread) ||
	    (nd_title_likeness(title, &b->title) >= ALIKE &&
	     !are_siblings(a, b)))
		return true;
	/* "I'll send it out." ends a talk minutes before the patch comes. */
	if ((!a || a->talk) &&
	    (b->mail->date_s - since_s < AT_ONCE_S ||
	     changes_its_file(b->print, thread) ||
	     credits(b->print, thread, b->mail->date_s - since_s)))
		return true;
	return a && a->print &&
	       ((b->counted_for == a && b->common > 0) ||
	        ((b->print->version > a->print->version ||
	          b->mail->date_s - since_s < (int64_t)SOON_DAYS * DAY_S) &&
	         share_files(a->print, b->print)));
}

/* ---- the sequels of a thread ---- */

static void
add_sequel(struct nd_thread *thread, const struct posting *b, bool same)
{
	for (size_t i = 0; i < thread->sequel_count; i++)
		if (thread->sequel[i].mail == b->mail) {
			thread->sequel[i].same |= same;
			return;
		}
	*x_append(thread, thread->sequel, thread->sequel_count) =
		(struct nd_sequel){
			.mail = b->mail,
			.who = b->who,
			.same = same,
		};
}

/* The postings after a that have, or list, its patch i. */
static struct posting *const *
later_with_patch(const struct searching *searching, const struct posting *a,
                 size_t i, size_t *count)
{
	char key[ND_TITLE_KEY_BYTES];
	const struct postings *found = nd_map_get(
		searching->by_title, hash_key(a->print->patch[i], key));
	size_t first = found ? count_until(found, a->mail->date_s) : 0;

	*count = found ? found->count - first : 0;
	if (*count > ND_LIMIT_RELATED)
		*count = ND_LIMIT_RELATED;
	return found ? found->posting + first : NULL;
}

static void
count_common(const struct searching *searching, const struct posting *a)
{
	for (size_t i = 0; a->print && i < a->print->patch_count; i++) {
		size_t count;
		struct posting *const *later =
			later_with_patch(searching, a, i, &count);

		for (size_t k = 0; k < count; k++) {
			if (later[k]->counted_for != a)
				later[k]->common = 0;
			later[k]->counted_for = a;
			later[k]->common++;
		}
	}
}

static void
find_same(const struct searching *searching, struct nd_thread *thread,
          const struct posting *a)
{
	for (size_t i = 0; a->print && i < a->print->patch_count; i++) {
		size_t count;
		struct posting *const *later =
			later_with_patch(searching, a, i, &count);

		for (size_t k = 0; k < count; k++)
			if (takes_its_place(a, later[k]))
				add_sequel(thread, later[k], true);
	}
}

/* What somebody has posted since, by name or, without one, by address; without
 * a title only what takes the place of what is posted here. */
static void
find_by(const struct searching *searching, struct nd_thread *thread,
        const struct posting *a, const struct nd_address *who,
        const struct nd_title *title, int64_t since_s)
{
	const char *key = key_of(NULL, *who->name ? who->name : who->addr);
	const struct postings *found = nd_map_get(searching->by_name, key);
	size_t first = found ? count_until(found, since_s) : 0;

	for (size_t i = first;
	     found && i < found->count && i - first < ND_LIMIT_RELATED; i++) {
		const struct posting *b = found->posting[i];

		if (!nd_address_same_person(b->who, who))
			continue;
		if (a && takes_its_place(a, b))
			add_sequel(thread, b, true);
		else if (title && may_be_it(thread, a, title, b, since_s))
			add_sequel(thread, b, false);
	}
	talloc_free((void *)key);
}

static void
find_owed(const struct searching *searching, struct nd_thread *thread,
          const struct posting *a, const struct nd_title *title,
          const struct nd_attention *owed, size_t count)
{
	for (size_t i = 0; i < count; i++)
		switch (owed[i].why) {
		case ND_ATTENTION_ASKED:
			if (!a || !nd_address_same_person(a->who, &owed[i].who))
				break;
			/* fall through */
		case ND_ATTENTION_PROMISED:
		case ND_ATTENTION_CHANGES:
		case ND_ATTENTION_TEST_FAILED:
			find_by(searching, thread, a, &owed[i].who, title,
			        owed[i].since_s - ND_SEQUEL_EARLY_S);
			break;
		default:
			break;
		}
}

/* The newest of what the thread itself posts; NULL: a talk. */
static const struct posting *
newest_of(const struct postings *all, const struct nd_thread *thread)
{
	const struct nd_series *series =
		thread->newest ? thread->newest : thread->series;
	int32_t root = series ? series->root : thread->root;
	int64_t date_s = thread->message[root]->date_s;

	for (size_t i = count_until(all, date_s - 1);
	     i < all->count && all->posting[i]->mail->date_s == date_s; i++)
		if (all->posting[i]->mail == thread->message[root])
			return all->posting[i];
	return NULL;
}

static int
compare_sequels(const void *a, const void *b)
{
	const struct nd_sequel *x = a, *y = b;

	if (x->mail->date_s != y->mail->date_s)
		return x->mail->date_s < y->mail->date_s ? -1 : 1;
	return strcmp(x->mail->id, y->mail->id);
}

static void
find(const struct searching *searching, struct nd_thread *thread)
{
	const struct posting *a = newest_of(&searching->all, thread);
	const struct nd_message *root = nd_thread_root(thread);
	struct nd_title title = {.count = 0};

	if (a)
		title = a->title;
	else if (root->parts && root->parts->title)
		nd_title_read(root->parts->title, strlen(root->parts->title),
		              &title);
	if (a) {
		count_common(searching, a);
		find_same(searching, thread, a);
		find_by(searching, thread, a, a->who, NULL, a->mail->date_s);
	}
	find_owed(searching, thread, a, &title, thread->attention,
	          thread->attention_count);
	find_owed(searching, thread, a, &title, thread->more_attention,
	          thread->more_attention_count);
	if (thread->sequel_count > 1)
		qsort(thread->sequel, thread->sequel_count,
		      sizeof *thread->sequel, compare_sequels);
}

void
nd_sequel_find(struct nd_thread *const *thread, size_t count)
{
	void *tmp = talloc_new(NULL);
	struct searching searching = {
		.ctx = tmp,
		.by_title = nd_map_new(tmp),
		.by_name = nd_map_new(tmp),
	};

	collect(&searching, thread, count);
	for (size_t i = 0; i < count; i++) {
		TALLOC_FREE(thread[i]->sequel);
		thread[i]->sequel_count = 0;
		find(&searching, thread[i]);
	}
	talloc_free(tmp);
}
