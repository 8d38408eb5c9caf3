#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Killed at system calls that change something on disk, the next run ends where a
# run that was never killed does. Here it is killed at the first of each kind and
# every third one behind it; KILL_LONG=1: at all of them, also in `clean`, and
# with `notmuch new` before the next run.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
t_need strace
CALLS="write pwrite64 writev rename renameat renameat2 link linkat symlink
	fsync fdatasync sync_file_range unlink unlinkat mkdir rmdir ftruncate
	truncate fallocate copy_file_range sendfile"
strace -qq -e trace=none true 2>/dev/null || t_skip_all "strace may not trace"

STEP=${KILL_LONG:-3}

# Without the sanitizers' own checks at exit, which do not like to be traced.
export ASAN_OPTIONS=detect_leaks=0

# sweep NAME BETWEEN COMMAND...: from the mailbox saved as start, COMMAND is
# killed at each point, BETWEEN runs, then COMMAND again.
sweep() {
	name=$1 between=$2
	shift 2
	rm -rf mail && cp -a start mail
	"$@" >/dev/null 2>err || t_note err
	s_state want
	points=0 bad=0
	for call in $CALLS; do
		n=1
		while :; do
			rm -rf mail && cp -a start mail
			strace -f -qq -o /dev/null -e "trace=$call" \
				-e "inject=$call:signal=KILL:when=$n" \
				"$@" >/dev/null 2>&1
			[ $? -eq 137 ] || break
			$between
			"$@" >/dev/null 2>err || t_note err
			s_state got
			if ! cmp -s want got; then
				bad=$((bad + 1))
				[ $bad -gt 3 ] || {
					echo "# $call $n"
					diff want got | head -20 | t_note
				}
			fi
			points=$((points + 1))
			n=$((n + STEP))
		done
	done
	t_equal "$name: killed at $points points, always the same end" 0 $bad
	[ "$points" -gt 12 ]
	t_result $? "  there were such points"
}

s_mailbox
cp -a mail start-empty
t_exit 0 "$ND" update --now="$T_NOW" to:list@example.org and subject:wrap
t_exit 0 "$ND" update --now="$T_NOW"
s_mail erin1 "Re: How does the ring wrap?" alice2 8
s_mail erin2 "Re: Only one mail" dave1 9
s_mail frank1 "A new question" "" 10
s_mail alice3 "Re: A new question" frank1 11
s_new
cp -a mail start
sweep "update" : "$ND" update --jobs=1 --now="$T_NOW"
mv start start-update
cp -a start-empty start
sweep "first update" : "$ND" update --jobs=1 --now="$T_NOW"

# ---- a report, in place of the one that is there
rm -rf mail start && cp -a start-empty mail
t_exit 0 "$ND" report --deliver --now="$T_NOW" --since=2026-03-01
t_exit 0 "$ND" update --jobs=1 --now="$T_NOW"
s_mail erin1 "Re: How does the ring wrap?" alice2 8
s_new
cp -a mail start
sweep "report" : "$ND" report --deliver --jobs=1 --now="$T_NOW" \
	--since=2026-03-01
rm -rf start && cp -a start-empty start
sweep "first report" : "$ND" report --deliver --jobs=1 --now="$T_NOW" \
	--since=2026-03-01
# What it leaves is mended by an update, too.
s_update() { "$ND" update --jobs=1 --now="$T_NOW" >/dev/null 2>err || t_note err; }
sweep "first report, update" s_update \
	sh -c '"$0" report --deliver --jobs=1 --now="$1" --since=2026-03-01 &&
	"$0" update --jobs=1 --now="$1"' "$ND" "$T_NOW"
rm -rf start && cp -a start-empty start

# ---- directories: made, left for another folder, removed again
directories_of_mail() {
	find mail -path mail/.notmuch -prune -o -type d -printf "%m %p\n" | sort
}
rm -rf mail && cp -a start-empty mail
mkdir mail/bare
directories_of_mail >want
points=0 bad=0
step() { # step COMMAND...: killed at each change of a directory, then again
	cp -a mail step
	for call in mkdir rmdir chmod; do
		n=1
		while :; do
			rm -rf mail && cp -a step mail
			strace -f -qq -o /dev/null -e "trace=$call" \
				-e "inject=$call:signal=KILL:when=$n" \
				"$@" >/dev/null 2>&1
			[ $? -eq 137 ] || break
			"$@" >/dev/null 2>err || t_note err
			cp -a mail rest
			"$ND" clean --yes 2>err || t_note err
			directories_of_mail | cmp -s - want || {
				bad=$((bad + 1))
				echo "# $* $call $n"
				directories_of_mail | diff want - | t_note
			}
			rm -rf mail && mv rest mail
			points=$((points + 1))
			n=$((n + STEP))
		done
	done
	rm -rf step
}
for folder in a/b bare a/c; do
	notmuch config set digest.folder $folder
	step "$ND" update --jobs=1 --now="$T_NOW"
done
step "$ND" clean --yes
t_equal "directories: killed at $points points, none too many, none too few" \
	0 $bad
[ "$points" -gt 12 ]
t_result $? "  there were such points"
notmuch config set digest.folder

if [ -n "${KILL_LONG:-}" ]; then
	sweep "first update, notmuch new" s_new \
		"$ND" update --jobs=1 --now="$T_NOW"
	rm -rf start && mv start-update start
	sweep "update, notmuch new" s_new "$ND" update --jobs=1 --now="$T_NOW"
	sweep "clean" : "$ND" clean --yes
	sweep "clean, notmuch new" s_new "$ND" clean --yes
	sweep "report, notmuch new" s_new "$ND" report --deliver --jobs=1 \
		--now="$T_NOW" --since=2026-03-01
fi
t_done
