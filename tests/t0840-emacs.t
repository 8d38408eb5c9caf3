#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# notmuch in Emacs: digests open in their threads, keys, marks, searches.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/client.sh
. "$T_SRC/tests/client.sh"
# shellcheck source=tests/digested.sh
. "$T_SRC/tests/digested.sh"
c_need emacs
emacs -q --batch --eval "(unless (locate-library \"notmuch\") (kill-emacs 1))" \
	>/dev/null 2>&1 || t_skip_all "notmuch for Emacs (elpa-notmuch) is not installed"
EL=$T_SRC/contrib/emacs/notmuch-digest.el
d_mailbox

# ---- in batch
cp "$EL" notmuch-digest.el
t_exit 0 emacs -q --batch --eval '(setq byte-compile-error-on-warn t)' \
	-f batch-byte-compile notmuch-digest.el
t_unlike "it byte-compiles without warnings" '[Ww]arning|Error' err
t_exit 0 emacs -q --batch --eval '(progn
	(require (quote checkdoc))
	(let ((checkdoc-diagnostic-buffer "*found*"))
	  (with-current-buffer (find-file-noselect "notmuch-digest.el")
	    (checkdoc-current-buffer t))
	  (with-current-buffer "*found*"
	    (princ (buffer-substring (point-min) (point-max))))))'
t_unlike "and checkdoc has nothing to say" 'notmuch-digest.el:[0-9]' out
t_exit 0 emacs -q --batch --eval '(require (quote autoload))' \
	--eval '(let ((generated-autoload-file
	(expand-file-name "autoloads.el"))) (update-directory-autoloads default-directory))'
for function in mode show update jump list; do
	t_like "notmuch-digest-$function is autoloaded" \
		"^\(autoload 'notmuch-digest-$function |^\(defvar notmuch-digest-$function" autoloads.el
done

