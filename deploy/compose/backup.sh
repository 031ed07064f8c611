#!/bin/sh
# A full backup once a week, a difference every day; the log in between is archived by PostgreSQL itself, every minute at the least.
set -eu
until pgbackrest --stanza=jiankangbao stanza-create; do sleep 10; done
pgbackrest --stanza=jiankangbao check
while true; do
  if [ "$(date +%u)" = 7 ]; then type=full; else type=diff; fi
  pgbackrest --stanza=jiankangbao --type="$type" backup || echo "backup failed" >&2
  sleep 86400
done
