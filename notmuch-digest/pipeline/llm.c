/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/llm.h"

#include <stdio.h>
#include <string.h>

#include "app/emit.h"
#include "app/interrupt.h"
#include "llm/engine.h"
#include "mail/threads.h"
#include "service/service.h"
#include "util/alloc.h"
#include "util/cachedir.h"
#include "util/hash.h"
#include "util/http.h"
#include "util/limits.h"
#include "util/secret.h"

enum {
	CONTEXT_HOSTED = 100000, /* tokens, where the user does not say */
	CONTEXT_LOCAL = 16384,
};

#define CACHE_NAME "llm"
#define RATES_NAME "llm-rates"
#define OLLAMA_URL "http://127.0.0.1:11434"

enum mode { RUN, DRY_RUN, SHOW_PROMPT };

struct nd_llm {
	const struct nd_llm_settings *settings;
	struct nd_llm_engine *engine;
	const struct nd_i18n *i18n; /* the report's */
	const char *url;
	enum mode mode;
	bool must;                           /* --fallback=none */
	const volatile sig_atomic_t *cancel; /* NULL: nothing is asked */
	struct nd_secret *key;
	struct nd_error no_key; /* why there is none; code ND_OK: there is */
	struct nd_llm_forecast forecast;
	struct nd_buf *preview;
};

/* ---- settings ------------------------------------------------------------ */

bool
nd_llm_is_wanted(const struct nd_app *app)
{
	return strcmp(nd_app_engine(app), "llm") == 0 &&
	       *app->settings->llm.allow;
}

const char *
nd_llm_model_key(const void *ctx, const char *model)
{
	char *text = x_asprintf(NULL, "model %s", model);
	const char *key = nd_hash_text(ctx, text);

	talloc_free(text);
	return key;
}

const char *
nd_llm_barred_key(const void *ctx, const struct nd_llm_settings *settings)
{
	char *text = x_asprintf(NULL, "barred %s %s", settings->model,
	                        settings->allow);
	const char *key = nd_hash_text(ctx, text);

	talloc_free(text);
	return key;
}

const char *
nd_llm_url(const struct nd_llm_settings *settings)
{
	if (!*settings->url && strcmp(settings->provider, "ollama") == 0)
		return OLLAMA_URL;
	return settings->url;
}

unsigned
nd_llm_timeout_s(const struct nd_llm_settings *settings)
{
	if (settings->timeout_s)
		return settings->timeout_s;
	return nd_service_timeout_s(nd_llm_url(settings));
}

unsigned
nd_llm_context(const struct nd_llm_settings *settings)
{
	if (settings->context_tokens)
		return settings->context_tokens;
	return nd_http_is_plain(nd_llm_url(settings)) ? CONTEXT_LOCAL
	                                              : CONTEXT_HOSTED;
}

static enum nd_status
missing(struct nd_error *err, const char *key, const char *example)
{
	return nd_fail(err, ND_ERR_CONFIG,
	               "the engine 'llm' needs digest.llm.%s\n"
	               "notmuch config set digest.llm.%s %s",
	               key, key, example);
}

static enum nd_status
check_settings(const struct nd_llm_settings *settings, struct nd_error *err)
{
	const char *url = nd_llm_url(settings);
	bool named = nd_http_is_host_among(url, settings->allow_http);
	struct nd_error why;

	if (!*settings->model)
		return missing(err, "model", "NAME");
	if (!*url)
		return missing(err, "url", "https://HOST/v1");
	if (nd_http_check_url(url, ND_HTTP_PLAIN_ANYWHERE, &why) != ND_OK ||
	    (!named &&
	     nd_http_check_url(url, ND_HTTP_PLAIN_LOOPBACK, &why) != ND_OK))
		return nd_fail(err, ND_ERR_CONFIG, "digest.llm.url: %.300s%s",
		               why.msg,
		               nd_http_is_plain(url) ? ", or name its host in "
		                                       "digest.llm.allow_http"
		                                     : "");
	return ND_OK;
}

