/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clients/configsection.h"

#include <string.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

/* Where a line stands: the names of the sections around it. */
struct place {
	struct nd_configsection section;
	void *ctx;
};

static const char *
next_line(const char *line)
{
	line += strcspn(line, "\n");
	return line + (*line == '\n');
}

/* Text of a line without white space at its ends. */
static void
trimmed(const char *line, const char **text, size_t *len)
{
	*text = line;
	*len = strcspn(line, "\n");
	nd_mem_trim(text, len);
}

static void
unquote(const char **text, size_t *len)
{
	nd_mem_trim(text, len);
	if (*len >= 2 && (**text == '"' || **text == '\'') &&
	    (*text)[*len - 1] == **text) {
		++*text;
		*len -= 2;
	}
}

static bool
is_nothing(const char *line)
{
	const char *text;
	size_t len;

	trimmed(line, &text, &len);
	return len == 0 || *text == '#' || *text == ';';
}

/* The depth of a header, [1] or [[2]], and its name; 0 for other lines. */
static size_t
read_header(const char *line, const char **name, size_t *len)
{
	const char *text, *close;
	size_t depth = 0;

	trimmed(line, &text, len);
	while (depth < *len && text[depth] == '[')
		depth++;
	if (depth == 0)
		return 0;
	*name = text + depth;
	close = memchr(*name, ']', *len - depth);
	if (!close)
		return 0;
	*len = (size_t)(close - *name);
	unquote(name, len);
	return depth;
}

/* Go into the section that line is the header of, if it is one. */
static bool
enter(struct place *place, const char *line)
{
	const char *name;
	size_t len, depth = read_header(line, &name, &len);

	if (depth == 0)
		return false;
	place->section.depth = depth;
	if (depth <= ND_CONFIGSECTION_DEPTH)
		place->section.name[depth - 1] =
			x_strndup(place->ctx, name, len);
	return true;
}

static bool
is_in(const struct nd_configsection *section,
      const struct nd_configsection *wanted, size_t depth)
{
	if (section->depth < depth)
		return false;
	for (size_t i = 0; i < depth; i++)
		if (!section->name[i] ||
		    strcmp(section->name[i], wanted->name[i]) != 0)
			return false;
	return true;
}

struct nd_configsection_list *
nd_configsection_parse(const void *ctx, const char *text)
{
	struct nd_configsection_list *list =
		x_new(ctx, struct nd_configsection_list);
	struct place place = {.ctx = list};
	struct nd_configsection *section = NULL;
	struct nd_buf *lines = NULL;

	for (const char *line = text;; line = next_line(line)) {
		bool entered = *line && enter(&place, line);

		if ((entered || !*line) && section && lines)
			section->lines = nd_buf_finish(list, lines);
		if (!*line)
			return list;
		if (entered)
			section = NULL;
		if (entered || is_nothing(line))
			continue;
		if (!section) {
			section = x_append(list, list->section, list->count);
			*section = place.section;
			lines = nd_buf_new(list, ND_BLOCK_FILE_BYTES);
		}
		nd_buf_add(lines, line, strcspn(line, "\n"));
		nd_buf_addc(lines, '\n');
	}
}

/* Headers of the section from depth on, then its lines. */
static const char *
text_below(const void *ctx, const struct nd_configsection *section,
           size_t depth)
{
	struct nd_buf *out = nd_buf_new(ctx, ND_BLOCK_FILE_BYTES);

	for (; depth < section->depth; depth++) {
		for (size_t i = 0; i <= depth; i++)
			nd_buf_addc(out, '[');
		nd_buf_adds(out, section->name[depth]);
		for (size_t i = 0; i <= depth; i++)
			nd_buf_addc(out, ']');
		nd_buf_addc(out, '\n');
	}
	nd_buf_adds(out, section->lines);
	return nd_buf_finish(ctx, out);
}

const char *
nd_configsection_text(const void *ctx, const struct nd_configsection *section)
{
	return text_below(ctx, section, 0);
}

/* Comments and blank lines in front of a header belong to it. */
static const char *
above_comments(const char *text, const char *line)
{
	while (line > text) {
		const char *above = line - 1;

		while (above > text && above[-1] != '\n')
			above--;
		/* A block of ours above is not a comment: never inside it. */
		if (!is_nothing(above) ||
		    nd_mem_find_nocase(above, strcspn(above, "\n"),
		                       "<<< notmuch-digest <<<"))
			break;
		line = above;
	}
	return line;
}

