#!/bin/sh
# Copies the primary where there is nothing yet, then follows it.
set -eu
export PGPASSWORD="$REPLICATION_PASSWORD"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  until pg_basebackup -h "$PRIMARY" -U replicator -D "$PGDATA" -X stream -R -C -S standby; do
    rm -rf "${PGDATA:?}"/* && sleep 5
  done
  chmod 700 "$PGDATA"
fi
exec postgres -c config_file=/etc/postgresql/jiankangbao.conf
