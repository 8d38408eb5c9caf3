#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Reports as mails: into the mailbox with --deliver, for sendmail with --to.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
# shellcheck source=tests/folder.sh
. "$T_SRC/tests/folder.sh"
t_need jq
t_need python3

NOW=2026-03-09
hash() { printf %s "$1" | sha256sum | cut -c1-40; }
# report_id SINCE UNTIL QUERY: days; what the program makes of them.
report_id() {
	echo "digest.report.v1.$(hash "$(date -u -d "$1" +%s) $(date -u -d "$2" +%s) $(hash "$3")")@digest.invalid"
}
deliver() { t_exit 0 "$ND" report --deliver --now="$NOW" "$@"; }
file_of() { notmuch search --output=files --exclude=false "id:$1"; }
QUERY=to:list@example.org
wanted=$(report_id 2026-03-02 2026-03-09 $QUERY)

# strict FILE [NAME=VALUE...]: it parses without a defect, and has these headers,
# each once.
cat >strict.py <<'EOF'
import email, email.policy, sys
data = open(sys.argv[1], 'rb').read()
head = data.split(b'\n\n', 1)[0]
assert all(32 <= c < 127 or c in b'\n\t' for c in head), 'bytes of the header'
mail = email.message_from_bytes(data, policy=email.policy.strict)
for part in mail.walk():
    assert not part.defects, part.defects
for want in sys.argv[2:]:
    name, value = want.split('=', 1)
    assert mail.get_all(name) == [value], (name, mail.get_all(name))
names = [name.lower() for name in mail.keys()]
assert len(names) == len(set(names)), names
text = mail.get_body(('plain',))
assert text.get_content_charset() == 'utf-8'
assert text.get_param('format') == 'flowed'
assert [part.get_content_type() for part in mail.walk()] == [
    'multipart/alternative', 'text/plain', 'text/html']
html = mail.get_body(('html',)).get_content()
assert html.startswith('<!DOCTYPE html>') and html.endswith('</html>\n')
assert '<script' not in html and "script-src 'none'" in html
wide = [l for l in text.get_content().split('\n')
        if len(l) > 72 and '://' not in l and 'mid:' not in l]
assert not wide, wide
assert not any(l.startswith(('>', 'From ')) for l in text.get_content().split('\n'))
EOF
strict() { t_true "$1" python3 strict.py "$2" "$3" "$4" "$5"; }

# ---- delivered
s_mailbox
t_exit 0 "$ND" report --deliver --lang=zh_CN --now="$NOW" list
notmuch search --exclude=false --format=json tag:digest/report >found
t_like "a subject is read as it was written" '2026-03-02 至 2026-03-09' found
t_exit 0 "$ND" clean --yes
tree before
cp -a mail start
deliver
t_equal "one line says so" "Delivered: id:$wanted (3 threads)" "$(cat out)"
t_equal "it is there, outside of any thread" 1 \
	"$(notmuch count --output=threads --exclude=false "id:$wanted")"
t_equal "  with the tags of the list, and no other" "digest digest/report" \
	"$(notmuch search --output=tags "id:$wanted" | xargs)"
t_equal "  in the digest folder, as a mail that was seen" 1 \
	"$(file_of "$wanted" | grep -c '/mail/digest/cur/[^/]*:2,S$')"
strict "  a mail to the letter" "$(file_of "$wanted")" \
	"Message-ID=<$wanted>" "Auto-Submitted=auto-generated" \
	"Subject=Mailing list report, 2026-03-02 until 2026-03-09"
# Laid out for 71 columns, as any text report is for a terminal's.
COLUMNS=71 "$ND" report --now=$NOW --format=text >want
python3 -c 'import email, email.policy, sys
print(email.message_from_bytes(open(sys.argv[1], "rb").read(),
    policy=email.policy.default).get_body(("plain",)).get_content(), end="")' \
	"$(file_of "$wanted")" | sed 's/^ //' >got
t_same "  it says what the text report says" want got
t_like "    which is something" 'ring: do not wait' got
t_equal "the user's tags are as they were" 6 \
	"$(notmuch count tag:inbox and tag:unread and not tag:digest)"

# ---- again
cp "$(file_of "$wanted")" first
deliver
t_equal "a second run replaces it" "Replaced: id:$wanted (3 threads)" \
	"$(cat out)"
