/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/relayaddr.h"

#include <string.h>

#include "util/alloc.h"
#include "util/str.h"

/* user SIGN host: where, and what stands for the "@" before the "@". */
static const struct {
	const char *host; /* that the address ends with; "": any */
	const char *sign;
} packed[] = {
	{"", "=40"},         /* quoted-printable: dmarc.ietf.org */
	{"@groups.io", "="}, /* groups.io */
};

/* What is in addresses to which bounces go. */
static const char *const bounces[] = {
	"-return-", "bounce", "prvs=", "SRS0", "SRS1", "-confirm", "owner-",
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static bool
has_host(const char *addr)
{
	const char *at = strchr(addr, '@');

	return at && at > addr && strchr(at, '.') && !strchr(at + 1, '@');
}

static bool
is_for_bounces(const char *addr, size_t len)
{
	for (size_t i = 0; i < COUNT(bounces); i++)
		if (nd_mem_find_nocase(addr, len, bounces[i]))
			return true;
	return false;
}

/* "ada=40example.org@dmarc.ietf.org" */
static const char *
unpack(const void *ctx, const char *addr, size_t local)
{
	for (size_t i = 0; i < COUNT(packed); i++) {
		const char *sign = nd_mem_find(addr, local, packed[i].sign);
		size_t size = strlen(packed[i].sign);
		char *found;

		if (!sign || !nd_str_ends_nocase(addr, packed[i].host) ||
		    memchr(sign + size, '=',
		           (size_t)(addr + local - sign) - size))
			continue;
		found = x_asprintf(ctx, "%.*s@%.*s", (int)(sign - addr), addr,
		                   (int)((size_t)(addr + local - sign) - size),
		                   sign + size);
		if (has_host(found))
			return found;
	}
	return NULL;
}

const char *
nd_relayaddr_author(const void *ctx, const char *addr)
{
	static const char invalid[] = ".invalid";
	static const char listserv[] = "-dmarc-request";
	size_t local = strcspn(addr, "@"), len = strlen(addr);
	char *found;

	if (is_for_bounces(addr, local))
		return NULL;
	if (nd_mem_ends_nocase(addr, local, listserv))
		return "";
	if (!nd_str_ends_nocase(addr, invalid))
		return unpack(ctx, addr, local);
	found = x_strndup(ctx, addr, len - strlen(invalid));
	return has_host(found) ? found : NULL;
}
