#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A folder that is exchanged while we write; kernels that cannot limit us.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need strace
# Under strace the leak checker cannot work.
export ASAN_OPTIONS=detect_leaks=0
t_mailbox sample
notmuch config set digest.query '*'
notmuch config set digest.since 3000d
strace -o trace true 2>err || t_skip_all "strace cannot work here: $(cat err)"

# ---- what a kernel does not have

# without NAME CALLS-OF-STRACE COMMAND...: those calls fail.
without() {
	calls=$1
	shift
	# shellcheck disable=SC2086
	t_exit 0 strace -f -o trace $calls "$ND" "$@"
}
NO_FILES='-e inject=landlock_create_ruleset:error=ENOSYS'
# The first is about core dumps, and left out in sanitizer builds.
prctl=3+
case $(basename "${ND_BUILD:-build}") in build-san) prctl=2+ ;; esac
NO_CALLS="-e inject=seccomp:error=ENOSYS -e inject=prctl:error=EINVAL:when=$prctl"

without '-e trace=none' status
t_unlike "status has nothing to say" '^sandbox:' out
without "$NO_FILES" status
t_like "no Landlock: status says so, in a line" '^sandbox: +the kernel has no Landlock' out
without "$NO_FILES" status --json
t_like "  in JSON, too" '"files": *false' out
t_like "  what is left is in force" '"calls": *true' out
t_like "  and why" '"missing": *"the kernel has no Landlock' out
without '-e inject=landlock_restrict_self:error=E2BIG' status
t_like "nor where others have put us into too many of them" \
	'^sandbox: +the kernel has no Landlock' out
without "$NO_CALLS" status
t_like "no seccomp" '^sandbox: +the kernel has no seccomp' out
without "$NO_FILES $NO_CALLS" status
t_like "neither" '^sandbox: +the kernel has neither' out
# An older kernel is asked for nothing that it does not know.
for version in 2 3 4 5 6 7; do
	without "-e inject=landlock_create_ruleset:retval=$version:when=1" status
	t_unlike "version $version of Landlock" '^sandbox:' out
	grep -c 'landlock_restrict_self.* = 0' trace >enforced
	t_equal "  is put into force" 1 "$(cat enforced)"
	sed -n 's/.*handled_access_fs=\([^,]*\),.*/\1/p' trace >handled
	case $version in
	2) t_unlike "  without what came later" 'TRUNCATE|IOCTL|0x' handled ;;
	7) t_like "  with all of it" 'TRUNCATE.*IOCTL|0xc000' handled ;;
	esac
done
without '-e inject=landlock_create_ruleset:retval=1:when=1' status
t_like "version 1 could move no mail to cur: it is none" \
	'^sandbox: +the kernel has no Landlock' out
without '-e trace=none' status --no-sandbox
t_like "--no-sandbox" '^sandbox: +--no-sandbox is given' out
t_true "  which gives nothing up" sh -c "! grep -E 'landlock|seccomp' trace"

t_exit 0 "$ND" report --now="$T_NOW"
mv out want
without "$NO_FILES $NO_CALLS" report --now="$T_NOW"
t_same "a report is the same without them" want out
without "$NO_FILES $NO_CALLS" update
t_equal "and so are digests" 38 "$(notmuch count tag:digest)"
t_equal "nobody is warned" "" "$(cat err)"
t_exit 0 "$ND" clean --yes

# ---- the folder becomes a link to somewhere else while we write

# exchanged NAME OPTIONS...: after the first file the run waits for the exchange;
# the first fsync() is of the folder.
exchanged() {
	mkdir -p elsewhere/tmp elsewhere/cur elsewhere/new
	before=$(stat -c %y elsewhere/tmp)
	strace -f -o trace -e trace=fsync -e inject=fsync:delay_exit=2000000:when=2 \
		"$ND" update "$@" >out 2>err &
	run=$!
	while kill -0 $run 2>/dev/null && [ -z "$(ls mail/digest/tmp 2>/dev/null)" ]; do
		sleep 0.05
	done
	mv mail/digest mail/digest.before
	ln -s "$T_DIR/elsewhere" mail/digest
	wait $run
	rm mail/digest
	mv mail/digest.before mail/digest
	# Files that were made there may be gone again.
	[ "$before" = "$(stat -c %y elsewhere/tmp)" ] && echo untouched
}
t_exit 0 "$ND" update subject:fabtool
notmuch tag +seen '*'
t_equal "without limits what is written follows the link" "" \
	"$(exchanged --no-sandbox subject:fabric)"
rm -rf elsewhere
t_exit 0 "$ND" update subject:fabtool
t_equal "with them it does not" untouched "$(exchanged '*')"
t_like "  and the run says why it failed" 'Permission denied' err
t_exit 0 "$ND" update
t_exit 0 "$ND" status
t_unlike "the next run mends what is left" 'a run is going on' out
t_done
