#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The engine 'llm' against a mock service of others: see tests/llm/peer.py.
# `make peer` fetches it; the test itself stays on loopback.
src=${ND_SRC:-$(cd "$(dirname "$0")/.." && pwd)}
cli=$src/build/peer/node_modules/@copilotkit/aimock/dist/cli.js
for node in "$src"/build/peer/node_modules/node-linux-*/bin; do
	PATH=$node:$PATH # newer than the system's; or there is none
done
for what in "python3 --version" "node --version" "test -f $cli"; do
	$what >/dev/null 2>&1 && continue
	if [ -n "${REQUIRE_ALL:-}" ]; then echo "not ok 1 - failed: $what"; else
		echo "1..0 # SKIP failed: $what (see make peer)"; fi
	exit
done
exec python3 "$src/tests/llm/peer.py" "$cli"
