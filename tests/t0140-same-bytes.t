#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Same mail, same settings, same --now: same bytes. The mailbox is left alone.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
t_mailbox sample
notmuch dump >dump-before
find mail -type f -exec sha256sum {} + | sort >files-before

for format in markdown json text html atom mbox; do
	t_exit 0 "$ND" report --now="$T_NOW" --format=$format --jobs=1 --mails=all
	mv out one
	for jobs in 2 3 16; do
		t_exit 0 "$ND" report --now="$T_NOW" --format=$format --mails=all \
			--jobs=$jobs
		t_same "$format with $jobs worker threads" one out
	done
done

# Another database of the same mail, indexed in another order.
mkdir again
for f in mail/sample/cur/*; do
	name=${f##*/}
	box=again/z${name%%-*} # by thread, the last mail of each first
	mkdir -p "$box/cur" "$box/new" "$box/tmp"
	cp "$f" "$box/cur/$(printf '%s' "${name%%:*}" | rev):${name##*:}"
done
sed "s|path=.*|path=$T_DIR/again|" "$NOTMUCH_CONFIG" >again.config
NOTMUCH_CONFIG=$T_DIR/again.config notmuch new --quiet
t_exit 0 "$ND" report --now="$T_NOW" --format=json
jq 'del(.threads[].thread_id)' out >one
NOTMUCH_CONFIG=$T_DIR/again.config t_exit 0 "$ND" report --now="$T_NOW" --format=json
jq 'del(.threads[].thread_id)' out >two
t_same "the order of indexing does not matter" one two

notmuch dump >dump-after
find mail -type f -exec sha256sum {} + | sort >files-after
t_same "no tag has changed" dump-before dump-after
t_same "no file has changed" files-before files-after
t_done
