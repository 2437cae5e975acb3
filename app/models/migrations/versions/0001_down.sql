drop table change_feed, command_result, command_inbox, payload_chunk, document_number, audit_log,
    audit_head, worker_lease, device, server_meta, job, conflict, task_link, task,
    schedule_settings, calendar_day, work_calendar, project, scope_member, person;
drop schema app cascade;
do $$
declare
    writing text;
begin
    for writing in select oid::regprocedure from pg_proc
        where pronamespace = 'pg_catalog'::regnamespace
          and proname in ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_put', 'lo_open', 'lowrite',
                          'lo_truncate', 'lo_truncate64', 'lo_unlink')
    loop
        execute format('grant execute on function %s to public', writing);
    end loop;
end
$$;
