/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/settings.h"

#include <string.h>

#include "app/options.h"
#include "app/query.h"
#include "render/mailhead.h"
#include "store/folder.h"
#include "util/alloc.h"
#include "util/archiveurl.h"
#include "util/str.h"
#include "util/when.h"

#define PREFIX "digest."

enum { PRICE_BYTES = 15 }; /* of its digits */

enum setting_kind { TEXT, QUERY, CHOICE, COUNT, PRICE, NAMES, QUERY_OF };

struct setting {
	const char *key; /* behind "digest."; ends in '.' for QUERY_OF */
	enum setting_kind kind;
	size_t offset; /* in struct nd_settings; count behind arrays */
	const char *choices;
	const char *fallback; /* the default, as the user would write it */
};

#define FIELD(field) offsetof(struct nd_settings, field)

static const struct setting settings_table[] = {
	{"query", QUERY, FIELD(query), NULL, ""},
	{"engine", CHOICE, FIELD(engine), "extract|llm", "extract"},
	{"lang", TEXT, FIELD(lang), NULL, "en"},
	{"large", COUNT, FIELD(large), NULL, "20"},
	{"max_words", COUNT, FIELD(max_words), NULL, "150"},
	{"link", TEXT, FIELD(link), NULL, ""},
	{"fold", CHOICE, FIELD(fold), "series|none", "series"},
	{"folder", TEXT, FIELD(folder), NULL, ""},
	{"tag_prefix", TEXT, FIELD(tag_prefix), NULL, "digest"},
	{"tag_scope", CHOICE, FIELD(tag_scope), "root|thread", "root"},
	{"min_messages", COUNT, FIELD(min_messages), NULL, "2"},
	{"since", TEXT, FIELD(since), NULL, "30d"},
	{"mute", QUERY, FIELD(mute), NULL, "tag:muted"},
	{"write", CHOICE, FIELD(write), "yes|no", "yes"},
	{"from", TEXT, FIELD(from), NULL, "Digest <digest@digest.invalid>"},
	{"lock_timeout", COUNT, FIELD(lock_timeout), NULL, "60"},
	{"categories", NAMES, FIELD(category), NULL, ""},
	{"category.", QUERY_OF, FIELD(category), NULL, NULL},
	{"lists", NAMES, FIELD(list), NULL, ""},
	{"list.", QUERY_OF, FIELD(list), NULL, NULL},
	{"llm.provider", CHOICE, FIELD(llm.provider), "openai|anthropic|ollama",
         "openai"},
	{"llm.url", TEXT, FIELD(llm.url), NULL, ""},
	{"llm.model", TEXT, FIELD(llm.model), NULL, ""},
	{"llm.allow", QUERY, FIELD(llm.allow), NULL, ""},
	{"llm.key_command", TEXT, FIELD(llm.key_command), NULL, ""},
	{"llm.key_file", TEXT, FIELD(llm.key_file), NULL, ""},
	{"llm.key_env", TEXT, FIELD(llm.key_env), NULL, ""},
	{"llm.allow_http", TEXT, FIELD(llm.allow_http), NULL, ""},
	{"llm.thinking", CHOICE, FIELD(llm.thinking), "off|low|medium|high",
         "off"},
	{"llm.ca_file", TEXT, FIELD(llm.ca_file), NULL, ""},
	{"llm.concurrency", COUNT, FIELD(llm.concurrency), NULL, "4"},
	{"llm.timeout", COUNT, FIELD(llm.timeout_s), NULL, NULL},
	{"llm.context", COUNT, FIELD(llm.context_tokens), NULL, NULL},
	{"llm.budget_tokens", COUNT, FIELD(llm.budget_tokens), NULL, NULL},
	{"llm.price_in", PRICE, FIELD(llm.price_in), NULL, NULL},
	{"llm.price_out", PRICE, FIELD(llm.price_out), NULL, NULL},
	{NULL, TEXT, 0, NULL, NULL},
};

