package io.turnwise.learner.model.bandit;

/**
 * Computes on lower triangles of d x d matrices, stored row after row: row i has i + 1 numbers.
 *
 * <p>Plain loops over arrays; the arrays are the caller's, who says which of them are changed.
 */
final class Triangle {

    private static final double DIAGONAL_MIN = 1e-6;
    private static final double DIAGONAL_MAX = 1e12;
    private static final double PIVOT_MIN = 1e-6;
    private static final double SOLVABLE_MIN = 1e-10;

    private Triangle() {}

    static int size(int d) {
        return d * (d + 1) / 2;
    }

    /** Where row i begins. */
    static int row(int i) {
        return i * (i + 1) / 2;
    }

    static double[] identity(int d, double diagonal) {
        double[] matrix = new double[size(d)];
        for (int i = 0; i < d; i++) {
            matrix[row(i) + i] = diagonal;
        }
        return matrix;
    }

    /** Adds {@code weight * x x'} to a symmetric matrix. */
    static void addOuter(double[] matrix, double[] x, double weight) {
        int at = 0;
        for (int i = 0; i < x.length; i++) {
            double scaled = weight * x[i];
            for (int j = 0; j <= i; j++) {
                matrix[at++] += scaled * x[j];
            }
        }
    }

    /**
     * Makes the factor of A that of A + w w', and uses w up: Gill, Golub, Murray and Saunders, "Methods for modifying
     * matrix factorizations", 1974.
     *
     * @return whether it may be used; otherwise the factor is spoilt
     */
    static boolean update(double[] factor, double[] w) {
        int d = w.length;
        for (int k = 0; k < d; k++) {
            int pivot = row(k) + k;
            double diagonal = factor[pivot];
            double next = StrictMath.sqrt(diagonal * diagonal + w[k] * w[k]);
            double c = next / diagonal;
            double s = w[k] / diagonal;
            if (!(next >= DIAGONAL_MIN && next <= DIAGONAL_MAX) || !Double.isFinite(c)) {
                return false;
            }
            factor[pivot] = next;
            for (int i = k + 1; i < d; i++) {
                int at = row(i) + k;
                double updated = (factor[at] + s * w[i]) / c;
                // by the new value: with the old one the factor would drift away from its matrix
                w[i] = c * w[i] - s * updated;
                factor[at] = updated;
            }
        }
        return true;
    }

    /** The factor of a symmetric matrix; of one that has none, of a multiple of the identity. */
    static double[] factorised(double[] matrix, int d, double otherwiseDiagonal) {
        double[] factor = new double[size(d)];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[row(i) + j];
                for (int k = 0; k < j; k++) {
                    sum -= factor[row(i) + k] * factor[row(j) + k];
                }
                double value = i == j ? StrictMath.sqrt(Math.max(sum, PIVOT_MIN)) : sum / factor[row(j) + j];
                if (!Double.isFinite(value)) {
                    return identity(d, otherwiseDiagonal);
                }
                factor[row(i) + j] = value;
            }
        }
        return factor;
    }

    /** Makes b the y of L y = b. */
    static void solveForward(double[] factor, double[] b) {
        int at = 0;
        for (int i = 0; i < b.length; i++) {
            double sum = b[i];
            for (int j = 0; j < i; j++) {
                sum -= factor[at++] * b[j];
            }
            double diagonal = factor[at++];
            b[i] = diagonal <= SOLVABLE_MIN ? 0 : sum / diagonal;
        }
    }

    /**
     * The same for many b at once, to the last bit: number {@code c} of row i is that of the c-th b. Several to a step of
     * the processor, which takes a third of the time.
     */
    static void solveForward(double[] factor, double[][] rows) {
        int at = 0;
        for (int i = 0; i < rows.length; i++) {
            double[] sums = rows[i];
            for (int j = 0; j < i; j++) {
                subtract(sums, factor[at++], rows[j]);
            }
            double diagonal = factor[at++];
            for (int c = 0; c < sums.length; c++) {
                sums[c] = diagonal <= SOLVABLE_MIN ? 0 : sums[c] / diagonal;
            }
        }
    }

    private static void subtract(double[] sums, double times, double[] row) {
        for (int c = 0; c < sums.length; c++) {
            sums[c] -= times * row[c];
        }
    }

    /** Makes y the x of L' x = y. */
    static void solveBackward(double[] factor, double[] y) {
        for (int i = y.length - 1; i >= 0; i--) {
            double sum = y[i];
            for (int j = i + 1; j < y.length; j++) {
                sum -= factor[row(j) + i] * y[j];
            }
            double diagonal = factor[row(i) + i];
            y[i] = diagonal <= SOLVABLE_MIN ? 0 : sum / diagonal;
        }
    }
}
