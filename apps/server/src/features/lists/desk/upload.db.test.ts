import { IMPORT_PART_BYTES } from '@jiankangbao/contracts/import/limits'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeResidentId } from '../../../../test/factories.ts'
import { IMPORTS, importOf, useImports } from '../../../../test/imports.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { expireProposals } from '../../approval/proposal/expire-proposals.ts'
import { applyImport } from '../stages/apply-import.ts'
import { checkImport } from '../stages/check-import.ts'
import { takeWork } from '../store/work.queries.ts'
import { dropAbandonedImports } from './import.service.ts'

const start = new Date('2022-03-20T02:00:00Z')
let app: TestApp
let office: TestOperator
let office2: TestOperator
let _hq: TestOperator
let elsewhere: TestOperator
let lab: TestOperator
let checker: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  office2 = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
  _hq = await createOperator(app, { roles: ['hq'] })
  lab = await createOperator(app, { roles: ['lab'] })
  checker = await createOperator(app, { roles: ['checker'] })
})
beforeEach(() => app.setNow(start))
afterAll(() => app.close())

const { upload, work, checked, propose, decide, count, person } = useImports(() => app)

/** The parts of the programme, where something happens before the first such statement. */
const partsWith = (statement: string, before: () => Promise<unknown>): TestApp['parts'] => {
  let done = false
  const pool = new Proxy(app.parts.pool, {
    get: (target, name) => {
      const value = Reflect.get(target, name)
      if (name !== 'query') return typeof value === 'function' ? value.bind(target) : value
      return async (...query: Parameters<typeof target.query>) => {
        if (!done && String(query[0]).includes(statement)) {
          done = true
          await before()
        }
        return target.query(...query)
      }
    },
  })
  return { ...app.parts, pool }
}

const HEADING = '姓名,身份证号码,赋码类别,起算日期,依据'
const listOf = (rows: string[]) => `\ufeff${HEADING}\r\n${rows.join('\r\n')}\r\n`

