/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/act.h"

#include <math.h>

/* A sentence beside the best one says it from these odds on: p = 0.4. */
static const float SAID = -0.4f;

bool
nd_act_is_done(const struct nd_act_mail *mail, enum nd_act act)
{
	return mail->done[act];
}

static void
put_in_order(size_t *sentence, size_t count, size_t index)
{
	while (count > 0 && sentence[count - 1] > index) {
		sentence[count] = sentence[count - 1];
		count--;
	}
	sentence[count] = index;
}

size_t
nd_act_sentences(const struct nd_act_mail *mail, enum nd_act act,
                 size_t *sentence)
{
	float below = INFINITY;
	size_t count = 0, found[ND_ACT_SENTENCES];

	if (!nd_act_is_done(mail, act))
		return 0;
	while (count < ND_ACT_SENTENCES) {
		size_t best = SIZE_MAX;

		for (size_t i = 0; i < mail->said.count; i++) {
			float odds = mail->sentence[i].act[act];
			bool taken = false;

			for (size_t k = 0; k < count; k++)
				taken = taken || found[k] == i;
			if (!taken && odds <= below &&
			    (best == SIZE_MAX ||
			     odds > mail->sentence[best].act[act]))
				best = i;
		}
		if (best == SIZE_MAX ||
		    (count > 0 && mail->sentence[best].act[act] < SAID))
			break;
		below = mail->sentence[best].act[act];
		found[count] = best;
		put_in_order(sentence, count++, best);
	}
	return count;
}

const char *
nd_act_name(enum nd_act act)
{
	static const char *const names[ND_ACT_COUNT] = {
		[ND_ACT_ASKS] = "asks",
		[ND_ACT_ANSWERS] = "answers",
		[ND_ACT_REQUESTS] = "requests-change",
		[ND_ACT_PROMISES] = "promises-change",
		[ND_ACT_APPROVES] = "approves",
		[ND_ACT_OBJECTS] = "objects",
		[ND_ACT_APPLIES] = "applies",
		[ND_ACT_REPORTS] = "reports-result",
		[ND_ACT_WITHDRAWS] = "withdraws",
		[ND_ACT_DEFERS] = "defers",
		[ND_ACT_DECIDES] = "decides",
	};

	return names[act];
}
