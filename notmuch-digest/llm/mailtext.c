/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/mailtext.h"

#include "llm/fence.h"
#include "llm/passage.h"
#include "text/prose.h"
#include "util/alloc.h"
#include "util/str.h"

enum {
	QUOTE_LINES = 2,   /* kept of a quote that an answer follows */
	QUOTE_BYTES = 120, /* of each */
	BLOCK_LINES = 40,  /* a longer block is a log or a table */
	BLOCK_HEAD = 12,   /* lines kept of it */
	BLOCK_TAIL = 4,
	LINE_BYTES = 400, /* a longer line without end is not prose */
};

struct writer {
	struct nd_buf *out;
	const struct nd_llm_mailtext *mail;
	const struct nd_body *body; /* its */
	const bool *given;          /* one a line: a tag that the facts tell */
	uint8_t *prose;             /* enum nd_prose of each line */
	bool gap;                   /* a paragraph has ended */
};

/* The line end before what comes, an empty line where a paragraph begins. */
static void
end_line(struct writer *writer)
{
	if (writer->out->len > 0)
		nd_buf_adds(writer->out, writer->gap ? "\n\n" : "\n");
	writer->gap = false;
}

/*
 * Lines that say nothing about the thread and hold addresses of people who may
 * not even have written into it. Tags that were given are among the facts.
 */
