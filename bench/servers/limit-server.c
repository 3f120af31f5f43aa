/* The limit: what fan-out over TCP can cost at least. One thread, no HTTP library, one write() of one shared buffer a socket.
 *
 *   gcc -O2 -o limit-server limit-server.c ; ./limit-server 0
 *
 * Prints "listening PORT". GET /events subscribes (the body ends with the connection). POST /go?events=M&rate=R&size=B&burst=K
 * sends M events of B bytes, R a second (0: as fast as possible), K of them in each write. It never gives up on a reader: it
 * waits for full sockets, so it can't be compared with stalled readers. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MOST 20000

static int readers[MOST], reader_count, epoll;

static const char stream_head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
static const char accepted[] = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

static uint64_t clock_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + t.tv_nsec;
}

static void send_whole(int fd, const char *bytes, size_t length) {
  while (length) {
    ssize_t sent = write(fd, bytes, length);
    if (sent < 0 && errno != EAGAIN) return; /* the reader is gone: its read event tells */
    if (sent < 0) poll(&(struct pollfd){fd, POLLOUT, 0}, 1, 1000);
    else bytes += sent, length -= sent;
  }
}

static size_t frame(char *out, long index, long size) {
  size_t prefix = sprintf(out, "event: msg\ndata: "), n = prefix;
  n += sprintf(out + n, "t=%lu;<div id=\"row-%ld\" class=\"row\">", clock_ns(), index);
  long padding = size - 6 - (long)(n - prefix);
  if (padding > 0) memset(out + n, 'x', padding), n += padding;
  return n + sprintf(out + n, "</div>\n\n");
}

static long number(const char *request, const char *name, long otherwise) {
  const char *found = strstr(request, name);
  return found ? atol(found + strlen(name)) : otherwise;
}

static void wait_until(uint64_t due) {
  struct timespec t = {due / 1000000000u, due % 1000000000u};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR);
}

static void broadcast(const char *request) {
  long events = number(request, "events=", 1), rate = number(request, "rate=", 0);
  long size = number(request, "size=", 200), burst = number(request, "burst=", 1);
  char *buffer = malloc((size + 128) * burst);
  uint64_t start = clock_ns();
  for (long index = 0; buffer && index < events;) {
    if (rate) wait_until(start + (uint64_t)(index * 1e9 / rate));
    size_t length = 0;
    for (long i = 0; i < burst && index < events; i++) length += frame(buffer + length, index++, size);
    for (int i = 0; i < reader_count; i++) send_whole(readers[i], buffer, length);
  }
  free(buffer);
}

static void forget(int fd) {
  for (int i = 0; i < reader_count; i++)
    if (readers[i] == fd) { readers[i] = readers[--reader_count]; break; }
  close(fd);
}

static void serve(int fd) {
  char request[4096];
  ssize_t length = read(fd, request, sizeof request - 1);
  if (length <= 0) { forget(fd); return; }
  request[length] = 0;
  if (!strncmp(request, "GET", 3) && reader_count < MOST) {
    readers[reader_count++] = fd;
    send_whole(fd, stream_head, sizeof stream_head - 1);
  } else {
    send_whole(fd, accepted, sizeof accepted - 1);
    broadcast(request);
  }
}

static void accept_all(int listener) {
  for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
    struct epoll_event event = {EPOLLIN, {.fd = fd}};
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
  }
}

static int listen_on(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
  if (bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 4096)) { perror("listen"); exit(1); }
  getsockname(fd, (struct sockaddr *)&address, &(socklen_t){sizeof address});
  printf("listening %d\n", ntohs(address.sin_port));
  fflush(stdout);
  return fd;
}

int main(int count, char **arguments) {
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  signal(SIGPIPE, SIG_IGN);
  epoll = epoll_create1(0);
  int listener = listen_on(count > 1 ? atoi(arguments[1]) : 0);
  struct epoll_event event = {EPOLLIN, {.fd = listener}}, ready[256];
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
  for (;;) {
    int news = epoll_wait(epoll, ready, 256, -1);
    for (int i = 0; i < news; i++) {
      if (ready[i].data.fd == listener) accept_all(listener);
      else serve(ready[i].data.fd);
    }
  }
}
