#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `setup CLIENT`: lines of ours in the clients' own files, put in and taken out.
# The clients themselves are in t0810 and behind.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
unset NOTMUCH_CONFIG # none of this needs a database
CONF=$HOME/.config

# fresh [FILE TEXT]: a home with nothing, or with this file.
fresh() {
	rm -rf home && mkdir home
	[ $# -eq 0 ] || {
		mkdir -p "$(dirname "$1")"
		# shellcheck disable=SC2059
		printf "$2" >"$1"
		cp "$1" before
	}
}
tree() { find home -printf '%P %y %m\n' | LC_ALL=C sort; }

t_exit 64 "$ND" setup pine
t_like "an unknown client: those that are known" 'hook, neomutt, mutt, emacs' err
t_exit 64 "$ND" setup mutt --install --remove

# ---- nothing there: it is made, and goes without a trace
for client in neomutt mutt emacs vim alot; do
	fresh
	t_exit 0 "$ND" setup $client
	t_like "$client: the lines for it" ' for /.*/home/\.' out
	t_equal "  nothing is written" 1 "$(find home | wc -l)"
	t_exit 0 "$ND" setup $client --install
	file=$(cat out)
	cp "$file" installed
	t_exit 0 "$ND" setup $client --install
	t_same "  once" installed "$file"
	t_exit 0 "$ND" setup $client --remove
	t_equal "  no trace is left" 1 "$(find home | wc -l)"
	t_exit 0 "$ND" setup $client --remove
done
fresh
t_exit 78 "$ND" setup aerc --install
t_like "aerc without its own file would have no other keys" 'makes it' err
t_like "  the lines are printed" '^\[messages\]' out
t_equal "  and nothing is made" 1 "$(find home | wc -l)"

