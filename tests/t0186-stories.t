#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Short threads of a kind each: what was taken, refused, found broken, asked.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need python3

python3 "$T_SRC/tests/stories.py" write mail/stories || t_skip_all "no mailbox"
cat >"$NOTMUCH_CONFIG" <<-EOF
	[database]
	path=$T_DIR/mail
	[user]
	name=Nora Winter
	primary_email=nora@example.org
EOF
notmuch new --quiet || t_skip_all "notmuch new failed"

t_exit 0 "$ND" report --format=json --since=2026-03-01 --until=2026-04-01 \
	--now=2026-04-01 '*'
cp out report.json
t_exit 0 "$ND" report --format=text --since=2026-03-01 --until=2026-04-01 \
	--now=2026-04-01 '*'
cp out report.txt
python3 "$T_SRC/tests/stories.py" check report.json report.txt >verdicts
while IFS= read -r line; do
	case $line in
	"ok - "*) t_result 0 "${line#ok - }" ;;
	"not ok - "*) t_result 1 "${line#not ok - }" ;;
	*) echo "$line" >&2 ;;
	esac
done <verdicts
t_true "no story is left out" test "$T_COUNT" -gt 55
t_done
