CREATE TABLE conflict (
    scope_id UUID NOT NULL,
    id UUID NOT NULL,
    actor VARCHAR(63) NOT NULL,
    device_id UUID NOT NULL,
    kind VARCHAR(80) NOT NULL,
    command TEXT NOT NULL,
    row_table VARCHAR(63) NOT NULL,
    row_id UUID NOT NULL,
    their_actor VARCHAR(63) NOT NULL,
    their_at TIMESTAMP WITH TIME ZONE,
    issued_at TIMESTAMP WITH TIME ZONE NOT NULL,
    reason_id VARCHAR(80) NOT NULL,
    reason_parameters JSON NOT NULL,
    groups JSON NOT NULL,
    state VARCHAR(40) NOT NULL,
    resolution JSON,
    resolved_by VARCHAR(63) NOT NULL,
    resolved_at TIMESTAMP WITH TIME ZONE,
    remark TEXT NOT NULL,
    row_version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by VARCHAR(63) NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by VARCHAR(63) NOT NULL,
    CONSTRAINT pk_conflict PRIMARY KEY (scope_id, id),
    CONSTRAINT ck_conflict_conflictstate CHECK (state IN ('open', 'returned', 'resolved'))
);

CREATE TABLE person (
    scope_id UUID NOT NULL,
    id UUID NOT NULL,
    login VARCHAR(63) NOT NULL,
    display_name VARCHAR(80) NOT NULL,
    phone VARCHAR(40) NOT NULL,
    active BOOLEAN NOT NULL,
    row_version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by VARCHAR(63) NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by VARCHAR(63) NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (scope_id, id),
    CONSTRAINT uq_person_scope_id_login UNIQUE (scope_id, login)
);

CREATE TABLE project (
    scope_id UUID NOT NULL,
    id UUID NOT NULL,
    code VARCHAR(40) NOT NULL,
    name VARCHAR(200) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    stage VARCHAR(40) NOT NULL,
    region VARCHAR(80) NOT NULL,
    owner_name VARCHAR(200) NOT NULL,
    address VARCHAR(300) NOT NULL,
    planned_start DATE NOT NULL,
    planned_finish DATE,
    note TEXT NOT NULL,
    row_version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by VARCHAR(63) NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by VARCHAR(63) NOT NULL,
    CONSTRAINT pk_project PRIMARY KEY (scope_id, id),
    CONSTRAINT ck_project_own_scope CHECK (id = scope_id),
    CONSTRAINT ck_project_projectkind CHECK (kind IN ('residential', 'municipal', 'industrial', 'commercial', 'transport', 'public')),
    CONSTRAINT ck_project_projectstage CHECK (stage IN ('preparing', 'active', 'suspended', 'completed', 'warranty'))
);

CREATE TABLE scope_member (
    scope_id UUID NOT NULL,
    id UUID NOT NULL,
    person VARCHAR(63) NOT NULL,
    job VARCHAR(40) NOT NULL,
    row_version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by VARCHAR(63) NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by VARCHAR(63) NOT NULL,
    CONSTRAINT pk_scope_member PRIMARY KEY (scope_id, id),
    CONSTRAINT uq_scope_member_scope_id_person_job UNIQUE (scope_id, person, job),
    CONSTRAINT ck_scope_member_job CHECK (job IN ('administrator', 'manager', 'project_manager', 'planner', 'finance_clerk', 'storekeeper', 'commercial', 'safety_officer', 'quality_officer', 'labour_clerk'))
);

CREATE INDEX ix_scope_member_person ON scope_member (person);

CREATE TABLE work_calendar (
    scope_id UUID NOT NULL,
    id UUID NOT NULL,
    name VARCHAR(200) NOT NULL,
    week JSON NOT NULL,
    note TEXT NOT NULL,
    row_version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by VARCHAR(63) NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by VARCHAR(63) NOT NULL,
    CONSTRAINT pk_work_calendar PRIMARY KEY (scope_id, id)
);