static enum nd_status
bad_key(struct nd_error *err, const struct nd_error *why)
{
	return nd_fail(err, ND_ERR_CONFIG, "digest.llm: %.400s", why->msg);
}

enum nd_status
nd_llm_check(const struct nd_settings *settings, struct nd_error *err)
{
	const struct nd_secret_source source =
		nd_settings_key_source(&settings->llm);
	struct nd_error why;
	enum nd_status st;

	if (strcmp(settings->engine, "llm") != 0)
		return ND_OK;
	st = check_settings(&settings->llm, err);
	/* Without it nothing is sent, and no key wanted. */
	if (st == ND_OK && *settings->llm.allow &&
	    nd_secret_check(&source, &why) != ND_OK)
		st = bad_key(err, &why);
	return st;
}

/* The key is asked for only by a run that will send something. */
static enum nd_status
read_key(struct nd_llm *llm, const struct nd_options *options,
         struct nd_error *err)
{
	const struct nd_llm_settings *settings = llm->settings;
	const struct nd_secret_source source = nd_settings_key_source(settings);
	enum nd_status st;

	if (llm->mode != RUN || !*settings->allow)
		return ND_OK;
	st = nd_secret_read(llm, &source, &llm->key, &llm->no_key);
	if (st == ND_OK && llm->key->readable && !options->quiet)
		fprintf(stderr,
		        "notmuch-digest: the key file '%s' can be read by "
		        "others\n"
		        "chmod 600 %s\n",
		        settings->key_file, settings->key_file);
	if (st == ND_ERR_CONFIG)
		return bad_key(err, &llm->no_key);
	llm->no_key.code = st;
	if (st != ND_OK && llm->must)
		return nd_fail(err, ND_ERR_SERVICE, "%.480s", llm->no_key.msg);
	return ND_OK;
}

static void
make_engine(struct nd_llm *llm, const struct nd_app *app)
{
	const struct nd_llm_settings *settings = llm->settings;
	struct nd_llm_engine_options options = {
		.service =
			{
				.provider =
					nd_provider_find(settings->provider),
				.url = llm->url,
				.model = settings->model,
				.key = llm->key ? llm->key->text : "",
				.ca_file = *settings->ca_file
	                                           ? settings->ca_file
	                                           : NULL,
				.concurrency = settings->concurrency,
				.timeout_s = nd_llm_timeout_s(settings),
				.context_tokens = nd_llm_context(settings),
				.budget_tokens = settings->budget_tokens,
				.thinking = settings->thinking,
				.i18n = llm->i18n,
				.cancel = llm->cancel,
			},
		.language = nd_i18n_language(llm->i18n),
		.i18n = llm->i18n,
		.cache_dir = nd_cachedir_path(llm, CACHE_NAME),
		.rates_dir = nd_cachedir_path(llm, RATES_NAME),
		.max_words = app->settings->max_words,
	};

	llm->engine = nd_llm_engine_new(llm, &options);
}

static enum nd_status
find_mode(const struct nd_options *options, bool wanted, enum mode *mode,
          struct nd_error *err)
{
	*mode = RUN;
	if (options->show_prompt)
		*mode = SHOW_PROMPT;
	else if (options->dry_run)
		*mode = DRY_RUN;
	if (wanted || !options->show_prompt)
		return ND_OK;
	return nd_fail(err, ND_ERR_USAGE,
	               "--show-prompt shows what the engine 'llm' would send\n"
	               "add --engine=llm");
}