/* The watermark of store/watermark.h: ours, not the user's. */
#define STATE_KEY PREFIX "state"

/* Names with a meaning of their own among the tags; see doc. */
static const char reserved_names[] = "me|stale|failed|large|summarized|fresh|"
				     "state|stalled|report";

bool
nd_settings_is_reserved(const char *name)
{
	return nd_options_choice_has(reserved_names, name);
}

static const struct setting *
find_setting(const char *key)
{
	for (const struct setting *s = settings_table; s->key; s++) {
		if (s->kind == QUERY_OF
		            ? nd_str_starts(key, s->key) && key[strlen(s->key)]
		            : strcmp(key, s->key) == 0)
			return s;
	}
	return NULL;
}

/* The array field of a NAMES or QUERY_OF setting, and its count behind it. */
static struct nd_named_query **
named_queries(struct nd_settings *settings, const struct setting *s,
              size_t **count)
{
	char *field = (char *)settings + s->offset;

	*count = (size_t *)(field + sizeof(struct nd_named_query *));
	return (struct nd_named_query **)field;
}

static bool
is_name(const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!nd_is_alpha(name[i]) && !nd_is_digit(name[i]) &&
		    name[i] != '-' && name[i] != '_')
			return false;
	return len > 0 && len <= 60;
}

/* "a;b c": names in the order of the report. */
static enum nd_status
set_names(struct nd_settings *settings, const struct setting *s,
          const char *value, struct nd_error *err)
{
	size_t *count;
	struct nd_named_query **list = named_queries(settings, s, &count);

	*list = NULL;
	*count = 0;
	while (*(value += strspn(value, "; ,"))) {
		size_t len = strcspn(value, "; ,");
		struct nd_named_query *entry;

		if (!is_name(value, len))
			return nd_fail(err, ND_ERR_CONFIG,
			               "%s%s: '%.*s' is not a name\n"
			               "names are letters, digits, - and _, "
			               "divided by ;",
			               PREFIX, s->key,
			               (int)(len > 60 ? 60 : len), value);
		for (size_t i = 0; i < *count; i++)
			if (strlen((*list)[i].name) == len &&
			    memcmp((*list)[i].name, value, len) == 0)
				return nd_fail(err, ND_ERR_CONFIG,
				               "%s%s names '%.*s' twice",
				               PREFIX, s->key, (int)len, value);
		entry = x_append(settings, *list, *count);
		entry->name = x_strndup(settings, value, len);
		entry->query = "";
		if (nd_settings_is_reserved(entry->name))
			return nd_fail(err, ND_ERR_CONFIG,
			               "%s%s: the name '%s' is reserved\n"
			               "reserved are %s",
			               PREFIX, s->key, entry->name,
			               reserved_names);
		value += len;
	}
	return ND_OK;
}

/* Blanks alone are not query: what is not set allows nothing. */
static const char *
query_of(const void *ctx, const char *value)
{
	size_t len = strlen(value);

	nd_mem_trim(&value, &len);
	return x_strndup(ctx, value, len);
}

/* "3", "0.15": no sign, no exponent, whatever the locale has for a point. */
static bool
parse_price(const char *text, double *price)
{
	double value = 0, place = 1;
	size_t len = 0, digits = 0;
	bool point = false;

	for (; len <= PRICE_BYTES && text[len]; len++) {
		if (text[len] == '.' && !point) {
			point = true;
			continue;
		}
		if (!nd_is_digit(text[len]))
			return false;
		digits++;
		value = value * 10 + (text[len] - '0');
		place *= point ? 10 : 1;
	}
	if (digits == 0 || len > PRICE_BYTES)
		return false;
	*price = value / place;
	return true;
}

