package xiaxiang.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// What a measurement was made on.
final class Machine {
    private Machine() {}

    /// One line: Java, system, cores, load, heap limit.
    static String line() {
        return String.format(Locale.ROOT, "Java %s, %s, %d cores, load %.1f, heap limit %d MB", Runtime.version(), System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(), ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), Runtime.getRuntime().maxMemory() >> 20);
    }

    /// Today's date and the commit measured.
    static String made() {
        return LocalDate.now(ZoneOffset.UTC) + ", commit " + commit();
    }

    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "-C", System.getProperty("xiaxiang.home", "."), "describe", "--always", "--dirty").redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor(5, TimeUnit.SECONDS) && !said.isEmpty() ? said : "unknown";
        } catch (IOException e) {
            return "unknown"; // no git here: the table then names no commit
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }

    /// Forgets the peak so far.
    static void resetPeak() {
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    /// The most heap in use since then, in MB: the sum of the pools' peaks, so an upper bound.
    static long peakMegabytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP).map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(MemoryUsage::getUsed).sum() >> 20;
    }
}
