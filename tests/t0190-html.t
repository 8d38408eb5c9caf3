#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The HTML page: what is in it, that it says what text says, that no mail gets
# out of its place; how it looks is asked of a browser in t0195-browser.t.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need python3
t_need jq
t_mailbox sample
report() { t_exit 0 "$ND" report --now="$T_NOW" --quiet "$@"; }
html() { report --format=html "$@" && mv out page.html; }
count() { grep -c -- "$1" "$2"; }

# Well-formed, ids once, links inside lead somewhere, headings in order; what is
# read of it, a line each, into `read`.
cat >check.py <<'EOF'
import html.parser, re, sys

VOID = {"meta", "input", "rect", "circle", "path", "line", "img", "br"}
INLINE = {"a", "b", "span", "kbd"}

class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.stack, self.ids, self.hrefs, self.levels = [], [], [], []
        self.wrong, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag not in VOID:
            self.stack.append(tag)
        if tag not in INLINE:
            self.text += "\n"
        self.ids += [attrs["id"]] if "id" in attrs else []
        self.hrefs += [attrs["href"]] if "href" in attrs else []
        self.wrong += [f"attribute {a}" for a in attrs
                       if a.startswith("on") or a in ("style", "src", "srcset")]
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.stack.pop()

    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag:
            self.wrong.append(f"</{tag}> closes something else")
        if tag not in INLINE:
            self.text += "\n"

    def handle_data(self, data):
        if "style" not in self.stack and "script" not in self.stack and \
                "svg" not in self.stack:
            self.text += data

page = Page()
page.feed(open(sys.argv[1], encoding="utf-8").read())
page.close()
if page.stack:
    page.wrong.append(f"not closed: {page.stack}")
if len(page.ids) != len(set(page.ids)):
    page.wrong.append("an id twice")
for href in page.hrefs:
    if href.startswith("#"):
        if href[1:] not in page.ids:
            page.wrong.append(f"leads nowhere: {href}")
    elif not re.match(r"(https?://|mid:)[!-~]+$", href):
        page.wrong.append(f"bad link: {href}")
if page.levels[:1] != [1]:
    page.wrong.append("the first heading is no h1")
for before, level in zip(page.levels, page.levels[1:]):
    if level > before + 1:
        page.wrong.append(f"h{level} below h{before}")
with open("read", "w", encoding="utf-8") as out:
    for line in page.text.split("\n"):
        if line.strip():
            print(" ".join(line.split()), file=out)
print("\n".join(page.wrong), end="")
sys.exit(1 if page.wrong else 0)
EOF
check() { t_true "$1: in order" python3 check.py page.html; }

# ---- the whole report
html
check "report"
t_like "language" '<html lang="en">' page.html

# Numbers and titles as in text.
report --format=text --mails=none
sed -n 's/^\([0-9]*\. .*\)/\1/p' out >text-titles
sed -n 's/^\([0-9]*\. .*\)/\1/p' read | grep -vE '^[0-9]+\.$' >html-titles
cut -c1-60 text-titles >want && cut -c1-60 html-titles >got
t_same "threads have text's order, numbers and titles" want got

# The front page: each of its lines, and "none".
report --format=json --fold=series
jq -r '.front | to_entries[] | select(.value | type == "array") | .key' out |
	grep -vx -e open -e settled >lists
t_equal "seven lists" 7 "$(wc -l <lists | tr -d ' ')"
t_like "none is said" '^Overdue: none$' read
t_like "who is needed" '^Needs you: 2$' read
t_like "a line leads to its thread and its mail" \
	'<li value="1"><a href="#t1">[^<]*</a>: .*<a href="mid:[^"]*">\[#13\]</a></li>' page.html

t_like "a day is kept whole" '<a class="w" href="mid:[^"]*">\[03-[0-9]+\]</a>' page.html

# What is superseded leads to what has superseded it, where that is on the page.
superseded() { # superseded NAME VERSION...: in the line and the entry of a thread
	t_equal "$1: what is newer has a link" "$2" \
		"$(sed -n 's/.*superseded by <a href="#t[0-9]*">\(v[0-9]*\)<.*/\1/p' page.html |
			tr '\n' ' ')"
}
superseded "report" "v2 v2 "
t_unlike "  once a line" 'superseded by .*newer' read
newer=$(sed -n 's/.*superseded by <a href="#\(t[0-9]*\)">.*/\1/p' page.html | uniq)
t_like "it leads there" "<article [^>]*id=\"$newer\">" page.html
t_like "  to the newer version" "<a href=\"#$newer\">[0-9.]*</a> <a [^>]*>\[PATCH v2 0/2\] fabric: irq" \
	page.html
t_unlike "only to what is on the page" 'superseded by v2' page.html

# Only what the reader must do has the colour of it.
sed -n 's/^<p class="you">for you: \([^<]*\).*/\1/p' page.html | sort -u >asked
sed -n 's/^<p>for you: \([^<]*\).*/\1/p' page.html | sort -u >told
t_like "what asks the reader stands out" '^asks you ' asked
t_unlike "mails to the reader do not" '^[0-9]* mails? to you' asked
t_like "  they are told" '^[0-9]* mails? to you' told

# Every statement has its mails: all list items of summaries end in a link.
awk '/<div class="told">/ { told = 1 } /<div class="side">/ { told = 0 }
	told && /^<li/ && !/<li class="part">/ && !/\]<\/a><\/li>$/' page.html >unproven
t_equal "each statement links to a mail" "" "$(cat unproven)"