static enum nd_status
set_value(struct nd_settings *settings, const struct setting *s,
          const char *value, struct nd_error *err)
{
	void *field = (char *)settings + s->offset;

	switch (s->kind) {
	case CHOICE:
		if (!nd_options_choice_has(s->choices, value))
			return nd_fail(err, ND_ERR_CONFIG,
			               "%s%s is one of %s, not '%.60s'", PREFIX,
			               s->key, s->choices, value);
		/* fall through */
	case TEXT:
		*(const char **)field = x_strdup(settings, value);
		return ND_OK;
	case QUERY:
		*(const char **)field = query_of(settings, value);
		return ND_OK;
	case COUNT:
		if (!nd_options_parse_count(value, field))
			return nd_fail(err, ND_ERR_CONFIG,
			               "%s%s takes a number from 1, not "
			               "'%.60s'",
			               PREFIX, s->key, value);
		return ND_OK;
	case PRICE:
		if (!parse_price(value, field))
			return nd_fail(err, ND_ERR_CONFIG,
			               "%s%s takes the price of a million "
			               "tokens, such as 0.15, not '%.60s'",
			               PREFIX, s->key, value);
		return ND_OK;
	case NAMES:
		return set_names(settings, s, value, err);
	case QUERY_OF:
		break;
	}
	return ND_OK;
}

/* digest.category.NAME: NAME must be one of digest.categories. */
static enum nd_status
set_query_of(struct nd_settings *settings, const struct setting *s,
             const struct nd_pair *pair, struct nd_error *err)
{
	const char *name = pair->key + strlen(PREFIX) + strlen(s->key);
	size_t *count;
	struct nd_named_query **list = named_queries(settings, s, &count);

	for (size_t i = 0; i < *count; i++) {
		if (strcmp((*list)[i].name, name) == 0) {
			(*list)[i].query = query_of(settings, pair->value);
			return ND_OK;
		}
	}
	return nd_fail(err, ND_ERR_CONFIG,
	               "%s has no place in the order of names\n"
	               "add '%.60s' to %s%s",
	               pair->key, name, PREFIX,
	               s->offset == FIELD(category) ? "categories" : "lists");
}

static enum nd_status
unknown_key(const char *key, struct nd_error *err)
{
	char known[400] = "";
	size_t used = 0;

	for (const struct setting *s = settings_table; s->key; s++)
		if (used < sizeof known)
			used += (size_t)snprintf(
				known + used, sizeof known - used, "%s%s%s",
				used ? " " : "", s->key,
				s->kind == QUERY_OF ? "NAME" : "");
	return nd_fail(err, ND_ERR_CONFIG,
	               "unknown setting '%.100s'\n"
	               "known below %s: %s",
	               key, PREFIX, known);
}

/* Every name needs its query. */
static enum nd_status
check_queries(const struct nd_named_query *list, size_t count, const char *key,
              struct nd_db *db, bool lenient, struct nd_error *err)
{
	for (size_t i = 0; i < count; i++) {
		enum nd_status st;
		char *whole;

		if (!*list[i].query)
			return nd_fail(err, ND_ERR_CONFIG,
			               "%s%s.%s is not set\n"
			               "give the query of '%s': notmuch config "
			               "set %s%s.%s QUERY",
			               PREFIX, key, list[i].name, list[i].name,
			               PREFIX, key, list[i].name);
		whole = x_asprintf(NULL, "%s%s.%s", PREFIX, key, list[i].name);
		st = nd_query_check_setting(db, whole, list[i].query, lenient,
		                            err);
		talloc_free(whole);
		if (st != ND_OK)
			return st;
	}
	return ND_OK;
}

/* A tag, or the part of one before a '/': what needs no quotes in a query. */
static enum nd_status
check_prefix(const struct nd_settings *settings, struct nd_error *err)
{
	const char *part = settings->tag_prefix;

	do {
		size_t len = strcspn(part, "/");

		if (!is_name(part, len) || *part == '-')
			return nd_fail(err, ND_ERR_CONFIG,
			               "%stag_prefix: '%.60s' is not a tag\n"
			               "use letters, digits, -, _ and / in "
			               "between",
			               PREFIX, settings->tag_prefix);
		part += len;
	} while (*part++ == '/');
	return ND_OK;
}

