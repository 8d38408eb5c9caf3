#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every command in README.md, doc/tutorial.md, doc/recipes.md and doc/team.md is run.
#
# A block of commands has a line before it: "<!-- try -->", and it is run as it
# stands, those of a section in one shell, those of a page in one home; or
# "<!-- not tried: REASON -->", and what runs us in it must at least be a
# command line that we take. A block without such a line is a failure.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_need jq
t_need git
t_need rsync

# blocks PAGE: block.NN, the lines of each block, its mark first.
blocks() {
	rm -f block.*
	awk '
		/^<!-- run /, /^<!-- end -->$/ { mark = ""; next }
		/^<!-- (try|try on the host|not tried: .*) -->$/ { mark = $0; next }
		/^## / { section = $0 }
		/^```/ {
			open = !open
			if (open) {
				file = sprintf("block.%02d", ++n)
				print (mark ? mark : "unmarked") >file
				print section >file
			} else {
				close(file)
				mark = ""
			}
			next
		}
		open { print >file }' "$T_SRC/$1"
}

# What a user has: the program in PATH, and a clock of the sample's week. The
# real path is known to those it writes it down for.
mkdir tools
cat >tools/notmuch-digest <<-END
	#!/bin/sh
	case \$1 in
	setup | status | -*help) exec "$ND" "\$@" ;;
	update | todo | series | show | clean | commits | report)
		command=\$1
		shift
		exec "$ND" "\$command" --now=$T_NOW "\$@"
		;;
	*) exec "$ND" report --now=$T_NOW "\$@" ;;
	esac
END
chmod +x tools/notmuch-digest
export PATH="$T_DIR/tools:$PATH" GIT_CONFIG_GLOBAL="$T_DIR/gitconfig"
git config --file "$T_DIR/gitconfig" user.name Nora
git config --file "$T_DIR/gitconfig" user.email nora@example.org
git config --file "$T_DIR/gitconfig" init.defaultBranch main

# The host of a team is a directory here, reached by the same commands.
git config --file "$T_DIR/gitconfig" url."$T_DIR/host/home/".insteadOf \
	ssh://host.example.org/
cat >tools/rsync <<-END
	#!/bin/sh
	for word; do
		shift
		case \$word in
		host.example.org:*) word=$T_DIR/host/home/\${word#*:} ;;
		esac
		set -- "\$@" "\$word"
	done
	exec $(command -v rsync) "\$@"
END
chmod +x tools/rsync

# home NAME: a mailbox below ~/Mail; as NAME: be its user.
fresh() {
	rm -rf "$1" config mail
	mkdir -p "$1/home" mail
	t_mailbox sample
	mv mail "$1/home/Mail"
	sed "s|^path=.*|path=$T_DIR/$1/home/Mail|" config >"$1/config"
	as "$1"
	notmuch new --quiet
}
as() { export HOME="$T_DIR/$1/home" NOTMUCH_CONFIG="$T_DIR/$1/config"; }

# Command lines of ours that are not run: each with --help, which checks the
# options before it.
only_read() {
	sed -n 's/#.*//; s/^\(notmuch digest [^|>]*\).*/\1/p; s/.*| *\(notmuch digest .*\)/\1/p' "$1" |
		while read -r line; do
			eval "$line --help" >/dev/null 2>&1 || echo "$line"
		done
}

for page in README.md doc/tutorial.md doc/recipes.md doc/team.md; do
	NOTMUCH_CONFIG="$T_DIR/config"
	fresh host
	NOTMUCH_CONFIG="$T_DIR/config"
	fresh user
	cp user/config config.fresh
	section=
	blocks "$page"
	t_true "$page has blocks" test -f block.01
	for block in block.*; do
		mark=$(head -1 "$block")
		sed 1,2d "$block" >commands
		# A recipe is whole: nothing of the one before it is set.
		[ "$page" != doc/recipes.md ] ||
			[ "$(sed -n 2p "$block")" = "$section" ] ||
			cp config.fresh user/config
		section=$(sed -n 2p "$block")
		what="$page: $(head -1 commands | cut -c1-60)"
		case $mark in
		'<!-- try -->')
			as user
			t_exit 0 sh -e commands
			t_unlike "  $what: nothing is wrong with it" \
				'unknown|not found|cannot|No such' err
			;;
		'<!-- try on the host -->')
			as host
			t_exit 0 sh -e commands
			;;
		'<!-- not tried: '*)
			t_equal "$what (${mark#'<!-- '}: its options are known" "" \
				"$(only_read commands)"
			;;
		*) t_result 1 "$what: has no mark" ;;
		esac
	done
	# What a page ends with it has taken back, or says how; links lead somewhere.
	dir=$(dirname "$T_SRC/$page")
	grep -o '](\([^)#:]*\)[)#]' "$T_SRC/$page" | sed 's/^](//; s/[)#]$//' | sort -u >links
	while read -r link; do
		[ -z "$link" ] || [ -e "$dir/$link" ] || echo "$link"
	done <links >dead
	t_equal "$page: links lead somewhere" "" "$(cat dead)"
	[ "$page" != doc/tutorial.md ] || {
		notmuch dump | sed '/^#notmuch-dump/d' | sort >after
		NOTMUCH_CONFIG="$T_DIR/config"
		fresh user
		notmuch dump | sed '/^#notmuch-dump/d' | sort >fresh
		t_same "the tutorial ends as it began" fresh after
		t_true "  without a digest" test ! -e user/home/Mail/digest
	}
	[ "$page" != doc/team.md ] || {
		as user
		t_equal "the readers have the host's digests" "$(ls host/home/Mail/digest/cur)" \
			"$(ls user/home/Mail/digest/cur)"
		t_equal "  in their threads" "$(find host/home/Mail/digest/cur -type f | wc -l)" \
			"$(notmuch count tag:digest/summarized)"
	}
done
t_done
