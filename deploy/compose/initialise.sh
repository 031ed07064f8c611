#!/bin/sh
# Once, on an empty database: roles, database, who may copy it. apps/server/src/db/roles.ts is the same.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres \
  -v app="$JKB_APP_PASSWORD" -v migrator="$JKB_MIGRATOR_PASSWORD" \
  -v readonly="$JKB_READONLY_PASSWORD" -v replication="$REPLICATION_PASSWORD" <<'SQL'
create role jkb_migrator login nosuperuser nocreatedb nocreaterole password :'migrator';
create role jkb_app login nosuperuser nocreatedb nocreaterole password :'app';
create role jkb_readonly login nosuperuser nocreatedb nocreaterole password :'readonly';
create role replicator login replication password :'replication';
create database jiankangbao owner jkb_migrator template template0 encoding 'UTF8';
revoke all on database jiankangbao from public;
grant connect on database jiankangbao to jkb_app, jkb_readonly;
SQL
# The official image lets passwords in for ordinary databases only.
printf 'host replication replicator all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"
