package xiaxiang.engine.capture;

/// The ratios by site (CSC): column j lies at `start[j] .. start[j + 1] - 1` of `point` (ascending) and `ratio`.
@SuppressWarnings("ArrayRecordComponent") // shared inside the engine, never compared
record Columns(int[] start, int[] point, float[] ratio) {
    static Columns of(CaptureProblem.Rows rows, int sites) {
        return of(rows.start(), rows.site(), rows.ratio(), sites);
    }

    static Columns of(int[] rowStart, int[] rowSite, float[] rowRatio, int sites) {
        int[] start = new int[sites + 1];
        for (int site : rowSite) {
            start[site + 1]++;
        }
        for (int j = 0; j < sites; j++) {
            start[j + 1] += start[j];
        }
        int[] next = start.clone();
        int[] point = new int[rowSite.length];
        float[] ratio = new float[point.length];
        for (int i = 0; i + 1 < rowStart.length; i++) {
            for (int e = rowStart[i]; e < rowStart[i + 1]; e++) {
                int at = next[rowSite[e]]++;
                point[at] = i;
                ratio[at] = rowRatio[e];
            }
        }
        return new Columns(start, point, ratio);
    }
}