# ---- the file that the client reads
where() { # where CLIENT WANT FILE...
	client=$1 want=$2
	shift 2
	fresh
	for f in "$@"; do
		case $f in */*) ;; *) f=./$f ;; esac
		mkdir -p "home/${f%/*}"
		[ "${f%/}" != "$f" ] || echo >"home/$f"
	done
	"$ND" setup "$client" >out 2>err
	t_equal "$client with $*: $want" "$HOME/$want" \
		"$(sed -n '1s/.* for //p' out)"
}
where neomutt .config/neomutt/neomuttrc
where neomutt .config/neomutt/neomuttrc .config/neomutt/neomuttrc .neomuttrc
where neomutt .config/neomutt/muttrc .config/neomutt/muttrc .neomuttrc
where neomutt .neomutt/neomuttrc .neomutt/neomuttrc .neomuttrc .muttrc
where neomutt .neomuttrc .neomuttrc .muttrc
where mutt .muttrc
where mutt .muttrc .muttrc .mutt/muttrc
where mutt .mutt/muttrc .mutt/muttrc .config/mutt/muttrc
where mutt .config/mutt/muttrc .config/mutt/muttrc .neomuttrc
where vim .vimrc
where vim .vimrc .vimrc .vim/vimrc
where vim .vim/vimrc .vim/
where vim .vim/vimrc .vim/ .config/vim/vimrc
where vim .config/vim/vimrc .config/vim/vimrc
where emacs .emacs.d/init.el
where emacs .emacs.el .emacs.el .emacs
where emacs .emacs .emacs .emacs.d/init.el
where emacs .emacs.d/init.el .emacs.d/ .config/emacs/init.el
where emacs .config/emacs/init.el .config/emacs/
mkdir -p other/alot
XDG_CONFIG_HOME=$T_DIR/other t_exit 0 "$ND" setup alot
t_like "XDG_CONFIG_HOME is respected" "/other/alot/config$" out

# neomutt reads mutt's file when it has none of its own; mutt would not parse it.
for f in .muttrc .mutt/muttrc .config/mutt/muttrc; do
	fresh "home/$f" 'set sort=threads\n'
	t_exit 78 "$ND" setup neomutt --install
	t_same "$f is left alone" before "home/$f"
	t_like "  and there is a remedy" 'a file of its own' err
	t_equal "  nothing is beside it" 1 "$(find home -type f | wc -l)"
done

# By whatever name: the lines of one would replace those of the other.
fresh home/.muttrc 'set sort=threads\n'
ln -s .muttrc home/.neomuttrc
t_exit 0 "$ND" setup mutt --install
cp home/.muttrc installed
t_exit 78 "$ND" setup neomutt --install
t_like "a link to mutt's file is left alone" 'a file of its own' err
t_same "  with mutt's line in it" installed home/.muttrc
mkdir -p "$CONF/neomutt" && cp before "$CONF/neomutt/neomuttrc"
t_exit 0 "$ND" setup neomutt --install
t_exit 0 "$ND" setup neomutt --remove
t_same "out of neomutt's file" before "$CONF/neomutt/neomuttrc"
t_same "  but not out of mutt's" installed home/.muttrc
t_exit 0 "$ND" setup mutt --remove
t_same "  which mutt is asked for" before home/.muttrc

# ---- one there: byte for byte, whatever it ends in
n=0
for text in 'set sort=threads\n' 'set sort=threads' '' '\n\n' 'set a=b \\\n' \
	'# \\' 'set\r\n' 'source x # >>> notmuch-digest <<< mine\n' \
	'# >>> notmuch-digest >>> is mine\n' '\303\244\377\n'; do
	for pair in mutt:.muttrc emacs:.emacs \
		alot:.config/alot/config aerc:.config/aerc/binds.conf; do
		client=${pair%%:*} file=home/${pair#*:} n=$((n + 1))
		# What is one mechanism is not tried with every text in each.
		[ "$client" = mutt ] || [ $n -le 16 ] || continue
		fresh "$file" "$text"
		chmod 640 "$file"
		tree >tree-before
		"$ND" setup "$client" --install >out 2>err || { t_note err; continue; }
		ok=0
		[ "$(stat -c %a "$file")" = 640 ] || ok=1
		cmp -s before "$file.notmuch-digest.bak" || ok=2
		cp "$file" installed
		"$ND" setup "$client" --install >out 2>err
		cmp -s installed "$file" || ok=3
		echo '# added' >>"$file"
		cp "$file" added
		"$ND" setup "$client" --remove >out 2>err
		[ -z "$text" ] || [ "$(tail -c1 before)" = "" ] || echo >>before
		grep -q '^# added$' "$file" || ok=4
		[ "$(sed '$d' "$file" | tr -d '\n')" = "$(tr -d '\n' <before)" ] || ok=5
		fresh "$file" "$text"
		chmod 640 "$file"
		"$ND" setup "$client" --install >out 2>err
		"$ND" setup "$client" --remove >out 2>err
		cmp -s before "$file" || ok=6
		tree | cmp -s - tree-before || ok=7
		t_equal "$client, file $n: in and out" 0 $ok
	done
done
fresh home/.muttrc 'set sort=threads\n'
t_exit 0 "$ND" setup mutt --install
t_equal "one line is added" 1 "$(diff before home/.muttrc | grep -c '^>')"
t_equal "  and none is lost" 0 "$(diff before home/.muttrc | grep -c '^<')"
sed -i '1s/threads/date/' home/.muttrc
t_exit 0 "$ND" setup mutt --remove
t_equal "what the user has changed since then stays" 'set sort=date' \
	"$(cat home/.muttrc)"
t_same "  and so does the backup" before home/.muttrc.notmuch-digest.bak

# ---- sections
fresh "$CONF/alot/config" 'theme = x\n[bindings]\n  a = b\n  [[thread]]\n    q = r\n[tags]\n  [[todo]]\n'
t_exit 0 "$ND" setup alot --install
t_equal "a section that is there is not made twice" 1 \
	"$(grep -c '\[\[thread' "$CONF/alot/config")"
key=$(sed -n '/^\[\[thread/,$s/^\([^#[].*\) = .*/\1/p' "$T_SRC/contrib/alot/config" | head -1)
fresh "$CONF/alot/config" "[bindings]\n[[thread]]\n $key = r\n"
t_exit 78 "$ND" setup alot --install
t_same "a key that is taken: alot would not start" before "$CONF/alot/config"
t_like "  it is said which" 'is there already, in' err
t_like "  and the lines are printed" '^\[\[thread' out

# ---- links
fresh
mkdir home/dotfiles home/elsewhere
echo 'set a=b' >home/dotfiles/muttrc
cp home/dotfiles/muttrc before
ln -s dotfiles/muttrc home/.muttrc
t_exit 0 "$ND" setup mutt --install
t_true "a link stays a link" test -L home/.muttrc
t_like "  it is written where it points" 'notmuch-digest' home/dotfiles/muttrc
t_true "  the backup is there, too" test -f home/dotfiles/muttrc.notmuch-digest.bak
t_exit 0 "$ND" setup mutt --remove
t_same "  and taken out there" before home/dotfiles/muttrc
t_true "  it still is one" test -L home/.muttrc
for target in "$T_DIR/nowhere" /dev/null "$T_DIR/home/elsewhere" /etc/passwd; do
	[ "$target" != /etc/passwd ] || [ "$(id -u)" != 0 ] || continue
	ln -sf "$target" home/.muttrc
	t_exit 78 "$ND" setup mutt --install
	t_like "a link to $(basename "$target") is left alone" 'left alone' err
	t_true "  as it was" test "$(readlink home/.muttrc)" = "$target"
	rm home/.muttrc
done
if [ "$(id -u)" = 0 ]; then
	fresh home/.muttrc 'set a=b\n'
	chgrp 65534 home/.muttrc
	t_exit 0 "$ND" setup mutt --install
	t_equal "a file keeps its group" 65534 "$(stat -c %g home/.muttrc)"
	rm home/.muttrc
	echo 'set a=b' >other/muttrc
	chown 65534 other/muttrc
	ln -s "$T_DIR/other/muttrc" home/.muttrc
	t_exit 78 "$ND" setup mutt --install
	t_like "a file of somebody else's is left alone" 'is not yours' err
	t_equal "  as it was" 'set a=b' "$(cat other/muttrc)"
fi
fresh home/.muttrc 'a\000b\n'
t_exit 78 "$ND" setup mutt --install
t_same "what is not text is left alone" before home/.muttrc
fresh home/.config/aerc/binds.conf '[messages]\n# >>> notmuch-digest >>>\nx = y\n'
t_exit 78 "$ND" setup aerc --install
t_exit 78 "$ND" setup aerc --remove
t_same "half a mark: nobody knows what is ours" before home/.config/aerc/binds.conf
t_like "  it is said where" 'line 2 of' err

# ---- where the program lies
place="$T_DIR/a \"b\" \$c 'd'"
mkdir -p "$place/bin" "$place/share/notmuch-digest"
cp "$ND" "$place/bin/notmuch-digest"
cp -R "$T_SRC/contrib/mutt" "$T_SRC/contrib/alot" "$place/share/notmuch-digest"
fresh
t_exit 0 "$place/bin/notmuch-digest" setup mutt
# shellcheck disable=SC2016
t_like "blanks and quotes are quoted" 'source "/.*/a \\"b\\" \\\$c '"'d'"'/share/' out
t_like "the program is found from there" '^setenv PATH "/.*/bin"":' out
PATH="$place/bin:$PATH" t_exit 0 "$place/bin/notmuch-digest" setup mutt
t_like "in PATH, nothing is said of it" '^source "' out
t_exit 78 "$place/bin/notmuch-digest" setup alot
t_like "or refused where they cannot be" 'no blanks or quotes' err
t_exit 78 "$place/bin/notmuch-digest" setup emacs
t_like "files that are not there: a remedy" 'make install' err
HOME='' t_exit 78 "$ND" setup mutt

# ---- what has changed since
fresh home/.neomuttrc 'set a=b\n'
t_exit 0 "$ND" setup neomutt --install
mkdir -p home/.config/neomutt && cp before home/.config/neomutt/neomuttrc
t_exit 0 "$ND" setup neomutt --remove
t_same "taken out of a file that is not read any more" before home/.neomuttrc
fresh home/.neomuttrc 'set a=b\n'
echo 'set a=b' >home/.mutt
t_exit 0 "$ND" setup neomutt --install
t_exit 0 "$ND" setup neomutt --remove
t_same "  and where a directory we look into is a file" before home/.neomuttrc
fresh home/.muttrc 'set a=b\n'
t_exit 0 "$place/bin/notmuch-digest" setup mutt --install
rm -r "$place/share"
t_exit 0 "$place/bin/notmuch-digest" setup mutt --remove
t_same "  and when the files for it are gone" before home/.muttrc

# ---- killed
t_need strace
strace -qq -e trace=none true 2>/dev/null || t_done
export ASAN_OPTIONS=detect_leaks=0
# sweep NAME CLIENT OPTION: start/ is the home before, want/ the one after.
sweep() {
	rm -rf home && cp -a start home
	"$ND" setup "$2" "$3" >out 2>err
	rm -rf want && cp -a home want
	points=0 half=0 differ=0
	for call in write rename fsync fchmod mkdir unlink unlinkat rmdir; do
		k=1
		while :; do
			rm -rf home && cp -a start home
			strace -f -qq -o /dev/null -e "trace=$call" \
				-e "inject=$call:signal=KILL:when=$k" \
				"$ND" setup "$2" "$3" >/dev/null 2>&1
			[ $? -eq 137 ] || break
			[ ! -e "home/$4" ] || cmp -s "home/$4" "start/$4" ||
				cmp -s "home/$4" "want/$4" || half=$((half + 1))
			"$ND" setup "$2" "$3" >out 2>err
			diff -r home want >differences || { differ=$((differ + 1)); t_note differences; }
			points=$((points + 1)) k=$((k + 1))
		done
	done
	t_equal "$1: killed at $points points, never half a file" 0 $half
	t_equal "  and the next run completes it" 0 $differ
	[ "$points" -gt 6 ]
	t_result $? "  there were such points"
}
fresh home/.muttrc 'set a=b'
rm -rf start && cp -a home start
sweep "install" mutt --install .muttrc
rm -rf start && cp -a want start
sweep "remove" mutt --remove .muttrc
t_done
