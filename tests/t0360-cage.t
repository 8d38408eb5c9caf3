#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Mails are read in a cage: what is printed is the same as without, the processes
# that read open nothing, and a mail that breaks the parser costs itself.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need jq
t_mailbox sample
cp -R "$T_SRC/tests/corpora/hostile/cur" mail/hostile
notmuch new --quiet 2>/dev/null

# both NAME COMMAND...: in the cage and without, the same bytes.
both() {
	name=$1
	shift
	t_exit 0 "$@"
	mv out caged && mv err caged.err
	t_exit 0 "$@" --no-sandbox
	t_same "$name: the same with and without" out caged
	t_same "  and so is what is said of it" err caged.err
}
both markdown "$ND" report --now="$T_NOW" --since=2000-01-01 --verbose '*'
both json "$ND" report --now="$T_NOW" --since=2000-01-01 --format=json \
	--jobs=3 '*'
both show "$ND" show --all --now="$T_NOW" subject:fabric
both series "$ND" series --now="$T_NOW" --since=2000-01-01 '*'
both todo "$ND" todo --now="$T_NOW" --since=2000-01-01 '*'
both update "$ND" update --dry-run --now="$T_NOW" '*'
both commits "$ND" commits --dry-run --now="$T_NOW" \
	"$T_SRC/tests/corpora/hostile/commits.atom"

# ---- mails and feeds on stdin
mail=$(notmuch search --output=files --limit=1 subject:fabric)
"$ND" show --stdin --now="$T_NOW" <"$mail" >caged 2>err || t_note err
"$ND" show --stdin --no-sandbox --now="$T_NOW" <"$mail" >out
t_same "the mail on stdin" out caged
t_true "  has a thread" [ -s caged ]
echo 'No header' >nothing
for option in --quiet --no-sandbox; do
	"$ND" show --stdin $option --now="$T_NOW" <nothing >out 2>err
	t_equal "no mail on stdin: 65" 65 $?
	t_like "  and why" 'the mail has no Message-ID' err
done
for feed in '<feed' '<!DOCTYPE a [<!ENTITY b "c">]><feed/>' ''; do
	printf '%s' "$feed" >bad.atom
	t_exit 65 "$ND" commits --dry-run bad.atom
	mv err caged.err
	t_exit 65 "$ND" commits --dry-run --no-sandbox bad.atom
	t_same "a bad feed: the same words" err caged.err
done

# ---- the kernel's view
if strace -qq -e trace=none true 2>/dev/null; then
	export ASAN_OPTIONS=detect_leaks=0
	t_exit 0 strace -f -qq -o calls "$ND" report --now="$T_NOW" \
		--since=2000-01-01 '*'
	readers=$(sed -n 's/^\([0-9]*\) .*PR_SET_NAME, "digest-reader.*/\1/p' calls)
	t_true "there are readers" [ -n "$readers" ]
	for pid in $readers; do
		# From the filter on.
		sed -n "s/^$pid *//p" calls | sed '1,/SECCOMP_SET_MODE_FILTER/d'
	done | sed 's/(.*//' | grep '^[a-z]' | sort -u >asked
	t_like "they read" '^pread64$' asked
	t_unlike "they open, execute, connect, fork nothing" \
		'^(open|exec|socket|connect|bind|clone|fork|vfork|kill|stat|access|unlink|rename|mkdir|link|chmod)' \
		asked
	t_unlike "the others parse nothing" 'digest-reader.*digest-cage' calls
fi

# ---- where there can be none
if strace -qq -e trace=none true 2>/dev/null; then
	# without COMMAND...: on a kernel that has no seccomp
	without() {
		strace -f -qq -o /dev/null -e trace=seccomp \
			-e inject=seccomp:error=ENOSYS "$@"
	}
	t_exit 0 "$ND" report --now="$T_NOW" --no-sandbox '*'
	mv out plain
	t_exit 0 without "$ND" report --now="$T_NOW" '*'
	t_same "no seccomp: the report is there" plain out
	t_unlike "  and no word of it: status has that" 'sandbox' err

	# refuse CALL ERROR NTH: a cage should be, and cannot
	refuse() {
		t_exit 74 strace -f -qq -o /dev/null -e "trace=$1" \
			-e "inject=$1:error=$2:when=$3" \
			"$ND" report --now="$T_NOW" --jobs=2 '*'
		t_like "$1 fails: no report, and why" \
			'mails cannot be read in a sandbox|cannot start a process' err
		t_true "  not half a one" [ ! -s out ]
	}
	refuse prctl EPERM 1+
	refuse clone EAGAIN 1+
