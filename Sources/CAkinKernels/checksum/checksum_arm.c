// The CRC-32C instructions of arm64, which ARMv8.0 may lack.
#if defined(__aarch64__)
#include "checksum_tables.h"

#define TARGET __attribute__((target("crc")))
#define STEP(state, word) __builtin_arm_crc32cd(state, word)
#define STEP_BYTE(state, byte) __builtin_arm_crc32cb(state, byte)
#include "checksum_template.h"

const akin_checksum_kernels akin_checksum_arm = {AKIN_NEON, crc32c, crc32c_blocks};
#endif
