-- Operators see where they are signed in, and end it: a session gets a name that is no secret, and the browser it began in.

alter table operator_sessions
  add column session_id uuid not null default gen_random_uuid() unique,
  add column device_name text not null default '' check (length(device_name) <= 80);
comment on column operator_sessions.device_name is 'Browser and system as the browser said them; empty where it said nothing known';
