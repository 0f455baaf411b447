// Private to the target: the tables of linear layers of each instruction set, defined in linear_*.c, and what they share.
#ifndef AKIN_LINEAR_TABLES_H
#define AKIN_LINEAR_TABLES_H

#include "akin_linear.h"

extern const akin_linear_kernels akin_linear_plain;
#if defined(__x86_64__)
extern const akin_linear_kernels akin_linear_avx2;
extern const akin_linear_kernels akin_linear_avx512;
extern const akin_linear_kernels akin_linear_avx512bf16;
void akin_attention_avx512bf16(
    const float *source, size_t length, size_t heads, size_t head_size, size_t window, const float *bias, size_t reach, float *scratch,
    float *context);
#elif defined(__aarch64__)
extern const akin_linear_kernels akin_linear_neon;
#endif

// The upper half of x, halves to even; a NaN stays one.
static inline uint16_t akin_bf16(float x) {
    uint32_t bits;
    __builtin_memcpy(&bits, &x, 4);
    if ((bits & 0x7FFFFFFF) > 0x7F800000) return (uint16_t)(bits >> 16 | 0x40);
    return (uint16_t)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
}

static inline float akin_float_of_bf16(uint16_t x) {
    uint32_t bits = (uint32_t)x << 16;
    float value;
    __builtin_memcpy(&value, &bits, 4);
    return value;
}

// Rows as floats that bfloat16 can hold, zeros to the end of the last pair: the arrangement of the tables that multiply in floats.
static inline void akin_round_rows(const float *x, size_t rows, size_t columns, uint32_t *rounded) {
    for (size_t r = 0; r < rows; r++, x += columns, rounded += akin_bf16_stride(columns)) {
        for (size_t c = 0; c < columns; c++) rounded[c] = (uint32_t)akin_bf16(x[c]) << 16;
        if (columns % 2) rounded[columns] = 0;
    }
}

#endif
