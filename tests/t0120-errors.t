#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Wrong input of every kind: one clear message, the right exit code, nothing
# half written.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_mailbox sample

# t_refuse CODE REGEX COMMAND...: nothing on stdout, one message on stderr.
t_refuse() {
	code=$1 regex=$2
	shift 2
	t_exit "$code" "$@"
	t_like "  says why" "^notmuch-digest: .*$regex" err
	t_equal "  prints nothing else" 0 "$(wc -c <out)"
}

# ---- usage
t_refuse 64 "unknown option '--nonsense'" "$ND" report --nonsense
t_refuse 64 "since: 'never' is not a time" "$ND" report --since=never
t_refuse 64 "until: '2021-02-30' is not a time" "$ND" --until=2021-02-30
t_refuse 64 "now: 'x' is not a time" "$ND" show --now=x '*'
t_refuse 64 "the window is empty" "$ND" --since=2021-03-02 --until=2021-03-01
t_like "  shows the begin" "since=2021-03-02 is 2021-03-02 00:00:00 UTC" err
t_like "  shows the end" "until=2021-03-01 is 2021-03-01 00:00:00 UTC" err
t_refuse 64 "since=2027-01 is 2027-01-01 .*until=now is 2026-04-06 00:00:00" \
	"$ND" --since=2027-01 --now="$T_NOW"
t_refuse 64 "since: 'x' is not a time" "$ND" show --since=x '*'
for t in 2021-02-30 2021-13 20211345 'monday x' '7 fortnights'; do
	t_refuse 64 "'$t' is not a time" "$ND" --since="$t"
	t_like "  lists what is" "2021-03-15.*20210315.*weekday.*7d" err
done
t_refuse 64 "format is one of .*not 'pdf'" "$ND" report --format=pdf
t_refuse 64 "limit takes a number from 1" "$ND" report --limit=none
t_refuse 64 "needs a query" "$ND" show
t_refuse 64 "exclude each other" "$ND" show --stdin '*'
t_refuse 64 "'tlh'" "$ND" report --lang=tlh
t_like "names the languages there are" 'en, zh_CN|en zh_CN' err
t_refuse 64 "language" "$ND" report --lang=../../etc

t_refuse 64 "-o needs a value" "$ND" report -o

# ---- commands
t_refuse 64 "'reprot' is not a command: did you mean 'report'" "$ND" reprot
t_like "  says how to search for it" "notmuch-digest -- reprot" err
t_refuse 64 "did you mean 'update'" "$ND" updat --hook
t_refuse 64 "did you mean 'series'" "$ND" seriess --since=7d
t_refuse 64 "did you mean 'thread-dir'" "$ND" threaddir
t_refuse 64 "did you mean 'version'" "$ND" verison
t_refuse 64 "did you mean 'clean'" "$ND" -q claen
t_refuse 64 "comes before its options: notmuch-digest update" "$ND" --quiet update
t_refuse 64 "comes before its options: notmuch-digest clean" "$ND" --yes clean
t_refuse 64 "'updat' is not a command: did you mean 'update'" "$ND" help updat
t_refuse 64 "'nonsense' is not a command" "$ND" help nonsense
for words in kvm vgic "subject:reprot" "reprot*" "-- reprot" "-q -- update" \
	"report reprot" "from:x updat" "--output update"; do
	# shellcheck disable=SC2086
	t_exit 0 "$ND" $words
done
t_true "an option's value is no command" test -s update
rm -f update

# ---- queries
t_refuse 64 "query .*'\(' without '\)'" "$ND" report '((('
t_refuse 64 "query .*'\)' without '\('" "$ND" report 'a) or (b'
t_refuse 64 "query .*without its other half" "$ND" report 'subject:"x'
t_refuse 64 "cannot parse the query" "$ND" report 'date:notadate..alsonot'
t_refuse 64 "cannot parse the query" "$ND" report --new='date:no..no' '*'
t_refuse 65 "no thread" "$ND" show tag:nothing
t_refuse 65 "'nobody@nowhere.example' is not in the mailbox" \
	"$ND" show id:nobody@nowhere.example

