#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The same two mails through lists, forums, forges and trackers: Ada tells, Bo
# asks, and neither the relay nor the other one does.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need jq
t_need notmuch
mkdir -p mail/cur mail/new mail/tmp
cat >config <<-EOF
	[database]
	path=$T_DIR/mail
	[user]
	name=Rae Reader
	primary_email=rae@reader.example
	[new]
	tags=inbox
EOF

# ask NAME KIND [WHO]: two headers come from stdin, parted by "%"; WHO asks.
ask() {
	rm -rf mail/.notmuch mail/cur/*
	awk -v RS='%\n' '{ printf "%s", $0 >("mail/cur/head" NR) }'
	{
		cat mail/cur/head1
		printf 'To: x@lists.example.org\nSubject: frames lost\n'
		printf 'Date: Mon, 02 Mar 2026 09:00:00 +0000\nMessage-ID: <p@x>\n\n'
		printf 'Our link loses frames since the update of the ring.\n'
	} >mail/cur/1.h:2,S
	{
		cat mail/cur/head2
		printf 'To: x@lists.example.org\nSubject: Re: frames lost\n'
		printf 'Date: Mon, 02 Mar 2026 14:00:00 +0000\nMessage-ID: <r@x>\n'
		printf 'In-Reply-To: <p@x>\n\n'
		[ "$2" != comment ] ||
			printf -- '--- Comment #2 from Bo Lind (bo@example.net) ---\n'
		printf 'Why is the ring 12 and not 16? The lab needs 16 of them.\n'
	} >mail/cur/2.h:2,S
	rm mail/cur/head?
	notmuch new --quiet
	"$ND" report --format=json --now=2026-04-01 --since=2026-03-01 '*' >out
	t_equal "$1: two people" 2 "$(jq '.threads[0].counts.participants' out)"
	t_equal "$1: Bo asks" "${3:-Bo Lind}" "$(jq -r '.threads[0].events[] |
		select(.type == "question") | .who' out)"
	t_equal "$1: Bo is heard" true "$(jq '[.threads[0].summary |
		(.background + .earlier + .new + .decisions)[] |
		select(.sources | index("r@x")) | .text | startswith("Bo")] |
		length > 0 and all' out)"
	t_equal "$1: both are listed" "Ada Berg Bo Lind" "$(jq -r \
		'[.threads[0].messages[].from | sub(" <.*"; "")] | join(" ")' out)"
}

ask Mailman list 'Bo Lind <bo@example.net>' <<EOF
From: Ada Berg via dev <dev@lists.example.org>
List-Id: <dev.lists.example.org>
Reply-To: dev@lists.example.org, Ada Berg <ada@example.org>
%
From: Bo Lind via dev <dev@lists.example.org>
List-Id: <dev.lists.example.org>
Reply-To: dev@lists.example.org
Cc: Ada Berg <ada@example.org>, Bo Lind <bo@example.net>
EOF
ask "a list in German" list 'Bo Lind <bo@example.net>' <<EOF
From: =?utf-8?q?Ada_Berg_=C3=BCber_dev?= <dev@example.com>
List-Post: <mailto:dev@example.com>
Reply-To: Ada Berg <ada@example.org>
%
From: =?utf-8?q?Bo_Lind_=C3=BCber_dev?= <dev@example.com>
List-Post: <mailto:dev@example.com>
Reply-To: Bo Lind <bo@example.net>
EOF
ask GitHub forge <<EOF
From: Ada Berg <notifications@github.com>
X-GitHub-Sender: adab
%
From: Bo Lind <notifications@github.com>
X-GitHub-Sender: bolind
EOF
ask GitLab forge <<EOF
From: "Ada Berg (@adab)" <gitlab@mg.gitlab.com>
Auto-Submitted: auto-generated
%
From: "Bo Lind (@bolind)" <gitlab@mg.gitlab.com>
Auto-Submitted: auto-generated
EOF
ask "a forum" forum <<EOF
From: Ada Berg via Ring Forum <noreply@discuss.example.org>
Reply-To: Ring Forum <incoming+aaa@discuss.example.org>
%
From: Bo Lind via Ring Forum <noreply@discuss.example.org>
Reply-To: Ring Forum <incoming+bbb@discuss.example.org>
EOF
ask "a forum, and mail to it" forum 'Bo Lind <bo@example.net>' <<EOF
From: Ada Berg via Ring Forum <noreply@discuss.example.org>
%
From: Bo Lind <bo@example.net>
EOF
ask Bugzilla comment 'Bo Lind <bo@example.net>' <<EOF
From: Ada Berg <ada@example.org>
%
From: bugzilla-daemon@example.org
X-Bugzilla-Type: changed
Auto-Submitted: auto-generated
EOF

# A commit message is its author's, what is below it the sender's.
rm -rf mail/.notmuch mail/cur/*
cat >mail/cur/1.h:2,S <<EOF
From: Bo Lind <bo@example.net>
To: x@lists.example.org
Subject: [PATCH] ring: grow the ring
Date: Mon, 02 Mar 2026 09:00:00 +0000
Message-ID: <p@x>

From: Ada Berg <ada@example.org>

The ring of the card is too small for bursts of the new firmware.

Signed-off-by: Ada Berg <ada@example.org>
Signed-off-by: Bo Lind <bo@example.net>
---
 ring.c | 2 +-

diff --git a/ring.c b/ring.c
--- a/ring.c
+++ b/ring.c
@@ -1 +1 @@
-int size = 1;
+int size = 2;
EOF
notmuch new --quiet
"$ND" report --format=json --now=2026-04-01 --since=2026-03-01 '*' >out
t_equal "the author of a patch speaks" true "$(jq '[.threads[0].summary.background[].text |
	startswith("Ada")] | length > 0 and all' out)"
t_equal "the sender has posted it" "Bo Lind <bo@example.net>" \
	"$(jq -r '.threads[0].series.author' out)"
t_done
