#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Beside arriving mail, tagging, searching and a second update: nobody fails,
# no tag is lost, nobody waits long for the write lock. BESIDE_S seconds; a
# control run of the same length without us tells what the others do alone.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
BESIDE_S=${BESIDE_S:-5}

now_ms() { echo $(($(date +%s%N) / 1000000)); }

# timed NAME COMMAND...: a line "exit milliseconds" in the file NAME.
timed() {
	log=$1
	shift
	begin=$(now_ms)
	"$@" >/dev/null 2>>"$log.err"
	echo "$? $(($(now_ms) - begin))" >>"$log"
}

arrive() { # mail comes, into old threads and new ones
	i=2 # each third mail begins a thread that the next but one is in
	while [ -e running ]; do
		i=$((i + 1))
		case $((i % 3)) in
		0) s_mail "new$i" "A new matter $i" "" 20 ;;
		1) s_mail "re$i" "Re: How does the ring wrap?" alice2 21 ;;
		2) s_mail "re$i" "Re: A new matter" "new$((i - 2))" 22 ;;
		esac
		timed new notmuch new --quiet
		sleep 0.3
	done
}
tag() {
	i=0
	while [ -e running ]; do
		i=$((i + 1))
		timed tag notmuch tag "+t$i" -- id:alice1@example.org
		sleep 0.2
	done
	echo $i >tags
}
search() { while [ -e running ]; do timed search notmuch search '*'; done; }
update() {
	while [ -e running ]; do
		timed "$1" "$ND" update --now="$T_NOW"
		sleep "$2"
	done
}

run() { # run WITH-US
	rm -rf mail ./*.err new tag search update1 update2
	touch new tag search update1 update2 running
	s_mailbox
	arrive &
	tag &
	search &
	[ "$1" = 0 ] || { update update1 0.2 & update update2 0.5 & }
	sleep "$BESIDE_S"
	rm running
	wait
}
failures() { awk '$1 != 0 { n++ } END { print n + 0 }' "$1"; }
longest() { awk '$2 > m { m = $2 } END { print m + 0 }' "$1"; }
say() {
	for f in new tag search update1 update2; do
		[ ! -s $f ] || echo "# $1: $f: $(wc -l <$f) runs," \
			"$(failures $f) failed, longest $(longest $f) ms"
		[ "$(failures $f)" = 0 ] || sort "$f.err" | uniq -c |
			sort -rn | head -5 | t_note
	done
}

run 0
say control
alone=$(failures search) alone_runs=$(wc -l <search)
run 1
say "with us"
t_equal "update never fails" 0 $(($(failures update1) + $(failures update2)))
t_equal "notmuch new and tag never fail" 0 $(($(failures new) + $(failures tag)))
[ "$(longest tag)" -lt 2000 ] && [ "$(longest new)" -lt 2000 ]
t_result $? "nobody waits for two seconds"
# notmuch 0.37 itself aborts beside a fast writer: compare rates, with the
# slack that small numbers need.
[ $(($(failures search) * alone_runs)) -le \
	$(((alone + 2 + alone_runs / 50) * $(wc -l <search))) ]
t_result $? "notmuch search fails no more often than without us"
lost=0 i=0
while [ $i -lt "$(cat tags)" ]; do
	i=$((i + 1))
	[ "$(notmuch count "tag:t$i")" = 1 ] || lost=$((lost + 1))
done
t_equal "no tag is lost" 0 $lost
t_exit 0 "$ND" update --now="$T_NOW"
s_state got
t_unlike "files and index agree" 'differ' got
t_equal "every thread of two mails has one digest" \
	"$(notmuch search --output=threads --exclude=false \
		'thread:"{subject:Re}"' | wc -l)" "$(notmuch count tag:digest)"
t_done
