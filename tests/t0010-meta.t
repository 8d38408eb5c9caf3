#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the program says of itself; the manual is compared in t0152-manual.t,
# completion in t0154-completion.t.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"

t_exit 0 "$ND" --version
t_like "--version is that of VERSION" \
	"^notmuch-digest $(sed 's/\./\\./g' "$T_SRC/VERSION")( \(.*\))?\$" out
t_equal "and of the Debian package" "$(cat "$T_SRC/VERSION")" \
	"$(sed -n '1s/.*(\(.*\)).*/\1/p' "$T_SRC/debian/changelog")"
n='[0-9]+\.[0-9]+\.[0-9]+'
t_like "and says which libraries read mail, feeds and repositories" \
	"^libnotmuch $n, GMime $n, libcurl $n, libgit2 $n\$" out
mkdir broken
for lib in libcurl.so.4 libcurl-gnutls.so.4 \
	"$(strings -n 12 "$ND" | grep -m1 '^libgit2\.so\.')"; do
	: >"broken/$lib"
done
t_exit 0 env LD_LIBRARY_PATH="$T_DIR/broken" "$ND" --version
t_like "  and when they cannot be loaded" \
	"libcurl $n \(missing\), libgit2 $n \(missing\)\$" out
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
	t_unlike "  and none of its lines ends in a blank" ' $' out
done <commands

t_done
