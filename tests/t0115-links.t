#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# From a report to its mails and back: links of headers and of the setting,
# and mails named by them.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need jq
t_mailbox sample
mail() { # mail NAME ID HEADER...
	name=$1 id=$2
	shift 2
	{
		cat <<-EOF2
			From: Ann <ann@example.org>
			To: linux-fabric@lists.example.org
			Subject: [PATCH] fabric: $name
			Date: Wed, 01 Apr 2026 10:00:00 +0000
			Message-ID: <$id>
		EOF2
		for header; do printf '%s\n' "$header"; done
		printf '\nIt is wrong.\n---\n a | 2 +-\n'
		printf -- 'diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b\n'
	} >"mail/sample/cur/$name:2,"
}
mail archived at/1+2@example.org \
	'Archived-At: <https://lists.example.org/hyperkitty/message/ABC/>'
mail inbox inbox/1+2@example.org \
	'List-Archive: <https://lore.kernel.org/linux-fabric/>'
mail numbered numbered@example.org \
	'List-Archive: <https://lists.example.org/pipermail/fabric/>'
mail clicked clicked@example.org 'Archived-At: <javascript:alert(1)>' \
	'List-Archive: <https://lore.kernel.org@evil.example/x/>'
notmuch new --quiet

report() { "$ND" report --now="$T_NOW" --since=2026-03-25 from:ann "$@"; }
link_of() { # link_of ID
	"$ND" show --now="$T_NOW" --format=json "id:$1" |
		jq -r '"\(.link) \(.messages[0].link == .link)"'
}
t_equal "Archived-At" "https://lists.example.org/hyperkitty/message/ABC/ true" \
	"$(link_of at/1+2@example.org)"
t_equal "List-Archive of an archive by ids" \
	"https://lore.kernel.org/linux-fabric/inbox%2F1+2@example.org true" \
	"$(link_of inbox/1+2@example.org)"
t_equal "none of one that numbers mails" "null true" "$(link_of numbered@example.org)"
t_equal "none of what must not be clicked on" "null true" \
	"$(link_of clicked@example.org)"
report --format=text >text
t_like "text: under the title" '^   https://lore.kernel.org/linux-fabric/inbox' text
t_like "  mid: where there is none" '^   mid:numbered@example.org$' text
t_like "  and where the id is not in the link" '^   mid:at%2F1\+2@example.org$' text
report --format=markdown --mails=all >markdown
t_like "markdown: with the facts" \
	'^\*\*Link\*\*: <https://lists.example.org/hyperkitty/message/ABC/>$' markdown
t_like "  and in the list of mails" '^   - Link: <mid:clicked@example.org>$' markdown
t_unlike "nothing of another scheme" 'javascript|evil' markdown
"$ND" series --now="$T_NOW" --since=2026-03-25 --format=json from:ann >series
t_equal "series have it" 4 "$(jq '[.series[] | has("link")] | length' series)"

for format in text markdown; do
	"$ND" series --now="$T_NOW" --since=2026-03-25 --format=$format --full \
		from:ann >full
	t_like "  each of its own: $format" 'Link.*mid:numbered@example.org' full
done

# What is printed leads back.
grep -o 'https://lore[^ ]*\|mid:[^ ]*' text >printed
while read -r link; do
	t_exit 0 "$ND" show --now="$T_NOW" --format=markdown "$link"
	t_true "$link is one of its own" grep -F -e "<$link>" -e message/ABC out
	t_exit 0 "$ND" series --now="$T_NOW" --since=2026-03-25 "$link"
	t_exit 0 "$ND" update --now="$T_NOW" --dry-run "$link"
done <printed
for command in show series report update; do
	t_exit 65 "$ND" $command https://marc.info/?i=nobody@example.org
	t_like "a mail that is not there: $command" \
		"the mail 'nobody@example.org' is not in the mailbox" err
done

# The setting is the user's choice, and goes first.
notmuch config set digest.link 'https://archive.example.org/?id=%s'
t_equal "digest.link" "https://archive.example.org/?id=at%2F1%2B2@example.org true" \
	"$(link_of at/1+2@example.org)"
t_exit 0 "$ND" show --now="$T_NOW" "$(link_of at/1+2@example.org | cut -d' ' -f1)"
t_like "what it makes leads back" '^### \[PATCH\] fabric: archived$' out
for bad in 'https://x.org/' 'ftp://x.org/%s' 'https://x.org/%s/%s' '%s'; do
	notmuch config set digest.link "$bad"
	t_exit 78 "$ND" report
	t_like "$bad is none" 'digest\.link is an http or https URL with one %s' err
done
notmuch config set digest.link
t_exit 0 "$ND" report --now="$T_NOW"
t_done
