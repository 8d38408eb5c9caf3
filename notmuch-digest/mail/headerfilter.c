/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/headerfilter.h"

#include <string.h>

#include "util/limits.h"
#include "util/str.h"

static const char *const wanted[] = {
	"From",     "To",          "Cc",           "Subject",
	"Date",     "Message-ID",  "References",   "In-Reply-To",
	"Reply-To", "List-Id",     "MIME-Version", "Auto-Submitted",
	"Content-", "X-Original-", "X-Patchwork-",
};

enum { WANTED = sizeof wanted / sizeof *wanted };

/* Its place in the list; WANTED when it is not there. */
static size_t
find_name(const char *name, size_t len)
{
	for (size_t i = 0; i < WANTED; i++) {
		size_t want = strlen(wanted[i]);
		bool start = wanted[i][want - 1] == '-';

		if ((start ? len > want : len == want) &&
		    nd_mem_equal_nocase(name, wanted[i], want))
			return i;
	}
	return WANTED;
}

/* The length of the field name that the line begins with; 0: with none. */
static size_t
name_length(const char *line, size_t len)
{
	size_t name = 0;

	while (name < len && line[name] > ' ' && line[name] != ':')
		name++;
	return name < len && line[name] == ':' ? name : 0;
}

/*
 * Is the line to go? What is no header stays, since GMime knows what to do
 * about it; but as the first line it would make GMime give up.
 */
static bool
is_unwanted(const char *line, size_t len, bool first)
{
	size_t name = name_length(line, len);

	if (name > 0)
		return find_name(line, name) == WANTED;
	return first && !nd_mem_starts(line, len, "From ");
}

size_t
nd_source_prune(char *bytes, size_t len)
{
	size_t at = 0, out = 0;
	bool drop = false;

	while (at < len) {
		const char *lf = memchr(bytes + at, '\n', len - at);
		size_t end = lf ? (size_t)(lf - bytes) + 1 : len;

		if (bytes[at] == '\n' || bytes[at] == '\r')
			break;
		/* A folded line shares the fate of the one above. */
		if (bytes[at] != ' ' && bytes[at] != '\t')
			drop = is_unwanted(bytes + at, end - at, out == 0);
		if (!drop) {
			memmove(bytes + out, bytes + at, end - at);
			out += end - at;
		}
		at = end;
	}
	if (at < len)
		memmove(bytes + out, bytes + at, len - at);
	return out + len - at;
}

size_t
nd_source_prune_to_facts(char *bytes, size_t len)
{
	unsigned seen[WANTED + 1] = {0};
	size_t at = 0, out = 0, room = 0;

	while (at < len && bytes[at] != '\n' && bytes[at] != '\r') {
		const char *lf = memchr(bytes + at, '\n', len - at);
		size_t end = lf ? (size_t)(lf - bytes) + 1 : len;
		size_t take = end - at;

		if (bytes[at] != ' ' && bytes[at] != '\t') {
			size_t name = name_length(bytes + at, take);
			size_t which =
				name > 0 ? find_name(bytes + at, name) : WANTED;

			room = which < WANTED && seen[which]++ <
			                                 ND_LIMIT_PRUNED_FIELDS
			               ? ND_LIMIT_PRUNED_FIELD_BYTES
			               : 0;
		}
		if (take > room) {
			take = room;
			room = 0;
		} else {
			room -= take;
		}
		memmove(bytes + out, bytes + at, take);
		out += take;
		/* A line that was cut still ends. */
		if (take > 0 && bytes[out - 1] != '\n' && at + take < end)
			bytes[out++] = '\n';
		at = end;
	}
	return out;
}
