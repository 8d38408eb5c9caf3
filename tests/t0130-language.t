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

# ---- a catalogue of a language with three plural forms, beside a copy of the program
command -v msgfmt >/dev/null || t_skip_all "msgfmt is not installed"
mkdir -p copy/bin copy/share/locale/ru/LC_MESSAGES
cp "$ND" copy/bin/notmuch-digest
MO=copy/share/locale/ru/LC_MESSAGES/notmuch-digest.mo
catalogue() { # catalogue PLURAL-FORMS [OPTION]: ru.mo
	cat >ru.po <<-EOF
		msgid ""
		msgstr ""
		"Content-Type: text/plain; charset=UTF-8\\n"
		"Plural-Forms: $1;\\n"

		msgid "Needs you"
		msgstr "Вы нужны"

		msgid "%u mail"
		msgid_plural "%u mails"
		msgstr[0] "%u письмо"
		msgstr[1] "%u письма"
		msgstr[2] "%u писем"
	EOF
	msgfmt ${2:-} -o "$MO" ru.po
}
russian() { t_exit "${1:-0}" copy/bin/notmuch-digest report --now="$T_NOW" --lang=ru --format=text; }
counted() { sed -nE '1,9s/.* threads?, ([0-9]+ [^ ]+)$/\1/p' out; }
"$ND" report --now="$T_NOW" --lang=en --format=text >out
counted >numbers
RU='nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)'
for order in little big; do
	catalogue "$RU" --endianness=$order
	russian
	t_like "$order endian: what is translated" '^Вы нужны: ' out
	t_like "  what is not stays English" '^You wait for' out
	counted >got
	while read -r n word; do
		case $n in
		*1[1-4] | *[05-9]) echo "$n писем" ;;
		*1) echo "$n письмо" ;;
		*) echo "$n письма" ;;
		esac
	done <numbers >want
	t_same "  numbers have their forms" want got
done
t_true "there are some" test "$(sort -u want | wc -l)" -gt 1
# What other languages count by: the form of 45, of which the report has some.
t_like "one of them is 45" '^45 ' numbers
while read -r form plural; do
	catalogue "nplurals=3; plural=$plural"
	cp "$MO" kept
	russian
	case $form in 0) word=письмо ;; 1) word=письма ;; 2) word=писем ;; esac
	t_like "45 by $plural" "threads, 45 $word\$" out
done <<'EOF'
0 0
1 n != 1
1 n > 1
0 (n==1)
0 n==0 || n==1 ? 1 : 0
2 n==1 ? 0 : n==2 ? 1 : 2
1 n*2 - 89 == 1
1 n/10 == 4 && !(n%5)
2 1+1
2 2 * (n >= 45 && n <= 45)
0 n < 45 || n > 45
EOF
for plural in 'n %' '(n' 'n / 0' '17' 'm' '((((((((((((((((((((((((((((((((((((((((((n))))))))))))'; do
	# msgfmt would not take it.
	room='n - n + n - n + n - n + n - n + n - n + n - n + n - n + n - n + n - n'
	catalogue "nplurals=3; plural=$room"
	padded=$(printf "%-${#room}s" "$plural")
	LC_ALL=C sed -i "s|plural=$room|plural=$padded|" "$MO"
	russian
	t_like "a plural that is none, '$plural', chooses one" ' 45 пис' out
done
size=$(wc -c <kept)
for cut in 0 3 19 27 28 60 120 $((size - 200)) $((size - 1)); do
	head -c $cut kept >"$MO"
	russian 64
done
t_like "a damaged catalogue is told" "notmuch-digest.mo' is damaged" err
printf '\377\377\377\377' | dd of=kept bs=1 seek=8 conv=notrunc 2>/dev/null
cp kept "$MO"
russian 64
t_done
