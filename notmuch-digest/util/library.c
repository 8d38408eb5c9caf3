/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/library.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

static bool
find_all(void *handle, const struct nd_library *library)
{
	for (size_t i = 0; i < library->function_count; i++) {
		const struct nd_library_function *function =
			&library->function[i];
		void *found = dlsym(handle, function->name);

		if (!found)
			return false;
		/* Code has addresses like data: POSIX, dlsym() */
		memcpy(function->pointer, &found, sizeof found);
	}
	return true;
}

bool
nd_library_load(const struct nd_library *library, char *why, size_t why_bytes)
{
	char first[200] = "";
	void *handle = NULL;

	for (size_t i = 0; i < library->file_count && !handle; i++) {
		handle = dlopen(library->file[i], RTLD_NOW | RTLD_LOCAL);
		if (!handle && i == 0)
			snprintf(first, sizeof first, "%s", dlerror());
	}
	if (!handle)
		snprintf(why, why_bytes, "%s", first);
	else if (!find_all(handle, library))
		snprintf(why, why_bytes, "it is too old");
	else
		return true;
	return false;
}
