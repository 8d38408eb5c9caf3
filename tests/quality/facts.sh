#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# facts.sh - how good acts and facts are on lists not seen, in Markdown
#
# usage: facts.sh BUILD DATA_DIR ACTS THREADS GOLD (see the Makefile)
set -eu
build=$1 data=$2 acts=$3 threads=$4 gold=$5

cat <<END

## What people do, on lists not seen

For each list a model that was fitted without it; an act counts once a mail.
Tags, acceptances and robots are told by their form.
END
"$acts" judge "$threads" "$gold" 2>/dev/null
cat <<END

## States, turns, acceptance, questions

Reports of \`make left-out\`: each list by a program that was fitted without it;
what the figures mean stands in DATA_DIR/quality. The weights of the choice of sentences
(key_r, rouge1, rouge2) have not seen the list, either. How it is spread over mails and
people (the dozen numbers of struct nd_spread) was chosen by these means.

\`\`\`
END
python3 "$data/quality/lists.py" "$build/left-out/{list}/notmuch-digest" \
	--work "$build/acts"
echo '```'
