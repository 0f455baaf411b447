// AVX2: products of bytes by way of 16-bit sums, which cannot overflow: 2·15·127 and 2·127² are below 2^15.
#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET __attribute__((target("avx2,fma,f16c")))
#define TABLE akin_codes_avx2
#define PAIRS(s, u, q) _mm256_add_epi32(s, _mm256_madd_epi16(_mm256_maddubs_epi16(u, q), _mm256_set1_epi16(1)))
#define NIBBLE_DOT(s, u, q) PAIRS(s, u, q)
#define BYTE_DOT(s, a, b) PAIRS(s, _mm256_abs_epi8(a), _mm256_sign_epi8(b, a))

#include "codes_avx2_template.h"
#endif
