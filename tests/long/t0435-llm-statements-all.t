#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# All statements about real threads, true and false: see tests/llm/statements.py.
need()
{
	if [ -n "${REQUIRE_ALL:-}" ]; then echo "not ok 1 - $1"; else
		echo "1..0 # SKIP $1"; fi
	exit
}
command -v python3 >/dev/null || need "python3 is not installed"
src=${ND_SRC:-$(cd "$(dirname "$0")/../.." && pwd)}
shared=${SHARED:-$src/../shared}
[ -d "$shared/corpus" ] || need "no real mail in $shared (set SHARED)"
exec python3 "$src/tests/llm/statements.py" "$shared"
