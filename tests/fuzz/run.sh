#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run.sh TARGET [OPTION...] - libFuzzer on one target (make fuzz)
#
# New inputs go to build-fuzz/corpus/TARGET; it begins with those in
# tests/corpora/fuzz/TARGET and, where they are, in build-fuzz/seeds/TARGET.
#
# Not the entropic schedule: for each new input it counts all features of all inputs
# again, which took four fifths of the time of a target that reaches much.

set -eu
target=$1
shift
own=build-fuzz/corpus/$target
mkdir -p "$own"
set -- "$@" "$own"
for dir in "tests/corpora/fuzz/$target" "build-fuzz/seeds/$target"; do
	[ ! -d "$dir" ] || set -- "$@" "$dir"
done
FUZZ_TARGET=$target UBSAN_OPTIONS=halt_on_error=1 exec build-fuzz/fuzz \
	-artifact_prefix="build-fuzz/$target-" -timeout=20 -rss_limit_mb=2048 \
	-entropic=0 \
	-max_len="$(sed -n "s/^	{\"$target\", \([0-9]*\),.*/\1/p" tests/fuzz/fuzz.c)" \
	-dict=tests/fuzz/words.dict -print_final_stats=1 "$@"
