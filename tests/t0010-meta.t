#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the program says of itself agrees with what is written about it.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
MAN=$T_SRC/doc/notmuch-digest.1

t_exit 0 "$ND" --version
t_like "--version names the program" '^notmuch-digest [0-9a-f]' out
t_exit 0 "$ND" --help
sed -n 's/^  \([a-z][a-z-]*\)  *.*/\1/p' out >commands
t_true "--help lists commands" test -s commands
t_like "--help lists the options of report" '^      --since=TIME ' out
t_like "  with their letters" '^  -o, --output=FILE ' out
t_exit 0 "$ND" version
t_like "version is --version" '^notmuch-digest [0-9a-f]' out
t_exit 0 "$ND" update --help
cp out help
t_exit 0 "$ND" help update
t_same "help COMMAND is COMMAND --help" help out

# The SYNOPSIS lines of one command, as "--name[=ARG]".
synopsis() {
	awk -v cmd="$1" '
		/^\.Sh / { inside = ($2 == "SYNOPSIS") }
		/^\.Op Cm |^\.Cm / && inside { on = ($NF == cmd) }
		/^\.Op Fl -/ && inside && on {
			sub(/^\.Op Fl -/, "--"); sub(/ Ns = Ns Ar /, "="); print
		}' "$MAN" | sort
}
# Beside the SYNOPSIS, which names all of them.
awk '/^\.Sh / { on = ($2 == "OPTIONS") } on' "$MAN" >described
while read -r cmd; do
	t_exit 0 "$ND" "$cmd" --help
	sed -n 's/^  .\{4\}\(--[^ ]*\).*/\1/p' out | sort >options
	sed -n 's/^  -\([a-z]\), --\([^ =]*\).*/\1 \2/p' out >letters
	synopsis "$cmd" >documented
	t_same "options of $cmd are those of the man page" documented options
	"$ND" "$cmd" -h >short 2>err
	t_same "-h is --help for $cmd" out short
	sed 's/^--\([^=]*\).*/\1/' options | while read -r o; do
		grep -Eq "^\.It (.* , )?Fl -$o( |$)" described || echo "$o"
	done >undescribed
	t_same "every option of $cmd is described" /dev/null undescribed
	while read -r letter o; do
		grep -Eq "^\.It (.* , )?Fl $letter , Fl -$o( |$)" described ||
			echo "-$letter, --$o"
	done <letters >undescribed
	t_same "and every letter" /dev/null undescribed
done <commands

for code in 0 1 64 65 69 74 75 78; do
	t_like "exit $code is in the man page" "^\.It $code\$" "$MAN"
done
for key in $(sed -n 's/^\t{"\([a-z_.]*[a-z]\)\.\{0,1\}", [A-Z].*/\1/p' \
	"$T_SRC/notmuch-digest/app/settings.c"); do
	t_like "digest.$key is in the man page" "digest\.$key" "$MAN"
done

# What is written into the mailbox, and printed, is explained: each in an item
# of its own. t_explained SECTION FILE-OF-PATTERNS
t_explained() {
	awk -v section="$1" '/^\.Sh / { on = (substr($0, 5) == section) }
		on && /^\.It /' "$MAN" >items
	while read -r word; do
		grep -Eq "^\.It (Ql|Li) $word( |\$)" items || echo "$word"
	done <"$2" >unexplained
	t_true "there are words for $1" test -s "$2"
	t_same "each is explained in $1" /dev/null unexplained
}
src=$T_SRC/notmuch-digest
{
	echo digest
	sed -n 's|^\t{"\([a-z]*\)", ND_TAG_.*|digest/\1|p' "$src/store/tags.c"
	sed -n 's|^\t\[ND_CATEGORY_.*"\([a-z]*\)",$|digest/\1|p' \
		"$src/model/thread.c"
} >tags
t_explained "WHAT IS WRITTEN" tags
sed -n 's|.*\[ND_STATE_\([A-Z_]*\)\] = "\(.*\)",|\1 \2|p' \
	"$src/model/standing.c" | sort >named
sed -n 's|.*\[ND_STATE_\([A-Z_]*\)\] = N_("\(.*\)"),|\1 \2|p' \
	"$src/words/statusline.c" | sort >printed
join named printed | sed 's|^[A-Z_]* \([^ ]*\) |digest/state/\1 : Em |' >states
t_equal "all states have two words" "$(grep -c '^	ND_STATE_[A-Z_]*,' \
	"$src/model/standing.h")" "$(wc -l <states)"
t_explained STATES states
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

if command -v bash >/dev/null; then
	cat >complete.sh <<-EOF
		PATH=$(dirname "$ND"):\$PATH
		. "$T_SRC/contrib/completion/notmuch-digest.bash"
		COMP_WORDS=(notmuch-digest "\$1" "\$2") COMP_CWORD=\$3
		_notmuch_digest && printf '%s\n' "\${COMPREPLY[@]}"
	EOF
	bash complete.sh "" "" 1 >completed
	t_like "commands are completed" '^report$' completed
	while read -r cmd; do
		bash complete.sh "$cmd" -- 2 | sed 's/=$//' | sort >completed
		"$ND" "$cmd" --help |
			sed -n 's/^  .\{4\}\(--[^ =]*\).*/\1/p' |
			sort >options
		t_same "options of $cmd are completed" options completed
	done <commands
fi
t_done
