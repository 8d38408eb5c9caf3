# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for notmuch-digest and for "notmuch digest": asks the program
# itself what could stand there

_notmuch_digest() {
	local line=${COMP_LINE:0:COMP_POINT} prefix='' candidate words
	COMPREPLY=()
	# bash takes "--list=a" and "tag:a" to pieces; here they are one word.
	read -ra words <<<"$line"
	[[ $line == *[[:space:]] ]] && words+=('')
	local cur=${words[-1]}
	[[ $cur == *[=:]* ]] && prefix=${cur%"${cur##*[=:]}"}
	# "notmuch digest ..." is "notmuch-digest ..."
	[[ ${words[0]##*/} == notmuch ]] && words=("${words[@]:1}")
	while IFS=$'\t' read -r candidate _; do
		case $candidate in
		:file*) mapfile -t COMPREPLY < <(compgen -f -- "${cur#"${candidate#:file}"}") ;;
		:directory*) mapfile -t COMPREPLY < <(compgen -d -- "${cur#"${candidate#:directory}"}") ;;
		*) COMPREPLY+=("${candidate#"$prefix"}") && continue ;;
		esac
		compopt -o filenames 2>/dev/null
		return 0
	done < <(notmuch-digest --complete "${words[@]:1}" 2>/dev/null)
	[[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=:] ]] &&
		compopt -o nospace 2>/dev/null
	return 0
}

# notmuch's own completion, and the command that it does not know.
_notmuch_and_digest() {
	if [[ $COMP_CWORD -gt 1 && ${COMP_WORDS[1]} == digest ]]; then
		_notmuch_digest
		return
	fi
	declare -F _notmuch >/dev/null || {
		local file=/usr/share/bash-completion/completions/notmuch
		# shellcheck source=/dev/null
		[[ -r $file ]] && . "$file"
		complete -F _notmuch_and_digest notmuch
	}
	declare -F _notmuch >/dev/null && _notmuch
	[[ $COMP_CWORD -eq 1 && digest == "${COMP_WORDS[1]}"* ]] &&
		COMPREPLY+=(digest)
	return 0
}
complete -F _notmuch_digest notmuch-digest
complete -F _notmuch_and_digest notmuch
