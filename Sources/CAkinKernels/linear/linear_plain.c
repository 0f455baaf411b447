// Plain C: the oracle of the vector kernels, the packing that all share, and the choice among the tables.
#include <math.h>
#include "linear_tables.h"
#include "network_tables.h"

// One row of a panel: sums[c] += a·w[c].
static void add_multiples(float a, const float *w, float *sums) {
    for (size_t c = 0; c < 32; c++) sums[c] += a * w[c];
}

static void finish(float *sums, const float *bias, size_t columns, float *y, akin_activation activation) {
    akin_network_plain.bias_activation_f32(sums, bias, 1, columns, activation);
    for (size_t c = 0; c < columns; c++) y[c] = sums[c];
}

static void linear_f32(
    const float *x, size_t rows, size_t inputs, const float *packed, const float *bias, size_t outputs, float *y,
    akin_activation activation) {
    for (size_t n = 0; n < outputs; n += 32, packed += 32 * inputs) {
        size_t columns = outputs - n < 32 ? outputs - n : 32;
        for (size_t r = 0; r < rows; r++) {
            float sums[32] = {0};
            for (size_t k = 0; k < inputs; k++) add_multiples(x[r * inputs + k], packed + 32 * k, sums);
            finish(sums, bias + n, columns, y + r * outputs + n, activation);
        }
    }
}

static void linear_bf16(
    const uint32_t *rounded, size_t rows, size_t inputs, const uint16_t *packed, const float *bias, size_t outputs, float *y,
    akin_activation activation) {
    size_t pairs = (inputs + 1) / 2, stride = akin_bf16_stride(inputs);
    for (size_t n = 0; n < outputs; n += 32, packed += 64 * pairs) {
        size_t columns = outputs - n < 32 ? outputs - n : 32;
        for (size_t r = 0; r < rows; r++) {
            float sums[32] = {0}, weights[32];
            for (size_t k = 0; k < 2 * pairs; k++) {
                for (size_t c = 0; c < 32; c++) weights[c] = akin_float_of_bf16(packed[k / 2 * 64 + 2 * c + k % 2]);
                float a;
                __builtin_memcpy(&a, rounded + r * stride + k, 4);
                add_multiples(a, weights, sums);
            }
            finish(sums, bias + n, columns, y + r * outputs + n, activation);
        }
    }
}

static float rounded(float x) { return akin_float_of_bf16(akin_bf16(x)); }

static void attention_bf16(
    const float *source, size_t length, size_t heads, size_t head_size, size_t window, const float *bias, size_t reach, float *scratch,
    float *context) {
    size_t width = heads * head_size, stride = 3 * width;
    float scale = 1.0f / sqrtf((float)head_size);
    for (size_t head = 0; head < heads; head++) {
        const float *key = source + width + head * head_size, *value = key + width;
        for (size_t t = 0; t < length; t++) {
            const float *query = source + t * stride + head * head_size;
            float *result = context + t * width + head * head_size, largest = -INFINITY, sum = 0;
            size_t from = t > window ? t - window : 0, to = window < length - t ? t + window + 1 : length;
            for (size_t other = from; other < to; other++) {
                scratch[other] = 0;
                for (size_t i = 0; i < head_size; i++) scratch[other] += rounded(query[i]) * rounded(key[other * stride + i]);
                scratch[other] = scale * scratch[other] + (bias ? bias[head * (2 * reach - 1) + reach - 1 + other - t] : 0);
                largest = fmaxf(largest, scratch[other]);
            }
            for (size_t other = from; other < to; other++) {
                scratch[other] = expf(scratch[other] - largest);
                sum += scratch[other];
            }
            for (size_t i = 0; i < head_size; i++) {
                float total = 0;
                for (size_t other = from; other < to; other++) total += rounded(scratch[other]) * rounded(value[other * stride + i]);
                result[i] = total / sum;
            }
        }
    }
}

const akin_linear_kernels akin_linear_plain = {AKIN_PLAIN, linear_f32, akin_round_rows, linear_bf16, attention_bf16};

void akin_pack_floats(const float *weights, size_t inputs, size_t outputs, float *packed) {
    for (size_t n = 0; n < outputs; n += 32) {
        for (size_t k = 0; k < inputs; k++) {
            for (size_t c = 0; c < 32; c++) *packed++ = n + c < outputs ? weights[k * outputs + n + c] : 0;
        }
    }
}

void akin_pack_bf16(const float *weights, size_t inputs, size_t outputs, uint16_t *packed) {
    for (size_t n = 0; n < outputs; n += 32) {
        for (size_t k = 0; k < inputs; k += 2) {
            for (size_t c = 0; c < 32; c++) {
                *packed++ = n + c < outputs ? akin_bf16(weights[k * outputs + n + c]) : 0;
                *packed++ = n + c < outputs && k + 1 < inputs ? akin_bf16(weights[(k + 1) * outputs + n + c]) : 0;
            }
        }
    }
}

const akin_linear_kernels *akin_linear_variant(akin_instruction_set set, size_t index) {
    switch (set) {
#if defined(__x86_64__)
    case AKIN_AVX512:
        if (index == 0) return &akin_linear_avx512;
        return index == 1 && __builtin_cpu_supports("avx512bf16") ? &akin_linear_avx512bf16 : 0;
    case AKIN_AVX2:
        return index == 0 ? &akin_linear_avx2 : 0;
#elif defined(__aarch64__)
    case AKIN_NEON:
        return index == 0 ? &akin_linear_neon : 0;
#endif
    default:
        return index == 0 ? &akin_linear_plain : 0;
    }
}
