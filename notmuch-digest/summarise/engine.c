/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/engine.h"

#include <stdio.h>
#include <string.h>

#include "summarise/answer.h"
#include "summarise/assemble.h"
#include "summarise/estimate.h"
#include "summarise/language.h"
#include "summarise/memory.h"
#include "summarise/plan.h"
#include "summarise/prompt.h"
#include "util/alloc.h"
#include "util/cachedir.h"
#include "util/hash.h"
#include "util/limits.h"
#include "util/str.h"

enum {
	OUT_TOKENS = 4096, /* of an answer; less where the context is small */
	PROMPT_TOKENS_MIN = 256, /* a request with less room says nothing */
	PERSON_TOKENS = 16,
	ITEM_TOKENS = 80,
	TASK_TOKENS = 400,
	REPLANS = 2,
	ASKED_TWICE = 2, /* for an answer that is none */
	MARGIN = 10,     /* a tenth of the context is left free */
};

struct nd_engine {
	struct nd_engine_options options;
	struct nd_service *service;
	const char *system;
	const char *profile; /* hash, see memory.h */
	const char *nonce;
	size_t context; /* tokens; smaller when the server says so */
	unsigned max_out;
	struct nd_engine_report report;
};

/* One thread on its way through the engine. */
struct job {
	struct nd_engine *engine;
	const struct nd_case *what;
	struct nd_memory *memory; /* what is known and checked so far */
	struct nd_proof *proof;
	bool same_language;
	bool refresh;      /* memory was stored and covers some mails */
	struct turn *todo; /* requests to send, in order */
	unsigned pending;  /* requests to send or under way */
	unsigned replans;
	bool failed;
};

/* One request about it. */
struct turn {
	struct job *job;
	unsigned flags; /* enum nd_prompt_flags */
	uint32_t *mail;
	size_t mail_count, mail_tokens;
	bool *shown;            /* one a mail of the dossier */
	struct nd_claims known; /* stored, or refused */
	const char **why;
	const char *user, *schema;
	size_t tokens;
	unsigned max_out, asked;
	bool later; /* not the first piece: the opening is told already */
	struct turn *next;
};

/* ---- turns --------------------------------------------------------------- */

static size_t
room_for_mails(const struct nd_engine *engine, const struct nd_dossier *dossier,
               size_t stored)
{
	size_t taken =
		engine->max_out +
		nd_estimate_tokens(engine->system, strlen(engine->system)) +
		nd_estimate_tokens(dossier->facts, strlen(dossier->facts)) +
		PERSON_TOKENS * dossier->person_count + ITEM_TOKENS * stored +
		TASK_TOKENS;
	size_t room = engine->context - engine->context / MARGIN;

	return room > taken ? room - taken : 0;
}

/* Is there history to tell among these mails? */
static bool
has_history(const struct nd_dossier *dossier, const struct turn *turn)
{
	for (size_t i = 0; i < turn->mail_count; i++) {
		const struct nd_exhibit *mail = &dossier->mail[turn->mail[i]];

		if (!mail->is_new && !mail->is_opening)
			return true;
	}
	return false;
}

static struct turn *
new_turn(struct job *job, unsigned flags, const uint32_t *mail, size_t count,
         size_t mail_tokens)
{
	const struct nd_dossier *dossier = job->what->dossier;
	struct turn *turn = x_new(job, struct turn);

	turn->job = job;
	turn->flags = flags;
	turn->mail = x_array(turn, uint32_t, count + 1);
	turn->mail_count = count;
	turn->mail_tokens = mail_tokens;
	turn->shown = x_array(turn, bool, dossier->mail_count);
	turn->max_out = job->engine->max_out;
	for (size_t i = 0; i < count; i++) {
		turn->mail[i] = mail[i];
		turn->shown[mail[i]] = true;
	}
	if (!(flags & ND_PROMPT_REFRESH) && has_history(dossier, turn))
		turn->flags |= ND_PROMPT_EARLIER;
	return turn;
}

