#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the program says of itself; the manual is compared in t0152-manual.t.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"

t_exit 0 "$ND" --version
t_like "--version names the program" '^notmuch-digest [0-9a-f]' out
t_exit 0 "$ND" --help
sed -n 's/^  \([a-z][a-z-]*\)  *.*/\1/p' out >commands
t_true "--help lists commands" test -s commands
t_like "--help lists the options of report" '^      --since=TIME ' out
t_like "  with their letters" '^  -o, --output=FILE ' out
t_exit 0 "$ND" version
t_like "version is --version" '^notmuch-digest [0-9a-f]' out
t_exit 0 "$ND" update --help
cp out help
t_exit 0 "$ND" help update
t_same "help COMMAND is COMMAND --help" help out
while read -r cmd; do
	t_exit 0 "$ND" "$cmd" --help
	"$ND" "$cmd" -h >short 2>err
	t_same "-h is --help for $cmd" out short
done <commands

if command -v bash >/dev/null; then
	cat >complete.sh <<-EOS
		PATH=$(dirname "$ND"):\$PATH
		. "$T_SRC/contrib/completion/notmuch-digest.bash"
		COMP_WORDS=(notmuch-digest "\$1" "\$2") COMP_CWORD=\$3
		_notmuch_digest && printf '%s\n' "\${COMPREPLY[@]}"
	EOS
	bash complete.sh "" "" 1 >completed
	t_like "commands are completed" '^report$' completed
	while read -r cmd; do
		bash complete.sh "$cmd" -- 2 | sed 's/=$//' | sort >completed
		"$ND" "$cmd" --help |
			sed -n 's/^  .\{4\}\(--[^ =]*\).*/\1/p' |
			sort >options
		t_same "options of $cmd are completed" options completed
	done <commands
fi
t_done
