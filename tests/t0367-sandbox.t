#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What each command may do, tried from inside of it when it ends.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need cc
t_need python3
# AddressSanitizer wants to be the first that is loaded, and its leak checker to
# look into the process.
first=$(ldd "$ND" | sed -n 's/.*=> \(.*libasan[^ ]*\).*/\1:/p')
t_mailbox sample
notmuch config set digest.query '*'
notmuch config set digest.since 3000d
export XDG_CACHE_HOME="$T_DIR/cache"
mkdir -p home/.ssh links reports elsewhere "$XDG_CACHE_HOME/notmuch-digest"
echo secret >home/.ssh/id
MAIL=$(notmuch search --output=files --limit=1 '*')
t_exit 0 "$ND" status --json
grep -q '"missing": *null' out || t_skip_all "the kernel cannot: $(cat out)"
t_true "a library that tries to do more than it should" \
	cc -shared -fPIC -Wall -Werror -o trespass.so "$T_SRC/tests/sandbox/trespass.c"

# may NAME "DEEDS THAT CAN BE DONE" COMMAND...: these, and none of the others.
DEEDS="mail folder index cache home reports links elsewhere run inet unix secret dump"
place() {
	case $1 in
	mail) echo "write=$MAIL" ;;
	folder) echo "make=$T_DIR/mail/digest/cur" ;;
	index) echo "make=$T_DIR/mail/.notmuch/xapian" ;;
	cache) echo "make=$XDG_CACHE_HOME/notmuch-digest" ;;
	home) echo "make=$HOME" ;;
	secret) echo "read=$HOME/.ssh/id" ;;
	links) echo "link=$MAIL,$T_DIR/links" ;;
	reports | elsewhere) echo "make=$T_DIR/$1" ;;
	*) echo "$1" ;;
	esac
}
may() {
	name=$1 allowed=$2
	shift 2
	[ -z "$first" ] || allowed="$allowed dump"
	deeds='' : >want
	for deed in $DEEDS; do
		deeds="$deeds $(place "$deed")"
		case " $allowed " in
		*" $deed "*) echo "$deed yes" ;;
		*) echo "$deed no" ;;
		esac >>want
	done
	rm -f deeds
	# shellcheck disable=SC2086
	t_exit "${T_WANT:-0}" env TRESPASS="${deeds# }" TRESPASS_OUT="$T_DIR/deeds" \
		LD_PRELOAD="$first$T_DIR/trespass.so" "$ND" "$@"
	for deed in $DEEDS; do
		sed -n "s|^$(place "$deed") |$deed |p" deeds
	done >got
	t_same "$name may: ${allowed:-nothing}" want got
}

# The first run makes the folder, and may make it anywhere below the mail root.
may "the first update" "mail folder index secret" update
notmuch tag +news subject:fabric
may update "folder index secret" update
may "update of a query" "folder index secret" update subject:fabric
may "a dry run" secret update --dry-run '*'
may report secret report --now="$T_NOW"
may "a report to a file, which another process writes," secret report --now="$T_NOW" --output=reports/r
t_true "which is there" grep -q '^- ' reports/r
mkfifo fifo
cat fifo >reports/fifo &
may "one to a pipe" secret report --now="$T_NOW" --output=fifo
wait
t_true "which is there" grep -q '^- ' reports/fifo
may "a delivered report" "folder index secret" report --now="$T_NOW" --deliver
may "a delivery that is not made" secret report --now="$T_NOW" --deliver --dry-run
may show secret show subject:fabric
may todo secret todo --now="$T_NOW"
may series secret series --now="$T_NOW"
may status secret status
may jump "cache secret" jump subject:fabric
may thread-dir "links secret" thread-dir "$T_DIR/links" subject:fabric
may "thread-dir --read" "index links secret" thread-dir --read "$T_DIR/links" \
	subject:fabric
may setup secret setup hook
# Whose lines go where a client looks for them; to move files is never allowed.
may "setup --install" "mail folder index cache home reports elsewhere secret" \
	setup hook --install
cat >feed.xml <<-EOF
	<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title></feed>
EOF
may commits "folder index secret" commits feed.xml
may "commits that are only looked at" secret commits --dry-run feed.xml

# Who may have a socket reads nothing of the user's but what is named. Nobody
# gives summaries there: the report is one of excerpts.
python3 "$T_SRC/tests/sandbox/refuse.py" port keys &
service=$!
trap 'kill $service 2>/dev/null; rm -rf "$T_DIR"' EXIT
t_wait port
notmuch config set digest.llm.allow '*'
notmuch config set digest.llm.model none
notmuch config set digest.llm.url "http://127.0.0.1:$(cat port)/v1"
may "a report of a model" "cache inet" \
	report --now="$T_NOW" --engine=llm --limit=1
t_unlike "which has read all mail" 'cannot be (read|opened)' err
may "what it would be asked" secret report --now="$T_NOW" --engine=llm --dry-run
http_proxy=http://127.0.0.1:$(cat port)
export http_proxy
may "one behind a proxy, which a local service may know" "cache inet unix" \
	report --now="$T_NOW" --engine=llm --limit=1
unset http_proxy
T_WANT=69 may "commits of a URL" "folder index inet" \
	commits https://127.0.0.1:1/feed

may "clean that only looks" secret clean --dry-run
t_exit 0 "$ND" report --no-sandbox --now="$T_NOW"
may "a run that wants it all" \
	"mail folder index cache home reports links elsewhere run inet unix secret" \
	status --no-sandbox
may clean "index secret" clean --yes
t_true "the folder is gone" test ! -e mail/digest
t_done
