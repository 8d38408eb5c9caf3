/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineage/family.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/fingerprint.h"
#include "analyse/posting.h"
#include "model/address.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/map.h"
#include "util/str.h"

enum {
	SAID_WORDS = 3, /* "fix typo" names no patch */
	SURE = 72,      /* confidence that hides a thread behind another */
	MAJOR = 1000,   /* 5.10 is 5 * MAJOR + 10 */
};

#define NONE SIZE_MAX

struct patch {
	uint64_t title; /* its hash */
	int32_t message;
};

/* A thread that may be in a family. */
struct member {
	struct nd_thread *thread;
	bool original;       /* no backport */
	int release;         /* what a backport is for; 0: not said */
	struct patch *patch; /* those that are here, by title */
	size_t patch_count;
	struct member *into; /* where it is told; NULL: by itself */
	enum nd_kin kin;
};

/* A series, and the newest version of it that is here. */
struct version {
	const struct nd_series *series;
	struct member *member;
	const struct version *newest;
};

/* Threads with a patch of one title, the best entry first. */
struct bucket {
	struct member **member;
	size_t count;
};

struct families {
	struct member *member;
	size_t count;
	struct version *version; /* the latest first */
	size_t version_count;
	struct nd_map *by_root;  /* id -> struct version */
	struct nd_map *follower; /* id -> the latest that has it as prior */
	struct nd_map *buckets;  /* of struct bucket, by title */
};

/* ---- who may be in one --------------------------------------------------- */

static bool
user_must_act(const struct nd_thread *thread)
{
	for (size_t i = 0; i < thread->for_you_count; i++)
		if (thread->for_you[i].turn)
			return true;
	return false;
}

/* Patches are posted here, and nobody began to talk before. */
static bool
posts_series(const struct nd_thread *thread)
{
	return thread->series && thread->series->fingerprint &&
	       *thread->series->author.addr && !thread->encrypted &&
	       !(nd_thread_root(thread)->parts->flags & ND_SUBJECT_REPLY);
}

/* What one script has sent, and nobody answered. */
static bool
is_bare_notice(const struct nd_thread *thread)
{
	const struct nd_address *who = &nd_thread_root(thread)->sender;

	if (thread->series || thread->kind != ND_KIND_STABLE_NOTICE ||
	    thread->state != ND_STATE_MERGED_STABLE || thread->encrypted)
		return false;
	for (size_t i = 0; i < thread->message_count; i++)
		if (!nd_address_same_person(who, &thread->message[i]->sender))
			return false;
	return true;
}

/* "5.10.y" is 5010; "" and "6.x" are 0. */
static int
read_release(const char *stable)
{
	char *end;
	unsigned long major = strtoul(stable, &end, 10), minor;

	if (*end != '.' || !nd_is_digit(end[1]) || major >= MAJOR)
		return 0;
	minor = strtoul(end + 1, NULL, 10);
	return minor < MAJOR ? (int)(major * MAJOR + minor) : 0;
}

static void
add_patch(const void *ctx, struct member *member, const char *title, size_t len,
          int32_t message)
{
	struct nd_title read;

	nd_title_read(title, len, &read);
	if (read.count < SAID_WORDS)
		return;
	*x_append(ctx, member->patch, member->patch_count) =
		(struct patch){read.hash, message};
}

static int
compare_patches(const void *a, const void *b)
{
	const struct patch *x = a, *y = b;

	if (x->title != y->title)
		return x->title < y->title ? -1 : 1;
	return (x->message > y->message) - (x->message < y->message);
}

static void
read_series(const void *ctx, struct member *member)
{
	const struct nd_thread *thread = member->thread;
	const struct nd_series *series = thread->series;
	const struct nd_fingerprint *fingerprint = series->fingerprint;

	member->original = !fingerprint->stable && !fingerprint->backport &&
	                   thread->kind != ND_KIND_STABLE_REVIEW &&
	                   thread->kind != ND_KIND_BACKPORT;
	if (fingerprint->stable)
		member->release = read_release(fingerprint->stable);
	for (int i = 0; i < series->total; i++) {
		const char *title;

		if (series->patch[i] == ND_NO_MESSAGE)
			continue;
		title = thread->message[series->patch[i]]->parts->title;
		add_patch(ctx, member, title, strlen(title), series->patch[i]);
	}
	if (member->patch_count > 1)
		qsort(member->patch, member->patch_count, sizeof *member->patch,
		      compare_patches);
}

