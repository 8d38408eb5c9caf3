#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# How the program is linked: at any address, with tables that nobody writes to.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need readelf

readelf -hW "$ND" >header
readelf -lW "$ND" >segments
readelf -dW "$ND" >dynamic
t_like "it runs at any address" 'Type: +DYN' header
t_like "and says so itself" 'FLAGS_1.* PIE' dynamic
t_like "all functions are found at its start" 'FLAGS_1.* NOW' dynamic
t_like "so that their table is read-only then" '^ +GNU_RELRO ' segments
t_like "the stack is no code" '^ +GNU_STACK .* RW +0x' segments
t_unlike "no segment is written to and run" '^ +LOAD .* RWE ' segments
t_unlike "no code is relocated" 'TEXTREL' dynamic
t_unlike "no library is looked for beside it" 'R(UN)?PATH' dynamic

# The user's own flags come last.
env MAKEFLAGS= make -C "$T_SRC" -n -B LDFLAGS=-Wl,-z,lazy \
	"$(basename "${ND_BUILD:-build}")/bin/notmuch-digest" 2>/dev/null |
	grep -e '-z,lazy' >linking
t_like "LDFLAGS have the last word" '-z,now.* -Wl,-z,lazy ' linking
t_done
