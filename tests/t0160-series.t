#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Version chains on the sample, and the list of series.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need jq
t_need python3
t_mailbox sample

# chain ID: "prior… < version > next" of the series whose root has this id.
chain() {
	jq -r --arg id "$1" '.series[] | select(.id == $id) |
		([.prior_versions[] | (if .rfc then "RFC" else "" end) +
			"v\(.version):\(.reason)"] | join(" ")) + " < v\(.version) > " +
		(if .next_version then "v\(.next_version.version)" else "-" end)' \
		all.json
}
t_exit 0 "$ND" series --since=2026-03-01 --now="$T_NOW" --format=json
cp out all.json

t_equal "the patches of a part are named" "1,2 of 4" \
	"$(jq -r '.series[] | select(.id | test("^20260325131008")) | .applied |
		"\(.patches | join(",")) of \(.total)"' all.json)"
t_equal "ring v1" " < v1 > v2" \
	"$(chain 20260303055015.75827-1-priya.r@example.net)"
t_equal "ring v2" "v1:link < v2 > v3" \
	"$(chain 20260312071158.221163-1-priya.r@example.net)"
t_equal "ring v3" "v2:link v1:link < v3 > -" \
	"$(chain 20260324043209.684615-1-priya.r@example.net)"
t_equal "an RFC is followed under another title, by link" \
	"RFCv1:link < v1 > -" \
	"$(chain 20260331130241.261018-1-amelie.courtois@example.org)"
t_equal "and knows it" " < v1 > v1" \
	"$(chain 20260305171230.591008-1-amelie.courtois@example.org)"
t_equal "a changed title" "v1:link < v2 > -" \
	"$(chain 20260404134039.154879-1-soren@example.org)"
t_equal "a missing v1" " < v2 > v3" \
	"$(chain 20260327165531.188271-1-theo@example.net)"
t_equal "v3 in the thread of v2" "v2:title v1:link < v3 > -" \
	"$(chain 20260331140549.117365-1-caleb@example.com)"
t_equal "v2, with v3 in its thread" "v1:link < v2 > v3" \
	"$(chain 20260316151211.34998-1-caleb@example.com)"
t_equal "a resend has no versions" " < v1 > -" \
	"$(chain 20260318204451.560538-1-tess@example.net)"

# What the report's window leaves out is looked for in the mailbox, and what
# comes after it is not.
t_exit 0 "$ND" series --since=2026-03-24 --until=2026-03-30 --now="$T_NOW" \
	--format=json
cp out all.json
t_equal "earlier versions are outside of the window" "v2:link v1:link < v3 > -" \
	"$(chain 20260324043209.684615-1-priya.r@example.net)"
t_equal "later ones do not exist yet" " < v2 > -" \
	"$(chain 20260327165531.188271-1-theo@example.net)"

t_exit 0 "$ND" series --now="$T_NOW"
t_like "of two versions in a thread, the newer one has its state" \
	'^\| reviewed \| v3 \| 1 .*credit' out
t_like "and the older one is superseded" \
	'^\| superseded \| v2 \| 1 .*credit' out
t_like "a table" '^\| State \| Version \| Patches \| A/R/T ' out
t_like "state, version, tags" \
	'^\| applied \| v3 \| 5 \| 1/2/1 \| 2026-04-01 \| .*recover descriptor' out
t_like "a part is counted" '^\| ([a-z ]*, )?2 of 4 applied \| v1 \| 4 ' out
t_like "the project is named" 'v3 \| 3 .*\[fabtool\] monitor' out
t_exit 0 "$ND" series --now="$T_NOW" --format=text --limit=2
t_like "text has the columns, too" '^State  *Version  *Patches  *A/R/T' out
t_like "a limit says so" '^The first 2 of [0-9]* series' out
t_true "no line is wider than 80 columns" test "$(wc -L <out)" -le 80
for columns in 120 80; do
	COLUMNS=$columns "$ND" series --since=90d --now="$T_NOW" --format=text \
		>rows.txt
	t_equal "rows fit $columns columns" 0 "$(python3 -c '
import sys
print(sum(len(line.rstrip("\n")) > int(sys.argv[1])
          for line in list(open("rows.txt"))[2:]))' $columns)"
done
t_like "what is taken of it stands behind the title" \
	'^    .*; 2 of 4 applied' rows.txt
t_exit 0 "$ND" series --since=90d --now="$T_NOW" --format=text --waiting
t_equal "--waiting: all rows wait for the user" "" \
	"$(sed 1,3d out | grep -v '^    ' | grep -v 'Nora Winter$' | sed 1d)"
