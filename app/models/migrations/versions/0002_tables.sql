CREATE TABLE stock_item (
    scope_id UUID NOT NULL,
    id UUID NOT NULL,
    code VARCHAR(40) NOT NULL,
    name VARCHAR(200) NOT NULL,
    unit VARCHAR(20) NOT NULL,
    spec VARCHAR(200) NOT NULL,
    note TEXT NOT NULL,
    row_version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by VARCHAR(63) NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by VARCHAR(63) NOT NULL,
    CONSTRAINT pk_stock_item PRIMARY KEY (scope_id, id),
    CONSTRAINT uq_stock_item_scope_id_code UNIQUE (scope_id, code)
);

CREATE TABLE stock_location (
    scope_id UUID NOT NULL,
    id UUID NOT NULL,
    code VARCHAR(40) NOT NULL,
    name VARCHAR(200) NOT NULL,
    row_version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by VARCHAR(63) NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by VARCHAR(63) NOT NULL,
    CONSTRAINT pk_stock_location PRIMARY KEY (scope_id, id),
    CONSTRAINT uq_stock_location_scope_id_code UNIQUE (scope_id, code)
);

CREATE TABLE stock_move (
    scope_id UUID NOT NULL,
    id UUID NOT NULL,
    item_id UUID NOT NULL,
    location_id UUID NOT NULL,
    kind VARCHAR(40) NOT NULL,
    quantity NUMERIC(18, 4) NOT NULL,
    business_date DATE NOT NULL,
    is_fact BOOLEAN NOT NULL,
    document VARCHAR(120) NOT NULL,
    task_id UUID,
    reverses_id UUID,
    note TEXT NOT NULL,
    row_version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by VARCHAR(63) NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by VARCHAR(63) NOT NULL,
    CONSTRAINT pk_stock_move PRIMARY KEY (scope_id, id),
    CONSTRAINT fk_stock_move_scope_id_item_id FOREIGN KEY(scope_id, item_id) REFERENCES stock_item (scope_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_stock_move_scope_id_location_id FOREIGN KEY(scope_id, location_id) REFERENCES stock_location (scope_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_stock_move_scope_id_reverses_id FOREIGN KEY(scope_id, reverses_id) REFERENCES stock_move (scope_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_stock_move_scope_id_reverses_id UNIQUE (scope_id, reverses_id),
    CONSTRAINT ck_stock_move_quantity CHECK (quantity <> 0),
    CONSTRAINT ck_stock_move_movekind CHECK (kind IN ('receipt', 'issue', 'transfer_out', 'transfer_in', 'adjustment', 'reversal'))
);

CREATE INDEX ix_stock_move_place ON stock_move (scope_id, item_id, location_id);

CREATE TABLE stock_balance (
    scope_id UUID NOT NULL,
    id UUID NOT NULL,
    item_id UUID NOT NULL,
    location_id UUID NOT NULL,
    on_hand NUMERIC(18, 4) NOT NULL,
    short_quantity NUMERIC(18, 4) NOT NULL,
    row_version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by VARCHAR(63) NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by VARCHAR(63) NOT NULL,
    CONSTRAINT pk_stock_balance PRIMARY KEY (scope_id, id),
    CONSTRAINT fk_stock_balance_scope_id_item_id FOREIGN KEY(scope_id, item_id) REFERENCES stock_item (scope_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_stock_balance_scope_id_location_id FOREIGN KEY(scope_id, location_id) REFERENCES stock_location (scope_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_stock_balance_scope_id_item_id_location_id UNIQUE (scope_id, item_id, location_id),
    CONSTRAINT ck_stock_balance_on_hand CHECK (on_hand >= 0),
    CONSTRAINT ck_stock_balance_short CHECK (short_quantity >= 0)
);

CREATE TABLE stock_count (
    scope_id UUID NOT NULL,
    id UUID NOT NULL,
    item_id UUID NOT NULL,
    location_id UUID NOT NULL,
    state VARCHAR(40) NOT NULL,
    counted NUMERIC(18, 4),
    row_version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by VARCHAR(63) NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by VARCHAR(63) NOT NULL,
    CONSTRAINT pk_stock_count PRIMARY KEY (scope_id, id),
    CONSTRAINT fk_stock_count_scope_id_item_id FOREIGN KEY(scope_id, item_id) REFERENCES stock_item (scope_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_stock_count_scope_id_location_id FOREIGN KEY(scope_id, location_id) REFERENCES stock_location (scope_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_stock_count_countstate CHECK (state IN ('open', 'done'))
);

CREATE INDEX ix_stock_count_place ON stock_count (scope_id, item_id, location_id);
