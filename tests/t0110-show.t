#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# show: one thread, by query or from a mail on stdin.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_mailbox sample
ROOT=20260312071158.221163-1-priya.r@example.net

t_exit 0 "$ND" show "id:$ROOT" --now="$T_NOW"
t_like "has the subject" 'PATCH v2 0/5\] fabric' out
t_equal "of one thread only" 1 "$(grep -c '^### ' out)"
mv out whole

t_exit 0 "$ND" show --now="$T_NOW" "thread:{id:$ROOT}"
t_same "any query that finds the thread" whole out
for name in "https://lore.kernel.org/r/$ROOT" "<$ROOT>" "mid:$ROOT" \
	"https://lore.kernel.org/all/$ROOT/T/#t" \
	"https://lore.kernel.org/fabric/20260312071158.221163-1-priya.r%40example.net/"; do
	t_exit 0 "$ND" show --now="$T_NOW" "$name"
	t_same "the same by any name of the mail" whole out
done
t_exit 65 "$ND" show https://lore.kernel.org/r/nobody@example.org
t_like "what was looked for is named" "the mail 'nobody@example.org' is not in" err
for mail in mail/sample/cur/ring-v2-00-cover:* mail/sample/cur/ring-v2-04-re-1:*; do
	"$ND" show --stdin --now="$T_NOW" <"$mail" >out 2>err
	t_equal "exit 0 for $mail on stdin" 0 $?
	t_same "and any of its mails on stdin" whole out
done

# A folded Message-ID header, in another case, behind others; CR LF.
printf 'Subject: x\r\nmessage-id:\r\n <%s>\r\n\r\nbody\r\n' "$ROOT" |
	"$ND" show --stdin --now="$T_NOW" >out 2>err
t_same "an odd Message-ID header" whole out

# Ids that a query parser or a shell could take for something else.
odd="a+b/c'd%40e-v6-2@mail.example.com"
printf 'Message-ID: <%s>\n\n' "$odd" | "$ND" show --stdin --now="$T_NOW" >out 2>err
t_equal "exit 0 for an odd id" 0 $?
t_like "the right thread for an odd id" 'PATCH v6,2/3' out
for id in 'x" or * or id:"y' '*' "thread:{id:$ROOT}" "\$(touch $T_DIR/pwned)" ; do
	printf 'Message-ID: <%s@example.org>\n\n' "$id" |
		"$ND" show --stdin --now="$T_NOW" >out 2>err
	t_equal "an id is only an id: $id" 65 $?
done
t_true "and nothing was run" test ! -e "$T_DIR/pwned"

# What is new: unread mails; --since; --new; all of a thread that was read.
t_exit 0 "$ND" show --format=json "id:$ROOT" --now="$T_NOW"
t_equal "a thread that was read is told as a whole" \
	"$(jq .counts.total out)" "$(jq .counts.new out)"
notmuch tag +unread id:20260312071158.221163-1-priya.r@example.net
t_exit 0 "$ND" show --format=json "id:$ROOT" --now="$T_NOW"
t_equal "unread mails are new" "$(notmuch count "thread:{id:$ROOT} and tag:unread")" \
	"$(jq .counts.new out)"
t_exit 0 "$ND" show --format=json --since=2026-03-14 "id:$ROOT" --now="$T_NOW"
t_equal "mails from --since on are new" \
	"$(notmuch count "thread:{id:$ROOT} and date:2026-03-14..")" "$(jq .counts.new out)"
t_exit 0 "$ND" show --format=json --new=from:henrik "id:$ROOT" --now="$T_NOW"
t_equal "mails of --new are new" \
	"$(notmuch count "thread:{id:$ROOT} and from:henrik")" "$(jq .counts.new out)"

# ---- several threads match
# Thread and date of its newest mail, the newest first: not as notmuch sorts,
# which looks at mails that match.
notmuch search --output=threads from:priya | while read -r thread; do
	notmuch show --format=json --body=false --entire-thread=true "$thread" |
		jq -r --arg t "${thread#thread:}" \
			'[.. | .timestamp? // empty] | max | "\(.) \($t)"'
done | sort -rn | cut -d' ' -f2 >by-date
threads() { # of the JSON in out
	jq -r .root_id out | while read -r id; do
		notmuch search --output=threads "id:$id" | sed 's/^thread://'
	done
}
others=$(($(wc -l <by-date) - 1))
t_true "there are several" test "$others" -gt 1
t_exit 0 "$ND" show --format=json --now="$T_NOW" 'from:priya'
t_equal "the newest of several threads" "$(head -1 by-date)" "$(threads)"
t_equal "  says how many there are" \
	"notmuch-digest: $others more threads match; --all shows them" "$(cat err)"
