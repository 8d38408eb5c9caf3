#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Two machines share a maildir, each with a database of its own, and both digest:
# they end with the same digests, one for each thread, that which covers more, and
# neither undoes what the other one does, is doing, or was killed at.

# Names of machines want a namespace, and where one is not root another one.
if [ -z "${TWO_HOSTS:-}" ]; then
	if unshare -u true 2>/dev/null; then
		TWO_HOSTS=-u
	elif unshare -ru true 2>/dev/null; then
		TWO_HOSTS=-ru
	fi
	export TWO_HOSTS
fi
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/small.sh
. "$T_SRC/tests/small.sh"
[ -n "${TWO_HOSTS:-}" ] || t_skip_all "unshare may not make namespaces"
export ASAN_OPTIONS=detect_leaks=0
TWO_HOSTS_S=${TWO_HOSTS_S:-4}
TWO_HOSTS_POINTS=${TWO_HOSTS_POINTS:-1 4}

# on HOST COMMAND...: with its name and its database.
on() {
	host=$1
	shift
	NOTMUCH_CONFIG="$T_DIR/config-$host" HOME="$T_DIR/home-$host" \
		unshare "$TWO_HOSTS" sh -c 'hostname "$0" && exec "$@"' "$host" "$@"
}

again() {
	rm -rf mail a b home-a home-b
	mkdir mail a b home-a home-b
	s_config
	for host in a b; do
		sed "s|^path=.*|path=$T_DIR/$host\nmail_root=$T_DIR/mail|" config \
			>config-$host
	done
	s_mail alice1 "[PATCH] ring: do not wait" "" 2
	s_mail bob1 "Re: [PATCH] ring: do not wait" alice1 3
	s_mail carol1 "How does the ring wrap?" "" 4
	s_mail bob2 "Re: How does the ring wrap?" carol1 5
	s_mail alice2 "Re: How does the ring wrap?" bob2 6
	s_mail dave1 "Only one mail" "" 7
	on a notmuch new --quiet
	on b notmuch new --quiet
}
update() { on "$1" "$ND" update --jobs=1 --now="$T_NOW"; } # update HOST
look() { # look HOST: as its hook does
	on "$1" notmuch new --quiet 2>>beside || :
	update "$1" >>beside 2>&1 || echo "update failed" >>beside
}

settle() { # both have seen what the other one made of what it had seen
	look a
	look b
	look a
	look b
	look a
	look b
}

# state HOST FILE: its tags and properties, and the digests it knows, by name.
state() {
	on "$1" notmuch dump --include=tags --include=properties |
		sed '1d; s/ +digest%2ffresh//' | LC_ALL=C sort >"$2"
	on "$1" notmuch search --output=files --exclude=false tag:digest |
		LC_ALL=C sort >>"$2"
}

# same_end NAME THREADS: both have seen it all, and agree.
same_end() {
	: >beside
	settle
	t_unlike "$1: no update fails" 'failed' beside
	state a state-a
	state b state-b
	t_same "  both have the same" state-a state-b
	t_equal "  a digest for each thread, on disk" "$2" \
		"$(cat mail/digest/cur/* mail/digest/new/* 2>/dev/null |
			sed -n 's/^In-Reply-To: <\(.*\)@.*/\1/p' | sort | tr '\n' ' ' |
			sed 's/ $//')"
	t_equal "  and in the index" "$(echo "$2" | wc -w)" \
		"$(on a notmuch count --output=files tag:digest)"
	t_equal "  nothing in tmp" "" "$(ls mail/digest/tmp)"
	t_exit 0 update a
	t_like "  and that is all" '^Nothing has changed\.$' out
	t_exit 0 update b
	t_like "  on both" '^Nothing has changed\.$' out
}
covers() { # covers ROOT: how many mails its digest covers
	grep -l "^In-Reply-To: <$1@" mail/digest/cur/* | xargs sed -n \
		's/.*covers=\([0-9]*\);.*/\1/p'
}

# ---- both at once, without a look at each other
again
t_exit 0 update a
t_exit 0 update b
same_end "both have written" "alice1 carol1"

# ---- one after the other
again
t_exit 0 update a
ls mail/digest/cur >names
same_end "one has written" "alice1 carol1"
ls mail/digest/cur | cmp -s names -
t_result $? "  and the other one left it so"
s_mail erin1 "Re: How does the ring wrap?" alice2 8
on a notmuch new --quiet
t_exit 0 update a
t_like "mail has come: one writes" '^1 digest written' out
on b notmuch new --quiet
t_exit 0 update b
t_unlike "  the other one does not" 'written' out
same_end "mail has come" "alice1 carol1"
t_equal "  it is covered" 4 "$(covers carol1)"

