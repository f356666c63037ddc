package xiaxiang.core.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A text read word by word, or line by line: words are parted by blanks, tabs and line ends.
///
/// UTF-8 with or without a byte order mark, checked strictly as a whole before the first word. Nothing throws for what a file holds. Cost: two passes.
public final class WordFile {
    /// The longest word that can be a number, in bytes.
    static final int WORD_BYTES = 200;

    private final InputStream in;
    private final String name;
    private final Problems problems;
    private final byte[] bytes = new byte[WORD_BYTES + 1];
    private int ahead;
    private long row = 1;
    private long column = 1;
    private long lastRow;

    private WordFile(InputStream in, String name, Problems problems) throws IOException {
        this.in = in;
        this.name = name;
        this.problems = problems;
        in.mark(3);
        if (in.read() != 0xef || in.read() != 0xbb || in.read() != 0xbf) in.reset();
        ahead = in.read();
    }

    /// Opens a file of at most `most` bytes and hands it over, before its first word. False if there is no such file, or it cannot be read, is too big or
    /// no UTF-8: a problem says which.
    public static boolean read(Path path, long most, Problems problems, Consumer<WordFile> reader) {
        String name = String.valueOf(path.getFileName());
        if (!Files.isRegularFile(path)) {
            problems.add(name, Rule.NO_SUCH_FILE, "");
            return false;
        }
        try {
            if (!isText(path, name, most, problems)) return false;
            try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
                reader.accept(new WordFile(in, name, problems));
                return true;
            }
        } catch (IOException | UncheckedIOException unreadable) {
            problems.add(name, Rule.UNREADABLE, "");
            return false;
        }
    }

    private static boolean isText(Path path, String name, long most, Problems problems) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            Encoding encoding = Encoding.read(in, UTF_8, most);
            if (encoding.bytes() > most) problems.add(name, Rule.TEXT_TOO_BIG, (most >> 20) + " MiB");
            else if (!encoding.fits()) problems.add(new Problem(name, encoding.line(), "", "", Rule.NOT_TEXT, ""));
            return encoding.bytes() <= most && encoding.fits();
        }
    }

    /// The file's name.
    public String name() {
        return name;
    }

    /// Row of the last word read, 0 before the first.
    public long lastRow() {
        return lastRow;
    }

    /// The next word, or null at the end of the file.
    public @Nullable Word next() {
        try {
            skipBlanks();
            return ahead < 0 ? null : word();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The first `most` words of the next line that is not blank, which is read to its end; empty at the end of the file.
    public List<Word> line(int most) {
        List<Word> words = new ArrayList<>();
        try {
            skipBlanks();
            for (long line = row; ahead >= 0 && row == line; skipBlanks()) {
                Word word = word();
                if (words.size() < most) words.add(word);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }

    private void skipBlanks() throws IOException {
        while (ahead >= 0 && ahead <= ' ' && ahead != 0) step();
    }

    private Word word() throws IOException {
        lastRow = row;
        long from = column;
        int length = 0;
        for (; ahead > ' ' || ahead == 0; step()) if (length < bytes.length) bytes[length++] = (byte) ahead;
        return new Word(name, new String(bytes, 0, length, UTF_8), lastRow, from, problems);
    }

    /// Goes on by a byte. The further bytes of a character count no column.
    private void step() throws IOException {
        int passed = ahead;
        ahead = in.read();
        if (passed == '\n' || (passed == '\r' && ahead != '\n')) {
            row++;
            column = 1;
        } else if (ahead < 0 || (ahead & 0xc0) != 0x80) {
            column++;
        }
    }
}