/* Is a key of ours there already? "" when not; owned by ctx. */
static const char *
key_taken(const void *ctx, const struct nd_configsection *section,
          const char *line)
{
	const char *name, *ours;
	size_t len = strcspn(line, "=\n"), ours_len;

	if (line[len] != '=' || is_nothing(line))
		return "";
	name = line;
	unquote(&name, &len);
	for (const char *at = section->lines; *at; at = next_line(at)) {
		ours = at;
		ours_len = strcspn(at, "=\n");
		unquote(&ours, &ours_len);
		if (ours_len == len && memcmp(ours, name, len) == 0)
			return x_strndup(ctx, name, len);
	}
	return "";
}

/* What a text has of a section. */
struct found {
	const char *body;  /* behind its header; NULL when it is not there */
	size_t depth;      /* of the innermost one around it that is there */
	const char *end;   /* of that one */
	const char *taken; /* a key of ours in it; "" when there is none */
};

static struct found
look_for(void *ctx, const struct nd_configsection *section, const char *text)
{
	struct found found = {.taken = ""};
	struct place place = {.ctx = ctx};

	if (section->depth == 0)
		found.body = text;
	for (const char *line = text; *line; line = next_line(line)) {
		bool entered = enter(&place, line);
		bool inside = place.section.depth == section->depth &&
		              is_in(&place.section, section, section->depth);

		if (entered && found.depth > 0 && !found.end &&
		    !is_in(&place.section, section, found.depth))
			found.end = above_comments(text, line);
		while (entered && !found.end && found.depth < section->depth &&
		       is_in(&place.section, section, found.depth + 1))
			found.depth++;
		if (entered && inside && !found.body)
			found.body = next_line(line);
		if (!entered && inside && !*found.taken)
			found.taken = key_taken(ctx, section, line);
	}
	if (!found.end)
		found.end = text + strlen(text);
	return found;
}

/* How many of its outermost names are those of the other. */
static size_t
common_depth(const struct nd_configsection *a, const struct nd_configsection *b)
{
	size_t depth = 0;

	while (depth < a->depth && depth < b->depth &&
	       strcmp(a->name[depth], b->name[depth]) == 0)
		depth++;
	return depth;
}

/*
 * Sections from the first on that are not there and go to the same place: they
 * make one block. The text of them, where the first has depth names around it.
 */
static const char *
text_of_missing(void *ctx, const struct nd_configsection_list *list, size_t *at,
                size_t depth, const char *text)
{
	const struct nd_configsection *first = &list->section[*at];
	struct nd_buf *out = nd_buf_new(ctx, ND_BLOCK_FILE_BYTES);

	nd_buf_adds(out, text_below(ctx, first, depth));
	for (; *at + 1 < list->count; (*at)++) {
		const struct nd_configsection *last = &list->section[*at];
		const struct nd_configsection *next = &list->section[*at + 1];
		struct found found = look_for(ctx, next, text);

		if (found.body || found.depth != depth ||
		    common_depth(first, next) < depth)
			break;
		nd_buf_adds(out,
		            text_below(ctx, next, common_depth(last, next)));
	}
	return nd_buf_finish(ctx, out);
}

/* Put in section *at, and those behind it that go into the same block. */
static enum nd_status
insert_next(const void *ctx, const struct nd_block_style *style, unsigned flags,
            const struct nd_configsection_list *list, size_t *at,
            struct nd_block_mark mark, const char **text, struct nd_error *err)
{
	void *tmp = talloc_new(NULL);
	const struct nd_configsection *section = &list->section[*at];
	struct found found = look_for(tmp, section, *text);
	const char *place = found.body ? found.body : found.end, *lines;
	enum nd_status st = ND_OK;

	if ((flags & ND_CONFIGSECTION_UNIQUE) && *found.taken) {
		st = nd_fail(
			err, ND_ERR_CONFIG,
			"'%.60s' is there already, in [%.60s]", found.taken,
			section->depth > 0 ? section->name[section->depth - 1]
					   : "");
	} else {
		lines = found.body ? text_below(tmp, section, section->depth)
		                   : text_of_missing(tmp, list, at, found.depth,
		                                     *text);
		*text = nd_block_insert(ctx, style, *text,
		                        (size_t)(place - *text), mark, lines);
	}
	talloc_free(tmp);
	return st;
}

enum nd_status
nd_configsection_insert(const void *ctx, const struct nd_block_style *style,
                        unsigned flags,
                        const struct nd_configsection_list *list,
                        struct nd_block_mark mark, const char *text,
                        const char **out, struct nd_error *err)
{
	enum nd_status st = ND_OK;

	if ((flags & ND_CONFIGSECTION_QUOTES) &&
	    (strstr(text, "'''") || strstr(text, "\"\"\"")))
		return nd_fail(err, ND_ERR_CONFIG,
		               "it has values of several lines");
	for (size_t i = 0; st == ND_OK && i < list->count; i++) {
		st = insert_next(ctx, style, flags, list, &i, mark, &text, err);
		mark = (struct nd_block_mark){0};
	}
	if (st == ND_OK)
		*out = text;
	return st;
}
