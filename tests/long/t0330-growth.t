#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Twice the mails take twice the work, whatever their shape. Instructions are
# counted, not seconds: the number does not depend on what else is running.
. "$(dirname "$0")/../lib.sh"

t_need python3
t_need valgrind
case $ND in *build-san*) t_skip_all "sanitizers and valgrind exclude each other" ;; esac

# mails N SHAPE: a mailbox of N mails.
mails() {
	rm -rf mail
	mkdir -p mail/m/cur mail/m/new mail/m/tmp
	python3 - "$@" <<-'EOP'
		import sys
		n, shape = int(sys.argv[1]), sys.argv[2]
		for i in range(n):
		    people, subject, refs = 50, "Re: the thread", "<0@x>"
		    body = f"I have looked at part {i}. Could you explain number {i * 7919 % 10007}?\n"
		    if shape == "chain":
		        refs = f"<0@x> <{max(i - 1, 0)}@x>"
		    if shape == "versions":
		        subject, refs = f"[PATCH v{i + 1}] fix the ring buffer", ""
		    if shape == "titles":
		        subject, refs = f"[PATCH] fix {i} the ring buffer", ""
		    if shape == "series":
		        subject = f"[PATCH v2 {i}/{n - 1}] part {i} of it"
		    if shape == "trailers":
		        body = f"Reviewed-by: Person {i} <p{i}@x>\n"
		    if shape == "corrections":
		        people = 2
		        body = "Sorry, I was wrong.\n\n" + "".join(
		            f"Could you explain number {i * 10 + k}?\n\n" for k in range(10))
		    if shape == "asked" and i == 0:
		        subject = "[PATCH] fix the ring buffer"
		        body = "Fix it.\n---\ndiff --git a/r.c b/r.c\n--- a/r.c\n+++ b/r.c\n@@ -1 +1 @@\n-a\n+b\n"
		    if shape == "asked":
		        people = 3
		        if i % 3 == 1:
		            body = f"Why is ring {i} copied before its index moves to the end?\n"
		        if i % 3 == 2:
		            body, subject = "Reviewed-by: Person 2 <p2@x>\n", "Re: [PATCH] fix the ring buffer"
		    with open(f"mail/m/cur/{i}:2,S", "w") as f:
		        f.write(f"From: Person {i % people} <p{i % people}@x>\nSubject: {subject}\nMessage-ID: <{i}@x>\n"
		                f"Date: Wed, 01 Apr 2026 {i // 3600:02}:{i // 60 % 60:02}:{i % 60:02} +0000\n")
		        if i and refs:
		            f.write(f"In-Reply-To: {refs.split()[-1]}\nReferences: {refs}\n")
		        f.write("\n" + body)
	EOP
	# A folder made anew in the same second looks as if it were the old one.
	notmuch new --quiet --full-scan
}

# work [COMMAND ...]: millions of instructions that it takes, or a report of the mailbox.
work() {
	[ $# -gt 0 ] || set -- report --format=json --jobs=1 --now="$T_NOW" '*'
	valgrind --tool=callgrind --callgrind-out-file=/dev/null "$ND" "$@" \
		2>err >out || { cat err >&2 && return 1; }
	sed -n 's/.*Collected : \([0-9]*\)[0-9]\{6\}$/\1/p' err
}

t_mailbox sample
growth() { # growth SHAPE MOST: twice the mails take at most MOST tenths as much
	mails 500 "$1"
	once=$(work)
	mails 1000 "$1"
	twice=$(work)
	echo "# $1: $once and $twice million instructions"
	t_true "$1: at most $2 tenths as much for twice the mails" \
		[ "$twice" -le $(($2 * once / 10)) ]
}
for shape in star chain versions titles series trailers corrections; do
	growth $shape 25
done
# How many are waited for has a ceiling, which is met in between.
growth asked 30

# A long talk that asks, promises and forbids takes no more for each mail: how many
# of what is wanted are kept has a ceiling, and four times the mails pass it.
talk() {
	rm -rf mail
	mkdir -p mail
	python3 "$T_SRC/tests/perf/thread.py" mail/m "$1"
	notmuch new --quiet
	work report --format=json --jobs=1 --since=2025-12-01 --until=2026-12-01 \
		--now=2026-12-01 '*'
}
once=$(talk 1000)
more=$(talk 4000)
echo "# talk: $once and $more million instructions"
t_true "talk: at most four and a half times as much for four times the mails" \
	[ "$more" -le $((9 * once / 2)) ]

# What has nothing to do takes no longer for what has been there.
notmuch config set digest.query '*'
idle() { # idle N [OPTION]
	mails "$1" titles
	"$ND" update --quiet --now="$T_NOW" --since=1h
	work update --quiet --now="$T_NOW" ${2:+"$2"}
}
for since in "" --since=1h; do
	once=$(idle 1000 $since)
	more=$(idle 4000 $since)
	echo "# nothing new${since:+, $since}: $once and $more million instructions"
	t_true "nothing new${since:+, $since}: no more for four times the mails" \
		[ "$more" -le $((21 * once / 20 + 1)) ]
done
t_done
