#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# valgrind.sh - the sample's report under memcheck: no error, no lost block
#
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need valgrind
t_mailbox sample

# Memcheck does not know Landlock, and says so each time: --no-sandbox.
# GLib's slices would hide leaks of GMime's objects.
export G_SLICE=always-malloc
# Its own system calls would be held to the cage's filter (cage/filter.h).
for format in markdown json text atom mbox; do
	t_exit 0 valgrind --quiet --error-exitcode=99 --leak-check=full \
		--errors-for-leak-kinds=definite --show-leak-kinds=definite \
		"$ND" report --no-sandbox --now="$T_NOW" --format=$format --lang=zh_CN \
		--jobs=2
done
t_exit 0 valgrind --quiet --error-exitcode=99 --leak-check=full \
	--errors-for-leak-kinds=definite --show-leak-kinds=definite \
	"$ND" show --no-sandbox --all --now="$T_NOW" subject:fabric
t_done
