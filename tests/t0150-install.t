#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make install and uninstall, and the program in its place as a notmuch command.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_mailbox sample
B=$(basename "${ND_BUILD:-build}")
case $B in build-san) SAN=address,undefined ;; *) SAN= ;; esac

# Without building: other tests are running the program that is installed here.
install_to() {
	env MAKEFLAGS= make -C "$T_SRC" -s -o all SAN="$SAN" \
		DESTDIR="$T_DIR/root" PREFIX=/opt/nd "$@"
}
t_true "make install" install_to install
P=$T_DIR/root/opt/nd
t_true "installs the program" test -x "$P/bin/notmuch-digest"
for page in "$T_SRC"/doc/*.[157]; do
	name=${page##*/}
	t_true "and $name" cmp "$page" "$P/share/man/man${name##*.}/$name"
done
t_true "and the locale files" \
	test -s "$P/share/locale/zh_CN/LC_MESSAGES/notmuch-digest.mo"
for c in neomutt mutt; do
	t_true "and what $c loads" \
		test -s "$P/share/notmuch-digest/$c/notmuch-digest.rc"
done
for f in emacs/notmuch-digest.el aerc/binds.conf aerc/query-map aerc/aerc.conf \
	aerc/styleset alot/config vim/notmuch-digest.vim vim/README.md; do
	t_true "and $f" cmp "$T_SRC/contrib/$f" "$P/share/notmuch-digest/$f"
done
env PATH="$PATH" "$P/bin/notmuch-digest" setup mutt >out 2>err
t_like "which the installed program finds" \
	"source \"$P/share/notmuch-digest/mutt/notmuch-digest.rc\"" out

# Moved away from where it was configured for, it finds its languages.
ND=$P/bin/notmuch-digest
t_exit 0 "$ND" report --now="$T_NOW" --lang=zh_CN
t_like "the installed program finds its locale files" '总体统计' out

PATH=$P/bin:$PATH
t_exit 0 notmuch digest report --now="$T_NOW" --format=json
t_like "works through notmuch itself" '"schema":' out
cp "$NOTMUCH_CONFIG" other-config
unset NOTMUCH_CONFIG
t_exit 0 notmuch --config="$T_DIR/other-config" digest --now="$T_NOW"
t_like "with the configuration that notmuch was given" '^# ' out
t_exit 78 notmuch digest --now="$T_NOW"
export NOTMUCH_CONFIG="$T_DIR/config"
t_exit 64 notmuch digest --nonsense
if command -v man >/dev/null; then
	MANPATH=$P/share/man t_exit 0 man -P cat notmuch-digest
	t_like "the manual is readable with man" 'EXIT STATUS' out
	export MANPATH="$P/share/man"
	t_exit 0 notmuch help digest
	t_like "notmuch help digest is the manual" 'EXIT STATUS' out
	t_exit 0 notmuch help digest-update
	t_like "and there is help for commands" 'gone quiet' out
	unset MANPATH
fi

share=$P/share
for pair in notmuch-digest.bash:bash-completion/completions/notmuch-digest \
	notmuch-digest.bash:bash-completion/completions/notmuch \
	_notmuch_digest:zsh/site-functions/_notmuch_digest \
	notmuch-digest.fish:fish/vendor_conf.d/notmuch-digest.fish; do
	t_true "completion is in ${pair#*:}" \
		cmp "$T_SRC/contrib/completion/${pair%%:*}" "$share/${pair#*:}"
done

t_true "make uninstall" install_to uninstall
find "$T_DIR/root" ! -type d >left
t_same "leaves no file behind" /dev/null left
find "$T_DIR/root" -name '*digest*' >left
t_same "and no directory of its own" /dev/null left

# Beside a notmuch that is in the same place, and as a package has it.
mkdir -p "$share/bash-completion/completions"
echo own >"$share/bash-completion/completions/notmuch"
t_true "make install beside notmuch" install_to install
t_like "leaves its completion alone" '^own$' \
	"$share/bash-completion/completions/notmuch"
t_true "make uninstall" install_to uninstall
t_like "and does so again" '^own$' "$share/bash-completion/completions/notmuch"
t_true "make install PREFIX=/usr" install_to install PREFIX=/usr
t_true "leaves the name to notmuch" test ! -e \
	"$T_DIR/root/usr/share/bash-completion/completions/notmuch"
t_equal "and is read from the start" \
	/usr/share/bash-completion/completions/notmuch-digest \
	"$(readlink "$T_DIR/root/etc/bash_completion.d/notmuch-digest")"
t_true "zsh's is where Debian has it" test -s \
	"$T_DIR/root/usr/share/zsh/vendor-completions/_notmuch_digest"
t_true "make uninstall PREFIX=/usr" install_to uninstall PREFIX=/usr
find "$T_DIR/root" ! -type d ! -path "$share/*" >left
t_same "leaves no file behind, either" /dev/null left
t_done
