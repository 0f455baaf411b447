// Cross-entropy and the optimiser's step, over the vector words.
//
// No include guard: training_template.h includes it.
#include <math.h>

TARGET static void cross_entropy(
    float *logits, const int32_t *targets, const float *factors, size_t rows, size_t columns, size_t stride, float smoothing, float *losses) {
    for (size_t r = 0; r < rows; r++, logits += stride) {
        V largest = SET1(logits[0]), all = SET1(0.0f);
        for (size_t c = 0; c + WIDTH <= columns; c += WIDTH) largest = MAX(largest, LOAD(logits + c));
        float top = LARGEST(largest);
        for (size_t c = columns - columns % WIDTH; c < columns; c++) top = logits[c] > top ? logits[c] : top;
        float target = logits[targets[r]] - top;
        V shift = SET1(top), sum = SET1(0.0f);
        for (size_t c = 0; c < columns; c += WIDTH) {
            size_t n = columns - c;
            V distance = SUB(LOAD_SOME(logits + c, n), shift), e = exponential(distance);
            all = ADD(all, KEEP_SOME(distance, n));
            sum = ADD(sum, KEEP_SOME(e, n));
            STORE_SOME(logits + c, n, e);
        }
        float total = SUM(sum), each = smoothing / (float)columns;
        losses[r] = logf(total) - (1 - smoothing) * target - each * SUM(all);
        V share = SET1(factors[r] / total), base = SET1(-factors[r] * each);
        for (size_t c = 0; c < columns; c += WIDTH) {
            size_t n = columns - c;
            STORE_SOME(logits + c, n, FMA(LOAD_SOME(logits + c, n), share, base));
        }
        logits[targets[r]] -= factors[r] * (1 - smoothing);
    }
}

TARGET static void adamw(float *weights, const float *gradients, float *first, float *second, size_t count, const akin_adamw *step) {
    V scale = SET1(step->gradient_scale), kept_share = SET1(step->kept), size = SET1(step->step_size), root = SET1(step->second_scale);
    V b1 = SET1(step->first_decay), b2 = SET1(step->second_decay), rest1 = SET1(1 - step->first_decay), rest2 = SET1(1 - step->second_decay);
    V epsilon = SET1(step->epsilon);
    for (size_t i = 0; i < count; i += WIDTH) {
        size_t n = count - i;
        V g = MUL(LOAD_SOME(gradients + i, n), scale);
        V m = FMA(b1, LOAD_SOME(first + i, n), MUL(rest1, g));
        V v = FMA(b2, LOAD_SOME(second + i, n), MUL(MUL(rest2, g), g));
        V change = DIV(MUL(size, m), FMA(SQRT(v), root, epsilon));
        STORE_SOME(first + i, n, m);
        STORE_SOME(second + i, n, v);
        STORE_SOME(weights + i, n, SUB(MUL(kept_share, LOAD_SOME(weights + i, n)), change));
    }
}
