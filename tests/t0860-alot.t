#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# alot: keys, marks, digests in their threads.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/client.sh
. "$T_SRC/tests/client.sh"
# shellcheck source=tests/digested.sh
. "$T_SRC/tests/digested.sh"
c_need alot
SHIPPED=$T_SRC/contrib/alot/config
CONF=$HOME/.config/alot/config
# A Python of the user's in front of PATH does not know alot.
PATH=/usr/bin:/bin:$PATH
alot --version >/dev/null 2>&1 || t_skip_all "alot does not start"
d_mailbox

# a_press KEY COMMAND...: press `, KEY` until the command succeeds. alot looks at
# the first key only of those that it finds waiting, and forgets it after a second.
a_press() {
	a_key=$1 a_tries=0
	shift
	while [ $a_tries -lt 10 ]; do
		c_type ,
		sleep 0.3
		c_type "$a_key"
		C_WAIT=3 c_until "$@" && break
		a_tries=$((a_tries + 1))
	done
}
a_see() { # a_see NAME KEY TEXT: until TEXT comes
	a_press "$2" c_has "$3"
	c_see "$1" "$3"
}

# By hand, as the file says, into sections that are there.
mkdir -p "$HOME/.config/alot"
cat >mine <<-'EOF'
	[bindings]
	x = bclose
	[[thread]]
	z = fold
	[tags]
	[[todo]]
	translated = T
	[accounts]
	[[test]]
	realname = Nora Winter
	address = nora@example.org
EOF
awk 'FNR == 1 { file++ } /^#/ && file == 1 { next }
	/^\[/ { section = $0 }
	file == 1 { if (/^\[\[d/) inner = section
		if (inner) { tags = tags $0 "\n"; next }
		if (!/^\[/ && NF) ours[section] = ours[section] $0 "\n"; next }
	{ print } /^\[/ { printf "%s", ours[$0]; if ($0 == "[tags]") printf "%s", tags }' \
	"$SHIPPED" mine | sed 's|@PROGRAM@|notmuch-digest|' >"$CONF"

c_start "alot search id:7aeff6ec-2626-421b-9a3e-5ac77ad45ac4@example.com"
c_see "tags are short marks in a search" '? f P Σ inbox unread'
c_screen alot-search
c_keys Enter
c_see "a thread: its mails" 'is_visible() hides the file'
sed -n 2p screen >second
t_like "  the digest right below its root" '^├➤Digest' second
a_see ", j: the digest" j "$D_DIGEST"
c_see "  is open" 'Original patch or question'
c_screen alot-thread
c_until d_is_read
t_true "  and no longer fresh" d_is_read
a_see ", d: the summary" d 'Not worth a v7, though. [#2]'
t_like "  of this thread" 'PATCH v6,2/3. fabric: link: report the retimer temperature' screen
t_like "  and what it is" 'patch series v6' screen
c_screen alot-summary
c_keys q
c_wait "$D_DIGEST"
d_reply okapis
a_see ", D: the new mail" D 'Zoe Zimmer'
a_see "  the new digest" j "$D_NEW"
c_see "  and its new text" 'okapis? [#'
a_see ", v: all digests" v 'man: describe'
a_press n c_has_not 'man: describe'
c_see ", n: needs me" 'which interface for link'
t_unlike "  and nothing else" 'man: describe' screen
a_see ", f: fresh digests" f 'man: describe'
c_end

# ---- setup, into a file with such sections
cp mine "$CONF"
t_exit 0 "$ND" setup alot --install
t_exit 0 "$ND" setup alot --install
c_start "alot search id:7aeff6ec-2626-421b-9a3e-5ac77ad45ac4@example.com"
c_wait '? P Σ inbox unread'
c_keys Enter
c_wait 'is_visible() hides the file'
a_see "setup alot --install: the client starts and shows it" d 'patch series v6'
c_end
t_exit 0 "$ND" setup alot --remove
t_same "--remove: byte for byte" mine "$CONF"
printf '[tags]\n[[digest/me]]\ntranslated = mine\n' >"$CONF"
cp "$CONF" before
t_exit 78 "$ND" setup alot --install
t_same "with one of our tags there it would not start: left alone" before "$CONF"
t_done
