/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/source.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"

/* Boundaries that are told apart; with more, any line with "--" is one. */
enum { BOUNDARIES = 64 };

struct boundary {
	const char *text; /* points into the mail */
	size_t len;
};

struct scanner {
	struct nd_source count;
	struct boundary boundary[BOUNDARIES];
	size_t boundary_count;
	bool any;          /* boundaries cannot be told apart */
	bool digest;       /* a part may be a mail without saying so */
	bool in_header;    /* the line belongs to a header */
	bool of_part;      /* … which follows a boundary */
	bool in_type;      /* … to its Content-Type */
	bool says_message; /* that names a mail in the mail */
};

static bool
is_full(const struct nd_source *count)
{
	return count->parts > ND_LIMIT_PARSE_PARTS ||
	       count->fields > ND_LIMIT_PARSE_FIELDS ||
	       count->marks > ND_LIMIT_PARSE_MARKS ||
	       count->header_bytes > ND_LIMIT_PARSE_HEADER_BYTES;
}

static bool
is_plain(char c)
{
	return c > ' ' && !strchr("\"\\(;%?", c);
}

/*
 * The boundary whose parameter's name ends at "at". A value that is encoded,
 * in pieces or on another line is not understood: any line may be it.
 */
static void
add_boundary(struct scanner *scanner, const char *at, const char *end)
{
	struct boundary *boundary;
	const char *start;
	bool quoted;

	while (at < end && nd_is_space(*at))
		at++;
	if (at < end && *at == '=')
		at++;
	else
		scanner->any = true;
	while (at < end && nd_is_space(*at))
		at++;
	quoted = at < end && *at == '"';
	start = at += quoted;
	while (at < end && (is_plain(*at) || (quoted && *at == ' ')))
		at++;
	if (at == start || (quoted && (at == end || *at != '"')) ||
	    (at < end && strchr("\\%?", *at)) ||
	    scanner->boundary_count == BOUNDARIES) {
		scanner->any = true;
		return;
	}
	while (at[-1] == ' ')
		at--;
	boundary = &scanner->boundary[scanner->boundary_count++];
	boundary->text = start;
	boundary->len = (size_t)(at - start);
}

/* A line of a Content-Type field. */
static void
look_at_type(struct scanner *scanner, const char *line, const char *end)
{
	size_t len = (size_t)(end - line);
	const char *at = line;

	while ((at = nd_mem_find_nocase(at, (size_t)(end - at), "boundary"))) {
		at += strlen("boundary");
		add_boundary(scanner, at, end);
	}
	if (nd_mem_find_nocase(line, len, "message"))
		scanner->says_message = true;
	if (nd_mem_find_nocase(line, len, "digest"))
		scanner->digest = true;
}

static void
take_header_line(struct scanner *scanner, const char *line, const char *end)
{
	static const char type[] = "Content-Type";
	size_t len = (size_t)(end - line);

	scanner->count.header_bytes += len;
	for (const char *at = line; at < end; at++)
		scanner->count.marks += *at == ',' || *at == ';' ||
		                        *at == ':' || *at == '<' || *at == '@';
	if (*line != ' ' && *line != '\t') {
		scanner->count.fields++;
		scanner->in_type =
			len > strlen(type) &&
			nd_mem_equal_nocase(line, type, strlen(type));
	}
	if (scanner->in_type)
		look_at_type(scanner, line, end);
}

static void
begin_header(struct scanner *scanner, bool of_part)
{
	scanner->count.parts++;
	scanner->in_header = true;
	scanner->of_part = of_part;
	scanner->in_type = false;
	scanner->says_message = false;
}

/* The empty line: another header follows when this part is a mail. */
static void
end_header(struct scanner *scanner)
{
	if (scanner->says_message || (scanner->digest && scanner->of_part))
		begin_header(scanner, false);
	else
		scanner->in_header = false;
}

static bool
is_boundary(const struct scanner *scanner, const char *line, const char *end)
{
	size_t len = (size_t)(end - line);

	if (len < 2 || line[0] != '-' || line[1] != '-')
		return false;
	for (size_t i = 0; i < scanner->boundary_count && !scanner->any; i++) {
		const struct boundary *boundary = &scanner->boundary[i];

		if (len - 2 >= boundary->len &&
		    memcmp(line + 2, boundary->text, boundary->len) == 0)
			return true;
	}
	return scanner->any;
}

struct nd_source
nd_source_count(const char *bytes, size_t len)
{
	struct scanner scanner = {.in_header = true};
	const char *line = bytes, *end = bytes + len;

	while (line < end && !is_full(&scanner.count)) {
		const char *lf = memchr(line, '\n', (size_t)(end - line));
		const char *next = lf ? lf + 1 : end;

		if (is_boundary(&scanner, line, next))
			begin_header(&scanner, true);
		else if (scanner.in_header && (*line == '\n' || *line == '\r'))
			end_header(&scanner);
		else if (scanner.in_header)
			take_header_line(&scanner, line, next);
		line = next;
	}
	return scanner.count;
}

