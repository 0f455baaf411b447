// NEON (arm64): 4 floats a register, four accumulators.
#if defined(__aarch64__)
#include <arm_neon.h>
#include "tables.h"

static float dot_f32(const float *a, const float *b, size_t n) {
    float32x4_t s0 = vdupq_n_f32(0), s1 = s0, s2 = s0, s3 = s0;
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        s0 = vfmaq_f32(s0, vld1q_f32(a + i), vld1q_f32(b + i));
        s1 = vfmaq_f32(s1, vld1q_f32(a + i + 4), vld1q_f32(b + i + 4));
        s2 = vfmaq_f32(s2, vld1q_f32(a + i + 8), vld1q_f32(b + i + 8));
        s3 = vfmaq_f32(s3, vld1q_f32(a + i + 12), vld1q_f32(b + i + 12));
    }
    float sum = vaddvq_f32(vaddq_f32(vaddq_f32(s0, s1), vaddq_f32(s2, s3)));
    for (; i < n; i++) sum += a[i] * b[i];
    return sum;
}

static float squared_distance_f32(const float *a, const float *b, size_t n) {
    float32x4_t s0 = vdupq_n_f32(0), s1 = s0;
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        float32x4_t d0 = vsubq_f32(vld1q_f32(a + i), vld1q_f32(b + i));
        float32x4_t d1 = vsubq_f32(vld1q_f32(a + i + 4), vld1q_f32(b + i + 4));
        s0 = vfmaq_f32(s0, d0, d0);
        s1 = vfmaq_f32(s1, d1, d1);
    }
    float sum = vaddvq_f32(vaddq_f32(s0, s1));
    for (; i < n; i++) {
        float difference = a[i] - b[i];
        sum += difference * difference;
    }
    return sum;
}

static void axpy_f32(float alpha, const float *x, float *y, size_t n) {
    float32x4_t scale = vdupq_n_f32(alpha);
    size_t i = 0;
    for (; i + 4 <= n; i += 4) vst1q_f32(y + i, vfmaq_f32(vld1q_f32(y + i), scale, vld1q_f32(x + i)));
    for (; i < n; i++) y[i] += alpha * x[i];
}

static size_t near_largest_f32(const float *x, size_t n, float slack, uint32_t *places) {
    size_t whole = n - n % 4;
    float32x4_t lanes = vdupq_n_f32(x[0]);
    for (size_t i = 0; i < whole; i += 4) lanes = vmaxq_f32(lanes, vld1q_f32(x + i));
    float largest = vmaxvq_f32(lanes);
    for (size_t i = whole; i < n; i++) largest = x[i] > largest ? x[i] : largest;
    float least = largest - slack;
    size_t count = 0;
    for (size_t i = 0; i < whole; i += 4) {
        // Most groups hold none.
        if (vmaxvq_f32(vld1q_f32(x + i)) < least) continue;
        for (size_t j = i; j < i + 4; j++) {
            if (x[j] >= least) places[count++] = (uint32_t)j;
        }
    }
    for (size_t i = whole; i < n; i++) {
        if (x[i] >= least) places[count++] = (uint32_t)i;
    }
    return count;
}

const akin_kernels akin_table_neon = {AKIN_NEON, dot_f32, squared_distance_f32, axpy_f32, near_largest_f32};
#endif
