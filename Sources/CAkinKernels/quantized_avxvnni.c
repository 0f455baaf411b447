// AVX2 with AVX-VNNI, which processors without AVX-512 have: four multiplications and their sum into each of 8 integers an instruction.
#if defined(__x86_64__)
#include "quantized_tables.h"
#include "integer_words_avx2.h"
#include "activation_template.h"

#define VNNI_TARGET __attribute__((target("avx2,fma,avxvnni")))
#define DOT_ROWS 6

// The sums of 16 of a panel's outputs: tile[r, n] = Σ_k q[r, k]·w[n, k], started at −128·Σ_k q[r, k] for the 128 that the weights,
// multiplied as unsigned bytes, were packed with.
VNNI_TARGET static inline __attribute__((always_inline)) void dot_tile(
    const int rows, const int8_t *q, size_t stride, const int32_t *row_sums, const uint8_t *panel, size_t groups, int32_t *tile) {
    __m256i sums[DOT_ROWS][2];
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) sums[r][0] = sums[r][1] = _mm256_set1_epi32(-128 * row_sums[r]);
    for (size_t group = 0; group < groups; group++, panel += 128, q += 4) {
        __m256i left = _mm256_loadu_si256((const __m256i *)panel), right = _mm256_loadu_si256((const __m256i *)(panel + 32));
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
            int32_t four;
            __builtin_memcpy(&four, q + (size_t)r * stride, 4);
            __m256i activations = _mm256_set1_epi32(four);
            sums[r][0] = _mm256_dpbusd_avx_epi32(sums[r][0], left, activations);
            sums[r][1] = _mm256_dpbusd_avx_epi32(sums[r][1], right, activations);
        }
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
        _mm256_store_si256((__m256i *)(tile + 32 * r), sums[r][0]);
        _mm256_store_si256((__m256i *)(tile + 32 * r + 8), sums[r][1]);
    }
}

VNNI_TARGET static void dot_rows(
    size_t rows, const int8_t *q, size_t stride, const int32_t *row_sums, const uint8_t *panel, size_t groups, int32_t *tile) {
#define TILE(ROWS)                                                         \
    case ROWS:                                                             \
        dot_tile(ROWS, q, stride, row_sums, panel, groups, tile);          \
        break;
    for (int half = 0; half < 2; half++, panel += 64, tile += 16) {
        switch (rows) { TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6) }
    }
#undef TILE
}

#include "quantized_template.h"

const akin_quantized_kernels akin_quantized_avxvnni = {AKIN_AVX2, quantize_rows, linear};
#endif
