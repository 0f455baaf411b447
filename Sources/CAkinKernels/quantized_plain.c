// Plain C: the oracle of the 8-bit kernels and the fallback of every processor; packing, which all sets share.
#include <math.h>
#include <string.h>
#include "quantized_tables.h"

// A float sum of products must be rounded as the vector kernels round it.
#pragma STDC FP_CONTRACT OFF

static void quantize_rows(
    const float *x, const float *factors, size_t rows, size_t columns, int8_t *q, float *scales, int32_t *sums) {
    for (size_t r = 0; r < rows; r++, x += columns, q += akin_quantized_stride(columns)) {
        int32_t largest = 0;
        for (size_t c = 0; c < columns; c++) {
            union { float value; int32_t bits; } magnitude = {fabsf(factors ? x[c] * factors[c] : x[c])};
            largest = magnitude.bits > largest ? magnitude.bits : largest;
        }
        float multiplier;
        scales[r] = akin_row_scale(largest, &multiplier);
        sums[r] = 0;
        memset(q, 0, (columns + 3) / 4 * 4);
        for (size_t c = 0; multiplier != 0 && c < columns; c++) {
            q[c] = (int8_t)rintf((factors ? x[c] * factors[c] : x[c]) * multiplier);
            sums[r] += q[c];
        }
    }
}

static void linear(
    const int8_t *q, const float *scales, const int32_t *sums, size_t rows, size_t inputs, const uint8_t *packed,
    const float *weight_scales, const float *bias, size_t outputs, float *y, akin_activation activation) {
    size_t groups = (inputs + 3) / 4, stride = akin_quantized_stride(inputs);
    for (size_t r = 0; r < rows; r++) {
        for (size_t n = 0; n < outputs; n++) {
            const uint8_t *column = packed + n / 32 * groups * 128 + n % 32 * 4;
            int32_t sum = -128 * sums[r];
            for (size_t k = 0; k < 4 * groups; k++) sum += q[r * stride + k] * column[k / 4 * 128 + k % 4];
            y[r * outputs + n] = (float)sum * scales[r] * weight_scales[n];
        }
    }
    akin_network_kernels_of(AKIN_PLAIN)->bias_activation_f32(y, bias, rows, outputs, activation);
}

void akin_pack_weights(
    const float *weights, const float *factors, size_t inputs, size_t outputs, uint8_t *packed, float *scales) {
    size_t groups = (inputs + 3) / 4, panels = (outputs + 31) / 32;
    memset(packed, 128, akin_packed_bytes(inputs, outputs));
    for (size_t panel = 0; panel < panels; panel++, packed += groups * 128, scales += 32) {
        size_t width = outputs - panel * 32 < 32 ? outputs - panel * 32 : 32;
        float multipliers[32] = {0};
        memset(scales, 0, 32 * sizeof(float));
        for (size_t k = 0; k < inputs; k++) {
            const float *row = weights + k * outputs + panel * 32;
            float factor = factors ? factors[k] : 1;
            for (size_t n = 0; n < width; n++) {
                float magnitude = fabsf(row[n] * factor);
                // A NaN stays: it shows that the weights are damaged.
                scales[n] = magnitude <= scales[n] ? scales[n] : magnitude;
            }
        }
        for (size_t n = 0; n < width; n++) {
            multipliers[n] = scales[n] > 0x1p-100f && scales[n] < INFINITY ? 127.0f / scales[n] : 0;
            scales[n] /= 127.0f;
        }
        for (size_t k = 0; k < inputs; k++) {
            const float *row = weights + k * outputs + panel * 32;
            float factor = factors ? factors[k] : 1;
            uint8_t *bytes = packed + k / 4 * 128 + k % 4;
            // Safe: adding and removing 1.5·2²³ rounds a float below 2²² to a whole number, halves to even, without a library call.
            for (size_t n = 0; n < width; n++) {
                float value = multipliers[n] == 0 ? 0 : row[n] * factor * multipliers[n];
                bytes[4 * n] = (uint8_t)(128 + (int)((value + 0x1.8p23f) - 0x1.8p23f));
            }
        }
    }
}

const akin_quantized_kernels akin_quantized_plain = {AKIN_PLAIN, quantize_rows, linear};

const akin_quantized_kernels *akin_quantized_kernels_of(akin_instruction_set set) {
    switch (set) {
#if defined(__x86_64__)
    case AKIN_AVX2:
        return &akin_quantized_avx2;
    case AKIN_AVX512:
        return __builtin_cpu_supports("avx512vnni") ? &akin_quantized_avx512 : &akin_quantized_avx2;
#elif defined(__aarch64__)
    case AKIN_NEON:
        return &akin_quantized_neon;
#endif
    default:
        return &akin_quantized_plain;
    }
}
