/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "robot/resultlink.h"

#include <stdbool.h>
#include <string.h>

#include "util/str.h"

enum { LINK_BYTES = 300 };

struct text {
	const char *at;
	size_t len;
};

/* What stands in front of the address; the first ones say most. */
static const char *const labels[] = {
	"dashboard link", "full details", "full build log", "full log",
	"external url",   "run failed",   "workflow run",   "pipeline #",
	"console output", "dashboard",    "build info",     "results",
	"details",        "report",       "html log",       "log",
	"matrix",         "job",          "failure",        "see <",
};

/* Where such pages lie. */
static const char *const paths[] = {
	"/builds/", "/build/",     "/job/",  "/jobs/",
	"/logs/",   "/pipelines/", "/runs/", "/results/",
};

/* What else has an address: code, patches, files to try it, manuals. */
static const char *const others[] = {
	"://patchwork.", "/patch/",    "/config",    "/.config", "x=",
	"/reproduce",    "/commit",    "/settings",  "/wiki",    ".git",
	"/scm/",         "/pull/",     "goo.gl/",    "/archive", "unsubscribe",
	"/changes",      "git-format", "/merge_req",
};

/* What stands in front of others. */
static const char *const other_labels[] = {
	"config",      "reproduc", "compiler",         "tree",     "repo",
	"commit:",     "manual",   "more information", "rules",    "closes",
	"reported-by", "lore",     "branch",           "feedback", "patch",
	"image",       "vmlinux",  "contact",          "learn",    "guide",
	"faq",
};

static bool
own_line(const struct nd_body *body, size_t line, struct text *text)
{
	if (body->line[line].kind != ND_LINE_OWN)
		return false;
	text->at = body->text + body->line[line].start;
	text->len = body->line[line].len;
	nd_mem_trim(&text->at, &text->len);
	return text->len > 0;
}

/* The first address of a line. */
static bool
find_address(struct text line, struct text *url)
{
	const char *end = line.at + line.len;

	url->at = nd_mem_find(line.at, line.len, "https://");
	if (!url->at)
		url->at = nd_mem_find(line.at, line.len, "http://");
	if (!url->at)
		return false;
	url->len = 0;
	while (url->at + url->len < end &&
	       !strchr(" \t<>\"|", url->at[url->len]))
		url->len++;
	while (url->len > 0 && strchr(".,;:)]'", url->at[url->len - 1]))
		url->len--;
	return url->len > strlen("https://") && url->len <= LINK_BYTES;
}

/* The place in the list of what (text, len) has, or its count. */
static size_t
find_one_of(struct text text, const char *const *list, size_t count)
{
	size_t i = 0;

	while (i < count && !nd_mem_find_nocase(text.at, text.len, list[i]))
		i++;
	return i;
}

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define FIND_ONE_OF(text, list) find_one_of(text, list, COUNT(list))

/* How much speaks for an address: 0 says most, NONE nothing. */
enum { NONE = COUNT(labels) + 1 };

static size_t
rank_of(struct text label, struct text url)
{
	size_t rank = FIND_ONE_OF(label, labels);

	/* A dashboard of bugs keeps its pages where it likes. */
	if (rank == 0)
		return 0;
	if (FIND_ONE_OF(url, others) < COUNT(others) ||
	    FIND_ONE_OF(label, other_labels) < COUNT(other_labels))
		return NONE;
	if (rank < COUNT(labels))
		return rank;
	return FIND_ONE_OF(url, paths) < COUNT(paths) ? COUNT(labels) : NONE;
}

const char *
nd_resultlink_find(const struct nd_body *body, size_t *len)
{
	struct text best = {NULL, 0}, above = {"", 0}, line, url;
	size_t least = NONE;

	for (size_t i = 0; i < body->line_count; i++) {
		if (!own_line(body, i, &line))
			continue;
		if (find_address(line, &url)) {
			struct text label = {line.at,
			                     (size_t)(url.at - line.at)};
			size_t rank;

			/* "Full details are available at:" is above. */
			if (label.len <= 2)
				label = above;
			rank = rank_of(label, url);
			if (rank < least) {
				least = rank;
				best = url;
			}
		}
		above = line;
	}
	*len = best.len;
	return best.at;
}

const char *
nd_resultlink_of_line(const char *text, size_t text_len, size_t *len)
{
	struct text url;

	if (!text || !find_address((struct text){text, text_len}, &url))
		return NULL;
	*len = url.len;
	return url.at;
}
