#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Statements about real threads, true and false: see tests/llm/statements.py. Those that
# were held back while the checks were written; all of them: tests/long.
need()
{
	if [ -n "${REQUIRE_ALL:-}" ]; then echo "not ok 1 - $1"; else
		echo "1..0 # SKIP $1"; fi
	exit
}
command -v python3 >/dev/null || need "python3 is not installed"
shared=${SHARED:-$(dirname "$0")/../../shared}
[ -d "$shared/corpus" ] || need "no real mail in $shared (set SHARED)"
exec python3 "$(dirname "$0")/llm/statements.py" --half=held "$shared"
