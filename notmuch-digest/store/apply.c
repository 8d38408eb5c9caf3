/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/apply.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "mail/db_private.h"
#include "store/folder.h"
#include "store/maildir.h"
#include "util/alloc.h"

/*
 * A session ends after this much work, so that with its commit others wait
 * less than a second; they get time to do theirs before the next one. (Fast
 * committers make `notmuch search` of 0.37 abort: one a second does not.)
 */
enum { SESSION_MS = 400, PAUSE_MS = 1000 };

static enum nd_status
library_failed(const struct nd_session *session, struct nd_error *err,
               const char *what, const char *id, notmuch_status_t status)
{
	char *text = x_asprintf(NULL, "cannot %s id:%.150s", what, id);
	enum nd_status st = nd_db_failed(session->db, text, status, err);

	talloc_free(text);
	return st;
}

/* ---- one action ---------------------------------------------------------- */

static bool
has_property(notmuch_message_t *message, const char *key, const char *value)
{
	notmuch_message_properties_t *properties =
		notmuch_message_get_properties(message, key, true);
	bool found = notmuch_message_properties_valid(properties) &&
	             strcmp(notmuch_message_properties_value(properties),
	                    value) == 0;

	notmuch_message_properties_destroy(properties);
	return found;
}

/* Set a property to one value; "" takes it away. Writes only differences. */
static notmuch_status_t
set_property(notmuch_message_t *message, const char *key, const char *value)
{
	notmuch_message_properties_t *properties;
	notmuch_status_t status = NOTMUCH_STATUS_SUCCESS;

	if (*value && has_property(message, key, value))
		return status;
	properties = notmuch_message_get_properties(message, key, true);
	if (notmuch_message_properties_valid(properties))
		status = notmuch_message_remove_all_properties(message, key);
	notmuch_message_properties_destroy(properties);
	if (status == NOTMUCH_STATUS_SUCCESS && *value)
		status = notmuch_message_add_property(message, key, value);
	return status;
}

static notmuch_status_t
change_properties(notmuch_message_t *message, const struct nd_action *action)
{
	notmuch_status_t status;

	if (action->unmark) {
		status = set_property(message, ND_PROPERTY_KEY, "");
		if (status == NOTMUCH_STATUS_SUCCESS)
			status = set_property(message, ND_PROPERTY_ME, "");
		if (status == NOTMUCH_STATUS_SUCCESS)
			status = set_property(message, ND_PROPERTY_REPORT, "");
		if (status == NOTMUCH_STATUS_SUCCESS)
			status = set_property(message, ND_PROPERTY_MODEL, "");
		if (status != NOTMUCH_STATUS_SUCCESS)
			return status;
		return set_property(message, ND_PROPERTY_MARK, "");
	}
	status = action->me ? set_property(message, ND_PROPERTY_ME, action->me)
	                    : NOTMUCH_STATUS_SUCCESS;
	if (status == NOTMUCH_STATUS_SUCCESS && action->query)
		status = set_property(message, ND_PROPERTY_REPORT,
		                      action->query);
	if (status == NOTMUCH_STATUS_SUCCESS && action->model)
		status =
			set_property(message, ND_PROPERTY_MODEL, action->model);
	if (status != NOTMUCH_STATUS_SUCCESS || !action->key)
		return status;
	status = set_property(message, ND_PROPERTY_KEY, action->key);
	if (status != NOTMUCH_STATUS_SUCCESS)
		return status;
	return set_property(message, ND_PROPERTY_MARK, ND_PROPERTY_MARK_VALUE);
}

static notmuch_status_t
change_tags(const struct nd_store *store, notmuch_message_t *message,
            const struct nd_action *action)
{
	notmuch_status_t status = NOTMUCH_STATUS_SUCCESS;

	for (size_t i = 0; !status && i < action->remove_count; i++)
		status = notmuch_message_remove_tag(message, action->remove[i]);
	/* `notmuch new` came first: what is ours is not new mail. */
	for (size_t i = 0;
	     !status && action->clean_new && i < store->new_tag_count; i++)
		status = notmuch_message_remove_tag(message, store->new_tag[i]);
	if (!status && action->clean_new)
		status = notmuch_message_remove_tag(message, "inbox");
	if (!status && action->clean_new)
		status = notmuch_message_remove_tag(message, "unread");
	for (size_t i = 0; !status && i < action->add_count; i++)
		status = notmuch_message_add_tag(message, action->add[i]);
	/* Foreign mail under an id that we had comes to light: it is new. */
	for (size_t i = 0; !status && action->kind == ND_ACTION_DROP &&
	                   i < store->new_tag_count;
	     i++)
		status = notmuch_message_add_tag(message, store->new_tag[i]);
	return status;
}

