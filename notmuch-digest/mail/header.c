/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/header.h"

#include <string.h>

#include "mail/msgid.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/map.h"
#include "util/str.h"
#include "util/utf8.h"

/* Groups of groups are not in the grammar, but parsers let them pass. */
#define GROUP_DEPTH 3

static const char *
clean_value(const void *ctx, const char *value)
{
	size_t len = value ? strlen(value) : 0;

	if (len > ND_LIMIT_HEADER_BYTES) {
		len = ND_LIMIT_HEADER_BYTES;
		while (len > 0 && ((unsigned char)value[len] & 0xc0) == 0x80)
			len--;
	}
	return nd_utf8_clean_line(ctx, value ? value : "", len);
}

static const char *
header_value(const void *ctx, GMimeMessage *mime, const char *name)
{
	GMimeObject *object = GMIME_OBJECT(mime);

	return clean_value(ctx, g_mime_object_get_header(object, name));
}

/* "'Bob' via list" is how lists and web mailers quote; no name is like that. */
static const char *
unquoted(const void *ctx, const char *name)
{
	size_t len = strlen(name);

	if (len >= 2 && (*name == '"' || *name == '\'') &&
	    name[len - 1] == *name)
		return x_strndup(ctx, name + 1, len - 2);
	return name;
}

static void
add_mailboxes(const void *ctx, struct nd_address_list *list,
              InternetAddressList *from, unsigned depth)
{
	int count = from ? internet_address_list_length(from) : 0;

	for (int i = 0; i < count && list->count < ND_LIMIT_ADDRESSES; i++) {
		InternetAddress *ia =
			internet_address_list_get_address(from, i);
		struct nd_address *address;

		if (INTERNET_ADDRESS_IS_GROUP(ia) && depth < GROUP_DEPTH)
			add_mailboxes(ctx, list,
			              internet_address_group_get_members(
					      INTERNET_ADDRESS_GROUP(ia)),
			              depth + 1);
		if (!INTERNET_ADDRESS_IS_MAILBOX(ia))
			continue;
		address = x_append(ctx, list->address, list->count);
		address->name =
			unquoted(list->address,
		                 clean_value(list->address,
		                             internet_address_get_name(ia)));
		address->addr = clean_value(
			list->address, internet_address_mailbox_get_addr(
					       INTERNET_ADDRESS_MAILBOX(ia)));
	}
}

/*
 * Archives write `bob at example.org (Bob S)` so that harvesters stay hungry.
 * Anything else that is not an address is shown as it stands.
 */
static struct nd_address
unparsable_address(const void *ctx, const char *raw)
{
	struct nd_address who = {x_strdup(ctx, raw), ""};
	const char *at = strstr(raw, " at "), *open = strchr(raw, '(');
	size_t len = strlen(raw);
	const char *host, *end;

	if (!at || memchr(raw, ' ', (size_t)(at - raw)))
		return who;
	host = at + strlen(" at ");
	end = open && open > host ? open : raw + len;
	while (end > host && nd_is_space(end[-1]))
		end--;
	if (end == host || memchr(host, ' ', (size_t)(end - host)))
		return who;
	who.addr = x_asprintf(ctx, "%.*s@%.*s", (int)(at - raw), raw,
	                      (int)(end - host), host);
	who.name = "";
	if (open && raw[len - 1] == ')')
		who.name = x_strndup(ctx, open + 1,
		                     len - (size_t)(open + 1 - raw) - 1);
	return who;
}

static struct nd_address
first_address(const void *ctx, InternetAddressList *parsed, const char *raw)
{
	struct nd_address_list list = {0};

	add_mailboxes(ctx, &list, parsed, 0);
	if (list.count > 0 && strchr(list.address[0].addr, '@'))
		return list.address[0];
	return unparsable_address(ctx, raw);
}

static struct nd_address
header_address(const void *ctx, GMimeMessage *mime, const char *name)
{
	const char *raw = header_value(ctx, mime, name);
	InternetAddressList *parsed =
		*raw ? internet_address_list_parse(NULL, raw) : NULL;
	struct nd_address who = {"", ""};

	if (*raw)
		who = first_address(ctx, parsed, raw);
	if (parsed)
		g_object_unref(parsed);
	return who;
}

/* The name before " via list", or NULL when the name is not like that. */
static const char *
name_before_via(const void *ctx, const char *name)
{
	const char *via = strstr(name, " via ");

	if (!via || via == name)
		return NULL;
	return unquoted(ctx, x_strndup(ctx, name, (size_t)(via - name)));
}

