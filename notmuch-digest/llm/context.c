/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/context.h"

#include <string.h>

#include "llm/fence.h"
#include "llm/mailtext.h"
#include "llm/tokens.h"
#include "model/address.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/hash.h"
#include "util/limits.h"
#include "util/map.h"
#include "util/time.h"

enum {
	SUBJECT_BYTES = 200, /* of a subject */
	FILES_SHOWN = 2,
	EVENTS_TOLD = 60,
	HEAD_TOKENS = 16,     /* of number, author, what it answers */
	PARAGRAPH_TOKENS = 5, /* of the mark before it */
	LINE_TOKENS = 1,      /* of that before each further line */
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

/* ---- what stands above it ------------------------------------------------ */

/* A subject that others began is left out, like their words. */
static const char *
subject_of(const struct nd_llm_context *context,
           const struct nd_message *message)
{
	struct nd_buf *out;

	if (nd_llm_passage_hold_subject(context->passages, message))
		return "(subject left out)";
	out = nd_buf_new(context, SUBJECT_BYTES * 2);
	nd_llm_fence_cut(out, message->subject, strlen(message->subject),
	                 SUBJECT_BYTES);
	return out->data;
}

static bool
has_their_diff(const struct nd_body *body, const bool *theirs)
{
	for (size_t i = 0; theirs && i < body->line_count; i++)
		if (theirs[i] && body->line[i].kind == ND_LINE_DIFF)
			return true;
	return false;
}

/* "a.c b.c …" */
static const char *
files_of(const void *ctx, const struct nd_body *body, const bool *theirs)
{
	struct nd_buf *out = nd_buf_new(ctx, ND_LIMIT_HEADER_BYTES);

	if (has_their_diff(body, theirs))
		return "";
	for (size_t i = 0; i < body->diff_file_count && i < FILES_SHOWN; i++) {
		if (i > 0)
			nd_buf_addc(out, ' ');
		nd_llm_fence_cut(out, body->diff_file[i],
		                 strlen(body->diff_file[i]), SUBJECT_BYTES);
	}
	if (body->diff_file_count > FILES_SHOWN)
		nd_buf_adds(out, " …");
	return out->data;
}

/* "3 files +20 -4, 2 hidden characters removed", or less of it */
static const char *
notes_of(const void *ctx, const struct nd_body *body, const bool *theirs)
{
	struct nd_buf *out = nd_buf_new(ctx, ND_LIMIT_HEADER_BYTES);

	if (body->diff_file_count > 0 && !has_their_diff(body, theirs))
		nd_buf_addf(out, "%zu file%s +%u -%u", body->diff_file_count,
		            body->diff_file_count > 1 ? "s" : "",
		            body->insertions, body->deletions);
	if (body->unsafe_count > 0)
		nd_buf_addf(out, "%s%zu hidden characters removed",
		            out->len ? ", " : "", body->unsafe_count);
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

/* A patch, as its author has sent it. */
static bool
is_posting(const struct nd_message *message)
{
	const struct nd_subject *parts = message->parts;

	return parts && (parts->flags & ND_SUBJECT_PATCH) &&
	       !(parts->flags & ND_SUBJECT_REPLY) &&
	       message->body->diff_file_count > 0;
}

/* The same one but for "Re:"? */
static bool
has_subject_of(const struct nd_message *message,
               const struct nd_message *answered)
{
	if (!message->parts || !answered->parts)
		return strcmp(message->subject, answered->subject) == 0;
	return strcmp(message->parts->title, answered->parts->title) == 0 &&
	       strcmp(message->parts->prefix, answered->parts->prefix) == 0;
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

/* A patch begins a branch of its own, whatever it was sent as an answer to. */
static void
place(struct nd_llm_context *context, const struct nd_thread *thread,
      const int32_t *number)
{
	for (size_t i = 0; i < context->mail_count; i++) {
		struct nd_llm_context_mail *mail = &context->mail[i];
		const struct nd_message *message =
			thread->message[mail->message];
		const struct nd_llm_context_mail *answered;

		mail->answers = nearest(thread, number, message->parent);
		mail->branch = (int32_t)i;
		/* A wrong clock may put an answer before its question. */
		if (mail->answers < 0 || mail->answers >= (int32_t)i)
			continue;
		answered = &context->mail[mail->answers];
		mail->repeats_subject = has_subject_of(
			message, thread->message[answered->message]);
		if (mail->answers > 0 && !is_posting(message))
			mail->branch = answered->branch;
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

/* Does somebody say more of it than a tag? */
static bool *
find_answered(const struct nd_llm_context *context,
              const struct nd_thread *thread)
{
	bool *answered = x_array(context, bool, context->mail_count);

	for (size_t i = 0; i < context->mail_count; i++) {
		const struct nd_llm_context_mail *mail = &context->mail[i];
		const struct nd_message *message =
			thread->message[mail->message];

		if (mail->answers >= 0 && mail->text_len > 0 &&
		    nd_message_is_person(message) && !is_posting(message))
			answered[mail->answers] = true;
	}
	return answered;
}

/* Is the mail one of several patches, of which another one tells more? */
static bool
is_one_of_many(const struct nd_llm_context *context,
               const struct nd_thread *thread, size_t index)
{
	const struct nd_llm_context_mail *mail = &context->mail[index];
	const struct nd_message *message = thread->message[mail->message];
	const struct nd_subject *parts = message->parts, *before;

	if (index == 0 || mail->message == thread->root ||
	    !is_posting(message) || parts->number == 0)
		return false;
	if (parts->number > 1)
		return true;
	if (mail->answers < 0)
		return false;
	before = thread->message[context->mail[mail->answers].message]->parts;
	return before && before->number == 0 && before->total == parts->total;
}

static size_t
count_tokens(const struct nd_llm_context_mail *mail)
{
	size_t tokens = HEAD_TOKENS;

	if (!mail->repeats_subject)
		tokens += nd_llm_tokens_estimate(mail->subject,
		                                 strlen(mail->subject));
	if (mail->is_brief)
		return tokens;
	tokens += nd_llm_tokens_estimate(mail->notes, strlen(mail->notes)) +
	          nd_llm_tokens_estimate(mail->files, strlen(mail->files)) +
	          nd_llm_tokens_estimate(mail->text, mail->text_len) +
	          PARAGRAPH_TOKENS;
	for (size_t i = 0; i + 1 < mail->text_len; i++)
		if (mail->text[i] == '\n')
			tokens += mail->text[i + 1] == '\n' ? PARAGRAPH_TOKENS
			                                    : LINE_TOKENS;
	return tokens;
}

static void
measure(struct nd_llm_context *context, const struct nd_thread *thread)
{
	bool *answered = find_answered(context, thread);

	for (size_t i = 0; i < context->mail_count; i++) {
		struct nd_llm_context_mail *mail = &context->mail[i];

		mail->is_brief =
			!answered[i] && is_one_of_many(context, thread, i);
		mail->tokens = count_tokens(mail);
	}
	talloc_free(answered);
}

static void
add_mail(struct nd_llm_context *context, const struct nd_thread *thread,
         int32_t index, struct nd_map *by_addr, const struct nd_map *patches)
{
	const struct nd_message *message = thread->message[index];
	const struct nd_body *body = message->body;
	struct nd_llm_context_mail *mail =
		x_append(context, context->mail, context->mail_count);
	struct nd_buf *text = nd_buf_new(context, ND_LLM_MAILTEXT_BYTES);
	struct nd_hash *hash = nd_hash_new(text);
	const bool *theirs =
		nd_llm_passage_mark(text, context->passages, thread, index);
	const struct nd_llm_mailtext shown = {
		.thread = thread,
		.index = index,
		.is_first = context->mail_count == 1,
		.theirs = theirs,
		.patches = patches,
	};

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
	mail->day = nd_time_iso(context, message->date_s);
	mail->subject = subject_of(context, message);
	mail->notes = notes_of(context, body, theirs);
	mail->files = files_of(context, body, theirs);
	mail->head = x_asprintf(context, "%.10s, %s; %s: %s", mail->day,
	                        mail->subject, mail->notes, mail->files);
	nd_llm_mailtext_add(text, &shown);
	for (size_t i = 0; theirs && i < body->line_count; i++)
		context->lines_withheld += theirs[i];
	mail->text = text->data;
	mail->text_len = text->len;
	nd_hash_add(hash, mail->id);
	nd_hash_add(hash, mail->head);
	nd_hash_add(hash, mail->text);
	mail->hash = nd_hash_hex(context, hash);
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
		nd_buf_addf(out, "[%d] gives", at + 1);
		if (trailer->number > 0)
			nd_buf_addf(out, " patch %d/%d", trailer->number,
			            trailer->total);
		nd_buf_adds(out, ND_LLM_FENCE);
		nd_llm_fence_clean(out, trailer->type, strlen(trailer->type));
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

/* The ledger has one a sentence. */
static bool
is_repeated(const struct nd_thread *thread, size_t i)
{
	const struct nd_event *event = &thread->event[i];

	while (i > 0 && thread->event[i - 1].message == event->message)
		if (thread->event[--i].type == event->type)
			return true;
	return false;
}

static void
add_events(struct nd_buf *out, const struct nd_llm_context *context,
           const struct nd_thread *thread, const int32_t *number)
{
	size_t told = 0;

	for (size_t i = 0; i < thread->event_count && told < EVENTS_TOLD; i++) {
		const struct nd_event *event = &thread->event[i];
		int32_t at = number[event->message];

		if (at < 0 || !is_told(event->type) || is_repeated(thread, i))
			continue;
		told++;
		nd_buf_addf(out, "[%d] %s", at + 1, nd_event_name(event->type));
		if (event->tree &&
		    !nd_llm_passage_hold(context->passages, event->tree,
		                         strlen(event->tree))) {
			nd_buf_adds(out, ND_LLM_FENCE);
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

/* The titles of the patches, whose own heads show them. */
static struct nd_map *
shown_patches(const void *ctx, const struct nd_thread *thread)
{
	struct nd_map *titles = nd_map_new(ctx);

	for (size_t i = 0; i < thread->message_count; i++)
		if (may_show(thread, (int32_t)i) &&
		    is_posting(thread->message[i]))
			nd_map_set(titles, thread->message[i]->parts->title,
			           NULL);
	return titles;
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
	struct nd_map *by_addr, *patches;
	int32_t *number;
	size_t bytes = 0;

	if (!has_shared(thread) || !is_all_open(thread))
		return NULL;
	context = x_new(NULL, struct nd_llm_context);
	by_addr = nd_map_new(context);
	patches = shown_patches(context, thread);
	number = x_array(context, int32_t, thread->message_count);
	context->passages = nd_llm_passage_new(context, thread);
	for (size_t i = 0; i < thread->message_count; i++) {
		number[i] = -1;
		if (!may_show(thread, (int32_t)i)) {
			context->left_out++;
			continue;
		}
		number[i] = (int32_t)context->mail_count;
		add_mail(context, thread, (int32_t)i, by_addr, patches);
		context->own_bytes += thread->message[i]->body->own_bytes;
		bytes += context->mail[context->mail_count - 1].text_len;
	}
	if (bytes == 0) {
		talloc_free(context);
		return NULL;
	}
	place(context, thread, number);
	measure(context, thread);
	context->root_id = x_strdup(context, nd_thread_root(thread)->id);
	context->subject = x_strdup(
		context,
		subject_of(context, thread->message[context->mail[0].message]));
	context->facts = facts_of(context, thread, number);
	talloc_free(by_addr);
	talloc_free(patches);
	return talloc_steal(ctx, context);
}
