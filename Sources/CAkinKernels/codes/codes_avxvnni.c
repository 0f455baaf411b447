// AVX2 with AVX-VNNI, which processors without AVX-512 have.
#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET __attribute__((target("avx2,fma,f16c,avxvnni")))
#define TABLE akin_codes_avxvnni
#define NIBBLE_DOT(s, u, q) _mm256_dpbusd_avx_epi32(s, u, q)
#define BYTE_DOT(s, a, b) _mm256_dpbusd_avx_epi32(s, _mm256_abs_epi8(a), _mm256_sign_epi8(b, a))

#include "codes_avx2_template.h"
#endif
