do $$
declare
    telling text;
    job text;
begin
    foreach telling in array array['change_feed', 'conflict'] loop
        foreach job in array array['administrator', 'manager', 'project_manager', 'finance_clerk',
                                   'commercial'] loop
            execute format('drop policy %I on %I', 'money_' || job, telling);
        end loop;
        execute format('drop policy scope on %I', telling);
        execute format(
            'create policy scope on %I for select to gantry_person '
            'using (scope_id = any((select app.my_scopes())::uuid[]))', telling);
    end loop;
end
$$;
drop table ledger_line, ledger_entry, ledger_period;
drop function app.ledger_keeps(), app.ledger_line_changes(), app.ledger_balances();
