#!/bin/sh
# A backup every day (deploy/postgresql/backup.sh); the log in between is archived by PostgreSQL itself, every minute at the least.
set -eu
until pgbackrest --stanza=jiankangbao stanza-create; do sleep 10; done
pgbackrest --stanza=jiankangbao check
while true; do
  /usr/local/bin/make-backup.sh || echo "backup failed" >&2
  sleep 86400
done
