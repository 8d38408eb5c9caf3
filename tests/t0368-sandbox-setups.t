#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What people have goes on working with less rights: places, links, programs.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need python3
t_mailbox sample
export XDG_CACHE_HOME="$T_DIR/home/cache"

# same NAME COMMAND...: both ways print the same, to both streams.
same() {
	name=$1 cmd=$2
	shift 2
	t_exit 0 "$ND" "$cmd" --no-sandbox "$@"
	cat out err >want
	t_exit 0 "$ND" "$cmd" "$@"
	cat out err >both
	t_same "$name" want both
}
counts() { notmuch count 'tag:digest and property:digest.v=1'; }

# ---- mail in several places, behind links, its database somewhere else

mkdir -p far/folder/cur far/folder/new far/folder/tmp home/kept
mv mail/sample/cur/*fabtool* far/folder/cur
cp -R far home/kept/
rm -r far
ln -s "$T_DIR/home/kept/far/folder" mail/linked
mv mail "home/mail root"
ln -s "home/mail root" mail
mkdir -p home/.config/notmuch/default
sed -e "s|^path=.*|path=$T_DIR/home/index|" -e "/^path=/a mail_root=$T_DIR/mail" \
	config >home/.config/notmuch/default/config
mkdir -p "home/index"
unset NOTMUCH_CONFIG
rm -f config
t_true "notmuch takes it so" notmuch new
notmuch config set digest.query '*'
notmuch config set digest.since 3000d
t_true "the database is not with the mail" test -d home/index/xapian
same "report" report --now="$T_NOW"
t_like "  has mail of the linked folder" 'fabtool' out
same "report as JSON" report --now="$T_NOW" --format=json
same "show" show subject:fabtool
same "series" series --now="$T_NOW"
same "todo" todo --now="$T_NOW"
same "what update would do" update --dry-run
t_exit 0 "$ND" update
t_like "update writes digests" '^[1-9][0-9]* digests written' out
t_equal "which notmuch has" 38 "$(counts)"
t_true "and the folder holds" test "$(find "home/mail root/digest/cur" -type f | wc -l)" = 38
t_exit 0 "$ND" update
t_like "the next one has nothing to do" 'Nothing has changed' out
notmuch config set digest.folder lists/digests
t_exit 0 "$ND" update --now=2026-12-20
t_true "another folder, in one that is made" test -d "home/mail root/lists/digests/cur"
t_true "  and the old one is gone" test ! -e "home/mail root/digest"

# ---- where output goes

mkdir -p "$T_DIR/home/reports"
echo before >home/reports/real
ln -s "$T_DIR/home/reports/real" link
for file in "$T_DIR/home/reports/plain" relative link; do
	t_exit 0 "$ND" report --now="$T_NOW" --output="$file"
	t_true "  is written" grep -q '^- \*\*Mails' "$file"
done
t_true "a link is followed" test -L link
t_exit 0 "$ND" report --now="$T_NOW" --output=relative
t_true "and a file replaced" grep -q '^- \*\*Mails' relative
t_exit 0 "$ND" report --now="$T_NOW" --output=/dev/stdout
t_like "/dev/stdout" '^- \*\*Mails' out
t_exit 0 sh -c "'$ND' report --now=$T_NOW --output=/dev/stdout | cat"
t_like "  that is a pipe" '^- \*\*Mails' out
t_exit 0 sh -c "'$ND' report --now=$T_NOW --output=/proc/self/fd/3 3>third"
t_like "a descriptor" '^- \*\*Mails' third
t_exit 0 "$ND" report --now="$T_NOW" --output=/dev/null
t_exit 74 "$ND" report --now="$T_NOW" --output=/dev/full
t_exit 74 "$ND" report --now="$T_NOW" --output=no/such/place
t_like "what is not there is said to be so" 'No such file or directory' err
t_exit 0 env ND_TALLOC_REPORT="$T_DIR/home/memory" "$ND" report --now="$T_NOW"
t_true "a report of memory" test -s home/memory

# ---- programs: the pager is the user's, and so is what tells a key

mkdir -p home/bin
cat >home/bin/my-pager <<-EOF
	#!/bin/sh
	cat >"$T_DIR/home/paged"
	touch "$T_DIR/home/mail root/pager-was-here"
	/bin/true && echo done >"$T_DIR/home/pager-ran"
EOF
chmod +x home/bin/my-pager
if command -v script >/dev/null; then
	t_exit 0 env TERM=dumb PAGER='my-pager -x | cat' PATH="$T_DIR/home/bin:$PATH" \
		script -qec "'$ND' show subject:fabtool" /dev/null
	t_like "a pager gets the text" 'fabtool' home/paged
	t_true "and writes and starts what it likes" \
		test -f home/pager-ran -a -f "home/mail root/pager-was-here"
	t_exit 0 env TERM=dumb PAGER=no-such-pager \
		script -qec "'$ND' show subject:fabtool" /dev/null
	t_like "without it the text comes all the same" 'fabtool' out
	rm -f home/pager-ran
	t_exit 65 env TERM=dumb PAGER=my-pager PATH="$T_DIR/home/bin:$PATH" \
		script -qec "'$ND' show id:none@example.org" /dev/null
	t_true "nothing to show: no pager" test ! -f home/pager-ran
fi
rm -f "home/mail root/pager-was-here"

cat >home/bin/my-key <<-EOF
	#!/bin/sh
	date >>"$T_DIR/home/asked"
	sh -c 'echo sk-test'
EOF
chmod +x home/bin/my-key
python3 "$T_SRC/tests/sandbox/refuse.py" port keys &
service=$!
trap 'kill $service 2>/dev/null; rm -rf "$T_DIR"' EXIT
t_wait port
printf 'Bearer sk-test\nBearer sk-file\n' >keys.want
notmuch config set digest.llm.allow '*'
notmuch config set digest.llm.model none
notmuch config set digest.llm.url "http://127.0.0.1:$(cat port)/v1"
notmuch config set digest.llm.key_command "$T_DIR/home/bin/my-key"
t_exit 0 "$ND" show --engine=llm subject:fabtool
t_equal "the program that knows the key was asked, once" 1 \
	"$(wc -l <home/asked)"
t_unlike "all mail is read by a process that has a socket" \
	'cannot be read|cannot open' err
t_like "that of a linked folder, too" 'fabtool' out
t_exit 0 "$ND" show --engine=llm --dry-run subject:fabtool
t_equal "and not for a look" 1 "$(wc -l <home/asked)"
printf 'sk-file\n' >home/key
chmod 600 home/key
notmuch config set digest.llm.key_command
notmuch config set digest.llm.key_file "$T_DIR/home/key"
t_exit 0 "$ND" show --engine=llm subject:fabtool
t_unlike "a file that holds the key" 'key file' err
t_same "both keys came to the service" keys.want keys
kill "$service"
# ---- the hook, links to mails, taking it all away

t_exit 0 "$ND" setup hook --install
cat >"home/mail root/sample/new/one.eml" <<-EOF
	From: Ann <ann@example.org>
	To: list@example.org
	Subject: brought by the hook
	Message-ID: <hook-1@example.org>
	Date: Sun, 05 Apr 2026 10:00:00 +0000

	Does the hook see this?
EOF
cat >"home/mail root/sample/new/two.eml" <<-EOF
	From: Bob <bob@example.org>
	To: list@example.org
	Subject: Re: brought by the hook
	Message-ID: <hook-2@example.org>
	In-Reply-To: <hook-1@example.org>
	Date: Sun, 05 Apr 2026 11:00:00 +0000

	Yes, it does.
EOF
t_exit 0 notmuch new
has_more() { [ "$(counts)" = 39 ]; }
t_until has_more
t_equal "notmuch new has us write a digest" 39 "$(counts)"
t_exit 0 "$ND" thread-dir "$T_DIR/home/thread" id:hook-1@example.org
t_equal "links to the mails of a thread, and its digest" 3 \
	"$(find home/thread/cur -type f | wc -l)"
t_equal "  which are the files themselves" 2 "$(stat -c %h \
	"$(notmuch search --output=files --limit=1 id:hook-1@example.org)")"
t_exit 0 "$ND" thread-dir --read "$T_DIR/home/thread" id:hook-1@example.org
t_equal "  the digest is read then" 0 \
	"$(notmuch count tag:digest/fresh and "thread:{id:hook-1@example.org}")"
t_exit 0 "$ND" jump id:hook-1@example.org
t_true "what neomutt loads" test -s home/cache/notmuch-digest/jump.rc
t_exit 0 "$ND" clean --yes
t_equal "clean takes all digests away" 0 "$(counts)"
t_true "  the folders" test ! -e "home/mail root/lists"
t_true "  and the cache" test ! -e home/cache/notmuch-digest
t_true "the user's mail is all there" test \
	"$(find "home/mail root/" home/kept -path '*/cur/*' -type f | wc -l)" -ge 40

# ---- somebody who is not root, since the kernel lets root look at all of us

if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null &&
	setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$ND" 2>/dev/null; then
	chown -R 65534:65534 "$T_DIR"
	t_exit 0 setpriv --reuid=65534 --regid=65534 --clear-groups \
		sh -c "'$ND' report --now=$T_NOW --lang=zh_CN --output=/dev/stdout | cat"
	t_like "its own descriptors and catalogues are found" '总结报告' out
	t_exit 0 setpriv --reuid=65534 --regid=65534 --clear-groups "$ND" setup hook
	t_like "and its own path" "^ *'?$ND|$ND" out
fi
t_done
