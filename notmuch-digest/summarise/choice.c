/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/choice.h"

bool
nd_choices_leads(const struct nd_choices *choices, size_t i)
{
	const struct nd_choice *choice = &choices->choice[i];

	return i + 1 < choices->count && choice[1].led &&
	       choice[1].candidate == choice->candidate + 1;
}
