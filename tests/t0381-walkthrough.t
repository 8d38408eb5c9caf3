#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# setup on a terminal: it asks, shows, makes; nothing is half done at any ^C, and
# --remove brings back every byte.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/client.sh
. "$T_SRC/tests/client.sh"
t_need tmux
t_need script

t_mailbox sample
mkdir -p bin home/.config/neomutt home/.config/systemd mail/.notmuch
# What the walk finds in PATH is what this test puts there.
for tool in sh notmuch cat; do
	ln -s "$(command -v $tool)" bin/$tool
done
printf '#!/bin/sh\nPATH=%s/bin exec "%s" "$@"\n' "$T_DIR" "$ND" >run
chmod +x run
# No new line at its end: that has to come back, too.
printf '# mine\nset sort=threads' >home/.config/neomutt/neomuttrc
state() { # state FILE: every byte that setup may touch
	{
		find home mail/.notmuch/hooks 2>/dev/null | grep -v lesshst | LC_ALL=C sort
		cat config home/.config/neomutt/neomuttrc
		cat mail/.notmuch/hooks/post-new 2>/dev/null
	} >"$1"
}
walk() { c_start "exec $T_DIR/run setup"; }
# says TEXT: it comes to the screen; answer WORD: that, and the Enter key.
says() { c_see "it says: $1" "$1"; }
answer() {
	c_type "$1"
	c_keys Enter
}
LISTS='Which of them get digests?'
state untouched

# ---- not on a terminal: as ever, the lines of the hook
t_exit 0 "$ND" setup
t_like "without a terminal the lines of the hook are printed" \
	'^# for .*/hooks/post-new$' out
t_exit 0 script -qec "$ND setup | cat" /dev/null
t_like "  nor does it ask where nobody sees it" '^# for .*/hooks/post-new' out

# ---- yes to everything
walk
says "$LISTS"
says "1  to:linux-fabric@lists.example.org"
says "195 of them, 195 in all"
answer 7
answer "one"
answer 1
says "+query=to:linux-fabric@lists.example.org"
says "Make this change?"
t_equal "what is no number of a list is asked again" 3 "$(grep -c "$LISTS" screen)"
state shown
t_same "nothing is changed before the answer" untouched shown
answer y
says "+++ $T_DIR/mail/.notmuch/hooks/post-new"
t_like "then the setting is made" '^query=to:linux-fabric@' config
answer y
says "keys for digests in neomutt"
says "+++ $T_DIR/home/.config/neomutt/neomuttrc"
t_true "the hook is there" test -x mail/.notmuch/hooks/post-new
answer yes
says "one each Monday"
if [ -d /run/systemd/system ]; then
	answer y
	says "the timer runs from the next login on"
else
	says "For 'crontab -e'"
fi
says "Done."
c_ends "it ends by itself"
t_like "neomutt has its line" 'notmuch-digest\.rc' home/.config/neomutt/neomuttrc
t_equal "notmuch reads the setting" "to:linux-fabric@lists.example.org" \
	"$(notmuch config get digest.query)"
t_exit 0 "$ND" update --now="$T_NOW"
t_true "what was set up works" test "$(notmuch count tag:digest)" -gt 5

# ---- again
state made
walk
says "$LISTS"
c_keys Enter
says "Done."
c_ends "all is in place, and that is told"
t_equal "  of hook and client" 2 "$(grep -c 'It is in place\.' screen)"
state again
t_same "  nothing changes" made again

# ---- gone
t_exit 0 "$ND" setup --remove
t_like "--remove says what else there is" "'notmuch-digest clean' removes them" err
state removed
t_same "--remove brings back every byte" untouched removed
t_exit 0 "$ND" clean --yes
t_exit 0 "$ND" setup --remove
t_equal "  once more: nothing to say" "" "$(cat err)"

# ---- no to everything
walk
says "$LISTS"
answer 1
says "Make this change?"
answer n
says "hooks/post-new"
answer ""
says "neomuttrc"
answer no
[ ! -d /run/systemd/system ] || { says "Make these files?"; answer n; }
says "Done."
c_ends "who agrees to nothing"
state refused
t_same "  has nothing" untouched refused

# ---- ^C and ^D at each question
stop() { # stop HOW NAME ANSWERS...: answer so many questions, then press HOW
	how=$1
	name=$2
	shift 2
	walk
	says "$LISTS"
	for word in "$@"; do
		case $word in
		lists) answer 1; says "+query=" ;;
		query) answer y; says "hooks/post-new" ;;
		hook) answer y; says "neomuttrc" ;;
		client) answer y; says "Make these files?" ;;
		esac
	done
	state asked
	c_keys "$how"
	c_ends "$how ends it: $name"
	state stopped
	t_same "  what was not agreed to is not there" asked stopped
	"$ND" setup --remove 2>/dev/null
	state back
	t_same "  and what was goes again" untouched back
}
stop C-c "at the lists"
stop C-c "at the setting" lists
stop C-c "at the hook" lists query
stop C-c "at the client" lists query hook
[ ! -d /run/systemd/system ] || stop C-c "at the timer" lists query hook client
walk
says "$LISTS"
c_keys C-d
says "Done."
c_ends "^D is no answer, to any question"
state eof
t_same "  nothing is made" untouched eof

