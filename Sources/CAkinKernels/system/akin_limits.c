#define _GNU_SOURCE
#define _DARWIN_C_SOURCE

#include "akin_limits.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/// The fields of /proc/self/statm in bytes: all mapped memory, and data with stacks. Signal-safe. Returns 0 when there is no such file.
static int memory_in_use(uint64_t *all, uint64_t *data) {
    char text[256];
    int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    ssize_t length = read(file, text, sizeof text);
    close(file);
    if (length <= 0) return 0;
    uint64_t fields[7] = {0};
    int field = 0;
    for (ssize_t place = 0; place < length && field < 7; place += 1) {
        if (text[place] >= '0' && text[place] <= '9') fields[field] = fields[field] * 10 + (uint64_t)(text[place] - '0');
        if (text[place] == ' ') field += 1;
    }
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    *all = fields[0] * page;
    *data = fields[5] * page;
    return 1;
}

static uint64_t below(uint64_t limit, uint64_t used) { return used < limit ? limit - used : 0; }

uint64_t akin_memory_left(void) {
    struct rlimit space, data;
    uint64_t all_used = 0, data_used = 0, left = UINT64_MAX;
    if (getrlimit(RLIMIT_AS, &space) != 0 || getrlimit(RLIMIT_DATA, &data) != 0) return left;
    if (space.rlim_cur == RLIM_INFINITY && data.rlim_cur == RLIM_INFINITY) return left;
    if (!memory_in_use(&all_used, &data_used)) return left;
    if (space.rlim_cur != RLIM_INFINITY) left = below(space.rlim_cur, all_used);
    if (data.rlim_cur != RLIM_INFINITY && below(data.rlim_cur, data_used) < left) left = below(data.rlim_cur, data_used);
    return left;
}

static uint64_t guard_margin;
static const char *guard_message;
static int guard_status;

static void end(int number) {
    if (akin_memory_left() < guard_margin) {
        // Nobody is left to be told when standard error cannot be written.
        if (write(STDERR_FILENO, guard_message, strlen(guard_message)) < 0) {}
        _exit(guard_status);
    }
    signal(number, SIG_DFL);
    raise(number);
}

void akin_memory_guard(uint64_t margin, const char *message, int status) {
    guard_margin = margin;
    guard_message = message;
    guard_status = status;
    int numbers[] = {SIGABRT, SIGBUS, SIGILL, SIGSEGV, SIGTRAP};
    for (unsigned place = 0; place < sizeof numbers / sizeof *numbers; place += 1) signal(numbers[place], end);
}

void akin_raise_descriptor_limit(uint64_t wanted) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted || limit.rlim_cur >= limit.rlim_max) return;
    limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static void limit(int resource, uint64_t value) {
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max < value ? limit.rlim_max : (rlim_t)value;
    setrlimit(resource, &limit);
}

void akin_limit_work(uint64_t memory, uint64_t seconds, uint64_t file) {
    struct rusage taken;
    uint64_t used = getrusage(RUSAGE_SELF, &taken) == 0 ? (uint64_t)(taken.ru_utime.tv_sec + taken.ru_stime.tv_sec) + 1 : 0;
    limit(RLIMIT_AS, memory);
    limit(RLIMIT_CPU, used + seconds);
    limit(RLIMIT_FSIZE, file);
    limit(RLIMIT_CORE, 0);
}
