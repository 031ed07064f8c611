import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createTestDatabase } from '../../apps/server/test/test-database.ts'
import { ensureTools } from '../prepare/debian-tools.mjs'
import { run } from '../prepare/run.mjs'
import { inProject } from '../project.mjs'

// deploy/postgresql/backup.sh and what runs it every night. pgBackRest itself runs in `npm run rehearse -- restore`.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 900_000 })

let tools
let folder
let database

beforeAll(async () => {
  tools = await ensureTools({ 'systemd-analyze': 'systemd', psql: 'postgresql-client' })
  folder = await mkdtemp(join(tmpdir(), 'jkb-backups-'))
  database = await createTestDatabase()
})
afterAll(async () => {
  await database?.drop()
  if (folder) await rm(folder, { recursive: true, force: true })
})

/** Says what pgBackRest 2.43 says of a repository with one backup, and writes down what it was asked. */
const PGBACKREST = `#!/bin/sh
echo "$*" >>"$ASKED"
case "$*" in *info*) echo '[{"backup":[{"error":false,"info":{"size":31457280},"label":"20220313-030002F","timestamp":{"start":1647111602,"stop":1647111792},"type":"full"}],"name":"jiankangbao"}]' ;; esac
`

it('are made, and the database is told', async () => {
  await writeFile(join(folder, 'pgbackrest'), PGBACKREST, { mode: 0o755 })
  const asked = join(folder, 'asked')
  const script = inProject('deploy/postgresql/backup.sh')
  const env = {
    PATH: `${folder}:${process.env.PATH}`,
    ASKED: asked,
    DATABASE: database.superuserUrl,
  }
  const made = await run('sh', [script], { env })
  expect(made.code, made.output).toBe(0)
  const told = await run('sh', [script, 'note'], { env })
  expect(told.code, told.output).toBe(0)
  const questions = (await readFile(asked, 'utf8')).trim().split('\n')
  expect(questions.map((line) => line.split(' ').at(-1))).toEqual(['backup', 'info', 'info'])
  const { output } = await run(tools.psql, [
    ...['-XAtd', database.superuserUrl, '-c'],
    'select label, kind, ended_at = to_timestamp(1647111792), bytes from backups',
  ])
  expect(output.trim()).toBe('20220313-030002F|full|t|31457280')
})

it('are made every night, by a service that is understood and locked in', async () => {
  const script = join(folder, 'backup.sh')
  await writeFile(script, '#!/bin/sh\n', { mode: 0o755 })
  const units = join(folder, 'jiankangbao-backup')
  const unit = await readFile(inProject('deploy/systemd/jiankangbao-backup.service'), 'utf8')
  await writeFile(`${units}.service`, unit.replace('/opt/jiankangbao/deploy/postgresql/backup.sh', script))
  await writeFile(`${units}.timer`, await readFile(inProject('deploy/systemd/jiankangbao-backup.timer')))
  const [service, timer] = [`${units}.service`, `${units}.timer`]
  const verified = await run(tools['systemd-analyze'], ['verify', '--man=no', service, timer])
  expect(verified.code, verified.output).toBe(0)
  const exposure = await run(tools['systemd-analyze'], [
    'security',
    '--offline=true',
    '--threshold=30',
    service,
  ])
  expect(exposure.code, exposure.output).toBe(0)
})
