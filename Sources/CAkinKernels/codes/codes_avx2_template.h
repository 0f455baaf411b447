// The code kernels of 32-byte registers, for AVX2 with and without AVX-VNNI. Before inclusion:
//   TARGET              the functions' target attribute
//   NIBBLE_DOT(s, u, q) s + Σ of groups of u·q, u in 0 … 15 and q signed, into 8 integers
//   BYTE_DOT(s, a, b)   s + Σ of groups of a·b, both within ±127, into 8 integers
//   TABLE               the table's name
#include <immintrin.h>
#include "codes_tables.h"

TARGET static inline int32_t sum_of(__m256i v) {
    __m128i half = _mm_add_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
    half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0x4E));
    return _mm_cvtsi128_si32(_mm_add_epi32(half, _mm_shuffle_epi32(half, 0xB1)));
}

TARGET static inline float float_sum_of(__m256 v) {
    __m128 half = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    half = _mm_add_ps(half, _mm_movehl_ps(half, half));
    return _mm_cvtss_f32(_mm_add_ss(half, _mm_movehdup_ps(half)));
}

TARGET static void nibble_products(
    const int8_t *query, const uint8_t *codes, size_t bytes, const uint32_t *rows, size_t count, int32_t *products) {
    const __m256i low = _mm256_set1_epi8(15);
    akin_prefetch_rows(codes, bytes, rows, count);
    for (size_t i = 0; i < count; i++) {
        const uint8_t *row = codes + (size_t)rows[i] * bytes;
        __m256i even = _mm256_setzero_si256(), odd = even;
        for (size_t offset = 0; offset < bytes; offset += AKIN_CODE_BLOCK) {
            for (size_t half = 0; half < AKIN_CODE_BLOCK; half += 32) {
                __m256i block = _mm256_load_si256((const __m256i *)(row + offset + half));
                const int8_t *q = query + 2 * offset + half;
                even = NIBBLE_DOT(even, _mm256_and_si256(block, low), _mm256_load_si256((const __m256i *)q));
                odd = NIBBLE_DOT(
                    odd, _mm256_and_si256(_mm256_srli_epi16(block, 4), low), _mm256_load_si256((const __m256i *)(q + AKIN_CODE_BLOCK)));
            }
        }
        products[i] = sum_of(_mm256_add_epi32(even, odd));
    }
}

TARGET static int32_t byte_product(const int8_t *a, const int8_t *b, size_t n) {
    __m256i s0 = _mm256_setzero_si256(), s1 = s0;
    for (size_t i = 0; i < n; i += 64) {
        s0 = BYTE_DOT(s0, _mm256_load_si256((const __m256i *)(a + i)), _mm256_load_si256((const __m256i *)(b + i)));
        s1 = BYTE_DOT(s1, _mm256_load_si256((const __m256i *)(a + i + 32)), _mm256_load_si256((const __m256i *)(b + i + 32)));
    }
    return sum_of(_mm256_add_epi32(s0, s1));
}

TARGET static inline __m256 widened8(const uint16_t *x) { return _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)x)); }

TARGET static float dot_f16(const float *a, const uint16_t *b, size_t n) {
    __m256 s0 = _mm256_setzero_ps(), s1 = s0, s2 = s0, s3 = s0;
    size_t i = 0;
    for (; i + 32 <= n; i += 32) {
        s0 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i), widened8(b + i), s0);
        s1 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 8), widened8(b + i + 8), s1);
        s2 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 16), widened8(b + i + 16), s2);
        s3 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 24), widened8(b + i + 24), s3);
    }
    for (; i + 8 <= n; i += 8) s0 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i), widened8(b + i), s0);
    float sum = float_sum_of(_mm256_add_ps(_mm256_add_ps(s0, s1), _mm256_add_ps(s2, s3)));
    for (; i < n; i++) sum += a[i] * akin_widened(b[i]);
    return sum;
}

TARGET static float dot_i8(const float *a, const int8_t *b, size_t n) {
    __m256 s0 = _mm256_setzero_ps(), s1 = s0;
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        __m128i x = _mm_loadu_si128((const __m128i *)(b + i));
        s0 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i), _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(x)), s0);
        s1 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 8), _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_srli_si128(x, 8))), s1);
    }
    float sum = float_sum_of(_mm256_add_ps(s0, s1));
    for (; i < n; i++) sum += a[i] * (float)b[i];
    return sum;
}

TARGET static void widen_f16(const uint16_t *x, float *y, size_t n) {
    size_t i = 0;
    for (; i + 8 <= n; i += 8) _mm256_storeu_ps(y + i, _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(x + i))));
    for (; i < n; i++) y[i] = akin_widened(x[i]);
}

TARGET static void narrow_f16(const float *x, uint16_t *y, size_t n) {
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        __m128i halves = _mm256_cvtps_ph(_mm256_loadu_ps(x + i), _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
        _mm_storeu_si128((__m128i *)(y + i), halves);
    }
    for (; i < n; i++) y[i] = akin_narrowed(x[i]);
}

const akin_code_kernels TABLE = {AKIN_AVX2, nibble_products, byte_product, dot_f16, dot_i8, widen_f16, narrow_f16};
