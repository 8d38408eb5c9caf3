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
# ---- what update would do: status says it as it is
# refuses EXIT TEXT: update exits so and says the text, and status knows both.
refuses() {
	t_exit "$1" "$ND" update --now="$T_NOW"
	t_like "  because of $2" "$2" err
	t_exit 0 "$ND" status --json
	t_equal "  status has the exit code" "$1" "$(jq .update_exit out)"
	t_like "  and the reason" "$2" out
}
accepts() {
	t_exit 0 "$ND" status --json
	t_equal "update works, status says: $1" 0 "$(jq .update_exit out)"
	t_exit 0 "$ND" update --dry-run --now="$T_NOW"
}
rm mail/list/.uidvalidity
refuses 78 'digest.min_messages'
t_exit 0 "$ND" status
t_like "for people, too" '^update:    refuses to work, with exit code 78' out
notmuch config set digest.min_messages
refuses 78 'digest.nonsense'
notmuch config set digest.nonsense
notmuch config set new.ignore
accepts "all is well"
t_exit 0 "$ND" status
t_unlike "  nothing is said of it" '^update:' out
query=$(notmuch config get digest.query)
notmuch config set digest.query
refuses 78 'digest.query'
t_like "  with the remedy" 'notmuch config set digest.query to:LIST' out
t_unlike "  and no other story" 'does nothing"' out
notmuch config set digest.query 'date:x..y'
refuses 78 'cannot parse the query'
notmuch config set digest.query "$query"
notmuch config set digest.lang xx
refuses 78 "'xx'"
notmuch config set digest.lang
notmuch config set digest.tag_prefix 'a b'
refuses 78 'digest.tag_prefix'
notmuch config set digest.tag_prefix
: >mail/list/.uidvalidity
notmuch config set digest.folder
t_exit 0 "$ND" status --json
t_equal "a mail sync" 78 "$(jq .update_exit out)"
rm mail/list/.uidvalidity
notmuch config set digest.engine llm
refuses 78 'digest.llm.model'
notmuch config set digest.llm.model m
refuses 78 'digest.llm.url'
notmuch config set digest.llm.url http://example.org/v1
refuses 78 'digest.llm.url'
notmuch config set digest.llm.url http://127.0.0.1:9/v1
accepts "a model, and no mail for it"
notmuch config set digest.llm.allow 'to:list@example.org'
notmuch config set digest.llm.key_env ND_NO_SUCH_KEY
refuses 78 'ND_NO_SUCH_KEY'
notmuch config set digest.llm.key_command "touch $T_DIR/asked"
refuses 78 'only one source'
notmuch config set digest.llm.key_env
t_exit 0 "$ND" status --json
t_equal "a key of a program" 0 "$(jq .update_exit out)"
t_true "  which is not run for this" test ! -e asked

for bad in 1,5 -2 1e3 . '' 1.2.3; do
	notmuch config set digest.llm.price_in "$bad"
	[ -z "$bad" ] || refuses 78 'digest.llm.price_in'
done
notmuch config set digest.llm.price_in 0.15
accepts "a price"
notmuch config set digest.llm.price_in

# ---- every setting
t_exit 0 "$ND" status --json
for key in $(sed -n 's/^\t{"\([a-z_.]*[a-z_]\)", [A-Z].*/\1/p' \
	"$T_SRC/notmuch-digest/app/settings.c"); do
	t_equal "status has digest.$key" 1 \
		"$(jq "[.settings[] | select(.key == \"digest.$key\")] | length" out)"
done
t_equal "defaults of a model on this machine" \
	'3600 default 16384 default' "$(from digest.llm.timeout) $(from digest.llm.context)"
notmuch config set digest.llm.url https://example.org/v1
notmuch config set digest.llm.timeout 7
t_exit 0 "$ND" status --json
t_equal "  of another, and what is set" \
	'7 file 100000 default' "$(from digest.llm.timeout) $(from digest.llm.context)"
t_equal "no limit is no value" ' default' "$(from digest.llm.budget_tokens)"
notmuch config set digest.llm.url
notmuch config set digest.llm.provider ollama
t_exit 0 "$ND" status --json
t_equal "the URL of a provider" 'http://127.0.0.1:11434 default' \
	"$(from digest.llm.url)"
t_exit 64 "$ND" status something
t_done
