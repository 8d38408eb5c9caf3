/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * curl.h - libcurl, loaded when it is needed first
 *
 * libcurl brings two dozen libraries (TLS, Kerberos, LDAP, …), which take as
 * long to load as all that a run with nothing to do does, and most runs never
 * send a request. So the program is not linked with it: nd_curl_load() fills a
 * table of its functions, and util/http.c calls nd_curl.easy_init() where it
 * would call curl_easy_init().
 */
#ifndef ND_UTIL_CURL_H
#define ND_UTIL_CURL_H

#include <curl/curl.h>

#include "util/status.h"

#define ND_CURL_FUNCTION(name) __typeof__(curl_##name) *name

struct nd_curl {
	ND_CURL_FUNCTION(global_init);
	ND_CURL_FUNCTION(easy_cleanup);
	ND_CURL_FUNCTION(easy_getinfo);
	ND_CURL_FUNCTION(easy_header);
	ND_CURL_FUNCTION(easy_init);
	ND_CURL_FUNCTION(easy_setopt);
	ND_CURL_FUNCTION(easy_strerror);
	ND_CURL_FUNCTION(free);
	ND_CURL_FUNCTION(multi_add_handle);
	ND_CURL_FUNCTION(multi_cleanup);
	ND_CURL_FUNCTION(multi_info_read);
	ND_CURL_FUNCTION(multi_init);
	ND_CURL_FUNCTION(multi_perform);
	ND_CURL_FUNCTION(multi_poll);
	ND_CURL_FUNCTION(multi_remove_handle);
	ND_CURL_FUNCTION(multi_setopt);
	ND_CURL_FUNCTION(slist_append);
	ND_CURL_FUNCTION(slist_free_all);
	ND_CURL_FUNCTION(url);
	ND_CURL_FUNCTION(url_cleanup);
	ND_CURL_FUNCTION(url_get);
	ND_CURL_FUNCTION(url_set);
	ND_CURL_FUNCTION(version_info);
};

/** Filled by nd_curl_load(); nothing of it may be called before. */
extern struct nd_curl nd_curl;

/**
 * Load libcurl, once; further calls cost nothing.
 *
 * Returns    ND_OK; ND_ERR_SERVICE when it is not there or too old
 */
enum nd_status nd_curl_load(struct nd_error *err) ND_MUST_CHECK;

/**
 * "libcurl 7.88.1", loaded for that; the one that this was built with, and that
 * it is missing, when it cannot be. Owned by ctx.
 */
const char *nd_curl_version(const void *ctx);

#endif
