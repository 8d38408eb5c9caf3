/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/citation.h"

#include "summarise/announced.h"
#include "summarise/complaint.h"
#include "text/lineform.h"
#include "util/str.h"

static bool
is_indented(const struct nd_body *body, uint32_t line)
{
	return nd_lineform_is_indented(body->text + body->line[line].start,
	                               body->line[line].len);
}

static bool
has_margin(const struct nd_body *body, uint32_t line)
{
	return body->line[line].len > 0 &&
	       nd_is_space(body->text[body->line[line].start]);
}

static bool
is_block(const struct nd_body *body, uint32_t line)
{
	return is_indented(body, line) && line + 1 < body->line_count &&
	       body->line[line + 1].kind == ND_LINE_OWN &&
	       is_indented(body, line + 1);
}

/* Does the mail begin at the margin? Trailers always do. */
static bool
is_flush(const struct nd_body *body)
{
	size_t flush = 0, indented = 0;

	for (uint32_t i = 0; i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];
		struct nd_lineform form =
			nd_lineform_read(body->text + line->start, line->len);

		if (line->kind != ND_LINE_OWN)
			continue;
		if (is_indented(body, i))
			indented++;
		else
			flush += !nd_lineform_is_trailer(&form);
	}
	return flush >= indented;
}

struct nd_citation
nd_citation_begin(const struct nd_body *body)
{
	return (struct nd_citation){.flush = body && is_flush(body)};
}

bool
nd_citation_has(struct nd_citation *citation, const struct nd_body *body,
                const struct nd_sentence *said)
{
	bool open;

	if (said->flags & ND_SENTENCE_FIRST)
		citation->block = is_block(body, said->line);
	citation->open = citation->announced ||
	                 (citation->open && !(said->flags & ND_SENTENCE_FIRST));
	citation->output = citation->output && has_margin(body, said->line);
	open = citation->open || citation->output;
	citation->announced = nd_announced_is_quotation(said);
	citation->output |= nd_complaint_is_announced(said);
	if (said->flags & (ND_SENTENCE_ITEM | ND_SENTENCE_NEWS))
		citation->in_list = true;
	else if (!is_indented(body, said->line))
		citation->in_list = false;
	citation->led = citation->led || !citation->block;
	return open || (citation->flush && citation->block && citation->led &&
	                !citation->in_list);
}
