/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation/boilerplate.h"

#include <string.h>

#include "acts/acceptance.h"
#include "text/lineform.h"
#include "text/subjectline.h"
#include "text/utterance.h"
#include "util/alloc.h"
#include "util/hashset.h"
#include "util/needles.h"
#include "util/shingle.h"

enum {
	TOP = 2,    /* paragraphs that are looked at there */
	BOTTOM = 6, /* … */
	ZONE = TOP + BOTTOM,
	PARAGRAPH_BYTES = 4000,
	LEARN_MAILS = 3 /* at least, and half of those that were read */
};

struct nd_boilerplate {
	uint64_t *hash;
	size_t count;
	struct nd_hashset *set;
};

/* Own lines [first, end) in a row. */
struct paragraph {
	size_t first, end;
	uint64_t hash;
};

struct zone {
	struct paragraph paragraph[ZONE];
	size_t count;
};

/* What speaks of mail rather than of the matter, by language. */
static const char *const about_mail[] = {
	/* English */
	"email",
	"e-mail",
	"this mail",
	"this message",
	"mailing list",
	"relevant lists",
	"sender",
	"recipient",
	"confidential",
	"attachment",
	"unsubscribe",
	"registered office",
	"incorporated",
	" gmbh",
	" ltd",
	" inc.",
	"i am a bot",
	/* German, Dutch, Scandinavian, Finnish */
	"nachricht",
	"absender",
	"bericht",
	"afzender",
	"meddelande",
	"meddelelse",
	"avsändare",
	"avsender",
	"afsender",
	"viesti",
	/* French, Spanish, Portuguese, Italian */
	"courriel",
	"expéditeur",
	"correo",
	"mensaje",
	"mensagem",
	"messaggio",
	"mittente",
	/* Polish, Czech, Hungarian, Turkish */
	"wiadomo",
	"spolk",
	"spółk",
	"zpráv",
	"üzenet",
	"e-posta",
	/* Russian */
	"письм",
	"сообщен",
	"отправител",
	/* Chinese, Japanese, Korean */
	"邮件",
	"郵件",
	"メール",
	"메일",
};

struct nd_boilerplate *
nd_boilerplate_new(const void *ctx)
{
	struct nd_boilerplate *known = x_new(ctx, struct nd_boilerplate);

	known->set = nd_hashset_new(known);
	return known;
}

static void
add_hash(struct nd_boilerplate *known, uint64_t hash)
{
	if (nd_hashset_has(known->set, hash))
		return;
	nd_hashset_add(known->set, hash, 0);
	*x_append(known, known->hash, known->count) = hash;
}

void
nd_boilerplate_add(struct nd_boilerplate *known,
                   const struct nd_boilerplate *other)
{
	for (size_t i = 0; i < other->count; i++)
		add_hash(known, other->hash[i]);
}

/* ---- paragraphs at the ends of a mail ------------------------------------ */

static const char *
text_of(const struct nd_body *body, const struct paragraph *p, size_t *len)
{
	const struct nd_line *last = &body->line[p->end - 1];

	*len = last->start + last->len - body->line[p->first].start;
	return body->text + body->line[p->first].start;
}

/* Lines that are repeated for good reasons. */
static bool
holds_facts(const struct nd_body *body, const struct paragraph *p)
{
	for (size_t i = p->first; i < p->end; i++) {
		size_t len;
		const char *text = nd_message_line(body, i, &len);
		struct nd_lineform form = nd_lineform_read(text, len);

		if (nd_lineform_is_trailer(&form) ||
		    nd_lineform_is_footnote(&form) ||
		    nd_lineform_is_shortlog(&form) ||
		    nd_lineform_is_changelog(&form) ||
		    (form.len > 0 && *form.text == '['))
			return true;
	}
	return false;
}

/* Does a sentence of it say that patches were taken? */
static bool
says_taken(const struct nd_body *body, const struct paragraph *p)
{
	size_t len;
	const char *text = text_of(body, p, &len);
	struct nd_utterances said;
	bool taken = false;
	void *tmp;

	if (!(nd_phrases_in(nd_acceptwords[ND_ACCEPTWORDS_BEFORE], text, len) &
	      ND_ACCEPTANCE_VERB))
		return false;
	tmp = talloc_new(NULL);
	said = nd_utterances_read(tmp, body);
	for (size_t i = 0; i < said.count && !taken; i++) {
		struct nd_acceptance claim;

		taken = said.utterance[i].line >= p->first &&
		        said.utterance[i].line < p->end &&
		        nd_acceptance_read(&said.utterance[i], &claim);
	}
	talloc_free(tmp);
	return taken;
}

