package xiaxiang.core.door;

/// A rule a row must keep: its text and the next step, in Chinese and English.
public enum Rule {
    REQUIRED("不能为空", "must not be empty", "请填写该列", "fill in this column");

    /// The rule in Chinese and in English.
    public final String zh;
    public final String en;
    /// What to do next, in Chinese and in English.
    public final String nextZh;
    public final String nextEn;

    Rule(String zh, String en, String nextZh, String nextEn) {
        this.zh = zh;
        this.en = en;
        this.nextZh = nextZh;
        this.nextEn = nextEn;
    }
}
