/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * obligation_private.h - what those share who find what is owed and was
 */
#ifndef ND_AGENDA_OBLIGATION_PRIVATE_H
#define ND_AGENDA_OBLIGATION_PRIVATE_H

#include "agenda/obligation.h"

enum {
	ND_OBLIGATION_DAY_S = 24 * 3600,
	ND_OBLIGATION_LATE_DAYS = 14, /* a promise, or reviewed patches */
};

/* What is asked while the obligations of a thread are looked for. */
struct nd_obligation_look {
	const struct nd_thread *thread;
	const struct nd_user *user;
	int64_t clock_s;
	struct nd_obligation *found;
	size_t count;
};

extern const enum nd_obligation_why
	nd_obligation_of_attention[ND_ATTENTION_COUNT];

static inline bool
nd_obligation_is_old(const struct nd_obligation_look *look, int64_t since_s,
                     int days)
{
	return look->clock_s - since_s >= (int64_t)days * ND_OBLIGATION_DAY_S;
}

static inline bool
nd_obligation_is_by_user(const struct nd_obligation_look *look, int32_t message)
{
	return message != ND_NO_MESSAGE &&
	       nd_standing_is_user(look->user,
	                           &look->thread->message[message]->sender);
}

static inline bool
nd_obligation_is_answer(const struct nd_message *mail)
{
	return mail->parts && (mail->parts->flags & ND_SUBJECT_REPLY);
}

/** A new one, of that mail and its date. */
struct nd_obligation *
nd_obligation_add(const void *ctx, struct nd_obligation_look *look,
                  enum nd_obligation_list list, enum nd_obligation_why why,
                  int32_t message);

/** Has the user posted the newest version, or begun to talk? */
bool nd_obligation_is_users_thread(const struct nd_obligation_look *look);

/* ---- how sure it is: obligation_doubt.c ---- */

/** The mail that says so: of a promise, the last that says it. */
int32_t nd_obligation_proof(const struct nd_thread *thread,
                            const struct nd_attention *one);

/**
 * The first later mail of somebody (NULL: anybody but robots), here or in
 * another part of the talk; NULL: none.
 */
const struct nd_message *
nd_obligation_written_since(const struct nd_thread *thread, int32_t message,
                            const struct nd_address *who);

/** Is it this mail that is looked for? */
typedef bool
nd_obligation_wants(const void *arg, const struct nd_message *mail);

/** The first later mail of the talk, not here, that is wanted; or NULL. */
const struct nd_message *
nd_obligation_elsewhere(const struct nd_thread *thread, int32_t message,
                        nd_obligation_wants *wants, const void *arg);

/**
 * The first mail posted later, elsewhere, that may be what the thread waits
 * for: what takes the place of what is posted here, or is by this person (NULL:
 * by nobody) and may be it; or NULL.
 */
const struct nd_message *
nd_obligation_sequel(const struct nd_thread *thread, int32_t message,
                     const struct nd_address *who);

/** What is owed is not sure any more since this mail, in whatever thread. */
void nd_obligation_set_doubt(struct nd_obligation *one,
                             const struct nd_message *mail);

/** Was it said before the patches were taken? */
bool nd_obligation_is_settled(const struct nd_thread *thread, int32_t message);

/** The mail since which it is not sure enough to be told of; NULL: it is. */
const struct nd_message *
nd_obligation_doubt(const struct nd_obligation_look *look,
                    const struct nd_attention *one);

/** Could it be told of at all? */
bool nd_obligation_is_telling(const struct nd_obligation_look *look,
                              const struct nd_attention *one);

/** Does the one of whom it is expected say here that it will be done? */
bool nd_obligation_is_promise(const struct nd_event *event,
                              const struct nd_attention *one);

/** Is it the user who waits for it? */
bool nd_obligation_is_owed_to_user(const struct nd_obligation_look *look,
                                   const struct nd_attention *one);

bool nd_obligation_can_be_late(enum nd_attention_why why);

/* ---- what nobody has answered: obligation_answer.c ---- */

/** Add what the thread owes to all who read it. */
void
nd_obligation_find_unanswered(const void *ctx, struct nd_obligation_look *look);

/** Add what was posted and is answered, by that or in another thread. */
void
nd_obligation_close_answered(const void *ctx, struct nd_obligation_look *look,
                             const char *elsewhere);

/* ---- what is closed: obligation_closed.c ---- */

/** A new one that this mail, in whatever thread, has closed. */
struct nd_obligation *
nd_obligation_add_closed(const void *ctx, struct nd_obligation_look *look,
                         enum nd_obligation_why why, int32_t message,
                         const char *closed_by);

/** The list it was in when it was closed, as far as its age tells. */
enum nd_obligation_list
nd_obligation_list_by_age(const struct nd_obligation *one,
                          enum nd_obligation_list late, int days);

#endif