static enum nd_status
change_message(struct nd_session *session, const struct nd_action *action,
               struct nd_error *err)
{
	notmuch_message_t *message = NULL;
	notmuch_status_t status, thawed;
	enum nd_status st =
		nd_db_find_mail(session->db, action->id, &message, err);

	if (st != ND_OK || !message)
		return st;
	/* One write of the document for all changes; and 0.37 forgets to write
	 * a removed property that nothing else is written with. */
	status = notmuch_message_freeze(message);
	if (status == NOTMUCH_STATUS_SUCCESS) {
		status = change_tags(session->store, message, action);
		if (status == NOTMUCH_STATUS_SUCCESS)
			status = change_properties(message, action);
		thawed = notmuch_message_thaw(message);
		if (status == NOTMUCH_STATUS_SUCCESS)
			status = thawed;
	}
	notmuch_message_destroy(message);
	if (status != NOTMUCH_STATUS_SUCCESS)
		return library_failed(session, err, "tag", action->id, status);
	session->changed = true;
	return ND_OK;
}

/* Take files out of the index; they are unlinked when that is committed. */
static enum nd_status
remove_files(struct nd_session *session, const struct nd_action *action,
             struct nd_error *err)
{
	for (size_t i = 0; i < action->file_count; i++) {
		notmuch_status_t status = notmuch_database_remove_message(
			session->db->handle, action->file[i]);

		if (status != NOTMUCH_STATUS_SUCCESS &&
		    status != NOTMUCH_STATUS_DUPLICATE_MESSAGE_ID)
			return library_failed(session, err, "remove",
			                      action->id, status);
		*x_append(session, session->gone, session->gone_count) =
			x_strdup(session, action->file[i]);
	}
	return ND_OK;
}

static bool
has_readable_file(notmuch_message_t *message)
{
	notmuch_filenames_t *names = notmuch_message_get_filenames(message);
	bool found = false;

	for (; !found && notmuch_filenames_valid(names);
	     notmuch_filenames_move_to_next(names)) {
		const char *name = notmuch_filenames_get(names);

		found = name && access(name, R_OK) == 0;
	}
	notmuch_filenames_destroy(names);
	return found;
}

/*
 * Without this, words, date and parent of a removed file stay in the index. A
 * mail of which the library can read no file goes from it, with all tags, and
 * that is a success: so that is looked for before and after.
 */
static enum nd_status
reindex(struct nd_session *session, const char *id, struct nd_error *err)
{
	notmuch_message_t *message = NULL;
	notmuch_status_t status = NOTMUCH_STATUS_SUCCESS;
	enum nd_status st = nd_db_find_mail(session->db, id, &message, err);
	bool readable;

	if (st != ND_OK || !message)
		return st;
	/* A file that is gone is `notmuch new`'s business. */
	readable = has_readable_file(message);
	if (readable)
		status = notmuch_message_reindex(message, NULL);
	notmuch_message_destroy(message);
	if (!readable)
		return ND_OK;
	session->changed = true;
	if (status != NOTMUCH_STATUS_SUCCESS)
		return library_failed(session, err, "index", id, status);
	st = nd_db_find_mail(session->db, id, &message, err);
	if (st == ND_OK && !message) {
		session->db->failed = true;
		st = nd_fail(err, ND_ERR_IO,
		             "cannot read the files of id:%.150s", id);
	}
	if (message)
		notmuch_message_destroy(message);
	return st;
}

