/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <string.h>

#include "model/relayname.h"
#include "util/alloc.h"

static void
test_name(const char *name, const char *want, enum nd_relayname_form form)
{
	const char *person;
	size_t len;

	if (nd_relayname_read(name, &person, &len) != form ||
	    len != strlen(want) || memcmp(person, want, len) != 0)
		fail_msg("'%s': '%.*s'", name, (int)len, person);
}

/* A row for each row of the tables. */
static void
finds_the_person(void **state)
{
	static const char *const likely[] = {
		"Ada Berg par l'intermédiaire de dev",
		"Ada Berg par dev",
		"Ada Berg über dev",
		"Ada Berg (über die dev Mailingliste)",
		"Ada Berg a través de dev",
		"Ada Berg (a través do enderezo de dev)",
		"Ada Berg através de dev",
		"Ada Berg através do dev",
		"Ada Berg mitjançant dev",
		"Ada Berg por dev",
		"Ada Berg attraverso dev",
		"Ada Berg tramite dev",
		"Ada Berg per dev",
		"Ada Berg prin dev",
		"Ada Berg przez dev",
		"Ada Berg za pośrednictwem dev",
		"Ada Berg prostřednictvím dev",
		"Ada Berg přes dev",
		"Ada Berg cez dev",
		"Ada Berg preko dev",
		"Ada Berg genom dev",
		"Ada Berg gjennom dev",
		"Ada Berg gennem dev",
		"Ada Berg через dev",
		"Ada Berg чрез dev",
		"Ada Berg преко dev",
		"Ada Berg μέσω dev",
		"Ada Berg qua dev",
		"Ada Berg melalui dev",
		"Ada Berg 通过 dev",
		"Ada Berg 经由 dev",
		"Ada Berg 透過 dev",
		"Ada Berg 經由 dev",
		"dev on behalf of Ada Berg",
		"dev Mailing List (on behalf of Ada Berg)",
		"dev (im Auftrag von Ada Berg)",
		"dev (im Namen von Ada Berg)",
		"dev (de la part de Ada Berg)",
		"dev (au nom de Ada Berg)",
		"dev (pour le compte de Ada Berg)",
		"dev (per delegacion de Ada Berg)",
		"dev (en nombre de Ada Berg)",
		"dev (en nom de Ada Berg)",
		"dev (A favor de Ada Berg)",
		"dev (no nome de Ada Berg)",
		"dev (e nome de Ada Berg)",
		"dev (em nome de Ada Berg)",
		"dev (per conto di Ada Berg)",
		"dev (a nome di Ada Berg)",
		"dev (in opdracht van Ada Berg)",
		"dev (namens Ada Berg)",
		"dev (w imieniu Ada Berg)",
		"dev (jménem Ada Berg)",
		"dev (от имени Ada Berg)",
		"dev (від імені Ada Berg)",
		"dev (på uppdrag av Ada Berg)",
		"dev (för Ada Berg)",
		"dev (på vegne af Ada Berg)",
		"dev (på vegne av Ada Berg)",
		"dev (代表 Ada Berg)",
		"Ada Berg (dev リスト経由)",
		"dev (Ada Berg の代理で送信)",
		"Ada Berg (dev 경유)",
		"Ada Berg (dev 을 통해)",
		"dev (Ada Berg 대신)",
		"Ada Berg (Postituslistan dev kautta)",
		"dev (Ada Berg puolesta)",
		"Ada Berg (listi dev kaudu)",
		"Ada Berg (dev eposta zerrenda bidez)",
		"Ada Berg (a dev levelezőlistán keresztül)",
		"dev (Ada Berg nevében)",
		"Ada Berg (dev üzerinden)",
		"Ada Berg (dev aracılığıyla)",
		"dev (Ada Berg adına)",
		"Ada Berg (ada@example.org)",
		"Ada Berg ada@example.org [dev]",
		"Ada Berg (Redacted sender \"adab\" for DMARC)",
	};
	static const char *const sure[] = {
		"Ada Berg via dev",
		"'Ada Berg' via Clang Built Linux",
		"\"Ada Berg\" via dev",
		"Ada Berg vía dev",
		"Ada Berg (via dev Mailing List)",
		"Ada Berg [via Ring Forum]",
		"Ada Berg (via GitHub)",
		"Ada Berg (ada@example.org via dev Mailing List)",
		"Ada Berg via B4 Relay via dev",
		"Ada Berg via Per Post",
	};

	(void)state;
	for (size_t i = 0; i < sizeof likely / sizeof *likely; i++)
		test_name(likely[i], "Ada Berg", ND_RELAYNAME_LIKELY);
	for (size_t i = 0; i < sizeof sure / sizeof *sure; i++)
		test_name(sure[i], "Ada Berg", ND_RELAYNAME_SURE);
	test_name("Berg, Ada via dev", "Berg, Ada", ND_RELAYNAME_SURE);
	test_name("Mattias (Example) via dev", "Mattias (Example)",
	          ND_RELAYNAME_SURE);
}

static void
leaves_other_names(void **state)
{
	static const char *const names[] = {
		"Ada Berg",
		"Per Berg",
		"Via Berg",
		"Ada Via",
		"via dev",
		"Ada Berg via",
		"Ada Berg (Example Ltd)",
		"Ada Berg [on leave]",
		"ada@example.org [dev]",
		"Ada Viaduct Berg",
		"Ada (@adab)",
		"(",
		")",
		"()",
		"Ada (",
		"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		test_name(names[i], names[i], ND_RELAYNAME_NONE);
}

static void
takes_marks_off(void **state)
{
	static const char *const marks[] = {
		"@adab",     "JIRA",        "Jira",          "Confluence",
		"Bitbucket", "Code Review", "Gerrit",        "GitHub",
		"GitLab",    "Google Docs", "Google Sheets", "Google Slides",
		"Asana",     "Basecamp",    "Discourse",     "Redmine",
		"Trac",      "Bugzilla",    "Gitter",
	};
	size_t len = strlen("Ada Berg (Example)");

	(void)state;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		char *name = x_asprintf(NULL, "Ada Berg (%s)", marks[i]);
		size_t cut = strlen(name);

		if (!nd_relayname_cut_mark(name, &cut) || cut != 8)
			fail_msg("'%s'", name);
		talloc_free(name);
	}
	assert_false(nd_relayname_cut_mark("Ada Berg (Example)", &len));
	assert_int_equal(len, strlen("Ada Berg (Example)"));
}

static void
is_linear(void **state)
{
	enum { BYTES = 1 << 16 };
	char *name = x_array(NULL, char, BYTES + 1);
	const char *person;
	size_t len;

	(void)state;
	for (size_t i = 0; i < BYTES; i++)
		name[i] = " (v["[i % 4];
	nd_relayname_read(name, &person, &len);
	memset(name, '(', BYTES);
	nd_relayname_read(name, &person, &len);
	talloc_free(name);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_person),
		cmocka_unit_test(leaves_other_names),
		cmocka_unit_test(takes_marks_off),
		cmocka_unit_test(is_linear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
