#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Whose words are whose: what mailers leave of an earlier mail without marks,
# what gateways and services add, and what somebody has in most mails is not
# what the author of a mail says. The same from report, show and update.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need jq
mkdir -p mail/cur mail/new mail/tmp
printf '[database]\npath=%s/mail\n[user]\nname=Rae\nprimary_email=rae@example.org\n' \
	"$T_DIR" >"$NOTMUCH_CONFIG"

# t_mail ID PARENT FROM SUBJECT DAY: the text comes from stdin.
t_mail() {
	{
		printf 'From: %s\nTo: dev@lists.example.org\nSubject: %s\n' \
			"$3" "$4"
		printf 'Date: Mon, %02d Mar 2026 12:00:00 +0000\n' "$5"
		printf 'Message-ID: <%s@x>\n' "$1"
		[ -z "$2" ] || printf 'In-Reply-To: <%s@x>\n' "$2"
		printf 'Content-Type: text/plain; charset=utf-8\n\n'
		cat
	} >"mail/cur/$1:2,S"
}
ada='Ada Berg <ada@example.org>'
bo='Bo Lind <bo@example.net>'
cy='Cy Dahl <cy@example.com>'
notice='Mae cynnwys yr e-mail hwn ar gyfer y sawl a enwir yn unig, ac nid yw o
reidrwydd yn cynrychioli barn y cwmni.'

t_mail p '' "$ada" '[PATCH] link: stop the queue before the ring is freed' 2 <<-EOF
	The driver frees the ring while frames are in flight, and those are
	lost. Stop the queue first, and free the ring when it is idle.

	Reported-by: Di Ek <di@example.org>
	Signed-off-by: $ada
	---
	 link.c | 2 +-

	diff --git a/link.c b/link.c
	--- a/link.c
	+++ b/link.c
	@@ -1 +1 @@
	-	ring_free(ring);
	+	queue_stop(ring);
EOF
t_mail q p "$cy" 'Re: [PATCH] link: stop the queue before the ring is freed' 3 <<-EOF
	[EXTERNAL EMAIL]

	Does the queue come up again when the link does, on boards with two rings?

	Reviewed-by: $cy

	$notice
EOF
t_mail r q "$bo" 'Re: [PATCH] link: stop the queue before the ring is freed' 4 <<-EOF
	It does on all of mine, with the patch from yesterday.

	Oddi wrth: $cy
	Anfonwyd: 3 Mawrth 2026

	Does the queue come up again when the link does, on boards with two rings?

	Reviewed-by: $cy

	Oddi wrth: $ada

	The driver frees the ring while frames are in flight, and those are
	lost. Stop the queue first, and free the ring when it is idle.

	Reported-by: Di Ek <di@example.org>
	Signed-off-by: $ada

	—
	Reply to this email directly, view it on GitHub, or unsubscribe.
EOF
for i in 1 2 3 4; do
	t_mail "s$i" '' "$ada" "question $i" 2 <<-EOF
		What is the number $i for in the table of the link driver?
	EOF
	t_mail "t$i" "s$i" "$cy" "Re: question $i" 3 <<-EOF
		The number $i is the size of the ring, in frames of $i kB.

		$notice
	EOF
done
notmuch new --quiet

t_exit 0 "$ND" report --format=json --now=2026-03-20 --since=2026-03-01 \
	--jobs=1 --quiet '*'
mv out report
t_exit 0 "$ND" report --format=json --now=2026-03-20 --since=2026-03-01 \
	--jobs=4 --quiet '*'
t_same "any number of worker threads" report out

# Everything that is quoted of a mail, in the thread that begins with p.
said() {
	jq -r --arg id "$1@x" '(.threads // [.])[] | select(.root_id == "p@x")
		| [.summary | (.background + .earlier + .new + .decisions)[]]
		| map(select(.sources | index($id)) | .text) | unique[]' "$2"
}
said r report >got
t_like "the answer is told" 'does on all of mine' got
t_unlike "not as its words: the question" 'come up again' got
t_unlike "not as its words: the patch" 'in flight' got
t_unlike "not as its words: the headers of a mailer nobody knows" 'Oddi' got
t_unlike "not as its words: the footer of a host" 'GitHub' got
said q report >got
t_like "the question is told" 'come up again' got
t_unlike "not as its words: the label of a gateway" 'EXTERNAL' got
t_unlike "not as its words: what its author has in each mail" 'cwmni' got
t_equal "one asks" 'q@x' "$(jq -r '.threads[] | select(.root_id == "p@x")
	| [.events[] | select(.type == "question") | .id] | unique | join(" ")' \
	report)"
t_equal "one gives a tag" 'q@x' "$(jq -r '.threads[]
	| select(.root_id == "p@x")
	| [.events[] | select(.type == "trailer") | .id] | unique | join(" ")' \
	report)"

# The same from one thread alone, and for its digest.
t_exit 0 "$ND" show --format=json --now=2026-03-20 id:p@x
said q out >shown
said q report >got
t_same "show says what report says" got shown
notmuch config set digest.query '*'
t_exit 0 "$ND" update --now=2026-03-20 --quiet
grep -rl 'come up again' mail/digest >digests
t_equal "a digest" 1 "$(wc -l <digests)"
t_unlike "update writes what report says" 'cwmni' "$(cat digests)"
t_exit 0 "$ND" clean --yes

# With few mails nothing is known of anybody, and words stay.
rm mail/cur/t*
notmuch new --quiet
t_exit 0 "$ND" show --format=json --now=2026-03-20 id:p@x
said q out >got
t_like "in a mailbox of few mails" 'cwmni' got
t_done
