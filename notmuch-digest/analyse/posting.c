/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/posting.h"

#include <string.h>

#include "model/address.h"
#include "text/title.h"
#include "text/version.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/map.h"
#include "util/str.h"

enum {
	COVER_GAP_S = 3600, /* between a plain cover letter and patch 1 */
	ANCESTORS = 64      /* of an answer that may be a new version */
};

/* What is collected while the thread is read from its start to its end. */
struct collection {
	struct nd_thread *thread;
	struct nd_map *latest; /* series of this version, total, sender */
	struct nd_series **of; /* the series each mail belongs to */
	struct nd_series **series;
	size_t count;
};

static const struct nd_subject *
parts_of(const struct nd_thread *thread, int32_t index)
{
	return thread->message[index]->parts;
}

static bool
has_diff(const struct nd_message *message)
{
	return message->body && (message->body->flags & ND_BODY_DIFF);
}

/* A diff that somebody signs off, not one shown in the middle of an idea. */
static bool
has_signed_diff(const struct nd_message *message)
{
	static const char sign_off[] = "signed-off-by:";
	const struct nd_body *body = message->body;

	for (size_t i = 0; has_diff(message) && i < body->line_count; i++)
		if (body->line[i].kind == ND_LINE_OWN &&
		    nd_mem_starts_nocase(body->text + body->line[i].start,
		                         body->line[i].len, sign_off))
			return true;
	return false;
}

/* Patch grammar: [RFC], [tree 1/2], [v2] are patches only with a diff. */
static bool
has_patch_tag(const struct nd_message *message)
{
	unsigned flags = message->parts->flags;

	if (flags & ND_SUBJECT_PATCH)
		return true;
	if (!(flags & ND_SUBJECT_RFC) && !(flags & ND_SUBJECT_NUMBERED))
		return message->parts->versioned && has_signed_diff(message);
	if (!(flags & ND_SUBJECT_RFC))
		return message->parts->number == 0 || has_signed_diff(message);
	return (flags & ND_SUBJECT_NUMBERED) || has_signed_diff(message);
}

static bool
same_tag_and_title(const struct nd_subject *a, const struct nd_subject *b)
{
	return strcmp(a->title, b->title) == 0 &&
	       strcmp(a->prefix, b->prefix) == 0;
}

static bool
is_answer_without_re(const struct nd_thread *thread,
                     const struct nd_message *message)
{
	return message->parent != ND_NO_MESSAGE && message->body &&
	       !has_diff(message) &&
	       same_tag_and_title(message->parts,
	                          parts_of(thread, message->parent));
}

bool
nd_posting_is(const struct nd_thread *thread, size_t index)
{
	const struct nd_message *message = thread->message[index];
	unsigned flags = message->parts->flags;

	if (message->flags & ND_MESSAGE_RESPONDER)
		return false;
	if (flags & (ND_SUBJECT_REPLY | ND_SUBJECT_FORWARD))
		return false;
	if (!(flags & ND_SUBJECT_PULL) && !has_patch_tag(message))
		return false;
	return !is_answer_without_re(thread, message);
}

static bool
is_cover(const struct nd_subject *parts)
{
	return (parts->flags & ND_SUBJECT_NUMBERED) && parts->number == 0;
}

/* The place of a mail in a series: 1 to total; 0 for none, as a cover. */
static int
slot_of(const struct nd_series *series, const struct nd_subject *parts)
{
	if (!(parts->flags & ND_SUBJECT_NUMBERED))
		return 1;
	return parts->number <= series->total ? parts->number : 0;
}

static struct nd_series *
new_series(const void *ctx, const struct nd_subject *parts)
{
	struct nd_series *series = x_new(ctx, struct nd_series);

	series->version = parts->version;
	series->total = parts->total > 0 ? parts->total : 1;
	series->root = ND_NO_MESSAGE;
	series->title = parts->title;
	series->author = (struct nd_address){.name = "", .addr = ""};
	series->patch = x_array(series, int32_t, series->total);
	for (int i = 0; i < series->total; i++)
		series->patch[i] = ND_NO_MESSAGE;
	return series;
}

static struct nd_series *
add_series(struct collection *all, const struct nd_subject *parts)
{
	struct nd_series *series;

	if (all->count >= ND_LIMIT_SERIES)
		return NULL;
	series = new_series(all->thread, parts);
	*x_append(all->latest, all->series, all->count) = series;
	return series;
}

