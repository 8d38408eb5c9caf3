/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/feed.h"

#include <errno.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>

#include "cage/wire.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/http.h"
#include "util/limits.h"
#include "util/map.h"
#include "util/str.h"
#include "util/utf8.h"
#include "util/when.h"

static const char atom_namespace[] = "http://www.w3.org/2005/Atom";

enum { SHA1_DIGITS = 40, SHA256_DIGITS = 64, TIMEOUT_MS = 60000 };

struct reading {
	const char *name;
	struct nd_feed *feed;
	struct nd_map *seen; /* commit ids */
	struct nd_error *err;
};

static enum nd_status
broken(const struct reading *reading, long line, const char *what)
{
	return nd_fail(reading->err, ND_ERR_PARSE,
	               "'%.200s' is not a feed of commits: line %ld: %s",
	               reading->name, line, what);
}

static bool
is_element(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE &&
	       strcmp((const char *)node->name, name) == 0 &&
	       (!node->ns ||
	        strcmp((const char *)node->ns->href, atom_namespace) == 0);
}

static xmlNode *
child_of(xmlNode *node, const char *name)
{
	for (xmlNode *child = node->children; child; child = child->next)
		if (is_element(child, name))
			return child;
	return NULL;
}

/* The text below a node on one line, owned by ctx; "" for NULL. */
static const char *
text_of(const void *ctx, xmlNode *node)
{
	xmlChar *text = node ? xmlNodeGetContent(node) : NULL;
	const char *raw = text ? (const char *)text : "";
	char *clean = nd_utf8_clean_line(ctx, raw, strlen(raw));

	xmlFree(text);
	return clean;
}

static const char *
lines_of(const void *ctx, xmlNode *node)
{
	xmlChar *text = node ? xmlNodeGetContent(node) : NULL;
	const char *raw = text ? (const char *)text : "";
	char *clean = nd_utf8_clean(ctx, raw, strlen(raw), NULL);

	xmlFree(text);
	return clean;
}

static bool
is_hex(char c)
{
	c = nd_lower(c);
	return nd_is_digit(c) || (c >= 'a' && c <= 'f');
}

/* The last run of 40 or 64 hex digits: "urn:sha1:…", "…/commit/?id=…". */
static const char *
commit_id(const void *ctx, const char *text)
{
	const char *found = NULL;
	size_t found_len = 0;

	while (*text) {
		size_t len = 0;

		while (is_hex(text[len]))
			len++;
		if (len == SHA1_DIGITS || len == SHA256_DIGITS) {
			found = text;
			found_len = len;
		}
		text += len > 0 ? len : 1;
	}
	return found ? nd_str_lower(x_strndup(ctx, found, found_len)) : NULL;
}

static const char *
find_commit_id(const void *ctx, xmlNode *entry)
{
	const char *id = commit_id(ctx, text_of(ctx, child_of(entry, "id")));

	for (xmlNode *child = entry->children; child && !id;
	     child = child->next) {
		xmlChar *href;

		if (!is_element(child, "link"))
			continue;
		href = xmlGetProp(child, (const xmlChar *)"href");
		if (href)
			id = commit_id(ctx, (const char *)href);
		xmlFree(href);
	}
	return id;
}

static int64_t
date_of(xmlNode *node)
{
	const char *text = text_of(NULL, node);
	int64_t date_s = 0;

	if (!*text || nd_when_parse(text, 0, &date_s, NULL) != ND_OK)
		date_s = 0;
	talloc_free((void *)text);
	return date_s;
}

/* cgit once wrote the text twice: plain, and as HTML. */
static xmlNode *
message_of(xmlNode *entry)
{
	for (xmlNode *child = entry->children; child; child = child->next) {
		xmlChar *type;
		bool plain;

		if (!is_element(child, "content"))
			continue;
		type = xmlGetProp(child, (const xmlChar *)"type");
		plain = type && strcmp((const char *)type, "text") == 0;
		xmlFree(type);
		if (plain)
			return child;
	}
	return child_of(entry, "content");
}

static enum nd_status
read_entry(struct reading *reading, xmlNode *entry)
{
	struct nd_commit_list *list = &reading->feed->commits;
	const char *id = find_commit_id(reading->feed, entry);
	xmlNode *author = child_of(entry, "author");
	struct nd_commit *commit;

	if (!id)
		return broken(reading, xmlGetLineNo(entry),
		              "an entry without the id of a commit");
	if (!child_of(entry, "title"))
		return broken(reading, xmlGetLineNo(entry),
		              "an entry without a title");
	if (list->count >= ND_LIMIT_COMMITS)
		return nd_fail(reading->err, ND_ERR_LIMIT,
		               "'%.200s' has more than %d commits",
		               reading->name, ND_LIMIT_COMMITS);
	if (!nd_map_set(reading->seen, id, NULL))
		return ND_OK;
	commit = x_append(reading->feed, list->commit, list->count);
	commit->id = id;
	commit->title = text_of(reading->feed, child_of(entry, "title"));
	commit->author.name = text_of(reading->feed,
	                              author ? child_of(author, "name") : NULL);
	commit->author.addr = text_of(
		reading->feed, author ? child_of(author, "email") : NULL);
	commit->date_s = date_of(child_of(entry, "updated"));
	commit->message = lines_of(reading->feed, message_of(entry));
	return ND_OK;
}

