/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reader.h - mails are read in the cage, or here
 *
 * The files are opened here; what is in them is parsed by a worker (cage/cage.h)
 * that has nothing but them. A mail that kills its worker is one that cannot be
 * read; the others are. Several threads may read at once. With no reader (NULL)
 * all is done here, with the same result.
 */
#ifndef ND_MAIL_READER_H
#define ND_MAIL_READER_H

#include "cage/cage.h"
#include "model/message.h"
#include "util/status.h"

struct nd_reader;

/** Can there be one on this machine? */
bool nd_reader_is_available(void);

/** Start one, by the main thread and while there is no other. */
enum nd_status nd_reader_new(const void *ctx, struct nd_reader **out,
                             struct nd_error *err) ND_MUST_CHECK;

/* What came of one mail. */
struct nd_reader_result {
	enum nd_status status; /* as nd_read_mail(), or ND_ERR_LIMIT: its
				* reading was stopped */
	struct nd_error why;   /* of a status that is not ND_OK */
};

/**
 * nd_read_mail() for each.
 *
 * result     room for count
 * Returns    ND_OK; ND_ERR_IO when there can be no worker
 */
enum nd_status
nd_reader_mails(struct nd_reader *reader, struct nd_message *const *message,
                size_t count, struct nd_reader_result *result,
                struct nd_error *err) ND_MUST_CHECK;

/** nd_read_message_id(), or ND_ERR_LIMIT as above. */
enum nd_status
nd_reader_message_id(struct nd_reader *reader, const void *ctx,
                     const char *bytes, size_t len, const char **out,
                     struct nd_error *err) ND_MUST_CHECK;

/**
 * What else is to be parsed in the cage: bytes, which work asks for.
 *
 * reader     not NULL
 * take       gets work's answer; false when it is not such
 * what       "feed", for the message of ND_ERR_LIMIT
 */
enum nd_status
nd_reader_bytes(struct nd_reader *reader, const char *bytes, size_t len,
                nd_cage_work_fn *work,
                bool (*take)(void *arg, const char *bytes, size_t len),
                void *arg, const char *what,
                struct nd_error *err) ND_MUST_CHECK;

/** In work: the bytes, with a NUL behind them, owned by ctx. */
const char *nd_reader_given(const void *ctx,
                            const struct nd_cage_request *request, size_t *len);

#endif
