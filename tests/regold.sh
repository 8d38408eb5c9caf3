#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# regold.sh - make the golden reports again; shows each difference and asks
#
# With REGOLD=yes it takes all of them without asking.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_mailbox sample
mkdir -p "$T_SRC/tests/golden"

grep '^t_golden ' "$T_SRC/tests/t0100-report.t" |
	while read -r _ file options; do
		# shellcheck disable=SC2086
		"$ND" report --now="$T_NOW" --quiet $options </dev/null |
			sed 's/"thread_id": *"[0-9a-f]*"/"thread_id":"T"/' >new
		old=$T_SRC/tests/golden/$file
		cmp -s new "$old" && continue
		if [ "${REGOLD:-}" != yes ]; then
			diff -u "$old" new
			printf 'take %s? [y/N] ' "$file" >/dev/tty
			read -r answer </dev/tty
			[ "$answer" = y ] || continue
		fi
		cp new "$old" && echo "$file"
	done

# What the pages show of it.
for page in README.md doc/tour.md; do
	ND_BIN="$ND" "$T_SRC/tests/captures.sh" <"$T_SRC/$page" >new
	cmp -s new "$T_SRC/$page" && continue
	if [ "${REGOLD:-}" != yes ]; then
		diff -u "$T_SRC/$page" new
		printf 'take %s? [y/N] ' "$page" >/dev/tty
		read -r answer </dev/tty
		[ "$answer" = y ] || continue
	fi
	cat new >"$T_SRC/$page" && echo "$page"
done
