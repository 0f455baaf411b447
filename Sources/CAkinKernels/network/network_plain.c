// Plain C with the C library's functions: the oracle of the vector kernels, and the fallback of every processor.
#include <math.h>
#include "network_tables.h"

static float activated(float x, akin_activation activation) {
    switch (activation) {
    case AKIN_GELU:
        return 0.5f * x * (1.0f + erff(x * 0.70710678f));
    case AKIN_GELU_TANH:
        return 0.5f * x * (1.0f + tanhf(0.79788456f * (x + 0.044715f * x * x * x)));
    case AKIN_RELU:
        return x < 0 ? 0 : x;
    case AKIN_SILU:
        return x / (1.0f + expf(-x));
    default:
        return x;
    }
}

static void bias_activation_f32(float *x, const float *bias, size_t rows, size_t columns, akin_activation activation) {
    for (size_t r = 0; r < rows; r++, x += columns) {
        for (size_t c = 0; c < columns; c++) x[c] = activated(x[c] + bias[c], activation);
    }
}

static void softmax_f32(float *x, size_t rows, size_t columns, float scale) {
    for (size_t r = 0; r < rows; r++, x += columns) {
        float largest = x[0];
        for (size_t c = 1; c < columns; c++) largest = x[c] > largest ? x[c] : largest;
        float sum = 0;
        for (size_t c = 0; c < columns; c++) sum += x[c] = expf(scale * (x[c] - largest));
        for (size_t c = 0; c < columns; c++) x[c] /= sum;
    }
}

static void add_layer_norm_f32(
    float *x, const float *y, const float *bias, const float *gamma, const float *beta, size_t rows, size_t columns, float epsilon,
    float *target) {
    for (size_t r = 0; r < rows; r++, x += columns, target += columns) {
        double sum = 0, squares = 0;
        for (size_t c = 0; c < columns; c++) sum += x[c] = x[c] + (y ? y[r * columns + c] : 0) + bias[c];
        float mean = (float)(sum / (double)columns);
        for (size_t c = 0; c < columns; c++) squares += (double)(x[c] - mean) * (x[c] - mean);
        float inverse = 1.0f / sqrtf((float)(squares / (double)columns) + epsilon);
        for (size_t c = 0; c < columns; c++) target[c] = gamma[c] * ((x[c] - mean) * inverse) + beta[c];
    }
}

static void gate_f32(const float *x, size_t rows, size_t columns, akin_activation activation, float *y) {
    for (size_t r = 0; r < rows; r++, x += 2 * columns, y += columns) {
        for (size_t c = 0; c < columns; c++) y[c] = activated(x[c], activation) * x[columns + c];
    }
}

static void rotate_f32(
    float *x, size_t rows, size_t stride, size_t vectors, size_t size, const float *cosines, const float *sines) {
    size_t half = size / 2;
    for (size_t r = 0; r < rows; r++, x += stride, cosines += half, sines += half) {
        for (size_t v = 0; v < vectors; v++) {
            for (size_t i = 0; i < half; i++) {
                float a = x[v * size + i], b = x[v * size + half + i];
                x[v * size + i] = a * cosines[i] - b * sines[i];
                x[v * size + half + i] = b * cosines[i] + a * sines[i];
            }
        }
    }
}

static void attention_f32(
    const float *source, size_t length, size_t heads, size_t head_size, size_t window, const float *bias, size_t reach, float *scratch,
    float *context) {
    size_t width = heads * head_size, stride = 3 * width;
    float scale = 1.0f / sqrtf((float)head_size);
    for (size_t head = 0; head < heads; head++) {
        const float *key = source + width + head * head_size, *value = key + width;
        for (size_t t = 0; t < length; t++) {
            const float *query = source + t * stride + head * head_size;
            float *result = context + t * width + head * head_size;
            size_t from = t > window ? t - window : 0, to = window < length - t ? t + window + 1 : length;
            for (size_t other = from; other < to; other++) {
                float sum = 0;
                for (size_t i = 0; i < head_size; i++) sum += query[i] * key[other * stride + i];
                scratch[other] = scale * sum + (bias ? bias[head * (2 * reach - 1) + reach - 1 + other - t] : 0);
            }
            softmax_f32(scratch + from, 1, to - from, 1);
            for (size_t i = 0; i < head_size; i++) {
                float sum = 0;
                for (size_t other = from; other < to; other++) sum += scratch[other] * value[other * stride + i];
                result[i] = sum;
            }
        }
    }
}

const akin_network_kernels akin_network_plain = {
    AKIN_PLAIN, bias_activation_f32, softmax_f32, add_layer_norm_f32, gate_f32, rotate_f32, attention_f32};

const akin_network_kernels *akin_network_kernels_of(akin_instruction_set set) {
    switch (set) {
#if defined(__x86_64__)
    case AKIN_AVX2:
        return &akin_network_avx2;
    case AKIN_AVX512:
        return &akin_network_avx512;
#elif defined(__aarch64__)
    case AKIN_NEON:
        return &akin_network_neon;
#endif
    default:
        return &akin_network_plain;
    }
}
