import { appendFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { operations } from '@jiankangbao/contracts/operations'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundlePictureWorker } from '../pictures.ts'
import { startTestApp, type TestApp } from '../test-app.ts'
import { runFuzz } from './run-fuzz.ts'

// Hostile requests over real HTTP against the whole server and a real database, beside well-behaved ones. `npm test` runs
// this from one seed, `npm run fuzz` from a fresh one and for longer. A failure shows the request as it was sent.

const seed = Number(process.env.FUZZ_SEED ?? 20_261_129)
const inputs = Number(process.env.FUZZ_INPUTS ?? 20_000)
const minutes = Number(process.env.FUZZ_MINUTES ?? 0) || Number.POSITIVE_INFINITY
const reportFile = process.env.FUZZ_REPORT
const MOST_SHOWN = 40

const plenty = 1_000_000_000

const report = (line: object) => {
  if (reportFile) appendFileSync(reportFile, `${JSON.stringify(line)}\n`)
}

describe(`${inputs} hostile requests (FUZZ_SEED=${seed})`, () => {
  let app: TestApp
  let pages: string
  const log: string[] = []

  beforeAll(async () => {
    // Pages and files, as a built app has them.
    pages = await mkdtemp(join(tmpdir(), 'jkb-fuzz-'))
    for (const one of ['citizen', 'console']) {
      await mkdir(join(pages, one, 'assets'), { recursive: true })
      await writeFile(join(pages, one, 'index.html'), '<!doctype html><title>页面</title>')
      await writeFile(join(pages, one, 'assets', 'app-0123456789.js'), 'export {}')
    }
    const write = (line: string) => void log.push(line)
    app = await startTestApp({
      log: pino({ level: 'warn' }, { write }),
      pictureWorker: await bundlePictureWorker(),
      environment: {
        CITIZEN_DIRECTORY: join(pages, 'citizen'),
        CONSOLE_DIRECTORY: join(pages, 'console'),
        TRUSTED_PROXIES: '1',
      },
      // Requests must get past the limits; those of sign-in and of audit exports stay, each costs a quarter of a second.
      limits: {
        smsPerPhonePerDay: plenty,
        smsPerAddressPerHour: plenty,
        smsGlobalPerMinute: plenty,
        smsResendSeconds: 0,
        documentChecksPerCallerPerMinute: plenty,
        numericChecksPerCallerPerMinute: plenty,
        personSearchesPerOperatorPerHour: plenty,
        personFilesPerOperatorPerHour: plenty,
        registrationTriesPerAccountPerHour: plenty,
        requestsPerAddressPerMinute: plenty,
        provincialRefreshesPerAccountPerHour: plenty,
        travelCardsPerAccountPerHour: plenty,
      },
    })
    app.outside.travelCard = { places: [{ name: '江苏省徐州市', flagged: false }], asOf: new Date() }
    await app.http.listen({ host: '127.0.0.1', port: 0 })
  }, 120_000)
  afterAll(async () => {
    await app.close()
    await rm(pages, { recursive: true, force: true })
  })

  it(
    'end in no server error, no dropped connection and nobody else’s failure',
    async () => {
      const run = await runFuzz(app, {
        seed,
        inputs,
        minutes,
        log,
        onFailure: (failure) => report({ failure }),
        onProgress: (sent, failures) => report({ at: new Date().toISOString(), seed, sent, failures }),
      })
      const refusedByDatabase = log.filter(
        (line) => line.includes('request refused') && line.includes('VALIDATION_FAILED'),
      )
      const { failures, neighbourFailures, missed, ...figures } = run
      const summary = {
        ...figures,
        serverErrorsAndDropped: failures.length,
        neighbourFailures: neighbourFailures.length,
        refusedByDatabase: refusedByDatabase.length,
      }
      console.log(JSON.stringify(summary))
      report({ ...summary, shown: failures.slice(0, MOST_SHOWN) })
      expect(failures.slice(0, MOST_SHOWN).join('\n\n')).toBe('')
      expect(neighbourFailures.slice(0, MOST_SHOWN)).toEqual([])
      // A bound that was forgotten shows in the log although the caller got a 400.
      expect(refusedByDatabase.slice(0, MOST_SHOWN)).toEqual([])
      expect(missed).toEqual([])
      expect(run.operations).toBe(Object.keys(operations).length)
      expect(run.neighbourRounds).toBeGreaterThan(0)
    },
    120_000 + inputs * 60,
  )
})
