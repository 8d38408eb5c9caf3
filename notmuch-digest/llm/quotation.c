/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/quotation.h"

#include <string.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

enum {
	PARTS_MAX = 8,
	PART_BYTES_MIN = 3,
	TYPO_WORDS_MIN = 5,   /* of a quote in which one may be mended */
	TYPO_LETTERS_MIN = 5, /* of the word that is */
	WORDS_PER_TYPO = 6,
	WORDS_MAX = 80, /* of a quote that is compared word by word */
	JOINED_BYTES_MAX = 1 << 16,
};

/* ---- parts of a quote ---------------------------------------------------- */

/* The bytes of the mark for what is left out that text begins with. */
static size_t
gap_bytes(const char *text)
{
	static const char *const marks[] = {"[…]",   "[...]", "(…)",
	                                    "(...)", "…",     "..."};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (nd_str_starts(text, marks[i]))
			return strlen(marks[i]);
	return 0;
}

/* Without the marks that end a sentence; in place. */
static char *
trim_part(char *part)
{
	size_t len = strlen(part);

	while (len > 0 && strchr(".,;:!? ", part[len - 1]))
		part[--len] = '\0';
	return part;
}

/* Splits text where something is left out; plain texts, owned by ctx. */
static size_t
split(const void *ctx, const char *quote, const char **part)
{
	size_t count = 0;

	/* The mark of a line that is quoted is none of its words. */
	quote += strspn(quote, "> ");
	while (*quote && count < PARTS_MAX) {
		const char *end = quote, *plain;

		while (*end && gap_bytes(end) == 0)
			end++;
		plain = trim_part(nd_llm_evidence_plain(ctx, quote,
		                                        (size_t)(end - quote)));
		if (*plain)
			part[count++] = plain + (*plain == ' ');
		quote = end + gap_bytes(end);
	}
	return count;
}

/* Do all parts stand in own, one behind the other? */
static bool
has_parts(const char *own, const char *const *part, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *at = strstr(own, part[i]);

		if (!at || (count > 1 && strlen(part[i]) < PART_BYTES_MIN))
			return false;
		own = at + strlen(part[i]);
	}
	return count > 0;
}

/* ---- a short quote ------------------------------------------------------- */

static bool
ends_sentence(char c)
{
	return c == '\0' || strchr(".!?", c);
}

/* Is (at, len) a whole sentence of line, or the whole line? */
static bool
is_sentence(const char *line, const char *at, size_t len)
{
	char last = at[len - 1], next = at[len];

	if (at > line &&
	    !(at[-1] == ' ' && at - line > 1 && strchr(".!?,:", at[-2])))
		return false;
	return ends_sentence(last) || ends_sentence(next) || next == ',';
}

static bool
is_whole(const char *own, const char *words)
{
	bool whole = false;

	while (*own && !whole) {
		size_t len = strcspn(own, "\n");
		char *line = nd_llm_evidence_plain(NULL, own, len);
		const char *at = strstr(line, words);

		whole = at && is_sentence(line, at, strlen(words));
		own += len + (own[len] == '\n');
		talloc_free(line);
	}
	return whole;
}

/* ---- a typing error that was mended -------------------------------------- */

struct word {
	const char *text; /* as the mail has it */
	size_t len;
	const char *plain;
};

struct words {
	struct word *word;
	size_t count;
};

static void
read_words(const void *ctx, const char *text, struct words *words)
{
	while (*text) {
		size_t len;

		text += strspn(text, " \t\r\n");
		len = strcspn(text, " \t\r\n");
		if (len > 0)
			*x_append(ctx, words->word, words->count) =
				(struct word){
					text, len,
					nd_llm_evidence_plain(ctx, text, len)};
		text += len;
	}
}

/* One letter more, less or other, or two of them changed about. */
static bool
is_slip(const char *a, const char *b)
{
	size_t la = strlen(a), lb = strlen(b), same = 0;

	while (a[same] && a[same] == b[same])
		same++;
	if (la == lb && a[same] == b[same + 1] && a[same + 1] == b[same])
		return strcmp(a + same + 2, b + same + 2) == 0;
	return strcmp(a + same + (la >= lb), b + same + (lb >= la)) == 0;
}

static bool
is_mended(const char *a, const char *b)
{
	return *a == *b && strlen(a) >= TYPO_LETTERS_MIN &&
	       strlen(b) >= TYPO_LETTERS_MIN && !strpbrk(a, "0123456789") &&
	       !strpbrk(b, "0123456789") && a[1] && b[1] && is_slip(a, b);
}

static bool
begins_like(const struct word *own, const struct words *quote)
{
	size_t typos = 0;

	for (size_t i = 0; i < quote->count; i++) {
		if (strcmp(own[i].plain, quote->word[i].plain) == 0)
			continue;
		if (!is_mended(own[i].plain, quote->word[i].plain) ||
		    ++typos > quote->count / WORDS_PER_TYPO + 1)
			return false;
	}
	return true;
}

