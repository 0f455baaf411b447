// Private to the target: the tables of 8-bit kernels of each instruction set, defined in quantized_*.c, and what they share.
#ifndef AKIN_QUANTIZED_TABLES_H
#define AKIN_QUANTIZED_TABLES_H

#include "akin_quantized.h"

extern const akin_quantized_kernels akin_quantized_plain;
#if defined(__x86_64__)
extern const akin_quantized_kernels akin_quantized_avx2;
extern const akin_quantized_kernels akin_quantized_avxvnni;
extern const akin_quantized_kernels akin_quantized_avx512;
#elif defined(__aarch64__)
extern const akin_quantized_kernels akin_quantized_neon;
#endif

// The scale of a row from the bits of its largest magnitude, and what its values are multiplied by before rounding; 0 for a row of zeros.
// As integers, the bits of a NaN are above those of infinity and those above every number's: so the largest never hides a NaN.
static inline float akin_row_scale(int32_t largest_bits, float *multiplier) {
    union { int32_t bits; float value; } largest = {largest_bits};
    *multiplier = 0;
    if (largest_bits >= 0x7F800000) return __builtin_nanf("");
    if (largest.value < 0x1p-100f) return 0;
    *multiplier = 127.0f / largest.value;
    return largest.value / 127.0f;
}

#endif
