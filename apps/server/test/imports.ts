import { randomUUID } from 'node:crypto'
import { IMPORT_PART_BYTES } from '@jiankangbao/contracts/import/limits'
import { expect } from 'vitest'
import { inTransaction } from '../src/db/pool.ts'
import { evaluateDirty, evaluateNow } from '../src/features/colours/status/status.service.ts'
import { applyImport } from '../src/features/lists/stages/apply-import.ts'
import { checkImport } from '../src/features/lists/stages/check-import.ts'
import { recountImport } from '../src/features/lists/stages/recount-import.ts'
import { countUndo } from '../src/features/lists/stages/undo-effect.ts'
import { undoImport } from '../src/features/lists/stages/undo-import.ts'
import { takeWork, type Work } from '../src/features/lists/store/work.queries.ts'
import { makeResidentId, registerCitizen } from './factories.ts'
import { createOperator, type TestOperator } from './operators.ts'
import type { TestApp } from './test-app.ts'

export const IMPORTS = '/api/v1/operator/imports'

/** What an upload says of a file before its parts. */
export const importOf = (text: string | Buffer, more: object = {}) => ({
  requestId: randomUUID(),
  kind: 'findings',
  fileName: '名单.csv',
  fileBytes: Buffer.byteLength(text),
  evidence: '流调报告 2022-031',
  source: '鼓楼区疾控中心',
  ...more,
})

/**
 * Who brings lists in and decides on them: two of an office, one of the office elsewhere, two of headquarters. They do so
 * many times a day without an alarm.
 */
export const createListOperators = async (app: TestApp) => {
  Object.assign(app.parts.config.approval, { manyADay: 100_000, manyADayOfDivision: 100_000 })
  const make = (role: 'office' | 'hq', divisionCode?: string) =>
    createOperator(app, { roles: [role], ...(divisionCode ? { divisionCode } : {}) })
  return {
    office: await make('office', '320302'),
    office2: await make('office', '320302'),
    elsewhere: await make('office', '320303'),
    hq: await make('hq'),
    hq2: await make('hq'),
  }
}

/** Lists brought in by operators, with the jobs run by hand. */
export const useImports = (app: () => TestApp) => {
  const upload = async (by: TestOperator, text: string | Buffer, more: object = {}): Promise<string> => {
    const made = await by.call('POST', IMPORTS, importOf(text, more))
    expect([made.status, made.body.code, made.body.fields]).toEqual([201, undefined, undefined])
    const { importId } = made.body
    const bytes = Buffer.from(text)
    for (let part = 0; part * IMPORT_PART_BYTES < bytes.length; part += 1) {
      const slice = bytes.subarray(part * IMPORT_PART_BYTES, (part + 1) * IMPORT_PART_BYTES)
      const sent = await by.call('PUT', `${IMPORTS}/${importId}/parts/${part}`, {
        content: slice.toString('base64'),
      })
      expect(sent.status).toBe(204)
    }
    const done = await by.call('POST', `${IMPORTS}/${importId}/completion`)
    expect(done.body).toMatchObject({ state: 'waiting' })
    return importId
  }

  /** Does what a job would do next. */
  const work = async (): Promise<Work> => {
    const taken = await takeWork(app().parts.pool)
    if (!taken) throw new Error('nothing to work on')
    const work = {
      checking: checkImport,
      proposed: recountImport,
      applying: applyImport,
      applied: countUndo,
      undoing: undoImport,
    }
    await work[taken.state](app().parts, taken)
    return taken
  }

  const evaluate = () => inTransaction(app().parts.pool, (tx) => evaluateDirty(tx, 1000, app().parts.clock()))

  return {
    upload,
    work,
    evaluate,
    /** Whether a fresh evaluation says what is written. */
    expectFresh: async (...personIds: string[]): Promise<void> => {
      const current = async () =>
        (
          await app().parts.pool.query(
            `select person_id, colour, reasons, latest_test_at, latest_negative_at from status_current where person_id = any($1::bigint[]) order by 1`,
            [personIds],
          )
        ).rows
      const before = await current()
      await inTransaction(app().parts.pool, (tx) => evaluateNow(tx, personIds, 'test', app().parts.clock()))
      expect(await current()).toEqual(before)
    },
    /** Uploads and checks; the import as its uploader then sees it. */
    checked: async (by: TestOperator, text: string | Buffer, more: object = {}) => {
      const importId = await upload(by, text, more)
      await work()
      return (await by.call('GET', `${IMPORTS}/${importId}`)).body
    },
    propose: (by: TestOperator, importId: string, requestId: string = randomUUID()) =>
      by.call('POST', `${IMPORTS}/${importId}/proposal`, { requestId }),
    decide: (by: TestOperator, proposalId: string, verdict = 'approve') =>
      by.call('POST', `/api/v1/operator/proposals/${proposalId}/decision`, { verdict, reason: '材料齐全' }),
    colourOf: async (by: TestOperator, personId: string): Promise<string> =>
      (await by.call('GET', `/api/v1/operator/persons/${personId}?purpose=flow`)).body.colour,
    count: async (table: string, importId: string) =>
      (await app().parts.pool.query(`select 1 from ${table} where import_id = $1::bigint`, [importId]))
        .rowCount,
    /** Somebody who is here, and a row about them. */
    person: async () => {
      const documentNumber = makeResidentId()
      const { personId } = await registerCitizen(app(), { documentNumber })
      return { personId, documentNumber, row: `张小明,${documentNumber},时空伴随,2022/3/19,文号 1` }
    },
  }
}