CREATE TABLE calendar_day (
    scope_id UUID NOT NULL,
    id UUID NOT NULL,
    calendar_id UUID NOT NULL,
    day DATE NOT NULL,
    shifts JSON NOT NULL,
    name VARCHAR(80) NOT NULL,
    provisional BOOLEAN NOT NULL,
    row_version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by VARCHAR(63) NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by VARCHAR(63) NOT NULL,
    CONSTRAINT pk_calendar_day PRIMARY KEY (scope_id, id),
    CONSTRAINT fk_calendar_day_scope_id_calendar_id FOREIGN KEY(scope_id, calendar_id) REFERENCES work_calendar (scope_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_calendar_day_scope_id_calendar_id_day UNIQUE (scope_id, calendar_id, day)
);

CREATE TABLE schedule_settings (
    scope_id UUID NOT NULL,
    id UUID NOT NULL,
    default_calendar_id UUID NOT NULL,
    start_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
    data_date TIMESTAMP WITHOUT TIME ZONE,
    must_finish_at TIMESTAMP WITHOUT TIME ZONE,
    rules VARCHAR(40) NOT NULL,
    progress_mode VARCHAR(40) NOT NULL,
    lag_calendar VARCHAR(40) NOT NULL,
    float_kind VARCHAR(40) NOT NULL,
    critical_threshold BIGINT NOT NULL,
    critical_by_longest_path BOOLEAN NOT NULL,
    use_expected_finish BOOLEAN NOT NULL,
    open_ends_critical BOOLEAN NOT NULL,
    honour_constraints BOOLEAN NOT NULL,
    imported_from VARCHAR(200) NOT NULL,
    row_version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by VARCHAR(63) NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by VARCHAR(63) NOT NULL,
    CONSTRAINT pk_schedule_settings PRIMARY KEY (scope_id, id),
    CONSTRAINT fk_schedule_settings_scope_id_default_calendar_id FOREIGN KEY(scope_id, default_calendar_id) REFERENCES work_calendar (scope_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_schedule_settings_rules CHECK (rules IN ('p6', 'msp', 'gantry')),
    CONSTRAINT ck_schedule_settings_progressmode CHECK (progress_mode IN ('retained_logic', 'override', 'actual_dates')),
    CONSTRAINT ck_schedule_settings_lagcalendar CHECK (lag_calendar IN ('predecessor', 'successor', 'project', '24h')),
    CONSTRAINT ck_schedule_settings_floatkind CHECK (float_kind IN ('start', 'finish', 'smallest'))
);

CREATE TABLE task (
    scope_id UUID NOT NULL,
    id UUID NOT NULL,
    parent_id UUID,
    position BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    code VARCHAR(120) NOT NULL,
    name VARCHAR(500) NOT NULL,
    calendar_id UUID,
    duration_minutes BIGINT NOT NULL,
    remaining_minutes BIGINT,
    percent_complete NUMERIC(12, 6) NOT NULL,
    actual_start TIMESTAMP WITHOUT TIME ZONE,
    actual_finish TIMESTAMP WITHOUT TIME ZONE,
    suspended_at TIMESTAMP WITHOUT TIME ZONE,
    resumed_at TIMESTAMP WITHOUT TIME ZONE,
    expected_finish TIMESTAMP WITHOUT TIME ZONE,
    constraint_kind VARCHAR(40) NOT NULL,
    constraint_at TIMESTAMP WITHOUT TIME ZONE,
    second_constraint_kind VARCHAR(40),
    second_constraint_at TIMESTAMP WITHOUT TIME ZONE,
    deadline TIMESTAMP WITHOUT TIME ZONE,
    elapsed_duration BOOLEAN NOT NULL,
    pinned_start TIMESTAMP WITHOUT TIME ZONE,
    pinned_finish TIMESTAMP WITHOUT TIME ZONE,
    note TEXT NOT NULL,
    row_version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by VARCHAR(63) NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by VARCHAR(63) NOT NULL,
    CONSTRAINT pk_task PRIMARY KEY (scope_id, id),
    CONSTRAINT fk_task_scope_id_parent_id FOREIGN KEY(scope_id, parent_id) REFERENCES task (scope_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_task_scope_id_calendar_id FOREIGN KEY(scope_id, calendar_id) REFERENCES work_calendar (scope_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_task_duration CHECK (duration_minutes >= 0),
    CONSTRAINT ck_task_remaining CHECK (remaining_minutes >= 0),
    CONSTRAINT ck_task_own_parent CHECK (parent_id <> id),
    CONSTRAINT ck_task_activitykind CHECK (kind IN ('task', 'start_milestone', 'finish_milestone', 'level_of_effort', 'summary')),
    CONSTRAINT ck_task_first_constraint CHECK (constraint_kind IN ('asap', 'alap', 'snet', 'snlt', 'fnet', 'fnlt', 'start_on', 'finish_on', 'mso', 'mfo')),
    CONSTRAINT ck_task_second_constraint CHECK (second_constraint_kind IN ('asap', 'alap', 'snet', 'snlt', 'fnet', 'fnlt', 'start_on', 'finish_on', 'mso', 'mfo'))
);

CREATE INDEX ix_task_parent ON task (scope_id, parent_id, position);

CREATE TABLE task_link (
    scope_id UUID NOT NULL,
    id UUID NOT NULL,
    predecessor_id UUID NOT NULL,
    successor_id UUID NOT NULL,
    type VARCHAR(40) NOT NULL,
    lag BIGINT NOT NULL,
    lag_kind VARCHAR(40) NOT NULL,
    row_version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by VARCHAR(63) NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by VARCHAR(63) NOT NULL,
    CONSTRAINT pk_task_link PRIMARY KEY (scope_id, id),
    CONSTRAINT fk_task_link_scope_id_predecessor_id FOREIGN KEY(scope_id, predecessor_id) REFERENCES task (scope_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_task_link_scope_id_successor_id FOREIGN KEY(scope_id, successor_id) REFERENCES task (scope_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_task_link_scope_id_predecessor_id_successor_id_type UNIQUE (scope_id, predecessor_id, successor_id, type),
    CONSTRAINT ck_task_link_two_ends CHECK (predecessor_id <> successor_id),
    CONSTRAINT ck_task_link_linktype CHECK (type IN ('FS', 'SS', 'FF', 'SF')),
    CONSTRAINT ck_task_link_lagkind CHECK (lag_kind IN ('working', 'elapsed', 'percent'))
);

CREATE INDEX ix_task_link_successor ON task_link (scope_id, successor_id);

CREATE TABLE audit_head (
    partition INTEGER NOT NULL,
    n BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    CONSTRAINT pk_audit_head PRIMARY KEY (partition)
);

CREATE TABLE audit_log (
    n BIGINT NOT NULL,
    op_id UUID NOT NULL,
    scope_id UUID NOT NULL,
    actor VARCHAR(63) NOT NULL,
    kind VARCHAR(80) NOT NULL,
    state VARCHAR(10) NOT NULL,
    payload_hash BYTEA NOT NULL,
    previous_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_audit_log PRIMARY KEY (n),
    CONSTRAINT uq_audit_log_op_id UNIQUE (op_id)
);

CREATE TABLE change_feed (
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    seq BIGINT GENERATED ALWAYS AS IDENTITY,
    scope_id UUID NOT NULL,
    row_table VARCHAR(63) NOT NULL,
    row_id UUID NOT NULL,
    op VARCHAR(1) NOT NULL,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_change_feed PRIMARY KEY (seq),
    CONSTRAINT ck_change_feed_op CHECK (op in ('I', 'U', 'D'))
);

CREATE INDEX ix_change_feed_scope ON change_feed (scope_id, xid, seq);

CREATE INDEX ix_change_feed_xid ON change_feed (xid);

CREATE TABLE command_inbox (
    op_id UUID NOT NULL,
    received_no BIGINT GENERATED ALWAYS AS IDENTITY,
    scope_id UUID NOT NULL,
    actor VARCHAR(63) NOT NULL,
    on_behalf_of VARCHAR(63),
    device_id UUID NOT NULL,
    device_seq BIGINT NOT NULL,
    depends_on UUID,
    kind VARCHAR(80) NOT NULL,
    kind_version INTEGER NOT NULL,
    payload TEXT NOT NULL,
    payload_hash BYTEA NOT NULL,
    issued_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    done BOOLEAN DEFAULT false NOT NULL,
    CONSTRAINT pk_command_inbox PRIMARY KEY (op_id),
    CONSTRAINT uq_command_inbox_actor_device_id_device_seq UNIQUE (actor, device_id, device_seq),
    CONSTRAINT ck_command_inbox_payload_size CHECK (octet_length(payload) <= 65536),
    CONSTRAINT ck_command_inbox_device_seq_positive CHECK (device_seq > 0),
    CONSTRAINT ck_command_inbox_issued_at_sane CHECK (issued_at >= '1970-01-01 00:00:00+00' and issued_at < '9000-01-01 00:00:00+00'),
    CONSTRAINT uq_command_inbox_received_no UNIQUE (received_no)
);

CREATE INDEX ix_command_inbox_quota ON command_inbox (device_id) WHERE not done;

CREATE INDEX ix_command_inbox_waiting ON command_inbox (received_no) WHERE not done;

CREATE TABLE device (
    device_id UUID NOT NULL,
    actor VARCHAR(63) NOT NULL,
    lineage UUID,
    last_seq BIGINT DEFAULT 0 NOT NULL,
    first_seen TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    last_seen TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_device PRIMARY KEY (device_id)
);

CREATE TABLE document_number (
    scope_id UUID NOT NULL,
    series VARCHAR(40) NOT NULL,
    year INTEGER NOT NULL,
    last BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_document_number PRIMARY KEY (scope_id, series, year)
);

CREATE TABLE job (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    scope_id UUID NOT NULL,
    kind VARCHAR(80) NOT NULL,
    dedupe_key VARCHAR(200) NOT NULL,
    payload JSONB NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    attempts INTEGER DEFAULT 0 NOT NULL,
    done_at TIMESTAMP WITH TIME ZONE,
    last_error TEXT,
    CONSTRAINT pk_job PRIMARY KEY (id),
    CONSTRAINT uq_job_dedupe_key UNIQUE (dedupe_key)
);

CREATE INDEX ix_job_due ON job (due_at) WHERE done_at is null;

CREATE TABLE payload_chunk (
    scope_id UUID NOT NULL,
    sha256 BYTEA NOT NULL,
    actor VARCHAR(63) NOT NULL,
    body BYTEA NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_payload_chunk PRIMARY KEY (scope_id, sha256),
    CONSTRAINT ck_payload_chunk_body_size CHECK (octet_length(body) <= 262144),
    CONSTRAINT ck_payload_chunk_content_addressed CHECK (sha256 = sha256(body))
);

CREATE INDEX ix_payload_chunk_actor ON payload_chunk (actor);

CREATE TABLE server_meta (
    single BOOLEAN DEFAULT true NOT NULL,
    generation UUID DEFAULT gen_random_uuid() NOT NULL,
    schema_oldest INTEGER NOT NULL,
    schema_newest INTEGER NOT NULL,
    prune_floor xid8 DEFAULT '0'::xid8 NOT NULL,
    rights_epoch BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT pk_server_meta PRIMARY KEY (single),
    CONSTRAINT ck_server_meta_single_row CHECK (single)
);

CREATE TABLE worker_lease (
    partition INTEGER NOT NULL,
    holder UUID,
    epoch BIGINT DEFAULT 0 NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_worker_lease PRIMARY KEY (partition)
);

CREATE TABLE command_result (
    op_id UUID NOT NULL,
    scope_id UUID NOT NULL,
    actor VARCHAR(63) NOT NULL,
    state VARCHAR(10) NOT NULL,
    reason_id VARCHAR(80),
    reason_parameters JSONB,
    epoch BIGINT NOT NULL,
    applied_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_command_result PRIMARY KEY (op_id),
    CONSTRAINT ck_command_result_state CHECK (state in ('applied', 'refused', 'conflict', 'blocked')),
    CONSTRAINT fk_command_result_op_id FOREIGN KEY(op_id) REFERENCES command_inbox (op_id)
);

CREATE INDEX ix_command_result_actor ON command_result (actor, applied_at);
