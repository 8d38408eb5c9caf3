#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Somebody who has notmuch, and has just installed this: nothing is set.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need script
export TERM=xterm-256color PAGER=cat
# on_tty ARGUMENTS: as a terminal shows it, in the file `out`
on_tty() {
	t_exit 0 script -qec "$ND $*" /dev/null
	tr -d '\r' <out >out.lf && mv out.lf out
}
HINT="'notmuch-digest setup' puts digests"

# ---- before notmuch
t_exit 78 "$ND"
t_like "without a configuration: what makes one" "run 'notmuch setup'" err
mkdir -p mail
printf '[database]\npath=%s\n' "$T_DIR/mail" >"$NOTMUCH_CONFIG"
t_exit 1 "$ND"
t_like "without a database: what makes one" "'notmuch new' creates it" err
notmuch new --quiet
on_tty
t_like "without mail: where it comes from" "no mail in the database: 'notmuch new'" out

# ---- a fresh database, nothing set, not even who the user is
cp -R "$T_SRC/tests/corpora/sample" mail/
notmuch new --quiet
t_exit 0 "$ND" --now="$T_NOW"
t_like "the first report has threads" '^### Thread 1: ' out
t_equal "  into a pipe, nothing else is said" "" "$(cat err)"
on_tty --now="$T_NOW" --color=never
t_like "on a terminal it has the front page" '^New and unanswered: [1-9]' out
t_equal "  and one line on what comes next, at its end" 1 \
	"$(tail -1 out | grep -c "$HINT")"
t_equal "  once" 1 "$(grep -c "$HINT" out)"
on_tty --now="$T_NOW" --quiet
t_unlike "  not with --quiet" "$HINT" out
on_tty --now="$T_NOW" --output=week.txt
t_unlike "  nor into a file" "$HINT" out
notmuch dump --include=tags --include=properties --include=config | grep -v '^+inbox +unread -- ' >dump.ours
t_true "nothing is written" test ! -e mail/digest
t_unlike "  nowhere" '[+]digest|digest[.]' dump.ours

# ---- old mail
on_tty --now=2026-11-29T00:00:00Z
t_like "where the period has no mail, it says which has" \
	'the newest mail is of 2026-04-05: try --since=2026-03-30$' out
t_unlike "  and that alone" "$HINT" out
on_tty --now=2026-11-29T00:00:00Z --since=2026-03-30
t_like "  which works" '^1\. ' out
on_tty --now=2026-11-29T00:00:00Z from:nora@example.org
t_like "  of the query that was asked" 'the newest mail is of 2026-04-0[1-5]: try' out
on_tty xyzzyxyzzy
t_like "a query that no mail matches is told" 'no mail matches the query, whenever' out
t_exit 0 "$ND" --now=2026-11-29T00:00:00Z
t_equal "into a pipe, nothing of that" "" "$(cat err)"

# ---- the first update
notmuch config set digest.query to:linux-fabric@lists.example.org
on_tty update --now=2026-11-29T00:00:00Z
t_like "without mail of late, update says why it wrote nothing" \
	"no thread of digest.query has mail since '30d'" out
on_tty update --now=2026-11-29T00:00:00Z --since=2026-03-01
t_like "  and with a time it looks further back, changed or not" \
	'^3[0-9] digests written' out
t_exit 0 "$ND" update --now=2026-11-29T00:00:00Z --since=2026-03-01
t_like "  once" '^Nothing has changed' out
on_tty update --now=2026-11-29T00:00:00Z
t_unlike "  then there is nothing to explain" 'no thread of digest.query' out
t_exit 0 "$ND" clean --yes
notmuch config set digest.query

# ---- it ends
notmuch config set digest.lang en
on_tty --now="$T_NOW"
t_unlike "who has set something is not told any more" "$HINT" out
notmuch config set digest.lang
"$ND" update --quiet --now="$T_NOW" '*'
on_tty --now="$T_NOW"
t_unlike "nor who has digests" "$HINT" out
on_tty --now=2026-11-29T00:00:00Z
t_like "digests are not the newest mail" 'newest mail is of 2026-04-05' out
t_done
