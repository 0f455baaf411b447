// SIMD kernels of Akin's hot loops. No function here allocates or keeps state.
//
// Each instruction set has one constant table of kernels; the plain one is the oracle the others are tested against.
// The caller picks a table once (see Kernels.swift) among those `akin_cpu_supports` allows.
// Kernels of a neural network are in akin_network.h, with tables of their own.
#ifndef AKIN_KERNELS_H
#define AKIN_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef enum akin_instruction_set {
    AKIN_PLAIN = 0,
    AKIN_NEON = 1,
    AKIN_AVX2 = 2,
    AKIN_AVX512 = 3,
} akin_instruction_set;

typedef struct akin_kernels {
    akin_instruction_set instruction_set;
    // Σ a[i]·b[i]
    float (*dot_f32)(const float *a, const float *b, size_t n);
    // Σ (a[i] − b[i])²
    float (*squared_distance_f32)(const float *a, const float *b, size_t n);
    // y[i] += alpha·x[i]
    void (*axpy_f32)(float alpha, const float *x, float *y, size_t n);
    // Writes the places, ascending, of the values that lie at most `slack` below the largest; returns how many there are. Values are finite,
    // n is at least 1, `places` has room for n.
    size_t (*near_largest_f32)(const float *x, size_t n, float slack, uint32_t *places);
} akin_kernels;

// Whether this processor and operating system can run the table of that set.
int akin_cpu_supports(akin_instruction_set set);

// The table of a set, or the plain one where this build has none for it.
const akin_kernels *akin_kernels_of(akin_instruction_set set);

#pragma clang assume_nonnull end
#endif
