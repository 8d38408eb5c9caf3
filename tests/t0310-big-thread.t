#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A thread of 500 mails is told by sub-thread, within the words that a summary
# may take, in every format.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need python3
t_need jq
python3 "$T_SRC/tests/perf/thread.py" mail/big 500
printf '[database]\npath=%s/mail\n[new]\ntags=inbox\n[maildir]\nsynchronize_flags=false\n' \
	"$T_DIR" >"$NOTMUCH_CONFIG"
notmuch new --quiet

t_exit 0 "$ND" report --now=2026-02-01 --since=2026-01-01 --format=json '*'
mv out report.json
t_summary() { jq -r ".threads[0].summary$1" report.json; }
t_equal "one thread" 1 "$(jq '.threads | length' report.json)"
t_equal "all of it was read" 500/500 \
	"$(jq -r '.threads[0].coverage | "\(.read)/\(.messages)"' report.json)"
t_true "some sub-threads are told" \
	test "$(t_summary '.subtrees | map(select(.zone == "new")) | length')" -ge 2
# But for the cover letter, and for patch 5: its answers have another subject.
t_equal "and all others counted" 498 "$(t_summary \
	' | ([.subtrees[] | select(.zone == "new").messages] | add) + .more_subtrees.messages')"
t_equal "each item in its sub-thread's own mails" true "$(jq '
	.threads[0] | (.messages | map({key: .id, value: .subject}) | from_entries) as $subject
	| [.summary.new[] | select(.subtree) | ($subject[.sources[0]] | sub("^Re: "; ""))
		== ($subject[.subtree] | sub("^Re: "; ""))] | all' report.json)"

for format in markdown text; do
	for lang in en zh_CN; do
		t_exit 0 "$ND" report --now=2026-02-01 --since=2026-01-01 \
			--format=$format --lang=$lang --mails=none --jobs=1 '*'
		mv out $format.$lang
	done
	t_exit 0 "$ND" report --now=2026-02-01 --since=2026-01-01 \
		--format=$format --mails=none --jobs=3 '*'
	t_same "the same bytes with other --jobs" $format.en out
done
# All that stands in a list item, but for parts that only get a line; marks and
# references to mails left out.
words=$(awk '/^#### /{on=1} /^\(read/{on=0} on && /^ *- /' markdown.en |
	awk '{if (held && !(/^- / && held ~ /mails?[;)]/)) print held; held = $0}
		END {print held}' |
	sed 's/^ *- //; s/ \[[0-9-]*\]//g' | wc -w)
t_true "at most 150 words ($words)" test "$words" -le 150
t_true "and not many fewer" test "$words" -ge 100
t_like "a patch, its mails, what came of it" \
	'^- \[[0-9]+/24\] step [0-9]+ of it \([0-9]+ mails; .+\)$' markdown.en
t_like "what was said about it, below" '^  - [A-Z][a-z]+' markdown.en
t_like "the rest in one line" '^- and [0-9]+ more sub-threads, [0-9]+ mails$' markdown.en
t_like "in Chinese" '^- \[[0-9]+/24\] step [0-9]+ of it（[0-9]+ 封邮件；' markdown.zh_CN
t_like "the rest, too" '^- 另有 [0-9]+ 个子话题，[0-9]+ 封邮件$' markdown.zh_CN
t_unlike "no line of ours is English there" 'mails' markdown.zh_CN
for file in markdown.en markdown.zh_CN; do
	t_unlike "nothing of a mail is markup: $file" \
		'(^|[^\\])(<script|\*\*bold|\[x\]\()' $file
done

notmuch config set digest.query '*'
t_exit 0 "$ND" update --now=2026-02-01 --since=2026-01-01
for f in mail/digest/cur/*; do cp "$f" digest; done
t_like "the digest has the headings" '^\* \[[0-9]+/24\] step' digest
t_like "and what is left out" '^\* and [0-9]+ more sub-threads' digest
t_done
