// AVX-512: 16 floats a register, tails by mask.
#if defined(__x86_64__)
#include "network_tables.h"
#include "words_avx512.h"

#include "network_template.h"

const akin_network_kernels akin_network_avx512 = {
    AKIN_AVX512, bias_activation_f32, softmax_f32, add_layer_norm_f32, gate_f32, rotate_f32, attention_f32};
#endif
