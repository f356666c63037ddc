-- Cells of files. A text that a spreadsheet would take for a formula is written behind an apostrophe, and read without it: what core.door.Formula does.
CREATE FUNCTION led(p_cell text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN left(p_cell, 1) IN ('=', '+', '-', '@', '''', chr(9), chr(13)) AND p_cell ~ '^''*[=+@\t\r-]' AND p_cell !~ '^-?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?$' THEN '''' || p_cell ELSE p_cell END;
CREATE FUNCTION bare(p_cell text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN left(p_cell, 1) = '''' AND p_cell ~ '^''+[=+@\t\r-]' THEN substr(p_cell, 2) ELSE p_cell END;
-- Whole numbers by name, written a:1|b:2.
CREATE FUNCTION pairs_of_items(p_cell text) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (SELECT jsonb_object_agg(substring(item FROM '^(.*):'), substring(item FROM '[^:]*$')::bigint) FROM unnest(string_to_array(p_cell, '|')) AS item);
-- What can be rewritten as JSON is: PostgreSQL puts such a function into the query, and a query with a sub-select it does not (six times slower).
CREATE FUNCTION pairs(p_cell text) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN coalesce(p_cell, '') = '' THEN '{}'::jsonb
    WHEN p_cell ~ '^[^"\\:|[:cntrl:]]+:(0|-?[1-9][0-9]{0,17})([|][^"\\:|[:cntrl:]]+:(0|-?[1-9][0-9]{0,17}))*$' THEN ('{"' || replace(replace(p_cell, ':', '":'), '|', ',"') || '}')::jsonb
    ELSE pairs_of_items(p_cell) END;
CREATE FUNCTION written(p_pairs jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN p_pairs = '{}' THEN '' ELSE (SELECT string_agg(key || ':' || value, '|' ORDER BY key COLLATE "C") FROM jsonb_each_text(p_pairs)) END;
GRANT EXECUTE ON FUNCTION led, bare, pairs_of_items, pairs, written TO xiaxiang_app;

-- Which of these keys another territory has already: an import may neither change nor take them.
CREATE FUNCTION taken(p_table text, p_keys text[]) RETURNS SETOF text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = xiaxiang, pg_temp AS $$
BEGIN
  IF NOT may('import') OR p_table NOT IN ('place', 'shop', 'site', 'answer') THEN RAISE EXCEPTION 'not allowed' USING ERRCODE = '42501'; END IF;
  RETURN QUERY EXECUTE format('SELECT %1$I FROM %2$I WHERE %1$I = ANY ($1) AND NOT (path >= current_setting(''app.shop_low'') AND path < current_setting(''app.shop_high''))',
    CASE p_table WHEN 'place' THEN 'code' ELSE 'id' END, p_table) USING p_keys;
END $$;

-- Brings every path in line with the places' parents, once a known place has got another parent: out of, and into, the caller's territory only.
CREATE FUNCTION settle_paths() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = xiaxiang, pg_temp AS $$
DECLARE t text;
BEGIN
  CREATE TEMP TABLE settled ON COMMIT DROP AS
    WITH RECURSIVE walk AS (SELECT code, code || '/' AS path, 0 AS depth FROM place WHERE parent IS NULL
      UNION ALL SELECT p.code, w.path || p.code || '/', w.depth + 1 FROM walk w JOIN place p ON p.parent = w.code)
    SELECT w.code, w.path COLLATE "C" AS path, w.depth, p.path AS was FROM walk w JOIN place p USING (code) WHERE w.path <> p.path;
  ANALYZE settled;
  IF NOT may('import') OR EXISTS (SELECT FROM settled, unnest(ARRAY[path, was]) AS one WHERE NOT (one COLLATE "C" >= current_setting('app.shop_low') AND one COLLATE "C" < current_setting('app.shop_high')))
  THEN RAISE EXCEPTION 'not allowed' USING ERRCODE = '42501'; END IF;
  UPDATE place o SET path = s.path, depth = s.depth FROM settled s WHERE o.code = s.code;
  FOREACH t IN ARRAY ARRAY['people', 'boundary', 'place_count', 'distributor', 'shop', 'site', 'visit', 'answer', 'sell_out', 'shop_merge', 'scenario', 'plan', 'fit', 'job', 'person', 'audit'] LOOP
    EXECUTE format('UPDATE %I o SET path = s.path FROM settled s WHERE o.path = s.was', t);
  END LOOP;
  DROP TABLE settled;
END $$;

-- The counts of all places anew. Townships are the places in force just above the lowest level of their tree; one is covered where an own or partner shop stands.
-- Places without children and shops have no row, townships always. Persons are the place's own, else the sum of those below.
CREATE FUNCTION count_places() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = xiaxiang, pg_temp SET work_mem = '64MB' AS $$
BEGIN
  CREATE TEMP TABLE counted ON COMMIT DROP AS
    WITH force AS MATERIALIZED (SELECT code, parent, path, depth, persons, split_part(path, '/', 1) AS top FROM place WHERE valid_to IS NULL AND successors = '{}'),
    lowest AS (SELECT top, max(depth) AS depth FROM force GROUP BY top),
    own AS (SELECT s.path, s.owner, count(*) AS n FROM shop s WHERE s.closed_at IS NULL GROUP BY s.path, s.owner),
    above AS (SELECT code, sum(n) AS shops, sum(n) FILTER (WHERE owner = 'own') AS own, sum(n) FILTER (WHERE owner = 'partner') AS partner, sum(n) FILTER (WHERE owner = 'rival') AS rival
      FROM own CROSS JOIN LATERAL unnest(string_to_array(rtrim(path, '/'), '/')) AS code GROUP BY code),
    town AS (SELECT f.code, f.path, coalesce(a.own, 0) + coalesce(a.partner, 0) > 0 AS covered FROM force f JOIN lowest l ON l.top = f.top AND f.depth = l.depth - 1 LEFT JOIN above a ON a.code = f.code),
    towns AS (SELECT code, count(*) AS n, count(*) FILTER (WHERE covered) AS covered FROM (SELECT unnest(string_to_array(rtrim(path, '/'), '/')) AS code, covered FROM town) t GROUP BY code),
    below AS (SELECT parent AS code, count(*) AS n FROM force WHERE parent IS NOT NULL GROUP BY parent),
    within AS (SELECT code, sum(n) AS n FROM (SELECT q.path, b.n FROM (SELECT parent, count(*) AS n FROM place GROUP BY parent) b JOIN place q ON q.code = b.parent) held
      CROSS JOIN LATERAL unnest(string_to_array(rtrim(held.path, '/'), '/')) AS code GROUP BY code)
    SELECT p.code, p.path, p.depth, coalesce(b.n, 0)::int AS children, coalesce(t.n, 0)::int AS townships, coalesce(t.covered, 0)::int AS covered_townships, coalesce(a.shops, 0)::int AS shops,
      coalesce(a.own, 0)::int AS own_shops, coalesce(a.partner, 0)::int AS partner_shops, coalesce(a.rival, 0)::int AS rival_shops, p.persons, 1 + coalesce(w.n, 0)::int AS places
    FROM place p LEFT JOIN below b ON b.code = p.code LEFT JOIN towns t ON t.code = p.code LEFT JOIN above a ON a.code = p.code LEFT JOIN within w ON w.code = p.code
    WHERE b.n > 0 OR a.shops > 0 OR t.n > 0 OR w.n > 0;
  CREATE INDEX ON counted (depth);
  ANALYZE counted;
  FOR d IN REVERSE coalesce((SELECT max(depth) FROM counted), 0) .. 0 LOOP
    UPDATE counted c SET persons = s.persons FROM (SELECT p.parent AS code, sum(coalesce(k.persons, p.persons))::bigint AS persons FROM place p LEFT JOIN counted k ON k.code = p.code
      WHERE p.depth = d + 1 AND p.valid_to IS NULL AND p.successors = '{}' GROUP BY p.parent) s WHERE s.code = c.code AND c.depth = d AND c.persons IS NULL AND s.persons IS NOT NULL;
  END LOOP;
  DELETE FROM place_count o WHERE NOT EXISTS (SELECT FROM counted c WHERE c.code = o.code);
  INSERT INTO place_count AS o SELECT code, path, children, townships, covered_townships, shops, own_shops, partner_shops, rival_shops, persons, places FROM counted
    ON CONFLICT (code) DO UPDATE SET path = EXCLUDED.path, children = EXCLUDED.children, townships = EXCLUDED.townships, covered_townships = EXCLUDED.covered_townships, shops = EXCLUDED.shops,
      own_shops = EXCLUDED.own_shops, partner_shops = EXCLUDED.partner_shops, rival_shops = EXCLUDED.rival_shops, persons = EXCLUDED.persons,
      places = EXCLUDED.places
    WHERE (o.path, o.children, o.townships, o.covered_townships, o.shops, o.own_shops, o.partner_shops, o.rival_shops, o.persons, o.places)
      IS DISTINCT FROM (EXCLUDED.path, EXCLUDED.children, EXCLUDED.townships, EXCLUDED.covered_townships, EXCLUDED.shops, EXCLUDED.own_shops, EXCLUDED.partner_shops, EXCLUDED.rival_shops, EXCLUDED.persons, EXCLUDED.places);
  DROP TABLE counted;
END $$;

-- The counts follow single shops: what a statement added and took away, by place. Imports of many rows count anew instead (setting app.counting).
CREATE FUNCTION count_shops() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = xiaxiang, pg_temp AS $$
BEGIN
  IF noted('counting') = 'off' THEN RETURN NULL; END IF;
  IF TG_OP = 'INSERT' THEN PERFORM count_moved(array_agg((n.path, n.owner, 1)::moved_shop)) FROM added n WHERE n.closed_at IS NULL;
  ELSIF TG_OP = 'DELETE' THEN PERFORM count_moved(array_agg((o.path, o.owner, -1)::moved_shop)) FROM removed o WHERE o.closed_at IS NULL;
  ELSE PERFORM count_moved(array_agg((m.path, m.owner, m.n)::moved_shop)) FROM (SELECT path, owner, sum(n)::int AS n
    FROM (SELECT path, owner, 1 AS n FROM added WHERE closed_at IS NULL UNION ALL SELECT path, owner, -1 FROM removed WHERE closed_at IS NULL) u GROUP BY path, owner HAVING sum(n) <> 0) m;
  END IF;
  RETURN NULL;
END $$;
CREATE TYPE moved_shop AS (path text, owner text, n int);
CREATE FUNCTION count_moved(p_moved moved_shop[]) RETURNS void LANGUAGE plpgsql SET search_path = xiaxiang, pg_temp AS $$
BEGIN
  IF p_moved IS NULL THEN RETURN; END IF;
  WITH moved AS (SELECT code, sum(n) AS shops, coalesce(sum(n) FILTER (WHERE owner = 'own'), 0) AS own, coalesce(sum(n) FILTER (WHERE owner = 'partner'), 0) AS partner,
      coalesce(sum(n) FILTER (WHERE owner = 'rival'), 0) AS rival FROM unnest(p_moved) m CROSS JOIN LATERAL unnest(string_to_array(rtrim(m.path, '/'), '/')) AS code GROUP BY code),
  -- A township is a place that counts itself.
  town AS (SELECT c.path, (c.own_shops + m.own + c.partner_shops + m.partner > 0)::int - (c.own_shops + c.partner_shops > 0)::int AS n
    FROM moved m JOIN place_count c USING (code) WHERE c.townships = 1 AND c.covered_townships = (c.own_shops + c.partner_shops > 0)::int
      AND NOT EXISTS (SELECT FROM place p JOIN place_count k ON k.code = p.code WHERE p.parent = c.code AND k.townships > 0)),
  covered AS (SELECT code, sum(n) AS n FROM town CROSS JOIN LATERAL unnest(string_to_array(rtrim(town.path, '/'), '/')) AS code WHERE n <> 0 GROUP BY code)
  INSERT INTO place_count AS o SELECT p.code, p.path, 0, 0, 0, m.shops, m.own, m.partner, m.rival, p.persons FROM moved m JOIN place p USING (code)
    ON CONFLICT (code) DO UPDATE SET shops = o.shops + EXCLUDED.shops, own_shops = o.own_shops + EXCLUDED.own_shops, partner_shops = o.partner_shops + EXCLUDED.partner_shops,
      rival_shops = o.rival_shops + EXCLUDED.rival_shops, covered_townships = o.covered_townships + coalesce((SELECT n FROM covered WHERE covered.code = o.code), 0);
END $$;
CREATE TRIGGER count_added AFTER INSERT ON shop REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_shops();
CREATE TRIGGER count_removed AFTER DELETE ON shop REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_shops();
CREATE TRIGGER count_changed AFTER UPDATE ON shop REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_shops();

CREATE FUNCTION analyze_facts() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = xiaxiang, pg_temp AS $$
BEGIN ANALYZE place, people, boundary, shop, site, place_count, visit, answer, sell_out; END $$;
GRANT EXECUTE ON FUNCTION taken, settle_paths, count_places, analyze_facts TO xiaxiang_app;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA xiaxiang FROM PUBLIC;
