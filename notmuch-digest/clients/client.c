/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clients/client.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clients/confighome.h"
#include "clients/configsection.h"
#include "clients/dotfile.h"
#include "clients/quote.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

enum { MAX_PLACES = 12, MAX_FILES = 3 };

enum place_flags {
	IN_DIR = 1u << 0, /* read here as soon as its directory is there */
	SHARED = 1u << 1, /* another program reads it, too */
};

/* "~/" is $HOME, "@/" $XDG_CONFIG_HOME. */
struct place {
	const char *path;
	unsigned flags; /* enum place_flags */
};

struct file {
	const char *shipped;            /* below contrib/CLIENT */
	struct place place[MAX_PLACES]; /* in the client's own order */
	const char *made;   /* the place of one that we make; NULL: none */
	const char *remedy; /* when there is none, or only a shared one */
	struct nd_block_style style;
	unsigned section_flags;

	/* A line that includes what we ship, and one more to the left of it
	 * when the program is not in PATH; %s is a quoted path. */
	const char *include, *add_path;
	void (*quote)(struct nd_buf *out, const char *word);
};

struct nd_client {
	const char *name; /* and its program's */
	bool is_editor;   /* which may not be used for mail */
	struct file file[MAX_FILES];
};

static const struct nd_client clients[] = {
	{.name = "neomutt",
         .file = {{
		 .shipped = "notmuch-digest.rc",
		 .place = {{"@/neomutt/neomuttrc", 0},
                           {"@/neomutt/muttrc", 0},
                           {"@/mutt/neomuttrc", 0},
                           {"@/mutt/muttrc", SHARED},
                           {"~/.neomutt/neomuttrc", 0},
                           {"~/.neomutt/muttrc", 0},
                           {"~/.mutt/neomuttrc", 0},
                           {"~/.mutt/muttrc", SHARED},
                           {"~/.neomuttrc", 0},
                           {"~/.muttrc", SHARED}},
		 .made = "@/neomutt/neomuttrc",
		 .remedy = "mutt reads that file, too, and does not know "
			   "neomutt's commands\n"
			   "give neomutt a file of its own, such as "
			   "~/.config/neomutt/neomuttrc, that sources it, and "
			   "try again",
		 .style = {"#", ND_BLOCK_ONE_LINE | ND_BLOCK_BACKSLASH},
		 .include = "source %s",
		 .add_path = "setenv PATH %s\":$PATH\"; ",
		 .quote = nd_quote_mutt,
	 }}},
	{.name = "mutt",
         .file = {{
		 .shipped = "notmuch-digest.rc",
		 .place = {{"~/.muttrc", 0},
                           {"~/.mutt/muttrc", 0},
                           {"@/mutt/muttrc", 0}},
		 .made = "~/.muttrc",
		 .style = {"#", ND_BLOCK_ONE_LINE | ND_BLOCK_BACKSLASH},
		 .include = "source %s",
		 .add_path = "setenv PATH %s\":$PATH\"; ",
		 .quote = nd_quote_mutt,
	 }}},
	{.name = "emacs",
         .is_editor = true,
         .file = {{
		 .shipped = "notmuch-digest.el",
		 .place = {{"~/.emacs.el", 0},
                           {"~/.emacs", 0},
                           {"~/.emacs.d/init.el", IN_DIR},
                           {"@/emacs/init.el", IN_DIR}},
		 .made = "~/.emacs.d/init.el",
		 .style = {";;", ND_BLOCK_ONE_LINE},
		 .include =
			 "(with-eval-after-load 'notmuch (when (load %s t t) "
			 "(notmuch-digest-mode 1)))",
		 .add_path = "(add-to-list 'exec-path %s) ",
		 .quote = nd_quote_elisp,
	 }}},
	{.name = "vim",
         .is_editor = true,
         .file = {{
		 .shipped = "notmuch-digest.vim",
		 .place = {{"~/.vimrc", 0},
                           {"~/.vim/vimrc", IN_DIR},
                           {"@/vim/vimrc", IN_DIR}},
		 .made = "~/.vimrc",
		 .style = {"\"", 0},
		 .include = "execute 'source' fnameescape(%s)",
		 .add_path = "let $PATH = %s . ':' . $PATH | ",
		 .quote = nd_quote_vim,
	 }}},
	{.name = "aerc",
         .file = {{
		 .shipped = "binds.conf",
		 .place = {{"@/aerc/binds.conf", 0}},
		 .remedy = "aerc makes it when it is started for the first "
			   "time",
		 .style = {"#", ND_BLOCK_BACKSLASH},
	 }}},
	{.name = "alot",
         .file = {{
		 .shipped = "config",
		 .place = {{"@/alot/config", 0}},
		 .made = "@/alot/config",
		 .style = {"#", 0},
		 .section_flags =
			 ND_CONFIGSECTION_UNIQUE | ND_CONFIGSECTION_QUOTES,
	 }}},
};

