// AVX-512: 16 floats a register, tails by mask.
// The vector words that activation_template.h lists.
#ifndef AKIN_WORDS_AVX512_H
#define AKIN_WORDS_AVX512_H

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl")))
#define V __m512
#define WIDTH 16
#define TILE_ROWS 12
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
#define SQRT(a) _mm512_sqrt_ps(a)
#define SCALED(p, n) _mm512_scalef_ps(p, n)
#define POSITIVE(x, a, b) _mm512_mask_blend_ps(_mm512_cmp_ps_mask(x, _mm512_setzero_ps(), _CMP_GT_OQ), b, a)
#define SUM(v) _mm512_reduce_add_ps(v)
#define LARGEST(v) _mm512_reduce_max_ps(v)

#endif
