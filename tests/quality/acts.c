/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * acts.c - fit the weights of text/actmodel.h, and judge them on lists not seen
 *
 * usage: acts fit THREADS GOLD [WITHOUT]   > actweights.c
 *        acts judge THREADS GOLD           leaves each list out, in turn;
 *                                          prints tables in Markdown
 *        acts unmatched THREADS GOLD       gold sentences that nothing matches
 *
 * THREADS and GOLD are made by acts.py, which says what stands in them.
 * WITHOUT is a list (or several, with commas) whose threads are not looked at.
 *
 * Both stages are logistic regressions of liblinear: stage 1, over sentences,
 * with an L1 penalty; stage 2, over mails, with an L2 penalty, over scores of
 * models that have not seen the mail's list. Words count when they stand in
 * DF_MIN sentences of two lists, other features in DF_MIN sentences of two.
 */
#include <linear.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "analyse/analyse.h"
#include "analyse/posting.h"
#include "analyse/speech.h"
#include "mail/read.h"
#include "mail/threading.h"
#include "text/actmodel.h"
#include "text/actreader.h"
#include "text/actweights.h"
#include "util/alloc.h"
#include "util/map.h"
#include "util/str.h"

enum {
	LINE_BYTES = 65536,
	HEAD_BYTES = 1 << 16,
	LISTS_MAX = 32,
	DF_MIN = 4,
	WORDS_MAX = 2000, /* words and pairs that are kept */
	BUCKETS = 1 << 18,
	T_WORD = 0, /* the first two templates of text/actreader.c */
	T_PAIR = 1
};

/* Set from the environment, for trials; the values are those of the fit. */
static double stage1_c = 0.5, stage2_c = 0.1, threshold_p = 0.45;

struct feature {
	uint64_t key;
	const char *word;
	unsigned df[LISTS_MAX]; /* sentences of each list that have it */
};

struct sentence {
	int list;
	size_t mail;  /* in data.mail */
	bool trained; /* no act and an annotator who stopped: unknown */
	unsigned acts;
	int *feature;
	size_t count;
};

struct mail {
	const char *id;
	int list;
	struct nd_act_mail *thread; /* of its thread */
	size_t index;
	unsigned acts; /* of the gold */
	unsigned ruled; /* acts that are told by their form */
	bool full;     /* the annotator stopped in this thread */
	bool counts;   /* has sentences of its own that are trained */
	size_t first, last; /* sentences */
	int *feature;  /* of stage 2 */
	size_t feature_count;
};

struct data {
	char *list[LISTS_MAX];
	int list_count;
	struct feature *feature;
	size_t feature_count;
	int *bucket;
	struct sentence *sentence;
	size_t sentence_count;
	struct mail *mail;
	size_t mail_count;
	struct nd_act_mail **thread;
	size_t *thread_size;
	size_t thread_count;
	struct nd_map *gold; /* id -> struct gold */
	size_t gold_count, matched;
	unsigned want[LISTS_MAX][ND_ACT_COUNT]; /* acts of mails not looked at */
	unsigned tagged[LISTS_MAX]; /* approvals by a trailer alone, right */
	bool show_unmatched;
};

struct gold {
	int act;
	char *text; /* words only */
	bool hit;
	struct gold *next;
};

static struct data data;

/* ---- reading ---- */

static int
act_by_name(const char *name)
{
	for (int i = 0; i < ND_ACT_COUNT; i++)
		if (strcmp(nd_act_name((enum nd_act)i), name) == 0)
			return i;
	return -1;
}

