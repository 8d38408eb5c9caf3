/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/libgit.h"

#include <stdbool.h>

#include "util/alloc.h"
#include "util/library.h"

struct nd_libgit nd_libgit;

#define ENTRY(name) \
	{ \
		"git_" #name, &nd_libgit.name \
	}

static const struct nd_library_function functions[] = {
	ENTRY(commit_author),
	ENTRY(commit_free),
	ENTRY(commit_lookup),
	ENTRY(commit_message),
	ENTRY(commit_message_encoding),
	ENTRY(commit_time),
	ENTRY(error_last),
	ENTRY(libgit2_init),
	ENTRY(libgit2_opts),
	ENTRY(libgit2_version),
	ENTRY(merge_bases),
	ENTRY(object_free),
	ENTRY(object_id),
	ENTRY(object_peel),
	ENTRY(oid_tostr),
	ENTRY(oidarray_dispose),
	ENTRY(repository_free),
	ENTRY(repository_head_unborn),
	ENTRY(repository_is_shallow),
	ENTRY(repository_open_ext),
	ENTRY(revparse),
	ENTRY(revwalk_free),
	ENTRY(revwalk_hide),
	ENTRY(revwalk_new),
	ENTRY(revwalk_next),
	ENTRY(revwalk_push),
};

enum { FUNCTIONS = sizeof functions / sizeof *functions };

_Static_assert(FUNCTIONS * sizeof(void *) == sizeof nd_libgit,
               "each function of the table is looked for");

/* Work trees of one repository, and clones without the files of old commits:
 * libgit2 refuses what it does not know, although commits are where they were. */
static void
prepare(void)
{
	static const char *harmless[] = {"worktreeconfig", "partialclone",
	                                 "preciousobjects"};

	nd_libgit.libgit2_init();
	nd_libgit.libgit2_opts(GIT_OPT_SET_EXTENSIONS, harmless,
	                       sizeof harmless / sizeof *harmless);
	nd_libgit.libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
}

enum nd_status
nd_libgit_load(struct nd_error *err)
{
	static const char *const names[] = {"libgit2.so." LIBGIT2_SOVERSION};
	static const struct nd_library library = {names, 1, functions,
	                                          FUNCTIONS};
	static bool loaded;
	char why[160];

	if (!loaded && !nd_library_load(&library, why, sizeof why))
		return nd_fail(err, ND_ERR_SERVICE,
		               "cannot load libgit2, which reads repositories: "
		               "%s",
		               why);
	if (!loaded)
		prepare();
	loaded = true;
	return ND_OK;
}

const char *
nd_libgit_version(const void *ctx)
{
	int major, minor, micro;
	struct nd_error unused;

	if (nd_libgit_load(&unused) != ND_OK)
		return x_strdup(ctx, "libgit2 " LIBGIT2_VERSION " (missing)");
	nd_libgit.libgit2_version(&major, &minor, &micro);
	return x_asprintf(ctx, "libgit2 %d.%d.%d", major, minor, micro);
}
