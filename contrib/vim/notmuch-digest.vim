" SPDX-License-Identifier: GPL-3.0-or-later
"
" notmuch-digest.vim - digests of threads in notmuch.vim
"
" In your vimrc:
"	source /usr/local/share/notmuch-digest/vim/notmuch-digest.vim
"
" The only thing that reaches a shell is the name of a thread, which notmuch
" gives: sixteen hex digits. Nothing that a mail says does.

if exists('g:loaded_notmuch_digest') || !has('ruby') || !has('timers')
	finish
endif
let g:loaded_notmuch_digest = 1

" The program, and the tag of digests (digest.tag_prefix).
let g:notmuch_digest_program = get(g:, 'notmuch_digest_program', 'notmuch-digest')
let g:notmuch_digest_tag = get(g:, 'notmuch_digest_tag', 'digest')

" Folders beside those that are set, or notmuch.vim's own.
let s:tag = g:notmuch_digest_tag
let g:notmuch_folders = get(g:, 'notmuch_folders', [
	\ [ 'new', 'tag:inbox and tag:unread' ],
	\ [ 'inbox', 'tag:inbox' ],
	\ [ 'unread', 'tag:unread' ],
	\ ]) + [
	\ [ 'needs me', 'thread:{tag:' . s:tag . '/me}' ],
	\ [ 'new patches', printf('tag:%s/patch and tag:%s/state/new', s:tag, s:tag) ],
	\ [ 'applied this week', '(' . join(map(
	\	['applied', 'pulled', 'merged', 'merged-stable'],
	\	'"tag:" . s:tag . "/state/" . v:val'), ' or ')
	\	. ') and thread:{date:1week..}' ],
	\ [ 'fresh digests', 'tag:' . s:tag . '/fresh' ],
	\ ]

function! s:complain(text)
	echohl Error
	echomsg 'notmuch-digest: ' . a:text
	echohl None
endfunction

" "thread:ID" of the thread at the cursor or of the one shown; '' when there
" is none.
function! s:thread()
	let g:notmuch_digest_thread = ''
	if &filetype ==# 'notmuch-search'
		ruby VIM::command("let g:notmuch_digest_thread = '%s'" % get_thread_id)
	elseif &filetype ==# 'notmuch-show'
		ruby VIM::command("let g:notmuch_digest_thread = '%s'" % $cur_thread)
	endif
	if g:notmuch_digest_thread !~# '^thread:\x\+$'
		call s:complain('there is no thread here')
		return ''
	endif
	return g:notmuch_digest_thread
endfunction

" What a command prints, or [] with the reason said.
function! s:run(arguments)
	let l:lines = systemlist(join(map(copy(a:arguments), 'shellescape(v:val)')))
	if v:shell_error
		call s:complain(join(l:lines, ' '))
		return []
	endif
	return l:lines
endfunction

" A summary of the thread, in a window of its own; q closes it.
function! s:show()
	let l:thread = s:thread()
	if l:thread ==# ''
		return
	endif
	let l:lines = s:run([g:notmuch_digest_program, 'show', '--quiet',
		\ '--format=text', '--color=never', '--', l:thread])
	if l:lines == []
		return
	endif
	new
	setlocal buftype=nofile bufhidden=wipe noswapfile nobuflisted
	call setline(1, l:lines)
	setlocal nomodifiable filetype=notmuch-digest
	nnoremap <buffer> <silent> q :bwipeout<CR>
endfunction

" A function of notmuch.vim itself.
function! s:theirs(name)
	let l:line = matchstr(split(execute('scriptnames'), "\n"),
		\ '/plugin/notmuch\.vim$')
	return function('<SNR>' . matchstr(l:line, '\d\+') . '_' . a:name)
endfunction

" Write or refresh the digest, and read the buffer again.
function! s:update()
	let l:thread = s:thread()
	if l:thread ==# ''
		return
	endif
	echo 'Writing the digest...'
	call s:run([g:notmuch_digest_program, 'update', '--', l:thread])
	if v:shell_error
		return
	endif
	if &filetype ==# 'notmuch-search'
		call s:theirs('search_refresh')()
	else
		call s:theirs('kill_this_buffer')()
		call s:theirs('show')(l:thread)
		call s:find()
	endif
	redraw
	echo 'Writing the digest...done'
endfunction

" The digest of the thread that is shown to the top; 0 when it has none.
function! s:find()
	if !search('^Digest <digest@digest\.invalid> ', 'cw')
		return 0
	endif
	normal! zt
	return 1
endfunction

" Open the digest in its thread; it is no longer fresh then.
function! s:jump()
	let l:thread = s:thread()
	if l:thread ==# ''
		return
	endif
	if &filetype ==# 'notmuch-search'
		call s:theirs('search_show_thread')(1)
	endif
	if !s:find()
		call s:complain('this thread has no digest: ,D writes one')
		return
	endif
	call s:run(['notmuch', 'tag', '-' . g:notmuch_digest_tag . '/fresh', '--',
		\ l:thread . ' and tag:' . g:notmuch_digest_tag . '/fresh'])
endfunction

" All digests. What was on the screen stays there unless told.
function! s:list()
	execute 'NotMuch tag:' . g:notmuch_digest_tag
	normal! gg
	redraw!
endfunction

function! s:map()
	if &filetype !~# '^notmuch-\(show\|search\|folders\)$'
		return
	endif
	nnoremap <buffer> <silent> ,v :call <SID>list()<CR>
	if &filetype ==# 'notmuch-folders'
		return
	endif
	nnoremap <buffer> <silent> ,d :call <SID>show()<CR>
	nnoremap <buffer> <silent> ,D :call <SID>update()<CR>
	nnoremap <buffer> <silent> ,j :call <SID>jump()<CR>
endfunction

" notmuch.vim clears all mappings of a buffer when it has filled it: ours are
" made when it is done.
augroup notmuch_digest
	autocmd!
	autocmd FileType notmuch-show,notmuch-search,notmuch-folders
		\ call timer_start(0, {-> s:map()})
augroup END
