/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lock.h - one run of ours at a time
 *
 * A lock on the database's directory itself: it leaves no file behind and goes
 * with the process that has it. Other programs do not see it; what they wait
 * for is the write lock of a session.
 */
#ifndef ND_STORE_LOCK_H
#define ND_STORE_LOCK_H

#include "mail/db.h"
#include "util/status.h"

struct nd_lock;

/**
 * Wait for other runs of ours to end.
 *
 * *out       owned by ctx; freeing it lets the next one go on
 * Returns    ND_OK, also where the file system has no such locks;
 *            ND_ERR_BUSY after timeout_s
 */
enum nd_status
nd_lock_take(const void *ctx, struct nd_db *db, unsigned timeout_s,
             struct nd_lock **out, struct nd_error *err) ND_MUST_CHECK;

/**
 * Be the one run that asks a language model, which may take hours in which the
 * others shall write.
 *
 * Returns    the lock, owned by ctx; NULL when another run asks
 */
struct nd_lock *nd_lock_asking(const void *ctx, struct nd_db *db);

#endif