t_equal "  one file is left" 1 "$(find mail/digest -type f | wc -l)"
t_same "  with the same bytes" first "$(file_of "$wanted")"
t_equal "  the index knows it" "$(find "$T_DIR/mail/digest/cur" -type f)" \
	"$(file_of "$wanted")"
notmuch tag +mine -digest/report -- "id:$wanted"
deliver
t_equal "what the user gave it stays" "digest digest/report mine" \
	"$(notmuch search --output=tags "id:$wanted" | xargs)"
deliver --since=2026-03-05
other=$(report_id 2026-03-05 2026-03-09 $QUERY)
t_equal "another window is another report" 2 \
	"$(notmuch count "id:$wanted or id:$other")"
deliver from:alice
t_equal "another query, too" 1 \
	"$(notmuch count "id:$(report_id 2026-03-02 2026-03-09 from:alice)")"
deliver --for-me
t_equal "one that is the user's alone is not the whole" 4 \
	"$(notmuch count tag:digest/report)"

# ---- never input
"$ND" report --now=2026-03-30 --since=2026-03-01 --format=json '*' >got
t_equal "reports are no mail of reports" 3 "$(jq '.threads | length' got)"
update
t_equal "  nor of digests" 2 "$(notmuch count tag:digest and not tag:digest/report)"
t_equal "  and are still there" 4 "$(notmuch count tag:digest/report)"
notmuch count --lastmod '*' >revision
update
t_like "all is done then" '^Nothing has changed\.$' out
deliver
update
t_equal "after a report, too" 4 "$(notmuch count tag:digest/report)"
t_exit 0 "$ND" status --json
t_equal "status counts both" "2 4 0" \
	"$(jq -r '"\(.digests) \(.reports) \(.pending)"' out)"
t_exit 0 "$ND" status
t_like "  for people, too" '^reports:   4$' out
# An answer to a report makes it part of a thread: the answer is mail as any.
s_mail gina1 "Re: Mailing list report" "" 8
sed -i "s/^In-Reply-To.*//; s/^Message-ID/In-Reply-To: <$wanted>\nMessage-ID/" \
	mail/list/cur/gina1:2,
s_new
t_exit 0 "$ND" update --now="$T_NOW" id:gina1@example.org
t_exit 0 "$ND" update --now="$T_NOW"
t_equal "an answer leaves the report alone" 1 "$(notmuch count "id:$wanted")"
t_exit 0 "$ND" show --now="$T_NOW" --format=json id:gina1@example.org
t_equal "  and is a thread without it" 1 "$(jq .counts.total out)"
t_exit 0 sh -c "\"\$0\" jump --stdin <mail/list/cur/gina1:2," "$ND"
t_unlike "  whose digest it is not" 'report' "$HOME/.cache/notmuch-digest/jump.rc"
rm mail/list/cur/gina1:2,
s_new

# ---- gone again
t_exit 0 "$ND" clean --yes
t_like "clean tells reports from digests" \
	'^2 digests removed, 4 reports removed, tags' out
tree after
t_same "clean takes every trace away" before after
deliver
t_exit 0 "$ND" clean --yes "id:$wanted"
t_equal "  a report alone is no digest" "1 report removed." "$(cat out)"
t_equal "clean of that mail, too" 0 "$(notmuch count "id:$wanted")"
t_exit 0 "$ND" clean --yes
tree after
t_same "  all of it" before after

# ---- only what would be done
deliver --dry-run
t_equal "--dry-run says what" \
	"write   id:$wanted +digest +digest/report" "$(cat out)"
tree after
t_same "  and does nothing" before after

# ---- where it may not be
notmuch config set digest.write no
t_exit 78 "$ND" report --deliver --now=$NOW
t_like "digest.write=no: the other host's" 'digest\.write=no' err
notmuch config set digest.write
mkdir -p mail/theirs/cur mail/theirs/new mail/theirs/tmp
mail_in mail/theirs/cur/1:2, theirs
folder theirs
t_exit 78 "$ND" report --deliver --now=$NOW
t_like "a folder with mail of others" "mail" err
t_equal "  is left as it is" 1 "$(find mail/theirs -type f | wc -l)"
folder
rm -r mail/theirs
: >mail/list/.uidvalidity
t_exit 78 "$ND" report --deliver --now=$NOW
t_like "a folder that would be synced" 'mail sync' err
rm mail/list/.uidvalidity
notmuch tag +digest/mine -- id:bob1@example.org
t_exit 78 "$ND" report --deliver --now=$NOW
t_like "tags that are the user's" "tag 'digest' is in use" err
notmuch tag -digest/mine -- id:bob1@example.org
notmuch config set digest.categories report
notmuch config set digest.category.report from:alice
t_exit 78 "$ND" report --now=$NOW
t_like "no category has the name of its tag" "'report' is reserved" err
notmuch config set digest.categories
notmuch config set digest.category.report
tree after
t_same "nothing was written" before after

