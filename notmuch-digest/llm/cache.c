/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/cache.h"

#include <stdio.h>
#include <string.h>

#include "util/alloc.h"
#include "util/cachedir.h"
#include "util/hash.h"
#include "util/json.h"
#include "util/limits.h"
#include "util/map.h"

/* ---- keys ---------------------------------------------------------------- */

/* Of exactly these mails. */
static const char *
exact_key(const void *ctx, const char *profile,
          const struct nd_llm_context *context)
{
	struct nd_hash *hash = nd_hash_new(ctx);

	nd_hash_add(hash, profile);
	for (size_t i = 0; i < context->mail_count; i++)
		nd_hash_add(hash, context->mail[i].hash);
	return nd_hash_hex(ctx, hash);
}

/* Of the thread: there, the exact key of its latest answer is kept. */
static const char *
thread_key(const void *ctx, const char *profile,
           const struct nd_llm_context *context)
{
	struct nd_hash *hash = nd_hash_new(ctx);

	nd_hash_add(hash, "latest");
	nd_hash_add(hash, profile);
	nd_hash_add(hash, context->root_id);
	return nd_hash_hex(ctx, hash);
}

/* Of a part of a thread, and of what was said with it. */
const char *
nd_llm_cache_part_key(const void *ctx, const struct nd_llm_context *context,
                      const struct nd_llm_cache_part *part)
{
	struct nd_hash *hash = nd_hash_new(ctx);
	char numbers[64];

	snprintf(numbers, sizeof numbers, "%u %zu %zu", part->flags,
	         part->mail_tokens, part->mail_count);
	nd_hash_add(hash, "part");
	nd_hash_add(hash, part->profile);
	nd_hash_add(hash, numbers);
	for (size_t i = 0; i < part->mail_count; i++)
		nd_hash_add(hash, context->mail[part->mail[i]].hash);
	for (size_t i = 0; i < part->known->count; i++)
		nd_hash_add(hash, part->known->claim[i].text);
	return nd_hash_hex(ctx, hash);
}

/* ---- reading ------------------------------------------------------------- */

static const char *
text_of(const void *ctx, struct nd_json *object, const char *key)
{
	const char *text = nd_json_text(nd_json_get(object, key));

	return text ? x_strdup(ctx, text) : NULL;
}

/* From Message-IDs to numbers, for what is in the context. */
static struct nd_map *
number_mails(const void *ctx, const struct nd_llm_context *context)
{
	struct nd_map *map = nd_map_new(ctx);

	for (size_t i = 0; i < context->mail_count; i++)
		nd_map_set_int(map, context->mail[i].id, (intptr_t)i);
	return map;
}

/* Every covered mail must be there as it was. */
static bool
read_covered(struct nd_llm_cached *cached, struct nd_json *list,
             const struct nd_llm_context *context, const struct nd_map *mails)
{
	size_t count = nd_json_count(list);

	cached->covered = x_array(
		cached, bool, context->mail_count ? context->mail_count : 1);
	for (size_t i = 0; i < count; i++) {
		struct nd_json *entry = nd_json_at(list, i);
		const char *id = nd_json_text(nd_json_get(entry, "id"));
		const char *hash = nd_json_text(nd_json_get(entry, "hash"));
		intptr_t mail = id ? nd_map_get_int(mails, id, -1) : -1;

		if (mail < 0 || !hash ||
		    strcmp(context->mail[mail].hash, hash) != 0)
			return false;
		cached->covered[mail] = true;
	}
	cached->complete = count == context->mail_count;
	return count > 0;
}

/* {Pn} only means the same when the people are still the same. */
static bool
same_people(struct nd_json *list, const struct nd_llm_context *context)
{
	size_t count = nd_json_count(list);

	if (count == 0 || count > context->person_count)
		return false;
	for (size_t i = 0; i < count; i++) {
		const char *addr = nd_json_text(nd_json_at(list, i));

		if (!addr || strcmp(addr, context->person[i].addr) != 0)
			return false;
	}
	return true;
}

/* The number of a mail of the context, from 1; 0: it is none. */
static int
number_of(const struct nd_map *mails, const char *id)
{
	return id ? (int)nd_map_get_int(mails, id, -1) + 1 : 0;
}

static bool
read_claim(const void *ctx, struct nd_json *item, const struct nd_map *mails,
           struct nd_llm_claims *claims)
{
	struct nd_json *sources = nd_json_get(item, "sources");
	int64_t zone = nd_json_int(nd_json_get(item, "zone"), -1);
	int64_t patch = nd_json_int(nd_json_get(item, "patch"), -1);
	const char *act = nd_json_text(nd_json_get(item, "act"));
	size_t count = nd_json_count(sources);
	struct nd_llm_claim claim = {.zone = (enum nd_zone)zone};

