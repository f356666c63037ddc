package xiaxiang.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Problems written and read back; files cut short, spoilt, and with lengths that cannot be.
class ProblemFileTest {
    private static final int SEEDS = 200;
    /// Magic, version and the kernel's byte; then points, sites, non-zeros, resources, groups.
    private static final int COUNTS_AT = 9;
    private static final long SMALL_BYTES = 4 << 20;

    private static byte[] bytes(CaptureProblem problem) throws IOException {
        var out = new ByteArrayOutputStream();
        ProblemFile.write(problem, out);
        return out.toByteArray();
    }

    private static CaptureProblem read(byte[] bytes) throws IOException {
        return ProblemFile.read(new ByteArrayInputStream(bytes));
    }

    /// A problem of every kernel by seed modulo 4, with groups, resources and flags; every third with what few have.
    private static CaptureProblem problem(long seed) {
        return seed % 3 == 1 ? Problems.rare(seed) : Problems.small(seed);
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            CaptureProblem problem = problem(seed);
            byte[] written = bytes(problem);
            CaptureProblem back = read(written);
            assertThat(back.kernel()).as("seed %d", seed).isEqualTo(problem.kernel());
            assertThat(back.fingerprint()).as("seed %d", seed).isEqualTo(problem.fingerprint());
            assertThat(back.captureToday()).as("seed %d", seed).isEqualTo(problem.captureToday());
            assertThat(bytes(back)).as("seed %d", seed).isEqualTo(written);
        }
    }

    @Test
    void aFileCutShortAnywhereIsAnIoException() throws IOException {
        for (long seed = 0; seed < 8; seed++) {
            byte[] whole = bytes(problem(seed));
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> read(cut)).as("seed %d, %d of %d bytes", seed, length, whole.length).isInstanceOf(IOException.class);
            }
        }
    }

    /// But for the sign of a zero, which is no difference to a problem.
    @Test
    void aFlippedByteIsRefusedOrAnotherProblem() throws IOException {
        for (long seed = 0; seed < 24; seed++) {
            CaptureProblem problem = problem(seed);
            byte[] whole = bytes(problem);
            for (int at = 0; at < whole.length; at++) {
                for (int bit = 0; bit < 8; bit++) {
                    byte[] spoilt = whole.clone();
                    spoilt[at] ^= (byte) (1 << bit);
                    boolean signOfZero = whole[at] == 0 && bit == 7;
                    try {
                        boolean same = read(spoilt).fingerprint().equals(problem.fingerprint());
                        assertThat(same).as("the same problem: seed %d, byte %d, bit %d", seed, at, bit).isIn(false, signOfZero);
                    } catch (IOException | IllegalArgumentException refused) {
                        assertThat(refused).as("seed %d, byte %d, bit %d", seed, at, bit).hasNoCause();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void anAbsurdLengthCostsNoMemory(int which) throws IOException {
        byte[] whole = bytes(problem(4));
        var memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int count : new int[] {Integer.MAX_VALUE, 200_000_000, 100_000_000, Integer.MIN_VALUE, -1}) {
            byte[] spoilt = whole.clone();
            ByteBuffer.wrap(spoilt).putInt(COUNTS_AT + 4 * which, count);
            long before = memory.getCurrentThreadAllocatedBytes();
            assertThatThrownBy(() -> read(spoilt)).as("count %d is %d", which, count).isInstanceOf(IOException.class);
            assertThat(memory.getCurrentThreadAllocatedBytes() - before).as("bytes for count %d of %d", which, count).isLessThan(SMALL_BYTES);
        }
    }

    @Test
    void anotherFileIsRefused() {
        assertThatThrownBy(() -> read(new byte[64])).isInstanceOf(StreamCorruptedException.class).hasMessageContaining("no capture problem");
        byte[] newer = ByteBuffer.allocate(64).putInt(0x58584350).putInt(99).array();
        assertThatThrownBy(() -> read(newer)).isInstanceOf(StreamCorruptedException.class);
        byte[] kernel = ByteBuffer.allocate(64).putInt(0x58584350).putInt(1).put((byte) 9).array();
        assertThatThrownBy(() -> read(kernel)).isInstanceOf(StreamCorruptedException.class).hasMessageContaining("kernel 9");
    }
}