static const char *
join(const void *ctx, const struct word *word, size_t count)
{
	struct nd_buf *out = nd_buf_new(ctx, JOINED_BYTES_MAX);

	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			nd_buf_addc(out, ' ');
		nd_buf_add(out, word[i].text, word[i].len);
	}
	return out->data;
}

/* The mail's words that the quote repeats, but for a typing error. */
static const char *
find_mended(const void *ctx, const char *own, const char *quote)
{
	void *tmp = talloc_new(NULL);
	struct words mine = {0}, theirs = {0};
	const char *found = NULL;

	read_words(tmp, quote, &theirs);
	if (theirs.count >= TYPO_WORDS_MIN && theirs.count <= WORDS_MAX)
		read_words(tmp, own, &mine);
	for (size_t i = 0; !found && i + theirs.count <= mine.count; i++)
		if (begins_like(&mine.word[i], &theirs))
			found = join(ctx, &mine.word[i], theirs.count);
	talloc_free(tmp);
	return found;
}

/* ---- all of it ----------------------------------------------------------- */

const char *
nd_llm_quotation_find(const void *ctx, const struct nd_llm_evidence *evidence,
                      size_t mail, const char *quote, bool cited)
{
	const char *part[PARTS_MAX], *own, *found = NULL;
	void *tmp = talloc_new(NULL);
	size_t count = split(tmp, quote, part);

	own = nd_llm_evidence_own_plain(evidence, mail);
	if (count == 0)
		found = NULL;
	else if (strlen(quote) < ND_LLM_QUOTATION_BYTES_MIN)
		found = cited && count == 1 &&
		                        is_whole(nd_llm_evidence_own(evidence,
		                                                     mail),
		                                 part[0])
		                ? quote
		                : NULL;
	else if (has_parts(own, part, count))
		found = quote;
	else if (count == 1)
		found = find_mended(ctx, nd_llm_evidence_own(evidence, mail),
		                    quote);
	talloc_free(tmp);
	return found;
}

/* ---- the sentence around it ---------------------------------------------- */

/* All words in a row, plain; *start has where each begins. */
static const char *
line_up(const void *ctx, const struct words *words, size_t *start, size_t most)
{
	struct nd_buf *out = nd_buf_new(ctx, most);

	for (size_t i = 0; i < words->count; i++) {
		if (i > 0)
			nd_buf_addc(out, ' ');
		start[i] = out->len;
		nd_buf_adds(out, words->word[i].plain);
	}
	return out->data;
}

static bool
ends_here(const struct word *word)
{
	size_t len = word->len;

	while (len > 0 && strchr("\"')*", word->text[len - 1]))
		len--;
	return len > 0 && strchr(".!?", word->text[len - 1]);
}

/* The words of the sentences that hold bytes [from, to) of the row. */
static const char *
widen(const void *ctx, const struct words *words, const size_t *start,
      size_t from, size_t to)
{
	size_t first = 0, end;

	while (first + 1 < words->count && start[first + 1] <= from)
		first++;
	for (end = first + 1; end < words->count && start[end] < to;)
		end++;
	while (first > 0 && !ends_here(&words->word[first - 1]))
		first--;
	while (end < words->count && !ends_here(&words->word[end - 1]))
		end++;
	return join(ctx, &words->word[first], end - first);
}

const char *
nd_llm_quotation_sentence(const void *ctx,
                          const struct nd_llm_evidence *evidence, size_t mail,
                          const char *quote)
{
	const char *own = nd_llm_evidence_own(evidence, mail);
	const char *part[PARTS_MAX], *row, *sentence = quote;
	void *tmp = talloc_new(NULL);
	size_t count = split(tmp, quote, part), *start;
	struct words words = {0};

	read_words(tmp, own, &words);
	start = x_array(tmp, size_t, words.count + 1);
	row = line_up(tmp, &words, start, strlen(own) * 4 + 1);
	if (words.count > 0 && has_parts(row, part, count)) {
		const char *begin = strstr(row, part[0]), *end = begin;

		for (size_t i = 0; i < count; i++)
			end = strstr(end, part[i]) + strlen(part[i]);
		sentence = widen(ctx, &words, start, (size_t)(begin - row),
		                 (size_t)(end - row));
	}
	talloc_free(tmp);
	return sentence;
}

const char *
nd_llm_quotation_paragraph(const void *ctx, const char *text, const char *quote)
{
	const char *part[PARTS_MAX], *found = NULL, *before = text;
	void *tmp = talloc_new(NULL);
	size_t count = split(tmp, quote, part);

	for (const char *at = text; *at && !found && count > 0;) {
		const char *end = strstr(at, "\n\n");
		size_t len = end ? (size_t)(end - at) : strlen(at);

		if (strstr(nd_llm_evidence_plain(tmp, at, len), part[0])) {
			end = end ? strstr(end + 2, "\n\n") : NULL;
			found = x_strndup(ctx, before,
			                  end ? (size_t)(end - before)
			                      : strlen(before));
		}
		before = at;
		at += len + strspn(at + len, "\n");
	}
	talloc_free(tmp);
	return found ? found : x_strdup(ctx, text);
}
