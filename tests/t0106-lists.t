#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A report about several mailing lists: digest.lists and --list.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need jq
t_mailbox sample
fabric='to:linux-fabric@lists.example.org or from:linux-fabric'
lists() { # lists NAME QUERY...: digest.lists has them, in this order
	notmuch config list | sed -n 's/^\(digest\.list\.[^=]*\)=..*/\1/p' |
		while read -r key; do notmuch config set "$key"; done
	names=
	while [ $# -gt 0 ]; do
		names="$names${names:+;}$1"
		notmuch config set "digest.list.$1" "$2"
		shift 2
	done
	notmuch config set digest.lists "$names"
}
report() { # report ARG...: out.json, and exit 0
	t_exit 0 "$ND" report --now="$T_NOW" --format=json "$@"
	mv out out.json
}
# Threads with new mail of a query, as notmuch has them.
threads() {
	notmuch search --output=threads "($1) and date:@1774828800..@1775433599" |
		sed 's/^thread://' | sort
}
told() { jq -r ".threads[]${1:+ | select(.list == \"$1\")} | .thread_id" out.json | sort; }

# ---- names that there are not
t_exit 64 "$ND" report --now="$T_NOW" --list=tools
t_like "no list is set: how to" 'notmuch config set digest.list.tools' err
lists tools subject:fabtool firmware subject:firmware fabric "$fabric"
t_exit 64 "$ND" report --now="$T_NOW" --list=tools --list=mm
t_like "an unknown list is named" "unknown list 'mm'" err
t_like "  and those that are known" 'tools firmware fabric' err
t_exit 64 "$ND" report --now="$T_NOW" --list=tools,fabric
t_like "one name a --list" 'give --list again' err
notmuch config set digest.lists 'tools;fabric;tools'
t_exit 78 "$ND" report --now="$T_NOW"
t_like "a name that stands twice is an error" "digest.lists names 'tools' twice" err
notmuch config set digest.lists 'tools;mm'
t_exit 78 "$ND" report --now="$T_NOW"
lists tools subject:fabtool firmware subject:firmware fabric "$fabric"

# ---- all of them
report
t_equal "the lists stand in their order" 'tools firmware fabric' \
	"$(jq -r '[.lists[].name] | join(" ")' out.json)"
threads "subject:fabtool or subject:firmware or ($fabric)" >want
told "" >got
t_same "the threads are those of all" want got
threads subject:fabtool >want
told tools >got
t_same "a thread that several match stands in the first" want got
threads "$fabric" >all
threads 'subject:fabtool or subject:firmware' | comm -13 - all >want
told fabric >got
t_same "  not in the last" want got
t_equal "threads stand by list" 'tools firmware fabric' \
	"$(jq -r '.threads[].list' out.json | uniq | paste -sd' ')"
t_equal "mails and threads of the lists are those of the report" true "$(jq '
	(([.lists[].totals.messages] | add) == .totals.messages) and
	(([.lists[].totals.threads] | add) == .totals.threads) and
	([.threads[].counts.new] | add) == .totals.messages' out.json)"
t_equal "each list has the totals of its threads" true "$(jq '. as $all |
	[.lists[] | . as $list |
		[$all.threads[] | select(.list == $list.name)] |
		(length == $list.totals.threads) and
		(([.[].counts.new] | add) == $list.totals.messages) and
		([$list.categories[] | select(.threads > 0) |
			"\(.name) \(.threads)"] | sort) ==
		(group_by(.category) | map("\(.[0].category) \(length)") | sort)] |
	all' out.json)"
t_equal "  its people are counted by themselves" true "$(jq '
	([.lists[].totals.participants] | add) > .totals.participants and
	([.lists[].totals.participants] | max) <= .totals.participants' out.json)"
t_equal "lines of the front page name the list" true "$(jq '. as $all |
	[.front | del(.counts) | .[][] | . as $line |
		($all.threads[] | select(.root_id == $line.root_id).list) as $list |
		.text | startswith("[" + $list + "] ")] | length > 8 and all' out.json)"

# ---- some of them
cp out.json all.json
report --list=fabric --list=tools --list=fabric
t_equal "--list chooses, in the order of digest.lists" 'tools fabric' \
	"$(jq -r '[.lists[].name] | join(" ")' out.json)"
told tools >got
threads subject:fabtool >want
t_same "  its threads" want got
report --list=fabric
threads "$fabric" >want
told fabric >got
t_same "one list has all of its threads" want got
t_equal "  and is counted once" true \
	"$(jq '.totals == .lists[0].totals and .categories == .lists[0].categories' out.json)"
t_equal "  its front page need not name it" 0 "$(jq '[.front | del(.counts) |
	.[][] | select(.text | startswith("["))] | length' out.json)"

