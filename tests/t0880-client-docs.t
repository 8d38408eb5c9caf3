#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The keys of the files for mail clients are those of their READMEs and of
# doc/clients.md; each README tells how to begin.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
CONTRIB=$T_SRC/contrib
DOC=$T_SRC/doc/clients.md

# Keys that a client's file binds, one a line.
bound() {
	case $1 in
	neomutt | mutt) awk '$1 == "macro" { print $3 }' "$CONTRIB/$1/notmuch-digest.rc" ;;
	aerc) sed -n 's/^\(,[^ ]*\) = .*/\1/p' "$CONTRIB/aerc/binds.conf" ;;
	alot) sed -n "s/^'\(,.*\)' = .*/\1/p" "$CONTRIB/alot/config" ;;
	emacs) sed -n 's/.*(define-key map "\(.*\)" .*/,\1/p' \
		"$CONTRIB/emacs/notmuch-digest.el" ;;
	vim) sed -n 's/.*nnoremap <buffer> <silent> \(,[^ ]*\) .*/\1/p' \
		"$CONTRIB/vim/notmuch-digest.vim" ;;
	esac | tr -d ' ' | LC_ALL=C sort -u
}
# Keys of a table: the first column of its rows.
listed() { sed -n 's/^| `\(,[^`]*\)` |.*/\1/p' "$1" | tr -d ' ' | LC_ALL=C sort; }

for client in neomutt mutt aerc alot emacs vim; do
	bound $client >bound
	t_true "$client binds keys" test "$(wc -l <bound)" -ge 4
	listed "$CONTRIB/$client/README.md" >readme
	t_same "$client: its README lists them, each once" bound readme
	sed -n "/^<!-- keys $client -->/,/^<!-- end -->/p" "$DOC" >section
	listed section >doc
	t_same "$client: doc/clients.md, too" bound doc
	t_true "$client: its README is one screen" \
		test "$(wc -l <"$CONTRIB/$client/README.md")" -le 64
	t_like "$client: it has a line to add" \
		'share/notmuch-digest/|setup [a-z]* --install' "$CONTRIB/$client/README.md"
	sed -n "/^<!-- screen $client-/,/^<!-- end -->/p" "$DOC" >screen
	t_true "$client: a screen stands beside it" test "$(wc -l <screen)" -ge 8
	t_unlike "$client: without what no page should have" \
		"$(printf '[\001-\010\013-\037\177]')" screen
done
"$T_SRC/tests/screens.sh" "$T_DIR/none" <"$DOC" >filled
t_same "doc/clients.md has the tables as they are now" "$DOC" filled

# Four queries, written in the manner of each client: they find the same.
. "$T_SRC/tests/digested.sh"
d_mailbox
query() { # query FILE NAME: the query of a folder map
	sed -n "s/^$2=//p" "$1"
}
map=$CONTRIB/aerc/query-map
t_equal "needs me: aerc's whole threads are those of the query for mails" \
	"$(notmuch search --output=threads 'thread:{tag:digest/me}' | sort)" \
	"$(notmuch search --output=threads "$(query "$map" 'needs me')" | sort)"
t_true "  there are some" test "$(notmuch count "$(query "$map" 'needs me')")" -gt 0
t_equal "new patches, too" \
	"$(notmuch search --output=threads 'tag:digest/patch and tag:digest/state/new' | sort)" \
	"$(notmuch search --output=threads "$(query "$map" 'new patches')" | sort)"
# The sample is older than a week: its own weeks instead.
applied=$(query "$map" 'applied this week' | sed 's/date:1week\.\./date:2026-03-30../')
t_equal "applied this week, too" \
	"$(notmuch search --output=threads '(tag:digest/state/applied or tag:digest/state/pulled or tag:digest/state/merged or tag:digest/state/merged-stable) and thread:{date:2026-03-30..}' | sort)" \
	"$(notmuch search --output=threads "$applied" | sort)"
t_true "  there are some" test "$(notmuch count "$applied")" -gt 0
t_done
