#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `setup timer`: units of systemd and a line of cron that deliver reports.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
UNITS=$HOME/.config/systemd/user
config=$NOTMUCH_CONFIG
unset NOTMUCH_CONFIG # the first part needs no database
tree() { find home -printf '%P %y %m %l\n' | LC_ALL=C sort; }
fresh() { rm -rf home && mkdir home; }
verify() { # verify NAME: systemd takes the units of $UNITS
	if command -v systemd-analyze >/dev/null; then
		t_true "$1" env XDG_RUNTIME_DIR="$T_DIR" \
			systemd-analyze --user verify --man=no \
			"$UNITS/notmuch-digest.service" "$UNITS/notmuch-digest.timer"
		t_unlike "  without a warning" 'notmuch-digest\.(timer|service):' true.out
	else
		t_true "$1 # SKIP systemd-analyze is not installed" test -z "${REQUIRE_ALL:-}"
	fi
}
# The words of ExecStart, as systemd takes them.
exec_start() {
	sed -n 's/^ExecStart=//p' "$UNITS/notmuch-digest.service" |
		sed 's/^"//; s/"  *report/ report/; s/%%/%/g; s/\\\(["\\]\)/\1/g'
}

# ---- printed
fresh
t_exit 0 "$ND" setup timer
t_like "the timer is printed" '^OnCalendar=Mon ' out
t_like "  with its place" "^# for $UNITS/notmuch-digest.timer" out
t_like "  a machine that was off catches up" '^Persistent=true$' out
t_like "the service" '^ExecStart=".*/notmuch-digest" report --deliver' out
t_like "the line for cron" "^0 6 \* \* 1 .*'[^ ]*/notmuch-digest' report --deliver" out
t_equal "  nothing is written" 1 "$(find home | wc -l)"

# ---- put in place, and taken away
t_exit 0 "$ND" setup timer --install
t_equal "what was written is named" 3 "$(wc -l <out)"
while read -r file; do
	t_true "  $(basename "$file") is there" test -s "$file"
done <out
t_like "where systemd does not run: the line for cron; else how to begin" \
	'0 6 \* \* 1 |systemctl --user start notmuch-digest.timer' err
t_equal "the timer is wanted, as systemctl enable would" \
	"$UNITS/notmuch-digest.timer" "$(readlink "$UNITS/timers.target.wants/notmuch-digest.timer")"
t_equal "the program has its whole path" "$(readlink -f "$ND")" \
	"$(exec_start | sed 's/ report.*//')"
verify "systemd takes the units"
tree >before
t_exit 0 "$ND" setup timer --install
tree >after
t_same "again: nothing changes" before after
t_exit 0 "$ND" setup timer --remove
t_equal "no trace is left" 1 "$(find home | wc -l)"
t_exit 0 "$ND" setup timer --remove
fresh
mkdir -p "$UNITS/timers.target.wants"
echo theirs >"$UNITS/timers.target.wants/other.timer"
tree >before
t_exit 0 "$ND" setup timer --install
t_exit 0 "$ND" setup timer --remove
tree >after
t_same "what was there before is there" before after
export XDG_CONFIG_HOME="$T_DIR/home/conf"
t_exit 0 "$ND" setup timer --install
t_true "XDG_CONFIG_HOME is the place" test -s home/conf/systemd/user/notmuch-digest.timer
t_like "  and the service has it" '^Environment="XDG_CONFIG_HOME=.*/home/conf"$' \
	home/conf/systemd/user/notmuch-digest.service
unset XDG_CONFIG_HOME

# ---- what the user or somebody else has there
fresh
mkdir -p "$UNITS"
echo '[Timer]' >"$UNITS/notmuch-digest.timer"
tree >before
for how in --install --remove; do
	t_exit 78 "$ND" setup timer $how
	t_like "a unit of somebody else's is named" 'notmuch-digest.timer. is not of' err
	tree >after
	t_same "  and nothing is done" before after