enum nd_status
nd_llm_open(struct nd_app *app, const struct nd_i18n *i18n, struct nd_llm **out)
{
	const struct nd_options *options = &app->options;
	bool wanted = strcmp(nd_app_engine(app), "llm") == 0;
	struct nd_llm *llm;
	enum mode mode;
	enum nd_status st = find_mode(options, wanted, &mode, app->err);

	*out = NULL;
	if (st != ND_OK || !wanted)
		return st;
	llm = x_new(app, struct nd_llm);
	llm->i18n = i18n;
	llm->settings = &app->settings->llm;
	llm->url = nd_llm_url(llm->settings);
	llm->mode = mode;
	llm->must = options->fallback && strcmp(options->fallback, "none") == 0;
	llm->preview = nd_buf_new(llm, ND_LIMIT_OUTPUT_BYTES);
	st = check_settings(llm->settings, app->err);
	if (st == ND_OK && llm->must && !*llm->settings->allow)
		st = missing(app->err, "allow", "to:LIST@example.org");
	if (st == ND_OK)
		st = read_key(llm, options, app->err);
	if (st != ND_OK) {
		talloc_free(llm);
		return st;
	}
	/* What asks for a key may be interrupted by itself. */
	if (mode == RUN)
		llm->cancel = nd_interrupt_watch();
	make_engine(llm, app);
	*out = llm;
	return ND_OK;
}

/* ---- a run --------------------------------------------------------------- */

static bool
mark_shared(struct nd_message *const *message, size_t count,
            const struct nd_map *ids)
{
	bool any = false;

	for (size_t i = 0; i < count; i++)
		if (nd_map_has(ids, message[i]->id)) {
			message[i]->flags |= ND_MESSAGE_SHARED;
			any = true;
		}
	return any;
}

static void
mark_withheld(struct nd_message *const *message, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!(message[i]->flags & ND_MESSAGE_SHARED))
			message[i]->flags |= ND_MESSAGE_WITHHELD;
}

enum nd_status
nd_llm_mark(struct nd_llm *llm, struct nd_app *app,
            const struct nd_thread_list *list)
{
	struct nd_map *ids;
	enum nd_status st;

	if (!*llm->settings->allow)
		return ND_OK;
	st = nd_threads_match(app, app->db, llm->settings->allow, list, &ids,
	                      app->err);
	if (st != ND_OK)
		return st;
	for (size_t i = 0; i < list->count; i++) {
		struct nd_thread *thread = list->thread[i];
		/* Their times may tell that they belong to the others. */
		bool any =
			mark_shared(thread->hidden, thread->hidden_count, ids);

		if (!mark_shared(thread->message, thread->message_count, ids) &&
		    !any)
			continue;
		mark_withheld(thread->message, thread->message_count);
		mark_withheld(thread->hidden, thread->hidden_count);
	}
	talloc_free(ids);
	return ND_OK;
}

static enum nd_status
interrupted(struct nd_error *err)
{
	return nd_fail(err, ND_ERR_BUSY,
	               "interrupted; what the model had answered is kept, the "
	               "next run goes on from there");
}

static enum nd_status
outcome(const struct nd_llm *llm, struct nd_error *err)
{
	const struct nd_llm_engine_report *report =
		nd_llm_engine_report(llm->engine);

	if (report->cancelled)
		return interrupted(err);
	if (llm->must && report->failed > 0)
		return nd_fail(err, ND_ERR_SERVICE,
		               "%u of %u threads could not be summarised by "
		               "'%.60s': %.360s",
		               report->failed, report->threads,
		               llm->settings->model, report->why);
	return ND_OK;
}

static struct nd_llm_case *
make_cases(struct nd_thread **thread, struct nd_llm_context **context,
           size_t count)
{
	struct nd_llm_case *cases =
		x_array(NULL, struct nd_llm_case, count + 1);

	for (size_t i = 0; i < count; i++) {
		cases[i].thread = thread[i];
		cases[i].context = context[i];
	}
	return cases;
}

enum nd_status
nd_llm_recall(struct nd_llm *llm, struct nd_thread **thread,
              struct nd_llm_context **context, size_t count,
              struct nd_error *err)
{
	struct nd_llm_case *cases = make_cases(thread, context, count);

	nd_llm_engine_recall(llm->engine, cases, count);
	talloc_free(cases);
	return llm->cancel && *llm->cancel ? interrupted(err) : ND_OK;
}

