-- Failures to sign in, by the hash of the login that was typed, whether or not there is such a person.
CREATE TABLE attempt (login_sha256 bytea PRIMARY KEY, failures int NOT NULL, locked_until timestamptz, at timestamptz NOT NULL);
CREATE INDEX attempt_at ON attempt (at);
GRANT SELECT, INSERT, UPDATE, DELETE ON attempt TO xiaxiang_guard;

-- Every session that is opened is in the audit, whichever way somebody came in: who, when, from where.
CREATE FUNCTION signed_in() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = xiaxiang, pg_temp AS $$
BEGIN
  INSERT INTO audit (person, origin, table_name, row_key, op, path, changes) SELECT p.id, NEW.origin, 'session', p.login, 'sign_in', p.path, '{}' FROM person p WHERE p.id = NEW.person;
  RETURN NULL;
END $$;
CREATE TRIGGER signed_in AFTER INSERT ON session FOR EACH ROW EXECUTE FUNCTION signed_in();
-- And every attempt that was refused, with why. A login nobody has is not written down: people type passwords there.
CREATE FUNCTION sign_in_refused(p_login text, p_reason text) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = xiaxiang, pg_temp AS $$
  INSERT INTO audit (person, origin, table_name, row_key, op, path, changes)
    SELECT p.id, coalesce(noted('origin'), ''), 'session', coalesce(p.login, ''), 'sign_in_refused', coalesce(p.path, ''), jsonb_build_object('reason', jsonb_build_array(NULL, p_reason))
    FROM (SELECT lower(p_login) AS login) typed LEFT JOIN person p ON lower(p.login) = typed.login;
$$;
GRANT EXECUTE ON FUNCTION sign_in_refused TO xiaxiang_guard;

-- Whether somebody ever came (has a password, or an identity at a provider), and until when an open link invites them: for whoever looks after people.
CREATE FUNCTION arrival(p_person bigint, OUT joined boolean, OUT invited_until timestamptz) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = xiaxiang, pg_temp AS $$
  SELECT EXISTS (SELECT FROM credential c WHERE c.person = p_person AND c.password_hash IS NOT NULL) OR EXISTS (SELECT FROM identity i WHERE i.person = p_person),
    (SELECT max(v.expires_at) FROM invitation v WHERE v.person = p_person AND v.used_at IS NULL)
  WHERE may('read_people');
$$;
GRANT EXECUTE ON FUNCTION arrival TO xiaxiang_app;

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
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA xiaxiang FROM PUBLIC;
