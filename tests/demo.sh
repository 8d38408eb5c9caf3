#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# demo.sh - the report of the bundled sample mailbox, in a temporary folder
#
# Touches neither the user's mail nor configuration nor home.

set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
bin=$(cd "$(dirname "${ND_BIN:-build/bin/notmuch-digest}")" && pwd)
dir=$(mktemp -d "${TMPDIR:-/tmp}/notmuch-digest-demo.XXXXXX")
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/home" "$dir/mail"
cp -R "$here/tests/corpora/sample" "$dir/mail/sample"
mkdir -p "$dir/mail/sample/new" "$dir/mail/sample/tmp"
cat >"$dir/config" <<EOF
[database]
path=$dir/mail
[user]
name=Nora Winter
primary_email=nora@example.org
[new]
tags=inbox;unread
EOF
unset NOTMUCH_DATABASE NOTMUCH_PROFILE MAILDIR || :
export HOME="$dir/home" NOTMUCH_CONFIG="$dir/config" TZ=UTC
notmuch new --quiet
# As a user would say it, with the clock at the end of the sample's last week.
"$bin/notmuch-digest" report --now=2026-04-06T00:00:00Z "$@"