static bool
is_complete(const struct nd_series *series)
{
	for (int i = 0; i < series->total; i++)
		if (series->patch[i] == ND_NO_MESSAGE)
			return false;
	return true;
}

/* Patch 1 once more, before the others and a cover letter came: all of it. */
static bool
begins_again(const struct collection *all, const struct nd_series *series,
             const struct nd_subject *parts)
{
	return parts->number == 1 && parts->total > 1 &&
	       series->patch[0] != ND_NO_MESSAGE &&
	       series->root == series->patch[0] &&
	       !is_cover(parts_of(all->thread, series->root)) &&
	       !is_complete(series);
}

/* Is there room for this mail? A second, different 3/5 begins a new series. */
static bool
has_room(const struct collection *all, const struct nd_series *series,
         const struct nd_subject *parts)
{
	int slot = slot_of(series, parts);
	int32_t holder;

	if (is_cover(parts))
		return series->root == ND_NO_MESSAGE ||
		       !is_cover(parts_of(all->thread, series->root));
	if (slot == 0)
		return true;
	if (begins_again(all, series, parts))
		return false;
	holder = series->patch[slot - 1];
	return holder == ND_NO_MESSAGE ||
	       strcmp(parts_of(all->thread, holder)->title, parts->title) == 0;
}

static bool
is_version_of(const struct collection *all, const struct nd_series *series,
              const struct nd_subject *parts)
{
	const struct nd_subject *root = parts_of(all->thread, series->root);

	return root->version == parts->version &&
	       root->revision == parts->revision && root->total == parts->total;
}

/*
 * The series that a numbered patch continues: the last one of its sender with
 * this version and total, else its parent's, for series sent by two people.
 */
static struct nd_series *
continued_series(const struct collection *all, const char *key,
                 const struct nd_message *message)
{
	struct nd_series *series = nd_map_get(all->latest, key);

	if (series && has_room(all, series, message->parts))
		return series;
	if (message->parent == ND_NO_MESSAGE)
		return NULL;
	series = all->of[message->parent];
	if (series && is_version_of(all, series, message->parts) &&
	    has_room(all, series, message->parts))
		return series;
	return NULL;
}

/* Some name the tree on the cover letter only. */
static bool
same_project(const char *a, const char *b)
{
	return !a || !b || strcmp(a, b) == 0;
}

/* [PATCH 08/11] by mistake among [PATCH v2 k/11]: the one that is missing. */
static bool
fills_gap(const struct nd_series *series, const struct nd_subject *parts)
{
	int slot = slot_of(series, parts);

	return series->total == parts->total && slot > 0 &&
	       series->patch[slot - 1] == ND_NO_MESSAGE;
}

/* A cover letter by its text: "[PATCHSET v2] all", and patches answer it. */
static bool
is_unnumbered_cover(const struct nd_message *message)
{
	return !(message->parts->flags & ND_SUBJECT_NUMBERED) &&
	       message->body && !has_diff(message);
}

static bool
has_patches(const struct nd_series *series)
{
	for (int i = 0; i < series->total; i++)
		if (series->patch[i] != ND_NO_MESSAGE &&
		    series->patch[i] != series->root)
			return true;
	return false;
}

/* The number of its patches is what the first of them says. */
static void
open_series(struct nd_series *series, int total)
{
	TALLOC_FREE(series->patch);
	series->total = total;
	series->patch = x_array(series, int32_t, total);
	for (int i = 0; i < total; i++)
		series->patch[i] = ND_NO_MESSAGE;
}

/*
 * The series of a cover letter whose patches say another version or total, or
 * none: [PATCH v4 0/6] by mistake over 1/5 to 5/5, which count, [PATCH v3 0/3] over
 * [PATCH 1/3], [PATCHSET v2] over [PATCH 1/2]. They answer it, it has no patches of
 * its own, and both are of one sender and project; or a single one does.
 */
static struct nd_series *
covered_series(const struct collection *all, const struct nd_message *message)
{
	const struct nd_message *cover;
	struct nd_series *series;

	if (message->parent == ND_NO_MESSAGE || message->parts->number == 0)
		return NULL;
	cover = all->thread->message[message->parent];
	series = all->of[message->parent];
	if (!series || series->root != message->parent ||
	    !(is_cover(cover->parts) || is_unnumbered_cover(cover)) ||
	    !nd_address_same_person(&cover->sender, &message->sender) ||
	    !same_project(cover->parts->project, message->parts->project))
		return NULL;
	if (has_patches(series))
		return fills_gap(series, message->parts) ? series : NULL;
	if (is_unnumbered_cover(cover) ||
	    cover->parts->total != message->parts->total)
		open_series(series, message->parts->total);
	if (series->version < message->parts->version)
		series->version = message->parts->version;
	return series;
}

