package xiaxiang.core.atlas;

/// The people of a division in a year: `persons` >= 0; `incomeIndex` is income relative to the country's mean (1 = mean, > 0).
public record People(String code, int year, long persons, double incomeIndex, Provenance provenance) {
    public People {
        if (persons < 0 || !(incomeIndex > 0)) throw new IllegalArgumentException("People of " + code + ": persons " + persons + ", income index " + incomeIndex);
    }
}
