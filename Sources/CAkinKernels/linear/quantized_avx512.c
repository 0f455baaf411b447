// AVX-512 with VNNI: four multiplications and their sum into each of 16 integers an instruction.
#if defined(__x86_64__)
#include "quantized_tables.h"
#include "words_avx512.h"
#include "activation_template.h"

#define VNNI_TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")))
#define DOT_ROWS 12
#define I __m512i
#define BITS(v) _mm512_castps_si512(v)
#define I_ZERO _mm512_setzero_si512()
#define I_ADD(a, b) _mm512_add_epi32(a, b)
#define I_MAX(a, b) _mm512_max_epi32(a, b)
#define I_SUM(i) _mm512_reduce_add_epi32(i)
#define I_LARGEST(i) _mm512_reduce_max_epi32(i)
#define ROUNDED(v) _mm512_cvt_roundps_epi32(v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC)
#define STORE_BYTES(p, i) _mm_storeu_si128((__m128i *)(p), _mm512_cvtepi32_epi8(i))
#define INTEGERS(p) _mm512_cvtepi32_ps(_mm512_loadu_si512(p))
#define I_SPREAD(x) _mm512_set1_epi32(x)
#define I_LOAD(p) _mm512_loadu_si512(p)
#define I_STORE(p, i) _mm512_store_si512(p, i)
#define I_DOT(s, a, b) _mm512_dpbusd_epi32(s, a, b)

#include "vnni_template.h"
#include "quantized_template.h"

const akin_quantized_kernels akin_quantized_avx512 = {AKIN_AVX512, true, quantize_rows, linear};
#endif
