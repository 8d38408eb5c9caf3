/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * robots.h - what programs say, and what people tell programs
 *
 * Known by what they write, not by their address: pr-tracker-bot, patchwork-
 * bot, tip-bot, "has been added to the X tree" of stable and -mm, test robots
 * (kernel test robot, syzbot and others), and the command lines "pw-bot:",
 * "#syz" and "#regzbot".
 */
#ifndef ND_ANALYSE_ROBOTS_H
#define ND_ANALYSE_ROBOTS_H

#include "analyse/mailevents.h"

/** Add the events of a mail written by a program. */
void nd_robots_read(const struct nd_mailevents *mail);

/**
 * Add the event of a notice that a script sends in somebody's name ("has been
 * added to the 5.10-stable tree"). False: the mail is no such notice.
 */
bool nd_robots_read_notice(const struct nd_mailevents *mail);

/** Add the commands to robots that a person's mail has. */
void nd_robots_read_commands(const struct nd_mailevents *mail);

#endif
