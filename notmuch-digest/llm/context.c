/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/context.h"

#include <string.h>

#include "llm/fence.h"
#include "llm/tokens.h"
#include "model/address.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/hash.h"
#include "util/limits.h"
#include "util/map.h"
#include "util/str.h"
#include "util/time.h"
#include "util/utf8.h"

enum {
	QUOTE_LINES = 2,   /* kept of a quote that an answer follows */
	QUOTE_BYTES = 120, /* of each */
	BLOCK_LINES = 40,  /* a longer block is a log or a table */
	BLOCK_HEAD = 12,   /* lines kept of it */
	BLOCK_TAIL = 4,
	LINE_BYTES = 400, /* a longer line without end is not prose */
	FILES_SHOWN = 6,
	EVENTS_TOLD = 60,
	LINE_TOKENS = 5,      /* of the mark before each line */
	TEXT_BYTES = 1 << 20, /* of one mail */
};

static bool
may_show(const struct nd_thread *thread, int32_t message)
{
	return message >= 0 && nd_llm_passage_allow(thread->message[message]);
}

/* Has all of it been read, and is none of it for nobody else's eyes? */
static bool
is_open(const struct nd_message *message)
{
	return message->body &&
	       !(message->body->flags &
	         (ND_BODY_CUT | ND_BODY_UNSEEN | ND_BODY_ENCRYPTED));
}

static bool
is_all_open(const struct nd_thread *thread)
{
	for (size_t i = 0; i < thread->message_count; i++)
		if (!is_open(thread->message[i]))
			return false;
	for (size_t i = 0; i < thread->hidden_count; i++)
		if (!(thread->hidden[i]->flags & ND_MESSAGE_SHARED) &&
		    !is_open(thread->hidden[i]))
			return false;
	return !thread->encrypted;
}

/* ---- the text of one mail ------------------------------------------------ */

