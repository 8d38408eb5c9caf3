/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/writer.h"

#include <string.h>

#include "model/relayaddr.h"
#include "model/relayname.h"
#include "util/alloc.h"
#include "util/str.h"

enum {
	WORD_BYTES = 3,   /* of a name, that an address can be known by */
	SELF_BYTES = 4,   /* of a service's name in its address */
	NAME_BYTES = 256, /* of a name that are looked at */
	TOKEN_BYTES = 16, /* "+9f86d081884c7d65": an address for one reply */
};

/* What stands before the @ of addresses that are no person's. */
static const char *const relays[] = {
	"noreply",
	"no-reply",
	"no_reply",
	"donotreply",
	"do-not-reply",
	"do_not_reply",
	"notifications",
	"notification",
	"notify",
	"devnull",
	"incoming",
	"reply",
	"replies",
	"discourse",
	"forum",
	"forums",
	"bugzilla",
	"jira",
	"gitlab",
	"github",
	"gitea",
	"forgejo",
	"gerrit",
	"redmine",
	"trac",
	"phabricator",
	"reviews",
	"outgoing",
	"invalid.noreply", /* Savannah's, at gnu.org */
	"bugzilla-daemon",
	"bugzilla-noreply",
	"comments-noreply", /* Google Docs */
	"dmarc-noreply",    /* Freelists */
};

/*
 * Services whose mail has a person's name over an address of theirs, whatever
 * else is in the header; and what they call themselves when nobody acted.
 */
static const struct {
	const char *local; /* NULL: digits, the number of a bug */
	const char *host;  /* or what it ends with */
	const char *self;
} services[] = {
	{"notifications", "github.com", "github"},
	{"gitlab", "gitlab.com", "gitlab"},
	{"noreply", "gitlab.com", "gitlab"},
	{"gitlab", "salsa.debian.org", "gitlab"},
	{"noreply", "salsa.debian.org", "gitlab"},
	{"noreply", "codeberg.org", "codeberg"},
	{NULL, "bugs.launchpad.net", "launchpad bug tracker"},
	{"noreply", "launchpad.net", "launchpad"},
	{"outgoing", "sr.ht", "sourcehut"},
	{"invalid.noreply", "gnu.org", "savannah"},
	{"comments-noreply", "docs.google.com", "google docs"},
	{"git", "apache.org", "gitbox"},
	{"jira", "apache.org", "jira"},
	{"jira", "atlassian.net", "jira"},
	{"confluence", "atlassian.net", "confluence"},
	{"pullrequests-noreply", "bitbucket.org", "bitbucket"},
	{"issues-reply", "bitbucket.org", "bitbucket"},
	{"commits-noreply", "bitbucket.org", "bitbucket"},
	{"dmarc-noreply", "freelists.org", "freelists"},
	{"noreply", "sourceforge.net", "sourceforge"},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static size_t
local_len(const char *addr)
{
	return strcspn(addr, "@");
}

/* ---- addresses ---- */

static bool
is_relays_word(const char *text, size_t len)
{
	for (size_t i = 0; i < COUNT(relays); i++)
		if (nd_mem_is_nocase(text, len, relays[i]))
			return true;
	return false;
}

bool
nd_writer_is_relay(const struct nd_address *who)
{
	size_t len = strcspn(who->addr, "@+");

	if (is_relays_word(who->addr, len))
		return true;
	/* gcc-bugzilla@gcc.gnu.org */
	return nd_mem_ends_nocase(who->addr, len, "-bugzilla");
}

/* kvm@lists.example.org has the List-Id kvm.lists.example.org. */
static bool
is_of_list_id(const char *addr, const char *list_id)
{
	size_t user = local_len(addr);

	return addr[user] && strlen(addr) == strlen(list_id) &&
	       list_id[user] == '.' &&
	       nd_mem_equal_nocase(addr, list_id, user) &&
	       nd_str_equal_nocase(addr + user + 1, list_id + user + 1);
}

/* Does text have addr, and not as a part of a longer address? */
static bool
names_address(const char *text, const char *addr)
{
	size_t len = strlen(addr), left = strlen(text);
	const char *at = text;

	while (len > 0 && (at = nd_mem_find_nocase(at, left, addr))) {
		left = strlen(at);
		if ((at == text || !nd_is_identifier_byte(at[-1])) &&
		    !nd_is_identifier_byte(at[len]))
			return true;
		at++;
		left--;
	}
	return false;
}

static bool
is_list(const struct nd_writer_clues *clues, const char *addr)
{
	const char *host = addr + local_len(addr);

	return is_of_list_id(addr, clues->list_id) ||
	       names_address(clues->list, addr) ||
	       nd_str_equal_nocase(host, "@googlegroups.com") ||
	       nd_str_starts_nocase(host, "@lists.") ||
	       nd_str_starts_nocase(host, "@list.") ||
	       nd_str_equal_nocase(host, "@yahoogroups.com") ||
	       nd_str_equal_nocase(host, "@git.sr.ht") ||
	       nd_str_equal_nocase(host, "@vger.kernel.org");
}

/* "example.org" of "reply.example.org" */
static const char *
domain(const char *addr)
{
	const char *host = addr + local_len(addr), *at = host + strlen(host);
	unsigned dots = 0;

	while (at > host && (at[-1] != '.' || ++dots < 2) && at[-1] != '@')
		at--;
	return at;
}

static bool
has_token(const char *addr)
{
	const char *plus = strchr(addr, '+');

	return plus && local_len(plus) > TOKEN_BYTES;
}

static bool
is_number(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!nd_is_digit(text[i]))
			return false;
	return len > 0;
}

