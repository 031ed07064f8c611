import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { asOwner, sealAll } from '../../../../test/audit-chain.ts'
import { createDeclarations } from '../../../../test/declarations.ts'
import { registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'

let app: TestApp
let declare: Awaited<ReturnType<typeof createDeclarations>>
let auditor: TestOperator
beforeAll(async () => {
  app = await startTestApp()
  declare = await createDeclarations(app)
  auditor = await createOperator(app, { roles: ['auditor'], divisionCode: '320300' })
})
afterAll(() => app.close())

const declared = async (): Promise<{ declarationId: string; contentHash: string }> => {
  const { body } = await declare.call(await registerCitizen(app), 'POST', '/api/v1/me/health-declarations', {
    requestId: randomUUID(),
    commitment: true,
    symptoms: ['fever'],
    hadContact: false,
    divisionCode: '320302',
  })
  return body.declaration
}
const proofOf = (declarationId: string, by = auditor) =>
  by.call('GET', `/api/v1/operator/declarations/${declarationId}/proof`)
const stateOf = async (declarationId: string) => (await proofOf(declarationId)).body.versions[0].state

it('says when, with which device and which hash, and what the sealed log says', async () => {
  const { declarationId, contentHash } = await declared()
  expect((await proofOf(declarationId)).body.versions[0].sealedAt).toBeUndefined()
  await sealAll(app)
  expect((await proofOf(declarationId)).body).toMatchObject({
    declarationId,
    kind: 'health',
    versions: [
      {
        version: 1,
        state: 'intact',
        deviceId: expect.any(String),
        contentHash,
        auditedHash: contentHash,
        sealedAt: expect.any(String),
      },
    ],
  })
})

it('shows what the owner of the database altered', async () => {
  const [first, second, third, fourth] = [
    await declared(),
    await declared(),
    await declared(),
    await declared(),
  ]
  const where = ({ declarationId }: { declarationId: string }) => `where declaration_id = '${declarationId}'`
  const forged = app.parts.encryption.encrypt(
    '{"content":{"symptoms":[]}}',
    inRow('declarations.content', first.declarationId, 1),
  )
  const literal = `'\\x${forged.toString('hex')}'`
  await asOwner(
    app,
    `update declaration_versions set content_encrypted = ${literal} ${where(first)}`,
    `update declaration_versions set content_encrypted = '\\x00' ${where(second)}`,
    `update declaration_versions set declared_at = declared_at - interval '1 day' ${where(third)}`,
    `delete from declaration_versions ${where(fourth)}`,
  )
  expect(await stateOf(first.declarationId)).toBe('altered')
  expect(await stateOf(second.declarationId)).toBe('altered')
  expect(await stateOf(third.declarationId)).toBe('altered')
  expect(await stateOf(fourth.declarationId)).toBe('gone')
  // The hash exchanged with the text: the log still has the first one.
  await asOwner(
    app,
    `update declaration_versions set content_hash = sha256(convert_to('{"content":{"symptoms":[]}}', 'UTF8')) ${where(first)}`,
  )
  expect(await stateOf(first.declarationId)).toBe('altered')
})

it('is for auditors and the offices concerned', async () => {
  const { declarationId } = await declared()
  const office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  const elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
  const sysadmin = await createOperator(app, { roles: ['sysadmin'] })
  const answers = [office, elsewhere, sysadmin].map((by) => proofOf(declarationId, by))
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 404, 403])
  expect((await proofOf(randomUUID())).status).toBe(404)
})
