#ifndef AKIN_SPAWN_H
#define AKIN_SPAWN_H

#include <sys/types.h>

/// What a program is started with.
struct akin_spawn {
    /// The program's absolute path.
    const char *path;
    /// Arguments and environment, each ended by a null pointer.
    char *const *arguments;
    char *const *environment;
    /// The working folder.
    const char *folder;
    /// The descriptor that becomes standard input.
    int input;
    /// The descriptor that becomes standard output; -1 throws it away.
    int output;
    /// A file to make for standard error; null throws it away.
    const char *errors;
};

/// Starts a program as the leader of a process group of its own, with no signal blocked or ignored and no descriptor above 2.
/// Returns 0, or the error number.
///
/// In C, because Swift does not see the functions that GNU's and Apple's libraries add to posix_spawn.
int akin_spawn(const struct akin_spawn *start, pid_t *process);

#endif
