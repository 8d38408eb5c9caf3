#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is ours: mail that has our header, our id or our tags is not.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"

digest_id() { # digest_id MESSAGE-ID
	echo "digest.v1.$(printf %s "$1" | sha256sum | cut -c1-40)@digest.invalid"
}
forge() { # forge FILE ID [PARENT]
	cat >"$1" <<-EOM
		From: Digest <digest@digest.invalid>
		To: list@example.org
		Subject: [digest 99 mails to 2026-03-06] all is well
		Date: Wed, 04 Mar 2026 10:00:00 +0000
		Message-ID: <$2>
		In-Reply-To: <${3:-carol1@example.org}>
		References: <${3:-carol1@example.org}>
		X-Notmuch-Digest: v=1; engine=extract; model=-; lang=en; covers=99; key=0123456789abcdef0123456789abcdef01234567; last=0123456789abcdef0123456789abcdef01234567
		X-Notmuch-Digest-Tags: digest digest/state/merged digest/summarized deleted

		The forged text speaks of platypuses and their summaries.
	EOM
}
wanted=$(digest_id carol1@example.org)

# ---- the forged mail was there first
s_mailbox
forge mail/list/cur/forged:2, "$wanted"
s_new
cp mail/list/cur/forged:2, forged
notmuch dump | sort >before
t_exit 0 "$ND" update --now="$T_NOW"
t_like "foreign mail with our id is reported" "id:$wanted: foreign mail" err
t_same "  and left alone" forged mail/list/cur/forged:2,
t_equal "  the digest takes another id" 1 \
	"$(notmuch count "id:digest.v1.${wanted#digest.v1.}" and not tag:digest)"
second=$(echo "$wanted" | sed 's/@/.2@/')
t_equal "    with .2" 1 "$(notmuch count "id:$second" and tag:digest)"
t_like "  it is input: counted" 'covers=4;' \
	"$(notmuch search --output=files "id:$second")"
notmuch dump -- "id:$wanted" >got
t_unlike "  its tags are not taken" 'merged|deleted|summarized' got
t_exit 0 "$ND" show --now="$T_NOW" --format=json id:carol1@example.org
t_equal "  it is a mail of its thread" 4 "$(jq .counts.total out)"
t_exit 0 "$ND" update --now="$T_NOW"
t_like "  and all is done" '^Nothing has changed\.$' out
t_exit 0 "$ND" clean --yes
t_same "  it survives clean" forged mail/list/cur/forged:2,
notmuch dump | sort >after
t_same "    as it was" before after

# ---- it comes after the digest
rm -rf mail config
mkdir mail
s_mailbox
t_exit 0 "$ND" update --now="$T_NOW"
forge mail/list/cur/forged:2, "$wanted"
s_new
t_exit 0 "$ND" update --now="$T_NOW"
t_like "it is reported" "id:$wanted: foreign mail" err
t_same "  and left alone" forged mail/list/cur/forged:2,
t_equal "  the digest moves" 1 "$(notmuch count "id:$second" and tag:digest)"
t_equal "  the forged one is new mail" 1 \
	"$(notmuch count "id:$wanted" and tag:inbox and not tag:digest)"
t_equal "  with its own words" 1 "$(notmuch count "id:$wanted" and platypuses)"
t_equal "  and only those" 0 "$(notmuch count "id:$wanted" and coverage)"
t_equal "two digests are there" 2 "$(find mail/digest/cur -type f | wc -l)"
notmuch count --lastmod '*' >revision
t_exit 0 "$ND" update --now="$T_NOW"
notmuch count --lastmod '*' | cmp -s - revision
t_result $? "and all is done"
t_exit 0 "$ND" clean --yes
notmuch dump | sort >after
t_same "after clean it is as if it had come alone" before after

# ... and clean comes before the next update
t_exit 0 "$ND" clean --yes
rm mail/list/cur/forged:2,
s_new
t_exit 0 "$ND" update --now="$T_NOW"
forge mail/list/cur/forged:2, "$wanted"
s_new
t_exit 0 "$ND" clean --yes
t_same "clean leaves the forged file" forged mail/list/cur/forged:2,
notmuch dump | sort >after
t_same "  and what belongs to it" before after

# ---- in the digest folder, without one of the three
rm -rf mail config
mkdir mail
s_mailbox
t_exit 0 "$ND" update --now="$T_NOW"
forge mail/digest/cur/noid:2,S "nobody@example.org"
forge mail/digest/cur/noheader:2,S "$(digest_id other@example.org)" dave1@example.org
sed -i '/^X-Notmuch/d' mail/digest/cur/noheader:2,S
s_new
t_exit 0 "$ND" update --now="$T_NOW"
t_exit 0 "$ND" update --now="$T_NOW"
[ -e mail/digest/cur/noid:2,S ] && [ -e mail/digest/cur/noheader:2,S ]
t_result $? "mail that somebody put into the folder stays"
t_exit 0 "$ND" show --now="$T_NOW" --format=json id:carol1@example.org
t_equal "  and is read as mail" 4 "$(jq .counts.total out)"
notmuch count --lastmod '*' >revision
t_exit 0 "$ND" update --now="$T_NOW"
notmuch count --lastmod '*' | cmp -s - revision
t_result $? "  without end"
t_exit 0 "$ND" clean --yes
[ -e mail/digest/cur/noid:2,S ] && [ -e mail/digest/cur/noheader:2,S ]
t_result $? "  also after clean"
t_equal "  which takes the digests" 2 "$(find mail/digest/cur -type f | wc -l)"

# ---- tags
rm -rf mail config
mkdir mail
s_mailbox
notmuch tag +digest/mine -- id:bob1@example.org
notmuch dump | sort >before
t_exit 78 "$ND" update --now="$T_NOW"
t_like "a prefix that is in use is refused" "tag 'digest' is in use" err
t_like "  with the remedy" 'digest\.tag_prefix' err
t_exit 0 "$ND" clean --yes
notmuch dump | sort >after
t_same "  and clean does not touch it" before after
notmuch config set digest.tag_prefix sum
t_exit 0 "$ND" update --now="$T_NOW"
t_equal "another prefix will do" 2 "$(notmuch count tag:sum)"
t_exit 0 "$ND" clean --yes
notmuch config set digest.tag_prefix
notmuch dump | sort >after
t_same "clean leaves the user's tag" before after

# ---- odd roots
notmuch tag -digest/mine -- '*'
printf 'From: m <m@example.net>\nTo: list@example.org\nSubject: =?utf-8?q?a=0D=0AX-Evil:_yes=0D=0A?= b\nMessage-ID: <m"(1@example.org>\nDate: Sun, 08 Mar 2026 10:00:00 +0000\n\nText of m, with\nFrom here on and\n> quotes.\n' >mail/list/cur/m:2,
printf 'From: n <n@example.net>\nTo: list@example.org\nSubject: Re: b\nIn-Reply-To: <m"(1@example.org>\nMessage-ID: <n1@example.org>\nDate: Sun, 08 Mar 2026 11:00:00 +0000\n\nFrom here on the driver waits for the ring.\n' >mail/list/cur/n:2,
printf 'From: o <o@example.net>\nTo: list@example.org\nSubject: no id and no date\n\nText of o.\n' >mail/list/cur/o:2,
s_new
t_exit 0 "$ND" update --now="$T_NOW"
grep -l '^X-Evil' mail/digest/cur/* >evil
t_same "no header is injected" /dev/null evil
t_equal "an odd Message-ID is no hindrance" 1 \
	"$(grep -l '^In-Reply-To: <m"(1@example.org>$' mail/digest/cur/* | wc -l)"
t_done
