/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/recover.h"

#include <stdio.h>
#include <string.h>

#include "model/thread.h"
#include "pipeline/llm.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"

/* The mail whose digest has this id, or NULL. */
static const struct nd_index_mail *
root_of(const struct nd_index_thread *indexed, const char *digest_id)
{
	void *tmp = talloc_new(NULL);
	const struct nd_index_mail *root = NULL;

	for (size_t i = 0; !root && i < indexed->count; i++)
		for (unsigned n = 1; !root && n <= ND_DIGESTFILE_VARIANTS; n++)
			if (strcmp(nd_digestfile_id(tmp, indexed->mail[i]->id,
			                            n),
			           digest_id) == 0)
				root = indexed->mail[i];
	talloc_free(tmp);
	return root;
}

static bool
is_elsewhere(const struct nd_store *store, const struct nd_index_mail *mail)
{
	const struct nd_folders current = {store->folders.path, 1};

	return !nd_digestfile_has_place(&current, mail->own[0]);
}

/* Another host's, newer than the one that was found old: it has come since. */
static bool
is_renewed(const void *ctx, const struct nd_store *store,
           const struct nd_index_thread *indexed,
           const struct nd_digest_header *header)
{
	const char *stale = nd_tag_full(ctx, &store->tags, "stale");
	bool was_stale = false;

	for (size_t i = 0; i < indexed->count; i++)
		for (size_t k = 0; k < indexed->mail[i]->tag_count; k++)
			was_stale =
				was_stale ||
				strcmp(indexed->mail[i]->tag[k], stale) == 0;
	return was_stale &&
	       strcmp(header->key, nd_index_key(ctx, indexed)) == 0;
}

bool
nd_recover_find(const void *ctx, const struct nd_store *store,
                const struct nd_index_thread *indexed,
                struct nd_recover_found *found)
{
	size_t digests = 0;

	*found = (struct nd_recover_found){.root_id = ""};
	for (size_t i = 0; i < indexed->count; i++) {
		const struct nd_index_mail *mail = indexed->mail[i];

		if (mail->own_count == 0 || mail->report)
			continue;
		digests++;
		found->mixed = found->mixed || mail->foreign_count > 0;
		found->odd = found->odd || !mail->marked ||
		             mail->own_count > 1 || digests > 1 ||
		             is_elsewhere(store, mail);
		/* Of two, the one that the mark is on was there first. */
		if (mail->foreign_count == 0 &&
		    (!found->mail || (mail->marked && !found->mail->marked)))
			found->mail = mail;
	}
	if (!found->mail ||
	    !nd_digestfile_read(ctx, &store->folders, found->mail->own[0],
	                        &found->header))
		return false;
	found->odd =
		found->odd || is_renewed(ctx, store, indexed, &found->header);
	/* Another host may have put another one in its place. */
	if (found->odd || strcmp(found->header.key, found->mail->key) != 0) {
		const struct nd_index_mail *root =
			root_of(indexed, found->mail->id);

		found->root = root != NULL;
		found->root_id = root ? x_strdup(ctx, root->id) : "";
	}
	return true;
}

/*
 * One word of X-Notmuch-Digest-Tags, without the prefix that was in force when
 * it was written: only what is on the list counts.
 */
static void
take_tag(const void *ctx, const struct nd_tag_names *tags, const char *name,
         struct nd_desired *desired)
{
	const char *full = nd_tag_full(ctx, tags, name);

	switch (nd_tag_group(tags, full)) {
	case ND_TAG_CATEGORY:
		desired->category = name;
		break;
	case ND_TAG_STATE:
		desired->state = name + strlen("state/");
		break;
	case ND_TAG_STALLED:
		desired->flags |= ND_DESIRED_STALLED;
		break;
	case ND_TAG_LARGE:
		desired->flags |= ND_DESIRED_LARGE;
		break;
	case ND_TAG_ME:
		desired->asks = x_array(ctx, const char *, 1);
		desired->asks[0] = desired->root_id;
		desired->ask_count = 1;
		break;
	default:
		break;
	}
}

/* "digest digest/patch digest/summarized": the first word is the prefix. */
static void
take_tags(const void *ctx, const struct nd_tag_names *tags, const char *line,
          struct nd_desired *desired)
{
	size_t prefix_len = strcspn(line, " ");
	const char *prefix = x_strndup(ctx, line, prefix_len);

