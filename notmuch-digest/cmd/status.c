/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/query.h"
#include "cmd/cmd.h"
#include "pipeline/changed.h"
#include "pipeline/llm.h"
#include "pipeline/pending.h"
#include "pipeline/store.h"
#include "store/index.h"
#include "store/repair.h"
#include "util/alloc.h"
#include "util/i18n.h"
#include "util/json.h"
#include "util/limits.h"
#include "util/time.h"
#include "util/when.h"

static const struct nd_option status_options[] = {
	ND_OPTION(FLAG, "json", json, NULL, "for programs"),
	ND_COMMON_NOW,
	ND_COMMON_NO_SANDBOX,
	ND_COMMON_HELP,
	{0},
};

enum { WAITING_PRINTED = 10 }; /* digests in the text for people */

struct trouble {
	const char *what;
	const char *remedy; /* "" when there is none */
};

/* One of digest.lists. */
struct list_count {
	const char *name;
	unsigned messages;
};

struct status {
	unsigned digests, reports, stale, failed;
	size_t pending; /* threads that an update would work on */
	struct nd_pending_list *waiting; /* for the model; NULL: for none */
	int update_exit; /* of an update without a query: 0, or why not */
	const char *folder;
	struct nd_setting_list *settings;
	struct list_count *list;
	size_t list_count;
	struct trouble *trouble;
	size_t trouble_count;
};

/* The first line of a message says what, the second what to do. */
static void
add_trouble(struct status *status, const char *message)
{
	struct trouble *trouble =
		x_append(status, status->trouble, status->trouble_count);
	size_t len = strcspn(message, "\n");

	trouble->what = x_strndup(status, message, len);
	trouble->remedy = x_strdup(status, message + len + (message[len] != 0));
}

/* What update would end with before it did anything. */
static void
add_failure(struct status *status, enum nd_status st, const char *message)
{
	if (st == ND_OK)
		return;
	add_trouble(status, message);
	if (status->update_exit == 0)
		status->update_exit = nd_status_exit_code(st);
}

static void
find_refusals(struct nd_app *app, struct nd_store *store, struct status *status)
{
	const struct nd_settings *settings = app->settings;
	const struct nd_i18n *i18n;

	for (size_t i = 0; i < settings->warning_count; i++)
		add_failure(status, ND_ERR_CONFIG, settings->warning[i]);
	if (!*settings->query)
		add_failure(status, ND_ERR_CONFIG,
		            "digest.query is not set: without a query update "
		            "fails, and does nothing in the hook\n"
		            "for a list: notmuch config set digest.query "
		            "to:LIST@example.org");
	add_failure(status, nd_store_check(app, store), app->err->msg);
	add_failure(status,
	            nd_i18n_open(status, settings->lang, &i18n, app->err),
	            app->err->msg);
	add_failure(status, nd_llm_check(settings, app->err), app->err->msg);
}

static void
find_trouble(struct nd_app *app, struct nd_store *store, struct status *status)
{
	const char *folder = nd_settings_folder(app->settings);
	const char *ignored = nd_store_ignored(app, folder);

	find_refusals(app, store, status);
	if (ignored)
		add_trouble(status,
		            x_asprintf(status,
		                       "new.ignore has '%s': 'notmuch new' "
		                       "takes the digests out of the database\n"
		                       "take it out of new.ignore",
		                       ignored));
	if (nd_repair_is_needed(store->path))
		add_trouble(status, "a run is going on, or was killed\n"
		                    "the next update mends what is left");
	if (status->failed > 0)
		add_trouble(status,
		            x_asprintf(status,
		                       "no digest could be made of %u "
		                       "thread%s: tag:%s/failed\n"
		                       "'notmuch-digest update --verbose "
		                       "QUERY' says why",
		                       status->failed,
		                       status->failed == 1 ? "" : "s",
		                       store->tags.prefix));
}

/* What an update would do now; nothing without digest.query. */
static enum nd_status
count_pending(struct nd_app *app, const struct nd_store *store,
              struct status *status)
{
	struct nd_error why;
	struct nd_changed *changed;
	struct nd_changed_ask ask = {.query = NULL};
	enum nd_status st;

