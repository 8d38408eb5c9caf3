#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The hook of notmuch new: put in, taken out, and what it does there.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
hook=mail/.notmuch/hooks/post-new

now_ms() { echo $(($(date +%s%N) / 1000000)); }
has_digests() { [ "$(notmuch count --exclude=false tag:digest)" = "$1" ]; }
settle() { t_until has_digests "$1"; } # wait for a detached run
covers() { grep -l "covers=$1" mail/digest/cur/*; }

s_mailbox
# ---- none there
t_exit 0 "$ND" setup hook
t_like "prints the lines" "^	'$ND' update --hook </dev/null" out
t_true "  which is shell" sh -n out
[ ! -e $hook ]
t_result $? "  and writes nothing"
t_exit 0 "$ND" setup hook --install
[ -x $hook ]
t_result $? "a hook is made where notmuch looks for it"
cp $hook installed
t_exit 0 "$ND" setup hook --install
t_same "  once" installed $hook
t_true "notmuch new runs it" notmuch new
settle 2
t_equal "  and digests are there" 2 "$(notmuch count tag:digest)"
t_exit 0 "$ND" setup hook --remove
[ ! -e $hook ]
t_result $? "a hook that was only ours goes"
t_exit 0 "$ND" setup hook --remove
t_exit 64 "$ND" setup hook --remove --install
t_exit 64 "$ND" setup pine

# ---- one there: byte for byte
mkdir -p mail/.notmuch/hooks
n=0
for text in '#!/bin/sh\necho hello\n' '#!/bin/bash -e\ntrue\n\n' \
	'#!/usr/bin/env bash\ntrue' '#! /bin/sh' '#!/bin/sh\n' \
	'#!/bin/dash\n# notmuch-digest\n# >>> other >>>\ntrue\n'; do
	n=$((n + 1))
	# shellcheck disable=SC2059
	printf "$text" >$hook
	chmod 744 $hook
	cp $hook before
	t_exit 0 "$ND" setup hook --install
	t_equal "  the block is there once ($n)" 1 "$(grep -c 'update --hook' $hook)"
	t_equal "  the mode stays ($n)" 744 "$(stat -c %a $hook)"
	t_true "  it is shell ($n)" sh -n $hook
	t_exit 0 "$ND" setup hook --install
	t_equal "  still once ($n)" 1 "$(grep -c 'update --hook' $hook)"
	echo '# added later' >>$hook
	t_exit 0 "$ND" setup hook --remove
	[ "$(tail -c1 before)" = "" ] || echo >>before
	echo '# added later' >>before
	t_same "  taken out, the line below stays one ($n)" before $hook
done
for text in '#!/bin/sh\necho hello\n' '#!/usr/bin/env bash\ntrue' '#! /bin/sh' \
	'#!/bin/sh\n'; do
	# shellcheck disable=SC2059
	printf "$text" >$hook
	cp $hook before
	t_exit 0 "$ND" setup hook --install
	t_exit 0 "$ND" setup hook --remove
	t_same "  taken out byte for byte" before $hook
done

# ---- lines that are never reached
for text in 'exit 0' 'exec other-hook' 'exec "$0.real"'; do
	printf '#!/bin/sh\nif false; then\n\texit 1\nfi\nexec 2>/dev/null\n%s\n' "$text" >$hook
	chmod +x $hook
	t_exit 0 "$ND" setup hook --install
	t_like "'$text' above is told" "ends in line 6, above our lines" err
done
printf '#!/bin/sh\nif false; then\n\texit 1\nfi\nexec 2>/dev/null\n' >$hook
t_exit 0 "$ND" setup hook --install
t_equal "what can be reached is no matter" 0 "$(wc -l <err)"

# ---- another interpreter
for text in '#!/usr/bin/python3\nprint()\n' '#!/usr/bin/perl\n' 'echo\n' \
	'#!/usr/bin/fish\n'; do
	# shellcheck disable=SC2059
	printf "$text" >$hook
	cp $hook before
	t_exit 78 "$ND" setup hook --install
	t_same "it is left alone" before $hook
	t_like "  the lines are printed" 'update --hook' out
	t_like "  and it is said" 'not a shell script' err
done
rm $hook
notmuch config set database.hook_dir "$T_DIR/elsewhere"
t_exit 0 "$ND" setup hook --install
[ -x elsewhere/post-new ]
t_result $? "database.hook_dir is respected"
t_exit 0 "$ND" setup hook --remove
[ ! -e elsewhere ]
t_result $? "  and left as it was"
notmuch config set database.hook_dir
t_exit 0 "$ND" clean --yes

# ---- what it does
t_exit 0 "$ND" setup hook --install
query=$(notmuch config get digest.query)
notmuch config set digest.query
t_exit 0 notmuch new
t_equal "without digest.query it is silent" 0 "$(wc -l <err)"
notmuch config set digest.nonsense 1
t_exit 0 notmuch new
t_like "a wrong setting is said, and no failure" 'digest\.nonsense' err
notmuch config set digest.nonsense
notmuch config set digest.query "$query"
mkfifo fifo
notmuch tag --batch <fifo & # has the write lock as long as it may read
holder=$!
exec 9>fifo
t_locked $holder
begin=$(now_ms)
"$ND" update --hook >out 2>err </dev/null
t_equal "while another program writes, the hook ends well" 0 $?
took=$(($(now_ms) - begin))
[ $took -lt 15000 ] # it waits a second; the lock is held for good
t_result $? "  soon ($took ms)"
exec 9>&-
wait $holder
settle 2
t_equal "  and the work goes on behind it" 2 "$(notmuch count tag:digest)"
s_mail erin1 "Re: How does the ring wrap?" alice2 8
s_mail erin2 "Re: Only one mail" dave1 8
s_new &
s_new &
wait
settle 3
t_equal "two hooks at once" 3 "$(notmuch count tag:digest)"
t_equal "  have made nothing twice" 3 "$(find mail/digest -type f | wc -l)"
# ---- the program is taken off the machine, the hook is not
cp $hook installed
sed -i "s|'$ND'|'/nowhere/notmuch-digest'|g" $hook
t_like "the program is elsewhere" "'/nowhere/notmuch-digest' update" $hook
for shell in sh 'sh -e' 'bash -eu'; do
	# shellcheck disable=SC2086
	t_exit 0 $shell $hook
	t_equal "$shell: a program that is gone is no failure" 0 "$(cat out err | wc -c)"
done
t_exit 0 notmuch new
t_equal "  and no word of it" 0 "$(wc -c <err)"
t_exit 0 "$ND" setup hook --install
t_same "  when it is back, setup puts it right" installed $hook
# As it was installed before: adopted where it stands.
{
	echo '#!/bin/sh'
	grep '>>> notmuch-digest' $hook
	echo "'$ND' update --hook </dev/null || :"
	grep '<<< notmuch-digest' $hook
	echo '# the last line'
} >old
cp old $hook
t_exit 0 "$ND" setup hook --install
t_like "lines of an earlier version are renewed" '^if command -v' $hook
t_equal "  where they stand" '# the last line' "$(tail -1 $hook)"
t_equal "  once" 1 "$(grep -c 'update --hook' $hook)"
t_exit 0 "$ND" setup hook --remove
t_exit 0 "$ND" setup hook --remove
t_equal "  and go with the others" 0 "$(grep -c 'update --hook' $hook)"
rm $hook

# ---- the script that is shipped
mkdir -p mail/.notmuch/hooks
t_true "hooks/post-new is shell" sh -n "$T_SRC/hooks/post-new"
t_exit 0 env PATH=/usr/bin:/bin sh -c '! command -v notmuch-digest'
t_exit 0 env PATH=/usr/bin:/bin sh "$T_SRC/hooks/post-new"
t_equal "without the program it says nothing" 0 "$(cat out err | wc -c)"
cp "$T_SRC/hooks/post-new" $hook
s_mail erin3 "Re: Only one mail" dave1 9
t_true "hooks/post-new runs" env PATH="$(dirname "$ND"):$PATH" notmuch new
t_until covers 3 >got
t_true "  and digests" test -s got
t_done
