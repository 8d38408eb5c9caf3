/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation/speakerlabel.h"

#include <string.h>

#include "conversation/quotelines.h"
#include "model/address.h"
#include "util/alloc.h"
#include "util/str.h"

enum { LABEL_BYTES_MAX = 40 };

/* Whom a label may name. */
struct person {
	const struct nd_address *who;
	const char *name;
	size_t len, first; /* of the name, and of its first word */
};

/* A mail and those who may speak in it, its sender before the others. */
struct scene {
	const struct nd_message *mail;
	struct person *person;
	size_t count;
};

/* What a line begins with. */
struct label {
	const struct nd_address *who;
	uint32_t end;  /* of the label in the line, behind blanks */
	bool is_alone; /* nothing stands behind it */
};

static void
add_person(struct scene *scene, const struct nd_address *who)
{
	struct person *person = &scene->person[scene->count];

	if (!*who->name)
		return;
	person->who = who;
	person->name = nd_address_name(scene->person, who);
	person->len = strlen(person->name);
	person->first = strcspn(person->name, " ");
	scene->count++;
}

static void
add_list(struct scene *scene, const struct nd_address_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		add_person(scene, &list->address[i]);
}

static struct scene
scene_of(const struct nd_thread *thread, const struct nd_message *mail)
{
	struct scene scene = {.mail = mail};

	scene.person = x_array(NULL, struct person,
	                       mail->to.count + mail->cc.count + 2);
	add_person(&scene, &mail->sender);
	if (mail->parent != ND_NO_MESSAGE)
		add_person(&scene, &thread->message[mail->parent]->sender);
	add_list(&scene, &mail->to);
	add_list(&scene, &mail->cc);
	return scene;
}

/* "Ada Berg", "Ada" */
static const struct nd_address *
find_person(const struct scene *scene, const char *text, size_t len)
{
	for (size_t i = 0; i < scene->count; i++) {
		const struct person *person = &scene->person[i];

		if ((len == person->len || len == person->first) &&
		    nd_mem_equal_nocase(text, person->name, len))
			return person->who;
	}
	return NULL;
}

static bool
is_bracketed(const struct nd_body *body, size_t line)
{
	return body->line[line].kind == ND_LINE_OWN &&
	       body->line[line].len > 2 &&
	       body->text[body->line[line].start] == '[';
}

static bool
read_label(const struct scene *scene, size_t line, struct label *label)
{
	size_t len;
	const char *text, *end;

	if (!is_bracketed(scene->mail->body, line))
		return false;
	text = nd_message_line(scene->mail->body, line, &len);
	end = memchr(text, ']', len < LABEL_BYTES_MAX ? len : LABEL_BYTES_MAX);
	if (!end)
		return false;
	label->who = find_person(scene, text + 1, (size_t)(end - text - 1));
	if (!label->who)
		return false;
	label->end = (uint32_t)(end + 1 - text);
	while (label->end < len && strchr(": ", text[label->end]))
		label->end++;
	label->is_alone = label->end == len;
	return true;
}

/* The first line behind that is not blank. */
static size_t
skip_blank(const struct nd_body *body, size_t line)
{
	while (line < body->line_count &&
	       body->line[line].kind == ND_LINE_BLANK)
		line++;
	return line;
}

/* The line behind the last that the label speaks for. */
static size_t
end_of_speech(const struct scene *scene, size_t line, const struct label *label)
{
	const struct nd_body *body = scene->mail->body;
	size_t paragraph = line + 1, end;
	struct label next;

	if (label->is_alone)
		paragraph = skip_blank(body, paragraph);
	while (paragraph < body->line_count &&
	       body->line[paragraph].kind == ND_LINE_OWN &&
	       !read_label(scene, paragraph, &next))
		paragraph++;
	if (!label->is_alone)
		return paragraph;
	for (end = paragraph; end < body->line_count; end++) {
		if (read_label(scene, end, &next))
			return end;
		if (body->line[end].kind != ND_LINE_OWN &&
		    body->line[end].kind != ND_LINE_BLANK)
			return body->line[end].kind == ND_LINE_QUOTE
			               ? end
			               : paragraph;
	}
	return paragraph;
}

/* Returns whether there is any. */
static bool
find_speeches(const struct scene *scene, struct nd_quotelines_part *part)
{
	const struct nd_body *body = scene->mail->body;
	bool any = false;
	size_t end;

	for (size_t i = 0; i < body->line_count; i = end) {
		struct label label;

		end = i + 1;
		if (!read_label(scene, i, &label) ||
		    nd_address_same_person(label.who, &scene->mail->sender))
			continue;
		end = end_of_speech(scene, i, &label);
		for (size_t k = i; k < end; k++)
			if (body->line[k].kind == ND_LINE_OWN)
				part[k] = (struct nd_quotelines_part){
					.start = k == i ? label.end : 0,
					.end = body->line[k].len,
					.depth = 1,
					.source = ND_NO_MESSAGE,
					.author = label.who,
				};
		any = true;
	}
	return any;
}

static bool
may_have_labels(const struct nd_message *mail)
{
	if (!mail->body || mail->body->flags & ND_BODY_DIFF)
		return false;
	for (size_t i = 0; i < mail->body->line_count; i++)
		if (is_bracketed(mail->body, i))
			return true;
	return false;
}

void
nd_speakerlabel_mark(struct nd_thread *thread)
{
	for (size_t i = 0; i < thread->message_count; i++) {
		struct nd_message *mail = thread->message[i];
		struct nd_quotelines_part *part;
		struct scene scene;

		if (!may_have_labels(mail))
			continue;
		scene = scene_of(thread, mail);
		part = x_array(scene.person, struct nd_quotelines_part,
		               mail->body->line_count + 1);
		if (find_speeches(&scene, part))
			nd_quotelines_set(mail->body, part);
		talloc_free(scene.person);
	}
}
