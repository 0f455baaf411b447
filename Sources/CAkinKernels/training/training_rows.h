// Training's row-wise steps: dropout, normalisation, activation and their ways back, over the vector words.
//
// No include guard: training_template.h includes it.

// WIDTH elements, or n where fewer are left, zeros after them.
TARGET static inline V LOAD_SOME(const float *p, size_t n) { return n >= WIDTH ? LOAD(p) : LOAD_TAIL(p, n); }

TARGET static inline void STORE_SOME(float *p, size_t n, V v) {
    if (n >= WIDTH) {
        STORE(p, v);
    } else {
        STORE_TAIL(p, n, v);
    }
}

TARGET static inline V KEEP_SOME(V v, size_t n) { return n >= WIDTH ? v : KEEP_FIRST(v, n); }

// Integers as wide as a register, which the compiler computes with as with one.
typedef uint32_t akin_words __attribute__((vector_size(4 * WIDTH), aligned(4)));
typedef int32_t akin_flags __attribute__((vector_size(4 * WIDTH), aligned(4)));
typedef float akin_floats __attribute__((vector_size(4 * WIDTH), aligned(4)));

// 0 where an element is dropped, else the scale: akin_dropout_hash of the indices from `index`.
TARGET static inline V kept(const akin_dropout *dropout, uint32_t index) {
    akin_words h;
    for (uint32_t i = 0; i < WIDTH; i++) h[i] = index + i;
    h = h * 0x9E3779B9u + dropout->first_key;
    h = (h ^ h >> 16) * 0x21F0AAADu;
    h ^= dropout->second_key;
    h = (h ^ h >> 15) * 0x735A2D97u;
    h ^= h >> 15;
    akin_flags stays = (akin_flags)(h >= dropout->threshold);
    akin_floats scale = (akin_floats)SET1(dropout->scale);
    return (V)(akin_floats)((akin_flags)scale & stays);
}

TARGET static void drop(const float *x, size_t count, const akin_dropout *dropout, uint32_t start, float *y) {
    for (size_t i = 0; i < count; i += WIDTH) {
        V value = LOAD_SOME(x + i, count - i);
        if (dropout->threshold) value = MUL(value, kept(dropout, start + (uint32_t)i));
        STORE_SOME(y + i, count - i, value);
    }
}

TARGET static void drop_add_norm(
    const float *x, const float *y, const akin_dropout *dropout, uint32_t start, const float *gamma, const float *beta, size_t rows,
    size_t columns, float epsilon, float *normalized, float *inverses, float *result) {
    float share = 1.0f / (float)columns;
    for (size_t r = 0; r < rows; r++, y += columns, normalized += columns, result += columns, start += (uint32_t)columns) {
        V sum = SET1(0.0f);
        for (size_t c = 0; c < columns; c += WIDTH) {
            size_t n = columns - c;
            V s = LOAD_SOME(y + c, n);
            if (dropout->threshold) s = MUL(s, kept(dropout, start + (uint32_t)c));
            if (x) s = ADD(LOAD_SOME(x + r * columns + c, n), s);
            STORE_SOME(normalized + c, n, s);
            sum = ADD(sum, s);
        }
        V mean = SET1(SUM(sum) * share), squares = SET1(0.0f);
        for (size_t c = 0; c < columns; c += WIDTH) {
            V d = KEEP_SOME(SUB(LOAD_SOME(normalized + c, columns - c), mean), columns - c);
            squares = FMA(d, d, squares);
        }
        inverses[r] = 1.0f / __builtin_sqrtf(SUM(squares) * share + epsilon);
        V inverse = SET1(inverses[r]);
        for (size_t c = 0; c < columns; c += WIDTH) {
            size_t n = columns - c;
            V value = MUL(SUB(LOAD_SOME(normalized + c, n), mean), inverse);
            STORE_SOME(normalized + c, n, value);
            STORE_SOME(result + c, n, FMA(LOAD_SOME(gamma + c, n), value, LOAD_SOME(beta + c, n)));
        }
    }
}

