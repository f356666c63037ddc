package xiaxiang.core.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Columns of a kind that JDBC has no getter for.
final class Rows {
    private Rows() {}

    /// A column of text[].
    static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    /// A jsonb column of whole numbers by name.
    static Map<String, Long> numbers(ResultSet row, String column) throws SQLException {
        return JsonMapper.shared().readValue(row.getString(column), new TypeReference<LinkedHashMap<String, Long>>() {});
    }

    /// A column that holds an enum's name in lower case.
    static <E extends Enum<E>> E choice(ResultSet row, String column, Class<E> type) throws SQLException {
        return Enum.valueOf(type, row.getString(column).toUpperCase(Locale.ROOT));
    }

    /// An enum's name as the database writes it.
    static String text(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    static String json(Map<String, ?> map) {
        return JsonMapper.shared().writeValueAsString(map);
    }
}
