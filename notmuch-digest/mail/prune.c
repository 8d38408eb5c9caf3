/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/prune.h"

#include <string.h>

#include "util/str.h"

static const char *const wanted[] = {
	"From",     "To",          "Cc",           "Subject",
	"Date",     "Message-ID",  "References",   "In-Reply-To",
	"Reply-To", "List-Id",     "MIME-Version", "Auto-Submitted",
	"Content-", "X-Original-",
};

/* Is the line a header that is not wanted? What is no header stays. */
static bool
is_unwanted(const char *line, size_t len)
{
	size_t name = 0;

	while (name < len && line[name] > ' ' && line[name] != ':')
		name++;
	if (name == 0 || name == len || line[name] != ':')
		return false;
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		size_t want = strlen(wanted[i]);
		bool start = wanted[i][want - 1] == '-';

		if ((start ? name > want : name == want) &&
		    nd_mem_equal_nocase(line, wanted[i], want))
			return false;
	}
	return true;
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
			drop = is_unwanted(bytes + at, end - at);
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
