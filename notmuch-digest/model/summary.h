/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * summary.h - what a thread says, in a few items, each with its source mails
 */
#ifndef ND_MODEL_SUMMARY_H
#define ND_MODEL_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where an item belongs. Decisions and questions are printed nowhere else. */
enum nd_zone {
	ND_ZONE_BACKGROUND, /* the original patch or question */
	ND_ZONE_EARLIER,    /* history: mails before the window */
	ND_ZONE_NEW,        /* mails of the window */
	ND_ZONE_DECISION,
	ND_ZONE_QUESTION, /* asked and not answered */
	ND_ZONE_COUNT
};

enum { ND_ITEM_SOURCES_MAX = 3 };

/* What came of a part of a thread, as its ledger says. */
enum nd_outcome {
	ND_OUTCOME_NONE,
	ND_OUTCOME_ANSWERED, /* what was asked */
	ND_OUTCOME_AGREED,
	ND_OUTCOME_ASKED, /* and nobody has answered */
	ND_OUTCOME_TAGGED,
	ND_OUTCOME_CHANGES_REQUESTED,
	ND_OUTCOME_CHANGES_PROMISED,
	ND_OUTCOME_NACK,
	ND_OUTCOME_SUPERSEDED,
	ND_OUTCOME_WITHDRAWN,
	ND_OUTCOME_REJECTED,
	ND_OUTCOME_APPLIED,
	ND_OUTCOME_COUNT
};

/* A part of a big thread that is told by itself. */
struct nd_subthread {
	int32_t mail;      /* index of the one it begins with */
	const char *title; /* "[3/8] vfs: count them"; NULL: the thread's */
	const char *label; /* "[3/8]"; NULL: it has no number */
	const char *who;   /* who began it; NULL when the title says enough */
	unsigned messages; /* of the zone */
	enum nd_outcome outcome;
	const char *tag; /* ND_OUTCOME_TAGGED: "Reviewed-by" */
	const char *by;  /* names of those who say so, parted by ", " */
};

/* How an item stands to the one before it in its zone. */
enum nd_join {
	ND_JOIN_NONE, /* by itself */
	ND_JOIN_NEXT, /* the same mail goes on with it; who is not named again */
	ND_JOIN_GAP, /* so, too, but something between them is left out: "…" */
};

struct nd_item {
	const char *text;    /* one sentence, UTF-8, one line, no markup */
	const char *who;     /* whose words: a name to print before the
				 * text; NULL when the text names its people.
				 * Of an open question also whose answer is
				 * awaited: "Ann → Ben" */
	int on_patch;        /* the number of the patch it is said of, or 0 */
	const char *on_code; /* the function or file there, or NULL */
	enum nd_join join;
	const char *quote; /* words of the first source that prove it; NULL
				 * when the text itself is quoted */
	bool verbatim;     /* the text has the words of quote, and none of a
			    * model's */
	const char *act;   /* what a model says that is done there, as in the
			    * JSON report: "objects"; NULL: no model's */
	const char *by;    /* with act: the name of the one who does it */
	int patch;         /* with act: the number it is about; 0: none */
	bool fact;         /* the text is ours, from the ledger: nobody's
				 * words */
	bool changed;      /* what a version has that the one before had not */
	bool quoted;       /* words of somebody else, as the first source quotes
			    * them */
	unsigned events;   /* of the ledger that it proves, bits 1u <<
				 * enum nd_event_type */
	int32_t source[ND_ITEM_SOURCES_MAX];  /* indices in the thread */
	size_t source_count;                  /* 1 to ND_ITEM_SOURCES_MAX */
	const struct nd_subthread *subthread; /* NULL: the whole thread */
};

struct nd_item_list {
	struct nd_item *item;
	size_t count;
	const struct nd_subthread **rest; /* that only get a line, in their
					   * order: they changed something */
	size_t rest_count;
	unsigned more_subthreads; /* with answers, of which nothing is told */
	unsigned more_messages;   /* of the zone, in those */
	bool extracted; /* of a summary by a model: these are the extractive
			 * engine's, since none of the model's was left */
};

struct nd_summary {
	const char *engine;   /* "extract" or "llm" */
	const char *model;    /* NULL unless a model wrote it */
	const char *language; /* of the items' text, "en"; "" when mixed or
				 * unknown: an extract keeps its sources' */
	const char *gist;     /* one line; NULL until the thread is settled,
			       * unless a model wrote it */
	bool model_gist;      /* that is so: the model wrote it */
	struct nd_item_list zone[ND_ZONE_COUNT];
	unsigned dropped; /* items that failed a check */
};

/** The word for a zone in the JSON report: "background", "decisions", … */
const char *nd_summary_zone_name(enum nd_zone zone);

/** The word for a outcome in the JSON report; NULL for none. */
const char *nd_summary_outcome_name(enum nd_outcome outcome);

/**
 * Do the items of a sub-thread stand together in this zone, below a heading? In
 * the others each has its label in front.
 */
bool nd_summary_zone_has_headings(enum nd_zone zone);

/**
 * Do the quotes of items stand below them, in every format? Where something is
 * decided or left open, a reader sees the words that say so.
 */
bool nd_summary_zone_has_quotes(enum nd_zone zone);

/** The label to print in front of an item of a zone; NULL: none. */
const char *
nd_summary_item_label(const struct nd_item *item, enum nd_zone zone);

/**
 * What an item says with the one who says it: "Name: sentence"; without the
 * name where it goes on.
 */
const char *nd_summary_item_text(const void *ctx, const struct nd_item *item);

#endif