static void
push_turn(struct job *job, struct turn *turn)
{
	struct turn **at = &job->todo;

	while (*at)
		at = &(*at)->next;
	*at = turn;
	job->pending++;
}

/* The texts are made when they are needed: a run has many turns. */
static void
write_turn(struct turn *turn)
{
	const struct nd_engine *engine = turn->job->engine;
	struct nd_buf *user = nd_buf_new(turn, ND_LIMIT_PROMPT_BYTES);
	const struct nd_prompt prompt = {
		.dossier = turn->job->what->dossier,
		.flags = turn->flags,
		.mail = turn->mail,
		.mail_count = turn->mail_count,
		.mail_tokens = turn->mail_tokens,
		.known = turn->known.count ? &turn->known : NULL,
		.why = turn->why,
		.nonce = engine->nonce,
	};

	nd_prompt_user(&prompt, user);
	turn->user = user->data;
	turn->schema = nd_prompt_schema(turn, turn->flags);
	turn->tokens =
		nd_estimate_tokens(user->data, user->len) +
		nd_estimate_tokens(engine->system, strlen(engine->system));
}

static struct nd_question
question_of(struct turn *turn)
{
	return (struct nd_question){
		.system = turn->job->engine->system,
		.user = turn->user,
		.schema = turn->schema,
		.max_out = turn->max_out,
		.tokens = turn->tokens,
		.tag = turn,
	};
}

/* ---- jobs ---------------------------------------------------------------- */

static bool
guess_same_language(const struct nd_dossier *dossier, const char *language)
{
	const char *guess = nd_language_guess(dossier->mail[0].text,
	                                      dossier->mail[0].text_len);

	return *guess && strncmp(guess, language, strlen(guess)) == 0;
}

/* What is to be asked: nothing, about the new mails, or about all of them. */
static void
plan_job(struct job *job)
{
	const struct nd_dossier *dossier = job->what->dossier;
	struct nd_claims *stored = &job->memory->claims;
	size_t known = job->refresh ? stored->count : 0;
	struct nd_plan *plan = nd_plan_new(
		job, dossier, job->refresh ? job->memory->covered : NULL,
		room_for_mails(job->engine, dossier, known));

	for (size_t i = 0; i < plan->count; i++) {
		struct nd_piece *piece = &plan->piece[i];
		struct turn *turn =
			new_turn(job, job->refresh ? ND_PROMPT_REFRESH : 0,
		                 piece->mail, piece->count, plan->mail_tokens);

		turn->later = i > 0;
		turn->known.claim = x_array(turn, struct nd_claim, known + 1);
		turn->known.count = known;
		if (known > 0)
			memcpy(turn->known.claim, stored->claim,
			       known * sizeof *stored->claim);
		push_turn(job, turn);
	}
	talloc_free(plan);
}

static struct job *
new_job(struct nd_engine *engine, const struct nd_case *what)
{
	struct job *job = x_new(engine, struct job);

	job->engine = engine;
	job->what = what;
	job->memory = nd_memory_load(job, engine->options.cache_dir,
	                             engine->profile, what->dossier);
	if (job->memory && job->memory->complete)
		return job;
	job->refresh = job->memory != NULL;
	if (!job->memory) {
		job->memory = x_new(job, struct nd_memory);
		job->memory->topic = "";
	}
	job->proof = nd_proof_new(job, what->dossier);
	job->same_language =
		guess_same_language(what->dossier, engine->options.language);
	plan_job(job);
	return job;
}

static void
fail_job(struct job *job, const char *why)
{
	struct nd_engine_report *report = &job->engine->report;

	if (!job->failed && !*report->why)
		snprintf(report->why, sizeof report->why, "%s", why);
	job->failed = true;
}