/* The service in the table, or -1. */
static int
service_of(const char *addr)
{
	size_t len = local_len(addr);

	for (size_t i = 0; i < COUNT(services); i++) {
		const char *local = services[i].local;
		const char *host = services[i].host;

		if (local ? strlen(local) != len ||
		                    !nd_mem_equal_nocase(addr, local, len)
		          : !is_number(addr, len))
			continue;
		if (nd_str_ends_nocase(addr + len, host) &&
		    strchr("@.", addr[strlen(addr) - strlen(host) - 1]))
			return (int)i;
	}
	return -1;
}

/* ---- names ---- */

/* The next word of the name at *at, which moves behind it. */
static bool
next_word(const char *name, size_t len, size_t *at, const char **word,
          size_t *size)
{
	static const char between[] = " \t,;.\"'()[]<>";

	while (*at < len && strchr(between, name[*at]))
		(*at)++;
	*word = name + *at;
	while (*at < len && !strchr(between, name[*at]))
		(*at)++;
	*size = (size_t)(name + *at - *word);
	return *size > 0;
}

static size_t
name_len(const char *name)
{
	return strnlen(name, NAME_BYTES);
}

static bool
has_word(const char *name, const char *word, size_t size)
{
	size_t len = name_len(name), at = 0, other_size;
	const char *other;

	while (next_word(name, len, &at, &other, &other_size))
		if (other_size == size &&
		    nd_mem_equal_nocase(other, word, size))
			return true;
	return false;
}

/* Are all words of the first in the second? "Wei Gao" is "Gao, Wei". */
static bool
is_within(const char *a, const char *b)
{
	size_t len = name_len(a), at = 0, size, count = 0;
	const char *word;

	while (next_word(a, len, &at, &word, &size)) {
		if (!has_word(b, word, size))
			return false;
		count++;
	}
	return count > 0;
}

static bool
is_same_name(const char *a, const char *b)
{
	return is_within(a, b) || is_within(b, a);
}

