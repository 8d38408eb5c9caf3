#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The engine 'llm' against llama.cpp's own server: see tests/llm/llama.py. `make
# llama` fetches and builds it; the test itself stays on loopback.
src=${ND_SRC:-$(cd "$(dirname "$0")/../.." && pwd)}
server=$src/build/llama/llama-server
for what in "python3 --version" "$server --version"; do
	$what >/dev/null 2>&1 && continue
	if [ -n "${REQUIRE_ALL:-}" ]; then echo "not ok 1 - failed: $what"; else
		echo "1..0 # SKIP failed: $what (see make llama)"; fi
	exit
done
exec python3 "$src/tests/llm/llama.py" "$server"
