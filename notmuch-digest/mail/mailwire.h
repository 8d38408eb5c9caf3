/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mailwire.h - a mail to be read, and what was read of it, as bytes
 *
 * From the process that has the files to the one in the cage (cage/), and back.
 * What comes back is as hostile as the mail: all that model/message.h promises
 * of it is checked here, each length, number, word and text.
 */
#ifndef ND_MAIL_MAILWIRE_H
#define ND_MAIL_MAILWIRE_H

#include <stdbool.h>

#include "cage/wire.h"
#include "mail/read.h"
#include "model/message.h"

/** What nd_read_opened() needs of message and its files, but descriptors. */
void
nd_mailwire_put_request(struct nd_buf *out, const struct nd_message *message,
                        const struct nd_read_file *file);

/**
 * The same again, owned by ctx; an fd for each file that could be opened.
 *
 * *files     one for each of nd_read_file_count()
 */
struct nd_message *
nd_mailwire_take_request(const void *ctx, struct nd_wire *wire, const int *fd,
                         struct nd_read_file **files);

/** What nd_read_opened() returned and filled in. */
void
nd_mailwire_put_answer(struct nd_buf *out, const struct nd_message *message,
                       enum nd_status status, const struct nd_error *why);

/**
 * Fill message, which is as it was when the request was put.
 *
 * Returns    false when the bytes are not such; nothing has changed then, but
 *            that the "from the file" fields are blank
 */
bool nd_mailwire_take_answer(struct nd_message *message, const char *bytes,
                             size_t len, enum nd_status *status,
                             struct nd_error *why);

#endif
