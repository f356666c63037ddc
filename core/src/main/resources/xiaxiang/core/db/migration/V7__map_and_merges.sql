-- How often the rows of a layer of the map were changed, in the transaction that changed them: who kept a tile under a number keeps it while the number stays.
-- One row for some of the connections each, so that two people who edit do not wait for one another; the number is the sum.
CREATE TABLE revision (layer text NOT NULL, slot int NOT NULL, n bigint NOT NULL, PRIMARY KEY (layer, slot)) WITH (fillfactor = 50);
CREATE FUNCTION revise() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = xiaxiang, pg_temp AS $$
BEGIN
  INSERT INTO revision VALUES (TG_ARGV[0], pg_backend_pid() % 1024, 1) ON CONFLICT (layer, slot) DO UPDATE SET n = revision.n + 1;
  RETURN NULL;
END $$;
CREATE TRIGGER revise AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON place FOR EACH STATEMENT EXECUTE FUNCTION revise('places');
CREATE TRIGGER revise AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON place_count FOR EACH STATEMENT EXECUTE FUNCTION revise('places');
CREATE TRIGGER revise AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON shop FOR EACH STATEMENT EXECUTE FUNCTION revise('shops');
CREATE TRIGGER revise AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON boundary FOR EACH STATEMENT EXECUTE FUNCTION revise('boundaries');
GRANT SELECT ON revision TO xiaxiang_app;

-- Open shops by county and square of zoom 12, so that a tile of a province need not read 400,000 shops. `path` holds the first three codes of the shops' path:
-- a narrower territory has few enough shops to read them. lon and lat are sums, in millionths of a degree, of all in the square.
CREATE TABLE shop_tally (path text COLLATE "C" NOT NULL, square bigint NOT NULL, own bigint NOT NULL, partner bigint NOT NULL, rival bigint NOT NULL, observed bigint NOT NULL, synthetic bigint NOT NULL,
  lon bigint NOT NULL, lat bigint NOT NULL, PRIMARY KEY (square, path)) WITH (fillfactor = 80);
CREATE FUNCTION tally() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = xiaxiang, pg_temp AS $$
BEGIN
  EXECUTE $sql$ INSERT INTO shop_tally AS t (path, square, own, partner, rival, observed, synthetic, lon, lat)
    SELECT * FROM (SELECT substring(path FROM '^(?:[^/]*/){1,3}') AS path, cell >> 24 AS square, sum(times * (owner = 'own')::int) AS own, sum(times * (owner = 'partner')::int) AS partner,
        sum(times * (owner = 'rival')::int) AS rival, sum(times * (kind = 'observed')::int) AS observed, sum(times * (kind = 'synthetic')::int) AS synthetic,
        sum(times * round(lon * 1e6)::bigint) AS lon, sum(times * round(lat * 1e6)::bigint) AS lat
      FROM ($sql$ || CASE TG_OP WHEN 'INSERT' THEN 'SELECT 1 AS times, b.* FROM brought b' WHEN 'DELETE' THEN 'SELECT -1 AS times, g.* FROM gone g'
        ELSE 'SELECT 1 AS times, b.* FROM brought b UNION ALL SELECT -1, g.* FROM gone g' END || $sql$) changed
      WHERE closed_at IS NULL GROUP BY 1, 2) difference
    WHERE (own, partner, rival, observed, synthetic, lon, lat) <> (0, 0, 0, 0, 0, 0, 0) ORDER BY path, square
    ON CONFLICT (square, path) DO UPDATE SET own = t.own + excluded.own, partner = t.partner + excluded.partner, rival = t.rival + excluded.rival, observed = t.observed + excluded.observed,
      synthetic = t.synthetic + excluded.synthetic, lon = t.lon + excluded.lon, lat = t.lat + excluded.lat $sql$;
  RETURN NULL;
END $$;
CREATE TRIGGER tally_new AFTER INSERT ON shop REFERENCING NEW TABLE AS brought FOR EACH STATEMENT EXECUTE FUNCTION tally();
CREATE TRIGGER tally AFTER UPDATE ON shop REFERENCING OLD TABLE AS gone NEW TABLE AS brought FOR EACH STATEMENT EXECUTE FUNCTION tally();
CREATE TRIGGER tally_gone AFTER DELETE ON shop REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION tally();
ALTER TABLE shop_tally ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON shop_tally FOR SELECT TO xiaxiang_app
  USING ((SELECT may('read_shops')) AND path >= current_setting('app.shop_low', true) AND path < current_setting('app.shop_high', true));