static void
add_line(struct nd_buf *out, const char *before, const char *text, size_t len,
         size_t most)
{
	while (len > 0 && nd_is_space(text[len - 1]))
		len--;
	nd_buf_adds(out, before);
	if (len > most) {
		nd_llm_fence_clean(out, text, nd_utf8_fit(text, most, most));
		nd_buf_adds(out, " …");
	} else {
		nd_llm_fence_clean(out, text, len);
	}
	nd_buf_addc(out, '\n');
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

/* theirs: one a line, NULL when there are none; see passage.h. */
static void
add_own(struct nd_buf *out, const struct nd_body *body, const bool *theirs,
        size_t i, size_t end)
{
	size_t head = i + BLOCK_HEAD, tail = end - BLOCK_TAIL;
	bool is_long = end - i > BLOCK_LINES;

	for (; i < end; i++) {
		const struct nd_line *line = &body->line[i];

		if (is_long && i >= head && i < tail) {
			nd_buf_addf(out, "(%zu lines left out)\n", tail - i);
			i = tail - 1;
			continue;
		}
		if (theirs && theirs[i]) {
			if (i == 0 || !theirs[i - 1])
				nd_buf_adds(out, "(quoted words left out)\n");
			continue;
		}
		if (is_routing(body->text + line->start, line->len))
			continue;
		/* A paragraph of flowed text is one line and may be long. */
		add_line(out, "", body->text + line->start, line->len,
		         line->fixed ? TEXT_BYTES : LINE_BYTES);
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

/* What an answer answers: the last lines quoted before it. */
static void
add_quote(struct nd_buf *out, const struct nd_thread *thread,
          const struct nd_body *body, const bool *theirs, size_t begin,
          size_t end)
{
	size_t from = end, lines = 0;

	if (!is_answered(body, end))
		return;
	while (from > begin && lines < QUOTE_LINES) {
		const struct nd_line *line = &body->line[from - 1];

		if ((line->source >= 0 && !may_show(thread, line->source)) ||
		    (theirs && theirs[from - 1]))
			break;
		from--;
		lines += line->len > 0;
	}
	for (; from < end; from++) {
		const struct nd_line *line = &body->line[from];

		if (line->len > 0)
			add_line(out, "> ", body->text + line->start, line->len,
			         QUOTE_BYTES);
	}
}

static void
add_text(struct nd_buf *out, const struct nd_thread *thread,
         const struct nd_body *body, const bool *theirs)
{
	for (size_t i = 0; i < body->line_count;) {
		size_t end = end_of_block(body, i);

		switch (body->line[i].kind) {
		case ND_LINE_OWN:
			add_own(out, body, theirs, i, end);
			break;
		case ND_LINE_QUOTE:
			add_quote(out, thread, body, theirs, i, end);
			break;
		default:
			break;
		}
		i = end;
	}
}

/* A subject that others began is left out, like their words. */
static const char *
subject_of(const struct nd_llm_context *context,
           const struct nd_message *message)
{
	return nd_llm_passage_hold_subject(context->passages, message)
	               ? "(subject left out)"
	               : message->subject;
}

static bool
has_their_diff(const struct nd_body *body, const bool *theirs)
{
	for (size_t i = 0; theirs && i < body->line_count; i++)
		if (theirs[i] && body->line[i].kind == ND_LINE_DIFF)
			return true;
	return false;
}

/* "2021-03-15: subject; files changed: 2 (+20 -4): a.c b.c" */
static const char *
head_of(const struct nd_llm_context *ctx, const struct nd_message *message,
        const bool *theirs)
{
	const struct nd_body *body = message->body;
	const char *subject = subject_of(ctx, message);
	struct nd_buf *out = nd_buf_new(ctx, ND_LIMIT_HEADER_BYTES * 4);

	nd_buf_add(out, nd_time_iso(out, message->date_s), 10);
	nd_buf_adds(out, ", ");
	nd_llm_fence_clean(out, subject, strlen(subject));
	if (body->diff_file_count > 0 && !has_their_diff(body, theirs)) {
		nd_buf_addf(out, "; files changed: %zu (+%u -%u):",
		            body->diff_file_count, body->insertions,
		            body->deletions);
		for (size_t i = 0; i < body->diff_file_count && i < FILES_SHOWN;
		     i++) {
			nd_buf_addc(out, ' ');
			nd_llm_fence_clean(out, body->diff_file[i],
			                   strlen(body->diff_file[i]));
		}
	}
	if (body->unsafe_count > 0)
		nd_buf_addf(out, "; %zu hidden characters removed",
		            body->unsafe_count);
	return out->data;
}

/* ---- people and places --------------------------------------------------- */

static int32_t
person_of(struct nd_llm_context *context, struct nd_map *by_addr,
          const struct nd_address *who)
{
	const char *addr = nd_address_key(context, who);
	intptr_t known = nd_map_get_int(by_addr, addr, -1);
	struct nd_llm_person *person;

	if (known >= 0)
		return (int32_t)known;
	nd_map_set_int(by_addr, addr, (intptr_t)context->person_count);
	person = x_append(context, context->person, context->person_count);
	person->addr = addr;
	person->name = nd_address_name(context, who);
	return (int32_t)context->person_count - 1;
}

static bool
is_opening(const struct nd_thread *thread, int32_t message)
{
	const struct nd_series *series = thread->series;

	if (message == thread->root)
		return true;
	for (int i = 0; series && i < series->total; i++)
		if (series->patch[i] == message)
			return true;
	return false;
}

/* Where the mails of the thread stand in the context; -1: they do not. */
static int32_t
nearest(const struct nd_thread *thread, const int32_t *number, int32_t message)
{
	for (size_t steps = 0; message >= 0 && steps < thread->message_count;
	     steps++) {
		if (number[message] >= 0)
			return number[message];
		message = thread->message[message]->parent;
	}
	return -1;
}

static void
place(struct nd_llm_context *context, const struct nd_thread *thread,
      const int32_t *number)
{
	for (size_t i = 0; i < context->mail_count; i++) {
		struct nd_llm_context_mail *mail = &context->mail[i];
		int32_t parent = thread->message[mail->message]->parent;

		mail->answers = nearest(thread, number, parent);
		/* A wrong clock may put an answer before its question. */
		mail->branch = (int32_t)i;
		if (mail->answers > 0 && mail->answers < (int32_t)i)
			mail->branch = context->mail[mail->answers].branch;
	}
}

/* What the ledger says of the mail. */
static void
add_ledger(struct nd_llm_context *context, struct nd_llm_context_mail *mail,
           const struct nd_thread *thread, int32_t index)
{
	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if (event->message != index)
			continue;
		mail->events |= 1u << event->type;
		if (event->tree && !mail->tree &&
		    !nd_llm_passage_hold(context->passages, event->tree,
		                         strlen(event->tree)))
			mail->tree = x_strdup(context, event->tree);
		if (event->type == ND_EVENT_QUESTION)
			mail->asked = x_asprintf(context, "%s\n%s", mail->asked,
			                         event->text);
		for (size_t k = 0; k < event->patch_count; k++)
			*x_append(context, mail->taken, mail->taken_count) =
				event->patch[k];
	}
	for (size_t i = 0; i < thread->trailer_count; i++) {
		const struct nd_trailer *trailer = &thread->trailer[i];

		if (trailer->message != index)
			continue;
		mail->events |= 1u << ND_EVENT_TRAILER;
		if (trailer->number > 0)
			*x_append(context, mail->taken, mail->taken_count) =
				trailer->number;
	}
}

static void
add_mail(struct nd_llm_context *context, const struct nd_thread *thread,
         int32_t index, struct nd_map *by_addr)
{
	const struct nd_message *message = thread->message[index];
	struct nd_llm_context_mail *mail =
		x_append(context, context->mail, context->mail_count);
	struct nd_buf *text = nd_buf_new(context, TEXT_BYTES);
	struct nd_hash *hash = nd_hash_new(text);
	bool *theirs =
		nd_llm_passage_mark(text, context->passages, thread, index);

	mail->message = index;
	mail->person = person_of(context, by_addr, &message->author);
	mail->is_new = message->flags & ND_MESSAGE_NEW;
	mail->is_opening = is_opening(thread, index);
	mail->patch = message->parts && message->parts->total > 0
	                      ? message->parts->number
	                      : -1;
	mail->asked = "";
	add_ledger(context, mail, thread, index);
	mail->id = x_strdup(context, message->id);
	mail->head = head_of(context, message, theirs);
	add_text(text, thread, message->body, theirs);
	for (size_t i = 0; theirs && i < message->body->line_count; i++)
		context->lines_withheld += theirs[i];
	mail->text = text->data;
	mail->text_len = text->len;
	nd_hash_add(hash, mail->id);
	nd_hash_add(hash, mail->head);
	nd_hash_add(hash, mail->text);
	mail->hash = nd_hash_hex(context, hash);
	mail->tokens = nd_llm_tokens_estimate(mail->text, mail->text_len) +
	               nd_llm_tokens_estimate(mail->head, strlen(mail->head)) +
	               16;
	for (size_t i = 0; i < mail->text_len; i++)
		if (mail->text[i] == '\n')
			mail->tokens += LINE_TOKENS;
}

/* ---- facts --------------------------------------------------------------- */

static void
add_trailers(struct nd_buf *out, const struct nd_thread *thread,
             const int32_t *number)
{
	for (size_t i = 0; i < thread->trailer_count; i++) {
		const struct nd_trailer *trailer = &thread->trailer[i];
		int32_t at = number[trailer->message];

		if (at < 0)
			continue;
		nd_buf_addf(out, "[%d] gives ", at + 1);
		nd_llm_fence_clean(out, trailer->type, strlen(trailer->type));
		if (trailer->number > 0)
			nd_buf_addf(out, " to patch %d/%d", trailer->number,
			            trailer->total);
		nd_buf_addc(out, '\n');
	}
}

/* What the mail says that the program has understood, too. */
static bool
is_told(enum nd_event_type type)
{
	switch (type) {
	case ND_EVENT_POSTED:
	case ND_EVENT_TRAILER: /* see above */
	case ND_EVENT_QUESTION:
	case ND_EVENT_ANSWER:
	case ND_EVENT_COMMAND:
	case ND_EVENT_COUNT:
		return false;
	default:
		return true;
	}
}

static void
add_events(struct nd_buf *out, const struct nd_llm_context *context,
           const struct nd_thread *thread, const int32_t *number)
{
	size_t told = 0;

	for (size_t i = 0; i < thread->event_count && told < EVENTS_TOLD; i++) {
		const struct nd_event *event = &thread->event[i];
		int32_t at = number[event->message];

		if (at < 0 || !is_told(event->type))
			continue;
		told++;
		nd_buf_addf(out, "[%d] %s", at + 1, nd_event_name(event->type));
		if (event->tree &&
		    !nd_llm_passage_hold(context->passages, event->tree,
		                         strlen(event->tree))) {
			nd_buf_adds(out, ": ");
			nd_llm_fence_clean(out, event->tree,
			                   strlen(event->tree));
		}
		nd_buf_addc(out, '\n');
	}
}

/* What is so of the whole thread is told only when all of it may be. */
static const char *
facts_of(const struct nd_llm_context *context, const struct nd_thread *thread,
         const int32_t *number)
{
	struct nd_buf *out = nd_buf_new(context, ND_LIMIT_PROMPT_BYTES);
	const struct nd_series *series = thread->series;

	if (context->left_out == 0) {
		nd_buf_addf(out, "kind: %s\n",
		            nd_thread_kind_name(thread->kind));
		if (series)
			nd_buf_addf(out, "version %d, patches: %d\n",
			            series->version, series->total);
	}
	add_trailers(out, thread, number);
	add_events(out, context, thread, number);
	return out->data;
}

static bool
has_shared(const struct nd_thread *thread)
{
	for (size_t i = 0; i < thread->message_count; i++)
		if (may_show(thread, (int32_t)i))
			return true;
	return false;
}

struct nd_llm_context *
nd_llm_context_new(const void *ctx, const struct nd_thread *thread)
{
	struct nd_llm_context *context;
	struct nd_map *by_addr;
	int32_t *number;
	size_t bytes = 0;

	if (!has_shared(thread) || !is_all_open(thread))
		return NULL;
	context = x_new(NULL, struct nd_llm_context);
	by_addr = nd_map_new(context);
	number = x_array(context, int32_t, thread->message_count);
	context->passages = nd_llm_passage_new(context, thread);
	for (size_t i = 0; i < thread->message_count; i++) {
		number[i] = -1;
		if (!may_show(thread, (int32_t)i)) {
			context->left_out++;
			continue;
		}
		number[i] = (int32_t)context->mail_count;
		add_mail(context, thread, (int32_t)i, by_addr);
		context->own_bytes += thread->message[i]->body->own_bytes;
		bytes += context->mail[context->mail_count - 1].text_len;
	}
	if (bytes == 0) {
		talloc_free(context);
		return NULL;
	}
	place(context, thread, number);
	context->root_id = x_strdup(context, nd_thread_root(thread)->id);
	context->subject = x_strdup(
		context,
		subject_of(context, thread->message[context->mail[0].message]));
	context->facts = facts_of(context, thread, number);
	talloc_free(by_addr);
	return talloc_steal(ctx, context);
}
