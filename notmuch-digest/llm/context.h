/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * context.h - what a language model may know of a thread
 *
 * A copy of the mails that may leave the machine, reduced to people's own
 * words, with people as numbers and the facts the program is sure of. The
 * thread's own text can be dropped afterwards: prompts are made from the
 * context, and what comes back is checked against it.
 *
 * A mail that does not match digest.llm.allow is not in it: not its words, not
 * its author, not what other mails quote of it (passage.h), not the facts that
 * stand on it. When a mail of the thread is encrypted, or was not read whole,
 * nothing can be said about what quotes it, and there is no context.
 *
 * Reduced: quotes to the two lines an answer follows; diffs to counts and the
 * first files; long blocks (logs) to head and tail; wrapped lines joined;
 * signatures and attributions, and tags that the facts tell, left out.
 */
#ifndef ND_LLM_CONTEXT_H
#define ND_LLM_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "llm/passage.h"
#include "model/thread.h"

/* A mail of it; number i + 1 in prompts and answers. */
struct nd_llm_context_mail {
	int32_t message; /* index in the thread */
	int32_t person;  /* index of its author */
	int32_t answers; /* index of the mail it answers, or -1 */
	int32_t branch;  /* index of the patch, or else of the mail below the
			  * first, that it descends from; its own for those */
	bool is_new;
	bool is_opening; /* the first mail, or another patch of its series */
	unsigned events; /* of the ledger that it proves, bits 1u << enum
			  * nd_event_type */
	int patch; /* n of the n/m in its subject; 0 is the cover, -1: none */
	const char *tree;  /* where it has taken patches; NULL: not said */
	const char *asked; /* the words of its questions that the ledger has */
	int *taken;        /* numbers of patches, when the ledger names which it
			  * has taken or tagged */
	size_t taken_count;
	bool is_brief;        /* one patch of several, which nobody says more of
			  * than a tag: its head is enough */
	bool repeats_subject; /* that of the mail it answers, but for "Re:" */
	const char *id;
	const char *day;     /* ISO, of which 10 bytes are the day */
	const char *subject; /* cut when it is long */
	const char *notes;   /* what the program counted: "3 files +20 -4" */
	const char *files;   /* the first that it changes; "" when none */
	const char *head;    /* all of these on one line, to compare with */
	const char *text;    /* lines of own words, an empty one between
			      * paragraphs; quoted ones begin with "> " */
	size_t text_len;
	const char *hash; /* of id, head and text */
	size_t tokens;    /* of it in a prompt, estimated */
};

struct nd_llm_person {
	const char *name;
	const char *addr; /* lower case, or the name without one */
};

struct nd_llm_context {
	const char *root_id;
	const char *subject;
	const char *facts; /* lines; "" when there are none; words of
			    * mails stand behind a mark (fence.h) */
	struct nd_llm_context_mail *mail;
	size_t mail_count;
	struct nd_llm_person *person; /* in order of appearance */
	size_t person_count;
	size_t left_out;       /* mails of the thread that are not in it */
	size_t own_bytes;      /* people's own words in the mails that are */
	size_t lines_withheld; /* of the mails that are: others' passages */
	struct nd_llm_passages
		*passages; /* NULL: all of the thread may be shown */
};

/**
 * The context of a thread with its text, owned by ctx; nothing in it points
 * into the thread. NULL when nothing may be shown: no mail is allowed, some
 * mail is encrypted or was not read whole, hidden ones too, or there is no
 * text.
 */
struct nd_llm_context *
nd_llm_context_new(const void *ctx, const struct nd_thread *thread);

#endif
