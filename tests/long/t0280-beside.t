#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Ten minutes of tests/t0280-beside.t, after ten minutes of a control run.
BESIDE_S=600 exec sh "$(dirname "$0")/../t0280-beside.t"
