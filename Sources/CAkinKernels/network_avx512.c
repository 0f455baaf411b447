// AVX-512: 16 floats a register, tails by mask.
#if defined(__x86_64__)
#include <immintrin.h>
#include "network_tables.h"

#define TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl")))
#define V __m512
#define WIDTH 16
#define FIRST(n) ((__mmask16)((1u << (n)) - 1))
#define LOAD(p) _mm512_loadu_ps(p)
#define STORE(p, v) _mm512_storeu_ps(p, v)
#define LOAD_TAIL(p, n) _mm512_maskz_loadu_ps(FIRST(n), p)
#define STORE_TAIL(p, n, v) _mm512_mask_storeu_ps(p, FIRST(n), v)
#define KEEP_FIRST(v, n) _mm512_maskz_mov_ps(FIRST(n), v)
#define SET1(f) _mm512_set1_ps(f)
#define ADD(a, b) _mm512_add_ps(a, b)
#define SUB(a, b) _mm512_sub_ps(a, b)
#define MUL(a, b) _mm512_mul_ps(a, b)
#define DIV(a, b) _mm512_div_ps(a, b)
#define FMA(a, b, c) _mm512_fmadd_ps(a, b, c)
#define MIN(a, b) _mm512_min_ps(a, b)
#define MAX(a, b) _mm512_max_ps(a, b)
#define ABS(a) _mm512_abs_ps(a)
#define ROUND(a) _mm512_roundscale_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC)
#define POWER_OF_TWO(n) _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_add_epi32(_mm512_cvtps_epi32(n), _mm512_set1_epi32(127)), 23))
#define POSITIVE(x, a, b) _mm512_mask_blend_ps(_mm512_cmp_ps_mask(x, _mm512_setzero_ps(), _CMP_GT_OQ), b, a)
#define SUM(v) _mm512_reduce_add_ps(v)
#define LARGEST(v) _mm512_reduce_max_ps(v)
#include "network_template.h"

const akin_network_kernels akin_network_avx512 = {AKIN_AVX512, bias_activation_f32, softmax_f32, add_layer_norm_f32};
#endif
