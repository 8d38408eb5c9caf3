#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The ceilings of util/limits.h: each has its unit and its reason, and a test at
# the ceiling and one past it that names it. Here, those that need a program;
# in tests/long, those that need very much to read.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need python3
LIMITS="$T_SRC/notmuch-digest/util/limits.h"

# What is not reached in a test, and why.
cat >untested <<'END'
ND_LIMIT_CAGE_CPU_S		a minute; tests/unit/cage/cage.c has a second
ND_LIMIT_CAGE_WAIT_S		ten minutes; tests/unit/cage/cage.c has a second
ND_LIMIT_CANDIDATES		5,000 series by one author
ND_LIMIT_DISK_FULL_BYTES	a mounted disk: tests/long/t0290-disk.t
ND_LIMIT_HITS			50,000 mails
END
sed -n 's/^#define \(ND_LIMIT_[A-Z_]*\).*/\1/p' "$LIMITS" | sort >names
while read -r name; do
	grep -rqw "$name" "$T_SRC/tests/unit" "$T_SRC/tests/t0400-llm.t" ||
		grep -q "^# $name:" "$T_SRC/tests/t0371-ceilings.t" \
			"$T_SRC/tests/long/t0371-ceilings.t" ||
		echo "$name"
done <names >without
cut -f1 untested >known
t_same "each ceiling is named in a test, or said why not" known without
awk '/^#define ND_LIMIT_/ && !/_(BYTES|S|LINES|DEPTH|PARTS|WORDS|NODES|RULES|STEPS|FIELDS|MARKS)[ \t]/ &&
	!/\/\*/ { print $2 }' "$LIMITS" >bare
t_equal "each without a unit in its name says what it counts" "" "$(cat bare)"

# ND_LIMIT_STDIN_BYTES: of a mail that is longer the start is enough.
t_mailbox sample
id=$(notmuch search --output=messages --limit=1 '*')
t_exit 0 "$ND" show --now="$T_NOW" "$id"
mv out want
for bytes in 33554432 33554433 70000000; do
	{ printf 'Message-ID: <%s>\n\n' "${id#id:}"; yes; } | head -c $bytes |
		"$ND" show --stdin --now="$T_NOW" >out 2>err
	t_same "a mail of $bytes bytes on stdin" want out
done

# ND_LIMIT_REPLY_HEADER_BYTES: the header of a server's answer
python3 "$T_SRC/tests/serve.py" "$T_SRC/tests/corpora/hostile/commits.atom" port &
server=$!
trap 'kill $server 2>/dev/null; chmod -R u+rwX "$T_DIR"; rm -rf "$T_DIR"' EXIT
t_wait port
url=http://127.0.0.1:$(cat port)
t_exit 0 "$ND" commits --dry-run --allow-insecure-http "$url/header/262144"
t_exit 65 "$ND" commits --dry-run --allow-insecure-http "$url/header/262145"
t_like "  which says why" "header is over 262144 bytes" err
t_done
