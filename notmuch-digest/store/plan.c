/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/plan.h"

#include <string.h>

#include "util/alloc.h"
#include "util/buf.h"

enum { LINE_BYTES = 1 << 16 };

struct planner {
	struct nd_plan *plan;
	const struct nd_plan_rules *rules;
	const struct nd_desired *desired;
	const struct nd_index_thread *indexed;
	bool renewed; /* the digest was old, and is not any more */
};

static bool
has_tag(const struct nd_index_mail *mail, const char *tag)
{
	for (size_t i = 0; mail && i < mail->tag_count; i++)
		if (strcmp(mail->tag[i], tag) == 0)
			return true;
	return false;
}

static struct nd_action *
add_action(struct planner *p, enum nd_action_kind kind, const char *id,
           const struct nd_index_mail *mail)
{
	struct nd_action *action =
		x_append(p->plan, p->plan->action, p->plan->count);

	action->kind = kind;
	action->id = id;
	action->mail = mail;
	return action;
}

/* Want the tag called name on the action's mail. */
static void
want_tag(struct planner *p, struct nd_action *action, const char *name)
{
	const char *tag = nd_tag_full(p->plan, p->rules->tags, name);

	if (!has_tag(action->mail, tag))
		*x_append(p->plan, action->add, action->add_count) = tag;
}

/* Take off the tags of a group, except for the one called name (or NULL). */
static void
drop_group(struct planner *p, struct nd_action *action, enum nd_tag_group group,
           const char *name)
{
	const struct nd_index_mail *mail = action->mail;
	const char *keep =
		name ? nd_tag_full(p->plan, p->rules->tags, name) : "";

	for (size_t i = 0; mail && i < mail->tag_count; i++)
		if (nd_tag_group(p->rules->tags, mail->tag[i]) == group &&
		    strcmp(mail->tag[i], keep) != 0)
			*x_append(p->plan, action->remove,
			          action->remove_count) = mail->tag[i];
}

static void
set_group(struct planner *p, struct nd_action *action, enum nd_tag_group group,
          const char *name)
{
	drop_group(p, action, group, name);
	if (name)
		want_tag(p, action, name);
}

static bool
changes_model(const struct nd_action *action)
{
	return action->model &&
	       (!action->mail ||
	        strcmp(action->model, action->mail->model) != 0);
}

/* An action that changes nothing is none. */
static void
drop_if_empty(struct planner *p, const struct nd_action *action)
{
	if (action->add_count == 0 && action->remove_count == 0 &&
	    action->file_count == 0 && !action->unmark && !action->clean_new &&
	    !action->me && !action->query && !changes_model(action) &&
	    (!action->key || (action->mail && action->mail->marked &&
	                      strcmp(action->key, action->mail->key) == 0)))
		p->plan->count--;
}

static const char *
result_name(const struct planner *p, bool has_digest)
{
	if (p->desired->flags & ND_DESIRED_FAILED)
		return "failed";
	if (p->desired->flags & ND_DESIRED_STALE)
		return "stale";
	if (p->desired->digest_id || (p->desired->flags & ND_DESIRED_ADOPT))
		return "summarized";
	if (p->desired->flags & ND_DESIRED_NO_MAIL)
		return NULL;
	/* A digest of another host, or from before, that we do not renew. */
	return has_digest ? "stale" : NULL;
}

static bool
has_id(const char *const *list, size_t count, const char *id)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i], id) == 0)
			return true;
	return false;
}

static bool
asks(const struct nd_desired *desired, const char *id)
{
	return has_id(desired->asks, desired->ask_count, id);
}

static bool
is_dismissed(const struct nd_desired *desired, const char *id)
{
	return has_id(desired->dismissed, desired->dismissed_count, id);
}

static bool
is_done(const struct nd_desired *desired, const char *id)
{
	return has_id(desired->done, desired->done_count, id);
}

