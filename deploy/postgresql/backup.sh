#!/bin/sh
# One backup: a whole one on Sundays, else what changed since. Then the database is told, for the page 系统状态 and the alert BackupOld.
# "backup.sh note" only tells it. Runs as whoever owns the database, on every machine of it: a standby makes none.
set -eu
stanza="${STANZA:-jiankangbao}"
database="${DATABASE:-jiankangbao}"
sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$database" "$@"; }

if [ "$(sql -c 'select pg_is_in_recovery()')" = t ]; then
  echo "备库不做备份 a standby makes no backup"
  exit 0
fi
if [ "${1:-}" != note ]; then
  if [ "$(date +%u)" = 7 ]; then type=full; else type=diff; fi
  pgbackrest --stanza="$stanza" --type="$type" backup
fi
if [ "$(sql -c "select to_regprocedure('note_backups(jsonb)') is not null")" != t ]; then
  echo "数据库尚未升级，未登记备份 the database is not migrated yet: made, but not told"
  exit 0
fi
told=$(pgbackrest --stanza="$stanza" --output=json --log-level-console=off info)
echo 'select note_backups(:'"'told'"'::jsonb);' | sql -v told="$told" >/dev/null
