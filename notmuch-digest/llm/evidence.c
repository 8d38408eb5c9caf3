/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/evidence.h"

#include <string.h>

#include "text/numberword.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"
#include "util/map.h"
#include "util/segment.h"
#include "util/str.h"
#include "util/utf8.h"

/* "us", "bits", "dBFS": a longer word behind a number is not its unit. */
enum { UNIT_BYTES_MAX = 6, JOINED_BYTES_MAX = 12 };

struct view {
	struct nd_map *token; /* of header line and text, folded */
	char *own;            /* people's own lines, as they are */
	char *plain;          /* the same, see nd_llm_evidence_plain() */
	char *squashed;       /* letters and digits of all of it */
	char *folded;         /* all of it, case folded */
};

struct nd_llm_evidence {
	const struct nd_llm_context *context;
	struct view *view; /* one a mail, filled when it is asked for */
	struct nd_map *facts;
};

/* ---- tokens -------------------------------------------------------------- */

/* Letters and digits of alphabets; not of scripts that need no spaces. */
static bool
is_letter(int32_t c)
{
	if (c < 0x80)
		return nd_is_alnum((char)c);
	return (c >= 0xc0 && c < 0x1100 && c != 0xd7 && c != 0xf7) ||
	       (c >= 0x1e00 && c < 0x2000);
}

static bool
is_joint(int32_t c)
{
	return c < 0x80 && strchr("._-+:/@", (int)c) && c != '\0';
}

/* Behind what joins two parts of a token at at; at itself if nothing does. */
static size_t
skip_joint(const char *text, size_t len, size_t at)
{
	size_t next = at;

	if (nd_mem_starts(text + at, len - at, "->"))
		next += 2;
	else if (nd_mem_starts(text + at, len - at, "::") ||
	         nd_mem_starts(text + at, len - at, "//") ||
	         nd_mem_starts(text + at, len - at, "__"))
		next += 2;
	else if (is_joint((unsigned char)text[at]))
		next++;
	if (next > at && next < len) {
		size_t behind = next;

		if (is_letter(nd_utf8_next(text, len, &behind)))
			return next;
	}
	return at;
}

/* "e.g" and "i.e": single letters parted by dots are a word of prose. */
static bool
is_initials(const char *text, size_t len)
{
	if (len < 3 || len % 2 == 0)
		return false;
	for (size_t i = 0; i < len; i++)
		if (i % 2 ? text[i] != '.' : !nd_is_alpha(text[i]))
			return false;
	return true;
}

static void
classify(const char *text, struct nd_llm_evidence_token *token)
{
	unsigned upper = 0, lower = 0, digits = 0, joints = 0, hard = 0;
	bool inner_capital = false;

	for (size_t i = 0; i < token->len; i++) {
		char c = text[token->start + i];

		digits += nd_is_digit(c);
		lower += c >= 'a' && c <= 'z';
		if (c >= 'A' && c <= 'Z') {
			upper++;
			inner_capital |= i > 0 && lower > 0;
		}
		joints += c == '.' || c == ',';
		hard += c == '_' || c == '/' || c == '@' || c == '>' ||
		        (c == ':' && i && text[token->start + i - 1] == ':');
	}
	if (is_initials(text + token->start, token->len))
		joints = 0;
	token->number = digits > 0 && digits + joints == token->len;
	token->technical =
		digits || hard || joints || inner_capital ||
		(upper >= 2 && lower == 0 &&
	         !nd_mem_is_nocase(text + token->start, token->len, "ok")) ||
		/* the plural of an abbreviation: VMs */
		(upper >= 2 && lower == 1 &&
	         text[token->start + token->len - 1] == 's');
}

bool
nd_llm_evidence_next_token(const char *text, size_t len, size_t *at,
                           struct nd_llm_evidence_token *token)
{
	size_t end;

	while (*at < len) {
		size_t start = *at;
		bool leading = text[start] == '_';

		while (*at < len && text[*at] == '_')
			(*at)++;
		if (*at == len)
			return false;
		end = *at;
		if (!is_letter(nd_utf8_next(text, len, &end))) {
			*at = end;
			continue;
		}
		for (;;) {
			size_t next = end;

			if (end < len &&
			    is_letter(nd_utf8_next(text, len, &next))) {
				end = next;
				continue;
			}
			next = end < len ? skip_joint(text, len, end) : end;
			if (next == end)
				break;
			end = next;
		}
		token->start = leading ? start : *at;
		token->len = end - token->start;
		*at = end;
		classify(text, token);
		return true;
	}
	return false;
}

