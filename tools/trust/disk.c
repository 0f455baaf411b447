// What the trust suite puts between a program and its disk, by LD_PRELOAD: it counts the calls that touch files, makes one of them fail
// or ends the program at it, and writes down everything that would change the disk.
//
//   AKIN_FAULT    ACTION:CALL:PATTERN:N   the N-th call (from 1; N+ = that one and all after it) of CALL on a path that matches PATTERN
//                 ACTION  EIO ENOSPC EROFS EMFILE EACCES EDQUOT ENOMEM EINTR   fail so
//                         short     write half of what was asked (a write of one byte passes)
//                         kill      end by SIGKILL before the call;  kill-after  ... after it
//                 CALL    open create read write sync truncate rename unlink map lock, or "any" of those that change the disk
//                 PATTERN fnmatch pattern on the whole path (rename: on either path)
//   AKIN_FAULT_REPORT   a file to which each fault adds a line: proof that it was met
//   AKIN_RECORD         a file to which every change of a file in AKIN_RECORD_FOLDER is added (format: see `record`)
//
// build: cc -shared -fPIC -O1 -o libdisk.so disk.c -ldl
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static struct {
    int ready, active, sticky, action, after;
    char call[16], pattern[512];
    long nth, count;
    int report, record;
    char folder[PATH_MAX];
} state;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

enum { SHORT = -1, KILL = -2 };

static int raw_open(const char *path, int flags) { return (int)syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, 0644); }

static void raw_write(int descriptor, const void *bytes, size_t count) {
    const char *next = bytes;
    while (count > 0) {
        long written = syscall(SYS_write, descriptor, next, count);
        if (written <= 0) return;
        next += written;
        count -= (size_t)written;
    }
}

static int errno_named(const char *name) {
    static const struct { const char *name; int value; } known[] = {
        {"EIO", EIO}, {"ENOSPC", ENOSPC}, {"EROFS", EROFS}, {"EMFILE", EMFILE}, {"EACCES", EACCES}, {"EDQUOT", EDQUOT},
        {"ENOMEM", ENOMEM}, {"EINTR", EINTR}, {"short", SHORT}, {"kill", KILL}, {"kill-after", KILL},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) if (!strcmp(known[i].name, name)) return known[i].value;
    return 0;
}

__attribute__((constructor)) static void prepare(void) {
    state.report = state.record = -1;
    const char *fault = getenv("AKIN_FAULT"), *report = getenv("AKIN_FAULT_REPORT");
    const char *record = getenv("AKIN_RECORD"), *folder = getenv("AKIN_RECORD_FOLDER");
    if (report) state.report = raw_open(report, O_WRONLY | O_CREAT | O_APPEND);
    if (record && folder) {
        state.record = raw_open(record, O_WRONLY | O_CREAT | O_APPEND);
        snprintf(state.folder, sizeof state.folder, "%s/", folder);
    }
    char action[16] = "", last[32] = "";
    if (fault && sscanf(fault, "%15[^:]:%15[^:]:%511[^:]:%31s", action, state.call, state.pattern, last) == 4) {
        state.action = errno_named(action);
        state.after = !strcmp(action, "kill-after");
        state.nth = strtol(last, NULL, 10);
        state.sticky = strchr(last, '+') != NULL;
        state.active = state.action != 0 && state.nth > 0;
    }
    state.ready = 1;
}

static int path_of(int descriptor, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    long length = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
    if (length < 0) length = 0;
    path[length] = 0;
    return length > 0 && path[0] == '/';
}

static int changes_disk(const char *call) {
    static const char *const changing[] = {"create", "write", "sync", "truncate", "rename", "unlink"};
    for (size_t i = 0; i < sizeof changing / sizeof *changing; i++) if (!strcmp(call, changing[i])) return 1;
    return 0;
}

// The errno to fail with, SHORT, KILL (to end after the call), or 0. Ends the program itself where it is to end before the call.
static int fault(const char *call, const char *path, const char *other) {
    if (!state.ready || !state.active) return 0;
    if (strcmp(call, state.call) && !(!strcmp(state.call, "any") && changes_disk(call))) return 0;
    if (fnmatch(state.pattern, path, 0) && !(other && !fnmatch(state.pattern, other, 0))) return 0;
    pthread_mutex_lock(&mutex);
    long number = ++state.count;
    pthread_mutex_unlock(&mutex);
    if (number < state.nth || (number > state.nth && !state.sticky)) return 0;
    if (state.report >= 0) {
        char line[PATH_MAX + 64];
        int length = snprintf(line, sizeof line, "%s %ld %s\n", call, number, path);
        raw_write(state.report, line, (size_t)length);
    }
    if (state.action == KILL && !state.after) kill(getpid(), SIGKILL);
    return state.action;
}

