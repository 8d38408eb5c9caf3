/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* PR_SET_DUMPABLE, by <sys/prctl.h> */
#include "app/sandbox.h"

#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/emit.h"
#include "app/sandbox_private.h"
#include "rights/seccomp.h"
#include "util/alloc.h"
#include "util/cachedir.h"
#include "util/curl.h"
#include "util/http.h"
#include "util/secret.h"
#include "util/str.h"

/* The leak checker of sanitizers looks into us from another process: the one
 * exemption, and the one place for it. */
#if defined(__has_feature)
#define WITH_SANITIZER __has_feature(address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__)
#define WITH_SANITIZER 1
#else
#define WITH_SANITIZER 0
#endif

enum { HOOK_LEVELS = 3 }; /* directories that `setup hook` may have made */

/* What a run does, of what its command can do. */
struct doing {
	bool mailbox; /* writes it */
	bool model;   /* asks it */
	bool feeds;   /* fetches some */
};

void
nd_sandbox_prepare(void)
{
	const struct rlimit none = {0, 0};

	setrlimit(RLIMIT_CORE, &none);
	if (!WITH_SANITIZER)
		prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
}

/* ---- what is done -------------------------------------------------------- */

static struct doing
find_doing(const struct nd_app *app, unsigned needs)
{
	const struct nd_options *options = &app->options;
	struct doing doing = {.mailbox = false};

	doing.mailbox = (needs & ND_SANDBOX_MAILBOX ||
	                 (needs & ND_SANDBOX_DELIVERY && options->deliver)) &&
	                !options->dry_run;
	doing.model = needs & ND_SANDBOX_MODEL &&
	              strcmp(nd_app_engine(app), "llm") == 0 &&
	              *app->settings->llm.allow && !options->dry_run &&
	              !options->show_prompt;
	for (size_t i = 0;
	     needs & ND_SANDBOX_FEEDS && i < options->arg_count && !doing.feeds;
	     i++)
		doing.feeds = nd_http_is_url(options->arg[i]);
	return doing;
}

/*
 * Can the host's name be one that DNS does not know, but a service of this
 * machine (mDNS, containers, …)? Others are found without it.
 */
static bool
is_local_name(const char *url)
{
	const char *host = strstr(url, "://");
	size_t len;

	host = host ? host + strlen("://") : url;
	len = strcspn(host, ":/?#");
	/* None is this machine, and "[" begins an address. */
	if (len == 0 || *host == '[' || nd_str_starts(host, "localhost"))
		return false;
	return !memchr(host, '.', len) ||
	       (len > strlen(".local") &&
	        nd_str_starts(host + len - strlen(".local"), ".local"));
}

static bool
wants_local_services(const struct nd_app *app, struct doing doing)
{
	static const char *const proxies[] = {"http_proxy", "https_proxy",
	                                      "HTTPS_PROXY", "all_proxy",
	                                      "ALL_PROXY"};
	bool wants = access("/etc/resolv.conf", R_OK) != 0;

	for (size_t i = 0; i < sizeof proxies / sizeof *proxies; i++)
		wants = wants || getenv(proxies[i]);
	if (doing.model)
		wants = wants || is_local_name(app->settings->llm.url);
	for (size_t i = 0; doing.feeds && i < app->options.arg_count; i++)
		wants = wants || (nd_http_is_url(app->options.arg[i]) &&
		                  is_local_name(app->options.arg[i]));
	return wants;
}

/* ---- what may be written ------------------------------------------------- */

/* A directory that stands so many names above path. */
static void
allow_above(struct nd_landlock *limits, const char *path, unsigned levels,
            unsigned rights)
{
	char *above = x_strdup(NULL, path);

	for (; levels > 0; levels--) {
		char *slash = strrchr(above, '/');

		if (!slash || slash == above)
			break;
		*slash = '\0';
	}
	nd_landlock_allow(limits, above, rights);
	talloc_free(above);
}

/*
 * The folder, if it is one and no link to one. What is not there yet can only
 * be allowed where it will be made: below the last directory that is there.
 */
static void
allow_folder(struct nd_landlock *limits, const char *root, const char *folder)
{
	char *path = x_asprintf(NULL, "%s/%s", root, folder);
	struct stat st;

	while (lstat(path, &st) != 0 && strlen(path) > strlen(root))
		*strrchr(path, '/') = '\0';
	if (strlen(path) > strlen(root))
		nd_landlock_allow_unlinked(limits, path, ND_LANDLOCK_CHANGE);
	else
		nd_landlock_allow(limits, root, ND_LANDLOCK_CHANGE);
	talloc_free(path);
}

static void
allow_index(struct nd_landlock *limits, struct nd_app *app)
{
	const char *path = nd_db_index_path(NULL, app->db);

	nd_landlock_allow(limits, path, ND_LANDLOCK_CHANGE);
	talloc_free((void *)path);
}

/* A folder that is left goes away, as far as it is empty. */
static void
allow_mailbox(struct nd_landlock *limits, struct nd_app *app, bool leaves)
{
	const char *root = nd_db_mail_root(app->db);
	const char *wanted = nd_settings_folder(app->settings);
	const char *left = app->state.folder;

	allow_index(limits, app);
	if (nd_app_has_folder(app))
		allow_folder(limits, root, wanted);
	if (*left && strcmp(left, wanted) != 0) {
		allow_folder(limits, root, left);
		leaves = true;
	}
	if (leaves)
		nd_landlock_allow(limits, root, ND_LANDLOCK_RMDIR);
}

