#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Ceilings of util/limits.h that it takes many mails or commits to reach: at the
# ceiling all is read, one past it the rest is not, and that is said.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
t_need python3
t_need git
t_need jq
t_mailbox sample

# ND_LIMIT_CARRIED_MAILS: of threads without new mail the latest are read
# first. quiet N: a patch and its author's N - 1 mails more, and an older patch.
quiet() {
	rm -rf mail
	mkdir -p mail/m/cur mail/m/new mail/m/tmp
	python3 - "$1" <<-'EOP'
		import sys
		def mail(name, day, second, subject, refs, body):
		    with open(f"mail/m/cur/{name}:2,S", "w") as f:
		        f.write(f"From: P <p@x>\nTo: l@x\nSubject: {subject}\nMessage-ID: <{name}@x>\n"
		                f"Date: {day} Mar 2026 {second // 3600:02}:{second // 60 % 60:02}:{second % 60:02} +0000\n"
		                f"{refs}\n{body}\n")
		patch = "Fixes it.\n---\ndiff --git a/a b/a\n"
		mail("old", "01", 0, "[PATCH] the old one", "", patch)
		for i in range(int(sys.argv[1])):
		    mail(i, "10", i, "Re: [PATCH] one" if i else "[PATCH] one",
		         "In-Reply-To: <0@x>\nReferences: <0@x>\n" if i else "", "Ping." if i else patch)
		mail("new", "30", 0, "news", "", "Of today.")
	EOP
	notmuch new --quiet
	t_exit 0 "$ND" report --format=json --since=2026-03-28 --now=2026-03-31 '*'
}
told() { jq -r '[.front.open[].root_id] + [.problems[].what] | join(" ")' out; }
quiet 3999
t_equal "4,000 mails of quiet threads are read" "old@x 0@x" "$(told)"
quiet 4000
t_equal "of 4,001 those of the oldest thread are not, and that is told" \
	"0@x what 1 older threads still owe is not known: there are too many mails" \
	"$(told)"

# ND_LIMIT_GIT_COMMITS: of a repository
t_mailbox sample
git init --quiet --bare tree
awk 'BEGIN {
	for (i = 1; i <= 200001; i++)
		printf "commit refs/heads/%s\ncommitter A <a@x> %d +0000\ndata 1\nx%s\n",
			i <= 200000 ? "main" : "more", 1760000000 + i,
			i == 200001 ? "from refs/heads/main\n" : ""
}' | git -C tree fast-import --quiet
t_exit 0 "$ND" commits --dry-run --git=tree main
t_like "200,000 commits are read" '^tree: 200000 commits, ' out
t_exit 65 "$ND" commits --dry-run --git=tree more
t_like "one more is too many" 'more than 200000 commits' err
t_done
