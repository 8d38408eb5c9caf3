/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mails.c - what a mail is made of: HTML, styles, charsets, MIME, our headers
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"

#include "mail/charset.h"
#include "mail/colour.h"
#include "mail/digestfile.h"
#include "mail/html.h"
#include "mail/read.h"
#include "mail/source.h"
#include "mail/style.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"
#include "util/utf8.h"

/* Stands in what no document can bring to light again. */
#define HIDDEN "zqhiddenqz"

static void
add_html(struct nd_buf *html, const char *text, size_t len)
{
	nd_charset_html_to_utf8(html, text, len, "utf-8");
}

/*
 * Whatever follows it, rules for all elements included: an element that is not
 * shown is not.
 */
void
fuzz_html(void *ctx, const char *text, size_t len)
{
	struct nd_buf *html = nd_buf_new(ctx, ND_LIMIT_PART_BYTES), *out;

	nd_buf_adds(html, "<p hidden>" HIDDEN "</p><p style='display:none "
	                  "!important'>" HIDDEN "</p><!--" HIDDEN "-->"
	                  "<template>" HIDDEN "</template>");
	if (nd_mem_find_nocase(text, len, "zq"))
		return;
	add_html(html, text, len);
	out = nd_html_to_text(ctx, html->data, html->len);
	MUST(nd_utf8_is_valid(out->data, out->len));
	MUST(out->len <= ND_LIMIT_PART_BYTES);
	MUST(!nd_mem_find(out->data, out->len, HIDDEN));
}

/*
 * A style is read the same when something harmless stands around it, and what
 * hides stays hidden by a declaration that weighs more.
 */
void
fuzz_style(void *ctx, const char *text, size_t len)
{
	const char *clean = fuzz_clean(ctx, text, len);
	struct nd_style style, again;
	uint32_t rgb;
	double alpha;

	len = strlen(clean);
	memset(&style, 0, sizeof style);
	memset(&again, 0, sizeof again);
	nd_style_declare(&style, clean, len, 1);
	nd_style_declare(&again, "display:none!important", 22, 0);
	nd_style_declare(&again, "font-size:0!important", 21, 0);
	nd_style_declare(&again, clean, len, 0);
	if (!nd_mem_find_nocase(clean, len, "important") &&
	    !memchr(clean, '\\', len) && !memchr(clean, '/', len)) {
		MUST(again.of[ND_STYLE_DISPLAY].kind == ND_STYLE_HIDES);
		MUST(again.of[ND_STYLE_FONT_SIZE].kind == ND_STYLE_LENGTH);
		MUST(again.of[ND_STYLE_FONT_SIZE].number == 0);
	}
	for (unsigned p = 0; p < ND_STYLE_PROPERTIES; p++)
		MUST(style.of[p].kind <= ND_STYLE_RGB &&
		     style.of[p].rgb <= 0xffffff);
	for (size_t at = 0, next; at < len; at = next) {
		next = nd_style_skip(clean, len, at);
		MUST(next > at && next <= len);
	}
	if (nd_colour_read(clean, &rgb, &alpha) == ND_COLOUR_KNOWN) {
		MUST(rgb <= 0xffffff && alpha >= 0 && alpha <= 1);
		MUST(nd_colour_is_near(rgb, rgb, alpha));
		MUST(nd_colour_mix(rgb, 1, 0) == rgb);
	}
}

/* The first byte chooses what the mail says of itself. */
void
fuzz_charset(void *ctx, const char *text, size_t len)
{
	static const char *const names[] = {
		NULL,        "utf-8",       "us-ascii",      "iso-8859-1",
		"utf-16",    "utf-16be",    "utf-32",        "utf-7",
		"gb2312",    "gb18030",     "big5",          "euc-kr",
		"euc-jp",    "iso-2022-jp", "iso-2022-kr",   "iso-2022-cn",
		"shift_jis", "hz-gb-2312",  "koi8-r",        "windows-1252",
		"unknown",   "../../x",     "x-user-defined"};
	size_t count = sizeof names / sizeof *names;
	struct nd_buf *out = nd_buf_new(ctx, 4096);
	struct nd_buf *html = nd_buf_new(ctx, 4096);
	const char *name;

	if (len == 0)
		return;
	name = names[(unsigned char)text[0] % count];
	nd_charset_to_utf8(out, text + 1, len - 1, name);
	MUST(nd_utf8_is_valid(out->data, out->len) && out->len <= 4096);
	nd_charset_html_to_utf8(html, text + 1, len - 1, name);
	MUST(nd_utf8_is_valid(html->data, html->len) && html->len <= 4096);
	MUST(!name || !strstr(name, "utf-7") || !nd_charset_keeps_ascii(name));
}

