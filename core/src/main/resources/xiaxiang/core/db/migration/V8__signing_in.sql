-- Failures to sign in, by the hash of the login that was typed, whether or not there is such a person.
CREATE TABLE attempt (login_sha256 bytea PRIMARY KEY, failures int NOT NULL, locked_until timestamptz, at timestamptz NOT NULL);
CREATE INDEX attempt_at ON attempt (at);
GRANT SELECT, INSERT, UPDATE, DELETE ON attempt TO xiaxiang_guard;

-- A person's territory, for the guard, who sees neither places nor shops.
CREATE FUNCTION home(p person) RETURNS TABLE (path text, name text, name_en text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = xiaxiang, pg_temp AS $$
  SELECT path, name, name_en FROM place WHERE p.territory = 'place' AND code = p.place
  UNION ALL SELECT path, name, '' FROM distributor WHERE p.territory = 'distributor' AND id = p.distributor
  UNION ALL SELECT path, name, name_en FROM shop WHERE p.territory = 'shop' AND id = p.shop
$$;
GRANT EXECUTE ON FUNCTION home TO xiaxiang_guard;

-- A disabled person's sessions and tokens end for good; the last administrator of everywhere stays one.
CREATE FUNCTION person_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = xiaxiang, pg_temp AS $$
BEGIN
  IF NEW.disabled_at IS NOT NULL AND OLD.disabled_at IS NULL THEN
    DELETE FROM session WHERE person = NEW.id;
    UPDATE token SET revoked_at = now() WHERE person = NEW.id AND revoked_at IS NULL;
    UPDATE invitation SET used_at = now() WHERE person = NEW.id AND used_at IS NULL;
  END IF;
  IF OLD.role = 'administrator' AND OLD.territory = 'place' AND OLD.place IS NULL AND OLD.disabled_at IS NULL THEN
    -- Two administrators who demote each other at once take turns; the second sees what the first did.
    PERFORM pg_advisory_xact_lock(hashtext('xiaxiang last administrator'));
    IF NOT EXISTS (SELECT FROM person WHERE role = 'administrator' AND territory = 'place' AND place IS NULL AND disabled_at IS NULL)
    THEN RAISE EXCEPTION 'the last administrator stays one' USING ERRCODE = '42501'; END IF;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER person_changed AFTER UPDATE ON person FOR EACH ROW EXECUTE FUNCTION person_changed();
