/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/address.h"

#include <string.h>

#include "util/alloc.h"
#include "util/str.h"

/* What the header gives: the name, else what stands before the @. */
static const char *
given_name(const void *ctx, const struct nd_address *who)
{
	if (who->name[0] != '\0')
		return who->name;
	if (who->addr[0] == '\0')
		return "?";
	return x_strndup(ctx, who->addr, strcspn(who->addr, "@"));
}

bool
nd_address_same_person(const struct nd_address *a, const struct nd_address *b)
{
	if (*a->addr && nd_str_equal_nocase(a->addr, b->addr))
		return true;
	return *a->name && nd_str_equal_nocase(a->name, b->name);
}

/* "Marc Zyngier via lists.cs" and "Wang (Jason, Cloud)" say more than a name */
static size_t
end_of_name(const char *name, size_t len)
{
	const char *via = nd_mem_find_nocase(name, len, " via ");
	const char *bracket;

	if (via && via > name)
		len = (size_t)(via - name);
	bracket = memchr(name, '(', len);
	if (bracket && bracket > name)
		len = (size_t)(bracket - name);
	bracket = memchr(name, '[', len);
	if (bracket && bracket > name)
		len = (size_t)(bracket - name);
	return len;
}

static void
trim_quotes(const char **name, size_t *len)
{
	nd_mem_trim(name, len);
	while (*len && strchr("\"' ", **name)) {
		(*name)++;
		(*len)--;
	}
	while (*len && strchr("\"' ", (*name)[*len - 1]))
		(*len)--;
}

const char *
nd_address_name(const void *ctx, const struct nd_address *who)
{
	const char *name = given_name(ctx, who), *comma;
	size_t len = strlen(name);

	/* Lists that rewrite From for DMARC put the address into the name. */
	trim_quotes(&name, &len);
	len = end_of_name(name, len);
	trim_quotes(&name, &len);
	if (memchr(name, '@', len) && !memchr(name, ' ', len))
		len = strcspn(name, "@");
	comma = memchr(name, ',', len);
	if (comma && comma > name && comma + 1 < name + len &&
	    !memchr(comma + 1, ',', (size_t)(name + len - comma - 1))) {
		const char *first = comma + 1;
		size_t first_len = (size_t)(name + len - first);

		nd_mem_trim(&first, &first_len);
		return x_asprintf(ctx, "%.*s %.*s", (int)first_len, first,
		                  (int)(comma - name), name);
	}
	return len ? x_strndup(ctx, name, len) : "?";
}
