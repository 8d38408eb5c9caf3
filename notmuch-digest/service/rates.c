/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/rates.h"

#include <math.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/cachedir.h"
#include "util/hash.h"
#include "util/json.h"

/* Past so many questions the older ones count half. */
enum { QUESTIONS_MAX = 400, ENTRY_BYTES = 4096 };

static const char *
key_of(const void *ctx, const struct nd_service_options *options)
{
	struct nd_hash *hash = nd_hash_new(ctx);

	nd_hash_add(hash, "rates");
	nd_hash_add(hash, options->provider->name);
	nd_hash_add(hash, options->url);
	nd_hash_add(hash, options->model);
	return nd_hash_hex(ctx, hash);
}

static double
number_of(struct nd_json *json, const char *name)
{
	int64_t value = nd_json_int(nd_json_get(json, name), 0);

	return value > 0 ? (double)value : 0;
}

void
nd_rates_load(const char *dir, const struct nd_service_options *options,
              struct nd_rates *rates)
{
	void *tmp = talloc_new(NULL);
	struct nd_buf *bytes = nd_buf_new(tmp, ENTRY_BYTES);
	struct nd_json *json;

	*rates = (struct nd_rates){0};
	if (dir && nd_cachedir_get(dir, key_of(tmp, options), bytes) &&
	    nd_json_parse(tmp, bytes->data, bytes->len, &json, NULL) == ND_OK) {
		rates->questions = number_of(json, "questions");
		rates->estimated = number_of(json, "estimated");
		rates->in = number_of(json, "in");
		rates->out = number_of(json, "out");
		rates->busy_ms = number_of(json, "busy_ms");
	}
	talloc_free(tmp);
}

void
nd_rates_save(const char *dir, const struct nd_service_options *options,
              const struct nd_rates *rates)
{
	double weight = rates->questions > QUESTIONS_MAX ? 0.5 : 1;
	void *tmp = talloc_new(NULL);
	struct nd_buf *bytes = nd_buf_new(tmp, ENTRY_BYTES);
	struct nd_json *json = nd_json_object_new(tmp);

	nd_json_set_int(json, "questions", llround(rates->questions * weight));
	nd_json_set_int(json, "estimated", llround(rates->estimated * weight));
	nd_json_set_int(json, "in", llround(rates->in * weight));
	nd_json_set_int(json, "out", llround(rates->out * weight));
	nd_json_set_int(json, "busy_ms", llround(rates->busy_ms * weight));
	nd_json_write(json, bytes);
	nd_cachedir_put(dir, key_of(tmp, options), bytes->data, bytes->len);
	talloc_free(tmp);
}

bool
nd_rates_expect(const struct nd_rates *rates, double questions,
                double estimated, double max_out,
                struct nd_rates_expected *expected)
{
	*expected = (struct nd_rates_expected){.in = estimated, .out = max_out};
	if (rates->questions < 1 || rates->estimated < 1)
		return false;
	expected->in = estimated * rates->in / rates->estimated;
	expected->out = questions * rates->out / rates->questions;
	expected->ms = questions * rates->busy_ms / rates->questions;
	return true;
}
