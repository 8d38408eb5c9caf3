/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "mail/read.h"
#include "mail/source.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"
#include "util/str.h"

static int
remove_file(char *path)
{
	unlink(path);
	return 0;
}

/* A message whose file holds (bytes, len); the file goes with it. */
static struct nd_message *
message_of(const char *bytes, size_t len)
{
	struct nd_message *message = x_new(NULL, struct nd_message);
	char *path = x_strdup(message, "/tmp/nd-read-XXXXXX");
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, len), len);
	close(fd);
	talloc_set_destructor(path, remove_file);
	message->id = "id@example.org";
	*x_append(message, message->file, message->file_count) = path;
	return message;
}

static struct nd_message *
read_mail(const char *text)
{
	struct nd_message *message = message_of(text, strlen(text));
	struct nd_error err;

	if (nd_read_mail(message, &err))
		fail_msg("%s", err.msg);
	assert_true(message->flags & ND_MESSAGE_READ);
	return message;
}

/* The words of the author, one line a line. */
static const char *
own_text(struct nd_message *message)
{
	struct nd_buf *out = nd_buf_new(message, 1u << 20);

	for (size_t i = 0; i < message->body->line_count; i++) {
		const struct nd_line *line = &message->body->line[i];

		if (line->kind != ND_LINE_OWN)
			continue;
		nd_buf_add(out, message->body->text + line->start, line->len);
		nd_buf_addc(out, '\n');
	}
	return out->data;
}

static void
test_headers(void **state)
{
	struct nd_message *m = read_mail(
		"Received: from x\n\tby y\n"
		"From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>\n"
		"To: A <a@example.org>, group: b@example.org,\n"
		" C <c@example.org>;\nCc: d@example.org\n"
		"Subject: =?utf-8?q?a=0D=0Ab=1B=5B31m?= \n  c\n"
		"Date: Tue, 10 Mar 2026 10:11:12 +0100\n"
		"List-Id: The list <list.example.org>\n"
		"References: <a@x> (comment <no@x>) <b @x>\n\t<a@x> <c@x>\n"
		"In-Reply-To: Your mail <b@x>\nAuto-Submitted: auto-replied\n"
		"\nHello\n");

	(void)state;
	assert_string_equal(m->from.name, "Jürgen");
	assert_string_equal(m->from.addr, "j@example.org");
	assert_string_equal(m->sender.addr, "j@example.org");
	assert_int_equal(m->to.count, 3);
	assert_string_equal(m->to.address[1].addr, "b@example.org");
	assert_string_equal(m->to.address[2].name, "C");
	assert_int_equal(m->cc.count, 1);
	assert_null(strpbrk(m->subject, "\r\n\x1b"));
	assert_non_null(strstr(m->subject, "c"));
	assert_int_equal(m->date_s, 1773133872);
	assert_string_equal(m->list_id, "list.example.org");
	assert_int_equal(m->reference_count, 3);
	assert_string_equal(m->reference[0], "a@x");
	assert_string_equal(m->reference[1], "c@x");
	assert_string_equal(m->reference[2], "b@x");
	assert_true(m->flags & ND_MESSAGE_AUTO);
	assert_string_equal(own_text(m), "Hello\n");
	talloc_free(m);
}

static void
test_no_headers(void **state)
{
	struct nd_message *m = read_mail("Subject: x\n\n");

	(void)state;
	assert_string_equal(m->from.name, "");
	assert_string_equal(m->from.addr, "");
	assert_string_equal(m->list_id, "");
	assert_int_equal(m->date_s, 0);
	assert_int_equal(m->reference_count, 0);
	assert_false(m->flags & ND_MESSAGE_AUTO);
	assert_string_equal(m->body->text, "");
	assert_int_equal(m->body->line_count, 0);
	talloc_free(m);
}

static void
test_date_of_the_database_stays(void **state)
{
	static const char mail[] =
		"Date: Tue, 10 Mar 2026 10:11:12 +0100\n\nx\n";
	struct nd_message *m = message_of(mail, strlen(mail));

	(void)state;
	m->date_s = 7;
	assert_int_equal(nd_read_mail(m, NULL), ND_OK);
	assert_int_equal(m->date_s, 7);
	talloc_free(m);
}

