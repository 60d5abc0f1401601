-- What may enter a hub, and what follows from it. Nothing here trusts a column that a client gave:
-- who writes is session_user, what is written is the body. Errors have codes of their own, IKnnn,
-- and never quote a document.

CREATE FUNCTION hub.normalize_name(text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog
RETURN lower(btrim(regexp_replace(normalize($1, NFC), '\s+', ' ', 'g')));

CREATE FUNCTION hub.refuse(code text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$ BEGIN RAISE EXCEPTION 'refused by the hub' USING ERRCODE = code; END $$;

CREATE FUNCTION hub.me() RETURNS hub.identity
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE me hub.identity;
BEGIN
    SELECT * INTO me FROM hub.identity WHERE login = session_user::text;
    IF me.login IS NULL OR NOT me.is_active OR me.invited_until IS NOT NULL THEN
        PERFORM hub.refuse('IK001');
    END IF;
    RETURN me;
END $$;

CREATE FUNCTION hub.log(p_org text, p_member text, p_action text, p_subject text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog
BEGIN ATOMIC
    INSERT INTO hub.audit (org, member, action, subject)
    VALUES (p_org, p_member, p_action, p_subject);
END;

-- A body as jsonb, for comparing; what is kept and given out is the body alone.
CREATE FUNCTION hub.parse(body bytea) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog
AS $$
DECLARE content jsonb;
BEGIN
    BEGIN
        content := convert_from(body, 'UTF8')::jsonb;
    EXCEPTION WHEN OTHERS THEN
        PERFORM hub.refuse('IK007');
    END;
    IF jsonb_typeof(content) <> 'object' OR content ? 'sha256' THEN
        PERFORM hub.refuse('IK007');
    END IF;
    RETURN content;
END $$;

-- A field that has to be a text with something in it.
CREATE FUNCTION hub.field(content jsonb, name text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog
AS $$
BEGIN
    IF jsonb_typeof(content->name) IS DISTINCT FROM 'string' OR content->>name = '' THEN
        PERFORM hub.refuse('IK007');
    END IF;
    RETURN content->>name;
END $$;

CREATE FUNCTION hub.hash_of_id(id text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog
RETURN encode(sha256(convert_to(id, 'UTF8')), 'hex');

CREATE FUNCTION hub.refuse_erased(p_org text, p_candidate text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog
AS $$
BEGIN
    IF EXISTS (SELECT FROM hub.gone WHERE org = p_org AND kind = 'candidate'
               AND id_sha256 = hub.hash_of_id(p_candidate)) THEN
        PERFORM hub.refuse('IK004');
    END IF;
END $$;

-- All ids of a candidate: those merged into it and those it was merged into.
CREATE FUNCTION hub.same_candidates(p_org text, p_candidate text) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog
BEGIN ATOMIC
    WITH RECURSIVE pair (a, b) AS (
        SELECT alias, target FROM hub.candidate_alias WHERE org = p_org AND NOT is_undone
        UNION
        SELECT target, alias FROM hub.candidate_alias WHERE org = p_org AND NOT is_undone
    ), class (id) AS (
        VALUES (p_candidate COLLATE "C") UNION SELECT b FROM class JOIN pair ON a = id
    )
    SELECT id FROM class;
END;

-- May this member change the settings and the plan of a role?
CREATE FUNCTION hub.leads(me hub.identity, p_role text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog
BEGIN ATOMIC
    SELECT me.sees_all OR EXISTS (
        SELECT FROM hub.role WHERE org = me.org AND id = p_role AND owner = me.login);
END;

CREATE FUNCTION hub.has_seat(me hub.identity, p_role text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog
BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM hub.role WHERE org = me.org AND id = p_role) AND (
        hub.leads(me, p_role) OR EXISTS (
            SELECT FROM hub.seat WHERE org = me.org AND member = me.login AND role = p_role));
END;

-- The sight of one member for a role, made of the plan, the settings and what is submitted.
-- The caller holds the lock on the role's row.
CREATE FUNCTION hub.refresh_member(p_org text, p_role text, p_member text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
DECLARE setting hub.role;
BEGIN
    SELECT * INTO setting FROM hub.role WHERE org = p_org AND id = p_role;
    DELETE FROM hub.seat WHERE org = p_org AND member = p_member AND role = p_role;
    DELETE FROM hub.sight WHERE org = p_org AND member = p_member AND role = p_role;
    DELETE FROM hub.blind WHERE org = p_org AND member = p_member AND role = p_role;
    INSERT INTO hub.seat
    SELECT p_org, p_member, p_role,
           setting.owner = p_member OR setting.visibility = 'all'
    WHERE setting.owner = p_member
        OR EXISTS (SELECT FROM hub.plan WHERE org = p_org AND role = p_role
                   AND member = p_member AND is_open)
        OR EXISTS (SELECT FROM hub.sealed_document WHERE org = p_org AND author = p_member
                   AND role = p_role AND kind = 'scorecard');
    IF setting.visibility = 'after_own' THEN
        INSERT INTO hub.sight
        SELECT DISTINCT p_org, p_member, p_role, same
        FROM hub.sealed_document AS d, hub.same_candidates(p_org, d.candidate) AS same
        WHERE d.org = p_org AND d.author = p_member AND d.role = p_role AND d.kind = 'scorecard';
    END IF;
    INSERT INTO hub.blind
    SELECT DISTINCT p_org, p_member, same, p_role
    FROM hub.plan AS p, hub.same_candidates(p_org, p.candidate) AS same
    WHERE p.org = p_org AND p.role = p_role AND p.member = p_member AND p.is_open
        AND NOT EXISTS (
            SELECT FROM hub.sealed_document AS d
            WHERE d.org = p_org AND d.author = p_member AND d.role = p_role
                AND d.kind = 'scorecard'
                AND d.candidate IN (SELECT hub.same_candidates(p_org, p.candidate)));
END $$;

CREATE FUNCTION hub.refresh_role(p_org text, p_role text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
DECLARE p_member text;
BEGIN
    FOR p_member IN
        SELECT owner FROM hub.role WHERE org = p_org AND id = p_role
        UNION SELECT member FROM hub.plan WHERE org = p_org AND role = p_role AND member <> ''
        UNION SELECT author FROM hub.sealed_document WHERE org = p_org AND role = p_role
        UNION SELECT member FROM hub.seat WHERE org = p_org AND role = p_role
    LOOP
        PERFORM hub.refresh_member(p_org, p_role, p_member);
    END LOOP;
END $$;

-- Two writers in one role take turns, so that neither misses what the other changes.
CREATE FUNCTION hub.lock_role(p_org text, p_role text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
BEGIN
    PERFORM FROM hub.role WHERE org = p_org AND id = p_role FOR NO KEY UPDATE;
END $$;

-- An id becomes a member's where it is nobody's yet. An id made of a name is for that name alone,
-- and one that a line gave to somebody of another name stays free for them.
CREATE FUNCTION hub.claim(p_org text, p_id text, p_member text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
DECLARE entry hub.plan;
BEGIN
    IF EXISTS (SELECT FROM hub.person WHERE org = p_org AND id = p_id) THEN
        RETURN;
    END IF;
    IF p_id LIKE 'name-%' AND NOT EXISTS (
        SELECT FROM hub.member_name WHERE org = p_org AND member = p_member
            AND p_id = 'name-' || left(hub.hash_of_id(name), 32)) THEN
        RETURN;
    END IF;
    IF EXISTS (
        SELECT FROM hub.record_line AS l WHERE l.org = p_org AND l.kind = 'person' AND l.id = p_id
            AND NOT EXISTS (
                SELECT FROM hub.member_name AS n WHERE n.org = p_org AND n.member = p_member
                    AND n.name = hub.normalize_name(hub.parse(l.body)->>'name'))) THEN
        RETURN;
    END IF;
    INSERT INTO hub.person VALUES (p_org, p_id, p_member) ON CONFLICT DO NOTHING;
    FOR entry IN SELECT * FROM hub.plan WHERE org = p_org AND person = p_id AND member = ''
        ORDER BY role
    LOOP
        PERFORM hub.lock_role(p_org, entry.role);
        UPDATE hub.plan SET member = p_member WHERE org = p_org AND id = entry.id;
        PERFORM hub.refresh_member(p_org, entry.role, p_member);
    END LOOP;
END $$;

-- Whether a document's person is this member: by name, and by id where the document has one.
CREATE FUNCTION hub.check_person(me hub.identity, p_name text, p_id text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM hub.member_name WHERE org = me.org AND member = me.login
                   AND name = hub.normalize_name(p_name)) THEN
        PERFORM hub.refuse('IK002');
    END IF;
    IF coalesce(p_id, '') <> '' THEN
        PERFORM hub.claim(me.org, p_id, me.login);
        IF NOT EXISTS (SELECT FROM hub.person
                       WHERE org = me.org AND id = p_id AND member = me.login) THEN
            PERFORM hub.refuse('IK002');
        END IF;
    END IF;
END $$;

CREATE FUNCTION hub.is_ahead(content jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog
AS $$
BEGIN
    RETURN coalesce(content->>'submitted_at', content->>'at')::timestamptz
        > now() + interval '5 minutes';
EXCEPTION WHEN OTHERS THEN
    PERFORM hub.refuse('IK007');
END $$;

CREATE FUNCTION hub.take_sealed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE
    me hub.identity := hub.me();
    content jsonb := hub.parse(NEW.body);
    scorecard hub.sealed_document;
BEGIN
    NEW.org := me.org;
    NEW.author := me.login;
    NEW.kind := hub.field(content, 'type');
    NEW.id := hub.field(content, 'id');
    NEW.received_at := now();
    NEW.is_ahead := hub.is_ahead(content);
    IF NEW.kind = 'amendment' THEN
        SELECT * INTO scorecard FROM hub.sealed_document
        WHERE org = me.org AND kind = 'scorecard' AND id = hub.field(content, 'scorecard')
            AND author = me.login;
        IF scorecard.id IS NULL THEN
            PERFORM hub.refuse('IK013');
        END IF;
        NEW.role := scorecard.role;
        NEW.candidate := scorecard.candidate;
    ELSIF NEW.kind IN ('scorecard', 'decision') THEN
        NEW.role := hub.field(content, 'role');
        NEW.candidate := hub.field(content, 'candidate');
    ELSE
        PERFORM hub.refuse('IK007');
    END IF;
    NEW.candidate_hash := hub.hash_of_id(NEW.candidate);
    IF NEW.kind = 'decision' THEN
        PERFORM hub.check_person(me, hub.field(content, 'by'), content->>'by_id');
    ELSE
        PERFORM hub.check_person(
            me, hub.field(content, 'interviewer'), content->>'interviewer_id');
    END IF;
    PERFORM hub.lock_role(me.org, NEW.role);
    PERFORM hub.refuse_erased(me.org, NEW.candidate);
    IF NOT hub.has_seat(me, NEW.role) THEN
        PERFORM hub.refuse('IK003');
    END IF;
    IF NOT EXISTS (SELECT FROM hub.record_line WHERE org = me.org AND role = NEW.role
                   AND kind = 'candidate' AND id = NEW.candidate) THEN
        PERFORM hub.refuse('IK012');
    END IF;
    IF NEW.kind = 'decision' THEN
        IF NOT hub.leads(me, NEW.role) THEN
            PERFORM hub.refuse('IK005');
        END IF;
        IF EXISTS (SELECT FROM hub.blind WHERE org = me.org AND member = me.login
                   AND candidate = NEW.candidate) THEN
            PERFORM hub.refuse('IK006');
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER take_sealed BEFORE INSERT ON hub.sealed_document
FOR EACH ROW EXECUTE FUNCTION hub.take_sealed();

-- The same as hub.refresh_member would do, for this one candidate.
CREATE FUNCTION hub.follow_sealed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE setting hub.role;
BEGIN
    PERFORM hub.log(NEW.org, NEW.author, 'sent ' || NEW.kind, NEW.id);
    IF NEW.kind = 'scorecard' THEN
        SELECT * INTO setting FROM hub.role WHERE org = NEW.org AND id = NEW.role;
        INSERT INTO hub.seat VALUES (NEW.org, NEW.author, NEW.role,
            setting.owner = NEW.author OR setting.visibility = 'all')
        ON CONFLICT DO NOTHING;
        IF setting.visibility = 'after_own' THEN
            INSERT INTO hub.sight
            SELECT NEW.org, NEW.author, NEW.role, hub.same_candidates(NEW.org, NEW.candidate)
            ON CONFLICT DO NOTHING;
        END IF;
        DELETE FROM hub.blind WHERE org = NEW.org AND member = NEW.author AND role = NEW.role
            AND candidate IN (SELECT hub.same_candidates(NEW.org, NEW.candidate));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER follow_sealed AFTER INSERT ON hub.sealed_document
FOR EACH ROW EXECUTE FUNCTION hub.follow_sealed();

CREATE FUNCTION hub.take_line() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE
    me hub.identity := hub.me();
    content jsonb := hub.parse(NEW.body);
BEGIN
    NEW.org := me.org;
    NEW.author := me.login;
    NEW.kind := hub.field(content, 'type');
    NEW.received_at := now();
    NEW.candidate := '';
    NEW.id := hub.field(content, CASE NEW.kind WHEN 'role_settings' THEN 'role'
        WHEN 'alias' THEN 'alias' ELSE 'id' END);
    IF NEW.kind NOT IN ('role', 'candidate', 'person', 'role_settings', 'plan', 'alias', 'bank')
        OR NEW.kind IN ('role', 'role_settings') AND NEW.id <> NEW.role
        OR NEW.kind = 'plan' AND hub.field(content, 'role') <> NEW.role
        OR NEW.kind = 'alias' AND hub.field(content, 'kind') NOT IN ('candidate', 'role') THEN
        PERFORM hub.refuse('IK007');
    END IF;
    IF NEW.kind = 'candidate' THEN
        NEW.candidate := NEW.id;
    ELSIF NEW.kind = 'plan' THEN
        NEW.candidate := hub.field(content, 'candidate');
    ELSIF NEW.kind = 'alias' AND content->>'kind' = 'candidate' THEN
        NEW.candidate := hub.field(content, 'target');
    END IF;
    NEW.candidate_hash := hub.hash_of_id(NEW.candidate);
    IF NEW.kind = 'role' THEN
        INSERT INTO hub.role (org, id, owner) VALUES (me.org, NEW.role, me.login)
        ON CONFLICT DO NOTHING;
    END IF;
    PERFORM hub.lock_role(me.org, NEW.role);
    PERFORM hub.refuse_erased(me.org, NEW.candidate);
    IF NOT hub.has_seat(me, NEW.role) THEN
        PERFORM hub.refuse('IK003');
    END IF;
    IF NEW.kind IN ('role', 'role_settings', 'plan', 'alias') AND NOT hub.leads(me, NEW.role) THEN
        PERFORM hub.refuse('IK005');
    END IF;
    -- A merge reaches every role of the two, so it is for a person who leads all of these.
    IF NEW.kind = 'alias' AND NEW.candidate <> '' AND EXISTS (
        SELECT FROM hub.record_line AS l WHERE l.org = me.org
            AND l.candidate IN (NEW.id, NEW.candidate) AND NOT hub.leads(me, l.role)) THEN
        PERFORM hub.refuse('IK005');
    END IF;
    IF NEW.kind = 'alias' AND NEW.candidate = '' AND EXISTS (
        SELECT FROM hub.role AS r WHERE r.org = me.org
            AND r.id IN (NEW.id, hub.field(content, 'target')) AND NOT hub.leads(me, r.id)) THEN
        PERFORM hub.refuse('IK005');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER take_line BEFORE INSERT ON hub.record_line
FOR EACH ROW EXECUTE FUNCTION hub.take_line();

-- The higher version of the settings counts; their owner has to be a member.
CREATE FUNCTION hub.follow_settings(line hub.record_line, content jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
DECLARE
    setting hub.role;
    new_owner text;
BEGIN
    SELECT * INTO setting FROM hub.role WHERE org = line.org AND id = line.role;
    IF (content->>'version')::integer <= setting.version THEN
        RETURN;
    END IF;
    new_owner := setting.owner;
    IF coalesce(content->>'owner', '') <> '' THEN
        SELECT member INTO new_owner FROM hub.person
        WHERE org = line.org AND id = content->>'owner_id';
        IF new_owner IS NULL THEN
            SELECT member INTO new_owner FROM hub.member_name
            WHERE org = line.org AND name = hub.normalize_name(content->>'owner');
        END IF;
        IF new_owner IS NULL THEN
            PERFORM hub.refuse('IK014');
        END IF;
    END IF;
    UPDATE hub.role SET owner = new_owner, version = (content->>'version')::integer,
        visibility = coalesce(content->>'visibility', 'after_own'),
        hold = coalesce(content->>'hold', '')
    WHERE org = line.org AND id = line.role;
    PERFORM hub.refresh_member(line.org, line.role, setting.owner);
    PERFORM hub.refresh_role(line.org, line.role);
EXCEPTION WHEN check_violation OR data_exception THEN
    PERFORM hub.refuse('IK007');
END $$;

-- The later state of an entry counts. Its interviewer may be nobody of the hub: then it blinds
-- nobody here.
CREATE FUNCTION hub.follow_plan(line hub.record_line, content jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
DECLARE
    entry hub.plan;
    interviewer text;
BEGIN
    SELECT * INTO entry FROM hub.plan WHERE org = line.org AND id = line.id;
    IF entry.role <> line.role OR entry.candidate <> line.candidate THEN
        PERFORM hub.refuse('IK007');
    END IF;
    SELECT member INTO interviewer FROM hub.person
    WHERE org = line.org AND id = hub.field(content, 'interviewer');
    INSERT INTO hub.plan VALUES (line.org, line.id, line.role, line.candidate,
        hub.field(content, 'interviewer'), coalesce(interviewer, ''),
        content->>'state' IS NOT DISTINCT FROM 'open', hub.field(content, 'changed_at'))
    ON CONFLICT (org, id) DO UPDATE
        SET is_open = EXCLUDED.is_open, changed_at = EXCLUDED.changed_at
        WHERE EXCLUDED.changed_at > plan.changed_at;
    IF interviewer IS NOT NULL THEN
        PERFORM hub.refresh_member(line.org, line.role, interviewer);
    END IF;
END $$;

-- A person's line by who leads the role, or one's own, says which member stands under its id.
CREATE FUNCTION hub.follow_person(me hub.identity, line hub.record_line, content jsonb)
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
DECLARE namesake text;
BEGIN
    SELECT member INTO namesake FROM hub.member_name
    WHERE org = line.org AND name = hub.normalize_name(hub.field(content, 'name'));
    IF namesake IS NOT NULL AND (namesake = me.login OR hub.leads(me, line.role)) THEN
        PERFORM hub.claim(line.org, line.id, namesake);
    END IF;
END $$;

-- Of two candidates who are one, an interviewer planned for one is blind for the other.
CREATE FUNCTION hub.follow_alias(line hub.record_line, content jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
DECLARE p_role text;
BEGIN
    IF content->>'kind' <> 'candidate' THEN
        RETURN;
    END IF;
    INSERT INTO hub.candidate_alias VALUES (line.org, line.id, line.candidate,
        greatest(hub.field(content, 'at'), content->>'undone_at'),
        coalesce(content->>'undone_at', '') <> '')
    ON CONFLICT (org, alias, target) DO UPDATE
        SET changed_at = EXCLUDED.changed_at, is_undone = EXCLUDED.is_undone
        WHERE EXCLUDED.changed_at > candidate_alias.changed_at;
    FOR p_role IN
        SELECT DISTINCT role FROM hub.plan AS p WHERE p.org = line.org
            AND p.candidate IN (SELECT hub.same_candidates(line.org, line.id)
                                UNION SELECT hub.same_candidates(line.org, line.candidate))
        ORDER BY role
    LOOP
        PERFORM hub.lock_role(line.org, p_role);
        PERFORM hub.refresh_role(line.org, p_role);
    END LOOP;
END $$;

CREATE FUNCTION hub.follow_line() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE content jsonb := hub.parse(NEW.body);
BEGIN
    PERFORM hub.log(NEW.org, NEW.author, 'sent ' || NEW.kind,
        CASE WHEN NEW.candidate = NEW.id THEN NEW.candidate_hash ELSE NEW.id END);
    CASE NEW.kind
        WHEN 'role' THEN PERFORM hub.refresh_role(NEW.org, NEW.role);
        WHEN 'role_settings' THEN PERFORM hub.follow_settings(NEW, content);
        WHEN 'plan' THEN PERFORM hub.follow_plan(NEW, content);
        WHEN 'person' THEN PERFORM hub.follow_person(hub.me(), NEW, content);
        WHEN 'alias' THEN PERFORM hub.follow_alias(NEW, content);
        ELSE NULL;
    END CASE;
    RETURN NULL;
END $$;
CREATE TRIGGER follow_line AFTER INSERT ON hub.record_line
FOR EACH ROW EXECUTE FUNCTION hub.follow_line();

-- Nothing that came in is ever changed, not even by its owner; it is deleted by an erasure alone.
CREATE FUNCTION hub.keep_unchanged() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME <> 'audit' THEN
        IF EXISTS (SELECT FROM hub.erasure_under_way
                   WHERE org = OLD.org AND candidate = OLD.candidate) THEN
            RETURN OLD;
        END IF;
    END IF;
    PERFORM hub.refuse('IK008');
END $$;
CREATE TRIGGER keep_unchanged BEFORE UPDATE OR DELETE ON hub.sealed_document
FOR EACH ROW EXECUTE FUNCTION hub.keep_unchanged();
CREATE TRIGGER keep_unchanged BEFORE UPDATE OR DELETE ON hub.record_line
FOR EACH ROW EXECUTE FUNCTION hub.keep_unchanged();
CREATE TRIGGER keep_unchanged BEFORE UPDATE OR DELETE ON hub.audit
FOR EACH ROW EXECUTE FUNCTION hub.keep_unchanged();

-- What members call.

CREATE FUNCTION hub.accept_invitation() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE me hub.identity;
BEGIN
    SELECT * INTO me FROM hub.identity WHERE login = session_user::text FOR UPDATE;
    IF me.login IS NULL OR NOT me.is_active THEN
        PERFORM hub.refuse('IK001');
    END IF;
    IF me.invited_until < now() THEN
        PERFORM hub.refuse('IK010');
    END IF;
    UPDATE hub.identity SET invited_until = NULL WHERE login = session_user::text;
    UPDATE hub.member SET joined_at = coalesce(joined_at, now())
    WHERE org = me.org AND login = me.login;
    PERFORM hub.log(me.org, me.login, 'joined', '');
END $$;

-- Erases a candidate, under all the ids merged into one; gives how many documents went. Where
-- nothing of them stands here, a recruiter's word keeps them out all the same.
CREATE FUNCTION hub.erase(p_id_sha256 text, p_why text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE
    me hub.identity := hub.me();
    p_role text;
    ids text[];
    roles text[];
    documents integer;
    lines integer;
BEGIN
    IF p_why NOT IN ('request', 'retention', 'mistake') OR p_id_sha256 !~ '^[0-9a-f]{64}$' THEN
        PERFORM hub.refuse('IK007');
    END IF;
    IF EXISTS (SELECT FROM hub.gone WHERE org = me.org AND id_sha256 = p_id_sha256) THEN
        RETURN 0;
    END IF;
    ids := ARRAY(
        SELECT DISTINCT same FROM hub.same_candidates(me.org, (
            SELECT candidate FROM hub.record_line
            WHERE org = me.org AND candidate <> '' AND candidate_hash = p_id_sha256
            UNION SELECT candidate FROM hub.sealed_document
            WHERE org = me.org AND candidate_hash = p_id_sha256)) AS same
        WHERE same IS NOT NULL);
    roles := ARRAY(
        SELECT role FROM hub.record_line WHERE org = me.org AND candidate = ANY (ids)
        UNION SELECT role FROM hub.sealed_document WHERE org = me.org AND candidate = ANY (ids)
        ORDER BY role);
    FOREACH p_role IN ARRAY roles LOOP
        PERFORM hub.lock_role(me.org, p_role);
        IF NOT hub.leads(me, p_role) THEN
            PERFORM hub.refuse('IK005');
        END IF;
        IF EXISTS (SELECT FROM hub.role WHERE org = me.org AND id = p_role AND hold <> '') THEN
            PERFORM hub.refuse('IK009');
        END IF;
    END LOOP;
    IF cardinality(roles) = 0 AND NOT me.sees_all THEN
        PERFORM hub.refuse('IK005');
    END IF;
    INSERT INTO hub.erasure_under_way SELECT me.org, unnest(ids);
    DELETE FROM hub.sealed_document WHERE org = me.org AND candidate = ANY (ids);
    GET DIAGNOSTICS documents = ROW_COUNT;
    DELETE FROM hub.record_line WHERE org = me.org AND candidate = ANY (ids);
    GET DIAGNOSTICS lines = ROW_COUNT;
    DELETE FROM hub.plan WHERE org = me.org AND candidate = ANY (ids);
    DELETE FROM hub.candidate_alias WHERE org = me.org AND target = ANY (ids);
    DELETE FROM hub.erasure_under_way WHERE org = me.org;
    FOREACH p_role IN ARRAY roles LOOP
        PERFORM hub.refresh_role(me.org, p_role);
    END LOOP;
    INSERT INTO hub.gone
    SELECT me.org, 'candidate', hash, now(), p_why, me.login
    FROM (SELECT p_id_sha256 AS hash UNION SELECT hub.hash_of_id(id) FROM unnest(ids) AS id) AS id
    ON CONFLICT DO NOTHING;
    INSERT INTO hub.rewrite_queue (org) VALUES (me.org);
    PERFORM hub.log(me.org, me.login, 'erased', p_id_sha256);
    RETURN documents + lines;
END $$;

CREATE FUNCTION hub.acknowledge(p_id_sha256 text, p_refusal text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE me hub.identity := hub.me();
BEGIN
    IF NOT EXISTS (SELECT FROM hub.gone WHERE org = me.org AND id_sha256 = p_id_sha256) THEN
        PERFORM hub.refuse('IK007');
    END IF;
    INSERT INTO hub.acknowledgement VALUES (me.org, p_id_sha256, me.login, now(), p_refusal)
    ON CONFLICT (org, id_sha256, member) DO UPDATE
        SET at = now(), refusal = EXCLUDED.refusal
        WHERE acknowledgement.refusal <> EXCLUDED.refusal;
END $$;