fi

# ---- the hook goes on in the background, and so does its reading
notmuch config set digest.query '*'
t_exit 0 "$ND" update --hook --now="$T_NOW"
has_ten() { [ "$(notmuch count --exclude=false 'path:digest/**')" -ge 10 ]; }
t_until has_ten
t_exit 0 "$ND" update --now="$T_NOW"
t_like "the hook has done it all" '^Nothing has changed' out
t_exit 0 "$ND" clean --yes

# ---- a hole in the parser
# shellcheck disable=SC2046
${CC:-cc} -shared -fPIC -O1 -w "$T_SRC/tests/cage/broken.c" -o broken.so \
	$(pkg-config --cflags --libs gmime-3.0) 2>cc.err ||
	t_skip_all "no C compiler: $(tail -1 cc.err)"
hole() { # hole N WHAT: a mail that falls in, in the thread of others
	cat >"mail/sample/cur/hole-$1:2,S" <<-EOM
		From: Mallory <mallory@example.org>
		To: list@example.org
		Subject: hole: ${2:-none}
		Message-ID: <hole.$1@example.org>
		In-Reply-To: <hole.1@example.org>
		Date: Wed, 01 Apr 2026 00:00:0$1 +0000

		Words of mail $1 that are read.
	EOM
}
broken() { # broken ARGUMENTS...
	LD_PRELOAD="$T_DIR/broken.so" "$ND" "$@"
}
case $ND in
*build-san*) # AddressSanitizer wants to be the first that is loaded.
	asan=$(ldd "$ND" | sed -n 's/.*=> \(.*libasan[^ ]*\).*/\1/p')
	broken() { LD_PRELOAD="$asan:$T_DIR/broken.so" "$ND" "$@"; }
	;;
esac
hole 1 ''
hole 2 open
hole 3 ''
hole 4 exec
hole 5 crash
hole 6 ''
case $ND in
*build-san*) ;;
*) hole 7 eat ;; # only the others have a limit of memory
esac
notmuch new --quiet 2>/dev/null
for jobs in 1 3; do
	t_exit 0 broken report --now="$T_NOW" --format=json --jobs=$jobs '*'
	jq -r '.problems[] | select(.id | startswith("hole")) |
		"\(.id | .[5:6]) \(.what)"' out | sort >problems
	t_like "who opens is stopped" \
		'^2 its reading was stopped: it did what reading may not do$' problems
	t_like "who executes, too" \
		'^4 its reading was stopped: it did what reading may not do$' problems
	t_like "who crashes" '^5 its reading was stopped: ' problems
	case $ND in
	*build-san*) ;;
	*) t_like "who eats" '^7 its reading was stopped: it took more' problems ;;
	esac
	jq -r '.threads[].messages[] | select(.id | startswith("hole")) |
		"\(.id | .[5:6]) \(.from)"' out >people
	t_equal "the others are read" 3 "$(grep -c mallory people)"
	mv out report.$jobs
done
t_same "whatever the number of jobs" report.1 report.3
t_true "nothing was stolen" [ ! -e stolen ]

# A process that is killed from outside is nobody's fault.
rm mail/sample/cur/hole-*
notmuch new --quiet 2>/dev/null
t_exit 0 "$ND" report --now="$T_NOW" --format=json '*'
mv out quiet
if strace -qq -e trace=none true 2>/dev/null; then
	t_exit 0 strace -f -qq -o /dev/null -e trace=pread64 \
		-e inject=pread64:signal=SEGV:when=7 -P "$(
			notmuch search --output=files --limit=1 subject:fabric)" \
		"$ND" report --now="$T_NOW" --format=json '*'
	t_same "a reader that is killed once leaves no trace" quiet out
fi
t_done
