// AVX2 and FMA: 8 floats a register, four accumulators to hide the latency of the fused multiply-add.
#if defined(__x86_64__)
#include <immintrin.h>
#include "tables.h"

#define TARGET __attribute__((target("avx2,fma")))

TARGET static inline float sum8(__m256 v) {
    __m128 half = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    half = _mm_add_ps(half, _mm_movehl_ps(half, half));
    half = _mm_add_ss(half, _mm_movehdup_ps(half));
    return _mm_cvtss_f32(half);
}

TARGET static float dot_f32(const float *a, const float *b, size_t n) {
    __m256 s0 = _mm256_setzero_ps(), s1 = s0, s2 = s0, s3 = s0;
    size_t i = 0;
    for (; i + 32 <= n; i += 32) {
        s0 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i), _mm256_loadu_ps(b + i), s0);
        s1 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 8), _mm256_loadu_ps(b + i + 8), s1);
        s2 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 16), _mm256_loadu_ps(b + i + 16), s2);
        s3 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 24), _mm256_loadu_ps(b + i + 24), s3);
    }
    for (; i + 8 <= n; i += 8) s0 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i), _mm256_loadu_ps(b + i), s0);
    float sum = sum8(_mm256_add_ps(_mm256_add_ps(s0, s1), _mm256_add_ps(s2, s3)));
    for (; i < n; i++) sum += a[i] * b[i];
    return sum;
}

TARGET static float squared_distance_f32(const float *a, const float *b, size_t n) {
    __m256 s0 = _mm256_setzero_ps(), s1 = s0;
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        __m256 d0 = _mm256_sub_ps(_mm256_loadu_ps(a + i), _mm256_loadu_ps(b + i));
        __m256 d1 = _mm256_sub_ps(_mm256_loadu_ps(a + i + 8), _mm256_loadu_ps(b + i + 8));
        s0 = _mm256_fmadd_ps(d0, d0, s0);
        s1 = _mm256_fmadd_ps(d1, d1, s1);
    }
    float sum = sum8(_mm256_add_ps(s0, s1));
    for (; i < n; i++) {
        float difference = a[i] - b[i];
        sum += difference * difference;
    }
    return sum;
}

TARGET static void axpy_f32(float alpha, const float *x, float *y, size_t n) {
    __m256 scale = _mm256_set1_ps(alpha);
    size_t i = 0;
    for (; i + 8 <= n; i += 8) _mm256_storeu_ps(y + i, _mm256_fmadd_ps(scale, _mm256_loadu_ps(x + i), _mm256_loadu_ps(y + i)));
    for (; i < n; i++) y[i] += alpha * x[i];
}

TARGET static size_t near_largest_f32(const float *x, size_t n, float slack, uint32_t *places) {
    size_t whole = n - n % 8;
    __m256 lanes = _mm256_set1_ps(x[0]);
    for (size_t i = 0; i < whole; i += 8) lanes = _mm256_max_ps(lanes, _mm256_loadu_ps(x + i));
    float folded[8], largest = x[0];
    _mm256_storeu_ps(folded, lanes);
    for (int lane = 0; lane < 8; lane++) largest = folded[lane] > largest ? folded[lane] : largest;
    for (size_t i = whole; i < n; i++) largest = x[i] > largest ? x[i] : largest;
    float least = largest - slack;
    size_t count = 0;
    for (size_t i = 0; i < whole; i += 8) {
        uint32_t near = (uint32_t)_mm256_movemask_ps(_mm256_cmp_ps(_mm256_loadu_ps(x + i), _mm256_set1_ps(least), _CMP_GE_OQ));
        for (; near; near &= near - 1) places[count++] = (uint32_t)(i + (size_t)__builtin_ctz(near));
    }
    for (size_t i = whole; i < n; i++) {
        if (x[i] >= least) places[count++] = (uint32_t)i;
    }
    return count;
}

const akin_kernels akin_table_avx2 = {AKIN_AVX2, dot_f32, squared_distance_f32, axpy_f32, near_largest_f32};
#endif
