CREATE TABLE ledger_period (
    scope_id UUID NOT NULL,
    id UUID NOT NULL,
    year INTEGER NOT NULL,
    month INTEGER NOT NULL,
    state VARCHAR(40) NOT NULL,
    closed_by VARCHAR(63) NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    row_version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by VARCHAR(63) NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by VARCHAR(63) NOT NULL,
    CONSTRAINT pk_ledger_period PRIMARY KEY (scope_id, id),
    CONSTRAINT uq_ledger_period_scope_id_year_month UNIQUE (scope_id, year, month),
    CONSTRAINT ck_ledger_period_month CHECK (month between 1 and 12),
    CONSTRAINT ck_ledger_period_periodstate CHECK (state IN ('open', 'closed'))
);

CREATE TABLE ledger_entry (
    scope_id UUID NOT NULL,
    id UUID NOT NULL,
    business_date DATE NOT NULL,
    summary VARCHAR(300) NOT NULL,
    party VARCHAR(200) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    reverses_id UUID,
    state VARCHAR(40) NOT NULL,
    number VARCHAR(40),
    provisional VARCHAR(40) NOT NULL,
    content_hash VARCHAR(64) NOT NULL,
    remark VARCHAR(300) NOT NULL,
    edited_by VARCHAR(63) NOT NULL,
    submitted_by VARCHAR(63) NOT NULL,
    submitted_at TIMESTAMP WITH TIME ZONE,
    approved_by VARCHAR(63) NOT NULL,
    approved_at TIMESTAMP WITH TIME ZONE,
    posted_by VARCHAR(63) NOT NULL,
    posted_at TIMESTAMP WITH TIME ZONE,
    row_version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by VARCHAR(63) NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by VARCHAR(63) NOT NULL,
    CONSTRAINT pk_ledger_entry PRIMARY KEY (scope_id, id),
    CONSTRAINT fk_ledger_entry_scope_id_reverses_id FOREIGN KEY(scope_id, reverses_id) REFERENCES ledger_entry (scope_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_ledger_entry_scope_id_reverses_id UNIQUE (scope_id, reverses_id),
    CONSTRAINT uq_ledger_entry_scope_id_number UNIQUE (scope_id, number),
    CONSTRAINT ck_ledger_entry_numbered CHECK ((state = 'posted') = (number is not null)),
    CONSTRAINT ck_ledger_entry_reverses CHECK ((kind = 'reversal') = (reverses_id is not null)),
    CONSTRAINT ck_ledger_entry_entrykind CHECK (kind IN ('normal', 'reversal')),
    CONSTRAINT ck_ledger_entry_entrystate CHECK (state IN ('draft', 'submitted', 'returned', 'approved', 'posted'))
);

CREATE INDEX ix_ledger_entry_business_date ON ledger_entry (scope_id, business_date);

CREATE TABLE ledger_line (
    scope_id UUID NOT NULL,
    id UUID NOT NULL,
    entry_id UUID NOT NULL,
    position INTEGER NOT NULL,
    account VARCHAR(40) NOT NULL,
    text VARCHAR(300) NOT NULL,
    debit NUMERIC(18, 2) NOT NULL,
    credit NUMERIC(18, 2) NOT NULL,
    row_version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by VARCHAR(63) NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by VARCHAR(63) NOT NULL,
    CONSTRAINT pk_ledger_line PRIMARY KEY (scope_id, id),
    CONSTRAINT fk_ledger_line_scope_id_entry_id FOREIGN KEY(scope_id, entry_id) REFERENCES ledger_entry (scope_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_ledger_line_one_side CHECK (debit >= 0 and credit >= 0 and (debit > 0) <> (credit > 0))
);

CREATE INDEX ix_ledger_line_entry_id ON ledger_line (scope_id, entry_id, position);
