// Kernels that train a transformer: products whose operands change at every step, derivatives of the row-wise steps, dropout, losses and
// the optimiser's step. All matrices are row-major; `stride` is the elements from one row to the next.
//
// Each instruction set has one constant table; the plain one is the oracle. No row's result depends on another row or on its place; a sum
// over rows runs in the order of the rows.
//
// A product's right operand is packed in panels of 32 columns, rows of the depth one below the other, as akin_linear.h draws them; missing
// columns, and in bfloat16 the missing half of an odd last pair, are zeros. The left operand in bfloat16 stands in pairs too: word t of a row
// holds elements 2t (lower half) and 2t + 1.
#ifndef AKIN_TRAINING_H
#define AKIN_TRAINING_H

#include <stdbool.h>

#include "akin_linear.h"

#pragma clang assume_nonnull begin

// Which elements of a matrix are dropped: element i where akin_dropout_hash(dropout, i) < threshold. The others are multiplied by scale.
typedef struct akin_dropout {
    uint32_t first_key, second_key;
    uint32_t threshold;  // share · 2³²; 0 drops nothing
    float scale;         // 1 / (1 − share)
} akin_dropout;

// The constants of one AdamW step (Loshchilov and Hutter 2019, algorithm 2).
typedef struct akin_adamw {
    float first_decay, second_decay;  // β1, β2
    float step_size;                  // rate / (1 − β1ᵗ)
    float second_scale;               // 1 / √(1 − β2ᵗ)
    float epsilon;
    float kept;                       // 1 − rate · weight decay
    float gradient_scale;             // 1, or less where the gradient is clipped
} akin_adamw;

