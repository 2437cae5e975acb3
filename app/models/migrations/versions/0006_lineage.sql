-- Apart from the devices that the worker writes: a person who keeps a transaction open holds up
-- nobody but the own desk. The actor in the key keeps everybody out of the others' way.
create table device_token (
    actor varchar(63) not null,
    device_id uuid not null,
    lineage uuid not null,
    constraint pk_device_token primary key (actor, device_id)
);
alter table device_token enable row level security;
alter table device_token force row level security;
create policy intake on device_token to gantry_intake using (true) with check (true);
grant select, insert, update (lineage) on device_token to gantry_intake;
grant select on device_token, device, audit_head, audit_log to gantry_reader;
alter table device drop column lineage;

-- Each push of a device hands in the token that the last one was given and brings the next: whoever
-- comes with an older one is a copy of that desk, or the server was set back. In one statement with
-- the push, so that both are kept or none; the row's lock keeps two pushes of one device apart.
create function app.claim_device(claimed uuid, held uuid, coming uuid) returns text
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    known uuid;
    made bigint;
begin
    select lineage into known from public.device_token
        where actor = app.me() and device_id = claimed for update;
    if known is null then
        if exists (
            select from public.device where device_id = claimed and actor <> app.me()
        ) then
            raise exception 'device belongs to another person' using errcode = 'GA001';
        end if;
        if held is not null then
            return 'other';
        end if;
        if (select count(*) from public.device_token where actor = app.me()) >= 1000 then
            raise exception 'too many devices of this person' using errcode = 'GA002';
        end if;
        insert into public.device_token (actor, device_id, lineage)
            values (app.me(), claimed, coming) on conflict do nothing;
        get diagnostics made = row_count;
        return case made when 1 then 'agreed' else 'other' end;
    end if;
    if known = held then
        update public.device_token set lineage = coming
            where actor = app.me() and device_id = claimed;
        return 'agreed';
    end if;
    -- Its answer was lost: what came with it is here, and nothing else may come under it.
    return case known when coming then 'repeated' else 'other' end;
end
$$;

-- Whether this is the server that a desk has seen: the entry of the audit log that it saw last, and
-- the token of its device.
create function app.history(seen_n bigint, seen_hash text, claimed uuid, held uuid, coming uuid)
returns jsonb
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'n', head.n,
        'hash', encode(head.hash, 'hex'),
        'known', coalesce(seen_n, 0) = 0 or exists (
            select from public.audit_log where n = seen_n and encode(hash, 'hex') = seen_hash
        ),
        'device_known', held is null or exists (
            select from public.device_token
            where actor = app.me() and device_id = claimed and lineage in (held, coming)
        -- Another person's device is refused when it is used, and says nothing of the server.
        ) or exists (
            select from public.device where device_id = claimed and actor <> app.me()
        )
    )
    from public.audit_head as head where head.partition = 0
$$;

revoke all on function app.claim_device(uuid, uuid, uuid) from public;
revoke all on function app.history(bigint, text, uuid, uuid, uuid) from public;

grant create on schema app to gantry_intake, gantry_reader;
alter function app.claim_device(uuid, uuid, uuid) owner to gantry_intake;
alter function app.history(bigint, text, uuid, uuid, uuid) owner to gantry_reader;
revoke create on schema app from gantry_intake, gantry_reader;
grant execute on function app.claim_device(uuid, uuid, uuid) to gantry_person;
grant execute on function app.history(bigint, text, uuid, uuid, uuid) to gantry_person;
