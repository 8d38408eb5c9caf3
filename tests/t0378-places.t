#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Mail in places that allow little: a read-only file system, mail and database of
# another user, no inode left, the digest folder on another file system. A run
# ends as the man page says and says why; what can be read is reported of; the
# user's mail and tags stay, and the next run does what could not be done.

# Its own small file systems, in a user namespace where root is needed for that.
probe=$(mktemp -d) || exit 1
if mount -t tmpfs -o size=64k tmpfs "$probe" 2>/dev/null; then
	umount "$probe"
elif [ -z "${PLACES_NAMESPACE:-}" ] && unshare -rm true 2>/dev/null; then
	rmdir "$probe"
	PLACES_NAMESPACE=1 exec unshare -rm sh "$0"
else
	no_mount=1
fi
rmdir "$probe"
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
# shellcheck source=tests/unharmed.sh
. "$T_SRC/tests/unharmed.sh"
[ -z "${no_mount:-}" ] || t_skip_all "no file system can be mounted"
trap 'cd /; umount "$T_DIR/mail/digest" 2>/dev/null; umount "$T_DIR/mail" 2>/dev/null
	rm -rf "$T_DIR"' EXIT
export ASAN_OPTIONS=detect_leaks=0

# Not mounted for the first mailbox: what it is made from lies elsewhere.
s_mailbox
notmuch tag +mine -- id:bob1@example.org
cp -a mail fresh
u_remember
"$ND" update --now="$T_NOW" >/dev/null 2>err || t_note err
s_state want
cp want want.fresh
s_mail erin1 "Re: How does the ring wrap?" alice2 8
s_new
cp -a mail grown
"$ND" update --now="$T_NOW" >/dev/null 2>err || t_note err
s_state want.grown
find mail -mindepth 1 -delete

# from DIRECTORY OPTION...: that mailbox, on a file system of its own.
from() {
	start=$1
	shift
	umount mail/digest 2>/dev/null
	umount mail 2>/dev/null
	mount -t tmpfs -o "size=8m${1:+,$1}" tmpfs mail || t_note err
	cp -a "$start/." mail
	read_only=
	u_remember
}

# run WHAT EXIT-CODES REGEX COMMAND...: "0 74" are allowed; said when not 0.
runs=0
run() {
	what=$1 codes=$2 regex=$3
	shift 3
	timeout -s KILL 60 "$@" >out 2>err </dev/null
	got=$?
	runs=$((runs + 1))
	case " $codes " in
	*" $got "*) ;;
	*) u_complain "$what: exit $got" ;;
	esac
	[ $got -eq 0 ] || grep -Eq "^notmuch-digest: .*($regex)" err ||
		u_complain "$what: another reason"
	# `notmuch dump` wants to write.
	[ -n "$read_only" ] || u_check "$what"
}

well_again() { # well_again WHAT
	read_only=
	u_check "$1"
	timeout -s KILL 60 "$ND" update --now="$T_NOW" >out 2>err ||
		u_complain "$1: the next run"
	s_state got
	cmp -s want.$start got || u_complain "$1: the next run ends elsewhere"
}

# ---- a read-only file system
for start in fresh grown; do
	from $start
	mount -o remount,ro mail
	read_only=1
	run "read-only, $start: report" 0 "" "$ND" report --now="$T_NOW" '*'
	run "read-only, $start: status" 0 "" "$ND" status
	run "read-only, $start: todo" 0 "" "$ND" todo --now="$T_NOW"
	for command in "update --now=$T_NOW" "report --deliver --now=$T_NOW" \
		"clean --yes" "setup hook --install" \
		"report --output=mail/report.md --now=$T_NOW"; do
		codes=74
		# Of fresh mail there is nothing to take away; else the lock of
		# the database is the first thing to be written.
		[ "$start:$command" != "fresh:clean --yes" ] || codes=0
		[ "$start:$command" != "grown:clean --yes" ] || codes=1
		# shellcheck disable=SC2086
		run "read-only, $start: $command" $codes "Read-only file system" \
			"$ND" $command
	done
	mount -o remount,rw mail
	well_again "read-only, $start"
done
u_result "a read-only file system: $runs runs"