done
t_exit 0 "$ND" setup timer
fresh
mkdir -p "$UNITS/timers.target.wants"
ln -s /dev/null "$UNITS/notmuch-digest.service"
t_exit 78 "$ND" setup timer --install
t_equal "a masked unit stays masked" /dev/null "$(readlink "$UNITS/notmuch-digest.service")"
rm "$UNITS/notmuch-digest.service"
echo x >"$UNITS/timers.target.wants/notmuch-digest.timer"
t_exit 78 "$ND" setup timer --install
t_equal "nothing is half done" 1 "$(find "$UNITS" -type f | wc -l)"
fresh
t_exit 0 "$ND" setup timer --install
printf '\n[Timer]\nOnCalendar=Fri 17:00\n' >>"$UNITS/notmuch-digest.timer"
t_exit 0 "$ND" setup timer --install
t_like "what the user has added stays" '^OnCalendar=Fri' "$UNITS/notmuch-digest.timer"
verify "  and systemd takes it"
t_exit 0 "$ND" setup timer --remove
printf '\n[Timer]\nOnCalendar=Fri 17:00\n' >want
t_same "  also when ours goes" want "$UNITS/notmuch-digest.timer"
fresh
t_exit 0 "$ND" setup timer --install
sed -i '/>>>/d' "$UNITS/notmuch-digest.service"
sed -i '1d' "$UNITS/notmuch-digest.service"
cp "$UNITS/notmuch-digest.service" before
t_exit 78 "$ND" setup timer --remove
t_same "half a mark is nothing to guess about" before "$UNITS/notmuch-digest.service"

# ---- another configuration
fresh
strange=$(printf 'a 5%% \042b\047s$c')
mkdir "$strange"
export NOTMUCH_CONFIG="$config"
t_mailbox sample
NOTMUCH_CONFIG="$T_DIR/$strange/config"
export NOTMUCH_CONFIG NOTMUCH_PROFILE=work
cp "$config" "$NOTMUCH_CONFIG"
t_exit 0 "$ND" setup timer --install
verify "paths with all sorts of characters: systemd takes them"
# What the manager would give to the program.
sed -n 's/^Environment="\(NOTMUCH_CONFIG=.*\)"$/\1/p' "$UNITS/notmuch-digest.service" |
	sed 's/%%/%/g; s/\\\(["\\]\)/\1/g' >got
printf 'NOTMUCH_CONFIG=%s\n' "$NOTMUCH_CONFIG" >want
t_same "NOTMUCH_CONFIG is that of now" want got
t_like "NOTMUCH_PROFILE, too" '^Environment="NOTMUCH_PROFILE=work"$' \
	"$UNITS/notmuch-digest.service"
"$ND" setup timer >out
# As cron does: a % ends the command, unless a backslash is before it.
sed -n 's/^0 6 \* \* 1 //p' out | sed 's/\\%/%/g; s/ report .*/ status/' >cron.sh
t_equal "cron's line has no bare %" '' \
	"$(sed -n 's/^0 6 \* \* 1 //p' out | sed 's/\\%//g' | tr -cd %)"
(unset NOTMUCH_CONFIG NOTMUCH_PROFILE && t_exit 0 sh cron.sh) >sub
t_true "  sh runs it, and it finds the mailbox" grep -q '^ok' sub
(cd "$strange" && NOTMUCH_CONFIG=config "$ND" setup timer --install) >/dev/null 2>&1
sed -n 's/^Environment="\(NOTMUCH_CONFIG=.*\)"$/\1/p' "$UNITS/notmuch-digest.service" |
	sed 's/%%/%/g; s/\\\(["\\]\)/\1/g' >got
t_same "a path that is not whole is made so" want got
t_exit 78 env NOTMUCH_CONFIG="$T_DIR/a
b" "$ND" setup timer --install
t_like "a line end is refused" 'NOTMUCH_CONFIG has control characters' err

# ---- what it runs, and clean
export NOTMUCH_CONFIG="$config"
unset NOTMUCH_PROFILE
t_exit 0 "$ND" setup timer --install
t_exit 0 sh -c "$(sed -n 's/^ExecStart=//p' "$UNITS/notmuch-digest.service")"
t_equal "what the service runs delivers a report" 1 "$(notmuch count tag:digest/report)"
t_equal "  without a word" 0 "$(cat out err | wc -c)"
t_exit 0 "$ND" clean --yes
t_like "clean names what delivers reports" 'notmuch-digest.timer. delivers a report each week' err
t_like "  and how to take it away" 'setup timer --remove' err
t_exit 0 "$ND" setup timer --remove
t_exit 0 "$ND" clean --yes
t_unlike "without it, no word of it" 'notmuch-digest.timer' err
t_done
