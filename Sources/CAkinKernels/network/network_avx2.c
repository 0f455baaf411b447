// AVX2 and FMA: 8 floats a register, tails by mask.
#if defined(__x86_64__)
#include "network_tables.h"
#include "words_avx2.h"

#include "network_template.h"

const akin_network_kernels akin_network_avx2 = {
    AKIN_AVX2, bias_activation_f32, softmax_f32, add_layer_norm_f32, gate_f32, rotate_f32, attention_f32};
#endif