/* Is a word of the name in the address, before the @? */
static bool
fits_name(const char *addr, const char *name)
{
	size_t len = name_len(name), at = 0, size, local = local_len(addr);
	const char *word;
	char text[64];

	if (strlen(name) == local && nd_mem_equal_nocase(name, addr, local))
		return true; /* a login */
	while (next_word(name, len, &at, &word, &size)) {
		if (size < WORD_BYTES || size >= sizeof text)
			continue;
		memcpy(text, word, size);
		text[size] = '\0';
		if (nd_mem_find_nocase(addr, local, text))
			return true;
	}
	return false;
}

/* ---- the choice ---- */

struct choice {
	const struct nd_writer_clues *clues;
	const char *name; /* of the person, as From tells; "" */
	bool by_list;     /* the address in From is the list's */
};

/* An address that may be a person's, and not the one that took his place. */
static bool
is_candidate(const struct choice *choice, const struct nd_address *who)
{
	const char *person;
	size_t len;

	return who->addr[local_len(who->addr)] &&
	       !nd_str_equal_nocase(who->addr, choice->clues->from.addr) &&
	       !is_list(choice->clues, who->addr) && !nd_writer_is_relay(who) &&
	       !nd_mem_find_nocase(who->addr, strlen(who->addr), "noreply") &&
	       !has_token(who->addr) && service_of(who->addr) < 0 &&
	       nd_relayname_read(who->name, &person, &len) != ND_RELAYNAME_SURE;
}

static bool
is_theirs(const struct choice *choice, const struct nd_address *who)
{
	if (!*choice->name || !is_candidate(choice, who))
		return false;
	return *who->name ? is_same_name(who->name, choice->name)
	                  : fits_name(who->addr, choice->name);
}

static const struct nd_address *
find_theirs(const struct choice *choice, const struct nd_address_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (is_theirs(choice, &list->address[i]))
			return &list->address[i];
	return NULL;
}

/*
 * Mailman appends the author to a Reply-To that was there. What else has an
 * address there that is neither the relay's nor near it is the author's, too.
 */
static const struct nd_address *
last_stranger(const struct choice *choice)
{
	const struct nd_address_list *list = &choice->clues->reply_to;
	const char *home = domain(choice->clues->from.addr);

	for (size_t i = list->count; i > 0; i--) {
		const struct nd_address *who = &list->address[i - 1];

		if (is_candidate(choice, who) &&
		    (choice->by_list ||
		     (!*who->name &&
		      !nd_str_equal_nocase(domain(who->addr), home))))
			return who;
	}
	return NULL;
}

static const struct nd_address *
choose(const struct choice *choice)
{
	const struct nd_writer_clues *clues = choice->clues;
	const struct nd_address *found;

	for (size_t i = 0; i < clues->original.count; i++)
		if (is_candidate(choice, &clues->original.address[i]))
			return &clues->original.address[i];
	found = find_theirs(choice, &clues->reply_to);
	if (!found)
		found = find_theirs(choice, &clues->cc);
	return found ? found : last_stranger(choice);
}

/* "bob--- via dev" is what Mailman makes of a name that is an address. */
static const char *
clean_name(const void *ctx, const char *name, size_t len)
{
	nd_relayname_cut_mark(name, &len);
	while (len > 0 && name[len - 1] == '-')
		len--;
	if (memchr(name, '@', len) && !memchr(name, ' ', len) && *name != '@')
		len = local_len(name);
	return x_strndup(ctx, name, len);
}

/* "Example Redmine" */
static bool
names_relay(const char *name)
{
	size_t len = name_len(name), at = 0, size;
	const char *word;

	while (next_word(name, len, &at, &word, &size))
		if (is_relays_word(word, size))
			return true;
	return false;
}

static bool
is_robots_own(const struct nd_writer_clues *clues, int service,
              const char *name)
{
	if (!*name)
		return true;
	if (service >= 0 && nd_str_equal_nocase(name, services[service].self))
		return true;
	if (names_relay(name))
		return true;
	/* "Forge" of noreply@forge.example.org or forge@example.org */
	return !strchr(name, ' ') && strlen(name) >= SELF_BYTES &&
	       !nd_str_equal_nocase(name, clues->login) &&
	       nd_mem_find_nocase(clues->from.addr, strlen(clues->from.addr),
	                          name);
}

