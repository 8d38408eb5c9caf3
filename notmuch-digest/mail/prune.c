/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/prune.h"

#include <string.h>

#include "util/str.h"

static const char *const wanted[] = {
	"From",     "To",          "Cc",           "Subject",
	"Date",     "Message-ID",  "References",   "In-Reply-To",
	"Reply-To", "List-Id",     "MIME-Version", "Auto-Submitted",
	"Content-", "X-Original-", "X-Patchwork-",
};

static bool
is_wanted_name(const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		size_t want = strlen(wanted[i]);
		bool start = wanted[i][want - 1] == '-';

		if ((start ? len > want : len == want) &&
		    nd_mem_equal_nocase(name, wanted[i], want))
			return true;
	}
	return false;
}

/*
 * Is the line to go? What is no header stays, since GMime knows what to do
 * about it; but as the first line it would make GMime give up.
 */
static bool
is_unwanted(const char *line, size_t len, bool first)
{
	size_t name = 0;

	while (name < len && line[name] > ' ' && line[name] != ':')
		name++;
	if (name > 0 && name < len && line[name] == ':')
		return !is_wanted_name(line, name);
	return first && !nd_mem_starts(line, len, "From ");
}

size_t
nd_prune_headers(char *bytes, size_t len)
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
