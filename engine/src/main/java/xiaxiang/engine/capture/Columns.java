package xiaxiang.engine.capture;

/// The ratios by site (CSC): column j lies at `start[j] .. start[j + 1] - 1` of `point` (ascending) and `ratio`.
@SuppressWarnings("ArrayRecordComponent") // shared inside the engine, never compared
record Columns(int[] start, int[] point, float[] ratio) {
    static Columns of(CaptureProblem.Rows rows, int sites) {
        int[] start = new int[sites + 1];
        for (int site : rows.site()) {
            start[site + 1]++;
        }
        for (int j = 0; j < sites; j++) {
            start[j + 1] += start[j];
        }
        int[] next = start.clone();
        int[] point = new int[rows.site().length];
        float[] ratio = new float[point.length];
        for (int i = 0; i + 1 < rows.start().length; i++) {
            for (int e = rows.start()[i]; e < rows.start()[i + 1]; e++) {
                int at = next[rows.site()[e]]++;
                point[at] = i;
                ratio[at] = rows.ratio()[e];
            }
        }
        return new Columns(start, point, ratio);
    }
}
