// Private to the target: the checksum tables, defined in checksum_*.c.
#ifndef AKIN_CHECKSUM_TABLES_H
#define AKIN_CHECKSUM_TABLES_H

#include "akin_checksum.h"

extern const akin_checksum_kernels akin_checksum_plain;
#if defined(__x86_64__)
extern const akin_checksum_kernels akin_checksum_sse42;
#elif defined(__aarch64__)
extern const akin_checksum_kernels akin_checksum_arm;
#endif

#endif
