// NEON (arm64): products of bytes into 16 bits, added in pairs into 32.
#if defined(__aarch64__)
#include <arm_neon.h>
#include "codes_tables.h"

static inline int32x4_t dot16(int32x4_t sum, int8x16_t a, int8x16_t b) {
    sum = vpadalq_s16(sum, vmull_s8(vget_low_s8(a), vget_low_s8(b)));
    return vpadalq_s16(sum, vmull_high_s8(a, b));
}

static void nibble_products(
    const int8_t *query, const uint8_t *codes, size_t bytes, const uint32_t *rows, size_t count, int32_t *products) {
    const uint8x16_t low = vdupq_n_u8(15);
    akin_prefetch_rows(codes, bytes, rows, count);
    for (size_t i = 0; i < count; i++) {
        const uint8_t *row = codes + (size_t)rows[i] * bytes;
        int32x4_t even = vdupq_n_s32(0), odd = even;
        for (size_t offset = 0; offset < bytes; offset += AKIN_CODE_BLOCK) {
            for (size_t part = 0; part < AKIN_CODE_BLOCK; part += 16) {
                uint8x16_t block = vld1q_u8(row + offset + part);
                const int8_t *q = query + 2 * offset + part;
                even = dot16(even, vreinterpretq_s8_u8(vandq_u8(block, low)), vld1q_s8(q));
                odd = dot16(odd, vreinterpretq_s8_u8(vshrq_n_u8(block, 4)), vld1q_s8(q + AKIN_CODE_BLOCK));
            }
        }
        products[i] = vaddvq_s32(vaddq_s32(even, odd));
    }
}

static int32_t byte_product(const int8_t *a, const int8_t *b, size_t n) {
    int32x4_t s0 = vdupq_n_s32(0), s1 = s0;
    for (size_t i = 0; i < n; i += 32) {
        s0 = dot16(s0, vld1q_s8(a + i), vld1q_s8(b + i));
        s1 = dot16(s1, vld1q_s8(a + i + 16), vld1q_s8(b + i + 16));
    }
    return vaddvq_s32(vaddq_s32(s0, s1));
}

static inline float32x4_t widened4(const uint16_t *x) { return vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(x))); }

static float dot_f16(const float *a, const uint16_t *b, size_t n) {
    float32x4_t s0 = vdupq_n_f32(0), s1 = s0, s2 = s0, s3 = s0;
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        s0 = vfmaq_f32(s0, vld1q_f32(a + i), widened4(b + i));
        s1 = vfmaq_f32(s1, vld1q_f32(a + i + 4), widened4(b + i + 4));
        s2 = vfmaq_f32(s2, vld1q_f32(a + i + 8), widened4(b + i + 8));
        s3 = vfmaq_f32(s3, vld1q_f32(a + i + 12), widened4(b + i + 12));
    }
    float sum = vaddvq_f32(vaddq_f32(vaddq_f32(s0, s1), vaddq_f32(s2, s3)));
    for (; i < n; i++) sum += a[i] * akin_widened(b[i]);
    return sum;
}

static float dot_i8(const float *a, const int8_t *b, size_t n) {
    float32x4_t s0 = vdupq_n_f32(0), s1 = s0;
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        int16x8_t x = vmovl_s8(vld1_s8(b + i));
        s0 = vfmaq_f32(s0, vld1q_f32(a + i), vcvtq_f32_s32(vmovl_s16(vget_low_s16(x))));
        s1 = vfmaq_f32(s1, vld1q_f32(a + i + 4), vcvtq_f32_s32(vmovl_high_s16(x)));
    }
    float sum = vaddvq_f32(vaddq_f32(s0, s1));
    for (; i < n; i++) sum += a[i] * (float)b[i];
    return sum;
}

static void widen_f16(const uint16_t *x, float *y, size_t n) {
    size_t i = 0;
    for (; i + 4 <= n; i += 4) vst1q_f32(y + i, widened4(x + i));
    for (; i < n; i++) y[i] = akin_widened(x[i]);
}

static void narrow_f16(const float *x, uint16_t *y, size_t n) {
    size_t i = 0;
    for (; i + 4 <= n; i += 4) vst1_u16(y + i, vreinterpret_u16_f16(vcvt_f16_f32(vld1q_f32(x + i))));
    for (; i < n; i++) y[i] = akin_narrowed(x[i]);
}

const akin_code_kernels akin_codes_neon = {AKIN_NEON, nibble_products, byte_product, dot_f16, dot_i8, widen_f16, narrow_f16};
#endif
