#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion in bash, zsh and fish, of notmuch-digest and of "notmuch digest".
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/client.sh
. "$T_SRC/tests/client.sh"
c_need bash
c_need zsh
c_need fish
t_mailbox sample
notmuch config set digest.lists 'fabric;storage'
notmuch config set digest.list.fabric to:linux-fabric@lists.example.org
notmuch config set digest.list.storage to:linux-storage@lists.example.org
notmuch config set query.mine from:nora
notmuch tag +zebra/1 +'two words' '*'
mkdir bin lists.d
ln -s "$ND" bin/notmuch-digest
PATH=$T_DIR/bin:$PATH
: >mbox-file

# What the program offers for the last word: words only.
offered() {
	"$ND" --complete "$@" >offer 2>err
	t_true "nothing goes wrong: $*" test ! -s err
	cut -f1 offer | sort >words
}

# ---- what the program knows ----

"$ND" --help | sed -n 's/^  \([a-z][a-z-]*\)  *.*/\1/p' | sort >commands
offered ''
comm -23 commands words >missing
t_same "every command" /dev/null missing
offered help ''
t_same "every command behind help" commands words
t_like "and what it is" "^clean	remove digests" offer
while read -r cmd; do
	"$ND" "$cmd" --help | sed -n 's/^  .\{4\}\(--[^ =]*=\{0,1\}\).*/\1/p' |
		sort >options
	offered "$cmd" --
	t_same "every option of $cmd" options words
	"$ND" "$cmd" --help | sed -n 's/^.*--\([a-z-]*\)=\([a-z0-9|-]*|[^ ]*\).*/\1 \2/p' |
		while read -r option values; do
			"$ND" --complete "$cmd" "--$option=" | sort >words
			echo "$values" | tr '|' '\n' | sed "s/^/--$option=/" |
				sort | diff - words
			"$ND" --complete "$cmd" "--$option" '' | sort >words
			echo "$values" | tr '|' '\n' | sort | diff - words
		done >missing
	t_same "every choice of them" /dev/null missing
done <commands
offered -
t_like "without a command: the options of report" '^--deliver' offer
t_like "and the program's own" '^--version' offer
offered setup ''
"$ND" help setup | sed -n 's/^usage:.*\[\(.*|.*\)\]$/\1/p' | tr '|' '\n' |
	sort >clients
t_true "setup has clients" test "$(wc -l <clients)" -gt 6
t_same "every client of setup" clients words
offered setup hook ''
t_true "and but one" test ! -s offer
printf '%s\n' --list=fabric --list=storage >wanted
offered report --list=
t_same "the names of digest.lists" wanted words
offered --list fabric --list s
t_equal "each time" storage "$(cat words)"
offered tag:ze
t_equal "tags" tag:zebra/1 "$(cat words)"
offered '-(is:ze'
t_true "no tag for an option" test ! -s words
offered show -- '-(is:ze'
t_equal "but behind --" '-(is:zebra/1' "$(cat words)"
offered show tag:two
t_true "no tag that wants quotes" test ! -s words
offered show --new=tag:zeb
t_equal "in the value of an option" --new=tag:zebra/1 "$(cat words)"
offered query:m
t_equal "saved queries" query:mine "$(cat words)"
offered --lang=
printf '%s\n' --lang=en --lang=zh_CN >wanted
t_same "languages" wanted words
offered --since=mon
t_equal "times" --since=monday "$(cat words)"
offered --to ''
t_equal "the user's address" nora@example.org "$(cat words)"
offered -o ''
t_equal "a file for a letter" :file "$(cat words)"
offered --output=a/b
t_equal "a file for a name" :file--output= "$(cat words)"
offered thread-dir ''
t_equal "a directory" :directory "$(cat words)"
offered thread-dir somewhere tag:ze
t_equal "and behind it a query" tag:zebra/1 "$(cat words)"
offered commits --git ''
t_equal "a repository" :directory "$(cat words)"
offered
mv config away
offered tag:
t_equal "without a database nothing but the term" tag: "$(cat words)"
offered --list=
t_true "and no list" test ! -s words
mv away config

# ---- shells ----

# pressed NAME TYPED SEEN: TYPED, the tab key and an X give SEEN.
pressed() {
	c_keys C-u
	c_keys C-l
	c_until c_has_not notmuch
	c_type "$2"
	c_wait "$2"
	c_keys Tab
	c_type X
	c_see "$shell: $1" "$3"
}

in_shell() {
	c_wait '%:'
	pressed "a command" 'notmuch-digest sho' 'notmuch-digest show X'
	pressed "an option with a value" 'notmuch-digest show --engi' \
		'show --engine=X'
	pressed "a choice" 'notmuch-digest show --format=js' \
		'show --format=json X'
	pressed "a choice by itself" 'notmuch-digest show --mails al' \
		'show --mails all X'
	pressed "a client" 'notmuch-digest setup em' 'setup emacs X'
	pressed "a tag" 'notmuch-digest show tag:zeb' 'show tag:zebra/1 X'
	pressed "a list" 'notmuch-digest --list=sto' ' --list=storage X'
	pressed "a file" 'notmuch-digest --output=mbox-' '--output=mbox-file X'
	pressed "a directory" 'notmuch-digest thread-dir list' \
		'thread-dir lists.d/X'
	pressed "notmuch digest" 'notmuch dige' 'notmuch digest X'
	pressed "a command behind it" 'notmuch digest sta' \
		'notmuch digest status X'
	pressed "a choice behind it" 'notmuch digest todo --format=q' \
		'notmuch digest todo --format=query X'
	pressed "a tag behind it" 'notmuch digest is:zeb' \
		'notmuch digest is:zebra/1 X'
	c_end
}

cat >bashrc <<EOS
PS1='%: '
. "$T_SRC/contrib/completion/notmuch-digest.bash"
EOS
shell=bash
c_start "bash --noprofile --rcfile $T_DIR/bashrc -i"
in_shell
if [ -r /usr/share/bash-completion/bash_completion ]; then
	cat >bashrc <<-EOS
		PS1='%: '
		. /usr/share/bash-completion/bash_completion
		. "$T_SRC/contrib/completion/notmuch-digest.bash"
	EOS
	shell="bash with bash-completion"
	c_start "bash --noprofile --rcfile $T_DIR/bashrc -i"
	in_shell
	c_start "bash --noprofile --rcfile $T_DIR/bashrc -i"
	c_wait '%:'
	pressed "notmuch's own commands" 'notmuch comp' 'notmuch compact X'
	pressed "and their options" 'notmuch search --outp' '--output=X'
	c_end
fi

mkdir zdot
cat >zdot/.zshrc <<EOS
PS1='%%: '
fpath=("$T_SRC/contrib/completion" \$fpath)
autoload -U compinit && compinit -u -d "$T_DIR/zcompdump"
EOS
shell=zsh
ZDOTDIR=$T_DIR/zdot
export ZDOTDIR
c_start "zsh -d"
in_shell
c_start "zsh -d"
c_wait '%:'
pressed "notmuch's own commands" 'notmuch comp' 'notmuch compact X'
pressed "and their options" 'notmuch search --outp' '--output=X'
c_end

mkdir -p "$HOME/.config/fish/completions"
cat >"$HOME/.config/fish/config.fish" <<EOS
set -g fish_greeting
set -g fish_autosuggestion_enabled 0
function fish_prompt; echo '%: '; end
source "$T_SRC/contrib/completion/notmuch-digest.fish"
EOS
shell=fish
c_start "fish"
in_shell
t_done