static void
test_from(void **state)
{
	static const struct {
		const char *headers, *name, *addr, *sender_name, *sender_addr;
	} cases[] = {
		{"From: bob at example.org (Bob S)", "Bob S", "bob@example.org",
	         "Bob S", "bob@example.org"},
		{"From: Bob", "Bob", "", "Bob", ""},
		{"From: \"Bob\" <bob@example.org>, Eve <eve@example.org>",
	         "Bob", "bob@example.org", "Bob", "bob@example.org"},
		{"From: Bob via list <list@example.org>\n"
	         "Reply-To: Bob B <bob@b.example.org>",
	         "Bob via list", "list@example.org", "Bob B",
	         "bob@b.example.org"},
		{"From: \"'Bob' via list\" <list@example.org>\n"
	         "List-Id: <list.example.org>\n"
	         "Reply-To: list@example.org\n"
	         "X-Original-From: Bob <bob@b.example.org>",
	         "'Bob' via list", "list@example.org", "Bob",
	         "bob@b.example.org"},
		{"From: Bob <list@example.org>\nList-Id: <list.example.org>\n"
	         "Reply-To: bob@b.example.org",
	         "Bob", "list@example.org", "Bob", "bob@b.example.org"},
		/* the list's address is everybody's */
		{"From: Bob via list <list@example.org>\n"
	         "List-Id: <list.example.org>",
	         "Bob via list", "list@example.org", "Bob", ""},
		/* nobody rewrote it, so Reply-To is only a wish */
		{"From: Bob <bob@example.org>\nReply-To: eve@example.org",
	         "Bob", "bob@example.org", "Bob", "bob@example.org"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *text = x_asprintf(NULL, "%s\n\nx\n", cases[i].headers);
		struct nd_message *m = read_mail(text);

		assert_string_equal(m->from.name, cases[i].name);
		assert_string_equal(m->from.addr, cases[i].addr);
		assert_string_equal(m->sender.name, cases[i].sender_name);
		assert_string_equal(m->sender.addr, cases[i].sender_addr);
		talloc_free(m);
		talloc_free(text);
	}
}

struct relay_case {
	const char *headers, *name, *addr; /* of the sender */
	bool automatic;
};

static void
test_relays(const struct relay_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char *text = x_asprintf(NULL, "%s\n\nx\n", cases[i].headers);
		struct nd_message *m = read_mail(text);

		if (strcmp(m->sender.name, cases[i].name) != 0 ||
		    strcmp(m->sender.addr, cases[i].addr) != 0 ||
		    !!(m->flags & ND_MESSAGE_AUTO) != cases[i].automatic)
			fail_msg("%s\n'%s' <%s>", text, m->sender.name,
			         m->sender.addr);
		talloc_free(m);
		talloc_free(text);
	}
}

#define DEV "<dev@lists.example.org>\nList-Id: <dev.lists.example.org>\n"

/* Lists that put themselves into From, and where each leaves the author. */
static void
test_lists(void **state)
{
	static const struct relay_case cases[] = {
		/* Mailman 2 and 3: the author is appended to Reply-To … */
		{"From: Ada Berg via dev " DEV
	         "Reply-To: dev@lists.example.org, Ada Berg <ada@example.org>",
	         "Ada Berg", "ada@example.org", false},
		{"From: Ada Berg via dev " DEV
	         "Reply-To: Help <help@example.com>, Ada <ada@example.org>",
	         "Ada", "ada@example.org", false},
		{"From: A. B. via dev " DEV
	         "Reply-To: dev@lists.example.org, ada@example.org",
	         "A. B.", "ada@example.org", false},
		/* … or to Cc, when Reply-To is the list's */
		{"From: Ada Berg via dev " DEV
	         "Reply-To: dev@lists.example.org\n"
	         "Cc: Bo Lind <bo@example.net>, Ada Berg <ada@example.org>",
	         "Ada Berg", "ada@example.org", false},
		{"From: \"ada--- via dev\" " DEV
	         "Cc: Bo <bo@example.net>, ada@example.org",
	         "ada", "ada@example.org", false},
		/* the list is known by other fields */
		{"From: Ada Berg par dev <dev@example.org>\n"
	         "List-Post: <mailto:dev@example.org>\n"
	         "Reply-To: Ada Berg <ada@example.org>",
	         "Ada Berg", "ada@example.org", false},
		{"From: =?utf-8?q?Ada_Berg_=C3=BCber_dev?= <dev@example.org>\n"
	         "X-BeenThere: dev@example.org\nReply-To: ada@example.org",
	         "Ada Berg", "ada@example.org", false},
		/* the author has an address in the house of the list */
		{"From: Ada Berg via dev <dev@example.org>\n"
	         "List-Id: <dev.example.org>\nReply-To: ada@example.org",
	         "Ada Berg", "ada@example.org", false},
		/* Google Groups */
		{"From: \"'Ada Berg' via dev\" <dev@googlegroups.com>\n"
	         "X-Original-Sender: ada@example.org\n"
	         "Reply-To: dev@googlegroups.com",
	         "Ada Berg", "ada@example.org", false},
		/* Sympa: its six forms */
		{"From: Ada Berg " DEV "X-Original-From: Ada <ada@example.org>",
	         "Ada", "ada@example.org", false},
		{"From: \"Ada Berg\" (ada@example.org) " DEV
	         "Reply-To: ada@example.org",
	         "Ada Berg", "ada@example.org", false},
		{"From: \"Ada Berg (via dev Mailing List)\" " DEV
	         "Reply-To: ada@example.org",
	         "Ada Berg", "ada@example.org", false},
		{"From: \"Ada Berg (ada@example.org via dev Mailing List)\" " DEV
	         "Reply-To: ada@example.org",
	         "Ada Berg", "ada@example.org", false},
		{"From: \"dev Mailing List (on behalf of Ada Berg)\" " DEV
	         "Reply-To: ada@example.org",
	         "Ada Berg", "ada@example.org", false},
		{"From: \"dev (on behalf of ada@example.org)\" " DEV
	         "Reply-To: ada@example.org",
	         "ada", "ada@example.org", false},
		{"From: dev Mailing List <dev@lists.example.org> (on behalf of "
	         "Ada)\nX-Original-From: Ada Berg <ada@example.org>",
	         "Ada Berg", "ada@example.org", false},
		/* RFC 9057; patchwork's download */
		{"From: Ada Berg via dev " DEV "Author: Ada <ada@example.org>",
	         "Ada", "ada@example.org", false},
		{"From: Ada Berg via dev " DEV
	         "X-Patchwork-Submitter: Ada Berg <ada@example.org>",
	         "Ada Berg", "ada@example.org", false},
		/* b4 */
		{"From: Ada Berg via B4 Relay <devnull+ada.x@kernel.org>\n"
	         "X-Original-From: Ada Berg <ada@example.org>\n"
	         "Reply-To: ada@example.org",
	         "Ada Berg", "ada@example.org", false},
		{"From: Ada Berg via B4 Relay <devnull+ada.x@kernel.org>\n"
	         "Reply-To: ada@example.org",
	         "Ada Berg", "ada@example.org", false},
		/* nobody but the list is told */
		{"From: dev " DEV "Reply-To: dev@lists.example.org", "dev",
	         "dev@lists.example.org", false},
		/* a holiday is nobody's word */
		{"From: Ada Berg via dev " DEV
	         "Auto-Submitted: auto-replied\nReply-To: ada@example.org",
	         "Ada Berg", "ada@example.org", true},
		/* people's own names and wishes */
		{"From: Ada par Berg <ada@example.org>\nReply-To: x@example.net",
	         "Ada par Berg", "ada@example.org", false},
		{"From: \"Ada Berg (Jira)\" <ada@example.org>",
	         "Ada Berg (Jira)", "ada@example.org", false},
		{"From: Ada Berg via Phone <ada@example.org>", "Ada Berg",
	         "ada@example.org", false},
	};

	(void)state;
	test_relays(cases, sizeof cases / sizeof *cases);
}

