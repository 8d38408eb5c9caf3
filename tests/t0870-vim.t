#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# notmuch.vim: keys, folders.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/client.sh
. "$T_SRC/tests/client.sh"
# shellcheck source=tests/digested.sh
. "$T_SRC/tests/digested.sh"
VIM=$(command -v vim.nox || command -v vim) || t_skip_all "vim is not installed"
c_need tmux
"$VIM" --version | grep -q '+ruby' || t_skip_all "this vim has no Ruby"
PLUGIN=/usr/share/vim/addons
[ -f "$PLUGIN/plugin/notmuch.vim" ] || t_skip_all "notmuch.vim (notmuch-vim) is not installed"
d_mailbox

cat >home/.vimrc <<-EOF
	set nocompatible encoding=utf-8
	set runtimepath+=$PLUGIN
	$(sed -n 's|/usr/local/share/notmuch-digest/vim|'"$T_SRC"'/contrib/vim|p' \
		"$T_SRC/contrib/vim/README.md")
EOF
t_like "the README has a line to add" '^source .*vim$' home/.vimrc

c_start "$VIM -c NotMuch"
c_see "folders" 'fresh digests'
for folder in 'needs me' 'new patches' 'applied this week'; do
	t_like "  the folder '$folder'" "[0-9] $folder" screen
done
c_screen vim-folders
c_type ,v
c_see ",v: all digests" 'Digest'
c_type ":NotMuch id:7aeff6ec-2626-421b-9a3e-5ac77ad45ac4@example.com"
c_keys Enter
c_wait 'retimer temperature'
c_type ,d
c_see ",d in a search: the summary" 'Dana Okonkwo posted v6'
t_like "  of this thread" 'PATCH v6,2/3. fabric: link: report the retimer temperature' screen
c_screen vim-summary
c_type q
c_gone "  q closes it" 'Dana Okonkwo posted v6'
c_type ,j
c_see ",j: the digest in its thread" "$D_DIGEST"
t_like "  on top" '^Digest <digest@digest.invalid>' screen
c_screen vim-digest
c_until d_is_read
t_true "  no longer fresh" d_is_read
d_reply okapis
c_type ,D
c_see ",D: the new digest" "$D_NEW"
c_see "  and its new text" 'okapis? [#'
c_type gg
c_wait 'Read the temperature from the retimer'
c_type ':g/^From\|^[A-Z].* <.*> [0-9.]* [0-9:]* (/print'
c_keys Enter
c_wait 'Press ENTER'
grep -n '@.* ([a-z]' screen | grep -A1 Okonkwo | tail -1 >second
t_like "it is the first below its root" 'Digest <' second
c_keys Enter
c_type ,d
c_see ",d in a thread: the summary" '3 mails, 3 participants'
c_end

# ---- setup, and a vimrc of one's own
printf 'set nocompatible encoding=utf-8\nset runtimepath+=%s\n' "$PLUGIN" >home/.vimrc
cp home/.vimrc mine
t_exit 0 "$ND" setup vim --install
t_exit 0 "$ND" setup vim --install
c_start "$VIM -c NotMuch"
c_see "setup vim --install: the folders are there" 'fresh digests'
c_end
t_exit 0 "$ND" setup vim --remove
t_same "--remove: byte for byte" mine home/.vimrc

# Nothing of a mail reaches a shell: only what notmuch calls a thread.
cat >hostile.vim <<-'EOF'
	source $T_SRC/contrib/vim/notmuch-digest.vim
	ruby $cur_thread = "thread:0'; silent !touch pwned # $(touch pwned)"
	set filetype=notmuch-show
	sleep 200m
	silent! normal ,d
	qa!
EOF
export T_SRC
t_exit 0 "$VIM" -u NONE -i NONE -es -N -S hostile.vim
t_true "a thread that is none runs nothing" test ! -e pwned
t_done
