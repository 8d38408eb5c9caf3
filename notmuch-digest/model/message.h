/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * message.h - one mail: header facts and the lines of its text
 *
 * All strings are valid UTF-8 without unsafe characters (util/utf8.h); header
 * values are on one line. Message-IDs have no angle brackets. A struct owns
 * what it points to, except where it says otherwise.
 */
#ifndef ND_MODEL_MESSAGE_H
#define ND_MODEL_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/subject.h"
#include "util/status.h"

struct nd_address {
	const char *name; /* as displayed; "" when there is none */
	const char *addr; /* user@host as written; "" when unreadable, or when
			   * a relay keeps it for itself */
};

struct nd_address_list {
	struct nd_address *address;
	size_t count;
};

/*
 * What a line of a mail is. Only ND_LINE_OWN is what its author wrote to be
 * read: the words of the mail, trailers and a patch's commit message and
 * changelog included.
 */
enum nd_line_kind {
	ND_LINE_BLANK,
	ND_LINE_OWN,
	ND_LINE_QUOTE,       /* words of an earlier mail; see depth */
	ND_LINE_ATTRIBUTION, /* "On Tue, … X wrote:", forwarded headers */
	ND_LINE_SIGNATURE,   /* from "-- " on; list footers */
	ND_LINE_DIFF,        /* diff, diffstat, "---", base-commit, … */
};

#define ND_NO_MESSAGE (-1)

struct nd_line {
	uint32_t start;       /* offset in nd_body.text, behind quote marks */
	uint32_t len;         /* bytes, without quote marks and line end */
	uint8_t kind;         /* enum nd_line_kind */
	uint8_t depth;        /* quote marks in front of it; 0 = none */
	bool fixed;           /* may not be joined with its neighbours: a
				 * paragraph of format=flowed, already joined */
	int32_t source;       /* quotes: index in the thread of the mail that
				 * says this line itself; else ND_NO_MESSAGE */
	uint32_t source_line; /* the line there, when source is known */
};

/* A part that is not shown as text. */
struct nd_attachment {
	const char *name; /* "" when it has none */
	const char *type; /* "image/png" */
	size_t bytes;     /* as encoded in the mail */
};

enum nd_body_flags {
	ND_BODY_HTML = 1u << 0,   /* text was made from HTML */
	ND_BODY_FLOWED = 1u << 1, /* format=flowed was undone */
	ND_BODY_CUT = 1u << 2,    /* over a ceiling; the rest is missing */
	ND_BODY_SIGNED = 1u << 3,
	ND_BODY_ENCRYPTED = 1u << 4, /* has an encrypted part, never read */
	ND_BODY_DIFF = 1u << 5,      /* has a diff of its own */
	ND_BODY_UNSEEN = 1u << 6,    /* something of it could not be read: a
				      * part, or one of the mail's files */
};

struct nd_body {
	const char *text; /* NUL-terminated; lines point into it */
	size_t len;
	struct nd_line *line;
	size_t line_count;
	struct nd_attachment *attachment;
	size_t attachment_count;
	unsigned flags;      /* enum nd_body_flags */
	const char *cut;     /* with ND_BODY_CUT, why: "over 200 MIME parts:
			      * only its start was read"; else NULL */
	size_t own_bytes;    /* in lines of kind ND_LINE_OWN */
	size_t unsafe_count; /* unsafe characters taken out */
	const char *
		*diff_file; /* paths the mail's own diff changes (b/ side) */
	size_t diff_file_count;
	unsigned insertions, deletions; /* lines of that diff */
};

/* What patchwork wrote into a mail that was downloaded from it. */
struct nd_patchwork {
	const char *id, *submitter, *state, *delegate; /* "" when not there */
};