/* Letters and digits of (text, len), words parted by single blanks. */
static char *
words_of(const void *ctx, const char *text, size_t len)
{
	char *out = x_array(ctx, char, len + 3);
	size_t n = 0;

	out[n++] = ' ';
	for (size_t i = 0; i < len; i++) {
		char c = text[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			out[n++] = c;
		else if (out[n - 1] != ' ')
			out[n++] = ' ';
	}
	if (out[n - 1] != ' ')
		out[n++] = ' ';
	out[n] = '\0';
	return out;
}

static size_t
count_words(const char *words)
{
	size_t n = 0;

	for (const char *at = words + 1; *at; at++)
		n += *at == ' ';
	return n;
}

/* Is the gold's sentence this one, or a part of it, or it of the gold's? */
static bool
matches(const char *gold, const char *said)
{
	size_t a = count_words(gold), b = count_words(said);

	if (a == 0 || b == 0)
		return false;
	if (strcmp(gold, said) == 0)
		return true;
	if (strstr(said, gold))
		return a >= 2 || b <= 4;
	if (strstr(gold, said))
		return b >= 4 || 2 * b >= a;
	return false;
}

static void
read_gold(const char *path)
{
	static char line[LINE_BYTES];
	FILE *file = fopen(path, "r");

	if (!file) {
		perror(path);
		exit(66);
	}
	data.gold = nd_map_new(NULL);
	while (fgets(line, sizeof line, file)) {
		char *root = strtok(line, "\t\n"), *id = strtok(NULL, "\t\n");
		char *act = strtok(NULL, "\t\n"), *text = strtok(NULL, "\t\n");
		struct gold *gold;

		if (!root || !id || !act || act_by_name(act) < 0)
			continue;
		gold = x_new(data.gold, struct gold);
		gold->act = act_by_name(act);
		gold->text = words_of(gold, text ? text : "",
		                      text ? strlen(text) : 0);
		gold->next = (struct gold *)nd_map_get(data.gold, id);
		nd_map_set(data.gold, id, gold);
	}
	fclose(file);
}

static int
list_by_name(const char *name)
{
	for (int i = 0; i < data.list_count; i++)
		if (strcmp(data.list[i], name) == 0)
			return i;
	if (data.list_count == LISTS_MAX)
		exit(70);
	data.list[data.list_count] = x_strdup(NULL, name);
	return data.list_count++;
}

static int
feature_by_key(uint64_t key, const char *word)
{
	size_t at = (size_t)((key * 0x9e3779b97f4a7c15u) >> 40) % BUCKETS;
	struct feature *feature;

	while (data.bucket[at] > 0) {
		if (data.feature[data.bucket[at] - 1].key == key)
			return data.bucket[at] - 1;
		at = (at + 1) % BUCKETS;
	}
	if (data.feature_count + 1 >= BUCKETS / 2)
		exit(70);
	feature = x_append(NULL, data.feature, data.feature_count);
	feature->key = key;
	feature->word = word ? x_strdup(NULL, word) : NULL;
	data.bucket[at] = (int)data.feature_count;
	return (int)data.feature_count - 1;
}

static char *
token_name(const void *ctx, const struct nd_token *token)
{
	const char *kind = nd_token_kind_name((enum nd_token_kind)token->kind);

	if (*kind)
		return x_strdup(ctx, kind);
	return nd_str_lower(x_strndup(ctx, token->text, token->len));
}

/* "could you": what the hash of a word, or of a pair, was made from. */
static const char *
word_name(const void *ctx, const struct nd_token *token, size_t count,
          size_t word, bool is_pair)
{
	const char *first = "|", *second = "|"; /* the edges */

	if (!is_pair)
		return token_name(ctx, &token[word]);
	if (word > 0)
		first = token_name(ctx, &token[word - 1]);
	if (word < count)
		second = token_name(ctx, &token[word]);
	return x_asprintf(ctx, "%s %s", first, second);
}

static int
compare_ints(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void
keep_features(const struct nd_actfeatures *features,
              const struct nd_token *token, size_t count, int **out,
              size_t *out_count)
{
	size_t words = 0, pairs = 0, kept = 0;
	void *tmp = talloc_new(NULL);

	*out = x_array(NULL, int, features->count + 1);
	for (size_t i = 0; i < features->count; i++) {
		unsigned t = (unsigned)(features->key[i] >> 56);
		const char *name = NULL;

		if (t == T_WORD)
			name = word_name(tmp, token, count, words++, false);
		if (t == T_PAIR)
			name = word_name(tmp, token, count, pairs++, true);
		(*out)[kept++] = feature_by_key(features->key[i], name);
	}
	qsort(*out, kept, sizeof **out, compare_ints);
	*out_count = 0;
	for (size_t i = 0; i < kept; i++)
		if (i == 0 || (*out)[i] != (*out)[i - 1])
			(*out)[(*out_count)++] = (*out)[i];
	talloc_free(tmp);
}

static void
add_sentence(struct nd_act_mail *mails, size_t index, size_t said, int list,
             bool full, struct gold *gold)
{
	struct sentence *s =
		x_append(NULL, data.sentence, data.sentence_count);
	const struct nd_utterance *u = &mails[index].said.utterance[said];
	static struct nd_actfeatures features;
	char *words = words_of(NULL, u->text, u->len);
	size_t count;
	const struct nd_token *token =
		nd_actreader_tokens(mails[index].reader, said, &count);

	s->list = list;
	s->mail = data.mail_count - 1;
	for (struct gold *g = gold; g; g = g->next)
		if (matches(g->text, words)) {
			s->acts |= 1u << g->act;
			g->hit = true;
		}
	s->trained = s->acts || !full;
	features.count = 0;
	nd_actreader_mail_features(mails[index].reader, &features);
	nd_actreader_features(mails[index].reader, said, &features);
	keep_features(&features, token, count, &s->feature, &s->count);
	if (s->trained)
		for (size_t i = 0; i < s->count; i++)
			data.feature[s->feature[i]].df[list]++;
	talloc_free(words);
}

static void
report_gold(const char *id, struct gold *gold)
{
	for (; gold; gold = gold->next) {
		data.gold_count++;
		data.matched += gold->hit;
		if (data.show_unmatched && !gold->hit)
			printf("%s\t%s\t%s\n", id,
			       nd_act_name((enum nd_act)gold->act), gold->text);
	}
}

/* What the ledger tells by its form: acceptances, robots, trailers. */
static unsigned
ruled_acts(const struct nd_thread *thread, int32_t index)
{
	unsigned acts = 0;

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if (event->message != index)
			continue;
		switch (event->type) {
		case ND_EVENT_APPLIED:
		case ND_EVENT_PULLED:
		case ND_EVENT_MERGED:
		case ND_EVENT_MERGED_STABLE:
			acts |= 1u << ND_ACT_APPLIES;
			break;
		case ND_EVENT_TEST_RESULT:
			if (thread->message[index]->flags & ND_MESSAGE_ROBOT)
				acts |= 1u << ND_ACT_REPORTS;
			break;
		case ND_EVENT_TRAILER:
			if (strncmp(event->text, "Tested", 6) == 0)
				acts |= 1u << ND_ACT_REPORTS;
			break;
		default:
			break;
		}
	}
	return acts;
}

/* Cover letters and patches are no replies: nothing of them is annotated. */
static bool
is_looked_at(const struct nd_thread *thread, const int32_t *target, size_t i)
{
	return target[i] != (int32_t)i &&
	       !((int32_t)i == thread->root &&
	         thread->category != ND_CATEGORY_OTHER &&
	         !(thread->message[i]->parts->flags & ND_SUBJECT_REPLY));
}

static void
add_thread(struct nd_thread *thread, int list, bool full)
{
	int32_t *target;
	struct nd_act_mail *mails;

	nd_threading_link(thread);
	nd_analyse_thread(thread);
	target = nd_posting_targets(thread, thread);
	mails = nd_speech_look(NULL, thread, target);
	*x_append(NULL, data.thread, data.thread_count) = mails;
	data.thread_count--;
	*x_append(NULL, data.thread_size, data.thread_count) =
		thread->message_count;
	for (size_t i = 0; i < thread->message_count; i++) {
		struct mail *mail;
		const char *id = thread->message[i]->id;
		struct gold *gold = (struct gold *)nd_map_get(data.gold, id);
		static struct nd_actfeatures features;

		mail = x_append(NULL, data.mail, data.mail_count);
		mail->id = x_strdup(NULL, id);
		mail->list = list;
		mail->thread = mails;
		mail->index = i;
		mail->full = full;
		mail->ruled = ruled_acts(thread, (int32_t)i);
		mail->counts = is_looked_at(thread, target, i) &&
		               mails[i].said.count > 0;
		mail->first = data.sentence_count;
		for (size_t k = 0; mail->counts && k < mails[i].said.count; k++)
			add_sentence(mails, i, k, list, full, gold);
		mail->last = data.sentence_count;
		mails[i].sentence = x_array(mails, struct nd_act_score,
		                            mails[i].said.count);
		for (struct gold *g = gold; g; g = g->next)
			mail->acts |= 1u << g->act;
		features.count = 0;
		nd_actreader_mail_features(mails[i].reader, &features);
		keep_features(&features, NULL, 0, &mail->feature,
		              &mail->feature_count);
		report_gold(id, gold);
	}
}

static void
add_mail(struct nd_thread *thread, const char *path, int64_t until_s)
{
	struct nd_message *message = x_new(thread, struct nd_message);
	const char *id = NULL;
	struct nd_error err;
	FILE *file = fopen(path, "rb");
	char *bytes = x_array(thread, char, HEAD_BYTES);
	size_t len = file ? fread(bytes, 1, HEAD_BYTES, file) : 0;

	if (file)
		fclose(file);
	message->file = x_array(message, const char *, 1);
	message->file[0] = x_strdup(message, path);
	message->file_count = 1;
	if (nd_read_message_id(message, bytes, len, &id, &err) != ND_OK ||
	    (message->id = id, nd_read_mail(message, &err)) != ND_OK)
		fprintf(stderr, "%s: %s\n", path, err.msg);
	talloc_free(bytes);
	if (!message->id || message->date_s >= until_s)
		return;
	message->flags |= ND_MESSAGE_NEW;
	*x_append(thread, thread->message, thread->message_count) = message;
}

static bool
is_without(const char *without, const char *list)
{
	size_t len = strlen(list);
	const char *at = without;

	while (at && (at = strstr(at, list))) {
		if ((at == without || at[-1] == ',') &&
		    (at[len] == ',' || at[len] == '\0'))
			return true;
		at += len;
	}
	return false;
}

static void
read_threads(const char *path, const char *without)
{
	static char line[LINE_BYTES];
	char key[LINE_BYTES] = "";
	FILE *file = fopen(path, "r");
	struct nd_thread *thread = NULL;
	int list = 0;
	bool full = false;

	if (!file) {
		perror(path);
		exit(66);
	}
	while (fgets(line, sizeof line, file)) {
		char *name = strtok(line, "\t\n"), *root = strtok(NULL, "\t\n");
		char *until = strtok(NULL, "\t\n"), *cap = strtok(NULL, "\t\n");
		char *mail = strtok(NULL, "\t\n"), now[LINE_BYTES];

		if (!mail || is_without(without, name))
			continue;
		snprintf(now, sizeof now, "%.200s %.1000s", name, root);
		if (strcmp(now, key) != 0) {
			if (thread && thread->message_count)
				add_thread(thread, list, full);
			thread = x_new(NULL, struct nd_thread);
			list = list_by_name(name);
			full = *cap == '1';
			strcpy(key, now);
		}
		add_mail(thread, mail, strtoll(until, NULL, 10));
	}
	if (thread && thread->message_count)
		add_thread(thread, list, full);
	fclose(file);
}

/* ---- stage 1 ---- */

/* A fit: the features it looks at, and a weight of each for each act. */
struct stage1 {
	int *column; /* of each feature, 0: not looked at */
	int *feature; /* of each column, from 1 */
	int columns;
	double *weight[ND_ACT_COUNT]; /* of each column, then the bias */
};

struct ranked {
	int feature;
	double score;
};

static int
compare_ranked(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->feature - y->feature;
}

static bool
is_word_feature(const struct feature *feature)
{
	return feature->key >> 56 <= T_PAIR;
}

/* How far a word's acts are from those of all: the highest of the acts. */
static void
rank_words(const bool *in, struct ranked *word, size_t count)
{
	double all[ND_ACT_COUNT] = {0}, total = 0;
	int *place = x_array(NULL, int, data.feature_count);
	double(*seen)[ND_ACT_COUNT + 1] =
		talloc_zero_size(place, (count + 1) * sizeof *seen);

	for (size_t i = 0; i < count; i++)
		place[word[i].feature] = (int)i + 1;
	for (size_t i = 0; i < data.sentence_count; i++) {
		const struct sentence *s = &data.sentence[i];

		if (!s->trained || !in[s->list])
			continue;
		total++;
		for (int a = 0; a < ND_ACT_COUNT; a++)
			all[a] += (s->acts >> a) & 1u;
		for (size_t k = 0; k < s->count; k++) {
			int at = place[s->feature[k]];

			if (at == 0)
				continue;
			seen[at][ND_ACT_COUNT]++;
			for (int a = 0; a < ND_ACT_COUNT; a++)
				seen[at][a] += (s->acts >> a) & 1u;
		}
	}
	for (size_t i = 0; i < count; i++)
		for (int a = 0; a < ND_ACT_COUNT; a++) {
			double e = seen[i + 1][ND_ACT_COUNT] * all[a] / total;
			double d = seen[i + 1][a] - e;
			double score = d * d / (e + 1);

			if (score > word[i].score)
				word[i].score = score;
		}
	talloc_free(place);
}

static void
choose_columns(struct stage1 *fit, const bool *in)
{
	struct ranked *word = NULL;
	size_t words = 0;

	fit->column = x_array(NULL, int, data.feature_count);
	fit->feature = x_array(NULL, int, data.feature_count + 1);
	for (size_t i = 0; i < data.feature_count; i++) {
		unsigned sentences = 0, lists = 0;

		for (int l = 0; l < data.list_count; l++) {
			sentences += in[l] ? data.feature[i].df[l] : 0;
			lists += in[l] && data.feature[i].df[l] > 0;
		}
		if (sentences < DF_MIN || lists < 2)
			continue;
		if (is_word_feature(&data.feature[i])) {
			struct ranked *r = x_append(NULL, word, words);

			r->feature = (int)i;
			continue;
		}
		fit->column[i] = ++fit->columns;
		fit->feature[fit->columns] = (int)i;
	}
	rank_words(in, word, words);
	if (words > 0)
		qsort(word, words, sizeof *word, compare_ranked);
	for (size_t i = 0; i < words && i < WORDS_MAX; i++) {
		fit->column[word[i].feature] = ++fit->columns;
		fit->feature[fit->columns] = word[i].feature;
	}
	talloc_free(word);
}

static void
be_quiet(const char *text)
{
	(void)text;
}

static double *
regress(struct problem *problem, const double *y, double c, int solver)
{
	struct parameter parameter = {
		.solver_type = solver, .C = c, .eps = 0.01, .p = 0.1};
	struct model *model;
	double *weight = x_array(NULL, double, problem->n + 1);
	int positive = 0;

	for (int i = 0; i < problem->l; i++)
		positive += y[i] > 0;
	if (positive < 4) {
		weight[problem->n - 1] = -7;
		return weight;
	}
	problem->y = (double *)y;
	srand(1);
	set_print_string_function(be_quiet);
	model = train(problem, &parameter);
	for (int i = 0; i < problem->n; i++)
		weight[i] = model->label[0] > 0 ? model->w[i] : -model->w[i];
	free_and_destroy_model(&model);
	return weight;
}

/* Rows of feature_node for liblinear; the last column is the bias. */
static void
add_row(struct problem *problem, const int *column, const int *feature,
        size_t count, const float *number, size_t numbers)
{
	struct feature_node *node =
		x_array(problem->x, struct feature_node, count + numbers + 2);
	size_t n = 0;

	for (size_t i = 0; i < numbers; i++)
		node[n++] = (struct feature_node){(int)i + 1, number[i]};
	for (size_t i = 0; i < count; i++)
		if (column[feature[i]] > 0)
			node[n++] = (struct feature_node){
				(int)numbers + column[feature[i]], 1};
	node[n++] = (struct feature_node){problem->n, 1};
	node[n] = (struct feature_node){-1, 0};
	problem->x[problem->l++] = node;
}

static void
fit_stage1(struct stage1 *fit, const bool *in)
{
	struct problem problem = {.bias = 1};
	double *y = x_array(NULL, double, data.sentence_count);

	choose_columns(fit, in);
	problem.n = fit->columns + 1;
	problem.x = x_array(NULL, struct feature_node *, data.sentence_count);
	for (size_t i = 0; i < data.sentence_count; i++) {
		const struct sentence *s = &data.sentence[i];

		if (s->trained && in[s->list])
			add_row(&problem, fit->column, s->feature, s->count,
			        NULL, 0);
	}
	for (int act = 0; act < ND_ACT_COUNT; act++) {
		int row = 0;

		for (size_t i = 0; i < data.sentence_count; i++) {
			const struct sentence *s = &data.sentence[i];

			if (s->trained && in[s->list])
				y[row++] = (s->acts >> act) & 1u ? 1 : -1;
		}
		fit->weight[act] = regress(&problem, y, stage1_c, L1R_LR);
	}
	talloc_free(problem.x);
	talloc_free(y);
}

static void
score_sentence(const struct stage1 *fit, const struct sentence *s,
               struct nd_act_score *score)
{
	for (int act = 0; act < ND_ACT_COUNT; act++) {
		double odds = fit->weight[act][fit->columns];

		for (size_t i = 0; i < s->count; i++) {
			int column = fit->column[s->feature[i]];

			if (column > 0)
				odds += fit->weight[act][column - 1];
		}
		score->act[act] = (float)odds;
	}
}

static void
free_stage1(struct stage1 *fit)
{
	for (int act = 0; act < ND_ACT_COUNT; act++)
		talloc_free(fit->weight[act]);
	talloc_free(fit->column);
	talloc_free(fit->feature);
}

/*
 * Scores of the sentences of lists a and b by a fit that has seen neither;
 * kept for those who ask again.
 */
static struct nd_act_score *pair_score[LISTS_MAX][LISTS_MAX];

static void
score_lists(const struct stage1 *fit, int a, int b, struct nd_act_score *out)
{
	for (size_t i = 0; i < data.sentence_count; i++)
		if (data.sentence[i].list == a || data.sentence[i].list == b)
			score_sentence(fit, &data.sentence[i], &out[i]);
}

/* Runs in a process of its own: writes its scores to a pipe. */
static void
fit_pair(int a, int b, int fd)
{
	struct nd_act_score *score =
		x_array(NULL, struct nd_act_score, data.sentence_count);
	bool in[LISTS_MAX];
	struct stage1 fit = {0};
	size_t size = data.sentence_count * sizeof *score, done = 0;

	for (int l = 0; l < data.list_count; l++)
		in[l] = l != a && l != b;
	fit_stage1(&fit, in);
	score_lists(&fit, a, b, score);
	while (done < size) {
		ssize_t n = write(fd, (char *)score + done, size - done);

		if (n <= 0)
			_exit(74);
		done += (size_t)n;
	}
	_exit(0);
}

static int
start_pair(int a, int b)
{
	int fds[2];

	if (pipe(fds) != 0)
		exit(71);
	if (fork() == 0) {
		close(fds[0]);
		fit_pair(a, b, fds[1]);
	}
	close(fds[1]);
	return fds[0];
}

static void
finish_pair(int a, int b, int fd)
{
	size_t size = data.sentence_count * sizeof(struct nd_act_score);
	char *at = talloc_zero_size(NULL, size);
	size_t done = 0;
	ssize_t n;

	pair_score[a][b] = pair_score[b][a] = (struct nd_act_score *)at;
	while (done < size && (n = read(fd, at + done, size - done)) > 0)
		done += (size_t)n;
	close(fd);
	wait(NULL);
	if (done < size)
		exit(74);
}

/* Two at a time. */
static void
fit_pairs(bool all)
{
	int waiting_a = -1, waiting_b = -1, waiting = -1;

	for (int a = 0; a < data.list_count; a++)
		for (int b = all ? a : a; b < data.list_count; b++) {
			int fd;

			if (!all && a != b)
				continue;
			fd = start_pair(a, b);
			if (waiting >= 0)
				finish_pair(waiting_a, waiting_b, waiting);
			waiting = fd;
			waiting_a = a;
			waiting_b = b;
		}
	if (waiting >= 0)
		finish_pair(waiting_a, waiting_b, waiting);
}

/* ---- stage 2 ---- */

struct stage2 {
	double *weight[ND_ACT_COUNT];
	int *column, *feature;
	int columns; /* features of mails */
};

/* Give the sentences of a list the scores of a fit. */
static void
set_scores(int list, const struct nd_act_score *score)
{
	for (size_t i = 0; i < data.mail_count; i++) {
		const struct mail *mail = &data.mail[i];
		struct nd_act_mail *m = &mail->thread[mail->index];

		if (mail->list != list)
			continue;
		for (size_t k = 0; k < m->said.count; k++)
			for (int act = 0; act < ND_ACT_COUNT; act++)
				m->sentence[k].act[act] =
					mail->counts ? score[mail->first + k]
							       .act[act]
						     : -7;
	}
}

static void
numbers_of_all(float (*number)[ND_ACTSTAGE_COUNT])
{
	size_t at = 0;

	for (size_t t = 0; t < data.thread_count; t++) {
		struct nd_act_score *answers = nd_actmodel_highest_answers(
			NULL, data.thread[t], data.thread_size[t]);

		for (size_t i = 0; i < data.thread_size[t]; i++)
			nd_actmodel_numbers(data.thread[t], i, answers,
			               number[at++]);
		talloc_free(answers);
	}
}

static void
fit_stage2(struct stage2 *fit, const bool *in,
           float (*number)[ND_ACTSTAGE_COUNT])
{
	struct problem problem = {.bias = 1};
	double *y = x_array(NULL, double, data.mail_count);

	fit->column = x_array(NULL, int, data.feature_count);
	fit->feature = x_array(NULL, int, data.feature_count + 1);
	for (size_t i = 0; i < data.mail_count; i++)
		for (size_t k = 0; k < data.mail[i].feature_count; k++) {
			int f = data.mail[i].feature[k];

			if (!in[data.mail[i].list] || fit->column[f] > 0)
				continue;
			fit->column[f] = ++fit->columns;
			fit->feature[fit->columns] = f;
		}
	problem.n = ND_ACTSTAGE_COUNT + fit->columns + 1;
	problem.x = x_array(NULL, struct feature_node *, data.mail_count);
	for (size_t i = 0; i < data.mail_count; i++) {
		const struct mail *mail = &data.mail[i];

		if (mail->counts && !mail->full && in[mail->list])
			add_row(&problem, fit->column, mail->feature,
			        mail->feature_count, number[i],
			        ND_ACTSTAGE_COUNT);
	}
	for (int act = 0; act < ND_ACT_COUNT; act++) {
		int row = 0;

		for (size_t i = 0; i < data.mail_count; i++) {
			const struct mail *mail = &data.mail[i];

			if (mail->counts && !mail->full && in[mail->list])
				y[row++] = (mail->acts >> act) & 1u ? 1 : -1;
		}
		fit->weight[act] = regress(&problem, y, stage2_c, L2R_LR);
	}
	talloc_free(problem.x);
	talloc_free(y);
}

static double
score_mail(const struct stage2 *fit, const struct mail *mail,
           const float *number, int act)
{
	double odds = fit->weight[act][ND_ACTSTAGE_COUNT + fit->columns];

	for (int i = 0; i < ND_ACTSTAGE_COUNT; i++)
		odds += fit->weight[act][i] * (double)number[i];
	for (size_t i = 0; i < mail->feature_count; i++) {
		int column = fit->column[mail->feature[i]];

		if (column > 0)
			odds += fit->weight[act]
			                   [ND_ACTSTAGE_COUNT + column - 1];
	}
	return nd_actmodel_of_mail(&mail->thread[mail->index], (enum nd_act)act,
	                      (float)odds);
}

/* ---- judging ---- */

struct tally {
	unsigned right, said, wanted;
};

enum { SWEEP_FROM = 30, SWEEP_STEP = 5, SWEEP_COUNT = 8 };

static double
f1(struct tally t)
{
	return t.said + t.wanted
	               ? 2.0 * t.right / (double)(t.said + t.wanted)
	               : 0;
}

static void
print_tally(const char *name, struct tally t)
{
	printf("| %s | %.3f | %.3f | %.3f | %u | %u | %u |\n", name,
	       t.said ? (double)t.right / t.said : 0,
	       t.wanted ? (double)t.right / t.wanted : 0, f1(t), t.right,
	       t.said, t.wanted);
}

static void
print_heading(const char *what)
{
	printf("\n| %s | P | R | F1 | right | said | wanted |\n"
	       "|---|---|---|---|---|---|---|\n",
	       what);
}

static bool
is_said(const struct mail *mail, double odds, int act, double p)
{
	const struct nd_act_mail *m = &mail->thread[mail->index];

	if (act == ND_ACT_APPROVES && m->facts & ND_ACT_TAGS)
		return true;
	if (act == ND_ACT_APPLIES || mail->ruled & 1u << act)
		return mail->ruled & 1u << act;
	return mail->counts && odds >= log(p / (1 - p));
}

static void
count(struct tally *tally, bool said, bool wanted)
{
	tally->said += said;
	tally->wanted += wanted;
	tally->right += said && wanted;
}

/* The odds of each mail by a fit that has not seen its list. */
static void
find_odds(double (*odds)[ND_ACT_COUNT])
{
	float(*number)[ND_ACTSTAGE_COUNT] =
		talloc_zero_size(NULL, data.mail_count * sizeof *number);

	fit_pairs(true);
	for (int left = 0; left < data.list_count; left++) {
		struct stage2 fit = {0};
		bool in[LISTS_MAX];

		for (int l = 0; l < data.list_count; l++) {
			in[l] = l != left;
			set_scores(l, pair_score[left][l]);
		}
		numbers_of_all(number);
		fit_stage2(&fit, in, number);
		set_scores(left, pair_score[left][left]);
		for (size_t i = 0; i < data.mail_count; i++)
			for (int act = 0; act < ND_ACT_COUNT; act++)
				if (data.mail[i].list == left)
					odds[i][act] = score_mail(
						&fit, &data.mail[i], number[i],
						act);
	}
	talloc_free(number);
}

/* Means over the lists at one threshold; with print, each of them. */
static void
judge_at(double (*odds)[ND_ACT_COUNT], double p, bool print)
{
	struct tally by_act[ND_ACT_COUNT] = {{0}}, by_list[LISTS_MAX] = {{0}};
	double sum[3] = {0};

	for (size_t i = 0; i < data.mail_count; i++)
		for (int act = 0; act < ND_ACT_COUNT; act++) {
			const struct mail *mail = &data.mail[i];
			bool said = is_said(mail, odds[i][act], act, p);
			bool wanted = (mail->acts >> act) & 1u;

			count(&by_list[mail->list], said, wanted);
			count(&by_act[act], said, wanted);
		}
	if (print)
		print_heading("list, left out");
	for (int l = 0; l < data.list_count; l++) {
		struct tally t = by_list[l];

		if (print)
			print_tally(data.list[l], t);
		sum[0] += t.said ? (double)t.right / t.said : 0;
		sum[1] += t.wanted ? (double)t.right / t.wanted : 0;
		sum[2] += f1(t);
	}
	if (print)
		print_heading("act");
	for (int act = 0; print && act < ND_ACT_COUNT; act++)
		print_tally(nd_act_name((enum nd_act)act), by_act[act]);
	if (print)
		puts("\n| threshold | P | R | F1 (means of lists) |\n"
		     "|---|---|---|---|");
	printf("| %.2f%s | %.3f | %.3f | %.3f |\n", p, print ? ", ours" : "",
	       sum[0] / data.list_count, sum[1] / data.list_count,
	       sum[2] / data.list_count);
}

/* What a list's mails do that was not heard, and the reverse. */
static void
show(double (*odds)[ND_ACT_COUNT], const char *list)
{
	for (size_t i = 0; i < data.mail_count; i++) {
		const struct mail *mail = &data.mail[i];

		for (int act = 0; act < ND_ACT_COUNT; act++) {
			bool said =
				is_said(mail, odds[i][act], act, threshold_p);
			bool wanted = (mail->acts >> act) & 1u;

			if (strcmp(data.list[mail->list], list) == 0 &&
			    said != wanted)
				printf("%s %s %s %.2f\n",
				       said ? "false " : "missed",
				       nd_act_name((enum nd_act)act),
				       mail->id, odds[i][act]);
		}
	}
}

static void
judge(void)
{
	double(*odds)[ND_ACT_COUNT] =
		talloc_zero_size(NULL, data.mail_count * sizeof *odds);

	find_odds(odds);
	judge_at(odds, threshold_p, true);
	if (getenv("SHOW"))
		show(odds, getenv("SHOW"));
	for (int i = 0; i < SWEEP_COUNT; i++)
		judge_at(odds, (SWEEP_FROM + i * SWEEP_STEP) / 100.0, false);
	talloc_free(odds);
}

/* ---- writing ---- */

static int
rounded(double weight)
{
	return (int)lround(weight * ND_ACTWEIGHT_UNIT);
}

struct row {
	uint64_t key;
	int act, weight;
	const char *word;
};

static int
compare_rows(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->act - y->act;
}

static void
print_word(const char *word)
{
	putchar('"');
	for (; *word; word++) {
		if (*word == '"' || *word == '\\')
			putchar('\\');
		putchar(*word);
	}
	putchar('"');
}

/* Weights of the features from column `from` on. */
static void
print_weights(const char *name, const int *feature, int columns, int from,
              double *const *weight)
{
	struct row *row = NULL;
	size_t count = 0;

	for (int c = 1; c <= columns; c++)
		for (int act = 0; act < ND_ACT_COUNT; act++) {
			int w = rounded(weight[act][from + c - 1]);
			struct row *r;

			if (w == 0)
				continue;
			r = x_append(NULL, row, count);
			r->key = data.feature[feature[c]].key;
			r->word = data.feature[feature[c]].word;
			r->act = act;
			r->weight = w;
		}
	if (count > 0)
		qsort(row, count, sizeof *row, compare_rows);
	printf("static const struct nd_actweight %s[] = {\n", name);
	for (size_t i = 0; i < count; i++) {
		printf("\t{0x%016llx, %d, %d, ",
		       (unsigned long long)row[i].key, row[i].weight,
		       row[i].act);
		if (row[i].word)
			print_word(row[i].word);
		else
			printf("NULL");
		printf("},\n");
	}
	printf("};\n\n");
	talloc_free(row);
}

static void
print_array(const char *name, double *const *weight, int index)
{
	printf("\t.%s = {", name);
	for (int act = 0; act < ND_ACT_COUNT; act++)
		printf("%s%.4ff", act ? ", " : "", weight[act][index]);
	printf("},\n");
}

static void
print_fit(const struct stage1 *one, const struct stage2 *two,
          const char *without)
{
	printf("/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
	       "/*\n * Generated by `make fit-acts` (tests/quality/acts.c); do "
	       "not edit.\n *\n"
	       " * Fitted on %zu sentences and %zu mails of %d annotated "
	       "lists%s%s:\n"
	       " * logistic regression by liblinear, stage 1 over sentences "
	       "with an L1\n"
	       " * penalty (C = %g), stage 2 over mails with an L2 penalty (C = "
	       "%g), over\n"
	       " * scores of models that had not seen the mail's list. How good "
	       "they are on\n"
	       " * lists not seen: doc/quality.md.\n */\n",
	       data.sentence_count, data.mail_count, data.list_count,
	       without ? ", without " : "", without ? without : "", stage1_c,
	       stage2_c);
	printf("#include \"text/actweights.h\"\n\n/* clang-format off */\n");
	print_weights("sentence_weights", one->feature, one->columns, 0,
	              one->weight);
	print_weights("mail_weights", two->feature, two->columns,
	              ND_ACTSTAGE_COUNT, two->weight);
	printf("const struct nd_actweights nd_actweights = {\n"
	       "\t.sentence = sentence_weights,\n"
	       "\t.sentence_count = sizeof sentence_weights / sizeof "
	       "*sentence_weights,\n");
	print_array("sentence_bias", one->weight, one->columns);
	printf("\t.number = {\n");
	for (int act = 0; act < ND_ACT_COUNT; act++) {
		printf("\t\t{");
		for (int i = 0; i < ND_ACTSTAGE_COUNT; i++)
			printf("%s%.4ff", i ? ", " : "", two->weight[act][i]);
		printf("},\n");
	}
	printf("\t},\n\t.mail = mail_weights,\n"
	       "\t.mail_count = sizeof mail_weights / sizeof *mail_weights,\n");
	print_array("mail_bias", two->weight, ND_ACTSTAGE_COUNT + two->columns);
	printf("\t.threshold = {");
	for (int act = 0; act < ND_ACT_COUNT; act++)
		printf("%s%.4ff", act ? ", " : "",
		       log(threshold_p / (1 - threshold_p)));
	printf("},\n};\n");
}

static void
fit(const char *without)
{
	float(*number)[ND_ACTSTAGE_COUNT] =
		talloc_zero_size(NULL, data.mail_count * sizeof *number);
	struct stage1 one = {0};
	struct stage2 two = {0};
	bool in[LISTS_MAX];

	fit_pairs(false);
	for (int l = 0; l < data.list_count; l++) {
		in[l] = true;
		set_scores(l, pair_score[l][l]);
	}
	numbers_of_all(number);
	fit_stage2(&two, in, number);
	fit_stage1(&one, in);
	{ int nz = 0; for (int a = 0; a < ND_ACT_COUNT; a++) for (int c = 0; c < one.columns; c++) nz += one.weight[a][c] != 0; fprintf(stderr, "%d weights of %d columns\n", nz, one.columns); }
	print_fit(&one, &two, without);
	free_stage1(&one);
}

static void
set_from(const char *name, double *value)
{
	const char *text = getenv(name);

	if (text)
		*value = strtod(text, NULL);
}

int
main(int argc, char **argv)
{
	if (argc < 4) {
		fputs("usage: acts fit|judge|unmatched THREADS GOLD [WITHOUT]\n",
		      stderr);
		return 64;
	}
	set_from("STAGE1_C", &stage1_c);
	set_from("STAGE2_C", &stage2_c);
	set_from("THRESHOLD", &threshold_p);
	data.bucket = x_array(NULL, int, BUCKETS);
	data.show_unmatched = strcmp(argv[1], "unmatched") == 0;
	nd_read_init();
	read_gold(argv[3]);
	read_threads(argv[2], argc > 4 ? argv[4] : NULL);
	fprintf(stderr, "%zu of %zu acts matched; %zu sentences, %zu mails\n",
	        data.matched, data.gold_count, data.sentence_count,
	        data.mail_count);
	if (strcmp(argv[1], "judge") == 0)
		judge();
	else if (!data.show_unmatched)
		fit(argc > 4 ? argv[4] : NULL);
	return 0;
}
