package xiaxiang.core.register;

import java.util.List;
import java.util.stream.Collectors;
import xiaxiang.core.db.Territory;
import xiaxiang.core.register.FactTable.Column;

/// The SQL of a [FactTable]: how its cells are stored, written and compared.
final class FactSql {
    private FactSql() {}

    static String quoted(String name) {
        return '"' + name + '"';
    }

    /// Names with an alias, parted by commas.
    static String list(String alias, List<String> columns) {
        return columns.stream().map(one -> alias + "." + quoted(one)).collect(Collectors.joining(", "));
    }

    static List<String> columns(FactTable table) {
        return table.stored().stream().map(Column::column).toList();
    }

    /// The stored value of a cell of alias `r`.
    static String stored(Column column) {
        String cell = "r." + quoted(column.name());
        return switch (column.type()) {
            case TEXT -> "bare(coalesce(" + cell + ", ''))";
            case TEXT_OR_NULL -> "bare(" + cell + ")";
            case LIST -> "coalesce(string_to_array(bare(" + cell + "), '|'), '{}')";
            case MAP -> "pairs(bare(" + cell + "))";
            case JSON -> cell + "::jsonb";
            case WHOLE, NUMBER, FLAG, DATE, DATUM -> cell;
        };
    }

    /// A stored value of alias `o` as people read it.
    static String shown(Column column, String alias) {
        String value = alias + "." + quoted(column.column());
        return switch (column.type()) {
            case LIST -> "array_to_string(" + value + ", '|')";
            case MAP -> "written(" + value + ")";
            case FLAG -> "CASE WHEN " + value + " THEN 'true' ELSE 'false' END";
            case JSON -> "md5(" + value + "::text)";
            case DATUM -> "CASE WHEN " + alias + ".lon IS NOT NULL THEN 'WGS-84' END";
            case TEXT, TEXT_OR_NULL, WHOLE, NUMBER, DATE -> value;
        };
    }

    /// A stored value of alias `o` as it is written into a file.
    static String written(Column column) {
        return switch (column.type()) {
            case TEXT, TEXT_OR_NULL, LIST, MAP -> "nullif(led(" + shown(column, "o") + "), '')";
            case WHOLE, NUMBER, FLAG, DATE, DATUM, JSON -> shown(column, "o");
        };
    }

    /// The condition of a territory with its binds read from settings of the transaction, for statements that take none.
    static String withSettings(String condition) {
        return condition.replaceAll(":(\\w+)", "(SELECT current_setting('export.$1'))");
    }

    /// In whose territory the rows of alias `o` lie.
    static String inside(FactTable table) {
        return switch (table.where()) {
            case EVERYWHERE -> "true";
            case PLACE -> Territory.placesSql("o");
            case IN_PLACE, AT_SHOP -> switch (table.table()) {
                case "people", "boundary" -> Territory.placesSql("o");
                case "shop" -> Territory.shopsSql("o");
                default -> Territory.insideSql("o");
            };
        };
    }
}
