#ifndef AKIN_LIMITS_H
#define AKIN_LIMITS_H

#include <stdint.h>

/// Bytes of address space that this process may still take under its limits (RLIMIT_AS, RLIMIT_DATA); UINT64_MAX without limits, or
/// where the system does not say how much is in use.
uint64_t akin_memory_left(void);

/// Has the process end with a message and a status in place of a signal when it fails with less than `margin` bytes left: Swift, the C
/// library and others stop by a trap where an allocation is refused. Everything else fails as before.
///
/// In C, because a signal handler may not allocate.
void akin_memory_guard(uint64_t margin, const char *message, int status);

/// Raises the number of files that may be open at once to `wanted`, or as far as the hard limit lets it; never lowers it.
void akin_raise_descriptor_limit(uint64_t wanted);

/// Limits what this process and those it starts may take from now on: bytes of address space, seconds of the processor
/// beyond those already taken, and bytes of a file written. A limit that is lower already stays.
void akin_limit_work(uint64_t memory, uint64_t seconds, uint64_t file);

#endif
