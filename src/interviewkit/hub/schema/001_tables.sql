-- What a hub keeps. Every key begins with the organisation, so that rows can be distributed by it.
-- hub_owner and hub_members stand for two roles of this database; the runner puts in their names.
-- hub_owner may not log in; what it owns is changed by its functions alone. Ids are compared byte by
-- byte (COLLATE "C"), as session_user is, so that an index on them serves both.

CREATE TABLE hub.compatibility (
    oldest_reader integer NOT NULL,  -- the oldest schema number a client must know to read
    oldest_writer integer NOT NULL   -- and to write
);
INSERT INTO hub.compatibility VALUES (1, 1);

CREATE TABLE hub.organisation (
    org text COLLATE "C" PRIMARY KEY,
    name text NOT NULL
);

-- Members by their login, which says nothing of who they are.
CREATE TABLE hub.member (
    org text COLLATE "C" NOT NULL,
    login text COLLATE "C" NOT NULL,
    name text NOT NULL,
    part text NOT NULL CHECK (part IN ('interviewer', 'recruiter')),
    is_active boolean NOT NULL DEFAULT true,
    added_at timestamptz NOT NULL DEFAULT now(),
    joined_at timestamptz,
    PRIMARY KEY (org, login)
);

-- Every name a member signs with, normalized: no name belongs to two members.
CREATE TABLE hub.member_name (
    org text COLLATE "C" NOT NULL,
    name text NOT NULL,
    member text COLLATE "C" NOT NULL,
    PRIMARY KEY (org, name)
);

-- What a login may do hangs on this row alone; it belongs to one organisation. invited_until is
-- empty once the invitation was accepted.
CREATE TABLE hub.identity (
    login text COLLATE "C" PRIMARY KEY,
    org text COLLATE "C" NOT NULL,
    sees_all boolean NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    invited_until timestamptz
);

-- The ids under which members stand in documents: made on their machines, claimed by name.
CREATE TABLE hub.person (
    org text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    member text COLLATE "C" NOT NULL,
    PRIMARY KEY (org, id)
);
CREATE INDEX person_member ON hub.person (org, member);

CREATE TABLE hub.role (
    org text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    owner text COLLATE "C" NOT NULL,
    visibility text NOT NULL DEFAULT 'after_own' CHECK (visibility IN ('own', 'after_own', 'all')),
    version integer NOT NULL DEFAULT 0,
    hold text NOT NULL DEFAULT '',
    PRIMARY KEY (org, id)
);

CREATE TABLE hub.plan (
    org text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    role text COLLATE "C" NOT NULL,
    candidate text COLLATE "C" NOT NULL,
    person text COLLATE "C" NOT NULL,
    member text COLLATE "C" NOT NULL,  -- '' as long as the person is no member
    is_open boolean NOT NULL,
    changed_at text NOT NULL,
    PRIMARY KEY (org, id)
);
CREATE INDEX plan_person ON hub.plan (org, person);
CREATE INDEX plan_role ON hub.plan (org, role, member, candidate);
CREATE INDEX plan_candidate ON hub.plan (org, candidate);

CREATE TABLE hub.candidate_alias (
    org text COLLATE "C" NOT NULL,
    alias text COLLATE "C" NOT NULL,
    target text COLLATE "C" NOT NULL,
    changed_at text NOT NULL,
    is_undone boolean NOT NULL,
    PRIMARY KEY (org, alias, target)
);

-- Scorecards, amendments and decisions, byte for byte as they were sealed.
CREATE TABLE hub.sealed_document (
    org text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('scorecard', 'amendment', 'decision')),
    id text COLLATE "C" NOT NULL,
    role text COLLATE "C" NOT NULL,
    candidate text COLLATE "C" NOT NULL,
    candidate_hash text COLLATE "C" NOT NULL,  -- SHA-256 of the id: an erasure knows no other name for them
    author text COLLATE "C" NOT NULL,
    body bytea NOT NULL CHECK (octet_length(body) <= 8388608),
    seal bytea NOT NULL GENERATED ALWAYS AS (sha256(body)) STORED,
    seal_head bigint NOT NULL GENERATED ALWAYS AS (
        ('x' || encode(substring(sha256(body) FROM 1 FOR 8), 'hex'))::bit(64)::bigint
    ) STORED,
    received_at timestamptz NOT NULL,
    is_ahead boolean NOT NULL,  -- its own time is more than five minutes ahead of received_at
    PRIMARY KEY (org, kind, id)
);
CREATE INDEX sealed_document_role ON hub.sealed_document (org, role, candidate, author)
    INCLUDE (seal_head, seal);
