/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/advert.h"

#include <string.h>

#include "model/address.h"
#include "model/recipients.h"
#include "text/phrase.h"
#include "text/token.h"
#include "util/str.h"

enum {
	WORDS_LEAST = 20,  /* of which less can be told */
	LINE_TOKENS = 200, /* of a line that are looked at */
	LIST_WORD = 3,     /* bytes of a list's name that say something */
	MIXED_LEAST = 4,   /* bytes of "ext4"; "24h", "B2B" are anybody's */
	NAME_BYTES = 64    /* of a list; longer ones are not looked for */
};

/* Words of those who write programs, whatever their language. */
static const struct nd_phrase field[] = {
	{"api", 1},         {"backtrace", 1},  {"binary", 1},
	{"bios", 1},        {"boot", 1},       {"bootloader", 1},
	{"bug", 1},         {"bugs", 1},       {"bugzilla", 1},
	{"cherry-pick", 1}, {"code", 1},       {"commit", 1},
	{"commits", 1},     {"compile", 1},    {"compiler", 1},
	{"config", 1},      {"cpu", 1},        {"crash", 1},
	{"crashes", 1},     {"cve", 1},        {"daemon", 1},
	{"debian", 1},      {"debug", 1},      {"device", 1},
	{"devices", 1},     {"disk", 1},       {"distro", 1},
	{"dmesg", 1},       {"driver", 1},     {"drivers", 1},
	{"fedora", 1},      {"filesystem", 1}, {"filesystems", 1},
	{"firmware", 1},    {"gcc", 1},        {"gerrit", 1},
	{"git", 1},         {"github", 1},     {"gpl", 1},
	{"gpu", 1},         {"hardware", 1},   {"interface", 1},
	{"ioctl", 1},       {"irc", 1},        {"jenkins", 1},
	{"kernel", 1},      {"kernels", 1},    {"library", 1},
	{"linux", 1},       {"maintainer", 1}, {"maintainers", 1},
	{"manpage", 1},     {"merge", 1},      {"module", 1},
	{"oops", 1},        {"patch", 1},      {"patches", 1},
	{"patchset", 1},    {"patchwork", 1},  {"pull request", 1},
	{"python", 1},      {"regression", 1}, {"release", 1},
	{"repo", 1},        {"repository", 1}, {"rfc", 1},
	{"rpm", 1},         {"rust", 1},       {"script", 1},
	{"source", 1},      {"sources", 1},    {"ssd", 1},
	{"stack", 1},       {"syscall", 1},    {"thread", 1},
	{"ubuntu", 1},      {"unix", 1},       {"upstream", 1},
	{"usb", 1},         {"userspace", 1},
};

/* "ext4", "MT7921" */
static bool
is_mixed(const struct nd_token *token)
{
	bool letter = false, digit = false;

	for (uint16_t i = 0; i < token->len; i++) {
		letter = letter || nd_is_alpha(token->text[i]);
		digit = digit || nd_is_digit(token->text[i]);
	}
	return token->len >= MIXED_LEAST && letter && digit;
}

static bool
is_technical(const struct nd_token *token)
{
	switch ((enum nd_token_kind)token->kind) {
	case ND_TOKEN_IDENTIFIER:
	case ND_TOKEN_VERSION:
	case ND_TOKEN_COMMIT:
	case ND_TOKEN_PATH:
		return true;
	case ND_TOKEN_WORD:
		return is_mixed(token);
	default:
		return false;
	}
}

/* Does (text, len) say a part of a list's name that is not any list's? */
static bool
has_part(const char *part, size_t size, const char *text, size_t len)
{
	static const struct nd_phrase any[] = {
		{"announce", 1}, {"dev", 1},  {"devel", 1}, {"discuss", 1},
		{"help", 1},     {"list", 1}, {"lists", 1}, {"mail", 1},
		{"mailing", 1},  {"user", 1}, {"users", 1}, {"www", 1},
	};
	char word[NAME_BYTES + 1];

	if (size < LIST_WORD || size > NAME_BYTES ||
	    nd_phrases_at(ND_PHRASES(any), part, size, NULL))
		return false;
	memcpy(word, part, size);
	word[size] = '\0';
	return nd_mem_find_nocase(text, len, word);
}

/* "btrfs" of linux-btrfs@example.org, linux-btrfs.example.org */
static bool
has_name_of(const char *list, const char *text, size_t len)
{
	size_t left = strcspn(list, ".@");

	while (left > 0) {
		size_t size = strcspn(list, "-_+.@");

		if (has_part(list, size, text, len))
			return true;
		if (size >= left)
			return false;
		list += size + 1;
		left -= size + 1;
	}
	return false;
}

static bool
has_name_of_one(const struct nd_thread *thread,
                const struct nd_address_list *to, const char *text, size_t len)
{
	for (size_t i = 0; i < to->count; i++)
		if (nd_recipients_is_list(thread, &to->address[i]) &&
		    has_name_of(to->address[i].addr, text, len))
			return true;
	return false;
}

static bool
has_name_of_list(const struct nd_thread *thread, const char *text, size_t len)
{
	const struct nd_message *root = nd_thread_root(thread);

	return has_name_of(root->list_id, text, len) ||
	       has_name_of_one(thread, &root->to, text, len) ||
	       has_name_of_one(thread, &root->cc, text, len);
}

/* Is this of the field? Adds to the number of words. */
static bool
is_of_field(const struct nd_thread *thread, const char *text, size_t len,
            size_t *words)
{
	struct nd_token token[LINE_TOKENS];
	size_t count = nd_tokenizer_read(nd_tokenizer_own(), text, len, token,
	                                 LINE_TOKENS);

	*words += count;
	for (size_t i = 0; i < count; i++)
		if (is_technical(&token[i]))
			return true;
	return nd_phrases_in(ND_PHRASES(field), text, len) ||
	       has_name_of_list(thread, text, len);
}

/* What is read by machines is no advertisement; nor is what cannot be read. */
static bool
has_more(const struct nd_body *body)
{
	for (size_t i = 0; i < body->attachment_count; i++)
		if (!nd_str_starts(body->attachment[i].type, "image/"))
			return true;
	return body->flags & (ND_BODY_DIFF | ND_BODY_CUT | ND_BODY_ENCRYPTED |
	                      ND_BODY_UNSEEN);
}

static bool
is_alone(const struct nd_thread *thread)
{
	const struct nd_address *who = &nd_thread_root(thread)->sender;

	for (size_t i = 0; i < thread->message_count; i++)
		if (nd_message_is_person(thread->message[i]) &&
		    !nd_address_same_person(&thread->message[i]->sender, who))
			return false;
	return true;
}

bool
nd_advert_is(const struct nd_thread *thread)
{
	const struct nd_message *root = nd_thread_root(thread);
	const struct nd_body *body = root->body;
	size_t words = 0;

	if (!body || !nd_message_is_person(root) || has_more(body) ||
	    root->parts->flags & (ND_SUBJECT_REPLY | ND_SUBJECT_FORWARD) ||
	    !is_alone(thread) ||
	    is_of_field(thread, root->subject, strlen(root->subject), &words))
		return false;
	for (size_t i = 0; i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];

		if (line->kind == ND_LINE_QUOTE)
			return false;
		if (line->kind == ND_LINE_OWN &&
		    is_of_field(thread, body->text + line->start, line->len,
		                &words))
			return false;
	}
	return words >= WORDS_LEAST;
}