/* It needs the user, or not: unless the user has said that it does not. */
static void
plan_me(struct planner *p, struct nd_action *action, bool wanted)
{
	const struct nd_index_mail *mail = action->mail;
	bool has = has_tag(mail, nd_tag_full(p->plan, p->rules->tags, "me"));

	if (wanted && (has || !mail->asked)) {
		want_tag(p, action, "me");
		action->me = mail->asked ? NULL : "1";
	} else if (!wanted) {
		drop_group(p, action, ND_TAG_ME, NULL);
		/* What the user has said is not forgotten, nor what another
		 * thread has done by those who see this one alone. */
		if (is_done(p->desired, mail->id))
			action->me = mail->asked ? NULL : "1";
		else if (has && mail->asked &&
		         !is_dismissed(p->desired, mail->id))
			action->me = "";
	}
}

/* Does a mail ask that has not been seen to ask before? */
static bool
asks_anew(const struct planner *p)
{
	for (size_t i = 0; i < p->desired->ask_count; i++) {
		const struct nd_index_mail *mail =
			nd_index_find_mail(p->indexed, p->desired->asks[i]);

		if (mail && !mail->asked)
			return true;
	}
	return false;
}

static void
plan_root_me(struct planner *p, struct nd_action *action)
{
	bool asked = action->mail->asked;

	plan_me(p, action, p->desired->ask_count > 0);
	/* It stands for the thread, and there is something new. */
	if (asked && asks_anew(p))
		want_tag(p, action, "me");
}

static void
plan_root(struct planner *p, const struct nd_index_mail *root, bool has_digest)
{
	const struct nd_desired *desired = p->desired;
	struct nd_action *action = add_action(p, ND_ACTION_TAG, root->id, root);
	const char *state = NULL;

	if (desired->state)
		state = x_asprintf(p->plan, "state/%s", desired->state);
	set_group(p, action, ND_TAG_CATEGORY, desired->category);
	set_group(p, action, ND_TAG_STATE, state);
	set_group(p, action, ND_TAG_STALLED,
	          desired->flags & ND_DESIRED_STALLED ? "stalled" : NULL);
	set_group(p, action, ND_TAG_RESULT, result_name(p, has_digest));
	if (desired->flags & ND_DESIRED_LARGE)
		want_tag(p, action, "large");
	plan_root_me(p, action);
	action->key = desired->key;
	drop_if_empty(p, action);
}

/*
 * The clock alone can make a thread stalled, or the user's; one that was ahead
 * has made too many stalled. Mail of other threads can do what was to be done.
 */
static void
plan_quiet(struct planner *p, const struct nd_index_mail *root)
{
	const struct nd_desired *desired = p->desired;
	struct nd_action *action = add_action(p, ND_ACTION_TAG, root->id, root);

	set_group(p, action, ND_TAG_STALLED,
	          desired->flags & ND_DESIRED_STALLED ? "stalled" : NULL);
	if (desired->ask_count > 0 || is_done(desired, root->id))
		plan_root_me(p, action);
	drop_if_empty(p, action);
	for (size_t i = 0; i < p->indexed->count; i++) {
		const struct nd_index_mail *mail = p->indexed->mail[i];
		bool wanted = asks(desired, mail->id);

		if (mail == root || (!wanted && !is_done(desired, mail->id)))
			continue;
		action = add_action(p, ND_ACTION_TAG, mail->id, mail);
		plan_me(p, action, wanted);
		action->key = mail->marked ? NULL : "";
		drop_if_empty(p, action);
	}
}

static bool
keeps_tag(const struct planner *p, const struct nd_action *action)
{
	const struct nd_index_mail *mail = action->mail;
	size_t ours = action->add_count;

	for (size_t i = 0; i < mail->tag_count; i++)
		ours += nd_tag_group(p->rules->tags, mail->tag[i]) !=
		        ND_TAG_NONE;
	return ours > action->remove_count;
}

/* The tag was there, and is not: that must not be forgotten. */
static bool
was_asked(const struct planner *p, const struct nd_index_mail *mail)
{
	return mail->asked &&
	       !has_tag(mail, nd_tag_full(p->plan, p->rules->tags, "me"));
}

