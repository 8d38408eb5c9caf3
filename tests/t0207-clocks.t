#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Clocks that are wrong: order, windows, states and digests go by when a mail
# was sent, as far as other mails and the machines on its way tell.
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

# c_mail ID WHO PARENT RECEIVED DATE SUBJECT: the text comes from stdin; an empty
# PARENT or RECEIVED is none.
c_mail() {
	{
		[ -z "$4" ] || printf 'Received: from a by mx.example.org; %s\nReceived: from b by a; %s\n' "$4" "$4"
		printf 'From: %s <%s@example.org>\nTo: x@lists.example.org\n' \
			"$2" "$(echo "$2" | tr 'A-Z ' 'a-z.')"
		printf 'Subject: %s\nDate: %s\nMessage-ID: <%s@x>\n' "$6" "$5" "$1"
		[ -z "$3" ] || printf 'In-Reply-To: <%s@x>\n' "$3"
		printf '\n'
		cat
	} >"mail/cur/$1:2,S"
}

# c_report [OPTION]...
c_report() {
	t_exit 0 "$ND" report --format=json --now="$T_NOW" \
		--since=2026-03-01 --quiet "$@"
	cp out report
}

# c_thread NAME ROOT JQ WANT
c_thread() {
	t_equal "$1" "$4" "$(jq -r --arg id "$2@x" \
		".threads[] | select(.root_id == \$id) | $3" report)"
}
ids='[.messages[].id | sub("@x"; "")] | join(" ")'
new='[.messages[] | select(.new) | .id | sub("@x"; "")] | join(" ")'

c_mail slow1 'Ada Berg' '' '' 'Tue, 10 Mar 2026 09:00:00 +0000' \
	'[PATCH] ring: make it larger' <<EOF
The ring loses frames.

Signed-off-by: Ada Berg <ada.berg@example.org>
---
 ring.c | 2 +-

diff --git a/ring.c b/ring.c
--- a/ring.c
+++ b/ring.c
@@ -1 +1 @@
-int ring = 12;
+int ring = 16;
EOF
c_mail slow2 'Bo Lind' slow1 '' 'Mon, 10 Mar 2025 10:00:00 +0000' \
	'Re: [PATCH] ring: make it larger' <<EOF
I have tested that on both of our boards.
EOF
c_mail past1 'Ada Berg' '' '' 'Wed, 11 Mar 2026 09:00:00 +0000' \
	'The lab is closed' <<EOF
The lab is closed on Friday.
EOF
c_mail past2 'Bo Lind' past1 '' 'Thu, 01 Jan 1970 00:10:00 +0000' \
	'Re: The lab is closed' <<EOF
Who has the keys of the lab?
EOF
c_mail future1 'Ada Berg' '' '' 'Thu, 12 Mar 2026 09:00:00 +0000' \
	'Boards for the lab' <<EOF
Four boards have come.
EOF
c_mail future2 'Bo Lind' future1 '' 'Sun, 12 Mar 2090 09:00:00 +0000' \
	'Re: Boards for the lab' <<EOF
Two of them are broken.
EOF
c_mail future3 'Cem Kaya' future2 '' 'Fri, 13 Mar 2026 09:00:00 +0000' \
	'Re: Boards for the lab' <<EOF
The other two are, too.
EOF
c_mail root1 'Bo Lind' '' 'Sat, 14 Mar 2026 09:00:03 +0000' \
	'Tue, 14 Mar 2090 09:00:00 +0000' 'Power of the lab' <<EOF
The power of the lab was off on Saturday.
EOF
c_mail root2 'Ada Berg' root1 '' 'Sat, 14 Mar 2026 12:00:00 +0000' \
	'Re: Power of the lab' <<EOF
It is on again.
EOF
c_mail fast1 'Bo Lind' '' 'Tue, 03 Feb 2026 09:00:03 +0000' \
	'Sun, 15 Mar 2026 09:00:00 +0000' 'Old news' <<EOF
The lab is painted.
EOF
notmuch new --quiet