enum { CLIENT_COUNT = sizeof clients / sizeof *clients };

const struct nd_client *
nd_client_find(const char *name)
{
	for (size_t i = 0; i < CLIENT_COUNT; i++)
		if (strcmp(clients[i].name, name) == 0)
			return &clients[i];
	return NULL;
}

const struct nd_client *
nd_client_next(const struct nd_client *client)
{
	if (!client)
		return clients;
	return client + 1 < clients + CLIENT_COUNT ? client + 1 : NULL;
}

const char *
nd_client_name(const struct nd_client *client)
{
	return client->name;
}

const char *
nd_client_names(const void *ctx)
{
	struct nd_buf *out = nd_buf_new(ctx, 1000);

	for (size_t i = 0; i < CLIENT_COUNT; i++)
		nd_buf_addf(out, "%s%s", i > 0 ? ", " : "", clients[i].name);
	return nd_buf_finish(ctx, out);
}

/* What all files of a plan have in common. */
struct surroundings {
	const char *home, *config; /* of the user */
	const char *shipped;       /* contrib/CLIENT, wherever it lies */
	const char *bin;           /* the program's directory */
	bool in_path;
};

static const char *
expand(const void *ctx, const struct surroundings *around, const char *path)
{
	return x_asprintf(ctx, "%s%s",
	                  *path == '@' ? around->config : around->home,
	                  path + 1);
}

static bool
is_there(const char *path)
{
	struct stat st;

	/* A link to nothing is there, and refused later. */
	return lstat(path, &st) == 0;
}

static bool
has_dir(const char *path)
{
	char *dir = x_strndup(NULL, path, (size_t)(strrchr(path, '/') - path));
	bool there = access(dir, F_OK) == 0;

	talloc_free(dir);
	return there;
}

/* Does another program read the file, by this name or by one it links to? */
static bool
is_shared(const struct surroundings *around, const struct file *file,
          const char *path)
{
	struct stat it, other;
	bool shared = false;

	for (size_t i = 0; i < MAX_PLACES && file->place[i].path; i++) {
		const char *theirs;

		if (!(file->place[i].flags & SHARED))
			continue;
		theirs = expand(NULL, around, file->place[i].path);
		shared |= strcmp(theirs, path) == 0 ||
		          (stat(path, &it) == 0 && stat(theirs, &other) == 0 &&
		           it.st_dev == other.st_dev &&
		           it.st_ino == other.st_ino);
		talloc_free((void *)theirs);
	}
	return shared;
}

/* Choose the file that the client reads. */
static void
choose_place(const void *ctx, const struct surroundings *around,
             const struct file *from, struct nd_client_file *to)
{
	to->made = from->made != NULL;
	for (size_t i = 0; i < MAX_PLACES && from->place[i].path; i++) {
		const struct place *place = &from->place[i];

		to->path = expand(ctx, around, place->path);
		if (!is_there(to->path) &&
		    !((place->flags & IN_DIR) && has_dir(to->path)))
			continue;
		if (is_shared(around, from, to->path))
			to->refused = from->remedy;
		return;
	}
	if (from->made)
		to->path = expand(ctx, around, from->made);
	else
		to->refused = from->remedy;
}

/* What the shell finds under this name; owned by ctx, NULL: nothing. */
static const char *
find_in_path(const void *ctx, const char *name)
{
	char *paths = x_strdup(NULL, getenv("PATH") ? getenv("PATH") : "");
	const char *path = NULL;

	for (char *rest = paths; rest && *rest && !path;) {
		char *end = strchr(rest, ':');

		if (end)
			*end = '\0';
		path = x_asprintf(paths, "%s/%s", rest, name);
		if (access(path, X_OK) != 0)
			path = NULL;
		rest = end ? end + 1 : NULL;
	}
	if (path)
		path = x_strdup(ctx, path);
	talloc_free(paths);
	return path;
}

