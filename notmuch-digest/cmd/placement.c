/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/placement.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "clients/configsection.h"
#include "clients/hookfile.h"
#include "clients/linediff.h"
#include "cmd/automatic.h"
#include "util/alloc.h"
#include "util/str.h"

enum {
	MODE_HOOK = 0777, /* before umask */
	MODE_TEXT = 0666,
	SETTINGS_BYTES = 1 << 16,
	NAME_BYTES = 40,
};

/* ---- any ------------------------------------------------------------------ */

static bool
is_new(const struct nd_placement_file *file)
{
	return strcmp(file->before.text, file->after) != 0;
}

bool
nd_placement_is_new(const struct nd_placement *placement)
{
	for (size_t i = 0; i < placement->count; i++)
		if (is_new(&placement->file[i]))
			return true;
	return false;
}

void
nd_placement_show(const struct nd_placement *placement, struct nd_buf *out)
{
	for (size_t i = 0; i < placement->count; i++) {
		const struct nd_placement_file *file = &placement->file[i];

		nd_linediff_add(out, file->before.path, file->before.text,
		                file->after);
	}
}

static enum nd_status
make_file(struct nd_app *app, const struct nd_placement_file *file)
{
	const char *backup = NULL;
	enum nd_status st = ND_OK;

	if (!is_new(file)) {
		printf("%s\n", file->before.path);
		return ND_OK;
	}
	if (file->kept)
		st = nd_dotfile_backup(app, &file->before, &backup, app->err);
	if (st == ND_OK)
		st = nd_dotfile_write(&file->before, file->after, file->mode,
		                      app->err);
	if (st == ND_OK && backup)
		printf("%s (before: %s)\n", file->before.path, backup);
	else if (st == ND_OK)
		printf("%s\n", file->before.path);
	return st;
}

enum nd_status
nd_placement_make(struct nd_app *app, const struct nd_placement *placement)
{
	enum nd_status st = ND_OK;

	for (size_t i = 0; st == ND_OK && i < placement->count; i++)
		st = make_file(app, &placement->file[i]);
	return st;
}

static struct nd_placement_file *
add_file(struct nd_app *app, struct nd_placement *placement)
{
	return x_append(app, placement->file, placement->count);
}

/* ---- the hook of notmuch new ---------------------------------------------- */

enum nd_status
nd_placement_of_hook(struct nd_app *app, const char *program,
                     struct nd_placement *placement)
{
	struct nd_placement_file *file;
	struct nd_dotfile hook;
	enum nd_status st =
		nd_automatic_read_hook(app, app->db, &hook, app->err);

	if (st != ND_OK)
		return st;
	if (hook.there && !nd_hookfile_is_shell(hook.text))
		return nd_fail(
			app->err, ND_ERR_CONFIG,
			"'%.300s' is not a shell script: it was left alone"
			"\nlet it run what these lines run",
			hook.path);
	*placement = (struct nd_placement){0};
	file = add_file(app, placement);
	file->before = hook;
	file->after = nd_hookfile_install(app, hook.text, program,
	                                  nd_dotfile_missing_dirs(&hook));
	file->mode = MODE_HOOK;
	return ND_OK;
}

void
nd_placement_warn_of_hook(const struct nd_placement *placement)
{
	const char *path = placement->file[0].before.path;
	unsigned line = nd_hookfile_end_above(placement->file[0].after);

	if (line > 0)
		fprintf(stderr,
		        "notmuch-digest: '%s' ends in line %u, above our lines"
		        "\nmove them up, between the marks, so that they are "
		        "reached\n",
		        path, line);
	if (access(path, X_OK) != 0)
		fprintf(stderr,
		        "notmuch-digest: '%s' is not executable, so notmuch "
		        "does not run it\nchmod +x it\n",
		        path);
}

/* ---- mail clients --------------------------------------------------------- */

static enum nd_status
read_file(struct nd_app *app, const struct nd_client_file *file,
          struct nd_dotfile *dotfile)
{
	enum nd_status st = nd_dotfile_read(app, file->path, dotfile, app->err);

	if (st == ND_OK)
		st = nd_dotfile_check_marks(dotfile, file->style, app->err);
	return st;
}