const char *
nd_llm_stopped(const struct nd_llm *llm)
{
	if (llm->no_key.code != ND_OK)
		return llm->no_key.msg;
	return nd_llm_engine_stopped(llm->engine);
}

bool
nd_llm_is_must(const struct nd_llm *llm)
{
	return llm->must;
}

const struct nd_llm_engine_report *
nd_llm_report(const struct nd_llm *llm)
{
	return nd_llm_engine_report(llm->engine);
}

const char *
nd_llm_model(const struct nd_llm *llm)
{
	return llm->settings->model;
}

enum nd_status
nd_llm_run(struct nd_llm *llm, struct nd_thread **thread,
           struct nd_llm_context **context, size_t count,
           const struct nd_llm_done *done, struct nd_error *err)
{
	struct nd_llm_case *cases = make_cases(thread, context, count);

	if (llm->mode == DRY_RUN)
		nd_llm_engine_forecast(llm->engine, cases, count,
		                       &llm->forecast);
	else if (llm->mode == SHOW_PROMPT)
		nd_llm_engine_show(llm->engine, cases, count, llm->preview);
	else if (llm->no_key.code == ND_OK)
		nd_llm_engine_run(llm->engine, cases, count, done);
	talloc_free(cases);
	return outcome(llm, err);
}

/* ---- what it says -------------------------------------------------------- */

static void
add_problem(struct nd_report *report, const char *what)
{
	struct nd_problem *problem =
		x_append(report, report->problem, report->problem_count);

	problem->what = what;
	report->problem_total++;
}

void
nd_llm_add_problems(const struct nd_llm *llm, struct nd_report *report)
{
	const struct nd_llm_engine_report *engine =
		nd_llm_engine_report(llm->engine);
	const struct nd_i18n *i18n = llm->i18n;
	const char *model = llm->settings->model;

	if (!*llm->settings->allow)
		add_problem(report,
		            nd_tr(i18n, "digest.llm.allow is not set, so no "
		                        "mail was shown to the model; all "
		                        "summaries are quotes"));
	if (llm->no_key.code != ND_OK)
		add_problem(report,
		            x_asprintf(report,
		                       nd_tr(i18n, "'%s' was not asked, all "
		                                   "summaries are quotes: %s"),
		                       model, llm->no_key.msg));
	if (engine->failed > 0)
		add_problem(
			report,
			x_asprintf(report,
		                   nd_tr(i18n, "%u of %u threads could not be "
		                               "summarised by '%s' and are "
		                               "quoted instead: %s"),
		                   engine->failed, engine->threads, model,
		                   engine->why));
	if (engine->cut > 0)
		add_problem(report,
		            x_asprintf(report,
		                       nd_tr(i18n, "the server of '%s' cut %u "
		                                   "of the prompts; set "
		                                   "digest.llm.context to what "
		                                   "it has"),
		                       model, engine->cut));
}

/* "about 40 s", "about 12 min", "about 3.5 h" */
static void
add_time(struct nd_buf *out, double ms)
{
	double s = ms / 1000;

	if (s < 100)
		nd_buf_addf(out, "about %.0f s", s < 1 ? 1 : s);
	else if (s < 100 * 60)
		nd_buf_addf(out, "about %.0f min", s / 60);
	else
		nd_buf_addf(out, "about %.1f h", s / 3600);
}

static void
add_budget(struct nd_buf *out, const struct nd_llm_settings *settings,
           const struct nd_llm_forecast *f)
{
	if (settings->budget_tokens)
		nd_buf_addf(out,
		            "budget: %u tokens, room for %s%u of %u "
		            "threads to be asked about\n",
		            settings->budget_tokens,
		            f->learned ? "" : "at least ", f->fit,
		            f->threads - f->stored);
}