TARGET static void norm_backward(
    const float *d_result, const float *normalized, const float *inverses, const float *gamma, size_t rows, size_t columns, float *d_sum,
    float *d_gamma, float *d_beta) {
    float share = 1.0f / (float)columns;
    for (size_t r = 0; r < rows; r++, d_result += columns, normalized += columns, d_sum += columns) {
        V sum = SET1(0.0f), product = SET1(0.0f);
        for (size_t c = 0; c < columns; c += WIDTH) {
            size_t n = columns - c;
            V d = LOAD_SOME(d_result + c, n), x = LOAD_SOME(normalized + c, n), g = MUL(LOAD_SOME(gamma + c, n), d);
            sum = ADD(sum, g);
            product = FMA(g, x, product);
            STORE_SOME(d_gamma + c, n, FMA(d, x, LOAD_SOME(d_gamma + c, n)));
            STORE_SOME(d_beta + c, n, ADD(d, LOAD_SOME(d_beta + c, n)));
        }
        V mean = SET1(SUM(sum) * share), projection = SET1(SUM(product) * share), inverse = SET1(inverses[r]);
        for (size_t c = 0; c < columns; c += WIDTH) {
            size_t n = columns - c;
            V g = MUL(LOAD_SOME(gamma + c, n), LOAD_SOME(d_result + c, n));
            V rest = SUB(SUB(g, mean), MUL(LOAD_SOME(normalized + c, n), projection));
            STORE_SOME(d_sum + c, n, MUL(rest, inverse));
        }
    }
}

// Φ(x) + x·φ(x), φ the density of the normal distribution.
TARGET static inline V gelu_slope(V x) {
    V tail = normal_tail(MIN(ABS(x), SET1(12.0f)));
    V density = MUL(SET1(0.398942280f), exponential(MUL(MUL(x, x), SET1(-0.5f))));
    return FMA(x, density, POSITIVE(x, SUB(SET1(1.0f), tail), tail));
}

// With s = 1 / (1 + e⁻²ᵘ): s + x·2·s·(1 − s)·u′
TARGET static inline V gelu_tanh_slope(V x) {
    V square = MUL(x, x);
    V s = DIV(SET1(1.0f), ADD(SET1(1.0f), exponential(MUL(MUL(x, FMA(square, SET1(0.044715f), SET1(1.0f))), SET1(-1.59576912f)))));
    V inner = MUL(SET1(1.59576912f), FMA(square, SET1(0.134145f), SET1(1.0f)));
    return FMA(MUL(MUL(x, s), SUB(SET1(1.0f), s)), inner, s);
}

TARGET static inline V relu_slope(V x) { return POSITIVE(x, SET1(1.0f), SET1(0.0f)); }

#define EACH(LEFT, RIGHT)                                                                                        \
    for (size_t i = 0; i < count; i += WIDTH) {                                                                  \
        V at = LOAD_SOME(x + i, count - i);                                                                      \
        STORE_SOME(LEFT + i, count - i, RIGHT);                                                                  \
    }                                                                                                            \
    break;

TARGET static void activate(const float *x, size_t count, akin_activation activation, float *y) {
    switch (activation) {
    case AKIN_GELU:
        EACH(y, gelu(at))
    case AKIN_GELU_TANH:
        EACH(y, gelu_tanh(at))
    case AKIN_RELU:
        EACH(y, relu(at))
    default:
        EACH(y, at)
    }
}

TARGET static void activate_backward(const float *x, const float *dy, size_t count, akin_activation activation, float *dx) {
    switch (activation) {
    case AKIN_GELU:
        EACH(dx, MUL(LOAD_SOME(dy + i, count - i), gelu_slope(at)))
    case AKIN_GELU_TANH:
        EACH(dx, MUL(LOAD_SOME(dy + i, count - i), gelu_tanh_slope(at)))
    case AKIN_RELU:
        EACH(dx, MUL(LOAD_SOME(dy + i, count - i), relu_slope(at)))
    default:
        for (size_t i = 0; i < count; i++) dx[i] = dy[i];
    }
}
#undef EACH

TARGET static void add_column_sums(const float *x, size_t rows, size_t columns, size_t stride, float *sums) {
    for (size_t r = 0; r < rows; r++, x += stride) {
        for (size_t c = 0; c < columns; c += WIDTH) {
            STORE_SOME(sums + c, columns - c, ADD(LOAD_SOME(sums + c, columns - c), LOAD_SOME(x + c, columns - c)));
        }
    }
}

TARGET static void add_scaled(const float *x, size_t count, float factor, float *y) {
    for (size_t i = 0; i < count; i += WIDTH) {
        STORE_SOME(y + i, count - i, FMA(SET1(factor), LOAD_SOME(x + i, count - i), LOAD_SOME(y + i, count - i)));
    }
}

// Blocks of 256 are summed in floats, the blocks in double precision.
TARGET static double sum_of_squares(const float *x, size_t count) {
    double total = 0;
    for (size_t block = 0; block < count; block += 256) {
        V sum = SET1(0.0f);
        for (size_t i = block; i < count && i < block + 256; i += WIDTH) {
            V value = LOAD_SOME(x + i, count - i);
            sum = FMA(value, value, sum);
        }
        total += SUM(sum);
    }
    return total;
}
