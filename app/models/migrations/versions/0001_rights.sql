-- A person writes to the inbox and to nothing else: not even large objects, which PostgreSQL lets
-- everybody make.
do $$
declare
    writing text;
begin
    for writing in select oid::regprocedure from pg_proc
        where pronamespace = 'pg_catalog'::regnamespace
          and proname in ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_put', 'lo_open', 'lowrite',
                          'lo_truncate', 'lo_truncate64', 'lo_unlink')
    loop
        execute format('revoke execute on function %s from public', writing);
    end loop;
end
$$;

revoke all on schema public from public;
grant usage on schema public to gantry_person, gantry_worker, gantry_reader, gantry_intake, gantry_rights,
    gantry_pruner;

create schema app;
revoke all on schema app from public;
grant usage on schema app to gantry_person, gantry_worker, gantry_reader, gantry_intake, gantry_rights,
    gantry_pruner;

-- Who is asking. Never a setting that a client can choose: the login, or the role that the gateway
-- took on for one transaction.
create function app.me() returns text
language sql stable parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select case current_setting('role') when 'none' then session_user::text
           else current_setting('role') end
$$;

create function app.my_scopes() returns uuid[]
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(array_agg(distinct found.scope_id), '{}')
    from (
        select scope_id from public.scope_member where person = app.me()
        union all
        select id from public.project
        where exists (
            select from public.scope_member
            where scope_id = '00000000-0000-7000-8000-000000000001'
              and person = app.me() and job = 'administrator'
        )
    ) as found
    where not exists (
        select from public.person
        where scope_id = '00000000-0000-7000-8000-000000000001'
          and login = app.me() and not active
    )
$$;

-- The first words of every pull: which server this is, what it speaks, what the caller may see.
create function app.hello() returns jsonb
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'me', app.me(),
        'system', (select system_identifier::text from pg_control_system()),
        -- The control file names the old timeline until the first checkpoint after a promotion.
        'timeline', case when pg_is_in_recovery() then (select timeline_id from pg_control_checkpoint())
            else ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::integer end,
        'standby', pg_is_in_recovery(),
        'generation', meta.generation,
        'schema_oldest', meta.schema_oldest,
        'schema_newest', meta.schema_newest,
        'prune_floor', meta.prune_floor::text,
        'rights_epoch', meta.rights_epoch,
        'now', clock_timestamp(),
        'scopes', (
            select coalesce(jsonb_object_agg(scope, jobs), '{}')
            from (
                select scope, (
                    select coalesce(jsonb_agg(job order by job), '[]') from public.scope_member
                    where scope_id = scope and person = app.me()
                ) as jobs
                from unnest(app.my_scopes()) as scope
            ) as held
        )
    )
    from public.server_meta as meta
$$;

-- Before a command is stored: its hash is ours, its device belongs to its actor.
create function app.command_arrives() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    holder text;
begin
    new.payload_hash := sha256(convert_to(new.payload, 'UTF8'));
    new.received_at := clock_timestamp();
    insert into public.device (device_id, actor) values (new.device_id, new.actor)
        on conflict do nothing;
    select actor into holder from public.device where device_id = new.device_id;
    if holder is distinct from new.actor then
        raise exception 'device belongs to another person' using errcode = 'GA001';
    end if;
    return new;
end
$$;

-- After a batch is stored: a quota for each device, and the worker is woken.
create function app.commands_arrived() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (
        select from public.command_inbox as waiting
        where not waiting.done and waiting.device_id in (select device_id from arrived)
        group by waiting.device_id having count(*) > 50000
    ) then
        raise exception 'too many commands wait for this device' using errcode = 'GA002';
    end if;
    perform pg_notify('gantry_inbox', '');
    return null;
end
$$;

-- After chunks are stored: half a gibibyte for each person until the worker sweeps them.
create function app.chunks_arrived() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (
        select from public.payload_chunk as stored
        where stored.actor in (select actor from arrived)
        group by stored.actor having count(*) > 2048
    ) then
        raise exception 'too many chunks wait for this person' using errcode = 'GA002';
    end if;
    return null;