# ---- what the user has set themselves
cp config config.kept
notmuch config set digest.query tag:mine
walk
says "It is set: tag:mine"
c_keys C-c
c_ends "a query of the user's is not asked about"
t_exit 0 "$ND" setup --remove
t_equal "  nor removed" tag:mine "$(notmuch config get digest.query)"
cp config.kept config

# ---- what notmuch puts behind our lines
walk
says "$LISTS"
answer all
says "+query="
answer y
says "hooks/post-new"
c_keys C-c
c_ends "(a setting is made)"
notmuch config set digest.engine extract
notmuch config set digest.lang zh_CN
t_exit 0 "$ND" setup --remove
t_equal "other settings of the user's stay where they are read" "extract zh_CN" \
	"$(notmuch config get digest.engine) $(notmuch config get digest.lang)"
t_equal "  the query is gone" "" "$(notmuch config get digest.query)"
cp config.kept config

# ---- two lists, and one that no address finds
mkdir -p mail/other/cur mail/other/new mail/other/tmp
for n in 1 2 3 4; do
	for list in me token; do
		to=me
		[ $list = me ] || to=x$n
		printf '%s\n' "From: Ann <ann@example.net>" \
			"To: $to@example.net" "Subject: $list $n" \
			"Date: Thu, 02 Apr 2026 10:00:0$n +0000" \
			"List-Id: \"$list\" <$list.example.net>" \
			"Message-ID: <$list$n@example.net>" "" "Text." \
			>"mail/other/cur/$list$n:2,"
	done
done
notmuch new --quiet
walk
says "$LISTS"
says "2  to:me@example.net"
t_unlike "a list without an address is not offered" 'token' screen
answer "2, 1"
says "+lists=linux-fabric;me-list"
answer y
says "hooks/post-new"
c_keys C-c
c_ends "(two lists)"
t_equal "both are in digest.query" \
	"to:linux-fabric@lists.example.org or to:me@example.net" \
	"$(notmuch config get digest.query)"
t_exit 0 "$ND" status
t_like "the settings are good: a reserved name is not used" \
	'digest\.list\.me-list=to:me@example\.net' out
t_exit 0 "$ND" report --now="$T_NOW" --list=me-list --format=json
t_like "  and a report of one of them" '"threads":4' out
t_exit 0 "$ND" setup --remove
t_same "both are gone" config.kept config

# ---- beside a mail sync
touch mail/sample/.mbsyncstate
walk
says "$LISTS"
answer 1
says "A mail sync may upload the digests: there is '$T_DIR/mail/sample/.mbsyncstate'"
says "Patterns * !digest"
answer y
says "+folder=digest"
answer y
says "hooks/post-new"
c_keys C-c
c_ends "(beside a sync)"
t_exit 0 "$ND" update --now="$T_NOW"
t_exit 0 "$ND" clean --yes
t_exit 0 "$ND" setup --remove
walk
says "$LISTS"
answer 1
says "Is it excluded"
answer n
says "Until then 'notmuch-digest update' writes nothing"
says "+query="
t_unlike "who says no has the folder not named" '[+]folder' screen
answer y
says "hooks/post-new"
c_keys C-c
c_ends "(and it is not excluded)"
t_exit 78 "$ND" update --now="$T_NOW"
t_exit 0 "$ND" setup --remove
rm mail/sample/.mbsyncstate
t_same "all is as it was" config.kept config

# ---- with an index of List-Id
notmuch config set index.header.List List-Id
notmuch reindex '*'
walk
says "List:token.example.net"
answer 3
says "+query=List:token.example.net"
answer y
says "hooks/post-new"
c_keys C-c
c_ends "(by the index)"
t_exit 0 "$ND" report --now="$T_NOW" --since=2026-04-01 --format=json \
	"$(notmuch config get digest.query)"
t_like "the index of List-Id is used where there is one" \
	'"messages":4,"threads":4' out
t_exit 0 "$ND" setup --remove

# ---- a file that must be left alone does not end it
mkdir -p mail/.notmuch/hooks
printf '#!/usr/bin/perl\n1;\n' >mail/.notmuch/hooks/post-new
walk
says "$LISTS"
c_keys Enter
says "is not a shell script: it was left alone"
says "keys for digests in neomutt"
c_keys C-c
c_ends "(a hook in Perl)"
rm -r mail/.notmuch/hooks

# ---- no notmuch at all
mv config config.away
t_exit 78 script -qec "$ND setup" /dev/null
t_like "without a configuration the remedy is told" "run 'notmuch setup'" out
mv config.away config
t_done
