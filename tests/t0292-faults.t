#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A call that fails: whatever the errno, the run ends as the man page says and
# tells why, the user's mail and tags are as they were, and when all is well
# again the next run does it all. FAULTS_LONG=1: each call, and each one that
# changes something with every errno; FAULTS_OF="update clean": of these.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
# shellcheck source=tests/unharmed.sh
. "$T_SRC/tests/unharmed.sh"
t_need strace
strace -qq -e trace=none true 2>/dev/null || t_skip_all "strace may not trace"
export ASAN_OPTIONS=detect_leaks=0

# What fails, and how. Behind "|" stand the errnos of a call that changes nothing:
# each such call has one of them, in turn.
FAULTS='pwrite64 ENOSPC EIO EDQUOT EINTR
write ENOSPC EIO EDQUOT EINTR
fdatasync EIO ENOSPC EDQUOT EINTR
fsync EIO ENOSPC EDQUOT EINTR
rename EIO ENOSPC EACCES EROFS EDQUOT
link EIO ENOSPC EACCES EROFS EDQUOT
symlink EIO ENOSPC EACCES EROFS EDQUOT
unlink EIO EACCES EROFS
unlinkat EIO EACCES EROFS
mkdir EIO ENOSPC EACCES EROFS EDQUOT
rmdir EIO EACCES EROFS
chmod EIO EPERM EROFS
fchmod EIO EPERM EROFS
ftruncate EIO ENOSPC EDQUOT EINTR
fcntl EIO ENOLCK EINTR
flock EIO ENOLCK EINTR
pread64 | EIO EINTR
read | EIO EINTR
openat | EIO EMFILE EACCES EINTR EROFS ENOSPC EDQUOT
close | EIO EINTR ENOSPC EDQUOT
newfstatat | EIO EACCES
getdents64 | EIO
access | EIO EACCES
lseek | EIO
statfs | EIO EACCES
mmap | ENOMEM
clone3 | EAGAIN ENOMEM'
# One of each is tried in a short run, but of these.
SHORT="pwrite64 write fsync fdatasync pread64 openat rename unlink fcntl close"

complain() { # complain WHAT: of the trial at hand
	grep INJECTED trace | head -1 | t_note
	u_complain "$name: $call $error $n: $1"
}

start() { # start DIRECTORY: from this mailbox, and with a file of old
	rm -rf mail made.md* && cp -a "$1" mail
	echo old >made.md
}

same() { timeout -s KILL 60 "$@"; }
update() { timeout -s KILL 60 "$ND" update --jobs=1 --now="$T_NOW"; }
then_update() { same "$@" && update; }
clean_again() { update && timeout -s KILL 60 "$ND" clean --yes; }

# The file has what it had, or a whole report, and is alone.
check_file() {
	grep -qx old made.md ||
		[ "$(tail -1 made.md)" = "$(tail -1 made-want)" ] ||
		complain "half a file"
	[ $got -ne 0 ] || ! grep -qx old made.md || grep -qx old made-want ||
		complain "no failure, and no file"
	[ "$(echo made.md*)" = made.md ] || complain "a file is left beside"
}

# A digest that cannot be read is made anew, without the news since the old one:
# this may be its only difference.
is_of_old_digest() {
	grep 'INJECTED' trace | grep -q '/digest/cur/.*:2,S' || return
	for f in want got; do
		grep -v '  -$' $f >$f.tags
	done
	cmp -s want.tags got.tags && [ "$(wc -l <want)" = "$(wc -l <got)" ]
}

trial() { # trial START NEXT CALL ERROR WHEN COMMAND...
	start "$1"
	next=$2 call=$3 error=$4 n=$5
	shift 5
	timeout -s KILL 60 strace -f -y -qq -o trace -e "trace=$call" \
		-e "inject=$call:error=$error:when=$n" "$@" >out 2>err </dev/null
	got=$?
	# It may not be called so often; or the program has not been loaded.
	grep -q INJECTED trace && [ $got -ne 127 ] || return
	points=$((points + 1)) TOTAL=$((TOTAL + 1))
	case $got in
	0 | 1 | 74) ;;
	75) case $call in fcntl | close) ;; *) complain "exit $got" ;; esac ;;
	78) [ "$error" = EACCES ] || complain "exit $got" ;;
	# Without memory there is only abort().
	134) [ "$call" = mmap ] || complain "exit $got" ;;
	*) complain "exit $got" ;;
	esac
	[ $got -eq 0 ] || grep -q '^notmuch-digest: ' err ||
		grep -q 'write(2\(<[^>]*>\)\{0,1\},.*INJECTED' trace || complain "is silent"
	# libnotmuch, which opens for writing what it cannot see, has made a new
	# database in the place of the old one.
	if grep -q 'back from a backup' err; then
		MADE_ANEW=$((MADE_ANEW + 1))
		return
	fi
	u_check "$name: $call $error $n"
	check_file
	$next "$@" >out 2>err </dev/null || complain "the next run"
	s_state got
	cmp -s want got || is_of_old_digest ||
		complain "the next run ends elsewhere"
	timeout -s KILL 60 "$ND" setup hook --remove >out 2>err ||
		complain "setup hook --remove"
	timeout -s KILL 60 "$ND" clean --yes >out 2>err || complain "clean"
	notmuch dump | LC_ALL=C sort >got
	cmp -s pure got && [ ! -e mail/digest ] && [ ! -e mail/.notmuch/hooks ] ||
		complain "clean leaves something"
}

