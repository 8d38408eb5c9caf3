#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The engine 'llm' against a service of ours, on loopback: every answer and
# every error that we know of; see tests/llm/run.py. Its cases size-bomb and
# size-content pass ND_LIMIT_REPLY_BYTES and ND_LIMIT_CONTENT_BYTES.
command -v python3 >/dev/null || {
	if [ -n "${REQUIRE_ALL:-}" ]; then echo "not ok 1 - python3 is missing"; else
		echo "1..0 # SKIP python3 is not installed"; fi
	exit
}
exec python3 "$(dirname "$0")/llm/run.py"
