#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The whole of tests/t0475-two-hosts.t, and two minutes of both at once.
TWO_HOSTS_POINTS=$(seq 1 20) TWO_HOSTS_S=120 exec sh "$(dirname "$0")/../t0475-two-hosts.t"
