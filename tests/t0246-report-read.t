#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A delivered report, as who reads mail in neomutt sees it: its text, the HTML beside
# it, one mail also after a second delivery, none after clean.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/client.sh
. "$T_SRC/tests/client.sh"
c_need neomutt
t_mailbox sample
mkdir -p "$HOME/.config/neomutt"
cat >"$HOME/.config/neomutt/neomuttrc" <<-EOF
	set folder="$T_DIR" sleep_time=0 quit=yes index_format="%4C %-8.8L %s"
EOF
deliver() { t_exit 0 "$ND" report --deliver --quiet --now="$T_NOW" "$@"; }

notmuch dump >before
deliver --lang=zh_CN
deliver
c_start "neomutt -R -f $T_DIR/mail/digest"
c_see "one mail, of the second delivery" "[Msgs:1"
c_see "  with its list and its days" \
	"LINUX-FABRIC mailing list report, 2026-03-30 until 2026-04-06"
c_keys Enter
c_see "its text is shown, the front page first" "Needs you: 2"
c_see "  with the numbers of entries" \
	"   1. fabric: which interface for link events?: Jürgen Weißbach" || c_look
c_keys v
c_see "both parts are there" "text/html"
c_keys q q q
c_ends "and it is left"

t_exit 0 "$ND" clean --yes --quiet
[ ! -e mail/digest ]
t_result $? "clean takes the folder, too"
notmuch dump >after
t_same "  and every trace" before after
t_done
