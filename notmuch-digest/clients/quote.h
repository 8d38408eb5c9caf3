/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quote.h - a word as other programs' languages write it
 *
 * Each function appends the word with its quotes. Bytes that are not text (line
 * ends, other control characters) cannot be written everywhere: the caller asks
 * nd_quote_can() before.
 */
#ifndef ND_CLIENTS_QUOTE_H
#define ND_CLIENTS_QUOTE_H

#include "util/buf.h"

/** Has word no control characters? */
bool nd_quote_can(const char *word);

/** For sh: 'it'\''s'. */
void nd_quote_shell(struct nd_buf *out, const char *word);

/** For a file that mutt or neomutt reads: "a \"b\" \$c". */
void nd_quote_mutt(struct nd_buf *out, const char *word);

/** For a unit of systemd, the program or one Environment=: "a \"b\" 5%%". */
void nd_quote_systemd(struct nd_buf *out, const char *word);

/** For sh in a crontab, where a % ends the line: 'it'\''s 5\%'. */
void nd_quote_cron(struct nd_buf *out, const char *word);

/** For Emacs Lisp: "a \"b\"". */
void nd_quote_elisp(struct nd_buf *out, const char *word);

/** For Vim script: 'it''s' (:help literal-string). */
void nd_quote_vim(struct nd_buf *out, const char *word);

#endif
