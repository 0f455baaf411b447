// AVX2: 8 floats a register.
#if defined(__x86_64__)
#include "linear_tables.h"
#include "words_avx2.h"

#define FIRST_HALVES(p) _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_loadu_si256((const __m256i *)(p)), 16))
#define SECOND_HALVES(p) _mm256_and_ps(_mm256_loadu_ps((const float *)(p)), _mm256_castsi256_ps(_mm256_set1_epi32(-65536)))
#include "pairs_in_floats.h"
#include "linear_template.h"

const akin_linear_kernels akin_linear_avx2 = {AKIN_AVX2, linear_f32, akin_round_rows, linear_bf16, 0};
#endif
