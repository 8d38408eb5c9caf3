/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * copies.h - do two files with one Message-ID say the same?
 *
 * A mail that came directly and by a list has two files, and they differ in
 * headers, encodings and list footers. Anybody can also write a second mail
 * under the id of a first one: then a query that one file matches says nothing
 * about what the other one holds.
 *
 * Pure.
 */
#ifndef ND_MAIL_COPIES_H
#define ND_MAIL_COPIES_H

#include "model/message.h"

/**
 * Let the mail know what another of its files says; both have been read.
 *
 * message    becomes encrypted or ND_BODY_UNSEEN when copy is, or is cut; when
 *            author, subject or text differ, ND_MESSAGE_SHARED becomes
 *            ND_MESSAGE_WITHHELD
 */
void
nd_copies_compare(struct nd_message *message, const struct nd_message *copy);

#endif
