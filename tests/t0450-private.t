#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What must not leave: encrypted mail in any form, and what is quoted of mail
# that digest.llm.allow does not match, in any form.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need python3
t_mailbox sample
private() { python3 "$T_SRC/tests/private.py" "$1" "mail/$1" >"$1.names"; }
private encrypted
private clear
private quoted
notmuch new --quiet
# One of the signs is the tag; the others must do without it.
notmuch tag -encrypted '*'
notmuch config set digest.llm.model stub
notmuch config set digest.llm.url http://127.0.0.1:9/v1
notmuch config set digest.llm.allow to:list@example.org
now=2026-04-03T00:00:00Z
prompts() { t_exit 0 "$ND" report --engine=llm --show-prompt --now=$now "$@"; }

# ---- encrypted ---------------------------------------------------------------
t_exit 0 "$ND" update --now=$now 'subject:"enc" or subject:"cle"'
notmuch search --output=files tag:digest | xargs cat >digests
while read -r name; do
	t_equal "enc-$name: tags, and no digest" "1 0" "$(
		notmuch count "subject:/^enc-$name\$/ and tag:digest/other"
	) $(notmuch count "thread:\"{subject:/^enc-$name\$/}\" and tag:digest")"
done <encrypted.names
t_equal "only clear ones have digests" "$(wc -l <clear.names)" \
	"$(notmuch count tag:digest)"
t_unlike "no cipher in a digest" KUMQUAT digests
prompts 'subject:"enc"'
t_equal "nothing of them is sent" "" "$(cat out)"
prompts 'subject:"cle"'
t_equal "what only looks like it is, read as far as it can be" \
	"$(($(wc -l <clear.names) - 1))" "$(grep -c ^POST out)"
notmuch tag +encrypted subject:cle-key
prompts 'subject:"cle-key"'
t_equal "the tag alone is enough" "" "$(cat out)"
notmuch tag -encrypted '*'

# A thread with a mail that was not read whole has a digest, and is not sent.
{
	printf '%s\n' 'From: Eve <eve@example.org>' 'To: list@example.org' \
		'Subject: Re: cle-spoken-of' 'Message-ID: <huge@example.org>' \
		'Date: Wed, 01 Apr 2026 12:00:00 +0000' \
		'In-Reply-To: <p1.cle-spoken-of@example.org>' ''
	yes 'a long line' | head -c 5000000
} >mail/clear/cur/huge:2,S
notmuch new --quiet
prompts 'subject:"cle-spoken-of"'
t_equal "one mail that was cut stops the thread" "" "$(cat out)"
t_exit 0 "$ND" update --now=$now 'subject:"cle-spoken-of"'
t_exit 0 "$ND" show --now=$now 'subject:"cle-spoken-of"'
t_like "  its digest is there" 'spoken-of' out

# ---- quoted ------------------------------------------------------------------
prompts 'subject:quo or to:list and not subject:enc and not subject:cle'
t_equal "every thread is asked about" "$(wc -l <quoted.names)" \
	"$(grep -c ^POST out)"
t_unlike "no secret in any form of quote" \
	'[Kk][Uu][Mm][Qq][Uu][Aa][Tt]|purchasing|supplier' out
t_like "what was written to the list is" 'in good shape otherwise' out
t_exit 0 "$ND" report --engine=llm --dry-run --now=$now to:list@example.org
t_like "what was left out is counted" '^lines withheld: [0-9]+ ' out

# A mail that is hidden is as private as before.
notmuch tag +deleted to:private@example.org
prompts to:list@example.org
t_unlike "hidden mails are compared with, too" \
	'[Kk][Uu][Mm][Qq][Uu][Aa][Tt]|purchasing|supplier' out
notmuch tag -deleted '*'
# One that is gone cannot be compared with.
mv mail/quoted/cur/0001:2,S gone
prompts 'subject:"quo-mark-0"'
t_equal "without its text, nothing is sent" "" "$(cat out)"
mv gone mail/quoted/cur/0001:2,S

# ---- one id, two files -------------------------------------------------------
mkdir -p mail/two/cur mail/two/new mail/two/tmp
two() { # two FILE TO TEXT
	printf '%s\n' 'From: Ann <ann@example.org>' "To: $2" 'Subject: two files' \
		'Message-ID: <two@example.org>' \
		'Date: Wed, 01 Apr 2026 12:00:00 +0000' '' "$3" >"mail/two/cur/$1"
}
two a:2, private@example.org 'The KUMQUAT matter is not for everybody.'
two b:2, list@example.org 'Water for the orchard.'
notmuch new --quiet
prompts id:two@example.org
t_equal "two files that differ: nothing is sent" "" "$(cat out)"
two a:2, private@example.org 'Water for  the orchard.'
prompts id:two@example.org
t_like "two that say the same: it is" 'Water for' out
two a:2, private@example.org '-----BEGIN PGP MESSAGE-----'
prompts id:two@example.org
t_equal "one of two is encrypted: nothing is sent" "" "$(cat out)"
t_exit 0 "$ND" report --now=$now --format=json id:two@example.org
t_like "  and the mail is" '"encrypted":true' out

t_done
