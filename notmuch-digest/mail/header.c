/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/header.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mail/msgid.h"
#include "model/address.h"
#include "model/relayname.h"
#include "model/writer.h"
#include "model/writerline.h"
#include "util/alloc.h"
#include "util/archiveurl.h"
#include "util/limits.h"
#include "util/map.h"
#include "util/str.h"
#include "util/utf8.h"

/* Groups of groups are not in the grammar, but parsers let them pass. */
#define GROUP_DEPTH 3

/* Where an invitation lies in a mail. */
#define TYPES_DEPTH 2
#define TYPES_LOOKED_AT 8

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

/*
 * The header of a mail, and by bits of a hash which names may be in it: most of
 * the many that are asked for are not.
 */
struct fields {
	GMimeMessage *mime;
	uint64_t seen;
};

static uint64_t
bit_of(const char *name)
{
	size_t len = strlen(name);
	unsigned char last = len > 0 ? (unsigned char)name[len - 1] : 0;

	return UINT64_C(1) << ((len * 5 + (unsigned char)nd_lower(*name) * 3 +
	                        (unsigned char)nd_lower((char)last)) %
	                       64);
}

static struct fields
fields_of(GMimeMessage *mime)
{
	GMimeHeaderList *list =
		g_mime_object_get_header_list(GMIME_OBJECT(mime));
	struct fields fields = {.mime = mime};

	for (int i = 0; i < g_mime_header_list_get_count(list); i++) {
		GMimeHeader *header = g_mime_header_list_get_header_at(list, i);

		fields.seen |= bit_of(g_mime_header_get_name(header));
	}
	return fields;
}

/* As it stands there, of the first field of that name; NULL: there is none. */
static const char *
raw_value(const struct fields *fields, const char *name)
{
	return fields->seen & bit_of(name)
	               ? g_mime_object_get_header(GMIME_OBJECT(fields->mime),
	                                          name)
	               : NULL;
}

