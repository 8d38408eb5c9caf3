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

static bool
read_claim(struct nd_llm_cached *cached, struct nd_json *item,
           const struct nd_map *mails)
{
	struct nd_json *sources = nd_json_get(item, "sources");
	int64_t zone = nd_json_int(nd_json_get(item, "zone"), -1);
	int64_t person = nd_json_int(nd_json_get(item, "person"), -1);
	int64_t patch = nd_json_int(nd_json_get(item, "patch"), -1);
	const char *act = nd_json_text(nd_json_get(item, "act"));
	size_t count = nd_json_count(sources);
	struct nd_llm_claim claim = {.zone = (enum nd_zone)zone, .by = ""};

	claim.quote = text_of(cached, item, "quote");
	claim.text = text_of(cached, item, "text");
	claim.doubt = text_of(cached, item, "doubt");
	if (zone < 0 || zone >= ND_ZONE_COUNT || count == 0 ||
	    count > ND_ITEM_SOURCES_MAX || !claim.quote || !claim.text ||
	    !act || person < 1 || person > INT32_MAX || patch < 0 ||
	    patch > INT32_MAX)
		return false;
	claim.act = nd_llm_claim_act_find(act);
	claim.person = (long)person;
	claim.patch = (int)patch;
	for (size_t i = 0; i < count; i++) {
		const char *id = nd_json_text(nd_json_at(sources, i));
		intptr_t mail = id ? nd_map_get_int(mails, id, -1) : -1;

		if (mail < 0)
			return false;
		claim.source[claim.source_count++] = (int)mail + 1;
	}
	*x_append(cached, cached->claims.claim, cached->claims.count) = claim;
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
read_terms(struct nd_llm_cached *cached, struct nd_json *list)
{
	for (size_t i = 0; i < nd_json_count(list); i++) {
		struct nd_json *item = nd_json_at(list, i);
		const char *name = text_of(cached, item, "term");
		const char *expansion = text_of(cached, item, "expansion");
		struct nd_llm_term *term;

		if (!name || !expansion)
			continue;
		term = x_append(cached, cached->term, cached->term_count);
		term->term = name;
		term->expansion = expansion;
	}
}

static bool
read_memory(struct nd_llm_cached *cached, struct nd_json *json,
            const struct nd_llm_context *context)
{
	struct nd_map *mails = number_mails(cached, context);
	struct nd_json *items = nd_json_get(json, "items");
	int64_t dropped = nd_json_int(nd_json_get(json, "dropped"), 0);

	cached->gist = text_of(cached, json, "topic");
	cached->dropped = dropped > 0 ? (unsigned)dropped : 0;
	if (!cached->gist ||
	    !read_covered(cached, nd_json_get(json, "covers"), context,
	                  mails) ||
	    !same_people(nd_json_get(json, "people"), context))
		return false;
	for (size_t i = 0; i < nd_json_count(items); i++)
		if (!read_claim(cached, nd_json_at(items, i), mails) ||
		    is_theirs(context, &cached->claims.claim[i]))
			return false;
	read_terms(cached, nd_json_get(json, "terms"));
	return true;
}

static void
read_superseded(struct nd_json *list, bool *superseded, size_t count)
{
	for (size_t i = 0; i < nd_json_count(list); i++) {
		int64_t n = nd_json_int(nd_json_at(list, i), -1);

		if (n >= 0 && (size_t)n < count)
			superseded[n] = true;
	}
}

struct nd_llm_cached *
nd_llm_cache_load_part(const void *ctx, const char *dir, const char *key,
                       const struct nd_llm_context *context, bool *superseded,
                       size_t superseded_count)
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
	read_superseded(nd_json_get(json, "superseded"), superseded,
	                superseded_count);
	talloc_free(json);
	talloc_free(bytes);
	return talloc_steal(ctx, cached);
}

static struct nd_llm_cached *
load(const void *ctx, const char *dir, const char *key,
     const struct nd_llm_context *context)
{
	return nd_llm_cache_load_part(ctx, dir, key, context, NULL, 0);
}

struct nd_llm_cached *
nd_llm_cache_load(const void *ctx, const char *dir, const char *profile,
                  const struct nd_llm_context *context)
{
	void *tmp = talloc_new(NULL);
	struct nd_buf *latest = nd_buf_new(tmp, ND_HASH_DIGITS);
	struct nd_llm_cached *cached = NULL;

	if (dir)
		cached = load(ctx, dir, exact_key(tmp, profile, context),
		              context);
	if (dir && !cached &&
	    nd_cachedir_get(dir, thread_key(tmp, profile, context), latest) &&
	    nd_hash_is_hex(latest->data, latest->len))
		cached = load(ctx, dir, latest->data, context);
	talloc_free(tmp);
	return cached;
}

/* ---- writing ------------------------------------------------------------- */

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
			nd_json_add_text(
				sources,
				context->mail[claim->source[k] - 1].id);
		nd_json_set_int(item, "person", claim->person);
		nd_json_set_text(item, "act",
		                 nd_llm_claim_act_name(claim->act));
		nd_json_set_int(item, "patch", claim->patch);
		nd_json_set_text(item, "quote", claim->quote);
		nd_json_set_text(item, "text", claim->text);
		if (claim->doubt)
			nd_json_set_text(item, "doubt", claim->doubt);
	}
}

/* covered: one a mail; NULL: all of them are */
static struct nd_json *
to_json(const void *ctx, const struct nd_llm_context *context,
        const struct nd_llm_cached *cached, const bool *covered)
{
	struct nd_json *json = nd_json_object_new(ctx), *list;

	nd_json_set_text(json, "topic", cached->gist);
	nd_json_set_int(json, "dropped", cached->dropped);
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
	write_claims(json, context, &cached->claims);
	list = nd_json_set_array(json, "terms");
	for (size_t i = 0; i < cached->term_count; i++) {
		struct nd_json *entry = nd_json_add_object(list);

		nd_json_set_text(entry, "term", cached->term[i].term);
		nd_json_set_text(entry, "expansion", cached->term[i].expansion);
	}
	return json;
}

void
nd_llm_cache_save(const char *dir, const char *profile,
                  const struct nd_llm_context *context,
                  const struct nd_llm_cached *cached)
{
	void *tmp = talloc_new(NULL);
	struct nd_buf *bytes = nd_buf_new(tmp, ND_LIMIT_CACHE_ENTRY_BYTES);
	const char *key = exact_key(tmp, profile, context);

	nd_json_write(to_json(tmp, context, cached, NULL), bytes);
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
                       const struct nd_llm_cached *cached,
                       const bool *superseded, size_t superseded_count)
{
	void *tmp = talloc_new(NULL);
	struct nd_buf *bytes = nd_buf_new(tmp, ND_LIMIT_CACHE_ENTRY_BYTES);
	struct nd_json *json = to_json(tmp, context, cached, shown);
	struct nd_json *list = nd_json_set_array(json, "superseded");

	for (size_t i = 0; i < superseded_count; i++)
		if (superseded[i])
			nd_json_add_int(list, (int64_t)i);
	nd_json_write(json, bytes);
	if (!bytes->full)
		nd_cachedir_put(dir, key, bytes->data, bytes->len);
	talloc_free(tmp);
}
