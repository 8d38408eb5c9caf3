#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# lint.sh - what review should not have to say; run by `make lint`
#
# Layers (includes point down), the home of each foreign library, every header
# by itself, format, cppcheck, shellcheck, the man page, translations. A tool
# that is missing is named and, with REQUIRE_ALL=1, an error.

set -u
cd "$(dirname "$0")/.." || exit 1
rc=0
bad() { echo "lint: $*" >&2; rc=1; }
have() {
	command -v "$1" >/dev/null && return 0
	if [ -n "${REQUIRE_ALL:-}" ]; then bad "$1 is missing"; else
		echo "lint: skipped, $1 is not installed"; fi
	return 1
}

# Layers: what a directory may include besides itself.
may() {
	case $1 in
	util) echo ;;
	model) echo util ;;
	store) echo util model mail ;;
	cmd) echo '*' ;;
	*) echo util model ;;
	esac
}
for f in notmuch-digest/*/*.[ch]; do
	own=${f#*/} own=${own%%/*}
	ok=" $own $(may "$own") "
	for dep in $(sed -n 's|^#include "\([a-z]*\)/.*|\1|p' "$f"); do
		case $ok in
		*' * '* | *" $dep "*) ;;
		*) bad "$f includes $dep/" ;;
		esac
	done
done

# Each foreign library has one home.
home() { # home HEADER ALLOWED-PATTERN
	grep -l "^#include <$1" notmuch-digest/*/*.[ch] | grep -Ev "$2" |
		while read -r f; do echo "$f includes <$1>"; done
}
strays=$(
	home 'notmuch' '/(mail|store)/'
	home 'gmime' '/(mail/|render/mail\.c)'
	home 'libxml' '/(mail/|cmd/feed)'
	home 'curl' '/util/curl\.h'
	home 'json' '/util/json\.c'
	home 'unicode' '/util/'
	home 'libstemmer' '/summarise/'
)
[ -z "$strays" ] || bad "$strays"

# Every header compiles alone.
flags="$CPPFLAGS $(tr '\n' ' ' <"$B/cflags")"
for h in notmuch-digest/*/*.h; do
	# shellcheck disable=SC2086
	echo "#include \"${h#notmuch-digest/}\"" |
		$CC -std=c11 -Wall -Wextra -Werror $flags -xc -fsyntax-only - ||
		bad "$h does not compile alone"
done

# No file without its licence, no function that git's banned.h would refuse.
for f in notmuch-digest/*/*.[ch] tests/unit/*.h tests/unit/*/*.c tests/*.sh tests/t*.t; do
	head -3 "$f" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' ||
		bad "$f has no SPDX line"
done
banned='(strcpy|strcat|strncpy|strncat|sprintf|vsprintf|gets|atoi|atol|strtok|localtime|gmtime|ctime|asctime)'
grep -nE "(^|[^_a-zA-Z0-9])$banned\(" notmuch-digest/*/*.[ch] &&
	bad "banned functions"

if have clang-format; then
	clang-format --dry-run --Werror notmuch-digest/*/*.[ch] \
		tests/unit/*.h tests/unit/*/*.c || bad "format: make format"
fi
if have cppcheck; then
	cppcheck --quiet --std=c11 --inline-suppr --error-exitcode=1 \
		--enable=warning,performance,portability \
		--suppress=missingIncludeSystem -j 2 -Inotmuch-digest \
		notmuch-digest || bad "cppcheck"
fi
if have shellcheck; then
	# shellcheck disable=SC2046
	shellcheck -x -S warning $(git ls-files 'tests/*.sh' 'tests/*.t' 'hooks/*' \
		.ci/run 2>/dev/null) || bad "shellcheck"
fi
if have mandoc; then
	out=$(mandoc -Tlint -Wwarning doc/*.1 2>&1 | grep -v 'outdated mandoc.db')
	[ -z "$out" ] || bad "$out"
fi
if have msgfmt; then
	for po in po/*.po; do
		out=$(msgfmt --check --statistics -o /dev/null "$po" 2>&1)
		case $out in
		*fuzzy* | *untranslated* | *error*) bad "$po: $out" ;;
		esac
	done
fi
[ "$rc" -eq 0 ] && echo "lint: clean"
exit "$rc"
