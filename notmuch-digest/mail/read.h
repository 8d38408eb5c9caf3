/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * read.h - a mail file becomes header facts and classified lines
 *
 * MIME by GMime, text in any charset to UTF-8 (charset.h), HTML to text
 * (html.h), format=flowed undone (flowed.h), lines classified (body.h).
 * Encrypted parts are never decrypted. Nothing here touches the database, so
 * mails can be read by several threads at once, each its own.
 *
 * Limits: a file over ND_LIMIT_MAIL_BYTES, or with more in it than the parser
 * may be shown (source.h), keeps only its header facts.
 */
#ifndef ND_MAIL_READ_H
#define ND_MAIL_READ_H

#include <stddef.h>

#include "model/message.h"
#include "util/status.h"

/** Once, before the first of the functions below, in the main thread. */
void nd_read_init(void);

/* A file of a mail, opened. */
struct nd_read_file {
	const char *path;
	int fd;       /* -1: it cannot be, and why */
	size_t bytes; /* its size */
	char why[480];
};

/**
 * Open a mail's file, where it is now. Only a regular file is one.
 *
 * path       stays the caller's, and is kept
 */
void nd_read_open(struct nd_read_file *file, const char *path);
void nd_read_close(struct nd_read_file *file);

/** What a mail is of which nothing was read: its fields are empty strings. */
void nd_read_make_blank(struct nd_message *message);

/** How many of its files are read, at most. */
size_t nd_read_file_count(const struct nd_message *message);

/**
 * Fill the "from the file" fields of message from the first of its files that
 * can be read.
 *
 * message    has id and file set; gains from, sender, to, cc, subject,
 *            list_id, link, reference, body and the READ and AUTO flags, all
 *            owned by message. written_s and date_s are filled in only when they
 *            are 0.
 * Returns    ND_OK; ND_ERR_IO when no file can be read, ND_ERR_PARSE when none
 *            is a mail: the fields are then empty strings, body stays NULL.
 *            ND_BODY_CUT tells of a ceiling that was hit, body->cut of
 *            which.
 *
 * Of several files the first tells; the others are compared with it. When they
 * say something else, the mail loses ND_MESSAGE_SHARED and is withheld; when
 * one is encrypted, the mail is; ND_BODY_UNSEEN when one cannot be read. For a
 * mail that is ND_MESSAGE_WITHHELD the field withheld is filled, too.
 */
enum nd_status
nd_read_mail(struct nd_message *message, struct nd_error *err) ND_MUST_CHECK;

/**
 * The same, from its nd_read_file_count() files when they have been opened, or
 * tried.
 */
enum nd_status
nd_read_opened(struct nd_message *message, const struct nd_read_file *file,
               struct nd_error *err) ND_MUST_CHECK;

/**
 * The Message-ID, without brackets, of the mail in (bytes, len), as notmuch
 * would have it; for a mail that a client pipes to us.
 *
 * *out       owned by ctx; untouched on failure
 * Returns    ND_OK; ND_ERR_PARSE when there is none
 */
enum nd_status
nd_read_message_id(const void *ctx, const char *bytes, size_t len,
                   const char **out, struct nd_error *err) ND_MUST_CHECK;

#endif
