// Scaled dot-product attention over one sequence in bfloat16: two multiplications and their sum into each of 16 floats an instruction.
//
// A head's keys stand transposed in pairs of components, its values in pairs of rows, as the instruction takes them:
//
//      keys      ┌ key 0: i0 i1 ┬ key 1: i0 i1 ┬ … ┬ key 0: i2 i3 ┬ …        (pairs of components, 32 keys), a panel
//      values    ┌ component 0: t0 t1 ┬ component 1: t0 t1 ┬ … ┬ component 0: t2 t3 ┬ …   (pairs of rows, components)
#if defined(__x86_64__)
#include "linear_tables.h"
#include "words_avx512.h"

#undef TARGET
#define TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16")))
#define ELEMENT uint32_t
#define FACTOR __m512bh
#define SPREAD_ELEMENT(p) (__m512bh)_mm512_set1_epi32((int32_t)*(p))
#define LOAD_FACTOR(p) (__m512bh)_mm512_loadu_si512(p)
#define MULTIPLY_ADD(a, b, s) _mm512_dpbf16_ps(s, a, b)
#define PRODUCT(name) name
#include "product_template.h"
#include "attention_blocks.h"

// n < 16 floats or all 16, zeros after them.
TARGET static inline V load_first(const float *x, size_t n) { return n >= WIDTH ? LOAD(x) : LOAD_TAIL(x, n); }

// Rounds `count` floats to pairs, zeros to the end of the last 16 floats.
TARGET static inline void round_row(const float *x, size_t count, uint32_t *pairs) {
    for (size_t i = 0; i < count; i += WIDTH) {
        _mm256_storeu_si256((__m256i *)(pairs + i / 2), (__m256i)_mm512_cvtneps_pbh(load_first(x + i, count - i)));
    }
}

// Two rows of `count` floats as pairs of one of each, zeros to the end of the last 16.
TARGET static inline void round_rows_together(const float *x, const float *y, size_t count, uint32_t *pairs) {
    for (size_t i = 0; i < count; i += WIDTH) {
        __m512i first = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(load_first(x + i, count - i)));
        __m512i second = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(load_first(y + i, count - i)));
        _mm512_storeu_si512(pairs + i, _mm512_or_si512(first, _mm512_slli_epi32(second, 16)));
    }
}

// 2ˣ for x ≤ 0 to 2.6·10⁻⁶, a thousandth of what rounding to bfloat16 takes: 2ⁿ times a polynomial in the rest, minimax in the relative
// error on [−1/2, 1/2] (Lawson's iteration).
TARGET static inline V power_of_two(V x) {
    x = MAX(SET1(-126.0f), x);
    V n = ROUND(x), r = SUB(x, n);
    V p = SET1(0.0095701022f);
    p = FMA(p, r, SET1(0.0559178628f));
    p = FMA(p, r, SET1(0.240247443f));
    p = FMA(p, r, SET1(0.693121791f));
    p = FMA(p, r, SET1(0.999999285f));
    return SCALED(p, n);
}

// Pairs of exp(scale·(x[c] − largest)), `factor` being scale·log₂e; zeros from `count` to the end of the last 16; top
// is the largest. Returns Σ.
TARGET static inline float exponential_pairs(const float *x, size_t count, float factor, uint32_t *pairs, float *top) {
    size_t whole = count - count % WIDTH, rest = count - whole;
    V largest = SET1(x[0]);
    for (size_t c = 0; c < whole; c += WIDTH) largest = MAX(largest, LOAD(x + c));
    *top = LARGEST(largest);
    for (size_t c = whole; c < count; c++) *top = x[c] > *top ? x[c] : *top;

    V sum = SET1(0.0f), shift = SET1(*top), scale = SET1(factor);
    for (size_t c = 0; c < whole; c += WIDTH) {
        V e = power_of_two(MUL(SUB(LOAD(x + c), shift), scale));
        sum = ADD(sum, e);
        _mm256_storeu_si256((__m256i *)(pairs + c / 2), (__m256i)_mm512_cvtneps_pbh(e));
    }
    if (rest) {
        V e = KEEP_FIRST(power_of_two(MUL(SUB(LOAD_TAIL(x + whole, rest), shift), scale)), rest);
        sum = ADD(sum, e);
        _mm256_storeu_si256((__m256i *)(pairs + whole / 2), (__m256i)_mm512_cvtneps_pbh(e));
    }
    return SUM(sum);
}

// x[c] += factor·y[c].
TARGET static inline void add_multiple(float *x, float factor, const float *y, size_t count) {
    size_t whole = count - count % WIDTH;
    for (size_t c = 0; c < whole; c += WIDTH) STORE(x + c, FMA(SET1(factor), LOAD(y + c), LOAD(x + c)));
    for (size_t c = whole; c < count; c++) x[c] += factor * y[c];
}

// 2ˣ of one number.
TARGET static inline float power_of(float x) { return _mm512_cvtss_f32(power_of_two(SET1(x))); }

// Zeros for the exponentials from … to − 1.
static inline void clear_pairs(uint32_t *pairs, size_t from, size_t to) {
    if (from < to) __builtin_memset((uint16_t *)pairs + from, 0, (to - from) * sizeof(uint16_t));
}

