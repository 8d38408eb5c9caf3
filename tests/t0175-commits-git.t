#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Commits of local repositories against the sample: ranges, kinds of
# repositories, and those that cannot be read.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need git
t_need jq
t_mailbox sample
export GIT_CONFIG_NOSYSTEM=1 GIT_COMMITTER_NAME=Henrik \
	GIT_COMMITTER_EMAIL=h@example.com GIT_AUTHOR_NAME=Ann \
	GIT_AUTHOR_EMAIL=ann@example.org

# commit DATE TITLE AUTHOR ADDRESS TEXT
commit() {
	GIT_COMMITTER_DATE="$1T10:00:00Z" GIT_AUTHOR_DATE="$1T09:00:00Z" \
		GIT_AUTHOR_NAME=$3 GIT_AUTHOR_EMAIL=$4 \
		git -C tree commit --quiet --allow-empty -m "$2" -m "$5"
}
git init --quiet --initial-branch=main tree
t_exit 0 "$ND" commits --git=tree
t_like "a repository without commits has none" '^tree: 0 commits, ' out
commit 2025-01-01 "fabric: older than all mail" Ann ann@example.org -
git -C tree tag -a -m start v1
commit 2026-04-03 "fabric: ring: split fab_ring_reset() into stop and restart" \
	"Priya Raghunathan" priya.r@example.net "No trailer."
commit 2026-04-03 "fabric: ring: keep posted descriptors across a restart" \
	"Priya Raghunathan" priya.r@example.net \
	"Link: https://patch.msgid.link/20260324043209.684615-1-priya.r@example.net"
git -C tree branch part
commit 2026-04-04 "fabric: debugfs: print the stall counter as unsigned" \
	"Lin Shuyue" shuyue.lin@example.com \
	"Message-ID: <20260320020237.377037-1-shuyue.lin@example.com>"
commit 2026-04-04 "fabric: something that nobody posted" Ann ann@example.org \
	"$(printf 'Link: https://lore.kernel.org/r/\033]0;x\007%%00@y\n')"

state_of() {
	find "$1" ! -path '*/index' -printf '%p %T@ %s\n' | sort
}
state_of tree >before
t_exit 0 "$ND" commits --dry-run --git=tree
state_of tree >after
t_same "the repository stays as it is" before after
t_like "commits before the oldest mail are left out" \
	'^tree: 4 commits, 3 of them .*: 2 series \(1 complete\), 0 pull requests; 1 unknown$' \
	out
t_like "parts of a series are counted" '^  merged: 2 of 5 patches$' out
t_like "with the ids of git" "^  2026-04-03 $(git -C tree rev-parse --short=12 \
	part) 2/5 fabric: ring: keep" out
cp out whole

# commits_of RANGE...: how many, of them in the mailbox
commits_of() {
	"$ND" commits --dry-run --quiet --git=tree "$@" >out 2>err || cat err
	sed -n 's/^tree: \([0-9]*\) commits, \([0-9]*\) .*/\1 \2/p' out
}
t_equal "a tag and all before it" "1 0" "$(commits_of v1)"
t_equal "from a tag on" "4 3" "$(commits_of v1..)"
t_equal "between two" "2 2" "$(commits_of v1..part)"
t_equal "a symmetric difference" "2 1" "$(commits_of part...main)"
git -C tree update-ref refs/heads/other "$(git -C tree commit-tree -m alone \
	"$(git -C tree rev-parse 'HEAD^{tree}')")"
t_equal "  of histories that share nothing" "6 3" "$(commits_of other...main)"
git -C tree branch -q -D other
t_equal "what is not in another" "2 1" "$(commits_of main ^part)"
t_equal "a relative one" "1 0" "$(commits_of HEAD~1..)"
t_equal "a branch that looks like an option" "64" \
	"$("$ND" commits --git=tree -- -x 2>/dev/null >&2; echo $?)"
t_equal "--since is the date of the commit" "2 1" "$(commits_of --since=2026-04-04)"

# One of each kind has the same commits.
same_as_whole() { # NAME DIRECTORY
	t_exit 0 "$ND" commits --dry-run --git="$2"
	sed "s|^$2: |tree: |" out >found
	t_same "$1" whole found
}
git clone --quiet --bare tree bare.git
same_as_whole "a bare repository" bare.git
git -C tree config extensions.worktreeConfig true
git -C tree config core.repositoryformatversion 1
git -C tree worktree add --quiet "$T_DIR/second" main~0 2>err ||
	t_note err
same_as_whole "a second work tree" second
mkdir tree/below
same_as_whole "a directory in one" tree/below
git -C bare.git gc --quiet
git -C bare.git commit-graph write --reachable 2>/dev/null
same_as_whole "packed, with a commit graph" bare.git
git -C tree config uploadpack.allowFilter true
git clone --quiet --bare --filter=blob:none \
	--no-local "file://$T_DIR/tree" partial.git
git -C partial.git config extensions.partialClone origin
git -C partial.git config core.repositoryformatversion 1
same_as_whole "a partial clone" partial.git

