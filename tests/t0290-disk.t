#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A disk that fills up: every command that writes ends, soon and with an error,
# the write lock is free, the user's mail is as it was, and the next run with
# room does it all. DISK_LONG=1: more sizes.

# Its own small file system, in a user namespace where root is needed for that.
probe=$(mktemp -d) || exit 1
if mount -t tmpfs -o size=64k tmpfs "$probe" 2>/dev/null; then
	umount "$probe"
elif [ -z "${DISK_NAMESPACE:-}" ] && unshare -rm true 2>/dev/null; then
	rmdir "$probe"
	DISK_NAMESPACE=1 exec unshare -rm sh "$0"
else
	no_mount=1
fi
rmdir "$probe"
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
[ -z "${no_mount:-}" ] || t_skip_all "no file system can be mounted"
trap 'cd /; umount "$T_DIR/mail" 2>/dev/null; rm -rf "$T_DIR"' EXIT

# A writer that has failed is never closed, and libnotmuch has leaks where a commit
# fails.
export ASAN_OPTIONS=detect_leaks=0

mount -t tmpfs -o size=8m tmpfs mail || t_skip_all "mount failed"
t_mailbox sample
notmuch config set digest.query '*'
notmuch config set digest.since 3650d
cp -a mail fresh
(cd mail && find sample -type f -exec sha1sum {} +) | LC_ALL=C sort >mails
notmuch dump | LC_ALL=C sort >pure
"$ND" update --now="$T_NOW" >/dev/null 2>err || t_note err
s_state digested
cp -a mail ready

# room KB: no more than that is left.
room() {
	left=$(df --output=avail mail | tail -1)
	head -c $(((left - $1) * 1024)) /dev/zero >mail/fill 2>/dev/null
}

# from DIRECTORY: begin anew with that mailbox.
from() {
	find mail -mindepth 1 -delete
	cp -a "$1/." mail
}

# full NAME KB COMMAND...: it ends with 74, or did it all; nothing is locked.
full() {
	name=$1 kb=$2
	shift 2
	room "$kb"
	timeout -s KILL 60 "$@" >out 2>err </dev/null
	got=$?
	[ $got -eq 74 ] || { [ $got -eq 0 ] && [ "$kb" -gt 0 ]; }
	fits=$?
	t_result $fits "$name, $kb KB: done or an input/output error"
	[ $fits -eq 0 ] || {
		echo "# exit $got" >&2
		t_note err
	}
	[ $got -eq 0 ] || t_like "  says why" '^notmuch-digest: .*cannot ' err
	rm mail/fill
	(cd mail && find sample -type f -exec sha1sum {} +) |
		LC_ALL=C sort | cmp -s - mails
	t_result $? "  the user's mail is the same"
	timeout -s KILL 10 notmuch tag +mine -- '*' && notmuch tag -mine -- '*'
	t_result $? "  the write lock is free"
}

for kb in ${DISK_LONG:+1000 700 500 400} 250 ${DISK_LONG:+150 100 60} \
	${DISK_LONG:+30} 0; do
	from fresh
	full update "$kb" "$ND" update --now="$T_NOW"
	t_exit 0 "$ND" update --now="$T_NOW"
	s_state got
	t_same "  the next run does it all" digested got
done

for kb in ${DISK_LONG:+400 250 150 100 60 30} 0; do
	from ready
	full clean "$kb" "$ND" clean --yes
	t_exit 0 "$ND" clean --yes
	notmuch dump | LC_ALL=C sort >got
	t_same "  the next run takes all away" pure got
done

cat >feed.atom <<EOF
<feed xmlns='http://www.w3.org/2005/Atom'><title>for-next</title>
<entry><title>fabric: ring: split fab_ring_reset() into stop and restart</title>
<updated>2026-04-03T10:00:00+00:00</updated>
<author><name>Priya Raghunathan</name><email>priya.r@example.net</email></author>
<id>urn:sha1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</id>
<content type='text'>No trailer.</content></entry></feed>
EOF
from ready
t_exit 0 "$ND" commits --now="$T_NOW" feed.atom
s_state merged
for kb in ${DISK_LONG:+400 250 150 100 60 30} 0; do
	from ready
	full commits "$kb" "$ND" commits --now="$T_NOW" feed.atom
	t_exit 0 "$ND" commits --now="$T_NOW" feed.atom
	s_state got
	t_same "  the next run notes it" merged got
done

# A report in place of another one, and the first.
for start in ready fresh; do
	from $start
	[ $start = fresh ] ||
		t_exit 0 "$ND" report --deliver --now="$T_NOW" --since=2026-04-02
	rm -rf "start-$start" && cp -a mail "start-$start"
	t_exit 0 "$ND" report --deliver --now="$T_NOW" --since=2026-04-02
	s_state delivered
	for kb in ${DISK_LONG:+400 250 150 100 60 30} 0; do
		from "start-$start"
		full "report --deliver" "$kb" "$ND" report --deliver \
			--now="$T_NOW" --since=2026-04-02
		t_exit 0 "$ND" report --deliver --now="$T_NOW" --since=2026-04-02
		s_state got
		t_same "  the next run delivers it" delivered got
	done
done

# ---- files
from fresh
echo old >mail/report.md
chmod 640 mail/report.md
room 0
t_exit 74 "$ND" report --now="$T_NOW" --output=mail/report.md '*'
t_like "names the reason" "cannot write '.*report.md': No space" err
t_equal "the file is as it was" old "$(cat mail/report.md)"
t_exit 74 "$ND" report --now="$T_NOW" --output=mail/new.md '*'
t_equal "and nothing else there" "fill report.md sample" \
	"$(cd mail && echo *)"
printf '#!/bin/sh\necho mine\n' >hook
rm mail/fill
mkdir mail/home mail/.notmuch/hooks
cp hook mail/.notmuch/hooks/post-new
chmod +x mail/.notmuch/hooks/post-new
echo 'set sort=threads' >mail/home/.muttrc
room 0
t_exit 74 "$ND" setup hook --install
t_same "the hook is as it was" hook mail/.notmuch/hooks/post-new
t_equal "  alone" post-new "$(ls -A mail/.notmuch/hooks)"
t_exit 74 env HOME="$T_DIR/mail/home" "$ND" setup mutt --install
t_equal "the client's file is as it was" 'set sort=threads' \
	"$(cat mail/home/.muttrc)"
t_equal "  alone" .muttrc "$(ls -A mail/home)"
rm mail/fill
t_exit 0 "$ND" report --now="$T_NOW" --output=mail/report.md '*'
t_exit 0 "$ND" report --now="$T_NOW" --output=mail/new.md '*'
t_equal "a file keeps its mode" 640 "$(stat -c %a mail/report.md)"
t_equal "a new one is the user's alone" 600 "$(stat -c %a mail/new.md)"
t_done
