#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The Debian package that `make deb` has built: what is in it, and that it comes
# and goes, in a root of its own, without a trace.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
t_need dpkg
t_mailbox sample
DEB=$(ls "${ND_BUILD:-$T_SRC/build}"/deb/notmuch-digest_*.deb 2>/dev/null)
[ -s "$DEB" ] || t_skip_all "there is no package: make deb"

mkdir -p root/var/lib/dpkg/updates root/var/lib/dpkg/info
: >root/var/lib/dpkg/status
pkg() { # its dependencies are those of this machine
	dpkg --root="$T_DIR/root" --force-not-root --force-depends \
		--force-script-chrootless --no-triggers "$@"
}
there() { (cd root && find . ! -path './var/*' ! -path ./var | sort); }
there >before
t_true "it is installed" pkg -i "$DEB"
t_like "as one package" '^Status: install ok ' root/var/lib/dpkg/status
t_exit 0 root/usr/bin/notmuch-digest report --now="$T_NOW" --lang=zh_CN
t_like "works, and finds its locale files" '总体统计' out
t_exit 0 root/usr/bin/notmuch-digest setup mutt
t_like "and what clients load" 'root/usr/share/notmuch-digest/mutt/' out
for page in "$T_SRC"/doc/*.[157]; do
	name=${page##*/}
	t_true "has $name" test -s "root/usr/share/man/man${name##*.}/$name.gz"
done
dpkg-deb -f "$DEB" Depends Recommends >fields
for package in notmuch libnotmuch5 libgmime libtalloc libjson-c libxml2 libicu \
	libstemmer libcurl libgit2; do
	t_like "depends on, or recommends $package" "[ ,]$package" fields
done
t_true "it is purged" pkg --purge notmuch-digest
there >after
t_same "without a trace" before after
t_done
