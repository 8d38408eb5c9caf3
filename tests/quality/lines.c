/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lines.c - print what the lines of mails were taken for
 *
 * usage: lines THREADS
 *
 * THREADS is a list for mails.h. Fields are parted by tabs. Of each thread a
 * line "T", with the fields of the list; of each of its mails a line "M", with
 * its index, that of its parent, who wrote it (name, address), flags ("P":
 * posts a diff of its own, "R": a robot), Message-ID and subject; of each of
 * its lines the first letter of its kind, and its text.
 */
#include <inttypes.h>
#include <stdio.h>

#include "mail/read.h"
#include "mails.h"
#include "util/alloc.h"

static void
print_line(const struct nd_body *body, size_t i)
{
	static const char kind[] = "boqasd";
	size_t len;
	const char *text = nd_message_line(body, i, &len);

	printf("%c\t", kind[body->line[i].kind]);
	for (size_t at = 0; at < len; at++)
		putchar(text[at] == '\t' ? ' ' : text[at]);
	putchar('\n');
}

static void
print_mail(const struct nd_thread *thread, size_t i)
{
	const struct nd_message *message = thread->message[i];
	const struct nd_body *body = message->body;

	printf("M\t%zu\t%" PRId32 "\t%s\t%s\t%s%s\t%s\t%s\n", i,
	       message->parent, message->sender.name, message->sender.addr,
	       body && (body->flags & ND_BODY_DIFF) ? "P" : "",
	       message->flags & ND_MESSAGE_ROBOT ? "R" : "", message->id,
	       message->subject);
	for (size_t k = 0; body && k < body->line_count; k++)
		print_line(body, k);
}

int
main(int argc, char **argv)
{
	struct mails *mails = argc == 2 ? mails_open(NULL, argv[1]) : NULL;
	const char *fields;

	if (!mails) {
		fprintf(stderr, "usage: lines THREADS\n");
		return 64;
	}
	nd_read_init();
	while ((fields = mails_next(mails))) {
		struct nd_thread *thread =
			mails_read(mails, mails, 0, INT64_MAX);

		if (!thread)
			continue;
		printf("T\t%s\n", fields);
		for (size_t i = 0; i < thread->message_count; i++)
			print_mail(thread, i);
		talloc_free(thread);
	}
	talloc_free(mails);
	return 0;
}
