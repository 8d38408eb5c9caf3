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

struct nd_item {
	const char *text;  /* one sentence, UTF-8, one line, no markup */
	const char *who;   /* whose words: a name to print before the
				 * text; NULL when the text names its people */
	const char *quote; /* words of the first source that prove it; NULL
				 * when the text itself is quoted */
	int32_t source[ND_ITEM_SOURCES_MAX]; /* indices in the thread */
	size_t source_count;                 /* 1 to ND_ITEM_SOURCES_MAX */
};

struct nd_item_list {
	struct nd_item *item;
	size_t count;
	bool extracted; /* of a summary by a model: these are the extractive
			 * engine's, since none of the model's was left */
};

struct nd_summary {
	const char *engine;   /* "extract" or "llm" */
	const char *model;    /* NULL unless a model wrote it */
	const char *language; /* of the items' text, "en"; "" when mixed or
				 * unknown: an extract keeps its sources' */
	const char *topic;    /* the gist, one line */
	struct nd_item_list zone[ND_ZONE_COUNT];
	unsigned dropped; /* items that failed a check */
};

/** The word for a zone in the JSON report: "background", "decisions", … */
const char *nd_zone_name(enum nd_zone zone);

/** What an item says with the one who says it: "Name: sentence". */
const char *nd_item_text(const void *ctx, const struct nd_item *item);

#endif