	claim.by = text_of(ctx, item, "by");
	claim.quote = text_of(ctx, item, "quote");
	claim.text = text_of(ctx, item, "text");
	if (zone < 0 || zone >= ND_ZONE_COUNT || count == 0 ||
	    count > ND_ITEM_SOURCES_MAX || !claim.by || !claim.quote ||
	    !claim.text || !act || patch < 0 || patch > INT32_MAX)
		return false;
	claim.act = nd_llm_claim_act_find(act);
	claim.patch = (int)patch;
	for (size_t i = 0; i < count; i++)
		claim.source[claim.source_count++] =
			number_of(mails, nd_json_text(nd_json_at(sources, i)));
	*x_append(ctx, claims->claim, claims->count) = claim;
	return true;
}

/* What could be shown once may be withheld now, and is part of a refresh. */
static bool
is_theirs(const struct nd_llm_context *context,
          const struct nd_llm_claim *claim)
{
	return nd_llm_passage_hold(context->passages, claim->text,
	                           strlen(claim->text)) ||
	       nd_llm_passage_hold(context->passages, claim->quote,
	                           strlen(claim->quote));
}

static void
read_terms(const void *ctx, struct nd_llm_answer *answer, struct nd_json *list)
{
	for (size_t i = 0; i < nd_json_count(list); i++) {
		struct nd_json *item = nd_json_at(list, i);
		const char *name = text_of(ctx, item, "term");
		const char *expansion = text_of(ctx, item, "expansion");

		if (name && expansion)
			*x_append(ctx, answer->term, answer->term_count) =
				(struct nd_llm_term){name, expansion};
	}
}

static bool
read_answer(const void *ctx, struct nd_json *json,
            const struct nd_llm_context *context, const struct nd_map *mails,
            struct nd_llm_answer *answer)
{
	struct nd_json *items = nd_json_get(json, "items");
	struct nd_json *shown = nd_json_get(json, "shown");
	struct nd_json *superseded = nd_json_get(json, "superseded");
	int64_t malformed = nd_json_int(nd_json_get(json, "malformed"), -1);
	int64_t flags = nd_json_int(nd_json_get(json, "flags"), -1);

	answer->gist = text_of(ctx, json, "topic");
	if (!answer->gist || malformed < 0 || malformed > INT32_MAX ||
	    flags < 0 || flags > INT32_MAX)
		return false;
	answer->flags = (unsigned)flags;
	answer->malformed = (unsigned)malformed;
	answer->shown = x_array(ctx, bool, context->mail_count + 1);
	for (size_t i = 0; i < nd_json_count(shown); i++) {
		int number =
			number_of(mails, nd_json_text(nd_json_at(shown, i)));

		if (number > 0)
			answer->shown[number - 1] = true;
	}
	for (size_t i = 0; i < nd_json_count(items); i++)
		if (!read_claim(ctx, nd_json_at(items, i), mails,
		                &answer->claims) ||
		    is_theirs(context, &answer->claims.claim[i]))
			return false;
	for (size_t i = 0; i < nd_json_count(superseded); i++) {
		const char *quote = nd_json_text(nd_json_at(superseded, i));

		if (quote)
			*x_append(ctx, answer->superseded,
			          answer->superseded_count) =
				x_strdup(ctx, quote);
	}
	read_terms(ctx, answer, nd_json_get(json, "terms"));
	return true;
}

static bool
read_memory(struct nd_llm_cached *cached, struct nd_json *json,
            const struct nd_llm_context *context)
{
	struct nd_map *mails = number_mails(cached, context);
	struct nd_json *answers = nd_json_get(json, "answers");
	struct nd_llm_answers *list = &cached->answers;

	if (!read_covered(cached, nd_json_get(json, "covers"), context,
	                  mails) ||
	    !same_people(nd_json_get(json, "people"), context))
		return false;
	for (size_t i = 0; i < nd_json_count(answers); i++)
		if (!read_answer(cached, nd_json_at(answers, i), context, mails,
		                 x_append(cached, list->answer, list->count)))
			return false;
	return list->count > 0;
}

struct nd_llm_cached *
nd_llm_cache_load_part(const void *ctx, const char *dir, const char *key,
                       const struct nd_llm_context *context)
{
	struct nd_llm_cached *cached = x_new(NULL, struct nd_llm_cached);
	struct nd_buf *bytes = nd_buf_new(cached, ND_LIMIT_CACHE_ENTRY_BYTES);
	struct nd_json *json;

	if (!nd_cachedir_get(dir, key, bytes) ||
	    nd_json_parse(cached, bytes->data, bytes->len, &json, NULL) !=
	            ND_OK ||
	    !read_memory(cached, json, context)) {
		talloc_free(cached);
		return NULL;
	}
	talloc_free(json);
	talloc_free(bytes);
	return talloc_steal(ctx, cached);
}

