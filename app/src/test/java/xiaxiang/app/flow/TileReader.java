package xiaxiang.app.flow;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads a vector tile as the specification describes the bytes, knowing nothing of the writer.
final class TileReader {
    /// A layer: its name, version, extent and features.
    record Layer(String name, int version, int extent, List<Feature> features) {}

    /// A feature: type 1 point, 3 polygon; paths as lists of x, y; what was closed.
    record Feature(int type, Map<String, Object> attributes, List<List<Integer>> paths, int closed) {}

    private record Raw(int type, List<Integer> tags, List<Integer> geometry) {}

    private TileReader() {}

    static List<Layer> read(byte[] tile) throws IOException {
        var layers = new ArrayList<Layer>();
        CodedInputStream in = CodedInputStream.newInstance(tile);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag != (3 << 3 | 2)) throw new IOException("tag " + tag);
            layers.add(layer(CodedInputStream.newInstance(in.readByteArray())));
        }
        return layers;
    }

    private static Layer layer(CodedInputStream in) throws IOException {
        String name = "";
        int version = 1;
        int extent = 4096;
        var raws = new ArrayList<Raw>();
        var keys = new ArrayList<String>();
        var values = new ArrayList<Object>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> 3) {
                case 1 -> name = in.readStringRequireUtf8();
                case 2 -> raws.add(raw(CodedInputStream.newInstance(in.readByteArray())));
                case 3 -> keys.add(in.readStringRequireUtf8());
                case 4 -> values.add(value(CodedInputStream.newInstance(in.readByteArray())));
                case 5 -> extent = in.readUInt32();
                case 15 -> version = in.readUInt32();
                default -> throw new IOException("field " + (tag >>> 3));
            }
        }
        if (keys.stream().distinct().count() != keys.size() || values.stream().distinct().count() != values.size()) throw new IOException("a key or value stands twice");
        return new Layer(name, version, extent, raws.stream().map(raw -> feature(raw, keys, values)).toList());
    }

    private static Raw raw(CodedInputStream in) throws IOException {
        int type = 0;
        List<Integer> tags = List.of();
        List<Integer> geometry = List.of();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> 3) {
                case 2 -> tags = packed(CodedInputStream.newInstance(in.readByteArray()));
                case 3 -> type = in.readEnum();
                case 4 -> geometry = packed(CodedInputStream.newInstance(in.readByteArray()));
                default -> throw new IOException("field " + (tag >>> 3));
            }
        }
        return new Raw(type, tags, geometry);
    }

    private static List<Integer> packed(CodedInputStream in) throws IOException {
        var numbers = new ArrayList<Integer>();
        while (!in.isAtEnd()) numbers.add(in.readUInt32());
        return numbers;
    }

    private static Object value(CodedInputStream in) throws IOException {
        int tag = in.readTag();
        Object value = switch (tag >>> 3) {
            case 1 -> in.readStringRequireUtf8();
            case 5 -> in.readUInt64();
            case 6 -> in.readSInt64();
            case 7 -> in.readBool();
            default -> throw new IOException("field " + (tag >>> 3));
        };
        if (!in.isAtEnd()) throw new IOException("a value of two kinds");
        return value;
    }

    private static Feature feature(Raw raw, List<String> keys, List<Object> values) {
        var attributes = new HashMap<String, Object>();
        for (int i = 0; i < raw.tags().size(); i += 2) attributes.put(keys.get(raw.tags().get(i)), values.get(raw.tags().get(i + 1)));
        var paths = new ArrayList<List<Integer>>();
        int x = 0;
        int y = 0;
        int closed = 0;
        for (int at = 0; at < raw.geometry().size();) {
            int command = raw.geometry().get(at++);
            for (int i = 0; i < command >>> 3; i++) {
                if ((command & 7) == 7) closed++;
                else {
                    if ((command & 7) == 1) paths.add(new ArrayList<>());
                    x += zigzag(raw.geometry().get(at++));
                    y += zigzag(raw.geometry().get(at++));
                    paths.getLast().addAll(List.of(x, y));
                }
            }
        }
        return new Feature(raw.type(), attributes, paths, closed);
    }

    private static int zigzag(int coded) {
        return coded % 2 == 0 ? coded / 2 : -(coded + 1) / 2;
    }
}
