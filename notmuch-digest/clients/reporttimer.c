/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clients/reporttimer.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clients/confighome.h"
#include "clients/quote.h"
#include "util/alloc.h"
#include "util/buf.h"

#define SERVICE "notmuch-digest.service"
#define WANTS "timers.target.wants"

/* From where the last one ended: a machine that was off misses no mail. */
#define ARGUMENTS " report --deliver --since-last --quiet"

enum { MODE_UNIT = 0666 }; /* before umask */

static const struct nd_block_style unit_style = {"#", ND_BLOCK_BACKSLASH};

/* What says where notmuch's configuration, mail and database are. */
static const char *const variables[] = {
	"NOTMUCH_CONFIG", "NOTMUCH_PROFILE", "NOTMUCH_DATABASE",
	"MAILDIR",        "XDG_CONFIG_HOME", "XDG_DATA_HOME",
};

/* Those that are files or directories are so wherever one stands. */
static const char *
value_of(const void *ctx, const char *variable)
{
	const char *value = getenv(variable);
	char *real;

	if (!value || !*value || strcmp(variable, "NOTMUCH_PROFILE") == 0 ||
	    *value == '/')
		return value ? value : "";
	real = realpath(value, NULL);
	if (!real)
		return value;
	value = x_strdup(ctx, real);
	free(real);
	return value;
}

/* ---- what is written ----------------------------------------------------- */

static const char *
timer_lines(const void *ctx)
{
	return x_strdup(ctx, "[Unit]\n"
	                     "Description=A report of the mail of each week\n"
	                     "\n"
	                     "[Timer]\n"
	                     "OnCalendar=Mon 06:00\n"
	                     "Persistent=true\n"
	                     "\n"
	                     "[Install]\n"
	                     "WantedBy=timers.target\n");
}

static const char *
service_lines(const void *ctx, const char *program)
{
	struct nd_buf *out = nd_buf_new(ctx, ND_BLOCK_FILE_BYTES / 2);

	nd_buf_adds(out, "[Unit]\n"
	                 "Description=Deliver a report into the mailbox\n"
	                 "Documentation=man:notmuch-digest(1)\n"
	                 "StartLimitIntervalSec=1h\n"
	                 "StartLimitBurst=5\n"
	                 "\n"
	                 "[Service]\n"
	                 "Type=oneshot\n"
	                 "# Others write to the database (75): later, then.\n"
	                 "Restart=on-failure\n"
	                 "RestartSec=5min\n"
	                 "RestartPreventExitStatus=1 64 65 69 74 78\n");
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
		const char *value = value_of(out, variables[i]);
		const char *pair =
			x_asprintf(out, "%s=%s", variables[i], value);

		if (!*value)
			continue;
		nd_buf_adds(out, "Environment=");
		nd_quote_systemd(out, pair);
		nd_buf_addc(out, '\n');
	}
	nd_buf_adds(out, "ExecStart=");
	nd_quote_systemd(out, program);
	nd_buf_adds(out, ARGUMENTS "\n");
	return nd_buf_finish(ctx, out);
}

static const char *
cron_line(const void *ctx, const char *program)
{
	struct nd_buf *out = nd_buf_new(ctx, ND_BLOCK_FILE_BYTES / 2);

	nd_buf_adds(out, "0 6 * * 1 ");
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
		const char *value = value_of(out, variables[i]);

		if (!*value)
			continue;
		nd_buf_addf(out, "%s=", variables[i]);
		nd_quote_cron(out, value);
		nd_buf_addc(out, ' ');
	}
	nd_quote_cron(out, program);
	nd_buf_adds(out, ARGUMENTS "\n");
	return nd_buf_finish(ctx, out);
}

/* ---- what is there ------------------------------------------------------- */

static bool
has_block(const struct nd_dotfile *file)
{
	const char *start, *end;

	return nd_block_find(&unit_style, file->text, &start, &end, NULL);
}

static enum nd_status
read_unit(const void *ctx, struct nd_dotfile *file, struct nd_error *err)
{
	enum nd_status st = nd_dotfile_read(ctx, file->path, file, err);

	if (st == ND_OK)
		st = nd_dotfile_check_marks(file, &unit_style, err);
	if (st == ND_OK && file->there && !has_block(file))
		return nd_fail(err, ND_ERR_CONFIG,
		               "'%.300s' is not of notmuch-digest: it was left "
		               "alone\n"
		               "give it another name",
		               file->path);
	return st;
}

/* The unit that the link names, by whichever path. */
static enum nd_status
read_link(struct nd_reporttimer *timer, struct nd_error *err)
{
	char to[PATH_MAX];
	ssize_t len = readlink(timer->link, to, sizeof to - 1);

	if (len < 0 && (errno == ENOENT || errno == ENOTDIR))
		return ND_OK;
	if (len >= 0) {
		to[len] = '\0';
		timer->linked = strcmp(to, timer->timer.file.path) == 0 ||
		                strcmp(to, "../" ND_REPORTTIMER_NAME) == 0;
	}
	if (timer->linked)
		return ND_OK;
	return nd_fail(err, ND_ERR_CONFIG,
	               "'%.300s' is not a link of notmuch-digest: it was left "
	               "alone",
	               timer->link);
}

