// Kernels of the vector index: products with rows kept in few bits.
//
// Each instruction set has one constant table; the plain one is the oracle. Integer products are exact; those in floats are summed in an
// order of the table's own.
//
// Nibble codes: rows of values 0 … 15, two a byte, in blocks of 64 bytes that hold 128 components each:
//
//      block 0                                      block 1 …
//      ┌ byte 0 ─────┬ byte 1 ─────┬ … byte 63 ────┐┌ …
//      │ low    c0   │ low    c1   │ low    c63    ││ low c128
//      │ high   c64  │ high   c65  │ high   c127   ││ high c192
//      └─────────────┴─────────────┴───────────────┘└ …
#ifndef AKIN_CODES_H
#define AKIN_CODES_H

#include "akin_kernels.h"

#pragma clang assume_nonnull begin

enum { AKIN_CODE_BLOCK = 64 };

typedef struct akin_code_kernels {
    akin_instruction_set instruction_set;
    // products[i] = Σ_c query[c]·code[rows[i]][c]. A row of codes has `bytes` bytes, a multiple of 64 at a 64-byte boundary; the query has
    // 2·bytes signed bytes, component by component, at such a boundary. All rows are prefetched before the first is used.
    void (*nibble_products)(
        const int8_t *query, const uint8_t *codes, size_t bytes, const uint32_t *rows, size_t count, int32_t *products);
    // Σ a[i]·b[i] of signed bytes within ±127; n is a multiple of 64, both begin at 64-byte boundaries.
    int32_t (*byte_product)(const int8_t *a, const int8_t *b, size_t n);
    // Σ a[i]·b[i] with b in IEEE half precision: to the last bit what dot_f32 of the same set gives for b widened
    float (*dot_f16)(const float *a, const uint16_t *b, size_t n);
    // Σ a[i]·b[i] with b in signed bytes
    float (*dot_i8)(const float *a, const int8_t *b, size_t n);
    // Half precision to floats, exactly, and back, rounding to nearest even; what is too large becomes infinite
    void (*widen_f16)(const uint16_t *x, float *y, size_t n);
    void (*narrow_f16)(const float *x, uint16_t *y, size_t n);
} akin_code_kernels;

// Asks for the cache lines of a range of memory.
static inline void akin_prefetch(const void *memory, size_t bytes) {
    for (size_t offset = 0; offset < bytes; offset += 64) __builtin_prefetch((const char *)memory + offset, 0, 3);
}

// The tables of a set that this processor, which must support the set, can run: with index 0, 1, … the better ones later, then NULL.
const akin_code_kernels *_Nullable akin_code_variant(akin_instruction_set set, size_t index);

// The best table of a set, or of the next smaller set where the processor lacks the 8-bit instructions of this one.
const akin_code_kernels *akin_code_kernels_of(akin_instruction_set set);

#pragma clang assume_nonnull end
#endif