/* May it be boilerplate? Sets its hash. */
static bool
is_eligible(const struct nd_body *body, struct paragraph *p)
{
	size_t len, words;
	const char *text = text_of(body, p, &len);

	if (len > PARAGRAPH_BYTES || holds_facts(body, p))
		return false;
	p->hash = nd_shingle_whole(text, len, &words);
	return words >= ND_BOILERPLATE_WORDS && !says_taken(body, p);
}

static bool
is_claimed(const struct nd_line *line)
{
	return line->kind != ND_LINE_OWN && line->kind != ND_LINE_BLANK &&
	       line->kind != ND_LINE_SIGNATURE;
}

static void
add_paragraph(struct zone *zone, size_t first, size_t end)
{
	for (size_t k = 0; k < zone->count; k++)
		if (zone->paragraph[k].first == first)
			return;
	zone->paragraph[zone->count++] =
		(struct paragraph){.first = first, .end = end};
}

/* The first paragraphs, when nothing is quoted above them. */
static void
add_top(struct zone *zone, const struct nd_body *body)
{
	size_t count = 0;

	for (size_t i = 0; i < body->line_count && count < TOP; i++) {
		size_t first = i;

		if (is_claimed(&body->line[i]))
			return;
		while (i < body->line_count &&
		       body->line[i].kind == ND_LINE_OWN)
			i++;
		if (i == first)
			continue;
		add_paragraph(zone, first, i);
		count++;
		i--;
	}
}

/* The last paragraphs that nothing but signatures parts. */
static void
add_bottom(struct zone *zone, const struct nd_body *body)
{
	size_t count = 0, i = body->line_count;

	/* An answer above what it quotes ends where that begins. */
	while (i > 0 && body->line[i - 1].kind != ND_LINE_OWN)
		i--;
	while (i > 0 && count < BOTTOM && !is_claimed(&body->line[i - 1])) {
		size_t end = i;

		while (i > 0 && body->line[i - 1].kind == ND_LINE_OWN)
			i--;
		if (i == end) {
			i--;
			continue;
		}
		add_paragraph(zone, i, end);
		count++;
	}
}

static bool
is_posting(const struct nd_subject *parts)
{
	return !(parts->flags & ND_SUBJECT_REPLY) &&
	       (parts->flags &
	        (ND_SUBJECT_PATCH | ND_SUBJECT_RFC | ND_SUBJECT_PULL));
}

/* A posting says what it has to say above its diff, or has none. */
static bool
is_below_diff(const struct nd_body *body, const struct paragraph *p)
{
	for (size_t i = p->end; i < body->line_count; i++)
		if (body->line[i].kind == ND_LINE_DIFF)
			return false;
	for (size_t i = p->first; i > 0; i--)
		if (body->line[i - 1].kind == ND_LINE_DIFF)
			return true;
	return false;
}

/* The paragraphs at the ends of a mail. */
static struct zone
zone_of(const struct nd_message *mail)
{
	struct zone zone = {.count = 0};
	struct nd_subject *parts;
	size_t kept = 0;

	if (!mail->body || mail->body->own_bytes == 0)
		return zone;
	add_top(&zone, mail->body);
	add_bottom(&zone, mail->body);
	if (zone.count == 0)
		return zone;
	parts = nd_subjectline_parse(NULL, mail->subject);
	for (size_t k = 0; k < zone.count; k++)
		if (!is_posting(parts) ||
		    is_below_diff(mail->body, &zone.paragraph[k]))
			zone.paragraph[kept++] = zone.paragraph[k];
	talloc_free(parts);
	zone.count = kept;
	return zone;
}

/* Those of them that may be boilerplate, with their hashes. */
static struct zone
eligible_of(const struct nd_message *mail)
{
	struct zone zone = zone_of(mail);
	size_t kept = 0;

	for (size_t k = 0; k < zone.count; k++)
		if (is_eligible(mail->body, &zone.paragraph[k]))
			zone.paragraph[kept++] = zone.paragraph[k];
	zone.count = kept;
	return zone;
}

