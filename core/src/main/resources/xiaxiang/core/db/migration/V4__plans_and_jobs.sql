CREATE TABLE scenario (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, name_en text NOT NULL DEFAULT '', place text NOT NULL REFERENCES place DEFERRABLE INITIALLY DEFERRED, path text COLLATE "C" NOT NULL, body jsonb NOT NULL,
  person bigint NOT NULL REFERENCES person, created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(), deleted_at timestamptz, version int NOT NULL DEFAULT 1);
CREATE INDEX scenario_path ON scenario (path);

-- Background work. The runner notes how far it is; whoever asked may cancel it.
CREATE TABLE job (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('import', 'apply', 'fit', 'plan', 'synthesize')),
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')), person bigint NOT NULL REFERENCES person, rights text[], path text COLLATE "C" NOT NULL DEFAULT '',
  asked jsonb NOT NULL, stage text NOT NULL DEFAULT '', done bigint NOT NULL DEFAULT 0, total bigint NOT NULL DEFAULT -1, lower double precision, upper double precision, message text NOT NULL DEFAULT '', result jsonb,
  cancel_asked boolean NOT NULL DEFAULT false, attempts int NOT NULL DEFAULT 0, created_at timestamptz NOT NULL DEFAULT now(), started_at timestamptz, ended_at timestamptz);
CREATE INDEX job_person ON job (person, id);

-- A plan is written once, with the scenario it answers as it then was; afterwards it is only approved.
CREATE TABLE plan (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, scenario bigint NOT NULL REFERENCES scenario, scenario_version int NOT NULL, asked jsonb NOT NULL, place text NOT NULL, path text COLLATE "C" NOT NULL,
  state text NOT NULL DEFAULT 'planning' CHECK (state IN ('planning', 'draft', 'approved', 'infeasible', 'failed')), job bigint REFERENCES job, summary jsonb, why text,
  person bigint NOT NULL REFERENCES person, created_at timestamptz NOT NULL DEFAULT now(), approved_by bigint REFERENCES person, approved_at timestamptz, approval_note text);
CREATE INDEX plan_path ON plan (path, id);
-- The runner knows a job by its number only: for whom it runs is told here, and what becomes of it where that person may no longer enter.
CREATE FUNCTION job_scope(p_job bigint, OUT person bigint, OUT rights text[]) RETURNS SETOF record LANGUAGE sql STABLE SECURITY DEFINER SET search_path = xiaxiang, pg_temp
  AS $$ SELECT j.person, j.rights FROM job j WHERE j.id = p_job $$;
CREATE FUNCTION job_abandon(p_job bigint) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = xiaxiang, pg_temp AS $$
  UPDATE plan SET state = 'failed', why = 'abandoned' WHERE job = p_job AND state = 'planning';
  UPDATE job SET state = 'cancelled', message = 'abandoned', ended_at = now() WHERE id = p_job AND state IN ('waiting', 'running');
$$;
GRANT EXECUTE ON FUNCTION job_scope, job_abandon TO xiaxiang_app;

CREATE TABLE plan_file (plan bigint NOT NULL REFERENCES plan, name text NOT NULL, content bytea NOT NULL, sha256 bytea NOT NULL, PRIMARY KEY (plan, name));
ALTER TABLE plan_file ALTER content SET STORAGE EXTERNAL; -- packed already
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON plan_file FOR EACH ROW EXECUTE FUNCTION frozen();
CREATE FUNCTION plan_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'path' = to_jsonb(OLD) - 'path' THEN RETURN NEW; END IF; -- its place got another parent
  IF TG_OP = 'DELETE' OR OLD.state IN ('approved', 'infeasible', 'failed') OR (OLD.state = 'planning' AND NEW.state = 'approved')
    OR (OLD.state = 'draft' AND NOT (NEW.state = 'approved' AND (to_jsonb(NEW) - '{state,approved_by,approved_at,approval_note}'::text[]) = (to_jsonb(OLD) - '{state,approved_by,approved_at,approval_note}'::text[])))
  THEN RAISE EXCEPTION 'a plan is written once' USING ERRCODE = '55000'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER plan_once BEFORE UPDATE OR DELETE ON plan FOR EACH ROW EXECUTE FUNCTION plan_once();

-- A fit of demand; the one in use at a place is what plans of it and below start from.
CREATE TABLE fit (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, place text NOT NULL, path text COLLATE "C" NOT NULL, summary jsonb NOT NULL, person bigint NOT NULL REFERENCES person, created_at timestamptz NOT NULL DEFAULT now(),
  used_since timestamptz, used_until timestamptz);
CREATE UNIQUE INDEX fit_used ON fit (place) WHERE used_since IS NOT NULL AND used_until IS NULL;
CREATE TABLE fit_file (fit bigint NOT NULL REFERENCES fit, name text NOT NULL, content bytea NOT NULL, sha256 bytea NOT NULL, PRIMARY KEY (fit, name));
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON fit_file FOR EACH ROW EXECUTE FUNCTION frozen();

-- What a key of an Idempotency-Key header was answered with.
CREATE TABLE idempotency (person bigint NOT NULL REFERENCES person, key text NOT NULL CHECK (length(key) BETWEEN 1 AND 200), request_sha256 bytea NOT NULL, status int, location text, answer text, created_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (person, key));
CREATE INDEX idempotency_age ON idempotency (person, created_at);

-- The table of the library that runs jobs (db-scheduler): it knows a job by its number only.
CREATE TABLE scheduled_tasks (task_name text NOT NULL, task_instance text NOT NULL, task_data bytea, execution_time timestamptz NOT NULL, picked boolean NOT NULL, picked_by text, last_success timestamptz, last_failure timestamptz,
  consecutive_failures int, last_heartbeat timestamptz, version bigint NOT NULL, priority smallint, PRIMARY KEY (task_name, task_instance));
CREATE INDEX scheduled_tasks_time ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_heartbeat ON scheduled_tasks (last_heartbeat);
GRANT SELECT, INSERT, UPDATE, DELETE ON scheduled_tasks TO xiaxiang_app;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA xiaxiang FROM PUBLIC;
