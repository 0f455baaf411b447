// Kernels of a transformer's row-wise steps: activation, softmax, layer normalisation. All matrices are row-major without padding.
//
// Each instruction set has one constant table; the plain one is the oracle. No row's result depends on another row or on its place.
#ifndef AKIN_NETWORK_H
#define AKIN_NETWORK_H

#include "akin_kernels.h"

#pragma clang assume_nonnull begin

typedef enum akin_activation {
    AKIN_IDENTITY = 0,
    // x·Φ(x), Φ the normal distribution function: the exact GELU of Hendrycks and Gimpel 2016
    AKIN_GELU = 1,
    // x·(1 + tanh(√(2/π)·(x + 0.044715·x³))) / 2: their approximation, which some models were trained with
    AKIN_GELU_TANH = 2,
    AKIN_RELU = 3,
} akin_activation;

typedef struct akin_network_kernels {
    akin_instruction_set instruction_set;
    // x[r, c] = activation(x[r, c] + bias[c])
    void (*bias_activation_f32)(float *x, const float *bias, size_t rows, size_t columns, akin_activation activation);
    // x[r, :] = softmax(scale·x[r, :])
    void (*softmax_f32)(float *x, size_t rows, size_t columns, float scale);
    // x[r, :] = gamma·(s − mean(s)) / √(variance(s) + epsilon) + beta, where s = x[r, :] + y[r, :] + bias
    void (*add_layer_norm_f32)(
        float *x, const float *y, const float *bias, const float *gamma, const float *beta, size_t rows, size_t columns, float epsilon);
    // context[t, head] = softmax(Q·Kᵀ / √head_size + B)·V of each head over one sequence. source (length, 3·heads·head_size) holds the
    // queries of all heads, then keys, then values; context is (length, heads·head_size); scratch akin_attention_scratch(…) floats.
    // B[t, u] = bias[head, reach − 1 + u − t]: bias (heads, 2·reach − 1), length ≤ reach, or NULL for no bias.
    void (*attention_f32)(
        const float *source, size_t length, size_t heads, size_t head_size, const float *_Nullable bias, size_t reach, float *scratch,
        float *context);
} akin_network_kernels;

// The floats of scratch that attention needs, whatever the set and the arithmetic: one head's keys and values, and a tile of queries,
// scores, their exponentials and results.
static inline size_t akin_attention_scratch(size_t length, size_t head_size) {
    size_t keys = (length + 15) / 16 * 16, values = (head_size + 15) / 16 * 16;
    return values * keys + keys * values + 12 * 2 * (keys + values);
}

// The table of a set, or the plain one where this build has none for it.
const akin_network_kernels *akin_network_kernels_of(akin_instruction_set set);

#pragma clang assume_nonnull end
#endif
