#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The engine 'llm' and the mailbox: update and report share what a model said.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need python3
t_mailbox sample

# A service that answers with true statements, until its stdin ends.
mkfifo hold
PYTHONUNBUFFERED=1 python3 "$T_SRC/tests/llm/stub.py" '[{"auto": true}]' \
	<hold >stub.out &
exec 9>hold
t_wait stub.out
notmuch config set digest.engine llm
notmuch config set digest.llm.url "$(head -1 stub.out)"
notmuch config set digest.llm.model stub-1
notmuch config set digest.llm.allow subject:fab_route_flush

query=subject:fab_route_flush
t_exit 0 "$ND" update --dry-run --now="$T_NOW" $query
t_like "a dry run says what the model would be asked" '^requests: 1$' out
t_exit 0 "$ND" update --now="$T_NOW" $query
notmuch search --output=files tag:digest | head -1 >file
t_like "the digest says who wrote it" 'engine=llm' "$(cat file)"
t_like "with the model" 'stub-1' "$(cat file)"
t_exit 0 "$ND" report --now="$T_NOW" --verbose $query
t_like "report finds what update was told" '0 requests' err
t_like "  and says AI" 'AI summary' out
t_exit 0 "$ND" clean --cache --dry-run
t_like "stored answers are counted" '^2 stored answers would be removed' out
t_exit 0 "$ND" clean --cache
t_equal "they are gone" 0 "$(find "$HOME/.cache" -type f | wc -l)"
t_equal "the digest is not" 1 "$(notmuch count tag:digest)"
t_exit 64 "$ND" clean --cache $query
t_exit 0 "$ND" report --now="$T_NOW" $query
t_exit 0 "$ND" clean --yes
t_equal "clean takes the answers, too" 0 "$(find "$HOME/.cache" -type f | wc -l)"
exec 9>&-
wait
t_done