// A record: u32 length of what follows, kind, u64 offset, u16 length of the first path, paths and bytes. Kinds: c created (empty), t cut or
// grown to offset, w written at offset, s synced, d folder synced, r renamed (bytes: the new path), u unlinked.
static void record(char kind, uint64_t offset, const char *path, const void *bytes, size_t count) {
    if (state.record < 0 || strncmp(path, state.folder, strlen(state.folder) - (kind == 'd' ? 1 : 0))) return;
    uint16_t length = (uint16_t)strlen(path);
    uint32_t total = (uint32_t)(1 + 8 + 2 + length + count);
    struct iovec parts[] = {{&total, 4}, {&kind, 1}, {&offset, 8}, {&length, 2}, {(void *)path, length}, {(void *)bytes, count}};
    syscall(SYS_writev, state.record, parts, 6);
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)
#define FAIL(value) do { errno = (value); return -1; } while (0)
#define BEGIN pthread_mutex_lock(&recording)
#define END pthread_mutex_unlock(&recording)
// Call and record belong together, or the record's order would not be the disk's.
static pthread_mutex_t recording = PTHREAD_MUTEX_INITIALIZER;

static void end_if(int action) { if (action == KILL) kill(getpid(), SIGKILL); }

static ssize_t do_write(int descriptor, const void *bytes, size_t count, int64_t offset) {
    char path[PATH_MAX];
    int known = path_of(descriptor, path);
    int action = known ? fault("write", path, NULL) : 0;
    if (action > 0) FAIL(action);
    if (action == SHORT && count > 1) count /= 2;
    BEGIN;
    int64_t at = offset >= 0 ? offset : (int64_t)syscall(SYS_lseek, descriptor, 0L, SEEK_CUR);
    ssize_t done = offset >= 0 ? syscall(SYS_pwrite64, descriptor, bytes, count, offset) : syscall(SYS_write, descriptor, bytes, count);
    int reason = errno;
    if (known && done > 0) {
        if (at >= 0 && offset < 0 && (fcntl(descriptor, F_GETFL) & O_APPEND)) at = (int64_t)syscall(SYS_lseek, descriptor, 0L, SEEK_CUR) - done;
        record('w', (uint64_t)at, path, bytes, (size_t)done);
    }
    END;
    end_if(action);
    errno = reason;
    return done;
}

ssize_t write(int descriptor, const void *bytes, size_t count) { return do_write(descriptor, bytes, count, -1); }
ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) { return do_write(descriptor, bytes, count, offset); }
ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) { return do_write(descriptor, bytes, count, offset); }

static ssize_t do_read(int descriptor, void *bytes, size_t count, int64_t offset) {
    char path[PATH_MAX];
    int action = state.active && path_of(descriptor, path) ? fault("read", path, NULL) : 0;
    if (action > 0) FAIL(action);
    if (action == SHORT && count > 1) count /= 2;
    return offset >= 0 ? syscall(SYS_pread64, descriptor, bytes, count, offset) : syscall(SYS_read, descriptor, bytes, count);
}

ssize_t read(int descriptor, void *bytes, size_t count) { return do_read(descriptor, bytes, count, -1); }
ssize_t pread(int descriptor, void *bytes, size_t count, off_t offset) { return do_read(descriptor, bytes, count, offset); }
ssize_t pread64(int descriptor, void *bytes, size_t count, off64_t offset) { return do_read(descriptor, bytes, count, offset); }

static int do_sync(int descriptor, long number) {
    char path[PATH_MAX];
    int known = path_of(descriptor, path);
    int action = known ? fault("sync", path, NULL) : 0;
    if (action > 0) FAIL(action);
    BEGIN;
    int result = (int)syscall(number, descriptor);
    int reason = errno;
    if (known && result == 0) {
        struct stat status;
        record(fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode) ? 'd' : 's', 0, path, "", 0);
    }
    END;
    end_if(action);
    errno = reason;
    return result;
}

int fsync(int descriptor) { return do_sync(descriptor, SYS_fsync); }
int fdatasync(int descriptor) { return do_sync(descriptor, SYS_fdatasync); }

static int do_truncate(int descriptor, off64_t length) {
    char path[PATH_MAX];
    int known = path_of(descriptor, path);
    int action = known ? fault("truncate", path, NULL) : 0;
    if (action > 0) FAIL(action);
    BEGIN;
    int result = (int)syscall(SYS_ftruncate, descriptor, length);
    int reason = errno;
    if (known && result == 0) record('t', (uint64_t)length, path, "", 0);
    END;
    end_if(action);
    errno = reason;
    return result;
}

int ftruncate(int descriptor, off_t length) { return do_truncate(descriptor, length); }
int ftruncate64(int descriptor, off64_t length) { return do_truncate(descriptor, length); }