static enum nd_status
read_feed(struct reading *reading, xmlDoc *doc)
{
	xmlNode *root = xmlDocGetRootElement(doc);
	enum nd_status st = ND_OK;

	/* No feed needs one, and entities come from there. */
	if (doc->intSubset || doc->extSubset)
		return broken(reading, 1, "it has a document type");
	if (!root || !is_element(root, "feed") || !root->ns)
		return broken(reading, root ? xmlGetLineNo(root) : 1,
		              "no Atom feed begins here");
	reading->feed->title = text_of(reading->feed, child_of(root, "title"));
	for (xmlNode *node = root->children; st == ND_OK && node;
	     node = node->next)
		if (is_element(node, "entry"))
			st = read_entry(reading, node);
	return st;
}

static enum nd_status
not_well_formed(const struct reading *reading)
{
	const xmlError *error = xmlGetLastError();
	const char *text = error && error->message ? error->message : "";
	char *why = nd_utf8_clean_line(NULL, text, strlen(text));
	enum nd_status st = broken(reading, error ? error->line : 1,
	                           *why ? why : "it is no XML");

	talloc_free(why);
	return st;
}

enum nd_status
nd_feed_parse(const void *ctx, const char *name, const char *bytes, size_t len,
              struct nd_feed **out, struct nd_error *err)
{
	struct reading reading = {.name = name, .err = err};
	enum nd_status st;
	xmlDoc *doc;

	if (len > ND_LIMIT_FEED_BYTES)
		return nd_fail(err, ND_ERR_LIMIT,
		               "'%.200s' is over %u bytes: no feed is so large",
		               name, ND_LIMIT_FEED_BYTES);
	/* Entities are neither loaded nor replaced; nothing is fetched. */
	doc = xmlReadMemory(bytes, (int)len, "feed.xml", NULL,
	                    XML_PARSE_NONET | XML_PARSE_NOERROR |
	                            XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
	if (!doc)
		return not_well_formed(&reading);
	reading.feed = x_new(NULL, struct nd_feed);
	reading.seen = nd_map_new(reading.feed);
	st = read_feed(&reading, doc);
	xmlFreeDoc(doc);
	TALLOC_FREE(reading.seen);
	if (st == ND_OK)
		*out = talloc_steal(ctx, reading.feed);
	else
		talloc_free(reading.feed);
	return st;
}

/* ---- in the cage --------------------------------------------------------- */

/* Commits of a feed take at least so many bytes each on the wire. */
enum { COMMIT_WIRE_BYTES = 28, MESSAGE_MAX = ND_LIMIT_FEED_BYTES };

static void
put_feed(struct nd_buf *out, const struct nd_feed *feed)
{
	nd_wire_put_text(out, feed->title);
	nd_wire_put_u32(out, (uint32_t)feed->commits.count);
	for (size_t i = 0; i < feed->commits.count; i++) {
		const struct nd_commit *commit = &feed->commits.commit[i];

		nd_wire_put_text(out, commit->id);
		nd_wire_put_text(out, commit->title);
		nd_wire_put_text(out, commit->author.name);
		nd_wire_put_text(out, commit->author.addr);
		nd_wire_put_u64(out, (uint64_t)commit->date_s);
		nd_wire_put_text(out, commit->message);
	}
}

static void
work_on_feed(const struct nd_cage_request *request, struct nd_buf *answer)
{
	void *tmp = talloc_new(NULL);
	struct nd_error why = {0};
	struct nd_feed *feed;
	size_t len, name_len;
	const char *bytes = nd_reader_given(tmp, request, &len);
	const char *name = bytes;
	enum nd_status st;

	/* In front of the feed stands its name. */
	name_len = strlen(name) + 1;
	st = nd_feed_parse(tmp, name, bytes + name_len, len - name_len, &feed,
	                   &why);
	nd_wire_put_u32(answer, st);
	if (st == ND_OK) {
		put_feed(answer, feed);
	} else {
		char *clean =
			nd_utf8_clean(tmp, why.msg, strlen(why.msg), NULL);

		nd_wire_put_text(answer, clean);
	}
	talloc_free(tmp);
}

static const char *
take_line(const void *ctx, struct nd_wire *wire)
{
	return nd_wire_line(ctx, wire, ND_LIMIT_FEED_BYTES);
}

static const char *
take_id(const void *ctx, struct nd_wire *wire)
{
	const char *id = take_line(ctx, wire);
	size_t len = strlen(id), digits = 0;

	while (is_hex(id[digits]) && id[digits] == nd_lower(id[digits]))
		digits++;
	if (digits != len || (len != SHA1_DIGITS && len != SHA256_DIGITS))
		nd_wire_refuse(wire);
	return id;
}

static struct nd_feed *
take_commits(const void *ctx, struct nd_wire *wire)
{
	struct nd_feed *feed = x_new(ctx, struct nd_feed);
	struct nd_commit_list *list = &feed->commits;
	size_t count;

	feed->title = take_line(feed, wire);
	count = nd_wire_count(wire, ND_LIMIT_COMMITS, COMMIT_WIRE_BYTES);
	for (size_t i = 0; i < count; i++) {
		struct nd_commit *commit =
			x_append(feed, list->commit, list->count);

		commit->id = take_id(feed, wire);
		commit->title = take_line(feed, wire);
		commit->author.name = take_line(feed, wire);
		commit->author.addr = take_line(feed, wire);
		commit->date_s = (int64_t)nd_wire_u64(wire);
		commit->message = nd_wire_text(feed, wire, MESSAGE_MAX);
	}
	return feed;
}

struct taking {
	enum nd_status status;
	struct nd_feed *feed;
	struct nd_error *err;
};

static bool
take_feed(void *arg, const char *bytes, size_t len)
{
	struct taking *taking = arg;
	struct nd_wire wire = {bytes, len, false};
	void *tmp = talloc_new(NULL);

	taking->status = (enum nd_status)nd_wire_u32(&wire);
	if (taking->status == ND_OK)
		taking->feed = take_commits(NULL, &wire);
	else if (taking->status == ND_ERR_PARSE ||
	         taking->status == ND_ERR_LIMIT)
		nd_fail(taking->err, taking->status, "%s",
		        nd_wire_text(tmp, &wire, sizeof taking->err->msg));
	else
		nd_wire_refuse(&wire);
	talloc_free(tmp);
	if (nd_wire_is_done(&wire))
		return true;
	TALLOC_FREE(taking->feed);
	return false;
}

static enum nd_status
parse(struct nd_reader *reader, const void *ctx, const char *name,
      const struct nd_buf *bytes, struct nd_feed **out, struct nd_error *err)
{
	struct taking taking = {.err = err};
	struct nd_buf *named;
	enum nd_status st;

	if (!reader)
		return nd_feed_parse(ctx, name, bytes->data, bytes->len, out,
		                     err);
	named = nd_buf_new(NULL, ND_BUF_BYTES_MAX);
	nd_buf_add(named, name, strlen(name) + 1);
	nd_buf_add(named, bytes->data, bytes->len);
	st = nd_reader_bytes(reader, named->data, named->len, work_on_feed,
	                     take_feed, &taking, "feed", err);
	talloc_free(named);
	if (st == ND_OK)
		st = taking.status;
	if (st == ND_OK)
		*out = talloc_steal(ctx, taking.feed);
	return st;
}

static enum nd_status
read_stream(FILE *stream, const char *name, struct nd_buf *bytes,
            struct nd_error *err)
{
	char chunk[8192];
	size_t got;

