// Private to the target: the tables of training kernels of each instruction set, defined in training_*.c.
#ifndef AKIN_TRAINING_TABLES_H
#define AKIN_TRAINING_TABLES_H

#include "akin_training.h"

extern const akin_training_kernels akin_training_plain;
#if defined(__x86_64__)
extern const akin_training_kernels akin_training_avx2;
extern const akin_training_kernels akin_training_avx512;
extern const akin_training_kernels akin_training_avx512bf16;
#elif defined(__aarch64__)
extern const akin_training_kernels akin_training_neon;
#endif

#endif
