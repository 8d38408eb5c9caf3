/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/heardlist.h"

#include "model/address.h"

static void
add_heard(const struct nd_heard *heard, struct nd_buf *out)
{
	nd_buf_addf(out, "      %s (%.0f %%): %s\n", heard->act,
	            100 * heard->probability, heard->sentence);
	for (size_t i = 0; i < heard->reason_count; i++)
		nd_buf_addf(out, "        %+.2f %s\n", heard->reason[i].weight,
		            heard->reason[i].what);
}

void
nd_heardlist_add(const struct nd_i18n *i18n, const struct nd_thread *thread,
                 struct nd_buf *out)
{
	int32_t last = ND_NO_MESSAGE;

	if (thread->heard_count == 0)
		return;
	nd_buf_addf(out, "\n    %s\n", nd_tr(i18n, "What each mail does"));
	for (size_t i = 0; i < thread->heard_count; i++) {
		const struct nd_heard *heard = &thread->heard[i];
		const struct nd_message *message =
			thread->message[heard->message];

		if (heard->message != last)
			nd_buf_addf(out, "\n    %s, id:%s\n",
			            nd_address_name(out, &message->sender),
			            message->id);
		last = heard->message;
		add_heard(heard, out);
	}
}
