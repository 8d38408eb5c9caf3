/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * agent.h - who is said to do something: the word before its verb
 */
#ifndef ND_ENTAILMENT_AGENT_H
#define ND_ENTAILMENT_AGENT_H

/**
 * Whom the sentence says to do what the text begins with: a name, "I", or "we",
 * constant or owned by ctx; NULL when it says nothing of that, or something else
 * does it.
 *
 * text      begins with a verb: "probably missed the series"
 */
const char *
nd_agent_of(const void *ctx, const char *text, const char *sentence);

/** Whom the sentence speaks to: the name before its first comma; NULL: nobody. */
const char *nd_agent_addressed(const void *ctx, const char *sentence);

#endif
