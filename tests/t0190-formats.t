#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every format of a report says the same as its JSON: totals, categories, front
# page, and of each thread its numbers and state. Of the sample mailbox and of a
# week of real lists. A new format: its reader, in tests/agree.py.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
SHARED=${SHARED:-$T_SRC/../shared}
t_need python3
t_need jq
FORMATS=$("$ND" report --help | sed -n 's/^ *--format=\([a-z|]*\).*/\1/p' | tr '|' ' ')
case $FORMATS in
*json*) ;;
*) t_result 1 "--help names the formats" ;;
esac

# t_agree WHAT OPTIONS...: each format that report has beside its JSON, and mail.
t_agree() {
	what=$1
	shift
	t_exit 0 "$ND" report --quiet --format=json "$@"
	mv out json
	for format in $FORMATS mail mail-text; do
		[ "$format" != json ] || continue
		how=--format=$format
		[ "$format" != mail ] || how=--to=nora@example.org
		[ "$format" = mail-text ] ||
			t_exit 0 env COLUMNS=100 "$ND" report --quiet --fold=none "$how" "$@"
		python3 "$T_SRC/tests/agree.py" "$format" json out >said 2>&1
		got=$?
		t_result $got "$what: $format agrees with the JSON: $(tail -1 said)"
		[ $got -eq 0 ] || head -5 said | t_note
	done
}

# t_lists [NAME QUERY]...: digest.lists.
t_lists() {
	notmuch config list | sed -n 's/^\(digest\.list\.[^=]*\)=..*/\1/p' |
		while read -r key; do notmuch config set "$key"; done
	names=
	while [ $# -gt 0 ]; do
		notmuch config set "digest.list.$1" "$2"
		names="$names${names:+;}$1"
		shift 2
	done
	notmuch config set digest.lists "$names"
}

# t_list CORPUS SINCE UNTIL USER: one week of it.
t_list() {
	[ -r "$SHARED/corpus/$1.tar.xz" ] || {
		echo "# no mail of $1 in $SHARED"
		return
	}
	chmod -R u+rwX mail
	rm -rf mail
	mkdir mail
	tar -xJf "$SHARED/corpus/$1.tar.xz" -C mail
	printf '[database]\npath=%s/mail\n[user]\nprimary_email=%s\n[maildir]\nsynchronize_flags=false\n' \
		"$T_DIR" "$4" >"$NOTMUCH_CONFIG"
	notmuch new --quiet
	t_agree "$1" --since="$2" --until="$3" --now="${3}T00:00:00Z" '*'
	cp json "$1.json"
}

t_mailbox sample
t_agree sample --now="$T_NOW"
cp json sample.json
t_agree "sample, all of it" --now="$T_NOW" --since=2026-02-01 --large=5
t_agree "sample, for me" --now="$T_NOW" --for-me
for limit in 1 4 12; do
	t_agree "sample, the first $limit" --now="$T_NOW" --limit=$limit
done

# ---- of several lists, and since the last report
t_lists tools 'subject:fabtool' fabric 'subject:/fabric|irq|PATCH/' none \
	'subject:nosuchword' rest 'from:nora'
t_agree "lists" --now="$T_NOW"
cp json lists.json
t_exit 0 "$ND" report --quiet --format=atom --now="$T_NOW"
mv out atom
t_agree "lists, the first 6 of all" --now="$T_NOW" --limit=6
t_agree "one list" --now="$T_NOW" --list=fabric
t_agree "lists, none delivered before" --now="$T_NOW" --since-last
t_exit 0 "$ND" report --quiet --deliver --now=2026-04-02T00:00:00Z
t_agree "lists, since the last report" --now="$T_NOW" --since-last
cp json since.json
t_exit 0 "$ND" report --quiet --format=html --fold=none --now="$T_NOW" --since-last
mv out since.html
t_agree "lists, since then nothing" --now=2026-04-02T00:00:00Z --since-last
t_exit 0 "$ND" clean --yes --quiet
t_lists

# ---- the comparison would notice
t_exit 0 "$ND" report --quiet --format=markdown --now="$T_NOW"
mv out markdown
for change in '.totals.messages += 1' '.totals.large_threads += 1' \
	'.categories[0].threads += 1' '.front.closed |= .[1:]' \
	'.front.needs_you[1].text |= "x" + .' '.threads[3].counts.new += 1' \
	'.threads[3].counts.participants += 1' '.threads[5].state = "rejected"' \
	'.threads[7].stalled |= not' '.threads |= .[1:]'; do
	jq "$change" sample.json >json
	python3 "$T_SRC/tests/agree.py" markdown json markdown >said 2>&1
	t_equal "it notices: $change" 1 $?
done
for change in '.lists[0].totals.threads += 1' '.lists |= reverse' \
	'.threads[0].list = "rest"' '.front.unanswered[0].text |= .[1:]' \
	'.categories[0].messages += 1' '.since_last = {}'; do
	jq "$change" lists.json >json
	python3 "$T_SRC/tests/agree.py" atom json atom >said 2>&1
	t_equal "it notices: $change" 1 $?
done
for change in '.since_last.new |= .[1:]' '.since_last.moved[0].text |= "x" + .' \
	'.lists[1].categories[0].threads += 1' '.lists[0].totals.participants += 1' \
	'del(.since_last)'; do
	jq "$change" since.json >json
	python3 "$T_SRC/tests/agree.py" html json since.html >said 2>&1
	t_equal "it notices: $change" 1 $?
done

t_list kvmarm-2021q1 2021-03-15 2021-03-22 maz@kernel.org
t_list utillinux 2025-03-01 2025-06-01 kzak@redhat.com
t_list usrp 2021-04-12 2021-04-19 nobody@example.org
t_done