/* Of what the budget allows. */
static void
add_cost(struct nd_buf *out, const struct nd_llm_settings *settings,
         const struct nd_llm_forecast *f)
{
	const struct nd_rates_expected *run = &f->fitting;
	double price = (run->in * settings->price_in +
	                run->out * settings->price_out) /
	               1e6;

	nd_buf_adds(out, "time: ");
	if (f->requests == 0)
		nd_buf_adds(out, "none");
	else if (f->learned)
		add_time(out, run->ms / settings->concurrency);
	else
		nd_buf_adds(out, "not known before a first run");
	nd_buf_addc(out, '\n');
	if (settings->price_in > 0 || settings->price_out > 0)
		nd_buf_addf(out, "price: %s %.4f\n",
		            f->learned || f->requests == 0 ? "about"
		                                           : "at most about",
		            price);
}

const struct nd_buf *
nd_llm_preview(struct nd_llm *llm)
{
	const struct nd_llm_forecast *f = &llm->forecast;
	struct nd_buf *out = llm->preview;

	if (llm->mode == RUN)
		return NULL;
	if (llm->mode == SHOW_PROMPT)
		return out;
	nd_buf_cut(out, 0);
	nd_buf_addf(out,
	            "model: %s (%s) at %s\n"
	            "threads: %u, %u of them answered before; %u not to be "
	            "shown\n"
	            "requests: %u\n"
	            "tokens: about %.0f to send, %s %.0f to receive\n",
	            llm->settings->model, llm->settings->provider, llm->url,
	            f->threads, f->stored, f->barred, f->requests, f->all.in,
	            f->learned ? "about" : "at most", f->all.out);
	if (f->lines_withheld > 0)
		nd_buf_addf(out,
		            "lines withheld: %zu that quote mails not to be "
		            "shown\n",
		            f->lines_withheld);
	add_budget(out, llm->settings, f);
	add_cost(out, llm->settings, f);
	return out;
}

enum nd_status
nd_llm_emit_preview(struct nd_app *app, struct nd_llm *llm, bool *is_preview)
{
	const struct nd_options *options = &app->options;
	struct nd_buf *none;

	*is_preview = options->dry_run || options->show_prompt;
	if (!*is_preview)
		return ND_OK;
	if (llm)
		return nd_emit(options, ND_FORMAT_MARKDOWN, nd_llm_preview(llm),
		               app->err);
	none = nd_buf_new(app, 100);
	nd_buf_adds(none, "engine: extract; nothing is sent anywhere\n");
	return nd_emit(options, ND_FORMAT_MARKDOWN, none, app->err);
}

void
nd_llm_say(const struct nd_llm *llm, const struct nd_options *options)
{
	const struct nd_llm_engine_report *report =
		nd_llm_engine_report(llm->engine);
	const struct nd_llm_check_counts *counts = &report->counts;

	if (!options->verbose || options->quiet)
		return;
	fprintf(stderr,
	        "notmuch-digest: %s: %u requests, %llu tokens sent, %llu "
	        "received; %u of %u threads answered before; %u sources put "
	        "right, %u expansions taken out, %u statements quoted "
	        "instead; %zu lines withheld that quote mails not to "
	        "be shown\n",
	        llm->settings->model, report->spent.requests,
	        (unsigned long long)report->spent.tokens_in,
	        (unsigned long long)report->spent.tokens_out, report->stored,
	        report->threads, counts->recited, counts->abbreviations,
	        counts->quoted, report->lines_withheld);
}

static enum nd_status
clear(const char *name, bool dry_run, size_t *count, struct nd_error *err)
{
	const char *path = nd_cachedir_path(NULL, name);
	enum nd_status st = ND_OK;

	*count = 0;
	if (path)
		st = nd_cachedir_clear(path, dry_run, count, err);
	talloc_free((void *)path);
	return st;
}

enum nd_status
nd_llm_clear_cache(bool dry_run, size_t *count, struct nd_error *err)
{
	size_t rates;
	enum nd_status st = clear(CACHE_NAME, dry_run, count, err);

	return st == ND_OK ? clear(RATES_NAME, dry_run, &rates, err) : st;
}
