CREATE TABLE person (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, login text NOT NULL CHECK (length(login) BETWEEN 1 AND 200), name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200), email text,
  role text NOT NULL REFERENCES role, territory text NOT NULL CHECK (territory IN ('place', 'distributor', 'shop')),
  -- of kind 'place' without a code: everywhere
  place text REFERENCES place, distributor text REFERENCES distributor, shop text REFERENCES shop, path text COLLATE "C" NOT NULL DEFAULT '', language text NOT NULL DEFAULT 'zh' CHECK (language IN ('zh', 'en')),
  disabled_at timestamptz, created_at timestamptz NOT NULL DEFAULT now(), version int NOT NULL DEFAULT 1,
  CHECK (CASE territory WHEN 'place' THEN distributor IS NULL AND shop IS NULL WHEN 'distributor' THEN place IS NULL AND distributor IS NOT NULL AND shop IS NULL
    ELSE place IS NULL AND distributor IS NULL AND shop IS NOT NULL END));
CREATE UNIQUE INDEX person_login ON person (lower(login));
CREATE TABLE credential (person bigint PRIMARY KEY REFERENCES person, password_hash text, totp_secret bytea, totp_since timestamptz, totp_last_step bigint,
  changed_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE identity (issuer text NOT NULL, subject text NOT NULL, person bigint NOT NULL REFERENCES person, PRIMARY KEY (issuer, subject));
CREATE TABLE session (hash bytea PRIMARY KEY, person bigint NOT NULL REFERENCES person, created_at timestamptz NOT NULL DEFAULT now(), seen_at timestamptz NOT NULL DEFAULT now(), expires_at timestamptz NOT NULL, origin text NOT NULL);
CREATE INDEX session_person ON session (person);
CREATE TABLE token (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person bigint NOT NULL REFERENCES person, name text NOT NULL, hash bytea NOT NULL UNIQUE, rights text[] NOT NULL, created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL, used_at timestamptz, revoked_at timestamptz);
-- One-time links: of a person who was invited, or (person null) of the first administrator.
CREATE TABLE invitation (hash bytea PRIMARY KEY, person bigint REFERENCES person, created_at timestamptz NOT NULL DEFAULT now(), expires_at timestamptz NOT NULL, used_at timestamptz);

-- Who enters, with what rights and where: read from the tables, noted for this transaction only. p_rights narrows the rights to those of a token.
CREATE FUNCTION enter(p_person bigint, p_origin text, p_rights text[] DEFAULT NULL) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = xiaxiang, pg_temp AS $$
DECLARE p person; placed text := ''; low text; high text; rights text;
BEGIN
  SELECT * INTO p FROM person WHERE id = p_person AND disabled_at IS NULL;
  IF NOT FOUND THEN RAISE EXCEPTION 'no such person' USING ERRCODE = '42501'; END IF;
  SELECT coalesce(string_agg(name, ' ' ORDER BY name), '') INTO rights FROM role_right WHERE role = p.role AND (p_rights IS NULL OR name = ANY (p_rights));
  IF p.territory = 'place' AND p.place IS NULL THEN low := ''; high := chr(1114111);
  ELSIF p.territory = 'place' THEN SELECT path INTO low FROM place WHERE code = p.place; high := path_end(low);
  ELSIF p.territory = 'distributor' THEN SELECT path INTO low FROM distributor WHERE id = p.distributor; high := path_end(low);
  ELSE SELECT path INTO low FROM shop WHERE id = p.shop; high := path_end(low);
  END IF;
  PERFORM set_config('app.person', p.id::text, true), set_config('app.role', p.role, true), set_config('app.rights', ' ' || rights || ' ', true), set_config('app.origin', p_origin, true),
    set_config('app.everywhere', CASE WHEN p.territory = 'place' AND p.place IS NULL THEN 'yes' ELSE '' END, true),
    set_config('app.place_low', coalesce(low, ''), true), set_config('app.place_high', coalesce(high, ''), true),
    set_config('app.shop_low', CASE WHEN p.territory = 'place' THEN low ELSE '' END, true), set_config('app.shop_high', CASE WHEN p.territory = 'place' THEN high ELSE '' END, true),
    set_config('app.distributor', coalesce(p.distributor, ''), true), set_config('app.shop', coalesce(p.shop, ''), true), set_config('app.import', '', true);
END $$;
GRANT EXECUTE ON FUNCTION enter TO xiaxiang_app;

-- In my territory? The bounds are plain settings: the planner sees constants and takes the index on path.
CREATE FUNCTION placed(p_path text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN p_path COLLATE "C" >= current_setting('app.place_low', true) COLLATE "C" AND p_path COLLATE "C" < current_setting('app.place_high', true) COLLATE "C";
GRANT EXECUTE ON FUNCTION placed TO xiaxiang_app;

-- A person's path is their territory's: who may see and change whom follows from it.
CREATE FUNCTION person_path() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = xiaxiang, pg_temp AS $$
BEGIN
  NEW.path := coalesce(CASE NEW.territory WHEN 'place' THEN (SELECT path FROM place WHERE code = NEW.place) WHEN 'distributor' THEN (SELECT path FROM distributor WHERE id = NEW.distributor)
    ELSE (SELECT path FROM shop WHERE id = NEW.shop) END, '');
  RETURN NEW;
END $$;
CREATE TRIGGER person_path BEFORE INSERT OR UPDATE ON person FOR EACH ROW EXECUTE FUNCTION person_path();

GRANT SELECT, INSERT, UPDATE, DELETE ON person, credential, identity, session, token, invitation TO xiaxiang_guard;
GRANT SELECT, INSERT ON person TO xiaxiang_app;
GRANT UPDATE (name, email, role, territory, place, distributor, shop, language, disabled_at, version) ON person TO xiaxiang_app;

-- Who may see a plan, a fit or a job may know who made it, though they may not see people.
CREATE FUNCTION person_name(p_person bigint) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = xiaxiang, pg_temp
  AS $$ SELECT name FROM person WHERE id = p_person $$;
GRANT EXECUTE ON FUNCTION person_name TO xiaxiang_app;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA xiaxiang FROM PUBLIC;
