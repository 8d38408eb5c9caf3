/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/people.h"

#include <string.h>

#include "analyse/committers.h"
#include "model/address.h"
#include "robot/aireview.h"
#include "robot/autoreply.h"
#include "robot/program.h"
#include "robot/reportform.h"
#include "text/phrase.h"
#include "util/alloc.h"
#include "util/map.h"
#include "util/str.h"

enum { WORD_BYTES = 3 /* of a name that tells people apart */ };

/* Words that only programs have in a name or before the @. */
static const char *const robot_words[] = {
	"bot",           "robot",       "noreply",
	"donotreply",    "daemon",      "autoreply",
	"autoresponder", "autobuild",   "autobuilder",
	"autotest",      "postmaster",  "notification",
	"notifications", "notify",      "notifier",
	"patchwork",     "patchew",     "checkpatch",
	"jenkins",       "buildbot",    "gerrit",
	"zuul",          "kernelci",    "lkp",
	"lkft",          "0day",        "bugzilla",
	"bugtracker",    "ci",          "tracker",
	"automation",    "sashiko",     "patchtest",
	"coverity",      "buildmaster", "osstest",
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
		if (nd_mem_is_nocase(text, len, words[i]))
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

/* Words with hyphens in them; scan-admin is Coverity's. */
static bool
has_noreply(const char *text, size_t len)
{
	static const char *const forms[] = {"no-reply", "do-not-reply",
	                                    "no_reply", "do_not_reply",
	                                    "scan-admin"};

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

/* Families are called Abbott, Talbot, Cabot; a program has but one name. */
static bool
is_called_bot(const struct nd_address *who)
{
	static const char *const people[] = {"abbot", "talbot", "cabot",
	                                     "turbot"};
	size_t len = strcspn(who->addr, "@");

	if (!nd_mem_ends_nocase(who->addr, len, "bot") ||
	    IS_ONE_OF(people, who->addr, len))
		return false;
	return !*who->name || (strlen(who->name) == len &&
	                       nd_mem_equal_nocase(who->name, who->addr, len));
}

bool
nd_people_is_robot(const struct nd_address *who)
{
	if (is_called_bot(who))
		return true;
	return has_robot_word(who->name, strlen(who->name)) ||
	       has_robot_word(who->addr, strcspn(who->addr, "@"));
}

/* What tells writers apart; NULL for a mail that has no readable From. */
static const char *
writer_key(const void *ctx, const struct nd_address *who)
{
	return *who->addr || *who->name ? nd_address_key(ctx, who) : NULL;
}

static struct nd_participant *
find_participant(struct nd_thread *thread, struct nd_map *seen,
                 const struct nd_address *who)
{
	const char *key = writer_key(seen, who);
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
	talloc_free((void *)key);
	return found;
}

/* Names first: they cost least. */
static void
find_programs(struct nd_message *message)
{
	bool robot = nd_people_is_robot(&message->sender);

	if (nd_aireview_is(message))
		message->flags |= ND_MESSAGE_AI;
	else if (nd_autoreply_is(message))
		message->flags |= ND_MESSAGE_RESPONDER;
	/* Bots that answer say so in the way of those who are away. */
	else if (robot)
		message->flags &= ~(unsigned)ND_MESSAGE_RESPONDER;
	if (robot ||
	    message->flags &
	            (ND_MESSAGE_AUTO | ND_MESSAGE_RESPONDER | ND_MESSAGE_AI) ||
	    nd_program_declares(message->body) || nd_reportform_is(message))
		message->flags |= ND_MESSAGE_ROBOT;
}

static void
count_message(struct nd_thread *thread, struct nd_map *seen,
              struct nd_message *message)
{
	bool is_new = message->flags & ND_MESSAGE_NEW;
	struct nd_participant *writer;

	find_programs(message);
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

/* What mails of the thread say of people elsewhere, and what is known of those who
 * take patches. */
struct known {
	const struct nd_committers *committers; /* NULL: nothing */
	struct nd_map *names;                   /* by address: the name */
	struct nd_map *full;      /* by address: the one of two words, or "" */
	struct nd_map *addresses; /* by name: the one address, or "" */
};

/* Some programs repeat the address where a name should stand. */
static bool
has_name(const struct nd_address *who)
{
	return *who->name && !strchr(who->name, '@');
}

/* Of two words, or in a script whose names have no blank. */
static bool
has_full_name(const struct nd_address *who)
{
	if (!has_name(who))
		return false;
	for (const char *at = who->name; *at; at++)
		if (*at == ' ' || (unsigned char)*at >= 0x80)
			return true;
	return false;
}

static void
learn_name(struct known *known, const struct nd_address *who)
{
	const char *addr;

	if (!has_name(who) || !*who->addr)
		return;
	addr = writer_key(known->names, who);
	if (!nd_map_has(known->names, addr))
		nd_map_set(known->names, addr, (void *)who->name);
}

static void
learn_names(struct known *known, const struct nd_address_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		learn_name(known, &list->address[i]);
}

/* "Ann B. Author", "Author Ann", "Annie Author": they share a word of three letters
 * and more. Only for one and the same address. */
static bool
is_called_alike(const char *name, const char *other)
{
	size_t len = strlen(name);

	while (*other) {
		size_t size = strcspn(other, " .,()");
		char *word = x_strndup(NULL, other, size);
		bool shared = size >= WORD_BYTES &&
		              nd_phrase_find_word(name, len, word);

		talloc_free(word);
		if (shared)
			return true;
		other += size + strspn(other + size, " .,()");
	}
	return false;
}

/* Of an address that two people write from, neither name is its name; nor is that
 * of a program which one of them runs. */
static void
learn_full_name(struct known *known, const struct nd_address *who)
{
	const char *addr, *other;

	if (!has_full_name(who) || !*who->addr || nd_people_is_robot(who))
		return;
	addr = writer_key(known->names, who);
	other = nd_map_get(known->full, addr);
	if (!other)
		nd_map_set(known->full, addr, (void *)who->name);
	else if (!is_called_alike(other, who->name))
		nd_map_set(known->full, addr, (void *)"");
}

static void
learn_address(struct known *known, const struct nd_address *who)
{
	const char *name, *other;

	if (!has_name(who) || !*who->addr)
		return;
	name = nd_str_lower(x_strdup(known->names, who->name));
	other = nd_map_get(known->addresses, name);
	if (!other)
		nd_map_set(known->addresses, name, (void *)who->addr);
	else if (!nd_str_equal_nocase(other, who->addr))
		nd_map_set(known->addresses, name, (void *)"");
}

/* The name of an address; the address of one whom a relay left his name. */
static void
lend(const struct known *known, const struct nd_message *message,
     struct nd_address *who)
{
	const char *key = writer_key(NULL, who), *found = NULL;

	if (key && !has_name(who))
		found = nd_map_get(known->names, key);
	if (key && !has_name(who) && !found)
		found = nd_committers_name(known->committers, who->addr);
	/* "annauth" in the mails of one program, "Ann Author" in another's */
	if (key && has_name(who) && !nd_people_is_robot(who))
		found = nd_map_get(known->full, key);
	if (found && *found && strcmp(found, who->name) != 0)
		who->name = x_strdup(message, found);
	found = NULL;
	if (key && !*who->addr)
		found = nd_map_get(known->addresses, key);
	if (found && *found &&
	    nd_address_same_person(who, &(struct nd_address){who->name, found}))
		who->addr = x_strdup(message, found);
	talloc_free((void *)key);
}

static bool
is_somebody_nameless(const struct nd_thread *thread)
{
	for (size_t i = 0; i < thread->message_count; i++)
		if (!has_name(&thread->message[i]->sender) ||
		    !has_name(&thread->message[i]->author))
			return true;
	return false;
}

/* What people call themselves goes before what others call them. */
static void
learn_thread(struct known *known, const struct nd_thread *thread)
{
	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_message *message = thread->message[i];

		learn_name(known, &message->sender);
		learn_name(known, &message->author);
		learn_full_name(known, &message->sender);
		learn_full_name(known, &message->author);
		learn_address(known, &message->sender);
		learn_address(known, &message->author);
	}
	if (!is_somebody_nameless(thread))
		return;
	for (size_t i = 0; i < thread->message_count; i++) {
		learn_names(known, &thread->message[i]->to);
		learn_names(known, &thread->message[i]->cc);
	}
}

void
nd_people_lend(struct nd_thread *thread)
{
	struct known known = {.committers = thread->committers};

	known.names = nd_map_new(NULL);
	known.addresses = nd_map_new(known.names);
	known.full = nd_map_new(known.names);
	learn_thread(&known, thread);
	for (size_t i = 0; i < thread->message_count; i++) {
		struct nd_message *message = thread->message[i];

		lend(&known, message, &message->sender);
		lend(&known, message, &message->author);
	}
	talloc_free(known.names);
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
