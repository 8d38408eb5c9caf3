#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The clock of the machine jumps: forth and back again, or to its beginning where
# a battery is empty. No digest is lost and none doubled, and what a wrong clock
# has made of the tags goes when it is right again.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
# shellcheck source=tests/unharmed.sh
. "$T_SRC/tests/unharmed.sh"
# All that the program knows of the time, but for names of files, is --now.
RIGHT=2026-03-12

update() { t_exit 0 "$ND" update --now="$1"; }
tags() { notmuch dump --include=tags --include=properties | sed 1d | LC_ALL=C sort >"$1"; }

# digests NAME: one for each thread of two mails, on disk and in the index.
digests() {
	t_equal "$1: a digest for each thread" "alice1 carol1" \
		"$(cat mail/digest/cur/* | sed -n 's/^In-Reply-To: <\(.*\)@.*/\1/p' |
			sort | tr '\n' ' ' | sed 's/ $//')"
	t_equal "  the index has them" 2 \
		"$(notmuch count --output=files --exclude=false tag:digest)"
}

s_mailbox
notmuch config set digest.since 1970-01-01
cp -a mail fresh
u_remember
update $RIGHT
tags want
s_mail erin1 "Re: How does the ring wrap?" alice2 8
s_new
update $RIGHT
tags want-grown
from() { rm -rf mail && cp -a fresh mail; }

for wrong in 1970-01-01 1970-01-02 1980-01-01 2025-12-31 2026-04-20 2036-01-01 \
	2038-01-20 2107-01-01 9999-01-01; do
	# ---- right, wrong, right again
	from
	update $RIGHT
	update $wrong
	digests "the clock says $wrong"
	update $RIGHT
	digests "  and is right again"
	tags got
	t_same "  the tags are, too" want got
	u_check "$wrong"
	s_mail erin1 "Re: How does the ring wrap?" alice2 8
	s_new
	update $RIGHT
	digests "  and mail has come"
	tags got
	t_same "  with its tags" want-grown got
	t_exit 0 "$ND" update --now=$RIGHT
	t_like "  and that is all" '^Nothing has changed\.$' out

	# ---- wrong from the beginning, and mail comes meanwhile
	from
	update $wrong
	digests "at first the clock says $wrong"
	s_mail erin1 "Re: How does the ring wrap?" alice2 8
	s_new
	update $wrong
	digests "  and mail has come"
	update $RIGHT
	digests "  and it is right"
	tags got
	t_same "  the tags are, too" want-grown got

	# ---- what only reads
	for command in "report *" series todo; do
		# shellcheck disable=SC2086
		t_exit 0 "$ND" ${command% *} --now=$wrong
	done
	from
	t_exit 0 "$ND" report --deliver --now=$wrong
	t_exit 0 "$ND" report --since-last --now=$RIGHT
	t_exit 0 "$ND" report --deliver --since-last --now=$RIGHT
	t_exit 0 "$ND" clean --yes
	t_equal "  clean takes all away" 0 "$(notmuch count tag:/digest/)"
done
u_result "the user's part"

# ---- a second later is no wrong clock
from
update 2026-03-12T00:00:01Z
notmuch count --lastmod '*' >revision
t_exit 0 "$ND" update --now=2026-03-12T00:00:00Z
t_like "a second back: nothing has changed" '^Nothing has changed\.$' out
notmuch count --lastmod '*' | cmp -s - revision
t_result $? "  and nobody is disturbed"

# ---- files of the future
from
find mail -type f -exec touch -d 2036-01-01 {} +
update $RIGHT
digests "files of the future"
from
find mail -type f -exec touch -d 1980-01-01 {} +
update $RIGHT
digests "files of the past"
t_done
