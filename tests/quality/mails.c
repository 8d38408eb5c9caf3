/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mails.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyse/analyse.h"
#include "conversation/threading.h"
#include "mail/read.h"
#include "util/alloc.h"

enum { HEAD_BYTES = 1 << 16 };

struct mails {
	FILE *file;
	char *fields, *file_name; /* of the mail after this thread's, or NULL */
	void *thread;             /* owns what follows */
	char **path;
	size_t count;
};

/* Sets fields and file_name to those of the next line, or to NULL. */
static void
read_line(struct mails *mails)
{
	char *line = NULL, *tab = NULL;
	size_t size = 0;

	while (!tab && getline(&line, &size, mails->file) >= 0)
		tab = strrchr(line, '\t');
	mails->fields = mails->file_name = NULL;
	if (tab) {
		tab[strcspn(tab, "\n")] = '\0';
		*tab = '\0';
		mails->fields = x_strdup(mails, line);
		mails->file_name = x_strdup(mails->fields, tab + 1);
	}
	free(line);
}

static int
close_list(struct mails *mails)
{
	fclose(mails->file);
	return 0;
}

struct mails *
mails_open(const void *ctx, const char *path)
{
	FILE *file = fopen(path, "r");
	struct mails *mails;

	if (!file)
		return NULL;
	mails = x_new(ctx, struct mails);
	mails->file = file;
	talloc_set_destructor(mails, close_list);
	read_line(mails);
	return mails;
}

char *
mails_next(struct mails *mails)
{
	char *fields = mails->fields;

	TALLOC_FREE(mails->thread);
	mails->path = NULL;
	mails->count = 0;
	if (!fields)
		return NULL;
	mails->thread = talloc_new(mails);
	do {
		char **path =
			x_append(mails->thread, mails->path, mails->count);

		talloc_steal(mails->thread, mails->fields);
		*path = mails->file_name;
		read_line(mails);
	} while (mails->fields && strcmp(mails->fields, fields) == 0);
	return fields;
}

static void
add_mail(struct nd_thread *thread, const char *path, int64_t since_s,
         int64_t until_s)
{
	struct nd_message *message = x_new(thread, struct nd_message);
	const char *id = NULL;
	struct nd_error err;
	FILE *file = fopen(path, "rb");
	char *bytes = x_array(thread, char, HEAD_BYTES);
	size_t len = file ? fread(bytes, 1, HEAD_BYTES, file) : 0;

	if (file)
		fclose(file);
	message->file = x_array(message, const char *, 1);
	message->file[0] = x_strdup(message, path);
	message->file_count = 1;
	if (nd_read_message_id(message, bytes, len, &id, &err) != ND_OK ||
	    (message->id = id, nd_read_mail(message, &err)) != ND_OK)
		fprintf(stderr, "%s: %s\n", path, err.msg);
	talloc_free(bytes);
	if (!message->id || message->date_s >= until_s)
		return;
	if (message->date_s >= since_s)
		message->flags |= ND_MESSAGE_NEW;
	*x_append(thread, thread->message, thread->message_count) = message;
}

struct nd_thread *
mails_read(const void *ctx, const struct mails *mails, int64_t since_s,
           int64_t until_s)
{
	struct nd_thread *thread = x_new(ctx, struct nd_thread);

	for (size_t i = 0; i < mails->count; i++)
		add_mail(thread, mails->path[i], since_s, until_s);
	if (thread->message_count == 0) {
		talloc_free(thread);
		return NULL;
	}
	nd_threading_link(thread);
	nd_analyse_thread(thread);
	return thread;
}

size_t
mails_split(char *line, char **field, size_t max)
{
	size_t count = 0;

	line[strcspn(line, "\n")] = '\0';
	while (line && count < max) {
		field[count++] = line;
		line = strchr(line, '\t');
		if (line)
			*line++ = '\0';
	}
	return count;
}
