#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# screens.sh - fill doc/clients.md: key tables and what clients show
#
#	screens.sh DIRECTORY <doc/clients.md >new
#
# Between "<!-- keys CLIENT -->" and "<!-- end -->" stands the table of keys of
# contrib/CLIENT/README.md, between "<!-- screen NAME -->" and "<!-- end -->"
# what a test has seen: DIRECTORY/NAME.txt, which c_screen (client.sh) wrote.
# What is not there in DIRECTORY stays as it is.

set -eu
src=$(cd "$(dirname "$0")/.." && pwd)

keys() {
	sed -n '/^| key /,/^$/p' "$src/contrib/$1/README.md" | sed '/^$/d'
}

# Without what is different each time: names with process ids.
screen() {
	printf '```\n'
	sed 's/[[:space:]]*$//; s/\(thread\.\)[0-9][0-9]*/\1PID/' "$1" |
		cat -s | sed '${/^$/d;}'
	printf '```\n'
}

while IFS= read -r line; do
	case $line in
	'<!-- keys '*' -->' | '<!-- screen '*' -->')
		printf '%s\n' "$line"
		what=${line#'<!-- '}
		name=${what#* }
		name=${name%' -->'}
		case $what in
		keys*) keys "$name" && kept=no ;;
		*) if [ -s "$1/$name.txt" ]; then
			screen "$1/$name.txt"
			kept=no
		else
			kept=yes
		fi ;;
		esac
		while IFS= read -r line && [ "$line" != '<!-- end -->' ]; do
			[ $kept = no ] || printf '%s\n' "$line"
		done
		;;
	esac
	printf '%s\n' "$line"
done
