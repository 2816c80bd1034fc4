package io.turnwise.learner.model.bandit;

/** What a LinUCB model expects of vectors; for one thread, as it has room to compute in. */
public final class LinucbScores {

    private final double[] theta;
    private final double[] factor;
    private final double[] room;

    LinucbScores(double[] theta, double[] factor) {
        this.theta = theta;
        this.factor = factor;
        this.room = new double[theta.length];
    }

    /** What each number of a vector adds to the reward expected. */
    public double[] theta() {
        return theta.clone();
    }

    /** The reward expected. */
    public double mean(double[] x) {
        double sum = 0;
        for (int i = 0; i < theta.length; i++) {
            sum += x[i] * theta[i];
        }
        return sum;
    }

    /** How unsure that is: the square root of x' A^-1 x. */
    public double width(double[] x) {
        System.arraycopy(x, 0, room, 0, room.length);
        Triangle.solveForward(factor, room);
        double squares = 0;
        for (double each : room) {
            squares += each * each;
        }
        return StrictMath.sqrt(squares);
    }

    /**
     * The same of many vectors at once.
     *
     * @param rows number {@code c} of row i is number i of the c-th vector; used up
     */
    double[] widths(double[][] rows) {
        Triangle.solveForward(factor, rows);
        double[] squares = new double[rows[0].length];
        for (double[] row : rows) {
            for (int c = 0; c < squares.length; c++) {
                squares[c] += row[c] * row[c];
            }
        }
        for (int c = 0; c < squares.length; c++) {
            squares[c] = StrictMath.sqrt(squares[c]);
        }
        return squares;
    }
}