# count CALL COMMAND...: which of the calls are not the loader's: "3 117".
count() {
	counted=$1
	shift
	strace -f -qq -o trace -e "trace=$counted,set_robust_list" \
		"$@" >out 2>err </dev/null
	awk -v call="$counted(" '
		index($2, "set_robust_list") && !first { first = n[$1] + 1 }
		index($2, call) == 1 { if (++n[$1] > most) most = n[$1] }
		END { print first, most + 0 }' trace
}

# when FIRST LAST: which of these calls fail.
when() {
	if [ -n "${FAULTS_LONG:-}" ]; then
		seq "$1" "$2"
	elif [ "$1" -le "$2" ]; then
		# The first of a commit, of which the rest succeeds.
		case $name:$call in
		update:* | clean:*) [ "$1" -eq "$2" ] || echo "$1" ;;
		esac
		echo $((($1 + $2) / 2))
	fi
}

sweep() { # sweep NAME START NEXT COMMAND...
	name=$1 begin=$2 next=$3 points=0 turn=0
	shift 3
	[ -z "${FAULTS_OF:-}" ] || case " $FAULTS_OF " in
	*" $name "*) ;;
	*) return ;;
	esac
	start "$begin"
	u_remember
	"$ND" clean --yes >out 2>err || t_note err
	notmuch dump | LC_ALL=C sort >pure
	start "$begin"
	"$@" >out 2>err </dev/null || t_note err
	cp made.md made-want
	$next "$@" >out 2>err </dev/null || t_note err
	s_state want
	while read -r call errors; do
		[ -n "${FAULTS_LONG:-}" ] || case " $SHORT " in
		*" $call "*) ;;
		*) continue ;;
		esac
		start "$begin"
		# shellcheck disable=SC2046
		for k in $(when $(count "$call" "$@")); do
			case $errors in
			'|'*)
				turn=$((turn + 1))
				# shellcheck disable=SC2086
				set_error $turn ${errors#|}
				trial "$begin" "$next" "$call" "$error" "$k" "$@"
				;;
			*)
				for error in $errors; do
					[ -n "${FAULTS_LONG:-}" ] ||
						[ "$error" = "${errors%% *}" ] || continue
					trial "$begin" "$next" "$call" \
						"$error" "$k" "$@"
				done
				;;
			esac
		done
	done <<-EOF
		$FAULTS
	EOF
	u_result "$name: $points faults"
	[ $points -gt 3 ]
	t_result $? "  there were such faults"
}

TOTAL=0 MADE_ANEW=0
set_error() { # set_error TURN ERRNO...: the one whose turn it is
	shift $((($1 - 1) % ($# - 1) + 1))
	error=$1
}

feed() { # what a tree has: two of the patches
	cat >feed.atom <<-EOF
		<feed xmlns='http://www.w3.org/2005/Atom'><title>for-next</title>
		<entry><title>ring: do not wait</title>
		<updated>2026-03-09T10:00:00+00:00</updated>
		<author><name>alice Person</name><email>alice@example.net</email></author>
		<id>urn:sha1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</id>
		<content type='text'>No trailer.</content></entry></feed>
	EOF
}

feed
s_mailbox
notmuch tag +mine -- id:bob1@example.org
s_mail erin1 "Re: How does the ring wrap?" alice2 8
mv mail/list/cur/erin1:2, erin1
cp -a mail fresh
update >/dev/null 2>err || t_note err
cp erin1 mail/list/cur/erin1:2,
s_new
cp -a mail grown
update >/dev/null 2>err || t_note err
cp -a mail ready

sweep first fresh update "$ND" update --jobs=1 --now="$T_NOW"
sweep update grown update "$ND" update --jobs=1 --now="$T_NOW"
sweep clean ready clean_again "$ND" clean --yes
sweep deliver ready same "$ND" report --deliver --jobs=1 --now="$T_NOW" \
	--since=2026-03-01
sweep commits ready then_update "$ND" commits --now="$T_NOW" feed.atom
sweep report ready same "$ND" report --output=made.md --jobs=1 --now="$T_NOW" \
	--since=2026-03-01
sweep hook ready same "$ND" setup hook --install
echo "# $TOTAL faults; in $MADE_ANEW of them libnotmuch made a new database"
t_true "that is what libnotmuch does, not what is usual" \
	[ $MADE_ANEW -le $((TOTAL / 100)) ]
[ -z "${FAULTS_OF:-}" ] || t_done

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

# A file that cannot be looked at: libnotmuch would make a new database.
rm -rf mail && cp -a fresh mail
t_exit 74 strace -f -qq -o trace -e 'trace=?newfstatat,?stat' \
	-P "$T_DIR/mail/.notmuch/xapian/postlist.glass" \
	-e 'inject=?newfstatat,?stat:error=EIO' \
	"$ND" update --now="$T_NOW"
t_like "  is not opened for writing" "cannot look at the notmuch database" err
t_equal "  and stays as it was" 1 "$(notmuch count tag:mine)"
# When it fails only a moment later, it has made one.
t_exit 1 strace -f -qq -o trace -e 'trace=?newfstatat,?stat' \
	-P "$T_DIR/mail/.notmuch/xapian/postlist.glass" \
	-e "inject=?newfstatat,?stat:error=EIO:when=2+" \
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