/* All its requests are done: the thread gets its summary. */
static void
finish_job(struct job *job)
{
	struct nd_engine *engine = job->engine;
	const struct nd_assemble how = {
		.dossier = job->what->dossier,
		.memory = job->memory,
		.model = engine->options.service.model,
		.language = engine->options.language,
		.max_words = engine->options.max_words,
	};

	if (!job->failed && job->memory->claims.count == 0)
		fail_job(job, "nothing that the model said could be proved");
	if (!job->failed && !job->memory->complete && engine->options.cache_dir)
		nd_memory_save(engine->options.cache_dir, engine->profile,
		               job->what->dossier, job->memory);
	if (!job->failed || job->memory->claims.count == 0)
		nd_assemble_summary(job->what->thread, &how);
	engine->report.failed += job->failed;
}

/* ---- answers ------------------------------------------------------------- */

static bool
is_known(const struct nd_memory *memory, const struct nd_claim *claim)
{
	for (size_t i = 0; i < memory->claims.count; i++)
		if (nd_str_equal_nocase(memory->claims.claim[i].text,
		                        claim->text))
			return true;
	return false;
}

static void
keep_claim(struct nd_memory *memory, const struct nd_claim *claim)
{
	struct nd_claim *kept =
		x_append(memory, memory->claims.claim, memory->claims.count);

	*kept = *claim;
	kept->quote = x_strdup(memory, claim->quote);
	kept->text = x_strdup(memory, claim->text);
}

/* Ask again for what was refused, with the mails that it cites. */
static void
add_repair(struct turn *turn, const struct nd_claims *refused, const char **why)
{
	struct job *job = turn->job;
	uint32_t *mail = x_array(turn, uint32_t, turn->mail_count + 1);
	bool *cited = x_array(turn, bool, job->what->dossier->mail_count);
	struct turn *repair;
	size_t count = 0;

	for (size_t i = 0; i < refused->count; i++)
		for (size_t k = 0; k < refused->claim[i].source_count; k++) {
			int source = refused->claim[i].source[k];

			if ((size_t)source <= job->what->dossier->mail_count)
				cited[source - 1] = true;
		}
	for (size_t i = 0; i < turn->mail_count; i++)
		if (cited[turn->mail[i]])
			mail[count++] = turn->mail[i];
	if (count == 0) {
		job->memory->dropped += (unsigned)refused->count;
		return;
	}
	repair = new_turn(job,
	                  ND_PROMPT_REPAIR | (turn->flags & ND_PROMPT_EARLIER),
	                  mail, count, turn->mail_tokens);
	for (size_t i = 0; i < refused->count; i++) {
		struct nd_claim *claim = x_append(repair, repair->known.claim,
		                                  repair->known.count);

		*claim = refused->claim[i];
		claim->text = x_strdup(repair, claim->text);
	}
	repair->why = x_array(repair, const char *, refused->count);
	memcpy(repair->why, why, refused->count * sizeof *why);
	push_turn(job, repair);
}

static const char *
check_zone_asked(const struct turn *turn, const struct nd_claim *claim)
{
	if (claim->zone == ND_ZONE_EARLIER &&
	    !(turn->flags & ND_PROMPT_EARLIER))
		return "earlier was not asked for";
	if (claim->zone == ND_ZONE_BACKGROUND &&
	    (turn->flags & ND_PROMPT_REFRESH))
		return "background was not asked for";
	return NULL;
}

/* Keep what holds; returns what does not, with the reasons. */
static struct nd_claims
sift(struct turn *turn, const struct nd_check *check, struct nd_answer *answer,
     const char ***why)
{
	struct job *job = turn->job;
	struct nd_claims refused = {0};
	size_t reasons = 0;

	for (size_t i = 0; i < answer->claims.count; i++) {
		struct nd_claim *claim = &answer->claims.claim[i];
		const char *reason = check_zone_asked(turn, claim);

		if (turn->later && claim->zone == ND_ZONE_BACKGROUND)
			continue;
		if (!reason)
			reason = nd_check_claim(check, answer, claim,
			                        &job->engine->report.counts);
		if (!reason && !is_known(job->memory, claim)) {
			keep_claim(job->memory, claim);
		} else if (reason) {
			*x_append(answer, refused.claim, refused.count) =
				*claim;
			*x_append(answer, *why, reasons) = reason;
		}
	}
	return refused;
}