/* The same for patches that name no version, which an older one may have. */
static struct nd_series *
unversioned_series(const struct collection *all,
                   const struct nd_message *message)
{
	return message->parts->versioned ? NULL : covered_series(all, message);
}

static char *
series_key(const void *ctx, const struct nd_message *message)
{
	const struct nd_subject *parts = message->parts;
	const char *sender = nd_address_key(NULL, &message->sender);
	char *key = x_asprintf(ctx, "%d.%d/%d %d %s", parts->version,
	                       parts->revision, parts->total,
	                       !!(parts->flags & ND_SUBJECT_RESEND), sender);

	talloc_free((void *)sender);
	return nd_str_lower(key);
}

/* The root is the cover letter, else the first patch that is there. */
static void
join(struct collection *all, struct nd_series *series, int32_t index)
{
	const struct nd_subject *parts = parts_of(all->thread, index);
	int slot;

	if (!series)
		return;
	slot = slot_of(series, parts);
	all->of[index] = series;
	if (slot > 0 && series->patch[slot - 1] == ND_NO_MESSAGE)
		series->patch[slot - 1] = index;
	if (series->root == ND_NO_MESSAGE ||
	    (parts->number < parts_of(all->thread, series->root)->number))
		series->root = index;
}

/* Single patches are never parts of something. */
static struct nd_series *
series_for(struct collection *all, const struct nd_message *message)
{
	char *key = series_key(NULL, message);
	struct nd_series *series = NULL;

	if (message->parts->flags & ND_SUBJECT_NUMBERED) {
		series = unversioned_series(all, message);
		if (!series)
			series = continued_series(all, key, message);
		if (!series)
			series = covered_series(all, message);
	}
	if (!series)
		series = add_series(all, message->parts);
	if (series && (message->parts->flags & ND_SUBJECT_NUMBERED))
		nd_map_set(all->latest, key, series);
	talloc_free(key);
	return series;
}

/* A [KVMTOOL] patch among others does not make it a series of kvmtool. */
static void
describe(const struct collection *all)
{
	for (size_t i = 0; i < all->count; i++) {
		struct nd_series *series = all->series[i];
		const struct nd_message *root =
			all->thread->message[series->root];

		series->title = root->parts->title;
		series->project = root->parts->project;
		series->revision = root->parts->revision;
		series->rfc = root->parts->flags & ND_SUBJECT_RFC;
		series->author = root->sender;
	}
}

/* The series that a root like "Re: [PATCH v7 00/23] …" is an answer to. */
static struct nd_series *
answered_series(const struct collection *all)
{
	const struct nd_message *root = nd_thread_root(all->thread);
	const struct nd_subject *parts = root->parts;
	struct nd_series *series;

	if (!(parts->flags & ND_SUBJECT_REPLY) || !has_patch_tag(root) ||
	    (parts->flags & ND_SUBJECT_PULL))
		return NULL;
	for (size_t i = 0; i < all->count; i++)
		if (is_version_of(all, all->series[i], parts))
			return all->series[i];
	series = new_series(all->thread, parts);
	series->project = parts->project;
	series->revision = parts->revision;
	series->rfc = parts->flags & ND_SUBJECT_RFC;
	series->root = all->thread->root;
	return series;
}

/* Sent with it, in one go: its first patches answer it. */
static bool
is_covered_by(const struct nd_series *series, const struct nd_thread *thread,
              const struct nd_message *cover)
{
	const struct nd_message *first = thread->message[series->root];
	int64_t gap_s = first->date_s - cover->date_s;

	return series->total > 1 && first->parts->number == 1 &&
	       gap_s > -COVER_GAP_S && gap_s < COVER_GAP_S &&
	       nd_address_same_person(&first->sender, &cover->sender);
}

/* "make foo simpler v4", over [PATCH 1/21], is its version 4. */
static void
take_title(struct nd_series *series, const struct nd_subject *parts)
{
	const char *title = parts->title;
	size_t len = strlen(title);
	int version = parts->versioned
	                      ? parts->version
	                      : nd_version_of_title(&title, &len, true);

	series->title = x_strndup(series, title, len);
	if (series->version == 1 && version > 0)
		series->version = version;
	if (!series->project)
		series->project = parts->project;
	series->rfc = series->rfc || (parts->flags & ND_SUBJECT_RFC);
}