end
$$;

create function app.feed_insert() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    insert into public.change_feed (scope_id, row_table, row_id, op)
        select scope_id, tg_table_name, id, 'I' from new_rows;
    return null;
end
$$;

create function app.feed_update() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    insert into public.change_feed (scope_id, row_table, row_id, op)
        select scope_id, tg_table_name, id, 'U' from new_rows;
    return null;
end
$$;

create function app.feed_delete() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    insert into public.change_feed (scope_id, row_table, row_id, op)
        select scope_id, tg_table_name, id, 'D' from old_rows;
    return null;
end
$$;

-- Gives a person's login the group roles of the jobs held anywhere, and takes the others away.
create function app.align_jobs(login text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    wanted record;
begin
    if not exists (select from pg_roles where rolname = login) then
        return;
    end if;
    for wanted in
        select role.rolname, exists (
            select from public.scope_member
            where person = login and 'gantry_job_' || job = role.rolname
        ) as held
        from pg_roles as role where role.rolname like 'gantry\_job\_%'
    loop
        if wanted.held then
            execute format('grant %I to %I with inherit true, set false', wanted.rolname, login);
        elsif pg_has_role(login, wanted.rolname, 'member') then
            execute format('revoke %I from %I', wanted.rolname, login);
        end if;
    end loop;
    update public.server_meta set rights_epoch = rights_epoch + 1;
end
$$;

-- Throws away entries of the feed that are older than `kept`, at most `most` of them, and raises the
-- floor past them: a cursor from before it is no good any more. The feed is nearly in the order of
-- time, so that only its beginning has to be looked at. Nobody can throw away the last day.
create function app.prune_feed(kept interval, most integer) returns bigint
language sql security definer
set search_path = pg_catalog, pg_temp
as $$
    with oldest as (select seq, at from public.change_feed order by seq limit most),
    gone as (
        delete from public.change_feed
        where seq in (select seq from oldest where at < now() - greatest(kept, interval '1 day'))
        returning xid
    ),
    raised as (
        update public.server_meta set prune_floor = greatest(prune_floor, past.floor)
        from (select (max(xid::text::numeric) + 1)::text::xid8 as floor from gone) as past
        where past.floor is not null
    )
    select count(*) from gone
$$;

revoke all on all functions in schema app from public;

do $$
declare
    part record;
begin
    for part in
        select * from (values
            ('app.my_scopes()', 'gantry_reader'), ('app.hello()', 'gantry_reader'),
            ('app.command_arrives()', 'gantry_intake'), ('app.commands_arrived()', 'gantry_intake'),
            ('app.chunks_arrived()', 'gantry_intake'),
            ('app.align_jobs(text)', 'gantry_rights'),
            ('app.prune_feed(interval, integer)', 'gantry_pruner')
        ) as owned (function, owner)
    loop
        execute format('grant create on schema app to %I', part.owner);
        execute format('alter function %s owner to %I', part.function, part.owner);
        execute format('revoke create on schema app from %I', part.owner);
    end loop;
end
$$;

grant execute on function app.me() to
    gantry_person, gantry_worker, gantry_reader, gantry_intake, gantry_rights;
grant execute on function app.my_scopes() to gantry_person, gantry_worker, gantry_reader;
grant execute on function app.hello() to gantry_person, gantry_worker;
grant execute on function app.align_jobs(text) to gantry_worker;
grant execute on function app.prune_feed(interval, integer) to gantry_worker;

grant select on scope_member, project, person, server_meta to gantry_reader;
grant select, insert on device to gantry_intake;
grant select on command_inbox, payload_chunk to gantry_intake;
grant select on scope_member to gantry_rights;
grant select, update (rights_epoch) on server_meta to gantry_rights;
grant select, delete on change_feed to gantry_pruner;
grant select, update (prune_floor) on server_meta to gantry_pruner;

-- Synced tables: a person sees the rows of the own scopes, the worker writes, keys never change.
do $$
declare
    synced text;
    columns text;
begin
    foreach synced in array array[
        'person', 'scope_member', 'project', 'work_calendar', 'calendar_day', 'schedule_settings',
        'task', 'task_link', 'conflict'
    ] loop
        execute format('grant select on %I to gantry_person', synced);
        execute format('grant select, insert, delete on %I to gantry_worker', synced);
        select string_agg(quote_ident(column_name), ', ') into columns
            from information_schema.columns
            where table_schema = 'public' and table_name = synced
              and column_name not in ('scope_id', 'id');
        execute format('grant update (%s) on %I to gantry_worker', columns, synced);
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

create policy own on scope_member for select to gantry_person using (person = app.me());
create policy rights on scope_member for select to gantry_rights using (true);

-- The protocol's tables.
grant select on command_inbox to gantry_person;
grant insert (op_id, scope_id, actor, device_id, device_seq, depends_on, kind, kind_version,
              payload, issued_at) on command_inbox to gantry_person;
grant insert (on_behalf_of) on command_inbox to gantry_gateway;
create policy own on command_inbox for select to gantry_person using (actor = app.me());
create policy own_insert on command_inbox for insert to gantry_person
    with check (actor = app.me());
create policy intake on command_inbox for select to gantry_intake using (true);

grant select on payload_chunk to gantry_person;
grant insert (scope_id, sha256, actor, body) on payload_chunk to gantry_person;
create policy own on payload_chunk for select to gantry_person using (actor = app.me());
create policy own_insert on payload_chunk for insert to gantry_person
    with check (actor = app.me());
create policy intake on payload_chunk for select to gantry_intake using (true);

grant select on command_result to gantry_person;
create policy own on command_result for select to gantry_person using (actor = app.me());

grant select on change_feed to gantry_person;
create policy scope on change_feed for select to gantry_person
    using (scope_id = any((select app.my_scopes())::uuid[]));

create policy intake on device to gantry_intake using (true) with check (true);
create policy reader on server_meta for select to gantry_reader using (true);
create policy rights on server_meta to gantry_rights using (true) with check (true);
create policy pruner on server_meta to gantry_pruner using (true) with check (true);
create policy pruner on change_feed to gantry_pruner using (true) with check (true);

grant select, update (done) on command_inbox to gantry_worker;
grant select, insert on command_result, change_feed, audit_log to gantry_worker;
grant select, delete on payload_chunk to gantry_worker;
grant select, insert, update on document_number, job to gantry_worker;
grant select, update on audit_head, worker_lease, device to gantry_worker;
grant select on server_meta to gantry_worker;

do $$
declare
    every text;
begin
    for every in select tablename from pg_tables where schemaname = 'public'
        and tablename <> 'alembic_version'
    loop
        execute format('alter table %I enable row level security', every);
        execute format('alter table %I force row level security', every);
        execute format(
            'create policy worker on %I to gantry_worker using (true) with check (true)', every);
    end loop;
end
$$;

create trigger command_arrives before insert on command_inbox
    for each row execute function app.command_arrives();
create trigger commands_arrived after insert on command_inbox
    referencing new table as arrived
    for each statement execute function app.commands_arrived();
create trigger chunks_arrived after insert on payload_chunk
    referencing new table as arrived
    for each statement execute function app.chunks_arrived();

insert into server_meta (schema_oldest, schema_newest) values (1, 1);
insert into worker_lease (partition) values (0);
insert into audit_head (partition, n, hash) values (0, 0, sha256('gantry'));

-- The administrator's command line acts under a name of its own, by the same door as everybody.
insert into scope_member
    (scope_id, id, person, job, row_version, created_at, created_by, updated_at, updated_by)
values
    ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002',
     'gantry_admin', 'administrator', 1, now(), 'gantry_admin', now(), 'gantry_admin');
