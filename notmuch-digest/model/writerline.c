/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/writerline.h"

#include <string.h>

#include "util/alloc.h"
#include "util/str.h"

enum {
	COMMENT_LINES = 80, /* a tracker's own lines above a comment */
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static bool
is_copied(const struct nd_line *line)
{
	return line->kind == ND_LINE_QUOTE || line->depth > 0;
}

static void
set_line(struct nd_writerline *out, size_t line, const char *text, size_t len)
{
	nd_mem_trim(&text, &len);
	*out = (struct nd_writerline){
		.line = line, .first = line + 1, .text = text, .len = len};
}

/* Below the headers for git am something must be said, and not quoted. */
static bool
says_something(const struct nd_body *body, size_t line)
{
	while (line < body->line_count &&
	       (body->line[line].kind == ND_LINE_ATTRIBUTION ||
	        body->line[line].kind == ND_LINE_BLANK))
		line++;
	return line < body->line_count && !is_copied(&body->line[line]);
}

/*
 * Behind the commit message that begins at line i: a paragraph below the one
 * that is signed off, or "---", is of the one who sends it on.
 */
static size_t
message_end(const struct nd_body *body, size_t i)
{
	bool signed_off = false;

	for (; i < body->line_count && body->line[i].kind != ND_LINE_DIFF;
	     i++) {
		size_t len;
		const char *text = nd_message_line(body, i, &len);

		if (body->line[i].kind == ND_LINE_BLANK && signed_off)
			return i;
		if (nd_mem_starts_nocase(text, len, "signed-off-by:"))
			signed_off = true;
	}
	return i;
}

bool
nd_writerline_of_patch(const struct nd_body *body, struct nd_writerline *out)
{
	static const char key[] = "From:";

	if (!(body->flags & ND_BODY_DIFF))
		return false;
	for (size_t i = 0; i < body->line_count; i++) {
		size_t len;
		const char *text = nd_message_line(body, i, &len);

		if (body->line[i].kind == ND_LINE_DIFF)
			return false;
		if (body->line[i].kind != ND_LINE_ATTRIBUTION ||
		    is_copied(&body->line[i]) || !nd_mem_starts(text, len, key))
			continue;
		if (!says_something(body, i))
			return false;
		set_line(out, i, text + strlen(key), len - strlen(key));
		out->until = message_end(body, i + 1);
		return out->len > 0;
	}
	return false;
}

/*
 * What trackers write around the name of the one who said what is below.
 */
static const struct {
	const char *start;  /* how the line begins */
	const char *before; /* then, anywhere, what the name stands behind */
	const char *behind; /* what ends it; "": the line */
	bool table;         /* the lines below, down to a blank one, are the
	                     * tracker's, too */
} comments[] = {
	/* Bugzilla 3 and later, and 2; new bugs have a table */
	{"--- Comment #", " from ", " ---", false},
	{"------- Comment #", " From ", "  ", false},
	{"------- Comment #", " from ", "  ", false},
	{"------- Additional Comments ", "From ", "  ", false},
	{"Reporter: ", "", "", true},
	/* Redmine: mail_body_issue_added and text_issue_updated */
	{"Issue #", " has been updated by ", ".", false},
	{"Issue #", " has been reported by ", ".", false},
	{"Ticket #", " wurde von ", " aktualisiert", false},
	{"Ticket #", " wurde von ", " erstellt", false},
	{"La demande #", " a été mise à jour par ", ".", false},
	{"La demande #", " a été soumise par ", ".", false},
	{"La petición #", " ha sido actualizada por ", ".", false},
	{"La petición #", " ha sido creada por ", ".", false},
	{"Petición #", " añadida por ", ".", false},
	{"La segnalazione #", " è stata aggiornata da ", ".", false},
	{"A tarefa #", " foi atualizada por ", ".", false},
	{"Задача #", " была обновлена ", ".", false},
	{"チケット #", " が ", " さんによって更新されました", false},
	{"问题 #", " 已由 ", " 更新", false},
	/* Trac */
	{"Comment (by ", "", "):", false},
	{"Comment(by ", "", "):", false}, /* 0.11 */
	{"Changes (by ", "", "):", false},
};

/* The bytes before behind; "Ada B. Berg." ends at its last dot. */
static size_t
name_bytes(const char *text, size_t len, const char *behind)
{
	const char *end;

	if (!*behind)
		return len;
	if (strcmp(behind, ".") == 0) {
		while (len > 0 && text[len - 1] != '.')
			len--;
		return len > 0 ? len - 1 : 0;
	}
	end = nd_mem_find(text, len, behind);
	return end ? (size_t)(end - text) : 0;
}

/* The name in the line, which may have dashes or a date behind it. */
static bool
read_comment(const char *text, size_t len, const char **name, size_t *size,
             bool *table)
{
	for (size_t i = 0; i < COUNT(comments); i++) {
		const char *at, *end = text + len;

		if (!nd_mem_starts(text, len, comments[i].start))
			continue;
		at = text + strlen(comments[i].start);
		if (*comments[i].before)
			at = nd_mem_find(at, (size_t)(end - at),
			                 comments[i].before);
		if (!at)
			continue;
		at += strlen(comments[i].before);
		*name = at;
		*size = name_bytes(at, (size_t)(end - at), comments[i].behind);
		*table = comments[i].table;
		if (*size > 0)
			return true;
	}
	return false;
}

bool
nd_writerline_of_comment(const struct nd_body *body, struct nd_writerline *out)
{
	for (size_t i = 0; i < body->line_count && i < COMMENT_LINES; i++) {
		size_t len, size;
		const char *text = nd_message_line(body, i, &len), *name;
		bool table;

		nd_mem_trim(&text, &len);
		if (is_copied(&body->line[i]) ||
		    !read_comment(text, len, &name, &size, &table))
			continue;
		set_line(out, i, name, size);
		while (table && out->first < body->line_count &&
		       body->line[out->first].kind != ND_LINE_BLANK)
			out->first++;
		out->until = body->line_count;
		return out->len > 0;
	}
	return false;
}

/* "ada at gcc dot gnu dot org" is how trackers hide addresses. */
static const char *
shown_address(const void *ctx, const char *text, size_t len)
{
	char *addr = x_strndup(ctx, text, len), *to = addr;

	for (const char *at = addr; *at;) {
		if (nd_str_starts(at, " at ")) {
			*to++ = '@';
			at += strlen(" at ");
		} else if (nd_str_starts(at, " dot ")) {
			*to++ = '.';
			at += strlen(" dot ");
		} else {
			*to++ = *at++;
		}
	}
	*to = '\0';
	return strchr(addr, '@') && !strchr(addr, ' ') ? addr : "";
}

/* Bugzilla 4 tells when, too: "Ada Berg <ada@x.org> 2012-03-02 10:00:00 UTC" */
static size_t
without_date(const char *text, size_t len)
{
	static const char date[] = " 0000-00-00 00:00";
	size_t size = strlen(date);

	for (size_t at = 1; at + size <= len; at++) {
		size_t i = 0;

		while (i < size && (date[i] == '0' ? nd_is_digit(text[at + i])
		                                   : date[i] == text[at + i]))
			i++;
		if (i == size)
			return at;
	}
	return len;
}

struct nd_address
nd_writerline_address(const void *ctx, const struct nd_writerline *found)
{
	size_t bytes = without_date(found->text, found->len);
	const char *text = found->text, *end = text + bytes, *open = end;
	struct nd_address who = {"", ""};

	if (bytes && strchr(">)", end[-1]))
		while (open > text && !strchr("<(", *open))
			open--;
	if (open < end && open > text)
		who.addr =
			shown_address(ctx, open + 1, (size_t)(end - open - 2));
	else
		who.addr = shown_address(ctx, text, bytes);
	if (!*who.addr || open < end) {
		size_t len = (size_t)((*who.addr ? open : end) - text);

		nd_mem_trim(&text, &len);
		who.name = x_strndup(ctx, text, len);
	}
	return who;
}
