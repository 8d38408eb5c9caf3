# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for notmuch-digest: asks the program itself for its options

_notmuch_digest() {
	local cur=${COMP_WORDS[COMP_CWORD]} cmd=${COMP_WORDS[1]} help option
	COMPREPLY=()
	if [ "$COMP_CWORD" -eq 1 ] && [[ $cur != -* ]]; then
		help=$(notmuch-digest --help 2>/dev/null |
			sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p')
		mapfile -t COMPREPLY < <(compgen -W "$help" -- "$cur")
		return 0
	fi
	# "--list=NAME" is three words here.
	[ "$cur" = = ] && cur=
	option=${COMP_WORDS[COMP_CWORD - 1]}
	[ "$option" = = ] && option=${COMP_WORDS[COMP_CWORD - 2]}
	[ "${COMP_WORDS[COMP_CWORD]}" = = ] && option=${COMP_WORDS[COMP_CWORD - 1]}
	if [ "$option" = --list ]; then
		help=$(notmuch config get digest.lists 2>/dev/null | tr ';, ' '\n\n\n')
		mapfile -t COMPREPLY < <(compgen -W "$help" -- "$cur")
		return 0
	fi
	[[ $cur == -* ]] || return 0
	[[ $cmd == -* ]] && cmd=report
	help=$(notmuch-digest "$cmd" --help 2>/dev/null |
		sed -n 's/^  [-a-z, ]\{0,4\}\(--[^ =]*=\{0,1\}\).*/\1/p')
	mapfile -t COMPREPLY < <(compgen -W "$help" -- "$cur")
	[[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace 2>/dev/null
	return 0
}
complete -F _notmuch_digest notmuch-digest
