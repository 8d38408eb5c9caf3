/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/sentence.h"

#include <stdbool.h>
#include <string.h>

#include "text/lineform.h"
#include "text/prose.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"
#include "util/utf8.h"

/* The paragraph that is being joined. */
struct paragraph {
	char *text; /* room for all own bytes of the mail and a blank each */
	size_t len;
	uint32_t *line;   /* of each line joined: where it begins in text */
	uint32_t *number; /* and which line of the body it is */
	size_t line_count;
	unsigned flags;
};

struct reader {
	const void *ctx;
	struct nd_segmenter *seg;
	struct nd_sentences *list;
	size_t max; /* list->count may become */
	struct paragraph paragraph;
	uint16_t nth, paragraphs;
	bool beheaded; /* the paragraph follows right behind code or such */
};

static bool
is_word_byte(char c)
{
	return nd_is_alnum(c) || (unsigned char)c >= 0x80;
}

/* Does the text before its full stop end with an abbreviation? */
static bool
ends_with_abbreviation(const char *text, size_t len)
{
	static const char *const words[] = {
		"e.g",    "i.e",  "eg",    "ie",    "vs",  "cf",   "resp",
		"approx", "mr",   "mrs",   "ms",    "dr",  "prof", "fig",
		"sec",    "incl", "st",    "nr",    "no",  "al",   "ca",
		"bzw",    "usw",  "z.b",   "d.h",   "u.a", "evtl", "ggf",
		"vgl",    "inkl", "abs",   "p.ex",  "env", "sr",   "sra",
		"p.ej",   "ch",   "pp",    "ref",   "max", "min",  "ver",
		"ex",     "viz",  "w.r.t", "a.k.a", "o.ä", "u.s",
	};
	size_t end, start;

	while (len && nd_is_space(text[len - 1]))
		len--;
	if (!len || text[len - 1] != '.')
		return false;
	end = start = len - 1;
	while (start && (is_word_byte(text[start - 1]) ||
	                 (text[start - 1] == '.' && start > 1 &&
	                  is_word_byte(text[start - 2]))))
		start--;
	/* An initial, not the end of "don't". "I." ends few sentences. */
	if (end - start == 1 && text[start] >= 'A' && text[start] <= 'Z' &&
	    (!start || nd_is_space(text[start - 1])))
		return true;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strlen(words[i]) == end - start &&
		    nd_mem_equal_nocase(words[i], text + start, end - start))
			return true;
	return false;
}

/* ICU ends a sentence behind every question mark, in "x?y=z" and "?:" too. */
static bool
ends_here(const char *text, size_t len)
{
	char last = text[len - 1];

	return (nd_is_space(last) || (unsigned char)last >= 0x80) &&
	       !ends_with_abbreviation(text, len);
}

/*
 * "is going to be (or is already?) fixed", 'the "How to?" section': an aside or
 * a title ends inside of a sentence.
 */
static bool
is_aside_end(const char *text, size_t end, size_t len)
{
	size_t last = end;

	while (last && nd_is_space(text[last - 1]))
		last--;
	return last > 1 && end < len && strchr(")\"'", text[last - 1]) &&
	       strchr(".?!", text[last - 2]) && text[end] >= 'a' &&
	       text[end] <= 'z';
}

/*
 * People who write without capitals: ICU takes the full stop in "it works. we
 * could" for that of an abbreviation. Returns the bytes up to the first end of
 * a sentence in (text, len), or len.
 */
static size_t
find_lower_case_end(const char *text, size_t len)
{
	size_t letters = 0; /* lower-case ones of the word before i */
	bool lower = true;  /* that word has no other characters */

	for (size_t i = 0; i + 2 < len; i++) {
		bool letter = text[i] >= 'a' && text[i] <= 'z';

		/* "Univ. of Calif. at Irvine": capitals abbreviate names. */
		if (text[i] == '.' && text[i + 1] == ' ' && lower &&
		    letters >= 4 && text[i + 2] >= 'a' && text[i + 2] <= 'z' &&
		    !ends_with_abbreviation(text, i + 1))
			return i + 2;
		lower = text[i] == ' ' || (lower && letter);
		letters = letter ? letters + 1 : 0;
	}
	return len;
}

