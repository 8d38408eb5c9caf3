#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What earlier versions wrote is ours: adopted or made anew by the next update, and
# gone without a trace with clean. What a newer one wrote is left alone.
# tests/corpora/upgrade/make.sh made what older versions left.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
PAST="$T_SRC/tests/corpora/upgrade"
NOW=--now=2026-03-20T00:00:00Z

# deliver NAME...: mails of the fixture
deliver() {
	for one; do
		cp "$PAST/mail/$one:2," mail/list/cur/
	done
	notmuch new --quiet
}
# all of the user's: tags of mails but ours, and settings in the database
users() {
	notmuch dump --include=tags | grep -v '%40digest.invalid$\|@digest.invalid$\|^#' |
		sed 's|+digest%2f[^ ]* ||g' | LC_ALL=C sort
	notmuch dump --include=config --include=properties | grep -v '^#notmuch-dump\|digest'
}
# The mailbox without us, and the one that a version has left.
empty() {
	chmod -R u+rwX mail
	rm -rf mail
	mkdir -p mail/list/cur mail/list/new mail/list/tmp
	sed "s|^path=.*|path=$T_DIR/mail|" "$PAST/config" >"$NOTMUCH_CONFIG"
	deliver alice1 bob1 carol1 bob2 alice2 erin1 erin2 frank1
}
past() { # past VERSION
	empty
	cp -R "$PAST/$1/digest" mail/digest
	(cd mail/digest && xargs mkdir -p <"$PAST/$1/empty-dirs")
	notmuch new --quiet
	notmuch restore --input="$PAST/$1/dump"
}
# The same database as then: its uuid, and all that was done is seen.
same_database() {
	uuid=$(notmuch count --lastmod '*' | cut -f2)
	state=$(notmuch dump --include=config | sed -n 's/^#@ digest.state //p' |
		sed "s/uuid=[^%]*/uuid=$uuid/; s/rev=[0-9]*/rev=$(($(notmuch count --lastmod '*' | cut -f3) + 1))/")
	printf '#notmuch-dump batch-tag:3 config\n#@ digest.state %s\n' "$state" |
		notmuch restore --include=config
}
digests() { notmuch search --output=messages tag:digest | LC_ALL=C sort; }
check() { # check VERSION HOW
	users >users.before
	digests >digests.before
	t_exit 0 "$ND" status
	t_unlike "$1, $2: status has no problem" '^problems:' out
	t_exit 0 "$ND" update "$NOW"
	users >users.after
	t_same "$1, $2: what is the user's stays" users.before users.after
	digests >digests.after
	t_same "  every digest is the one it was" digests.before digests.after
	t_equal "  three threads have one" 3 "$(notmuch count tag:digest)"
	t_equal "  a file each" 3 "$(find mail/digest -type f -name '*:2,*' | wc -l)"
	t_equal "  all current" 3 "$(notmuch count tag:digest/summarized)"
	t_equal "  none without a thread" 0 "$(for id in $(digests); do
		[ "$(notmuch count "thread:{$id} and not tag:digest")" -gt 0 ] || echo "$id"
	done | wc -l)"
	t_equal "  a tag that was taken off stays off" 0 \
		"$(notmuch count id:alice1@example.org and tag:digest/patch)"
	t_equal "  tags of the user's on a digest stay" 3 "$(notmuch count tag:digest and tag:kept)"
	t_equal "  what needs the user has its tag" 1 \
		"$(notmuch count id:alice2@example.org and tag:digest/me)"
	notmuch dump >once
	t_exit 0 "$ND" update "$NOW"
	notmuch dump >twice
	t_same "  another run changes nothing" once twice
	deliver late1
	t_exit 0 "$ND" update "$NOW"
	t_equal "  new mail: one digest is written anew" 3 "$(notmuch count tag:digest)"
	t_like "  of this version" '^Subject: \[digest 3 mails' \
		"$(notmuch search --output=files "thread:{id:late1@example.org} and tag:digest")"
	t_equal "  and the state is that of the new mail" 1 \
		"$(notmuch count id:alice1@example.org and tag:digest/state/applied)"
	t_exit 0 "$ND" report "$NOW" --since=2026-03-01 --format=json
	t_like "  no digest is input" '"messages":9,"threads":3' out
	users >users.before
	t_exit 0 "$ND" clean --yes
	users >users.after
	t_same "  clean: what is the user's stays" users.before users.after
	notmuch dump >left
	t_unlike "  and nothing else" 'digest' left
	t_true "  no folder" test ! -e mail/digest
	t_equal "  no file" 9 "$(find mail -path mail/.notmuch -prune -o -type f -print | wc -l)"
}