/* A mail that is neither the root nor a digest. */
static void
plan_other(struct planner *p, const struct nd_index_mail *mail)
{
	bool every = p->rules->every_mail;
	struct nd_action *action = add_action(p, ND_ACTION_TAG, mail->id, mail);

	if (every)
		set_group(p, action, ND_TAG_CATEGORY, p->desired->category);
	/* A digest that is found again knows only that some mail asks. */
	if (asks(p->desired, mail->id) ||
	    !(p->desired->flags & ND_DESIRED_ADOPT))
		plan_me(p, action, asks(p->desired, mail->id));
	if (mail->marked) {
		/* It was a root once: threads merge. */
		if (!every)
			drop_group(p, action, ND_TAG_CATEGORY, NULL);
		drop_group(p, action, ND_TAG_STATE, NULL);
		drop_group(p, action, ND_TAG_STALLED, NULL);
		drop_group(p, action, ND_TAG_RESULT, NULL);
		/* It shared the id of a digest once. */
		drop_group(p, action, ND_TAG_DIGEST, NULL);
		drop_group(p, action, ND_TAG_FRESH, NULL);
		drop_group(p, action, ND_TAG_REPORT, NULL);
		action->key = *mail->key ? "" : NULL;
		action->unmark = !keeps_tag(p, action) && !was_asked(p, mail);
	} else if (action->add_count > 0) {
		action->key = "";
	}
	drop_if_empty(p, action);
}

static void
plan_write(struct planner *p, const struct nd_place *place)
{
	const struct nd_index_mail *old = place->digest;
	struct nd_action *action =
		add_action(p, ND_ACTION_WRITE, p->desired->digest_id, old);

	action->key = p->desired->key;
	action->model = p->desired->model ? p->desired->model : "";
	if (old) {
		action->file = old->own;
		action->file_count = old->own_count;
	}
	/* What we have marked bears what the user gave it. */
	action->clean_new = !old || !old->marked;
	if (action->clean_new || !(p->desired->flags & ND_DESIRED_ADOPT)) {
		want_tag(p, action, "");
		want_tag(p, action, "fresh");
	}
}

/* A digest that lost its tags, or has more than one file. */
static void
plan_adopt(struct planner *p, const struct nd_index_mail *digest)
{
	struct nd_action *action =
		add_action(p, ND_ACTION_TAG, digest->id, digest);

	if (!digest->marked) {
		want_tag(p, action, "");
		action->clean_new = true;
	}
	if ((!digest->marked && (p->rules->killed || p->rules->others)) ||
	    p->renewed)
		want_tag(p, action, "fresh");
	action->key = p->desired->key;
	action->model = p->desired->model;
	action->file = digest->own + 1;
	action->file_count = digest->own_count - 1;
	drop_if_empty(p, action);
}

static void
plan_drop(struct planner *p, const struct nd_index_mail *mail)
{
	struct nd_action *action =
		add_action(p, ND_ACTION_DROP, mail->id, mail);

	action->file = mail->own;
	action->file_count = mail->own_count;
	/* What remains of a shared id is new mail to the user. */
	if (mail->foreign_count == 0)
		return;
	for (enum nd_tag_group g = ND_TAG_NONE + 1; g < ND_TAG_GROUP_COUNT; g++)
		drop_group(p, action, g, NULL);
	action->unmark = true;
}

/*
 * The digests of the thread: the one at its place is written, adopted or left;
 * another one (threads merge), or a file of ours under an id that foreign mail
 * has taken since, goes.
 */
static bool
plan_digests(struct planner *p, const struct nd_place *place)
{
	const struct nd_desired *desired = p->desired;
	bool drop_all = desired->flags & ND_DESIRED_NO_MAIL;
	bool has_digest = false;

	for (size_t i = 0; i < p->indexed->count; i++) {
		const struct nd_index_mail *mail = p->indexed->mail[i];
		bool placed = strcmp(mail->id, place->id) == 0 &&
		              mail->foreign_count == 0;

		if (mail->own_count == 0 || mail->report)
			continue;
		if (drop_all || !placed)
			plan_drop(p, mail);
		else if ((desired->flags & ND_DESIRED_ADOPT) &&
		         !desired->digest_id)
			plan_adopt(p, mail);
		has_digest = has_digest || (placed && !drop_all);
	}
	if (desired->digest_id)
		plan_write(p, place);
	return has_digest;
}

/* A digest that comes to a thread that is done: from another host, or back. */
static void
plan_arrival(struct planner *p, const struct nd_index_mail *root,
             const struct nd_place *place)
{
	struct nd_action *action;

	if (!place->digest || place->digest->own_count == 0 ||
	    (place->digest->marked && !p->renewed))
		return;
	action = add_action(p, ND_ACTION_TAG, root->id, root);
	set_group(p, action, ND_TAG_RESULT, result_name(p, true));
	drop_if_empty(p, action);
}

