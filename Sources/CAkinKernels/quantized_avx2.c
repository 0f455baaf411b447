// AVX2: signed bytes through 16-bit sums of two products, which cannot overflow because both sides stay within ±127.
#if defined(__x86_64__)
#include "quantized_tables.h"
#include "words_avx2.h"
#include "activation_template.h"

#define DOT_ROWS 4
#define I __m256i
#define BITS(v) _mm256_castps_si256(v)
#define I_ZERO _mm256_setzero_si256()
#define I_ADD(a, b) _mm256_add_epi32(a, b)
#define I_MAX(a, b) _mm256_max_epi32(a, b)
#define I_SUM(i) sum_of_integers(i)
#define I_LARGEST(i) largest_integer(i)
#define ROUNDED(v) _mm256_cvtps_epi32(_mm256_round_ps(v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC))
#define STORE_BYTES(p, i) store_bytes(p, i)
#define INTEGERS(p) _mm256_cvtepi32_ps(_mm256_loadu_si256((const __m256i *)(p)))

TARGET static inline int32_t sum_of_integers(__m256i v) {
    __m128i half = _mm_add_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
    half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0x4E));
    return _mm_cvtsi128_si32(_mm_add_epi32(half, _mm_shuffle_epi32(half, 0xB1)));
}

TARGET static inline int32_t largest_integer(__m256i v) {
    __m128i half = _mm_max_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
    half = _mm_max_epi32(half, _mm_shuffle_epi32(half, 0x4E));
    return _mm_cvtsi128_si32(_mm_max_epi32(half, _mm_shuffle_epi32(half, 0xB1)));
}

TARGET static inline void store_bytes(int8_t *p, __m256i v) {
    __m128i words = _mm_packs_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
    _mm_storel_epi64((__m128i *)p, _mm_packs_epi16(words, words));
}

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

const akin_quantized_kernels akin_quantized_avx2 = {AKIN_AVX2, quantize_rows, linear};
#endif
