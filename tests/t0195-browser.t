#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The HTML page in a browser: phone to wide, light and dark, filter, keys; what
# tests/browser/look.js finds wrong. `make browser` fetches what that needs; the
# test itself loads nothing but its files.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
NODE_PATH=$T_SRC/build/browser/node_modules
export NODE_PATH
CHROMIUM=$(command -v chromium || command -v chromium-browser) ||
	t_skip_all "chromium is not installed"
t_need node
node -e 'require("puppeteer-core"), require("axe-core")' 2>/dev/null ||
	t_skip_all "no puppeteer-core and axe-core (see make browser)"
t_need python3
t_mailbox sample

look() { # look NAME PAGE: nothing is wrong
	t_exit 0 node "$T_SRC/tests/browser/look.js" "$CHROMIUM" "$2"
	t_equal "$1: nothing is wrong" "" "$(cat out)"
}

# A page that has all the faults: each is found.
cat >bad.html <<'EOF'
<!DOCTYPE html>
<html lang="en"><title>Bad</title>
<h1>Bad</h1>
<p style="white-space: nowrap">A line that is too long for a phone, which nobody can hold that far away
<p style="color: #ccc; background: #fff">Too pale
<p><img src="no.png"></p>
<ol style="padding: 0"><li value="25">Far on the left</ol>
<script>missing()</script>
EOF
t_exit 0 node "$T_SRC/tests/browser/look.js" "$CHROMIUM" bad.html
t_like "what scrolls is found" '360 light: scrolls sideways: ' out
t_unlike "not where there is room" '1440 light: scrolls' out
t_like "a number in the margin" 'a number sticks out: Far on the left' out
t_like "errors" 'error: missing is not defined' out
t_like "what is loaded" 'request: file://.*/no\.png' out
t_like "what cannot be read" '360 light: axe: color-contrast' out
t_like "what cannot be heard" 'axe: image-alt' out
t_like "and what runs" 'fails: nothing foreign runs' out

# Words without an end, in the places that hold text of mails.
mkdir -p mail/long/cur mail/long/new mail/long/tmp
long=$(printf '%0900d' 0 | sed 's/0/Wm/g')
for i in 1 2; do
	{
		printf 'From: "W-%s" <l@example.net>\nTo: dev@lists.example.org\n' "$long"
		printf 'Subject: [PATCH] %s\nMessage-ID: <%s@%s>\n' "$long" "$i" "$long"
		printf 'Date: Sat, 4 Apr 2026 10:00:00 +0000\n\n'
		printf 'Could you say why W-%s-W does not work?\n' "$long"
	} | cut -c1-990 >"mail/long/cur/$i:2,"
done
notmuch new --quiet
t_exit 0 "$ND" report --now="$T_NOW" --quiet --format=html --large=10 --output=report.html
look "report" report.html
t_exit 0 "$ND" report --now="$T_NOW" --quiet --format=html --lang=zh_CN --brief \
	--output=brief.html
look "brief, in Chinese" brief.html
t_exit 0 "$ND" show --now="$T_NOW" --quiet --format=html --why --all \
	--output=show.html from:priya
look "threads" show.html

# Several lists, one of them empty; what has happened since the last report; and
# what is on no page but on the front page.
long=a-list-whose-name-takes-all-that-is-there
notmuch config set digest.lists "fabtool;$long;rest"
notmuch config set digest.list.fabtool subject:fabtool
notmuch config set "digest.list.$long" subject:nosuchword
notmuch config set digest.list.rest '*'
t_exit 0 "$ND" report --now=2026-04-02 --quiet --deliver
t_exit 0 "$ND" report --now="$T_NOW" --quiet --since-last --limit=6 --format=html \
	--output=lists.html
t_like "what a line is about has no entry" \
	'^<li value="[0-9]+" data-category="[0-9]"><a href="mid:' lists.html
look "several lists" lists.html

# What is mailed: without a script, and without what one is needed for.
t_exit 0 "$ND" report --now="$T_NOW" --quiet --to=nora@example.org --output=sent
python3 -c 'import email, email.policy, sys
mail = email.message_from_file(open("sent"), policy=email.policy.default)
print(mail.get_body(("html",)).get_content())' >mail.html
t_unlike "a mail has nothing to fill in" '<(form|input|select|script)' mail.html
t_like "  and begins with its title" '^<body>$' mail.html
t_equal "  at once" "<header>" "$(sed -n '/^<body>/{n;p;}' mail.html)"
look "the HTML of a mail" mail.html

# Mail that means harm, and a week of a real list.
t_corpus() { # t_corpus COPY-INTO-mail: nothing else is there
	rm -rf mail
	mkdir mail
	"$@"
	printf '[database]\npath=%s/mail\n[user]\nprimary_email=nora@example.org\n' \
		"$T_DIR" >"$NOTMUCH_CONFIG"
	notmuch new --quiet
}
t_corpus cp -R "$T_SRC/tests/corpora/hostile" mail/hostile
mkdir -p mail/hostile/new mail/hostile/tmp
notmuch new --quiet
t_exit 0 "$ND" report --now="$T_NOW" --quiet --limit=20 --format=html \
	--output=hostile.html '*'
look "hostile mail" hostile.html
week=${SHARED:-$T_SRC/../shared}/corpus/kvmarm-2021q1.tar.xz
if [ -r "$week" ]; then
	t_corpus tar -xJf "$week" -C mail
	t_exit 0 "$ND" report --since=2021-03-15 --until=2021-03-22 --now=2021-03-22 \
		--quiet --format=html --output=week.html '*'
	t_true "a week of 301 mails is less than 600 KiB" \
		test "$(wc -c <week.html)" -lt 614400
	look "a week" week.html
else
	echo "# no real mail in ${SHARED:-$T_SRC/../shared}"
fi

t_done