/* Phabricator: "adab (Ada Berg)" */
static const char *
name_behind_login(const void *ctx, const char *name)
{
	size_t login = strcspn(name, " "), len = strlen(name);

	if (!nd_str_starts(name + login, " (") || name[len - 1] != ')' ||
	    !memchr(name + login + 1, ' ', len - login - 1))
		return name;
	return x_strndup(ctx, name + login + 2, len - login - 3);
}

/* The one who acted: by name, else by login; "": nobody. */
static const char *
service_name(const void *ctx, const struct nd_writer_clues *clues, int service)
{
	const char *name =
		clean_name(ctx, clues->from.name, strlen(clues->from.name));

	if (is_robots_own(clues, service, name))
		return clues->login;
	return name_behind_login(ctx, name);
}

/* Only the name is known. */
static struct nd_address
without_address(const struct nd_writer_clues *clues, const char *name,
                bool relayed)
{
	if (!relayed && fits_name(clues->from.addr, name))
		return (struct nd_address){name, clues->from.addr};
	return (struct nd_address){name, ""};
}

/* "Ada Berg (Jira)", of an address that is a relay's? */
static bool
is_marked(const char *name)
{
	size_t len = strlen(name);

	return nd_relayname_cut_mark(name, &len);
}

/* A relay that is not known, and the one with that name who wants answers. */
static struct nd_address
with_reply_to(const struct nd_writer_clues *clues)
{
	struct choice choice = {.clues = clues, .name = clues->from.name};
	const struct nd_address *found = find_theirs(&choice, &clues->reply_to);

	if (!found || !strchr(clues->from.name, ' ') || !*found->name)
		return clues->from;
	return *found;
}

struct nd_address
nd_writer_find(const void *ctx, const struct nd_writer_clues *clues)
{
	const struct nd_address *from = &clues->from, *found;
	struct choice choice = {.clues = clues, .name = ""};
	int service = service_of(from->addr);
	bool relayed =
		service >= 0 || clues->service || nd_writer_is_relay(from);
	const char *kept = nd_relayaddr_author(ctx, from->addr), *person;
	size_t len;
	enum nd_relayname_form form =
		nd_relayname_read(from->name, &person, &len);

	if (form == ND_RELAYNAME_NONE && relayed && is_marked(from->name))
		form = ND_RELAYNAME_LIKELY;
	choice.by_list = is_list(clues, from->addr);
	if (form == ND_RELAYNAME_LIKELY && !relayed && !choice.by_list)
		form = ND_RELAYNAME_NONE;
	if (form != ND_RELAYNAME_NONE)
		choice.name = clean_name(ctx, person, len);
	else if (service >= 0 || clues->service)
		choice.name = service_name(ctx, clues, service);
	else if (kept && (*kept || *from->name))
		return (struct nd_address){from->name, kept};
	else if (choice.by_list)
		choice.name =
			fits_name(from->addr, from->name) ? "" : from->name;
	else
		return relayed ? with_reply_to(clues) : *from;
	if (!*choice.name && relayed)
		return *from;
	found = choose(&choice);
	if (!found && form == ND_RELAYNAME_NONE && choice.by_list)
		return *from;
	if (!found && kept)
		return (struct nd_address){choice.name, kept};
	if (!found)
		return without_address(clues, choice.name,
		                       relayed || choice.by_list);
	return (struct nd_address){
		.name = *found->name && !strchr(found->name, '@') ? found->name
	                                                          : choice.name,
		.addr = found->addr,
	};
}

const char *
nd_writer_key(const void *ctx, const struct nd_address *from)
{
	const char *person;
	size_t len;

	if (nd_relayname_read(from->name, &person, &len) == ND_RELAYNAME_SURE)
		return nd_str_lower(x_strndup(ctx, person, len));
	return nd_str_lower(x_strdup(ctx, from->addr));
}
