package xiaxiang.core.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.RowMapper;

/// How a person is read, as the guard and under a person's own scope.
final class PersonRows {
    private static final String COLUMNS = "p.id AS person_id, p.login, p.name AS person_name, p.email, p.role, p.territory, coalesce(p.place, p.distributor, p.shop) AS home_code, p.language, p.disabled_at, p.version, ";

    /// The guard sees no places: a function of the database tells it a person's home and nothing else.
    static final String GUARDED = "SELECT " + COLUMNS + "h.path AS home_path, h.name AS home_name, h.name_en AS home_name_en";
    static final String GUARDED_FROM = " FROM person p LEFT JOIN LATERAL home(p) h ON true ";

    static final String SCOPED = "SELECT " + COLUMNS + """
            coalesce(home_place.path, home_distributor.path, home_shop.path) AS home_path, coalesce(home_place.name, home_distributor.name, home_shop.name) AS home_name,
            coalesce(home_place.name_en, home_shop.name_en) AS home_name_en""";
    static final String SCOPED_FROM = """
             FROM person p LEFT JOIN place home_place ON home_place.code = p.place LEFT JOIN distributor home_distributor ON home_distributor.id = p.distributor
              LEFT JOIN shop home_shop ON home_shop.id = p.shop
            """;

    static final RowMapper<Person> PERSON = (row, context) -> person(row);

    private PersonRows() {}

    static Person person(ResultSet row) throws SQLException {
        Home home = new Home(Home.Kind.of(row.getString("territory")), row.getString("home_code"), text(row, "home_name"), text(row, "home_name_en"), text(row, "home_path"));
        return new Person(row.getLong("person_id"), row.getString("login"), row.getString("person_name"), row.getString("email"), Role.of(row.getString("role")), home, row.getString("language"),
                row.getObject("disabled_at") != null, row.getInt("version"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        String value = row.getString(column);
        return value == null ? "" : value;
    }
}
