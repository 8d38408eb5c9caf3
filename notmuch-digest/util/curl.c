/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/curl.h"

#include <pthread.h>

#include "util/alloc.h"
#include "util/library.h"

struct nd_curl nd_curl;

static char why[200]; /* it could not be loaded; "" when it was */

#define ENTRY(name) \
	{ \
		"curl_" #name, &nd_curl.name \
	}

static const struct nd_library_function functions[] = {
	ENTRY(global_init),
	ENTRY(easy_cleanup),
	ENTRY(easy_getinfo),
	ENTRY(easy_header),
	ENTRY(easy_init),
	ENTRY(easy_setopt),
	ENTRY(easy_strerror),
	ENTRY(free),
	ENTRY(multi_add_handle),
	ENTRY(multi_cleanup),
	ENTRY(multi_info_read),
	ENTRY(multi_init),
	ENTRY(multi_perform),
	ENTRY(multi_poll),
	ENTRY(multi_remove_handle),
	ENTRY(multi_setopt),
	ENTRY(slist_append),
	ENTRY(slist_free_all),
	ENTRY(url),
	ENTRY(url_cleanup),
	ENTRY(url_get),
	ENTRY(url_set),
	ENTRY(version_info),
};

enum { FUNCTIONS = sizeof functions / sizeof *functions };

_Static_assert(FUNCTIONS * sizeof(void *) == sizeof nd_curl,
               "each function of the table is looked for");

static void
load(void)
{
	/* Built with OpenSSL, or with GnuTLS; the ABI is that of 2006. */
	static const char *const names[] = {"libcurl.so.4",
	                                    "libcurl-gnutls.so.4"};
	static const struct nd_library library = {
		names, sizeof names / sizeof *names, functions, FUNCTIONS};

	if (nd_library_load(&library, why, sizeof why))
		nd_curl.global_init(CURL_GLOBAL_DEFAULT);
}

enum nd_status
nd_curl_load(struct nd_error *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, load);
	if (*why)
		return nd_fail(err, ND_ERR_SERVICE, "cannot load libcurl: %s",
		               why);
	return ND_OK;
}

const char *
nd_curl_version(const void *ctx)
{
	struct nd_error unused;

	if (nd_curl_load(&unused) != ND_OK)
		return x_strdup(ctx, "libcurl " LIBCURL_VERSION " (missing)");
	return x_asprintf(ctx, "libcurl %s",
	                  nd_curl.version_info(CURLVERSION_NOW)->version);
}
