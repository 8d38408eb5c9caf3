#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What happened to every thread of the sample mailbox: tests/corpora/README.md
# says what is to be found.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need jq
t_mailbox sample
t_exit 0 "$ND" report --now="$T_NOW" --since=2026-01-01 --quiet --format=json
cp out report

# t_thread NAME ROOT JQ WANT: what a thread of the report says.
t_thread() {
	t_equal "$1" "$4" "$(jq -r --arg id "$2" \
		".threads[] | select(.root_id == \$id) | $3" report)"
}

# ---- states
while read -r state id; do
	t_thread "$state: $id" "$id" .state "$state"
done <<-EOF
	superseded 20260303055015.75827-1-priya.r@example.net
	superseded 20260312071158.221163-1-priya.r@example.net
	applied 20260324043209.684615-1-priya.r@example.net
	superseded 20260325131008.108176-1-soren@example.org
	new 20260404134039.154879-1-soren@example.org
	superseded 20260305171230.591008-1-amelie.courtois@example.org
	changes-requested 20260331130241.261018-1-amelie.courtois@example.org
	under-review 20260402-switch-ref-v1-0-38c5a3e771c0@example.org
	superseded 20260327165531.188271-1-theo@example.net
	new 20260405142030.355487-1-theo@example.net
	superseded 20260309143027.440340-1-caleb@example.com
	reviewed 20260316151211.34998-1-caleb@example.com
	applied 20260320020237.377037-1-shuyue.lin@example.com
	applied 20260401201001.268452-1-tess@example.net
	applied 20260323154507.223635-1-soren@example.org
	new 20260318204451.560538-1-tess@example.net
	under-review 20260319022001.771203-3-moriwaki@example.net
	changes-requested a+b/c'd%40e-v6-2@mail.example.com
	changes-requested 20260311053006.142022-1-moriwaki@example.net
	new 20260403093003.294793-1-soren@example.org
	changes-requested 20260404022511.492395-1-changming.wei@example.net
	merged 20260327164010.31037-1-henrik@example.org
	merged-stable 20260331122009.90e5ee@example.org
	new 20260402163030.7b79be@example.org
	applied 20260331093058.293013-1-ilya@example.net
	open CApe1yxZ4HeQ6uWEFJ4Y2XXKKEafzy5MasLaGcNO7Bj3Hq@mail.example.com
	open 725e5ed6-0ea6-43b4-95d2-c6610a0f874f@example.com
	open DM6PR07MB3384950A39B6C2934BB72F2DEF76C71E88@DM6PR07MB.namprd07.prod.example.com
	answered loop-a.20260317@caleb.example.com
	answered aIIg37g8G6wUwKJv@tess.example.net
	answered aMCNryW6A0lMfM8l@tess.example.net
	changes-requested c77328ca-eb0f-4aeb-9000-76cd33b0ad8e@example.com
	answered b4458dd5-a956-4bb1-9833-7243831f2c78@example.com
	new awIpxG2oiRmtDc6m@caleb.example.com
	open d1f0c3a2-6b1e-4d0f-9a77-0c5be1a2f4d3@example.com
	new DM6PR07MB4627E2BCBA8F6BDD7B672E37AB4999E8F7@DM6PR07MB.namprd07.prod.example.com
	open 01f561ac-4ab1-45d6-9a23-a57976bba4db@example.net
	answered 600ccd1b-7156-4923-92d0-1d110bc63e90@example.net
	answered b858a87c-07b0-44c4-9568-f51b0dce655f@example.net
	answered CAxXmYPsKavpbs2Ho12ChjTG3sVUOywYs2aYv5lk3edqgO@mail.example.net
EOF

# ---- applied: where, by whom, which patches, proven by which mail
ring=20260324043209.684615-1-priya.r@example.net
t_thread "b4's thanks: tree and name" $ring \
	'.applied | .tree + " " + .by + " " + .patches' \
	'fabric/for-next Henrik Aldous all'
t_thread "all five commits, in order" $ring '.applied.commits | join(" ")' \
	'3bf0a93dcc923f1f8c62437695b3cd3621063536 f6460d5a82efe14ea0a4ed83ae5c3749fd1239a3 ef0eec7a926ccf6ffd49832fa0913c098913464f 5c7e60978a30d13393c9df8c46a96b35b7b94eb3 80cb73b339b131b52e2ea4f8fe5461405ad5dcc3'
t_thread "the mail that proves it" $ring \
	'.applied.given_in == .state_evidence[-1]' true
irq=20260325131008.108176-1-soren@example.org
t_thread "a subset" $irq '.applied | (.patches | tostring) + (.commits | join(" "))' \
	'[1,2]d274ee3289573fd80e46d4a3cdcb562cc16b37f9 b3ea30ed2943de266943a03bb0d051ed58109163'
t_thread "by hand, with a tree" 20260320020237.377037-1-shuyue.lin@example.com \
	'.applied | .tree + " " + .by' 'fabric/fixes Henrik Aldous'
t_thread "by hand, without a tree" 20260401201001.268452-1-tess@example.net \
	'.applied | .tree + "/" + .by' '/Mirela Stancu'
t_thread "patchwork's robot names the person" 20260323154507.223635-1-soren@example.org \
	'.applied | .tree + " " + .by + " " + .commits[0]' \
	'fabric/fabric.git (for-next) Mirela Stancu 205e98c48406'
