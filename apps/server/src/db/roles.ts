import type { ClientBase } from 'pg'

/** The roles every installation has; migrations grant to these names. */
export const roleNames = ['jkb_migrator', 'jkb_app', 'jkb_readonly'] as const
export type RoleName = (typeof roleNames)[number]

/**
 * Creates the roles that are missing and sets their passwords. Outside the migrations, because passwords do not
 * belong into files and roles belong to the whole cluster. `jkb_migrator` owns the database, `jkb_app` runs the
 * server and owns nothing, `jkb_readonly` reads.
 * @param superuser a connection that may create roles; several processes may call this at once
 */
export const ensureRoles = async (
  superuser: ClientBase,
  passwords: Record<RoleName, string>,
): Promise<void> => {
  await superuser.query('begin')
  try {
    await superuser.query(`select pg_advisory_xact_lock(hashtext('jiankangbao roles'))`)
    for (const name of roleNames) {
      const { rowCount } = await superuser.query('select from pg_roles where rolname = $1', [name])
      const password = superuser.escapeLiteral(passwords[name])
      await superuser.query(
        `${rowCount ? 'alter' : 'create'} role ${name} login nosuperuser nocreatedb nocreaterole password ${password}`,
      )
    }
    await superuser.query('commit')
  } catch (error) {
    await superuser.query('rollback')
    throw error
  }
}

/**
 * Creates a database owned by `jkb_migrator` which only the three roles may enter.
 * @param superuser a connection outside any transaction
 * @param template an existing database to copy, with nobody connected to it
 * @returns false when it was there already
 */
export const ensureDatabase = async (
  superuser: ClientBase,
  name: string,
  template = 'template0',
): Promise<boolean> => {
  const { rowCount } = await superuser.query('select from pg_database where datname = $1', [name])
  const database = superuser.escapeIdentifier(name)
  if (!rowCount) {
    const source = superuser.escapeIdentifier(template)
    await superuser.query(`create database ${database} owner jkb_migrator template ${source} encoding 'UTF8'`)
  }
  await superuser.query(`revoke all on database ${database} from public`)
  await superuser.query(`grant connect on database ${database} to jkb_app, jkb_readonly`)
  return !rowCount
}
