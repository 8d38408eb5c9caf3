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

mail() { # mail ID FROM SUBJECT CONTENT-TYPE [PARENT]: its body from stdin
	{
		printf 'From: %s\nTo: dev@lists.example.org\n' "$2"
		printf 'Subject: %s\nMessage-ID: <%s@example.org>\n' "$3" "$1"
		[ -z "${5-}" ] || printf 'In-Reply-To: <%s@example.org>\n' "$5"
		printf 'Date: %s Mar 2026 10:00:00 +0000\n' "${5:+1}2"
		printf 'MIME-Version: 1.0\nContent-Type: %s; charset=utf-8\n\n' "$4"
		cat
	} >"mail/quotes/cur/$1:2,S"
}

# The first mail of each thread: a question, and a patch with a tag.
asked() { # asked ID
	mail "$1" 'Ada Berg <ada@example.org>' 'burst trouble' text/plain <<-EOF
		Our link loses frames since the update.

		Did anybody else see frames lost at 40 Gbit?

		Fix that with the patch of Cy.

		Reviewed-by: Cy Dahl <cy@example.org>
		Tested-by: Di Eng <di@example.org>
	EOF
}
old='Our link loses frames since the update.

Did anybody else see frames lost at 40 Gbit?

Fix that with the patch of Cy.

Reviewed-by: Cy Dahl <cy@example.org>
Tested-by: Di Eng <di@example.org>'

answered() { # answered ID TYPE: below the words of Bo, from stdin
	cat >body
	mail "$1r" 'Bo Lind <bo@example.net>' 'Re: burst trouble' "$2" "$1" <body
}

asked yahoo
answered yahoo text/plain <<EOF
The branch from yesterday fixes it for me.

    On Monday, March 2, 2026 at 10:00:00 AM UTC, Ada Berg <ada@example.org> wrote:

 $old
EOF
asked outlook
answered outlook text/plain <<EOF
The branch from yesterday fixes it for me.
Bo
Od: Ada Berg <ada@example.org>
Wysłano: poniedziałek, 2 marca 2026 10:00
Do: dev@lists.example.org
Temat: burst trouble

$old
EOF
asked zoho
answered zoho text/plain <<EOF
The branch from yesterday fixes it for me.

---- On Mon, 02 Mar 2026 10:00:00 +0000 Ada Berg <ada@example.org> wrote ----

$old
EOF
asked html
answered html text/html <<EOF
<div>The branch from yesterday fixes it for me.</div>
<hr><div id="divRplyFwdMsg"><b>Od:</b> Ada Berg<br><b>Komu:</b> dev</div>
<pre>$(printf '%s' "$old" | sed 's/</\&lt;/g')</pre>
EOF
notmuch new --quiet 2>/dev/null

t_exit 0 "$ND" report --format=json --now="$T_NOW" --since=2026-03-01 '*'
cp out report
for thread in yahoo outlook zoho html; do
	events=$(jq -r --arg id "${thread}r@example.org" \
		'[.threads[].events[] | select(.id == $id and
		(.type == "question" or .type == "trailer")) | .type] | join(" ")' report)
	t_equal "$thread: no question and no tag of the quote" "" "$events"
	told=$(jq -r --arg id "${thread}r@example.org" \
		'[.threads[].summary | (.background + .earlier + .new + .decisions)[] |
		select(.sources | index($id)) | .text] | join("|")' report)
	case $told in
	*"branch from yesterday"*) t_result 0 "$thread: what Bo wrote is told" ;;
	*) t_result 1 "$thread: what Bo wrote is told: $told" ;;
	esac
	case $told in
	*"loses frames"* | *Gbit* | *"patch of Cy"*)
		t_result 1 "$thread: and nothing else: $told" ;;
	*) t_result 0 "$thread: and nothing else" ;;
	esac
done
t_done