/* What the file will be; *with is owned by app. */
static enum nd_status
text_with(struct nd_app *app, const struct nd_client_file *file,
          const struct nd_dotfile *dotfile, const char **with)
{
	struct nd_block_mark mark = {
		.file = !dotfile->there,
		.dirs = nd_dotfile_missing_dirs(dotfile),
	};
	const char *text = dotfile->text, *start, *end;
	bool there = nd_block_find(file->style, text, &start, &end, NULL);
	struct nd_error why;
	enum nd_status st;

	if (file->refused)
		return nd_fail(
			app->err, ND_ERR_CONFIG, "'%.200s' %s: %s", file->path,
			dotfile->there ? "was left alone" : "is not there",
			file->refused);
	if (file->lines && there) {
		*with = nd_block_replace(app, file->style, text, file->lines);
		return ND_OK;
	}
	if (file->lines) {
		*with = nd_block_insert(app, file->style, text, strlen(text),
		                        mark, file->lines);
		return ND_OK;
	}
	if (there)
		text = nd_block_remove(app, file->style, text, &mark);
	st = nd_configsection_insert(app, file->style, file->section_flags,
	                             file->sections, mark, text, with, &why);
	if (st != ND_OK)
		nd_fail(app->err, st,
		        "'%.200s' was left alone: %.200s\n"
		        "put what you want of these lines into it by hand",
		        file->path, why.msg);
	return st;
}

enum nd_status
nd_placement_of_client(struct nd_app *app, const struct nd_client_plan *plan,
                       struct nd_placement *placement)
{
	struct nd_placement made = {0};
	enum nd_status st = ND_OK;

	for (size_t i = 0; st == ND_OK && i < plan->count; i++) {
		struct nd_placement_file *file = add_file(app, &made);
		const char *start, *end;

		st = read_file(app, &plan->file[i], &file->before);
		if (st == ND_OK)
			st = text_with(app, &plan->file[i], &file->before,
			               &file->after);
		file->mode = MODE_TEXT;
		file->kept =
			st == ND_OK && file->before.there &&
			!nd_block_find(plan->file[i].style, file->before.text,
		                       &start, &end, NULL);
	}
	if (st == ND_OK)
		*placement = made;
	return st;
}

/* ---- settings ------------------------------------------------------------- */

/* GLib reads the file, and keeps comments when notmuch writes it. */
static const struct nd_block_style settings_style = {"#", 0};

static enum nd_status
read_settings(struct nd_app *app, struct nd_dotfile *file)
{
	const char *path = nd_db_config_path(app->db);
	enum nd_status st;

	if (!path || !*path)
		return nd_fail(app->err, ND_ERR_CONFIG,
		               "notmuch has no configuration file\n"
		               "'notmuch setup' makes one");
	st = nd_dotfile_read(app, x_strdup(app, path), file, app->err);
	return st == ND_OK
	               ? nd_dotfile_check_marks(file, &settings_style, app->err)
	               : st;
}

/* "[digest]" as a line of its own? */
static bool
is_header(const char *line)
{
	return line[strspn(line, " \t")] == '[';
}

static bool
is_key(const char *line)
{
	line += strspn(line, " \t\r");
	return *line && *line != '\n' && *line != '#' && *line != '[';
}

static const char *
next_line(const char *line)
{
	line += strcspn(line, "\n");
	return line + (*line == '\n');
}

/*
 * The header that stands in the block and is needed by what the user, or
 * notmuch for them, has put behind it since; NULL for none.
 */
static const char *
needed_header(const void *ctx, const char *start, const char *end)
{
	const char *header = NULL, *line = start;

	for (; line < end; line = next_line(line))
		if (is_header(line))
			header = line;
	while (header && *line && !is_header(line) && !is_key(line))
		line = next_line(line);
	return header && is_key(line)
	               ? x_strndup(ctx, header,
	                           (size_t)(next_line(header) - header))
	               : NULL;
}

/* The text without our block; owned by app. */
static const char *
settings_without(struct nd_app *app, const char *text,
                 struct nd_block_mark *mark)
{
	const char *start, *end, *header = NULL;

	if (nd_block_find(&settings_style, text, &start, &end, NULL))
		header = needed_header(app, start, end);
	if (!header)
		return nd_block_remove(app, &settings_style, text, mark);
	*mark = (struct nd_block_mark){0};
	return x_asprintf(app, "%.*s%s%s", (int)(start - text), text, header,
	                  end);
}

