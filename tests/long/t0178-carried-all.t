#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is open in one report is open in the next, or a mail has settled it: every
# week of every list.
here=$(cd "$(dirname "$0")/.." && pwd)
T_LISTS="kvmarm-2019-2020 kvmarm-2021q1 iouring ltp usrp openbmc btrfs selinux spi wireless ext4 utillinux raid clang" \
	T_WEEKS=0 exec sh "$here/t0178-carried.t"