/* 'patch "KVM: fix it" has been added to …': the title is quoted. */
static void
read_notice(const void *ctx, struct member *member)
{
	const struct nd_thread *thread = member->thread;
	const char *subject = nd_thread_root(thread)->subject;
	const char *start = strchr(subject, '"'), *end;

	end = start ? strstr(start, "\" has been added to ") : NULL;
	if (end)
		add_patch(ctx, member, start + 1, (size_t)(end - start - 1),
		          thread->root);
}

static void
collect_members(struct families *families, struct nd_thread *const *thread,
                size_t count)
{
	families->member = x_array(families->buckets, struct member, count + 1);
	for (size_t i = 0; i < count; i++) {
		struct member *member = &families->member[families->count];

		thread[i]->family = (struct nd_family){.entry = NULL};
		member->thread = thread[i];
		if (posts_series(thread[i]))
			read_series(families->buckets, member);
		else if (is_bare_notice(thread[i]))
			read_notice(families->buckets, member);
		else
			continue;
		families->count++;
	}
}

/* ---- versions ------------------------------------------------------------ */

static void
add_version(struct families *families, struct member *member,
            const struct nd_series *series)
{
	struct version *version;

	if (!series || !series->fingerprint)
		return;
	version = x_append(families->buckets, families->version,
	                   families->version_count);
	*version = (struct version){.series = series, .member = member};
}

static int64_t
date_of(const struct version *version)
{
	return version->series->fingerprint->date_s;
}

static int
compare_versions(const void *a, const void *b)
{
	const struct version *x = a, *y = b;

	if (date_of(x) != date_of(y))
		return date_of(x) > date_of(y) ? -1 : 1;
	return strcmp(y->series->fingerprint->root_id,
	              x->series->fingerprint->root_id);
}

static void
collect_versions(struct families *families)
{
	for (size_t i = 0; i < families->count; i++) {
		struct member *member = &families->member[i];
		const struct nd_thread *thread = member->thread;

		add_version(families, member, thread->series);
		for (size_t k = 0; k < thread->more_series_count; k++)
			add_version(families, member, thread->more_series[k]);
	}
	if (families->version_count > 1)
		qsort(families->version, families->version_count,
		      sizeof *families->version, compare_versions);
	for (size_t i = 0; i < families->version_count; i++) {
		struct version *version = &families->version[i];
		const struct nd_series *series = version->series;

		nd_map_set(families->by_root, series->fingerprint->root_id,
		           version);
		for (size_t k = 0; k < series->prior_count; k++)
			if (series->prior[k].root_id &&
			    !nd_map_has(families->follower,
			                series->prior[k].root_id))
				nd_map_set(families->follower,
				           series->prior[k].root_id, version);
	}
}

/* The next version, or, when that has no mail in the report, one behind it. */
static const struct version *
next_of(const struct families *families, const struct version *version)
{
	const struct nd_series_link *next = version->series->next;
	const struct version *found;

	if (!next || !next->root_id || next->confidence < SURE)
		return NULL;
	found = nd_map_get(families->by_root, next->root_id);
	if (!found)
		found = nd_map_get(families->follower, next->root_id);
	/* It stands before this one, and knows its own newest. */
	return found && found < version ? found : NULL;
}

static void
find_newest(struct families *families)
{
	for (size_t i = 0; i < families->version_count; i++) {
		struct version *version = &families->version[i];
		const struct version *next = next_of(families, version);

		version->newest = next ? next->newest : version;
	}
}

/* Do the newest versions of all its series stand in one other thread? */
static const struct version *
newest_elsewhere(const struct families *families, const struct member *member)
{
	const struct nd_thread *thread = member->thread;
	const struct version *newest = NULL;

	for (size_t i = 0; i <= thread->more_series_count; i++) {
		const struct nd_series *series =
			i == 0 ? thread->series : thread->more_series[i - 1];
		const struct version *version;

		if (!series || !series->fingerprint)
			return NULL;
		version = nd_map_get(families->by_root,
		                     series->fingerprint->root_id);
		if (version->newest->member == member ||
		    (newest && newest->member != version->newest->member))
			return NULL;
		if (!newest)
			newest = version->newest;
	}
	return newest;
}