t_exit 0 "$ND" series --now="$T_NOW" --lang=zh_CN
t_like "headings are translated" '^\| 状态 \| 版本' out

t_exit 0 "$ND" series --since=2026-03-20 --now="$T_NOW" --full \
	id:20260324043209.684615-1-priya.r@example.net
t_like "--full has the title" \
	'^#### \[PATCH v3 0/5\] fabric: recover descriptor rings' out
t_like "the author" '^##### .*Priya Raghunathan <priya.r@example.net>' out
t_like "the chain" '^- \*\*.*\*\*: v2 2026-03-12 id:20260312071158' out
t_like "the cover letter with its diffstat" \
	'^ drivers/fabric/ring.c  *\| 27 \+' out
t_unlike "no signature" '^2\.47\.1$' out

# Whose turn it is, and which are wanted.
t_exit 0 "$ND" series --since=2026-03-01 --now="$T_NOW" --format=json
cp out all.json
# What is left of a stable review waits for nobody.
t_equal "whose turn it is, of every one that is not over" "" "$(jq -r '
	.series[] | select(.id != "20260402163030.7b79be@example.org") |
	select(.state == ("new", "under-review", "reviewed",
		"changes-requested") and .turn == null) | .id' all.json)"
t_equal "  and of no other" "" "$(jq -r '.series[] |
	select(.state == ("superseded", "rejected") and .turn != null) |
	.id' all.json)"
t_true "one without an answer waits for a review" test "$(jq '[.series[] |
	select(.state == "new" and .turn == "reviewer")] | length' all.json)" -gt 0
t_equal "families stand together" "$(jq '[.series[].family] | unique | length' \
	all.json)" "$(jq -r '.series[].family' all.json | uniq | wc -l)"
t_exit 0 "$ND" series --since=2026-03-01 --now="$T_NOW" --format=json --state=superseded
t_equal "--state" superseded "$(jq -r '[.series[].state] | unique | .[]' out)"
t_exit 64 "$ND" series --state=lost
notmuch config set user.primary_email priya.r@example.net
t_exit 0 "$ND" series --since=2026-03-01 --now="$T_NOW" --format=json --mine
t_equal "--mine" "Priya Raghunathan <priya.r@example.net>" \
	"$(jq -r '[.series[].author] | unique | .[]' out)"
t_exit 0 "$ND" todo --now="$T_NOW" --format=json
jq -r '.needs_you[].root_id' out | sort >todo.roots
t_exit 0 "$ND" series --since=90d --now="$T_NOW" --format=json --waiting
jq -r '.series[].root_id' out | sort -u >waiting.roots
t_equal "--waiting is what todo lists" "" "$(comm -23 waiting.roots todo.roots)"
notmuch config set user.primary_email ''

# What patchwork writes into mails it hands out.
cat >mail/sample/cur/pw:2, <<-'EOF'
	From patchwork Tue Mar 31 10:00:00 2026
	X-Patchwork-Submitter: Pat Worker <pat@example.org>
	X-Patchwork-Id: 12141509
	X-Patchwork-State: New
	X-Patchwork-Delegate: henrik@example.org
	From: Pat Worker <pat@example.org>
	To: linux-fabric@lists.example.org
	Subject: [PATCH 0/2] fabric: from patchwork
	Date: Tue, 31 Mar 2026 10:00:00 +0000
	Message-ID: <pw-1@example.org>

	A ```` fence of its own, to get out.
	```
	# not a heading
EOF
notmuch new --quiet
t_exit 0 "$ND" series --now="$T_NOW" --full --format=json from:pat
t_equal "patchwork's id and state" "12141509 New henrik@example.org" \
	"$(jq -r '.series[0].patchwork | "\(.id) \(.state) \(.delegate)"' out)"
t_exit 0 "$ND" series --now="$T_NOW" --full from:pat
t_like "are printed" 'Patchwork.*12141509, Pat Worker.*, New \(henrik' out
t_like "a cover letter cannot leave its fence" '^`````text$' out

t_exit 0 "$ND" series --now="$T_NOW" from:nobody
t_like "nothing says so" '^No series in this period' out
t_exit 0 "$ND" series --now="$T_NOW" --format=text from:nobody@example.org
t_like "and echoes the query" \
	'^Query: from:nobody@example.org$' out
t_exit 0 "$ND" series --now="$T_NOW" --format=text date:2001..2002
t_like "and says that the period holds, too" \
	'date: of its own.* 2026-03-30 00:00 UTC until 2026-04-06 00:00 UTC, exc' \
	out
t_exit 64 "$ND" series --since=tomorrow-ish
t_exit 64 "$ND" series --since=2026-04-01 --until=2026-03-01
t_done