static enum nd_status
index_digest(struct nd_session *session, const struct nd_action *action,
             const char *name, struct nd_error *err)
{
	notmuch_message_t *message = NULL;
	notmuch_status_t status;
	const char *file;
	enum nd_status st = nd_maildir_publish(session, session->store->path,
	                                       name, &file, err);

	if (st != ND_OK)
		return st;
	*x_append(session, session->born, session->born_count) = file;
	status = notmuch_database_index_file(session->db->handle, file, NULL,
	                                     &message);
	if (message)
		notmuch_message_destroy(message);
	if (status != NOTMUCH_STATUS_SUCCESS &&
	    status != NOTMUCH_STATUS_DUPLICATE_MESSAGE_ID)
		return library_failed(session, err, "index", action->id,
		                      status);
	session->changed = true;
	return ND_OK;
}

/* The handle of index_file must not be used after remove_message: it would
 * write the old file name back. So each step looks the message up anew. */
static enum nd_status
perform(struct nd_session *session, const struct nd_action *action,
        const char *name, struct nd_error *err)
{
	bool tags = action->kind != ND_ACTION_DROP ||
	            action->mail->foreign_count > 0;
	enum nd_status st = ND_OK;

	if (action->kind == ND_ACTION_WRITE || action->file_count > 0)
		st = nd_session_mark(session, err);
	if (st == ND_OK && action->kind == ND_ACTION_WRITE)
		st = index_digest(session, action, name, err);
	if (st == ND_OK)
		st = remove_files(session, action, err);
	if (st == ND_OK && action->file_count > 0)
		st = reindex(session, action->id, err);
	if (st == ND_OK && tags)
		st = change_message(session, action, err);
	return st;
}

/* ---- one thread ---------------------------------------------------------- */

static enum nd_status
plan_report(const void *ctx, const struct nd_store *store, struct nd_db *db,
            struct nd_job *job, struct nd_plan **plan, struct nd_error *err)
{
	const struct nd_plan_rules rules = nd_session_rules(store);
	struct nd_place *place = x_new(ctx, struct nd_place);
	enum nd_status st =
		nd_index_place_report(ctx, db, job->desired.window, place, err);

	if (st == ND_OK)
		*plan = nd_plan_report(ctx, &rules, &job->desired, place);
	return st;
}

static enum nd_status
plan_job(const void *ctx, const struct nd_store *store, struct nd_db *db,
         struct nd_job *job, struct nd_plan **plan, struct nd_error *err)
{
	const struct nd_plan_rules rules = nd_session_rules(store);
	struct nd_place *place = x_new(ctx, struct nd_place);
	const struct nd_index_thread *indexed;
	struct nd_index_list *list;
	enum nd_status st;

	if (job->kind == ND_JOB_REPORT)
		return plan_report(ctx, store, db, job, plan, err);
	st = nd_index_load(ctx, db, &job->desired.thread_id, 1, &list, err);
	if (st == ND_OK && job->kind == ND_JOB_UPDATE)
		st = nd_index_place(ctx, db, job->desired.root_id, place, err);
	if (st != ND_OK)
		return st;
	indexed = nd_index_find(list, job->desired.thread_id);
	if (job->kind == ND_JOB_UPDATE)
		*plan = nd_plan_thread(ctx, &rules, &job->desired, indexed,
		                       place);
	else if (!indexed)
		*plan = x_new(ctx, struct nd_plan);
	else if (job->kind == ND_JOB_CLEAN || job->kind == ND_JOB_MUTE)
		*plan = nd_plan_clean(ctx, &rules, indexed,
		                      job->kind == ND_JOB_MUTE);
	else if (job->kind == ND_JOB_BEREFT)
		*plan = nd_plan_bereft(ctx, &rules, indexed);
	else
		*plan = nd_plan_rename(ctx, &rules, store->prefix_before,
		                       indexed);
	if (place->foreign && *place->foreign)
		job->taken = x_strdup(store, place->foreign);
	return ND_OK;
}

static void
count_action(struct nd_apply_counts *counts, const struct nd_job *job,
             const struct nd_action *action)
{
	switch (action->kind) {
	case ND_ACTION_WRITE:
		if (job->desired.flags & ND_DESIRED_UPGRADE)
			counts->upgraded++;
		else
			counts->written++;
		break;
	case ND_ACTION_DROP:
		if (nd_digestfile_has_report_id(action->id))
			counts->reports++;
		else
			counts->removed++;
		break;
	case ND_ACTION_TAG:
		counts->tagged++;
		break;
	}
}