c_report
c_thread "a year slow: behind what it answers" slow1 "$ids" "slow1 slow2"
c_thread "  it is an answer" slow1 .state under-review
c_thread "  it is of the window" slow1 "$new" "slow1 slow2"
c_thread "  the time it was sent" slow1 '.messages[1].date' 2026-03-10T09:00:01Z
c_thread "  and what it says" slow1 '.messages[1].written' 2025-03-10T10:00:00Z
c_thread "  which others do not repeat" slow1 '.messages[0].written' null
c_thread "1970: behind what it answers" past1 "$ids" "past1 past2"
c_thread "  it is of the window" past1 "$new" "past1 past2"
c_thread "  no day is told" past1 '.messages[1].date' null
c_thread "2090: before its answer" future1 "$ids" "future1 future2 future3"
c_thread "  it is of the window" future1 .counts.new 3
c_thread "2090, and received in 2026: it begins the thread" root1 "$ids" \
	"root1 root2"
c_thread "  when it was received" root1 .started 2026-03-14T09:00:03Z
t_equal "what was received before the window is not of it" "" \
	"$(jq -r '.threads[] | select(.root_id == "fast1@x") | .root_id' report)"
t_equal "totals" "9 4" \
	"$(jq -r '.totals | "\(.messages) \(.threads)"' report)"
c_report --until=2026-03-13
c_thread "the window ends before what answers mail of 2090" future1 "$ids" \
	"future1 future2"
c_report --since=2026-03-11
t_equal "and begins behind a slow answer" "" \
	"$(jq -r '.threads[] | select(.root_id == "slow1@x") | .root_id' report)"

# ---- digests
t_exit 0 "$ND" update --now="$T_NOW" --since=10year '*'
t_equal "a digest stands where the Date of its root is" 1 \
	"$(notmuch count tag:digest and date:2090-03-14..2090-03-15)"
revision=$(notmuch count --lastmod '*')
t_exit 0 "$ND" update --now=2026-04-07 --since=10year '*'
t_equal "a second run changes nothing" "$revision" \
	"$(notmuch count --lastmod '*')"
c_mail slow3 'Cem Kaya' slow2 'Tue, 10 Mar 2026 12:00:00 +0000' \
	'Tue, 10 Mar 2026 08:30:00 +0000' \
	'Re: [PATCH] ring: make it larger' <<EOF
The lab of the university has measured a loss of two percent.
EOF
notmuch new --quiet
t_exit 0 "$ND" update --now="$T_NOW" --since=10year '*'
t_like "a slow answer makes the digest anew" '^1 digest' out
notmuch show --format=raw tag:digest and subject:ring >shown
sed -n '/^New since/,/^\[#1\]/p' shown >news
t_like "  it is news" 'Cem Kaya: The lab of the university' news
t_unlike "  the others are not" 'Bo Lind' news

# ---- a thread with mail of the future goes quiet
t_exit 0 "$ND" clean --yes
c_mail quiet1 'Ada Berg' '' '' 'Mon, 16 Mar 2026 09:00:00 +0000' \
	'[PATCH] ring: count what is lost' <<EOF
Nobody knows how many frames are lost.

Signed-off-by: Ada Berg <ada.berg@example.org>
---
 ring.c | 2 +-

diff --git a/ring.c b/ring.c
--- a/ring.c
+++ b/ring.c
@@ -1 +1 @@
-int lost;
+int lost = 0;
EOF
c_mail quiet2 'Bo Lind' quiet1 '' 'Tue, 14 Mar 2090 09:00:00 +0000' \
	'Re: [PATCH] ring: count what is lost' <<EOF
Please call it lost_frames.
EOF
notmuch new --quiet
notmuch config set digest.query '*'
t_exit 0 "$ND" update --now=2026-03-25 --since=10year
t_equal "a lively thread is not stalled" 0 \
	"$(notmuch count tag:digest/stalled and id:quiet1@x)"
t_exit 0 "$ND" update --now=2026-04-02 --since=10year
t_equal "two weeks later it is" 1 \
	"$(notmuch count tag:digest/stalled and id:quiet1@x)"
t_done
