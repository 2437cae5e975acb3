-- Whoever gives jobs to others does not see what these jobs see.
do $$
declare
    job text;
begin
    for job in select rolname from pg_roles where rolname like 'gantry\_job\_%' loop
        execute format('grant %I to gantry_rights with inherit false', job);
    end loop;
end
$$;

-- Money: a person reads it by a job that may, in the own scopes. What is posted, nobody changes.
do $$
declare
    synced text;
    job text;
begin
    foreach synced in array array['ledger_period', 'ledger_entry', 'ledger_line'] loop
        foreach job in array array['administrator', 'manager', 'project_manager', 'finance_clerk',
                                   'commercial'] loop
            execute format('grant select on %I to gantry_job_%s', synced, job);
        end loop;
        execute format('grant select, insert on %I to gantry_worker', synced);
        execute format('alter table %I enable row level security', synced);
        execute format('alter table %I force row level security', synced);
        execute format(
            'create policy worker on %I to gantry_worker using (true) with check (true)', synced);
        execute format(
            'create policy scope on %I for select to gantry_person '
            'using (scope_id = any((select app.my_scopes())::uuid[]))', synced);
        execute format(
            'create trigger feed_insert after insert on %I referencing new table as new_rows '
            'for each statement execute function app.feed_insert()', synced);
        execute format(
            'create trigger feed_update after update on %I referencing new table as new_rows '
            'for each statement execute function app.feed_update()', synced);
        execute format(
            'create trigger feed_delete after delete on %I referencing old table as old_rows '
            'for each statement execute function app.feed_delete()', synced);
    end loop;
end
$$;

grant update (state, closed_by, closed_at, row_version, updated_at, updated_by)
    on ledger_period to gantry_worker;
grant update (business_date, summary, party, state, number, content_hash, remark, edited_by,
              submitted_by, submitted_at, approved_by, approved_at, posted_by, posted_at,
              row_version, updated_at, updated_by)
    on ledger_entry to gantry_worker;
grant delete on ledger_line to gantry_worker;

-- From here on these roles decide what is seen; nothing asked for them before.
select app.align_jobs(login) from person;

-- Keys in the feed and edits in the inbox of clashes tell of money, too.
do $$
declare
    telling text;
    job text;
begin
    foreach telling in array array['change_feed', 'conflict'] loop
        execute format('drop policy scope on %I', telling);
        execute format(
            'create policy scope on %I for select to gantry_person '
            'using (scope_id = any((select app.my_scopes())::uuid[]) and row_table !~ ''^ledger_'')',
            telling);
        foreach job in array array['administrator', 'manager', 'project_manager', 'finance_clerk',
                                   'commercial'] loop
            execute format(
                'create policy %I on %I for select to %I '
                'using (scope_id = any((select app.my_scopes())::uuid[]))',
                'money_' || job, telling, 'gantry_job_' || job);
        end loop;
    end loop;
end
$$;

create function app.ledger_keeps() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    raise exception 'what is posted never changes: a reversal takes it back' using errcode = 'GA003';
end
$$;

create function app.ledger_line_changes() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
    touched uuid[] := case tg_op when 'INSERT' then array[new.entry_id]
        when 'DELETE' then array[old.entry_id] else array[old.entry_id, new.entry_id] end;
    scope uuid := case tg_op when 'DELETE' then old.scope_id else new.scope_id end;
begin
    if exists (
        select from public.ledger_entry
        where scope_id = scope and id = any(touched) and state = 'posted'
    ) then
        raise exception 'lines of a posted entry never change' using errcode = 'GA003';
    end if;
    return case tg_op when 'DELETE' then old else new end;
end
$$;

create function app.ledger_balances() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
    debits numeric;
    credits numeric;
begin
    select coalesce(sum(debit), 0), coalesce(sum(credit), 0) into debits, credits
        from public.ledger_line where scope_id = new.scope_id and entry_id = new.id;
    if debits <> credits or debits <= 0 then
        raise exception 'debit % and credit % of a posted entry differ', debits, credits
            using errcode = 'GA004';
    end if;
    return null;
end
$$;

revoke all on function app.ledger_keeps(), app.ledger_line_changes(), app.ledger_balances() from public;

create trigger keeps before update or delete on ledger_entry
    for each row when (old.state = 'posted') execute function app.ledger_keeps();
create trigger keeps before insert or update or delete on ledger_line
    for each row execute function app.ledger_line_changes();
create trigger keeps_all before truncate on ledger_entry
    for each statement execute function app.ledger_keeps();
create trigger keeps_all before truncate on ledger_line
    for each statement execute function app.ledger_keeps();
create trigger keeps_all before truncate on ledger_period
    for each statement execute function app.ledger_keeps();
create constraint trigger balances after insert or update on ledger_entry
    deferrable initially deferred
    for each row when (new.state = 'posted') execute function app.ledger_balances();
