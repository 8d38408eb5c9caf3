/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/curl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct nd_curl nd_curl;

static char why[200]; /* it could not be loaded; "" when it was */

#define ENTRY(name) \
	{ \
		"curl_" #name, &nd_curl.name \
	}

static const struct {
	const char *name;
	void *pointer; /* where the function's address goes */
} functions[] = {
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
};

_Static_assert(sizeof functions / sizeof *functions * sizeof(void *) ==
                       sizeof nd_curl,
               "each function of the table is looked for");

static bool
find_all(void *library)
{
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
		void *found = dlsym(library, functions[i].name);

		if (!found)
			return false;
		/* Code has addresses like data: POSIX, dlsym() */
		memcpy(functions[i].pointer, &found, sizeof found);
	}
	return true;
}

static void
load(void)
{
	/* Built with OpenSSL, or with GnuTLS; the ABI is that of 2006. */
	static const char *const names[] = {"libcurl.so.4",
	                                    "libcurl-gnutls.so.4"};
	void *library = NULL;

	for (size_t i = 0; i < sizeof names / sizeof *names && !library; i++) {
		library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
		if (!library && i == 0)
			snprintf(why, sizeof why, "%s", dlerror());
	}
	if (!library)
		return;
	*why = '\0';
	if (!find_all(library))
		snprintf(why, sizeof why, "it is too old");
	else
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
