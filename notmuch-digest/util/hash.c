/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/hash.h"

#include <glib.h>
#include <string.h>

#include "util/alloc.h"
#include "util/str.h"

struct nd_hash {
	GChecksum *sum;
};

static int
hash_destructor(struct nd_hash *hash)
{
	g_checksum_free(hash->sum);
	return 0;
}

struct nd_hash *
nd_hash_new(const void *ctx)
{
	struct nd_hash *hash = x_new(ctx, struct nd_hash);

	hash->sum = g_checksum_new(G_CHECKSUM_SHA256);
	talloc_set_destructor(hash, hash_destructor);
	return hash;
}

void
nd_hash_add(struct nd_hash *hash, const char *text)
{
	/* The NUL goes in, too: it is what divides the texts. */
	g_checksum_update(hash->sum, (const guchar *)text,
	                  (gssize)strlen(text) + 1);
}

const char *
nd_hash_hex(const void *ctx, const struct nd_hash *hash)
{
	GChecksum *copy = g_checksum_copy(hash->sum);
	const char *hex =
		x_strndup(ctx, g_checksum_get_string(copy), ND_HASH_DIGITS);

	g_checksum_free(copy);
	return hex;
}

const char *
nd_hash_text(const void *ctx, const char *text)
{
	char *hex = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
	const char *copy = x_strndup(ctx, hex, ND_HASH_DIGITS);

	g_free(hex);
	return copy;
}

const char *
nd_hash_base64(const void *ctx, const char *text)
{
	enum { SHA256_BYTES = 32 };
	guint8 digest[SHA256_BYTES];
	gsize len = sizeof digest;
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	gchar *base64;
	const char *copy;

	g_checksum_update(sum, (const guchar *)text, -1);
	g_checksum_get_digest(sum, digest, &len);
	base64 = g_base64_encode(digest, len);
	copy = x_strdup(ctx, base64);
	g_free(base64);
	g_checksum_free(sum);
	return copy;
}

bool
nd_hash_is_hex(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!nd_is_digit(text[i]) && (text[i] < 'a' || text[i] > 'f'))
			return false;
	return len == ND_HASH_DIGITS;
}