/* Is it the name of another one already? */
static bool
is_taken(const char *const *name, size_t count, const char *one)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(name[i], one) == 0)
			return true;
	return false;
}

/* The first word of the List-Id, with a number where two have the same. */
static const char *
name_of(struct nd_app *app, const struct nd_listsample *list,
        const char *const *taken, size_t count)
{
	char *word = x_strndup(app, list->id, strcspn(list->id, "."));
	const char *name = word;

	if (strlen(word) > NAME_BYTES)
		word[NAME_BYTES] = '\0';
	for (char *p = word; *p; p++)
		if (!nd_is_alnum(*p) && *p != '-')
			*p = '_';
	if (nd_settings_is_reserved(word))
		name = x_asprintf(app, "%s-list", word);
	for (unsigned i = 2; is_taken(taken, count, name); i++)
		name = x_asprintf(app, "%s-%u", word, i);
	return name;
}

/* "query=…", and for several lists the name and query of each. */
static const char *
settings_lines(struct nd_app *app, const struct nd_listsample *const *list,
               size_t count, const char *folder)
{
	struct nd_buf *out = nd_buf_new(app, SETTINGS_BYTES);
	const char **name = x_array(app, const char *, count + 1);

	if (folder)
		nd_buf_addf(out, "folder=%s\n", folder);
	nd_buf_adds(out, "query=");
	for (size_t i = 0; i < count; i++)
		nd_buf_addf(out, "%s%s", i > 0 ? " or " : "", list[i]->query);
	nd_buf_addc(out, '\n');
	if (count < 2)
		return nd_buf_finish(app, out);
	nd_buf_adds(out, "lists=");
	for (size_t i = 0; i < count; i++) {
		name[i] = name_of(app, list[i], name, i);
		nd_buf_addf(out, "%s%s", i > 0 ? ";" : "", name[i]);
	}
	nd_buf_addc(out, '\n');
	for (size_t i = 0; i < count; i++)
		nd_buf_addf(out, "list.%s=%s\n", name[i], list[i]->query);
	return nd_buf_finish(app, out);
}

enum nd_status
nd_placement_of_lists(struct nd_app *app,
                      const struct nd_listsample *const *list, size_t count,
                      const char *folder, struct nd_placement *placement)
{
	struct nd_configsection section = {.name = {"digest"}, .depth = 1};
	const struct nd_configsection_list sections = {&section, 1};
	struct nd_placement_file file = {.mode = MODE_TEXT};
	struct nd_block_mark mark = {0};
	struct nd_error why;
	enum nd_status st = read_settings(app, &file.before);
	const char *text;

	if (st != ND_OK)
		return st;
	section.lines = settings_lines(app, list, count, folder);
	text = settings_without(app, file.before.text, &mark);
	st = nd_configsection_insert(app, &settings_style,
	                             ND_CONFIGSECTION_UNIQUE, &sections, mark,
	                             text, &file.after, &why);
	if (st != ND_OK)
		return nd_fail(app->err, st, "'%.200s' was left alone: %.200s",
		               file.before.path, why.msg);
	*placement = (struct nd_placement){0};
	*add_file(app, placement) = file;
	return ND_OK;
}

bool
nd_placement_has_lists(struct nd_app *app)
{
	const char *start, *end;
	struct nd_dotfile file;
	struct nd_error why = {0}, *err = app->err;
	enum nd_status st;

	app->err = &why;
	st = read_settings(app, &file);
	app->err = err;
	return st == ND_OK &&
	       nd_block_find(&settings_style, file.text, &start, &end, NULL);
}

enum nd_status
nd_placement_remove_lists(struct nd_app *app, const char **path)
{
	struct nd_block_mark mark;
	struct nd_dotfile file;
	const char *rest;
	enum nd_status st;

	*path = NULL;
	if (!nd_placement_has_lists(app))
		return ND_OK;
	st = read_settings(app, &file);
	if (st != ND_OK)
		return st;
	rest = settings_without(app, file.text, &mark);
	st = nd_dotfile_restore(&file, rest, &mark, app->err);
	if (st == ND_OK)
		*path = file.path;
	return st;
}