/* Another text for the digest, or only what the index knows of it. */
static void
plan_upgrade(struct planner *p, const struct nd_place *place)
{
	const struct nd_index_mail *old = place->digest;
	struct nd_action *action;

	/* What the user has deleted stays away. */
	if (!old || !nd_index_is_digest(old) || !old->marked)
		return;
	action = add_action(
		p, p->desired->digest_id ? ND_ACTION_WRITE : ND_ACTION_TAG,
		old->id, old);
	action->model = p->desired->model;
	if (p->desired->digest_id) {
		action->file = old->own;
		action->file_count = old->own_count;
		want_tag(p, action, "fresh");
	}
	drop_if_empty(p, action);
}

struct nd_plan *
nd_plan_thread(const void *ctx, const struct nd_plan_rules *rules,
               const struct nd_desired *desired,
               const struct nd_index_thread *indexed,
               const struct nd_place *place)
{
	struct planner p = {x_new(ctx, struct nd_plan), rules, desired, indexed,
	                    false};
	const struct nd_index_mail *root =
		indexed ? nd_index_find_mail(indexed, desired->root_id) : NULL;
	bool has_digest, same_key;

	if (!root || strcmp(nd_index_key(p.plan, indexed), desired->key) != 0 ||
	    (desired->digest_id &&
	     strcmp(desired->digest_id, place->id) != 0)) {
		p.plan->result = ND_PLAN_GREW;
		return p.plan;
	}
	if (desired->flags & ND_DESIRED_UPGRADE) {
		if (strcmp(root->key, desired->key) == 0)
			plan_upgrade(&p, place);
		return p.plan;
	}
	/* Somebody else may have done it while we were thinking. */
	same_key = strcmp(root->key, desired->key) == 0 &&
	           !(desired->flags & ND_DESIRED_AGAIN);
	if (desired->flags & ND_DESIRED_QUIET) {
		if (same_key)
			plan_quiet(&p, root);
		return p.plan;
	}
	if (same_key && !(desired->flags & ND_DESIRED_ADOPT))
		return p.plan;
	p.renewed = same_key && !(desired->flags & ND_DESIRED_STALE) &&
	            has_tag(root, nd_tag_full(p.plan, rules->tags, "stale"));
	has_digest = plan_digests(&p, place);
	if (same_key) {
		plan_arrival(&p, root, place);
		return p.plan;
	}
	plan_root(&p, root, has_digest);
	for (size_t i = 0; i < indexed->count; i++) {
		const struct nd_index_mail *mail = indexed->mail[i];

		if (mail != root && mail->own_count == 0)
			plan_other(&p, mail);
	}
	return p.plan;
}

/* What every report of ours has. */
static void
mark_report(struct planner *p, struct nd_action *action)
{
	want_tag(p, action, "");
	want_tag(p, action, "report");
	action->key = "";
	action->query = p->desired->query;
	/* What we have marked bears what the user gave it. */
	action->clean_new = !action->mail || !action->mail->marked;
}

struct nd_plan *
nd_plan_report(const void *ctx, const struct nd_plan_rules *rules,
               const struct nd_desired *desired, const struct nd_place *place)
{
	struct planner p = {x_new(ctx, struct nd_plan), rules, desired, NULL,
	                    false};
	const struct nd_index_mail *old = place->digest;
	bool there = old && old->own_count > 0;
	struct nd_action *action;

	if (!*place->id || (desired->digest_id &&
	                    strcmp(desired->digest_id, place->id) != 0)) {
		p.plan->result = ND_PLAN_GREW;
		return p.plan;
	}
	if (desired->digest_id) {
		action = add_action(&p, ND_ACTION_WRITE, place->id, old);
		action->file = there ? old->own : NULL;
		action->file_count = there ? old->own_count : 0;
		mark_report(&p, action);
		for (size_t i = 0; i < place->stray_count; i++)
			plan_drop(&p, place->stray[i]);
	} else if (there && !old->marked) {
		action = add_action(&p, ND_ACTION_TAG, place->id, old);
		mark_report(&p, action);
	}
	return p.plan;
}

