package xiaxiang.core.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// A text file, plain or gzipped, of at most `limit` bytes unpacked: UTF-8 with or without a byte order mark, or GB18030.
record TextFile(Path path, long limit) {
    /// Characters beyond ASCII that fit UTF-8 by chance in a GB18030 text: fewer than this, before the first that does not.
    private static final int CHANCE = 8;

    String name() {
        return String.valueOf(path.getFileName());
    }

    /// The encoding the whole file fits, or null with a problem added.
    @Nullable Encoding encoding(Problems problems) throws IOException {
        Encoding utf = encoding(UTF_8);
        if (utf.bytes() > limit) {
            problems.add(name(), Rule.FILE_TOO_BIG, limit + " B");
            return null;
        }
        if (utf.fits()) return utf;
        // A UTF-8 file with one bad cell could pass as GB18030 and turn to rubbish: what began as UTF-8 stays UTF-8.
        Encoding gb = utf.wide() >= CHANCE ? utf : encoding(Encoding.GB18030);
        if (gb.fits()) return gb;
        problems.add(new Problem(name(), Math.max(utf.line(), gb.line()), "", "", Rule.ENCODING, ""));
        return null;
    }

    private Encoding encoding(Charset charset) throws IOException {
        try (InputStream in = open()) {
            return Encoding.read(in, charset, limit);
        }
    }

    /// The text without its byte order mark.
    Reader open(Charset charset) throws IOException {
        Reader reader = new BufferedReader(new InputStreamReader(open(), Encoding.strict(charset)), 1 << 14);
        reader.mark(1);
        if (reader.read() != 0xfeff) reader.reset();
        return reader;
    }

    private InputStream open() throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        try {
            return name().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
        } catch (IOException broken) {
            in.close();
            throw broken;
        }
    }
}