/* What a value may be that its kind does not say; at is the key. */
static enum nd_status
check_value(const struct nd_settings *settings, const char *key,
            struct nd_error *err)
{
	struct nd_error why;
	int64_t since_s;

	if (strcmp(key, "folder") == 0 && *settings->folder)
		return nd_folder_check_name(settings->folder, err);
	if (strcmp(key, "tag_prefix") == 0)
		return check_prefix(settings, err);
	if (strcmp(key, "from") == 0 && !nd_mailhead_is_address(settings->from))
		return nd_fail(err, ND_ERR_CONFIG,
		               "%sfrom is one mail address, not '%.60s'",
		               PREFIX, settings->from);
	if (strcmp(key, "link") == 0 &&
	    !nd_archiveurl_is_template(settings->link))
		return nd_fail(err, ND_ERR_CONFIG,
		               "%slink is an http or https URL with one %%s "
		               "for the Message-ID, not '%.100s'\n"
		               "such as https://lore.kernel.org/r/%%s",
		               PREFIX, settings->link);
	if (strcmp(key, "since") == 0 &&
	    nd_when_parse(settings->since, 0, &since_s, &why) != ND_OK)
		return nd_fail(err, ND_ERR_CONFIG, "%ssince: %.400s", PREFIX,
		               why.msg);
	return ND_OK;
}

/* One key of the configuration; those of the other kind are for later. */
static enum nd_status
apply_pair(struct nd_settings *settings, const struct nd_pair *pair,
           bool query_of, struct nd_error *err)
{
	const struct setting *s = find_setting(pair->key + strlen(PREFIX));
	enum nd_status st;

	if (strcmp(pair->key, STATE_KEY) == 0)
		return ND_OK;
	settings->any = settings->any || *pair->value;
	if (!s)
		return query_of ? ND_OK : unknown_key(pair->key, err);
	/* Setting a key to nothing is how notmuch removes it. */
	if ((s->kind == QUERY_OF) != query_of || !*pair->value)
		return ND_OK;
	if (query_of)
		return set_query_of(settings, s, pair, err);
	st = set_value(settings, s, pair->value, err);
	if (st == ND_OK)
		st = check_value(settings, s->key, err);
	if (st != ND_OK && s->fallback)
		/* A default is never wrong. */
		(void)set_value(settings, s, s->fallback, NULL);
	return st;
}

static void
add_warning(struct nd_settings *settings, const struct nd_error *err)
{
	*x_append(settings, settings->warning, settings->warning_count) =
		x_strdup(settings, err->msg);
}

static enum nd_status
apply(struct nd_settings *settings, const struct nd_pair_list *pairs,
      bool query_of, bool lenient, struct nd_error *err)
{
	for (size_t i = 0; i < pairs->count; i++) {
		enum nd_status st =
			apply_pair(settings, &pairs->pair[i], query_of, err);

		if (st != ND_OK && !lenient)
			return st;
		if (st != ND_OK)
			add_warning(settings, err);
	}
	return ND_OK;
}

static enum nd_status
check_all(const struct nd_settings *settings, struct nd_db *db, bool lenient,
          struct nd_error *err)
{
	enum nd_status st = nd_query_check_setting(
		db, PREFIX "query", settings->query, lenient, err);

	if (st == ND_OK)
		st = nd_query_check_setting(db, PREFIX "mute", settings->mute,
		                            lenient, err);
	if (st == ND_OK)
		st = nd_query_check_setting(db, PREFIX "llm.allow",
		                            settings->llm.allow, lenient, err);
	if (st == ND_OK)
		st = check_queries(settings->category, settings->category_count,
		                   "category", db, lenient, err);
	if (st == ND_OK)
		st = check_queries(settings->list, settings->list_count, "list",
		                   db, lenient, err);
	return st;
}

static void
add_address(struct nd_settings *settings, const char *text, size_t len)
{
	struct nd_user *user = &settings->user;
	const char *address;

	nd_mem_trim(&text, &len);
	if (len == 0)
		return;
	address = x_strndup(settings, text, len);
	*x_append(settings, user->address, user->address_count) = address;
}

