// AVX-512 with VNNI: 64 bytes, a whole block of codes, a register.
#if defined(__x86_64__)
#include <immintrin.h>
#include "codes_tables.h"

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni,f16c")))

TARGET static inline __m512i row_sums(const int8_t *query, const uint8_t *row, size_t bytes) {
    const __m512i low = _mm512_set1_epi8(15);
    __m512i even = _mm512_setzero_si512(), odd = even;
    for (size_t offset = 0; offset < bytes; offset += AKIN_CODE_BLOCK) {
        __m512i block = _mm512_load_si512(row + offset);
        even = _mm512_dpbusd_epi32(even, _mm512_and_si512(block, low), _mm512_load_si512(query + 2 * offset));
        odd = _mm512_dpbusd_epi32(
            odd, _mm512_and_si512(_mm512_srli_epi16(block, 4), low), _mm512_load_si512(query + 2 * offset + AKIN_CODE_BLOCK));
    }
    return _mm512_add_epi32(even, odd);
}

// The sums of four registers' integers, in order.
TARGET static inline __m128i four_sums(__m512i a, __m512i b, __m512i c, __m512i d) {
    __m512i ab = _mm512_add_epi32(_mm512_unpacklo_epi32(a, b), _mm512_unpackhi_epi32(a, b));
    __m512i cd = _mm512_add_epi32(_mm512_unpacklo_epi32(c, d), _mm512_unpackhi_epi32(c, d));
    __m512i all = _mm512_add_epi32(_mm512_unpacklo_epi64(ab, cd), _mm512_unpackhi_epi64(ab, cd));
    __m256i half = _mm256_add_epi32(_mm512_castsi512_si256(all), _mm512_extracti64x4_epi64(all, 1));
    return _mm_add_epi32(_mm256_castsi256_si128(half), _mm256_extracti128_si256(half, 1));
}

TARGET static void nibble_products(
    const int8_t *query, const uint8_t *codes, size_t bytes, const uint32_t *rows, size_t count, int32_t *products) {
    akin_prefetch_rows(codes, bytes, rows, count);
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        __m128i sums = four_sums(
            row_sums(query, codes + (size_t)rows[i] * bytes, bytes), row_sums(query, codes + (size_t)rows[i + 1] * bytes, bytes),
            row_sums(query, codes + (size_t)rows[i + 2] * bytes, bytes), row_sums(query, codes + (size_t)rows[i + 3] * bytes, bytes));
        _mm_storeu_si128((__m128i *)(products + i), sums);
    }
    for (; i < count; i++) products[i] = _mm512_reduce_add_epi32(row_sums(query, codes + (size_t)rows[i] * bytes, bytes));
}

TARGET static int32_t byte_product(const int8_t *a, const int8_t *b, size_t n) {
    // dpbusd takes one side unsigned: a + 128, from which 128·Σb is taken back.
    const __m512i offset = _mm512_set1_epi8((char)128);
    __m512i sum = _mm512_setzero_si512(), excess = sum;
    for (size_t i = 0; i < n; i += 64) {
        __m512i y = _mm512_load_si512(b + i);
        sum = _mm512_dpbusd_epi32(sum, _mm512_xor_si512(_mm512_load_si512(a + i), offset), y);
        excess = _mm512_dpbusd_epi32(excess, offset, y);
    }
    return _mm512_reduce_add_epi32(_mm512_sub_epi32(sum, excess));
}

TARGET static inline __m512 widened16(const uint16_t *x) { return _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)x)); }

TARGET static float dot_f16(const float *a, const uint16_t *b, size_t n) {
    __m512 s0 = _mm512_setzero_ps(), s1 = s0, s2 = s0, s3 = s0;
    size_t i = 0;
    for (; i + 64 <= n; i += 64) {
        s0 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i), widened16(b + i), s0);
        s1 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i + 16), widened16(b + i + 16), s1);
        s2 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i + 32), widened16(b + i + 32), s2);
        s3 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i + 48), widened16(b + i + 48), s3);
    }
    for (; i + 16 <= n; i += 16) s0 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i), widened16(b + i), s0);
    if (i < n) {
        __mmask16 mask = (__mmask16)((1u << (n - i)) - 1);
        s1 = _mm512_fmadd_ps(_mm512_maskz_loadu_ps(mask, a + i), _mm512_cvtph_ps(_mm256_maskz_loadu_epi16(mask, b + i)), s1);
    }
    return _mm512_reduce_add_ps(_mm512_add_ps(_mm512_add_ps(s0, s1), _mm512_add_ps(s2, s3)));
}

TARGET static float dot_i8(const float *a, const int8_t *b, size_t n) {
    __m512 s0 = _mm512_setzero_ps(), s1 = s0;
    size_t i = 0;
    for (; i + 32 <= n; i += 32) {
        __m512i x0 = _mm512_cvtepi8_epi32(_mm_loadu_si128((const __m128i *)(b + i)));
        __m512i x1 = _mm512_cvtepi8_epi32(_mm_loadu_si128((const __m128i *)(b + i + 16)));
        s0 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i), _mm512_cvtepi32_ps(x0), s0);
        s1 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i + 16), _mm512_cvtepi32_ps(x1), s1);
    }
    float sum = _mm512_reduce_add_ps(_mm512_add_ps(s0, s1));
    for (; i < n; i++) sum += a[i] * (float)b[i];
    return sum;
}

TARGET static void widen_f16(const uint16_t *x, float *y, size_t n) {
    size_t i = 0;
    for (; i + 16 <= n; i += 16) _mm512_storeu_ps(y + i, _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)(x + i))));
    for (; i < n; i++) y[i] = akin_widened(x[i]);
}

TARGET static void narrow_f16(const float *x, uint16_t *y, size_t n) {
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        __m256i halves = _mm512_cvtps_ph(_mm512_loadu_ps(x + i), _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
        _mm256_storeu_si256((__m256i *)(y + i), halves);
    }
    for (; i < n; i++) y[i] = akin_narrowed(x[i]);
}

const akin_code_kernels akin_codes_avx512 = {AKIN_AVX512, nibble_products, byte_product, dot_f16, dot_i8, widen_f16, narrow_f16};
#endif