# ---- one has seen more
for more in a b; do
	less=$(echo $more | tr ab ba)
	again
	s_mail erin1 "Re: How does the ring wrap?" alice2 8
	on $more notmuch new --quiet
	for host in $more $less; do
		t_exit 0 update $host
	done
	same_end "$more has seen more" "alice1 carol1"
	t_equal "  its digest wins" 4 "$(covers carol1)"
	again
	s_mail erin1 "Re: How does the ring wrap?" alice2 8
	on $more notmuch new --quiet
	for host in $less $more; do
		t_exit 0 update $host
	done
	same_end "$more has seen more, and is second" "alice1 carol1"
	t_equal "  its digest wins" 4 "$(covers carol1)"
done

# ---- one has been killed
if command -v strace >/dev/null && strace -qq -e trace=none true 2>/dev/null; then
	again
	t_exit 0 update a
	on b notmuch new --quiet
	on b "$ND" update --now="$T_NOW" >/dev/null 2>err || t_note err
	s_mail erin1 "Re: How does the ring wrap?" alice2 8
	s_mail frank1 "Re: [PATCH] ring: do not wait" bob1 8
	s_mail erin2 "Re: Only one mail" dave1 9
	on a notmuch new --quiet
	cp -a mail start && cp -a a start-a && cp -a b start-b
	points=0 bad=0
	for call in rename pwrite64 fdatasync unlink; do
		for n in $TWO_HOSTS_POINTS; do
			rm -rf mail a b
			cp -a start mail && cp -a start-a a && cp -a start-b b
			on a strace -f -qq -o /dev/null -e "trace=$call" \
				-e "inject=$call:signal=KILL:when=$n" \
				"$ND" update --jobs=1 --now="$T_NOW" >out 2>err
			[ $? -eq 137 ] || break
			points=$((points + 1))
			find mail/digest/cur -type f | LC_ALL=C sort >there
			: >beside
			# It knows neither the mails nor what the other one did.
			update b >>beside 2>&1 || bad=$((bad + 1))
			for file in $(cat there); do
				[ -e "$file" ] || {
					bad=$((bad + 1))
					echo "# $call $n: $file has gone" >&2
				}
			done
			settle
			state a state-a
			state b state-b
			cmp -s state-a state-b && [ "$(cat mail/digest/cur/* |
				sed -n 's/^In-Reply-To: <\(.*\)@.*/\1/p' | sort |
				tr '\n' ' ')" = "alice1 carol1 dave1 " ] || {
				bad=$((bad + 1))
				echo "# $call $n: another end" >&2
				diff state-a state-b | head -5 | t_note
			}
			! grep -q failed beside || {
				bad=$((bad + 1))
				t_note beside
			}
		done
	done
	t_equal "killed at $points points, the other one takes nothing away" 0 $bad
	[ $points -gt 4 ]
	t_result $? "  there were such points"
	rm -rf start start-a start-b
else
	[ -z "${REQUIRE_ALL:-}" ]
	t_result $? "one has been killed # SKIP strace may not trace"
fi

# ---- at the same time, and mail comes
again
: >beside
: >running
for host in a b; do
	while [ -e running ]; do
		on $host notmuch new --quiet 2>>new-$host || :
		update $host >>beside 2>&1 || echo "update failed" >>beside
	done &
done
i=2
end=$(($(date +%s) + TWO_HOSTS_S))
while [ "$(date +%s)" -lt $end ]; do
	i=$((i + 1))
	case $((i % 3)) in
	0) s_mail "new$i" "A new matter $i" "" 20 ;;
	1) s_mail "re$i" "Re: How does the ring wrap?" alice2 21 ;;
	2) s_mail "re$i" "Re: A new matter" "new$((i - 2))" 22 ;;
	esac
	sleep 0.4
done
rm running
wait
echo "# $((i - 2)) mails came, $(grep -c failed beside) updates failed"
t_unlike "at the same time: no update fails" failed beside
on a notmuch new --quiet # the last mails may have come after its last look
want=$(on a notmuch search --output=files 'subject:Re' | xargs sed -n \
	's/^References: <\(.*\)@.*/\1/p' | sed 's/^bob2$/carol1/; s/^alice2$/carol1/' |
	sort -u | tr '\n' ' ' | sed 's/ $//')
same_end "  and then" "$want"

# ---- one takes all away
again
t_exit 0 update a
look b
t_exit 0 on a "$ND" clean --yes
[ ! -e mail/digest ]
t_result $? "clean takes the folder away"
on b notmuch new --quiet
t_exit 0 update b
t_equal "  the other one's tags say so" 0 \
	"$(on b notmuch count tag:digest or tag:digest/summarized)"
t_exit 0 on b "$ND" clean --yes
t_equal "  and go" 0 "$(on b notmuch search --output=tags '*' | grep -c digest)"
t_done
