/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * client.h - which file of which mail client gets what
 *
 * One table (client.c): the files that each client reads, in the order in which
 * it looks for them, and what we put into them: a line that includes the file
 * we ship (contrib/), or, where the client knows no such line, the sections of
 * that file.
 */
#ifndef ND_CLIENTS_CLIENT_H
#define ND_CLIENTS_CLIENT_H

#include "clients/block.h"
#include "util/status.h"

struct nd_client;

/* One file of a client, for this user. */
struct nd_client_file {
	const char *path; /* absolute */
	const struct nd_block_style *style;
	const char *lines; /* to include what we ship, or NULL */
	struct nd_configsection_list *sections; /* else these */
	unsigned section_flags;
	const char *refused; /* why it must be left alone, with the remedy on
	                      * line two; NULL when it need not */
	bool made;           /* when it is not there, we may make it */
};

struct nd_client_plan {
	struct nd_client_file *file;
	size_t count;
};

/** The client of this name; NULL when we know none. */
const struct nd_client *nd_client_find(const char *name);

/** The first one, or the one behind another; NULL behind the last. */
const struct nd_client *nd_client_next(const struct nd_client *client);

const char *nd_client_name(const struct nd_client *client);

enum nd_client_use {
	ND_CLIENT_UNUSED,
	ND_CLIENT_INSTALLED, /* its program is in PATH */
	ND_CLIENT_SET_UP,    /* this user has a file of it; of an editor, one
	                      * that speaks of notmuch */
};

/** Is it likely that the user reads mail with it? By plan's files, and PATH. */
enum nd_client_use nd_client_use(const struct nd_client *client,
                                 const struct nd_client_plan *plan);

/** "neomutt, mutt, …" for messages; owned by ctx. */
const char *nd_client_names(const void *ctx);

/**
 * Where this user's files of the client are and what they get.
 *
 * program    absolute path of this program
 * *out       owned by ctx
 * Returns    ND_OK; ND_ERR_CONFIG without a home, without the file that we
 *            ship, or for a path that the client cannot be told
 */
enum nd_status nd_client_plan(const void *ctx, const struct nd_client *client,
                              const char *program, struct nd_client_plan **out,
                              struct nd_error *err) ND_MUST_CHECK;

/**
 * Every place where a file of the client's may have lines of ours, whichever of
 * them it reads now; for taking them out, also when what we ship is gone. Files
 * that another program reads, too, are that one's. Only path and style are set.
 *
 * *out       owned by ctx
 * Returns    ND_OK; ND_ERR_CONFIG without a home
 */
enum nd_status nd_client_places(const void *ctx, const struct nd_client *client,
                                struct nd_client_plan **out,
                                struct nd_error *err) ND_MUST_CHECK;

#endif
