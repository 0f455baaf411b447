// Private to the target: the tables of each instruction set, defined in vector_*.c.
#ifndef AKIN_TABLES_H
#define AKIN_TABLES_H

#include "akin_kernels.h"

extern const akin_kernels akin_table_plain;
#if defined(__x86_64__)
extern const akin_kernels akin_table_avx2;
extern const akin_kernels akin_table_avx512;
#elif defined(__aarch64__)
extern const akin_kernels akin_table_neon;
#endif

#endif
