#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Mail that quotes without ">": the old text asks nothing, gives no tag and is
# not told as the words of who quotes it.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need jq

mkdir -p mail/quotes/cur mail/quotes/new mail/quotes/tmp
cat >config <<-EOF
	[database]
	path=$T_DIR/mail
	[user]
	name=Test User
	primary_email=test@example.org
EOF

mail() { # mail ID FROM DAY TYPE HEADER: its body from stdin
	{
		printf 'From: %s\nTo: dev@lists.example.org\n' "$2"
		printf 'Date: Tue, %s Mar 2026 10:00:00 +0000\n' "$3"
		printf 'MIME-Version: 1.0\nContent-Type: %s; charset=utf-8\n' "$4"
		printf 'Message-ID: <%s@example.org>\n%s\n\n' "$1" "$5"
		cat
	} >"mail/quotes/cur/$1:2,S"
}

old='Our link loses frames since the update.

Did anybody else see frames lost at 40 Gbit?

Signed-off-by: Ada Berg <ada@example.org>
Reviewed-by: Cy Dahl <cy@example.org>
Tested-by: Di Eng <di@example.org>'

answered() { # answered ID TYPE: a patch, and below it the answer from stdin
	subject="[PATCH] $1: keep the frames"
	cat >body
	mail "$1" 'Ada Berg <ada@example.org>' 3 text/plain \
		"Subject: $subject" <<-EOF
		$old
		---
		diff --git a/x.c b/x.c
		--- a/x.c
		+++ b/x.c
		@@ -1 +1 @@
		-one
		+two
	EOF
	mail "$1r" 'Bo Lind <bo@example.net>' 10 "$2" "Subject: Re: $subject
In-Reply-To: <$1@example.org>" <body
}

mine='The branch from yesterday fixes it for me.'
answered yahoo text/plain <<EOF
$mine

    On Monday, March 2, 2026 at 10:00:00 AM UTC, Ada Berg <ada@example.org> wrote:

 $old
EOF
answered outlook text/plain <<EOF
$mine
Bo
Od: Ada Berg <ada@example.org>
Wysłano: poniedziałek, 2 marca 2026 10:00
Do: dev@lists.example.org
Temat: burst trouble

$old
EOF
answered zoho text/plain <<EOF
$mine

---- On Mon, 02 Mar 2026 10:00:00 +0000 Ada Berg <ada@example.org> wrote ----

$old
EOF
answered html text/html <<EOF
<div>$mine</div><div class="ydp1234yahoo_quoted"><div>Ada, 2 Mar</div>
<pre>$(printf '%s' "$old" | sed 's/</\&lt;/g')</pre></div>
EOF
notmuch new --quiet 2>/dev/null

t_exit 0 "$ND" report --format=json --now="$T_NOW" --since=2026-03-01 '*'
cp out report
for thread in yahoo outlook zoho html; do
	jq -r --arg id "${thread}r@example.org" '.threads[].events[] |
		select(.id == $id) | .type' report >events
	t_unlike "$thread: no question and no tag of the quote" \
		'question|trailer' events
	jq -r --arg id "${thread}r@example.org" '.threads[].summary |
		(.background + .earlier + .new + .decisions)[] |
		select(.sources | index($id)) | .text' report >told
	t_like "$thread: what was written is told" 'branch from yesterday' told
	t_unlike "$thread: and nothing else" 'frames|Gbit|Ada Berg' told
done
t_done
