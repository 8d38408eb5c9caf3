/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cage/fdpass.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

/* Room for the files of one message, aligned as their header wants it. */
union control {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(sizeof(int) * ND_FDPASS_MAX)];
};

bool
nd_fdpass_pair(int ends[2])
{
	return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0;
}

void
nd_fdpass_end(int sock)
{
	shutdown(sock, SHUT_RDWR);
	close(sock);
}

bool
nd_fdpass_send(int sock, const void *bytes, size_t len, const int *fd,
               size_t count)
{
	union control control;
	const char *from = bytes;

	if (count > ND_FDPASS_MAX)
		return false;
	while (len > 0) {
		struct iovec data = {(void *)(uintptr_t)from, len};
		struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1};
		ssize_t sent;

		if (count > 0) {
			memset(&control, 0, sizeof control);
			control.header.cmsg_level = SOL_SOCKET;
			control.header.cmsg_type = SCM_RIGHTS;
			control.header.cmsg_len = CMSG_LEN(sizeof(int) * count);
			memcpy(CMSG_DATA(&control.header), fd,
			       sizeof(int) * count);
			message.msg_control = &control;
			message.msg_controllen =
				CMSG_SPACE(sizeof(int) * count);
		}
		sent = sendmsg(sock, &message, MSG_NOSIGNAL);
		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return false;
		from += sent;
		len -= (size_t)sent;
		count = 0;
	}
	return true;
}

static void
close_all(const int *fd, size_t count)
{
	for (size_t i = 0; i < count; i++)
		close(fd[i]);
}

/* Take over the files of a message; more than there is room for are closed. */
static void
take_files(struct msghdr *message, int *fd, size_t max, size_t *count)
{
	struct cmsghdr *header = CMSG_FIRSTHDR(message);

	for (; header; header = CMSG_NXTHDR(message, header)) {
		size_t given = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);

		if (header->cmsg_level != SOL_SOCKET ||
		    header->cmsg_type != SCM_RIGHTS)
			continue;
		for (size_t i = 0; i < given; i++) {
			int one;

			memcpy(&one, CMSG_DATA(header) + i * sizeof one,
			       sizeof one);
			if (*count < max)
				fd[(*count)++] = one;
			else
				close(one);
		}
	}
}

bool
nd_fdpass_receive(int sock, void *bytes, size_t len, int *fd, size_t max,
                  size_t *count)
{
	union control control;
	size_t taken = 0;
	char *to = bytes;

	while (len > 0) {
		struct iovec data = {to, len};
		struct msghdr message = {.msg_iov = &data,
		                         .msg_iovlen = 1,
		                         .msg_control = &control,
		                         .msg_controllen = sizeof control};
		ssize_t got = recvmsg(sock, &message, MSG_CMSG_CLOEXEC);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			int error = got == 0 ? 0 : errno;

			close_all(fd, taken);
			errno = error;
			return false;
		}
		take_files(&message, fd, max, &taken);
		to += got;
		len -= (size_t)got;
	}
	if (count)
		*count = taken;
	return true;
}
