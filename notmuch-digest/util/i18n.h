/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * i18n.h - the words of a report in the language of --lang
 *
 * Reads the .mo files that msgfmt makes (GNU gettext manual, "The Format of GNU
 * MO Files"), independently of the process locale: the C library would print
 * English under LC_ALL=C, in cron and in systemd units. English is in the
 * program itself and needs no file.
 */
#ifndef ND_UTIL_I18N_H
#define ND_UTIL_I18N_H

#include <stddef.h>

#include "util/status.h"

struct nd_i18n;

/**
 * Open the catalogue of a language.
 *
 * language   "en", "zh_CN", …; also "zh-CN" and "zh_CN.UTF-8"
 * *out       owned by ctx; untouched on failure
 *
 * Looked for beside the program: ../share/locale from its directory.
 * Returns    ND_OK; ND_ERR_CONFIG for a language without a catalogue (the
 *            message names those that have one); ND_ERR_IO and ND_ERR_PARSE
 *            for a file that cannot be read
 */
enum nd_status
nd_i18n_open(const void *ctx, const char *language, const struct nd_i18n **out,
             struct nd_error *err) ND_MUST_CHECK;

/**
 * The same from the bytes of a .mo file, for tests.
 *
 * language   in gettext form; decides the plural rules
 * Every offset is checked: a file that is cut off, corrupt or made to harm is
 * ND_ERR_PARSE, and none of it is used.
 */
enum nd_status
nd_i18n_parse(const void *ctx, const char *language, const char *bytes,
              size_t len, const struct nd_i18n **out,
              struct nd_error *err) ND_MUST_CHECK;

/** The language of the catalogue in gettext form: "zh_CN". */
const char *nd_i18n_language(const struct nd_i18n *cat);

/** The translation of an English text, or the text itself. Never NULL. */
const char *nd_tr(const struct nd_i18n *cat, const char *text)
	__attribute__((format_arg(2)));

/**
 * The form of one or many for n, by the plural rules of the language (ICU).
 *
 * A catalogue's forms stand in CLDR's order: zero one two few many other, as
 * far as the language uses them for whole numbers. Its own Plural-Forms line,
 * a C expression that would have to be run, is not looked at.
 */
const char *
nd_trn(const struct nd_i18n *cat, const char *one, const char *many,
       unsigned long n) __attribute__((format_arg(2), format_arg(3)));

#endif