enum nd_message_flags {
	ND_MESSAGE_NEW = 1u << 0,   /* of the window (or of --new=QUERY) */
	ND_MESSAGE_READ = 1u << 1,  /* its file was read: header facts hold */
	ND_MESSAGE_ROBOT = 1u << 2, /* written by a program (analyse/) */
	ND_MESSAGE_AUTO = 1u << 3,  /* Auto-Submitted: out of office, … */
	ND_MESSAGE_RESPONDER = 1u << 4, /* an answer that nobody wrote: out of
					 * office, a bounce, a receipt, an
					 * invitation; it says nothing */
	ND_MESSAGE_AI = 1u << 5,        /* a review that a language model wrote
					 * (analyse/) */
	ND_MESSAGE_LATE = 1u << 6,      /* not told of, as it is dated behind
					 * the window */
	ND_MESSAGE_UNDATED = 1u << 7,   /* date_s is only a place among the
					 * others: nothing tells its day */
	ND_MESSAGE_SHARED = 1u << 8,    /* matches digest.llm.allow: it may be
				      * shown to a language model */
	ND_MESSAGE_WITHHELD = 1u << 9,  /* must not be, and neither what others
				      * quote of it */
	ND_MESSAGE_ASKED = 1u << 10, /* it has been given the tag of mails that
				      * need the user */
	ND_MESSAGE_DISMISSED = 1u << 11, /* and the user has taken it off */
	ND_MESSAGE_AMENDS = 1u << 13,    /* its writer says to have changed the
	                                * patches, or to do it */
	ND_MESSAGE_REMINDS = 1u << 14,   /* "Gentle ping" */
	ND_MESSAGE_SETTLES = 1u << 15,   /* "This was resolved." */
	ND_MESSAGE_BULK = 1u << 12, /* names nobody it was sent to, or wants
					  * answers where nobody of it is */
};

struct nd_message {
	/* from the database */
	const char *id;
	int64_t date_s;    /* when it was sent, as far as can be known; 0: not
			    * at all. What orders mails, or counts time, uses
			    * it; what is printed is nd_message_day_s() */
	const char **file; /* absolute paths, all copies of the mail */
	size_t file_count;

	/* from the file; empty strings, never NULL */
	int64_t written_s; /* its Date; 0 when there is none to be read */
	int64_t received_first_s, received_s; /* the earliest that a machine on
					       * its way had it, and when half
					       * of them had; 0: not known */
	struct nd_address from;               /* as the header has it */
	struct nd_address sender; /* the person who sent it: behind a list that
				   * rewrote From, a forum, a tracker */
	struct nd_address author; /* of the commit message in it: its in-body
				   * From; else sender */
	size_t author_first, author_until; /* that message: lines of body */
	struct nd_address_list to, cc;
	const char *subject;
	const char *list_id;    /* "kvmarm.lists.cs.columbia.edu" or "" */
	const char *link;       /* its URL in an archive: of its header, or of
				 * the setting digest.link; NULL: none */
	const char **reference; /* References, then In-Reply-To; oldest
					 * first, no id twice */
	size_t reference_count;
	struct nd_patchwork *patchwork; /* NULL: not from there */
	struct nd_body *body;           /* NULL before reading and after
					 * nd_thread_drop_text() */

	const char *withheld; /* of ND_MESSAGE_WITHHELD: subject and every
				* text of every file, not taken apart; else
				* NULL */

	/* worked out */
	int32_t parent;           /* index in the thread: the nearest
					 * reference that is there, or
					 * ND_NO_MESSAGE */
	unsigned flags;           /* enum nd_message_flags */
	struct nd_subject *parts; /* subject grammar; never NULL after
					 * analysis */
};

/** The text of a line, behind quote marks and not ended; *len: its bytes. */
static inline const char *
nd_message_line(const struct nd_body *body, size_t line, size_t *len)
{
	*len = body->line[line].len;
	return body->text + body->line[line].start;
}

/** Whose words is a line of the body, when it is the mail's own? */
static inline const struct nd_address *
nd_message_speaker(const struct nd_message *message, size_t line)
{
	return line >= message->author_first && line < message->author_until
	               ? &message->author
	               : &message->sender;
}

/** The time to print of a mail; 0: it has none that is known. */
static inline int64_t
nd_message_day_s(const struct nd_message *message)
{
	return message->flags & ND_MESSAGE_UNDATED ? 0 : message->date_s;
}

/** Did a person write it, and not a program or an automatic answer? */
static inline bool
nd_message_is_person(const struct nd_message *message)
{
	return !(message->flags & (ND_MESSAGE_ROBOT | ND_MESSAGE_AUTO));
}

/** Say that something of the mail is not in body; the first reason stays. */
void
nd_message_set_cut(struct nd_body *body, const char *why, ...) ND_PRINTF(2, 3);

#endif
