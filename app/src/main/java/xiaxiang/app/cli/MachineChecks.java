package xiaxiang.app.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a start needs of the machine: Java, memory, the data folder, disk, port, the web pages, TLS files.
final class MachineChecks {
    private static final int JAVA = 25;
    private static final long MIB = 1 << 20;
    private static final long LEAST_MEMORY_MIB = 1_024;
    private static final long GOOD_MEMORY_MIB = 3_072;
    private static final long LEAST_DISK_MIB = 256;
    private static final long GOOD_DISK_MIB = 4_096;
    private static final Duration RENEW = Duration.ofDays(14);

    private final List<Finding> findings;

    MachineChecks(List<Finding> findings) {
        this.findings = findings;
    }

    void java() {
        String version = Runtime.version().toString();
        findings.add(Runtime.version().feature() >= JAVA ? Finding.ok("java", "good", version) : Finding.problem("java", "old", version, JAVA));
    }

    void memory() {
        long mib = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize() / MIB;
        findings.add(level("memory", mib, LEAST_MEMORY_MIB, GOOD_MEMORY_MIB));
    }

    /// A folder that is not there yet is made by the first start, if the one above it lets us.
    void folder(Path folder) {
        Path at = nearest(folder);
        if (!Files.isDirectory(at)) findings.add(Finding.problem("folder", "file", at));
        else if (!Files.isWritable(at) || !Files.isExecutable(at)) findings.add(Finding.problem("folder", "closed", at));
        else findings.add(Finding.ok("folder", at.equals(folder) ? "good" : "new", folder));
    }

    void disk(Path folder) {
        try {
            findings.add(level("disk", Files.getFileStore(nearest(folder)).getUsableSpace() / MIB, LEAST_DISK_MIB, GOOD_DISK_MIB));
        } catch (IOException e) {
            findings.add(Finding.warning("disk", "unknown", String.valueOf(e.getMessage())));
        }
    }

    private static Finding level(String check, long mib, long least, long good) {
        return mib < least ? Finding.problem(check, "little", mib, least) : mib < good ? Finding.warning(check, "tight", mib, good) : Finding.ok(check, "good", mib);
    }

    private static Path nearest(Path folder) {
        Path at = folder;
        while (!Files.exists(at) && at.getParent() != null) at = at.getParent();
        return at;
    }

    void port(int port, boolean running) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            findings.add(Finding.ok("port", "free", String.valueOf(port)));
        } catch (IOException | IllegalArgumentException e) {
            // Where our own server runs, it is most likely the one that listens.
            findings.add(running ? Finding.ok("port", "ours", String.valueOf(port)) : Finding.problem("port", "taken", String.valueOf(port)));
        }
    }

    void pages() {
        findings.add(MachineChecks.class.getResource("/xiaxiang/app/index.html") == null ? Finding.problem("pages", "missing") : Finding.ok("pages", "good"));
    }

    void tls(@Nullable Path certificate, @Nullable Path key) {
        if (certificate == null || key == null) {
            findings.add(Finding.problem("tls", "both"));
            return;
        }
        certificate(certificate);
        try {
            String text = Files.readString(key, StandardCharsets.US_ASCII);
            if (text.contains("-----BEGIN PRIVATE KEY-----") || text.contains("-----BEGIN RSA PRIVATE KEY-----") || text.contains("-----BEGIN EC PRIVATE KEY-----")) findings.add(Finding.ok("tls", "key", key));
            else findings.add(Finding.problem("tls", "nokey", key));
        } catch (IOException e) {
            findings.add(Finding.problem("tls", "unreadable", key));
        }
    }

    private void certificate(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> chain = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (!(chain.stream().findFirst().orElse(null) instanceof X509Certificate first)) {
                findings.add(Finding.problem("tls", "nocert", file));
                return;
            }
            Instant end = first.getNotAfter().toInstant();
            Instant now = Instant.now();
            if (end.isBefore(now) || first.getNotBefore().toInstant().isAfter(now)) findings.add(Finding.problem("tls", "expired", file, first.getNotBefore().toInstant(), end));
            else if (end.isBefore(now.plus(RENEW))) findings.add(Finding.warning("tls", "renew", file, end));
            else findings.add(Finding.ok("tls", "cert", file, end));
        } catch (CertificateException e) {
            findings.add(Finding.problem("tls", "nocert", file));
        } catch (IOException e) {
            findings.add(Finding.problem("tls", "unreadable", file));
        }
    }
}
