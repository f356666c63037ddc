package xiaxiang.core.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.DemoFacts;
import xiaxiang.core.atlas.GoodWorkspace;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.atlas.Provenance;
import xiaxiang.core.atlas.SharedAtlas;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.atlas.ShopSynthesis;
import xiaxiang.core.atlas.WorkspaceFiles;
import xiaxiang.core.door.Problems;
import xiaxiang.engine.geo.LonLat;

/// What is written is read back the same.
class WorkspaceTablesTest {
    @TempDir
    private Path folder;

    private void comesBack(Atlas atlas) throws IOException {
        WorkspaceTables.write(atlas, folder);
        var problems = new Problems();
        Atlas read = WorkspaceFiles.read(folder, problems);
        assertThat(problems.text(Locale.ENGLISH)).isEmpty();
        assertThat(read).isEqualTo(atlas);
    }

    @Test
    void theDemoCountyWithSyntheticShopsComesBack() throws IOException {
        comesBack(ShopSynthesis.add(DemoFacts.county(), "Xiaomi", 7));
    }

    @Test
    void aProvinceComesBack() throws IOException {
        comesBack(DemoFacts.at(SharedAtlas.region("41")));
    }

    @Test
    void aSmallWorkspaceWithDatedCodesComesBack() throws IOException {
        Path first = Files.createDirectory(folder.resolve("first"));
        for (Map.Entry<String, String> file : GoodWorkspace.files().entrySet()) Files.writeString(first.resolve(file.getKey()), file.getValue());
        comesBack(WorkspaceFiles.read(first, new Problems()));
    }

    @Test
    void whatASpreadsheetWouldRunComesBackAsText() throws IOException {
        Atlas demo = DemoFacts.county();
        var shops = new ArrayList<Shop>();
        for (String name : List.of("=HYPERLINK(\"http://x\")", "+86 379", "-", "@SUM(A1)", "'=x", "#1", "a,b\"c", "two\nlines", "=a|b:c"))
            shops.add(new Shop("#" + name, name, name, "410329101", new LonLat(112.3, 34.3), Shop.Owner.RIVAL, Shop.Format.OWNER_RUN, List.of("OPPO"), Map.of("OPPO", 3), Map.of(), 0, false, null, 0, 0,
                    new Provenance(name, Kind.SKETCH)));
        comesBack(new Atlas(demo.levels(), demo.divisions(), demo.people(), demo.brands(), demo.models(), shops, List.of(), demo.channels(), demo.market(), demo.boundaries()));
        assertThat(Files.readString(folder.resolve("shops.csv"))).contains("'=HYPERLINK", "'+86 379", "''=x").doesNotContain(",=HYPERLINK", ",@SUM");
    }

    @Test
    void nothingIsWrittenOver() throws IOException {
        WorkspaceTables.write(DemoFacts.county(), folder);
        assertThatThrownBy(() -> WorkspaceTables.write(DemoFacts.county(), folder)).isInstanceOf(FileAlreadyExistsException.class);
    }
}
