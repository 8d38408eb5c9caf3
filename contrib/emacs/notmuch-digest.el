;;; notmuch-digest.el --- Digests of threads in notmuch  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: GPL-3.0-or-later

;; Package-Requires: ((emacs "26.1") (notmuch "0.32"))
;; Keywords: mail

;;; Commentary:

;; The digest mails that notmuch-digest(1) writes into the threads of a
;; notmuch database, one key away in notmuch's show, tree and search
;; buffers:
;;
;;   (with-eval-after-load 'notmuch
;;     (require 'notmuch-digest)
;;     (notmuch-digest-mode 1))
;;
;; Turning `notmuch-digest-mode' off takes all of it out again.
;;
;; Message-IDs come from strangers.  They are handed on as one argument
;; of a program each, quoted for the parser of queries by notmuch's own
;; function; no shell sees them.

;;; Code:

(require 'cl-lib)
(require 'subr-x)
(require 'notmuch)
(require 'notmuch-hello)
(require 'notmuch-tree)

(defgroup notmuch-digest nil
  "Digests of threads."
  :group 'notmuch
  :prefix "notmuch-digest-")

(defcustom notmuch-digest-program "notmuch-digest"
  "The program, by name or with its path."
  :type 'string)

(defcustom notmuch-digest-tag "digest"
  "The tag of digests, which the other tags begin with.
The setting \"digest.tag_prefix\" of notmuch's configuration."
  :type 'string)

(defcustom notmuch-digest-prefix ","
  "The key that all others stand behind, as `kbd' reads it.
It takes effect when `notmuch-digest-mode' is turned on."
  :type 'string)

(defcustom notmuch-digest-open t
  "Non-nil shows digests open in the buffers of threads.
Also those that do not match the query the thread was opened by, or
have an excluded tag: notmuch folds them."
  :type 'boolean)

(defcustom notmuch-digest-saved-searches
  '((:name "needs me"
     :query "thread:{tag:%s/me}" :key "n")
    (:name "new patches"
     :query "tag:%s/patch and tag:%s/state/new" :key "p")
    (:name "applied this week"
     :query "(tag:%s/state/applied or tag:%s/state/pulled or \
tag:%s/state/merged or tag:%s/state/merged-stable) and thread:{date:1week..}"
     :key "w")
    (:name "fresh digests"
     :query "tag:%s/fresh" :key "h"))
  "What `notmuch-digest-mode' adds to `notmuch-saved-searches'.
In queries, \"%s\" is `notmuch-digest-tag'.  A search whose name is
taken is left out, and a key that is taken is not used."
  :type '(repeat plist))

(defface notmuch-digest-mark
  '((((class color) (background dark)) :foreground "LightGoldenrod2")
    (((class color) (background light)) :foreground "DarkGoldenrod4"))
  "Face of the short marks that tags of digests are shown as.")

(defface notmuch-digest-warning
  '((t :inherit (warning notmuch-digest-mark)))
  "Face of the marks that want attention: stale, failed, stalled.")

(defface notmuch-digest-me
  '((t :inherit notmuch-digest-mark :weight bold :inverse-video t))
  "Face of the mark of threads that need you.")

(defcustom notmuch-digest-marks
  '(("" "Σ") ("/fresh" "f") ("/summarized") ("/large")
    ("/pull" "L") ("/rfc" "R") ("/patch" "P") ("/other" "o")
    ("/state/new") ("/state/open") ("/state/answered" "a")
    ("/state/under-review" "u") ("/state/changes-requested" "?")
    ("/state/reviewed" "+") ("/state/applied" "*") ("/state/pulled" "*")
    ("/state/merged" "*") ("/state/merged-stable" "*")
    ("/state/superseded" "x") ("/state/withdrawn" "x")
    ("/state/rejected" "x")
    ("/stalled" "z" notmuch-digest-warning)
    ("/stale" "!" notmuch-digest-warning)
    ("/failed" "E" notmuch-digest-warning)
    ("/me" "@" notmuch-digest-me))
  "Short marks for tags: (TAG MARK FACE) each.
