/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyse/posting.h"
#include "analyse/speech.h"
#include "mails.h"
#include "model/thread.h"
#include "util/alloc.h"

enum { FIELDS = 4 };

static int
list_by_name(struct data *data, const char *name)
{
	for (int i = 0; i < data->list_count; i++)
		if (strcmp(data->list[i], name) == 0)
			return i;
	if (data->list_count == LISTS_MAX) {
		fputs("acts: too many lists\n", stderr);
		exit(70);
	}
	data->list[data->list_count] = x_strdup(data, name);
	return data->list_count++;
}

static void
add_sentence(struct data *data, const struct mail *mail, size_t said)
{
	static struct nd_actfeatures seen;
	const struct nd_act_mail *act_mail = &mail->thread[mail->index];
	const struct nd_utterance *u = &act_mail->said.utterance[said];
	struct sentence *s =
		x_append(data, data->sentence, data->sentence_count);
	size_t count;
	const struct nd_token *token =
		nd_actreader_tokens(act_mail->reader, said, &count);

	s->list = mail->list;
	s->acts = gold_match(mail->gold, u->text, u->len);
	s->trained = s->acts || !mail->full;
	seen.count = 0;
	nd_actreader_mail_features(act_mail->reader, &seen);
	nd_actreader_features(act_mail->reader, said, &seen);
	s->feature = features_add(data->features, &seen, token, count,
	                          &s->feature_count);
	for (size_t i = 0; s->trained && i < s->feature_count; i++)
		data->features->feature[s->feature[i]].df[s->list]++;
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

/* Its list, thread, index, gold and so on are set. */
static void
read_mail(struct data *data, struct mail *mail)
{
	static struct nd_actfeatures seen;
	struct nd_act_mail *act_mail = &mail->thread[mail->index];

	mail->acts = gold_acts(mail->gold);
	mail->first = data->sentence_count;
	for (size_t k = 0; mail->counts && k < act_mail->said.count; k++)
		add_sentence(data, mail, k);
	act_mail->sentence = x_array(mail->thread, struct nd_act_score,
	                             act_mail->said.count);
	seen.count = 0;
	nd_actreader_mail_features(act_mail->reader, &seen);
	mail->feature = features_add(data->features, &seen, NULL, 0,
	                             &mail->feature_count);
}

static void
add_thread(struct data *data, const struct nd_thread *thread, int list,
           bool full, const struct nd_map *gold)
{
	const int32_t *target = nd_posting_targets(thread, thread);
	struct nd_act_mail *mails = nd_speech_look(data, thread, target);

	*x_append(data, data->thread, data->thread_count) =
		(struct talk){mails, thread->message_count};
	for (size_t i = 0; i < thread->message_count; i++) {
		const char *id = thread->message[i]->id;
		struct mail *mail =
			x_append(data, data->mail, data->mail_count);

		*mail = (struct mail){
			.id = id,
			.list = list,
			.thread = mails,
			.index = i,
			.gold = nd_map_get(gold, id),
			.ruled = ruled_acts(thread, (int32_t)i),
			.full = full,
			.counts = is_looked_at(thread, target, i) &&
		                  mails[i].said.count > 0,
		};
		read_mail(data, mail);
	}
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

struct data *
data_load(const void *ctx, const char *threads, const char *gold,
          const char *without)
{
	struct data *data = x_new(ctx, struct data);
	const struct nd_map *map = gold_load(data, gold);
	struct mails *mails = mails_open(data, threads);
	char *line;

	if (!mails) {
		perror(threads);
		exit(66);
	}
	data->features = features_new(data);
	while ((line = mails_next(mails))) {
		char *field[FIELDS]; /* list, root, until, full */
		const struct nd_thread *thread;

		if (mails_split(line, field, FIELDS) < FIELDS ||
		    is_without(without, field[0]))
			continue;
		thread = mails_read(data, mails, INT64_MIN,
		                    strtoll(field[2], NULL, 10));
		if (thread)
			add_thread(data, thread, list_by_name(data, field[0]),
			           *field[3] == '1', map);
	}
	talloc_free(mails);
	return data;
}
