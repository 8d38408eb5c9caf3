#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Ten minutes of tests/t0280-beside.t, and ten of its control.
BESIDE_S=600 exec sh "$(dirname "$0")/../t0280-beside.t"
