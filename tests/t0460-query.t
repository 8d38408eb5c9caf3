#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Queries say what may be sent and removed: nothing of one is ever dropped.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_mailbox sample
notmuch config set index.header.List List-Id
notmuch config set query.good to:fabric
notmuch config set query.bad 'not frm:nora'
notmuch config set query.loop query:loop

refuse() { # refuse QUERY REGEX
	t_exit 64 "$ND" report --now="$T_NOW" -- "$1"
	t_like "  says why" "query .*$2" err
}
take() { t_exit 0 "$ND" report --now="$T_NOW" --quiet -- "$1"; }

refuse 'to:fabric and not frm:nora' "'frm:' is not a prefix"
refuse 'to:fabric -tag:private' "'-tag' begins with"
refuse 'to:fabric !tag:private' "'!tag' begins with"
refuse 'to:fabric && tag:private' "'&&' is dropped"
refuse 'to:fabric and ()' "'\(\)' says nothing"
refuse 'to:fabric and ""' "says nothing"
refuse 'to:fabric and tag:' "'tag' has nothing"
refuse 'not to:*' "'to' has nothing"
refuse "not tag:'a b'" "'tag' has a quote"
refuse 'tag:a"x) or (y"b' "has a quote"
refuse '[to:fabric or to:x]' "'\[to:' is not a prefix"
refuse 'From:nora' "'From:' is not a prefix"
refuse 'list:fabric' "'list:' is not a prefix"
refuse 'not lastmod:5' "'5' is not a range"
refuse 'not query:nobody' "'nobody' is the name of no saved query"
refuse 'query:bad' "'frm:' is not a prefix"
refuse 'query:loop' 'nested too deep'
refuse 'thread:"{not frm:nora}"' "'frm:' is not a prefix"
refuse 'to:fabric and' 'AND'
refuse 'or to:fabric' 'OR'
refuse 'to:fabric not' 'NOT'
refuse '   ' 'is empty'
take 'to:fabric and not (tag:x or subject:"a: b") xor from:/nora/'
take 'List:fabric or body:ring or folder:"" or path:sample/** or "a:b"'
take 'query:good or thread:"{to:fabric}" or date:2020..2030 or lastmod:1..9'
take 'http://example.org/x 12:30 wor* id:"a""b" mid:x@y is:unread'
take ' * '

# ---- too long ----------------------------------------------------------------
words() { seq -f 'w%.0f' -s " $2 " "$1"; }
words 4000 '' >most
take "$(cat most)"
words 4001 '' >many
refuse "$(cat many)" 'more than 4000 words'
head -c 100000 /dev/zero | tr '\0' a >long
long=$(cat long)
t_exit 64 "$ND" report "$long" "$long" "$long"
t_like "what is over the ceiling is not cut" 'query is over [0-9]+ bytes' err
t_exit 0 "$ND" update --now="$T_NOW" '*'
notmuch dump >before
t_exit 64 "$ND" clean --yes "$long" "$long" "$long"
t_exit 64 "$ND" clean --yes ''
notmuch dump >after
t_same "clean has removed nothing" before after
t_exit 0 "$ND" clean --yes

# Wildcards are short; what they stand for is not. The watchdog's signal comes
# early here, so that nobody has to wait for it.
i=0
while [ $i -lt 90 ]; do
	printf 'a* or b* or c* or d* or e* or f* or g* or h* or i* or j* or '
	printf 'k* or l* or m* or n* or o* or p* or q* or r* or s* or t* or '
	i=$((i + 1))
done >wild
t_exit 64 timeout --preserve-status -s PROF 4 "$ND" report "$(cat wild) z"
t_like "what keeps notmuch busy is ended" 'takes longer than 10 s' err

# ---- settings ----------------------------------------------------------------
setting() { # setting KEY VALUE REGEX
	notmuch config set "$1" "$2"
	t_exit 78 "$ND" report --now="$T_NOW" to:fabric
	t_like "  names the key" "$1: .*$3" err
	t_exit 0 "$ND" status
	notmuch config set "$1"
}
notmuch config set digest.categories c
notmuch config set digest.category.c to:fabric
notmuch config set digest.lists l
notmuch config set digest.list.l to:fabric
setting digest.llm.allow 'to:fabric and not frm:nora' 'not a prefix'
setting digest.llm.allow "$(cat many)" 'more than 4000 words'
setting digest.query 'to:fabric -tag:x' 'begins with'
setting digest.category.c 'not query:nobody' 'no saved query'
notmuch config set digest.category.c to:fabric
setting digest.list.l 'not to:*' 'has nothing'
notmuch config set digest.list.l to:fabric
t_exit 64 "$ND" report --new='not frm:nora' to:fabric
notmuch config set digest.llm.model stub
notmuch config set digest.llm.url http://127.0.0.1:9/v1
# notmuch takes blanks at the ends away, but not those between quotes.
sed -i '/^\[digest\]/a llm.allow=\\s\\s' "$NOTMUCH_CONFIG"
t_exit 0 "$ND" report --engine=llm --show-prompt --now="$T_NOW" '*'
t_equal "blanks allow nothing" "" "$(cat out)"
t_done