	if (!*app->settings->query ||
	    nd_watermark_is_current(&app->state, app->db) ||
	    nd_when_parse(app->settings->since, app->now_s, &ask.since_s,
	                  &why) != ND_OK)
		return ND_OK;
	st = nd_query_check_setting(app->db, "digest.query",
	                            app->settings->query, true, app->err);
	if (st != ND_OK)
		return st == ND_ERR_CONFIG ? ND_OK : st;
	st = nd_changed_find(app, store, &ask, &changed);
	if (st == ND_OK)
		status->pending = changed->work_count + changed->job_count;
	return st;
}

/* The digests that an update would ask the model for. */
static enum nd_status
find_waiting(struct nd_app *app, const struct nd_store *store,
             struct status *status)
{
	struct nd_pending_ask ask = {.query = NULL};
	struct nd_error why;
	enum nd_status st;

	if (!nd_llm_is_wanted(app) ||
	    nd_llm_check(app->settings, &why) != ND_OK ||
	    nd_when_parse(app->settings->since, app->now_s, &ask.since_s,
	                  &why) != ND_OK)
		return ND_OK;
	/* What is wrong with the queries is said elsewhere. */
	st = nd_pending_find(app, store, &ask, &status->waiting);
	return st == ND_ERR_USAGE ? ND_OK : st;
}

/* A list that has no mail has a query with a mistake, most likely. */
static enum nd_status
count_lists(struct nd_app *app, struct status *status)
{
	const struct nd_settings *settings = app->settings;

	for (size_t i = 0; i < settings->list_count; i++) {
		const struct nd_named_query *list = &settings->list[i];
		const char *key =
			x_asprintf(status, "digest.list.%s", list->name);
		enum nd_status st;
		unsigned count;

		if (!*list->query)
			continue;
		st = nd_query_check_setting(app->db, key, list->query, true,
		                            app->err);
		if (st == ND_ERR_CONFIG)
			continue;
		if (st == ND_OK)
			st = nd_db_count(app->db, list->query, &count,
			                 app->err);
		if (st != ND_OK)
			return st;
		*x_append(status, status->list, status->list_count) =
			(struct list_count){list->name, count};
		if (count == 0)
			add_trouble(status,
			            x_asprintf(status,
			                       "%s matches no mail\n"
			                       "look at it: notmuch count '%s'",
			                       key, list->query));
	}
	return ND_OK;
}

/* Defaults that depend on other settings. */
static void
complete_settings(const struct nd_llm_settings *llm, struct status *status)
{
	for (size_t i = 0; i < status->settings->count; i++) {
		struct nd_setting_line *line = &status->settings->line[i];

		if (*line->value)
			continue;
		if (strcmp(line->key, "digest.llm.url") == 0)
			line->value = nd_llm_url(llm);
		else if (strcmp(line->key, "digest.llm.timeout") == 0)
			line->value =
				x_asprintf(status, "%u", nd_llm_timeout_s(llm));
		else if (strcmp(line->key, "digest.llm.context") == 0)
			line->value =
				x_asprintf(status, "%u", nd_llm_context(llm));
	}
}

static enum nd_status
find_out(struct nd_app *app, struct status *status)
{
	struct nd_store *store = nd_store_in_force(app);
	const char *prefix = store->tags.prefix;
	enum nd_status st;

	status->folder = store->path;
	status->settings = nd_settings_list(status, app->db);
	complete_settings(&app->settings->llm, status);
	st = nd_db_count(
		app->db,
		x_asprintf(status, "%s and " ND_QUERY_MARKED, store->query),
		&status->digests, app->err);
	if (st == ND_OK)
		st = nd_db_count(
			app->db,
			x_asprintf(status,
		                   "%s and tag:%s/report and " ND_QUERY_MARKED,
		                   store->query, prefix),
			&status->reports, app->err);
	status->digests -= st == ND_OK ? status->reports : 0;
	if (st == ND_OK)
		st = nd_db_count(app->db,
		                 x_asprintf(status,
		                            "tag:%s/stale and " ND_QUERY_MARKED,
		                            prefix),
		                 &status->stale, app->err);
	if (st == ND_OK)
		st = nd_db_count(
			app->db,
			x_asprintf(status, "tag:%s/failed and " ND_QUERY_MARKED,
		                   prefix),
			&status->failed, app->err);
	if (st == ND_OK)
		st = count_pending(app, store, status);
	if (st == ND_OK)
		st = find_waiting(app, store, status);
	if (st != ND_OK)
		return st;
	find_trouble(app, store, status);
	return count_lists(app, status);
}

