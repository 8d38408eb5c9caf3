/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cage/worker.h"

#include <malloc.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "cage/fdpass.h"
#include "cage/filter.h"
#include "util/alloc.h"
#include "util/limits.h"

/* Memory is given back as soon as it is free from this size on. */
enum { MAP_BYTES = 128 << 10, TRIM_BYTES = 1 << 20 };

enum { FLUSH_BYTES = 64 << 10, KEPT_BYTES = 256 << 10 };

static struct {
	bool here;
	size_t want_count; /* of the item in hand */
	char want[ND_LIMIT_CAGE_WORDS][ND_LIMIT_CAGE_WORD_BYTES];
} worker;

bool
nd_worker_is_here(void)
{
	return worker.here;
}

void
nd_worker_want(const char *word)
{
	size_t len = strlen(word);

	if (len >= ND_LIMIT_CAGE_WORD_BYTES ||
	    worker.want_count >= ND_LIMIT_CAGE_WORDS)
		return;
	for (size_t i = 0; i < worker.want_count; i++)
		if (strcmp(worker.want[i], word) == 0)
			return;
	memcpy(worker.want[worker.want_count++], word, len + 1);
}

/* Append the head of an answer; where it is. */
static size_t
begin_answer(struct nd_buf *out)
{
	const struct nd_worker_answer head = {0, 0};
	size_t at = out->len;

	nd_buf_add(out, (const char *)&head, sizeof head);
	return at;
}

/* All behind the head is the answer. */
static void
end_answer(struct nd_buf *out, size_t at, enum nd_worker_word word)
{
	struct nd_worker_answer head = {word, 0};

	head.bytes = (uint32_t)(out->len - at - sizeof head);
	memcpy(out->data + at, &head, sizeof head);
}

static bool
flush(int sock, struct nd_buf *out)
{
	return out->len == 0 ||
	       nd_fdpass_send(sock, out->data, out->len, NULL, 0);
}

static bool
say(int sock, enum nd_worker_word word, const char *text)
{
	struct nd_buf *out = nd_buf_new(NULL, ND_BUF_BYTES_MAX);
	size_t at = begin_answer(out);
	bool sent;

	nd_buf_adds(out, text);
	end_answer(out, at, word);
	sent = flush(sock, out);
	talloc_free(out);
	return sent;
}

/* False when there is no more to do for this process. */
static bool
do_item(nd_cage_work_fn *work, const struct nd_cage_request *request, bool last,
        struct nd_buf *out)
{
	size_t at = begin_answer(out);

	worker.want_count = 0;
	work(request, out);
	/* What is no answer is not taken for one. */
	if (out->full)
		nd_buf_cut(out, at + sizeof(struct nd_worker_answer));
	if (worker.want_count == 0 || last) {
		end_answer(out, at, ND_WORKER_DONE);
		return !out->full;
	}
	nd_buf_cut(out, at + sizeof(struct nd_worker_answer));
	for (size_t i = 0; i < worker.want_count; i++)
		nd_buf_add(out, worker.want[i], strlen(worker.want[i]) + 1);
	end_answer(out, at, ND_WORKER_WANTS);
	/* Others may know them: only a new process will. */
	return false;
}

/* Empty, and in no more memory than most answers take. */
static struct nd_buf *
renew(struct nd_buf *out)
{
	if (out && out->size <= KEPT_BYTES) {
		nd_buf_cut(out, 0);
		return out;
	}
	talloc_free(out);
	return nd_buf_new(NULL, ND_LIMIT_CAGE_ANSWER_BYTES);
}

/*
 * All items of a message; the sender is ours, and what it says is so. Answers
 * are sent together where they are short. Of its files some may not have come:
 * an item that lacks one is not done.
 */
static bool
do_batch(int sock, const struct nd_worker_batch *batch, const int *fd,
         size_t fd_count)
{
	char *bytes = x_array(NULL, char, batch->bytes), *at = bytes;
	static struct nd_buf *out;
	bool going =
		nd_fdpass_receive(sock, bytes, batch->bytes, NULL, 0, NULL);

	out = renew(out);
	for (size_t i = 0; going && i < batch->item_count; i++) {
		struct nd_worker_item item;
		struct nd_cage_request request;

		memcpy(&item, at, sizeof item);
		request = (struct nd_cage_request){at + sizeof item, item.bytes,
		                                   fd, item.fd_count};
		going = item.fd_count <= fd_count &&
		        do_item(batch->work, &request, item.last != 0, out);
		for (size_t k = 0; going && k < item.fd_count; k++)
			close(*fd++);
		fd_count -= going ? item.fd_count : 0;
		at += sizeof item + item.bytes;
		if (out->len > FLUSH_BYTES) {
			going = flush(sock, out) && going;
			out = renew(out);
		}
	}
	going = flush(sock, out) && going;
	talloc_free(bytes);
	return going;
}

void
nd_worker_run(int sock, const struct nd_cage_room *room)
{
	struct nd_worker_batch batch;
	int fd[ND_FDPASS_MAX];
	size_t fd_count;
	const char *why;

	worker.here = true;
	prctl(PR_SET_NAME, "digest-reader", 0, 0, 0);
	mallopt(M_MMAP_THRESHOLD, MAP_BYTES);
	mallopt(M_TRIM_THRESHOLD, TRIM_BYTES);
	why = nd_filter_lock(room);
	if (why) {
		say(sock, ND_WORKER_REFUSED, why);
		_exit(1);
	}
	if (!say(sock, ND_WORKER_READY, ""))
		_exit(0);
	while (nd_fdpass_receive(sock, &batch, sizeof batch, fd, ND_FDPASS_MAX,
	                         &fd_count) &&
	       do_batch(sock, &batch, fd, fd_count))
		;
	/* Not exit(): what is registered for it is the program's. */
	_exit(0);
}