/* No tag, one that says no more than RFC, or the list's, as its patches. */
static bool
has_plain_subject(const struct nd_message *cover,
                  const struct nd_message *patch)
{
	unsigned flags = cover->parts->flags;

	if (flags & (ND_SUBJECT_REPLY | ND_SUBJECT_FORWARD | ND_SUBJECT_PULL))
		return false;
	return (flags & ND_SUBJECT_RFC) ||
	       nd_str_starts(patch->parts->prefix, cover->parts->prefix);
}

/* The cover letter of a series may have a plain subject. */
static void
adopt_plain_cover(const struct collection *all, struct nd_series *series)
{
	struct nd_thread *thread = all->thread;
	int32_t place = thread->message[series->root]->parent;
	const struct nd_message *cover;

	if (place == ND_NO_MESSAGE || all->of[place])
		return;
	cover = thread->message[place];
	if (has_diff(cover) || !cover->body ||
	    !has_plain_subject(cover, thread->message[series->root]) ||
	    !is_covered_by(series, thread, cover))
		return;
	cover->parts->flags |= ND_SUBJECT_PATCH;
	take_title(series, cover->parts);
	series->root = place;
	all->of[place] = series;
}

static void
file_series(const struct collection *all)
{
	struct nd_thread *thread = all->thread;

	thread->series = all->of[thread->root];
	if (!thread->series)
		thread->series = answered_series(all);
	for (size_t i = 0; i < all->count; i++) {
		if (all->series[i] == thread->series)
			continue;
		*x_append(thread, thread->more_series,
		          thread->more_series_count) = all->series[i];
	}
}

/* The nearest posting above the answer, by the same sender, if it is older. */
static bool
is_of_older_version(const struct nd_thread *thread,
                    const struct nd_message *answer)
{
	int32_t at = answer->parent;

	for (int steps = 0; at != ND_NO_MESSAGE && steps < ANCESTORS; steps++) {
		const struct nd_message *message = thread->message[at];

		if (nd_posting_is(thread, (size_t)at))
			return message->parts->version <
			               answer->parts->version &&
			       nd_str_equal_nocase(message->sender.addr,
			                           answer->sender.addr);
		at = message->parent;
	}
	return false;
}

/*
 * "Re: [PATCH v2] foo", written as an answer to what was said of the first
 * version, with a signed diff: the mail program has put Re: before a posting.
 */
static void
drop_needless_re(struct nd_thread *thread)
{
	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_message *message = thread->message[i];
		struct nd_subject *parts = message->parts;

		if ((parts->flags & ND_SUBJECT_REPLY) &&
		    (parts->flags & ND_SUBJECT_PATCH) && parts->versioned &&
		    !(parts->flags & (ND_SUBJECT_FORWARD | ND_SUBJECT_PULL)) &&
		    has_signed_diff(message) &&
		    is_of_older_version(thread, message))
			parts->flags &= ~(unsigned)ND_SUBJECT_REPLY;
	}
}

/* Of one sender, version and number? */
static bool
has_number_of(const struct nd_message *a, const struct nd_message *b)
{
	return a->parts->number == b->parts->number &&
	       a->parts->total == b->parts->total &&
	       a->parts->version == b->parts->version &&
	       a->parts->revision == b->parts->revision &&
	       nd_address_same_person(&a->sender, &b->sender);
}

/* The patch that has the number of a mail without a diff; NULL: there is none. */
static const struct nd_message *
patch_of_number(const struct nd_thread *thread, size_t index)
{
	for (size_t i = 0; i < thread->message_count; i++)
		if (i != index && nd_posting_is(thread, i) &&
		    has_diff(thread->message[i]) &&
		    has_number_of(thread->message[i], thread->message[index]))
			return thread->message[i];
	return NULL;
}

/*
 * A mail without a diff beside the patch of its number: "[PATCH v2 1/2] foo" again is
 * an answer that was sent as patches are; "[PATCH v2 1/2] all of it" is the cover
 * letter, numbered by hand.
 */
