/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * relayname.h - the person in the display name that a relay wrote
 *
 * A relay is what sends mail for somebody else: a list that puts its own
 * address into From, a forum, a tracker, a forge. It leaves the person in the
 * display name: "Ada Berg via dev", "dev (on behalf of Ada Berg)", "Ada Berg
 * (Jira)", in the language it is set to. Pure; UTF-8.
 */
#ifndef ND_MODEL_RELAYNAME_H
#define ND_MODEL_RELAYNAME_H

#include <stdbool.h>
#include <stddef.h>

enum nd_relayname_form {
	ND_RELAYNAME_NONE,   /* a name like any other */
	ND_RELAYNAME_LIKELY, /* a relay's, if the address is a relay's, too:
			      * "Ada par dev" */
	ND_RELAYNAME_SURE,   /* a relay's whatever the address: "Ada via dev" */
};

/**
 * Take a display name apart.
 *
 * name       as displayed, on one line
 * *person    the person in it, a part of name without quotes and blanks
 *            around it; all of it for ND_RELAYNAME_NONE; may be a login or a
 *            mail address
 * *len       its bytes
 *
 * Linear in the length of name.
 */
enum nd_relayname_form
nd_relayname_read(const char *name, const char **person, size_t *len);

/**
 * What a program put behind the name of a person, such as "(@login)" or
 * "(Jira)": true when it was there, then *len is less. For names with the
 * address of a relay; people put other things in brackets.
 */
bool nd_relayname_cut_mark(const char *name, size_t *len);

#endif