typedef struct akin_training_kernels {
    akin_instruction_set instruction_set;

    // c[r, n] = Σ_k a[r, k]·b[k, n] (+ bias[n]) (+ c[r, n] where `adds`)
    void (*product_f32)(
        const float *a, size_t rows, size_t a_stride, const float *panels, size_t depth, size_t columns, const float *_Nullable bias, bool adds,
        float *c, size_t c_stride);
    // c[m, n] += Σ_k a[k, m]·b[k, n]; both operands are packed in panels.
    void (*product_transposed_f32)(
        const float *a_panels, size_t rows, const float *panels, size_t depth, size_t columns, float *c, size_t c_stride);
    // Panels of b (depth, columns), each at `panel_stride` elements from the last.
    void (*pack_f32)(const float *b, size_t depth, size_t columns, size_t stride, float *panels, size_t panel_stride);
    // Panels of bᵀ, b being (columns, depth).
    void (*pack_transposed_f32)(const float *b, size_t depth, size_t columns, size_t stride, float *panels, size_t panel_stride);

    // The same with operands rounded to bfloat16, halves to even; sums are floats. NULL where the set multiplies bfloat16 no faster than
    // floats. `depth` counts elements, strides of rounded operands count words of a pair.
    void (*_Nullable product_bf16)(
        const uint32_t *a, size_t rows, size_t a_stride, const uint32_t *panels, size_t depth, size_t columns, const float *_Nullable bias,
        bool adds, float *c, size_t c_stride);
    void (*_Nullable product_transposed_bf16)(
        const uint32_t *a_panels, size_t rows, const uint32_t *panels, size_t depth, size_t columns, float *c, size_t c_stride);
    void (*_Nullable pack_bf16)(const float *b, size_t depth, size_t columns, size_t stride, uint32_t *panels, size_t panel_stride);
    void (*_Nullable pack_transposed_bf16)(const float *b, size_t depth, size_t columns, size_t stride, uint32_t *panels, size_t panel_stride);
    void (*_Nullable round_bf16)(const float *x, size_t rows, size_t columns, size_t stride, uint32_t *y, size_t y_stride);

    // y[i] = x[i] · (0 or scale), the elements being numbered from `start`. x and y may be the same.
    void (*drop)(const float *x, size_t count, const akin_dropout *dropout, uint32_t start, float *y);
    // s = x + drop(y); normalized = (s − mean(s)) / √(variance(s) + epsilon); result = gamma·normalized + beta. The deviations' inverses are
    // kept for the way back. Elements of y are numbered from `start`.
    void (*drop_add_norm)(
        const float *_Nullable x, const float *y, const akin_dropout *dropout, uint32_t start, const float *gamma, const float *beta,
        size_t rows, size_t columns, float epsilon, float *normalized, float *inverses, float *result);
    // From the gradient of `result` to that of s; adds to the gradients of gamma and beta. d_result and d_sum may be the same.
    void (*norm_backward)(
        const float *d_result, const float *normalized, const float *inverses, const float *gamma, size_t rows, size_t columns, float *d_sum,
        float *d_gamma, float *d_beta);
    // y = activation(x), and dx = dy · activation′(x); dy and dx may be the same.
    void (*activate)(const float *x, size_t count, akin_activation activation, float *y);
    void (*activate_backward)(const float *x, const float *dy, size_t count, akin_activation activation, float *dx);
    // sums[c] += Σ_r x[r, c]
    void (*add_column_sums)(const float *x, size_t rows, size_t columns, size_t stride, float *sums);
    // y[i] += factor·x[i]
    void (*add_scaled)(const float *x, size_t count, float factor, float *y);
    double (*sum_of_squares)(const float *x, size_t count);

    // Softmax and cross-entropy of each row against its target class (Szegedy et al. 2016, section 7, for `smoothing`). losses[r] becomes
    // −Σ_c q[c]·ln p[c] where q is 1 − smoothing for the target, plus smoothing / columns everywhere; logits become factors[r]·(p − q), the
    // gradient of Σ_r factors[r]·losses[r].
    void (*cross_entropy)(
        float *logits, const int32_t *targets, const float *factors, size_t rows, size_t columns, size_t stride, float smoothing, float *losses);

    void (*adamw)(float *weights, const float *gradients, float *first, float *second, size_t count, const akin_adamw *step);

    // One head of self-attention over one sequence: context = drop(softmax(Q·Kᵀ / √head_size))·V. `source` is (length, 3·width), queries of
    // all heads, then keys, then values; `context` is (length, width). Probabilities are numbered from 0, row by row.
    void (*attention)(
        const float *source, size_t length, size_t width, size_t head, size_t head_size, const akin_dropout *dropout, float *scratch,
        float *context);
    // From the gradient of the context to that of the source; `context` is what `attention` gave.
    void (*attention_backward)(
        const float *source, const float *context, const float *d_context, size_t length, size_t width, size_t head, size_t head_size,
        const akin_dropout *dropout, float *scratch, float *d_source);
    // The same with the products' operands rounded to bfloat16. NULL where the set multiplies bfloat16 no faster than floats.
    void (*_Nullable attention_bf16)(
        const float *source, size_t length, size_t width, size_t head, size_t head_size, const akin_dropout *dropout, float *scratch,
        float *context);
    void (*_Nullable attention_backward_bf16)(
        const float *source, const float *context, const float *d_context, size_t length, size_t width, size_t head, size_t head_size,
        const akin_dropout *dropout, float *scratch, float *d_source);
} akin_training_kernels;

// A number from 0 to 2³² − 1 that depends on all bits of the keys and the index: two rounds of shifts and multiplications.
static inline uint32_t akin_dropout_hash(const akin_dropout *dropout, uint32_t index) {
    uint32_t h = index * 0x9E3779B9u + dropout->first_key;
    h = (h ^ h >> 16) * 0x21F0AAADu;
    h ^= dropout->second_key;
    h = (h ^ h >> 15) * 0x735A2D97u;
    return h ^ h >> 15;
}

static inline size_t akin_padded(size_t count) { return (count + 31) / 32 * 32; }

// The elements of a right operand's panels: floats, or words of a pair.
static inline size_t akin_panels_f32(size_t depth, size_t columns) { return depth * akin_padded(columns); }
static inline size_t akin_panels_bf16(size_t depth, size_t columns) { return (depth + 1) / 2 * akin_padded(columns); }

// The floats of scratch that attention and its way back need for a sequence.
static inline size_t akin_training_attention_scratch(size_t length, size_t head_size) {
    size_t keys = akin_padded(length), components = akin_padded(head_size);
    return 2 * components * keys + 4 * length * components + 4 * keys * keys + 12 * (keys + components);
}

// The tables of a set that this processor, which must support the set, can run: with index 0, 1, … the better ones later, then NULL.
const akin_training_kernels *_Nullable akin_training_variant(akin_instruction_set set, size_t index);

#pragma clang assume_nonnull end
#endif
