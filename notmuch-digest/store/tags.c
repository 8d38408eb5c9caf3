/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/tags.h"

#include <string.h>

#include "model/thread.h"
#include "util/alloc.h"
#include "util/str.h"

#define STATE "state/"

static const struct {
	const char *name;
	enum nd_tag_group group;
} fixed[] = {
	{"fresh", ND_TAG_FRESH},
	{"stalled", ND_TAG_STALLED},
	{"summarized", ND_TAG_RESULT},
	{"stale", ND_TAG_RESULT},
	{"failed", ND_TAG_RESULT},
	{"large", ND_TAG_LARGE},
	{"me", ND_TAG_ME},
	{"report", ND_TAG_REPORT},
};

static const char *const states[] = {
	"new",       "under-review",  "changes-requested",
	"reviewed",  "applied",       "pulled",
	"merged",    "merged-stable", "superseded",
	"withdrawn", "rejected",      "answered",
	"open",
};

static bool
is_state(const char *name)
{
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (strcmp(states[i], name) == 0)
			return true;
	return false;
}

static bool
is_category(const struct nd_tag_names *names, const char *name)
{
	for (enum nd_category i = 0; i < ND_CATEGORY_COUNT; i++)
		if (strcmp(nd_thread_category_name(i), name) == 0)
			return true;
	for (size_t i = 0; i < names->category_count; i++)
		if (strcmp(names->category[i], name) == 0)
			return true;
	return false;
}

bool
nd_tag_has_prefix(const char *prefix, const char *tag)
{
	size_t len = strlen(prefix);

	return nd_str_starts(tag, prefix) &&
	       (tag[len] == '\0' || tag[len] == '/');
}

enum nd_tag_group
nd_tag_group(const struct nd_tag_names *names, const char *tag)
{
	if (!nd_tag_has_prefix(names->prefix, tag))
		return ND_TAG_NONE;
	tag += strlen(names->prefix);
	if (*tag == '\0')
		return ND_TAG_DIGEST;
	tag++;
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		if (strcmp(fixed[i].name, tag) == 0)
			return fixed[i].group;
	if (nd_str_starts(tag, STATE))
		return is_state(tag + strlen(STATE)) ? ND_TAG_STATE
		                                     : ND_TAG_NONE;
	return is_category(names, tag) ? ND_TAG_CATEGORY : ND_TAG_NONE;
}

const char *
nd_tag_full(const void *ctx, const struct nd_tag_names *names, const char *name)
{
	if (!*name)
		return x_strdup(ctx, names->prefix);
	return x_asprintf(ctx, "%s/%s", names->prefix, name);
}
