#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What README.md and doc/tour.md show is what the program prints.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"

for page in README.md doc/tour.md; do
	t_exit 0 sh -c "'$T_SRC/tests/captures.sh' <'$T_SRC/$page'"
	t_same "$page shows what is printed (else: make regold)" "$T_SRC/$page" out
	t_true "  it shows something" grep -q '^<!-- run ' "$T_SRC/$page"
	t_unlike "  without what no page should have" \
		"$(printf '[\001-\010\013-\037\177]')" out
	sed -n 's/.*\(src\|srcset\)="\([^"]*\)".*/\2/p; s/^!\[.*](\(.*\))$/\1/p' out >pictures
	t_true "  it has pictures" test -s pictures
	while read -r picture; do
		t_equal "  $picture is one" "$(printf '\211PNG')" \
			"$(head -c 4 "$(dirname "$T_SRC/$page")/$picture")"
	done <pictures
done
t_done