any=
for version in "$PAST"/20*; do
	version=${version##*/}
	any=yes
	past "$version"
	check "$version" "in a database made anew"
	past "$version"
	same_database
	check "$version" "in its own database"
	# Only the maildir came along: tags and properties are lost.
	empty
	cp -R "$PAST/$version/digest" mail/digest
	notmuch new --quiet
	t_exit 0 "$ND" update "$NOW"
	t_equal "$version, the maildir alone: digests are found again" 3 \
		"$(notmuch count tag:digest)"
	t_equal "  and not written twice" 3 "$(find mail/digest -type f -name '*:2,*' | wc -l)"
	t_equal "  they are current" 3 "$(notmuch count tag:digest/summarized)"
	t_exit 0 "$ND" clean --yes
	notmuch dump >left
	t_unlike "  clean finds all of it" 'digest' left
done
t_equal "there are older versions" yes "$any"

# ---- what a model said to an older version
t_need python3
mkfifo hold
PYTHONUNBUFFERED=1 python3 "$T_SRC/tests/llm/stub.py" '[{"auto": true}]' \
	<hold >stub.out &
exec 9>hold
t_wait stub.out
answers=$HOME/.cache/notmuch-digest/llm
stored() { find "$HOME" -path "$answers/*" -type f | wc -l; }
asked() { # asked COMMAND...: with that model
	t_exit 0 "$ND" "$@" --engine=llm --fallback=none "$NOW" --since=2026-03-01
}
past "$version"
notmuch config set digest.llm.url "$(head -1 stub.out)"
notmuch config set digest.llm.model stub-1
notmuch config set digest.llm.allow '*'
asked report
mv out without
any=
for kept in "$PAST"/20*/answers; do
	any=yes
	t_exit 0 "$ND" clean --cache
	t_equal "nothing is stored" 0 "$(stored)"
	mkdir -p "$answers"
	cp "$kept"/* "$answers"
	t_true "${kept#"$PAST/"}" test "$(stored)" -gt 0
	asked report
	t_same "  no other report comes of them" without out
	asked update
	t_equal "  digests are a model's" 3 \
		"$(grep -l 'engine=llm' mail/digest/cur/* | wc -l)"
	t_exit 0 "$ND" clean --cache --dry-run
	t_like "  they count among the stored ones" \
		"^$(stored) stored answers would be removed" out
	t_exit 0 "$ND" clean --yes
	t_equal "  and go with clean" 0 "$(stored)"
done
t_equal "there are such answers" yes "$any"
exec 9>&-
wait

# ---- a newer version
# shellcheck disable=SC2012
last=$(ls -d "$PAST"/20* | tail -1)
alone() { # alone NAME: it is as it was
	notmuch dump >after
	find mail/digest | LC_ALL=C sort >>after
	t_same "$1" before after
}
keep() {
	notmuch dump >before
	find mail/digest | LC_ALL=C sort >>before
}
refused() {
	t_like "  the word is clear" 'a newer version of notmuch-digest has written here' err
	t_like "  with the remedy" 'use that version' err
}
past "${last##*/}"
# Both take the lock.
notmuch dump --include=config --output=newer
sed -i 's/digest.state v=1/digest.state v=2/' newer
notmuch restore --include=config --input=newer
deliver late1
keep
t_exit 78 "$ND" update "$NOW"
refused
t_exit 78 "$ND" clean --yes
refused
t_exit 78 "$ND" report "$NOW" --deliver
refused
t_exit 0 "$ND" status
t_like "status tells it, too" 'a newer version of notmuch-digest' out
alone "what a newer version has written is left alone"
t_exit 0 "$ND" report "$NOW" --since=2026-03-01 --format=json
t_like "a report goes on" '"messages":9,"threads":3' out

past "${last##*/}"
notmuch config set --database digest.state ''
for file in mail/digest/cur/*; do
	sed -i 's/^X-Notmuch-Digest: v=1;/X-Notmuch-Digest: v=2;/' "$file"
done
deliver late1
keep
t_exit 78 "$ND" update "$NOW"
refused
alone "nor are its digests, without a watermark"
notmuch config set digest.write no
t_exit 0 "$ND" update "$NOW"
t_true "a reader of a newer host takes them as they are" \
	test "$(notmuch count tag:digest)" -eq 3
t_done
