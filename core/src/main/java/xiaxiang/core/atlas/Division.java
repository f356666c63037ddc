package xiaxiang.core.atlas;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xiaxiang.engine.geo.LonLat;

/// A node of the administrative tree (行政区划), with dated code.
///
/// `code` is the statistical code as text; `level` its level's name as the workspace calls it (county, township, village);
/// `parent` the code above, null at the top; `tier` how urban it is; `urbanRural` the urban-rural class code (111 to 220), blank if unknown;
/// `point` its seat, null if not known, and `pointKind` what that point is worth; `validFrom` and `validTo` the days the code was in force
/// (null: open end); `successors` the codes that took over, empty while in force.
public record Division(String code, String name, String nameEn, String level, @Nullable String parent, Tier tier, String urbanRural,
                       @Nullable LonLat point, Kind pointKind, @Nullable LocalDate validFrom, @Nullable LocalDate validTo,
                       List<String> successors, Provenance provenance) {
    public Division {
        if (code.isBlank() || name.isBlank() || level.isBlank()) throw new IllegalArgumentException("A division needs code, name and level: " + code + " " + name);
        successors = List.copyOf(successors);
    }
}