static int do_allocate(int descriptor, off64_t offset, off64_t length) {
    char path[PATH_MAX];
    int action = path_of(descriptor, path) ? fault("write", path, NULL) : 0;
    if (action > 0) return action;
    struct stat status;
    if (fstat(descriptor, &status) != 0) return errno;
    return status.st_size < offset + length && ftruncate(descriptor, offset + length) != 0 ? errno : 0;
}

int posix_fallocate(int descriptor, off_t offset, off_t length) { return do_allocate(descriptor, offset, length); }
int posix_fallocate64(int descriptor, off64_t offset, off64_t length) { return do_allocate(descriptor, offset, length); }

static void absolute(const char *path, char *result) {
    if (path[0] == '/' || !getcwd(result, PATH_MAX - 1)) { snprintf(result, PATH_MAX, "%s", path); return; }
    size_t length = strlen(result);
    snprintf(result + length, PATH_MAX - length, "/%s", path);
}

static int do_open(int folder, const char *path, int flags, mode_t mode) {
    char full[PATH_MAX];
    absolute(path, full);
    struct stat status;
    int exists = fstatat(folder, path, &status, 0) == 0;
    int creates = (flags & O_CREAT) && !exists && (flags & O_TMPFILE) != O_TMPFILE;
    int action = fault(creates ? "create" : "open", full, NULL);
    if (action > 0) FAIL(action);
    BEGIN;
    int descriptor = (int)syscall(SYS_openat, folder, path, flags, mode);
    int reason = errno;
    if (descriptor >= 0) {
        if (creates) record('c', 0, full, "", 0);
        else if ((flags & O_TRUNC) && exists) record('t', 0, full, "", 0);
    }
    END;
    end_if(action);
    errno = reason;
    return descriptor;
}

#define MODE(flags) mode_t mode = 0; if ((flags) & (O_CREAT | __O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }
int open(const char *path, int flags, ...) { MODE(flags) return do_open(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return do_open(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE(flags) return do_open(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE(flags) return do_open(folder, path, flags | O_LARGEFILE, mode); }
int creat(const char *path, mode_t mode) { return do_open(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

static int do_rename(int from, const char *old, int to, const char *new, unsigned flags) {
    char first[PATH_MAX], second[PATH_MAX];
    absolute(old, first);
    absolute(new, second);
    int action = fault("rename", first, second);
    if (action > 0) FAIL(action);
    BEGIN;
    int result = (int)syscall(SYS_renameat2, from, old, to, new, flags);
    int reason = errno;
    if (result == 0) record('r', 0, first, second, strlen(second));
    END;
    end_if(action);
    errno = reason;
    return result;
}

int rename(const char *old, const char *new) { return do_rename(AT_FDCWD, old, AT_FDCWD, new, 0); }
int renameat(int from, const char *old, int to, const char *new) { return do_rename(from, old, to, new, 0); }
int renameat2(int from, const char *old, int to, const char *new, unsigned flags) { return do_rename(from, old, to, new, flags); }

// A link is a second name: recorded as a rename of one that stays, which is how a file is moved without replacing another.
static int do_unlink(int folder, const char *path, int flags) {
    char full[PATH_MAX];
    absolute(path, full);
    int action = fault("unlink", full, NULL);
    if (action > 0) FAIL(action);
    BEGIN;
    int result = (int)syscall(SYS_unlinkat, folder, path, flags);
    int reason = errno;
    if (result == 0) record('u', 0, full, "", 0);
    END;
    end_if(action);
    errno = reason;
    return result;
}

int unlink(const char *path) { return do_unlink(AT_FDCWD, path, 0); }
int unlinkat(int folder, const char *path, int flags) { return do_unlink(folder, path, flags); }
int remove(const char *path) {
    struct stat status;
    return do_unlink(AT_FDCWD, path, lstat(path, &status) == 0 && S_ISDIR(status.st_mode) ? AT_REMOVEDIR : 0);
}

static void *do_map(void *address, size_t length, int protection, int flags, int descriptor, off64_t offset) {
    char path[PATH_MAX];
    int action = state.active && descriptor >= 0 && path_of(descriptor, path) ? fault("map", path, NULL) : 0;
    if (action > 0) { errno = action; return MAP_FAILED; }
    return (void *)syscall(SYS_mmap, address, length, protection, flags, descriptor, offset);
}

void *mmap(void *address, size_t length, int protection, int flags, int descriptor, off_t offset) { return do_map(address, length, protection, flags, descriptor, offset); }
void *mmap64(void *address, size_t length, int protection, int flags, int descriptor, off64_t offset) { return do_map(address, length, protection, flags, descriptor, offset); }

int flock(int descriptor, int operation) {
    char path[PATH_MAX];
    int action = state.active && operation != LOCK_UN && path_of(descriptor, path) ? fault("lock", path, NULL) : 0;
    if (action > 0) FAIL(action);
    return (int)syscall(SYS_flock, descriptor, operation);
}
