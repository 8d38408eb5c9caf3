#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `jump` and `thread-dir`: what macros of mutt and neomutt run, on Message-IDs
# that want to be commands, too.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
JUMP=$HOME/.cache/notmuch-digest/jump.rc
DIR=$T_DIR/thread

# All that may ever stand in a file that is sourced.
cat >allowed <<'E2'
^echo "[a-z -]*"$
^set my_nd_resolve=\$resolve my_nd_wrap=\$wrap_search my_nd_delay=\$pager_read_delay$
^set resolve=no wrap_search=yes pager_read_delay=60$
^push "(<vfolder-from-query>thread:\{id:digest\.v1\.[0-9a-f]{40}@digest\.invalid\}<enter>)?<display-message><exit><search>~i digest\.v1\.[0-9a-f]{40}@digest\.invalid<enter>(<modify-labels>-digest/fresh<enter>)?<enter-command>set resolve=\$my_nd_resolve wrap_search=\$my_nd_wrap pager_read_delay=\$my_nd_delay<enter><display-message>"$
E2
t_sourced() { # t_sourced NAME: only that stands in it
	t_equal "$1" "" "$(grep -vEf allowed "$JUMP")"
}

s_mailbox
t_exit 0 "$ND" update --now="$T_NOW"

# ---- jump
t_exit 65 "$ND" jump --stdin
t_exit 64 "$ND" jump
t_exit 64 "$ND" jump --stdin id:alice1@example.org
"$ND" jump --stdin <mail/list/cur/bob1:2, >out 2>err
t_equal "jump takes a mail" 0 $?
digest=$(notmuch search --output=messages 'tag:digest and thread:{id:alice1@example.org}')
t_like "  and leads to its thread's digest" "~i ${digest#id:}<enter>" "$JUMP"
t_like "  which is read then" '<modify-labels>-digest/fresh<enter>' "$JUMP"
t_sourced "  nothing else is in there"
t_equal "  for the user only" '600 700' \
	"$(stat -c %a "$JUMP" "${JUMP%/*}" | tr '\n' ' ' | sed 's/ $//')"
t_exit 0 "$ND" jump --thread id:alice1@example.org
t_like "as a mailbox of its own" 'query>thread:\{id:digest' "$JUMP"
t_sourced "  nothing else is in there"
notmuch tag -digest/fresh "$digest"
t_exit 0 "$ND" jump "$digest"
t_unlike "a digest that was read is left alone" 'modify-labels' "$JUMP"
t_exit 0 "$ND" jump id:dave1@example.org
t_like "no digest: it says so" '^echo "this thread has no digest"$' "$JUMP"
t_exit 0 "$ND" jump id:alice1@example.org
t_exit 65 "$ND" jump id:nobody@example.org
t_like "no mail: not to the thread before" '^echo "' "$JUMP"
t_sourced "  nothing else is in there"
NOTMUCH_CONFIG=/nowhere t_exit 78 "$ND" jump --stdin
t_unlike "no database: not to the thread before" '^push' "$JUMP"
notmuch config set digest.tag_prefix 'x<enter>"y'
"$ND" jump id:alice1@example.org >out 2>err
t_sourced "nor does the name of a tag get in"
notmuch config set digest.tag_prefix
rm -rf "${JUMP%/*}" && ln -s "$T_DIR" "${JUMP%/*}"
t_exit 74 "$ND" jump id:alice1@example.org
t_true "a cache that is a link is not written to" test ! -e jump.rc
rm "${JUMP%/*}"

# ---- thread-dir
links() { find "$DIR/cur" "$DIR/new" "$DIR/tmp" -mindepth 1 | LC_ALL=C sort; }
ids() { links | xargs -d '\n' sed -n 's/^Message-ID: <\(.*\)>/\1/p' | LC_ALL=C sort; }
thread_ids() {
	notmuch search --exclude=false --output=messages "thread:{$1}" |
		sed 's/^id://' | LC_ALL=C sort
}
t_exit 64 "$ND" thread-dir
t_exit 64 "$ND" thread-dir "$DIR"
mails() { find mail/list mail/digest -type f | LC_ALL=C sort | xargs -d '\n' sha1sum; }
tags() { notmuch dump --include=tags | sed 's/+digest%2ffresh *//'; }
mails >mail-before
tags >tags-before
"$ND" thread-dir --stdin "$DIR" <mail/list/cur/bob2:2, >out 2>err
t_equal "thread-dir takes a mail" 0 $?
ids >got
thread_ids id:carol1@example.org >want
t_same "  all of its thread is there, with the digest" want got
t_equal "  for the user only" 700 "$(stat -c %a "$DIR")"
links >before
t_exit 0 "$ND" thread-dir "$DIR" id:alice2@example.org
links >after
t_same "the same thread keeps its names: mutt keeps its place" before after
t_exit 0 "$ND" thread-dir "$DIR" id:alice1@example.org
ids >got
thread_ids id:alice1@example.org >want
t_same "another thread: the links of the former one are gone" want got
t_equal "a digest that is fresh" 2 "$(notmuch tag +digest/fresh -- tag:digest
	notmuch count tag:digest/fresh)"
