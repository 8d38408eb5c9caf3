#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# In a report that is read through a thread gets more words the more mails are new, a
# talk more than patches, and what is new gets them before what is known; what is
# looked up has the same for all.
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
# known FROM SUBJECT DAY ID WORDS...: of a talk whose first mail was there before.
known() {
	printf 'From: %s <%s@example.org>\nTo: list@example.org\nSubject: %s\n' \
		"$1" "$1" "$2"
	printf 'Date: %s 10:00:00 +0000\nMessage-ID: <%s@example.org>\n' "$3" "$4"
	[ "$4" = known-1 ] || echo 'In-Reply-To: <known-1@example.org>'
	shift 4
	printf '\n%s\n' "$*"
}
known Ada 'A ring that stops' 'Mon, 2 Mar 2026' known-1 \
	'The ring of my card stops after it has wrapped three times, and the counter of' \
	'frames that are lost stands still, whatever else I do to the card. The machine' \
	'has two such cards with the same firmware, and only the one in the slot that is' \
	'next to the disk controller shows it. I have swapped both, and it stays with' \
	'the slot. Does anybody else see this with the cards of that maker?' >mail/known-1
known Bo 'Re: A ring that stops' 'Thu, 2 Apr 2026' known-2 \
	'The slot shares its interrupt with the disk, so give it one of its own.' \
	>mail/known-2
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

notmuch config set digest.max_words 75 # few for a question and an answer
"$ND" report --since=2026-03-30 --now="$T_NOW" --format=text --mails=none \
	'subject:"a ring that stops"' | tr -s ' \n' ' ' >line
t_like "the new answer is told, though the question is long" \
	'shares its interrupt with the disk' line
t_done
