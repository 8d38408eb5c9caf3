/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineage/torn.h"

#include <stdlib.h>
#include <string.h>

#include "model/address.h"
#include "text/title.h"
#include "util/alloc.h"
#include "util/map.h"

enum {
	SAID_WORDS = 2, /* "Re: Question" answers anything */
	GAP_DAYS = 60,
	AGAIN_DAYS = 7,
	DAY_S = 86400
};

/* One title of a thread: its own, or that of a patch it posts. */
struct piece {
	struct nd_thread *thread;
	const struct nd_message *mail;
	struct nd_talk **talk; /* of its thread, made when it is needed */
};

/* What has one title, in one version. */
struct bucket {
	struct piece *piece;
	size_t count;
};

struct tearing {
	const void *ctx; /* of the talks */
	struct nd_map *by_title;
	struct bucket **bucket;
	size_t bucket_count;
	struct nd_talk **talk; /* by thread */
};

static bool
is_patch_like(const struct nd_subject *parts)
{
	return parts->flags &
	       (ND_SUBJECT_PATCH | ND_SUBJECT_RFC | ND_SUBJECT_PULL);
}

static const char *
key_of(const void *ctx, const struct nd_subject *parts,
       const struct nd_title *title)
{
	char text[ND_TITLE_KEY_BYTES];

	nd_title_key(title, text);
	if (!is_patch_like(parts))
		return x_strdup(ctx, text);
	return x_asprintf(ctx, "%s v%d.%d %s", text, parts->version,
	                  parts->revision, parts->stable ? parts->stable : "-");
}

static void
add_piece(struct tearing *tearing, struct nd_thread *thread, size_t at,
          const struct nd_message *mail)
{
	struct bucket *bucket;
	struct nd_title title;
	const char *key;

	if (!mail->parts || !mail->parts->title)
		return;
	nd_title_read(mail->parts->title, strlen(mail->parts->title), &title);
	if (title.count < SAID_WORDS)
		return;
	key = key_of(tearing->by_title, mail->parts, &title);
	bucket = nd_map_get(tearing->by_title, key);
	if (!bucket) {
		bucket = x_new(tearing->by_title, struct bucket);
		nd_map_set(tearing->by_title, key, bucket);
		*x_append(tearing->by_title, tearing->bucket,
		          tearing->bucket_count) = bucket;
	}
	*x_append(bucket, bucket->piece, bucket->count) = (struct piece){
		.thread = thread,
		.mail = mail,
		.talk = &tearing->talk[at],
	};
}

static void
add_series(struct tearing *tearing, struct nd_thread *thread, size_t at,
           const struct nd_series *series)
{
	for (int i = 0; series && i < series->total; i++)
		if (series->patch[i] != ND_NO_MESSAGE &&
		    series->patch[i] != thread->root)
			add_piece(tearing, thread, at,
			          thread->message[series->patch[i]]);
	if (series && series->root != thread->root)
		add_piece(tearing, thread, at, thread->message[series->root]);
}

static bool
is_reply(const struct nd_message *mail)
{
	return mail->parts->flags & ND_SUBJECT_REPLY;
}

static void
add_thread(struct tearing *tearing, struct nd_thread *thread, size_t at)
{
	const struct nd_message *root = nd_thread_root(thread);

	add_piece(tearing, thread, at, root);
	if (!root->parts || is_reply(root))
		return;
	add_series(tearing, thread, at, thread->series);
	for (size_t i = 0; i < thread->more_series_count; i++)
		add_series(tearing, thread, at, thread->more_series[i]);
}

static int
compare_mails(const struct nd_message *x, const struct nd_message *y)
{
	if (x->date_s != y->date_s)
		return x->date_s < y->date_s ? -1 : 1;
	return strcmp(x->id, y->id);
}

static int
compare_pieces(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;

	return compare_mails(x->mail, y->mail);
}

static int
compare_talk(const void *a, const void *b)
{
	return compare_mails(*(struct nd_message *const *)a,
	                     *(struct nd_message *const *)b);
}

static int64_t
last_date(const struct nd_thread *thread)
{
	return thread->message[thread->message_count - 1]->date_s;
}

static void
add_mails(struct nd_talk *talk, const struct nd_thread *thread)
{
	for (size_t i = 0; i < thread->message_count; i++)
		*x_append(talk, talk->message, talk->count) =
			thread->message[i];
}

static void
join(struct tearing *tearing, const struct piece *first,
     const struct piece *piece)
{
	struct nd_talk *talk = *first->talk;

	/* Only replies have one title alone, and may be in one talk alone. */
	if (piece->thread == first->thread || *piece->talk)
		return;
	if (!talk) {
		talk = *first->talk = x_new(tearing->ctx, struct nd_talk);
		add_mails(talk, first->thread);
	}
	*piece->talk = talk;
	add_mails(talk, piece->thread);
}

/* Asked once more, within days: what answers one of them answers both. */
static bool
is_repeated(const struct piece *first, const struct piece *piece)
{
	return !is_patch_like(piece->mail->parts) &&
	       piece->mail->date_s - first->mail->date_s <=
	               (int64_t)AGAIN_DAYS * DAY_S &&
	       nd_address_same_person(&first->mail->sender,
	                              &piece->mail->sender);
}

static void
join_bucket(struct tearing *tearing, struct bucket *bucket)
{
	const struct piece *first = NULL;
	int64_t last_s = 0;

	if (bucket->count < 2)
		return;
	qsort(bucket->piece, bucket->count, sizeof *bucket->piece,
	      compare_pieces);
	for (size_t i = 0; i < bucket->count; i++) {
		const struct piece *piece = &bucket->piece[i];
		int64_t ends_s = last_date(piece->thread);

		if (!first ||
		    (!is_reply(piece->mail) && !is_repeated(first, piece)) ||
		    piece->mail->date_s - last_s > (int64_t)GAP_DAYS * DAY_S) {
			first = piece;
			last_s = ends_s;
			continue;
		}
		join(tearing, first, piece);
		if (ends_s > last_s)
			last_s = ends_s;
	}
}

void
nd_torn_find(const void *ctx, struct nd_thread *const *thread, size_t count)
{
	struct tearing tearing = {.ctx = ctx, .by_title = nd_map_new(NULL)};

	tearing.talk = x_array(tearing.by_title, struct nd_talk *, count + 1);
	for (size_t i = 0; i < count; i++)
		add_thread(&tearing, thread[i], i);
	for (size_t i = 0; i < tearing.bucket_count; i++)
		join_bucket(&tearing, tearing.bucket[i]);
	for (size_t i = 0; i < count; i++) {
		struct nd_talk *talk = tearing.talk[i];

		thread[i]->talk = talk;
		if (talk && talk->message[0] == thread[i]->message[0])
			qsort(talk->message, talk->count, sizeof *talk->message,
			      compare_talk);
	}
	talloc_free(tearing.by_title);
}