t_exit 0 "$ND" thread-dir --read "$DIR" id:alice1@example.org
t_equal "--read: it is not any more" 1 "$(notmuch count tag:digest/fresh)"
tags | cmp -s - tags-before
t_result $? "  and nothing else has changed"
f=$(links | head -1)
mv "$f" "${f%:2,*}:2,FRS"
mails | cmp -s - mail-before
t_result $? "flags that are set there stay there"
t_exit 0 "$ND" thread-dir "$DIR" id:alice1@example.org
ids >got
t_same "  and do not make a mail two" want got
mv mail/list/cur/bob1:2, mail/list/cur/bob1:2,S
t_exit 0 "$ND" thread-dir "$DIR" id:alice1@example.org
ids >got
t_same "mail that was renamed meanwhile is there" want got
t_equal "  with its flag" 1 "$(links | grep -c ':2,S$' | sed 's/2/1/')"
mv mail/list/cur/bob1:2,S mail/list/cur/bob1:2,
echo user >"$DIR/cur/1234.mine:2,"
t_exit 65 "$ND" thread-dir "$DIR" id:nobody@example.org
t_equal "no mail: not the thread before; what is not ours stays" \
	"$DIR/cur/1234.mine:2," "$(links)"
rm "$DIR/cur/1234.mine:2,"
dd if=/dev/null of="$DIR/cur/file" 2>/dev/null

mkdir full && echo x >full/x
t_exit 78 "$ND" thread-dir full id:alice1@example.org
t_equal "a directory that is not empty is left alone" x "$(ls full)"
mkdir empty
t_exit 0 "$ND" thread-dir empty id:alice1@example.org
t_exit 78 "$ND" thread-dir mail/list/cur/x id:alice1@example.org
ln -s "$T_DIR/mail" other-name
t_exit 78 "$ND" thread-dir other-name/x id:alice1@example.org
t_equal "nothing is made among the mail" 0 "$(find mail -name x | wc -l)"
ln -s empty link
t_exit 78 "$ND" thread-dir link id:alice1@example.org
t_exit 78 "$ND" thread-dir allowed id:alice1@example.org
# Clients that are gone, one that is there, and somebody's directory.
sh -c 'echo $$' >gone
sleep 100 &
for pid in $(cat gone) $!; do
	t_exit 0 "$ND" thread-dir "d.$pid" id:alice1@example.org
done
mkdir "d.$(($(cat gone) + 40000))"
t_exit 0 "$ND" thread-dir "d.$$" id:alice1@example.org
t_equal "those of clients that are gone go" 3 "$(find . -maxdepth 1 -name 'd.*' | wc -l)"
t_true "  and no other" test -d "d.$!/cur"
kill $!
# Where mail and directory are on two file systems.
if [ -w /dev/shm ] && [ "$(stat -c %d /dev/shm)" != "$(stat -c %d .)" ]; then
	other=$(mktemp -d /dev/shm/nd-test.XXXXXX)
	t_exit 0 "$ND" thread-dir "$other/t" id:alice1@example.org
	t_equal "links across file systems" 3 "$(find "$other/t/cur" -type l | wc -l)"
	t_exit 0 "$ND" thread-dir "$other/t" id:dave1@example.org
	t_equal "  are taken away, too" 1 "$(find "$other/t/cur" -type l | wc -l)"
	rm -rf "$other"