# ---- foreign mail with the id that we want
forge() { # forge FILE ID
	cat >"$1" <<-EOM
		From: Digest <digest@digest.invalid>
		To: list@example.org
		Subject: Mailing list report
		Date: Wed, 04 Mar 2026 10:00:00 +0000
		Message-ID: <$2>
		X-Notmuch-Digest: v=1; engine=extract; query=$(hash $QUERY); since=0; until=1
		X-Notmuch-Digest-Tags: digest digest/report deleted

		The forged text speaks of platypuses.
	EOM
}
second=$(echo "$wanted" | sed 's/@/.2@/')
forge mail/list/cur/forged:2, "$wanted"
cp mail/list/cur/forged:2, forged
s_new
notmuch dump | sort >pure
deliver
t_like "it is reported" "id:$wanted: foreign mail" err
t_equal "  the report takes another id" "Delivered: id:$second (4 threads)" \
	"$(cat out)"
t_same "  the mail is left alone" forged mail/list/cur/forged:2,
t_equal "  its tags, too" "inbox unread" \
	"$(notmuch search --output=tags "id:$wanted" | xargs)"
"$ND" report --now=$NOW --format=json >got
t_equal "  it is mail to read" 4 "$(jq '.threads | length' got)"
update
deliver
t_exit 0 "$ND" clean --yes
notmuch dump | sort >got
t_same "  clean leaves it as it was" pure got
rm mail/list/cur/forged:2,
s_new
# It comes afterwards.
deliver
forge mail/list/cur/forged:2, "$wanted"
s_new
update
t_equal "mail that comes later with it is new mail" 1 \
	"$(notmuch count "id:$wanted" and tag:inbox and not tag:digest)"
t_equal "  with its own words" 1 "$(notmuch count "id:$wanted" and platypuses)"
t_equal "  and only those" 0 "$(notmuch count "id:$wanted" and buffer)"
t_same "  and left alone" forged mail/list/cur/forged:2,
strict "  the report has moved to another id" "$(file_of "$second")" \
	"Message-ID=<$second>" "Auto-Submitted=auto-generated" "MIME-Version=1.0"
update
t_like "  that was all" '^Nothing has changed\.$' out
rm mail/list/cur/forged:2,
s_new
deliver
t_equal "the next run takes the first id again" "1 0" \
	"$(notmuch count "id:$wanted") $(notmuch count "id:$second")"
t_equal "  with one file" 1 "$(grep -rl "^Message-ID: <digest\.report" \
	mail/digest | wc -l)"
forge mail/digest/cur/forged:2,S nobody@example.org
cp mail/digest/cur/forged:2,S forged
s_new
deliver
t_exit 0 "$ND" clean --yes
t_same "a mail of others in the folder stays" forged mail/digest/cur/forged:2,S

# ---- what the index has lost comes back
again
deliver
rm -rf mail/.notmuch
s_new
t_equal "a database made anew knows nothing of it" 0 \
	"$(notmuch count "id:$wanted" and tag:digest)"
update
t_equal "  the next update does" "digest digest/report" \
	"$(notmuch search --output=tags "id:$wanted" | xargs)"
t_equal "  and of its query" 1 \
	"$(notmuch count "property:digest.report=$(hash $QUERY)")"
update
t_like "  once" '^Nothing has changed\.$' out
rm "$(file_of "$wanted")"
s_new
update
t_equal "one that the user has deleted stays away" 0 \
	"$(notmuch count "id:$wanted")"
deliver
folder sum
notmuch config set digest.tag_prefix sum
update
t_equal "folder and tags are moved with the digests" "sum sum/report" \
	"$(notmuch search --output=tags "id:$wanted" | xargs)"
