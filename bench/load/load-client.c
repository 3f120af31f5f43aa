/* The load client: opens many Server-Sent Event streams over loopback, fires one trigger, times what arrives.
 *
 *   gcc -O2 -o load-client load-client.c
 *   ./load-client port=3000 connections=1000 events=500 'trigger=/go?events=500' pid=4711
 *
 * One thread, one epoll set. All arguments are name=value; it prints one JSON object and ends.
 *   port, path (/events)     where the streams are
 *   connections, events      how many streams, how many stamped events each should receive
 *   trigger                  path that is POSTed once every stream has its head and `settle` seconds have passed
 *   header                   an additional request header, "Name: value"
 *   settle (0.3), limit (60), quiet (5)
 *                            seconds before the trigger; of the whole run; without an event after which the rest counts as lost
 *   latency=1                record the delay of each delivery
 *   stalled                  how many streams stop reading at the trigger for good
 *   nap                      microseconds of sleep between reads, so that one read takes many events and this client
 *                            stays cheap when measuring what the server can send (not together with latency)
 *   pid                      the server's process: its CPU time and resident memory are reported
 *
 * An event counts when its data holds "t=<CLOCK_MONOTONIC ns>;" within the first 200 bytes of a line; other events with
 * data (a greeting, a ping) are reported separately. Chunked and close-delimited bodies, LF and CRLF are supported;
 * compressed bodies aren't (the Node client reads them).
 * `perSecond` counts from the trigger to the last event, so that a server gains nothing by working long before its
 * first byte. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define AT_ONCE 128       /* connections being opened at the same time */
#define STAMP_WITHIN 200  /* bytes of a line in which the stamp must stand */
#define READ_SIZE (256 << 10)

typedef struct {
  enum { CONNECTING, HEAD, SIZE_LINE, CHUNK, AFTER_CHUNK, PLAIN, GONE } phase;
  enum { WANT_T, WANT_EQUALS, WANT_DIGITS, FOUND } stamp;
  int fd;
  bool stalled, has_data, wants_stamp;
  uint16_t column;          /* bytes of the current line seen so far, 0 at its start; saturates */
  uint32_t events;
  uint64_t chunk_left, stamp_ns;
  char *head;               /* only while the response head is read */
  uint16_t head_length;
} Stream;

static struct {
  int port, connections, stalled, pid, nap;
  uint32_t events;
  bool latency;
  double settle, limit, quiet;
  const char *path, *trigger, *header;
} option = {.port = 3000, .connections = 1, .settle = 0.3, .limit = 60, .quiet = 5, .path = "/events", .trigger = "", .header = ""};

static Stream *streams;
static int epoll, heads, refused, finished, closed_early, stalled_closed;
static uint64_t now, deliveries, stalled_deliveries, others, bytes, first_at, last_at;
static uint32_t *delays;
static size_t delay_count, delay_room;
static struct sockaddr_in server;

static uint64_t clock_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + t.tv_nsec;
}

static void fail(const char *what) {
  perror(what);
  exit(2);
}

/* ---- what the machine says about a process ---- */

static uint64_t cpu_ns_of(int pid) {
  char name[300];
  uint64_t sum = 0, ns;
  snprintf(name, sizeof name, "/proc/%d/task", pid);
  DIR *tasks = pid ? opendir(name) : NULL;
  if (!tasks) return 0;
  for (struct dirent *task; (task = readdir(tasks));) {
    if (task->d_name[0] == '.') continue;
    snprintf(name, sizeof name, "/proc/%d/task/%.20s/schedstat", pid, task->d_name);
    FILE *file = fopen(name, "r");
    if (!file) continue;
    if (fscanf(file, "%lu", &ns) == 1) sum += ns;
    fclose(file);
  }
  closedir(tasks);
  return sum;
}

