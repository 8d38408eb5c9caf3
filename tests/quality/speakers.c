/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speakers.c - whose words the mails of a folder are, for counting and reading
 *
 * usage: find FOLDER -type f | speakers
 *
 * Reads names of files, prints a line for each mail whose speaker is not the
 * one in From, fields parted by tabs: kind, From, sender, author, file. Kinds:
 *
 * relayed     somebody else's address stands in From
 * nameless    so it does, and the person's address is nowhere
 * named       the same address, but the name was not in From as it is said
 * author      the commit message is another person's
 * alias       it is the same person's, with another address or name
 *
 * A table of the counts goes to stderr.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mail/read.h"
#include "model/address.h"
#include "util/alloc.h"
#include "util/str.h"

enum kind { SAME, RELAYED, NAMELESS, NAMED, AUTHOR, ALIAS, KINDS };

static const char *const kinds[KINDS] = {
	[SAME] = "same",         [RELAYED] = "relayed", [NAMELESS] = "nameless",
	[NAMED] = "named",       [AUTHOR] = "author",   [ALIAS] = "alias",
};

static bool
is_same(const struct nd_address *a, const struct nd_address *b)
{
	return strcmp(a->name, b->name) == 0 &&
	       nd_str_equal_nocase(a->addr, b->addr);
}

static enum kind
kind_of(const struct nd_message *mail)
{
	if (!is_same(&mail->author, &mail->sender))
		return nd_address_same_person(&mail->author, &mail->sender)
		               ? ALIAS
		               : AUTHOR;
	if (is_same(&mail->from, &mail->sender))
		return SAME;
	if (!*mail->sender.addr)
		return NAMELESS;
	return nd_str_equal_nocase(mail->from.addr, mail->sender.addr)
	               ? NAMED
	               : RELAYED;
}

static enum kind
read_one(const char *path)
{
	struct nd_message *mail = x_new(NULL, struct nd_message);
	struct nd_error error;
	enum kind kind = SAME;

	mail->id = "x";
	*x_append(mail, mail->file, mail->file_count) = path;
	if (nd_read_mail(mail, &error) == ND_OK)
		kind = kind_of(mail);
	if (kind != SAME)
		printf("%s\t%s <%s>\t%s <%s>\t%s <%s>\t%s\n", kinds[kind],
		       mail->from.name, mail->from.addr, mail->sender.name,
		       mail->sender.addr, mail->author.name, mail->author.addr,
		       path);
	talloc_free(mail);
	return kind;
}

int
main(void)
{
	size_t count[KINDS] = {0};
	char *line = NULL;
	size_t size = 0;

	nd_read_init();
	while (getline(&line, &size, stdin) >= 0) {
		line[strcspn(line, "\n")] = '\0';
		count[read_one(line)]++;
	}
	free(line);
	for (size_t i = 0; i < KINDS; i++)
		fprintf(stderr, "%-10s%zu\n", kinds[i], count[i]);
	return 0;
}
