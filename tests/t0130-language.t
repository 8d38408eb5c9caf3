#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The language of a report is that of --lang or digest.lang, never that of the
# process locale: cron and systemd run under LC_ALL=C.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_mailbox sample

t_exit 0 "$ND" report --now="$T_NOW" --lang=zh_CN
t_like "speaks Chinese" '^## 📊 总体统计$' out
mv out zh
LC_ALL=C LANG=C LANGUAGE=C t_exit 0 "$ND" report --now="$T_NOW" --lang=zh_CN
t_same "and under LC_ALL=C" zh out
LC_ALL=xx_YY.nonsense LANGUAGE=de t_exit 0 "$ND" report --now="$T_NOW" --lang=zh_CN
t_same "and under a locale that is not installed" zh out
t_exit 0 env -i PATH="$PATH" HOME="$HOME" NOTMUCH_CONFIG="$NOTMUCH_CONFIG" \
	TZ=UTC "$ND" report --now="$T_NOW" --lang=zh-CN.UTF-8
t_same "and in an empty environment, however it is spelt" zh out
notmuch config set digest.lang zh_CN
t_exit 0 "$ND" report --now="$T_NOW"
t_same "digest.lang does the same" zh out

t_exit 0 "$ND" report --now="$T_NOW" --lang=en
t_like "--lang is stronger" '^## 📊 Totals$' out
notmuch config set digest.lang
mv out en
LC_ALL=zh_CN.UTF-8 LANG=zh_CN.UTF-8 LANGUAGE=zh_CN t_exit 0 "$ND" report --now="$T_NOW"
t_same "English without a setting, whatever the locale" en out
t_done
