/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * thread.h - one conversation: its mails, the facts about it, its summary
 *
 * mail/ fills the messages, analyse/ the facts, summarise/ the summary. Times
 * are seconds since the epoch, UTC.
 */
#ifndef ND_MODEL_THREAD_H
#define ND_MODEL_THREAD_H

#include "model/message.h"
#include "model/series.h"
#include "model/standing.h"
#include "model/summary.h"
#include "model/trailer.h"

enum nd_category {
	ND_CATEGORY_PULL,
	ND_CATEGORY_RFC,
	ND_CATEGORY_PATCH,
	ND_CATEGORY_OTHER,
	ND_CATEGORY_COUNT
};

/* The finer class; the words are those of the JSON report (doc/schema.md). */
enum nd_kind {
	ND_KIND_SERIES,
	ND_KIND_SINGLE_PATCH,
	ND_KIND_PULL_REQUEST,
	ND_KIND_STABLE_REVIEW, /* [PATCH 5.10 1/99] by stable maintainers */
	ND_KIND_STABLE_NOTICE, /* "has been added to the 5.10-stable tree" */
	ND_KIND_BACKPORT,      /* a patch sent to stable */
	ND_KIND_BUG_REPORT,
	ND_KIND_QUESTION,
	ND_KIND_ANNOUNCEMENT,
	ND_KIND_DISCUSSION,
	ND_KIND_COUNT
};

/* Somebody who wrote into the thread; one entry an address. */
struct nd_participant {
	struct nd_address who;
	unsigned messages;     /* all of the thread's */
	unsigned new_messages; /* those that are new */
	bool robot;
};

struct nd_counts {
	unsigned total; /* mails up to the window's end */
	unsigned new_messages;
	unsigned participants;     /* distinct From addresses */
	unsigned new_participants; /* the same among new mails */
	unsigned unreadable;       /* mails whose file could not be read */
};

/* How much of the thread the summary has looked at. */
struct nd_coverage {
	unsigned messages, read;
	size_t bytes, bytes_read; /* of people's own words */
};

/* Why a sentence counts as an act: what spoke for it and against it most. */
struct nd_heard {
	int32_t message;
	const char *act;      /* "requests-change" */
	const char *sentence; /* as written, on one line */
	double probability;
	struct nd_heard_reason {
		const char *what;
		double weight; /* log odds */
	} * reason;            /* the weightiest first */
	size_t reason_count;
};

/* Why a thread is told in another one's entry of a report. */
enum nd_kin {
	ND_KIN_NONE,    /* it has an entry of its own */
	ND_KIN_EARLIER, /* an earlier version of it */
	ND_KIN_AGAIN,   /* the same version, which was sent again */
	ND_KIN_BACKPORT,
	ND_KIN_NOTICE, /* a script says that the patch is in a stable tree */
};

/* The threads of a report that make one entry (lineage/family.h). */
struct nd_family {
	struct nd_thread *entry; /* in whose entry it is told; NULL: its own */
	enum nd_kin kin;
	struct nd_thread **member; /* told in this one's entry: versions, the
	                            * newest first, then backports */
	size_t member_count;
};

/* Who says that it will come may have sent it just before. */
enum { ND_SEQUEL_EARLY_S = 3600 };

/* What was posted later, elsewhere, and may be what the thread waits for. */
struct nd_sequel {
	const struct nd_message *mail; /* of another thread of the report's */
	const struct nd_address *who;  /* its sender */
	bool same; /* takes the place of what is posted here */
};

/* All mails of threads that are parts of one (lineage/torn.h), by date. */
struct nd_talk {
	const struct nd_message **message;
	size_t count;
};

/* Until when something is called for (agenda/deadline.h). */
struct nd_deadline {
	int32_t message;
	int64_t day_s; /* the begin of that day, UTC */
};

struct nd_committers;
struct nd_front_line;

struct nd_thread {
	const char *id;              /* notmuch's, good for this run only */
	struct nd_message **message; /* by date, then by id */
	size_t message_count;
	struct nd_message **hidden; /* mails of it that are not told of
					 * (excluded tags, behind the window);
					 * read only to find quotes of them,
					 * or their time when it cannot be */
	size_t hidden_count;
	int32_t root;     /* index of the root: the earliest mail
					 * that answers none of the others */
	const char **tag; /* of all its mails, sorted, each once */
	size_t tag_count;
	bool encrypted; /* some mail has an encrypted part, or the tag */