/* Files are written by somebody else (app/emit.h); what is none, from here. */
static void
allow_output(struct nd_landlock *limits, const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		nd_landlock_allow(limits, path, ND_LANDLOCK_WRITE);
}

static void
allow_cache(struct nd_landlock *limits, bool make)
{
	char *path = (char *)nd_cachedir_path(NULL, "");

	if (!path)
		return;
	path[strlen(path) - 1] = '\0'; /* the slash behind it */
	if (make)
		nd_cachedir_make(path);
	nd_landlock_allow(limits, path, ND_LANDLOCK_CHANGE);
	talloc_free(path);
}

/* Our lines in the hook, and directories that were made for it or the cache. */
static void
allow_clean(struct nd_landlock *limits, struct nd_app *app)
{
	char *hook = x_asprintf(NULL, "%s/post-new", nd_db_hook_dir(app->db));
	char *cache = (char *)nd_cachedir_path(NULL, "");
	char *real = realpath(hook, NULL);

	if (real) {
		allow_above(limits, real, 1, ND_LANDLOCK_CHANGE);
		allow_above(limits, real, 1 + HOOK_LEVELS, ND_LANDLOCK_RMDIR);
	}
	if (cache)
		allow_above(limits, cache, 2, ND_LANDLOCK_RMDIR);
	free(real);
	talloc_free(hook);
	talloc_free(cache);
}

static void
allow_writing(struct nd_landlock *limits, struct nd_app *app, unsigned needs,
              struct doing doing, const char *links)
{
	const char *output = nd_emit_file(&app->options);
	bool cleans = needs & ND_SANDBOX_CLEAN && !app->options.dry_run;

	nd_landlock_allow(limits, "/dev/null",
	                  ND_LANDLOCK_READ | ND_LANDLOCK_WRITE);
	if (doing.mailbox)
		allow_mailbox(limits, app, cleans);
	if (needs & ND_SANDBOX_TAGS && app->options.read)
		allow_index(limits, app);
	if (output)
		allow_output(limits, output);
	if (doing.model || needs & ND_SANDBOX_CACHE || cleans)
		allow_cache(limits, !cleans);
	if (cleans)
		allow_clean(limits, app);
	/* A link to a mail is no way to write to it: links are no bytes. */
	if (links) {
		nd_landlock_allow(limits, links,
		                  ND_LANDLOCK_READ | ND_LANDLOCK_MAKE |
		                          ND_LANDLOCK_UNLINK |
		                          ND_LANDLOCK_RMDIR);
		nd_landlock_allow(limits, "/", ND_LANDLOCK_MOVE);
	}
}

/* ---- going in ------------------------------------------------------------ */

static bool
limit_files(struct nd_app *app, unsigned needs, struct doing doing,
            const char *links)
{
	bool network = doing.model || doing.feeds;
	/* A repository may have parts anywhere. */
	bool reads_some = network && !app->options.git;
	bool writes_some = !(needs & ND_SANDBOX_SETUP);
	struct nd_landlock *limits = nd_landlock_new(
		NULL, (network ? 0u : ND_LANDLOCK_NETWORK) |
			      (reads_some ? ND_LANDLOCK_READING : 0u) |
			      (writes_some ? ND_LANDLOCK_WRITING : 0u));
	bool done;

	if (!limits)
		return false;
	if (reads_some)
		nd_sandbox_allow_reading(app, limits, doing.feeds);
	if (writes_some)
		allow_writing(limits, app, needs, doing, links);
	done = nd_landlock_enforce(limits);
	talloc_free(limits);
	return done;
}

void
nd_sandbox_enter(struct nd_app *app, unsigned needs, const char *links)
{
	struct doing doing;
	struct nd_error unused;
	unsigned calls = WITH_SANITIZER ? ND_SECCOMP_TRACE : 0u;

	if (app->options.no_sandbox)
		return;
	doing = find_doing(app, needs);
	if (needs & ND_SANDBOX_PRINT)
		nd_emit_expect(&app->options);
	if (doing.model) {
		const struct nd_secret_source source =
			nd_settings_key_source(&app->settings->llm);

		nd_secret_expect(&source);
	}
	if (doing.model || doing.feeds) {
		calls |= ND_SECCOMP_IP;
		if (wants_local_services(app, doing))
			calls |= ND_SECCOMP_LOCAL;
		/* Its own files are found where it comes from. */
		(void)!nd_curl_load(&unused);
	}
	app->files_limited = limit_files(app, needs, doing, links);
	app->calls_limited = nd_seccomp_enforce(calls);
}

const char *
nd_sandbox_missing(const struct nd_app *app)
{
	if (app->options.no_sandbox)
		return "--no-sandbox is given";
	if (!app->files_limited && !app->calls_limited)
		return "the kernel has neither Landlock (Linux 5.19) nor "
		       "seccomp: mails are parsed without a sandbox";
	if (!app->files_limited)
		return "the kernel has no Landlock (Linux 5.19), or it is "
		       "turned off: files are not protected";
	if (!app->calls_limited)
		return "the kernel has no seccomp: system calls are not "
		       "limited, mails are parsed without a sandbox";
	return NULL;
}
