/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * data.h - annotated threads, read: what is seen in them, and what is right
 *
 * Everything is numbered in the order of the threads; mails, sentences and
 * features keep their numbers.
 */
#ifndef ND_TESTS_ACTS_DATA_H
#define ND_TESTS_ACTS_DATA_H

#include "acts/features.h"
#include "acts/gold.h"

struct sentence {
	int list;
	unsigned acts;
	bool trained; /* it has acts, or the annotator did not stop */
	int *feature;
	size_t feature_count;
};

struct mail {
	const char *id;
	int list;
	struct nd_act_mail *thread; /* all mails of its thread */
	size_t index;               /* of this one there */
	struct gold *gold;
	unsigned acts;  /* of the gold */
	unsigned ruled; /* acts that are told by their form */
	bool full;      /* the annotator stopped in this thread */
	bool counts;    /* it has sentences of its own that are looked at */
	size_t first;   /* of its sentences, in data.sentence */
	int *feature;   /* of stage 2 */
	size_t feature_count;
};

struct talk {
	struct nd_act_mail *mail;
	size_t count;
};

struct data {
	char *list[LISTS_MAX];
	int list_count;
	struct features *features;
	struct sentence *sentence;
	size_t sentence_count;
	struct mail *mail;
	size_t mail_count;
	struct talk *thread; /* their mails are `mail`, one after another */
	size_t thread_count;
};

/**
 * Read what acts.py has made.
 *
 * without    lists whose threads are not looked at, with commas; or NULL
 */
struct data *data_load(const void *ctx, const char *threads, const char *gold,
                       const char *without);

#endif