const char *
nd_source_over(const void *ctx, const struct nd_source *scan)
{
	if (scan->parts > ND_LIMIT_PARSE_PARTS)
		return x_asprintf(ctx, "over %u MIME parts",
		                  ND_LIMIT_PARSE_PARTS);
	if (scan->fields > ND_LIMIT_PARSE_FIELDS)
		return x_asprintf(ctx, "over %u header fields",
		                  ND_LIMIT_PARSE_FIELDS);
	if (scan->marks > ND_LIMIT_PARSE_MARKS)
		return x_asprintf(ctx, "over %u addresses and parameters",
		                  ND_LIMIT_PARSE_MARKS);
	if (scan->header_bytes > ND_LIMIT_PARSE_HEADER_BYTES)
		return x_asprintf(ctx, "over %u bytes of headers",
		                  ND_LIMIT_PARSE_HEADER_BYTES);
	return NULL;
}

/* ---- what nobody asks for ------------------------------------------------ */

static const char *const wanted[] = {
	"From",
	"To",
	"Cc",
	"Subject",
	"Date",
	"Message-ID",
	"References",
	"In-Reply-To",
	"Reply-To",
	"List-Id",
	"Archived-At",
	"List-Archive",
	"MIME-Version",
	"Auto-Submitted",
	"Content-",
	"X-Original-",
	"X-Patchwork-",
	/* who wrote it: originals[], list_fields[], services[] of header.c */
	"Author",
	"Original-From",
	"X-Google-Original-From",
	"X-Mailman-Original-From",
	"List-Post",
	"X-BeenThere",
	"X-Mailing-List",
	"Mailing-List",
	"X-GitHub-",
	"X-Gitea-",
	"X-Forgejo-",
	"X-GitLab-",
	"X-Redmine-Sender",
	"X-Bugzilla-Type",
	"X-Launchpad-Message-Rationale",
	"X-JIRA-FingerPrint",
	"X-Gerrit-MessageType",
	"X-Phabricator-",
	"X-Discourse-Post-Id",
	"X-Roundup-Name",
	"X-ReviewBoard-URL",
	"X-pagure-project",
	"X-MailFrom",
	"X-Trac-Project",
	/* who answers, or that nobody does (mail/header.c) */
	"Precedence",
	"X-Autoreply",
	"X-Autoreply-From",
	"X-Auto-Reply",
	"X-Auto-Reply-From",
	"X-Autorespond",
	"X-Autoresponder",
	"X-Autoresponse",
	"X-Autogenerated",
	"X-Mail-Autoreply",
	"X-Yahoo-Autoreply",
	"X-FC-MachineGenerated",
	"X-POST-MessageClass",
	"X-Failed-Recipients",
	"X-Jenkins-",
	"X-Travis-",
	"X-Buildbot-",
	"X-CI-Job",
};

enum { WANTED = sizeof wanted / sizeof *wanted, THIRDS = 32 };

/* The list by the third letters of the names, in which most differ, those that
 * begin with "X-" as well: place + 1; 0: there is none. */
static struct {
	uint8_t first[THIRDS], next[WANTED];
} thirds;

static size_t
third_of(const char *name, size_t len)
{
	/* The same of a letter in any case. */
	return len > 2 ? (unsigned char)name[2] % THIRDS : 0;
}

static void
make_thirds(void)
{
	for (size_t i = WANTED; i-- > 0;) {
		size_t third = third_of(wanted[i], strlen(wanted[i]));

		thirds.next[i] = thirds.first[third];
		thirds.first[third] = (uint8_t)(i + 1);
	}
}

/* Its place in the list; WANTED when it is not there. */
static size_t
find_name(const char *name, size_t len)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, make_thirds);
	for (size_t i = thirds.first[third_of(name, len)]; i > 0;
	     i = thirds.next[i - 1]) {
		const char *known = wanted[i - 1];
		size_t want = strlen(known);
		bool start = known[want - 1] == '-';

		if ((start ? len > want : len == want) &&
		    nd_mem_equal_nocase(name, known, want))
			return i - 1;
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
 * Is the line to go? What is not a header stays, since GMime knows what to do
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

static bool
is_received(const char *line, size_t len)
{
	static const char name[] = "Received:";

	return len >= strlen(name) &&
	       nd_mem_equal_nocase(line, name, strlen(name));
}

size_t
nd_source_prune(char *bytes, size_t len, struct nd_received *received)
{
	size_t at = 0, out = 0;
	const char *hop = NULL; /* a field that ends above */
	bool drop = false;

	while (at < len) {
		const char *lf = memchr(bytes + at, '\n', len - at);
		size_t end = lf ? (size_t)(lf - bytes) + 1 : len;

		/* A folded line shares the fate of the one above. */
		if (bytes[at] != ' ' && bytes[at] != '\t') {
			if (hop)
				nd_received_add(received, hop,
				                (size_t)(bytes + at - hop));
			hop = NULL;
			if (bytes[at] == '\n' || bytes[at] == '\r')
				break;
			drop = is_unwanted(bytes + at, end - at, out == 0);
			if (drop && is_received(bytes + at, end - at))
				hop = bytes + at;
		}
		if (!drop) {
			memmove(bytes + out, bytes + at, end - at);
			out += end - at;
		}
		at = end;
	}
	if (hop)
		nd_received_add(received, hop, (size_t)(bytes + len - hop));
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