/* ---- printing
 * ----------------------------------------------------------------- */

static const char *
last_run(const struct nd_app *app, const struct status *status)
{
	return app->state.at_s > 0 ? nd_time_iso(status, app->state.at_s)
	                           : NULL;
}

/* Why the model has not written this one. */
static const char *
reason(const void *ctx, const struct nd_pending *pending)
{
	if (pending->failures > 0)
		return x_asprintf(ctx, "the service failed at it %s",
		                  pending->failures == 1 ? "once" : "twice");
	if (pending->model)
		return x_asprintf(ctx, "by '%s'", pending->model);
	return "excerpts";
}

static void
print_waiting(const struct nd_app *app, const struct status *status)
{
	const struct nd_pending_list *waiting = status->waiting;
	const char *why = app->state.why;
	size_t count = waiting ? waiting->count : 0;

	if (!waiting)
		return;
	printf("waiting:   %zu digest%s for '%s'%s%s\n", count,
	       count == 1 ? "" : "s", app->settings->llm.model,
	       count > 0 && *why ? ": " : "", count > 0 ? why : "");
	for (size_t i = 0; i < count && i < WAITING_PRINTED; i++)
		printf("  id:%s (%s)\n", waiting->pending[i].root_id,
		       reason(status, &waiting->pending[i]));
	if (count > WAITING_PRINTED)
		printf("  and %zu more\n", count - WAITING_PRINTED);
}

static void
print_text(const struct nd_app *app, const struct status *status)
{
	const char *last = last_run(app, status);

	printf("digests:   %u\n", status->digests);
	printf("reports:   %u\n", status->reports);
	printf("stale:     %u\n", status->stale);
	printf("failed:    %u\n", status->failed);
	printf("pending:   %zu\n", status->pending);
	print_waiting(app, status);
	if (status->update_exit != 0)
		printf("update:    refuses to work, with exit code %d: see "
		       "the problems below\n",
		       status->update_exit);
	printf("last run:  %s\n", last ? last : "never");
	printf("revision:  %lu, looked at up to %lu%s\n",
	       nd_db_revision(app->db), app->state.revision,
	       !last || nd_watermark_is_of(&app->state, app->db)
	               ? ""
	               : " of another database");
	printf("folder:    %s\n", status->folder);
	if (nd_sandbox_missing(app))
		printf("sandbox:   %s\n", nd_sandbox_missing(app));
	if (status->list_count > 0)
		puts("lists:");
	for (size_t i = 0; i < status->list_count; i++)
		printf("  %s: %u mail%s\n", status->list[i].name,
		       status->list[i].messages,
		       status->list[i].messages == 1 ? "" : "s");
	puts("settings:");
	for (size_t i = 0; i < status->settings->count; i++) {
		const struct nd_setting_line *line = &status->settings->line[i];

		printf("  %s=%s (%s)\n", line->key, line->value, line->source);
	}
	if (status->trouble_count > 0)
		puts("problems:");
	for (size_t i = 0; i < status->trouble_count; i++) {
		printf("  %s\n", status->trouble[i].what);
		if (*status->trouble[i].remedy)
			printf("    %s\n", status->trouble[i].remedy);
	}
}

