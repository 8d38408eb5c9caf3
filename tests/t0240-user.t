#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the user does with our tags and digests is respected.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
update() { t_exit 0 "$ND" update --now="$T_NOW"; }
digest() { echo "tag:digest and thread:{id:$1@example.org}"; }
tags() { notmuch search --output=tags --exclude=false "$1" | tr '\n' ' '; }

s_mailbox
update

# ---- tags
notmuch tag -digest/other -digest/summarized -digest/state/open -- \
	id:carol1@example.org
notmuch tag -digest/fresh -- tag:digest
update
t_equal "tags that the user took off stay off" "inbox unread " \
	"$(tags id:carol1@example.org)"
t_equal "  also of digests" 0 "$(notmuch count tag:digest/fresh)"
"$ND" update --quiet --now="$T_NOW" '*'
t_equal "  also when the thread is named" "inbox unread " \
	"$(tags id:carol1@example.org)"
notmuch tag +boring -- "thread:{id:carol1@example.org}"
notmuch tag +digest/mine +todo -unread -- id:carol1@example.org
update
s_mail erin1 "Re: How does the ring wrap?" alice2 8
s_new
update
t_equal "until something new happens" \
	"boring digest/mine digest/other digest/state/open digest/summarized inbox todo " \
	"$(tags id:carol1@example.org)"
t_equal "  then the text is fresh" "boring digest digest/fresh " \
	"$(tags "tag:digest and subject:wrap")"
t_equal "  of this thread only" 1 "$(notmuch count tag:digest/fresh)"

# ---- a client moves and renames
file=$(notmuch search --output=files tag:digest and subject:wrap)
mv "$file" "${file%:2,S}:2,FS"
s_new
s_mail erin2 "Re: How does the ring wrap?" alice2 9
s_new
update
t_equal "a digest that a client renamed is replaced" 2 \
	"$(find mail/digest -type f | wc -l)"
file=$(notmuch search --output=files tag:digest and subject:wrap)
mv "$file" "mail/digest/new/$(basename "${file%:2,S}")"
s_new
s_mail erin3 "Re: How does the ring wrap?" alice2 10
s_new
update
t_equal "  or moved to new" 2 "$(find mail/digest -type f | wc -l)"

# ---- deleted
rm "$(notmuch search --output=files tag:digest and subject:wrap)"
s_new
update
t_equal "a digest that the user deleted stays away" 1 \
	"$(find mail/digest -type f | wc -l)"
"$ND" update --quiet --now="$T_NOW" '*'
t_equal "  also when the thread is named" 1 \
	"$(find mail/digest -type f | wc -l)"
t_equal "  nor does its thread say that there is one" \
	"boring digest/mine digest/other digest/state/open inbox todo " \
	"$(tags id:carol1@example.org)"
t_equal "  the other one does" 1 "$(notmuch count tag:digest/summarized)"
notmuch count --lastmod '*' >revision
update
notmuch count --lastmod '*' | cmp -s - revision
t_result $? "  and that is all"
s_mail erin4 "Re: How does the ring wrap?" alice2 11
s_new
update
t_equal "  until there is new mail" 2 "$(find mail/digest -type f | wc -l)"
t_equal "    then it does again" 2 "$(notmuch count tag:digest/summarized)"
rm "$(notmuch search --output=files tag:digest and subject:wrap)"
s_mail erin5 "Re: How does the ring wrap?" alice2 12
s_new
update
t_equal "  also when both come at once" 2 "$(find mail/digest -type f | wc -l)"
notmuch tag +deleted -- tag:digest and subject:wrap
update
t_equal "one that is tagged deleted stays so" "deleted digest digest/fresh " \
	"$(tags "tag:digest and subject:wrap")"

t_equal "  and is still there" 2 "$(notmuch count tag:digest/summarized)"
notmuch search --output=files --exclude=false tag:digest and tag:deleted |
	xargs rm
s_new
t_exit 0 "$ND" update --now="$T_NOW" --dry-run
t_like "when it is purged, its thread is bereft" \
	'^tag     id:carol1@example\.org -digest/summarized$' out
update
t_equal "  and says so" 1 "$(notmuch count tag:digest/summarized)"
notmuch tag -digest/summarized -- '*'
rm mail/digest/cur/*
s_new
update
t_equal "two that go with their tags are no trouble" 0 \
	"$(notmuch count tag:digest/summarized)"

# ---- search.exclude_tags
notmuch tag -digest/mine -- '*'
t_exit 0 "$ND" clean --yes
notmuch config set search.exclude_tags 'deleted;spam;digest'
update
update
t_equal "digests may be excluded from searches" 0 "$(notmuch count folder:digest)"
t_equal "  and are there" 2 "$(notmuch count --exclude=false folder:digest)"
s_mail erin6 "Re: How does the ring wrap?" alice2 13
s_new
update
t_equal "  and are replaced" 2 "$(find mail/digest -type f | wc -l)"
t_exit 0 "$ND" clean --yes
t_equal "  and removed" 0 "$(notmuch count --exclude=false folder:digest)"
t_done