/* Stored items that the model says are no longer so. */
static void
forget_superseded(struct turn *turn, const struct nd_answer *answer)
{
	struct nd_claims *claims = &turn->job->memory->claims;
	size_t kept = 0;

	for (size_t i = 0; i < claims->count; i++) {
		bool gone = false;

		/* The turn's copy shares the texts, so they tell items apart. */
		for (size_t k = 0; k < answer->superseded_count && !gone; k++) {
			size_t n = (size_t)answer->superseded[k];

			gone = n <= turn->known.count &&
			       turn->known.claim[n - 1].text ==
			               claims->claim[i].text;
		}
		if (!gone)
			claims->claim[kept++] = claims->claim[i];
	}
	claims->count = kept;
}

static void
keep_terms(struct job *job, const struct nd_check *check,
           const struct nd_answer *answer)
{
	struct nd_memory *memory = job->memory;

	for (size_t i = 0; i < answer->term_count; i++) {
		const struct nd_term *term = &answer->term[i];
		bool known = !nd_check_term(check, term);

		for (size_t k = 0; !known && k < memory->term_count; k++)
			known = strcmp(memory->term[k].term, term->term) == 0;
		if (known)
			continue;
		*x_append(memory, memory->term, memory->term_count) =
			(struct nd_term){
				x_strdup(memory, term->term),
				x_strdup(memory, term->expansion),
			};
	}
}

/* Which of the refused statements come to nothing in the end. */
static void
settle(struct turn *turn, const struct nd_answer *answer,
       const struct nd_claims *refused, const char **why, size_t before)
{
	struct job *job = turn->job;
	size_t kept = job->memory->claims.count - before;

	if (turn->flags & ND_PROMPT_REPAIR) {
		if (kept < turn->known.count)
			job->memory->dropped +=
				(unsigned)(turn->known.count - kept);
		return;
	}
	job->memory->dropped += answer->malformed;
	if (refused->count > 0)
		add_repair(turn, refused, why);
}

static void
absorb(struct turn *turn, struct nd_answer *answer)
{
	struct job *job = turn->job;
	const struct nd_check check = {
		.dossier = job->what->dossier,
		.proof = job->proof,
		.shown = turn->shown,
		.windowed = !(turn->flags & ND_PROMPT_REFRESH),
		.same_language = job->same_language,
	};
	const char **why = NULL, *topic = NULL;
	struct nd_claims refused;
	size_t before;

	if (turn->flags & ND_PROMPT_REFRESH)
		forget_superseded(turn, answer);
	before = job->memory->claims.count;
	if (!(turn->flags & ND_PROMPT_REPAIR) && !turn->later)
		topic = nd_check_topic(&check, answer, answer->topic,
		                       &job->engine->report.counts);
	if (topic && *topic)
		job->memory->topic = x_strdup(job->memory, topic);
	refused = sift(turn, &check, answer, &why);
	keep_terms(job, &check, answer);
	settle(turn, answer, &refused, why, before);
}

/* Ask the same again, with more room when it was room that lacked. */
static bool
ask_again(struct turn *turn, const struct nd_said *said)
{
	if (++turn->asked >= ASKED_TWICE)
		return false;
	if (said->finish == ND_FINISH_LENGTH)
		turn->max_out *= 2;
	push_turn(turn->job, turn);
	return true;
}

static void
drop_todo(struct job *job)
{
	while (job->todo) {
		job->todo = job->todo->next;
		job->pending--;
	}
}

/* A repair that comes to nothing costs only the statements it was for. */
static void
give_up(struct turn *turn, const char *why)
{
	struct job *job = turn->job;

	if (turn->flags & ND_PROMPT_REPAIR) {
		job->memory->dropped += (unsigned)turn->known.count;
		return;
	}
	fail_job(job, why);
	drop_todo(job);
}

