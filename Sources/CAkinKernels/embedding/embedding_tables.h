// Private to the target: the tables for training word vectors of each instruction set, defined in embedding_*.c.
#ifndef AKIN_EMBEDDING_TABLES_H
#define AKIN_EMBEDDING_TABLES_H

#include "akin_embedding.h"

extern const akin_embedding_kernels akin_embedding_plain;
#if defined(__x86_64__)
extern const akin_embedding_kernels akin_embedding_avx2;
extern const akin_embedding_kernels akin_embedding_avx512;
#elif defined(__aarch64__)
extern const akin_embedding_kernels akin_embedding_neon;
#endif

#endif