t_exit 0 "$ND" show --quiet --now="$T_NOW" 'from:priya'
t_equal "  not with --quiet" "" "$(cat err)"
t_equal "  in markdown, too" 1 "$(grep -c '^### ' out)"
t_exit 0 "$ND" show --format=json --now="$T_NOW" --all 'from:priya'
threads >got
t_same "--all: one JSON object each, the newest first" by-date got
t_equal "  and nothing to say" "" "$(cat err)"
t_exit 0 "$ND" show --format=json --now="$T_NOW" --limit=$others 'from:priya'
threads >got
head -$others by-date >want
t_same "--limit: so many" want got
t_equal "  says that there is another" \
	"notmuch-digest: 1 more thread matches; --all shows it" "$(cat err)"
t_exit 0 "$ND" show --now="$T_NOW" "id:$ROOT"
t_equal "one thread, no word" "" "$(cat err)"
t_exit 0 "$ND" show --format=text --color=always "id:$ROOT" --now="$T_NOW"
t_like "colours on demand" "$(printf '\033')\\[" out
NO_COLOR=1 t_exit 0 "$ND" show --format=text "id:$ROOT" --now="$T_NOW"
t_unlike "none without" "$(printf '\033')" out
COLUMNS=50 t_exit 0 "$ND" show --format=text "id:$ROOT" --now="$T_NOW"
t_true "width from COLUMNS" test "$(grep -v 'http\|@' out | wc -L)" -le 50

# On a terminal of its own: `script` makes one, 80 columns wide or as stty says.
ESC=$(printf '\033')
if command -v script >/dev/null; then
	on_terminal() { # on_terminal NAME=VALUE...
		t_exit 0 env TERM=xterm-256color "$@" script -qec \
			"stty cols ${T_COLS:-80} rows 50; '$ND' show --now=$T_NOW --mails=all \
			'id:$ROOT'" /dev/null
		tr -d '\r' <out >screen
	}
	on_terminal PAGER=cat
	t_like "text on a terminal, in colour" "$ESC\\[1m\[PATCH v2" screen
	t_unlike "no links where they are not known to work" "$ESC\\]8" screen
	on_terminal PAGER=cat VTE_VERSION=7006
	t_like "links where they are" \
		"$ESC\\]8;;mid:$ROOT$ESC\\\\#1-6$ESC\\]8;;$ESC\\\\ " screen
	for plain in NO_COLOR=1 TERM=dumb; do
		on_terminal PAGER=cat VTE_VERSION=7006 $plain
		t_unlike "$plain: neither colours nor links" "$ESC" screen
	done
	T_COLS=50 on_terminal PAGER=cat NO_COLOR=1
	t_true "as wide as the terminal" test "$(wc -L <screen)" -le 50
	t_true "and not much less" test "$(wc -L <screen)" -ge 45
	T_COLS=200 on_terminal PAGER=cat NO_COLOR=1
	t_true "but not wider than is good to read" test "$(wc -L <screen)" -le 100
	t_exit 0 env TERM=xterm script -qec "stty cols 50; \
		'$ND' show --now=$T_NOW --format=text 'id:$ROOT' | cat" /dev/null
	tr -d '\r' <out >screen
	t_true "a pipe to a pager is as wide as its terminal" \
		test "$(wc -L <screen)" -le 50

	# A pager: colours get through whatever LESS says; links only through one
	# that says that it knows them.
	printf '#!/bin/sh\ncat >got\necho "$LESS" >less-options\n' >pager
	chmod +x pager
	on_terminal PAGER="$PWD/pager" VTE_VERSION=7006 LESS=-iS
	t_like "the pager gets it in colour" "$ESC\\[1m" got
	t_unlike "but no links" "$ESC\\]8" got
	t_equal "less is told to show colours" "-R -iS" "$(cat less-options)"
	if command -v less >/dev/null; then
		on_terminal PAGER=less VTE_VERSION=7006 LESS=-FXR
		t_like "less shows colours" "$ESC\\[1m\[PATCH v2" screen
		t_like "and passes links on" "$ESC\\]8;;mid:$ROOT$ESC" screen
		t_unlike "no sequence is shown as text" 'ESC|\^\[' screen
	fi
else
	[ -z "${REQUIRE_ALL:-}" ]
	t_result $? "on a terminal # SKIP script is not installed"
fi
# ---- why
t_exit 0 "$ND" show --why --now="$T_NOW" --format=text "id:$ROOT"
t_like "what a mail does" '^ *(asks|answers|requests-change|promises-change) \([0-9]+ %\): ' out
t_like "and what weighed most" '^ *[+-][0-9]\.[0-9][0-9] [a-z]' out
t_exit 0 "$ND" show --why --now="$T_NOW" --format=json "id:$ROOT"
t_equal "the same as JSON, each with its mail" 0 "$(jq '([.messages[].id]) as $ids |
	[.heard[] | select(([.id] - $ids) != [] or .sentence == "" or
	.percent < 1 or .reasons == [])] | length' out)"
t_exit 0 "$ND" show --now="$T_NOW" --format=json "id:$ROOT"
t_equal "only when it is asked for" false "$(jq 'has("heard")' out)"
t_done
