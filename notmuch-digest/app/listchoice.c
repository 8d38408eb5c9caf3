/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/listchoice.h"

#include <string.h>

#include "util/alloc.h"

static bool
has_word(const struct nd_option_words *words, const char *word)
{
	for (size_t i = 0; i < words->count; i++)
		if (strcmp(words->word[i], word) == 0)
			return true;
	return false;
}

static bool
is_known(const struct nd_settings *settings, const char *name)
{
	for (size_t i = 0; i < settings->list_count; i++)
		if (strcmp(settings->list[i].name, name) == 0)
			return true;
	return false;
}

static enum nd_status
unknown_list(const struct nd_settings *settings, const char *name,
             struct nd_error *err)
{
	char known[400] = "";
	size_t used = 0;

	if (settings->list_count == 0)
		return nd_fail(err, ND_ERR_USAGE,
		               "unknown list '%.60s': digest.lists is not set\n"
		               "notmuch config set digest.lists %.60s; notmuch "
		               "config set digest.list.%.60s QUERY",
		               name, name, name);
	for (size_t i = 0; i < settings->list_count; i++)
		if (used < sizeof known)
			used += (size_t)snprintf(known + used,
			                         sizeof known - used, " %s",
			                         settings->list[i].name);
	return nd_fail(err, ND_ERR_USAGE,
	               "unknown list '%.60s'\n"
	               "digest.lists has:%s; for several give --list again",
	               name, known);
}

enum nd_status
nd_listchoice_read(struct nd_app *app, struct nd_listchoice *out)
{
	const struct nd_settings *settings = app->settings;
	const struct nd_option_words *wanted = &app->options.list;

	*out = (struct nd_listchoice){0};
	for (size_t i = 0; i < wanted->count; i++)
		if (!is_known(settings, wanted->word[i]))
			return unknown_list(settings, wanted->word[i],
			                    app->err);
	if (wanted->count == 0 && *app->options.query)
		return ND_OK;
	for (size_t i = 0; i < settings->list_count; i++)
		if (wanted->count == 0 ||
		    has_word(wanted, settings->list[i].name))
			*x_append(app, out->list, out->count) =
				&settings->list[i];
	return ND_OK;
}

const char *
nd_listchoice_query(const void *ctx, const struct nd_listchoice *choice,
                    const char *query)
{
	const char *any = "";

	for (size_t i = 0; i < choice->count; i++) {
		const char *one = choice->list[i]->query;

		if (nd_db_is_all_mail(one))
			return query;
		any = x_asprintf(ctx, "%s%s(%s)", any, *any ? " or " : "", one);
	}
	if (!*any || nd_db_is_all_mail(query))
		return *any ? any : query;
	return x_asprintf(ctx, "(%s) and (%s)", query, any);
}
