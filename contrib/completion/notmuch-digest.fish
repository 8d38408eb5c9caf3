# SPDX-License-Identifier: GPL-3.0-or-later
# fish completion for notmuch-digest and for "notmuch digest": asks the program
# itself what could stand there

function __notmuch_digest_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    # "notmuch digest ..." is "notmuch-digest ..."
    test (basename -- $words[1]) = notmuch; and set -e words[1]
    for line in (notmuch-digest --complete $words[2..-1] "$current" 2>/dev/null)
        switch $line
            case ':file*'
                set -l prefix (string replace :file '' -- $line)
                printf '%s\n' $prefix(__fish_complete_path (string replace -- "$prefix" '' "$current"))
            case ':directory*'
                set -l prefix (string replace :directory '' -- $line)
                printf '%s\n' $prefix(__fish_complete_directories (string replace -- "$prefix" '' "$current"))
            case '*'
                echo -- $line
        end
    end
end

complete -c notmuch-digest -f -a '(__notmuch_digest_complete)'
complete -c notmuch -n '__fish_use_subcommand' -f -a digest -d 'digests of threads'
complete -c notmuch -n '__fish_seen_subcommand_from digest' -f -a '(__notmuch_digest_complete)'