/* Has the thread a digest? A report is of no thread, whatever it lies in. */
static bool
is_digested(const struct nd_index_thread *indexed)
{
	for (size_t i = 0; i < indexed->count; i++)
		if (indexed->mail[i]->own_count > 0 &&
		    !indexed->mail[i]->report)
			return true;
	return false;
}

struct nd_plan *
nd_plan_bereft(const void *ctx, const struct nd_plan_rules *rules,
               const struct nd_index_thread *indexed)
{
	struct planner p = {x_new(ctx, struct nd_plan), rules, NULL, indexed,
	                    false};

	if (is_digested(indexed))
		return p.plan;
	for (size_t i = 0; i < indexed->count; i++) {
		const struct nd_index_mail *mail = indexed->mail[i];
		struct nd_action *action =
			add_action(&p, ND_ACTION_TAG, mail->id, mail);

		if (mail->marked)
			drop_group(&p, action, ND_TAG_RESULT, "failed");
		drop_if_empty(&p, action);
	}
	return p.plan;
}

struct nd_plan *
nd_plan_clean(const void *ctx, const struct nd_plan_rules *rules,
              const struct nd_index_thread *indexed, bool muted)
{
	struct planner p = {x_new(ctx, struct nd_plan), rules, NULL, indexed,
	                    false};
	bool trusted = rules->trusted;

	/* The thread of a digest is one that we have been at. */
	for (size_t i = 0; i < indexed->count; i++)
		trusted = trusted || (nd_index_is_digest(indexed->mail[i]) &&
		                      !indexed->mail[i]->report);
	for (size_t i = 0; i < indexed->count; i++) {
		const struct nd_index_mail *mail = indexed->mail[i];
		struct nd_action *action;

		if (mail->report && muted)
			continue;
		if (mail->own_count > 0) {
			plan_drop(&p, mail);
			continue;
		}
		action = add_action(&p, ND_ACTION_TAG, mail->id, mail);
		for (enum nd_tag_group g = ND_TAG_NONE + 1;
		     (trusted || mail->marked) && g < ND_TAG_GROUP_COUNT; g++)
			drop_group(&p, action, g, NULL);
		if (muted && was_asked(&p, mail))
			action->key = "";
		else
			action->unmark = mail->marked;
		drop_if_empty(&p, action);
	}
	return p.plan;
}

struct nd_plan *
nd_plan_rename(const void *ctx, const struct nd_plan_rules *rules,
               const char *before, const struct nd_index_thread *indexed)
{
	struct planner p = {x_new(ctx, struct nd_plan), rules, NULL, indexed,
	                    false};
	struct nd_tag_names names = *rules->tags;

	names.prefix = before;
	for (size_t i = 0; i < indexed->count; i++) {
		const struct nd_index_mail *mail = indexed->mail[i];
		struct nd_action *action =
			add_action(&p, ND_ACTION_TAG, mail->id, mail);

		for (size_t k = 0; mail->marked && k < mail->tag_count; k++) {
			const char *rest = mail->tag[k] + strlen(before);

			if (nd_tag_group(&names, mail->tag[k]) == ND_TAG_NONE)
				continue;
			*x_append(p.plan, action->remove,
			          action->remove_count) = mail->tag[k];
			want_tag(&p, action, *rest ? rest + 1 : "");
		}
		drop_if_empty(&p, action);
	}
	return p.plan;
}

const char *
nd_plan_action_text(const void *ctx, const struct nd_action *action)
{
	static const char *const verbs[] = {
		[ND_ACTION_WRITE] = "write",
		[ND_ACTION_DROP] = "remove",
		[ND_ACTION_TAG] = "tag",
	};
	struct nd_buf *line = nd_buf_new(ctx, LINE_BYTES);
	const char *verb = verbs[action->kind];

	if (action->kind == ND_ACTION_WRITE && action->mail)
		verb = "replace";
	nd_buf_addf(line, "%-7s id:%s", verb, action->id);
	for (size_t i = 0; i < action->add_count; i++)
		nd_buf_addf(line, " +%s", action->add[i]);
	for (size_t i = 0; i < action->remove_count; i++)
		nd_buf_addf(line, " -%s", action->remove[i]);
	return nd_buf_finish(ctx, line);
}
