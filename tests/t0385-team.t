#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A team on one digest: a host writes, readers take over the maildir as it is.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
NOW="--now=$T_NOW"

# member NAME ADDRESS: a mailbox of its own with the same list
member() {
	mkdir -p "$1/Mail" "$1/home"
	cp -R "$T_SRC/tests/corpora/sample" "$1/Mail/"
	printf '[database]\npath=%s\n[user]\nname=X\nprimary_email=%s\n[new]\ntags=inbox;unread\n[digest]\nquery=to:linux-fabric@lists.example.org\n' \
		"$T_DIR/$1/Mail" "$2" >"$1/config"
	as "$1"
	notmuch new --quiet
}
as() { export NOTMUCH_CONFIG="$T_DIR/$1/config" HOME="$T_DIR/$1/home"; }
mine() { notmuch search --output=messages tag:digest/me | LC_ALL=C sort; }

member host nora@example.org
t_exit 0 "$ND" update $NOW
mine >host.me
notmuch search --output=messages tag:digest | LC_ALL=C sort >host.digests

# What Henrik needs, as he would find it out himself.
member alone henrik@example.org
t_exit 0 "$ND" update $NOW
mine >alone.me
t_true "the two have different things to do" test -s alone.me
! cmp -s host.me alone.me
t_result $? "  indeed"

member reader henrik@example.org
notmuch config set digest.write no
cp -R host/Mail/digest reader/Mail/
find reader/Mail/digest -type f | LC_ALL=C sort | xargs sha1sum >before
notmuch new --quiet
t_exit 0 "$ND" update $NOW
find reader/Mail/digest -type f | LC_ALL=C sort | xargs sha1sum >after
t_same "a reader writes no file" before after
notmuch search --output=messages tag:digest | LC_ALL=C sort >reader.digests
t_same "all digests are there, with their tag" host.digests reader.digests
t_equal "  each in the thread of its mails" 0 \
	"$(notmuch search --output=messages tag:digest | while read -r id; do
		[ "$(notmuch count "thread:{$id} and not tag:digest")" -gt 0 ] || echo "$id"
	done | wc -l)"
t_equal "  all of them current" 36 "$(notmuch count tag:digest/summarized)"
t_equal "  and new to the reader" 36 "$(notmuch count tag:digest/fresh)"
notmuch tag -digest/fresh -- '*'
mine >reader.me
t_same "what needs the reader is the reader's" alone.me reader.me
t_exit 0 "$ND" update $NOW
t_like "a second run has nothing to do" '^(Nothing|0 |No )|nothing' out

# ---- the thread goes on, the host comes first
for who in host reader; do
	as $who
	printf '%s\n' "From: Zed <zed@example.net>" "To: linux-fabric@lists.example.org" \
		"Subject: Re: fabric: which interface for link events?" \
		"Date: Sun, 05 Apr 2026 22:00:00 +0000" "Message-ID: <zed@example.net>" \
		"In-Reply-To: <$(notmuch search --output=messages --limit=1 --sort=oldest-first \
			'subject:"which interface for link events"' | sed 's/^id://')>" "" \
		"Henrik, what do you think of netlink here?" >$who/Mail/sample/cur/zed:2,
	notmuch new --quiet
done
as reader
t_exit 0 "$ND" update $NOW
root=$(notmuch search --output=messages --limit=1 --sort=oldest-first "thread:{id:zed@example.net}")
t_like "until the host has written, the digest is stale" 'digest/stale' \
	"$(notmuch search --output=tags "$root" >tags && echo tags)"
as host
t_exit 0 "$ND" update $NOW
as reader
rm -r reader/Mail/digest
cp -R host/Mail/digest reader/Mail/
notmuch new --quiet
t_exit 0 "$ND" update $NOW
t_like "  then it is not" 'digest/summarized' \
	"$(notmuch search --output=tags "$root" >tags && echo tags)"
t_unlike "  any more" 'digest/stale' tags
t_equal "  and that one alone is new to the reader" 1 \
	"$(notmuch count "tag:digest/fresh")"
t_equal "  and the mail that asks the reader has its tag" 1 \
	"$(notmuch count id:zed@example.net and tag:digest/me)"
t_equal "one digest a thread" 1 "$(notmuch count "thread:{id:zed@example.net} and tag:digest")"

# ---- a reader leaves
t_exit 0 "$ND" clean --yes
t_equal "clean leaves nothing with a reader" 0 \
	"$(notmuch count tag:digest or property:digest.v=1)"
as host
t_equal "  and the host as it was" 36 "$(notmuch count tag:digest)"
t_done