# ---- of another user
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null && [ -z "${PLACES_NAMESPACE:-}" ]; then
	runs=0
	as="setpriv --clear-groups --reuid"
	other="$as 12345 --regid 12345" owner="$as 65534 --regid 65534"
	chmod 755 "$T_DIR" home
	from grown
	chown -R 65534:65534 mail home
	chmod -R go-rwx mail/digest
	# Mail and database can be read by others, and that is all.
	run "another user: report" 0 "" $other "$ND" report --now="$T_NOW" '*'
	run "another user: status" 0 "" $other "$ND" status
	run "another user: update" "1 74 78" "Permission denied|cannot|belongs" \
		$other "$ND" update --now="$T_NOW"
	run "another user: clean" "1 74 78" "Permission denied|cannot" \
		$other "$ND" clean --yes
	chmod 700 mail/.notmuch
	for command in "report *" "update --now=$T_NOW" status "clean --yes"; do
		# shellcheck disable=SC2086
		(set -f; exec timeout 60 $other "$ND" $command) \
			>out 2>err </dev/null
		got=$?
		runs=$((runs + 1))
		[ $got -eq 1 ] || u_complain "another user's database: exit $got"
		grep -q 'Permission denied' err ||
			u_complain "another user's database: another reason"
	done
	u_check "another user"
	# The folder alone is somebody else's.
	from fresh
	mkdir -p mail/digest/cur mail/digest/new mail/digest/tmp
	chown -R 65534 mail/digest
	chmod -R 777 mail/digest
	run "another user's folder" 78 "belongs to another user" \
		"$ND" update --now="$T_NOW"
	[ -z "$(find mail/digest -type f)" ] ||
		u_complain "another user's folder: something is in it"
	rm -r mail/digest
	well_again "another user's folder"
	# A mail of it cannot be read.
	from fresh
	chown -R 65534:65534 mail
	chown 0:0 mail/list/cur/bob2:2,
	chmod 600 mail/list/cur/bob2:2,
	run "a mail that cannot be read: report" 0 "" \
		$owner "$ND" report --now="$T_NOW" --output=/dev/null '*'
	run "a mail that cannot be read: update" 0 "" \
		$owner "$ND" update --now="$T_NOW"
	chown 65534:65534 mail/list/cur/bob2:2,
	u_check "a mail that cannot be read"
	u_result "another user: $runs runs"
else
	t_result 0 "another user # SKIP root is needed"
fi

# ---- no inode left
runs=0
for free in 0 1 2 3 5 8 9 12 30; do
	from fresh nr_inodes=200
	i=$(df --output=iavail mail | tail -1)
	mkdir mail/.notmuch/fill
	while [ "$i" -gt $((free + 1)) ]; do
		i=$((i - 1))
		: >"mail/.notmuch/fill/$i"
	done
	codes="0 74"
	[ $free -lt 30 ] || codes=0
	[ $free -gt 0 ] || codes=74
	run "$free inodes: update" "$codes" "No space left|new rev file" \
		"$ND" update --now="$T_NOW"
	grep -q 'the disk fails' err && u_complain "$free inodes: wrong remedy"
	run "$free inodes: hook" "0 74" "No space left" "$ND" setup hook --install
	run "$free inodes: output" "0 74" "No space left" \
		"$ND" report --now="$T_NOW" --output=mail/.notmuch/fill/report.md
	rm -r mail/.notmuch/fill
	run "$free inodes: no hook" 0 "" "$ND" setup hook --remove
	well_again "$free inodes"
done
u_result "no inode left: $runs runs"

# ---- the digest folder on a file system of its own, with and without room
runs=0
from fresh
mkdir mail/digest
mount -t tmpfs -o size=1m,mode=700 tmpfs mail/digest
run "a folder elsewhere: update" 0 "" "$ND" update --now="$T_NOW"
s_state got
cmp -s want got || u_complain "a folder elsewhere: another end"
run "a folder elsewhere: clean" 0 "" "$ND" clean --yes
[ -z "$(find mail/digest -type f)" ] || u_complain "a folder elsewhere: clean"
head -c 2000000 /dev/zero >mail/digest/.uidvalidity 2>/dev/null # not foreign
run "a full folder elsewhere" "74 78" "No space left|mail sync" \
	"$ND" update --now="$T_NOW"
rm mail/digest/.uidvalidity
mount -o remount,ro mail/digest
run "a read-only folder elsewhere" 74 "Read-only file system" \
	"$ND" update --now="$T_NOW"
mount -o remount,rw mail/digest
well_again "a folder elsewhere"
# It is not mounted now: the digests seem to be gone.
cp -a mail/digest saved
umount mail/digest
run "a folder that is not mounted: update" "0 78" "" \
	"$ND" update --now="$T_NOW"
s_new 2>/dev/null
run "  and notmuch new" "0 78" "" "$ND" update --now="$T_NOW"
mount -t tmpfs -o size=1m,mode=700 tmpfs mail/digest
cp -a saved/. mail/digest
s_new
run "  and it is back" 0 "" "$ND" update --now="$T_NOW"
[ "$(notmuch count --output=files tag:digest)" = 2 ] ||
	u_complain "back: $(notmuch count --output=files tag:digest) digests"
run "  and clean" 0 "" "$ND" clean --yes
umount mail/digest
u_result "a digest folder on another file system: $runs runs"

# tmp elsewhere: nothing can be renamed from there.
runs=0
from grown
rm -r mail/digest/tmp && mkdir mail/digest/tmp
mount -t tmpfs -o size=1m,mode=700 tmpfs mail/digest/tmp
run "tmp on another file system" 74 "Invalid cross-device link" \
	"$ND" update --now="$T_NOW"
umount mail/digest/tmp
well_again "tmp on another file system"
u_result "tmp on another file system: $runs runs"
t_done
