// Kernels of linear layers in 8-bit integers: activations quantised by row at run time, weights by output once.
//
// Each instruction set has one constant table; the plain one is the oracle. The integers are exact, and the floats around them are
// rounded in one fixed order, so that without an activation all tables agree bit for bit. No row's result depends on another row or
// on its place.
//
// Packed weights: 32 outputs a panel, 4 inputs a group, so that one group of a panel is 128 bytes that a multiply-accumulate of
// groups of four takes as they lie. A byte is the weight + 128; missing inputs and outputs are 128, a weight of zero.
//
//      panel 0                                          panel 1 …
//      group 0              group 1 …                   group 0 …
//      ┌ output 0 ┬ output 1 ┬ … ┬ output 31 ┐┌ …       ┌ output 32 ┬ …
//      │ k0 k1 k2 k3 │ k0 k1 k2 k3 │ …       ││ k4 k5 … │ k0 k1 k2 k3 │
//
// Quantised activations: rows of signed bytes, akin_quantized_stride(inputs) apart, zeros from `inputs` to the end of the last group.
#ifndef AKIN_QUANTIZED_H
#define AKIN_QUANTIZED_H

#include <stdbool.h>

#include "akin_network.h"

#pragma clang assume_nonnull begin

enum { AKIN_PANEL_OUTPUTS = 32 };

typedef struct akin_quantized_kernels {
    akin_instruction_set instruction_set;
    // Whether one instruction adds four products of bytes, so that these kernels are several times as fast as those of floats.
    bool multiplies_bytes;
    // With v[c] = x[r, c]·factors[c] (v = x without factors) and amax = max |v|: q[r, c] = round(127·v[c] / amax), halves to even,
    // scales[r] = amax / 127, sums[r] = Σ q[r, :]. A row below 2⁻¹⁰⁰ everywhere gives zeros and the scale 0, one with a NaN or an infinity
    // zeros and the scale NaN. q holds rows·akin_quantized_stride(columns) bytes.
    void (*quantize_rows)(
        const float *x, const float *_Nullable factors, size_t rows, size_t columns, int8_t *q, float *scales, int32_t *sums);
    // y[r, n] = activation(Σ_k q[r, k]·w[n, k] · scales[r] · weight_scales[n] + bias[n]). The sums are exact in 32 bits up to 133,000
    // inputs; weight_scales and bias hold whole panels. AKIN_GELU is good to 1.2·10⁻⁵.
    void (*linear)(
        const int8_t *q, const float *scales, const int32_t *sums, size_t rows, size_t inputs, const uint8_t *packed,
        const float *weight_scales, const float *bias, size_t outputs, float *y, akin_activation activation);
} akin_quantized_kernels;

// The bytes from one quantised row to the next: whole cache lines.
static inline size_t akin_quantized_stride(size_t columns) { return (columns + 63) / 64 * 64; }

// The bytes of a packed weight matrix.
static inline size_t akin_packed_bytes(size_t inputs, size_t outputs) {
    return (inputs + 3) / 4 * 4 * ((outputs + 31) / 32 * 32);
}

// Quantises weights (inputs, outputs) times factors[input] by output, as quantize_rows does by row, and packs them; scales gets whole
// panels.
void akin_pack_weights(
    const float *weights, const float *_Nullable factors, size_t inputs, size_t outputs, uint8_t *packed, float *scales);

// The tables of a set that this processor, which must support the set, can run: with index 0, 1, … the better ones later, then NULL.
const akin_quantized_kernels *_Nullable akin_quantized_variant(akin_instruction_set set, size_t index);

// The best table of a set, or of the next smaller set where the processor lacks the 8-bit instructions of this one.
const akin_quantized_kernels *akin_quantized_kernels_of(akin_instruction_set set);

#pragma clang assume_nonnull end
#endif