# What cannot be read says why.
t_exit 64 "$ND" commits --git=tree nothing..main
t_like "a range that is none" "'nothing..main' is no commit or range of 'tree'" err
t_exit 64 "$ND" commits --git=tree 'main^{tree}'
t_exit 74 "$ND" commits --git=missing
t_like "a directory that is missing" "cannot open 'missing': No such" err
mkdir empty
t_exit 65 "$ND" commits --git=empty
t_like "one that is no repository" "'empty' is not a git repository" err
t_exit 64 "$ND" commits --since=1d feed.atom
t_exit 64 "$ND" commits --git=tree --since=nonsense
git clone --quiet --bare --depth=2 "file://$T_DIR/tree" shallow.git
"$ND" commits --dry-run --quiet --git=shallow.git >out 2>err
code=$?
if [ $code -eq 65 ]; then
	t_like "a shallow clone says where it ends" 'shallow clone.*ends within' err
	t_like "  and what helps" 'git fetch --unshallow' err
else
	t_equal "a shallow clone has what it has" 0 $code
fi
if git init --quiet --object-format=sha256 sha256 2>/dev/null; then
	t_exit 65 "$ND" commits --git=sha256
	t_like "SHA-256 is named" "'sha256' has SHA-256 ids" err
fi
rm -rf broken
cp -R bare.git broken
find broken/objects -name '*.pack' -exec sh -c 'chmod u+w "$1" && : >"$1"' - {} \;
t_exit 65 "$ND" commits --git=broken
t_unlike "a broken one is not told of as empty" '0 commits' out
if [ "$(id -u)" = 0 ]; then
	cp -R bare.git foreign.git
	chown -R 12345 foreign.git
	t_exit 74 "$ND" commits --git=foreign.git
	t_like "one of another user is refused" 'belongs to another user' err
	t_like "  with git's own remedy" 'safe\.directory' err
	git config --global --add safe.directory "$T_DIR/foreign.git"
	t_exit 0 "$ND" commits --dry-run --git=foreign.git
fi

# Hostile and foreign texts.
cp -R tree hostile
printf 'fabric: r\351sum\351 \033[31mred' | git -C hostile -c \
	i18n.commitEncoding=ISO-8859-1 commit --quiet --allow-empty -F -
head -c 300000 /dev/zero | tr '\0' 'x' |
	git -C hostile commit --quiet --allow-empty -F -
t_exit 0 "$ND" commits --dry-run --git=hostile
t_unlike "no escape comes through" "$(printf '\033')" out
t_like "all are read" '^hostile: 6 commits, 3 of them' out

# Some patches of a series are no whole one, wherever that is told.
t_exit 0 "$ND" commits --git=tree v1..part
report() { "$ND" report --now="$T_NOW" --since=2026-03-01 "$@"; }
t_equal "no tag says that all was merged" 0 \
	"$(notmuch count tag:digest/state/merged)"
# A series that no mail says was applied.
cat >mail/sample/cur/part0:2, <<-'EOF2'
	From: Ann Smith <ann@example.org>
	To: linux-fabric@lists.example.org
	Subject: [PATCH 0/3] fabric: three lamps
	Date: Wed, 01 Apr 2026 10:00:00 +0000
	Message-ID: <lamp-0@example.org>

	Three lamps for the panel.
EOF2
for i in 1 2 3; do
	cat >mail/sample/cur/part$i:2, <<-EOF2
		From: Ann Smith <ann@example.org>
		To: linux-fabric@lists.example.org
		Subject: [PATCH $i/3] fabric: lamp number $i
		Date: Wed, 01 Apr 2026 10:00:0$i +0000
		Message-ID: <lamp-$i@example.org>
		In-Reply-To: <lamp-0@example.org>

		Light it.

		Signed-off-by: Ann Smith <ann@example.org>
		---
		diff --git a/lamp.c b/lamp.c
		--- a/lamp.c
		+++ b/lamp.c
		@@ -1 +1 @@
		-0
		+$i
	EOF2
done
notmuch new --quiet
commit 2026-04-05 "fabric: lamp number 2" "Ann Smith" ann@example.org \
	"Link: https://lore.kernel.org/r/lamp-2@example.org"
t_exit 0 "$ND" commits --git=tree
t_like "one of three" '^  merged: 1 of 3 patches$' out
lamps() { jq -r ".threads[] | select(.root_id == \"lamp-0@example.org\") | $1"; }
t_equal "its state is that of the rest" "new [2] 3" "$(report --format=json |
	lamps '"\(.state) \(.applied.patches | tojson) \(.applied.total)"')"
t_equal "the topic does not say that it was merged as a whole" "1 of 3" \
	"$(report --format=json | lamps .summary.topic | grep -o '1 of 3')"
t_equal "no tag says so" 0 \
	"$(notmuch count tag:digest/state/merged "thread:{id:lamp-0@example.org}")"
digest=$(notmuch search --output=files --exclude=false \
	'path:digest/** and thread:{id:lamp-0@example.org}')
t_like "the digest tells the part" '1 of 3 merged' "$digest"
t_unlike "and nothing of an application" 'applied' "$digest"
report --format=text >text
t_like "so does the report" 'no answer yet · 1 of 3 merged' text
"$ND" series --now="$T_NOW" --since=2026-03-01 --format=markdown lamp >series
t_like "and the list of series" '1 of 3 merged' series
commit 2026-04-05 "fabric: lamp number 1" "Ann Smith" ann@example.org -
commit 2026-04-05 "fabric: lamp number 3" "Ann Smith" ann@example.org -
t_exit 0 "$ND" commits --quiet --git=tree
t_equal "the rest makes it whole" "merged all" "$(report --format=json |
	lamps '"\(.state) \(.applied.patches)"')"
t_done
