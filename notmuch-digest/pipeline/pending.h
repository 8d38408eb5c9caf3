/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pending.h - the digests that wait for a language model
 *
 * Where the engine is "llm", a digest that is there, covers all mails of its
 * thread and is not the model's of the settings waits for it: the service was
 * down, the budget used up, the run broken off, or the settings are new. Only
 * threads of which the model may be shown something; and not one for which it
 * has been asked to an end, with or without a summary (store/index.h).
 *
 * Found out from the index and from the headers of digests.
 */
#ifndef ND_PIPELINE_PENDING_H
#define ND_PIPELINE_PENDING_H

#include "app/app.h"
#include "store/apply.h"

/* So often may the service fail at one thread while it answers others. */
enum { ND_PENDING_FAILURES_MAX = 3 };

struct nd_pending {
	const char *thread_id;
	const char *root_id;
	const char *key;    /* of its mails */
	const char *behind; /* of its digest, see mail/digestfile.h */
	const char *engine; /* that made the digest that is there */
	const char *model;  /* that wrote it; NULL for the engine "extract" */
	unsigned failures;  /* of the service at this thread alone */
};

struct nd_pending_list {
	struct nd_pending *pending; /* those that never failed first, then the
				     * newest threads */
	size_t count;
	/* Digests of the model of which the index does not know it. */
	struct nd_job *known;
	size_t known_count;
};

/* Whose digests are looked at. */
struct nd_pending_ask {
	const char *query; /* of the threads of this query, those too that the
			    * model was asked for before; NULL: of
			    * digest.query */
	int64_t since_s;   /* with no query: threads with mail since */
};

/**
 * Might some digest wait for the model, as far as is known without looking?
 * app->db is open.
 */
bool nd_pending_may_be(const struct nd_app *app);

/**
 * Find them; none when no model is wanted.
 *
 * *out       owned by app
 */
enum nd_status nd_pending_find(struct nd_app *app, const struct nd_store *store,
                               const struct nd_pending_ask *ask,
                               struct nd_pending_list **out) ND_MUST_CHECK;

/**
 * What digest.model says after so many failures at a thread; owned by ctx.
 */
const char *
nd_pending_failed_key(const void *ctx, const char *model, unsigned failures);

#endif