# ---- options
html --mails=none
check "--mails=none"
t_unlike "no mails" '<details class="mails">' page.html
html --mails=all
check "--mails=all"
t_like "all mails" '>#30<' page.html
html --brief
check "--brief"
t_unlike "no entry to lead to" 'href="#t[0-9]' page.html
t_unlike "no entries" '<article' page.html
t_like "the others have a line" '^<li value="[0-9]+"><a href="mid:' page.html
html --limit=3
check "--limit"
t_equal "three threads" 3 "$(count '<article ' page.html)"
t_like "says so" 'first 3 of' read
total() { # total CAPTION: the numbers of its rows
	sed -n "/<caption>$1/,/<\\/table>/s/.*<td>\\([0-9]*\\)<\\/td><\\/tr>\$/\\1/p" page.html |
		awk '{ n += $1 } END { print n }'
}
t_equal "  charts are of all threads, as the totals" "93 31" \
	"$(total 'Mails a day') $(total 'Threads by state')"
html --for-me
check "--for-me"
t_like "says so" 'Only threads that concern you' read
html --fold=none
check "--fold=none"
t_equal "each thread by itself" 31 "$(count '<article ' page.html)"
html --minutes=2
check "--minutes"
t_like "what is left out is named" 'Left out for want of time: ' read
few=$(count '<article ' page.html)
html --minutes=5
t_true "more time, more threads" test "$(count '<article ' page.html)" -gt "$few"
html --lang=zh_CN
check "--lang"
t_like "language" '<html lang="zh-CN">' page.html
t_like "its words" '^等你处理：2$' read
html --since=2019-01-01 --until=2019-01-02
check "no mail"
t_like "says so" 'No mail matches' read
html --since=2026-03-01 --large=5
check "a month"
t_like "who wrote when in large threads" '^<caption>Who wrote when' page.html
t_like "days are taken together" '<caption>Mails in [0-9]+ days</caption>' page.html
html --since=2026-02-26 --until=2026-03-05
sed -n '/<caption>Mails a day/,/<\/table>/s/.*<th scope="row">\([^<]*\)<.*/\1/p' page.html >got
printf '%s\n' 02-26 02-27 02-28 03-01 03-02 03-03 03-04 >want
t_same "each day of a week has its row" want got
t_true "  also one without mail" grep -q '>02-27</title></svg></td><td>0</td>' page.html
html --since=2026-03-01 --large=5
total=$(sed -n '/<caption>Mails in/,/<\/table>/s/.*<td>\([0-9]*\)<\/td><\/tr>$/\1/p' \
	page.html | awk '{ n += $1 } END { print n }')
report --format=json --since=2026-03-01
t_equal "and are all mails" "$(jq .totals.messages out)" "$total"

t_unlike "one list is not drawn" 'Mails by list' page.html
notmuch config set digest.lists 'fabtool;none;rest'
notmuch config set digest.list.fabtool subject:fabtool
notmuch config set digest.list.none subject:nosuchword
notmuch config set digest.list.rest '*'
html
check "several lists"
sed -n '/<caption>Mails by list/,/<\/table>/s/.*scope="row">\([^<]*\)<.*<td>\([0-9]*\)<\/td><\/tr>$/\1 \2/p' \
	page.html >got
report --format=json
jq -r '.lists[] | "\(.name | ascii_upcase) \(.totals.messages)"' out >want
t_same "a bar for each of several lists" want got
html --since-last
check "since the last report"
notmuch config set digest.lists
for name in fabtool none rest; do notmuch config set "digest.list.$name"; done

# ---- show
t_exit 0 "$ND" show --format=html --now="$T_NOW" --quiet --why --all from:priya
mv out page.html
check "show"
t_equal "one page of several threads" 1 "$(count '<!DOCTYPE' page.html)"
t_true "all of them" test "$(count '<article ' page.html)" -gt 2
t_like "--why" '^What each mail does$' read
t_exit 64 "$ND" series --format=html

# ---- hostile mail
mkdir -p mail/bad/cur mail/bad/new mail/bad/tmp
long=$(printf '%0800d' 0)
bad() { # bad FILE ID FROM SUBJECT: text on stdin
	{
		printf 'From: %s\nTo: dev@lists.example.org\n' "$3"
		printf 'Subject: %s\nMessage-ID: <%s>\n' "$4" "$2"
		printf 'Archived-At: <javascript:alert(1)>\n'
		printf 'Date: Sat, 4 Apr 2026 10:00:00 +0000\n\n'
		cat
	} >"mail/bad/cur/$1:2,"
}
echo "Could you say </li></ul><script>alert(1)</script> why $long fails, \"Nora\"?" |
	bad 1 "a\"><script>alert(1)</script>@x" '"</b><img src=x onerror=alert(1)>" <a@x.example>' \
		"[PATCH] </title><script>alert(1)</script> $long"
echo "Could you say why https://example.org/\"onmouseover=\"alert(1)?a=1&b=<2> does not load?" |
	bad 2 "b'onclick='alert(1)@x" "'><svg/onload=alert(1)> <b@x.example>" \
		"<!-- ]]> &lt;b&gt; <style>*{display:none}</style>"
notmuch new --quiet
html "path:bad/**"
check "hostile"
t_equal "no element of theirs" "" \
	"$(grep -oiE '<(img|script|style|svg/)[^>]*>' page.html | grep -vE '^<(script|style)>$')"
t_equal "one script, one style" "1 1" \
	"$(count '<script>' page.html) $(count '<style>' page.html)"
t_like "they can be read" '</title><script>alert\(1\)</script>' read
t_like "addresses are links, up to what is none of one" \
	'<a href="https://example.org/">https://example.org/</a>&quot;onmouseover' page.html
t_done
