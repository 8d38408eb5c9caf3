#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every parser, with what fuzzing has found so far and as many changes of it as a
# slow machine makes in a minute; the same ones each time. tests/fuzz/ says how.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
FUZZ="$ND_BUILD/tests/fuzz"
CORPORA="$T_SRC/tests/corpora/fuzz"

# changes TARGET: how many, by what one costs.
changes() {
	case $1 in
	thread) echo 200 ;;
	acts | body | html | mime) echo 2000 ;;
	*) echo 4000 ;;
	esac
}

"$FUZZ" >targets
t_equal "each target has a corpus" "$(sort targets)" "$(ls "$CORPORA")"
while read -r target; do
	count=$(changes "$target")
	found=$(find "$CORPORA/$target" -type f | wc -l)
	"$FUZZ" "$target" "$count" "$CORPORA/$target"/* >out 2>err
	t_equal "$target: nothing breaks" \
		"$target: $((found + count)) inputs" "$(cat out)"
	[ ! -s err ] || head -5 err | t_note
	[ ! -e fuzz-input ] || mv fuzz-input "$target-input"
done <targets

# What is repeated takes as much longer as it is longer.
while read -r target; do
	find "$CORPORA/$target" -type f -size -3k | sort | head -3 >small
	# shellcheck disable=SC2046
	"$FUZZ" --grow "$target" $(cat small) >out 2>err
	t_equal "$target: time grows with the input" 0 $?
	[ "$(wc -l <out)" -eq 1 ] || t_note out
done <targets

# A target that does not notice would notice nothing.
t_exit 2 "$FUZZ" no-such-target 1 "$0"
t_done