pull=20260327164010.31037-1-henrik@example.org
t_thread "pulled by a person, merged by a robot's word" $pull \
	'[.events[].type] | join(" ")' 'posted pulled merged'
t_thread "with the commit" $pull '.applied | .by + " " + .commits[0]' \
	'Walter Osei be1c641bd7d9b47b379e71d4336f93fea2366fc9'
t_equal "nothing else is applied" 8 \
	"$(jq '[.threads[] | select(.applied)] | length' report)"

# ---- what was said, and by whom
t_thread "a NACK in free text" 20260303055015.75827-1-priya.r@example.net \
	'[.events[] | select(.type == "nack") | .who] | join(" ")' \
	'Ilya Brandt <ilya@example.net>'
t_thread "a promise" 20260311053006.142022-1-moriwaki@example.net \
	'[.events[] | select(.type == "respin-promised") | .text] | join(" ")' \
	'I will send v2 next week.'
t_thread "a robot's result" $irq \
	'[.events[] | select(.type == "test-result" and
	(.who | test("robot|bot|CI")))] | length' 1
t_equal "every event has a mail of its thread" 0 "$(jq '[.threads[] |
	([.messages[].id]) as $ids | .events[] |
	select(([.id] - $ids) != [])] | length' report)"
t_equal "every event has words" 0 \
	"$(jq '[.threads[].events[] | select(.text == "")] | length' report)"

# ---- whose turn it is
t_thread "stalled" 20260311053006.142022-1-moriwaki@example.net \
	'(.stalled | tostring) + " " + .waiting_for' 'true Kenta Moriwaki'
t_equal "who must act is proven by a mail of the thread" 0 "$(jq '[.threads[] |
	([.messages[].id]) as $ids | .attention[] |
	select(([.id] - $ids) != [])] | length' report)"
t_equal "the first of them is waited for" 0 "$(jq '[.threads[] |
	select((.attention == []) != (.waiting_for == null))] | length' report)"
t_thread "a promise" 20260331130241.261018-1-amelie.courtois@example.org \
	'.attention[0] | (.who | split(" <")[0]) + " " + .why' \
	'Amélie Courtois promised'
t_equal "superseded threads wait for nobody" 0 "$(jq '[.threads[] |
	select(.state == "superseded" and (.stalled or .waiting_for))] | length' report)"

# ---- open questions
jq -r '.threads[].open_questions[] | .asker + ": " + .sentence' report >questions
while read -r question; do
	t_true "open: $question" grep -Fx -- "$question" questions
done <<-EOF
	Amélie Courtois: Is there a public document for the new switch, or do I have to take your word for it?
	Henrik Aldous: Nora, could you check whether 6.18-stable needs patch 1 as well?
	Mirela Stancu: Do you have a number for the thundering herd?
	Tess Varga: Is there anything that I should change here?
	Henrik Aldous: Could you check where the other three went?
	Priya Raghunathan: Did you run this with the IOMMU in strict mode?
	Dana Okonkwo: Does anyone see a problem with that?
	Jürgen Weißbach: Nora, could you put me in Cc when you post it?
	Dana Okonkwo: Who is going to write that patch?
	Nora Winter: Could fab-ci-5 stay up on the UPS?
	Tess Varga: On s390x "route show" prints the node numbers with swapped bytes, is that known?
EOF
t_true "and few others" test "$(wc -l <questions)" -le 14
t_unlike "answered ones are not" 'share the script|How does|What delay' questions

# ---- for you: Nora Winter
nora=20260402-switch-ref-v1-0-38c5a3e771c0@example.org
t_thread "asked by name" $nora \
	'[.for_you[] | select(.why == "asked") | .id] | join(" ")' \
	aROdeiULv4vPD9hX@henrik.example.org
t_thread "tags for the user's patches" $nora \
	'[.for_you[] | select(.why == "tag")] | length' 2
notmuch config set user.name
notmuch config set user.primary_email nobody@example.org
t_exit 0 "$ND" report --now="$T_NOW" --since=2026-01-01 --quiet --format=json
t_equal "for somebody else: nothing" 0 "$(jq '[.threads[].for_you[]] | length' out)"

# ---- hostile mail
hostile='h1.hostile@mallory.example.net'
t_thread "a stranger applies nothing" $hostile '.applied' null
t_thread "a trailer in Henrik's name is not his" $hostile '.trailers | length' 0

# ---- the clock
t_exit 0 "$ND" report --now=2026-05-01 --since=2026-01-01 --until=2026-05-01 --quiet --format=json
t_equal "with time, threads stall" true "$(jq --arg id "$nora" \
	'.threads[] | select(.root_id == $id) | .stalled' out)"

# ---- people read it, too
t_exit 0 "$ND" report --now="$T_NOW" --quiet --format=markdown
t_like "a status line" '^\*\*Status\*\*: patch series v3, 5 patches · applied to fabric/for-next by Henrik Aldous · follows v2' out
t_exit 0 "$ND" report --now="$T_NOW" --quiet --format=markdown --lang=zh_CN
t_like "in Chinese" '^\*\*状态\*\*: .*已应用（fabric/for-next，Henrik Aldous）' out
t_done