static bool
same_project(const struct nd_series *a, const struct nd_series *b)
{
	return a->project && b->project ? strcmp(a->project, b->project) == 0
	                                : a->project == b->project;
}

/*
 * Does the newer version stand for all of the older one? Of five patches one
 * that is sent again does not, unless the cover letter's title says so; nor
 * does the kernel's part of a series for its tests, which points to it.
 */
static bool
stands_for(const struct nd_series *newest, const struct nd_series *series,
           const struct nd_subject *root)
{
	const struct nd_series_link *next = series->next;
	bool by_text = next->reason == ND_LINK_MENTION ||
	               next->reason == ND_LINK_REPLY;
	bool patch = root->flags & ND_SUBJECT_NUMBERED && root->number > 0;

	if (by_text && !same_project(newest, series))
		return false;
	return 2 * newest->total > series->total ||
	       (!patch && newest->fingerprint->title.hash ==
	                          series->fingerprint->title.hash);
}

static bool
is_same_version(const struct nd_series *a, const struct nd_series *b)
{
	return a->version == b->version && a->revision == b->revision &&
	       a->rfc == b->rfc;
}

/* What stands for the other thread is what its entry is about. */
static void
fold_version(struct families *families, struct member *member)
{
	const struct nd_series *series = member->thread->series;
	const struct version *newest;

	if (!series || user_must_act(member->thread))
		return;
	newest = newest_elsewhere(families, member);
	if (!newest ||
	    newest->series !=
	            nd_posting_newest_series(newest->member->thread) ||
	    !stands_for(newest->series, series,
	                member->thread->message[series->root]->parts))
		return;
	member->into = newest->member;
	member->kin = is_same_version(member->thread->series, newest->series)
	                      ? ND_KIN_AGAIN
	                      : ND_KIN_EARLIER;
}

/* ---- backports ----------------------------------------------------------- */

/* The best entry first: originals, then what is for the newest release. */
static int
compare_entries(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	const struct nd_message *p = nd_thread_root(x->thread);
	const struct nd_message *q = nd_thread_root(y->thread);
	bool x_posts = x->thread->series, y_posts = y->thread->series;

	if (x_posts != y_posts)
		return x_posts ? -1 : 1;
	if (x->original != y->original)
		return x->original ? -1 : 1;
	if (x->release != y->release)
		return x->release > y->release ? -1 : 1;
	if (p->date_s != q->date_s)
		return p->date_s > q->date_s ? -1 : 1;
	return strcmp(p->id, q->id);
}

static void
fill_buckets(struct families *families)
{
	char key[ND_TITLE_KEY_BYTES];

	for (size_t i = 0; i < families->count; i++) {
		struct member *member = &families->member[i];

		for (size_t k = 0; k < member->patch_count; k++) {
			struct nd_title title = {
				.hash = member->patch[k].title};
			struct bucket *bucket;

			/* Earlier versions are told elsewhere themselves. */
			if (member->into || !member->thread->series)
				break;
			nd_title_key(&title, key);
			bucket = nd_map_get(families->buckets, key);
			if (!bucket) {
				bucket =
					x_new(families->buckets, struct bucket);
				nd_map_set(families->buckets, key, bucket);
			}
			*x_append(bucket, bucket->member, bucket->count) =
				member;
		}
	}
}

static bool
has_person(const struct nd_address_list *list, const struct nd_address *who)
{
	for (size_t i = 0; i < list->count; i++)
		if (nd_address_same_person(&list->address[i], who))
			return true;
	return false;
}

static bool
was_sent_to(const struct nd_thread *thread, const struct nd_address *who)
{
	const struct nd_message *root = nd_thread_root(thread);

	return has_person(&root->to, who) || has_person(&root->cc, who);
}

/*
 * Has one person written or sent both? What stable maintainers and their
 * scripts send goes to the patch's author.
 */
static bool
is_by_same(const struct member *a, const struct patch *p,
           const struct member *b, const struct patch *q)
{
	const struct nd_message *x = a->thread->message[p->message];
	const struct nd_message *y = b->thread->message[q->message];

	if (was_sent_to(b->thread, &x->author))
		return true;
	return b->thread->series &&
	       (nd_address_same_person(&x->author, &y->author) ||
	        nd_address_same_person(&x->sender, &y->sender) ||
	        was_sent_to(a->thread, &y->author));
}

