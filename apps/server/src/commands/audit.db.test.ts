import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { asOwner, sealAll, writeEntries } from '../../test/audit-chain.ts'
import { startTestApp, type TestApp } from '../../test/test-app.ts'
import { acceptHead, showAuditHead, verifyAudit } from './audit.ts'

let app: TestApp
const directory = mkdtempSync(join(tmpdir(), 'jkb-audit-command-'))
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(async () => {
  rmSync(directory, { recursive: true })
  await app.close()
})

const verify = (...args: string[]) => verifyAudit(app.parts.pool, async () => app.parts.keys, args)

it('says intact with exit code 0, altered with 1 and where, for people and for programs', async () => {
  await writeEntries(app, 3)
  await sealAll(app)
  const intact = await verify()
  expect(intact).toMatchObject({ exitCode: 0, text: expect.stringMatching(/^完整 Intact: 1 seals/) })
  await asOwner(app, `update audit_entries set purpose = 'x' where action = 'test.done.1' or object_id = '1'`)
  const altered = await verify()
  expect(altered.exitCode).toBe(1)
  expect(altered.text).toContain('记录被修改')
  const told = JSON.parse((await verify('--json')).text)
  expect(told).toMatchObject({ intact: false, problems: [{ kind: 'entry_changed' }] })
  await asOwner(app, `update audit_entries set purpose = '测试' where object_id = '1'`)
  expect((await verify()).exitCode).toBe(0)
  await expect(verify('--from', 'x')).rejects.toThrow('--from')
})

it('exports the head for a witness, never over a file that is there, and holds the chain against it', async () => {
  const file = join(directory, 'head.json')
  expect(await showAuditHead(app.parts.pool, ['--out', file])).toBe(file)
  await expect(showAuditHead(app.parts.pool, ['--out', file])).rejects.toThrow('EEXIST')
  expect((await verify('--head', file)).exitCode).toBe(0)
  await asOwner(app, `delete from audit_seal_leaves`, `delete from audit_seals`)
  // With the witness's head, and by what this machine remembers itself.
  for (const args of [['--head', file], []]) {
    const { text, exitCode } = await verify(...args)
    expect([exitCode, text]).toEqual([1, expect.stringContaining('链中没有所存的链首')])
  }
  await expect(acceptHead(app.parts.pool, app.parts.keys, [])).rejects.toThrow('--why')
  expect(await acceptHead(app.parts.pool, app.parts.keys, ['--why', '演练'])).toContain('seal 1')
  expect((await verify()).exitCode).toBe(0)
})
