package xiaxiang.core.register;

import java.util.List;
import org.jdbi.v3.core.Handle;
import xiaxiang.core.atlas.Brand;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.atlas.Model;
import xiaxiang.core.atlas.Provenance;

/// Brands and their models: the same for every territory.
public final class BrandStore {
    private BrandStore() {}

    /// All brands, in their order.
    public static List<Brand> brands(Handle handle) {
        return handle.createQuery("SELECT id, name, name_en, colour, online_share, rest, source, kind FROM brand ORDER BY position, id")
                .map((r, _) -> new Brand(r.getString("id"), r.getString("name"), r.getString("name_en"), r.getString("colour"), r.getDouble("online_share"), r.getBoolean("rest"),
                        new Provenance(r.getString("source"), Rows.choice(r, "kind", Kind.class)))).list();
    }

    /// All models, by brand and in their order.
    public static List<Model> models(Handle handle) {
        return handle.createQuery("SELECT m.* FROM model m JOIN brand b ON b.id = m.brand ORDER BY b.position, m.brand, m.position, m.model")
                .map((r, _) -> new Model(r.getString("brand"), r.getString("model"), r.getString("band"), r.getLong("price_fen"), r.getLong("brand_margin_fen"), r.getLong("dealer_margin_fen"),
                        new Provenance(r.getString("source"), Rows.choice(r, "kind", Kind.class)))).list();
    }
}