	while (!bytes->full &&
	       (got = fread(chunk, 1, sizeof chunk, stream)) > 0)
		nd_buf_add(bytes, chunk, got);
	if (ferror(stream))
		return nd_fail(err, ND_ERR_IO, "cannot read '%.200s': %s", name,
		               strerror(errno));
	if (bytes->full)
		return nd_fail(err, ND_ERR_LIMIT,
		               "'%.200s' is over %u bytes: no feed is so large",
		               name, ND_LIMIT_FEED_BYTES);
	return ND_OK;
}

static enum nd_status
read_path(const char *path, struct nd_buf *bytes, struct nd_error *err)
{
	FILE *stream;
	enum nd_status st;

	if (strcmp(path, "-") == 0)
		return read_stream(stdin, "stdin", bytes, err);
	stream = fopen(path, "re");
	if (!stream)
		return nd_fail(err, ND_ERR_IO, "cannot open '%.200s': %s", path,
		               strerror(errno));
	st = read_stream(stream, path, bytes, err);
	fclose(stream);
	return st;
}

static enum nd_status
fetch(const char *url, bool plain_http, struct nd_buf *bytes,
      struct nd_error *err)
{
	const struct nd_http_request request = {
		.url = url,
		.plain = plain_http ? ND_HTTP_PLAIN_ANYWHERE
	                            : ND_HTTP_PLAIN_NEVER,
		.timeout_ms = TIMEOUT_MS,
	};

	return nd_http_fetch(&request, bytes, err);
}

enum nd_status
nd_feed_load(const void *ctx, struct nd_reader *reader, const char *name,
             bool plain_http, struct nd_feed **out, struct nd_error *err)
{
	struct nd_buf *bytes = nd_buf_new(NULL, ND_LIMIT_FEED_BYTES);
	enum nd_status st = nd_http_is_url(name)
	                            ? fetch(name, plain_http, bytes, err)
	                            : read_path(name, bytes, err);

	if (st == ND_OK)
		st = parse(reader, ctx, name, bytes, out, err);
	talloc_free(bytes);
	return st;
}
