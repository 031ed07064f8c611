// `npm test`: every check a release needs, on a fresh clone too. Ends with "N passed, N failed".
import { mkdir, rm } from 'node:fs/promises'
import { onParentEnd } from './prepare/parent.mjs'
import { prepare } from './prepare/prepare.mjs'
import { endRunning } from './prepare/run.mjs'
import { printProblem } from './problem.mjs'
import { inProject } from './project.mjs'
import { ensureChromium } from './test/chromium.mjs'
import { countStep, readReport } from './test/counts.mjs'
import { endStep, runStep } from './test/run-step.mjs'
import { reportPath, steps } from './test/steps.mjs'

const results = []
const report = (name, result) => {
  results.push({ name, ...result })
  const note = [result.ok ? 'ok' : 'FAILED', result.reason, result.note].filter(Boolean).join(', ')
  console.log(`── ${name}: ${note} (${result.seconds.toFixed(1)} s)`)
}

const timed = async (name, work) => {
  console.log(`\n━━ ${name}`)
  const startedAt = Date.now()
  try {
    return await work()
  } catch (error) {
    printProblem(error)
    const output = [error.details, error.zh, error.en ?? error.stack].filter(Boolean).join('\n')
    report(name, { ok: false, passed: 0, failed: 1, output, seconds: (Date.now() - startedAt) / 1000 })
    return undefined
  }
}

const runAll = async () => {
  await timed('install and build', async () => {
    const startedAt = Date.now()
    await prepare()
    report('install and build', {
      ok: true,
      passed: 1,
      failed: 0,
      output: '',
      seconds: (Date.now() - startedAt) / 1000,
    })
  })
  await mkdir(inProject('.cache/reports'), { recursive: true })
  for (const step of steps) {
    await timed(step.name, async () => {
      if (step.reports) await rm(reportPath(step.reports), { force: true })
      const browser = step.needsChromium && { CHROMIUM_PATH: await ensureChromium() }
      const result = await runStep({ ...step, env: { ...step.env, ...browser } })
      const counts = step.reports && (await readReport(step.reports, reportPath(step.reports)))
      report(step.name, { ...result, ...countStep(result, counts, step.reports) })
    })
  }
}

const conclude = () => {
  for (const { name, output } of results.filter((result) => !result.ok)) {
    console.log(`\n━━ FAILED: ${name}\n${output.trim().split('\n').slice(-80).join('\n')}`)
  }
  console.log('')
  for (const { name, ok, seconds, passed, failed } of results) {
    console.log(
      `${ok ? '✓' : '✗'} ${name.padEnd(28)} ${seconds.toFixed(1).padStart(7)} s  ${passed} passed, ${failed} failed`,
    )
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  const failed = sum('failed')
  console.log(`\n${sum('passed')} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
}

const interrupt = () => {
  endStep()
  endRunning()
  console.error('\n已中断 Interrupted')
  process.exit(130)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupt)
onParentEnd(interrupt)

await runAll()
conclude()
