#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The whole of tests/t0270-kill.t.
KILL_LONG=1 exec sh "$(dirname "$0")/../t0270-kill.t"
