/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/relayname.h"

#include <string.h>

#include "util/str.h"

/* Where the person stands: before the words, or behind them. */
enum side { BEFORE, BEHIND };

/*
 * What stands between person and relay. Sources: the texts of Mailman 2 and 3
 * ("%(realname)s via %(lrn)s"), of Sympa's dmarc_protection.phrase ("via %s
 * Mailing List", "on behalf of %s") and of Discourse ("%{user} via %{site}") in
 * their languages.
 */
static const struct {
	const char *words;
	enum side person;
	enum nd_relayname_form form;
} links[] = {
	{"via", BEFORE, ND_RELAYNAME_SURE}, /* most languages */
	{"vía", BEFORE, ND_RELAYNAME_SURE}, /* es, gl */
	{"par l'intermédiaire de", BEFORE, ND_RELAYNAME_LIKELY}, /* fr */
	{"par", BEFORE, ND_RELAYNAME_LIKELY},                    /* fr */
	{"über", BEFORE, ND_RELAYNAME_LIKELY},                   /* de */
	{"a través de", BEFORE, ND_RELAYNAME_LIKELY},            /* es */
	{"a través do", BEFORE, ND_RELAYNAME_LIKELY},            /* gl */
	{"através de", BEFORE, ND_RELAYNAME_LIKELY},             /* pt */
	{"através do", BEFORE, ND_RELAYNAME_LIKELY},             /* pt */
	{"mitjançant", BEFORE, ND_RELAYNAME_LIKELY},             /* ca */
	{"por", BEFORE, ND_RELAYNAME_LIKELY},                    /* es, pt */
	{"attraverso", BEFORE, ND_RELAYNAME_LIKELY},             /* it */
	{"tramite", BEFORE, ND_RELAYNAME_LIKELY},                /* it */
	{"per", BEFORE, ND_RELAYNAME_LIKELY},                    /* it, ca */
	{"prin", BEFORE, ND_RELAYNAME_LIKELY},                   /* ro */
	{"przez", BEFORE, ND_RELAYNAME_LIKELY},                  /* pl */
	{"za pośrednictwem", BEFORE, ND_RELAYNAME_LIKELY},       /* pl */
	{"prostřednictvím", BEFORE, ND_RELAYNAME_LIKELY},        /* cs */
	{"přes", BEFORE, ND_RELAYNAME_LIKELY},                   /* cs */
	{"cez", BEFORE, ND_RELAYNAME_LIKELY},                    /* sk */
	{"preko", BEFORE, ND_RELAYNAME_LIKELY},                  /* hr, sl */
	{"genom", BEFORE, ND_RELAYNAME_LIKELY},                  /* sv */
	{"gjennom", BEFORE, ND_RELAYNAME_LIKELY},                /* no */
	{"gennem", BEFORE, ND_RELAYNAME_LIKELY},                 /* da */
	{"через", BEFORE, ND_RELAYNAME_LIKELY},                  /* ru, uk */
	{"чрез", BEFORE, ND_RELAYNAME_LIKELY},                   /* bg */
	{"преко", BEFORE, ND_RELAYNAME_LIKELY},                  /* sr */
	{"μέσω", BEFORE, ND_RELAYNAME_LIKELY},                   /* el */
	{"qua", BEFORE, ND_RELAYNAME_LIKELY},                    /* vi */
	{"melalui", BEFORE, ND_RELAYNAME_LIKELY},                /* id, ms */
	{"通过", BEFORE, ND_RELAYNAME_LIKELY},                   /* zh_CN */
	{"经由", BEFORE, ND_RELAYNAME_LIKELY},                   /* zh_CN */
	{"透過", BEFORE, ND_RELAYNAME_LIKELY},                   /* zh_TW */
	{"經由", BEFORE, ND_RELAYNAME_LIKELY},                   /* zh_TW */
	{"on behalf of", BEHIND, ND_RELAYNAME_LIKELY},
	{"im Auftrag von", BEHIND, ND_RELAYNAME_LIKELY},    /* de */
	{"im Namen von", BEHIND, ND_RELAYNAME_LIKELY},      /* de */
	{"de la part de", BEHIND, ND_RELAYNAME_LIKELY},     /* fr, oc */
	{"au nom de", BEHIND, ND_RELAYNAME_LIKELY},         /* fr */
	{"pour le compte de", BEHIND, ND_RELAYNAME_LIKELY}, /* fr */
	{"per delegacion de", BEHIND, ND_RELAYNAME_LIKELY}, /* oc */
	{"en nombre de", BEHIND, ND_RELAYNAME_LIKELY},      /* es */
	{"en nom de", BEHIND, ND_RELAYNAME_LIKELY},         /* ca */
	{"A favor de", BEHIND, ND_RELAYNAME_LIKELY},        /* ca */
	{"no nome de", BEHIND, ND_RELAYNAME_LIKELY},        /* gl */
	{"e nome de", BEHIND, ND_RELAYNAME_LIKELY},         /* gl */
	{"em nome de", BEHIND, ND_RELAYNAME_LIKELY},        /* pt */
	{"per conto di", BEHIND, ND_RELAYNAME_LIKELY},      /* it */
	{"a nome di", BEHIND, ND_RELAYNAME_LIKELY},         /* it */
	{"in opdracht van", BEHIND, ND_RELAYNAME_LIKELY},   /* nl */
	{"namens", BEHIND, ND_RELAYNAME_LIKELY},            /* nl */
	{"w imieniu", BEHIND, ND_RELAYNAME_LIKELY},         /* pl */
	{"jménem", BEHIND, ND_RELAYNAME_LIKELY},            /* cs */
	{"от имени", BEHIND, ND_RELAYNAME_LIKELY},          /* ru */
	{"від імені", BEHIND, ND_RELAYNAME_LIKELY},         /* uk */
	{"på uppdrag av", BEHIND, ND_RELAYNAME_LIKELY},     /* sv */
	{"för", BEHIND, ND_RELAYNAME_LIKELY},               /* sv */
	{"på vegne af", BEHIND, ND_RELAYNAME_LIKELY},       /* da */
	{"på vegne av", BEHIND, ND_RELAYNAME_LIKELY},       /* no */
	{"代表", BEHIND, ND_RELAYNAME_LIKELY},              /* zh */
};

