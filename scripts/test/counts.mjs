import { readFile } from 'node:fs/promises'

/**
 * What a step adds to the totals. A step without a report of its own counts as one check; a test run that fails
 * without a failed test (a file that does not load, a crash) counts as one failure, so that "0 failed" is never said
 * of a run that failed.
 * @param {{ok: boolean}} result
 * @param {{passed: number, failed: number} | undefined} report
 * @returns {{ok: boolean, passed: number, failed: number, note: string}}
 */
export const countStep = (result, report, reports) => {
  if (!reports) return { ok: result.ok, passed: result.ok ? 1 : 0, failed: result.ok ? 0 : 1, note: '' }
  const { passed, failed } = report ?? { passed: 0, failed: 0 }
  if (result.ok && passed + failed === 0) return { ok: false, passed: 0, failed: 1, note: 'no test ran' }
  const ok = result.ok && failed === 0
  return { ok, passed, failed: ok ? 0 : Math.max(failed, 1), note: '' }
}

/** Reads a report; undefined when the run ended before writing it. */
export const readReport = async (kind, path) => {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const report = JSON.parse(text)
  return kind === 'playwright' ? fromPlaywright(report) : fromVitest(report)
}

const fromVitest = (report) => {
  const notLoaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  return { passed: report.numPassedTests, failed: report.numFailedTests + notLoaded.length }
}

// A flaky journey passed only when tried again: that is a failure.
const fromPlaywright = ({ stats, errors = [] }) => ({
  passed: stats.expected,
  failed: stats.unexpected + stats.flaky + errors.length,
})
