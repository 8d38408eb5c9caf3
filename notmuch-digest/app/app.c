/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/query.h"
#include "store/folder.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"

const char *
nd_app_engine(const struct nd_app *app)
{
	return app->options.engine ? app->options.engine
	                           : app->settings->engine;
}

bool
nd_app_has_folder(struct nd_app *app)
{
	const char *folder = nd_settings_folder(app->settings);
	const char *root = nd_db_mail_root(app->db);
	char *path;
	bool foreign;

	if (strcmp(folder, app->state.folder) == 0)
		return true;
	path = x_asprintf(NULL, "%s/%s", root, folder);
	foreign = nd_folder_look(root, path, NULL) == ND_FOLDER_FOREIGN;
	talloc_free(path);
	return !foreign;
}

enum nd_status
nd_app_start_reader(struct nd_app *app)
{
	if (app->options.no_sandbox || !nd_reader_is_available())
		return ND_OK;
	return nd_reader_new(app, &app->reader, app->err);
}

enum nd_status
nd_app_open(struct nd_app *app, bool lenient)
{
	enum nd_status st;

	TALLOC_FREE(app->db);
	st = nd_db_open(app, &app->db, app->err);
	if (st == ND_OK && !app->settings)
		st = nd_settings_load(app, app->db, lenient, &app->settings,
		                      app->err);
	if (st == ND_OK)
		st = nd_watermark_load(app, app->db, &app->state, app->err);
	if (st == ND_OK) {
		/* A folder that is not in force any more holds digests, too. */
		const char *folder[] = {app->state.folder,
		                        nd_settings_folder(app->settings)};

		nd_db_set_folders(app->db, folder,
		                  nd_app_has_folder(app) ? 2 : 1);
	}
	return st;
}

enum nd_status
nd_app_query_of_stdin(struct nd_app *app, const char **query)
{
	struct nd_buf *mail = nd_buf_new(app, ND_LIMIT_STDIN_BYTES);
	char chunk[8192];
	const char *id;
	enum nd_status st;
	size_t got;

	while ((got = fread(chunk, 1, sizeof chunk, stdin)) > 0)
		nd_buf_add(mail, chunk, got);
	if (ferror(stdin))
		return nd_fail(app->err, ND_ERR_IO, "cannot read stdin: %s",
		               strerror(errno));
	/* A mail over the ceiling has its header at the start, too. */
	st = nd_reader_message_id(app->reader, app, mail->data, mail->len, &id,
	                          app->err);
	if (st == ND_OK)
		*query = nd_db_id_query(app, id);
	talloc_free(mail);
	return st;
}

enum nd_status
nd_app_query_wanted(struct nd_app *app, const char *given, const char *example,
                    const char **query)
{
	enum nd_status st;

	if (app->options.from_stdin && *given)
		return nd_fail(app->err, ND_ERR_USAGE,
		               "--stdin and a query exclude each other");
	if (app->options.from_stdin)
		return nd_app_query_of_stdin(app, query);
	if (!*given)
		return nd_fail(app->err, ND_ERR_USAGE,
		               "%s needs a query, such as id:MESSAGE-ID or "
		               "thread:ID\n"
		               "or a mail on stdin, with --stdin",
		               example);
	*query = given;
	st = nd_query_check_argument(app->db, *query, app->err);
	return st == ND_OK ? nd_query_check_mail(app->db, *query, app->err)
	                   : st;
}
