// Kernels of linear layers in floats: single precision, and bfloat16 (the upper half of a float) with sums in single precision.
//
// Each instruction set has one constant table; the plain one is the oracle. An element of a result is one chain of multiply-adds in the
// order of the inputs: it depends on its row and the weights alone, not on the rows beside it or on their number.
//
// Packed weights: 32 outputs a panel. In single precision the weights of one input follow those of the input before; in bfloat16 two
// inputs stand together, as the instruction that multiplies pairs takes them. Missing inputs and outputs are zeros.
//
//      single precision          ┌ k0: output 0 … output 31 ┬ k1: output 0 … output 31 ┬ …
//      bfloat16                  ┌ output 0: k0 k1 ┬ output 1: k0 k1 ┬ … ┬ output 31: k0 k1 ┬ output 0: k2 k3 ┬ …
#ifndef AKIN_LINEAR_H
#define AKIN_LINEAR_H

#include "akin_network.h"

#pragma clang assume_nonnull begin

typedef struct akin_linear_kernels {
    akin_instruction_set instruction_set;
    // y[r, n] = activation(Σ_k x[r, k]·w[n, k] + bias[n]). bias holds whole panels.
    void (*linear_f32)(
        const float *x, size_t rows, size_t inputs, const float *packed, const float *bias, size_t outputs, float *y,
        akin_activation activation);
    // Rounds rows of x to bfloat16, halves to even, in the arrangement that this table's linear_bf16 reads: rows·akin_bf16_stride(columns)
    // words of 32 bits.
    void (*bf16_rows)(const float *x, size_t rows, size_t columns, uint32_t *rounded);
    // The same as linear_f32 for weights in bfloat16 and rows that bf16_rows of this table rounded. AKIN_GELU is good to 1.2·10⁻⁵.
    void (*linear_bf16)(
        const uint32_t *rounded, size_t rows, size_t inputs, const uint16_t *packed, const float *bias, size_t outputs, float *y,
        akin_activation activation);
    // The same as attention_f32 of akin_network.h with queries, keys, values and the exponentials of the scores rounded to bfloat16; sums
    // are floats. NULL where the set multiplies bfloat16 no faster than floats.
    void (*_Nullable attention_bf16)(
        const float *source, size_t length, size_t heads, size_t head_size, size_t window, const float *_Nullable bias, size_t reach,
        float *scratch, float *context);
} akin_linear_kernels;

// The 32-bit words from one rounded row to the next: whole cache lines.
static inline size_t akin_bf16_stride(size_t columns) { return (columns + 15) / 16 * 16; }

// The elements of a packed weight matrix in single precision and in bfloat16.
static inline size_t akin_packed_floats(size_t inputs, size_t outputs) { return inputs * ((outputs + 31) / 32 * 32); }
static inline size_t akin_packed_bf16(size_t inputs, size_t outputs) { return (inputs + 1) / 2 * 2 * ((outputs + 31) / 32 * 32); }

// Packs weights (inputs, outputs); those in bfloat16 are rounded, halves to even.
void akin_pack_floats(const float *weights, size_t inputs, size_t outputs, float *packed);
void akin_pack_bf16(const float *weights, size_t inputs, size_t outputs, uint16_t *packed);

// The tables of a set that this processor, which must support the set, can run: with index 0, 1, … the better ones later, then NULL.
const akin_linear_kernels *_Nullable akin_linear_variant(akin_instruction_set set, size_t index);

#pragma clang assume_nonnull end
#endif
