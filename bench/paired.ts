import { execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Problem } from './problem.ts'
import type { BenchResult } from './results.ts'
import type { Measured } from './scenarios/measure.ts'

// Two commits beside each other. A shared machine is slow for minutes and fast again, so figures of yesterday say
// little. Here both commits run in turns (A B, B A, …), and what is compared is the processor time of one request,
// which another load on the machine moves far less than its rate.

/** Scenarios that can be compared: those with a processor time per request. */
const comparable = ['empty', 'scan', 'pass', 'check'] as const
type Comparable = (typeof comparable)[number]

export interface PairedOptions {
  root: string
  base: string
  scenarios: string[]
  rounds: number
  persons: number
  seconds: number
}

interface Sample {
  server: number
  database: number
}

const run = promisify(execFile)

/**
 * Lays `commit` out in a directory of its own, with this checkout's packages from npm and its own workspaces.
 * @throws Problem where the commit is not there or wants other packages
 */
const layOut = async (root: string, commit: string): Promise<string> => {
  const directory = join(await mkdtemp(join(tmpdir(), 'jkb-paired-')), 'base')
  await run('git', ['worktree', 'add', '--detach', directory, commit], { cwd: root }).catch(
    (error: Error) => {
      throw new Problem(`${commit} can not be laid out: ${error.message}`)
    },
  )
  const modules = join(directory, 'node_modules')
  const own = '@jiankangbao'
  await mkdir(join(modules, own), { recursive: true })
  for (const name of await readdir(join(root, 'node_modules')))
    if (name !== own) await symlink(join(root, 'node_modules', name), join(modules, name))
  for (const kind of ['packages', 'apps'])
    for (const name of await readdir(join(directory, kind)))
      await Promise.all([
        symlink(join(directory, kind, name), join(modules, own, name)),
        symlink(join(root, kind, name, 'node_modules'), join(directory, kind, name, 'node_modules')),
      ])
  return directory
}

const takeResult = async (root: string): Promise<BenchResult> => {
  const written = join(root, 'bench/results/paired-turn')
  const result = JSON.parse(await readFile(`${written}.json`, 'utf8')) as BenchResult
  for (const ending of ['json', 'md']) await rm(`${written}.${ending}`, { force: true })
  return result
}

const bench = (root: string, { scenarios, persons, seconds }: PairedOptions): Promise<BenchResult> =>
  new Promise((resolve, reject) => {
    const args = ['scripts/bench.mjs', ...scenarios, '--name', 'paired-turn']
    const sizes = ['--persons', String(persons), '--venues', '2000', '--seconds', String(seconds)]
    const child = spawn(process.execPath, [...args, ...sizes], {
      cwd: root,
      env: { ...process.env, BENCH_ROOT: root },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let problems = ''
    child.stderr.on('data', (chunk) => (problems += String(chunk)))
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code !== 0) return reject(new Problem(`the bench in ${root} ended with ${code}:\n${problems}`))
      takeResult(root).then(resolve, reject)
    })
  })

const measuredOf = (result: BenchResult, scenario: Comparable): Measured | undefined =>
  scenario === 'empty' ? result.emptyRoute : result[scenario]?.best

const median = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

const toTable = (
  options: PairedOptions,
  samples: Map<string, { here: Sample[]; base: Sample[] }>,
): string => {
  const lines = [...samples].flatMap(([scenario, { here, base }]) =>
    (['server', 'database'] as const).map((part) => {
      const [now, before] = [here, base].map((all) => all.map((sample) => sample[part]))
      const spread = (values: number[] = []) => `${Math.min(...values)}–${Math.max(...values)}`
      const ratio = median(now ?? []) / median(before ?? [])
      const shown = Number.isFinite(ratio) ? ratio.toFixed(2) : ''
      return `| ${scenario} | ${part} | ${median(before ?? []).toFixed(1)} (${spread(before)}) | ${median(now ?? []).toFixed(1)} (${spread(now)}) | ${shown} |`
    }),
  )
  return [
    `# ${options.base} against this checkout, ${options.rounds} rounds in turns`,
    '',
    'Microseconds of processor time per request, median (lowest–highest). Above 1 this checkout costs more.',
    '',
    '| scenario | part | before | now | now / before |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n')
}

/** Runs both commits in turns and gives a table of processor time per request. */
export const comparePaired = async (options: PairedOptions, log: (line: string) => void): Promise<string> => {
  const wanted = comparable.filter((name) => options.scenarios.includes(name))
  if (wanted.length !== options.scenarios.length)
    throw new Problem(`Only these can be compared: ${comparable.join(', ')}.`)
  const base = await layOut(options.root, options.base)
  const samples = new Map(wanted.map((name) => [name, { here: [] as Sample[], base: [] as Sample[] }]))
  try {
    for (let round = 0; round < options.rounds; round += 1) {
      const order = round % 2 === 0 ? (['base', 'here'] as const) : (['here', 'base'] as const)
      for (const side of order) {
        log(`round ${round + 1} of ${options.rounds}: ${side === 'base' ? options.base : 'this checkout'}`)
        const result = await bench(side === 'base' ? base : options.root, options)
        for (const name of wanted) {
          const measured = measuredOf(result, name)
          if (measured) samples.get(name)?.[side].push(measured.cpuMicros)
        }
      }
    }
  } finally {
    await run('git', ['worktree', 'remove', '--force', base], { cwd: options.root })
    await rm(join(base, '..'), { recursive: true, force: true })
  }
  return toTable(options, samples)
}