static void
take_said(struct turn *turn, const struct nd_said *said)
{
	struct job *job = turn->job;
	struct nd_answer *answer;
	struct nd_error err;

	/* Ollama cuts in silence: half of what was sent is not all of it. */
	if (job->engine->options.service.provider == &nd_provider_ollama &&
	    said->tokens_in > 0 && (size_t)said->tokens_in < turn->tokens / 2)
		job->engine->report.cut++;
	if (said->finish == ND_FINISH_REFUSED) {
		give_up(turn, "the model refused to answer");
		return;
	}
	if (nd_answer_read(turn, said->content, strlen(said->content), &answer,
	                   &err) == ND_OK) {
		absorb(turn, answer);
		return;
	}
	if (!ask_again(turn, said))
		give_up(turn, err.msg);
}

/* The server has less room than we thought: in smaller pieces. */
static void
replan(struct turn *turn, const struct nd_service_reply *reply)
{
	struct job *job = turn->job;
	struct nd_engine *engine = job->engine;
	size_t context = reply->context ? reply->context : turn->tokens / 2;

	if ((turn->flags & ND_PROMPT_REPAIR) || ++job->replans > REPLANS) {
		give_up(turn, reply->why);
		return;
	}
	if (context < engine->context)
		engine->context = context;
	if (engine->max_out > engine->context / 4)
		engine->max_out = (unsigned)(engine->context / 4);
	if (room_for_mails(engine, job->what->dossier, 0) < PROMPT_TOKENS_MIN) {
		give_up(turn, "the model's context is too small");
		return;
	}
	/* Pieces that were answered already are asked for again: rare. */
	drop_todo(job);
	plan_job(job);
}

/* ---- the run ------------------------------------------------------------- */

struct run {
	struct nd_engine *engine;
	const struct nd_case *cases;
	size_t count, next;
	struct job *waiting; /* has turns that are not sent yet */
	void (*done)(void *arg);
	void *arg;
};

static void
end_job(struct run *run, struct job *job)
{
	finish_job(job);
	talloc_free(job);
	run->done(run->arg);
}

/* The next thread that has something to ask; NULL when there is none. */
static struct job *
next_job(struct run *run)
{
	struct nd_engine *engine = run->engine;

	while (run->next < run->count) {
		const struct nd_case *what = &run->cases[run->next++];
		struct job *job;

		if (!what->dossier) {
			engine->report.barred++;
			run->done(run->arg);
			continue;
		}
		engine->report.threads++;
		job = new_job(engine, what);
		if (job->pending > 0)
			return job;
		engine->report.stored += job->memory->complete;
		end_job(run, job);
	}
	return NULL;
}

/* Why this turn may not be sent; NULL when it may. */
static const char *
obstacle(const struct nd_engine *engine, const struct nd_question *question)
{
	if (nd_service_stopped(engine->service))
		return nd_service_stopped(engine->service);
	if (nd_service_is_over(engine->service, question))
		return "the budget of tokens (digest.llm.budget_tokens) is "
		       "used up";
	return NULL;
}

/* Send the turns of a job, or give them up; true when it is over. */
static bool
send_turns(struct job *job)
{
	struct nd_engine *engine = job->engine;

	while (job->todo && nd_service_has_room(engine->service)) {
		struct turn *turn = job->todo;
		struct nd_question question;
		const char *why;

		job->todo = turn->next;
		turn->next = NULL;
		write_turn(turn);
		question = question_of(turn);
		why = obstacle(engine, &question);
		if (why) {
			job->pending--;
			give_up(turn, why);
		} else {
			nd_service_ask(engine->service, &question);
		}
	}
	return job->pending == 0;
}

static void
send_more(struct run *run)
{
	while (nd_service_has_room(run->engine->service)) {
		struct job *job = run->waiting;

		if (!job)
			job = run->waiting = next_job(run);
		if (!job)
			return;
		if (send_turns(job))
			end_job(run, job);
		else if (job->todo)
			return;
		run->waiting = NULL;
	}
}

