#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# status: what is digested, the settings in force, what is wrong.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
t_need jq
s_mailbox
t_exit 0 "$ND" status
t_like "before the first run" '^last run:  never$' out
t_exit 0 "$ND" status --json
t_equal "  threads to come" 3 "$(jq .pending out)"
t_equal "  no run" null "$(jq .last_run out)"
t_equal "status changes nothing" 0 "$(notmuch count tag:digest/patch)"
t_exit 0 "$ND" update --now="$T_NOW"
t_exit 0 "$ND" status --json
t_equal "digests" 2 "$(jq .digests out)"
t_equal "nothing to come" 0 "$(jq .pending out)"
t_equal "nothing failed" '0 0' "$(jq -r '"\(.failed) \(.stale)"' out)"
t_equal "last run" '"2026-04-06T00:00:00Z"' "$(jq .last_run out)"
t_equal "all is looked at" true "$(jq '.revision == .watermark and .same_database' out)"
t_equal "the folder" "\"$T_DIR/mail/digest\"" "$(jq .folder out)"
t_equal "no problems" 0 "$(jq '.problems | length' out)"
from() { jq -r ".settings[] | select(.key == \"$1\") | \"\\(.value) \\(.source)\"" out; }
t_equal "a setting of the file" 'to:list@example.org file' "$(from digest.query)"
t_equal "a default" '20 default' "$(from digest.large)"
notmuch config set --database digest.large 30
t_exit 0 "$ND" status --json
t_equal "a setting of the database" '30 database' "$(from digest.large)"
s_mail erin1 "Re: Only one mail" dave1 8
s_new
t_exit 0 "$ND" status --json
t_equal "one thread to come" 1 "$(jq .pending out)"
notmuch config set digest.nonsense 1
notmuch config set digest.min_messages none
notmuch config set new.ignore digest
: >mail/list/.uidvalidity
t_exit 0 "$ND" status --json
for what in 'digest.nonsense' 'digest.min_messages' 'new.ignore' 'mail sync'; do
	t_true "names the problem: $what" jq -e \
		".problems | any(.what | contains(\"$what\"))" out
done
t_equal "all with a remedy" 0 "$(jq '[.problems[] | select(.remedy == "" and (.what | contains("min_messages") | not))] | length' out)"
t_exit 0 "$ND" status
t_like "for people, too" '^  new\.ignore has' out
t_exit 64 "$ND" status something
t_done
