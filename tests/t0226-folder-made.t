#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The digest folder: what we made goes, and what was there stays, to the byte,
# after `clean`, another setting, an earlier version, another host.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
# shellcheck source=tests/folder.sh
. "$T_SRC/tests/folder.sh"

# ---- what we made goes, and nothing else
round() { # round NAME FOLDER: update, twice, and clean
	s_new
	tree before
	[ -z "$2" ] || folder "$2"
	update
	t_equal "$1: digests" 2 "$(find "mail/${2:-digest}/cur" -type f | wc -l)"
	t_equal "  notmuch new sees nothing" "No new mail." "$(notmuch new)"
	s_mail erin1 "Re: How does the ring wrap?" alice2 8
	s_new
	update
	t_equal "  and again" 2 "$(find "mail/${2:-digest}/cur" -type f | wc -l)"
	t_equal "  no directory is left unfinished" 0 \
		"$(find mail -perm -1000 | wc -l)"
	rm mail/list/cur/erin1:2,
	s_new
	t_exit 0 "$ND" clean --yes
	[ -z "$2" ] || folder
	tree after
	t_same "  all is as it was" before after
	t_exit 0 "$ND" clean --yes
	tree after
	t_same "  also after another clean" before after
}
again
round "no folder" ""
round "a named one" sums
round "a deep one" a/b/sums
mkdir mail/a
round "below what is there" a/b/sums
maildir mail/list/sub
round "below a maildir" list/sums
maildir mail/empty
chmod 750 mail/empty mail/empty/new
round "an empty maildir" empty
mkdir mail/bare mail/part mail/part/new
round "an empty directory" bare
round "an empty maildir without cur and tmp" part
maildir mail/digest
round "an empty maildir with the usual name" digest
round "  that nobody named" ""

