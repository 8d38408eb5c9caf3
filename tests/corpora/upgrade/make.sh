#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# make.sh - what an older version of notmuch-digest writes into a mailbox
#
#	git worktree add --detach /tmp/old COMMIT && make -C /tmp/old all
#	tests/corpora/upgrade/make.sh NAME /tmp/old/build/bin/notmuch-digest
#
# The mails of mail/ become a mailbox, whose user takes off tags and adds some; the
# program runs as its users ran it. NAME/ is what is there then: digest/, the maildir
# of the digests (its empty directories in empty-dirs), and dump, as `notmuch dump`
# writes it: tags, properties, and the watermark among the settings in the database. If
# that version asks language models, answers/ is what it keeps of what its stub of a
# service said. tests/t0383-upgrade.t begins there.
set -eu
name=$1
program=$(realpath "$2")
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export HOME="$dir" NOTMUCH_CONFIG="$dir/config" LC_ALL=C.UTF-8 TZ=UTC
unset NOTMUCH_PROFILE NOTMUCH_DATABASE MAILDIR XDG_CONFIG_HOME XDG_CACHE_HOME LANGUAGE 2>/dev/null || :

mkdir -p "$dir/mail/list/cur" "$dir/mail/list/new" "$dir/mail/list/tmp"
cp "$here/config" "$dir/config"
notmuch config set database.path "$dir/mail"
copy() { for one; do cp "$here/mail/$one:2," "$dir/mail/list/cur/"; done; }
update() { "$program" update --quiet --now=2026-03-20T00:00:00Z; }

copy alice1 bob1 carol1 bob2 dave1 erin1 erin2
notmuch new --quiet
update
# Read, sorted, and one of ours taken off.
notmuch tag -digest/fresh +kept -- tag:digest
notmuch tag +todo -unread -- id:carol1@example.org
notmuch tag -digest/patch -- id:alice1@example.org
# A thread goes on, another one is deleted with its mails.
copy alice2 frank1
notmuch new --quiet
update
rm "$dir/mail/list/cur/dave1:2,"
notmuch new --quiet
update

rm -rf "${here:?}/$name"
mkdir "$here/$name"
cp -R "$dir/mail/digest" "$here/$name/digest"
# git keeps no directory that is empty, and marks of ours are.
(cd "$here/$name/digest" && find . -type d -empty | LC_ALL=C sort >../empty-dirs)
find "$here/$name/digest" -type d -empty -delete
notmuch dump >"$here/$name/dump"

# What a model says, kept between runs: the digests above are without.
stub=$(dirname "$program")/../../tests/llm/stub.py
[ -e "$stub" ] || exit 0
mkfifo "$dir/hold"
PYTHONUNBUFFERED=1 python3 "$stub" '[{"auto": true}]' <"$dir/hold" >"$dir/stub" &
exec 9>"$dir/hold"
while [ ! -s "$dir/stub" ]; do sleep 0.1; done
notmuch config set digest.llm.url "$(head -1 "$dir/stub")"
notmuch config set digest.llm.model stub-1
notmuch config set digest.llm.allow '*'
"$program" report --engine=llm --quiet --since=2026-03-01 --now=2026-03-20T00:00:00Z \
	>"$dir/report"
exec 9>&-
wait
cp -R "$dir/.cache/notmuch-digest/llm" "$here/$name/answers"
