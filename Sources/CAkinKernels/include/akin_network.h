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
    // x·σ(x), σ the logistic function: x / (1 + e⁻ˣ)
    AKIN_SILU = 4,
} akin_activation;

typedef struct akin_network_kernels {
    akin_instruction_set instruction_set;
    // x[r, c] = activation(x[r, c] + bias[c])
    void (*bias_activation_f32)(float *x, const float *bias, size_t rows, size_t columns, akin_activation activation);
    // x[r, :] = softmax(scale·x[r, :])
    void (*softmax_f32)(float *x, size_t rows, size_t columns, float scale);
    // x[r, :] = s = x[r, :] + y[r, :] + bias, and target[r, :] = gamma·(s − mean(s)) / √(variance(s) + epsilon) + beta. Without y, s is
    // x[r, :] + bias. The target may be x, which then does not keep the sums.
    void (*add_layer_norm_f32)(
        float *x, const float *_Nullable y, const float *bias, const float *gamma, const float *beta, size_t rows, size_t columns,
        float epsilon, float *target);
    // y[r, c] = activation(x[r, c])·x[r, columns + c]: x (rows, 2·columns), y (rows, columns)
    void (*gate_f32)(const float *x, size_t rows, size_t columns, akin_activation activation, float *y);
    // Turns pairs in place: with a = x[r, v, i], b = x[r, v, size / 2 + i] of the first `vectors` vectors of `size` floats of each row,
    // (a, b) = (a·cos − b·sin, b·cos + a·sin), where cos = cosines[r, i] and sin = sines[r, i]; rows of x are `stride` floats apart.
    void (*rotate_f32)(
        float *x, size_t rows, size_t stride, size_t vectors, size_t size, const float *cosines, const float *sines);
    // context[t, head] = softmax(Q·Kᵀ / √head_size + B)·V of each head over one sequence. source (length, 3·heads·head_size) holds the
    // queries of all heads, then keys, then values; context is (length, heads·head_size); scratch akin_attention_scratch(…) floats.
    // Each token attends to those that are at most `window` places away; a window ≥ length is none.
    // B[t, u] = bias[head, reach − 1 + u − t]: bias (heads, 2·reach − 1), length ≤ reach, or NULL for no bias.
    void (*attention_f32)(
        const float *source, size_t length, size_t heads, size_t head_size, size_t window, const float *_Nullable bias, size_t reach,
        float *scratch, float *context);
} akin_network_kernels;

// The keys that attention takes at a time, so that they and their values stay in the second-level cache while all queries meet them. A
// shorter sequence is one block.
#define AKIN_ATTENTION_BLOCK 512

// The floats of scratch that attention needs, whatever the set and the arithmetic: one head's keys and values of a block; a tile of
// queries, scores, their exponentials and results; and of each query the sums over the blocks so far.
static inline size_t akin_attention_scratch(size_t length, size_t head_size) {
    size_t block = length < AKIN_ATTENTION_BLOCK ? length : AKIN_ATTENTION_BLOCK;
    size_t keys = (block + 31) / 32 * 32, values = (head_size + 15) / 16 * 16;
    return values * keys + keys * values + 12 * 2 * (keys + values) + 2 * length;
}

// The table of a set, or the plain one where this build has none for it.
const akin_network_kernels *akin_network_kernels_of(akin_instruction_set set);

#pragma clang assume_nonnull end
#endif
