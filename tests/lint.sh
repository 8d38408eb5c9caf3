#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# lint.sh - what review should not have to say; run by `make lint`
#
# Layers (includes point down), circles, the home of each foreign library, names of
# files and functions, every header by itself, clang's warnings, format, cppcheck,
# codespell, shellcheck, the man pages, translations. A tool that is missing is named
# and, with REQUIRE_ALL=1, an error.

set -u
cd "$(dirname "$0")/.." || exit 1
JOBS=$(nproc 2>/dev/null || echo 2)
rc=0
bad() { echo "lint: $*" >&2; rc=1; }
have() {
	command -v "$1" >/dev/null && return 0
	if [ -n "${REQUIRE_ALL:-}" ]; then bad "$1 is missing"; else
		echo "lint: skipped, $1 is not installed"; fi
	return 1
}

# Layers: what a directory may include besides itself (HACKING.md).
may() {
	case $1 in
	util) echo ;;
	rights | cage | service) echo util ;;
	model) echo util ;;
	text | body) echo util model ;;
	acts | entailment | telling) echo util model text ;;
	mail) echo util cage model body ;;
	robot) echo util model text ;;
	analyse) echo util model text acts robot ;;
	standing) echo util model text acts analyse ;;
	lineage) echo util model text analyse ;;
	conversation) echo util model text acts ;;
	summarise) echo util model text acts telling ;;
	llm) echo util model text entailment service ;;
	words) echo util model text agenda ;;
	render) echo util model text agenda words ;;
	agenda) echo util model ;;
	store) echo util model mail ;;
	clients) echo util mail ;;
	app) echo util rights model mail words render store ;;
	pipeline) echo util model text acts body mail robot conversation analyse standing lineage telling summarise service llm agenda words render store app ;;
	cmd) echo '*' ;;
	*) echo "unknown layer $1" ;;
	esac
}
for dir in notmuch-digest/*/; do
	own=${dir#*/} own=${own%/}
	ok=" $own $(may "$own") "
	grep -Ho '^#include "[a-z]*/' "$dir"*.[ch] | sed 's|:.*"| includes |' |
		while read -r f _ dep; do
			case $ok in
			*' * '* | *" ${dep%/} "*) ;;
			*) echo "$f includes $dep" ;;
			esac
		done
	# Its README.md says the same.
	says=$(tr '\n' ' ' <"${dir}README.md" | sed -n 's/.*May include \([^.]*\)\..*/\1/p' |
		sed 's/,//g; s/ and / /')
	case $own in
	util | pipeline | cmd) ;;
	*) [ "$says" = "$(may "$own")" ] || echo "${dir}README.md says it may include $says" ;;
	esac
done >"$B/strays"
[ ! -s "$B/strays" ] || bad "$(cat "$B/strays")"

# No circle of files inside a layer: tsort names one. A header that is private
# to a file (X_private.h) counts as that file.
grep -Ho '^#include "[^"]*\.h' notmuch-digest/*/*.[ch] |
	sed 's|^notmuch-digest/||; s|\.[ch]:#include "| |; s|\.h$||; s|_private||g' |
	awk '$1 != $2' | tsort >/dev/null ||
	bad "files that include each other in a circle"

# Each foreign library has one home.
home() { # home HEADER ALLOWED-PATTERN
	grep -l "^#include <$1" notmuch-digest/*/*.[ch] | grep -Ev "$2" |
		while read -r f; do echo "$f includes <$1>"; done
}
strays=$(
	home 'notmuch' '/(mail|store)/'
	home 'gmime' '/(mail/|render/mailhead\.c)'
	home 'libxml' '/(mail/|cmd/feed|render/xmltree\.c)'
	home 'curl' '/util/curl\.h'
	home 'git2' '/cmd/libgit\.h'
	home 'json' '/util/json\.c'
	home 'unicode' '/util/'
	home 'linux/landlock' '/rights/landlock\.c'
	home 'libintl' 'nowhere: util/i18n\.h says why'
	home 'seccomp' '/(rights/seccomp|cage/filter)\.c'
	home 'libstemmer' '/text/'
)
[ -z "$strays" ] || bad "$strays"

# A stranger finds a file by its name: it is in the README.md of its folder, with
# what is in it, and no other folder has one of that name.
for dir in notmuch-digest/*/; do
	sed -n 's/^- `\([a-z0-9_]*\)`.*/\1/p' "$dir/README.md" | sort >"$B/listed"
	for f in "$dir"*.[ch]; do basename "${f%.[ch]}"; done | sort -u >"$B/there"
	diff "$B/there" "$B/listed" >"$B/diff" ||
		bad "$dir/README.md and its files differ: $(cat "$B/diff")"
	count=$(find "$dir" -name '*.c' | wc -l)
	[ "$count" -le 30 ] || bad "$dir has $count files"
