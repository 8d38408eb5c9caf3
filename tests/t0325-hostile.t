#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Hostile mail, a class after the other, through every command and format: what
# each mail must show and must not is in tests/corpora/hostile/expect.tsv.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need python3
t_need jq
t_mailbox hostile
CORPUS="$T_SRC/tests/corpora/hostile"
notmuch config set digest.query '*'
notmuch config set digest.min_messages 1
notmuch config set digest.llm.model stub
notmuch config set digest.llm.url http://127.0.0.1:9/v1
notmuch config set digest.llm.allow to:list@example.org
notmuch tag -encrypted '*'
notmuch dump >before
mkdir outputs

# run NAME COMMAND...: its output is outputs/NAME.
run() {
	name=$1
	shift
	t_exit 0 "$ND" "$@" --now="$T_NOW" --quiet
	mv out "outputs/$name"
}

for format in markdown:md text:txt json:json html:html atom:atom mbox:mbox; do
	run "report.${format#*:}" report --format="${format%:*}" --mails=all \
		--fold=none '*'
done
run report.eml report --to=nora@example.org '*'
run report.zh.md report --format=markdown --lang=zh_CN '*'
for format in markdown:md text:txt json:json html:html; do
	run "show.${format#*:}" show --all --format="${format%:*}" '*'
done
run why.txt show --all --why --format=text 'subject:PATCH or subject:forged'
for format in markdown:md text:txt json:json; do
	run "series.${format#*:}" series --full --format="${format%:*}" '*'
done
for format in text:txt json:json query:query; do
	run "todo.${format#*:}" todo --all --format="${format%:*}" '*'
done
run prompt report --engine=llm --show-prompt '*'
run commits.txt commits --dry-run "$CORPUS/commits.atom"

t_exit 0 "$ND" update --now="$T_NOW" --quiet
cp -R mail/digest/cur outputs/digests
notmuch dump >outputs/tags
t_exit 0 "$ND" update --now="$T_NOW" --quiet
notmuch dump >again
t_same "a second run changes nothing" outputs/tags again
for format in '' --json; do
	t_exit 0 "$ND" status $format --now="$T_NOW"
	mv out "outputs/status${format:+.json}"
done
t_exit 0 "$ND" clean --dry-run --now="$T_NOW"
mv out outputs/clean
t_true "nothing is where it should not be" \
	python3 "$T_SRC/tests/hostile.py" "$CORPUS" outputs "$T_SRC/tests/golden"

t_exit 0 "$ND" clean --yes
notmuch dump >after
t_same "clean takes every trace away" before after
t_true "no mail was touched" diff -r "$CORPUS/cur" mail/hostile/cur
t_done
