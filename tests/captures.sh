#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# captures.sh - what the program says of the sample mailbox, in a page
#
#	captures.sh <doc/tour.md >new
#	captures.sh --images DIRECTORY
#
# Between "<!-- run ARGUMENTS -->" and "<!-- end -->" stands what the program
# prints with these arguments; "<!-- run ARGUMENTS | sed EXPRESSION -->" prints
# a part of it (sed -n). Between "<!-- screen NAME -->" and "<!-- end -->" stands
# that screen of doc/clients.md. With --images, the HTML report is pictured by
# Chromium, in DIRECTORY; without Chromium nothing is done.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
set -e
t_mailbox sample
export COLUMNS=80

# Lists are for those who ask for them.
run() {
	case "$*" in
	*--list=*)
		notmuch config set digest.lists 'fabtool;fabric'
		notmuch config set digest.list.fabtool subject:fabtool
		notmuch config set digest.list.fabric to:linux-fabric@lists.example.org
		;;
	*)
		for key in lists list.fabtool list.fabric; do
			notmuch config set "digest.$key"
		done
		;;
	esac
	"$ND" "$@" --now="$T_NOW"
}

# Words as a shell reads them; the page is ours.
capture() {
	arguments=${1% | sed *}
	part=p
	[ "$arguments" = "$1" ] || part=${1##* | sed }
	printf '```\n$ notmuch digest %s\n' "$arguments"
	eval "run $arguments --color=never" >out
	sed -n "$part" out | sed 's/[[:space:]]*$//' | cat -s
	printf '```\n'
}

screen() {
	sed -n "/^<!-- screen $1 -->\$/,/^<!-- end -->\$/p" "$T_SRC/doc/clients.md" |
		sed '1d;$d'
}

fill() {
	while IFS= read -r line; do
		printf '%s\n' "$line"
		case $line in
		'<!-- run '*' -->')
			line=${line#'<!-- run '}
			capture "${line%' -->'}" </dev/null
			;;
		'<!-- screen '*' -->')
			line=${line#'<!-- screen '}
			screen "${line%' -->'}"
			;;
		*) continue ;;
		esac
		while IFS= read -r line && [ "$line" != '<!-- end -->' ]; do :; done
		printf '%s\n' "$line"
	done
}

# picture NAME WIDTH,HEIGHT dark|light: of page.html
picture() {
	dark=
	[ "$3" = light ] || dark=--blink-settings=preferredColorScheme=0
	# shellcheck disable=SC2086
	chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars \
		--user-data-dir="$T_DIR/chromium" --window-size="$2" $dark \
		--screenshot="$T_DIR/$1.png" "file://$T_DIR/page.html" >log 2>&1 ||
		{ t_note log; exit 1; }
	mv "$1.png" "$images/"
}

case ${1:-} in
--images)
	command -v chromium >/dev/null || {
		echo "pictures stay as they are: chromium is not installed" >&2
		exit 0
	}
	# A name of the sample is written in kanji.
	[ -n "$(fc-list :lang=ja 2>/dev/null)" ] || {
		echo "pictures stay as they are: no font for Japanese" \
			"(Debian: fonts-wqy-microhei)" >&2
		exit 0
	}
	images=$(cd "$T_SRC" && cd "$2" && pwd)
	run report --format=html >page.html
	picture report-light 1200,900 light
	picture report-dark 1200,900 dark
	picture report-phone 390,844 light
	;;
*) fill ;;
esac
