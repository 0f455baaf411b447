#include "checksum_tables.h"

#if defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
// HWCAP_CRC32 of Linux's <asm/hwcap.h>
static int has_crc(void) { return (getauxval(AT_HWCAP) >> 7 & 1) != 0; }
#else
// Every arm64 processor of Apple has it.
static inline int has_crc(void) { return 1; }
#endif

const akin_checksum_kernels *akin_checksum_kernels_of(akin_instruction_set set) {
    switch (set) {
#if defined(__x86_64__)
    case AKIN_AVX2:
    case AKIN_AVX512:
        return has_crc() ? &akin_checksum_sse42 : &akin_checksum_plain;
#elif defined(__aarch64__)
    case AKIN_NEON:
        return has_crc() ? &akin_checksum_arm : &akin_checksum_plain;
#endif
    default:
        return &akin_checksum_plain;
    }
}