/* Does the shell find this very program? */
static bool
is_in_path(const char *program)
{
	const char *path = find_in_path(NULL, strrchr(program, '/') + 1);
	struct stat ours, found;
	bool in_path = path && stat(program, &ours) == 0 &&
	               stat(path, &found) == 0 && found.st_dev == ours.st_dev &&
	               found.st_ino == ours.st_ino;

	talloc_free((void *)path);
	return in_path;
}

/* Beside an installed program, or in the tree it was built in. */
static enum nd_status
find_shipped(const void *ctx, const char *client, const char *bin,
             const char **out, struct nd_error *err)
{
	const char *const dirs[] = {
		x_asprintf(ctx, "%s/../share/notmuch-digest/%s", bin, client),
		x_asprintf(ctx, "%s/../../contrib/%s", bin, client),
	};

	for (size_t i = 0; i < sizeof dirs / sizeof *dirs; i++) {
		char *real = realpath(dirs[i], NULL);

		if (!real)
			continue;
		*out = x_strdup(ctx, real);
		free(real);
		return ND_OK;
	}
	return nd_fail(err, ND_ERR_CONFIG,
	               "the files for %s are not beside this program, in "
	               "'%.300s/../share/notmuch-digest'\n"
	               "'make install' puts them there",
	               client, bin);
}

static enum nd_status
look_around(const void *ctx, const struct nd_client *client,
            const char *program, struct surroundings *around,
            struct nd_error *err)
{
	enum nd_status st =
		nd_confighome_find(ctx, &around->home, &around->config, err);

	if (st != ND_OK)
		return st;
	around->bin = x_strndup(ctx, program,
	                        (size_t)(strrchr(program, '/') - program));
	around->in_path = is_in_path(program);
	return find_shipped(ctx, client->name, around->bin, &around->shipped,
	                    err);
}

static void
add_filled(struct nd_buf *out, const struct file *from, const char *template,
           const char *path)
{
	size_t before = strcspn(template, "%");

	nd_buf_add(out, template, before);
	from->quote(out, path);
	nd_buf_adds(out, template + before + strlen("%s"));
}

static enum nd_status
make_include(const void *ctx, const struct surroundings *around,
             const struct file *from, struct nd_client_file *to,
             struct nd_error *err)
{
	struct nd_buf *out;
	const char *path =
		x_asprintf(ctx, "%s/%s", around->shipped, from->shipped);

	if (!nd_quote_can(path) || !nd_quote_can(around->bin))
		return nd_fail(err, ND_ERR_CONFIG,
		               "the program lies in a directory with control "
		               "characters in its name");
	out = nd_buf_new(ctx, ND_BLOCK_FILE_BYTES);
	if (!around->in_path)
		add_filled(out, from, from->add_path, around->bin);
	add_filled(out, from, from->include, path);
	nd_buf_addc(out, '\n');
	to->lines = nd_buf_finish(ctx, out);
	return ND_OK;
}

/* A word that every client's file and every shell takes as it is. */
static bool
is_plain(const char *word)
{
	for (; *word; word++)
		if (!nd_is_alpha(*word) && !nd_is_digit(*word) &&
		    !strchr("/._-+@", *word))
			return false;
	return true;
}

static enum nd_status
read_shipped(struct nd_buf *out, const char *path, struct nd_error *err)
{
	FILE *file = fopen(path, "re");
	char chunk[4096];
	size_t got;
	bool failed;

	if (!file)
		return nd_fail(err, ND_ERR_IO, "cannot read '%.300s': %s", path,
		               strerror(errno));
	while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
		nd_buf_add(out, chunk, got);
	failed = ferror(file);
	fclose(file);
	return failed ? nd_fail(err, ND_ERR_IO, "cannot read '%.300s'", path)
	              : ND_OK;
}

