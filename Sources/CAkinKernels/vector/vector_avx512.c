// AVX-512: 16 floats a register, tails by mask.
#if defined(__x86_64__)
#include <immintrin.h>
#include "tables.h"

#define TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl")))

TARGET static inline __mmask16 tail(size_t rest) { return (__mmask16)((1u << rest) - 1); }

TARGET static float dot_f32(const float *a, const float *b, size_t n) {
    __m512 s0 = _mm512_setzero_ps(), s1 = s0, s2 = s0, s3 = s0;
    size_t i = 0;
    for (; i + 64 <= n; i += 64) {
        s0 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i), _mm512_loadu_ps(b + i), s0);
        s1 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i + 16), _mm512_loadu_ps(b + i + 16), s1);
        s2 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i + 32), _mm512_loadu_ps(b + i + 32), s2);
        s3 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i + 48), _mm512_loadu_ps(b + i + 48), s3);
    }
    for (; i + 16 <= n; i += 16) s0 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i), _mm512_loadu_ps(b + i), s0);
    if (i < n) {
        __mmask16 mask = tail(n - i);
        s1 = _mm512_fmadd_ps(_mm512_maskz_loadu_ps(mask, a + i), _mm512_maskz_loadu_ps(mask, b + i), s1);
    }
    return _mm512_reduce_add_ps(_mm512_add_ps(_mm512_add_ps(s0, s1), _mm512_add_ps(s2, s3)));
}

TARGET static float squared_distance_f32(const float *a, const float *b, size_t n) {
    __m512 s0 = _mm512_setzero_ps(), s1 = s0;
    size_t i = 0;
    for (; i + 32 <= n; i += 32) {
        __m512 d0 = _mm512_sub_ps(_mm512_loadu_ps(a + i), _mm512_loadu_ps(b + i));
        __m512 d1 = _mm512_sub_ps(_mm512_loadu_ps(a + i + 16), _mm512_loadu_ps(b + i + 16));
        s0 = _mm512_fmadd_ps(d0, d0, s0);
        s1 = _mm512_fmadd_ps(d1, d1, s1);
    }
    for (; i < n; i += 16) {
        __mmask16 mask = n - i >= 16 ? (__mmask16)0xFFFF : tail(n - i);
        __m512 d = _mm512_sub_ps(_mm512_maskz_loadu_ps(mask, a + i), _mm512_maskz_loadu_ps(mask, b + i));
        s0 = _mm512_fmadd_ps(d, d, s0);
    }
    return _mm512_reduce_add_ps(_mm512_add_ps(s0, s1));
}

TARGET static void axpy_f32(float alpha, const float *x, float *y, size_t n) {
    __m512 scale = _mm512_set1_ps(alpha);
    for (size_t i = 0; i < n; i += 16) {
        __mmask16 mask = n - i >= 16 ? (__mmask16)0xFFFF : tail(n - i);
        __m512 result = _mm512_fmadd_ps(scale, _mm512_maskz_loadu_ps(mask, x + i), _mm512_maskz_loadu_ps(mask, y + i));
        _mm512_mask_storeu_ps(y + i, mask, result);
    }
}

TARGET static size_t near_largest_f32(const float *x, size_t n, float slack, uint32_t *places) {
    size_t whole = n - n % 16;
    __m512 largest = _mm512_set1_ps(x[0]);
    for (size_t i = 0; i < whole; i += 16) largest = _mm512_max_ps(largest, _mm512_loadu_ps(x + i));
    if (whole < n) largest = _mm512_mask_max_ps(largest, tail(n - whole), largest, _mm512_maskz_loadu_ps(tail(n - whole), x + whole));
    __m512 least = _mm512_set1_ps(_mm512_reduce_max_ps(largest) - slack);
    size_t count = 0;
    for (size_t i = 0; i < n; i += 16) {
        __mmask16 mask = n - i >= 16 ? (__mmask16)0xFFFF : tail(n - i);
        uint32_t near = _mm512_mask_cmp_ps_mask(mask, _mm512_maskz_loadu_ps(mask, x + i), least, _CMP_GE_OQ);
        for (; near; near &= near - 1) places[count++] = (uint32_t)(i + (size_t)__builtin_ctz(near));
    }
    return count;
}

const akin_kernels akin_table_avx512 = {AKIN_AVX512, dot_f32, squared_distance_f32, axpy_f32, near_largest_f32};
#endif
