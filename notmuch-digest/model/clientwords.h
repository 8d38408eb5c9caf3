/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clientwords.h - what mail clients write above the mails they quote
 *
 * "From:" and "Gesendet:", "-----Original Message-----", "Begin forwarded
 * message:", "On … wrote:" in the languages of the world. One row a language;
 * where the clients of a language differ, a column has several words.
 *
 * The words are those of the clients' own message catalogues and of mail as it
 * is found: Gmail, Apple Mail, Thunderbird, Outlook (desktop, web, mobile),
 * Roundcube, Horde, Yahoo, GMX, Samsung, Lotus Notes, QQ, NetEase, Foxmail, Yandex,
 * Mail.ru, Naver. UTF-8; letters beyond ASCII are compared as they are. Pure.
 *
 * Does not: know which client or language a mail is from. A word counts
 * whatever the language of its neighbours is, for clients mix them.
 */
#ifndef ND_MODEL_CLIENTWORDS_H
#define ND_MODEL_CLIENTWORDS_H

#include <stdbool.h>
#include <stddef.h>

enum {
	ND_CLIENTWORDS_MAX = 8, /* words in a column */
};

/* Columns end with NULL. */
struct nd_clientwords {
	const char *language; /* BCP 47 */
	/* names of headers, without the colon */
	const char *from[ND_CLIENTWORDS_MAX], *date[ND_CLIENTWORDS_MAX],
		*to[ND_CLIENTWORDS_MAX], *cc[ND_CLIENTWORDS_MAX],
		*subject[ND_CLIENTWORDS_MAX];
	/* what stands between rules of dashes */
	const char *original[ND_CLIENTWORDS_MAX],
		*forwarded[ND_CLIENTWORDS_MAX];
	/* the same, in words that might be anybody's; a name follows those
	 * that end in a blank */
	const char *bare[ND_CLIENTWORDS_MAX];
	/* between rules, where the copied mail ends; a name as above */
	const char *ending[ND_CLIENTWORDS_MAX];
	/* a line of its own, without dashes (Apple Mail) */
	const char *opening[ND_CLIENTWORDS_MAX];
	/* "On " at the start of an attribution, "wrote" somewhere in it */
	const char *on[ND_CLIENTWORDS_MAX], *wrote[ND_CLIENTWORDS_MAX];
};

/* What a header of a copied mail is, as bits. */
enum nd_clientwords_key {
	ND_CLIENTWORDS_FROM = 1u << 0,
	ND_CLIENTWORDS_DATE = 1u << 1,
	ND_CLIENTWORDS_TO = 1u << 2,
	ND_CLIENTWORDS_SUBJECT = 1u << 3,
	ND_CLIENTWORDS_OTHER = 1u << 4, /* Cc, Reply-To, Importance, … */
	ND_CLIENTWORDS_RAW = 1u << 5,   /* Message-ID: shown by no client that
					 * quotes, but in the mail's source */
	ND_CLIENTWORDS_SHOWN = 1u << 6, /* with one of the others: in words
					 * that no mail's source has */
};

/** Row i of the table; NULL behind the last. */
const struct nd_clientwords *nd_clientwords_row(size_t i);

/** The header that is called (name, len), without colon; 0 for none. */
unsigned nd_clientwords_header(const char *name, size_t len);

/**
 * Is (text, len), without the dashes around it, what clients write above a
 * mail: "Original Message", "Forwarded message from X"?
 */
bool nd_clientwords_is_heading(const char *text, size_t len);

/** The same of "Original" alone, which must stand above headers to be one. */
bool nd_clientwords_is_bare_heading(const char *text, size_t len);

/** Is (text, len), between rules, what clients write below a copied mail? */
bool nd_clientwords_is_ending(const char *text, size_t len);

/** Does the line (text, len) begin as "Begin forwarded message:" does? */
bool nd_clientwords_is_opening(const char *text, size_t len);

/** Does text begin with "On ", in some language? */
bool nd_clientwords_has_on(const char *text);

/**
 * The place behind "wrote", in some language, in text; NULL when it is not
 * there. *start, which may be NULL: where the word begins.
 */
const char *nd_clientwords_find_wrote(const char *text, const char **start);

#endif
