/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * robots.c - what is told of the mails that programs wrote
 *
 * usage: robots THREADS
 *
 * THREADS is a list for mails.h. A line for each mail, fields parted by tabs:
 * what wrote it ("person", "robot", "ai", "answer": one that nobody wrote), the
 * event that it gives ("-": none), "failed" or "-", the line told, where more
 * about it is, who sent it, its subject, its file.
 */
#include <inttypes.h>
#include <stdio.h>

#include "mail/read.h"
#include "mails.h"
#include "model/event.h"
#include "util/alloc.h"

static const char *
writer_of(const struct nd_message *message)
{
	if (message->flags & ND_MESSAGE_AI)
		return "ai";
	if (message->flags & ND_MESSAGE_RESPONDER)
		return "answer";
	return nd_message_is_person(message) ? "person" : "robot";
}

/* What a program's mail says, if it says something. */
static const struct nd_event *
event_of(const struct nd_thread *thread, size_t i)
{
	for (size_t k = 0; k < thread->event_count; k++)
		if ((size_t)thread->event[k].message == i)
			return &thread->event[k];
	return NULL;
}

static void
print_field(const char *text)
{
	for (; *text; text++)
		putchar(*text == '\t' || *text == '\n' ? ' ' : *text);
	putchar('\t');
}

static void
print_mail(const struct nd_thread *thread, size_t i)
{
	const struct nd_message *message = thread->message[i];
	const struct nd_event *event = event_of(thread, i);
	const char *name = message->sender.name;

	print_field(writer_of(message));
	print_field(event ? nd_event_name(event->type) : "-");
	print_field(event && event->flags & ND_EVENT_FAILED ? "failed" : "-");
	print_field(event ? event->text : "-");
	print_field(event && event->url ? event->url : "-");
	print_field(*name ? name : message->sender.addr);
	print_field(message->subject);
	puts(message->file[0]);
}

int
main(int argc, char **argv)
{
	struct mails *mails = argc == 2 ? mails_open(NULL, argv[1]) : NULL;

	if (!mails) {
		fprintf(stderr, "usage: robots THREADS\n");
		return 64;
	}
	nd_read_init();
	while (mails_next(mails)) {
		struct nd_thread *thread =
			mails_read(mails, mails, 0, INT64_MAX);

		for (size_t i = 0; thread && i < thread->message_count; i++)
			print_mail(thread, i);
		talloc_free(thread);
	}
	talloc_free(mails);
	return 0;
}
