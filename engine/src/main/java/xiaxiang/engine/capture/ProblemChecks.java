package xiaxiang.engine.capture;

/// The door of [CaptureProblem]: names the first thing that is out of its bounds.
final class ProblemChecks {
    private ProblemChecks() {}

    static void sites(CaptureProblem.Sites sites) {
        int count = sites.count();
        need(count >= 0, "number of sites", count, "must be at least 0");
        int resources = sites.limit().length;
        need(resources >= 1, "number of limits", resources, "must be at least 1");
        need(sites.use().length == resources, "number of rows of use", sites.use().length,
                "must be the number of limits (" + resources + ")");
        need(sites.groupNoneUse().length == resources, "number of rows of groupNoneUse",
                sites.groupNoneUse().length, "must be the number of limits (" + resources + ")");
        int groups = sites.groupNoneUse()[0].length;
        for (int k = 0; k < resources; k++) {
            limit(k, sites.limit()[k]);
            length("use[" + k + "]", sites.use()[k].length, count);
            length("groupNoneUse[" + k + "]", sites.groupNoneUse()[k].length, groups);
            amounts("use[" + k + "]", sites.use()[k]);
            amounts("groupNoneUse[" + k + "]", sites.groupNoneUse()[k]);
        }
        length("group", sites.group().length, count);
        length("required", sites.required().length, count);
        length("forbidden", sites.forbidden().length, count);
        length("openToday", sites.openToday().length, count);
        groups(sites, groups);
    }

    private static void groups(CaptureProblem.Sites sites, int groups) {
        int[] today = new int[groups];
        for (int j = 0; j < sites.count(); j++) {
            int group = sites.group()[j];
            need(group >= -1 && group < groups, "group of site " + j, group, "must be in -1.." + (groups - 1));
            if (group >= 0 && sites.openToday()[j]) {
                today[group]++;
                need(today[group] <= 1, "number of sites of group " + group + " open today", today[group],
                        "must be at most 1");
            }
        }
    }

    static void limit(int k, double limit) {
        amount("limit[" + k + "]", limit);
    }

    static void rows(CaptureProblem.Rows rows, int sites) {
        int points = rows.weight().length;
        length("stays", rows.stays().length, points);
        length("start", rows.start().length, points + 1);
        amounts("weight", rows.weight());
        amounts("stays", rows.stays());
        need(rows.start()[0] == 0, "start[0]", rows.start()[0], "must be 0");
        for (int i = 0; i < points; i++) {
            need(rows.start()[i + 1] >= rows.start()[i], "start[" + (i + 1) + "]", rows.start()[i + 1],
                    "must be at least start[" + i + "] (" + rows.start()[i] + ")");
        }
        int entries = rows.start()[points];
        length("site", rows.site().length, entries);
        length("ratio", rows.ratio().length, entries);
        int[] lastRow = new int[sites];
        for (int i = 0; i < points; i++) {
            for (int e = rows.start()[i]; e < rows.start()[i + 1]; e++) {
                entry(rows, e, sites);
                need(lastRow[rows.site()[e]] != i + 1, "site of point " + i, rows.site()[e],
                        "must be listed once in its row");
                lastRow[rows.site()[e]] = i + 1;
            }
        }
    }

    static void weights(double[] weight, int points) {
        length("weight", weight.length, points);
        amounts("weight", weight);
    }

    static void worth(double[] worth, int sites) {
        length("worth", worth.length, sites);
        for (int j = 0; j < worth.length; j++) {
            amount("size of worth[" + j + "]", Math.abs(worth[j]));
        }
    }

    static void blocks(int[] blocks, int points) {
        need(blocks.length >= 2, "number of blocks", blocks.length - 1L, "must be at least 1");
        need(blocks[0] == 0, "blocks[0]", blocks[0], "must be 0");
        for (int k = 1; k < blocks.length; k++) {
            need(blocks[k] >= blocks[k - 1], "blocks[" + k + "]", blocks[k], "must be at least blocks[" + (k - 1) + "] (" + blocks[k - 1] + ")");
        }
        need(blocks[blocks.length - 1] == points, "last of blocks", blocks[blocks.length - 1], "must be the number of points (" + points + ")");
    }

    static void outsiders(CaptureProblem.Rows rows, double[] beside, int[] start, int[] site, float[] ratio, int sites) {
        int points = rows.weight().length;
        length("beside", beside.length, points);
        amounts("beside", beside);
        rows(new CaptureProblem.Rows(rows.weight(), rows.stays(), start, site, ratio), sites);
        boolean[] here = new boolean[sites];
        for (int i = 0; i < points; i++) {
            for (int e = rows.start()[i]; e < rows.start()[i + 1]; e++) {
                here[rows.site()[e]] = true;
            }
            for (int e = start[i]; e < start[i + 1]; e++) {
                need(!here[site[e]], "outsider of point " + i, site[e], "must not be among its insiders too");
            }
            for (int e = rows.start()[i]; e < rows.start()[i + 1]; e++) {
                here[rows.site()[e]] = false;
            }
        }
    }

    private static void entry(CaptureProblem.Rows rows, int e, int sites) {
        int site = rows.site()[e];
        if (site < 0 || site >= sites) {
            throw refusal("site[" + e + "]", site, "must be in 0.." + (sites - 1));
        }
        float ratio = rows.ratio()[e];
        if (!(ratio > 0 && ratio <= Float.MAX_VALUE)) {
            throw refusal("ratio[" + e + "]", ratio, "must be positive and finite");
        }
    }

    private static void amounts(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!isAmount(values[i])) {
                amount(name + "[" + i + "]", values[i]);
            }
        }
    }

    private static void amount(String name, double value) {
        if (!isAmount(value)) {
            throw refusal(name, value, "must be at least 0 and at most 1e200");
        }
    }

    private static boolean isAmount(double value) {
        return value >= 0 && value <= 1e200;
    }

    private static void length(String name, int length, int bound) {
        need(length == bound, "length of " + name, length, "must be " + bound);
    }

    private static void need(boolean holds, String name, long value, String bound) {
        if (!holds) {
            throw refusal(name, value, bound);
        }
    }

    private static IllegalArgumentException refusal(String name, Object value, String bound) {
        return new IllegalArgumentException("The " + name + " (" + value + ") " + bound + ".");
    }
}
