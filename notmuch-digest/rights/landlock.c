/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* O_PATH, syscall() */
#include "rights/landlock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "util/alloc.h"

/* Their numbers are the same on all machines. */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

/* What came behind the first version, with headers of any age. */
enum {
	FS_REFER = 1u << 13,     /* version 2 */
	FS_TRUNCATE = 1u << 14,  /* 3 */
	FS_IOCTL_DEV = 1u << 15, /* 5 */
	NET_BIND_TCP = 1u << 0,  /* 4 */
	NET_CONNECT_TCP = 1u << 1,
	SCOPE_ABSTRACT_UNIX_SOCKET = 1u << 0, /* 6 */
};

enum {
	VERSION_REFER = 2,
	VERSION_TRUNCATE = 3,
	VERSION_NET = 4,
	VERSION_IOCTL_DEV = 5,
	VERSION_SCOPE = 6,
};

/* struct landlock_ruleset_attr of version 6: older ones want zeros. */
struct attributes {
	uint64_t fs, net, scope;
};

struct nd_landlock {
	int fd;
	uint64_t handled; /* of the file system */
};

static const uint64_t reading =
	LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t writing = LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE;
static const uint64_t making = LANDLOCK_ACCESS_FS_MAKE_REG |
                               LANDLOCK_ACCESS_FS_MAKE_DIR |
                               LANDLOCK_ACCESS_FS_MAKE_SYM;
static const uint64_t never = LANDLOCK_ACCESS_FS_MAKE_CHAR |
                              LANDLOCK_ACCESS_FS_MAKE_BLOCK |
                              LANDLOCK_ACCESS_FS_MAKE_SOCK |
                              LANDLOCK_ACCESS_FS_MAKE_FIFO | FS_IOCTL_DEV;

int
nd_landlock_version(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0,
	                       LANDLOCK_CREATE_RULESET_VERSION);

	return version >= VERSION_REFER ? (int)version : 0;
}

static int
close_set(struct nd_landlock *limits)
{
	close(limits->fd);
	return 0;
}

struct nd_landlock *
nd_landlock_new(const void *ctx, unsigned scope)
{
	struct attributes attributes = {.fs = LANDLOCK_ACCESS_FS_EXECUTE};
	int version = nd_landlock_version();
	struct nd_landlock *limits;
	long fd;

	if (version == 0)
		return NULL;
	if (scope & ND_LANDLOCK_READING)
		attributes.fs |= reading;
	if (scope & ND_LANDLOCK_WRITING)
		attributes.fs |= writing | making | never | FS_REFER |
		                 LANDLOCK_ACCESS_FS_REMOVE_FILE |
		                 LANDLOCK_ACCESS_FS_REMOVE_DIR;
	if (version < VERSION_TRUNCATE)
		attributes.fs &= ~(uint64_t)FS_TRUNCATE;
	if (version < VERSION_IOCTL_DEV)
		attributes.fs &= ~(uint64_t)FS_IOCTL_DEV;
	if (version >= VERSION_NET)
		attributes.net =
			NET_BIND_TCP |
			(scope & ND_LANDLOCK_NETWORK ? NET_CONNECT_TCP : 0u);
	if (version >= VERSION_SCOPE)
		attributes.scope = SCOPE_ABSTRACT_UNIX_SOCKET;
	fd = syscall(SYS_landlock_create_ruleset, &attributes,
	             sizeof attributes, 0u);
	if (fd < 0)
		return NULL;
	limits = x_new(ctx, struct nd_landlock);
	limits->fd = (int)fd;
	limits->handled = attributes.fs;
	talloc_set_destructor(limits, close_set);
	return limits;
}

static uint64_t
access_of(unsigned rights)
{
	uint64_t access = 0;

	if (rights & ND_LANDLOCK_READ)
		access |= reading;
	if (rights & ND_LANDLOCK_WRITE)
		access |= writing;
	if (rights & ND_LANDLOCK_MAKE)
		access |= making;
	if (rights & ND_LANDLOCK_UNLINK)
		access |= LANDLOCK_ACCESS_FS_REMOVE_FILE;
	if (rights & ND_LANDLOCK_RMDIR)
		access |= LANDLOCK_ACCESS_FS_REMOVE_DIR;
	if (rights & ND_LANDLOCK_MOVE)
		access |= FS_REFER;
	return access;
}

static void
allow(struct nd_landlock *limits, const char *path, unsigned rights, int flags)
{
	struct landlock_path_beneath_attr rule = {
		.allowed_access = access_of(rights) & limits->handled,
		.parent_fd = open(path, O_PATH | O_CLOEXEC | flags),
	};
	struct stat stat_buf;

	if (rule.parent_fd < 0)
		return;
	if (fstat(rule.parent_fd, &stat_buf) == 0 && !S_ISDIR(stat_buf.st_mode))
		rule.allowed_access &= LANDLOCK_ACCESS_FS_READ_FILE | writing;
	/* Nothing can be said of pipes and sockets, and need not. */
	if (rule.allowed_access)
		(void)!syscall(SYS_landlock_add_rule, limits->fd,
		               LANDLOCK_RULE_PATH_BENEATH, &rule, 0u);
	close(rule.parent_fd);
}

void
nd_landlock_allow(struct nd_landlock *limits, const char *path, unsigned rights)
{
	allow(limits, path, rights, 0);
}

void
nd_landlock_allow_unlinked(struct nd_landlock *limits, const char *path,
                           unsigned rights)
{
	/* A rule for a link would be one for the link itself. */
	allow(limits, path, rights, O_NOFOLLOW);
}

bool
nd_landlock_enforce(struct nd_landlock *limits)
{
	return prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) == 0 &&
	       syscall(SYS_landlock_restrict_self, limits->fd, 0u) == 0;
}
