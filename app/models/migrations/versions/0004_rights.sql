-- A person must not be able to hold up everybody: locks of one's own naming fill the table of locks
-- that all share, and messages in the write-ahead log fill the disk.
do $$
declare
    shared text;
begin
    for shared in select oid::regprocedure from pg_proc
        where pronamespace = 'pg_catalog'::regnamespace
          and proname ~ '^(pg_(try_)?advisory_|pg_logical_emit_message$)'
    loop
        execute format('revoke execute on function %s from public', shared);
    end loop;
end
$$;

-- A new role of the cluster; it may be there from another database of ours.
do $$
begin
    create role gantry_warden nologin;
exception when duplicate_object or unique_violation then
    null;
end
$$;
grant pg_signal_backend, pg_read_all_stats to gantry_warden;
grant usage on schema public, app to gantry_warden;
-- Logins of people can use up the connections; the worker has some of its own, if the server does.
grant pg_use_reserved_connections to gantry_worker;

-- What a login may use of the disk for sorting is not the client's to choose.
do $$
declare
    login text;
begin
    for login in select member::regrole from pg_auth_members
        where roleid = 'gantry_person'::regrole
    loop
        execute format('alter role %s set temp_file_limit = ''1GB''', login);
    end loop;
end
$$;

-- A device is bound to its actor. Another person's open transaction that names the same device keeps
-- its owner waiting for two seconds at most: the desk then goes on as another device.
create or replace function app.command_arrives() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    holder text;
    patience text;
begin
    new.payload_hash := sha256(convert_to(new.payload, 'UTF8'));
    new.received_at := clock_timestamp();
    select actor into holder from public.device where device_id = new.device_id;
    if holder is null then
        patience := current_setting('lock_timeout');
        perform set_config('lock_timeout', '2s', true);
        begin
            insert into public.device (device_id, actor) values (new.device_id, new.actor)
                on conflict do nothing;
        exception when lock_not_available then
            raise exception 'device belongs to another person' using errcode = 'GA001';
        end;
        perform set_config('lock_timeout', patience, true);
        select actor into holder from public.device where device_id = new.device_id;
    end if;
    if holder is distinct from new.actor then
        raise exception 'device belongs to another person' using errcode = 'GA001';
    end if;
    return new;
end
$$;

-- The quota is a person's: devices cost nothing. A queue of notifications that somebody fills stops
-- everybody who would add to it, so that nothing is added from the half on: the worker looks every
-- second by itself, and desks once a minute.
create or replace function app.commands_arrived() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (
        select from public.command_inbox as waiting
        where not waiting.done and waiting.actor in (select actor from arrived)
        group by waiting.actor having count(*) > 50000
    ) then
        raise exception 'too many commands wait for this person' using errcode = 'GA002';
    end if;
    if pg_notification_queue_usage() < 0.5 then
        perform pg_notify('gantry_inbox', '');
    end if;
    return null;
end
$$;

drop index ix_command_inbox_quota;
create index ix_command_inbox_quota on command_inbox (actor) where not done;

-- Everybody keeps the own chunks: nobody learns, holds up or outlives what another has stored.
alter table payload_chunk drop constraint pk_payload_chunk;
alter table payload_chunk add constraint pk_payload_chunk primary key (actor, scope_id, sha256);
drop index ix_payload_chunk_actor;

-- Ends the sessions of people that are for too long in a transaction without doing anything, in one
-- statement, or in one transaction, and tells how many. A client can SET every time-out of its own.
create function app.end_overdue(idle interval, statement interval, whole interval) returns bigint
language sql security definer
set search_path = pg_catalog, pg_temp
as $$
    select count(*) filter (where pg_terminate_backend(session.pid))
    from pg_stat_activity as session
    join pg_roles as login on login.oid = session.usesysid
    where not login.rolsuper
      and exists (
          select from pg_auth_members
          where member = login.oid and roleid = to_regrole('gantry_person')
      )
      and (
          session.state like 'idle in transaction%'
              and session.state_change < clock_timestamp() - idle
          or session.state = 'active' and session.query_start < clock_timestamp() - statement
          or session.xact_start < clock_timestamp() - whole
      )
$$;
revoke all on function app.end_overdue(interval, interval, interval) from public;
grant create on schema app to gantry_warden;
alter function app.end_overdue(interval, interval, interval) owner to gantry_warden;
revoke create on schema app from gantry_warden;
grant execute on function app.end_overdue(interval, interval, interval) to gantry_worker;