CREATE INDEX sealed_document_seal ON hub.sealed_document (org, role, seal);
CREATE INDEX sealed_document_author ON hub.sealed_document (org, author, role);
CREATE INDEX sealed_document_hash ON hub.sealed_document (org, candidate_hash);
CREATE INDEX sealed_document_candidate ON hub.sealed_document (org, candidate);

-- Roles, candidates, people, settings, plans, merges and banks: each state is a line of its own.
CREATE TABLE hub.record_line (
    org text COLLATE "C" NOT NULL,
    role text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL CHECK (kind IN (
        'role', 'candidate', 'person', 'role_settings', 'plan', 'alias', 'bank')),
    id text COLLATE "C" NOT NULL,
    candidate text COLLATE "C" NOT NULL,  -- '' where it is about nobody
    candidate_hash text COLLATE "C" NOT NULL,
    author text COLLATE "C" NOT NULL,
    body bytea NOT NULL CHECK (octet_length(body) <= 8388608),
    seal bytea NOT NULL GENERATED ALWAYS AS (sha256(body)) STORED,
    seal_head bigint NOT NULL GENERATED ALWAYS AS (
        ('x' || encode(substring(sha256(body) FROM 1 FOR 8), 'hex'))::bit(64)::bigint
    ) STORED,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (org, role, seal)
);
CREATE INDEX record_line_role ON hub.record_line (org, role) INCLUDE (seal_head);
CREATE INDEX record_line_id ON hub.record_line (org, kind, id, role);
CREATE INDEX record_line_hash ON hub.record_line (org, candidate_hash) WHERE candidate <> '';
CREATE INDEX record_line_candidate ON hub.record_line (org, candidate);

-- What was erased: the hash of an id, and no name.
CREATE TABLE hub.gone (
    org text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    id_sha256 text COLLATE "C" NOT NULL,
    at timestamptz NOT NULL,
    why text NOT NULL,
    erased_by text NOT NULL,
    PRIMARY KEY (org, kind, id_sha256)
);

-- Whose machine has erased it, too; refusal says why one has not.
CREATE TABLE hub.acknowledgement (
    org text COLLATE "C" NOT NULL,
    id_sha256 text COLLATE "C" NOT NULL,
    member text COLLATE "C" NOT NULL,
    at timestamptz NOT NULL,
    refusal text NOT NULL DEFAULT '' CHECK (refusal IN ('', 'hold')),
    PRIMARY KEY (org, id_sha256, member)
);

-- What an erasure leaves in free pages until the tables have been written again.
CREATE TABLE hub.rewrite_queue (
    org text COLLATE "C" NOT NULL,
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    asked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org, id)
);

-- Candidates whose rows may be deleted in this transaction; empty at any other time.
CREATE TABLE hub.erasure_under_way (
    org text COLLATE "C" NOT NULL,
    candidate text COLLATE "C" NOT NULL,
    PRIMARY KEY (org, candidate)
);

CREATE TABLE hub.audit (
    org text COLLATE "C" NOT NULL,
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    member text COLLATE "C" NOT NULL,  -- '' for the administrator
    action text NOT NULL,
    subject text NOT NULL,
    PRIMARY KEY (org, id)
);
CREATE INDEX audit_at ON hub.audit (org, at);

-- Who sees what, kept by the triggers; the policies look here alone, and by the login itself, so
-- that they cost little.
-- seat: who belongs to a role, and whether all of it is theirs to read.
CREATE TABLE hub.seat (
    org text COLLATE "C" NOT NULL,
    member text COLLATE "C" NOT NULL,
    role text COLLATE "C" NOT NULL,
    reads_all boolean NOT NULL,
    PRIMARY KEY (org, member, role)
);
-- sight: of which candidates in a role one reads the others', one's own being in.
CREATE TABLE hub.sight (
    org text COLLATE "C" NOT NULL,
    member text COLLATE "C" NOT NULL,
    role text COLLATE "C" NOT NULL,
    candidate text COLLATE "C" NOT NULL,
    PRIMARY KEY (org, member, role, candidate)
);
-- blind: whom one is to interview, for which role, and has not submitted.
CREATE TABLE hub.blind (
    org text COLLATE "C" NOT NULL,
    member text COLLATE "C" NOT NULL,
    candidate text COLLATE "C" NOT NULL,
    role text COLLATE "C" NOT NULL,
    PRIMARY KEY (org, member, candidate, role)
);
CREATE INDEX seat_member ON hub.seat (member, reads_all, role);
CREATE INDEX sight_member ON hub.sight (member, role, candidate);
CREATE INDEX blind_member ON hub.blind (member, candidate);