enum nd_status
nd_reporttimer_find(const void *ctx, const char *program,
                    struct nd_reporttimer *timer, struct nd_error *err)
{
	const char *config, *dir;
	enum nd_status st = nd_confighome_find(ctx, NULL, &config, err);

	*timer = (struct nd_reporttimer){.linked = false};
	if (st != ND_OK)
		return st;
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
		if (!nd_quote_can(value_of(ctx, variables[i])))
			return nd_fail(err, ND_ERR_CONFIG,
			               "%s has control characters, which no "
			               "unit can have",
			               variables[i]);
	if (!nd_quote_can(program) || !nd_quote_can(config))
		return nd_fail(err, ND_ERR_CONFIG,
		               "a path has control characters, which no unit "
		               "can have");
	dir = x_asprintf(ctx, "%s/systemd/user", config);
	timer->timer.lines = timer_lines(ctx);
	timer->service.lines = service_lines(ctx, program);
	timer->cron = cron_line(ctx, program);
	timer->link = x_asprintf(ctx, "%s/" WANTS "/" ND_REPORTTIMER_NAME, dir);
	timer->timer.file.path =
		x_asprintf(ctx, "%s/" ND_REPORTTIMER_NAME, dir);
	timer->service.file.path = x_asprintf(ctx, "%s/" SERVICE, dir);
	st = read_unit(ctx, &timer->timer.file, err);
	if (st == ND_OK)
		st = read_unit(ctx, &timer->service.file, err);
	return st == ND_OK ? read_link(timer, err) : st;
}

bool
nd_reporttimer_is_there(const struct nd_reporttimer *timer)
{
	return timer->linked || timer->timer.file.there ||
	       timer->service.file.there;
}

/* ---- what is done -------------------------------------------------------- */

const char *
nd_reporttimer_text(const void *ctx, const struct nd_reporttimer_unit *unit)
{
	const struct nd_dotfile *file = &unit->file;
	struct nd_block_mark mark = {
		.file = true,
		.dirs = nd_dotfile_missing_dirs(file),
	};

	return file->there ? nd_block_replace(ctx, &unit_style, file->text,
	                                      unit->lines)
	                   : nd_block_insert(ctx, &unit_style, "", 0, mark,
	                                     unit->lines);
}

static enum nd_status
write_unit(const struct nd_reporttimer_unit *unit, struct nd_error *err)
{
	const struct nd_dotfile *file = &unit->file;
	void *tmp = talloc_new(NULL);
	const char *with = nd_reporttimer_text(tmp, unit);
	enum nd_status st = ND_OK;

	if (strcmp(with, file->text) != 0)
		st = nd_dotfile_write(file, with, MODE_UNIT, err);
	talloc_free(tmp);
	return st;
}

static enum nd_status
make_link(const struct nd_reporttimer *timer, struct nd_error *err)
{
	char *dir;
	int failed;

	if (timer->linked)
		return ND_OK;
	dir = x_strndup(NULL, timer->link,
	                (size_t)(strrchr(timer->link, '/') - timer->link));
	failed = (mkdir(dir, 0755) != 0 && errno != EEXIST) ||
	         symlink(timer->timer.file.path, timer->link) != 0;
	talloc_free(dir);
	return failed ? nd_fail(err, ND_ERR_IO, "cannot create '%.300s': %s",
	                        timer->link, strerror(errno))
	              : ND_OK;
}

/* The timer last: it is what begins the rest. */
enum nd_status
nd_reporttimer_install(const struct nd_reporttimer *timer, struct nd_error *err)
{
	/* Each counts the directories that there are not yet. */
	enum nd_status st = write_unit(&timer->service, err);

	if (st == ND_OK)
		st = write_unit(&timer->timer, err);
	return st == ND_OK ? make_link(timer, err) : st;
}

static enum nd_status
take_link(const struct nd_reporttimer *timer, struct nd_error *err)
{
	char *dir;

	if (!timer->linked)
		return ND_OK;
	if (unlink(timer->link) != 0)
		return nd_fail(err, ND_ERR_IO, "cannot remove '%.300s': %s",
		               timer->link, strerror(errno));
	dir = x_strndup(NULL, timer->link,
	                (size_t)(strrchr(timer->link, '/') - timer->link));
	/* As systemctl does; with something in it, it stays. */
	(void)rmdir(dir);
	talloc_free(dir);
	return ND_OK;
}

static enum nd_status
take_unit(const struct nd_reporttimer_unit *unit, struct nd_error *err)
{
	void *tmp = talloc_new(NULL);
	struct nd_block_mark mark;
	const char *rest;
	enum nd_status st = ND_OK;

	if (unit->file.there) {
		rest = nd_block_remove(tmp, &unit_style, unit->file.text,
		                       &mark);
		st = nd_dotfile_restore(&unit->file, rest, &mark, err);
	}
	talloc_free(tmp);
	return st;
}

/* The service was there first, and has the directories. */
enum nd_status
nd_reporttimer_remove(const struct nd_reporttimer *timer, struct nd_error *err)
{
	enum nd_status st = take_link(timer, err);

	if (st == ND_OK)
		st = take_unit(&timer->timer, err);
	return st == ND_OK ? take_unit(&timer->service, err) : st;
}

bool
nd_reporttimer_has_systemd(void)
{
	return access("/run/systemd/system", F_OK) == 0;
}
