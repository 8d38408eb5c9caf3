/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/delivered.h"

#include <string.h>

#include "mail/db_private.h"
#include "store/index.h"
#include "util/alloc.h"

struct search {
	struct nd_db *db;
	const char *mails; /* query for those that may be it */
	const char *query; /* hash of the report's */
	int64_t before_s;
	struct nd_delivered best;
	void *ctx; /* owns its id */
};

static void
take_file(struct search *search, const char *id, const char *file)
{
	struct nd_digest_header header;
	void *tmp = talloc_new(NULL);

	if (nd_digestfile_read(tmp, &search->db->folders, file, &header) &&
	    strcmp(header.query, search->query) == 0 &&
	    header.until_s < search->before_s &&
	    (!search->best.id || header.until_s > search->best.until_s))
		search->best = (struct nd_delivered){
			.id = x_strdup(search->ctx, id),
			.since_s = header.since_s,
			.until_s = header.until_s,
		};
	talloc_free(tmp);
}

static bool
take_report(void *arg, notmuch_message_t *message)
{
	const char *id = notmuch_message_get_message_id(message);
	notmuch_filenames_t *names;

	if (!id)
		return false;
	if (!nd_digestfile_has_report_id(id))
		return true;
	names = notmuch_message_get_filenames(message);
	for (; notmuch_filenames_valid(names);
	     notmuch_filenames_move_to_next(names)) {
		const char *file = notmuch_filenames_get(names);

		if (file)
			take_file(arg, id, file);
	}
	notmuch_filenames_destroy(names);
	return true;
}

static enum nd_status
search_once(struct nd_db *db, void *arg, bool *lost, struct nd_error *err)
{
	struct search *search = arg;

	search->best = (struct nd_delivered){.id = NULL};
	return nd_db_walk(db, search->mails, false, take_report, search, lost,
	                  err);
}

enum nd_status
nd_delivered_last(const void *ctx, struct nd_db *db, const char *folders,
                  const char *query, int64_t before_s,
                  struct nd_delivered *found, struct nd_error *err)
{
	void *tmp = talloc_new(NULL);
	struct search search = {
		.db = db,
		.mails = x_asprintf(tmp,
	                            "%s and (property:" ND_PROPERTY_REPORT
	                            "=%s or not " ND_QUERY_MARKED ")",
	                            folders, query),
		.query = query,
		.before_s = before_s,
		.ctx = tmp,
	};
	enum nd_status st = nd_db_retry(db, search_once, &search, err);

	if (st == ND_OK) {
		*found = search.best;
		if (found->id)
			found->id = x_strdup(ctx, found->id);
	}
	talloc_free(tmp);
	return st;
}
