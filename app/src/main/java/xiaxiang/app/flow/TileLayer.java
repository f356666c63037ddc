package xiaxiang.app.flow;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One layer of a vector tile (Mapbox Vector Tile Specification 2.1, which is its own message format written as protocol buffers).
///
/// Coordinates are whole 4096ths of the tile's side, from its north-west corner, y down. Attributes are texts, whole numbers or truth values. Not for use by several threads.
final class TileLayer {
    /// How many parts the side of a tile has.
    static final int EXTENT = 4096;
    private static final int VERSION = 2;
    private static final int POINT = 1;
    private static final int POLYGON = 3;
    private static final int MOVE = 1;
    private static final int LINE = 2;
    private static final int CLOSE = 7;

    private final String name;
    private final Map<String, Integer> keys = new LinkedHashMap<>();
    private final Map<Object, Integer> values = new LinkedHashMap<>();
    private final ByteArrayOutputStream features = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(features);
    private int[] geometry = new int[64];
    private int size;
    private int atX;
    private int atY;

    TileLayer(String name) {
        this.name = name;
    }

    /// Adds a point.
    void point(int x, int y, Map<String, ?> attributes) {
        begin();
        command(MOVE, 1);
        to(x, y);
        feature(POINT, attributes);
    }

    /// Adds a polygon of rings as [ring][x, y, x, y, ...], not closed: each outer ring (clockwise on the screen) before its holes (the other way round), each of three corners at least.
    void polygon(List<int[]> rings, Map<String, ?> attributes) {
        begin();
        for (int[] ring : rings) {
            command(MOVE, 1);
            to(ring[0], ring[1]);
            command(LINE, ring.length / 2 - 1);
            for (int i = 2; i < ring.length; i += 2) to(ring[i], ring[i + 1]);
            command(CLOSE, 1);
        }
        feature(POLYGON, attributes);
    }

    private void begin() {
        size = 0;
        atX = 0;
        atY = 0;
    }

    private void command(int id, int count) {
        push(id | (count << 3));
    }

    private void to(int x, int y) {
        push(CodedOutputStream.encodeZigZag32(x - atX));
        push(CodedOutputStream.encodeZigZag32(y - atY));
        atX = x;
        atY = y;
    }

    private void push(int value) {
        if (size == geometry.length) geometry = Arrays.copyOf(geometry, 2 * size);
        geometry[size++] = value;
    }

    private void feature(int type, Map<String, ?> attributes) {
        int[] tags = new int[2 * attributes.size()];
        int at = 0;
        for (Map.Entry<String, ?> one : attributes.entrySet()) {
            tags[at++] = number(keys, one.getKey());
            tags[at++] = number(values, one.getValue());
        }
        try {
            int tagBytes = bytes(tags, tags.length);
            int geometryBytes = bytes(geometry, size);
            int length = (tags.length == 0 ? 0 : 1 + CodedOutputStream.computeUInt32SizeNoTag(tagBytes) + tagBytes) + CodedOutputStream.computeEnumSize(3, type) + 1
                    + CodedOutputStream.computeUInt32SizeNoTag(geometryBytes) + geometryBytes;
            out.writeTag(2, 2);
            out.writeUInt32NoTag(length);
            if (tags.length > 0) packed(2, tags, tags.length, tagBytes);
            out.writeEnum(3, type);
            packed(4, geometry, size, geometryBytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> int number(Map<T, Integer> numbers, T value) {
        Integer known = numbers.putIfAbsent(value, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }

    private static int bytes(int[] numbers, int count) {
        int bytes = 0;
        for (int i = 0; i < count; i++) bytes += CodedOutputStream.computeUInt32SizeNoTag(numbers[i]);
        return bytes;
    }

    private void packed(int field, int[] numbers, int count, int bytes) throws IOException {
        out.writeTag(field, 2);
        out.writeUInt32NoTag(bytes);
        for (int i = 0; i < count; i++) out.writeUInt32NoTag(numbers[i]);
    }

    /// A tile of this one layer; empty if the layer is, as the specification wants.
    byte[] tile() {
        try {
            out.flush();
            if (features.size() == 0) return new byte[0];
            var layer = new ByteArrayOutputStream();
            CodedOutputStream whole = CodedOutputStream.newInstance(layer);
            whole.writeString(1, name);
            whole.flush();
            features.writeTo(layer);
            for (String key : keys.keySet()) whole.writeString(3, key);
            for (Object value : values.keySet()) whole.writeByteArray(4, value(value));
            whole.writeUInt32(5, EXTENT);
            whole.writeUInt32(15, VERSION);
            whole.flush();
            var tile = new ByteArrayOutputStream();
            CodedOutputStream outer = CodedOutputStream.newInstance(tile);
            outer.writeByteArray(3, layer.toByteArray());
            outer.flush();
            return tile.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] value(Object value) throws IOException {
        var bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        switch (value) {
            case String text -> out.writeString(1, text);
            case Long number when number >= 0 -> out.writeUInt64(5, number);
            case Long number -> out.writeSInt64(6, number);
            case Boolean truth -> out.writeBool(7, truth);
            default -> throw new IllegalArgumentException("No attribute of a tile: " + value);
        }
        out.flush();
        return bytes.toByteArray();
    }
}
