-- Roles belong to the whole cluster: they may be there from another database of ours.
do $$
declare
    wanted text;
begin
    foreach wanted in array array[
        'gantry_person', 'gantry_gateway', 'gantry_worker', 'gantry_reader', 'gantry_intake',
        'gantry_rights', 'gantry_pruner', 'gantry_job_administrator', 'gantry_job_manager',
        'gantry_job_project_manager', 'gantry_job_planner', 'gantry_job_finance_clerk',
        'gantry_job_storekeeper', 'gantry_job_commercial', 'gantry_job_safety_officer',
        'gantry_job_quality_officer', 'gantry_job_labour_clerk'
    ] loop
        begin
            execute format('create role %I nologin', wanted);
        exception when duplicate_object or unique_violation then
            null;
        end;
    end loop;
end
$$;

alter role gantry_reader bypassrls;

do $$
declare
    job text;
begin
    for job in select rolname from pg_roles where rolname like 'gantry\_job\_%' loop
        execute format('grant %I to gantry_rights with admin option', job);
    end loop;
end
$$;