t_equal "  and the file" 1 "$(file_of "$wanted" | grep -c '/mail/sum/cur/')"
[ ! -e mail/digest ]
t_result $? "  nothing is left in the old place"
deliver
t_exit 0 "$ND" clean --yes
notmuch config set digest.tag_prefix
folder
tree after
cp -a mail now && rm -rf mail && cp -a start mail
tree before
rm -rf mail && mv now mail
grep -v '^#' before >want
grep -v '^#' after >got
t_same "  and clean finds all" want got

# ---- for sendmail
again
tree before
t_exit 0 "$ND" report --now=$NOW --to='Jürgen Weiß <jw@example.org>'
cp out sent
strict "--to: a mail to the letter" sent "To=Jürgen Weiß <jw@example.org>" \
	"From=Digest <digest@digest.invalid>" \
	"Date=Mon, 09 Mar 2026 00:00:00 +0000"
tree after
t_same "  the mailbox is as it was" before after
t_unlike "  its id is not that of a delivered one" "^Message-ID: <$wanted>" sent
t_like "    but akin to it" "^Message-ID: <digest\.report\.v1\.[0-9a-f]{40}\." sent
notmuch config set digest.from "Müller's list <lists@example.org>"
t_exit 0 "$ND" report --now=$NOW --to=jw@example.org
strict "  digest.from sends it" out "To=jw@example.org" \
	"From=Müller's list <lists@example.org>" "MIME-Version=1.0"
t_exit 0 "$ND" report --now=$NOW --to=jw@example.org --output=sent.eml
t_same "  --output is a place for it" out /dev/null
strict "    whole" sent.eml "To=jw@example.org" "MIME-Version=1.0" \
	"Auto-Submitted=auto-generated"
notmuch config set digest.from
for bad in '' nobody 'a@example.org, b@example.org' 'all: a@example.org;' '@' \
	'a@example.org
Bcc: b@example.org'; do
	t_exit 64 "$ND" report --now=$NOW --to="$bad"
	t_like "  names it" '^notmuch-digest: --to is one mail address' err
	[ ! -s out ]
	t_result $? "  and prints nothing"
done
t_exit 64 "$ND" report --now=$NOW --to=a@example.org --format=json
# Sent and come back, it is mail as any other.
deliver
cp sent mail/list/cur/back:2,
s_new
update
t_equal "one that comes back is new mail" "inbox unread" \
	"$(notmuch search --output=tags "id:$(sed -n 's/^Message-ID: <\(.*\)>/\1/p' sent)" | xargs)"
t_equal "  beside the one that was delivered" 1 "$(notmuch count "id:$wanted" and tag:digest/report)"
t_exit 0 "$ND" report --deliver --now=$NOW --to=a@example.org
t_like "delivered and printed" '^To: a@example\.org$' out
t_like "  with a word of it behind" '^(Delivered|Replaced): id:' out
t_exit 0 "$ND" report --deliver --quiet --now=$NOW
t_same "--quiet says nothing" /dev/null out

# ---- hostile: what mails, queries and names hold gets into no header
again
printf 'From: =?utf-8?q?e=0D=0ABcc:_x=40example.org?= <e@example.net>\nTo: list@example.org\nSubject: =?utf-8?q?a=0D=0AX-Evil:_yes=0D=0A=0D=0Abody?=\nMessage-ID: <e1@example.org>\nList-Id: =?utf-8?q?x=0D=0AX-Evil:_yes?= <evil.example.org>\nDate: Sun, 08 Mar 2026 10:00:00 +0000\n\nFrom here on the ring waits.\n--=_digest\n.\n' \
	>mail/list/cur/evil:2,
s_new
evil=$(printf 'a\nX-Evil: yes\342\200\256')
notmuch config set digest.lists evil
notmuch config set digest.list.evil '*'
deliver "$(printf 'to:list@example.org or subject:"a\nX-Evil: yes"')"
id=$(sed 's/.*id:\([^ ]*\) .*/\1/' out)
strict "a query with a line end" "$(file_of "$id")" "Message-ID=<$id>" \
	"Auto-Submitted=auto-generated" "MIME-Version=1.0"
sed '/^$/q' "$(file_of "$id")" >headers
t_unlike "  injects nothing" 'X-Evil|Bcc' headers
t_exit 64 "$ND" report --now=$NOW --to="$evil <a@example.org>"
[ ! -s out ]
t_result $? "a name with a line end is refused"
t_done
