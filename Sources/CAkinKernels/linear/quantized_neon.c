// NEON (arm64): the dot-product instruction where the compiler may assume it, else 16-bit sums of two products.
#if defined(__aarch64__)
#include "quantized_tables.h"
#include "words_neon.h"
#include "activation_template.h"

#define DOT_ROWS 2
#define I int32x4_t
#define BITS(v) vreinterpretq_s32_f32(v)
#define I_ZERO vdupq_n_s32(0)
#define I_ADD(a, b) vaddq_s32(a, b)
#define I_MAX(a, b) vmaxq_s32(a, b)
#define I_SUM(i) vaddvq_s32(i)
#define I_LARGEST(i) vmaxvq_s32(i)
#define ROUNDED(v) vcvtnq_s32_f32(v)
#define STORE_BYTES(p, i) store_bytes(p, i)
#define INTEGERS(p) vcvtq_f32_s32(vld1q_s32(p))

static inline void store_bytes(int8_t *p, int32x4_t v) {
    int16x4_t words = vmovn_s32(v);
    int8x8_t bytes = vmovn_s16(vcombine_s16(words, words));
    memcpy(p, &bytes, 4);
}

// sum[n] + Σ of the four products of output n. Both sides stay within ±127, so that a sum of two products fits 16 bits.
static inline int32x4_t add_dots(int32x4_t sum, int8x16_t weights, int8x16_t activations) {
#if defined(__ARM_FEATURE_DOTPROD)
    return vdotq_s32(sum, weights, activations);
#else
    int16x8_t low = vmull_s8(vget_low_s8(weights), vget_low_s8(activations));
    int16x8_t high = vmull_s8(vget_high_s8(weights), vget_high_s8(activations));
    return vpadalq_s16(sum, vpaddq_s16(low, high));
#endif
}

// tile[r, n] = Σ_k q[r, k]·w[n, k]
static inline __attribute__((always_inline)) void dot_tile(
    const int rows, const int8_t *q, size_t stride, const uint8_t *panel, size_t groups, int32_t *tile) {
    int32x4_t sums[DOT_ROWS][8];
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
        for (int n = 0; n < 8; n++) sums[r][n] = vdupq_n_s32(0);
    }
    for (size_t group = 0; group < groups; group++, panel += 128, q += 4) {
#pragma clang loop unroll(full)
        for (int n = 0; n < 8; n++) {
            int8x16_t weights = vreinterpretq_s8_u8(veorq_u8(vld1q_u8(panel + 16 * n), vdupq_n_u8(128)));
#pragma clang loop unroll(full)
            for (int r = 0; r < rows; r++) {
                int32_t four;
                memcpy(&four, q + (size_t)r * stride, 4);
                sums[r][n] = add_dots(sums[r][n], weights, vreinterpretq_s8_s32(vdupq_n_s32(four)));
            }
        }
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
        for (int n = 0; n < 8; n++) vst1q_s32(tile + 32 * r + 4 * n, sums[r][n]);
    }
}

static void dot_rows(
    size_t rows, const int8_t *q, size_t stride, const int32_t *row_sums, const uint8_t *panel, size_t groups, int32_t *tile) {
    (void)row_sums;  // The weights lose their 128 here.
    if (rows == 1) {
        dot_tile(1, q, stride, panel, groups, tile);
    } else {
        dot_tile(2, q, stride, panel, groups, tile);
    }
}

#include "quantized_template.h"

#if defined(__ARM_FEATURE_DOTPROD)
enum { MULTIPLIES_BYTES = true };
#else
enum { MULTIPLIES_BYTES = false };
#endif

const akin_quantized_kernels akin_quantized_neon = {AKIN_NEON, MULTIPLIES_BYTES, quantize_rows, linear};
#endif
