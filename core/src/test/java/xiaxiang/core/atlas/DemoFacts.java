package xiaxiang.core.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import xiaxiang.core.door.Columns;
import xiaxiang.core.door.CsvFile;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Row;

/// The demo county's tables, as rows and as an atlas.
public final class DemoFacts {
    private DemoFacts() {}

    /// The rows of a table of the demo county.
    public static List<Row> rows(String table) {
        var rows = new ArrayList<Row>();
        var problems = new Problems();
        assertThat(CsvFile.read(SharedAtlas.demo(), table, Columns.of("source", "kind").ignoringOthers(), problems, rows::add)).as(table).isTrue();
        assertThat(problems.text(Locale.ENGLISH)).as(table).isEmpty();
        return rows;
    }

    /// The whole demo county, read without a problem.
    public static Atlas county() {
        var problems = new Problems();
        Atlas county = WorkspaceFiles.read(SharedAtlas.demo(), problems);
        assertThat(problems.text(Locale.ENGLISH)).isEmpty();
        return county;
    }

    /// Its brands, models and figures at other places.
    public static Atlas at(Atlas places) {
        Atlas demo = county();
        return new Atlas(places.levels(), places.divisions(), places.people(), demo.brands(), demo.models(), List.of(), List.of(), demo.channels(),
                demo.market(), null);
    }
}
