/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/boilerplate.h"

#include <string.h>
#include <sys/stat.h>

#include "analyse/people.h"
#include "conversation/boilerplate.h"
#include "mail/reader.h"
#include "mail/search.h"
#include "robot/program.h"
#include "text/subjectline.h"
#include "util/alloc.h"
#include "util/map.h"
#include "util/pool.h"
#include "util/str.h"

enum {
	MAIL_BYTES = 256 << 10,
	LOOKED_AT = 60, /* hits for a sample: many are of one thread */
	SAME_SUBJECT = 3,
	KEYS = 6 /* senders and lists that one thread may ask for */
};

struct nd_habits {
	int64_t until_s;
	struct nd_map *known; /* key -> struct nd_boilerplate */
};

/* "from:jane@example.org" or "to:dev@lists.example.org" */
struct nd_boilerplate_request {
	const char *key[KEYS];
	size_t count;
};

struct nd_habits *
nd_boilerplate_habits(struct nd_app *app, const struct nd_window *window)
{
	int64_t until_s = window->until_s < window->now_s ? window->until_s
	                                                  : window->now_s;

	if (app->habits && app->habits->until_s == until_s)
		return app->habits;
	talloc_free(app->habits);
	app->habits = x_new(app, struct nd_habits);
	app->habits->until_s = until_s;
	app->habits->known = nd_map_new(app->habits);
	return app->habits;
}

/* What programs write is read for facts, word by word. */
static bool
is_person(const struct nd_message *mail)
{
	return mail->body && !(mail->flags & ND_MESSAGE_AUTO) &&
	       !nd_people_is_robot(&mail->from) &&
	       !nd_program_declares(mail->body);
}

static void
add_key(struct nd_boilerplate_request *request, const char *field,
        const char *addr)
{
	char *key;

	if (!*addr || request->count == KEYS)
		return;
	key = nd_str_lower(x_asprintf(request, "%s:%s", field, addr));
	for (size_t i = 0; i < request->count; i++)
		if (strcmp(request->key[i], key) == 0)
			return;
	request->key[request->count++] = key;
}

/* dev@lists.example.org is the list dev.lists.example.org. */
static bool
is_list(const struct nd_address *who, const char *list_id)
{
	size_t user = strcspn(who->addr, "@");

	return who->addr[user] == '@' && list_id[0] && strlen(list_id) > user &&
	       list_id[user] == '.' &&
	       nd_mem_equal_nocase(who->addr, list_id, user) &&
	       nd_str_equal_nocase(who->addr + user + 1, list_id + user + 1);
}

static void
add_list(struct nd_boilerplate_request *request, const struct nd_message *mail)
{
	for (size_t i = 0; i < mail->to.count; i++)
		if (is_list(&mail->to.address[i], mail->list_id))
			add_key(request, "to", mail->to.address[i].addr);
	for (size_t i = 0; i < mail->cc.count; i++)
		if (is_list(&mail->cc.address[i], mail->list_id))
			add_key(request, "to", mail->cc.address[i].addr);
}

static struct nd_boilerplate_request *
new_request(const void *ctx, const struct nd_thread *thread)
{
	struct nd_boilerplate_request *request =
		x_new(ctx, struct nd_boilerplate_request);

	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_message *mail = thread->message[i];

		if (!nd_boilerplate_suspects(mail) || !is_person(mail))
			continue;
		add_key(request, "from", mail->sender.addr);
		add_list(request, mail);
	}
	return request;
}

struct nd_boilerplate_request *
nd_boilerplate_settle(const void *ctx, const struct nd_habits *habits,
                      struct nd_thread *thread)
{
	struct nd_boilerplate_request *request = new_request(ctx, thread);
	struct nd_boilerplate *all = nd_boilerplate_new(request);

	for (size_t i = 0; i < request->count; i++) {
		const struct nd_boilerplate *known =
			nd_map_get(habits->known, request->key[i]);

		if (!known) {
			talloc_free(all);
			return request;
		}
		nd_boilerplate_add(all, known);
	}
	for (size_t i = 0; request->count > 0 && i < thread->message_count; i++)
		if (is_person(thread->message[i]))
			nd_boilerplate_mark(all, thread->message[i]);
	talloc_free(request);
	return NULL;
}

/* ---- samples ------------------------------------------------------------- */

