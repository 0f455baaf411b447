// The CRC-32C instruction of SSE 4.2, which every processor with AVX2 has.
#if defined(__x86_64__)
#include "checksum_tables.h"
#include <nmmintrin.h>

#define TARGET __attribute__((target("sse4.2")))
#define STEP(state, word) (uint32_t)_mm_crc32_u64(state, word)
#define STEP_BYTE(state, byte) _mm_crc32_u8(state, byte)
#include "checksum_template.h"

const akin_checksum_kernels akin_checksum_sse42 = {AKIN_AVX2, crc32c, crc32c_blocks};
#endif
