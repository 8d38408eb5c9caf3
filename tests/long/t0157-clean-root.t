#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What a stranger does on a Debian of today with nothing in it: the package that
# `make deb` has built, from installing to purging, and, in another such root,
# README's first command. Needs root, a network, 4 GB; ten minutes, most of them apt's.
# The bare system and the packages are kept in build/root for the next time.
#
# With the word `package` only the package; with `here` that on this very machine,
# which is to be thrown away: what CI does where it may not chroot.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
PART=${1:-all}
[ "$(id -u)" = 0 ] || t_skip_all "only root may install"
BUILD=${ND_BUILD:-$T_SRC/build}
DEB=$(ls "$BUILD"/deb/notmuch-digest_*.deb 2>/dev/null)
[ -s "$DEB" ] || t_skip_all "there is no package: make deb"
USER_HOME=/home/nora
CACHE=$BUILD/root
CLEAN="/usr/bin/env -i HOME=/root LC_ALL=C.UTF-8 TZ=UTC DEBIAN_FRONTEND=noninteractive"
CLEAN="$CLEAN PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

if [ "$PART" = here ]; then
	ROOT='' TREE="-o -path $T_SRC"
	if command -v notmuch-digest || [ -e $USER_HOME ] || id nora; then
		taken=yes
	fi >/dev/null 2>&1
	[ -z "${taken:-}" ] || t_skip_all "this machine has the program, or a user nora"
	in_root() { # in_root SHELL-COMMANDS
		(cd / && exec $CLEAN sh -c "$1")
	}
	leave() { in_root 'apt-get purge -y notmuch-digest; userdel -r nora' >/dev/null 2>&1; }
	trap 'leave; rm -rf "$T_DIR"' EXIT
else
	TREE=
	t_need debootstrap
	t_need unshare
	mkdir -p "$CACHE/archives/partial"
	unshare --mount --pid --fork --kill-child true 2>err ||
		t_skip_all "no namespaces: $(head -1 err)"
	# As this machine has it.
	SUITE=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
	MIRROR=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
		sed -nE 's/^(URIs:|deb( \[.*\])?) *(https?:[^ ]*debian\/?)( .*)?$/\3/p' | head -1)
	[ -n "$SUITE" ] && [ -n "$MIRROR" ] || t_skip_all "this is no Debian"
	BASE=$CACHE/$SUITE.tar
	if [ ! -s "$BASE" ]; then
		timeout 150 debootstrap --variant=minbase "$SUITE" bare "$MIRROR" >log 2>&1 ||
			t_skip_all "debootstrap: $(tail -1 log)"
		# Nobody is sorry for it when the power fails.
		echo force-unsafe-io >bare/etc/dpkg/dpkg.cfg.d/unsafe-io
		tar -C bare -cf "$BASE.new" . && mv "$BASE.new" "$BASE"
		rm -rf bare
	fi
	# Mounts and processes go when it ends.
	in_root() { # in_root SHELL-COMMANDS
		unshare --mount --pid --fork --kill-child sh -c '
			mount -t proc proc "$0/proc" &&
			mount --bind "$1" "$0/var/cache/apt/archives" &&
			exec chroot "$0" '"$CLEAN"' sh -c "$2"' \
			"$ROOT" "$CACHE/archives" "$1"
	}
fi
new_root() { # new_root NAME: the bare system
	ROOT=$T_DIR/$1
	mkdir "$ROOT" && tar -C "$ROOT" -xf "$BASE"
	cp /etc/resolv.conf "$ROOT/etc/" 2>/dev/null
}
as_nora() { # as_nora SHELL-COMMANDS: somebody with no rights
	in_root "exec runuser -u nora -- env HOME=$USER_HOME bash -c '$1'"
}

# ---- a package ----

if [ "$PART" != here ]; then
	new_root package
	in_root true 2>err || t_skip_all "no chroot: $(head -1 err)"
	in_root 'apt-get update -qq' >log 2>&1 || t_skip_all "apt-get: $(tail -1 log)"
	# What most machines have, and what it depends on: none of it is ours to purge.
	needs="$(dpkg-deb -f "$DEB" Depends), $(dpkg-deb -f "$DEB" Recommends)"
	in_root "apt-get install -y man-db bash-completion &&
		apt-get satisfy -y '$needs'" >log 2>&1 || t_skip_all "apt-get: $(tail -1 log)"
