#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The engine 'llm' through a gateway that others run: see tests/llm/gateway.py. `make
# gateway` fetches it; the test itself stays on loopback.
src=${ND_SRC:-$(cd "$(dirname "$0")/../.." && pwd)}
server=$src/build/gateway/node_modules/@portkey-ai/gateway/build/start-server.js
for what in "python3 --version" "node --version" "test -f $server"; do
	$what >/dev/null 2>&1 && continue
	if [ -n "${REQUIRE_ALL:-}" ]; then echo "not ok 1 - failed: $what"; else
		echo "1..0 # SKIP failed: $what (see make gateway)"; fi
	exit
done
exec python3 "$src/tests/llm/gateway.py" "$server"
