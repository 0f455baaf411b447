#define _GNU_SOURCE
#define _DARWIN_C_SOURCE

#include "akin_spawn.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>

static int prepare(const struct akin_spawn *start, posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes) {
    int error = posix_spawn_file_actions_adddup2(actions, start->input, 0);
    if (error == 0)
        error = start->output >= 0 ? posix_spawn_file_actions_adddup2(actions, start->output, 1)
                                   : posix_spawn_file_actions_addopen(actions, 1, "/dev/null", O_WRONLY, 0);
    if (error == 0)
        error = start->errors ? posix_spawn_file_actions_addopen(
                                    actions, 2, start->errors, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600)
                              : posix_spawn_file_actions_addopen(actions, 2, "/dev/null", O_WRONLY, 0);
    if (error == 0) error = posix_spawn_file_actions_addchdir_np(actions, start->folder);
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP;
#if defined(__APPLE__)
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#elif defined(__GLIBC__)
    if (error == 0) error = posix_spawn_file_actions_addclosefrom_np(actions, 3);
#endif
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    if (error == 0) error = posix_spawnattr_setsigmask(attributes, &none);
    if (error == 0) error = posix_spawnattr_setsigdefault(attributes, &all);
    if (error == 0) error = posix_spawnattr_setpgroup(attributes, 0);
    if (error == 0) error = posix_spawnattr_setflags(attributes, flags);
    return error;
}

int akin_spawn(const struct akin_spawn *start, pid_t *process) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0) return error;
    error = posix_spawnattr_init(&attributes);
    if (error == 0) {
        error = prepare(start, &actions, &attributes);
        if (error == 0) error = posix_spawn(process, start->path, &actions, &attributes, start->arguments, start->environment);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return error;
}
