/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * state.h - what the ledger of a thread adds up to
 *
 * The strongest thing that was said of the newest version in the thread
 * decides: merged, applied, superseded, withdrawn, rejected, changes
 * requested, reviewed; then whether anybody answered at all.
 */
#ifndef ND_STANDING_STATE_H
#define ND_STANDING_STATE_H

#include "model/thread.h"
#include "model/window.h"

/**
 * Set state, state_evidence, applied, waiting_for and stalled of a thread.
 *
 * thread     analysed; the version chains of its series are known by now. Its
 *            text is not needed any more
 * window     what "two weeks without mail" is counted from: now, or the end
 *            of the window when that comes first
 *
 * Calling it again begins anew. Pure; threads may be settled in parallel.
 */
void nd_state_settle(struct nd_thread *thread, const struct nd_window *window);

#endif