static long resident_kb(int pid) {
  char name[64];
  long size, resident = 0;
  snprintf(name, sizeof name, "/proc/%d/statm", pid);
  FILE *file = pid ? fopen(name, "r") : NULL;
  if (!file) return 0;
  if (fscanf(file, "%ld %ld", &size, &resident) != 2) resident = 0;
  fclose(file);
  return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static double machine_busy_s(void) {
  unsigned long user, nice, system, idle, wait, irq, soft;
  FILE *file = fopen("/proc/stat", "r");
  if (!file) return 0;
  int got = fscanf(file, "cpu %lu %lu %lu %lu %lu %lu %lu", &user, &nice, &system, &idle, &wait, &irq, &soft);
  fclose(file);
  return got == 7 ? (double)(user + nice + system + irq + soft) / sysconf(_SC_CLK_TCK) : 0;
}

static double own_cpu_s(void) {
  struct rusage use;
  getrusage(RUSAGE_SELF, &use);
  return use.ru_utime.tv_sec + use.ru_stime.tv_sec + (use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

/* ---- the event stream: lines, stamps, blank lines ---- */

static void note_delay(uint64_t ns) {
  if (delay_count == delay_room) {
    delay_room = delay_room ? delay_room * 2 : 1 << 16;
    if (!(delays = realloc(delays, delay_room * sizeof *delays))) fail("memory");
  }
  delays[delay_count++] = ns / 1000 > UINT32_MAX ? UINT32_MAX : (uint32_t)(ns / 1000);
}

static void dispatch(Stream *s) {
  if (s->stamp != FOUND) {
    others++;
  } else if (s->stalled) {
    s->events++;
    stalled_deliveries++;
  } else {
    if (!first_at) first_at = now;
    last_at = now;
    deliveries++;
    if (option.latency && s->stamp_ns <= now) note_delay(now - s->stamp_ns);
    if (++s->events == option.events) finished++;
  }
  s->has_data = false;
  s->stamp = WANT_T;
}

static void seek_stamp(Stream *s, char byte) {
  if (s->stamp == WANT_DIGITS && byte >= '0' && byte <= '9') s->stamp_ns = s->stamp_ns * 10 + (byte - '0');
  else if (s->stamp == WANT_DIGITS && byte == ';' && s->stamp_ns) s->stamp = FOUND;
  else if (s->stamp == WANT_EQUALS && byte == '=') s->stamp = WANT_DIGITS, s->stamp_ns = 0;
  else s->stamp = byte == 't' ? WANT_EQUALS : WANT_T;
}

/* The usual line, "data: t=<digits>;", whole within this read: ten times cheaper than byte by byte. */
static bool read_plain_stamp(Stream *s, const char *p, const char *end) {
  static const char usual[] = "data: t=";
  if (end - p < STAMP_WITHIN || memcmp(p, usual, sizeof usual - 1)) return false;
  uint64_t ns = 0;
  for (p += sizeof usual - 1; p < end && *p >= '0' && *p <= '9'; p++) ns = ns * 10 + (*p - '0');
  if (p == end || *p != ';' || !ns) return false;
  s->stamp = FOUND;
  s->stamp_ns = ns;
  return true;
}

static void read_events(Stream *s, const char *p, const char *end) {
  while (p < end) {
    if (s->column == 0) {
      if (*p == '\n' || *p == '\r') {
        if (*p++ == '\n' && s->has_data) dispatch(s);
        continue;
      }
      s->wants_stamp = *p == 'd';
      if (s->wants_stamp) s->has_data = true;
      if (s->wants_stamp && read_plain_stamp(s, p, end)) s->wants_stamp = false;
    }
    for (; s->wants_stamp && p < end && *p != '\n'; p++) {
      seek_stamp(s, *p);
      s->wants_stamp = s->stamp != FOUND && ++s->column < STAMP_WITHIN;
    }
    const char *newline = memchr(p, '\n', end - p);
    s->column = newline ? 0 : s->column | 1;
    p = newline ? newline + 1 : end;
  }
}

/* ---- HTTP around it ---- */

static void leave(Stream *s) {
  if (s->phase == GONE) return;
  if (s->stalled) stalled_closed++;
  else if (s->events < option.events) closed_early++;
  s->phase = GONE;
  close(s->fd);
}

static const char *read_head(Stream *s, const char *p, const char *end) {
  enum { ROOM = 8192 };
  if (!s->head && !(s->head = malloc(ROOM))) fail("memory");
  while (p < end && s->head_length < ROOM - 1) {
    s->head[s->head_length++] = *p++;
    if (s->head_length < 4 || memcmp(s->head + s->head_length - 4, "\r\n\r\n", 4)) continue;
    s->head[s->head_length] = 0;
    if (strncmp(s->head + 8, " 200", 4)) refused++;
    s->phase = strcasestr(s->head, "transfer-encoding: chunked") ? SIZE_LINE : PLAIN;
    free(s->head);
    s->head = NULL;
    heads++;
    return p;
  }
  return p;
}

static const char *read_size(Stream *s, const char *p, const char *end) {
  while (p < end) {
    char byte = *p++;
    if (byte == '\n') {
      if (s->chunk_left) s->phase = CHUNK;
      else leave(s);
      return p;
    }
    int digit = byte >= '0' && byte <= '9' ? byte - '0' : (byte | 32) >= 'a' && (byte | 32) <= 'f' ? (byte | 32) - 'a' + 10 : -1;
    if (digit >= 0) s->chunk_left = s->chunk_left * 16 + digit;
  }
  return p;
}

static const char *read_chunk(Stream *s, const char *p, const char *end) {
  uint64_t here = (uint64_t)(end - p) < s->chunk_left ? (uint64_t)(end - p) : s->chunk_left;
  read_events(s, p, p + here);
  s->chunk_left -= here;
  if (!s->chunk_left) s->phase = AFTER_CHUNK;
  return p + here;
}

static void take(Stream *s, const char *p, const char *end) {
  while (p < end) {
    if (s->phase == HEAD) p = read_head(s, p, end);
    else if (s->phase == SIZE_LINE) p = read_size(s, p, end);
    else if (s->phase == CHUNK) p = read_chunk(s, p, end);
    else if (s->phase == AFTER_CHUNK) s->phase = *p++ == '\n' ? SIZE_LINE : AFTER_CHUNK;
    else if (s->phase == PLAIN) read_events(s, p, end), p = end;
    else return;
  }
}

static void watch(Stream *s, int action, uint32_t what) {
  struct epoll_event event = {what, {.ptr = s}};
  if (epoll_ctl(epoll, action, s->fd, &event)) fail("epoll_ctl");
}

static void request(Stream *s) {
  int error = 0;
  char text[2048];
  getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &error, &(socklen_t){sizeof error});
  if (error) errno = error, fail("connect");
  int length = snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nAccept: text/event-stream\r\n%s%s\r\n",
                        option.path, option.port, option.header, *option.header ? "\r\n" : "");
  if (write(s->fd, text, length) != length) fail("request");
  s->phase = HEAD;
  watch(s, EPOLL_CTL_MOD, EPOLLIN);
}

static void open_stream(Stream *s) {
  s->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (s->fd < 0) fail("socket");
  if (s->stalled) setsockopt(s->fd, SOL_SOCKET, SO_RCVBUF, &(int){4096}, sizeof(int));
  if (connect(s->fd, (struct sockaddr *)&server, sizeof server) && errno != EINPROGRESS) fail("connect");
  watch(s, EPOLL_CTL_ADD, EPOLLOUT);
}

/* Waits at most `ms` for news and takes it all in. */
static int turn(int ms) {
  static char buffer[READ_SIZE];
  struct epoll_event ready[1024];
  int count = epoll_wait(epoll, ready, 1024, ms);
  now = clock_ns();
  for (int i = 0; i < count; i++) {
    Stream *s = ready[i].data.ptr;
    if (s->phase == CONNECTING) { request(s); continue; }
    ssize_t length = recv(s->fd, buffer, sizeof buffer, 0);
    if (length < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (length <= 0) { leave(s); continue; }
    if (option.latency) now = clock_ns();
    bytes += length;
    take(s, buffer, buffer + length);
  }
  return count;
}

static void fire(const char *path) {
  char text[1024];
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  int length = snprintf(text, sizeof text, "POST %s HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", path, option.port);
  if (connect(fd, (struct sockaddr *)&server, sizeof server) || write(fd, text, length) != length) fail("trigger");
  /* Nobody needs the answer; the socket lives as long as this process. */
}

static void set_option(char *text) {
  char *value = strchr(text, '=');
  if (!value) value = "";
  else *value++ = 0;
  if (!strcmp(text, "port")) option.port = atoi(value);
  else if (!strcmp(text, "path")) option.path = value;
  else if (!strcmp(text, "connections")) option.connections = atoi(value);
  else if (!strcmp(text, "events")) option.events = strtoul(value, NULL, 10);
  else if (!strcmp(text, "trigger")) option.trigger = value;
  else if (!strcmp(text, "header")) option.header = value;
  else if (!strcmp(text, "settle")) option.settle = atof(value);
  else if (!strcmp(text, "limit")) option.limit = atof(value);
  else if (!strcmp(text, "quiet")) option.quiet = atof(value);
  else if (!strcmp(text, "latency")) option.latency = atoi(value);
  else if (!strcmp(text, "stalled")) option.stalled = atoi(value);
  else if (!strcmp(text, "nap")) option.nap = atoi(value);
  else if (!strcmp(text, "pid")) option.pid = atoi(value);
  else { fprintf(stderr, "unknown option %s: see the head of load-client.c\n", text); exit(2); }
}

static int ascending(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

static double delay_ms(double part) {
  return delay_count ? delays[(size_t)(part * (delay_count - 1))] / 1e3 : 0;
}

static uint64_t after(double seconds) { return clock_ns() + (uint64_t)(seconds * 1e9); }

static void connect_all(uint64_t deadline) {
  for (int opened = 0; heads < option.connections && now < deadline;) {
    while (opened < option.connections && opened - heads < AT_ONCE) open_stream(&streams[opened++]);
    turn(100);
  }
}

int main(int count, char **arguments) {
  struct rlimit files;
  for (int i = 1; i < count; i++) set_option(arguments[i]);
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  signal(SIGPIPE, SIG_IGN);
  server = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(option.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  epoll = epoll_create1(0);
  streams = calloc(option.connections, sizeof *streams);
  if (!streams) fail("memory");
  for (int i = 0; i < option.stalled && i < option.connections; i++) streams[i].stalled = true;

  long before_kb = resident_kb(option.pid);
  uint64_t started = now = clock_ns(), deadline = after(option.limit);
  connect_all(deadline);
  double connect_s = (clock_ns() - started) / 1e9;
  for (uint64_t until = after(option.settle); clock_ns() < until;) turn(20);

  long connected_kb = resident_kb(option.pid), peak_kb = connected_kb;
  uint64_t greeting = bytes, cpu = cpu_ns_of(option.pid);
  double own = own_cpu_s(), machine = machine_busy_s();
  deliveries = others = 0;
  for (int i = 0; i < option.connections; i++)
    if (streams[i].stalled && streams[i].phase != GONE) epoll_ctl(epoll, EPOLL_CTL_DEL, streams[i].fd, NULL);
  uint64_t fired = clock_ns(), sampled = fired;
  if (*option.trigger) fire(option.trigger);

  int readers = option.connections - option.stalled;
  uint64_t quiet = (uint64_t)(option.quiet * 1e9);
  while (*option.trigger && finished + closed_early < readers) {
    int ready = turn(20);
    if (now > deadline || now - (last_at ? last_at : fired) > quiet) break;
    if (option.nap && ready < 1024) usleep(option.nap);
    if (now - sampled < 100000000u) continue;
    sampled = now;
    long kb = resident_kb(option.pid);
    if (kb > peak_kb) peak_kb = kb;
  }

  double server_s = (cpu_ns_of(option.pid) - cpu) / 1e9, seconds = last_at > fired ? (last_at - fired) / 1e9 : 0;
  own = own_cpu_s() - own;
  double other_s = machine_busy_s() - machine - own - server_s;
  long end_kb = resident_kb(option.pid);
  if (delays) qsort(delays, delay_count, sizeof *delays, ascending);
  printf("{\"connected\":%d,\"refused\":%d,\"closedEarly\":%d,\"connectSeconds\":%.3f,", heads, refused, closed_early, connect_s);
  printf("\"deliveries\":%lu,\"lost\":%ld,\"otherEvents\":%lu,\"bytes\":%lu,", deliveries,
         (long)((uint64_t)option.events * readers - deliveries), others, bytes - greeting);
  printf("\"seconds\":%.4f,\"firstSeconds\":%.4f,\"perSecond\":%.0f,", seconds, first_at ? (first_at - fired) / 1e9 : 0,
         seconds > 0 ? deliveries / seconds : 0);
  printf("\"p50Ms\":%.3f,\"p99Ms\":%.3f,\"maxMs\":%.3f,", delay_ms(0.5), delay_ms(0.99), delay_ms(1));
  printf("\"clientCpuSeconds\":%.3f,\"serverCpuSeconds\":%.4f,\"otherCpuSeconds\":%.2f,", own, server_s, other_s);
  printf("\"beforeKb\":%ld,\"connectedKb\":%ld,\"peakKb\":%ld,\"endKb\":%ld,", before_kb, connected_kb, peak_kb > end_kb ? peak_kb : end_kb, end_kb);
  printf("\"stalledDeliveries\":%lu,\"stalledClosed\":%d}\n", stalled_deliveries, stalled_closed);
  return 0;
}
