#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Feeds of commits against the sample: files, stdin, a server; broken ones.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need python3
t_need jq
t_mailbox sample

# entry HEX TITLE AUTHOR ADDRESS TEXT
entry() {
	id=$(printf '%040d' 0 | tr 0 "$1")
	cat <<-EOF
		<entry><title>$2</title><updated>2026-04-03T10:00:00+00:00</updated>
		<author><name>$3</name><email>$4</email></author>
		<id>urn:sha1:$id</id><content type='text'>
		$5
		</content></entry>
	EOF
}
{
	echo "<feed xmlns='http://www.w3.org/2005/Atom'><title>for-next</title>"
	entry a "fabric: ring: split fab_ring_reset() into stop and restart" \
		"Priya Raghunathan" priya.r@example.net "No trailer."
	entry b "fabric: ring: keep posted descriptors across a restart" \
		"Priya Raghunathan" priya.r@example.net \
		"Link: https://patch.msgid.link/20260324043209.684615-1-priya.r@example.net"
	entry c "fabric: debugfs: print the stall counter as unsigned" \
		"Lin Shuyue" shuyue.lin@example.com \
		"Link: https://lore.kernel.org/r/20260320020237.377037-1-shuyue.lin@example.com"
	entry d "fabric: something that nobody posted" "Ann" ann@example.org "-"
	echo "</feed>"
} >feed.atom

notmuch dump >before
t_exit 0 "$ND" commits --dry-run feed.atom
t_like "parts of a series are counted" '^  merged: 2 of 5 patches$' out
t_like "patch by patch" '^  2026-04-03 aaaaaaaaaaaa 1/5 fabric: ring: split' out
t_like "a link to the cover letter is enough" \
	'^  2026-04-03 bbbbbbbbbbbb 2/5 ' out
t_like "the newest version has the title" '^\[PATCH v3 0/5\] fabric: recover' out
t_like "a single patch" '^\[PATCH\] fabric: debugfs: print' out
t_like "one line for the feed" \
	'^feed\.atom: 4 commits, 3 of them .*: 2 series \(1 complete\), 0 pull requests; 1 unknown$' \
	out
notmuch dump >after
t_same "--dry-run writes nothing" before after
"$ND" commits --dry-run --quiet - <feed.atom >quiet 2>err
t_equal "quiet says only that" 1 "$(wc -l <quiet)"

# Kept with the digest, also of a thread that is too small for one.
report() { "$ND" report --now="$T_NOW" --since=2026-03-01 --format=json; }
t_exit 0 "$ND" commits feed.atom
t_equal "the last line says what was done" '2 digests written, 2 mails tagged.' \
	"$(tail -1 out)"
t_equal "two digests" 2 "$(find mail/digest/cur -type f | wc -l)"
t_equal "a part of what mails say was taken: its commits" \
	"applied all aaaaaaaaaa,bbbbbbbbbb" \
	"$(report | jq -r '.threads[] | select(.root_id |
		test("^20260324043209")) | "\(.state) \(.applied.patches) \(
		[.applied.commits[:2][][:10]] | join(","))"')"
t_equal "of a single patch, all of it" "merged all" \
	"$(report | jq -r '.threads[] | select(.root_id |
		test("^20260320020237")) | "\(.state) \(.applied.patches)"')"
"$ND" todo --now="$T_NOW" --all --format=json >todo.json
t_equal "a mail that said so first has told its author" "aSTbWFIGmWODP5WH" \
	"$(jq -r '.closed[] | select(.why == "to-announce" and (.root_id |
		test("^20260320020237"))) | .closed_by[:16]' todo.json)"
t_equal "tags say what is merged as a whole" 1 "$(notmuch count tag:digest/state/merged)"
t_equal "others are not touched" 198 \
	"$(notmuch count not tag:digest)"
notmuch dump >before
find mail/digest -type f >files
t_exit 0 "$ND" commits feed.atom
t_equal "a second run has nothing to do" 'Nothing has changed.' "$(tail -1 out)"
notmuch dump >after
find mail/digest -type f >files2
t_same "a second run changes no tag" before after
t_same "and no file" files files2

# A later feed adds to what is known; new mail takes nothing away.
{
	head -1 feed.atom
	entry e "fabric: link: use ring restart instead of port reset on CRC errors" \
		"Priya Raghunathan" priya.r@example.net -
	echo "</feed>"
} >later.atom
t_exit 0 "$ND" commits --quiet later.atom
cat >mail/sample/cur/late:2, <<-'EOF'
	From: Ilya Brandt <ilya@example.net>
	To: linux-fabric@lists.example.org
	Subject: Re: [PATCH v3 0/5] fabric: recover descriptor rings without a port reset
	Date: Sun, 05 Apr 2026 10:00:00 +0000
	Message-ID: <late-1@example.org>
	In-Reply-To: <20260324043209.684615-1-priya.r@example.net>

	Thank you.
EOF
notmuch new --quiet
t_exit 0 "$ND" update --now="$T_NOW" id:late-1@example.org
t_equal "three of five, after more mail" "applied aaa,bbb,eee" \
	"$(report | jq -r '.threads[] | select(.root_id |
		test("^20260324043209")) | "\(.state) \(
		[.applied.commits[:3][][:3]] | sort | join(","))"')"
