// Private to the target: the tables of code kernels of each instruction set, defined in codes_*.c, and what they share.
#ifndef AKIN_CODES_TABLES_H
#define AKIN_CODES_TABLES_H

#include "akin_codes.h"

extern const akin_code_kernels akin_codes_plain;
#if defined(__x86_64__)
extern const akin_code_kernels akin_codes_avx2;
extern const akin_code_kernels akin_codes_avxvnni;
extern const akin_code_kernels akin_codes_avx512;
#elif defined(__aarch64__)
extern const akin_code_kernels akin_codes_neon;
#endif

// Asks for the cache lines of all rows at once, so that their latencies overlap.
static inline void akin_prefetch_rows(const uint8_t *codes, size_t bytes, const uint32_t *rows, size_t count) {
    for (size_t i = 0; i < count; i++) akin_prefetch(codes + (size_t)rows[i] * bytes, bytes);
}

// The float of a half's bits, exactly.
static inline float akin_widened(uint16_t half) {
    union { uint32_t bits; float value; } result;
    uint32_t sign = (uint32_t)(half & 0x8000) << 16, magnitude = half & 0x7FFF;
    if (magnitude >= 0x7C00) {
        result.bits = sign | 0x7F800000u | (magnitude & 0x3FF) << 13 | (magnitude > 0x7C00 ? 0x400000u : 0);
        return result.value;
    }
    // Shifted into place the exponent is 112 too small; multiplying by 2^112 corrects it, subnormal halves included.
    result.bits = magnitude << 13;
    result.value *= 0x1p112f;
    result.bits |= sign;
    return result.value;
}

// The bits of the nearest half, ties to even; a NaN keeps the upper bits of its payload and becomes quiet.
static inline uint16_t akin_narrowed(float value) {
    union { float value; uint32_t bits; } x = {value};
    uint16_t sign = (uint16_t)(x.bits >> 16 & 0x8000);
    uint32_t magnitude = x.bits & 0x7FFFFFFF;
    if (magnitude > 0x7F800000) return (uint16_t)(sign | 0x7E00 | (magnitude >> 13 & 0x3FF));
    if (magnitude >= 0x477FF000) return sign | 0x7C00;
    if (magnitude < 0x38800000) {
        // Below the least normal half: adding 1/2 leaves the multiple of 2^-24 in the fraction's last bits, rounded by the processor.
        union { float value; uint32_t bits; } shifted = {0};
        shifted.bits = magnitude;
        shifted.value += 0.5f;
        return (uint16_t)(sign | (shifted.bits - 0x3F000000));
    }
    uint32_t odd = magnitude >> 13 & 1;
    return (uint16_t)(sign | ((magnitude - 0x38000000 + 0xFFF + odd) >> 13));
}

#endif
