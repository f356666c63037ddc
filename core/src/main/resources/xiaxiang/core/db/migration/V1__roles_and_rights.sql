-- Roles are the whole server's: another database on it may have made them already.
-- xiaxiang_app works under row-level security, xiaxiang_guard sees accounts only; neither owns anything, and nobody logs in as them.
DO $$
DECLARE r text;
BEGIN
  FOREACH r IN ARRAY ARRAY['xiaxiang_app', 'xiaxiang_guard'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN
      BEGIN EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', r);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- made by another at the same moment
      END;
    END IF;
    IF NOT pg_has_role(current_user, r, CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) THEN
      EXECUTE format('GRANT %I TO %I', r, current_user);
    END IF;
  END LOOP;
  -- Imports work in temporary tables, which an administrator may have taken from everybody.
  EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO xiaxiang_app', current_database());
END $$;

REVOKE ALL ON SCHEMA xiaxiang FROM PUBLIC;
GRANT USAGE ON SCHEMA xiaxiang TO xiaxiang_app, xiaxiang_guard;

CREATE TABLE role (name text PRIMARY KEY);
CREATE TABLE role_right (role text NOT NULL REFERENCES role, name text NOT NULL, PRIMARY KEY (role, name));
INSERT INTO role VALUES ('founder'), ('planner'), ('county_manager'), ('field_worker'), ('distributor'), ('shop'), ('analyst'), ('finance'), ('administrator');
INSERT INTO role_right SELECT role, unnest(string_to_array(rights, ' ')) FROM (VALUES
  ('founder', 'read_places read_shops export read_demand read_plans approve read_share read_people read_audit read_sources'),
  ('planner', 'read_places read_shops edit_shops import export read_demand fit read_plans plan run_jobs read_share read_sources'),
  ('county_manager', 'read_places read_shops edit_shops import export run_jobs read_demand read_plans read_share read_people read_sources'),
  ('field_worker', 'read_places read_shops edit_shops read_sources'),
  ('distributor', 'read_places read_shops export'),
  ('shop', 'read_places read_shops'),
  ('analyst', 'read_places read_shops export read_demand fit run_jobs read_plans read_share read_sources'),
  ('finance', 'read_places read_shops export read_plans approve read_share read_audit read_sources'),
  ('administrator', 'read_places read_shops edit_shops import export run_jobs read_people manage_people read_audit read_sources edit_sources')) AS r (role, rights);
GRANT SELECT ON role, role_right TO xiaxiang_app, xiaxiang_guard;

-- What enter() noted for this transaction; null where nobody entered.
CREATE FUNCTION noted(p_name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.' || p_name, true), '');
CREATE FUNCTION may(p_right text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN position(' ' || p_right || ' ' IN coalesce(current_setting('app.rights', true), '')) > 0;
-- A subtree of places is a range of paths: a path is the codes from the top down, each followed by '/', and '0' is the character after '/'.
CREATE FUNCTION path_end(p_path text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN left(p_path, -1) || '0';
GRANT EXECUTE ON FUNCTION noted, may, path_end TO xiaxiang_app, xiaxiang_guard;

CREATE FUNCTION frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = '55000'; END $$;
-- PostgreSQL lets everybody run a new function.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA xiaxiang FROM PUBLIC;
