#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A disk that fails: one call to it, or all from then on, ends in an error. No
# signal, no wrong remedy, and when the disk is well again the next run does it
# all. FAULTS_LONG=1: each call.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
t_need strace
strace -qq -e trace=none true 2>/dev/null || t_skip_all "strace may not trace"
export ASAN_OPTIONS=detect_leaks=0

s_mailbox
cp -a mail fresh
notmuch dump | LC_ALL=C sort >pure
"$ND" update --now="$T_NOW" >/dev/null 2>err || t_note err
s_state digested
cp -a mail ready

complain() { # complain WHAT: of the trial at hand
	bad=$((bad + 1))
	[ $bad -gt 3 ] || {
		echo "# $call $error $n: $1" >&2
		t_note err
	}
}

trial() { # trial START CALL ERROR WHEN COMMAND...
	rm -rf mail && cp -a "$1" mail
	call=$2 error=$3 n=$4
	shift 4
	timeout -s KILL 60 strace -f -qq -o /dev/null -e "trace=$call" \
		-e "inject=$call:error=$error:when=$n" \
		"$@" >out 2>err </dev/null
	got=$?
	# The program has not been loaded: there is nothing to see.
	[ $got -ne 127 ] || return
	points=$((points + 1))
	case $got in
	0 | 1 | 74) ;;
	*) complain "exit $got" ;;
	esac
	[ $got -eq 0 ] || grep -q '^notmuch-digest: ' err || complain "is silent"
	timeout -s KILL 30 "$ND" update --now="$T_NOW" >out 2>err ||
		complain "the next update"
	s_state got
	cmp -s digested got || complain "the next update ends elsewhere"
	timeout -s KILL 30 "$ND" clean --yes >out 2>err || complain "clean"
	notmuch dump | LC_ALL=C sort | cmp -s - pure ||
		complain "clean leaves something"
}

sweep() { # sweep NAME START COMMAND...
	name=$1 start=$2 points=0 bad=0
	shift 2
	for fault in pread64:EIO pwrite64:ENOSPC fdatasync:EIO fsync:EIO \
		${FAULTS_LONG:+pwrite64:EIO rename:EIO openat:EIO openat:EMFILE
			unlink:EIO fcntl:EIO read:EIO write:ENOSPC}; do
		call=${fault%:*} error=${fault#*:}
		rm -rf mail && cp -a "$start" mail
		strace -f -qq -o calls -e "trace=$call" "$@" >out 2>err </dev/null
		all=$(grep -c "$call(" calls)
		if [ -n "${FAULTS_LONG:-}" ]; then
			at=$(seq 1 "$all")
		else
			at=$((all / 2 + 1))
			# The first of a commit, of which the rest succeeds.
			[ "$call" != pwrite64 ] || at="1 $at"
		fi
		for k in $at; do
			[ "$k" -le "$all" ] || continue
			trial "$start" "$call" "$error" "$k" "$@"
			[ "$fault" != pread64:EIO ] ||
				trial "$start" "$call" "$error" "$k+" "$@"
		done
	done
	t_equal "$name: $points faults, an error and then all is well" 0 $bad
	[ $points -gt 3 ]
	t_result $? "  there were such faults"
}

sweep update fresh "$ND" update --jobs=1 --now="$T_NOW"
sweep clean ready "$ND" clean --yes

# ---- what is said of a database that cannot be read
refuse() { # refuse CODE REGEX CALL ERROR PATH: a report, and no other remedy
	t_true "  (a fault in $5)" test -e "$5"
	t_exit "$1" strace -f -qq -o /dev/null -e "trace=$3" -P "$T_DIR/$5" \
		-e "inject=$3:error=$4" "$ND" report --now="$T_NOW" '*'
	t_like "$4 has its reason" "$2" err
	t_unlike "  and not that of another" \
		"creates it|cannot parse the query|try again|damaged" err
}
rm -rf mail && cp -a ready mail
refuse 1 'Permission denied' openat EACCES mail/.notmuch/xapian/postlist.glass
refuse 74 'the disk fails' pread64 EIO \
	mail/.notmuch/xapian/termlist.glass
mv mail/.notmuch/xapian xapian
t_exit 1 "$ND" report --now="$T_NOW" '*'
t_like "no database: who creates it" "'notmuch new' creates it" err
mv xapian mail/.notmuch/xapian

# libnotmuch, which opens for writing what it cannot see, has made a new one.
rm -rf mail && cp -a fresh mail
t_exit 1 strace -f -qq -o /dev/null -e 'trace=?newfstatat,?stat' \
	-P "$T_DIR/mail/.notmuch/xapian/postlist.glass" \
	-e 'inject=?newfstatat,?stat:error=EIO' \
	"$ND" update --now="$T_NOW"
t_like "an empty database: no other remedy" "back from a backup" err

# Bytes of the wrong revision look as a snapshot that others have replaced.
for table in postlist termlist; do
	rm -rf mail && cp -a ready mail
	file=mail/.notmuch/xapian/$table.glass
	blocks=$(($(stat -c %s $file) / 8192))
	for i in $(seq 0 $((blocks - 1))); do
		printf '\177\177\177' | dd of=$file bs=1 seek=$((i * 8192)) \
			conv=notrunc 2>/dev/null
	done
	for command in report update; do
		t_exit 1 "$ND" $command --now="$T_NOW" '*'
		t_like "a damaged $table is told as such" \
			"if the disk is sound, the database is damaged" err
	done
	rm -rf mail && cp -a ready mail
	truncate -s 100 $file
	t_exit 1 "$ND" report --now="$T_NOW" '*'
	t_like "a cut $table is told as such" "the database is damaged" err
done
t_done
