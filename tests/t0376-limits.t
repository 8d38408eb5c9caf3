#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Little to live on: closed descriptors, few files, short files, little memory,
# no more processes. A run that cannot do its work says so with an exit code of
# the man page, changes nothing of the user's, and the next one does it all.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
# shellcheck source=tests/unharmed.sh
. "$T_SRC/tests/unharmed.sh"
t_need prlimit
prlimit --core=0 --pid $$

s_mailbox
notmuch tag +mine -- id:bob1@example.org
cp -a mail fresh
u_remember
"$ND" update --now="$T_NOW" >/dev/null 2>err || t_note err
s_state want
cp -a mail ready
ND_COMMANDS="update report status todo clean"

# arguments COMMAND: what it is started with.
arguments() {
	case $1 in
	clean) echo clean --yes ;;
	status) echo status ;;
	report) echo report --output=made.md --now="$T_NOW" --since=2026-03-01 ;;
	*) echo "$1" --now="$T_NOW" ;;
	esac
}

# from DIRECTORY: begin anew with that mailbox.
from() { rm -rf mail made.md && cp -a "$1" mail; }

# after NAME EXIT-CODE...: the run has ended with one of them; all else is well.
runs=0
after() {
	name=$1
	shift
	runs=$((runs + 1))
	case " $* " in
	*" $got "*) ;;
	*) u_complain "$name: exit $got" ;;
	esac
	u_check "$name"
	"$ND" update --now="$T_NOW" >/dev/null 2>err || u_complain "$name: the next run"
	s_state now
	cmp -s want now || u_complain "$name: the next run ends elsewhere"
}

# ---- closed descriptors
for command in $ND_COMMANDS; do
	for closed in '0<&-' '1>&-' '2>&-' '0<&- 1>&-' '1>&- 2>&-' \
		'0<&- 1>&- 2>&-'; do
		from ready
		[ $command != update ] || from fresh
		# shellcheck disable=SC2046
		(eval "exec $closed"; exec "$ND" $(arguments $command)) \
			</dev/null >out 2>err
		got=$?
		case $closed in
		*1*) after "$command $closed" 0 74 ;;
		*) after "$command $closed" 0 ;;
		esac
	done
done
u_result "closed descriptors: $runs runs"
t_exit 74 sh -c '"$0" status >&-' "$ND"
t_like "  a closed stdout is told of" "cannot write to stdout: Bad file" err

# What is opened must not be taken for stdin, stdout or stderr.
if command -v strace >/dev/null && strace -qq -e trace=none true 2>/dev/null; then
	from fresh
	ASAN_OPTIONS=detect_leaks=0 strace -f -qq -o trace -e trace=openat,open,pipe,pipe2,dup \
		sh -c 'exec "$0" update --now="$1" <&- >&- 2>&-' "$ND" "$T_NOW"
	t_like "with closed descriptors files are opened" "$T_DIR/mail/list/cur" trace
	t_unlike "  but not in their place" "$T_DIR.* = [012]\$" trace
fi

# ---- few descriptors, short files, little memory, one process
runs=0
for command in update clean; do
	for files in 3 5 6 7 8 9 10 12 14 20; do
		from ready
		[ $command != update ] || from fresh
		# shellcheck disable=SC2046
		prlimit --nofile=$files "$ND" $(arguments $command) \
			</dev/null >out 2>err
		got=$?
		# The loader needs some, too.
		after "$command, $files descriptors" 0 1 74 127
	done
done
u_result "few descriptors: $runs runs"
runs=0
for command in update clean report; do
	for blocks in 0 1 2 8 16 64; do
		from ready
		[ $command != update ] || from fresh
		# shellcheck disable=SC2046
		(ulimit -f $blocks; exec "$ND" $(arguments $command)) \
			</dev/null >out 2>err
		got=$?
		after "$command, files of $blocks blocks" 0 74
	done
done
u_result "short files: $runs runs"
if [ -z "${ND_SAN:-}" ] && ! ldd "$ND" 2>/dev/null | grep -q libasan; then
	runs=0
	for command in update clean report; do
		for kb in 20000 100000 140000 160000 200000; do
			from ready
			[ $command != update ] || from fresh
			# shellcheck disable=SC2046
			prlimit --as=$((kb * 1024)) "$ND" $(arguments $command) \
				</dev/null >out 2>err
			got=$?
			# Without memory there is only abort(), or the loader's 127.
			after "$command, $kb KB" 0 1 74 127 134
		done
	done
	u_result "little memory: $runs runs"
fi

# No more processes or threads: a limit that root does not have.
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	runs=0
	export ASAN_OPTIONS=detect_leaks=0 # which wants a process, too
	as="setpriv --clear-groups --reuid 54321 --regid 54321"
	chmod 755 "$T_DIR"
	for processes in 1 2 3; do
		for command in "update --jobs=4" "update --hook" \
			"report --jobs=4 --output=home/made.md" "clean --yes"; do
			from ready
			case $command in update*) from fresh ;; esac
			chown -R 54321:54321 mail home
			rm -f home/made.md
			[ "$command" = "clean --yes" ] ||
				command="$command --now=$T_NOW"
			# shellcheck disable=SC2086
			prlimit --nproc=$processes $as "$ND" $command \
				</dev/null >out 2>err
			got=$?
			# What goes on in the background.
			$as "$ND" update --now="$T_NOW" >/dev/null 2>&1
			chown -R 0:0 mail home
			after "$command, $processes processes" 0 74
		done
	done
	u_result "few processes: $runs runs"
fi
t_done