/* The bytes of the number that (text, len) begins with: "19.6" of "19.6us". */
static size_t
number_bytes(const char *text, size_t len)
{
	size_t end = 0;

	while (end < len && (nd_is_digit(text[end]) ||
	                     (end > 0 && end + 1 < len && text[end] == '.' &&
	                      nd_is_digit(text[end + 1]))))
		end++;
	return end;
}

static bool
is_all_letters(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!nd_is_alpha(text[i]))
			return false;
	return len > 0;
}

/* "98us", "562K", "64bit": the bytes of its number; 0 when it is none. */
static size_t
amount_bytes(const char *text, size_t len)
{
	size_t number = number_bytes(text, len);

	return number > 0 && len - number <= UNIT_BYTES_MAX &&
	                       is_all_letters(text + number, len - number)
	               ? number
	               : 0;
}

/*
 * Numbers without leading zeros, ordinals as their stems, "v5.12" as "5.12".
 * v3 stays what it is: a version of a series, not a number.
 */
static size_t
canonical(char *token)
{
	size_t len = strlen(token), zeros = 0,
	       digits = strspn(token, "0123456789");

	if (*token == 'v' && nd_is_digit(token[1]) && strchr(token, '.')) {
		memmove(token, token + 1, len);
		return len - 1;
	}
	if (digits == len && len > 1) {
		zeros = strspn(token, "0");
		if (zeros == len)
			zeros--;
		memmove(token, token + zeros, len - zeros + 1);
		return len - zeros;
	}
	if (digits > 0 && digits + 2 == len &&
	    (strcmp(token + digits, "th") == 0 ||
	     strcmp(token + digits, "st") == 0 ||
	     strcmp(token + digits, "nd") == 0 ||
	     strcmp(token + digits, "rd") == 0)) {
		token[digits] = '\0';
		return digits;
	}
	return len;
}

static void
note_part(struct nd_map *map, const char *text, size_t len)
{
	char *part = nd_segment_fold(NULL, text, len);

	canonical(part);
	nd_map_set_int(map, part, 1);
	if (nd_numberword_digits(part))
		nd_map_set_int(map, nd_numberword_digits(part), 1);
	talloc_free(part);
}

/* "UHD4.0" has UHD and 4.0. */
static void
note_release(struct nd_map *map, const char *text, size_t len)
{
	size_t letters = 0;

	while (letters < len && nd_is_alpha(text[letters]))
		letters++;
	if (letters < 2 || !memchr(text, '.', len) ||
	    letters + number_bytes(text + letters, len - letters) != len)
		return;
	note_part(map, text, letters);
	note_part(map, text + letters, len - letters);
}

/* A release stays whole: 5.10 has no 10. An amount has number and unit. */
static void
note_piece(struct nd_map *map, const char *text, size_t len)
{
	size_t v = len > 1 && (*text == 'v' || *text == 'V');
	size_t number = amount_bytes(text, len), start = 0;

	note_part(map, text, len);
	if (number_bytes(text + v, len - v) == len - v)
		return;
	if (number > 0) {
		note_part(map, text, number);
		note_part(map, text + number, len - number);
		return;
	}
	note_release(map, text, len);
	for (size_t i = 0; i <= len; i++) {
		if (i < len && text[i] != '.')
			continue;
		if (i > start && i - start < len)
			note_part(map, text + start, i - start);
		start = i + 1;
	}
}

/* A number and its unit, as one: "98 us" and "64-bit" have 98us and 64bit. */
static void
note_amount(struct nd_map *map, const char *number, size_t number_len,
            const char *unit, size_t unit_len)
{
	char *joined;

	if (number_bytes(number, number_len) != number_len ||
	    unit_len > UNIT_BYTES_MAX || !is_all_letters(unit, unit_len))
		return;
	joined = x_asprintf(NULL, "%.*s%.*s", (int)number_len, number,
	                    (int)unit_len, unit);
	note_part(map, joined, strlen(joined));
	talloc_free(joined);
}

/* "I/O" is "IO", "e-mail" "email": the bytes of joined; 0: it is no such word. */
static size_t
join_letters(char *joined, const char *text, size_t len)
{
	size_t out = 0;

	for (size_t i = 0; i < len && len <= JOINED_BYTES_MAX; i++)
		if (nd_is_alpha(text[i]))
			joined[out++] = text[i];
		else if (text[i] != '/' && text[i] != '-')
			return 0;
	return out < len ? out : 0;
}

