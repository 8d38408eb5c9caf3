#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A block of the database that somebody is writing looks damaged to a reader for a
# moment: that passes. What stays is damage, and told.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"

s_mailbox
# shellcheck disable=SC2046
${CC:-cc} -shared -fPIC -O1 "$T_SRC/tests/beside/torn.c" -o torn.so -ldl 2>cc.err ||
	t_skip_all "no C compiler: $(tail -1 cc.err)"
first=''
case $ND in
*build-san*) # AddressSanitizer wants to be the first that is loaded.
	first=$(ldd "$ND" | sed -n 's/.*=> \(.*libasan[^ ]*\).*/\1:/p')
	;;
esac
torn() { # torn TIMES ARGUMENTS...
	times=$1
	shift
	env TORN="$times" LD_PRELOAD="$first$T_DIR/torn.so" "$ND" "$@"
}

t_exit 0 torn 1 report --now="$T_NOW" --since=2020-01-01 '*'
t_like "it is read when it is written" 'How does the ring wrap' out
t_exit 0 torn 2 update --now="$T_NOW"
t_exit 1 torn 99 report --now="$T_NOW" '*'
t_like "what stays is damage" 'Expected block 12' err
t_like "and what helps is told" 'the database is damaged' err
t_done
