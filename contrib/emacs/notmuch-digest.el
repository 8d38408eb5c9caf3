;;; notmuch-digest.el --- summaries of threads in notmuch  -*- lexical-binding: t -*-

;; SPDX-License-Identifier: GPL-3.0-or-later

;;; Code:

(provide 'notmuch-digest)

;;; notmuch-digest.el ends here