/* The token and its parts: kvm/arm64 has kvm and arm64. */
static void
note_token(struct nd_map *map, const char *text, size_t len, bool number)
{
	size_t start = 0, before = 0, before_len = 0;
	char joined[JOINED_BYTES_MAX];
	size_t letters = join_letters(joined, text, len);

	note_part(map, text, len);
	if (number)
		return;
	if (letters > 0)
		note_part(map, joined, letters);
	for (size_t i = 0; i <= len; i++) {
		if (i < len && !strchr("/:-+@>", text[i]))
			continue;
		if (i > start) {
			note_piece(map, text + start, i - start);
			if (before_len > 0 && start == before + before_len + 1)
				note_amount(map, text + before, before_len,
				            text + start, i - start);
			before = start;
			before_len = i - start;
		}
		start = i + 1;
	}
}

static void
note_tokens(struct nd_map *map, const char *text)
{
	struct nd_llm_evidence_token token, before = {0};
	size_t len = strlen(text), at = 0;

	while (nd_llm_evidence_next_token(text, len, &at, &token)) {
		note_token(map, text + token.start, token.len, token.number);
		if (before.number &&
		    token.start == before.start + before.len + 1)
			note_amount(map, text + before.start, before.len,
			            text + token.start, token.len);
		before = token;
	}
}

/* The word without the s of a plural, in place; false: it has none. */
static bool
cut_plural(char *folded, size_t end, const char *text, size_t len)
{
	bool capital = len > 1 && text[len - 2] >= 'A' && text[len - 2] <= 'Z';

	/* UPS is not where up is, and "bus" no plural. */
	if (len < 3 || text[len - 1] != 's' || end < 3 ||
	    (!capital && (len < 4 || text[len - 2] == 's')))
		return false;
	folded[end - 1] = '\0';
	return true;
}

/* VMs is known where VM is, ACKs where "acked" is, bits where "bit" is. */
static bool
has_folded(struct nd_map *map, const char *text, size_t len)
{
	static const char *const endings[] = {"s", "ed", "ing"};
	char *folded = nd_segment_fold(NULL, text, len);
	size_t end = canonical(folded);
	bool has = nd_map_has(map, folded);

	if (!has && is_all_letters(text, len) && len >= 3) {
		has = cut_plural(folded, end, text, len) &&
		      nd_map_has(map, folded);
		for (size_t i = 0; !has && i < sizeof endings / sizeof *endings;
		     i++) {
			char *other =
				x_asprintf(folded, "%s%s", folded, endings[i]);

			has = nd_map_has(map, other);
		}
	}
	talloc_free(folded);
	return has;
}

static bool
has_token(struct nd_map *map, const char *text, size_t len)
{
	size_t start = 0, parts = 0;
	char joined[JOINED_BYTES_MAX];
	size_t letters = join_letters(joined, text, len);

	if (has_folded(map, text, len) ||
	    (letters > 0 && has_folded(map, joined, letters)))
		return true;
	for (size_t i = 0; i <= len; i++) {
		if (i < len && !strchr("/:-+@>", text[i]))
			continue;
		if (i > start) {
			parts++;
			if (i - start == len ||
			    !has_folded(map, text + start, i - start))
				return false;
		}
		start = i + 1;
	}
	return parts > 1;
}

/* ---- texts --------------------------------------------------------------- */

static char *
take_text(const void *ctx, struct nd_buf *buf)
{
	char *text = talloc_steal(ctx, buf->data);

	talloc_free(buf);
	return text;
}

char *
nd_llm_evidence_plain(const void *ctx, const char *text, size_t len)
{
	char *folded = nd_segment_fold(NULL, text, len);
	size_t size = strlen(folded), at = 0;
	struct nd_buf *out = nd_buf_new(NULL, size);

	while (at < size) {
		size_t start = at;
		int32_t c = nd_utf8_next(folded, size, &at);

		if (c == ' ' || (c >= 9 && c <= 13)) {
			if (out->len &&
			    !strchr(" <[{", out->data[out->len - 1]))
				nd_buf_addc(out, ' ');
		} else if (!(c < 0x80 && strchr("\"'`*", (int)c)) &&
		           !(c >= 0x2018 && c <= 0x201f) &&
		           !(c >= 0x300c && c <= 0x300f) && c != 0xab &&
		           c != 0xbb) {
			nd_buf_add(out, folded + start, at - start);
		}
	}
	if (out->len && out->data[out->len - 1] == ' ')
		nd_buf_cut(out, out->len - 1);
	talloc_free(folded);
	return take_text(ctx, out);
}