/* Is addr the list's own? kvm@lists.example.org has kvm.lists.example.org. */
static bool
is_list_address(const char *addr, const char *list_id)
{
	size_t user = strcspn(addr, "@");

	return addr[user] && strlen(addr) == strlen(list_id) &&
	       list_id[user] == '.' &&
	       nd_mem_equal_nocase(addr, list_id, user) &&
	       nd_str_equal_nocase(addr + user + 1, list_id + user + 1);
}

/*
 * Lists of domains with a strict DMARC policy put their own address into From
 * and move the author elsewhere: Mailman into Reply-To, Google Groups into
 * X-Original-From, others into X-Original-Sender.
 */
static struct nd_address
real_sender(const struct nd_message *message, GMimeMessage *mime)
{
	static const char *const places[] = {"X-Original-From", "Reply-To",
	                                     "X-Original-Sender"};
	const char *name = name_before_via(message, message->from.name);
	bool rewritten =
		name || is_list_address(message->from.addr, message->list_id);

	for (size_t i = 0; rewritten && i < sizeof places / sizeof *places;
	     i++) {
		struct nd_address who =
			header_address(message, mime, places[i]);

		if (!*who.addr || is_list_address(who.addr, message->list_id) ||
		    nd_str_equal_nocase(who.addr, message->from.addr))
			continue;
		if (!*who.name && name)
			who.name = name;
		return who;
	}
	if (name)
		return (struct nd_address){name, message->from.addr};
	return message->from;
}

/* "The list <list.example.org>" -> "list.example.org" */
static const char *
list_id(const void *ctx, GMimeMessage *mime)
{
	const char *value = header_value(NULL, mime, "List-Id");
	const char *open = strrchr(value, '<');
	size_t len = open ? strcspn(open + 1, ">") : strlen(value);
	const char *id = nd_utf8_clean_line(ctx, open ? open + 1 : value, len);

	talloc_free((void *)value);
	return id;
}

static void
add_reference(struct nd_message *message, const char *id)
{
	const char **slot =
		x_append(message, message->reference, message->reference_count);

	*slot = x_strdup(message->reference, id);
}

/*
 * In-Reply-To names the parent, so its id goes last, and is taken out of the
 * References where it may stand earlier.
 */
static void
read_references(struct nd_message *message, GMimeMessage *mime)
{
	GMimeObject *object = GMIME_OBJECT(mime);
	const char *references = g_mime_object_get_header(object, "References");
	const char *reply_to = g_mime_object_get_header(object, "In-Reply-To");
	void *tmp = talloc_new(NULL);
	struct nd_map *seen = nd_map_new(tmp);
	const char *id, *parent = NULL;

	if (reply_to)
		parent = nd_msgid_next(tmp, &reply_to);
	nd_map_set(seen, message->id, NULL);
	if (parent && !nd_map_set(seen, parent, NULL))
		parent = NULL; /* it answers itself */
	while (references && message->reference_count < ND_LIMIT_REFERENCES &&
	       (id = nd_msgid_next(tmp, &references)))
		if (nd_map_set(seen, id, NULL))
			add_reference(message, id);
	if (parent)
		add_reference(message, parent);
	talloc_free(tmp);
}

static struct nd_patchwork *
read_patchwork(const void *ctx, GMimeMessage *mime)
{
	struct nd_patchwork *patchwork = x_new(ctx, struct nd_patchwork);

	patchwork->id = header_value(patchwork, mime, "X-Patchwork-Id");
	patchwork->submitter =
		header_value(patchwork, mime, "X-Patchwork-Submitter");
	patchwork->state = header_value(patchwork, mime, "X-Patchwork-State");
	patchwork->delegate =
		header_value(patchwork, mime, "X-Patchwork-Delegate");
	if (*patchwork->id || *patchwork->submitter)
		return patchwork;
	talloc_free(patchwork);
	return NULL;
}

void
nd_header_read(struct nd_message *message, GMimeMessage *mime)
{
	void *tmp = talloc_new(NULL);
	const char *automatic = header_value(tmp, mime, "Auto-Submitted");
	GDateTime *date = g_mime_message_get_date(mime);

	message->subject = header_value(message, mime, "Subject");
	message->list_id = list_id(message, mime);
	message->from = first_address(message, g_mime_message_get_from(mime),
	                              header_value(tmp, mime, "From"));
	message->sender = real_sender(message, mime);
	add_mailboxes(message, &message->to, g_mime_message_get_to(mime), 0);
	add_mailboxes(message, &message->cc, g_mime_message_get_cc(mime), 0);
	read_references(message, mime);
	message->patchwork = read_patchwork(message, mime);
	if (*automatic && !nd_str_starts_nocase(automatic, "no"))
		message->flags |= ND_MESSAGE_AUTO;
	if (message->date_s == 0 && date)
		message->date_s = g_date_time_to_unix(date);
	talloc_free(tmp);
}
