/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reporttimer.h - a timer of systemd that delivers a report each week
 *
 * Two units of the user's own manager, below $XDG_CONFIG_HOME/systemd/user, and
 * the link in timers.target.wants that `systemctl --user enable` makes. What
 * they hold stands between marks (block.h): units of these names without marks
 * are somebody else's and stay as they are.
 *
 * A timer has another environment than a shell: the variables that say where
 * notmuch's configuration and mail are, are written down as they are now.
 *
 * Does not: talk to systemd. It reads the units when it is told to, or when the
 * user logs in.
 */
#ifndef ND_CLIENTS_REPORTTIMER_H
#define ND_CLIENTS_REPORTTIMER_H

#include "clients/dotfile.h"

#define ND_REPORTTIMER_NAME "notmuch-digest.timer"

/* What is to be said when it is in place. */
#define ND_REPORTTIMER_BEGINS \
	"the timer runs from the next login on\nfrom now on: systemctl " \
	"--user daemon-reload && systemctl --user start " ND_REPORTTIMER_NAME \
	"\n"

struct nd_reporttimer_unit {
	struct nd_dotfile file; /* as it is */
	const char *lines;      /* what we put into it */
};

struct nd_reporttimer {
	struct nd_reporttimer_unit timer, service;
	const char *link;
	bool linked;      /* it is there, and ours */
	const char *cron; /* a line of a crontab that does the same */
};

/**
 * Look at what is there, and work out what is to be.
 *
 * program    absolute path of this program
 * timer      its strings are owned by ctx; what is to be is set also when
 *            something must be left alone
 * Returns    ND_OK, also when nothing is there; ND_ERR_CONFIG without a home,
 *            for a path that units cannot name, and when something is there
 *            that must be left alone; ND_ERR_IO
 */
enum nd_status nd_reporttimer_find(const void *ctx, const char *program,
                                   struct nd_reporttimer *timer,
                                   struct nd_error *err) ND_MUST_CHECK;

/** Does systemd run here? */
bool nd_reporttimer_has_systemd(void);

/** Is some part of it in place? */
bool nd_reporttimer_is_there(const struct nd_reporttimer *timer);

/** What the file of the unit will be; owned by ctx. */
const char *
nd_reporttimer_text(const void *ctx, const struct nd_reporttimer_unit *unit);

/** Write the units and the link; what is as it should be stays. */
enum nd_status nd_reporttimer_install(const struct nd_reporttimer *timer,
                                      struct nd_error *err) ND_MUST_CHECK;

/** Take away what nd_reporttimer_install() has made. */
enum nd_status nd_reporttimer_remove(const struct nd_reporttimer *timer,
                                     struct nd_error *err) ND_MUST_CHECK;

#endif
