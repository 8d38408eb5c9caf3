/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words/subthread.h"

#include "util/alloc.h"

/* What came of it, with the names of those who say so. */
static const char *
outcome_of(const void *ctx, const struct nd_labels *labels,
           const struct nd_subthread *tree)
{
	const char *by = tree->by;

	switch (tree->outcome) {
	case ND_OUTCOME_ANSWERED:
		return nd_label_tr(labels, "questions answered");
	case ND_OUTCOME_AGREED:
		return nd_label_tr(labels, "agreed");
	case ND_OUTCOME_ASKED:
		return x_asprintf(
			ctx, nd_label_tr(labels, "open question by %s"), by);
	case ND_OUTCOME_TAGGED:
		return x_asprintf(ctx, "%s %s", tree->tag, by);
	case ND_OUTCOME_CHANGES_REQUESTED:
		return x_asprintf(
			ctx, nd_label_tr(labels, "changes requested by %s"),
			by);
	case ND_OUTCOME_CHANGES_PROMISED:
		return x_asprintf(
			ctx, nd_label_tr(labels, "changes promised by %s"), by);
	case ND_OUTCOME_NACK:
		return x_asprintf(ctx, nd_label_tr(labels, "NAK by %s"), by);
	case ND_OUTCOME_SUPERSEDED:
		return nd_label_tr(labels, "superseded");
	case ND_OUTCOME_WITHDRAWN:
		return nd_label_tr(labels, "withdrawn");
	case ND_OUTCOME_REJECTED:
		return x_asprintf(ctx, nd_label_tr(labels, "rejected by %s"),
		                  by);
	case ND_OUTCOME_APPLIED:
		return x_asprintf(ctx, nd_label_tr(labels, "applied by %s"),
		                  by);
	case ND_OUTCOME_NONE:
	case ND_OUTCOME_COUNT:
		break;
	}
	return "";
}

/* "[3/8] vfs: count them, begun by Will Deacon" */
static const char *
title_of(const void *ctx, const struct nd_labels *labels,
         const struct nd_subthread *tree)
{
	if (!tree->who)
		return tree->title ? tree->title : "";
	if (!tree->title)
		return x_asprintf(ctx, nd_label_tr(labels, "Begun by %s"),
		                  tree->who);
	return x_asprintf(ctx, nd_label_tr(labels, "%s, begun by %s"),
	                  tree->title, tree->who);
}

/* "[3/8] vfs: count them (5 mails; Acked-by Will Deacon)" */
static const char *
line_of(const void *ctx, const struct nd_labels *labels,
        const struct nd_subthread *tree)
{
	void *tmp = talloc_new(NULL);
	const char *facts[2], *line;

	facts[0] = nd_label_mails(tmp, labels, tree->messages);
	facts[1] = outcome_of(tmp, labels, tree);
	line = x_asprintf(ctx, nd_label_tr(labels, "%s (%s)"),
	                  title_of(tmp, labels, tree),
	                  nd_label_join(tmp, labels, facts, 2));
	talloc_free(tmp);
	return line;
}

const char *
nd_subthread_heading(const void *ctx, const struct nd_labels *labels,
                     const struct nd_thread *thread, enum nd_zone zone,
                     size_t i)
{
	const struct nd_item *item = thread->summary->zone[zone].item;
	const struct nd_subthread *tree = item[i].subthread;

	if (!tree || !nd_summary_zone_has_headings(zone) ||
	    (i > 0 && item[i - 1].subthread == tree))
		return "";
	return line_of(ctx, labels, tree);
}

const char *
nd_subthread_rest(const void *ctx, const struct nd_labels *labels,
                  const struct nd_item_list *list, size_t i)
{
	void *tmp;
	const char *rest;

	if (i < list->rest_count)
		return line_of(ctx, labels, list->rest[i]);
	if (i > list->rest_count || list->more_subthreads == 0)
		return NULL;
	tmp = talloc_new(NULL);
	rest = x_asprintf(ctx,
	                  nd_trn(labels->i18n, "and %u more sub-thread, %s",
	                         "and %u more sub-threads, %s",
	                         list->more_subthreads),
	                  list->more_subthreads,
	                  nd_label_mails(tmp, labels, list->more_messages));
	talloc_free(tmp);
	return rest;
}
