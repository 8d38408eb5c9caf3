/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/quotation.h"

#include <string.h>

#include "text/lineform.h"
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
	ABBREVIATION_BYTES = 5,
	PASSAGE_BYTES = 280, /* of the sentences that are shown of a quote */
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
	bool starts; /* a paragraph, or an item of a list */
};

struct words {
	struct word *word;
	size_t count;
};

static void
read_line(const void *ctx, const char *line, size_t size, bool starts,
          struct words *words)
{
	const char *text = line, *end = line + size;

	for (;;) {
		size_t len = 0;

		while (text < end && nd_is_space(*text))
			text++;
		while (text + len < end && !nd_is_space(text[len]))
			len++;
		if (len == 0)
			return;
		*x_append(ctx, words->word, words->count) = (struct word){
			text, len, nd_llm_evidence_plain(ctx, text, len),
			starts};
		starts = false;
		text += len;
	}
}

static void
read_words(const void *ctx, const char *text, struct words *words)
{
	bool starts = true;

	while (*text) {
		size_t len = strcspn(text, "\n");
		const struct nd_lineform form = nd_lineform_read(text, len);

		read_line(ctx, text, len,
		          starts || nd_lineform_bullet(text, len) > 0, words);
		starts = form.len == 0 || nd_lineform_is_greeting(&form);
		text += len + (text[len] == '\n');
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
	/* "e.g." */
	return len > 0 && strchr(".!?", word->text[len - 1]) &&
	       !(word->text[len - 1] == '.' &&
	         memchr(word->text, '.', len - 1) && len <= ABBREVIATION_BYTES);
}

/* Words [from, to) of a mail. */
struct range {
	size_t from, to;
};

/* The words that hold bytes [from, to) of the row. */
static struct range
words_at(const struct words *words, const size_t *start, size_t from, size_t to)
{
	struct range range = {0};

	while (range.from + 1 < words->count && start[range.from + 1] <= from)
		range.from++;
	for (range.to = range.from + 1;
	     range.to < words->count && start[range.to] < to;)
		range.to++;
	return range;
}

/* The sentences that they stand in. */
static struct range
sentences_of(const struct words *words, struct range range)
{
	while (range.from > 0 && !words->word[range.from].starts &&
	       !ends_here(&words->word[range.from - 1]))
		range.from--;
	while (range.to < words->count && !words->word[range.to].starts &&
	       !ends_here(&words->word[range.to - 1]))
		range.to++;
	return range;
}

/* Where the quote stands among the words; false: nowhere. */
static bool
locate(const void *ctx, const struct words *words, const char *quote,
       size_t most, struct range *range)
{
	const char *part[PARTS_MAX], *row, *begin, *end;
	size_t count = split(ctx, quote, part);
	size_t *start = x_array(ctx, size_t, words->count + 1);

	row = line_up(ctx, words, start, most);
	if (words->count == 0 || !has_parts(row, part, count))
		return false;
	begin = end = strstr(row, part[0]);
	for (size_t i = 0; i < count; i++)
		end = strstr(end, part[i]) + strlen(part[i]);
	*range = words_at(words, start, (size_t)(begin - row),
	                  (size_t)(end - row));
	return true;
}

static size_t
bytes_of(const struct words *words, struct range range)
{
	size_t bytes = 0;

	for (size_t i = range.from; i < range.to; i++)
		bytes += words->word[i].len + 1;
	return bytes;
}

/* The sentences of a quote, on one line. */
static const char *
sentences(const void *ctx, const struct words *words, struct range quote)
{
	struct range range = sentences_of(words, quote);

	return join(ctx, &words->word[range.from], range.to - range.from);
}

/* Those, and their neighbours. */
static const char *
neighbours(const void *ctx, const struct words *words, struct range quote)
{
	struct range range = sentences_of(words, quote);

	if (range.from > 0 && !words->word[range.from].starts)
		range.from--;
	if (range.to < words->count && !words->word[range.to].starts)
		range.to++;
	return sentences(ctx, words, range);
}

/* As much of them as may be shown, from whole sentences on down. */
static const char *
cut(const void *ctx, const struct words *words, struct range quote)
{
	struct range all = sentences_of(words, quote), range = all;
	const char *text;
	size_t bullet;

	while (bytes_of(words, range) > PASSAGE_BYTES && range.to > quote.to) {
		range.to--;
		while (range.to > quote.to &&
		       !ends_here(&words->word[range.to - 1]))
			range.to--;
	}
	if (bytes_of(words, range) > PASSAGE_BYTES)
		range = (struct range){quote.from, all.to};
	while (bytes_of(words, range) > PASSAGE_BYTES &&
	       range.to > range.from + 1)
		range.to--;
	text = join(ctx, &words->word[range.from], range.to - range.from);
	bullet = range.from == all.from ? nd_lineform_bullet(text, strlen(text))
	                                : 0;
	return x_asprintf(
		ctx, "%s%s%s", range.from > all.from ? "… " : "", text + bullet,
		range.to < all.to && !ends_here(&words->word[range.to - 1])
			? " …"
			: "");
}

/* What pick makes of the place of a quote; the quote when it is not there. */
static const char *
show(const void *ctx, const struct nd_llm_evidence *evidence, size_t mail,
     const char *quote,
     const char *(*pick)(const void *ctx, const struct words *words,
                         struct range quote))
{
	const char *own = nd_llm_evidence_own(evidence, mail);
	void *tmp = talloc_new(NULL);
	struct words *words = x_new(tmp, struct words);
	struct range range;
	const char *shown = quote;

	read_words(tmp, own, words);
	if (locate(tmp, words, quote, strlen(own) * 4 + 1, &range))
		shown = pick(ctx, words, range);
	talloc_free(tmp);
	return shown;
}

const char *
nd_llm_quotation_sentence(const void *ctx,
                          const struct nd_llm_evidence *evidence, size_t mail,
                          const char *quote)
{
	return show(ctx, evidence, mail, quote, sentences);
}

const char *
nd_llm_quotation_around(const void *ctx, const struct nd_llm_evidence *evidence,
                        size_t mail, const char *quote)
{
	return show(ctx, evidence, mail, quote, neighbours);
}

const char *
nd_llm_quotation_passage(const void *ctx,
                         const struct nd_llm_evidence *evidence, size_t mail,
                         const char *quote)
{
	return show(ctx, evidence, mail, quote, cut);
}