cat >batch.el <<'EOF'
(require 'ert)
(load (expand-file-name "notmuch-digest.elc") nil t)

(defun state ()
  (list notmuch-tag-formats notmuch-saved-searches notmuch-show-hook
        (lookup-key notmuch-show-mode-map ",")
        (lookup-key notmuch-tree-mode-map ",")
        (lookup-key notmuch-search-mode-map ",")
        (advice-member-p #'notmuch-digest--read 'notmuch-show-mark-read)))

(ert-deftest on-and-off ()
  (let ((before (copy-tree (state))))
    (notmuch-digest-mode 1)
    (should-not (equal before (state)))
    (let ((on (copy-tree (state))))
      (notmuch-digest-mode 1)
      (should (= (length (car on)) (length notmuch-tag-formats)))
      (should (= (length (cadr on)) (length notmuch-saved-searches))))
    (notmuch-digest-mode -1)
    (should (equal before (state)))))

(ert-deftest marks ()
  (notmuch-digest-mode 1)
  (should (equal (substring-no-properties
                  (notmuch-tag-format-tags
                   '("digest/patch" "digest/state/applied" "digest/stale"
                     "digest/me" "digest/summarized" "inbox")
                   '("digest/patch" "digest/state/applied" "digest/stale"
                     "digest/me" "digest/summarized" "inbox")))
                 "@ P ! * inbox"))
  (should (equal (notmuch-tag-format-tag '("xdigest") '("xdigest") "xdigest")
                 "xdigest"))
  (notmuch-digest-mode -1)
  (let ((notmuch-digest-tag "sum.mary"))
    (notmuch-digest-mode 1)
    (should (equal (substring-no-properties
                    (notmuch-tag-format-tag '("sum.mary/me") '("sum.mary/me")
                                            "sum.mary/me"))
                   "@"))
    (should (equal (notmuch-tag-format-tag '("sumXmary/me") '("sumXmary/me")
                                           "sumXmary/me")
                   "sumXmary/me"))
    (notmuch-digest-mode -1)))

(ert-deftest searches ()
  (let ((notmuch-saved-searches
         '((:name "mine" :query "x" :key "n") ("fresh digests" . "y"))))
    (notmuch-digest-mode 1)
    (should (equal (mapcar (lambda (s) (notmuch-saved-search-get s :name))
                           notmuch-saved-searches)
                   '("mine" "fresh digests" "needs me" "new patches"
                     "applied this week")))
    (should-not (plist-get (nth 2 notmuch-saved-searches) :key))
    (should (equal (plist-get (nth 2 notmuch-saved-searches) :query)
                   "thread:{tag:digest/me}"))
    (notmuch-digest-mode -1)))

(ert-deftest arguments ()
  "What a Message-ID holds is one argument, and no shell sees it."
  (with-temp-file "echo" (insert "#!/bin/sh\nprintf '<%s>\\n' \"$@\"\n"))
  (set-file-modes "echo" #o755)
  (let ((notmuch-digest-program (expand-file-name "echo")))
    (dolist (id '("a b\"c'd@e" "$(touch pwned)`touch pwned`;@x" "--help@x"
                  "%s\\@ü" "x\" or * or id:\"y"))
      (with-temp-buffer
        (notmuch-digest--call "show" "--" (notmuch-id-to-query id))
        (should (equal (buffer-string)
                       (format "<show>\n<-->\n<%s>\n"
                               (notmuch-id-to-query id)))))))
  (should-not (file-exists-p "pwned")))

(ert-deftest failures ()
  (let ((notmuch-digest-program "false"))
    (should-error (notmuch-digest--call "show") :type 'user-error))
  (let ((notmuch-digest-program "/nonexistent/program"))
    (should-error (notmuch-digest--call "show")))
  (with-temp-buffer
    (should-error (notmuch-digest-show) :type 'user-error)
    (should-error (notmuch-digest-jump) :type 'user-error))
  (let ((said (should-error (notmuch-digest--call "show" "--" "id:none@x")
                            :type 'user-error)))
    (should (string-match-p "is not in the mailbox" (cadr said)))))

(defun digest-is-open (&rest arguments)
  (apply #'notmuch-show (getenv "D_QUERY") arguments)
  (let (open)
    (notmuch-show-mapc
     (lambda () (when (member "digest" (notmuch-show-get-tags))
                  (setq open (notmuch-show-message-visible-p)))))
    open))

(ert-deftest digests-are-open ()
  "Also those that do not match; not without the mode."
  (should-not (digest-is-open nil nil "tag:inbox"))
  (notmuch-digest-mode 1)
  (should (digest-is-open nil nil "tag:inbox"))
  (let ((notmuch-digest-open nil))
    (should-not (digest-is-open nil nil "tag:inbox")))
  (call-process "notmuch" nil nil nil "config" "set" "search.exclude_tags" "digest")
  (should (digest-is-open))
  (call-process "notmuch" nil nil nil "config" "set" "search.exclude_tags" "spam")
  (notmuch-digest-mode -1))

(ert-deftest a-digest-that-was-read ()
  "Only a digest loses the tag, and no mail ever gets it."
  (notmuch-digest-mode 1)
  (notmuch-show (getenv "D_QUERY"))
  (should (notmuch-digest--jump-in-show))
  (should (member "digest/fresh" (notmuch-show-get-tags)))
  (should (notmuch-show-message-visible-p))
  (notmuch-show-mark-read t)
  (should (member "digest/fresh" (notmuch-show-get-tags)))
  (notmuch-show-mark-read)
  (should-not (member "digest/fresh" (notmuch-show-get-tags)))
  (goto-char (point-min))
  (notmuch-show-mark-read t)
  (should-not (member "digest/fresh" (notmuch-show-get-tags)))
  (notmuch-digest-mode -1))
EOF
export D_QUERY
t_exit 0 emacs -q --batch --load batch.el -f ert-run-tests-batch-and-exit
[ "$(grep -c '^   passed' err)" -eq 7 ] || t_note err
t_equal "functions, in batch" 7 "$(grep -c '^   passed' err)"
t_true "the mark is gone from the database, too" d_is_read
t_equal "and no mail of others has one of ours" 0 \
	"$(notmuch count tag:digest/fresh and not tag:digest)"

# ---- on a terminal, with the line of the README
mkdir -p home/.emacs.d
cat >home/.emacs.d/init.el <<-EOF
	(setq inhibit-startup-screen t)
	(menu-bar-mode -1)
	(setq notmuch-search-result-format
	      '(("date" . "%12s ") ("count" . "%-7s ") ("authors" . "%-16s ")
	        ("subject" . "%-30.30s ") ("tags" . "(%s)")))
	$(sed -n 's|/usr/local/share/notmuch-digest/emacs|'"$T_SRC"'/contrib/emacs|p' \
		"$T_SRC/contrib/emacs/README.md")
EOF
t_like "the README has a line to add" 'notmuch-digest-mode 1' home/.emacs.d/init.el
emacs_at() { # emacs_at SEARCH
	c_start "emacs -nw --eval '(require (quote notmuch))' --eval '(notmuch-search (getenv \"D_SEARCH\"))'"
}
export D_SEARCH="$D_QUERY and not tag:digest"
emacs_at
c_wait 'End of search results'
c_see "tags are short marks in a search" '(Σ P ? '
c_screen emacs-search
c_keys , d
c_see ", d in a search: the summary" "$D_TITLE"
c_see "  and what the thread is" 'patch series v6'
c_screen emacs-summary
c_keys q
c_gone "  q closes it" 'patch series v6'
d_reply okapis
c_keys Enter
c_see "in a thread: its mails" 'Read the temperature from the retimer'
c_keys , j
c_see ", j: the digest" "$D_DIGEST"
c_keys , D
c_see ", D: the new text" "$D_NEW"
c_see "  of the new mail, and point is there" 'okapis? [#'
c_screen emacs-show
c_until d_is_read
t_true "  and it is read" d_is_read
c_keys q
c_wait 'End of search results'
c_keys Z
c_see "in a tree: its line" '├─►[digest 3 mails'
grep -A1 '┬►.PATCH v6' screen >root
t_like "  right below the root's" '├─►.digest 3' root
c_keys , j
c_see ", j in a tree: the digest opens" 'Original patch or question'
c_screen emacs-tree
c_keys q q
c_wait 'End of search results'
c_keys , v
c_see ", v: all digests" 'Digest'
c_end

# A thread without one says so.
D_SEARCH='subject:"count state transitions"' emacs_at
c_wait 'End of search results'
c_keys , j
c_see ", j without a digest" 'This thread has no digest: , D writes one'
c_keys , D
c_see ", D on one mail" 'too small for a digest'
c_end

# ---- setup
printf ';; mine\n(setq inhibit-startup-screen t)' >home/.emacs.d/init.el
cp home/.emacs.d/init.el before
t_exit 0 "$ND" setup emacs --install
t_exit 0 "$ND" setup emacs --install
emacs_at
c_wait 'End of search results'
c_keys , d
c_see "setup emacs --install: the client starts and shows it" "$D_TITLE"
c_end
t_exit 0 "$ND" setup emacs --remove
t_same "--remove: byte for byte" before home/.emacs.d/init.el
t_done
