/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * i18n.h - the words of a report in the language of --lang
 *
 * The catalogues are those of GNU gettext (xgettext, msgfmt), but read here: the
 * C library's gettext translates nothing under the locales C and C.UTF-8, which
 * are the only ones that are there for sure, and which cron and systemd run
 * under. (Up to glibc 2.40 it did under C.UTF-8.) English is in the program and
 * needs no file.
 */
#ifndef ND_UTIL_I18N_H
#define ND_UTIL_I18N_H

#include <stddef.h>

#include "util/status.h"

struct nd_i18n;

/**
 * Choose a language.
 *
 * language   "en", "zh_CN", …; also "zh-CN" and "zh_CN.UTF-8"
 * *out       owned by ctx; untouched on failure
 *
 * Catalogues are looked for beside the program: ../share/locale from its
 * directory. What it translates lives as long as it does.
 * Returns    ND_OK; ND_ERR_CONFIG for a language without a catalogue (the
 *            message names those that have one), and for a damaged one
 */
enum nd_status
nd_i18n_open(const void *ctx, const char *language, const struct nd_i18n **out,
             struct nd_error *err) ND_MUST_CHECK;

/** The languages that there are, "en" among them, in order; owned by ctx. */
const char **nd_i18n_languages(const void *ctx, size_t *count);

/** The language in gettext's form: "zh_CN". */
const char *nd_i18n_language(const struct nd_i18n *i18n);

/** The translation of an English text, or the text itself. Never NULL. */
const char *nd_tr(const struct nd_i18n *i18n, const char *text)
	__attribute__((format_arg(2)));

/** The form of one or many for n, by the catalogue's Plural-Forms. */
const char *
nd_trn(const struct nd_i18n *i18n, const char *one, const char *many,
       unsigned long n) __attribute__((format_arg(2), format_arg(3)));

#endif