GRANT SELECT ON shop_tally TO xiaxiang_app;

-- What refers to a shop goes with it when it is merged into another, and comes back when that is undone. Who merges need not be able to see it: visits, answers and sell-out
-- are moved on their behalf, after the same test the policies of shop make.
CREATE FUNCTION may_merge(p_shop text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = xiaxiang, pg_temp AS $$
  SELECT may('edit_shops') AND EXISTS (SELECT FROM shop WHERE id = p_shop AND path >= current_setting('app.shop_low', true) AND path < current_setting('app.shop_high', true)) $$;
CREATE FUNCTION merge_hindrance(p_shop text, p_into text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = xiaxiang, pg_temp AS $$
  SELECT CASE WHEN NOT may_merge(p_shop) OR NOT may_merge(p_into) THEN 'beyond'
    WHEN EXISTS (SELECT FROM person WHERE shop = p_shop) THEN 'account'
    WHEN EXISTS (SELECT FROM sell_out a JOIN sell_out b USING (brand, period) WHERE a.shop = p_shop AND b.shop = p_into) THEN 'sell_out' END $$;
CREATE FUNCTION move_shop_facts(p_shop text, p_into text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = xiaxiang, pg_temp AS $$
DECLARE moved jsonb;
BEGIN
  IF merge_hindrance(p_shop, p_into) IS NOT NULL THEN RAISE EXCEPTION 'not allowed' USING ERRCODE = '42501'; END IF;
  SELECT jsonb_build_object('visit', (SELECT coalesce(jsonb_agg(id ORDER BY id), '[]') FROM visit WHERE shop = p_shop), 'answer', (SELECT coalesce(jsonb_agg(id ORDER BY id), '[]') FROM answer WHERE shop = p_shop),
    'site', (SELECT coalesce(jsonb_agg(id ORDER BY id), '[]') FROM site WHERE shop = p_shop),
    'sell_out', (SELECT coalesce(jsonb_agg(jsonb_build_object('brand', brand, 'period', period) ORDER BY brand, period), '[]') FROM sell_out WHERE shop = p_shop)) INTO moved;
  UPDATE visit SET shop = p_into WHERE shop = p_shop;
  UPDATE answer SET shop = p_into WHERE shop = p_shop;
  UPDATE site SET shop = p_into WHERE shop = p_shop;
  UPDATE sell_out SET shop = p_into WHERE shop = p_shop;
  RETURN moved;
END $$;
CREATE FUNCTION return_shop_facts(p_merge bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = xiaxiang, pg_temp AS $$
DECLARE m shop_merge;
BEGIN
  SELECT * INTO m FROM shop_merge WHERE id = p_merge AND undone_at IS NULL FOR UPDATE;
  IF NOT FOUND OR NOT may_merge(m.shop) OR NOT may_merge(m.into_shop) THEN RAISE EXCEPTION 'not allowed' USING ERRCODE = '42501'; END IF;
  UPDATE visit SET shop = m.shop WHERE shop = m.into_shop AND id IN (SELECT jsonb_array_elements_text(m.before -> 'moved' -> 'visit')::bigint);
  UPDATE answer SET shop = m.shop WHERE shop = m.into_shop AND id IN (SELECT jsonb_array_elements_text(m.before -> 'moved' -> 'answer'));
  UPDATE site SET shop = m.shop WHERE shop = m.into_shop AND id IN (SELECT jsonb_array_elements_text(m.before -> 'moved' -> 'site'));
  UPDATE sell_out SET shop = m.shop WHERE shop = m.into_shop AND (brand, period) IN (SELECT s ->> 'brand', s ->> 'period' FROM jsonb_array_elements(m.before -> 'moved' -> 'sell_out') s);
END $$;
GRANT EXECUTE ON FUNCTION merge_hindrance, move_shop_facts, return_shop_facts TO xiaxiang_app;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA xiaxiang FROM PUBLIC;
