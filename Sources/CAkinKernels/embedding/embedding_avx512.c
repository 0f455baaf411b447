// AVX-512: 16 floats a register.
#if defined(__x86_64__)
#include "embedding_tables.h"
#include "words_avx512.h"

#include "embedding_template.h"

const akin_embedding_kernels akin_embedding_avx512 = {AKIN_AVX512, logistic_step_f32, mean_rows_f32, spread_change_f32, glove_step_f32};
#endif