TARGET void akin_attention_avx512bf16(
    const float *source, size_t length, size_t heads, size_t head_size, size_t window, const float *bias, size_t reach, float *scratch,
    float *context) {
    size_t width = heads * head_size, stride = 3 * width;
    size_t block = length < AKIN_ATTENTION_BLOCK ? length : AKIN_ATTENTION_BLOCK;
    size_t panel = block > WIDTH ? PANEL : WIDTH, keys = (block + panel - 1) / panel * panel;
    size_t values = (head_size + WIDTH - 1) / WIDTH * WIDTH;
    size_t components = (head_size + 1) / 2;
    uint32_t *transposed = (uint32_t *)scratch;                         // (keys / panel, components, panel)
    uint32_t *packed = transposed + values / 2 * keys;                  // (rows together, values)
    uint32_t *queries = packed + keys / 2 * values;                     // (TILE_ROWS, values / 2)
    uint32_t *exponentials = queries + TILE_ROWS * values / 2;          // (TILE_ROWS, keys / 2)
    float *scores = (float *)(exponentials + TILE_ROWS * keys / 2);     // (TILE_ROWS, keys)
    float *results = scores + TILE_ROWS * keys;                         // (TILE_ROWS, values)
    float *tops = results + TILE_ROWS * values;                         // (length): of each query's scores, the largest so far
    float *sums = tops + length;                                        // (length): of the exponentials of their distances from it
    float root = __builtin_sqrtf((float)head_size), factor = 1.44269504f / root, ones[TILE_ROWS], factors[TILE_ROWS];
    for (size_t r = 0; r < TILE_ROWS; r++) ones[r] = 1;

    for (size_t head = 0; head < heads; head++) {
        const float *query = source + head * head_size, *key = query + width, *value = key + width;
        if (length > block) begin_sums(context + head * head_size, length, width, head_size, tops, sums);
        for (size_t start = 0; start < length; start += block) {
            size_t count = length - start < block ? length - start : block;
            for (size_t t = 0; t < keys; t++) {
                if (t < count) {
                    round_row(key + (start + t) * stride, head_size, queries);
                } else {
                    __builtin_memset(queries, 0, components * sizeof *queries);
                }
                uint32_t *column = transposed + t / PANEL * components * PANEL + t % PANEL;
                for (size_t i = 0; i < components; i++) column[i * panel] = queries[i];
            }
            for (size_t t = 0; t < count; t += 2) {
                // An odd last row is paired with itself; the exponential that it meets is zero.
                const float *row = value + (start + t) * stride;
                round_rows_together(row, t + 1 < count ? row + stride : row, head_size, packed + t / 2 * values);
            }
            for (size_t first = first_query(start, window); first < last_query(start + count, window, length); first += TILE_ROWS) {
                size_t rows = length - first < TILE_ROWS ? length - first : TILE_ROWS;
                for (size_t r = 0; r < rows; r++) round_row(query + (first + r) * stride, head_size, queries + r * values / 2);
                // The keys of the block that some query of the tile attends to, in whole panels.
                span seen = keys_in_block(first, first + rows - 1, start, count, window);
                size_t from = seen.from / PANEL * PANEL, reached = seen.to - from;
                for (size_t k = from; k < seen.to; k += panel) {
                    product_rows(
                        rows, queries, values / 2, transposed + k * components, panel, components, ones, scores + k - from, keys);
                }
                for (size_t r = 0; r < rows; r++) {
                    float *row = scores + r * keys, top;
                    uint32_t *pairs = exponentials + r * keys / 2;
                    // The scores are divided by the root with their exponentials.
                    if (bias) {
                        add_multiple(row, root, bias + head * (2 * reach - 1) + reach - 1 + start + from - (first + r), reached);
                    }
                    span own = keys_in_block(first + r, first + r, start, count, window);
                    if (own.from >= own.to) {
                        clear_pairs(pairs, 0, (reached + WIDTH - 1) / WIDTH * WIDTH);
                        factors[r] = 1;
                        continue;
                    }
                    own.from -= from;
                    own.to -= from;
                    fill(row, 0, own.from, -INFINITY);
                    fill(row, own.to, reached, -INFINITY);
                    float sum = exponential_pairs(row, reached, factor, pairs, &top);
                    clear_pairs(pairs, 0, own.from);
                    clear_pairs(pairs, own.to, reached);
                    if (length <= block) {
                        factors[r] = 1.0f / sum;
                        continue;
                    }
                    size_t at = first + r;
                    factors[r] = 1;
                    if (top > tops[at]) {
                        float shrinking = power_of((tops[at] - top) * factor);
                        shrink(context + at * width + head * head_size, head_size, shrinking);
                        sums[at] *= shrinking;
                        tops[at] = top;
                    } else {
                        factors[r] = power_of((top - tops[at]) * factor);
                    }
                    sums[at] += factors[r] * sum;
                }
                float *target = context + first * width + head * head_size;
                const uint32_t *rest = packed + from / 2 * values;
                size_t together = (reached + 1) / 2;
                if (values == head_size && length <= block) {
                    product_rows(rows, exponentials, keys / 2, rest, values, together, factors, target, width);
                } else {
                    product_rows(rows, exponentials, keys / 2, rest, values, together, factors, results, values);
                    take_results(target, rows, width, results, values, head_size, length > block);
                }
            }
        }
        if (length > block) divide_by_sums(context + head * head_size, length, width, head_size, sums);
    }
}
#endif
