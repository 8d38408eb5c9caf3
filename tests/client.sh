# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# client.sh - sourced behind lib.sh: a mail client on a terminal of 100x30
#
#	c_start neomutt            # in a private tmux, in $T_DIR
#	c_wait "a text"            # until it is on the screen, else the test fails
#	c_keys , d                 # as tmux send-keys names them
#	c_type "a text"            # as it is
#	c_screen neomutt-show      # for documents: $T_SCREENS/neomutt-show.txt
#	c_ends "a test that the client ends by itself"
#	c_end
#
# Nothing sleeps for luck: a key is pressed when what it is for can be seen.

C_WAIT=${C_WAIT:-20} # seconds until a text that does not come is a failure
export TERM=xterm-256color TMUX_TMPDIR="$T_DIR"
unset TMUX TMUX_PANE EDITOR VISUAL EMAIL REPLYTO 2>/dev/null || :
trap 'c_end; chmod -R u+rwX "$T_DIR"; rm -rf "$T_DIR"' EXIT

c_need() { # c_need PROGRAM: and a terminal for it
	t_need "$1"
	t_need tmux
}

# A server that has just ended may not be followed by one of its name.
C_SERVER=0
c_tmux() { tmux -L "nd$C_SERVER" -f /dev/null "$@" 2>/dev/null; }
c_end() { c_tmux kill-server || :; }

c_start() { # c_start COMMAND (one word, for sh)
	c_end
	C_SERVER=$((C_SERVER + 1))
	c_tmux new-session -d -x 100 -y 30 "$1" \; set -g remain-on-exit on \; \
		set -g history-limit 5000 \; set -sg escape-time 10
	C_WHAT=${1%% *}
}

c_keys() { c_tmux send-keys "$@"; }
c_type() { c_tmux send-keys -l -- "$1"; }

# The screen as text, in the file `screen`.
c_look() { c_tmux capture-pane -p >screen || : >screen; }

# c_until COMMAND...: look until it succeeds; 1 when time is over.
c_until() {
	c_end_s=$(($(date +%s) + C_WAIT))
	while :; do
		c_look
		"$@" && return 0
		[ "$(date +%s)" -lt "$c_end_s" ] || return 1
		sleep 0.1
	done
}

c_has() { grep -qF -- "$1" screen; }
c_has_not() { ! grep -qF -- "$1" screen; }

# c_see NAME TEXT: a test that TEXT comes to the screen.
c_see() {
	c_until c_has "$2"
	c_got=$?
	t_result $c_got "$1"
	[ $c_got -eq 0 ] || { echo "# not on the screen: $2" >&2; t_note screen; }
	return $c_got
}

# c_gone NAME TEXT: a test that it leaves the screen.
c_gone() {
	c_until c_has_not "$2"
	c_got=$?
	t_result $c_got "$1"
	[ $c_got -eq 0 ] || { echo "# still on the screen: $2" >&2; t_note screen; }
	return $c_got
}

# c_wait TEXT: the same, where it is no matter of the test's, but its condition.
c_wait() {
	c_until c_has "$1" && return 0
	t_result 1 "$C_WHAT shows: $1"
	t_note screen
	return 1
}

# c_ends NAME: a test that the client ends.
c_ended() { [ "$(c_tmux list-panes -F '#{pane_dead}')" = 1 ]; }
c_ends() {
	c_until c_ended
	t_result $? "$1"
}

# c_screen NAME: what is on the screen now, for documents. $T_SCREENS names the
# directory; without it nothing is written.
c_screen() {
	c_look
	[ -z "${T_SCREENS:-}" ] || {
		mkdir -p "$T_SCREENS"
		sed 's/[[:space:]]*$//' screen >"$T_SCREENS/$1.txt"
	}
}
