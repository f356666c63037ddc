package xiaxiang.core.register;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A table of facts, in its file and in the database: the columns of docs/formats.md in their order, and where the rows stand.
///
/// `file` is the file's name without ending, `table` the database's; `match` are the columns (of the file) by which a row is known again; `where` says in whose territory a
/// row lies; `order` is the order of rows in files, in SQL. A table `numbered` by position keeps the order of its first import.
public record FactTable(String file, String table, List<String> match, Where where, String order, List<Column> columns) {
    /// In whose territory a row lies.
    public enum Where {
        /// A place itself.
        PLACE,
        /// In the place that its column `place` or `code` names.
        IN_PLACE,
        /// Where the shop stands that its column `shop` names.
        AT_SHOP,
        /// In nobody's: brands and public figures hold for everywhere.
        EVERYWHERE
    }

    /// How a cell is stored.
    public enum Type {
        /// Text; blank if empty.
        TEXT("text"),
        /// Text; null if empty.
        TEXT_OR_NULL("text"), WHOLE("bigint"), NUMBER("double precision"), FLAG("boolean"), DATE("date"),
        /// Items parted by `|`.
        LIST("text"),
        /// Whole numbers by name.
        MAP("text"),
        /// Always WGS-84 where there is a point; not stored.
        DATUM("text"),
        /// GeoJSON.
        JSON("text");

        final String sql;

        Type(String sql) {
            this.sql = sql;
        }
    }

    /// A column: its name in the file, in the database, and its type.
    public record Column(String name, String column, Type type) {}

    public FactTable {
        match = List.copyOf(match);
        columns = List.copyOf(columns);
    }

    /// A table whose columns are written `name` or `name=database_column`, a type's sign behind it: none for text, `?` for text that may be null, `#` for whole and `.` for
    /// other numbers, `!` for flags, `@` for dates, `|` for lists, `:` for maps, `~` for the datum, `%` for GeoJSON. The columns source and kind follow.
    public static FactTable of(String file, String table, List<String> match, Where where, String order, String columns) {
        return new FactTable(file, table, match, where, order, Stream.of((columns + " source kind").split(" ", -1)).map(FactTable::parsed).toList());
    }

    private static Column parsed(String written) {
        int type = "?#.!@|:~%".indexOf(written.charAt(written.length() - 1));
        String names = type < 0 ? written : written.substring(0, written.length() - 1);
        int equals = names.indexOf('=');
        return new Column(equals < 0 ? names : names.substring(0, equals), names.substring(equals + 1), type < 0 ? Type.TEXT : Type.values()[type + 1]);
    }

    /// The file's header.
    public List<String> header() {
        return columns.stream().map(Column::name).toList();
    }

    /// The columns that are stored.
    List<Column> stored() {
        return columns.stream().filter(one -> one.type() != Type.DATUM).toList();
    }

    private Column column(String name) {
        return columns.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow(() -> new IllegalStateException(file + " has no column " + name));
    }

    /// The columns of the database by which a row is known again.
    List<String> matched() {
        return match.stream().map(name -> column(name).column()).toList();
    }

    /// True if rows keep the position they first came in.
    boolean positioned() {
        return order.equals("position");
    }

    /// True if several rows may be alike: then a row is all its columns, and never changes.
    public boolean log() {
        return match.isEmpty();
    }

    /// The column that says where a row lies, null if nowhere.
    @Nullable Column place() {
        return switch (where) {
            case EVERYWHERE -> null;
            case AT_SHOP -> column("shop");
            case PLACE -> column("code");
            case IN_PLACE -> columns.stream().filter(one -> one.column().equals("place") || one.name().equals("code")).findFirst().orElseThrow();
        };
    }
}