static void
check_address(const struct nd_address *who)
{
	fuzz_check_line(who->name);
	fuzz_check_line(who->addr);
}

static void
check_addresses(const struct nd_address_list *list)
{
	MUST(list->count <= ND_LIMIT_ADDRESSES);
	for (size_t i = 0; i < list->count; i++)
		check_address(&list->address[i]);
}

static void
check_source(const char *bytes, size_t len)
{
	char *copy = malloc(len + 1);
	struct nd_received received = {0};
	size_t left, again;

	MUST(copy);
	memcpy(copy, bytes, len);
	left = nd_source_prune(copy, len, &received);
	MUST(left <= len);
	left = nd_source_prune_to_facts(copy, left);
	MUST(left <= len);
	again = nd_source_prune_to_facts(copy, left);
	MUST(again == left);
	free(copy);
}

void
fuzz_mime(void *ctx, const char *text, size_t len)
{
	struct nd_message *message = x_new(ctx, struct nd_message);
	const char *id;
	struct nd_error err;

	check_source(text, len);
	message->id = "id@fuzz.example";
	message->parent = ND_NO_MESSAGE;
	*x_append(message, message->file, message->file_count) =
		fuzz_file(ctx, text, len);
	if (nd_read_message_id(ctx, text, len, &id, &err) == ND_OK)
		MUST(id && *id);
	if (nd_read_mail(message, &err) != ND_OK) {
		MUST(err.msg[0] && !message->body);
		return;
	}
	check_address(&message->from);
	check_address(&message->sender);
	check_address(&message->author);
	check_addresses(&message->to);
	check_addresses(&message->cc);
	fuzz_check_line(message->subject);
	MUST(strlen(message->subject) <= ND_LIMIT_HEADER_BYTES);
	fuzz_check_line(message->list_id);
	fuzz_check_line(message->link);
	MUST(message->reference_count <= ND_LIMIT_REFERENCES);
	MUST(message->body);
	MUST(message->body->attachment_count <= ND_LIMIT_MIME_PARTS);
	fuzz_check_text(message->body->text ? message->body->text : "",
	                message->body->len, false);
	MUST(!(message->body->flags & ND_BODY_CUT) == !message->body->cut);
}

/* In memory where that can be had: thousands of files a second. */
static char folder[] = "/dev/shm/nd-fuzz-XXXXXX";

static void
remove_folder(void)
{
	char path[sizeof folder + 8];

	snprintf(path, sizeof path, "%s/cur/x", folder);
	unlink(path);
	path[strlen(path) - 2] = '\0';
	rmdir(path);
	rmdir(folder);
}

static const char *
digest_path(void *ctx)
{
	static bool made;
	const char *cur;

	if (!made) {
		if (!mkdtemp(folder)) {
			strcpy(folder, "/tmp/nd-fuzz-XXXXXX");
			MUST(mkdtemp(folder));
		}
		cur = x_asprintf(ctx, "%s/cur", folder);
		MUST(mkdir(cur, 0700) == 0);
		atexit(remove_folder);
		made = true;
	}
	return x_asprintf(ctx, "%s/cur/x", folder);
}

static void
check_hash(const char *hash)
{
	size_t len = strlen(hash);

	MUST(len == 0 || len == 40);
	MUST(strspn(hash, "0123456789abcdef") == len);
}

/* A mail in our folder is ours only with an id of ours. */
void
fuzz_digestfile(void *ctx, const char *text, size_t len)
{
	const char *path = digest_path(ctx), *paths[] = {folder};
	const struct nd_folders folders = {paths, 1};
	struct nd_digest_header header;
	FILE *file = fopen(path, "w");

	MUST(file && fwrite(text, 1, len, file) == len);
	MUST(fclose(file) == 0);
	if (!nd_digestfile_read(ctx, &folders, path, &header))
		return;
	MUST(nd_digestfile_has_id(header.id));
	MUST(nd_mem_find_nocase(text, len, "X-Notmuch-Digest:"));
	check_hash(header.key);
	check_hash(header.last);
	check_hash(header.behind);
	check_hash(header.query);
	MUST(!strchr(header.tags, '\n') && !strchr(header.merged, '\n'));
	if (nd_digestfile_has_report_id(header.id))
		MUST(nd_digestfile_report_hash(ctx, header.id));
}