fi
in_root 'exec runuser -u nobody true' 2>err || t_skip_all "no other user: $(head -1 err)"
mkdir -p "$ROOT/srv"
cp "$DEB" "$ROOT/srv/notmuch-digest.deb"
t_exit 0 in_root 'useradd -m -s /bin/bash nora'
mkdir "$ROOT$USER_HOME/mail"
cp -R "$T_SRC/tests/corpora/sample" "$ROOT$USER_HOME/mail/"
mkdir -p "$ROOT$USER_HOME/mail/sample/new" "$ROOT$USER_HOME/mail/sample/tmp"
cat >"$ROOT$USER_HOME/.notmuch-config" <<EOF
[database]
path=$USER_HOME/mail
[user]
name=Nora Winter
primary_email=nora@example.org
[digest]
query=*
EOF
t_exit 0 in_root "chown -R nora: $USER_HOME"
# Without what dpkg, apt, man and the linker write down for themselves.
there() {
	in_root 'find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /run \
		-o -path /tmp -o -path /home -o -path /root -o -path /var/lib/dpkg \
		-o -path /var/lib/apt -o -path /var/cache -o -path /var/log \
		-o -path /var/tmp '"$TREE"' \) -prune -o -print' | sort
}
there >before
t_true "there is something to compare" grep -q /usr/bin/notmuch before

t_exit 0 in_root 'apt-get install -y /srv/notmuch-digest.deb'
t_like "alone" ' 1 newly installed, 0 to remove' out
t_exit 0 as_nora 'notmuch new'
t_like "mail is there" 'Added [0-9]+ new messages' out
t_exit 0 as_nora "notmuch digest report --now=$T_NOW"
t_like "the report comes" 'Firmware 4.2.2 release candidate' out
t_true "and nothing is wrong" test ! -s err
t_exit 0 as_nora "LC_ALL=C.UTF-8 notmuch digest report --now=$T_NOW --lang=zh_CN"
t_like "in another language" '总体统计' out
# Images for containers leave out manuals.
if ! grep -qs '^path-exclude.*/man' "$ROOT"/etc/dpkg/dpkg.cfg.d/*; then
	t_exit 0 as_nora 'notmuch help digest'
	t_like "there is a manual" 'notmuch-digest.*digests? of' out
fi
complete='. /usr/share/bash-completion/bash_completion
	complete -p $1 >/dev/null 2>&1 || _completion_loader $1
	COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*"
	COMP_POINT=${#COMP_LINE}
	$(complete -p $1 | sed "s/.* -F \([^ ]*\) .*/\1/") "$1" "${@: -1}"
	printf "%s\n" "${COMPREPLY[@]}"'
t_exit 0 as_nora "set -- notmuch-digest ser; $complete"
t_like "bash completes the program" '^series$' out
t_exit 0 as_nora "set -- notmuch digest ser; $complete"
t_like "and the command of notmuch" '^series$' out

t_exit 0 as_nora 'cd && find . ! -path ./mail/.notmuch/xapian/\*'
sort out >had.before
t_exit 0 as_nora "notmuch digest update --now=$T_NOW"
t_like "says what it wrote" '[0-9]' out
t_exit 0 as_nora 'notmuch search --output=files tag:digest'
t_true "there are digests" test -s out
t_exit 0 as_nora 'notmuch digest setup hook --install'
t_exit 0 as_nora 'notmuch new'
t_exit 0 in_root 'apt-get purge -y notmuch-digest'
t_exit 0 as_nora 'notmuch new'
t_true "a hook that is left behind fails nothing, and says nothing" test ! -s err
there >after
t_same "purged without a trace" before after
t_exit 0 in_root 'apt-get install -y /srv/notmuch-digest.deb'
t_exit 0 as_nora 'notmuch digest setup hook --remove && notmuch digest clean --yes'
t_exit 0 as_nora 'cd && find . ! -path ./mail/.notmuch/xapian/\*'
sort out >had.after
t_same "what its user has is as before" had.before had.after
rm "$ROOT/srv/notmuch-digest.deb"
[ "$PART" = all ] || t_done
rm -rf "$ROOT"

# ---- README's first command ----

new_root source
mkdir "$ROOT/srv/tree"
(cd "$T_SRC" && git archive HEAD) | tar -C "$ROOT/srv/tree" -xf -
command=$(sed -n 's/^\(make deps demo\)  *#.*/\1/p' "$T_SRC/README.md")
t_true "README has it" test -n "$command"
t_exit 0 in_root 'apt-get update -qq && apt-get install -y make'
t_exit 0 in_root "cd /srv/tree && $command"
t_like "the sample's report is printed" 'Firmware 4.2.2 release candidate' out
t_unlike "no compiler's warning" 'warning:' err
t_exit 0 in_root 'ls -A /root'
t_unlike "the home is as it was" '^\.(notmuch-config|mail|cache/notmuch|config/notmuch)' out
t_exit 0 in_root 'cd /srv/tree && make install && notmuch digest --version'
t_done
