#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The manual and the program agree, both ways: commands, options, settings, tags,
# headers, exit codes, words of reports; and what it gives as examples works.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_mailbox sample
DOC=$T_SRC/doc
MAN=$DOC/notmuch-digest.1
src=$T_SRC/notmuch-digest

# The heads of the items of a section: t_items SECTION PAGE
t_items() {
	awk -v section="$1" '/^\.Sh / { on = (substr($0, 5) == section) }
		on && /^\.It / { print substr($0, 5) }' "$2"
}

# Options that those heads are about, one a line.
options_of() {
	sed 's/ Ns = Ns .*//; s/ , Fl / Fl /g; s/ Ns = Ns [^ ]*//g' |
		grep -o 'Fl -[a-z-]*' | sed 's/^Fl -/--/' | sort
}

# ---- commands and their options ----

"$ND" --help | sed -n 's/^  \([a-z][a-z-]*\)  *.*/\1/p' >commands
t_items DESCRIPTION "$MAN" | sed -n 's/^Cm //p' >documented
t_same "the commands are those of notmuch-digest(1)" commands documented
sed 's/.*/notmuch-digest-&.1/' commands | sort >pages
(cd "$DOC" && ls notmuch-digest-*.1) >documented
t_same "each has a page, and no page is without a command" pages documented

# Its SYNOPSIS, as "--name[=ARG]".
synopsis() {
	awk '/^\.Sh / { on = ($2 == "SYNOPSIS") }
		on && sub(/^\.Op Fl -/, "--") {
			sub(/ Ns = Ns Ar /, "="); gsub(/\\:/, ""); print
		}' "$1"
}
t_items OPTIONS "$MAN" | sed 's/ , Fl -until.*//' >common
options_of <common >common.names
: >all
while read -r cmd; do
	page=$DOC/notmuch-digest-$cmd.1
	t_exit 0 "$ND" "$cmd" --help
	sed -n 's/^  .\{4\}\(--[^ ]*\).*/\1/p' out >options
	synopsis "$page" >documented
	t_same "options of $cmd are those of its SYNOPSIS" options documented
	sed 's/=.*//' options | sort >names
	cat names >>all
	t_items OPTIONS "$page" >own
	sed 's/Fl -since Ns = Ns Ar TIME , Fl -until/Fl -since , Fl -until/' own |
		options_of >own.names
	sort -u own.names common.names | comm -23 names - >undescribed
	t_same "every option of $cmd is described" /dev/null undescribed
	comm -13 names own.names >strange
	t_same "and no other" /dev/null strange
	sed -n 's/^  -\([a-z]\), --\([^ =]*\).*/\1 \2/p' out |
		while read -r letter o; do
			cat own common | grep -Eq \
				"^(.* , )?Fl $letter , Fl -$o( |\$)" ||
				echo "-$letter, --$o"
		done >undescribed
	t_same "and every letter" /dev/null undescribed
	# Choices stand there as they are in the program.
	sed -n 's/^--\([a-z-]*\)=\([a-z0-9-]*|.*\)/\1 \2/p' options |
		while read -r o choices; do
			wanted=$(echo "$choices" | sed 's/|/ \\| /g')
			cat own common | grep -Eq \
				"^Fl -$o Ns = Ns (Cm $wanted|Ar STATE)\$" ||
				echo "--$o=$choices"
		done >undescribed
	t_same "and every choice" /dev/null undescribed
done <commands
sort all | uniq -d >shared
comm -13 shared common.names >strange
t_same "what notmuch-digest(1) calls common is common" /dev/null strange
"$ND" series --help | sed -n 's/.*--state=\(.*\)/\1/p' | tr '|' '\n' | sort >states

for code in 0 1 64 65 69 74 75 78; do
	t_like "exit $code is in the manual" "^\.It $code\$" "$MAN"
done

# ---- examples ----

# Only what they mean is looked at: with --help nothing is done.
sed -n 's/^\.Dl \(.*[0-9*] \)\{0,1\}notmuch digest/notmuch-digest/p' "$DOC"/*.[157] |
	sed 's/\\(dq/"/g; s/ | .*//' >examples
t_true "there are examples" test "$(wc -l <examples)" -gt 20
PATH=$(dirname "$ND"):$PATH
while read -r line; do
	t_exit 0 sh -c "$line --help"
	t_true "  which is a help" test -s out
done <examples

# ---- settings ----

CONFIG=$DOC/notmuch-digest-config.5
# key|choices|default, where there is one
sed -n '/^static const struct setting settings_table/,/^};/p' \
	"$src/app/settings.c" | tr -d '\n' | sed 's/},/&\n/g' |
	sed -n 's/^.*{"\([a-z_.]*\)", [A-Z_]*, [^"]*), *\(NULL\|"[^"]*"\), *\(NULL\|"[^"]*"\)}.*/\1|\2|\3/p' |
	sed 's/^\([a-z_.]*\)\./\1./; s/NULL//g' >table
t_equal "the table of settings was read" \
	"$(grep -c '^	{"' "$src/app/settings.c")" "$(wc -l <table)"
sed 's/|.*//; s/\.$/.NAME/; s/^/digest./' table | sort >keys
{ t_items KEYS "$CONFIG"; t_items "KEYS OF THE ENGINE LLM" "$CONFIG"; } |
	grep -o 'digest\.[a-zA-Z_.]*[a-zA-Z]' | sort >documented
t_same "the keys are those of notmuch-digest-config(5)" keys documented

