/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/recipients.h"

#include <string.h>

#include "model/address.h"
#include "util/str.h"

/* "linux-foo@vger.kernel.org" of the list "linux-foo.vger.kernel.org"; local:
 * the bytes before the @ */
static bool
is_of_list(const char *addr, size_t local, const char *list_id)
{
	return nd_lower(*list_id) == nd_lower(*addr) &&
	       strlen(list_id) > local &&
	       nd_mem_equal_nocase(list_id, addr, local) &&
	       list_id[local] == '.' &&
	       nd_str_equal_nocase(list_id + local + 1, addr + local + 1);
}

bool
nd_recipients_is_list(const struct nd_thread *thread,
                      const struct nd_address *who)
{
	static const char *const parts[] = {
		"@vger.", "@list.",  "@lists.", "@googlegroups.",
		"-list@", "-devel@", "-users@", "@lore.",
	};
	size_t len = strlen(who->addr), local = strcspn(who->addr, "@");

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (nd_mem_find_nocase(who->addr, len, parts[i]))
			return true;
	if (!*who->name && nd_mem_starts_nocase(who->addr, len, "linux-"))
		return true;
	for (size_t i = 0; local < len && i < thread->message_count; i++)
		if (is_of_list(who->addr, local, thread->message[i]->list_id))
			return true;
	return false;
}

const struct nd_address *
nd_recipients_first(const struct nd_thread *thread,
                    const struct nd_message *message, bool *only)
{
	const struct nd_address *first = NULL;
	size_t count = 0;

	for (size_t i = 0; i < message->to.count; i++) {
		const struct nd_address *who = &message->to.address[i];

		if (nd_recipients_is_list(thread, who) ||
		    nd_address_same_person(who, &message->sender))
			continue;
		if (count++ == 0)
			first = who;
	}
	if (only)
		*only = count == 1;
	return first;
}
