// The row-wise kernels of a transformer, written once over the vector words that activation_template.h lists.
//
// No include guard: it is included once by each network_<set>.c.
#include "activation_template.h"

#define BIAS_THEN(ACTIVATION)                                                                                   \
    TARGET static void bias_##ACTIVATION(float *x, const float *bias, size_t rows, size_t columns) {            \
        size_t whole = columns - columns % WIDTH, rest = columns - whole;                                       \
        for (size_t r = 0; r < rows; r++, x += columns) {                                                       \
            for (size_t c = 0; c < whole; c += WIDTH) STORE(x + c, ACTIVATION(ADD(LOAD(x + c), LOAD(bias + c)))); \
            if (rest) {                                                                                         \
                V sum = ADD(LOAD_TAIL(x + whole, rest), LOAD_TAIL(bias + whole, rest));                         \
                STORE_TAIL(x + whole, rest, ACTIVATION(sum));                                                   \
            }                                                                                                   \
        }                                                                                                       \
    }
BIAS_THEN(identity)
BIAS_THEN(gelu)
BIAS_THEN(gelu_tanh)
BIAS_THEN(relu)
BIAS_THEN(silu)
#undef BIAS_THEN

static void bias_activation_f32(float *x, const float *bias, size_t rows, size_t columns, akin_activation activation) {
    switch (activation) {
    case AKIN_GELU:
        bias_gelu(x, bias, rows, columns);
        break;
    case AKIN_GELU_TANH:
        bias_gelu_tanh(x, bias, rows, columns);
        break;
    case AKIN_RELU:
        bias_relu(x, bias, rows, columns);
        break;
    case AKIN_SILU:
        bias_silu(x, bias, rows, columns);
        break;
    default:
        bias_identity(x, bias, rows, columns);
    }
}

#define GATE(ACTIVATION)                                                                                        \
    TARGET static void gate_##ACTIVATION(const float *x, size_t rows, size_t columns, float *y) {               \
        size_t whole = columns - columns % WIDTH, rest = columns - whole;                                       \
        for (size_t r = 0; r < rows; r++, x += 2 * columns, y += columns) {                                     \
            for (size_t c = 0; c < whole; c += WIDTH) {                                                         \
                STORE(y + c, MUL(ACTIVATION(LOAD(x + c)), LOAD(x + columns + c)));                              \
            }                                                                                                   \
            if (rest) {                                                                                         \
                V opened = ACTIVATION(LOAD_TAIL(x + whole, rest));                                              \
                STORE_TAIL(y + whole, rest, MUL(opened, LOAD_TAIL(x + columns + whole, rest)));                 \
            }                                                                                                   \
        }                                                                                                       \
    }
GATE(identity)
GATE(gelu)
GATE(gelu_tanh)
GATE(relu)
GATE(silu)
#undef GATE

static void gate_f32(const float *x, size_t rows, size_t columns, akin_activation activation, float *y) {
    switch (activation) {
    case AKIN_GELU:
        gate_gelu(x, rows, columns, y);
        break;
    case AKIN_GELU_TANH:
        gate_gelu_tanh(x, rows, columns, y);
        break;
    case AKIN_RELU:
        gate_relu(x, rows, columns, y);
        break;
    case AKIN_SILU:
        gate_silu(x, rows, columns, y);
        break;
    default:
        gate_identity(x, rows, columns, y);
    }
}

TARGET static void rotate_f32(
    float *x, size_t rows, size_t stride, size_t vectors, size_t size, const float *cosines, const float *sines) {
    size_t half = size / 2, whole = half - half % WIDTH, rest = half - whole;
    for (size_t r = 0; r < rows; r++, x += stride, cosines += half, sines += half) {
        for (size_t v = 0; v < vectors; v++) {
            float *left = x + v * size, *right = left + half;
            for (size_t i = 0; i < whole; i += WIDTH) {
                V a = LOAD(left + i), b = LOAD(right + i), cosine = LOAD(cosines + i), sine = LOAD(sines + i);
                STORE(left + i, SUB(MUL(a, cosine), MUL(b, sine)));
                STORE(right + i, FMA(b, cosine, MUL(a, sine)));
            }
            if (rest) {
                V a = LOAD_TAIL(left + whole, rest), b = LOAD_TAIL(right + whole, rest);
                V cosine = LOAD_TAIL(cosines + whole, rest), sine = LOAD_TAIL(sines + whole, rest);
                STORE_TAIL(left + whole, rest, SUB(MUL(a, cosine), MUL(b, sine)));
                STORE_TAIL(right + whole, rest, FMA(b, cosine, MUL(a, sine)));
            }
        }
    }
}