# ---- settings
notmuch config set digest.nonsense 1
t_refuse 78 "unknown setting 'digest.nonsense'" "$ND"
notmuch config set digest.nonsense
notmuch config set digest.large twenty
t_refuse 78 "digest.large takes a number from 1, not 'twenty'" "$ND"
notmuch config set digest.large
notmuch config set digest.engine magic
t_refuse 78 "digest.engine is one of extract.*not 'magic'" "$ND"
notmuch config set digest.engine
notmuch config set digest.lang xx
t_refuse 78 "'xx'" "$ND"
notmuch config set digest.lang
notmuch config set digest.query 'tag:('
t_refuse 78 "digest.query: cannot parse" "$ND"
notmuch config set digest.query
notmuch config set digest.categories 'me'
t_refuse 78 "'me' is reserved" "$ND"
notmuch config set digest.categories 'a/b'
t_refuse 78 "'a/b' is not a name" "$ND"
notmuch config set digest.categories 'net;mm'
notmuch config set digest.category.net 'subject:net'
t_refuse 78 "digest.category.mm is not set" "$ND"
notmuch config set digest.category.mm 'subject:mm'
notmuch config set digest.category.fs 'subject:fs'
t_refuse 78 "digest.category.fs has no place" "$ND"
notmuch config set digest.category.fs
notmuch config set digest.category.mm 'date:x..y'
t_refuse 78 "digest.category.mm: cannot parse" "$ND"
for key in categories category.net category.mm; do
	notmuch config set "digest.$key"
done
t_exit 0 "$ND" report --now="$T_NOW"

# ---- the world around
t_refuse 74 "cannot create a file beside" "$ND" --output="$T_DIR/no/report"
mkdir shelf && echo precious >shelf/report.md
if [ -w /dev/full ]; then
	ln -s /dev/full full
	t_refuse 74 "cannot write 'full': No space left" "$ND" --output=full --now="$T_NOW"
fi
t_refuse 74 "cannot" "$ND" --output=shelf --now="$T_NOW"
t_equal "what was there stays" precious "$(cat shelf/report.md)"
t_exit 0 "$ND" --output=report.md --now="$T_NOW"
t_exit 0 "$ND" --now="$T_NOW" --output=-
t_same "--output=- is stdout" report.md out
t_true "  and no file" test ! -e ./-
t_exit 0 "$ND" -qoletters.md --now="$T_NOW"
t_same "letters are options" report.md letters.md
t_equal "  prints nothing" 0 "$(wc -c <out)"
t_like "--output has the report" '^# ' report.md
t_equal "no temporary file is left" 1 "$(find . -maxdepth 1 -name 'report*' | wc -l)"
if [ -w /dev/full ]; then
	"$ND" --now="$T_NOW" >/dev/full 2>err
	t_equal "a full disk is exit 74" 74 $?
	t_like "  and says so" "cannot write to stdout: No space left" err
	"$ND" --help >/dev/full 2>err
	t_equal "a full disk is exit 74 for --help, too" 74 $?
fi
printf 'no mail' | "$ND" show --stdin >out 2>err
t_equal "stdin without a Message-ID is exit 65" 65 $?
t_like "  and says so" "Message-ID" err

mv "$NOTMUCH_CONFIG" config.away
t_refuse 78 "no notmuch configuration" "$ND"
mv config.away "$NOTMUCH_CONFIG"
mv mail/.notmuch mail/.notmuch.away
t_refuse 1 "cannot open the notmuch database" "$ND"
mkdir -p mail/.notmuch/xapian && echo rubbish >mail/.notmuch/xapian/iamglass
t_refuse 1 "cannot open the notmuch database" "$ND"
t_done
