#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Ten minutes of tests/t0379-killed-beside.t.
KILLED_S=600 exec sh "$(dirname "$0")/../t0379-killed-beside.t"
