/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineage/kinship.h"

#include <stdlib.h>
#include <string.h>

#include "model/address.h"
#include "util/str.h"

enum {
	ALIKE = 50,         /* titles that may be of one series */
	SOME_LIKENESS = 25, /* titles that a link makes one series */
	SHARED = 50,        /* per cent of the patches of the smaller series */
	MOST = 75,          /* per cent that make it the same series */
	RENAMED_DAYS = 120, /* no patch in common after so long: another one */
	TITLE_DAYS = 3 * 365,
	OVERLAP_DAYS = 400,
	AGAIN_DAYS = 120,  /* between two mails of one version */
	RETYPED_DAYS = 14, /* with a longer title */
	SAID_WORDS = 3,    /* "fix typo" says nothing */
	DAY_S = 86400
};

static bool
same_stable(const struct nd_fingerprint *a, const struct nd_fingerprint *b)
{
	return a->stable && b->stable ? strcmp(a->stable, b->stable) == 0
	                              : a->stable == b->stable;
}

static bool
same_author(const struct nd_fingerprint *a, const struct nd_fingerprint *b)
{
	const struct nd_address one = {a->name, a->author};
	const struct nd_address other = {b->name, b->author};

	/* People change their employers; one word alone may be anybody's. */
	return nd_address_same_person(&one, &other);
}

/* May a be an earlier version of b, by number and date? */
static bool
may_precede(const struct nd_fingerprint *a, const struct nd_fingerprint *b)
{
	if (a->date_s >= b->date_s || !same_stable(a, b) ||
	    strcmp(a->root_id, b->root_id) == 0)
		return false;
	if (b->version != a->version)
		return b->version > a->version || (a->rfc && b->version == 1);
	return b->revision > a->revision || (a->rfc && !b->rfc);
}

/* Do both change files, and none of them the same? */
static bool
no_file_in_common(const struct nd_fingerprint *a,
                  const struct nd_fingerprint *b)
{
	size_t i = 0, k = 0;

	while (i < a->file_count && k < b->file_count) {
		int order = strcmp(a->file[i], b->file[k]);

		if (order == 0)
			return false;
		if (order < 0)
			i++;
		else
			k++;
	}
	return a->file_count > 0 && b->file_count > 0;
}

/* Per cent of the patches of the smaller series that the other has, too. */
static unsigned
shared_patches(const struct nd_fingerprint *a, const struct nd_fingerprint *b,
               size_t *common)
{
	size_t i = 0, k = 0, less;

	*common = 0;
	while (i < a->patch_count && k < b->patch_count) {
		*common += a->patch[i] == b->patch[k];
		if (a->patch[i] < b->patch[k])
			i++;
		else if (a->patch[i] > b->patch[k])
			k++;
		else
			i++, k++;
	}
	less = a->patch_count < b->patch_count ? a->patch_count
	                                       : b->patch_count;
	return less > 0 ? (unsigned)(100 * *common / less) : 0;
}

