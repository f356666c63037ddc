-- Every change of a row by a person, field by field: who, when, what, from where. Rows first brought by an import carry its number instead.
CREATE TABLE audit (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp(), person bigint, origin text NOT NULL DEFAULT '', table_name text NOT NULL,
  row_key text NOT NULL, op text NOT NULL CHECK (op IN ('insert', 'update', 'delete', 'sign_in', 'sign_in_refused')), path text COLLATE "C" NOT NULL DEFAULT '', changes jsonb NOT NULL);
CREATE INDEX audit_row ON audit (table_name, row_key, id);
CREATE INDEX audit_path ON audit (path, id);
CREATE INDEX audit_person ON audit (person, id);
-- What was written stays; only where its row lies follows a place that got another parent, or its history would stay behind in another's territory.
CREATE FUNCTION audit_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'path' = to_jsonb(OLD) - 'path' THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = '55000';
END $$;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_frozen();

-- Arguments: the columns of the key. Secrets are noted as changed, never with their value; what only counts or repeats is left out.
CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = xiaxiang, pg_temp AS $$
DECLARE
  o jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
  n jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
  r jsonb := CASE WHEN TG_OP = 'DELETE' THEN o ELSE n END;
  changed jsonb; row_key text;
BEGIN
  SELECT jsonb_object_agg(k, CASE WHEN k IN ('password_hash', 'totp_secret', 'hash') THEN '["…", "…"]' ELSE jsonb_build_array(o -> k, n -> k) END)
    INTO changed FROM (SELECT jsonb_object_keys(o || n) AS k) keys
    WHERE (o -> k) IS DISTINCT FROM (n -> k) AND k NOT IN ('version', 'updated_at', 'cell', 'name_en_lower', 'sought', 'import_id', 'path', 'depth', 'seen_at', 'used_at', 'totp_last_step')
      AND NOT (TG_OP = 'INSERT' AND n -> k IN ('null', '""', '{}', '[]')) AND NOT (TG_OP = 'DELETE' AND o -> k IN ('null', '""', '{}', '[]'));
  IF changed IS NULL THEN RETURN NULL; END IF;
  SELECT string_agg(r ->> k, '/' ORDER BY i) INTO row_key FROM unnest(TG_ARGV) WITH ORDINALITY AS key (k, i);
  INSERT INTO audit (person, origin, table_name, row_key, op, path, changes)
    VALUES (noted('person')::bigint, coalesce(noted('origin'), ''), TG_TABLE_NAME, coalesce(row_key, ''), lower(TG_OP), coalesce(r ->> 'path', ''), changed);
  RETURN NULL;
END $$;

