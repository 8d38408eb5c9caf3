/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/actfeature.h"

#include "acts/cue.h"
#include "util/alloc.h"

static const char *const opening_names[ND_OPENING_COUNT] = {
	"another word", "what, how", "is, do, can", "yes",    "no",
	"please",       "change!",   "I",           "you",    "we",
	"it, this",     "hello",     "thanks",      "but",    "and, so",
	"if, when",     "maybe",     "a name",      "no word"};
static const char *const quote_names[ND_QUOTE_COUNT] = {
	"no quote",       "an empty quote", "an added line",
	"a removed line", "code",           "a trailer",
	"text",           "a question",     "an older mail's text"};
static const char *const role_names[ND_ROLE_COUNT] = {"the author",
                                                      "another one"};
static const char *const ending_names[] = {"nothing", "a stop", "?", ":", "!"};

/* As enum nd_act_facts has them. */
static const char *const fact_names[] = {
	"about a patch", "by the author", "to the author", "to a patch",
	"to oneself",    "first mail",    "a robot",       "gives a tag",
	"to a tag",      "a reviewer",    "has a diff"};

/* Kinds of values. */
enum value { NO_VALUE, NUMBER, YESNO, CUE, OPENING, QUOTE, ROLE, ENDING, WORD };

static const struct {
	const char *name;
	enum value value[3];
} templates[ND_ACTFEATURE_COUNT] = {
#define TEMPLATE(id, name, ...) [ND_ACTFEATURE_##id] = {name, {__VA_ARGS__}},
	ND_ACTFEATURES(TEMPLATE)
#undef TEMPLATE
};

static const char *
value_name(const void *ctx, enum value value, unsigned v)
{
	switch (value) {
	case CUE:
		return v < ND_CUE_COUNT ? nd_cue_name((enum nd_cue)v) : "?";
	case OPENING:
		return v < ND_OPENING_COUNT ? opening_names[v] : "?";
	case QUOTE:
		return v < ND_QUOTE_COUNT ? quote_names[v] : "?";
	case ROLE:
		return v < ND_ROLE_COUNT ? role_names[v] : "anybody";
	case ENDING:
		return ending_names[v % (sizeof ending_names /
		                         sizeof *ending_names)];
	case YESNO:
		return v ? "yes" : "no";
	case NUMBER:
		return x_asprintf(ctx, "%u", v);
	default:
		return "";
	}
}

const char *
nd_actfeature_name(const void *ctx, uint64_t key)
{
	unsigned t = (unsigned)(key >> 56) % ND_ACTFEATURE_COUNT;
	char *name = x_strdup(ctx, templates[t].name);

	if (t == ND_ACTFEATURE_FACT)
		return x_strdup(
			ctx,
			fact_names[(key >> 48 & 0xff) %
		                   (sizeof fact_names / sizeof *fact_names)]);
	for (unsigned i = 0; i < 3; i++) {
		enum value value = templates[t].value[i];
		unsigned v = (unsigned)(key >> (48 - 8 * i)) & 0xff;

		if (value != NO_VALUE && value != WORD)
			name = x_asprintf(ctx, "%s%s%s", name,
			                  i == 0 ? ": " : " / ",
			                  value_name(ctx, value, v));
	}
	return name;
}