/* Forums, forges, trackers: the address is a robot's, the name a person's. */
static void
test_services(void **state)
{
	static const struct relay_case cases[] = {
		/* Discourse */
		{"From: Ada Berg via Ring Forum <noreply@discuss.example.org>\n"
	         "Auto-Submitted: auto-generated\n"
	         "Reply-To: Ring Forum <incoming+aaa@discuss.example.org>",
	         "Ada Berg", "", false},
		{"From: Ada Berg via Forum <forum@discoursemail.com>\n"
	         "Reply-To: Ada via Forum <incoming+a@discoursemail.com>",
	         "Ada Berg", "", false},
		/* Nabble */
		{"From: \"Ada Berg [via Ring]\" <ml-node+s1n2@n3.nabble.com>",
	         "Ada Berg", "", false},
		/* GitHub */
		{"From: Ada Berg <notifications@github.com>\n"
	         "Reply-To: org/ring <reply+ABCDEFGHIJKLMNOPQRST@reply.github"
	         ".com>\nCc: Author <author@noreply.github.com>\n"
	         "List-Id: org/ring <ring.org.github.com>\n"
	         "X-GitHub-Sender: adab",
	         "Ada Berg", "", false},
		{"From: Ada Berg <notifications@github.com>", "Ada Berg", "",
	         false},
		{"From: adab <notifications@github.example.com>\n"
	         "X-GitHub-Sender: adab",
	         "adab", "", false},
		{"From: Ada Berg <notifications@github.com>\n"
	         "X-GitHub-Reason: ci_activity\nX-GitHub-Sender: adab",
	         "Ada Berg", "notifications@github.com", false},
		{"From: GitHub <noreply@github.com>", "GitHub",
	         "noreply@github.com", false},
		{"From: \"dependabot[bot]\" <notifications@github.com>",
	         "dependabot[bot]", "", false},
		/* Apache's copies of it */
		{"From: \"adab (via GitHub)\" <git@apache.org>\n"
	         "Reply-To: ring@apache.org",
	         "adab", "", false},
		/* Gitea, Forgejo */
		{"From: \"Ada Berg (@adab)\" <noreply@codeberg.org>\n"
	         "X-Gitea-Sender: adab",
	         "Ada Berg", "", false},
		{"From: Ada Berg <git@git.example.org>\nX-Forgejo-Sender: adab",
	         "Ada Berg", "", false},
		/* GitLab */
		{"From: \"Ada Berg (@adab)\" <gitlab@mg.gitlab.com>\n"
	         "Auto-Submitted: auto-generated\n"
	         "Reply-To: ring <incoming+abc@incoming.gitlab.com>",
	         "Ada Berg", "", false},
		{"From: \"Ada Berg (@adab)\" <noreply@salsa.debian.org>",
	         "Ada Berg", "", false},
		{"From: Ada Berg <gitlab@example.org>\nX-GitLab-Project: ring",
	         "Ada Berg", "", false},
		{"From: GitLab <gitlab@mg.gitlab.com>\n"
	         "X-GitLab-Pipeline-Id: 12\nAuto-Submitted: auto-generated",
	         "GitLab", "gitlab@mg.gitlab.com", true},
		/* Launchpad */
		{"From: Ada Berg <123456@bugs.launchpad.net>\n"
	         "Reply-To: Bug 123456 <123456@bugs.launchpad.net>",
	         "Ada Berg", "", false},
		{"From: Launchpad Bug Tracker <123456@bugs.launchpad.net>",
	         "Launchpad Bug Tracker", "123456@bugs.launchpad.net", false},
		/* Jira, Gerrit, Phabricator, sourcehut, Savannah, Roundup */
		{"From: \"Ada Berg (Jira)\" <jira@apache.org>\n"
	         "X-JIRA-FingerPrint: 30527f35",
	         "Ada Berg", "", false},
		{"From: \"Ada Berg (Code Review)\" <gerrit@example.org>\n"
	         "X-Gerrit-MessageType: comment",
	         "Ada Berg", "", false},
		{"From: Ada Berg via Phabricator via dev " DEV
	         "Reply-To: reviews+D1+public+0123456789abcdef@example.net, "
	         "Ada Berg via Phabricator <reviews@example.net>",
	         "Ada Berg", "", false},
		{"From: ~adab <outgoing@sr.ht>", "~adab", "", false},
		{"From: Ada Berg <INVALID.NOREPLY@gnu.org>", "Ada Berg", "",
	         false},
		{"From: Ada Berg <report@bugs.example.org>\n"
	         "X-Roundup-Name: ring",
	         "Ada Berg", "", false},
		{"From: \"Ada Berg (Google Docs)\" "
	         "<comments-noreply@docs.google.com>",
	         "Ada Berg", "", false},
		{"From: Ada Berg <noreply@sourceforge.net>", "Ada Berg", "",
	         false},
		/* a login, where there is no more */
		{"From: redmine@example.org\nX-Redmine-Sender: adab", "adab",
	         "", false},
		/* an unknown forge stays a robot */
		{"From: Forge <noreply@example.org>", "Forge",
	         "noreply@example.org", false},
	};

	(void)state;
	test_relays(cases, sizeof cases / sizeof *cases);
}