static int
compare_ids(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
has_id(const struct nd_fingerprint *fingerprint, const char *id)
{
	return bsearch(&id, fingerprint->id, fingerprint->id_count,
	               sizeof *fingerprint->id, compare_ids) != NULL;
}

static const struct nd_maillink *
link_of(const struct nd_fingerprint *a, const struct nd_fingerprint *b)
{
	for (size_t i = 0; b->link && i < b->link->count; i++)
		if (has_id(a, b->link->link[i].id))
			return &b->link->link[i];
	return NULL;
}

static bool
is_reply_to(const struct nd_fingerprint *a, const struct nd_fingerprint *b)
{
	for (size_t i = 0; i < b->reply_to_count; i++)
		if (has_id(a, b->reply_to[i]))
			return true;
	return false;
}

/* What two prints have in common, worked out once. */
struct pair {
	const struct nd_fingerprint *a, *b;
	unsigned likeness; /* of the titles */
	enum nd_title_siblings siblings;
	unsigned shared; /* per cent */
	size_t common;   /* patches */
	bool author;     /* the same */
	bool project;    /* the same */
	bool adjacent;   /* no version between them */
	int64_t days;    /* between them */
};

static unsigned
judge_link(const struct pair *pair)
{
	const struct nd_maillink *link = link_of(pair->a, pair->b);
	bool related = pair->likeness >= SOME_LIKENESS ||
	               pair->shared >= SOME_LIKENESS;
	bool named;

	if (!link || (link->flags & ND_MAILLINK_BASE) ||
	    !(pair->author || related))
		return 0;
	/* One's kvmtool series is not a version of one's kernel series. */
	if (!pair->project && !related)
		return 0;
	named = link->version > 0 ? link->version == pair->a->version
	                          : (link->flags & ND_MAILLINK_EARLIER) ||
	                                    ((link->flags & ND_MAILLINK_RFC) &&
	                                     pair->a->rfc);
	if (named)
		return related ? 96 : 88;
	if (pair->siblings == ND_TITLE_SURE)
		return 0;
	return pair->author && pair->adjacent && pair->project && related ? 85
	                                                                  : 0;
}

static unsigned
judge_title(const struct pair *pair)
{
	unsigned confidence;

	if (pair->likeness < 100 || pair->days > TITLE_DAYS)
		return 0;
	if (pair->author)
		confidence = 93;
	else if (!*pair->a->author)
		confidence = 85; /* only answers to it are there */
	else if (pair->adjacent && pair->a->title.count >= 3)
		confidence = 70; /* somebody else took it over */
	else
		return 0;
	/* "KVM: arm64: fixes" comes again and again. */
	if (pair->common == 0 && pair->a->patch_count > 1 &&
	    pair->b->patch_count > 1 && pair->days > RENAMED_DAYS)
		return 0;
	return confidence;
}

static unsigned
judge_reply(const struct pair *pair)
{
	if (!pair->author || !pair->adjacent ||
	    !is_reply_to(pair->a, pair->b) || pair->siblings == ND_TITLE_SURE)
		return 0;
	return pair->likeness >= SOME_LIKENESS || pair->shared > 0 ? 85 : 0;
}

/* A patch that says what it is, and somebody else has among theirs. */
static bool
is_taken_over(const struct pair *pair)
{
	return pair->a->total == 1 && pair->a->title.count >= SAID_WORDS &&
	       pair->a->file_count > 0 && pair->b->file_count > 0 &&
	       !no_file_in_common(pair->a, pair->b);
}

static unsigned
judge_patches(const struct pair *pair)
{
	bool enough =
		pair->common >= 2 ||
		(pair->common == 1 && is_taken_over(pair)) ||
		(pair->common == 1 && pair->author &&
	         (pair->a->total == 1 || pair->b->total == 1 ||
	          pair->a->total == pair->b->total || pair->likeness >= ALIKE));

	if (!pair->adjacent || pair->shared < SHARED || !enough ||
	    pair->days > OVERLAP_DAYS)
		return 0;
	return (pair->author ? 60 : 45) + 3 * pair->shared / 10;
}

static unsigned
judge_likeness(const struct pair *pair)
{
	if (!pair->author || !pair->adjacent || pair->likeness < ALIKE ||
	    pair->days > OVERLAP_DAYS)
		return 0;
	/* The same fix for another chip, driver or language. */
	if (pair->siblings != ND_TITLE_NO_SIBLINGS ||
	    no_file_in_common(pair->a, pair->b))
		return 0;
	/* Patches that are known, and none of them the same. */
	if (pair->common == 0 && pair->a->patch_count > 1 &&
	    pair->b->patch_count > 1)
		return 0;
	return 50 + 3 * pair->likeness / 10;
}

/* Bytes of the tree in "u-boot v2019.04", "net-next", "bpf". */
static size_t
tree_len(const char *project)
{
	static const char *const branches[] = {"-next", "-fixes"};
	size_t len = strcspn(project, " ");

	for (size_t i = 0; i < sizeof branches / sizeof *branches; i++)
		if (nd_mem_ends_nocase(project, len, branches[i]))
			return len - strlen(branches[i]);
	return len;
}

/* The first number with a dot: "5.15" of "linux dev-5.15"; "": none. */
static size_t
release_of(const char **project)
{
	const char *at = *project;

	while (*at) {
		size_t len = strspn(at, "0123456789");

		if (len > 0 && at[len] == '.' && nd_is_digit(at[len + 1])) {
			*project = at;
			return len + 1 + strspn(at + len + 1, "0123456789");
		}
		at += len > 0 ? len : 1;
	}
	return 0;
}

/*
 * A series may move from net to net-next, or to another branch "for-"
 * something; what goes to two releases is two series.
 */
static bool
same_project(const struct nd_fingerprint *x, const struct nd_fingerprint *y)
{
	const char *a = x->project, *b = y->project;
	size_t len, other;

	if (!a || !b || strcmp(a, b) == 0)
		return true;
	if (nd_str_starts(a, "for-") || nd_str_starts(b, "for-"))
		return true;
	len = tree_len(a);
	if (len != tree_len(b) || memcmp(a, b, len) != 0)
		return false;
	len = release_of(&a);
	other = release_of(&b);
	return len == 0 || other == 0 ||
	       (len == other && memcmp(a, b, len) == 0);
}

int
nd_kinship_gap(const struct nd_fingerprint *a, const struct nd_fingerprint *b)
{
	if (b->version <= a->version)
		return 0;
	return b->version - a->version - 1;
}

static bool
equal_or_none(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* A subject that lost its line end holds the next paragraph, too. */
static bool
is_longer_copy(const struct nd_fingerprint *a, const struct nd_fingerprint *b,
               const struct pair *pair)
{
	const struct nd_title *shorter =
		a->title.count < b->title.count ? &a->title : &b->title;

	return pair->days <= RETYPED_DAYS && shorter->count >= SAID_WORDS &&
	       (nd_str_starts_nocase(a->title_text, b->title_text) ||
	        nd_str_starts_nocase(b->title_text, a->title_text));
}

/*
 * The same version sent again: to more people, whole this time, since nobody
 * answered. Whether or not it says RESEND. What goes to two trees is not.
 */
static unsigned
judge_again(const struct pair *pair)
{
	const struct nd_fingerprint *a = pair->a, *b = pair->b;
	bool known = a->patch_count > 1 && b->patch_count > 1;

	if (a->version != b->version || a->revision != b->revision ||
	    a->rfc != b->rfc || !pair->author ||
	    !equal_or_none(a->stable, b->stable) || !pair->project)
		return 0;
	if (b->resend)
		return pair->likeness == 100 || pair->shared == 100 ? 95 : 0;
	if (!equal_or_none(a->project, b->project) || pair->days > AGAIN_DAYS ||
	    no_file_in_common(a, b) || a->backport || b->backport ||
	    a->title.count < SAID_WORDS || (known && pair->common == 0))
		return 0;
	if (pair->likeness == 100)
		return 90;
	return a->total == b->total && is_longer_copy(a, b, pair) ? 75 : 0;
}

/*
 * Patches that are sent later under another name, without a number that says
 * so: one that was alone among others, or most of a series.
 */
static unsigned
judge_joined(const struct pair *pair)
{
	const struct nd_fingerprint *a = pair->a, *b = pair->b;
	bool alone = a->total == 1 && b->total > 1 && pair->common == 1 &&
	             a->title.count >= SAID_WORDS;
	bool most = pair->common >= 2 &&
	            100 * pair->common >= MOST * a->patch_count;
	bool same_number =
		a->version == b->version && a->revision == b->revision;
	bool counts_anew = b->version == 1 && b->revision == 0;

	if (!(alone && same_number) && !(most && counts_anew))
		return 0;
	if (a->rfc != b->rfc || !pair->author || !pair->project ||
	    pair->days > AGAIN_DAYS || !same_stable(a, b) || a->backport ||
	    b->backport)
		return 0;
	return pair->shared == 100 ? 85 : 55 + 3 * pair->shared / 10;
}

static struct nd_kinship
judge_all(const struct pair *pair)
{
	static unsigned (*const judges[ND_LINK_COUNT])(const struct pair *) = {
		[ND_LINK_MENTION] = judge_link,
		[ND_LINK_TITLE] = judge_title,
		[ND_LINK_REPLY] = judge_reply,
		[ND_LINK_PATCHES] = judge_patches,
		[ND_LINK_SIMILAR] = judge_likeness,
	};
	struct nd_kinship best = {.confidence = 0};

	for (int reason = 0; reason < ND_LINK_COUNT; reason++) {
		unsigned confidence;

		if (!judges[reason] ||
		    (reason != ND_LINK_MENTION && !pair->project))
			continue;
		confidence = judges[reason](pair);
		if (confidence > best.confidence)
			best = (struct nd_kinship){(enum nd_link_reason)reason,
			                           confidence};
	}
	return best;
}

struct nd_kinship
nd_kinship_judge(const struct nd_fingerprint *a, const struct nd_fingerprint *b)
{
	struct pair pair = {.a = a, .b = b};
	bool precedes = may_precede(a, b);
	unsigned again;

	if (!precedes &&
	    (a->date_s >= b->date_s || strcmp(a->root_id, b->root_id) == 0))
		return (struct nd_kinship){.confidence = 0};
	if (precedes && a->change_id && b->change_id &&
	    strcmp(a->change_id, b->change_id) == 0)
		return (struct nd_kinship){ND_LINK_CHANGE_ID, 99};
	pair.likeness = nd_title_likeness(&a->title, &b->title);
	pair.siblings = nd_title_siblings(&a->title, &b->title);
	pair.shared = shared_patches(a, b, &pair.common);
	pair.author = same_author(a, b);
	pair.project = same_project(a, b);
	pair.adjacent = nd_kinship_gap(a, b) == 0;
	pair.days = (b->date_s - a->date_s) / DAY_S;
	if (precedes)
		return judge_all(&pair);
	again = judge_again(&pair);
	return again > 0 ? (struct nd_kinship){ND_LINK_AGAIN, again}
	                 : (struct nd_kinship){ND_LINK_PATCHES,
	                                       judge_joined(&pair)};
}

bool
nd_kinship_replaces(const struct nd_fingerprint *a,
                    const struct nd_fingerprint *b)
{
	return 2 * b->total >= a->total ||
	       nd_title_likeness(&a->title, &b->title) >= ALIKE;
}
