-- What is booked stays: a move is never changed or taken out, not even by the worker.
create function app.stock_move_is_final() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    raise exception 'a stock move is never changed' using errcode = 'GA003';
end
$$;

-- Behind the handlers, against our own mistakes: on hand less short is the sum of all moves.
create function app.stock_balance_holds() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
    booked numeric;
    shown numeric;
begin
    select coalesce(sum(quantity), 0) into booked from public.stock_move
        where scope_id = new.scope_id and item_id = new.item_id and location_id = new.location_id;
    select coalesce(sum(on_hand - short_quantity), 0) into shown from public.stock_balance
        where scope_id = new.scope_id and item_id = new.item_id and location_id = new.location_id;
    if booked <> shown then
        raise exception 'balance % differs from the sum of moves %', shown, booked
            using errcode = 'GA004';
    end if;
    return null;
end
$$;

revoke all on function app.stock_move_is_final(), app.stock_balance_holds() from public;

create trigger stock_move_is_final before update or delete on stock_move
    for each row execute function app.stock_move_is_final();
create trigger stock_move_is_never_emptied before truncate on stock_move
    for each statement execute function app.stock_move_is_final();
create constraint trigger stock_balance_holds after insert on stock_move
    deferrable initially deferred for each row execute function app.stock_balance_holds();
create constraint trigger stock_balance_holds after insert or update on stock_balance
    deferrable initially deferred for each row execute function app.stock_balance_holds();

do $$
declare
    synced text;
    columns text;
begin
    foreach synced in array array[
        'stock_item', 'stock_location', 'stock_move', 'stock_balance', 'stock_count'
    ] loop
        execute format('grant select on %I to gantry_person', synced);
        execute format('grant select, insert on %I to gantry_worker', synced);
        if synced <> 'stock_move' then
            select string_agg(quote_ident(column_name), ', ') into columns
                from information_schema.columns
                where table_schema = 'public' and table_name = synced
                  and column_name not in ('scope_id', 'id');
            execute format('grant update (%s), delete on %I to gantry_worker', columns, synced);
        end if;
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

-- Desks that do not know these tables yet are served as before.
update server_meta set schema_newest = 2;
