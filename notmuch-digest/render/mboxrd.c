/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/mboxrd.h"

#include <string.h>

#include "util/alloc.h"
#include "util/str.h"
#include "util/time.h"

static bool
needs_quote(const char *line, size_t len)
{
	while (len > 0 && *line == '>') {
		line++;
		len--;
	}
	return nd_mem_starts(line, len, "From ");
}

void
nd_mboxrd_add(struct nd_buf *out, const char *sender, int64_t date_s,
              const char *mail, size_t len)
{
	const char *date = nd_time_utc(NULL, "%a %b %e %H:%M:%S %Y", date_s);

	nd_buf_addf(out, "From %s %s\n", sender, date);
	talloc_free((void *)date);
	while (len > 0) {
		const char *end = memchr(mail, '\n', len);
		size_t line = end ? (size_t)(end - mail) : len;

		if (needs_quote(mail, line))
			nd_buf_addc(out, '>');
		nd_buf_add(out, mail, line);
		nd_buf_addc(out, '\n');
		line += end != NULL;
		mail += line;
		len -= line;
	}
	nd_buf_addc(out, '\n');
}
