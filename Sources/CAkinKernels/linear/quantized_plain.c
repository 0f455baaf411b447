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

// One panel. `width` of its outputs exist; it is a constant where all do, which lets the compiler use vectors.
static inline __attribute__((always_inline)) void pack_panel(
    const float *weights, const float *factors, size_t inputs, size_t outputs, size_t width, uint8_t *packed, float *scales) {
    int32_t largest[32] = {0};
    for (size_t k = 0; k < inputs; k++) {
        float factor = factors ? factors[k] : 1;
        for (size_t n = 0; n < width; n++) {
            union { float value; int32_t bits; } product = {weights[k * outputs + n] * factor};
            int32_t magnitude = product.bits & 0x7FFFFFFF;
            largest[n] = magnitude > largest[n] ? magnitude : largest[n];
        }
    }
    float multipliers[32];
    for (size_t n = 0; n < 32; n++) scales[n] = akin_row_scale(largest[n], &multipliers[n]);

    for (size_t first = 0; first < inputs; first += 4, packed += 128) {
        uint32_t fours[32];
        for (size_t n = 0; n < 32; n++) fours[n] = 0x80808080;
        for (size_t k = first; k < inputs && k < first + 4; k++) {
            float factor = factors ? factors[k] : 1;
            uint32_t shift = (uint32_t)(k - first) * 8;
            // Safe: adding 1.5·2²³ to a float below 2²² rounds it to a whole number, halves to even, in the lowest bits of the sum.
            for (size_t n = 0; n < width; n++) {
                union { float value; uint32_t bits; } sum = {weights[k * outputs + n] * factor * multipliers[n] + 0x1.8p23f};
                fours[n] ^= (sum.bits & 0xFF) << shift;
            }
        }
        // Safe: every processor Akin runs on is little-endian, so that the first input's byte comes first.
        memcpy(packed, fours, 128);
    }
}

void akin_pack_weights(
    const float *weights, const float *factors, size_t inputs, size_t outputs, uint8_t *packed, float *scales) {
    size_t panel_bytes = (inputs + 3) / 4 * 128;
    for (size_t first = 0; first < outputs; first += 32, packed += panel_bytes, scales += 32) {
        if (outputs - first >= 32) {
            pack_panel(weights + first, factors, inputs, outputs, 32, packed, scales);
        } else {
            pack_panel(weights + first, factors, inputs, outputs, outputs - first, packed, scales);
        }
    }
}

const akin_quantized_kernels akin_quantized_plain = {AKIN_PLAIN, false, quantize_rows, linear};