describe('uploading', () => {
  it('keeps to the declared parts, and repeats double nothing', async () => {
    const text = 'x'.repeat(IMPORT_PART_BYTES + 10)
    const body = importOf(text)
    const made = (await office.call('POST', IMPORTS, body)).body
    expect((await office.call('POST', IMPORTS, body)).body.importId).toBe(made.importId)
    expect((await office.call('POST', IMPORTS, { ...body, fileBytes: 3 })).body.code).toBe(
      'REQUEST_ID_REUSED',
    )
    const put = (part: number | string, length: number) =>
      office.call('PUT', `${IMPORTS}/${made.importId}/parts/${part}`, {
        content: Buffer.alloc(length, 97).toString('base64'),
      })
    expect((await put(0, 10)).body.fields).toEqual([{ field: 'content', reason: 'length' }])
    expect((await put(2, 10)).body.fields).toEqual([{ field: 'part', reason: 'invalid' }])
    expect((await put(0, IMPORT_PART_BYTES)).status).toBe(204)
    expect((await put(0, IMPORT_PART_BYTES)).status).toBe(204)
    expect((await office.call('POST', `${IMPORTS}/${made.importId}/completion`)).body.fields).toEqual([
      { field: 'parts', reason: 'missing' },
    ])
    expect((await office.call('GET', `${IMPORTS}/${made.importId}`)).body.partsReceived).toEqual([0])
    expect((await put(1, 10)).status).toBe(204)
    expect(
      (await office2.call('PUT', `${IMPORTS}/${made.importId}/parts/1`, { content: 'eHh4eHh4eHh4eA==' }))
        .status,
    ).toBe(404)
    const done = await office.call('POST', `${IMPORTS}/${made.importId}/completion`)
    expect(done.body.state).toBe('waiting')
    expect((await put(0, IMPORT_PART_BYTES)).body.code).toBe('STATE_CONFLICT')
    expect((await office.call('POST', `${IMPORTS}/${made.importId}/completion`)).body.state).toBe('waiting')
    const { rows } = await app.parts.pool.query(`select content from import_parts where import_id = $1`, [
      made.importId,
    ])
    expect(rows.every((row) => !row.content.includes('aaaa'))).toBe(true)
    await work()
    expect((await office.call('GET', `${IMPORTS}/${made.importId}`)).body).toMatchObject({
      state: 'failed',
      failure: { reason: 'cell_too_long' },
    })
    expect(await count('import_parts', made.importId)).toBe(0)
  })

  it('says which columns are missing', async () => {
    expect(await checked(office, '姓名,类别\n王芳,密接\n')).toMatchObject({
      state: 'failed',
      failure: { reason: 'columns_missing', details: ['document', 'anchor', 'evidence'] },
    })
  })

  it('stops when cancelled while it is checked', async () => {
    const importId = await upload(office, listOf([(await person()).row]))
    const taken = await takeWork(app.parts.pool)
    await office.call('POST', `${IMPORTS}/${importId}/cancellation`)
    if (taken) await checkImport(app.parts, taken)
    expect((await office.call('GET', `${IMPORTS}/${importId}`)).body.state).toBe('cancelled')
    expect(await count('import_rows', importId)).toBe(0)
  })

  it.each([
    ['while its effect is counted', 'join (select distinct person_id from import_rows'],
    ['in the last moment', `coalesce(category, result, data`],
  ])('stops when cancelled %s', async (_, statement) => {
    const importId = await upload(office, listOf([(await person()).row]))
    const taken = await takeWork(app.parts.pool)
    if (!taken) throw new Error('no work')
    await checkImport(
      partsWith(statement, () => office.call('POST', `${IMPORTS}/${importId}/cancellation`)),
      taken,
    )
    const seen = (await office.call('GET', `${IMPORTS}/${importId}`)).body
    expect([seen.state, await count('import_rows', importId)]).toEqual(['cancelled', 0])
  })

  it('is given up where its proposal ran out, and says so at once', async () => {
    const seen = await checked(office, listOf([`王五,${makeResidentId()},时空伴随,2022-03-19,文号`]))
    await propose(office, seen.importId)
    app.setNow(new Date(start.getTime() + 73 * 3600_000))
    const later = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    const stateNow = async () => (await later.call('GET', `${IMPORTS}/${seen.importId}`)).body.state
    expect(await stateNow()).toBe('expired')
    await expireProposals(app.parts)
    expect(await stateNow()).toBe('expired')
    expect(await count('import_rows', seen.importId)).toBe(1)
    await dropAbandonedImports(app.parts)
    expect([await stateNow(), await count('import_rows', seen.importId)]).toEqual(['expired', 0])
  })

  it('leaves nothing behind where it can not be applied', async () => {
    const seen = await checked(office, listOf([`王五,${makeResidentId()},时空伴随,2022-03-19,文号`]))
    await decide(office2, (await propose(office, seen.importId)).body.proposalId)
    const taken = await takeWork(app.parts.pool)
    if (!taken) throw new Error('no work')
    const attempts = 6
    await app.parts.pool.query(`update imports set attempts = $2 where import_id = $1`, [
      seen.importId,
      attempts,
    ])
    await applyImport(app.parts, { ...taken, attempts })
    expect((await office.call('GET', `${IMPORTS}/${seen.importId}`)).body).toMatchObject({
      state: 'failed',
      failure: { reason: 'apply_failed' },
    })
    expect(await count('import_rows', seen.importId)).toBe(0)
    const { rows } = await app.parts.pool.query(
      `select details from audit_entries where action = 'import.failed' and object_id = $1`,
      [seen.importId],
    )
    expect(rows).toEqual([{ details: { failure: 'apply_failed' } }])
  })

  it('is given up where nobody goes on', async () => {
    const made = (await office.call('POST', IMPORTS, importOf('abc'))).body
    app.setNow(new Date(start.getTime() + 25 * 3600_000))
    await dropAbandonedImports(app.parts)
    const { rows } = await app.parts.pool.query(`select state from imports where import_id = $1`, [
      made.importId,
    ])
    expect(rows).toEqual([{ state: 'expired' }])
  })

  it('is for offices; laboratories bring results only; other divisions see nothing', async () => {
    expect((await checker.call('POST', IMPORTS, importOf('abc'))).status).toBe(403)
    expect((await lab.call('POST', IMPORTS, importOf('abc'))).status).toBe(403)
    const made = (await office.call('POST', IMPORTS, importOf('abc'))).body
    for (const other of [elsewhere, lab]) {
      expect((await other.call('GET', `${IMPORTS}/${made.importId}`)).status).toBe(404)
      expect((await other.call('GET', IMPORTS)).body.imports).not.toContainEqual(
        expect.objectContaining({ importId: made.importId }),
      )
    }
    expect((await office2.call('GET', `${IMPORTS}/${made.importId}`)).body.mine).toBe(false)
    expect((await office2.call('POST', `${IMPORTS}/${made.importId}/cancellation`)).status).toBe(404)
    expect((await office.call('POST', `${IMPORTS}/${made.importId}/cancellation`)).body.state).toBe(
      'cancelled',
    )
  })
})
