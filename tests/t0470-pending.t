#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Digests that wait for a model: see tests/llm/pending.py.
command -v python3 >/dev/null || {
	if [ -n "${REQUIRE_ALL:-}" ]; then echo "not ok 1 - python3 is missing"; else
		echo "1..0 # SKIP python3 is not installed"; fi
	exit
}
exec python3 "$(dirname "$0")/llm/pending.py"