static void
read_empty_patches(struct nd_thread *thread)
{
	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_message *message = thread->message[i];
		struct nd_subject *parts = message->parts;
		const struct nd_message *patch;

		if (has_diff(message) || !message->body || is_cover(parts) ||
		    !nd_posting_is(thread, i))
			continue;
		patch = patch_of_number(thread, i);
		if (!patch)
			continue;
		if (strcmp(patch->parts->title, parts->title) != 0) {
			if (parts->number == 1 && parts->total > 1)
				parts->number = 0;
		} else if (message->parent != ND_NO_MESSAGE) {
			parts->flags |= ND_SUBJECT_REPLY;
		}
	}
}

void
nd_posting_find_series(struct nd_thread *thread)
{
	struct collection all = {.thread = thread};

	drop_needless_re(thread);
	read_empty_patches(thread);
	all.latest = nd_map_new(NULL);
	all.of = x_array(all.latest, struct nd_series *, thread->message_count);
	for (size_t i = 0; i < thread->message_count; i++)
		if (nd_posting_is(thread, i) &&
		    !(thread->message[i]->parts->flags & ND_SUBJECT_PULL))
			join(&all, series_for(&all, thread->message[i]),
			     (int32_t)i);
	describe(&all);
	for (size_t i = 0; i < all.count; i++)
		adopt_plain_cover(&all, all.series[i]);
	file_series(&all);
	talloc_free(all.latest);
}

/* Of two single patches: are they for two chips, languages or files, or of two
 * things altogether? */
static bool
is_for_another(const struct nd_series *a, const struct nd_series *b)
{
	struct nd_title x, y;

	if (a->total != 1 || b->total != 1)
		return false;
	nd_title_read(a->title, strlen(a->title), &x);
	nd_title_read(b->title, strlen(b->title), &y);
	return nd_title_siblings(&x, &y) == ND_TITLE_SURE ||
	       nd_title_likeness(&x, &y) == 0;
}

/* Of a series of which only answers are there the author is not known. */
static bool
may_be_same_author(const struct nd_series *a, const struct nd_series *b)
{
	return !*a->author.addr ||
	       nd_str_equal_nocase(a->author.addr, b->author.addr);
}

const struct nd_series *
nd_posting_newest_series(const struct nd_thread *thread)
{
	const struct nd_series *newest = thread->series;

	for (size_t i = 0; newest && i < thread->more_series_count; i++) {
		const struct nd_series *other = thread->more_series[i];

		if (other->version > newest->version &&
		    may_be_same_author(thread->series, other) &&
		    (strcmp(other->title, newest->title) == 0 ||
		     (other->total == newest->total &&
		      !is_for_another(other, newest))))
			newest = other;
	}
	return newest;
}

/* "Trailers revisited (was: [PULL] ring fixes)", "foo [was Re: bar]" */
static bool
renames(const char *title)
{
	static const char *const words[] = {"(was:", "(was ", "[was:", "[was "};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (nd_mem_find_nocase(title, strlen(title), words[i]))
			return true;
	return false;
}

bool
nd_posting_is_aside(const struct nd_thread *thread, size_t index)
{
	const struct nd_subject *parts = thread->message[index]->parts;

	return renames(parts->title) &&
	       !(parts->flags & (ND_SUBJECT_PATCH | ND_SUBJECT_PULL)) &&
	       !renames(nd_thread_root(thread)->parts->title);
}

/* Each chain of answers is walked once. */
int32_t *
nd_posting_targets(const void *ctx, const struct nd_thread *thread)
{
	enum { UNKNOWN = -2 };
	int32_t *target = x_array(ctx, int32_t, thread->message_count);

	for (size_t i = 0; i < thread->message_count; i++)
		target[i] = nd_posting_is(thread, i)         ? (int32_t)i
		            : nd_posting_is_aside(thread, i) ? ND_NO_MESSAGE
		                                             : UNKNOWN;
	for (size_t i = 0; i < thread->message_count; i++) {
		int32_t at = (int32_t)i, found = ND_NO_MESSAGE;
		size_t steps = 0;

		while (at != ND_NO_MESSAGE && target[at] == UNKNOWN &&
		       steps++ < thread->message_count)
			at = thread->message[at]->parent;
		if (at != ND_NO_MESSAGE && target[at] != UNKNOWN)
			found = target[at];
		for (at = (int32_t)i;
		     at != ND_NO_MESSAGE && target[at] == UNKNOWN;
		     at = thread->message[at]->parent)
			target[at] = found;
	}
	return target;
}
