/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * iconvopen.h - iconv_open() where nothing can be opened
 *
 * glibc loads a charset from a file when it is asked for first. GMime, libxml2,
 * GLib and we ask, for names that mails declare. So iconv_open() is ours, for
 * the program and all its libraries: in a worker of the cage it knows what the
 * zygote has tried, and wants what it has not (nd_worker_want()). Elsewhere it is
 * that of libc.
 *
 * A name with other characters than charsets have is none. Of names that are
 * charsets all are remembered, of others some: with more of those a mail is read
 * as often as it has chances (cage/cage.h), but costs no other mail its words.
 */
#ifndef ND_CAGE_ICONVOPEN_H
#define ND_CAGE_ICONVOPEN_H

/** In the zygote: try what most mail is written in. */
void nd_iconvopen_prepare(void);

/** In the zygote: try a pair that a worker wanted, "TO FROM". */
void nd_iconvopen_learn(const char *word);

#endif
