/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * broken.c - a MIME parser with a hole, for LD_PRELOAD
 *
 * GMime as it is, but for mails with a subject "hole: WHAT", for which it does
 * what somebody might make it do.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <gmime/gmime.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
fall_in(const char *what)
{
	volatile int *nowhere = NULL;

	if (strcmp(what, "crash") == 0)
		*nowhere = 1;
	else if (strcmp(what, "open") == 0)
		(void)!write(open("stolen", O_CREAT | O_WRONLY, 0600), "x", 1);
	else if (strcmp(what, "exec") == 0)
		execl("/bin/touch", "touch", "stolen", (char *)NULL);
	else if (strcmp(what, "eat") == 0)
		for (char *got;;) {
			got = malloc(1 << 20);
			if (!got)
				abort();
			memset(got, 1, 1 << 20);
		}
	else if (strcmp(what, "spin") == 0)
		for (volatile int i = 0;; i++)
			;
}

GMimeMessage *
g_mime_parser_construct_message(GMimeParser *parser, GMimeParserOptions *options)
{
	GMimeMessage *(*real)(GMimeParser *, GMimeParserOptions *);
	void *found = dlsym(RTLD_NEXT, "g_mime_parser_construct_message");
	GMimeMessage *message;
	const char *what;

	memcpy(&real, &found, sizeof found);
	message = real(parser, options);
	what = message ? g_mime_message_get_subject(message) : NULL;
	if (what && strncmp(what, "hole: ", 6) == 0)
		fall_in(what + 6);
	return message;
}