static void
add_waiting(struct nd_json *json, const struct nd_app *app,
            const struct status *status)
{
	const struct nd_pending_list *waiting = status->waiting;
	struct nd_json *object, *threads;

	if (!waiting) {
		nd_json_set_text(json, "waiting", NULL);
		return;
	}
	object = nd_json_set_object(json, "waiting");
	nd_json_set_text(object, "model", app->settings->llm.model);
	nd_json_set_int(object, "count", (int64_t)waiting->count);
	nd_json_set_text(object, "why",
	                 waiting->count > 0 && *app->state.why ? app->state.why
	                                                       : NULL);
	threads = nd_json_set_array(object, "threads");
	for (size_t i = 0; i < waiting->count; i++) {
		const struct nd_pending *pending = &waiting->pending[i];
		struct nd_json *entry = nd_json_add_object(threads);

		nd_json_set_text(entry, "root_id", pending->root_id);
		nd_json_set_text(entry, "thread_id", pending->thread_id);
		nd_json_set_text(entry, "engine", pending->engine);
		nd_json_set_text(entry, "model", pending->model);
		nd_json_set_int(entry, "failures", pending->failures);
	}
}

static void
print_json(const struct nd_app *app, const struct status *status)
{
	struct nd_json *json = nd_json_object_new(status);
	struct nd_buf *out = nd_buf_new(status, ND_LIMIT_OUTPUT_BYTES);
	struct nd_json *lists, *settings, *problems, *sandbox;

	nd_json_set_text(json, "schema", "notmuch-digest-status/1");
	nd_json_set_int(json, "digests", status->digests);
	nd_json_set_int(json, "reports", status->reports);
	nd_json_set_int(json, "stale", status->stale);
	nd_json_set_int(json, "failed", status->failed);
	nd_json_set_int(json, "pending", (int64_t)status->pending);
	add_waiting(json, app, status);
	nd_json_set_int(json, "update_exit", status->update_exit);
	nd_json_set_text(json, "last_run", last_run(app, status));
	nd_json_set_int(json, "revision", (int64_t)nd_db_revision(app->db));
	nd_json_set_int(json, "watermark", (int64_t)app->state.revision);
	nd_json_set_bool(json, "same_database",
	                 nd_watermark_is_of(&app->state, app->db));
	nd_json_set_text(json, "folder", status->folder);
	sandbox = nd_json_set_object(json, "sandbox");
	nd_json_set_bool(sandbox, "files", app->files_limited);
	nd_json_set_bool(sandbox, "calls", app->calls_limited);
	nd_json_set_text(sandbox, "missing", nd_sandbox_missing(app));
	lists = nd_json_set_array(json, "lists");
	for (size_t i = 0; i < status->list_count; i++) {
		struct nd_json *entry = nd_json_add_object(lists);

		nd_json_set_text(entry, "name", status->list[i].name);
		nd_json_set_int(entry, "messages", status->list[i].messages);
	}
	settings = nd_json_set_array(json, "settings");
	for (size_t i = 0; i < status->settings->count; i++) {
		const struct nd_setting_line *line = &status->settings->line[i];
		struct nd_json *entry = nd_json_add_object(settings);

		nd_json_set_text(entry, "key", line->key);
		nd_json_set_text(entry, "value", line->value);
		nd_json_set_text(entry, "source", line->source);
	}
	problems = nd_json_set_array(json, "problems");
	for (size_t i = 0; i < status->trouble_count; i++) {
		struct nd_json *entry = nd_json_add_object(problems);

		nd_json_set_text(entry, "what", status->trouble[i].what);
		nd_json_set_text(entry, "remedy", status->trouble[i].remedy);
	}
	nd_json_write(json, out);
	puts(out->data);
}

static enum nd_status
status_run(struct nd_app *app)
{
	struct status *status = x_new(app, struct status);
	enum nd_status st;

	if (*app->options.query)
		return nd_fail(app->err, ND_ERR_USAGE, "status takes no query");
	st = find_out(app, status);
	if (st != ND_OK)
		return st;
	if (app->options.json)
		print_json(app, status);
	else
		print_text(app, status);
	return ND_OK;
}

const struct nd_cmd nd_cmd_status = {
	.name = "status",
	.usage = "",
	.summary = "what is digested, the settings in force, and problems",
	.options = status_options,
	.flags = ND_CMD_DB_READ | ND_CMD_LENIENT,
	.run = status_run,
};