# ---- QUERY
report --list=tools --list=fabric from:nora
threads "($fabric) and from:nora" >want
told "" >got
t_same "a QUERY restricts within the lists" want got
t_true "  there are some" test -s want
report from:nora
threads from:nora >want
told "" >got
t_same "a QUERY alone is no question of lists" want got
t_equal "  but of what threads are on is told" 'fabric tools' \
	"$(jq -r '[.threads[].list // empty] | unique | join(" ")' out.json)"
t_equal "  without sections" 0 "$(jq '.lists | length' out.json)"
lists everything '*' tools subject:fabtool
report --list=everything --list=tools subject:fabtool
threads subject:fabtool >want
told everything >got
t_same "a list can be all mail" want got
t_equal "  then the others are empty" 0 "$(jq '.lists[1].totals.threads' out.json)"

# ---- for people
lists tools subject:fabtool empty subject:nosuchword fabric "$fabric"
t_exit 0 "$ND" report --now="$T_NOW" --format=markdown --mails=none
mv out report.md
t_like "the title names the lists" '^# TOOLS, EMPTY, FABRIC mailing lists report$' report.md
t_equal "each has its heading" 'TOOLS EMPTY FABRIC' \
	"$(sed -n 's/^# \([A-Z]*\) mailing list report$/\1/p' report.md | paste -sd' ')"
t_like "  its row above" '^- \*\*TOOLS\*\*: 5 threads \(13 mails\)$' report.md
t_like "  also one without mail" '^- \*\*EMPTY\*\*: 0 threads \(0 mails\)$' report.md
t_equal "there is one front page" 1 "$(grep -c '^### Front page' report.md)"
sed '1,/^# FABRIC mailing list report/d' report.md | cat -s >section
lists fabric "$fabric"
t_exit 0 "$ND" report --now="$T_NOW" --format=markdown --mails=none --list=fabric \
	'not subject:fabtool'
sed '1,/^\*\*Period/d; /^### Front page/,/^### Categories/{/^### Categories/!d}' out | cat -s >alone
t_same "a section is the report of its list" alone section
lists tools subject:fabtool empty subject:nosuchword fabric "$fabric"
t_exit 0 "$ND" report --now="$T_NOW" --format=markdown --lang=zh_CN --mails=none
t_like "in Chinese, in the form of the reference" '^# FABRIC 邮件列表 总结报告$' out
t_like "  the title, too" '^# TOOLS, EMPTY, FABRIC 邮件列表 总结报告$' out
lists tools subject:fabtool empty subject:nosuchword fabric "$fabric" more subject:more
t_exit 0 "$ND" report --now="$T_NOW" --format=markdown --brief --since=yesterday
t_like "  or four" '^# TOOLS, EMPTY, FABRIC, MORE mailing lists report$' out
t_like "  of one day" '^\*\*Period\*\*: last day, 2026-04-05' out
lists tools subject:fabtool empty subject:nosuchword fabric "$fabric" \
	more subject:more others subject:others
t_exit 0 "$ND" report --now="$T_NOW" --format=markdown --brief
t_like "a title names three" '^# TOOLS, EMPTY, FABRIC and 2 more mailing lists report$' out
lists tools subject:fabtool empty subject:nosuchword fabric "$fabric"

t_exit 0 "$ND" report --now="$T_NOW" --format=text
mv out report.txt
sed -n 's/^\([0-9][0-9]*\)\. .*/\1/p' report.txt >numbers
seq "$(wc -l <numbers)" >want
t_same "text: threads are numbered through" want numbers
t_equal "  each list has its heading" 3 "$(grep -c '^[A-Z]* mailing list report$' report.txt)"
# "   7. [fabric] title: …" and "7. [PATCH …] title"
sed -n 's/^ *\([0-9]*\)\. \[[a-z]*\] \(.\{18\}\).*/\1|\2/p' report.txt >lines
while IFS='|' read -r number title; do
	grep -F -q -- "$title" <<-EOF || echo "$number $title"
		$(grep "^$number\. " report.txt)
	EOF
done <lines >wrong
t_true "  the front page has lines" test "$(wc -l <lines)" -gt 8
t_same "  its numbers are those of the entries" /dev/null wrong
t_exit 0 "$ND" report --now="$T_NOW" --format=text --limit=3
t_equal "--limit means the whole report" 3 "$(grep -c '^[0-9]*\. ' out)"
report --limit=7
t_equal "  in JSON, too" '7 7' "$(jq -r '"\(.threads | length) \(
	[.lists[].name as $n | .threads[] | select(.list == $n)] | length)"' out.json)"
