import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { createListOperators, useImports } from '../../../../test/imports.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { renewWork, takeWork } from './work.queries.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())
afterEach(() => void vi.useRealTimers())

const { upload } = useImports(() => app)

it('tells once a second how far it is, a new stage at once, and stops when it is called off', async () => {
  const { pool } = app.parts
  const { office } = await createListOperators(app)
  const importId = await upload(office, '身份证号码,赋码类别,起算日期,依据\n')
  const work = await takeWork(pool)
  if (work?.importId !== importId) throw new Error('another list was taken')
  const renew = (stage: 'reading' | 'comparing', done: number) =>
    renewWork(pool, work, { stage, done, total: 9000 })
  const read = async () =>
    (
      await pool.query(
        `select progress_stage as stage, progress_done::int as done from imports where import_id = $1::bigint`,
        [importId],
      )
    ).rows[0]

  // The second between two tellings passes when the test says so.
  vi.useFakeTimers({ toFake: ['performance'] })
  expect(await renew('reading', 1000)).toBe(true)
  for (let done = 2000; done < 5000; done += 1000) expect(await renew('reading', done)).toBe(true)
  expect(await read()).toEqual({ stage: 'reading', done: 1000 })
  expect(await renew('comparing', 0)).toBe(true)
  expect(await read()).toEqual({ stage: 'comparing', done: 0 })

  await pool.query('update imports set cancel_requested = true where import_id = $1::bigint', [importId])
  vi.advanceTimersByTime(1_001)
  expect(await renew('comparing', 1000)).toBe(false)
  expect(await read()).toEqual({ stage: 'comparing', done: 1000 })
})
