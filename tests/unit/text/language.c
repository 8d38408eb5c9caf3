/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <cmocka.h>

#include <string.h>

#include "text/language.h"

static void
guesses_from_few_words(void **state)
{
	static const struct {
		const char *language;
		const char *text;
	} cases[] = {
		{"en", "This is what we have, and it is not enough for you."},
		{"en", "I think that kvm_arch_vcpu_load() should be fixed"},
		{"de", "Das ist nicht der richtige Weg, und wir haben ein "
	               "Problem mit dem Kernel."},
		{"fr", "Je pense que la solution n'est pas dans le noyau, "
	               "mais pour nous ce sont les pilotes."},
		{"es", "El problema es que no se puede compilar con la nueva "
	               "versión para el servidor."},
		{"ru", "Я думаю, что это не так."},
		{"zh", "这个补丁修复了 KVM 的一个问题。"},
		{"ja", "このパッチは KVM の問題を修正します。"},
		{"ko", "이 패치는 문제를 수정합니다."},
		{"", ""},
		{"", "12345 === 0x10"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_string_equal(
			nd_language_guess(cases[i].text, strlen(cases[i].text)),
			cases[i].language);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(guesses_from_few_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
