#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Whoever reads what we print may stop: we end as SIGPIPE ends a program.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_mailbox sample
notmuch config set digest.query '*'
notmuch config set digest.since 10year
MAIL=$(find mail/sample/cur -name 'ring-v2-00-cover:*')

# pipe_ends NAME COMMAND...: its reader is gone before it prints.
pipe_ends() {
	name=$1
	shift
	rm -f gone status
	mkfifo gone
	(
		while [ ! -e closed ]; do sleep 0.02; done
		"$@" 2>err <"$MAIL"
		echo $? >status
	) >gone &
	: <gone
	: >closed
	wait
	rm closed
	t_equal "SIGPIPE ends $name" 141 "$(cat status)"
	t_equal "  silently" "" "$(cat err)"
}
ignoring() (
	trap '' PIPE
	exec "$@"
)
pipe_ends "report" "$ND" report --now="$T_NOW" --since=10year
pipe_ends "report where SIGPIPE was ignored" \
	ignoring "$ND" report --now="$T_NOW" --since=10year
pipe_ends "report as JSON" "$ND" --format=json --now="$T_NOW" --since=10year
pipe_ends "show" "$ND" show --stdin --now="$T_NOW"
pipe_ends "series" "$ND" series --now="$T_NOW" --since=10year
pipe_ends "status" "$ND" status
pipe_ends "--help" "$ND" --help
pipe_ends "help of a command" "$ND" update --help
pipe_ends "--version" "$ND" --version
pipe_ends "a plan" "$ND" update --dry-run --now="$T_NOW"
pipe_ends "the lines of a hook" "$ND" setup hook

# ---- no stdout at all is an error
"$ND" status 2>err >&-
t_equal "a closed stdout is exit 74" 74 $?
t_like "  and says so" 'cannot write to stdout' err
"$ND" report --now="$T_NOW" --since=10year 2>err >&-
t_equal "a closed stdout is exit 74 for report, too" 74 $?

# ---- a pager that is left before the end
if command -v script >/dev/null; then
	printf '#!/bin/sh\nexec 0<&-\nexit 0\n' >pager
	chmod +x pager
	t_exit 0 env TERM=dumb PAGER="$PWD/pager" script -qec \
		"'$ND' report --now=$T_NOW --since=10year --mails=all" /dev/null
	t_equal "a pager that ends early is no reason to talk" "" \
		"$(tr -d '\r' <out)"
fi
t_done
