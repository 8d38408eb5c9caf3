# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034
#
# lib.sh - sourced by every shell test: a private home, a mailbox, TAP
#
#	. "$(dirname "$0")/lib.sh"
#	t_mailbox sample
#	t_exit 0 "$ND" report --now="$T_NOW"
#	t_like "says how many" '^- \*\*Messages\*\*: 40$' out
#	t_done
#
# Every command under test runs by t_exit: its stdout is in the file `out`, its
# stderr in `err`, and an exit of 128 or more (a signal) is never expected. The
# test runs in a directory of its own that is gone afterwards.

set -u
export LC_ALL=C.UTF-8 TZ=UTC
unset LANG LANGUAGE NOTMUCH_PROFILE NOTMUCH_DATABASE MAILDIR XDG_CONFIG_HOME \
	XDG_DATA_HOME XDG_CACHE_HOME PAGER LESS NO_COLOR COLUMNS TMUX STY \
	TERM_PROGRAM VTE_VERSION KONSOLE_VERSION WT_SESSION INSIDE_EMACS \
	VIM_TERMINAL NVIM 2>/dev/null || :

T_SRC=${ND_SRC:-$(cd "$(dirname "$0")/.." && pwd)}
ND=${ND_BIN:-$T_SRC/build/bin/notmuch-digest}
T_NOW=2026-04-06T00:00:00Z # the sample mailbox ends before this
T_COUNT=0
T_FAILED=0

T_DIR=$(mktemp -d "${TMPDIR:-/tmp}/nd-test.XXXXXX") || exit 1
trap 'chmod -R u+rwX "$T_DIR"; rm -rf "$T_DIR"' EXIT
trap 'exit 130' INT TERM
cd "$T_DIR" || exit 1
mkdir home mail
export HOME="$T_DIR/home" NOTMUCH_CONFIG="$T_DIR/config"

t_result() { # t_result STATUS NAME
	T_COUNT=$((T_COUNT + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $T_COUNT - $2"
	else
		echo "not ok $T_COUNT - $2"
		T_FAILED=$((T_FAILED + 1))
	fi
}

t_note() { sed 's/^/# /' "$@" >&2; }

# t_exit STATUS COMMAND...: run it, keep out and err, compare the exit code.
t_exit() {
	want=$1
	shift
	"$@" >out 2>err </dev/null
	got=$?
	[ "$got" -eq "$want" ]
	t_result $? "exit $want: $(printf '%s ' "$@" | sed "s|$ND|notmuch-digest|" |
		tr '\n' ' ' | cut -c1-120)"
	[ "$got" -eq "$want" ] || { echo "# exit $got" >&2; t_note err; }
}

# t_same NAME WANT GOT: two files hold the same bytes.
t_same() {
	cmp -s "$2" "$3"
	t_result $? "$1"
	cmp -s "$2" "$3" || diff -u "$2" "$3" | head -40 | t_note
}

# t_equal NAME WANT GOT: two words are equal.
t_equal() {
	[ "$2" = "$3" ]
	t_result $? "$1"
	[ "$2" = "$3" ] || printf '# want %s\n# got  %s\n' "$2" "$3" >&2
}

# t_like NAME REGEX FILE: some line matches.
t_like() {
	grep -Eq -- "$2" "$3"
	t_result $? "$1"
	grep -Eq -- "$2" "$3" || { echo "# no line like: $2" >&2; head -20 "$3" | t_note; }
}

# t_unlike NAME REGEX FILE: no line matches.
t_unlike() {
	! grep -Eq -- "$2" "$3"
	t_result $? "$1"
	! grep -Eq -- "$2" "$3" || { grep -En -- "$2" "$3" | head -5 | t_note; }
}

# t_true NAME COMMAND...: it succeeds, quietly.
t_true() {
	name=$1
	shift
	"$@" >true.out 2>&1
	got=$?
	t_result $got "$name"
	[ $got -eq 0 ] || head -20 true.out | t_note
}

# t_until COMMAND...: until it succeeds, for a busy machine's sake a minute.
t_until() {
	tries=0
	until "$@" || [ $tries -ge 600 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
}
t_wait() { t_until test -s "$1"; } # t_wait FILE: until something stands in it
# t_locked PID: until a process that writes into the database has its lock.
t_locked() { t_until sh -c "find /proc/$1/fd -lname '*/flintlock' 2>/dev/null | grep -q ."; }

# t_skip_all REASON: nothing of this test can run here.
t_skip_all() {
	if [ -n "${REQUIRE_ALL:-}" ]; then
		echo "not ok 1 - $1 (nothing may be skipped)"
		echo "1..1"
		exit 1
	fi
	echo "1..0 # SKIP $1"
	exit 0
}

t_need() { # t_need PROGRAM
	command -v "$1" >/dev/null || t_skip_all "$1 is not installed"
}

# t_mailbox CORPUS: a notmuch database of a copy of tests/corpora/CORPUS.
t_mailbox() {
	cp -R "$T_SRC/tests/corpora/$1" "mail/$1"
	mkdir -p "mail/$1/new" "mail/$1/tmp"
	cat >"$NOTMUCH_CONFIG" <<-EOF
		[database]
		path=$T_DIR/mail
		[user]
		name=Nora Winter
		primary_email=nora@example.org
		[new]
		tags=inbox;unread
		[maildir]
		synchronize_flags=true
		[search]
		exclude_tags=deleted;spam
	EOF
	notmuch new --quiet || t_skip_all "notmuch new failed"
}

t_done() {
	echo "1..$T_COUNT"
	[ "$T_FAILED" -eq 0 ]
	exit
}