TAG is what stands behind `notmuch-digest-tag'; without a MARK the tag
is hidden; FACE is `notmuch-digest-mark' when left out.  Put into
`notmuch-tag-formats' when `notmuch-digest-mode' is turned on."
  :type '(repeat (list string (choice string (const nil)) face)))

;;; Running the program

(defun notmuch-digest--call (&rest arguments)
  "Run the program with ARGUMENTS; insert what it prints at point.
Signal an error with what it says when it fails.  \\[keyboard-quit]
ends it, which does no harm."
  (let ((errors (make-temp-file "notmuch-digest"))
        (process-environment
         (cons (format "COLUMNS=%d" (1- (window-width))) process-environment))
        (coding-system-for-read 'utf-8)
        (coding-system-for-write 'utf-8))
    (unwind-protect
        (let ((status (apply #'call-process notmuch-digest-program nil
                             (list t errors) nil arguments)))
          (unless (eql status 0)
            (user-error "%s"
                        (with-temp-buffer
                          (insert-file-contents errors)
                          (if (= (buffer-size) 0)
                              (format "%s: %s" notmuch-digest-program status)
                            (string-trim (buffer-string)))))))
      (delete-file errors))))

(defun notmuch-digest--query ()
  "A query for the thread at point: of its mail, or thread:ID in a search."
  (or (pcase major-mode
        ('notmuch-show-mode (notmuch-show-get-message-id))
        ('notmuch-tree-mode (notmuch-tree-get-message-id))
        ('notmuch-search-mode (notmuch-search-find-thread-id)))
      (user-error "There is no thread here")))

;;; Commands

(define-derived-mode notmuch-digest-view-mode special-mode "Digest"
  "Major mode for the summary of a thread.")

(defvar-local notmuch-digest--shown nil
  "The query whose summary this buffer shows.")

(defun notmuch-digest--fill (query)
  "Make the summary of the thread of QUERY the contents of this buffer."
  (let ((text (with-temp-buffer
                (notmuch-digest--call "show" "--format=text" "--color=never"
                                      "--" query)
                (buffer-string)))
        (inhibit-read-only t))
    (erase-buffer)
    (insert text)
    (goto-char (point-min))))

(defun notmuch-digest-revert (&rest _)
  "Make the summary in this buffer anew."
  (interactive)
  (notmuch-digest--fill notmuch-digest--shown))

;;;###autoload
(defun notmuch-digest-show ()
  "Show a summary of the thread at point, whether it has a digest or not.
Nothing is written.  In its buffer, \\<notmuch-digest-view-mode-map>\
\\[quit-window] leaves and \\[revert-buffer] makes it anew."
  (interactive)
  (let ((query (notmuch-digest--query))
        (buffer (get-buffer-create "*notmuch-digest*")))
    (with-current-buffer buffer
      (notmuch-digest-view-mode)
      (setq notmuch-digest--shown query
            revert-buffer-function #'notmuch-digest-revert)
      (notmuch-digest--fill query))
    (pop-to-buffer buffer)))

(defun notmuch-digest--is-digest (tags)
  "Is a mail with TAGS a digest?"
  (member notmuch-digest-tag tags))

(defun notmuch-digest--none ()
  "Say that this thread has no digest."
  (user-error
   (substitute-command-keys
    "This thread has no digest: \\[notmuch-digest-update] writes one")))

(defun notmuch-digest--jump-in-show ()
  "Move to the digest of the thread in this show buffer, and open it.
Return nil and stay when there is none."
  (let ((start (point)) found)
    (goto-char (point-min))
    (cl-loop do (setq found (notmuch-digest--is-digest
                             (notmuch-show-get-tags)))
             until found
             while (notmuch-show-goto-message-next))
    (if (not found)
        (goto-char start)
      (notmuch-show-message-visible (notmuch-show-get-message-properties) t)
      (notmuch-show-message-adjust))
    found))

(defun notmuch-digest--thread-lines ()
  "The lines of the thread at point in a tree: (BEGIN . END)."
  (save-excursion
    (forward-line 0)
    (while (and (not (bobp)) (not (notmuch-tree-get-prop :first)))
      (forward-line -1))
    (let ((begin (point)))
      (forward-line 1)
      (while (and (notmuch-tree-get-message-properties)
                  (not (notmuch-tree-get-prop :first)))
        (forward-line 1))
      (cons begin (point)))))

(defun notmuch-digest--jump-in-tree ()
  "Show the digest of the thread at point in a tree; nil when it has none."
  (let* ((lines (notmuch-digest--thread-lines))
         (found (save-excursion
                  (goto-char (car lines))
                  (while (and (< (point) (cdr lines))
                              (not (notmuch-digest--is-digest
                                    (notmuch-tree-get-tags))))
                    (forward-line 1))
                  (and (< (point) (cdr lines)) (point)))))
    (when found
      (goto-char found)
      (notmuch-tree-show-message nil)
      t)))

;;;###autoload
(defun notmuch-digest-jump ()
  "Go to the digest of the thread at point: the mail, inside its thread."
  (interactive)
  (unless (pcase major-mode
            ('notmuch-show-mode (notmuch-digest--jump-in-show))
            ('notmuch-tree-mode (notmuch-digest--jump-in-tree))
            ('notmuch-search-mode
             (notmuch-digest--query)
             (notmuch-search-show-thread)
             (notmuch-digest--jump-in-show))
            (_ (user-error "There is no thread here")))
    (notmuch-digest--none)))

(defun notmuch-digest--refresh ()
  "Refresh this buffer; point stays at its mail or thread."
  (if (derived-mode-p 'notmuch-show-mode)
      (notmuch-show-refresh-view)
    (notmuch-refresh-this-buffer)))

;;;###autoload
(defun notmuch-digest-update ()
  "Write or refresh the digest of the thread at point, and show it.
In a search or a tree, the buffer is read again; in a thread, point goes
to its digest."
  (interactive)
  (let ((query (notmuch-digest--query)))
    (message "Writing the digest...")
    (with-temp-buffer
      (notmuch-digest--call "update" "--quiet" "--" query))
    (notmuch-digest--refresh)
    (if (or (not (derived-mode-p 'notmuch-show-mode))
            (notmuch-digest--jump-in-show))
        (message "Writing the digest...done")
      (message "This thread is too small for a digest"))))

;;;###autoload
(defun notmuch-digest-list ()
  "Search for all digests, the newest threads first."
  (interactive)
  (notmuch-search (concat "tag:" notmuch-digest-tag)))

;;; What happens by itself

(defun notmuch-digest--open ()
  "Open the digests in this show buffer; for `notmuch-show-hook'."
  (when notmuch-digest-open
    (notmuch-show-mapc
     (lambda ()
       (when (notmuch-digest--is-digest (notmuch-show-get-tags))
         (notmuch-show-message-visible
          (notmuch-show-get-message-properties) t))))))

(defun notmuch-digest--fresh-tag ()
  "The tag of digests that were not read since their text changed."
  (concat notmuch-digest-tag "/fresh"))

(defun notmuch-digest--read (&optional unread)
  "A mail was read, unless UNREAD: take the mark of a fresh digest away.
Only from a digest, so that marking a mail unread never adds it.  After
`notmuch-show-mark-read'."
  (when (and (not unread)
             (member (notmuch-digest--fresh-tag) (notmuch-show-get-tags)))
    (notmuch-show-tag-message (concat "-" (notmuch-digest--fresh-tag)))))

(defun notmuch-digest--read-in-tree (&rest _)
  "Show in the tree what `notmuch-digest--read' did in the message pane."
  (when (and notmuch-show-mark-read-tags
             (member (notmuch-digest--fresh-tag) (notmuch-tree-get-tags)))
    (notmuch-tree-tag-update-display
     (list (concat "-" (notmuch-digest--fresh-tag))))))

(defun notmuch-digest--formats ()
  "The entries of `notmuch-tag-formats' for `notmuch-digest-marks'."
  (mapcar (pcase-lambda (`(,tag ,mark ,face))
            (cons (regexp-quote (concat notmuch-digest-tag tag))
                  (and mark `((propertize ,mark 'face
                                          ',(or face 'notmuch-digest-mark))))))
          notmuch-digest-marks))

(defun notmuch-digest--searches ()
  "The entries of `notmuch-saved-searches' that are ours to add."
  (let ((all (lambda (field)
               (mapcar (lambda (search)
                         (notmuch-saved-search-get search field))
                       notmuch-saved-searches)))
        entries)
    (dolist (search notmuch-digest-saved-searches (nreverse entries))
      (let ((entry (copy-sequence search)))
        (plist-put entry :query
                   (replace-regexp-in-string
                    "%s" notmuch-digest-tag (plist-get search :query) t t))
        (when (member (plist-get entry :key) (funcall all :key))
          (plist-put entry :key nil))
        (unless (member (plist-get entry :name) (funcall all :name))
          (push entry entries))))))

(defvar notmuch-digest-map
  (let ((map (make-sparse-keymap)))
    (define-key map "d" #'notmuch-digest-show)
    (define-key map "D" #'notmuch-digest-update)
    (define-key map "j" #'notmuch-digest-jump)
    (define-key map "v" #'notmuch-digest-list)
    map)
  "Keys behind `notmuch-digest-prefix' in show, tree and search buffers.")
(fset 'notmuch-digest-map notmuch-digest-map)

(defvar notmuch-digest--undo nil
  "What turning `notmuch-digest-mode' off has to undo: a list of functions.")

(defun notmuch-digest--bind (map key)
  "Bind KEY in MAP to our keys until the mode is turned off."
  (let ((before (lookup-key map key)))
    (define-key map key 'notmuch-digest-map)
    (push (lambda ()
            (define-key map key (and (not (numberp before)) before)))
          notmuch-digest--undo)))

(defun notmuch-digest--append (variable entries)
  "Put ENTRIES behind those of VARIABLE until the mode is turned off."
  (set variable (append (symbol-value variable) entries))
  (push (lambda ()
          (set variable (cl-remove-if (lambda (entry) (memq entry entries))
                                      (symbol-value variable))))
        notmuch-digest--undo))

(defun notmuch-digest--advise (function advice)
  "Run ADVICE after FUNCTION until the mode is turned off."
  (advice-add function :after advice)
  (push (lambda () (advice-remove function advice)) notmuch-digest--undo))

;;;###autoload
(define-minor-mode notmuch-digest-mode
  "Digests of threads in notmuch.
In show, tree and search buffers, behind `notmuch-digest-prefix':
\\{notmuch-digest-map}
Digests are shown open in their threads, tags of digests as short
marks, `notmuch-digest-saved-searches' are added to the others, and a
digest that was read is no longer fresh."
  :global t
  (while notmuch-digest--undo
    (funcall (pop notmuch-digest--undo)))
  (when notmuch-digest-mode
    (let ((key (kbd notmuch-digest-prefix)))
      (notmuch-digest--bind notmuch-show-mode-map key)
      (notmuch-digest--bind notmuch-tree-mode-map key)
      (notmuch-digest--bind notmuch-search-mode-map key))
    (notmuch-digest--append 'notmuch-tag-formats (notmuch-digest--formats))
    (notmuch-digest--append 'notmuch-saved-searches
                            (notmuch-digest--searches))
    (add-hook 'notmuch-show-hook #'notmuch-digest--open)
    (push (lambda () (remove-hook 'notmuch-show-hook #'notmuch-digest--open))
          notmuch-digest--undo)
    (notmuch-digest--advise 'notmuch-show-mark-read #'notmuch-digest--read)
    (notmuch-digest--advise 'notmuch-tree-show-message-in
                            #'notmuch-digest--read-in-tree))
  (notmuch-tag-clear-cache))

(provide 'notmuch-digest)

;;; notmuch-digest.el ends here