fi

# ---- Message-IDs that want to be commands
n=0
while IFS= read -r id; do
	n=$((n + 1))
	printf 'From: a <a@example.org>\nTo: list@example.org\nSubject: evil %d\nDate: Tue, 03 Mar 2026 10:00:00 +0000\nMessage-ID: <%s>\n\nWords about the ring buffer that nobody has read.\n' \
		$n "$id" >"mail/list/cur/h$n:2,"
	printf 'From: b <b@example.org>\nTo: list@example.org\nSubject: Re: evil %d\nDate: Tue, 03 Mar 2026 11:00:00 +0000\nMessage-ID: <r%d@example.org>\nIn-Reply-To: <%s>\n\nI do not think that this is right at all.\n' \
		$n $n "$id" >"mail/list/cur/r$n:2,"
done <<'E2'
a"b'c@example.org
"><enter>!touch pwned<enter>@example.org
<shell-escape>touch pwned<enter>@example.org
`touch pwned`@example.org
$(touch pwned)@example.org
%s%n%%d%x@example.org
a;touch pwned;b@example.org
a|touch pwned|@example.org
a&touch pwned&@example.org
x\nsource pwned@example.org
sp ace\ttab@example.org
grüße@example.org
中文@例子.cn
a)(or tag:inbox@example.org
*@example.org
~A@example.org
-rf@example.org
../../x@example.org
E2
s_new
t_exit 0 "$ND" update --now="$T_NOW"
bad=0 none=0 k=0
run() { # run MAIL COMMAND...: 0 and 65 are answers
	"$ND" "$@" >out 2>err <"mail/list/cur/h$k:2,"
	case $? in
	0) ;;
	65) none=$((none + 1)) ;;
	*) bad=$((bad + 1)) && echo "# $*" >&2 && t_note err ;;
	esac
}
while [ $k -lt $n ]; do
	k=$((k + 1))
	# What notmuch makes of it.
	id=$(notmuch search --output=messages from:a and "subject:evil $k" |
		grep -v '^id:digest' | sed 's/^id://; s/"/""/g')
	for how in stdin id; do
		rm -f "$JUMP"
		if [ $how = stdin ]; then
			run jump --stdin
			run thread-dir --stdin "$DIR"
			run show --stdin
		else
			run jump --thread "id:\"$id\""
			run thread-dir "$DIR" "id:\"$id\""
			run show "id:\"$id\""
			[ "$(links | wc -l)" -ge 2 ] || bad=$((bad + 1))
		fi
		[ -z "$(grep -vEf allowed "$JUMP")" ] || bad=$((bad + 1))
		[ -z "$(links | grep -v '/cur/[0-9a-f]*\.notmuch-digest:2,[A-Z]*$' | grep -v '/cur/file$')" ] ||
			bad=$((bad + 1))
	done
done
t_equal "$n Message-IDs through --stdin and id:" 0 $bad
t_equal "  one of them is a lone quote: no such mail" 3 $none
t_equal "  all but those with < in them have a digest" \
	"$(notmuch search --output=messages tag:digest/failed | grep -c '<')" \
	"$(notmuch search --output=messages tag:digest/failed | wc -l)"
t_equal "  and nothing was run" 0 "$(find . -name 'pwned*' | wc -l)"

# ---- no leftovers
"$ND" jump id:alice1@example.org
"$ND" thread-dir "${JUMP%/*}/thread.1" id:alice1@example.org
mkdir -p "${JUMP%/*}/other" && echo x >"${JUMP%/*}/other/x"
t_exit 0 "$ND" clean --yes
t_equal "clean takes both away, and nothing else" other "$(ls "${JUMP%/*}")"
t_done
