drop function app.history(bigint, text, uuid, uuid, uuid);
drop function app.claim_device(uuid, uuid, uuid);
drop table device_token;
alter table device add column lineage uuid;
revoke select on device, audit_head, audit_log from gantry_reader;