# ---- the folder is emptied
again
s_new
tree before
folder sums
update
rm -r mail/sums/*
s_new
s_mail erin1 "Re: How does the ring wrap?" alice2 8
s_new
update
t_equal "a folder that was emptied is filled again" 1 \
	"$(find mail/sums/cur -type f | wc -l)"
rm mail/list/cur/erin1:2,
s_new
t_exit 0 "$ND" clean --yes
folder
tree after
t_same "  and goes" before after
update
rm -r mail/digest
s_new
update
t_equal "one that was removed stays away" 0 "$(notmuch count tag:digest)"
t_exit 0 "$ND" clean --yes
tree after
t_same "  and clean has nothing to take" before after

# ---- others come into ours
again
update
mail_in mail/digest/new/1 one
mail_in mail/digest/cur/2:2,S two
echo half >mail/digest/tmp/3.M1P1.host
echo mine >mail/digest/tmp/notmuch-digest.txt
s_new
s_mail erin1 "Re: How does the ring wrap?" alice2 8
s_new
update
update
t_exit 0 "$ND" clean --yes
find mail/digest | LC_ALL=C sort >got
cat >want <<EOT
mail/digest
mail/digest/cur
mail/digest/cur/2:2,S
mail/digest/new
mail/digest/new/1
mail/digest/tmp
mail/digest/tmp/3.M1P1.host
mail/digest/tmp/notmuch-digest.txt
EOT
t_same "mail that came into our folder stays, and so does the maildir" want got
t_equal "notmuch knows it" 2 "$(notmuch count folder:digest)"

# ---- the setting changes
again
maildir mail/theirs
s_new
tree before
for way in "sums theirs" "theirs sums" "a/b/c a/b/d" "a/b/c a/b/c/d" \
	"a/b/c/d a/b/c" "digest a/digest"; do
	folder "${way% *}"
	update
	folder "${way#* }"
	update
	t_equal "from ${way% *} to ${way#* }" 2 \
		"$(find "mail/${way#* }/cur" -type f | wc -l)"
	t_equal "  all of them" 2 "$(find mail -name '*,S' | wc -l)"
	notmuch count --lastmod '*' >revision
	update
	notmuch count --lastmod '*' | cmp -s - revision
	t_result $? "  once"
	t_exit 0 "$ND" clean --yes
	folder
	tree after
	t_same "  nothing is left of either" before after
done
folder sums
update
mail_in mail/sums/new/1 one
s_new
folder
update
find mail/sums | LC_ALL=C sort >got
printf 'mail/sums%s\n' '' /cur /new /new/1 /tmp >want
t_same "a folder that somebody uses meanwhile is left whole" want got
folder theirs
mail_in mail/theirs/new/2 two
s_new
find mail -path mail/.notmuch -prune -o -print | LC_ALL=C sort >want
t_exit 78 "$ND" update --now="$T_NOW"
find mail -path mail/.notmuch -prune -o -print | LC_ALL=C sort >got
t_same "a change to somebody's folder moves nothing" want got
t_exit 0 "$ND" clean --yes
find mail/digest mail/theirs 2>/dev/null | LC_ALL=C sort >got
printf 'mail/theirs%s\n' '' /cur /new /new/2 /tmp >want
t_same "  and clean takes ours from where they are" want got

# ---- of an earlier version, which had no marks
again
s_new
tree before
update
rmdir mail/digest/.notmuch-digest.*
update
s_mail erin1 "Re: How does the ring wrap?" alice2 8
s_new
update
t_equal "digests without a mark are adopted" 1 \
	"$(find mail/digest/.notmuch-digest.* | wc -l)"
rm mail/list/cur/erin1:2,
s_new
mail_in mail/digest/new/1 one
s_new
update
rm mail/digest/new/1
s_new
t_exit 0 "$ND" clean --yes
tree after
t_same "  and the usual folder goes whole" before after
update
rmdir mail/digest/.notmuch-digest.*
t_exit 0 "$ND" clean --yes
tree after
t_same "  also when clean comes first" before after
folder sums
update
rmdir mail/sums/.notmuch-digest.*
t_exit 0 "$ND" clean --yes
folder
find mail/sums | LC_ALL=C sort >got
printf 'mail/sums%s\n' '' /cur /new /tmp >want
t_same "another one may have been there" want got
# ... and wrote into other people's folders
rm -r mail/sums
maildir mail/inbox
mail_in mail/inbox/new/1 one
s_new
tree before
mv mail/inbox/new/1 one
s_new
folder inbox
update
rmdir mail/inbox/.notmuch-digest.*
mv one mail/inbox/new/1
s_new
t_exit 78 "$ND" update --now="$T_NOW"
folder
update
t_equal "digests leave a folder that is not ours" 0 \
	"$(find mail/inbox/cur -type f | wc -l)"
folder inbox
t_exit 0 "$ND" clean --yes
folder
tree after
t_same "  which stays whole" before after

# ---- a folder that cannot be looked into just now is left for the next time
if command -v strace >/dev/null && strace -qq -e trace=none true 2>/dev/null; then
	again
	update
	cp -a mail saved
	strace -qq -f -o calls -e trace=openat "$ND" clean --yes >/dev/null 2>err
	for call in $(grep -n 'mail/digest.*O_DIRECTORY' calls | cut -d: -f1); do
		rm -rf mail && cp -a saved mail
		strace -qq -f -o /dev/null -e trace=openat \
			-e inject=openat:error=EMFILE:when="$call" \
			"$ND" clean --yes >/dev/null 2>err
		"$ND" clean --yes >/dev/null 2>err
		[ ! -e mail/digest ] || echo "$call" >>left
	done
	t_true "  it was not, at several places" [ "$(wc -l <calls)" -gt 5 ]
	t_true "the next clean takes the folder away" [ ! -e left ]
else
	[ -z "${REQUIRE_ALL:-}" ]
	t_result $? "the next clean takes the folder away # SKIP strace may not trace"
fi

# ---- digests of another host
again
update
cp -a mail/digest brought
t_exit 0 "$ND" clean --yes
rmdir brought/.notmuch-digest.*
notmuch config set digest.write no
update
[ ! -e mail/digest ]
t_result $? "digest.write=no makes no folder"
mv brought mail/digest
: >mail/digest/.uidvalidity
: >mail/digest/.mbsyncstate
folder digest
notmuch config set new.ignore '.uidvalidity;.mbsyncstate'
s_new
update
t_equal "what another host has written is adopted" 2 "$(notmuch count tag:digest)"
t_equal "  with its tags" 2 "$(notmuch count tag:digest/summarized)"
rm mail/digest/cur/*
s_new
update
t_equal "  which go with it" 0 "$(notmuch count tag:digest/summarized)"
t_exit 0 "$ND" clean --yes
t_equal "  the sync's own files stay, and so do the directories" 5 \
	"$(find mail/digest/.uidvalidity mail/digest/.mbsyncstate mail/digest/cur \
		mail/digest/new mail/digest/tmp | wc -l)"
t_done
