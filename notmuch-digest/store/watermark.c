/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/watermark.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "mail/db_private.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

#define KEY "digest.state"

enum { LINE_BYTES = 1 << 16, DAY_S = 86400 };

/* Values hold no blank: other bytes than these become %XX. */
static bool
is_plain(char c)
{
	return nd_is_alnum(c) || (c && strchr("-_./,:", c));
}

static void
add_text(struct nd_buf *line, const char *name, const char *value)
{
	nd_buf_addf(line, "%s%s=", line->len > 0 ? " " : "", name);
	for (; *value; value++) {
		if (is_plain(*value))
			nd_buf_addc(line, *value);
		else
			nd_buf_addf(line, "%%%02x", (unsigned char)*value);
	}
}

static int
hex_digit(char c)
{
	if (nd_is_digit(c))
		return c - '0';
	c = nd_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static const char *
decode(const void *ctx, const char *value, size_t len)
{
	char *text = x_strndup(ctx, value, len), *to = text;

	for (const char *from = text; *from; from++) {
		if (*from == '%' && hex_digit(from[1]) >= 0 &&
		    hex_digit(from[2]) >= 0) {
			*to++ = (char)(hex_digit(from[1]) << 4 |
			               hex_digit(from[2]));
			from += 2;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	return text;
}

static void
set_word(struct nd_watermark *state, const char *name, size_t name_len,
         const char *value)
{
	const struct {
		const char *name;
		const char **text;
	} texts[] = {
		{"uuid", &state->uuid},     {"folder", &state->folder},
		{"prefix", &state->prefix}, {"names", &state->names},
		{"asked", &state->asked},   {"why", &state->why},
		{"mute", &state->mute},
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (strlen(texts[i].name) == name_len &&
		    memcmp(name, texts[i].name, name_len) == 0)
			*texts[i].text = value;
	if (name_len == 1 && *name == 'v')
		state->version = (unsigned)strtoul(value, NULL, 10);
	else if (name_len == 3 && memcmp(name, "rev", 3) == 0)
		state->revision = strtoul(value, NULL, 10);
	else if (name_len == 2 && memcmp(name, "at", 2) == 0)
		state->at_s = strtoll(value, NULL, 10);
	else if (name_len == 5 && memcmp(name, "quiet", 5) == 0)
		state->quiet_s = strtoll(value, NULL, 10);
	else if (name_len == 5 && memcmp(name, "mails", 5) == 0)
		state->mails = (unsigned)strtoul(value, NULL, 10);
	else if (name_len == 9 && memcmp(name, "strangers", 9) == 0)
		state->foreign = (unsigned)strtoul(value, NULL, 10);
	else if (name_len == 7 && memcmp(name, "digests", 7) == 0)
		state->digests = (unsigned)strtoul(value, NULL, 10);
}

void
nd_watermark_parse(const void *ctx, const char *line,
                   struct nd_watermark *state)
{
	*state = (struct nd_watermark){
		.uuid = "",
		.folder = "",
		.prefix = "",
		.mute = "",
		.names = "",
		.asked = "",
		.why = "",
		.digests = UINT_MAX,
	};
	while (*(line += strspn(line, " "))) {
		size_t len = strcspn(line, " ");
		const char *equals = memchr(line, '=', len);

		if (equals)
			set_word(state, line, (size_t)(equals - line),
			         decode(ctx, equals + 1,
			                len - (size_t)(equals - line) - 1));
		line += len;
	}
}

const char *
nd_watermark_format(const void *ctx, const struct nd_watermark *state)
{
	struct nd_buf *line = nd_buf_new(ctx, LINE_BYTES);

	nd_buf_addf(line, "v=%d", ND_WATERMARK_VERSION);
	add_text(line, "uuid", state->uuid);
	nd_buf_addf(line, " rev=%lu at=%" PRId64 " quiet=%" PRId64,
	            state->revision, state->at_s, state->quiet_s);
	add_text(line, "folder", state->folder);
	add_text(line, "prefix", state->prefix);
	add_text(line, "names", state->names);
	if (*state->mute)
		add_text(line, "mute", state->mute);
	nd_buf_addf(line, " mails=%u strangers=%u digests=%u", state->mails,
	            state->foreign, state->digests);
	if (*state->asked)
		add_text(line, "asked", state->asked);
	if (*state->why)
		add_text(line, "why", state->why);
	return nd_buf_finish(ctx, line);
}

enum nd_status
nd_watermark_load(const void *ctx, struct nd_db *db, struct nd_watermark *state,
                  struct nd_error *err)
{
	notmuch_config_list_t *list = NULL;
	notmuch_status_t status =
		notmuch_database_get_config_list(db->handle, KEY, &list);

	nd_watermark_parse(ctx, "", state);
	if (status != NOTMUCH_STATUS_SUCCESS)
		return nd_db_is_lost(db) ? nd_db_gave_up(err)
		                         : nd_db_failed(db, "cannot read " KEY,
		                                        status, err);
	for (; notmuch_config_list_valid(list);
	     notmuch_config_list_move_to_next(list))
		if (strcmp(notmuch_config_list_key(list), KEY) == 0)
			nd_watermark_parse(ctx, notmuch_config_list_value(list),
			                   state);
	notmuch_config_list_destroy(list);
	return ND_OK;
}

enum nd_status
nd_watermark_save(struct nd_db *db, const struct nd_watermark *state,
                  struct nd_error *err)
{
	/* Setting a key to nothing is how notmuch removes it. */
	const char *line =
		state ? nd_watermark_format(NULL, state) : x_strdup(NULL, "");
	notmuch_status_t status =
		notmuch_database_set_config(db->handle, KEY, line);

	talloc_free((void *)line);
	if (status != NOTMUCH_STATUS_SUCCESS)
		return nd_db_failed(db, "cannot write " KEY, status, err);
	return ND_OK;
}

bool
nd_watermark_is_of(const struct nd_watermark *state, struct nd_db *db)
{
	const char *uuid = NULL;

	notmuch_database_get_revision(db->handle, &uuid);
	return *state->uuid && uuid && strcmp(state->uuid, uuid) == 0;
}

bool
nd_watermark_is_current(const struct nd_watermark *state, struct nd_db *db)
{
	return nd_watermark_is_of(state, db) &&
	       notmuch_database_get_revision(db->handle, NULL) ==
	               state->revision;
}

bool
nd_watermark_is_ahead(const struct nd_watermark *state, int64_t now_s)
{
	return state->quiet_s > now_s && state->quiet_s - now_s > DAY_S;
}