struct nd_llm_cached *
nd_llm_cache_load(const void *ctx, const char *dir, const char *profile,
                  const struct nd_llm_context *context)
{
	void *tmp = talloc_new(NULL);
	struct nd_buf *latest = nd_buf_new(tmp, ND_HASH_DIGITS);
	struct nd_llm_cached *cached = NULL;

	if (dir)
		cached = nd_llm_cache_load_part(
			ctx, dir, exact_key(tmp, profile, context), context);
	if (dir && !cached &&
	    nd_cachedir_get(dir, thread_key(tmp, profile, context), latest) &&
	    nd_hash_is_hex(latest->data, latest->len))
		cached =
			nd_llm_cache_load_part(ctx, dir, latest->data, context);
	talloc_free(tmp);
	return cached;
}

/* ---- writing ------------------------------------------------------------- */

static void
add_id(struct nd_json *list, const struct nd_llm_context *context, int number)
{
	bool known = number >= 1 && (size_t)number <= context->mail_count;

	nd_json_add_text(list, known ? context->mail[number - 1].id : "");
}

static void
write_claims(struct nd_json *json, const struct nd_llm_context *context,
             const struct nd_llm_claims *claims)
{
	struct nd_json *list = nd_json_set_array(json, "items");

	for (size_t i = 0; i < claims->count; i++) {
		const struct nd_llm_claim *claim = &claims->claim[i];
		struct nd_json *item = nd_json_add_object(list), *sources;

		nd_json_set_int(item, "zone", claim->zone);
		sources = nd_json_set_array(item, "sources");
		for (size_t k = 0; k < claim->source_count; k++)
			add_id(sources, context, claim->source[k]);
		nd_json_set_text(item, "by", claim->by);
		nd_json_set_text(item, "act",
		                 nd_llm_claim_act_name(claim->act));
		nd_json_set_int(item, "patch", claim->patch);
		nd_json_set_text(item, "quote", claim->quote);
		nd_json_set_text(item, "text", claim->text);
	}
}

static void
write_answer(struct nd_json *json, const struct nd_llm_context *context,
             const struct nd_llm_answer *answer)
{
	struct nd_json *list;

	nd_json_set_int(json, "flags", answer->flags);
	nd_json_set_text(json, "topic", answer->gist);
	nd_json_set_int(json, "malformed", answer->malformed);
	list = nd_json_set_array(json, "shown");
	for (size_t i = 0; i < context->mail_count; i++)
		if (answer->shown[i])
			add_id(list, context, (int)i + 1);
	write_claims(json, context, &answer->claims);
	list = nd_json_set_array(json, "terms");
	for (size_t i = 0; i < answer->term_count; i++) {
		struct nd_json *entry = nd_json_add_object(list);

		nd_json_set_text(entry, "term", answer->term[i].term);
		nd_json_set_text(entry, "expansion", answer->term[i].expansion);
	}
	list = nd_json_set_array(json, "superseded");
	for (size_t i = 0; i < answer->superseded_count; i++)
		nd_json_add_text(list, answer->superseded[i]);
}

/* covered: one a mail; NULL: all of them are */
static struct nd_json *
to_json(const void *ctx, const struct nd_llm_context *context,
        const struct nd_llm_answers *answers, const bool *covered)
{
	struct nd_json *json = nd_json_object_new(ctx), *list;

	list = nd_json_set_array(json, "covers");
	for (size_t i = 0; i < context->mail_count; i++) {
		struct nd_json *entry;

		if (covered && !covered[i])
			continue;
		entry = nd_json_add_object(list);
		nd_json_set_text(entry, "id", context->mail[i].id);
		nd_json_set_text(entry, "hash", context->mail[i].hash);
	}
	list = nd_json_set_array(json, "people");
	for (size_t i = 0; i < context->person_count; i++)
		nd_json_add_text(list, context->person[i].addr);
	list = nd_json_set_array(json, "answers");
	for (size_t i = 0; i < answers->count; i++)
		write_answer(nd_json_add_object(list), context,
		             &answers->answer[i]);
	return json;
}

void
nd_llm_cache_save(const char *dir, const char *profile,
                  const struct nd_llm_context *context,
                  const struct nd_llm_answers *answers)
{
	void *tmp = talloc_new(NULL);
	struct nd_buf *bytes = nd_buf_new(tmp, ND_LIMIT_CACHE_ENTRY_BYTES);
	const char *key = exact_key(tmp, profile, context);

	nd_json_write(to_json(tmp, context, answers, NULL), bytes);
	if (!bytes->full) {
		nd_cachedir_put(dir, key, bytes->data, bytes->len);
		nd_cachedir_put(dir, thread_key(tmp, profile, context), key,
		                strlen(key));
	}
	talloc_free(tmp);
}

void
nd_llm_cache_save_part(const char *dir, const char *key,
                       const struct nd_llm_context *context, const bool *shown,
                       const struct nd_llm_answers *answers)
{
	void *tmp = talloc_new(NULL);
	struct nd_buf *bytes = nd_buf_new(tmp, ND_LIMIT_CACHE_ENTRY_BYTES);

	nd_json_write(to_json(tmp, context, answers, shown), bytes);
	if (!bytes->full)
		nd_cachedir_put(dir, key, bytes->data, bytes->len);
	talloc_free(tmp);
}