DO $$
DECLARE t record;
BEGIN
  FOR t IN SELECT * FROM (VALUES ('place', 'code'), ('people', 'code, year'), ('boundary', 'code'), ('brand', 'id'), ('model', 'brand, model'), ('market_fact', 'place, period, table, measure, brand'),
      ('channel_fact', 'position'), ('shop', 'id'), ('site', 'id'), ('visit', 'id'), ('answer', 'id'), ('sell_out', 'shop, brand, period')) AS v (name, keys) LOOP
    EXECUTE format('CREATE TRIGGER audit_new AFTER INSERT ON %I FOR EACH ROW WHEN (NEW.import_id IS NULL) EXECUTE FUNCTION audit(%s)', t.name, '''' || replace(t.keys, ', ', ''', ''') || '''');
    EXECUTE format('CREATE TRIGGER audit AFTER UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION audit(%s)', t.name, '''' || replace(t.keys, ', ', ''', ''') || '''');
  END LOOP;
  FOR t IN SELECT * FROM (VALUES ('import', 'id'), ('distributor', 'id'), ('shop_merge', 'id'), ('person', 'id'), ('credential', 'person'), ('identity', 'issuer, subject'), ('token', 'id'),
      ('invitation', 'person'), ('licence', 'part'), ('scenario', 'id'), ('plan', 'id'), ('fit', 'id')) AS v (name, keys) LOOP
    EXECUTE format('CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION audit(%s)', t.name, '''' || replace(t.keys, ', ', ''', ''') || '''');
  END LOOP;
END $$;

-- Only who may approve approves; only who may plan writes a plan, which begins as one that is being made.
CREATE FUNCTION plan_by() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'xiaxiang_app' AND TG_OP = 'INSERT' AND NEW.state <> 'planning' THEN RAISE EXCEPTION 'a plan begins as planning' USING ERRCODE = '42501'; END IF;
  IF current_user = 'xiaxiang_app' AND NOT may(CASE WHEN NEW.state = 'approved' THEN 'approve' ELSE 'plan' END) THEN RAISE EXCEPTION 'not allowed' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER plan_by BEFORE INSERT OR UPDATE ON plan FOR EACH ROW EXECUTE FUNCTION plan_by();

-- Row-level security. Whether someone may is a sub-select, worked out once a query. Where they may is a plain setting: the planner looks it up and knows how many rows the range
-- holds (it would guess half a hundredth of a sub-select, and then take the territory's index where a tile's or a distributor's is a thousand times better).
-- inside(what): the range of places (place_low, place_high) or, for shops and all that is confidential, of place territories only (shop_low, shop_high).
DO $$
DECLARE
  t record; r text;
  places text := 'path >= current_setting(''app.place_low'', true) AND path < current_setting(''app.place_high'', true)';
  inside text := 'path >= current_setting(''app.shop_low'', true) AND path < current_setting(''app.shop_high'', true)';
  everywhere text := '(SELECT noted(''everywhere'')) = ''yes''';
  me text := 'person = (SELECT noted(''person'')::bigint)';
BEGIN
  FOR t IN SELECT * FROM (VALUES
    -- table, who may read which rows, who may write which rows
    ('place', '(SELECT may(''read_places'')) AND ' || places, '(SELECT may(''import'')) AND ' || inside),
    ('people', '(SELECT may(''read_places'')) AND ' || places, '(SELECT may(''import'')) AND ' || inside),
    ('boundary', '(SELECT may(''read_places'')) AND ' || places, '(SELECT may(''import'')) AND ' || inside),
    ('place_count', '(SELECT may(''read_shops'')) AND ' || inside, 'false'),
    ('brand', '(SELECT may(''read_places''))', '(SELECT may(''import'')) AND ' || everywhere),
    ('model', '(SELECT may(''read_demand'') OR may(''import''))', '(SELECT may(''import'')) AND ' || everywhere),
    ('market_fact', '(SELECT may(''read_demand'') OR may(''read_share'') OR may(''import''))', '(SELECT may(''import'')) AND ' || everywhere),
    ('channel_fact', '(SELECT may(''read_demand'') OR may(''import''))', '(SELECT may(''import'')) AND ' || everywhere),
    ('licence', '(SELECT may(''read_sources''))', '(SELECT may(''edit_sources'')) AND ' || everywhere),
    ('distributor', '(SELECT may(''read_shops'')) AND (' || inside || ' OR id = (SELECT noted(''distributor'')))', '(SELECT may(''manage_people'')) AND ' || inside),
    ('shop', '(SELECT may(''read_shops'')) AND (' || inside || ' OR distributor = (SELECT noted(''distributor'')) OR id = (SELECT noted(''shop'')))', '(SELECT may(''edit_shops'')) AND ' || inside),
    ('site', '(SELECT may(''read_plans'') OR may(''import'')) AND ' || inside, '(SELECT may(''plan'') OR may(''import'')) AND ' || inside),
    ('shop_merge', '(SELECT may(''read_shops'')) AND ' || inside, '(SELECT may(''edit_shops'')) AND ' || inside),
    ('visit', '(SELECT may(''read_demand'') OR may(''import'')) AND ' || inside, '(SELECT may(''import'')) AND ' || inside),
    ('answer', '(SELECT may(''read_demand'') OR may(''import'')) AND ' || inside, '(SELECT may(''import'')) AND ' || inside),
    ('sell_out', '(SELECT may(''read_demand'') OR may(''import'')) AND ' || inside, '(SELECT may(''import'')) AND ' || inside),
    ('import', me || ' OR (SELECT may(''read_audit'')) AND ' || everywhere, '(SELECT may(''import'')) AND ' || me),
    ('person', 'id = (SELECT noted(''person'')::bigint) OR (SELECT may(''read_people'')) AND ' || inside, '(SELECT may(''manage_people'')) AND ' || inside),
    ('scenario', '(SELECT may(''read_plans'')) AND ' || inside, '(SELECT may(''plan'')) AND ' || inside),
    ('plan', '(SELECT may(''read_plans'')) AND ' || inside, '(SELECT may(''plan'') OR may(''approve'')) AND ' || inside),
    ('plan_file', 'EXISTS (SELECT FROM plan p WHERE p.id = plan)', '(SELECT may(''plan'')) AND EXISTS (SELECT FROM plan p WHERE p.id = plan AND p.state = ''planning'')'),
    ('fit', '(SELECT may(''read_demand'')) AND (' || inside || ' OR used_since IS NOT NULL AND used_until IS NULL AND starts_with((SELECT current_setting(''app.shop_low'', true)), path))', '(SELECT may(''fit'')) AND ' || inside),
    ('fit_file', 'EXISTS (SELECT FROM fit f WHERE f.id = fit)', '(SELECT may(''fit'')) AND EXISTS (SELECT FROM fit f WHERE f.id = fit)'),
    ('job', me || ' OR (SELECT may(''read_audit'')) AND ' || inside, '(SELECT may(''run_jobs'') OR may(''import'') OR may(''fit'')) AND ' || me),
    ('idempotency', me, me)) AS v (name, reads, writes) LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.name);
    EXECUTE format('CREATE POLICY reads ON %I FOR SELECT TO xiaxiang_app USING (%s)', t.name, t.reads);
    EXECUTE format('CREATE POLICY adds ON %I FOR INSERT TO xiaxiang_app WITH CHECK (%s)', t.name, t.writes);
    EXECUTE format('CREATE POLICY changes ON %I FOR UPDATE TO xiaxiang_app USING (%s) WITH CHECK (%s)', t.name, t.writes, t.writes);
    EXECUTE format('CREATE POLICY removes ON %I FOR DELETE TO xiaxiang_app USING (%s)', t.name, t.writes);
  END LOOP;
END $$;

ALTER TABLE audit ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON audit FOR SELECT TO xiaxiang_app USING (
  path >= current_setting('app.shop_low', true) AND path < current_setting('app.shop_high', true)
  AND ((SELECT may('read_audit')) OR table_name IN ('shop', 'place', 'site', 'shop_merge') AND (SELECT may('read_shops')) OR table_name IN ('scenario', 'plan') AND (SELECT may('read_plans'))));

-- People are read and written as the guard too; it sees nothing else.
CREATE POLICY guards ON person TO xiaxiang_guard USING (true) WITH CHECK (true);

GRANT SELECT, INSERT, UPDATE, DELETE ON place, people, boundary, licence, brand, model, market_fact, channel_fact, shop, site, visit, answer, sell_out, scenario TO xiaxiang_app;
GRANT SELECT, INSERT, UPDATE ON distributor, shop_merge, import, job TO xiaxiang_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency TO xiaxiang_app;
GRANT SELECT, INSERT ON plan, fit TO xiaxiang_app;
GRANT UPDATE (state, job, summary, why, approved_by, approved_at, approval_note) ON plan TO xiaxiang_app;
GRANT UPDATE (used_since, used_until) ON fit TO xiaxiang_app;
GRANT SELECT, INSERT ON plan_file, fit_file TO xiaxiang_app;
GRANT SELECT ON place_count, audit TO xiaxiang_app;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA xiaxiang FROM PUBLIC;