t_exit 0 "$ND" clean --yes
t_equal "clean takes it away" 0 "$(notmuch count tag:digest/state/merged)"

head -3 feed.atom >cut.atom
t_exit 65 "$ND" commits feed.atom cut.atom
t_like "a broken feed is refused with its line" "'cut.atom'.*line [0-9]" err
t_same "and nothing is said of the others" /dev/null out
t_exit 74 "$ND" commits missing.atom
t_exit 64 "$ND" commits
t_exit 64 "$ND" commits http://127.0.0.1:1/feed
t_like "plain http is refused" "plain http" err
t_exit 64 "$ND" commits https://user:secret@127.0.0.1/feed
t_unlike "a password is not repeated" secret err
t_exit 69 "$ND" commits --allow-insecure-http http://127.0.0.1:1/feed

python3 "$T_SRC/tests/serve.py" feed.atom port &
server=$!
trap 'kill $server 2>/dev/null; chmod -R u+rwX "$T_DIR"; rm -rf "$T_DIR"' EXIT
t_wait port
url=http://127.0.0.1:$(cat port)
t_exit 0 "$ND" commits --quiet --allow-insecure-http "$url/feed"
t_like "a feed from a server" '/feed: 4 commits, 3 of them' out
http_proxy=http://127.0.0.1:1 all_proxy=http://127.0.0.1:1 \
	"$ND" commits --quiet --allow-insecure-http "$url/feed" >out 2>err
t_equal "no proxy for this host" 0 $?
t_exit 69 "$ND" commits --allow-insecure-http "$url/moved"
t_like "redirects are named, not followed" 'sends us elsewhere.*127.0.0.1:1/feed' err
t_exit 69 "$ND" commits --allow-insecure-http "$url/nothing"
t_like "an error of the server is one" 'status 404' err
t_exit 65 "$ND" commits --allow-insecure-http "$url/big"
t_like "a reply without end is cut off" 'is over [0-9]* bytes' err

# libcurl is loaded for requests only: it takes longer than a run that has
# nothing to do.
case $ND in
*build-san*) ;;
*)
	LD_TRACE_LOADED_OBJECTS=1 "$ND" >libraries 2>&1
	t_like "libraries are listed" libnotmuch libraries
	t_unlike "libcurl is not among them" libcurl libraries
	t_unlike "nor is libgit2" libgit2 libraries
	mkdir broken
	echo 'no library' >broken/libcurl.so.4
	cp broken/libcurl.so.4 broken/libcurl-gnutls.so.4
	LD_LIBRARY_PATH=$PWD/broken t_exit 69 "$ND" commits \
		--allow-insecure-http "$url/feed"
	t_like "a libcurl that does not load is named" \
		'cannot load libcurl: .*broken/libcurl' err
	for version in 0 1 2 3 4 5 6 7 8 9; do
		echo 'no library' >"broken/libgit2.so.1.$version"
	done
	LD_LIBRARY_PATH=$PWD/broken t_exit 69 "$ND" commits --git=.
	t_like "so is a libgit2" 'cannot load libgit2.*broken/libgit2' err
	LD_LIBRARY_PATH=$PWD/broken t_exit 0 "$ND" commits --quiet feed.atom
	;;
esac

# ---- merged, and no mail says so
{
	echo "<feed xmlns='http://www.w3.org/2005/Atom'><title>next</title>"
	entry e "fabric: link: count state transitions" "Sören Lindqvist" \
		soren@example.org \
		"Link: https://lore.kernel.org/r/20260403093003.294793-1-soren@example.org"
	echo "</feed>"
} >silent.atom
t_exit 0 "$ND" commits --quiet silent.atom
# told NOW LIST: why and since of the patch's item there
told() {
	"$ND" todo --now="$1" --all --format=json | jq -r ".$2[] |
		select(.root_id | test(\"^20260403093003\")) | \"\(.why) \(.since)\""
}
t_equal "merged, and no mail has told its author" \
	"to-announce 2026-04-03T10:00:00Z" "$(told "$T_NOW" carried)"
t_equal "  late after two weeks" "to-announce 2026-04-03T10:00:00Z" \
	"$(told 2026-04-20T00:00:00Z overdue)"
notmuch config set user.primary_email soren@example.org
t_equal "  the author waits for it" "to-announce 2026-04-03T10:00:00Z" \
	"$(told "$T_NOW" waits_for_others)"
cat >mail/sample/cur/told:2,S <<-'EOM'
	From: Henrik Aldous <henrik@example.org>
	To: soren@example.org
	Subject: Re: [PATCH] fabric: link: count state transitions
	Date: Sun, 05 Apr 2026 10:00:00 +0000
	Message-ID: <told@example.org>
	In-Reply-To: <20260403093003.294793-1-soren@example.org>
	References: <20260403093003.294793-1-soren@example.org>

	Applied to next, thanks.
EOM
notmuch new --quiet --no-hooks
t_equal "  until a mail says so" "" "$(told "$T_NOW" waits_for_others)"
t_equal "    which has closed it" told@example.org "$("$ND" todo --now="$T_NOW" \
	--format=json | jq -r '.closed[] | select(.why == "to-announce" and (.root_id |
		test("^20260403093003"))) | .closed_by')"
t_done
