/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/options.h"
#include "util/alloc.h"
#include "util/child.h"
#include "util/str.h"

enum {
	WIDTH_DEFAULT = 80,
	WIDTH_MIN = 40,
	WIDTH_MAX = 100,
	LESS_WITH_LINKS = 581, /* before, -R shows them as text */
	VTE_WITH_LINKS = 5000, /* 0.50 */
	KONSOLE_WITH_LINKS = 201200,
	ANSWER_BYTES = 200,
	ASK_BYTES = 4096,
	ASK_TIMEOUT_MS = 2000,
};

bool
nd_terminal_can_ask(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

const char *
nd_terminal_ask(const void *ctx, const char *question)
{
	char answer[ANSWER_BYTES] = "";
	const char *text = answer;
	size_t len;
	int c;

	/* What was printed belongs above it. */
	fflush(stdout);
	fputs(question, stderr);
	if (!fgets(answer, sizeof answer, stdin)) {
		fputc('\n', stderr);
		return NULL;
	}
	len = strcspn(answer, "\n");
	/* The rest of a long line is not an answer to the next question. */
	for (c = (unsigned char)answer[len]; c != '\n' && c != EOF;
	     c = getchar())
		continue;
	nd_mem_trim(&text, &len);
	return x_strndup(ctx, text, len);
}

bool
nd_terminal_agrees(const char *question)
{
	const char *answer = nd_terminal_ask(NULL, question);
	bool agrees = answer && (nd_str_equal_nocase(answer, "y") ||
	                         nd_str_equal_nocase(answer, "yes"));

	talloc_free((void *)answer);
	return agrees;
}

static bool
columns_of(int fd, unsigned *width)
{
	struct winsize size;

	if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
		return false;
	*width = size.ws_col;
	return true;
}

static bool
is_pipe(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISFIFO(st.st_mode);
}

unsigned
nd_terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	unsigned width = WIDTH_DEFAULT;

	if ((!columns || !nd_options_parse_count(columns, &width)) &&
	    !columns_of(STDOUT_FILENO, &width) && is_pipe(STDOUT_FILENO))
		columns_of(STDERR_FILENO, &width);
	if (width < WIDTH_MIN)
		return WIDTH_MIN;
	return width > WIDTH_MAX ? WIDTH_MAX : width;
}

/* Is the variable set to something? */
static bool
has(const char *name)
{
	const char *value = getenv(name);

	return value && *value;
}

bool
nd_terminal_has_color(void)
{
	/* NO_COLOR: no-color.org. */
	return has("TERM") && strcmp(getenv("TERM"), "dumb") != 0 &&
	       !has("NO_COLOR");
}

static bool
starts_with_any(const char *name, const char *const *start)
{
	const char *value = getenv(name);

	for (; value && *start; start++)
		if (nd_str_starts(value, *start))
			return true;
	return false;
}

static bool
is_at_least(const char *name, long version)
{
	const char *value = getenv(name);

	return value && strtol(value, NULL, 10) >= version;
}

bool
nd_terminal_has_links(void)
{
	/* Terminals in programs inherit the variables of the one outside. */
	static const char *const inside[] = {"TMUX",         "STY",
	                                     "INSIDE_EMACS", "VIM_TERMINAL",
	                                     "NVIM",         "AERC_ACCOUNT"};
	static const char *const multiplexers[] = {"screen", "tmux", NULL};
	static const char *const terms[] = {"xterm-kitty", "xterm-ghostty",
	                                    "foot",        "alacritty",
	                                    "contour",     NULL};
	static const char *const programs[] = {"iTerm.app", "WezTerm", "vscode",
	                                       "ghostty",   "mintty",  NULL};

	if (!has("TERM") || strcmp(getenv("TERM"), "dumb") == 0 ||
	    starts_with_any("TERM", multiplexers))
		return false;
	for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
		if (has(inside[i]))
			return false;
	return starts_with_any("TERM", terms) ||
	       starts_with_any("TERM_PROGRAM", programs) ||
	       is_at_least("VTE_VERSION", VTE_WITH_LINKS) ||
	       is_at_least("KONSOLE_VERSION", KONSOLE_WITH_LINKS) ||
	       has("WT_SESSION");
}

const char *
nd_terminal_pager_command(void)
{
	const char *pager = getenv("PAGER");

	if (!pager)
		return "less";
	return *pager && strcmp(pager, "cat") != 0 ? pager : NULL;
}

/* The program of a command line without anything a shell would act on. */
static const char *
program_of(const void *ctx, const char *command)
{
	size_t len = strcspn(command, " ");

	if (strpbrk(command, "|&;<>()$`\\\"'*?[#~=%\t\n"))
		return NULL;
	return x_strndup(ctx, command, len);
}

/* The program when it is less, which can be asked; NULL for any other. */
static const char *
less_of(const void *ctx, const char *command)
{
	const char *program = program_of(ctx, command), *name;

	if (!program)
		return NULL;
	name = strrchr(program, '/');
	return strcmp(name ? name + 1 : program, "less") == 0 ? program : NULL;
}

#define ASK_LESS(program) \
	{ \
		program, "--version", NULL \
	}

/* "less 590 (GNU regular expressions)" */
static bool
is_new_less(const char *program)
{
	const char *ask[] = ASK_LESS(program);
	struct nd_buf *answer = nd_buf_new(NULL, ASK_BYTES);
	struct nd_error err;
	bool is_new;

	is_new = nd_child_read(ask, ASK_TIMEOUT_MS, answer, &err) == ND_OK &&
	         nd_str_starts(answer->data, "less ") &&
	         strtol(answer->data + strlen("less "), NULL, 10) >=
	                 LESS_WITH_LINKS;
	talloc_free(answer);
	return is_new;
}

bool
nd_terminal_pager_has_links(const char *command)
{
	void *tmp;
	const char *less;
	bool takes_links;

	if (!command)
		return true;
	tmp = talloc_new(NULL);
	less = less_of(tmp, command);
	takes_links = less && is_new_less(less);
	talloc_free(tmp);
	return takes_links;
}

void
nd_terminal_pager_expect(const char *command)
{
	void *tmp = talloc_new(NULL);
	const char *less = less_of(tmp, command);
	const char *ask[] = ASK_LESS(less);

	if (less)
		nd_child_prepare_read(ask, ASK_TIMEOUT_MS);
	talloc_free(tmp);
}

void
nd_terminal_pager_prepare(void)
{
	/* F: quit when it fits on the screen; R: colours; X: leave it there. */
	const char *less = getenv("LESS");
	char *with = less ? x_asprintf(NULL, "-R %s", less) : NULL;

	/* Before what the user has: that may end in a text, such as -P's. */
	setenv("LESS", with ? with : "FRX", 1);
	setenv("LV", "-c", 0);
	talloc_free(with);
}
