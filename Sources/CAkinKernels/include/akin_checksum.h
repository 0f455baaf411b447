// Kernels of the Castagnoli checksum, CRC-32C (RFC 3720, section 12.1 and appendix B.4), by which files are checked.
//
// Each instruction set has one constant table; the plain one is the oracle. All give the same numbers.
#ifndef AKIN_CHECKSUM_H
#define AKIN_CHECKSUM_H

#include "akin_kernels.h"

#pragma clang assume_nonnull begin

typedef struct akin_checksum_kernels {
    akin_instruction_set instruction_set;
    // The checksum of n bytes at any alignment.
    uint32_t (*crc32c)(const uint8_t *bytes, size_t n);
    // checksums[i] = crc32c(bytes + i·size, size) for i < count, several blocks side by side: the steps of one must wait for each other,
    // those of several need not. `size` is a multiple of 8.
    void (*crc32c_blocks)(const uint8_t *bytes, size_t size, size_t count, uint32_t *checksums);
} akin_checksum_kernels;

// The table of a set, or the plain one where this build or this processor has no instruction for it.
const akin_checksum_kernels *akin_checksum_kernels_of(akin_instruction_set set);

#pragma clang assume_nonnull end
#endif