done
twice=$(for f in notmuch-digest/*/*.[ch]; do echo "${f%.[ch]}"; done | sort -u |
	grep -Ev '/(cmd|pipeline)/' | sed 's|.*/||' | sort | uniq -d)
[ -z "$twice" ] || bad "files of one name in several folders: $twice"

# Public names begin with that of their file (of db_open.c: db), without its
# plural s; those of a
# folder with a word of its own (llm) with the folder's in front. iconv_open() is
# libc's, in its place. C's own way of speaking is left to what is used as if it were C: memory, bytes, words.
for f in notmuch-digest/*/*.c; do
	base=${f##*/} base=${base%.c} dir=${f%/*} dir=${dir##*/}
	case $base in alloc) continue ;; esac
	word=${base%%_*}
	nm --defined-only -g "$B/obj/$dir/$base.o" 2>/dev/null | awk '{print $3}' |
		grep -Ev "^(nd_(${dir}_)?${word%s}|nd_cmd_|main$|__)" |
		grep -Ev '^(nd_(fail|tr|trn|mem_[a-z_]*)|iconv_open)$' | sed "s|^|$f: |"
done >"$B/strays"
[ ! -s "$B/strays" ] || bad "names that do not follow their file: $(cat "$B/strays")"

# Below app/ and cmd/ nothing prints or ends the process; alloc.c may, when memory
# is out, and child.c and cage/ end those that they have started.
grep -nE '(^|[^_a-zA-Z0-9])(_?exit|abort|printf|puts|putchar|perror|vprintf)\(|[^a-z_]std(out|err)[^_a-zA-Z0-9]' \
	notmuch-digest/util/*.c notmuch-digest/rights/*.c notmuch-digest/model/*.c notmuch-digest/text/*.c \
	notmuch-digest/acts/*.c notmuch-digest/entailment/*.c notmuch-digest/telling/*.c \
	notmuch-digest/body/*.c notmuch-digest/mail/*.c \
	notmuch-digest/robot/*.c notmuch-digest/analyse/*.c \
	notmuch-digest/standing/*.c notmuch-digest/lineage/*.c \
	notmuch-digest/summarise/*.c notmuch-digest/service/*.c notmuch-digest/llm/*.c \
	notmuch-digest/agenda/*.c \
	notmuch-digest/words/*.c notmuch-digest/render/*.c notmuch-digest/store/*.c \
	notmuch-digest/clients/*.c | grep -Ev '^notmuch-digest/util/(alloc|child)\.c' &&
	bad "only app/, pipeline/ and cmd/ print, only cmd/ exits"

# Every header compiles alone.
flags="$CPPFLAGS $(tr '\n' ' ' <"$B/cflags")"
export CC flags
printf '%s\n' notmuch-digest/*/*.h | xargs -P "$JOBS" -n 16 sh -c 'rc=0
	for h; do
		echo "#include \"${h#notmuch-digest/}\"" |
			$CC -std=c11 -Wall -Wextra -Werror $flags -xc -fsyntax-only - ||
			{ echo "lint: $h does not compile alone" >&2 && rc=1; }
	done
	exit $rc' headers || rc=1

# What the other compiler warns of.
if have clang; then
	export WARNINGS
	printf '%s\n' notmuch-digest/*/*.c tests/unit/*/*.c tests/fuzz/*.c |
		xargs -P "$JOBS" -n 16 sh -c 'clang -std=c11 $WARNINGS -Werror $flags \
			-fsyntax-only "$@"' clang ||
		bad "clang has warnings"
fi

# No file without its licence, no function that git's banned.h would refuse.
for f in notmuch-digest/*/*.[ch] tests/unit/*.h tests/unit/*/*.c tests/*.sh tests/t*.t; do
	head -3 "$f" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' ||
		bad "$f has no SPDX line"
done
banned='(strcpy|strcat|strncpy|strncat|sprintf|vsprintf|gets|atoi|atol|strtok|localtime|gmtime|ctime|asctime)'
grep -nE "(^|[^_a-zA-Z0-9])$banned\(" notmuch-digest/*/*.[ch] &&
	bad "banned functions"

if have clang-format; then
	printf '%s\n' notmuch-digest/*/*.[ch] tests/unit/*.h tests/unit/*/*.c |
		xargs -P "$JOBS" -n 40 clang-format --dry-run --Werror ||
		bad "format: make format"
fi
if have cppcheck; then
	cppcheck --quiet --std=c11 --inline-suppr --error-exitcode=1 \
		--enable=warning,performance,portability \
		--suppress=missingIncludeSystem -j "$JOBS" -Inotmuch-digest \
		notmuch-digest || bad "cppcheck"
fi
if have shellcheck; then
	# shellcheck disable=SC2046
	shellcheck -x -S warning $(git ls-files 'tests/*.sh' 'tests/*.t' 'hooks/*' \
		contrib/completion/notmuch-digest.bash .ci/run 2>/dev/null) || bad "shellcheck"
fi
if have codespell; then
	# Words of other languages and misspelt ones are data in .c files and tests.
	codespell -q 3 -L alot,nd,rouge -S doc/quality.md README.md HACKING.md NEWS \
		CONTRIBUTING.md po/*.md doc/*.md doc/*.[157] \
		notmuch-digest/*/*.h notmuch-digest/*/README.md contrib hooks \
		debian Makefile || bad "codespell"
fi
if have mandoc; then
	out=$(mandoc -Tlint -Wwarning doc/*.[157] 2>&1 | grep -v 'outdated mandoc.db')
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
