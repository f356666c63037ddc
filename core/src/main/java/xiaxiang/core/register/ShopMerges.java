package xiaxiang.core.register;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.db.Territory;

/// Two records of one shop made one, and made two again.
///
/// The record merged is closed and keeps its row and history; what referred to it (visits, answers, sell-out, sites) refers to the other. What both were is kept, so that all of it can be
/// undone, as long as neither was changed since.
public final class ShopMerges {
    private static final String RESTORED = """
            name, name_en, lon, lat, owner, format, brands, units_month, dealer_margin_fen, promoters, sign, closing_fen, running_fen_year, break_even_units_year, distributor, closed_at, merged_into,
            source, kind, seed, place, path""";

    private ShopMerges() {}

    /// A merge; `into` is the shop that stays, as it is now.
    public record Merge(long id, String shop, StoredShop into) {}

    /// Merges the shop `id` into the shop `into`. Refused, with the columns named, if the two contradict each other and the contradiction is not among `givenUp`; and if an account or
    /// sell-out of the same brand and period hangs on both: then somebody must first say which is right.
    public static Edited<Merge> merge(Handle handle, Territory territory, String id, String into, Set<String> givenUp) {
        if (id.equals(into)) return new Edited.Barred<>("merge-same", List.of(id));
        lock(handle, territory, id, into);
        Optional<StoredShop> given = ShopEdits.editable(handle, territory, id);
        Optional<StoredShop> kept = ShopEdits.editable(handle, territory, into);
        if (given.isEmpty() || kept.isEmpty()) return new Edited.Missing<>();
        if (given.get().closedAt() != null || kept.get().closedAt() != null) return new Edited.Barred<>("shop-closed", List.of(given.get().closedAt() != null ? id : into));
        if (invented(kept.get()) && !invented(given.get())) return new Edited.Barred<>("merge-into-invented", List.of(into, id));
        ShopUnion.Union union = ShopUnion.of(kept.get(), given.get());
        var open = new ArrayList<>(union.contradictions());
        open.removeAll(givenUp);
        if (!open.isEmpty()) return new Edited.Barred<>("merge-contradiction", open);
        String hindrance = handle.createQuery("SELECT coalesce(merge_hindrance(:shop, :into), '')").bind("shop", id).bind("into", into).mapTo(String.class).one();
        if (hindrance.equals("beyond")) return new Edited.Missing<>();
        if (!hindrance.isEmpty()) return new Edited.Barred<>("merge-" + hindrance.replace('_', '-'), List.of(id, into));
        return done(handle, territory, given.get(), kept.get(), union);
    }

    private static boolean invented(StoredShop shop) {
        return shop.shop().provenance().kind() == Kind.SYNTHETIC;
    }

    /// Both rows, always in the same order: two who merge crosswise wait for each other instead of failing.
    private static void lock(Handle handle, Territory territory, String a, String b) {
        handle.createQuery("SELECT s.id FROM shop s WHERE s.id IN (:a, :b) AND %s ORDER BY s.id FOR UPDATE".formatted(Territory.insideSql("s"))).bind("a", a).bind("b", b).bindMap(territory.binds())
                .mapTo(String.class).list();
    }

    private static Edited<Merge> done(Handle handle, Territory territory, StoredShop given, StoredShop kept, ShopUnion.Union union) {
        String id = given.shop().id();
        String into = kept.shop().id();
        // The rows as they were, before anything is written.
        long merge = handle.createQuery("""
                INSERT INTO shop_merge (shop, into_shop, path, before, person)
                SELECT g.id, k.id, k.path, jsonb_build_object('shop', to_jsonb(g), 'into', to_jsonb(k)), CAST(noted('person') AS bigint) FROM shop g, shop k WHERE g.id = :id AND k.id = :into RETURNING id""")
                .bind("id", id).bind("into", into).mapTo(Long.class).one();
        handle.createUpdate("UPDATE shop_merge SET before = before || jsonb_build_object('moved', move_shop_facts(:id, :into)) WHERE id = :merge").bind("id", id).bind("into", into).bind("merge", merge).execute();
        handle.createUpdate("UPDATE shop SET closed_at = now(), merged_into = :into, version = version + 1, updated_at = now() WHERE id = :id").bind("id", id).bind("into", into).execute();
        ShopEdits.columns(handle.createUpdate("""
                UPDATE shop SET name_en = :name_en, brands = :brands, units_month = CAST(:units AS jsonb), dealer_margin_fen = CAST(:margins AS jsonb), promoters = :promoters, sign = :sign,
                  closing_fen = :closing, running_fen_year = :running, break_even_units_year = :break_even, distributor = :distributor, source = :source, kind = :kind, version = version + 1,
                  updated_at = now() WHERE id = :id"""), union.shop(), kept.path(), union.distributor()).execute();
        return new Edited.Done<>(new Merge(merge, id, ShopStore.shop(handle, territory, into).orElseThrow()));
    }

    /// Makes two shops of a merge again, as they were. Refused if either was changed since, or the merge was undone already.
    public static Edited<Merge> undo(Handle handle, Territory territory, long merge) {
        record Row(String shop, String into, boolean undone) {}
        Optional<Row> there = handle.createQuery("SELECT m.shop, m.into_shop, m.undone_at IS NOT NULL FROM shop_merge m WHERE m.id = :merge AND %s".formatted(Territory.insideSql("m"))).bind("merge", merge)
                .bindMap(territory.binds()).map((r, _) -> new Row(r.getString(1), r.getString(2), r.getBoolean(3))).findOne();
        if (there.isEmpty()) return new Edited.Missing<>();
        String id = there.get().shop();
        String into = there.get().into();
        if (there.get().undone()) return new Edited.Barred<>("merge-undone", List.of(id, into));
        lock(handle, territory, id, into);
        List<String> changed = handle.createQuery("""
                SELECT s.id FROM shop s, shop_merge m WHERE m.id = :merge AND (s.id = m.shop AND s.version <> CAST(m.before -> 'shop' ->> 'version' AS int) + 1
                  OR s.id = m.into_shop AND s.version <> CAST(m.before -> 'into' ->> 'version' AS int) + 1)""").bind("merge", merge).mapTo(String.class).list();
        if (!changed.isEmpty()) return new Edited.Barred<>("merge-changed", changed);
        handle.createQuery("SELECT 1 FROM (SELECT return_shop_facts(:merge)) returned").bind("merge", merge).mapTo(Integer.class).one();
        for (String which : List.of("shop", "into")) handle.createUpdate("""
                UPDATE shop s SET (%1$s) = (SELECT %1$s FROM jsonb_populate_record(CAST(NULL AS shop), m.before -> '%2$s')), version = s.version + 1, updated_at = now()
                FROM shop_merge m WHERE m.id = :merge AND s.id = m.before -> '%2$s' ->> 'id'""".formatted(RESTORED, which)).bind("merge", merge).execute();
        handle.createUpdate("UPDATE shop_merge SET undone_at = now(), undone_by = CAST(noted('person') AS bigint) WHERE id = :merge").bind("merge", merge).execute();
        return new Edited.Done<>(new Merge(merge, id, ShopStore.shop(handle, territory, into).orElseThrow()));
    }
}