/* Who the user is stands in notmuch's own settings: user.*. */
static void
set_user(struct nd_settings *settings, const struct nd_pair_list *pairs)
{
	settings->user.name = "";
	for (size_t i = 0; i < pairs->count; i++) {
		const char *value = pairs->pair[i].value;
		const char *key = pairs->pair[i].key;

		if (strcmp(key, "user.name") == 0)
			settings->user.name = x_strdup(settings, value);
		if (strcmp(key, "user.primary_email") != 0 &&
		    strcmp(key, "user.other_email") != 0)
			continue;
		while (*value) {
			size_t len = strcspn(value, ";");

			add_address(settings, value, len);
			value += len + (value[len] == ';');
		}
	}
}

enum nd_status
nd_settings_load(const void *ctx, struct nd_db *db, bool lenient,
                 const struct nd_settings **out, struct nd_error *err)
{
	struct nd_settings *settings = x_new(NULL, struct nd_settings);
	struct nd_pair_list *pairs = nd_db_settings(settings, db, PREFIX);
	enum nd_status st = ND_OK;

	set_user(settings, nd_db_settings(settings, db, "user."));
	for (const struct setting *s = settings_table; st == ND_OK && s->key;
	     s++)
		if (s->fallback)
			st = set_value(settings, s, s->fallback, err);
	if (st == ND_OK)
		st = apply(settings, pairs, false, lenient, err);
	if (st == ND_OK)
		st = apply(settings, pairs, true, lenient, err);
	if (st == ND_OK) {
		st = check_all(settings, db, lenient, err);
		if (st == ND_ERR_CONFIG && lenient) {
			add_warning(settings, err);
			st = ND_OK;
		}
	}
	if (st != ND_OK) {
		talloc_free(settings);
		return st;
	}
	*out = talloc_steal(ctx, settings);
	return ND_OK;
}

struct nd_secret_source
nd_settings_key_source(const struct nd_llm_settings *settings)
{
	return (struct nd_secret_source){
		.command = settings->key_command,
		.file = settings->key_file,
		.env = settings->key_env,
	};
}

const char *
nd_settings_folder(const struct nd_settings *settings)
{
	return *settings->folder ? settings->folder : ND_FOLDER_DEFAULT;
}

static const struct nd_pair *
find_pair(const struct nd_pair_list *pairs, const char *key)
{
	for (size_t i = 0; i < pairs->count; i++)
		if (strcmp(pairs->pair[i].key, key) == 0)
			return &pairs->pair[i];
	return NULL;
}

struct nd_setting_list *
nd_settings_list(const void *ctx, struct nd_db *db)
{
	struct nd_setting_list *list = x_new(ctx, struct nd_setting_list);
	struct nd_pair_list *pairs = nd_db_settings(list, db, PREFIX);

	for (const struct setting *s = settings_table; s->key; s++) {
		const char *key = x_asprintf(list, "%s%s", PREFIX, s->key);
		const struct nd_pair *pair = find_pair(pairs, key);
		bool set = pair && *pair->value;
		struct nd_setting_line *line;

		if (s->kind == QUERY_OF)
			continue;
		line = x_append(list, list->line, list->count);
		line->key = key;
		line->value = set           ? pair->value
		              : s->fallback ? s->fallback
		                            : "";
		line->source = set ? nd_db_setting_source(db, key) : "default";
		if (!set && strcmp(s->key, "folder") == 0)
			line->value = ND_FOLDER_DEFAULT;
	}
	for (size_t i = 0; i < pairs->count; i++) {
		const char *key = pairs->pair[i].key;
		const struct setting *s = find_setting(key + strlen(PREFIX));
		struct nd_setting_line *line;

		if (!s || s->kind != QUERY_OF)
			continue;
		line = x_append(list, list->line, list->count);
		line->key = key;
		line->value = pairs->pair[i].value;
		line->source = nd_db_setting_source(db, key);
	}
	return list;
}
