// NEON (arm64): 4 floats a register.
#if defined(__aarch64__)
#include "training_tables.h"
#include "words_neon.h"

#include "training_template.h"

const akin_training_kernels akin_training_neon = {
    AKIN_NEON, product_f32, product_transposed_f32, pack_f32, pack_transposed_f32, 0, 0, 0, 0, 0, drop, drop_add_norm, norm_backward, activate,
    activate_backward, add_column_sums, add_scaled, sum_of_squares, cross_entropy, adamw, attention_f32, attention_backward_f32, 0, 0};
#endif