struct sample {
	const char *key;
	struct nd_map *titles; /* title -> mails that may be taken */
	struct nd_newest_list *found;
	struct nd_boilerplate *known;
	struct nd_error *failure; /* nothing can be read; or NULL */
};

struct sampling {
	struct nd_reader *reader;
	struct sample *sample;
	size_t count;
};

/* No more than a few with one subject, whatever the number of their threads. */
static bool
wants(void *arg, const char *subject)
{
	struct sample *sample = arg;
	struct nd_subject *parts = nd_subjectline_parse(NULL, subject);
	intptr_t taken = nd_map_get_int(sample->titles, parts->title, 0);

	if (taken < SAME_SUBJECT)
		nd_map_set_int(sample->titles, parts->title, taken + 1);
	talloc_free(parts);
	return taken < SAME_SUBJECT;
}

static enum nd_status
find(struct nd_app *app, const struct nd_habits *habits, struct sample *sample)
{
	const char *addr = strchr(sample->key, ':') + 1;
	char *field =
		x_strndup(NULL, sample->key, (size_t)(addr - 1 - sample->key));
	enum nd_status st;

	sample->titles = nd_map_new(field);
	st = nd_search_newest(NULL, app->db, field, addr, habits->until_s,
	                      LOOKED_AT, ND_BOILERPLATE_SAMPLE, wants, sample,
	                      &sample->found, app->err);
	talloc_free(field);
	return st;
}

/* Large mails say no more of their sender than others. */
static bool
is_small(const struct nd_message *mail)
{
	struct stat st;

	return mail->file_count > 0 && stat(mail->file[0], &st) == 0 &&
	       st.st_size <= MAIL_BYTES;
}

/* A mail that cannot be read is none of the sample. */
static void
read_sample(void *arg, size_t i)
{
	struct sampling *sampling = arg;
	struct sample *sample = &sampling->sample[i];
	struct nd_newest_list *found = sample->found;
	struct nd_reader_result *result;
	size_t kept = 0, count = 0;
	struct nd_error why = {0};

	for (size_t k = 0; k < found->count; k++)
		if (is_small(found->message[k]))
			found->message[count++] = found->message[k];
	result = x_array(NULL, struct nd_reader_result, count);
	if (nd_reader_mails(sampling->reader, found->message, count, result,
	                    &why) != ND_OK) {
		sample->failure = x_new(NULL, struct nd_error);
		*sample->failure = why;
		count = 0;
	}
	for (size_t k = 0; k < count; k++)
		if (result[k].status == ND_OK)
			found->message[kept++] = found->message[k];
	sample->known = nd_boilerplate_new(NULL);
	nd_boilerplate_learn(sample->known, found->message, kept);
	TALLOC_FREE(sample->found);
	talloc_free(result);
}

/* The keys of all requests, each once; entries of map are set. */
static void
gather(struct sampling *sampling, const void *ctx,
       const struct nd_habits *habits,
       struct nd_boilerplate_request *const *request, size_t count)
{
	struct nd_map *seen = nd_map_new(NULL);

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; request[i] && k < request[i]->count; k++) {
			const char *key = request[i]->key[k];

			if (!nd_map_has(habits->known, key) &&
			    nd_map_set(seen, key, NULL))
				x_append(ctx, sampling->sample, sampling->count)
					->key = x_strdup(habits, key);
		}
	talloc_free(seen);
}

enum nd_status
nd_boilerplate_ask(struct nd_app *app, struct nd_habits *habits,
                   struct nd_boilerplate_request *const *request, size_t count,
                   unsigned jobs)
{
	void *tmp = talloc_new(NULL);
	struct sampling sampling = {.reader = app->reader};
	enum nd_status st = ND_OK;

	gather(&sampling, tmp, habits, request, count);
	for (size_t i = 0; st == ND_OK && i < sampling.count; i++)
		st = find(app, habits, &sampling.sample[i]);
	TALLOC_FREE(app->db);
	if (st == ND_OK)
		nd_pool_run(sampling.count, jobs, read_sample, &sampling);
	for (size_t i = 0; i < sampling.count; i++) {
		struct sample *sample = &sampling.sample[i];

		talloc_free(sample->found);
		if (sample->known)
			nd_map_set(habits->known, sample->key,
			           talloc_steal(habits, sample->known));
		if (sample->failure && st == ND_OK)
			st = nd_fail(app->err, sample->failure->code, "%s",
			             sample->failure->msg);
		talloc_free(sample->failure);
	}
	talloc_free(tmp);
	return st;
}