static char *
squash(const void *ctx, const char *text, size_t len)
{
	char *folded = nd_segment_fold(NULL, text, len);
	size_t size = strlen(folded), at = 0;
	struct nd_buf *out = nd_buf_new(NULL, size);

	while (at < size) {
		size_t start = at;
		int32_t c = nd_utf8_next(folded, size, &at);

		if (is_letter(c) || c >= 0x2e80)
			nd_buf_add(out, folded + start, at - start);
	}
	talloc_free(folded);
	return take_text(ctx, out);
}

/* The own lines of a mail's text. */
static char *
own_words(const void *ctx, const struct nd_llm_context_mail *mail)
{
	struct nd_buf *own = nd_buf_new(NULL, mail->text_len);

	for (const char *line = mail->text; *line;) {
		size_t len = strcspn(line, "\n");

		len += line[len] == '\n';
		if (!nd_str_starts(line, "> "))
			nd_buf_add(own, line, len);
		line += len;
	}
	return take_text(ctx, own);
}

/* The number of a mail and the day it was sent prove nothing. */
static void
note_facts(struct nd_map *map, const char *facts)
{
	while (*facts) {
		size_t len = strcspn(facts, "\n");
		size_t mark = *facts == '[' ? strcspn(facts, "]") : 0;
		char *line = x_strndup(NULL, facts + mark, len - mark);

		note_tokens(map, line);
		talloc_free(line);
		facts += len + (facts[len] == '\n');
	}
}

static const struct view *
view_of(const struct nd_llm_evidence *evidence, size_t i)
{
	const struct nd_llm_context_mail *mail = &evidence->context->mail[i];
	struct view *view = &evidence->view[i];
	char *all;

	if (view->token)
		return view;
	view->token = nd_map_new(evidence->view);
	note_tokens(view->token,
	            mail->head + strspn(mail->head, "0123456789-"));
	note_tokens(view->token, mail->text);
	view->own = own_words(evidence->view, mail);
	view->plain = nd_llm_evidence_plain(evidence->view, view->own,
	                                    strlen(view->own));
	all = x_asprintf(NULL, "%s\n%s", mail->head, mail->text);
	view->squashed = squash(evidence->view, all, strlen(all));
	view->folded = nd_segment_fold(evidence->view, all, strlen(all));
	talloc_free(all);
	return view;
}

struct nd_llm_evidence *
nd_llm_evidence_new(const void *ctx, const struct nd_llm_context *context)
{
	struct nd_llm_evidence *evidence = x_new(ctx, struct nd_llm_evidence);

	evidence->context = context;
	evidence->view = x_array(evidence, struct view, context->mail_count);
	evidence->facts = nd_map_new(evidence);
	note_facts(evidence->facts, context->facts);
	note_tokens(evidence->facts, context->subject);
	return evidence;
}

bool
nd_llm_evidence_has_token(const struct nd_llm_evidence *evidence, size_t mail,
                          const char *token, size_t len)
{
	return has_token(view_of(evidence, mail)->token, token, len);
}

bool
nd_llm_evidence_facts_have(const struct nd_llm_evidence *evidence,
                           const char *token, size_t len)
{
	return has_token(evidence->facts, token, len);
}

const char *
nd_llm_evidence_own(const struct nd_llm_evidence *evidence, size_t mail)
{
	return view_of(evidence, mail)->own;
}

const char *
nd_llm_evidence_own_plain(const struct nd_llm_evidence *evidence, size_t mail)
{
	return view_of(evidence, mail)->plain;
}

bool
nd_llm_evidence_spells(const struct nd_llm_evidence *evidence, const char *text,
                       size_t len)
{
	char *letters = squash(NULL, text, len);
	bool spells = false;

	for (size_t i = 0;
	     *letters && !spells && i < evidence->context->mail_count; i++)
		spells =
			strstr(view_of(evidence, i)->squashed, letters) != NULL;
	talloc_free(letters);
	return spells;
}

bool
nd_llm_evidence_holds(const struct nd_llm_evidence *evidence, const char *text,
                      size_t len)
{
	char *folded = nd_segment_fold(NULL, text, len);
	bool holds = false;

	for (size_t i = 0;
	     *folded && !holds && i < evidence->context->mail_count; i++)
		holds = strstr(view_of(evidence, i)->folded, folded) != NULL;
	talloc_free(folded);
	return holds;
}
