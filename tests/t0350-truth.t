#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# No summary contradicts what its report knows: three lists, week by week. All
# lists: tests/long/t0350-truth-all.t.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
SHARED=${SHARED:-$T_SRC/../shared}
TRUTH=$T_SRC/tests/quality/truth.py
LISTS="ltp raid utillinux"
# Sanitizers see weeks of the others in t0178-carried.t and t0190-formats.t.
case $ND in *build-san*) LISTS=ltp ;; esac
LISTS=${T_LISTS:-$LISTS}
t_need python3
for list in $LISTS; do
	[ -r "$SHARED/corpus/$list.tar.xz" ] ||
		t_skip_all "no mail of $list in $SHARED"
	mkdir -p "mail/$list"
	tar -xJf "$SHARED/corpus/$list.tar.xz" -C "mail/$list"
	printf '[database]\npath=%s\n[new]\nignore=config\n[maildir]\nsynchronize_flags=false\n' \
		"$T_DIR/mail/$list" >"mail/$list/config"
	NOTMUCH_CONFIG=mail/$list/config notmuch new --quiet 2>/dev/null
	t_exit 0 python3 "$TRUTH" "$ND" "mail/$list/config"
	[ "$got" -eq 0 ] || t_note out
	t_like "threads of $list were looked at" '^# [1-9][0-9]+ threads' out
done

# It would find them: a report of which one thing is made false.
list=${LISTS%% *}
NOTMUCH_CONFIG=mail/$list/config "$ND" report --since=2018-01-01 --until=2027-01-01 \
	--now=2027-01-01T00:00:00Z --format=json --quiet --limit=400 '*' >whole.json
t_exit 0 python3 "$TRUTH" --reports whole.json
# t_false KIND WHAT PYTHON: with the change to thread t and its summary s.
t_false() {
	python3 - "$3" >false.json <<-'EOP'
		import json, re, sys
		report = json.load(open("whole.json"))
		for t in report["threads"]:
		    s = t["summary"]
		    news = s["new"] + s["decisions"]
		    own = [i for i in news if not i.get("fact")]
		    facts = [i for i in news if i.get("fact")]
		    def fact(words):
		        return next((i for i in facts if words in i["text"]), None)
		    before = json.dumps(t)
		    exec(sys.argv[1])
		    if json.dumps(t) != before:
		        break
		else:
		    sys.exit("nothing to make false")
		print(json.dumps(report))
	EOP
	t_exit 1 python3 "$TRUTH" --reports false.json
	t_like "found: $2" ": $1: " out
}
t_false fact "applied, and it is not" \
	'if fact(" applied the "): t["applied"] = None'
t_false fact "applied by somebody else" \
	'if fact(" applied the ") and t["applied"]["by"]: t["applied"]["by"] = "Nobody Else"'
t_false fact "some patches are the series" \
	'if t["applied"] and (fact(" applied the series") or fact(" merged the series")): t["applied"]["patches"] = [1]'
t_false fact "a newer version that is none" \
	'if t["state"] == "superseded" and fact("posted v") and t["series"]["next_version"]: t["series"]["next_version"]["version"] += 1'
t_false fact "a tag that nobody gave" \
	'if fact(" gave Reviewed-by"): t["trailers"] = []'
t_false fact "silence, and the state is reviewed" \
	'if fact("nobody has replied yet"): t["state"] = "reviewed"'
t_false fact "a fact of another form" \
	'if facts: facts[0]["text"] = "Something happened."'
t_false topic "not applied yet, and it is" \
	'if "not applied yet" in s["topic"]: t["state"] = "applied"'
t_false claim "taken, and it is not" \
	'if own and t["series"] and not t["applied"]: own[0]["text"] = "Ann: Applied, thanks!"'
t_false twice "an item twice" 'if own: s["decisions"].append(dict(own[0]))'
t_false answer "an answer to nothing" 'if own: own[0]["text"] = "Ann: Sure, I will."'
t_false beginning "a beginning that leads back" \
	'if own: own[0]["text"] = "Ann: However, it fails."'
t_false question "asked to take what is taken" \
	'if t["state"] == "applied" and t["applied"]["patches"] == "all" and t["applied"]["given_in"] != t["root_id"]: t["open_questions"].append({"id": t["root_id"], "sentence": "Ann, can you take this?"})'
t_done
