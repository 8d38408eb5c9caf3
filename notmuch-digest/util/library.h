/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * library.h - load a shared library when it is needed first
 *
 * For libraries that few runs need and that bring many others: to load those
 * takes as long as all that a run with nothing to do does. The program is not
 * linked with them, but built with their headers: a table of pointers to their
 * functions is filled when the library is loaded. It is never unloaded.
 */
#ifndef ND_UTIL_LIBRARY_H
#define ND_UTIL_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

struct nd_library_function {
	const char *name;
	void *pointer; /* where the function's address goes */
};

struct nd_library {
	const char *const *file; /* its names, the first one is told of */
	size_t file_count;
	const struct nd_library_function *function;
	size_t function_count;
};

/**
 * Load it and fill in all pointers.
 *
 * why        what is wrong with it, at most why_bytes with the NUL; untouched
 *            when it was loaded
 */
bool
nd_library_load(const struct nd_library *library, char *why, size_t why_bytes);

#endif