	line += prefix_len;
	while (*(line += strspn(line, " "))) {
		size_t len = strcspn(line, " ");
		const char *word = x_strndup(ctx, line, len);

		if (nd_str_starts(word, prefix) && word[prefix_len] == '/')
			take_tag(ctx, tags, word + prefix_len + 1, desired);
		line += len;
	}
}

/* Its bytes, to be written where digests go now; "" when it cannot be read. */
static struct nd_buf *
read_digest(const void *ctx, const char *path)
{
	struct nd_buf *bytes = nd_buf_new(ctx, ND_LIMIT_REPORT_MAIL_BYTES);
	FILE *file = fopen(path, "re");
	char chunk[8192];
	size_t got;

	while (file && (got = fread(chunk, 1, sizeof chunk, file)) > 0)
		nd_buf_add(bytes, chunk, got);
	if (!file || ferror(file) || bytes->full)
		nd_buf_cut(bytes, 0);
	if (file)
		fclose(file);
	return bytes;
}

void
nd_recover_job(const void *ctx, const struct nd_store *store,
               const struct nd_index_thread *indexed, const char *key,
               const struct nd_recover_found *found, struct nd_job *job)
{
	struct nd_desired *desired = &job->desired;

	desired->thread_id = x_strdup(ctx, indexed->thread_id);
	desired->root_id = found->root_id;
	desired->key = key;
	desired->category = nd_thread_category_name(ND_CATEGORY_OTHER);
	desired->flags = ND_DESIRED_ADOPT;
	if (strcmp(found->header.key, key) != 0)
		desired->flags |= ND_DESIRED_STALE;
	if (strcmp(found->header.engine, "llm") == 0)
		desired->model = nd_llm_model_key(ctx, found->header.model);
	take_tags(ctx, &store->tags, found->header.tags, desired);
	if (is_elsewhere(store, found->mail)) {
		struct nd_buf *bytes = read_digest(ctx, found->mail->own[0]);

		desired->digest_id =
			bytes->len > 0 ? x_strdup(ctx, found->mail->id) : NULL;
		desired->bytes = bytes->data;
		desired->len = bytes->len;
	}
}

/* ---- reports ------------------------------------------------------------- */

bool
nd_recover_is_odd_report(const struct nd_store *store,
                         const struct nd_index_mail *mail)
{
	return mail->report && mail->own_count > 0 &&
	       (!mail->marked || mail->own_count > 1 ||
	        mail->foreign_count > 0 || is_elsewhere(store, mail));
}

/* The same mail under another id; NULL when it has no such header. */
static struct nd_buf *
with_id(const void *ctx, const struct nd_buf *bytes, const char *from,
        const char *to)
{
	const char *field = x_asprintf(ctx, "\nMessage-ID: <%s>\n", from);
	const char *at = strstr(bytes->data, field);
	struct nd_buf *out;

	if (!at)
		return NULL;
	out = nd_buf_new(ctx, ND_LIMIT_REPORT_MAIL_BYTES);
	nd_buf_add(out, bytes->data, (size_t)(at - bytes->data));
	nd_buf_addf(out, "\nMessage-ID: <%s>\n", to);
	nd_buf_adds(out, at + strlen(field));
	return out;
}

enum nd_status
nd_recover_report(const void *ctx, const struct nd_store *store,
                  struct nd_db *db, const struct nd_index_mail *mail,
                  struct nd_job *job, struct nd_error *err)
{
	struct nd_desired *desired = &job->desired;
	const char *window = nd_digestfile_report_hash(ctx, mail->id);
	struct nd_digest_header header;
	struct nd_buf *bytes;
	struct nd_place place;
	enum nd_status st;

	*job = (struct nd_job){.kind = ND_JOB_REPORT};
	if (!nd_digestfile_read(ctx, &store->folders, mail->own[0], &header))
		return ND_OK;
	st = nd_index_place_report(ctx, db, window, &place, err);
	if (st != ND_OK || !*place.id)
		return st;
	desired->window = window;
	desired->query = header.query;
	if (mail->own_count == 1 && mail->foreign_count == 0 &&
	    !is_elsewhere(store, mail))
		return ND_OK;
	bytes = read_digest(ctx, mail->own[0]);
	if (bytes->len > 0)
		bytes = with_id(ctx, bytes, mail->id, place.id);
	if (!bytes || bytes->len == 0) {
		desired->window = NULL;
		return ND_OK;
	}
	desired->digest_id = place.id;
	desired->bytes = bytes->data;
	desired->len = bytes->len;
	return ND_OK;
}