	struct nd_counts counts;
	struct nd_participant *participant; /* in order of appearance */
	size_t participant_count;
	enum nd_category category;
	const char *user_category; /* of digest.categories, before ours;
					 * NULL when none matched */
	const char *list; /* the first of digest.lists that it has a mail of;
			   * NULL: none */
	enum nd_kind kind;
	const char *project;      /* NULL: none named (the kernel) */
	struct nd_series *series; /* the root's; NULL when it is not a patch */
	struct nd_series **more_series; /* others that begin in this thread */
	size_t more_series_count;
	struct nd_trailer *trailer; /* given in replies, by date */
	size_t trailer_count;
	struct nd_event *event; /* the ledger: by mail, then by line */
	size_t event_count;
	struct nd_open_question *open_question; /* by mail, then by line */
	size_t open_question_count;
	struct nd_for_you *for_you; /* what has the user in attention, then by
	                             * mail; each mail once */
	size_t for_you_count;
	int32_t *to_user; /* new mails of others that have the user in To */
	size_t to_user_count;

	/* set when the version chains are known (analyse/state.h) */
	enum nd_thread_state state;
	const struct nd_series *newest; /* the newest version of series that
	                                 * was posted here, which the state is
	                                 * of; or series itself, or NULL */
	bool stalled; /* something is awaited, no mail for two weeks */
	int32_t *state_evidence; /* indices of mails, in order */
	size_t state_evidence_count;
	struct nd_attention *attention; /* who must act, the surest first; each
	                                 * person once */
	size_t attention_count;
	struct nd_attention *more_attention; /* what else is expected of them,
	                                      * or by further mails */
	size_t more_attention_count;
	struct nd_attention *closed; /* what was expected and is no more; by
	                              * mail */
	size_t closed_count;
	const char *waiting_for;    /* the first of them, or NULL */
	struct nd_applied *applied; /* NULL: nobody said so */

	bool may_post; /* a subject has a "[", as those of patches do */
	const struct nd_committers *committers; /* who takes patches here
						 * (analyse/committers.h), not
						 * the thread's; NULL: not
						 * known */
	unsigned taken_most; /* by one of the people of the thread */
	bool author_takes;   /* who posted it takes patches here, too: nobody
	                      * need answer (settled with the state) */
	const char *merged;  /* what its digest remembers of commits
				  * (analyse/merged.h); NULL: nothing */

	struct nd_deadline *deadline; /* NULL: no call, or none is sure */

	struct nd_heard *heard; /* when asked for (analyse/speech.h); by mail */
	size_t heard_count;

	struct nd_summary *summary;
	struct nd_coverage coverage;
	struct nd_family family;    /* when it is one of a report's */
	const struct nd_talk *talk; /* of the report's, that this is a part of,
	                             * not the thread's; NULL: it is whole */
	uint64_t *pulled;           /* hashes of the titles that a pull request
	                             * lists (analyse/fingerprint.h) */
	size_t pulled_count;
	struct nd_sequel *sequel; /* by date (lineage/sequel.h) */
	size_t sequel_count;
	const struct nd_front_line *front; /* of the report's front page
	                                    * (agenda/front.h); NULL: none */
};

/** The word for a category or kind in reports and tags: "patch", "question". */
const char *nd_thread_category_name(enum nd_category category);
const char *nd_thread_kind_name(enum nd_kind kind);

/**
 * The name a thread is filed under: the user's category when one matched,
 * else that of thread->category.
 */
const char *nd_thread_category(const struct nd_thread *thread);

/**
 * The version that was taken, of a thread that has several: that of the series
 * below which the mail stands that says so; 0: it is the first one's, or none was.
 */
int nd_thread_taken_version(const struct nd_thread *thread);

/**
 * How many patches of a series were posted in the thread: all that its cover or
 * first patch announces; when it begins in the middle, those that are there.
 */
int nd_thread_posted_patches(const struct nd_thread *thread,
                             const struct nd_series *series);

/** The index of the mail with this id; ND_NO_MESSAGE: none, or id is NULL. */
int32_t nd_thread_find_mail(const struct nd_thread *thread, const char *id);

/** Is a mail with this id in the thread? NULL: no. */
bool nd_thread_has_mail(const struct nd_thread *thread, const char *id);

/** Has who is to act written nothing since the mail that tells it? */
bool nd_thread_is_silent(const struct nd_thread *thread,
                         const struct nd_attention *one);

/** The root message. A thread has at least one message. */
const struct nd_message *nd_thread_root(const struct nd_thread *thread);

/**
 * For qsort() of struct nd_thread *: the thread with the newest mail first. The
 * mails of a thread may be in any order.
 */
int nd_thread_compare_newest(const void *a, const void *b);

/**
 * Free what only reading and analysis need of all messages: bodies, references,
 * recipients but for those of the first mail of a series. What is left is small.
 */
void nd_thread_drop_text(struct nd_thread *thread);

#endif