static const char *
header_value(const void *ctx, const struct fields *fields, const char *name)
{
	const char *raw = raw_value(fields, name);

	return raw ? clean_value(ctx, raw) : "";
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

/* Where relays keep the author's address, the surest first. */
static const char *const originals[] = {
	"X-Original-From", /* Google Groups, Sympa, b4's relay */
	"X-Google-Original-From", "X-Mailman-Original-From",
	"Original-From",          "Author", /* RFC 9057 */
	"X-Original-Author",      "X-Patchwork-Submitter",
	"X-Original-Sender", /* Google Groups, the address alone */
};

/* What names addresses of the list that has sent the mail. */
static const char *const list_fields[] = {
	"List-Post",
	"X-BeenThere",
	"X-Mailing-List",
	"Mailing-List",
};

/* What a service's own field tells of the one who acted. */
enum tells { NAMED = 1, LOGIN = 2 };

static const struct {
	const char *field;
	unsigned tells; /* that From has the name; that it is the login */
} services[] = {
	{"X-GitHub-Sender", NAMED | LOGIN}, /* GitHub and its likes */
	{"X-Gitea-Sender", NAMED | LOGIN},
	{"X-Forgejo-Sender", NAMED | LOGIN},
	{"X-GitLab-Project", NAMED},
	{"X-Redmine-Sender", NAMED | LOGIN},
	{"X-Launchpad-Message-Rationale", NAMED},
	{"X-JIRA-FingerPrint", NAMED},
	{"X-Gerrit-MessageType", NAMED},
	{"X-Phabricator-Sent-This-Message", NAMED},
	{"X-Discourse-Post-Id", NAMED},
	{"X-Roundup-Name", NAMED},
	{"X-ReviewBoard-URL", NAMED},
	{"X-pagure-project", NAMED},
	{"X-Bugzilla-Type", 0}, /* the text has the name */
	{"X-Trac-Project", 0},
};

/* Notifications that no person caused. */
static const struct {
	const char *field, *value; /* NULL: any */
} machines[] = {
	{"X-GitHub-Reason", "ci_activity"},
	{"X-GitHub-Reason", "security_alert"},
	{"X-GitLab-Pipeline-Id", NULL},
	{"X-Gerrit-MessageType", "verification"},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static void
add_originals(const void *ctx, struct nd_address_list *list,
              const struct fields *fields)
{
	for (size_t i = 0; i < COUNT(originals); i++) {
		const char *raw = header_value(ctx, fields, originals[i]);
		InternetAddressList *parsed =
			*raw ? internet_address_list_parse(NULL, raw) : NULL;

		if (parsed)
			add_mailboxes(ctx, list, parsed, 0);
		if (parsed)
			g_object_unref(parsed);
	}
}

/* Mailman 3 tells whose the envelope was: the author's, or of his bounces. */
static void
add_envelope(const void *ctx, struct nd_address_list *list,
             const struct fields *fields)
{
	const struct nd_address_list old = *list;
	const char *raw = header_value(ctx, fields, "X-MailFrom");
	InternetAddressList *parsed =
		*raw ? internet_address_list_parse(NULL, raw) : NULL;

	if (!parsed)
		return;
	*list = (struct nd_address_list){0};
	for (size_t i = 0; i < old.count; i++)
		*x_append(ctx, list->address, list->count) = old.address[i];
	add_mailboxes(ctx, list, parsed, 0);
	g_object_unref(parsed);
}

static const char *
list_addresses(const void *ctx, const struct fields *fields)
{
	const char *all = "";

	for (size_t i = 0; i < COUNT(list_fields); i++) {
		const char *value = header_value(ctx, fields, list_fields[i]);

		if (*value)
			all = x_asprintf(ctx, "%s %s", all, value);
	}
	return all;
}

static bool
is_by_machine(const void *ctx, const struct fields *fields)
{
	for (size_t i = 0; i < COUNT(machines); i++) {
		const char *value =
			header_value(ctx, fields, machines[i].field);

		if (*value && (!machines[i].value ||
		               nd_str_equal_nocase(value, machines[i].value)))
			return true;
	}
	return false;
}

/* Is it a service's mail at all? */
static bool
find_service(const void *ctx, struct nd_writer_clues *clues,
             const struct fields *fields)
{
	bool found = false;

	clues->login = "";
	for (size_t i = 0; i < COUNT(services); i++) {
		const char *value =
			header_value(ctx, fields, services[i].field);

		if (!*value)
			continue;
		found = true;
		if (services[i].tells & NAMED)
			clues->service = true;
		if ((services[i].tells & LOGIN) && !*clues->login)
			clues->login = value;
	}
	return found;
}

/* The person who wrote the mail, whoever stands in From. */
static void
find_sender(struct nd_message *message, const struct fields *fields)
{
	void *tmp = talloc_new(message);
	struct nd_writer_clues clues = {
		.from = message->from,
		.list_id = message->list_id,
		.cc = message->cc,
		.list = list_addresses(tmp, fields),
	};

	find_service(tmp, &clues, fields);
	message->sender = message->from;
	if (is_by_machine(tmp, fields))
		return;
	add_originals(tmp, &clues.original, fields);
	add_envelope(tmp, &clues.cc, fields);
	add_mailboxes(tmp, &clues.reply_to,
	              g_mime_message_get_reply_to(fields->mime), 0);
	message->sender = nd_writer_find(tmp, &clues);
	message->sender.name = x_strdup(message, message->sender.name);
	message->sender.addr = x_strdup(message, message->sender.addr);
	talloc_free(tmp);
}

/* Has one of these the address, or the name that goes with it? */
static bool
is_one_of(const struct nd_address *who, const struct nd_address_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (nd_address_same_person(&list->address[i], who))
			return true;
	return false;
}

/* Who may be meant, besides those to whom the mail was sent. */
static bool
is_of_writer(const struct nd_message *message, const struct nd_address *who)
{
	return nd_address_same_person(&message->from, who) ||
	       nd_address_same_person(&message->sender, who) ||
	       (*who->name && strcmp(who->name, message->from.name) == 0);
}

/* Who leads answers away from the list wants no answers of the list; what
 * services send has addresses of theirs there. */
static bool
leads_away(const struct nd_message *message, const struct fields *fields)
{
	void *tmp = talloc_new(NULL);
	struct nd_writer_clues clues = {.from = message->from};
	struct nd_address_list to = {0};
	const char *lists = list_addresses(tmp, fields);
	bool away = false;

	if (find_service(tmp, &clues, fields) || is_by_machine(tmp, fields))
		goto done;
	add_mailboxes(tmp, &to, g_mime_message_get_reply_to(fields->mime), 0);
	away = to.count > 0;
	for (size_t i = 0; i < to.count; i++)
		if (is_of_writer(message, &to.address[i]) ||
		    is_one_of(&to.address[i], &message->to) ||
		    is_one_of(&to.address[i], &message->cc) ||
		    nd_mem_find_nocase(lists, strlen(lists),
		                       to.address[i].addr))
			away = false;
done:
	talloc_free(tmp);
	return away;
}

/* "undisclosed-recipients:;" is nobody; behind a gateway To may be missing. */
static void
find_bulk(struct nd_message *message, const struct fields *fields)
{
	bool to_nobody = raw_value(fields, "To") && message->to.count == 0 &&
	                 message->cc.count == 0;

	if (to_nobody || leads_away(message, fields))
		message->flags |= ND_MESSAGE_BULK;
}

/* "The list <list.example.org>" -> "list.example.org" */
static const char *
list_id(const void *ctx, const struct fields *fields)
{
	void *tmp = talloc_new(NULL);
	const char *value = header_value(tmp, fields, "List-Id");
	const char *open = strrchr(value, '<');
	size_t len = open ? strcspn(open + 1, ">") : strlen(value);
	const char *id = nd_utf8_clean_line(ctx, open ? open + 1 : value, len);

	talloc_free(tmp);
	return id;
}

static const char *
archive_link(const struct nd_message *message, const struct fields *fields)
{
	void *tmp = talloc_new(NULL);
	const char *link = nd_archiveurl_of_header(
		message, header_value(tmp, fields, "Archived-At"),
		header_value(tmp, fields, "List-Archive"), message->id);

	talloc_free(tmp);
	return link;
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
read_references(struct nd_message *message, const struct fields *fields)
{
	const char *references = raw_value(fields, "References");
	const char *reply_to = raw_value(fields, "In-Reply-To");
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
read_patchwork(const void *ctx, const struct fields *fields)
{
	struct nd_patchwork *patchwork = x_new(ctx, struct nd_patchwork);

	patchwork->id = header_value(patchwork, fields, "X-Patchwork-Id");
	patchwork->submitter =
		header_value(patchwork, fields, "X-Patchwork-Submitter");
	patchwork->state = header_value(patchwork, fields, "X-Patchwork-State");
	patchwork->delegate =
		header_value(patchwork, fields, "X-Patchwork-Delegate");
	if (*patchwork->id || *patchwork->submitter)
		return patchwork;
	talloc_free(patchwork);
	return NULL;
}

struct sign {
	const char *header;
	const char *start; /* of its value; "" for any but "no" */
};

/*
 * What those add who answer in somebody's absence, and those who bring back
 * what could not be delivered. Not among them: X-Auto-Response-Suppress, which
 * Exchange also puts into what people write.
 */
static const struct sign responder_signs[] = {
	{"Auto-Submitted", "auto-replied"}, /* RFC 3834 */
	{"Precedence", "auto_reply"},
	{"Precedence", "auto-reply"},
	{"X-Autoreply", ""}, /* Gmail, Plesk, Zarafa */
	{"X-Autoreply-From", ""},
	{"X-Auto-Reply", ""},
	{"X-Auto-Reply-From", ""},
	{"X-Autorespond", ""}, /* cPanel, qmail */
	{"X-Autoresponder", ""},
	{"X-Autoresponse", ""},
	{"X-Mail-Autoreply", ""},
	{"X-Autogenerated", "reply"},
	{"X-Yahoo-Autoreply", ""},
	{"X-FC-MachineGenerated", "true"},           /* FirstClass */
	{"X-POST-MessageClass", "9; autoresponder"}, /* iPlanet */
	{"X-Failed-Recipients", ""},                 /* Exim, Gmail */
};

/* What services add that run something and mail what came of it. */
static const struct sign program_signs[] = {
	{"Auto-Submitted", ""},           {"X-Jenkins-Job", ""},
	{"X-Jenkins-Result", ""},         {"X-GitLab-Pipeline-Id", ""},
	{"X-GitLab-Pipeline-Status", ""}, {"X-GitHub-Reason", "ci_activity"},
	{"X-Travis-Repository", ""},      {"X-CI-Job", ""},
	{"X-Buildbot-Builder", ""},
};

static bool
has_sign(const struct fields *fields, const struct sign *sign, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *value = raw_value(fields, sign[i].header);

		while (value && nd_is_space(*value))
			value++;
		if (value && *value && !nd_str_starts_nocase(value, "no") &&
		    nd_str_starts_nocase(value, sign[i].start))
			return true;
	}
	return false;
}

#define HAS_SIGN(fields, signs) \
	has_sign(fields, signs, sizeof(signs) / sizeof *(signs))

/* Delivery reports and receipts (RFC 6522), and invitations (RFC 6047). */
static bool
is_by_type(GMimeObject *part)
{
	const char *kind = part ? g_mime_object_get_content_type_parameter(
					  part, "report-type")
	                        : NULL;
	GMimeContentType *type =
		part ? g_mime_object_get_content_type(part) : NULL;

	if (kind && type &&
	    g_mime_content_type_is_type(type, "multipart", "report"))
		return nd_str_equal_nocase(kind, "delivery-status") ||
		       nd_str_equal_nocase(kind, "disposition-notification");
	return type && g_mime_content_type_is_type(type, "text", "calendar") &&
	       g_mime_object_get_content_type_parameter(part, "method");
}

/* Invitations lie beside a text, at times with an attachment around both. */
static bool
is_by_types(GMimeObject *part, int depth)
{
	int count;

	if (!part || is_by_type(part))
		return part != NULL;
	if (!GMIME_IS_MULTIPART(part) || depth == 0)
		return false;
	count = g_mime_multipart_get_count(GMIME_MULTIPART(part));
	for (int i = 0; i < count && i < TYPES_LOOKED_AT; i++)
		if (is_by_types(
			    g_mime_multipart_get_part(GMIME_MULTIPART(part), i),
			    depth - 1))
			return true;
	return false;
}

/* Forges call all their mail generated, also what a person says there. */
static bool
is_by_person(const struct nd_message *message, const struct fields *fields)
{
	static const struct sign generated[] = {
		{"Auto-Submitted", "auto-generated"},
	};

	return !*message->sender.addr && *message->sender.name &&
	       HAS_SIGN(fields, generated);
}

static void
read_automatic(struct nd_message *message, const struct fields *fields)
{
	if (HAS_SIGN(fields, program_signs) && !is_by_person(message, fields))
		message->flags |= ND_MESSAGE_AUTO;
	if (HAS_SIGN(fields, responder_signs) ||
	    is_by_types(g_mime_message_get_mime_part(fields->mime),
	                TYPES_DEPTH))
		message->flags |= ND_MESSAGE_AUTO | ND_MESSAGE_RESPONDER;
}

/* As git writes it, encoded words and all. */
static struct nd_address
parse_address(const void *ctx, const char *text, size_t len)
{
	char *raw = x_strndup(ctx, text, len);
	InternetAddressList *parsed = internet_address_list_parse(NULL, raw);
	struct nd_address who = first_address(ctx, parsed, raw);

	if (parsed)
		g_object_unref(parsed);
	return who;
}

/* What a tracker says above the words of a person is not his. */
static void
mark_preamble(struct nd_body *body, size_t end)
{
	for (size_t i = 0; i < end; i++) {
		if (body->line[i].kind == ND_LINE_OWN)
			body->own_bytes -= body->line[i].len;
		if (body->line[i].kind == ND_LINE_OWN ||
		    body->line[i].kind == ND_LINE_DIFF)
			body->line[i].kind = ND_LINE_ATTRIBUTION;
	}
}

static bool
is_of_tracker(const struct nd_message *message, GMimeMessage *mime)
{
	struct fields fields = fields_of(mime);
	struct nd_writer_clues clues = {0};
	void *tmp = talloc_new(NULL);
	bool found = find_service(tmp, &clues, &fields);

	talloc_free(tmp);
	return found || nd_writer_is_relay(&message->from);
}

/* People send their own patches from other addresses, often without a name. */
static void
take_author(struct nd_message *message, const struct nd_address *author)
{
	struct nd_address *sender = &message->sender;
	const char *person;
	size_t len;

	if (!*author->addr ||
	    nd_relayname_read(author->name, &person, &len) == ND_RELAYNAME_SURE)
		return; /* git took him from a mail of the list */
	/* Who sends a patch of his namesake, and has the account, is the one. */
	if (nd_address_same_person(author, sender) ||
	    (!*sender->name && nd_address_has_account(author, sender->addr))) {
		if (!*sender->name)
			sender->name = author->name;
		if (!*sender->addr)
			sender->addr = author->addr;
		message->author = *sender;
	} else {
		message->author = *author;
	}
}

void
nd_header_read_inner(struct nd_message *message, GMimeMessage *mime)
{
	struct nd_body *body = message->body;
	struct nd_writerline found;
	struct nd_address who;

	message->author = message->sender;
	if (nd_writerline_of_patch(body, &found)) {
		who = parse_address(message, found.text, found.len);
		take_author(message, &who);
		message->author_first = found.first;
		message->author_until = found.until;
	} else if (is_of_tracker(message, mime) &&
	           nd_writerline_of_comment(body, &found)) {
		message->sender = nd_writerline_address(message, &found);
		message->author = message->sender;
		message->flags &= ~(unsigned)ND_MESSAGE_AUTO;
		mark_preamble(body, found.first);
	}
}

/* The database has the Date of one of the mail's files, maybe not of this. */
static void
read_times(struct nd_message *message, GMimeMessage *mime,
           struct nd_received *received)
{
	GDateTime *date = g_mime_message_get_date(mime);
	int64_t date_s = date ? g_date_time_to_unix(date) : 0;

	if (message->written_s == 0)
		message->written_s = message->date_s ? message->date_s : date_s;
	if (message->date_s == 0)
		message->date_s = message->written_s;
	if (date_s == message->written_s)
		nd_received_times(received, &message->received_first_s,
		                  &message->received_s);
}

void
nd_header_read(struct nd_message *message, GMimeMessage *mime,
               struct nd_received *received)
{
	const struct fields fields = fields_of(mime);
	void *tmp = talloc_new(NULL);

	message->subject = header_value(message, &fields, "Subject");
	message->list_id = list_id(message, &fields);
	message->link = archive_link(message, &fields);
	message->from = first_address(message, g_mime_message_get_from(mime),
	                              header_value(tmp, &fields, "From"));
	add_mailboxes(message, &message->to, g_mime_message_get_to(mime), 0);
	add_mailboxes(message, &message->cc, g_mime_message_get_cc(mime), 0);
	read_references(message, &fields);
	message->patchwork = read_patchwork(message, &fields);
	find_sender(message, &fields);
	find_bulk(message, &fields);
	message->author = message->sender;
	read_automatic(message, &fields);
	read_times(message, mime, received);
	talloc_free(tmp);
}
