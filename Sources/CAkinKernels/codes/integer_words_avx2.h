// AVX2: the words of integers that quantized_template.h lists, 8 to a register.
#ifndef AKIN_INTEGER_WORDS_AVX2_H
#define AKIN_INTEGER_WORDS_AVX2_H

#include "words_avx2.h"

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

#endif