static bool
has_paragraph(const struct zone *zone, uint64_t hash)
{
	for (size_t k = 0; k < zone->count; k++)
		if (zone->paragraph[k].hash == hash)
			return true;
	return false;
}

/* ---- learning ------------------------------------------------------------ */

/* Sent again under the same subject, it may be all there is to say. */
struct lesson {
	struct zone zone;
	struct nd_subject *parts;
};

static bool
is_repost(const struct lesson *lesson, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (!(lesson[i].parts->flags & ND_SUBJECT_REPLY) &&
		    !is_posting(lesson[i].parts) && lesson[k].zone.count > 0 &&
		    strcmp(lesson[i].parts->title, lesson[k].parts->title) == 0)
			return true;
	return false;
}

static size_t
count_mails(const struct lesson *lesson, size_t count, uint64_t hash)
{
	size_t same = 0;

	for (size_t i = 0; i < count; i++)
		same += has_paragraph(&lesson[i].zone, hash);
	return same;
}

void
nd_boilerplate_learn(struct nd_boilerplate *known,
                     struct nd_message *const *mail, size_t count)
{
	struct lesson *lesson = x_array(NULL, struct lesson, count + 1);
	size_t mails = 0;

	for (size_t i = 0; i < count; i++) {
		lesson[i].parts =
			nd_subjectline_parse(lesson, mail[i]->subject);
		lesson[i].zone = eligible_of(mail[i]);
		if (is_repost(lesson, i))
			lesson[i].zone.count = 0;
		mails += lesson[i].zone.count > 0;
	}
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < lesson[i].zone.count; k++) {
			uint64_t hash = lesson[i].zone.paragraph[k].hash;
			size_t same = count_mails(lesson, count, hash);

			if (same >= LEARN_MAILS && 2 * same >= mails)
				add_hash(known, hash);
		}
	talloc_free(lesson);
}

static bool
speaks_of_mail(const struct nd_body *body, const struct paragraph *p)
{
	enum { COUNT = sizeof about_mail / sizeof *about_mail };
	bool found[COUNT] = {false};
	struct nd_needles needles;
	size_t len;
	const char *text = text_of(body, p, &len);

	nd_needles_init(&needles, about_mail, COUNT);
	nd_needles_find(&needles, text, len, found);
	for (size_t k = 0; k < COUNT; k++)
		if (found[k])
			return true;
	return false;
}

bool
nd_boilerplate_suspects(const struct nd_message *mail)
{
	struct zone zone = zone_of(mail);

	for (size_t k = 0; k < zone.count; k++)
		if (speaks_of_mail(mail->body, &zone.paragraph[k]) &&
		    is_eligible(mail->body, &zone.paragraph[k]))
			return true;
	return false;
}

/* ---- marking ------------------------------------------------------------- */

/* Own lines that are prose, other than those of known paragraphs. */
static bool
says_more(const struct nd_boilerplate *known, const struct nd_body *body,
          const struct zone *zone)
{
	for (size_t i = 0; i < body->line_count; i++) {
		bool boilerplate = false;
		size_t len;
		const char *text = nd_message_line(body, i, &len);
		struct nd_lineform form;

		if (body->line[i].kind != ND_LINE_OWN)
			continue;
		for (size_t k = 0; k < zone->count && !boilerplate; k++)
			boilerplate = i >= zone->paragraph[k].first &&
			              i < zone->paragraph[k].end &&
			              nd_hashset_has(known->set,
			                             zone->paragraph[k].hash);
		if (boilerplate)
			continue;
		form = nd_lineform_read(text, len);
		if (form.letters > 0 && !nd_lineform_is_greeting(&form) &&
		    !nd_lineform_is_sign_off(&form))
			return true;
	}
	return false;
}

void
nd_boilerplate_mark(const struct nd_boilerplate *known, struct nd_message *mail)
{
	struct nd_body *body = mail->body;
	struct zone zone;

	if (known->count == 0)
		return;
	zone = eligible_of(mail);
	if (!says_more(known, body, &zone))
		return;
	for (size_t k = 0; k < zone.count; k++) {
		const struct paragraph *p = &zone.paragraph[k];

		if (!nd_hashset_has(known->set, p->hash))
			continue;
		for (size_t i = p->first; i < p->end; i++) {
			body->line[i].kind = ND_LINE_SIGNATURE;
			body->own_bytes -= body->line[i].len;
		}
	}
}