/* What ends the words in brackets where the language puts them last. */
static const struct {
	const char *words;
	enum side person; /* of the bracket, or what is in it */
} endings[] = {
	{"経由", BEFORE},         /* ja */
	{"の代理で送信", BEHIND}, /* ja */
	{"경유", BEFORE},         /* ko */
	{"통해", BEFORE},         /* ko */
	{"대신", BEHIND},         /* ko */
	{"for DMARC", BEFORE},    /* Freelists: "(Redacted sender …)" */
	{"kautta", BEFORE},       /* fi */
	{"puolesta", BEHIND},     /* fi */
	{"kaudu", BEFORE},        /* et */
	{"bidez", BEFORE},        /* eu */
	{"keresztül", BEFORE},    /* hu */
	{"nevében", BEHIND},      /* hu */
	{"üzerinden", BEFORE},    /* tr */
	{"aracılığıyla", BEFORE}, /* tr */
	{"adına", BEHIND},        /* tr */
};

/* What forges and trackers put in brackets behind the person. */
static const char *const marks[] = {
	"jira",        /* Atlassian, as "(JIRA)" and "(Jira)" */
	"confluence",  /* Atlassian */
	"bitbucket",   /* Atlassian */
	"code review", /* Gerrit */
	"gerrit",      /* Gerrit */
	"github",      /* scripts that copy from there */
	"gitlab",      /* the same */
	"google docs", /* comments; also Sheets and Slides */
	"google sheets", "google slides", "asana", /* "Ada Berg (Asana)" */
	"basecamp",                                /* "Ada Berg (Basecamp)" */
	"discourse",                               /* */
	"redmine",                                 /* */
	"trac",                                    /* */
	"bugzilla",                                /* */
	"gitter",                                  /* "Ada Berg (Gitter)" */
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static void
trim(const char **text, size_t *len)
{
	static const char signs[] = " \t\"'";

	while (*len && strchr(signs, **text)) {
		(*text)++;
		(*len)--;
	}
	while (*len && strchr(signs, (*text)[*len - 1]))
		(*len)--;
}

/* Do the words stand at (text, len), with a blank or the end behind them? */
static bool
stands_at(const char *text, size_t len, const char *words)
{
	size_t size = strlen(words);

	return nd_mem_starts(text, len, words) &&
	       (size == len || text[size] == ' ');
}

static const char *
skip_opening(const char *at, const char *end)
{
	while (at < end && strchr(" ([", *at))
		at++;
	return at;
}

static bool
is_boundary(char c)
{
	return strchr(" ([", c) != NULL;
}

/* The person in "dev (on behalf of Ada Berg)": up to the bracket's end. */
static void
take_behind(const char *text, size_t len, const char **person, size_t *bytes)
{
	while (len && strchr(" )]", text[len - 1]))
		len--;
	*person = text;
	*bytes = len;
	trim(person, bytes);
}

/* The person in "Ada Berg (ada@example.org via dev)": up to the bracket. */
static void
take_before(const char *text, size_t len, const char **person, size_t *bytes)
{
	for (size_t at = len; at > 1; at--)
		if (strchr(")]", text[at - 1])) {
			break;
		} else if (strchr("([", text[at - 1])) {
			len = at - 1;
			break;
		}
	*person = text;
	*bytes = len;
	trim(person, bytes);
}

/* The longest link of that form at (text, len) with more behind it, or -1. */
static int
link_at(const char *text, size_t len, enum nd_relayname_form form)
{
	size_t longest = 0;
	int found = -1;

	for (size_t i = 0; i < COUNT(links); i++) {
		size_t size = strlen(links[i].words);

		if (links[i].form == form && size > longest && size < len &&
		    stands_at(text, len, links[i].words)) {
			longest = size;
			found = (int)i;
		}
	}
	return found;
}

/* The first link of that form in the name, with something on both sides. */
static bool
find_link(const char *name, size_t len, enum nd_relayname_form form,
          const char **person, size_t *bytes)
{
	for (size_t at = 1; at < len; at++) {
		const char *text = name + at;
		size_t size;
		int i;

		if (!is_boundary(name[at - 1]) || is_boundary(*text))
			continue;
		i = link_at(text, len - at, form);
		if (i < 0)
			continue;
		size = strlen(links[i].words);
		if (links[i].person == BEHIND)
			take_behind(text + size, len - at - size, person,
			            bytes);
		else
			take_before(name, at - 1, person, bytes);
		return *bytes > 0;
	}
	return false;
}

/* The bracket that ends the name; NULL: none does. */
static const char *
last_bracket(const char *name, size_t len)
{
	if (!len || !strchr(")]", name[len - 1]))
		return NULL;
	for (size_t at = len - 1; at > 0; at--)
		if (name[at] == (name[len - 1] == ')' ? '(' : '['))
			return name + at;
	return NULL;
}

/* Yahoo Groups: "Ada Berg ada@example.org [dev]", len up to the bracket */
static bool
read_group(const char *name, size_t len, const char **person, size_t *bytes)
{
	size_t at;

	trim(&name, &len);
	for (at = len; at > 0 && name[at - 1] != ' '; at--)
		;
	if (!memchr(name + at, '@', len - at))
		return false;
	*person = name;
	*bytes = at;
	trim(person, bytes);
	return *bytes > 0;
}

/* "Ada Berg (dev リスト経由)"; Sympa's "Ada Berg (ada@example.org)" */
static bool
read_bracket(const char *name, size_t len, const char **person, size_t *bytes)
{
	const char *open = last_bracket(name, len), *inside;
	size_t size;

	if (!open)
		return false;
	inside = skip_opening(open, name + len);
	size = (size_t)(name + len - 1 - inside);
	for (size_t i = 0; i < COUNT(endings); i++) {
		if (!nd_mem_ends_nocase(inside, size, endings[i].words))
			continue;
		*person = endings[i].person == BEFORE ? name : inside;
		*bytes = endings[i].person == BEFORE
		                 ? (size_t)(open - name)
		                 : size - strlen(endings[i].words);
		trim(person, bytes);
		return *bytes > 0;
	}
	if (*open == '[')
		return read_group(name, (size_t)(open - name), person, bytes);
	if (!memchr(inside, '@', size) || *inside == '@' ||
	    memchr(inside, ' ', size))
		return false;
	*bytes = (size_t)(open - name);
	*person = name;
	trim(person, bytes);
	return *bytes > 0;
}

enum nd_relayname_form
nd_relayname_read(const char *name, const char **person, size_t *len)
{
	size_t size = strlen(name);

	trim(&name, &size);
	if (find_link(name, size, ND_RELAYNAME_SURE, person, len))
		return ND_RELAYNAME_SURE;
	if (find_link(name, size, ND_RELAYNAME_LIKELY, person, len) ||
	    read_bracket(name, size, person, len))
		return ND_RELAYNAME_LIKELY;
	*person = name;
	*len = size;
	return ND_RELAYNAME_NONE;
}

bool
nd_relayname_cut_mark(const char *name, size_t *len)
{
	const char *open = last_bracket(name, *len), *inside;
	size_t size;
	bool known;

	if (!open)
		return false;
	inside = open + 1;
	size = (size_t)(name + *len - 1 - inside);
	known = size > 1 && *inside == '@' && !memchr(inside, ' ', size);
	for (size_t i = 0; i < COUNT(marks) && !known; i++)
		known = nd_mem_is_nocase(inside, size, marks[i]);
	if (!known)
		return false;
	*len = (size_t)(open - name);
	while (*len && name[*len - 1] == ' ')
		(*len)--;
	return *len > 0;
}
