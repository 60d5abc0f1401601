-- Who reads what: the rule of interview/access.py over the sight tables. Who somebody is comes from
-- session_user by hub.identity, never from a setting. A blind one reads nobody else's, whatever else
-- they may: that policy is restrictive.

REVOKE ALL ON ALL TABLES IN SCHEMA hub FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA hub FROM PUBLIC;
REVOKE TRUNCATE ON ALL TABLES IN SCHEMA hub FROM hub_owner;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

ALTER TABLE hub.compatibility ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.organisation ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.member ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.member_name ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.identity ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.person ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.role ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.plan ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.candidate_alias ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.sealed_document ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.record_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.gone ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.acknowledgement ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.rewrite_queue ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.erasure_under_way ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.seat ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.sight ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.blind ENABLE ROW LEVEL SECURITY;

GRANT USAGE ON SCHEMA hub TO hub_members;
GRANT EXECUTE ON FUNCTION hub.accept_invitation() TO hub_members;
GRANT EXECUTE ON FUNCTION hub.erase(text, text) TO hub_members;
GRANT EXECUTE ON FUNCTION hub.acknowledge(text, text) TO hub_members;

GRANT SELECT ON hub.schema_file, hub.compatibility TO hub_members;
CREATE POLICY everybody ON hub.compatibility FOR SELECT TO hub_members USING (true);

GRANT SELECT (login, org, sees_all) ON hub.identity TO hub_members;
CREATE POLICY oneself ON hub.identity FOR SELECT TO hub_members
    USING (login = session_user::text AND is_active AND invited_until IS NULL);

GRANT SELECT (org, name) ON hub.organisation TO hub_members;
CREATE POLICY own ON hub.organisation FOR SELECT TO hub_members
    USING (org = (SELECT org FROM hub.identity));

GRANT SELECT (org, login, name, part, is_active, joined_at) ON hub.member TO hub_members;
CREATE POLICY oneself ON hub.member FOR SELECT TO hub_members
    USING (org = (SELECT org FROM hub.identity)
           AND (login = session_user::text OR (SELECT sees_all FROM hub.identity)));

GRANT SELECT ON hub.seat, hub.sight, hub.blind TO hub_members;
CREATE POLICY oneself ON hub.seat FOR SELECT TO hub_members
    USING (member = session_user::text);
CREATE POLICY oneself ON hub.sight FOR SELECT TO hub_members
    USING (member = session_user::text);
CREATE POLICY oneself ON hub.blind FOR SELECT TO hub_members
    USING (member = session_user::text);

-- The policies that cost something. What does not depend on a row is a sub-select of its own, which
-- runs once a query, and lists of keys are hashed (IN, not EXISTS): the planner then expects the
-- little that a row costs, and plans as it would without them.
GRANT SELECT (org, id, visibility, version) ON hub.role TO hub_members;
CREATE POLICY seated ON hub.role FOR SELECT TO hub_members
    USING (org = (SELECT org FROM hub.identity)
           AND ((SELECT sees_all FROM hub.identity)
                OR id IN (SELECT role FROM hub.seat WHERE member = session_user::text)));

GRANT SELECT ON hub.record_line TO hub_members;
GRANT INSERT (role, body) ON hub.record_line TO hub_members;
CREATE POLICY seated ON hub.record_line FOR SELECT TO hub_members
    USING (org = (SELECT org FROM hub.identity)
           AND ((SELECT sees_all FROM hub.identity)
                OR role IN (SELECT role FROM hub.seat WHERE member = session_user::text)));
CREATE POLICY own ON hub.record_line FOR INSERT TO hub_members
    WITH CHECK (org = (SELECT org FROM hub.identity)
                AND author = session_user::text);

GRANT SELECT ON hub.sealed_document TO hub_members;
GRANT INSERT (body) ON hub.sealed_document TO hub_members;
CREATE POLICY entitled ON hub.sealed_document FOR SELECT TO hub_members
    USING (org = (SELECT org FROM hub.identity)
           AND ((SELECT sees_all FROM hub.identity)
                OR role IN (SELECT role FROM hub.seat
                            WHERE member = session_user::text AND reads_all)
                OR author = session_user::text
                OR (role, candidate) IN (SELECT role, candidate FROM hub.sight
                                         WHERE member = session_user::text)));
CREATE POLICY not_blind ON hub.sealed_document AS RESTRICTIVE FOR SELECT TO hub_members
    USING (candidate NOT IN (SELECT candidate FROM hub.blind WHERE member = session_user::text)
           OR author = session_user::text);
CREATE POLICY own ON hub.sealed_document FOR INSERT TO hub_members
    WITH CHECK (org = (SELECT org FROM hub.identity)
                AND author = session_user::text);

GRANT SELECT (org, kind, id_sha256, at, why) ON hub.gone TO hub_members;
CREATE POLICY organisation ON hub.gone FOR SELECT TO hub_members
    USING (org = (SELECT org FROM hub.identity));

GRANT SELECT ON hub.acknowledgement TO hub_members;
CREATE POLICY own ON hub.acknowledgement FOR SELECT TO hub_members
    USING (org = (SELECT org FROM hub.identity)
           AND (member = session_user::text
                OR (SELECT sees_all FROM hub.identity)));

GRANT SELECT ON hub.audit TO hub_members;
CREATE POLICY own ON hub.audit FOR SELECT TO hub_members
    USING (org = (SELECT org FROM hub.identity)
           AND (member = session_user::text
                OR (SELECT sees_all FROM hub.identity)));
