// `npm run fuzz -- [--inputs 200000] [--minutes N] [--seed N] [--save]`: hostile requests from a fresh seed, which is printed. What it
// sends and what counts as a failure is in apps/server/test/fuzz. `--save` keeps the figures in bench/results/fuzz.json.
import { randomInt } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { run } from './prepare/run.mjs'
import { Problem, printProblem } from './problem.mjs'
import { checkNode, inProject } from './project.mjs'

const readNumber = (name, text, most) => {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 0 && value <= most) return String(value)
  throw new Problem(`${name} 应为 0 至 ${most} 的整数。`, `${name} must be a whole number from 0 to ${most}.`)
}

const save = async (reportFile) => {
  const lines = (await readFile(reportFile, 'utf8')).trim().split('\n').map(JSON.parse)
  const summary = lines.findLast((line) => line.inputs !== undefined)
  const { output } = await run('git', ['rev-parse', '--short', 'HEAD'])
  const kept = {
    measuredAt: new Date().toISOString(),
    commit: output.trim(),
    node: process.version,
    cores: availableParallelism(),
    ...summary,
  }
  await writeFile(inProject('bench/results/fuzz.json'), `${JSON.stringify(kept, null, 2)}\n`)
}

const main = async () => {
  checkNode()
  const { values } = parseArgs({
    options: {
      inputs: { type: 'string' },
      minutes: { type: 'string' },
      seed: { type: 'string' },
      save: { type: 'boolean' },
    },
  })
  const seed = readNumber('--seed', values.seed ?? randomInt(2 ** 32), 2 ** 32 - 1)
  const inputs = readNumber('--inputs', values.inputs ?? 200_000, 100_000_000)
  const minutes = readNumber('--minutes', values.minutes ?? 0, 10_000)
  const reportFile = inProject('.cache/reports/fuzz.jsonl')
  await mkdir(inProject('.cache/reports'), { recursive: true })
  await rm(reportFile, { force: true })
  console.log(`种子 Seed: ${seed}（重跑 again: npm run fuzz -- --seed ${seed} --inputs ${inputs}）`)
  const { code } = await run(inProject('node_modules/.bin/vitest'), ['run', 'apps/server/test/fuzz'], {
    env: {
      ...process.env,
      FUZZ_SEED: seed,
      FUZZ_INPUTS: inputs,
      FUZZ_MINUTES: minutes,
      FUZZ_REPORT: reportFile,
    },
    show: true,
  })
  if (values.save) await save(reportFile)
  process.exitCode = code
}

main().catch((error) => {
  printProblem(error)
  process.exitCode = 1
})
