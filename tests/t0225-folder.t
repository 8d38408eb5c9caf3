#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A digest folder that is somebody else's is refused before anything is written.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
# shellcheck source=tests/folder.sh
. "$T_SRC/tests/folder.sh"
forged() { # a mail with our header and an id of our form
	cat <<-EOM
		From: Digest <digest@digest.invalid>
		Subject: [digest 99 mails to 2026-03-06] all is well
		Date: Wed, 04 Mar 2026 10:00:00 +0000
		Message-ID: <digest.v1.$(printf x | sha256sum | cut -c1-40)@digest.invalid>
		X-Notmuch-Digest: v=1; engine=extract; covers=99; key=; last=

		The forged text.
	EOM
}
# refused WHAT FOLDER REGEX: neither update nor clean changes a thing.
refused() {
	s_new
	tree before
	folder "$2"
	t_exit 78 "$ND" update --now="$T_NOW"
	t_like "$1 is refused" "$3" err
	t_like "  with the remedy" \
		'^name one that is empty or not there yet: notmuch config set digest\.folder ' err
	t_equal "  in two lines" 2 "$(wc -l <err)"
	t_exit 0 "$ND" status
	t_like "  status knows it, too" "$3" out
	t_exit 0 "$ND" clean --yes
	tree after
	t_same "  nothing is written, nothing removed" before after
	folder
}

# ---- folders of others
again
maildir mail/inbox
mail_in mail/inbox/new/1 one
refused "a maildir with new mail" inbox "mail/inbox' is not ours: it holds 'new/1'"
mv mail/inbox/new/1 mail/inbox/cur/1:2,S
refused "a maildir with read mail" inbox "it holds 'cur/1:2,S'"
mv mail/inbox/cur/1:2,S mail/inbox/tmp/1.M1P1.host
refused "a maildir with a delivery in tmp" inbox "it holds 'tmp/1\.M1P1\.host'"
rm mail/inbox/tmp/*
forged >mail/inbox/cur/1:2,S
mail_in mail/inbox/cur/2:2,S two
refused "a digest beside other mail" inbox "it holds 'cur/2:2,S'"
: >mail/inbox/tmp/notmuch-digest.batch
refused "  with a marker in tmp" inbox "it holds 'cur/2:2,S'"
t_equal "  it is input, there" 1 "$("$ND" show --now="$T_NOW" --format=json \
	'id:two@example.net or subject:digest' 2>/dev/null | grep -c 'all is well')"
rm mail/inbox/cur/* mail/inbox/tmp/*
echo notes >mail/inbox/notes
refused "a maildir with a file of the user's" inbox "it holds 'notes'"
rm mail/inbox/notes
maildir mail/lists/kvm
refused "a folder above others" lists "it holds 'kvm'"
echo text >mail/file
refused "a file" file "it is not a directory"
refused "a folder in a file" file/digest "it is not a directory"
maildir elsewhere
ln -s ../elsewhere mail/link
refused "a link out of the mail root" link "it is a symbolic link"
refused "a folder behind a link" link/digest "it is a symbolic link"
ln -s nowhere mail/dangling
refused "a link to nothing" dangling "it is a symbolic link"
ln -s inbox mail/within
refused "a link within the mail root" within "it is a symbolic link"
mkdir mail/half && ln -s ../../elsewhere mail/half/cur
refused "a folder whose cur is a link" half "it is a symbolic link"
if [ "$(id -u)" -eq 0 ]; then
	maildir mail/other && chown 12345 mail/other
	refused "another user's folder" other "it belongs to another user"
	chown 0 mail/other && chown 12345 mail/other/cur
	refused "  in part" other "it belongs to another user"
fi
maildir mail/digest
mail_in mail/digest/cur/1:2,S one
s_new
tree before
t_exit 78 "$ND" update --now="$T_NOW"
t_like "nor is mail in the usual folder ours" "it holds 'cur/1:2,S'" err
t_exit 0 "$ND" clean --yes
tree after
t_same "  it stays" before after
t_equal "and nothing outside was touched" 0 "$(find elsewhere -type f | wc -l)"

# ---- names
again
tree before
for name in . .. ../x x/../y "$T_DIR/mail/x" / x/ x//y ./x .notmuch \
	.notmuch/x list/cur list/new/x list/tmp; do
	folder "$name"
	t_exit 78 "$ND" update --now="$T_NOW"
	t_like "the name '$name' is refused" "below the mail root, not '" err
	t_like "  with the remedy" '^such as: notmuch config set digest' err
done
t_exit 0 "$ND" clean --yes
tree after
t_same "nothing is written, nothing removed" before after
[ ! -e x ] && [ ! -e mail/x ]
t_result $? "no folder has been made"

t_done