static uint32_t
line_at(const struct paragraph *paragraph, size_t offset)
{
	size_t low = 0, high = paragraph->line_count;

	while (high - low > 1) {
		size_t middle = (low + high) / 2;

		if (paragraph->line[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return paragraph->number[low];
}

static bool
is_greeting_word(const char *text, size_t len)
{
	static const char *const words[] = {"hi",   "hello", "hey",    "hallo",
	                                    "dear", "moin",  "bonjour"};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (nd_mem_is_nocase(text, len, words[i]))
			return true;
	return false;
}

/* The bytes of "Hi Marc, " in front of a sentence. */
static size_t
greeting_bytes(const char *text, size_t len)
{
	size_t word = 0, words = 0;

	while (word < len && is_word_byte(text[word]))
		word++;
	if (!is_greeting_word(text, word))
		return 0;
	for (size_t i = word; i < len && words < 4; i++) {
		words += text[i] == ' ';
		if (text[i] == ',' && i + 2 < len && text[i + 1] == ' ')
			return i + 2;
	}
	return 0;
}

/* Web mailers indent with no-break spaces. */
static void
trim_blanks(const char **text, size_t *len)
{
	static const char space[] = "\xc2\xa0";
	size_t size = strlen(space), before;

	do {
		before = *len;
		nd_mem_trim(text, len);
		if (nd_mem_starts(*text, *len, space)) {
			*text += size;
			*len -= size;
		}
		if (*len >= size &&
		    memcmp(*text + *len - size, space, size) == 0)
			*len -= size;
	} while (*len < before);
}

static void
trim_sentence(const char **text, size_t *len)
{
	size_t cut;

	trim_blanks(text, len);
	cut = greeting_bytes(*text, *len);
	*text += cut;
	*len -= cut;
	while (*len && strchr(">|~", **text)) {
		(*text)++;
		(*len)--;
	}
	trim_blanks(text, len);
}

static bool
ends_in_smiley(const char *text, size_t len)
{
	static const char *const smileys[] = {":)",  ":(",  ";)", ":-)", ":-(",
	                                      ";-)", ":D",  ":P", ":/",  ":-D",
	                                      ":-P", ":-/", "^^"};

	for (size_t i = 0; i < sizeof smileys / sizeof smileys[0]; i++) {
		size_t size = strlen(smileys[i]);

		if (len > size + 1 && text[len - size - 1] == ' ' &&
		    !memcmp(text + len - size, smileys[i], size))
			return true;
	}
	return false;
}

static unsigned
flags_of_end(const char *text, size_t len)
{
	static const char *const wide[] = {"。", "？", "！", "…"};

	/* Many let it stand for the full stop. */
	if (ends_in_smiley(text, len))
		return ND_SENTENCE_WHOLE;
	while (len && strchr(")\"'*_]", text[len - 1]))
		len--;
	if (!len)
		return 0;
	if (text[len - 1] == ':')
		return ND_SENTENCE_COLON;
	if (strchr(".?!;", text[len - 1]))
		return ND_SENTENCE_WHOLE;
	for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
		if (len >= strlen(wide[i]) &&
		    !memcmp(text + len - strlen(wide[i]), wide[i],
		            strlen(wide[i])))
			return ND_SENTENCE_WHOLE;
	return 0;
}

static void
add_sentence(struct reader *reader, size_t start, size_t end, bool first)
{
	struct paragraph *paragraph = &reader->paragraph;
	const char *text = paragraph->text + start;
	size_t len = end - start;
	struct nd_sentence *sentence;

	trim_sentence(&text, &len);
	if (len < 2 || len > ND_LIMIT_SENTENCE_BYTES ||
	    reader->list->count >= reader->max)
		return;
	sentence = x_append(reader->ctx, reader->list->sentence,
	                    reader->list->count);
	*sentence = (struct nd_sentence){
		.text = text,
		.len = (uint32_t)len,
		.line = line_at(paragraph, start),
		.last_line = line_at(paragraph, end - 1),
		.nth = reader->nth,
		.paragraph = reader->paragraphs,
		.flags = paragraph->flags | flags_of_end(text, len) |
	                 (first ? ND_SENTENCE_FIRST : 0),
	};
	if (reader->nth < UINT16_MAX)
		reader->nth++;
}

/* A sentence that code, a table or a list interrupts is not fit to print. */
static void
mark_torn(struct reader *reader, size_t from, bool interrupted)
{
	struct nd_sentence *sentence = reader->list->sentence;
	size_t count = reader->list->count;
	char first;

	if (from == count)
		return;
	first = *sentence[from].text;
	if (reader->beheaded && !(first >= 'A' && first <= 'Z'))
		sentence[from].flags |= ND_SENTENCE_TORN;
	if (interrupted && !(sentence[count - 1].flags &
	                     (ND_SENTENCE_WHOLE | ND_SENTENCE_COLON)))
		sentence[count - 1].flags |= ND_SENTENCE_TORN;
}

/* Cut (start, end) of the paragraph where writers without capitals stop. */
static void
add_stretch(struct reader *reader, size_t start, size_t end, bool *first)
{
	while (start < end) {
		size_t part = find_lower_case_end(
			reader->paragraph.text + start, end - start);

		add_sentence(reader, start, start + part, *first);
		*first = false;
		start += part;
	}
}

/* interrupted: what follows right behind it is not a blank line */
static void
split_paragraph(struct reader *reader, bool interrupted)
{
	struct paragraph *paragraph = &reader->paragraph;
	size_t from = reader->list->count, begin = 0, start, end;
	bool first = true;

	if (!paragraph->len)
		return;
	nd_segmenter_set(reader->seg, paragraph->text, paragraph->len);
	while (nd_segmenter_next(reader->seg, &start, &end, NULL)) {
		if (end < paragraph->len &&
		    (!ends_here(paragraph->text + begin, end - begin) ||
		     is_aside_end(paragraph->text, end, paragraph->len)))
			continue;
		add_stretch(reader, begin, end, &first);
		begin = end;
	}
	mark_torn(reader, from, interrupted);
	if (reader->list->count == from + 1)
		reader->list->sentence[from].flags |= ND_SENTENCE_ALONE;
	if (reader->paragraphs < UINT16_MAX && reader->list->count > from)
		reader->paragraphs++;
	/* The sentences point into the text: the next paragraph goes behind. */
	paragraph->text += paragraph->len;
	paragraph->len = 0;
	paragraph->line_count = 0;
	paragraph->flags = 0;
}

/* Chinese and Japanese have no blank where a line was wrapped. */
static bool
joins_without_blank(const struct paragraph *paragraph, const char *text,
                    size_t len)
{
	size_t last = paragraph->len, at = 0;
	int32_t before, after;

	if (!last || !len || !((unsigned char)text[0] & 0x80))
		return false;
	while (last && ((unsigned char)paragraph->text[--last] & 0xc0) == 0x80)
		;
	before = nd_utf8_next(paragraph->text, paragraph->len, &last);
	after = nd_utf8_next(text, len, &at);
	return before >= 0x3000 && before < 0xac00 && after >= 0x3000 &&
	       after < 0xac00;
}

/* Append a line to the paragraph, runs of white space folded to a blank. */
static void
join_line(struct paragraph *paragraph, const struct nd_body *body, size_t i,
          size_t skip)
{
	const char *text = body->text + body->line[i].start;

	if (paragraph->len && !joins_without_blank(paragraph, text + skip,
	                                           body->line[i].len - skip))
		paragraph->text[paragraph->len++] = ' ';
	paragraph->line[paragraph->line_count] = (uint32_t)paragraph->len;
	paragraph->number[paragraph->line_count++] = (uint32_t)i;
	for (size_t at = skip; at < body->line[i].len; at++) {
		char c = nd_is_space(text[at]) ? ' ' : text[at];

		if (c == ' ' && (!paragraph->len ||
		                 paragraph->text[paragraph->len - 1] == ' '))
			continue;
		paragraph->text[paragraph->len++] = c;
	}
	while (paragraph->len && paragraph->text[paragraph->len - 1] == ' ')
		paragraph->len--;
}

static bool
is_greeting(const struct nd_body *body, size_t i)
{
	struct nd_lineform form = nd_lineform_read(
		body->text + body->line[i].start, body->line[i].len);

	return nd_lineform_is_greeting(&form);
}

/* "It is here:", a link, and "with that subject." below it. */
static bool
follows_link(const struct nd_body *body, size_t i)
{
	struct nd_lineform form;

	do
		if (!i--)
			return false;
	while (body->line[i].kind == ND_LINE_BLANK);
	if (body->line[i].kind != ND_LINE_OWN)
		return false;
	form = nd_lineform_read(body->text + body->line[i].start,
	                        body->line[i].len);
	return nd_lineform_is_url(&form);
}

static void
read_line(struct reader *reader, const struct nd_body *body, size_t i,
          enum nd_prose mark)
{
	const struct nd_line *line = &body->line[i];
	bool item = mark == ND_PROSE_ITEM || mark == ND_PROSE_NEWS;
	bool own = line->kind == ND_LINE_OWN && line->len;
	size_t skip = 0;

	if (mark != ND_PROSE_MORE) {
		bool in_list = reader->paragraph.flags & ND_SENTENCE_ITEM;

		split_paragraph(reader, own && !(item && in_list));
		reader->beheaded =
			own && !item && i &&
			((body->line[i - 1].kind == ND_LINE_OWN &&
		          body->line[i - 1].len && !is_greeting(body, i - 1)) ||
		         follows_link(body, i));
	}
	/* Blank lines above what is announced are its, and have no text. */
	if (mark == ND_PROSE_NONE || !own)
		return;
	if (item) {
		skip = nd_lineform_bullet(body->text + line->start, line->len);
		reader->paragraph.flags |= ND_SENTENCE_ITEM;
	}
	if (mark == ND_PROSE_NEWS)
		reader->paragraph.flags |= ND_SENTENCE_NEWS;
	join_line(&reader->paragraph, body, i, skip);
}

size_t
nd_sentences_read(const void *ctx, const struct nd_body *body,
                  struct nd_segmenter *seg, size_t max,
                  struct nd_sentences *list)
{
	void *tmp = talloc_new(NULL);
	uint8_t *mark = x_array(tmp, uint8_t, body->line_count + 1);
	struct reader reader = {.ctx = ctx, .seg = seg, .list = list};
	size_t own_bytes = 0, own_lines = 0, bytes_read = 0;

	for (size_t i = 0; i < body->line_count; i++) {
		if (body->line[i].kind != ND_LINE_OWN)
			continue;
		own_bytes += body->line[i].len + 1;
		own_lines++;
	}
	reader.max = list->count + max;
	reader.paragraph.text = x_array(ctx, char, own_bytes + 1);
	reader.paragraph.line = x_array(tmp, uint32_t, own_lines + 1);
	reader.paragraph.number = x_array(tmp, uint32_t, own_lines + 1);
	nd_prose_mark(body, mark);
	for (size_t i = 0; i < body->line_count; i++) {
		read_line(&reader, body, i, mark[i]);
		if (body->line[i].kind == ND_LINE_OWN &&
		    list->count < reader.max)
			bytes_read += body->line[i].len;
	}
	split_paragraph(&reader, false);
	talloc_free(tmp);
	return bytes_read;
}
