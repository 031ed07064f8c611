import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { describeMachine } from './machine.ts'
import { comparePaired } from './paired.ts'
import { Problem } from './problem.ts'
import { type BenchResult, compare, toMarkdown } from './results.ts'
import { runBoard } from './scenarios/board.ts'
import { runDatabaseAlone, runEmptyRoute, runSingleStatements } from './scenarios/ceilings.ts'
import { runFollowUps } from './scenarios/follow-up.ts'
import { runGrowing } from './scenarios/growing.ts'
import {
  measureSigning,
  runChecks,
  runColdMix,
  runLatency,
  runPasses,
  runScans,
} from './scenarios/hot-path.ts'
import { runImports } from './scenarios/imports.ts'
import { runOverload } from './scenarios/overload.ts'
import { readPlans } from './scenarios/plans.ts'
import { runSampling } from './scenarios/sampling.ts'
import { runStatus } from './scenarios/status.ts'
import { runTrace } from './scenarios/trace.ts'
import { openStage, type Stage } from './stage.ts'

// `npm run bench -- [scenario …]`; see bench/README.md.

const root = process.env.BENCH_ROOT ?? process.cwd()
const results = join(root, 'bench/results')
const log = (line: string) => process.stderr.write(`${line}\n`)

type Scenario = (stage: Stage, result: BenchResult, visits: number) => Promise<void>

// In this order: later ones are given as ratios of earlier ones.
const scenarios: Record<string, Scenario> = {
  empty: async (stage, result) => {
    result.emptyRoute = await runEmptyRoute(stage)
  },
  single: async (stage, result) => {
    result.single = await runSingleStatements(stage)
  },
  scan: async (stage, result) => {
    result.scan = await runScans(stage)
  },
  database: async (stage, result) => {
    result.database = await runDatabaseAlone(stage, 512)
    if (result.scan) result.databaseSameBatch = await runDatabaseAlone(stage, result.scan.meanBatch)
  },
  pass: async (stage, result) => {
    result.signing = measureSigning()
    result.pass = await runPasses(stage)
  },
  check: async (stage, result) => {
    result.check = await runChecks(stage)
  },
  mix: async (stage, result) => {
    result.mix = await runColdMix(stage)
  },
  latency: async (stage, result) => {
    const perSecond = Math.round((result.scan?.best.perSecond ?? 8000) / 2)
    result.latency = await runLatency(stage, perSecond)
  },
  overload: async (stage, result) => {
    result.overload = await runOverload(stage, result.scan?.best.connections ?? 512, 10)
  },
  status: async (stage, result) => {
    result.status = await runStatus(stage)
  },
  growing: async (stage, result) => {
    result.growing = await runGrowing(stage)
  },
  imports: async (stage, result) => {
    result.imports = await runImports(stage)
  },
  trace: async (stage, result, visits) => {
    result.trace = await runTrace(stage, visits)
  },
  'follow-up': async (stage, result) => {
    result.followUp = await runFollowUps(stage)
  },
  sampling: async (stage, result) => {
    result.scan ??= await runScans(stage)
    result.sampling = await runSampling(stage)
  },
  board: async (stage, result) => {
    result.board = await runBoard(stage)
  },
  plans: async (stage) => {
    await writeFile(join(results, 'plans.txt'), await readPlans(stage))
  },
}

const readArguments = () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      persons: { type: 'string', default: '1000000' },
      venues: { type: 'string', default: '10000' },
      workers: { type: 'string', default: process.env.BENCH_WORKERS ?? '2' },
      visits: { type: 'string', default: '5000000' },
      seconds: { type: 'string', default: '10' },
      rounds: { type: 'string', default: '3' },
      name: { type: 'string', default: 'hot-path' },
      directory: { type: 'string', default: tmpdir() },
      set: { type: 'string', multiple: true, default: [] },
    },
  })
  const names = positionals.length > 0 ? positionals : Object.keys(scenarios)
  const unknown = names.find((name) => !(name in scenarios))
  if (!['compare', 'paired'].includes(positionals[0] ?? '') && unknown)
    throw new Problem(`There is no scenario ${unknown}: ${Object.keys(scenarios).join(', ')}.`)
  return { values, names }
}

const readResult = async (path: string | undefined): Promise<BenchResult> => {
  if (!path) throw new Problem('compare takes two files of bench/results.')
  return JSON.parse(await readFile(path, 'utf8')) as BenchResult
}

const run = async () => {
  const { values, names } = readArguments()
  if (names[0] === 'compare') {
    process.stdout.write(compare(await readResult(names[1]), await readResult(names[2])))
    return
  }
  if (names[0] === 'paired') {
    const [, base, ...chosen] = names
    if (!base) throw new Problem('paired takes a commit, then the scenarios to compare.')
    const table = await comparePaired(
      {
        root,
        base,
        scenarios: chosen.length > 0 ? chosen : ['empty', 'scan', 'pass', 'check'],
        rounds: Number(values.rounds),
        persons: Number(values.persons),
        seconds: Number(values.seconds),
      },
      log,
    )
    await writeFile(join(results, 'paired.md'), table)
    process.stdout.write(table)
    return
  }
  const settings = {
    persons: Number(values.persons),
    venues: Number(values.venues),
    workers: Number(values.workers),
    secondsPerRun: Number(values.seconds),
    server: Object.fromEntries(values.set.map((each) => each.split('=', 2) as [string, string])),
  }
  await mkdir(results, { recursive: true })
  const stage = await openStage(
    { ...settings, directory: values.directory, root, programs: join(root, 'apps/server/dist/bench') },
    log,
  )
  const stopped = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => reject(new Problem('stopped')))
  })
  try {
    const result: BenchResult = { machine: await describeMachine(root, stage.admin), settings }
    for (const [name, scenario] of Object.entries(scenarios)) {
      if (!names.includes(name)) continue
      log(`${new Date().toISOString().slice(11, 19)} ${name}`)
      await Promise.race([scenario(stage, result, Number(values.visits)), stopped])
      await writeFile(join(results, `${values.name}.json`), `${JSON.stringify(result, undefined, 2)}\n`)
    }
    const table = toMarkdown(result)
    await writeFile(join(results, `${values.name}.md`), table)
    process.stdout.write(table)
  } finally {
    await stage.close()
  }
}

run().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Problem ? error.message : error)
    process.exit(1)
  },
)