static enum nd_status
do_job(struct nd_session *session, struct nd_job *job, const char *name,
       struct nd_apply_counts *counts, struct nd_error *err)
{
	void *tmp = talloc_new(NULL);
	struct nd_plan *plan;
	enum nd_status st =
		plan_job(tmp, session->store, session->db, job, &plan, err);

	if (st == ND_OK)
		nd_session_expect(session, plan->count);
	for (size_t i = 0; st == ND_OK && i < plan->count; i++) {
		st = perform(session, &plan->action[i], name, err);
		count_action(counts, job, &plan->action[i]);
	}
	if (st == ND_OK && plan->result == ND_PLAN_GREW) {
		job->left = true;
		counts->left++;
	}
	talloc_free(tmp);
	return st;
}

/* ---- all of them --------------------------------------------------------- */

/* Digests are on disk before anybody has to wait for us. */
static enum nd_status
write_files(const void *ctx, struct nd_store *store, const struct nd_job *job,
            size_t count, const char **name, struct nd_error *err)
{
	enum nd_status st = ND_OK;
	bool made = false;

	for (size_t i = 0; st == ND_OK && i < count; i++) {
		if (!job[i].desired.digest_id)
			continue;
		if (!made)
			st = nd_folder_make(store, err);
		made = true;
		if (st == ND_OK)
			st = nd_maildir_write(
				ctx, store->path, job[i].desired.bytes,
				job[i].desired.len, &name[i], err);
	}
	return st;
}

/* As many jobs as fit into one session; *done is moved on. */
static enum nd_status
run_session(struct nd_store *store, struct nd_job *job, size_t count,
            const char *const *name, size_t *done, enum nd_session_end end,
            struct nd_apply_counts *counts, struct nd_error *err)
{
	struct nd_session *session;
	size_t i = *done;
	enum nd_status st = nd_session_open(NULL, store, &session, err);

	if (st != ND_OK)
		return st;
	for (; st == ND_OK && i < count; i++) {
		st = do_job(session, &job[i], name[i], counts, err);
		if (nd_session_age_ms(session) > SESSION_MS) {
			i++;
			break;
		}
	}
	if (st != ND_OK) {
		talloc_free(session);
		return st;
	}
	*done = i;
	return nd_session_commit(session, i < count ? ND_SESSION_MORE : end,
	                         err);
}

static void
pause_ms(long ms)
{
	struct timespec time = {.tv_sec = ms / 1000,
	                        .tv_nsec = ms % 1000 * 1000000};

	nanosleep(&time, NULL);
}

enum nd_status
nd_apply(struct nd_store *store, struct nd_job *job, size_t count,
         enum nd_session_end end, struct nd_apply_counts *counts,
         struct nd_error *err)
{
	void *tmp = talloc_new(NULL);
	const char **name = x_array(tmp, const char *, count + 1);
	enum nd_status st = write_files(tmp, store, job, count, name, err);
	bool more = count > 0 || end != ND_SESSION_MORE;

	for (size_t done = 0; st == ND_OK && more;) {
		st = run_session(store, job, count, name, &done, end, counts,
		                 err);
		more = done < count;
		if (st == ND_OK && more)
			pause_ms(PAUSE_MS);
	}
	/* Of threads that were left, or when something failed. */
	if (store->folders.count > 0)
		nd_maildir_clear_tmp(store->path);
	talloc_free(tmp);
	return st;
}

enum nd_status
nd_apply_print(const struct nd_store *store, struct nd_db *db,
               struct nd_job *job, size_t count, struct nd_buf *out,
               struct nd_error *err)
{
	enum nd_status st = ND_OK;

	for (size_t i = 0; st == ND_OK && i < count; i++) {
		void *tmp = talloc_new(NULL);
		struct nd_plan *plan;

		st = plan_job(tmp, store, db, &job[i], &plan, err);
		for (size_t k = 0; st == ND_OK && k < plan->count; k++)
			nd_buf_addf(out, "%s\n",
			            nd_plan_action_text(tmp, &plan->action[k]));
		talloc_free(tmp);
	}
	return st;
}
