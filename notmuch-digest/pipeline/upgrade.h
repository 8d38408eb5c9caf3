/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * upgrade.h - digests that wait for a language model get its summary
 *
 * The digests are there already, made of excerpts or by another model, and
 * nobody waits for the better ones: the model is asked with no lock but that of
 * the run that asks, and what it answers is written as it comes. What is not
 * answered waits for the next run.
 */
#ifndef ND_PIPELINE_UPGRADE_H
#define ND_PIPELINE_UPGRADE_H

#include "pipeline/llm.h"
#include "pipeline/pending.h"
#include "store/apply.h"
#include "util/i18n.h"

struct nd_upgrade {
	struct nd_pending_ask ask;
	struct nd_llm *llm;
	const struct nd_i18n *i18n; /* of the digests */
	bool look;                  /* only add to the forecast of llm */

	struct nd_apply_counts *counts; /* what was done is added */

	/* results */
	size_t waiting;  /* digests, for the next run */
	const char *why; /* they do; "" */
};

/**
 * Carry it out.
 *
 * app        its db is closed afterwards
 * Returns    ND_OK, also when the model did not answer or another run asks;
 *            what nd_llm_run() and the database return
 */
enum nd_status
nd_upgrade_run(struct nd_app *app, struct nd_upgrade *upgrade) ND_MUST_CHECK;

#endif
