drop table change_feed, command_result, command_inbox, payload_chunk, document_number, audit_log,
    audit_head, worker_lease, device, server_meta, job, conflict, task_link, task,
    schedule_settings, calendar_day, work_calendar, project, scope_member, person;
drop schema app cascade;
