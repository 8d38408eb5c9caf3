/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/people.h"

#include <string.h>

#include "util/alloc.h"
#include "util/map.h"
#include "util/str.h"

/* Words that only programs have in a name or before the @. */
static const char *const robot_words[] = {
	"bot",           "robot",      "noreply",
	"donotreply",    "daemon",     "autoreply",
	"autoresponder", "autobuild",  "autobuilder",
	"autotest",      "postmaster", "notification",
	"notifications", "notify",     "notifier",
	"patchwork",     "patchew",    "checkpatch",
	"jenkins",       "buildbot",   "gerrit",
	"zuul",          "kernelci",   "lkp",
	"lkft",          "0day",       "bugzilla",
	"bugtracker",    "ci",         "tracker",
	"automation",    "sashiko",
};

/* What stands before "bot" in words like syzbot; not Talbot, not Abbot. */
static const char *const bot_starts[] = {
	"syz",   "regz",   "build", "kbuild", "kernel",  "patch",  "pull",
	"merge", "review", "test",  "auto",   "git",     "github", "gitlab",
	"mail",  "news",   "list",  "lint",   "tracker", "tip",    "dependa",
	"stale", "bug",    "ci",    "chat",   "ai",      "cla",    "pr",
	"web",   "irc",    "code",  "lkml",   "net",     "bpf",
};

static bool
is_one_of(const char *const *words, size_t count, const char *text, size_t len)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(words[i]) == len &&
		    nd_mem_equal_nocase(text, words[i], len))
			return true;
	return false;
}

#define IS_ONE_OF(words, text, len) \
	is_one_of(words, sizeof(words) / sizeof *(words), text, len)

static bool
is_robot_word(const char *text, size_t len)
{
	while (len > 0 && nd_is_digit(text[len - 1])) /* tip-bot2 */
		len--;
	if (IS_ONE_OF(robot_words, text, len))
		return true;
	return len > 3 && nd_mem_ends_nocase(text, len, "bot") &&
	       IS_ONE_OF(bot_starts, text, len - 3);
}

/* no-reply and do-not-reply are words with hyphens in them. */
static bool
has_noreply(const char *text, size_t len)
{
	static const char *const forms[] = {"no-reply", "do-not-reply",
	                                    "no_reply", "do_not_reply"};

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (nd_mem_find_nocase(text, len, forms[i]))
			return true;
	return false;
}

static bool
has_robot_word(const char *text, size_t len)
{
	size_t start = 0;

	for (size_t at = 0; at <= len; at++) {
		unsigned char c = at < len ? (unsigned char)text[at] : ' ';

		if (c >= 0x80 || nd_is_alnum((char)c))
			continue;
		if (is_robot_word(text + start, at - start))
			return true;
		start = at + 1;
	}
	return has_noreply(text, len);
}

bool
nd_people_is_robot(const struct nd_address *who)
{
	return has_robot_word(who->name, strlen(who->name)) ||
	       has_robot_word(who->addr, strcspn(who->addr, "@"));
}

/* What tells writers apart; NULL for a mail that has no readable From. */
static char *
writer_key(const void *ctx, const struct nd_address *who)
{
	const char *text = *who->addr ? who->addr : who->name;

	return *text ? nd_str_lower(x_strdup(ctx, text)) : NULL;
}

static struct nd_participant *
find_participant(struct nd_thread *thread, struct nd_map *seen,
                 const struct nd_address *who)
{
	char *key = writer_key(seen, who);
	struct nd_participant *found;
	intptr_t index;

	if (!key)
		return NULL;
	index = nd_map_get_int(seen, key, -1);
	if (index < 0) {
		nd_map_set_int(seen, key, (intptr_t)thread->participant_count);
		found = x_append(thread, thread->participant,
		                 thread->participant_count);
		found->who = *who;
		found->robot = true; /* until a mail of a person shows up */
	} else {
		found = &thread->participant[index];
	}
	talloc_free(key);
	return found;
}

static void
count_message(struct nd_thread *thread, struct nd_map *seen,
              struct nd_message *message)
{
	bool is_new = message->flags & ND_MESSAGE_NEW;
	struct nd_participant *writer;

	if (nd_people_is_robot(&message->sender) ||
	    (message->flags & ND_MESSAGE_AUTO))
		message->flags |= ND_MESSAGE_ROBOT;
	thread->counts.total++;
	thread->counts.new_messages += is_new;
	thread->counts.unreadable += !(message->flags & ND_MESSAGE_READ);
	writer = find_participant(thread, seen, &message->sender);
	if (!writer)
		return;
	if (!(message->flags & ND_MESSAGE_ROBOT))
		writer->robot = false;
	writer->messages++;
	if (is_new && writer->new_messages++ == 0)
		thread->counts.new_participants++;
}

/* A name that the list has changed is not the one of an address. */
static bool
is_own_name(const struct nd_message *message)
{
	return *message->from.name && *message->from.addr &&
	       strcmp(message->from.name, message->sender.name) == 0;
}

static void
lend_name(const struct nd_map *names, const struct nd_message *message,
          struct nd_address *who)
{
	char *key = writer_key(NULL, who);
	const char *name = key && !*who->name ? nd_map_get(names, key) : NULL;

	if (name)
		who->name = x_strdup(message, name);
	talloc_free(key);
}

void
nd_people_lend_names(struct nd_thread *thread)
{
	struct nd_map *names = nd_map_new(NULL);

	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_message *message = thread->message[i];

		const char *key = writer_key(names, &message->from);

		if (is_own_name(message) && !nd_map_has(names, key))
			nd_map_set(names, key, (void *)message->from.name);
	}
	for (size_t i = 0; i < thread->message_count; i++) {
		struct nd_message *message = thread->message[i];

		lend_name(names, message, &message->from);
		lend_name(names, message, &message->sender);
	}
	talloc_free(names);
}

void
nd_people_count(struct nd_thread *thread)
{
	struct nd_map *seen = nd_map_new(NULL);

	for (size_t i = 0; i < thread->message_count; i++)
		count_message(thread, seen, thread->message[i]);
	thread->counts.participants = (unsigned)thread->participant_count;
	talloc_free(seen);
}