static void
test_author(void **state)
{
	static const char patch[] =
		"From: Bo <bo@example.net>\nSubject: [PATCH] a\n\n"
		"%s\n\nMake it larger.\n\n"
		"Signed-off-by: Ada Berg <ada@example.org>\n"
		"Signed-off-by: Bo <bo@example.net>\n\n%s---\n"
		" a | 2 +-\n\ndiff --git a/a b/a\n--- a/a\n+++ b/a\n"
		"@@ -1 +1 @@\n-x\n+y\n";
	static const struct {
		const char *line, *note, *name, *addr;
	} cases[] = {
		{"From: Ada Berg <ada@example.org>", "", "Ada Berg",
	         "ada@example.org"},
		{"From: =?utf-8?q?Ad=C3=A0_Berg?= <ada@example.org>", "",
	         "Adà Berg", "ada@example.org"},
		{"From: Ada Berg <ada@example.org>\nDate: Mon, 2 Mar 2026", "",
	         "Ada Berg", "ada@example.org"},
		{"From: Ada Berg <ada@example.org>", "I changed the title.\n\n",
	         "Ada Berg", "ada@example.org"},
		/* his own other address */
		{"From: Bo <Bo@Example.NET>", "", "Bo", "bo@example.net"},
		/* git took it from the mail of a list */
		{"From: Ada via dev <dev@lists.example.org>", "", "Bo",
	         "bo@example.net"},
		{"No header.", "", "Bo", "bo@example.net"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *text =
			x_asprintf(NULL, patch, cases[i].line, cases[i].note);
		struct nd_message *m = read_mail(text);

		assert_string_equal(m->author.name, cases[i].name);
		assert_string_equal(m->author.addr, cases[i].addr);
		assert_string_equal(m->sender.addr, "bo@example.net");
		for (size_t k = 0; k < m->body->line_count; k++) {
			size_t len;
			const char *line = nd_message_line(m->body, k, &len);

			if (nd_mem_starts(line, len, "Make it"))
				assert_string_equal(
					nd_message_speaker(m, k)->addr,
					cases[i].addr);
			if (nd_mem_starts(line, len, "I changed"))
				assert_string_equal(
					nd_message_speaker(m, k)->addr,
					"bo@example.net");
		}
		talloc_free(m);
		talloc_free(text);
	}
}

/* git send-email often knows no name of the sender. */
static void
test_author_names_sender(void **state)
{
	static const char diff[] = "\n\nx\n---\ndiff --git a/a b/a\n"
				   "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n+y\n";
	static const struct {
		const char *from, *inner, *name, *addr;
	} cases[] = {
		{"adaberg@example.org", "Ada Berg <adaberg@example.net>",
	         "Ada Berg", "adaberg@example.org"},
		{"Ada Berg via Relay <devnull+x@example.org>",
	         "Ada Berg <ada@example.org>", "Ada Berg", "ada@example.org"},
		{"bo@example.org", "Ada Berg <ada@example.net>", "",
	         "bo@example.org"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *text = x_asprintf(NULL, "From: %s\n\nFrom: %s%s",
		                        cases[i].from, cases[i].inner, diff);
		struct nd_message *m = read_mail(text);

		assert_string_equal(m->sender.name, cases[i].name);
		assert_string_equal(m->sender.addr, cases[i].addr);
		talloc_free(m);
		talloc_free(text);
	}
}

/* The words of a person in a tracker's mail, below what the tracker says. */
static void
test_comment(void **state)
{
	static const char automatic[] =
		"From: bugzilla-daemon@example.org\nAuto-Submitted: "
		"auto-generated\nX-Bugzilla-Type: changed\n\n";
	struct nd_message *m;
	char *text;

	(void)state;
	text = x_asprintf(NULL,
	                  "%shttps://bugs.example.org/1\n\nA. Nother "
	                  "<a@example.org> changed:\n\n  What |Removed\n\n"
	                  "--- Comment #2 from Ada Berg (ada@example.org) ---\n"
	                  "It fails.\n",
	                  automatic);
	m = read_mail(text);
	assert_string_equal(m->sender.name, "Ada Berg");
	assert_string_equal(m->sender.addr, "ada@example.org");
	assert_false(m->flags & ND_MESSAGE_AUTO);
	assert_int_equal(m->body->own_bytes, strlen("It fails."));
	talloc_free(m);
	talloc_free(text);
	/* no person says anything */
	text = x_asprintf(NULL, "%sAda Berg <ada@example.org> changed:\n",
	                  automatic);
	m = read_mail(text);
	assert_string_equal(m->sender.addr, "bugzilla-daemon@example.org");
	assert_true(m->flags & ND_MESSAGE_AUTO);
	talloc_free(m);
	talloc_free(text);
	/* a person who quotes a tracker */
	m = read_mail("From: Bo <bo@example.net>\n\n"
	              "--- Comment #2 from Ada Berg ---\nIt fails.\n");
	assert_string_equal(m->sender.addr, "bo@example.net");
	talloc_free(m);
}

static void
test_parts(void **state)
{
	static const struct {
		const char *type, *body, *own;
		unsigned flags;
		size_t attachments;
	} cases[] = {
		{"text/plain; charset=iso-8859-1", "\xe9\n", "é\n", 0, 0},
		{"text/plain; charset=utf-8\nContent-Transfer-Encoding: base64",
	         "w6kK\n", "é\n", 0, 0},
		{"text/plain; format=flowed", "a \nb\n", "a b\n",
	         ND_BODY_FLOWED, 0},
		{"text/html", "<p>a</p><script>b</script>", "a\n", ND_BODY_HTML,
	         0},
		{"multipart/alternative; boundary=x",
	         "--x\nContent-Type: text/plain\n\nplain\n"
	         "--x\nContent-Type: text/html\n\n<p>html\n--x--\n",
	         "plain\n", 0, 0},
		{"multipart/alternative; boundary=x",
	         "--x\nContent-Type: text/plain\n\n \n"
	         "--x\nContent-Type: text/html\n\n<p>html\n--x--\n",
	         "html\n", ND_BODY_HTML, 0},
		{"multipart/mixed; boundary=x",
	         "--x\n\none\n--x\nContent-Type: image/png; name=a.png\n\nzz\n"
	         "--x\nContent-Type: text/x-patch\nContent-Disposition: "
	         "attachment; filename=a.patch\n\n"
	         "From: A <a@example.org>\nSubject: b\n\nmessage\n---\n"
	         "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n"
	         "--x\nContent-Type: text/plain\nContent-Disposition: "
	         "attachment; filename=dmesg\n\nlog\n--x--\n",
	         "one\nmessage\n", ND_BODY_DIFF, 2},
		{"multipart/signed; boundary=x; "
	         "protocol=\"application/pgp-signature\"",
	         "--x\n\nwords\n--x\nContent-Type: "
	         "application/pgp-signature\n\nsig\n--x--\n",
	         "words\n", ND_BODY_SIGNED, 0},
		{"multipart/encrypted; boundary=x; "
	         "protocol=\"application/pgp-encrypted\"",
	         "--x\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n"
	         "--x\nContent-Type: application/octet-stream\n\nzz\n--x--\n",
	         "", ND_BODY_ENCRYPTED, 0},
		{"text/plain",
	         "-----BEGIN PGP MESSAGE-----\n\nzz\n-----END PGP MESSAGE-----\n",
	         "", ND_BODY_ENCRYPTED, 0},
		{"application/pkcs7-mime", "zz\n", "", ND_BODY_ENCRYPTED, 0},
		{"message/rfc822", "Subject: inner\n\nnot mine\n", "", 0, 1},
		{"message/rfc822", "", "", 0, 1},
		{"multipart/mixed; boundary=x",
	         "--x\n\nsee\n--x\nContent-Type: message/rfc822\n\n--x--\n",
	         "see\n", 0, 1},
		/* no boundary, or none that ends */
		{"multipart/mixed", "words\n", "words\n", 0, 0},
		{"multipart/mixed; boundary=x", "--x\n\nwords\n", "words\n", 0,
	         0},
		{"text/plain",
	         "\xe2\x80\xae"
	         "evil\x1b[2J\r\n",
	         "evil[2J\n", 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *text = x_asprintf(
			NULL, "MIME-Version: 1.0\nContent-Type: %s\n\n%s",
			cases[i].type, cases[i].body);
		struct nd_message *m = read_mail(text);

		assert_string_equal(own_text(m), cases[i].own);
		assert_int_equal(m->body->flags, cases[i].flags);
		assert_int_equal(m->body->attachment_count,
		                 cases[i].attachments);
		talloc_free(m);
		talloc_free(text);
	}
}

static void
test_attachment(void **state)
{
	struct nd_message *m =
		read_mail("MIME-Version: 1.0\nContent-Type: IMAGE/PNG\n"
	                  "Content-Disposition: attachment; filename=\"a\x1b"
	                  "b.png\"\n"
	                  "Content-Transfer-Encoding: base64\n\nAAAA\n");

	(void)state;
	assert_int_equal(m->body->attachment_count, 1);
	assert_string_equal(m->body->attachment[0].name, "ab.png");
	assert_string_equal(m->body->attachment[0].type, "image/png");
	assert_int_equal(m->body->attachment[0].bytes, 5);
	assert_true(m->body->unsafe_count == 0);
	talloc_free(m);
}

static void
test_deep_mime(void **state)
{
	struct nd_buf *text = nd_buf_new(NULL, 1u << 20);
	struct nd_message *m;

	(void)state;
	nd_buf_adds(text, "MIME-Version: 1.0\n");
	for (int i = 0; i < 500; i++)
		nd_buf_addf(text,
		            "Content-Type: multipart/mixed; boundary=b%d"
		            "\n\n--b%d\n",
		            i, i);
	nd_buf_adds(text, "\n\ndeep\n");
	m = read_mail(text->data);
	assert_true(m->body->flags & ND_BODY_CUT);
	assert_non_null(strstr(m->body->cut, "over 20 deep"));
	talloc_free(m);
	nd_buf_cut(text, 0);
	nd_buf_adds(text, "Content-Type: multipart/mixed; boundary=b\n\n");
	for (int i = 0; i < 2 * ND_LIMIT_MIME_PARTS; i++)
		nd_buf_adds(text, "--b\n\nx\n");
	m = read_mail(text->data);
	assert_true(m->body->flags & ND_BODY_CUT);
	assert_true(m->body->line_count > 0);
	talloc_free(m);
	talloc_free(text);
}

static void
test_large_mail(void **state)
{
	struct nd_message *m = read_mail("Subject: big\n\nwords\n");

	(void)state;
	TALLOC_FREE(m->body);
	assert_int_equal(truncate(m->file[0], (off_t)ND_LIMIT_MAIL_BYTES + 1),
	                 0);
	m->subject = "";
	assert_int_equal(nd_read_mail(m, NULL), ND_OK);
	assert_string_equal(m->subject, "big");
	assert_int_equal(m->body->flags, ND_BODY_CUT);
	assert_non_null(strstr(m->body->cut, "over 33554432 bytes"));
	assert_int_equal(m->body->line_count, 0);
	talloc_free(m);
}

static void
test_long_header(void **state)
{
	struct nd_buf *text = nd_buf_new(NULL, 1u << 20);
	struct nd_message *m;

	(void)state;
	nd_buf_adds(text, "Subject: x");
	for (int i = 0; i < 5000; i++)
		nd_buf_adds(text, "\xc3\xa9");
	nd_buf_adds(text, "\nTo: ");
	for (int i = 0; i < 2 * ND_LIMIT_ADDRESSES; i++)
		nd_buf_addf(text, "a%d@example.org,\n ", i);
	nd_buf_adds(text, "z@example.org\nReferences: ");
	for (int i = 0; i < 2 * ND_LIMIT_REFERENCES; i++)
		nd_buf_addf(text, "<r%d@x>\n ", i);
	nd_buf_adds(text, "\n\nwords\n");
	m = read_mail(text->data);
	assert_true(strlen(m->subject) <= ND_LIMIT_HEADER_BYTES);
	assert_null(strstr(m->subject, "\xef\xbf\xbd"));
	assert_int_equal(m->to.count, ND_LIMIT_ADDRESSES);
	assert_int_equal(m->reference_count, ND_LIMIT_REFERENCES);
	talloc_free(m);
	talloc_free(text);
}

static void
test_failures(void **state)
{
	struct nd_message *m = message_of("", 0);
	struct nd_error err;

	(void)state;
	assert_int_equal(nd_read_mail(m, &err), ND_ERR_PARSE);
	assert_string_equal(m->subject, "");
	assert_string_equal(m->from.addr, "");
	assert_null(m->body);
	m->file[0] = "/nonexistent/file";
	assert_int_equal(nd_read_mail(m, &err), ND_ERR_IO);
	assert_non_null(strstr(err.msg, "/nonexistent/file"));
	m->file[0] = "/dev/zero";
	assert_int_equal(nd_read_mail(m, &err), ND_ERR_IO);
	m->file_count = 0;
	assert_int_equal(nd_read_mail(m, &err), ND_ERR_IO);
	assert_false(m->flags & ND_MESSAGE_READ);
	talloc_free(m);
}

/* One copy is gone, the other is there. */
static void
test_second_copy(void **state)
{
	struct nd_message *m = message_of("Subject: x\n\n", 12);
	const char *there = m->file[0];

	(void)state;
	*x_append(m, m->file, m->file_count) = there;
	m->file[0] = "/nonexistent/file";
	assert_int_equal(nd_read_mail(m, NULL), ND_OK);
	assert_string_equal(m->subject, "x");
	talloc_free(m);
}

static void
test_message_id(void **state)
{
	static const struct {
		const char *mail, *id;
	} cases[] = {
		{"Message-ID: <a@b>\n\n", "a@b"},
		{"From x Mon Sep 17 00:00:00 2001\nmessage-id:\n <a@b>\n\n",
	         "a@b"},
		{"Message-ID: (c <x@y>) text < a b@c >\n\n", "ab@c"},
		{"Message-ID: bare@id\n\n", "bare@id"},
		{"Message-ID: <a+'/%$@b>\n\n", "a+'/%$@b"},
		{"Subject: x\n\n", NULL},
		{"Message-ID: \n\n", NULL},
		{"", NULL},
	};
	char *long_id = x_asprintf(NULL, "Message-ID: <%0300d@x>\n\n", 0);
	const char *id;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_error err;
		enum nd_status st;

		id = NULL;
		st = nd_read_message_id(long_id, cases[i].mail,
		                        strlen(cases[i].mail), &id, &err);
		assert_int_equal(st, cases[i].id ? ND_OK : ND_ERR_PARSE);
		if (cases[i].id)
			assert_string_equal(id, cases[i].id);
		else
			assert_null(id);
	}
	assert_int_equal(nd_read_message_id(long_id, long_id, strlen(long_id),
	                                    &id, NULL),
	                 ND_OK);
	assert_memory_equal(id, "notmuch-sha1-", 13);
	talloc_free(long_id);
}

static void
test_prune(void **state)
{
	static const struct {
		const char *mail, *want;
	} cases[] = {
		{"Received: a\n\tb\nFrom: c\nX-Foo: d\n e\n\nX-Foo: body\n",
	         "From: c\n\nX-Foo: body\n"},
		{"FROM: a\r\nX-Foo: b\r\n\r\nc", "FROM: a\r\n\r\nc"},
		{"Content-Type: a\nContents: b\nContent-: c\n\n",
	         "Content-Type: a\n\n"},
		{"X-Foo: a\nno header\nTo: a\n: b\n\n", "To: a\n: b\n\n"},
		{"From x Mon\nX-Foo: a", "From x Mon\n"},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *mail = x_strdup(NULL, cases[i].mail);
		size_t len = nd_source_prune(mail, strlen(mail));

		assert_int_equal(len, strlen(cases[i].want));
		assert_memory_equal(mail, cases[i].want, len);
		talloc_free(mail);
	}
}

/* Mails of many pieces: head, times × piece, tail. */
static char *
pieces(const void *ctx, const char *head, const char *piece, size_t times,
       const char *tail)
{
	struct nd_buf *text = nd_buf_new(ctx, 64u << 20);

	nd_buf_adds(text, head);
	for (size_t i = 0; i < times; i++)
		nd_buf_adds(text, piece);
	nd_buf_adds(text, tail);
	assert_false(text->full);
	return nd_buf_finish(ctx, text);
}

#define MIXED "Subject: s\nContent-Type: multipart/mixed; "

/* Each ceiling: at it nothing is said, one past it is told. */
static void
test_scan_limits(void **state)
{
	static const struct {
		const char *head, *piece;
		size_t times; /* the most that is allowed */
		const char *over;
	} cases[] = {
		{MIXED "boundary=z\n\n", "--z\n\n\n", ND_LIMIT_PARSE_PARTS,
	         "MIME parts"},
		{MIXED "boundary=\"z\"\n\n", "--z\r\n\r\n\r\n",
	         ND_LIMIT_PARSE_PARTS, "MIME parts"},
		{"Content-Type: multipart/digest; boundary=z\n\n",
	         "--z\n\n\n\n\n", ND_LIMIT_PARSE_PARTS / 2, "MIME parts"},
		{"Content-Type: message/rfc822\n\n",
	         "Content-Type: message/rfc822\n\n", ND_LIMIT_PARSE_PARTS - 1,
	         "MIME parts"},
		{MIXED "boundary=z\n\n--z\n", "A:\n", ND_LIMIT_PARSE_FIELDS - 2,
	         "header fields"},
		{"From: x\n", "no header\n", ND_LIMIT_PARSE_FIELDS - 1,
	         "header fields"},
		{"To: x", ",a", ND_LIMIT_PARSE_MARKS - 1, "addresses"},
		{"To: x", " a@b", ND_LIMIT_PARSE_MARKS - 1, "addresses"},
		{"Subject: ", "a", ND_LIMIT_PARSE_HEADER_BYTES - 9,
	         "bytes of headers"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *tmp = talloc_new(NULL);

		for (size_t more = 0; more < 2; more++) {
			char *mail = pieces(tmp, cases[i].head, cases[i].piece,
			                    cases[i].times + more, "");
			struct nd_source scan =
				nd_source_count(mail, strlen(mail));
			const char *over = nd_source_over(tmp, &scan);

			if (!!over != (more > 0) ||
			    (over && !strstr(over, cases[i].over)))
				fail_msg("case %zu, %zu more: %s", i, more,
				         over ? over : "nothing");
		}
		talloc_free(tmp);
	}
}

/* However a boundary is written, its parts are counted. */
static void
test_scan_boundaries(void **state)
{
	static const char *const heads[] = {
		"boundary*0=z",
		"boundary*=us-ascii''%7A",
		"boundary=\"=?utf-8?q?z?=\"",
		"\n boundary\n =\n \"z\"",
		"boundary=\"\\z\"",
		"boundary (a) = (b) z",
		"BOUNDARY=z; boundary=a",
	};

	(void)state;
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		void *tmp = talloc_new(NULL);
		char *head = x_asprintf(tmp, MIXED "%s\n\n", heads[i]);
		char *mail = pieces(tmp, head, "--z\n\n\n", 10, "");

		assert_int_equal(nd_source_count(mail, strlen(mail)).parts, 10);
		talloc_free(tmp);
	}
}

/* Words and diffs are not parts, however many lines begin with two dashes. */
static void
test_scan_plain(void **state)
{
	char *mail =
		pieces(NULL, MIXED "boundary=\"-=_ z\"\n\n---=_ z\nA: b\n\n",
	               "--- a/x\n-- \n--\nTo: a,b\n", 100, "---=_ z--");
	struct nd_source scan = nd_source_count(mail, strlen(mail));

	(void)state;
	assert_int_equal(scan.parts, 2);
	assert_int_equal(scan.fields, 3);
	talloc_free(mail);
	scan = nd_source_count("", 0);
	assert_int_equal(scan.parts, 0);
}

/* A mail that must not be parsed: what its header says is there. */
static void
test_over(void **state)
{
	char *head = pieces(NULL, "X: y\nTo: a@example.org", ", b@example.org",
	                    ND_LIMIT_PARSE_MARKS,
	                    "\nno header\nSubject: many\n"
	                    "From: Ann <ann@example.org>\n"
	                    "Content-Type: multipart/mixed; boundary=z\n"
	                    "Subject: 2\nSubject: 3\nSubject: 4\nSubject: 5\n"
	                    "\n--z\n\nwords\n");
	struct nd_message *m = read_mail(head);

	(void)state;
	assert_string_equal(m->subject, "many");
	assert_string_equal(m->from.addr, "ann@example.org");
	assert_true(m->to.count > 100);
	assert_int_equal(m->body->flags, ND_BODY_CUT);
	assert_int_equal(m->body->line_count, 0);
	assert_non_null(strstr(m->body->cut, "addresses"));
	assert_non_null(strstr(m->body->cut, "only its header was read"));
	talloc_free(m);
	talloc_free(head);
}

static void
test_prune_to_facts(void **state)
{
	char *mail = pieces(NULL, "Received: a\nTo: a", "\n\tb",
	                    ND_LIMIT_PRUNED_FIELD_BYTES,
	                    "\nTo: 2\nto: 3\n x\nTO: 4\nTo: 5\n y\nno\n"
	                    "Subject: s\n\nbody\n");
	size_t len = nd_source_prune_to_facts(mail, strlen(mail));
	static const char end[] = "\nTo: 2\nto: 3\n x\nTO: 4\nSubject: s\n";

	(void)state;
	assert_true(len <= ND_LIMIT_PRUNED_FIELD_BYTES + sizeof end);
	assert_true(len > ND_LIMIT_PRUNED_FIELD_BYTES);
	assert_memory_equal(mail, "To: a\n\tb\n", 9);
	assert_memory_equal(mail + len - (sizeof end - 1), end, sizeof end - 1);
	talloc_free(mail);
}

static int
init(void **state)
{
	(void)state;
	nd_read_init();
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_no_headers),
		cmocka_unit_test(test_date_of_the_database_stays),
		cmocka_unit_test(test_from),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_services),
		cmocka_unit_test(test_author),
		cmocka_unit_test(test_author_names_sender),
		cmocka_unit_test(test_comment),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_attachment),
		cmocka_unit_test(test_deep_mime),
		cmocka_unit_test(test_large_mail),
		cmocka_unit_test(test_long_header),
		cmocka_unit_test(test_failures),
		cmocka_unit_test(test_second_copy),
		cmocka_unit_test(test_message_id),
		cmocka_unit_test(test_prune),
		cmocka_unit_test(test_scan_limits),
		cmocka_unit_test(test_scan_boundaries),
		cmocka_unit_test(test_scan_plain),
		cmocka_unit_test(test_over),
		cmocka_unit_test(test_prune_to_facts),
	};

	return cmocka_run_group_tests(tests, init, NULL);
}