/* Are all patches of b that are here in a, too? */
static bool
has_all(const struct member *a, const struct member *b)
{
	size_t i = 0;

	for (size_t k = 0; k < b->patch_count; k++) {
		while (i < a->patch_count &&
		       a->patch[i].title < b->patch[k].title)
			i++;
		if (i == a->patch_count ||
		    a->patch[i].title != b->patch[k].title ||
		    !is_by_same(a, &a->patch[i], b, &b->patch[k]))
			return false;
	}
	return b->patch_count > 0;
}

/* Each patch that is here has a title that says something. */
static bool
is_whole(const struct member *member)
{
	const struct nd_series *series = member->thread->series;
	size_t here = 0;

	if (!series)
		return true;
	for (int i = 0; i < series->total; i++)
		here += series->patch[i] != ND_NO_MESSAGE;
	return here == member->patch_count;
}

static void
fold_backport(struct families *families, struct member *member)
{
	const struct nd_thread *thread = member->thread;
	char key[ND_TITLE_KEY_BYTES];
	const struct bucket *bucket;
	struct nd_title title;

	if (member->into || (thread->series && member->original) ||
	    thread->more_series_count > 0 || member->patch_count == 0 ||
	    !is_whole(member) || user_must_act(thread))
		return;
	title.hash = member->patch[0].title;
	bucket = nd_map_get(families->buckets, nd_title_key(&title, key));
	for (size_t i = 0; bucket && i < bucket->count && i < ND_LIMIT_RELATED;
	     i++) {
		/* They stand in the order of the members. */
		if (bucket->member[i] >= member)
			return;
		if (!has_all(bucket->member[i], member))
			continue;
		member->into = bucket->member[i]->into;
		if (!member->into)
			member->into = bucket->member[i];
		member->kin = thread->series ? ND_KIN_BACKPORT : ND_KIN_NOTICE;
		return;
	}
}

/* ---- entries ------------------------------------------------------------- */

static int
compare_told(const void *a, const void *b)
{
	const struct member *x = *(struct member *const *)a;
	const struct member *y = *(struct member *const *)b;
	bool x_version = x->kin <= ND_KIN_AGAIN;
	bool y_version = y->kin <= ND_KIN_AGAIN;
	const struct nd_message *p = nd_thread_root(x->thread);
	const struct nd_message *q = nd_thread_root(y->thread);

	if (x_version != y_version)
		return x_version ? -1 : 1;
	if (!x_version)
		return compare_entries(x, y);
	if (p->date_s != q->date_s)
		return p->date_s > q->date_s ? -1 : 1;
	return strcmp(p->id, q->id);
}

/* What is told in an entry that is told elsewhere itself goes with it. */
static void
settle(struct families *families, struct member **told)
{
	size_t count = 0;

	for (size_t i = 0; i < families->count; i++) {
		struct member *member = &families->member[i];

		if (!member->into)
			continue;
		/* An earlier version of a backport is one itself. */
		if (member->into->into) {
			member->kin = member->into->kin;
			member->into = member->into->into;
		}
		told[count++] = member;
	}
	if (count > 1)
		qsort(told, count, sizeof *told, compare_told);
	for (size_t i = 0; i < count; i++) {
		struct nd_thread *thread = told[i]->thread;
		struct nd_thread *entry = told[i]->into->thread;

		thread->family.entry = entry;
		thread->family.kin = told[i]->kin;
		*x_append(entry, entry->family.member,
		          entry->family.member_count) = thread;
	}
}

void
nd_family_find(struct nd_thread *const *thread, size_t count)
{
	void *tmp = talloc_new(NULL);
	struct families families = {
		.by_root = nd_map_new(tmp),
		.follower = nd_map_new(tmp),
		.buckets = nd_map_new(tmp),
	};

	collect_members(&families, thread, count);
	if (families.count > 1)
		qsort(families.member, families.count, sizeof *families.member,
		      compare_entries);
	collect_versions(&families);
	find_newest(&families);
	for (size_t i = 0; i < families.count; i++)
		fold_version(&families, &families.member[i]);
	fill_buckets(&families);
	for (size_t i = 0; i < families.count; i++)
		fold_backport(&families, &families.member[i]);
	settle(&families, x_array(tmp, struct member *, families.count + 1));
	talloc_free(tmp);
}