# What the page says below a key: about KEY
about() {
	awk -v key="$1" '/^\.It / { on = index($0 " ", key " ") > 0 } on' "$CONFIG"
}
while read -r line; do
	key=${line%%|*} choices=${line#*|} fallback=${line##*|}
	choices=${choices%%|\"*} choices=${choices%|} fallback=$(echo "$fallback" | tr -d '"')
	case $key in *.) key=${key}NAME ;; esac
	about "digest.$key" >item
	case $key:$fallback in
	folder:) fallback=digest ;;
	llm.timeout:*) fallback=600 ;;
	llm.context:*) fallback=100000 ;;
	llm.budget_tokens:) fallback='no limit' ;;
	*:) fallback=none ;;
	esac
	t_like "the default of digest.$key" "^Default: $fallback([,.;:]|\$)" item
	example=$(echo "$key" | sed 's/NAME//')
	case $key in
	llm.key_file | llm.key_env) ;;
	*) t_like "an example of digest.$key" \
		"^\.Dl notmuch config set digest\.$example" item ;;
	esac
	echo "$choices" | tr -d '"' | tr '|' '\n' | grep . | while read -r word; do
		tr ' ' '\n' <item | grep -qx "$word" || echo "$word"
	done >unexplained
	t_same "the words that digest.$key takes" /dev/null unexplained
done <table

# All of the examples together are a configuration.
sed -n 's/^\.Dl \(notmuch config set digest\.[a-z].*\)/\1/p' "$CONFIG" >settings
while read -r line; do
	t_true "$line" sh -c "$line"
done <settings
t_exit 0 "$ND" todo --now="$T_NOW"
t_exit 0 "$ND" status --now="$T_NOW"
sed 's/.* set \(digest[^ ]*\) .*/\1/' settings | sort -u | while read -r key; do
	grep -q "$key" out || echo "$key"
done >unprinted
t_same "status prints each of them" /dev/null unprinted
t_exit 0 notmuch config set digest.nonsense 1
t_exit 78 "$ND" todo --now="$T_NOW"
t_exit 0 "$ND" status --now="$T_NOW"
while read -r line; do
	key=$(echo "$line" | sed 's/.* set \(digest[^ ]*\) .*/\1/')
	notmuch config set "$key"
done <settings
notmuch config set digest.nonsense

# ---- what is written into the mailbox, and printed ----

TAGS=$DOC/notmuch-digest-tags.7
# Each of FILE's words has an item of its own: t_explained SECTION FILE
t_explained() {
	t_items "$1" "$TAGS" >items
	while read -r word; do
		grep -Eq "^(Ql|Li) $word( |\$)" items || echo "$word"
	done <"$2" >unexplained
	t_true "there are words for $1" test -s "$2"
	t_same "each is explained in $1" /dev/null unexplained
}
{
	echo digest
	sed -n 's|^\t{"\([a-z]*\)", ND_TAG_.*|digest/\1|p' "$src/store/tags.c"
	sed -n 's|^\t\[ND_CATEGORY_.*"\([a-z]*\)",$|digest/\1|p' \
		"$src/model/thread.c"
	echo digest/NAME
	echo digest/state/STATE
} | sort >tags
{ t_items TAGS "$TAGS"; t_items "REPORTS IN THE MAILBOX" "$TAGS"; } |
	sed -n 's/^Ql //p' | sort >documented
t_same "the tags are those of notmuch-digest-tags(7)" tags documented
sed -n 's|.*\[ND_STATE_\([A-Z_]*\)\] = "\(.*\)",|\1 \2|p' \
	"$src/model/standing.c" | sort >named
sed -n 's|.*\[ND_STATE_\([A-Z_]*\)\] = N_("\(.*\)"),|\1 \2|p' \
	"$src/words/statusline.c" | sort >printed
join named printed | sed 's|^[A-Z_]* \([^ ]*\) |Li digest/state/\1 : Em |' |
	sort >states
t_equal "all states have two words" "$(grep -c '^	ND_STATE_[A-Z_]*,' \
	"$src/model/standing.h")" "$(wc -l <states)"
t_items STATES "$TAGS" | sort >documented
t_same "the states are those of notmuch-digest-tags(7)" states documented
sed -n '/states\[\] = {/,/};/s|[^"]*"\([a-z-]*\)"[^"]*|\1\n|gp' \
	"$src/store/tags.c" | grep . | sort >tagged
cut -d' ' -f2 named | sort >words
t_same "the states that are tags are the states" words tagged
{
	sed -n 's|.*{"[A-Za-z-]*-by", "\(.-b\)"},|.*\1 [0-9].*|p' \
		"$src/words/statusline.c"
	sed -n 's|.*tr(to, "\([A-Z/]*/[A-Z]\)"),|\1|p' "$src/render/serieslist.c"
	sed -n 's|.*tr(labels, "\(stalled\)").*|\1|p' "$src/words/statusline.c"
	echo N/M
	echo 'for you'
	echo 'waiting for .*'
} >short
t_explained "READING A REPORT" short

# Headers, of mails as they are written.
t_exit 0 "$ND" report --now="$T_NOW" --format=mbox
cp out mails
t_exit 0 "$ND" report --now="$T_NOW" --to=nora@example.org
cat out >>mails
t_items HEADERS "$TAGS" | sed 's/^Ql //; s/ , /\n/g' | sort >documented
grep -o '^\(X-Notmuch-Digest[A-Za-z-]*\|Auto-Submitted\):' mails | tr -d : >written
grep '^X-Notmuch-Digest: ' mails | sed 's/^[^:]*: //; s/; /\n/g' |
	sed -n 's/=.*//p' >>written
sort -u written >words
comm -23 words documented >unexplained
t_same "every header and its fields are explained" /dev/null unexplained
comm -13 words documented | while read -r word; do
	grep -Eq "\"$word\"|; $word=|^#define .*\"$word\"" \
		"$src"/render/mail.c "$src"/render/reportmail.c || echo "$word"
done >strange
t_same "and no other" /dev/null strange
t_done
