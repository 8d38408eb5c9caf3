#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The Debian package that `make deb` has built comes out again, byte for byte, of a
# tree with another name, by a user with other habits. Minutes: it
# compiles, with one job.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
t_need dpkg-buildpackage
BUILD=${ND_BUILD:-$T_SRC/build}
DEB=$(ls "$BUILD"/deb/notmuch-digest_*.deb 2>/dev/null)
DIST=$(ls "$BUILD"/dist/notmuch-digest-*.tar.gz 2>/dev/null)
{ [ -s "$DEB" ] && [ -s "$DIST" ]; } || t_skip_all "there is no package: make deb"

mkdir -p elsewhere/with-a-longer-name
tar -C elsewhere -xf "$DIST"
# No git, another order of files, times, language, umask, number of jobs.
mv elsewhere/notmuch-digest-* elsewhere/with-a-longer-name/tree
cd elsewhere/with-a-longer-name/tree || exit 1
find . -exec touch -d 2031-05-17T04:05:06Z {} +
t_true "it is built elsewhere" env -i PATH="$PATH" HOME=/nonexistent USER=somebody \
	TZ=Pacific/Kiritimati LC_ALL=C DEB_BUILD_OPTIONS="nocheck parallel=1" \
	sh -c 'umask 077; exec dpkg-buildpackage -us -uc -b'
cd "$T_DIR" || exit 1
# The package, and its symbols.
for want in "${DEB%/*}"/*.deb; do
	got=elsewhere/with-a-longer-name/${want##*/}
	cmp -s "$want" "$got"
	same=$?
	t_result $same "the same bytes: ${want##*/}"
	[ $same -eq 0 ] && continue
	for deb in "$want" "$got"; do
		rm -rf unpacked
		dpkg-deb -R "$deb" unpacked &&
			(cd unpacked && find . -printf '%M %p %l\n' | sort &&
				find . -type f -exec md5sum {} + | sort -k2) >>list
		mv list "list.$same" && same=second
	done
	diff list.* | head -20 | t_note
done
t_done
