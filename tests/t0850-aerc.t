#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# aerc: keys, folders, digests below their roots.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/client.sh
. "$T_SRC/tests/client.sh"
# shellcheck source=tests/digested.sh
. "$T_SRC/tests/digested.sh"
c_need aerc
SHIPPED=$T_SRC/contrib/aerc
CONF=$HOME/.config/aerc
d_mailbox

# aerc 0.14 now and then draws what is new with the next event only: a change of
# its size is one.
c_has() {
	grep -qF -- "$1" screen && return 0
	rows=$((61 - ${rows:-31}))
	c_tmux resize-window -x 100 -y "$rows"
	return 1
}
# a_screen NAME TAB: when its tab is drawn, too.
a_screen() {
	c_wait " test$2" && c_screen "$1"
}

# a_open TEXT BACK: ,o until it shows TEXT. It may open a mail that aerc has not
# fetched yet, and show nothing; q leads back to the list with BACK.
a_open() {
	c_type ,o
	c_until c_has "$1" || {
		c_keys q
		c_wait "$2"
		c_type ,o
	}
}

# aerc's own files, a folder for our thread, and what the README says.
mkdir -p "$CONF"
for f in aerc.conf binds.conf; do
	for dir in /usr/share/aerc /usr/local/share/aerc; do
		[ ! -f "$dir/$f" ] || cp "$dir/$f" "$CONF/$f"
	done
	[ -f "$CONF/$f" ] || t_skip_all "aerc's own $f was not found"
done
{
	echo "one=$D_QUERY"
	cat "$SHIPPED/query-map"
} >map
cat >"$CONF/accounts.conf" <<-EOF
	[test]
	source = notmuch://$T_DIR/mail
	query-map = $T_DIR/map
	default = one
	from = Nora Winter <nora@example.org>
EOF
chmod 600 "$CONF/accounts.conf"
cp "$CONF/binds.conf" theirs
# The sections of our file, into those of the same name.
awk 'FNR == 1 { file++ } /^#/ && file == 1 { next }
	/^\[/ { section = $0 }
	file == 1 { if (!/^\[/ && NF) ours[section] = ours[section] $0 "\n"; next }
	{ print } /^\[/ { printf "%s", ours[$0] }' \
	"$SHIPPED/binds.conf" theirs | sed 's|@PROGRAM@|notmuch-digest|' >"$CONF/binds.conf"
ui=$(sed -n '/^\[ui\]/,/^$/p' "$SHIPPED/aerc.conf" | sed '1d;s|/usr/local/share/notmuch-digest/aerc|'"$SHIPPED|")
awk -v ui="$ui" '{ print } /^\[ui\]/ { print ui }' "$CONF/aerc.conf" >conf
sed -n '/^\[ui:/,$p' "$SHIPPED/aerc.conf" >>conf
mv conf "$CONF/aerc.conf"

c_start aerc
c_see "a folder shows the digest" "─>$D_DIGEST"
grep -A1 'PATCH v6,2/3' screen | sed -n 2p >below
t_like "  right below its root" "Digest .*─>.digest 2 mails" below
for folder in 'needs me' 'new patches' 'applied this week' 'fresh digests'; do
	t_like "  the folder '$folder'" "^$folder" screen
done
c_tmux capture-pane -p -e >colours
t_like "  in a colour of its own" '93m[^ ]*2026.*Digest ' colours
a_screen aerc-list ''
c_type ,d
c_see ",d: the summary" "$D_TITLE"
c_wait 'Process complete'
t_like "  and what the thread is" 'v6, 3 patches, 2 of them not in this mailbox' screen
a_screen aerc-summary '  notmuch-digest <'
c_keys q
c_wait "─>$D_DIGEST"
c_keys j
a_open 'Original patch or question' "─>$D_DIGEST"
c_see ",o: the digest" 'Original patch or question'
c_until d_is_read
t_true "  is no longer fresh" d_is_read
a_screen aerc-digest '  [digest 2'
c_type ,d
c_see ",d on a digest: the thread's summary" 'Process complete'
t_like "  the same" 'v6, 3 patches, 2 of them not in this mailbox' screen
c_keys q
c_wait 'Original patch or question'
c_keys q
c_wait "─>$D_DIGEST"
d_reply okapis
c_type ,D
c_wait 'Process complete'
c_keys q
c_wait "─>$D_DIGEST"
c_type ,r
c_see ",D and ,r: the new mail" 'Zoe Zimmer'
a_open 'okapis? [#' 'Zoe Zimmer'
c_see "  and the text of its digest is new" 'okapis? [#'
c_keys q
c_wait 'Zoe Zimmer'
c_type ,j
c_see ",j finds digests" 'search tag:digest'
c_type ,v
c_see ",v: all digests" 'digest 4 mails to 2026-04-05'
c_end

# ---- setup, with aerc's own file
cp theirs "$CONF/binds.conf"
t_exit 0 "$ND" setup aerc --install
t_exit 0 "$ND" setup aerc --install
c_start aerc
c_wait "─>$D_NEW"
c_type ,d
c_see "setup aerc --install: the client starts and shows it" "$D_TITLE"
c_end
t_exit 0 "$ND" setup aerc --remove
t_same "--remove: byte for byte" theirs "$CONF/binds.conf"
t_done