TARGET static void softmax_f32(float *x, size_t rows, size_t columns, float scale) {
    size_t whole = columns - columns % WIDTH, rest = columns - whole;
    for (size_t r = 0; r < rows; r++, x += columns) {
        V largest = SET1(x[0]);
        for (size_t c = 0; c < whole; c += WIDTH) largest = MAX(largest, LOAD(x + c));
        float top = LARGEST(largest);
        for (size_t c = whole; c < columns; c++) top = x[c] > top ? x[c] : top;

        V sum = SET1(0.0f), shift = SET1(top), factor = SET1(scale);
        for (size_t c = 0; c < whole; c += WIDTH) {
            V e = exponential(MUL(SUB(LOAD(x + c), shift), factor));
            STORE(x + c, e);
            sum = ADD(sum, e);
        }
        if (rest) {
            V e = exponential(MUL(SUB(LOAD_TAIL(x + whole, rest), shift), factor));
            STORE_TAIL(x + whole, rest, e);
            sum = ADD(sum, KEEP_FIRST(e, rest));
        }

        V inverse = SET1(1.0f / SUM(sum));
        for (size_t c = 0; c < whole; c += WIDTH) STORE(x + c, MUL(LOAD(x + c), inverse));
        if (rest) STORE_TAIL(x + whole, rest, MUL(LOAD_TAIL(x + whole, rest), inverse));
    }
}

TARGET static void add_layer_norm_f32(
    float *x, const float *y, const float *bias, const float *gamma, const float *beta, size_t rows, size_t columns, float epsilon,
    float *target) {
    size_t whole = columns - columns % WIDTH, rest = columns - whole;
    float share = 1.0f / (float)columns;
    for (size_t r = 0; r < rows; r++, x += columns, target += columns) {
        V sum = SET1(0.0f);
        for (size_t c = 0; c < whole; c += WIDTH) {
            V s = ADD(y ? ADD(LOAD(x + c), LOAD(y + c)) : LOAD(x + c), LOAD(bias + c));
            STORE(x + c, s);
            sum = ADD(sum, s);
        }
        if (rest) {
            V s = LOAD_TAIL(x + whole, rest);
            s = ADD(y ? ADD(s, LOAD_TAIL(y + whole, rest)) : s, LOAD_TAIL(bias + whole, rest));
            STORE_TAIL(x + whole, rest, s);
            sum = ADD(sum, KEEP_FIRST(s, rest));
        }

        V mean = SET1(SUM(sum) * share), squares = SET1(0.0f);
        for (size_t c = 0; c < whole; c += WIDTH) {
            V d = SUB(LOAD(x + c), mean);
            squares = FMA(d, d, squares);
        }
        if (rest) {
            V d = KEEP_FIRST(SUB(LOAD_TAIL(x + whole, rest), mean), rest);
            squares = FMA(d, d, squares);
        }

        V inverse = SET1(1.0f / __builtin_sqrtf(SUM(squares) * share + epsilon));
        for (size_t c = 0; c < whole; c += WIDTH) {
            STORE(target + c, FMA(MUL(SUB(LOAD(x + c), mean), inverse), LOAD(gamma + c), LOAD(beta + c)));
        }
        if (rest) {
            V normal = MUL(SUB(LOAD_TAIL(x + whole, rest), mean), inverse);
            STORE_TAIL(target + whole, rest, FMA(normal, LOAD_TAIL(gamma + whole, rest), LOAD_TAIL(beta + whole, rest)));
        }
        if (y) y += columns;
    }
}

#include "attention_template.h"