/* Text with @PROGRAM@ and @DIR@ filled in, owned by ctx. */
static const char *
fill(const void *ctx, const char *text, const char *program, const char *dir)
{
	struct nd_buf *out = nd_buf_new(ctx, ND_BLOCK_FILE_BYTES);

	while (*text) {
		if (nd_str_starts(text, "@PROGRAM@")) {
			nd_buf_adds(out, program);
			text += strlen("@PROGRAM@");
		} else if (nd_str_starts(text, "@DIR@")) {
			nd_buf_adds(out, dir);
			text += strlen("@DIR@");
		} else {
			nd_buf_addc(out, *text++);
		}
	}
	return nd_buf_finish(ctx, out);
}

static enum nd_status
make_sections(const void *ctx, const struct surroundings *around,
              const char *program, const struct file *from,
              struct nd_client_file *to, struct nd_error *err)
{
	struct nd_buf *text = nd_buf_new(ctx, ND_BLOCK_FILE_BYTES);
	const char *path =
		x_asprintf(text, "%s/%s", around->shipped, from->shipped);
	enum nd_status st = read_shipped(text, path, err);

	if (around->in_path)
		program = strrchr(program, '/') + 1;
	if (st == ND_OK && (!is_plain(program) || !is_plain(around->shipped)))
		st = nd_fail(err, ND_ERR_CONFIG,
		             "the client cannot be told of '%.200s'\n"
		             "install the program where names have no blanks "
		             "or quotes",
		             is_plain(program) ? around->shipped : program);
	if (st == ND_OK)
		to->sections = nd_configsection_parse(
			ctx, fill(text, text->data, program, around->shipped));
	talloc_free(text);
	return st;
}

enum nd_status
nd_client_plan(const void *ctx, const struct nd_client *client,
               const char *program, struct nd_client_plan **out,
               struct nd_error *err)
{
	struct nd_client_plan *plan = x_new(ctx, struct nd_client_plan);
	struct surroundings around = {0};
	enum nd_status st = look_around(plan, client, program, &around, err);

	for (size_t i = 0;
	     st == ND_OK && i < MAX_FILES && client->file[i].shipped; i++) {
		const struct file *from = &client->file[i];
		struct nd_client_file *to =
			x_append(plan, plan->file, plan->count);

		to->style = &from->style;
		to->section_flags = from->section_flags;
		choose_place(plan, &around, from, to);
		st = from->include ? make_include(plan, &around, from, to, err)
		                   : make_sections(plan, &around, program, from,
		                                   to, err);
	}
	if (st == ND_OK)
		*out = plan;
	return st;
}

enum nd_status
nd_client_places(const void *ctx, const struct nd_client *client,
                 struct nd_client_plan **out, struct nd_error *err)
{
	struct nd_client_plan *plan = x_new(ctx, struct nd_client_plan);
	struct surroundings around = {0};
	enum nd_status st =
		nd_confighome_find(plan, &around.home, &around.config, err);

	for (size_t i = 0;
	     st == ND_OK && i < MAX_FILES && client->file[i].shipped; i++) {
		const struct file *from = &client->file[i];

		for (size_t k = 0; k < MAX_PLACES && from->place[k].path; k++) {
			const char *path =
				expand(plan, &around, from->place[k].path);
			struct nd_client_file *to;

			/* Lines in there are those for the other program. */
			if (is_shared(&around, from, path))
				continue;
			to = x_append(plan, plan->file, plan->count);
			to->style = &from->style;
			to->path = path;
		}
	}
	if (st == ND_OK)
		*out = plan;
	return st;
}

/* Only then is it its user's mail client, too. */
static bool
speaks_of_notmuch(const char *path)
{
	struct nd_dotfile file;
	struct nd_error why;
	void *tmp = talloc_new(NULL);
	bool speaks = nd_dotfile_read(tmp, path, &file, &why) == ND_OK &&
	              strstr(file.text, "notmuch");

	talloc_free(tmp);
	return speaks;
}

enum nd_client_use
nd_client_use(const struct nd_client *client, const struct nd_client_plan *plan)
{
	const char *program;
	bool installed;

	for (size_t i = 0; i < plan->count; i++)
		if (is_there(plan->file[i].path) &&
		    (!client->is_editor ||
		     speaks_of_notmuch(plan->file[i].path)))
			return ND_CLIENT_SET_UP;
	program = find_in_path(NULL, client->name);
	installed = program && !client->is_editor;
	talloc_free((void *)program);
	return installed ? ND_CLIENT_INSTALLED : ND_CLIENT_UNUSED;
}
