// The row-wise kernels, written once over the vector words that the including file defines:
//
//   TARGET                 attribute of every function          V, WIDTH              a register of floats and how many it holds
//   LOAD STORE SET1        memory and broadcast                 LOAD_TAIL STORE_TAIL  the first n < WIDTH floats, zeros elsewhere
//   ADD SUB MUL DIV MIN MAX ABS ROUND                           FMA(a, b, c)          a·b + c
//   POWER_OF_TWO(n)        2ⁿ of whole floats in −126 … 127     POSITIVE(x, a, b)     x > 0 ? a : b by element
//   KEEP_FIRST(v, n)       zeros after the first n floats       SUM LARGEST           over the register, to one float
//
// No include guard: it is included once by each network_<set>.c.

// eˣ: x = n·ln 2 + r with |r| ≤ ln 2 / 2, and eʳ by a polynomial of degree 6, minimax in the relative error (2·10⁻⁹ before rounding),
// fitted with Lawson's iteration. x is held within the finite powers of two; the order of MIN and MAX lets a NaN through on x86.
TARGET static inline V exponential(V x) {
    x = MIN(SET1(88.0f), MAX(SET1(-87.0f), x));
    V n = ROUND(MUL(x, SET1(1.44269504f)));
    V r = FMA(n, SET1(-0.693145752f), x);
    r = FMA(n, SET1(-1.42860677e-6f), r);
    V p = SET1(0.00138368f);
    p = FMA(p, r, SET1(0.00837482f));
    p = FMA(p, r, SET1(0.04166823f));
    p = FMA(p, r, SET1(0.1666642f));
    p = FMA(p, r, SET1(0.49999992f));
    p = FMA(p, r, SET1(1.00000004f));
    p = FMA(p, r, SET1(1.0f));
    return MUL(p, POWER_OF_TWO(n));
}

// x·Φ(x) through the tail T = Φ(−|x|) = exp(−S(|x|)): x·T for negative x, x − x·T for positive. S = −ln Φ(−a) is smooth and nearly a
// parabola; its degree-8 polynomial is minimax in the error of a·T on [0, 6.5] (4·10⁻⁸ with float arithmetic) and grows beyond.
TARGET static inline V gelu(V x) {
    V a = MIN(ABS(x), SET1(12.0f));
    V s = SET1(1.17169793e-06f);
    s = FMA(s, a, SET1(-1.73864355e-05f));
    s = FMA(s, a, SET1(7.93395593e-05f));
    s = FMA(s, a, SET1(0.000224123447f));
    s = FMA(s, a, SET1(-0.00508311391f));
    s = FMA(s, a, SET1(0.0365386978f));
    s = FMA(s, a, SET1(0.318234563f));
    s = FMA(s, a, SET1(0.797897816f));
    s = FMA(s, a, SET1(0.693146408f));
    V tail = MUL(x, exponential(SUB(SET1(0.0f), s)));
    return POSITIVE(x, SUB(x, tail), tail);
}

// x·(1 + tanh u) / 2 = x / (1 + e⁻²ᵘ)
TARGET static inline V gelu_tanh(V x) {
    V cubic = FMA(MUL(MUL(x, x), x), SET1(0.044715f), x);
    return DIV(x, ADD(SET1(1.0f), exponential(MUL(cubic, SET1(-1.59576912f)))));
}

TARGET static inline V relu(V x) { return MAX(SET1(0.0f), x); }

TARGET static inline V identity(V x) { return x; }

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
    default:
        bias_identity(x, bias, rows, columns);
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
    float *x, const float *y, const float *bias, const float *gamma, const float *beta, size_t rows, size_t columns, float epsilon) {
    size_t whole = columns - columns % WIDTH, rest = columns - whole;
    float share = 1.0f / (float)columns;
    for (size_t r = 0; r < rows; r++, x += columns, y += columns) {
        V sum = SET1(0.0f);
        for (size_t c = 0; c < whole; c += WIDTH) {
            V s = ADD(ADD(LOAD(x + c), LOAD(y + c)), LOAD(bias + c));
            STORE(x + c, s);
            sum = ADD(sum, s);
        }
        if (rest) {
            V s = ADD(ADD(LOAD_TAIL(x + whole, rest), LOAD_TAIL(y + whole, rest)), LOAD_TAIL(bias + whole, rest));
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
            STORE(x + c, FMA(MUL(SUB(LOAD(x + c), mean), inverse), LOAD(gamma + c), LOAD(beta + c)));
        }
        if (rest) {
            V normal = MUL(SUB(LOAD_TAIL(x + whole, rest), mean), inverse);
            STORE_TAIL(x + whole, rest, FMA(normal, LOAD_TAIL(gamma + whole, rest), LOAD_TAIL(beta + whole, rest)));
        }
    }
}
