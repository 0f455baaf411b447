// Exponential and activations, written once over the vector words of words_<set>.h:
//
//   TARGET                 attribute of every function          V, WIDTH              a register of floats and how many it holds
//   LOAD STORE SET1        memory and broadcast                 LOAD_TAIL STORE_TAIL  the first n < WIDTH floats, zeros elsewhere
//   ADD SUB MUL DIV MIN MAX ABS ROUND SQRT                      FMA(a, b, c)          a·b + c
//   SCALED(p, n)           p·2ⁿ, n whole in −126 … 127          POSITIVE(x, a, b)     x > 0 ? a : b by element
//   KEEP_FIRST(v, n)       zeros after the first n floats       SUM LARGEST           over the register, to one float
//   TILE_ROWS              rows of a product whose sums, two registers each, fit the register file
//
// No include guard: it is included once by each file that is compiled for a set.

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
    return SCALED(p, n);
}

// The tail T = Φ(−a) = exp(−S(a)) of the normal distribution, 0 ≤ a ≤ 12. S = −ln Φ(−a) is smooth and nearly a parabola; its degree-8
// polynomial is minimax in the error of a·T on [0, 6.5] (4·10⁻⁸ with float arithmetic) and grows beyond.
TARGET static inline V normal_tail(V a) {
    V s = SET1(1.17169793e-06f);
    s = FMA(s, a, SET1(-1.73864355e-05f));
    s = FMA(s, a, SET1(7.93395593e-05f));
    s = FMA(s, a, SET1(0.000224123447f));
    s = FMA(s, a, SET1(-0.00508311391f));
    s = FMA(s, a, SET1(0.0365386978f));
    s = FMA(s, a, SET1(0.318234563f));
    s = FMA(s, a, SET1(0.797897816f));
    s = FMA(s, a, SET1(0.693146408f));
    return exponential(SUB(SET1(0.0f), s));
}

// x·Φ(x) through the tail: x·T for negative x, x − x·T for positive.
TARGET static inline V gelu(V x) {
    V tail = MUL(x, normal_tail(MIN(ABS(x), SET1(12.0f))));
    return POSITIVE(x, SUB(x, tail), tail);
}

// x·Φ(x) to 1.2·10⁻⁵, for layers that read it in coarser steps, at half the work of gelu:
// Φ(x) = 1/2 + x·P(x² − 10.58) on [−4.6, 4.6] and constant beyond. P is minimax in the error of x·Φ (linear programming) under the
// condition that Φ(4.6) = 1; its argument is centred because powers of x² alone would cancel.
TARGET static inline V near_gelu(V x) {
    V t = MIN(SET1(4.6f), MAX(SET1(-4.6f), x));
    V s = FMA(t, t, SET1(-10.58f));
    V p = SET1(-1.10834063e-12f);
    p = FMA(p, s, SET1(3.57924766e-11f));
    p = FMA(p, s, SET1(-5.29027322e-10f));
    p = FMA(p, s, SET1(7.80686449e-09f));
    p = FMA(p, s, SET1(-1.4346827e-07f));
    p = FMA(p, s, SET1(2.35661241e-06f));
    p = FMA(p, s, SET1(-3.42952408e-05f));
    p = FMA(p, s, SET1(0.000483640004f));
    p = FMA(p, s, SET1(-0.00716028037f));
    p = FMA(p, s, SET1(0.153543442f));
    return MUL(x, FMA(t, p, SET1(0.5f)));
}

// x·(1 + tanh u) / 2 = x / (1 + e⁻²ᵘ)
TARGET static inline V gelu_tanh(V x) {
    V cubic = FMA(MUL(MUL(x, x), x), SET1(0.044715f), x);
    return DIV(x, ADD(SET1(1.0f), exponential(MUL(cubic, SET1(-1.59576912f)))));
}

TARGET static inline V relu(V x) { return MAX(SET1(0.0f), x); }

// x·σ(x) = x / (1 + e⁻ˣ)
TARGET static inline V silu(V x) { return DIV(x, ADD(SET1(1.0f), exponential(SUB(SET1(0.0f), x)))); }

TARGET static inline V identity(V x) { return x; }
