// AVX2 with AVX-VNNI, which processors without AVX-512 have: four multiplications and their sum into each of 8 integers an instruction.
#if defined(__x86_64__)
#include "quantized_tables.h"
#include "integer_words_avx2.h"
#include "activation_template.h"

#define VNNI_TARGET __attribute__((target("avx2,fma,avxvnni")))
#define DOT_ROWS 6
#define I_SPREAD(x) _mm256_set1_epi32(x)
#define I_LOAD(p) _mm256_loadu_si256((const __m256i *)(p))
#define I_STORE(p, i) _mm256_store_si256((__m256i *)(p), i)
#define I_DOT(s, a, b) _mm256_dpbusd_avx_epi32(s, a, b)

#include "vnni_template.h"
#include "quantized_template.h"

const akin_quantized_kernels akin_quantized_avxvnni = {AKIN_AVX2, true, quantize_rows, linear};
#endif