static bool
is_routing(const char *text, size_t len)
{
	static const char *const names[] = {
		"Signed-off-by:", "Cc:", "Message-Id:", "Link:", "Change-Id:"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (nd_mem_starts_nocase(text, len, names[i]))
			return true;
	return false;
}

/* The first line behind the block of one kind that begins at i. */
static size_t
end_of_block(const struct nd_body *body, size_t i)
{
	uint8_t kind = body->line[i].kind;

	while (i < body->line_count && body->line[i].kind == kind)
		i++;
	return i;
}

static size_t
trimmed(const char *text, size_t len)
{
	while (len > 0 && nd_is_space(text[len - 1]))
		len--;
	return len;
}

/* Running text that goes on with the line before it is joined to that. */
static void
add_own_line(struct writer *writer, size_t i, bool joins)
{
	const struct nd_body *body = writer->body;
	const struct nd_line *line = &body->line[i];
	const char *text = body->text + line->start;

	size_t len = trimmed(text, line->len), indent = 0;

	if (joins && writer->prose[i] == ND_PROSE_MORE) {
		while (indent < len && nd_is_space(text[indent]))
			indent++;
		nd_buf_addc(writer->out, ' ');
	} else {
		end_line(writer);
	}
	/* A paragraph of flowed text is one line and may be long. */
	nd_llm_fence_cut(writer->out, text + indent, len - indent,
	                 line->fixed ? ND_LLM_MAILTEXT_BYTES : LINE_BYTES);
}

/* A tag that the facts tell, a title in the shortlog of a series. */
static bool
is_told_elsewhere(const struct writer *writer, size_t i)
{
	const struct nd_line *line = &writer->body->line[i];
	const char *text = writer->body->text + line->start;
	size_t len = trimmed(text, line->len), indent = 0;
	char *title;
	bool told;

	if (writer->given[i] || is_routing(text, len))
		return true;
	while (indent < len && nd_is_space(text[indent]))
		indent++;
	if (indent == 0)
		return false;
	title = x_strndup(NULL, text + indent, len - indent);
	told = nd_map_has(writer->mail->patches, title);
	talloc_free(title);
	return told;
}

static void
add_own(struct writer *writer, size_t i, size_t end)
{
	const bool *theirs = writer->mail->theirs;
	bool joins = false; /* the line before stands in the text */
	size_t head = i + BLOCK_HEAD, tail = end - BLOCK_TAIL;
	bool is_long = end - i > BLOCK_LINES;

	for (; i < end; i++) {
		if (is_long && i >= head && i < tail) {
			end_line(writer);
			nd_buf_addf(writer->out, "(%zu lines left out)",
			            tail - i);
			joins = false;
			i = tail - 1;
		} else if (theirs && theirs[i]) {
			if (i == 0 || !theirs[i - 1]) {
				end_line(writer);
				nd_buf_adds(writer->out,
				            "(quoted words left out)");
			}
			joins = false;
		} else if (!is_told_elsewhere(writer, i)) {
			add_own_line(writer, i, joins);
			joins = true;
		}
	}
}

/* Is some own word next, behind blank lines? */
static bool
is_answered(const struct nd_body *body, size_t i)
{
	while (i < body->line_count && body->line[i].kind == ND_LINE_BLANK)
		i++;
	return i < body->line_count && body->line[i].kind == ND_LINE_OWN;
}

/* "}", "--" and "[...]" tell nobody what is answered. */
static bool
has_words(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (nd_is_alnum(text[i]) || (unsigned char)text[i] >= 0x80)
			return true;
	return false;
}

static bool
may_show(const struct writer *writer, int32_t source)
{
	return nd_llm_passage_allow(writer->mail->thread->message[source]);
}

/* What an answer answers: the last lines quoted before it. */
static void
add_quote(struct writer *writer, size_t begin, size_t end)
{
	const struct nd_body *body = writer->body;
	const bool *theirs = writer->mail->theirs;
	size_t from = end, lines = 0;

	writer->gap = true;
	if (!is_answered(body, end))
		return;
	while (from > begin && lines < QUOTE_LINES) {
		const struct nd_line *line = &body->line[from - 1];

		if ((line->source >= 0 && !may_show(writer, line->source)) ||
		    (theirs && theirs[from - 1]))
			break;
		from--;
		lines += has_words(body->text + line->start, line->len);
	}
	for (; from < end; from++) {
		const struct nd_line *line = &body->line[from];
		const char *text = body->text + line->start;

		if (!has_words(text, line->len))
			continue;
		end_line(writer);
		nd_buf_adds(writer->out, "> ");
		nd_llm_fence_cut(writer->out, text, trimmed(text, line->len),
		                 QUOTE_BYTES);
	}
}

static void
add_text(struct writer *writer)
{
	const struct nd_body *body = writer->body;
	bool quoted = false; /* the answer stands with what it answers */

	for (size_t i = 0; i < body->line_count;) {
		size_t end = end_of_block(body, i);

		switch (body->line[i].kind) {
		case ND_LINE_OWN:
			add_own(writer, i, end);
			quoted = false;
			break;
		case ND_LINE_QUOTE:
			add_quote(writer, i, end);
			quoted = !writer->gap;
			break;
		default:
			writer->gap = writer->gap || !quoted;
			break;
		}
		i = end;
	}
	if (writer->out->len > 0)
		nd_buf_addc(writer->out, '\n');
}

/*
 * Which lines are tags that were given to a patch. Those of the first mail are
 * not counted: a thread may have nothing else.
 */
static const bool *
given_lines(const void *ctx, const struct nd_llm_mailtext *mail)
{
	const struct nd_thread *thread = mail->thread;
	size_t count = thread->message[mail->index]->body->line_count;
	bool *given = x_array(ctx, bool, count + 1);

	for (size_t i = 0; !mail->is_first && i < thread->trailer_count; i++)
		if (thread->trailer[i].message == mail->index &&
		    thread->trailer[i].line < count)
			given[thread->trailer[i].line] = true;
	return given;
}

void
nd_llm_mailtext_add(struct nd_buf *out, const struct nd_llm_mailtext *mail)
{
	void *tmp = talloc_new(NULL);
	struct writer writer = {
		.out = out,
		.mail = mail,
		.body = mail->thread->message[mail->index]->body,
		.given = given_lines(tmp, mail),
	};

	writer.prose = x_array(tmp, uint8_t, writer.body->line_count + 1);
	nd_prose_mark(writer.body, writer.prose);
	add_text(&writer);
	talloc_free(tmp);
}
