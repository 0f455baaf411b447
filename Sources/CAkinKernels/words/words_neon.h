// NEON (arm64): 4 floats a register, tails through a small copy.
// The vector words that activation_template.h lists.
#ifndef AKIN_WORDS_NEON_H
#define AKIN_WORDS_NEON_H

#include <arm_neon.h>
#include <string.h>

#define TARGET
#define V float32x4_t
#define WIDTH 4
#define TILE_ROWS 12

static inline float32x4_t load_tail(const float *p, size_t n) {
    float copy[4] = {0, 0, 0, 0};
    memcpy(copy, p, n * sizeof(float));
    return vld1q_f32(copy);
}

static inline void store_tail(float *p, size_t n, float32x4_t v) {
    float copy[4];
    vst1q_f32(copy, v);
    memcpy(p, copy, n * sizeof(float));
}

static inline float32x4_t keep_first(float32x4_t v, size_t n) {
    static const uint32_t places[4] = {0, 1, 2, 3};
    uint32x4_t kept = vcltq_u32(vld1q_u32(places), vdupq_n_u32((uint32_t)n));
    return vreinterpretq_f32_u32(vandq_u32(vreinterpretq_u32_f32(v), kept));
}

#define LOAD(p) vld1q_f32(p)
#define STORE(p, v) vst1q_f32(p, v)
#define LOAD_TAIL(p, n) load_tail(p, n)
#define STORE_TAIL(p, n, v) store_tail(p, n, v)
#define KEEP_FIRST(v, n) keep_first(v, n)
#define SET1(f) vdupq_n_f32(f)
#define ADD(a, b) vaddq_f32(a, b)
#define SUB(a, b) vsubq_f32(a, b)
#define MUL(a, b) vmulq_f32(a, b)
#define DIV(a, b) vdivq_f32(a, b)
#define FMA(a, b, c) vfmaq_f32(c, a, b)
#define MIN(a, b) vminq_f32(a, b)
#define MAX(a, b) vmaxq_f32(a, b)
#define ABS(a) vabsq_f32(a)
#define ROUND(a) vrndnq_f32(a)
#define SQRT(a) vsqrtq_f32(a)
#define SCALED(p, n) vmulq_f32(p, vreinterpretq_f32_s32(vshlq_n_s32(vaddq_s32(vcvtq_s32_f32(n), vdupq_n_s32(127)), 23)))
#define POSITIVE(x, a, b) vbslq_f32(vcgtq_f32(x, vdupq_n_f32(0)), a, b)
#define SUM(v) vaddvq_f32(v)
#define LARGEST(v) vmaxvq_f32(v)

#endif
