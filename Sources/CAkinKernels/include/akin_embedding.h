// Kernels that train word vectors: every row is a multiple of 16 floats long, the unused ones at its end zero, and stays so.
//
// Each instruction set has one constant table; the plain one is the oracle. Rows may be shared with other threads that train without
// locks (Recht et al. 2011, "Hogwild!"): a lost update does little harm, and floats are written whole.
#ifndef AKIN_EMBEDDING_H
#define AKIN_EMBEDDING_H

#include "akin_kernels.h"

#pragma clang assume_nonnull begin

// The floats that a row of `dimension` components takes in these kernels.
static inline size_t akin_embedding_stride(size_t dimension) { return (dimension + 15) / 16 * 16; }

typedef struct akin_embedding_kernels {
    akin_instruction_set instruction_set;
    // One step of logistic regression of m input rows on n output rows: with e[j, i] = (label[j] − σ(input[i]·output[j]))·rate,
    // input[i] += Σ_j e[j, i]·output[j] and output[j] += Σ_i e[j, i]·input[i], both sums over the rows as they were before the step.
    // A row may be there several times: its updates add up. errors receives e (n, m) and must have room for akin_logistic_scratch.
    void (*logistic_step_f32)(
        float *_Nonnull const *_Nonnull inputs, size_t m, float *_Nonnull const *_Nonnull outputs, const float *labels, size_t n, size_t stride, float rate,
        float *errors);
    // mean = Σ rows[i] / count, twice: once to work on and once to remember. count is at least 1.
    void (*mean_rows_f32)(float *_Nonnull const *_Nonnull rows, size_t count, size_t stride, float *mean, float *copy);
    // rows[i] += after − before for each row.
    void (*spread_change_f32)(float *_Nonnull const *_Nonnull rows, size_t count, size_t stride, const float *before, const float *after);
    // One AdaGrad step of GloVe (Pennington, Socher and Manning 2014). word and context each hold a row of stride floats and, after it,
    // the sums of its squared steps; component `dimension` of a row is its bias. With d = word·context + both biases − target, the
    // gradient of each component is weight·d·rate times the other row's component (1 for a bias), held within ±100.
    // Returns d²·weight / 2.
    float (*glove_step_f32)(float *word, float *context, size_t dimension, size_t stride, float target, float weight, float rate);
} akin_embedding_kernels;

// The floats that logistic_step_f32 needs at errors, whatever the set.
static inline size_t akin_logistic_scratch(size_t m, size_t n) { return m * n + 16 + m * 16; }

// The table of a set, or the plain one where this build has none for it.
const akin_embedding_kernels *akin_embedding_kernels_of(akin_instruction_set set);

#pragma clang assume_nonnull end
#endif
