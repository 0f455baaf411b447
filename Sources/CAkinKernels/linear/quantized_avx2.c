// AVX2: signed bytes through 16-bit sums of two products, which cannot overflow because both sides stay within ±127.
#if defined(__x86_64__)
#include "quantized_tables.h"
#include "integer_words_avx2.h"
#include "activation_template.h"

#define DOT_ROWS 4

// The sums of 16 of a panel's outputs: tile[r, n] = Σ_k q[r, k]·w[n, k] as |q|·(w with the sign of q): 2·127² fits 16 bits.
TARGET static inline __attribute__((always_inline)) void dot_tile(
    const int rows, const int8_t *q, size_t stride, const uint8_t *panel, size_t groups, int32_t *tile) {
    __m256i sums[DOT_ROWS][2];
    const __m256i offset = _mm256_set1_epi8(-128), ones = _mm256_set1_epi16(1);
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) sums[r][0] = sums[r][1] = _mm256_setzero_si256();
    for (size_t group = 0; group < groups; group++, panel += 128, q += 4) {
        __m256i left = _mm256_xor_si256(_mm256_loadu_si256((const __m256i *)panel), offset);
        __m256i right = _mm256_xor_si256(_mm256_loadu_si256((const __m256i *)(panel + 32)), offset);
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
            int32_t four;
            __builtin_memcpy(&four, q + (size_t)r * stride, 4);
            __m256i activations = _mm256_set1_epi32(four), magnitudes = _mm256_abs_epi8(activations);
            __m256i first_pairs = _mm256_maddubs_epi16(magnitudes, _mm256_sign_epi8(left, activations));
            __m256i second_pairs = _mm256_maddubs_epi16(magnitudes, _mm256_sign_epi8(right, activations));
            sums[r][0] = _mm256_add_epi32(sums[r][0], _mm256_madd_epi16(first_pairs, ones));
            sums[r][1] = _mm256_add_epi32(sums[r][1], _mm256_madd_epi16(second_pairs, ones));
        }
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
        _mm256_store_si256((__m256i *)(tile + 32 * r), sums[r][0]);
        _mm256_store_si256((__m256i *)(tile + 32 * r + 8), sums[r][1]);
    }
}

TARGET static void dot_rows(
    size_t rows, const int8_t *q, size_t stride, const int32_t *row_sums, const uint8_t *panel, size_t groups, int32_t *tile) {
    (void)row_sums;  // The weights lose their 128 here.
    for (int half = 0; half < 2; half++, panel += 64, tile += 16) {
        switch (rows) {
        case 1:
            dot_tile(1, q, stride, panel, groups, tile);
            break;
        case 2:
            dot_tile(2, q, stride, panel, groups, tile);
            break;
        case 3:
            dot_tile(3, q, stride, panel, groups, tile);
            break;
        default:
            dot_tile(4, q, stride, panel, groups, tile);
        }
    }
}

#include "quantized_template.h"

const akin_quantized_kernels akin_quantized_avx2 = {AKIN_AVX2, false, quantize_rows, linear};
#endif