for minutes in 2 4 8; do
	for format in text markdown; do
		t_exit 0 "$ND" report --now="$T_NOW" --format=$format --minutes=$minutes
		t_true "  $minutes minutes of it in $format" \
			test "$(wc -w <out)" -le $((minutes * 230))
		t_equal "  with each list" 3 \
			"$(grep -c '^\(# \)\{0,1\}[A-Z]* mailing list report$' out)"
	done
done
t_exit 0 "$ND" report --now="$T_NOW" --format=text --brief
t_equal "--brief has a line a thread" "$(wc -l <numbers)" \
	"$(sed -n 's/^ *\([0-9][0-9]*\)  .*/\1/p' out | sort -u | wc -l)"
report --for-me
t_true "--for-me is about what concerns the user, of all lists" \
	test "$(jq '.lists | length == 3 and (.[0].totals.threads < 5)' out.json)" = true
t_exit 0 "$ND" report --now="$T_NOW" --format=text --since=2020-01-01 --until=2020-02-01
t_like "no mail in any list is said once" '^No mail matches' out
t_equal "  without sections" 0 "$(grep -c '^=====' out)"

# ---- the page
t_exit 0 "$ND" report --now="$T_NOW" --format=html
t_equal "HTML: each list has its section" 'tools empty fabric' \
	"$(sed -n 's/.*<section class="list" id="list-\([a-z]*\)">.*/\1/p' out | paste -sd' ')"
t_equal "  which its name above leads to" 'tools empty fabric' \
	"$(sed -n 's/.*<a href="#list-\([a-z]*\)">.*/\1/p' out | paste -sd' ')"
sed -n 's/.*<article .* id="t\([0-9]*\)">$/\1/p' out >got
t_same "  entries are numbered as in text" numbers got
sed -n 's/.*<li value="\([0-9]*\)"><a href="#t\([0-9]*\)">\[[a-z]*\] .*/\1 \2/p' out >lines
t_equal "  the front page names the lists, and leads to them" "$(wc -l <lines)" \
	"$(awk '$1 == $2' lines | wc -l)"
t_true "  it has lines" test "$(wc -l <lines)" -gt 8
t_exit 0 "$ND" report --now="$T_NOW" --format=html --list=fabric
t_unlike "one list needs no sections" 'class="list"' out

# ---- as mails: each choice of lists is a report of its own
for list in tools fabric; do
	t_exit 0 "$ND" report --now="$T_NOW" --deliver --list=$list
	t_like "a report of $list is delivered" '^Delivered: ' out
done
t_exit 0 "$ND" report --now="$T_NOW" --deliver
t_like "  and one of all" '^Delivered: ' out
t_equal "  beside each other" 3 "$(notmuch count tag:digest/report)"
t_exit 0 "$ND" report --now=2026-04-08T00:00:00Z --deliver --since-last --list=fabric
t_exit 0 "$ND" report --now=2026-04-08T00:00:00Z --since-last --list=fabric --format=json
t_equal "--since-last is about the report of the same lists" 2026-04-06T00:00:00Z \
	"$(jq -r .window.since out)"
t_exit 0 "$ND" report --now="$T_NOW" --format=text --since-last --list=tools --list=fabric
t_exit 0 "$ND" clean --yes

# ---- status
t_exit 0 "$ND" status
t_like "status counts the mails of each" "^  tools: $(notmuch count subject:fabtool) mails\$" out
t_like "  one without mail is a problem" 'digest.list.empty matches no mail' out
t_exit 0 "$ND" status --json
t_equal "  for programs" 'tools empty fabric' "$(jq -r '[.lists[].name] | join(" ")' out)"

# ---- completion
if command -v bash >/dev/null; then
	cat >complete.sh <<-EOF
		PATH=$(dirname "$ND"):\$PATH
		. "$T_SRC/contrib/completion/notmuch-digest.bash"
		COMP_LINE="notmuch-digest report \$*"
		COMP_POINT=\${#COMP_LINE}
		_notmuch_digest && printf '%s\n' "\${COMPREPLY[@]}"
	EOF
	bash complete.sh --list= >completed
	t_equal "names of lists are completed" 'tools empty fabric' "$(paste -sd' ' completed)"
	bash complete.sh --list fa >completed
	t_equal "  with a blank, too" fabric "$(paste -sd' ' completed)"
fi

# ---- a list all of whose threads stand in another one
lists none from:nobody@example.net fabric "$fabric" again "$fabric"
for format in text markdown html; do
	t_exit 0 "$ND" report --now="$T_NOW" --format=$format
	t_equal "$format: a list without mail has none" 1 \
		"$(grep -c 'No mail matches in this period\.' out)"
	t_equal "  one whose mail stands above says so" 1 \
		"$(grep -c 'No mail but in threads that stand above\.' out)"
done

t_done
