package xiaxiang.core.atlas;

import java.util.SplittableRandom;

/// Chance that belongs to one code: whatever else is in the atlas, and in whatever order, the code draws the same numbers.
final class CodeSeed {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private CodeSeed() {}

    /// A generator for `code` under `seed`. Source: FNV-1a over the UTF-16 units of the code.
    static SplittableRandom random(long seed, String code) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < code.length(); i++) hash = (hash ^ code.charAt(i)) * FNV_PRIME;
        // Two rounds, so that neighbouring seeds and neighbouring codes have nothing in common.
        return new SplittableRandom(new SplittableRandom(hash).nextLong() ^ new SplittableRandom(seed).nextLong());
    }
}