static void
take_reply(struct run *run, const struct nd_service_reply *reply)
{
	struct turn *turn = reply->tag;
	struct job *job = turn->job;

	job->pending--;
	switch (reply->outcome) {
	case ND_OUTCOME_SAID:
		take_said(turn, &reply->said);
		break;
	case ND_OUTCOME_TOO_LONG:
		replan(turn, reply);
		break;
	case ND_OUTCOME_FAILED:
		give_up(turn, reply->why);
		break;
	}
	/* What it asks for now goes out before the next thread's. */
	if (job != run->waiting && send_turns(job))
		end_job(run, job);
}

void
nd_engine_run(struct nd_engine *engine, const struct nd_case *cases,
              size_t count, void (*done)(void *arg), void *arg)
{
	struct run run = {engine, cases, count, 0, NULL, done, arg};
	void *tmp = talloc_new(NULL);
	struct nd_service_reply *reply;

	send_more(&run);
	while (nd_service_wait(engine->service, tmp, &reply)) {
		take_reply(&run, reply);
		talloc_free(reply);
		send_more(&run);
	}
	if (engine->options.service.cancel && *engine->options.service.cancel)
		engine->report.cancelled = true;
	engine->report.spent = nd_service_spent(engine->service);
	if (engine->options.cache_dir)
		nd_cachedir_trim(engine->options.cache_dir,
		                 ND_LIMIT_CACHE_BYTES);
	talloc_free(tmp);
}

/* ---- looking ahead ------------------------------------------------------- */

void
nd_engine_forecast(struct nd_engine *engine, const struct nd_case *cases,
                   size_t count, struct nd_forecast *forecast)
{
	for (size_t i = 0; i < count; i++) {
		struct job *job;

		if (!cases[i].dossier) {
			forecast->barred++;
			continue;
		}
		job = new_job(engine, &cases[i]);
		forecast->threads++;
		forecast->stored += job->pending == 0;
		for (struct turn *turn = job->todo; turn; turn = turn->next) {
			write_turn(turn);
			forecast->requests++;
			forecast->tokens_in += turn->tokens;
			forecast->tokens_out_max += turn->max_out;
		}
		talloc_free(job);
	}
}

void
nd_engine_show(struct nd_engine *engine, const struct nd_case *cases,
               size_t count, struct nd_buf *out)
{
	for (size_t i = 0; i < count; i++) {
		struct job *job;

		if (!cases[i].dossier)
			continue;
		job = new_job(engine, &cases[i]);
		for (struct turn *turn = job->todo; turn; turn = turn->next) {
			struct nd_question question;

			write_turn(turn);
			question = question_of(turn);
			nd_buf_addf(out, "POST %s\n",
			            nd_service_url(engine->service));
			nd_service_body(engine->service, &question, out);
			nd_buf_addc(out, '\n');
		}
		talloc_free(job);
	}
}

/* ---- the engine ---------------------------------------------------------- */

/* All that decides an answer besides the mails. */
static const char *
profile_of(const struct nd_engine *engine)
{
	struct nd_hash *hash = nd_hash_new(engine);

	nd_hash_add(hash, engine->options.service.provider->name);
	nd_hash_add(hash, engine->options.service.model);
	nd_hash_add(hash, engine->options.language);
	nd_hash_add(hash, engine->system);
	for (unsigned flags = 0; flags <= ND_PROMPT_REFRESH; flags++)
		nd_hash_add(hash, nd_prompt_schema(hash, flags));
	return nd_hash_hex(engine, hash);
}

struct nd_engine *
nd_engine_new(const void *ctx, const struct nd_engine_options *options)
{
	struct nd_engine *engine = x_new(ctx, struct nd_engine);

	engine->options = *options;
	engine->service = nd_service_new(engine, &options->service);
	engine->system =
		nd_prompt_system(engine, options->language, options->max_words);
	engine->profile = profile_of(engine);
	engine->nonce = nd_prompt_nonce(engine);
	engine->context = options->service.context;
	engine->max_out = OUT_TOKENS;
	if (engine->max_out > engine->context / 4)
		engine->max_out = (unsigned)(engine->context / 4);
	return engine;
}

const struct nd_engine_report *
nd_engine_report(const struct nd_engine *engine)
{
	return &engine->report;
}
