#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# In a report that is read through a talk gets more words the more mails it has, up
# to twice as many as a thread with patches; what is looked up has the same for all.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"

# thread NAME SUBJECT MAILS: each answers the first one, with sentences of its own.
thread() {
	for i in $(seq "$3"); do
		re='' irt=''
		[ "$i" -eq 1 ] || {
			re='Re: '
			irt="In-Reply-To: <$1-1@example.org>"
		}
		{
			printf 'From: Person %s <p%s@example.org>\n' "$i" "$i"
			printf 'To: list@example.org\nSubject: %s%s\n' "$re" "$2"
			printf 'Date: Fri, 3 Apr 2026 10:%02d:00 +0000\n' "$i"
			printf 'Message-ID: <%s-%s@example.org>\n' "$1" "$i"
			[ -z "$irt" ] || echo "$irt"
			echo
			for k in 1 2 3; do
				printf 'The %s of box %s%s has lost its cable, ' \
					"$1" "$i" "$k"
				printf 'so the lamp of room %s%s stays dark.\n' \
					"$i" "$k"
			done
		} >"mail/$1-$i"
	done
}
thread short 'the short talk' 3
thread middle 'the middle talk' 8
thread long 'the long talk' 14
thread patch '[PATCH] lamp: mend the cable' 14
cat >config <<'EOF'
[user]
name=Test User
primary_email=me@example.org
EOF
printf '[database]\npath=%s\n' "$T_DIR/mail" >>config
notmuch new --quiet

# sentences SUBJECT FORMAT: how many are told of it.
sentences() {
	"$ND" report --since=2026-03-30 --now="$T_NOW" --format="$2" --mails=none \
		"subject:\"$1\"" | tr '\n' ' ' | tr -s ' ' |
		grep -o 'has lost its cable' | wc -l
}
more() { # more NAME THIS THAT
	echo "# $2, $3"
	t_true "$1" test "$2" -gt "$3"
}
short=$(sentences 'the short talk' text)
middle=$(sentences 'the middle talk' text)
long=$(sentences 'the long talk' text)
patch=$(sentences 'mend the cable' text)
more "a talk of eight mails has more to tell than one of three" "$middle" "$short"
more "one of fourteen still more" "$long" "$middle"
more "but no thread with patches" "$long" "$patch"
# Each has 18 words: "The long of box 142 has …".
t_true "in digest.max_words" test $((18 * long)) -le 150
t_equal "a web page tells as much" "$(sentences 'the long talk' html)" "$long"
more "what is looked up tells more" "$(sentences 'the short talk' markdown)" \
	"$short"
t_done
