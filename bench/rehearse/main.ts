import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Problem } from '../problem.ts'
import { events } from './events.ts'
import { type EventResult, isSound, rehearseFailover } from './failover.ts'

// `npm run rehearse -- failover [event …]`; see bench/rehearse/README.md.

const log = (line: string) => process.stderr.write(`${line}\n`)
const root = process.cwd()

const describeAnswers = (answers: Record<string, number>) =>
  Object.entries(answers)
    .map(([status, count]) => `${status}: ${count}`)
    .join(', ')

const tableOf = (results: readonly EventResult[], postgres: string): string => {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
  return [
    `# Failover of ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, commit ${commit}`,
    '',
    `Three PostgreSQL ${postgres} under Patroni (lease 10 s, synchronous), three etcd, HAProxy before databases and servers, two servers and jobs: all on one machine, ${cpus().length} × ${cpus()[0]?.model ?? ''}.`,
    '',
    '| what happened | scans sent | acknowledged | recorded | wrong | longest without an answer | aim | answers |',
    '|---|---|---|---|---|---|---|---|',
    ...results.map((r) =>
      r.skipped
        ? `| ${r.what} | | | | | not tried: ${r.skipped} | | |`
        : `| ${r.what} | ${r.sent} | ${r.acknowledged} | ${r.recorded} | ${r.violations.length} | ${r.silentSeconds} s | ≤ ${r.goalSeconds} s | ${describeAnswers(r.answers)} |`,
    ),
    '',
  ].join('\n')
}

const run = async (): Promise<boolean> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rate: { type: 'string', default: '100' } },
  })
  const [what, ...names] = positionals
  if (what !== 'failover') throw new Problem('There is: failover [event …].')
  const unknown = names.find((name) => !events.some((event) => event.name === name))
  if (unknown)
    throw new Problem(`There is no event ${unknown}: ${events.map(({ name }) => name).join(', ')}.`)
  const { results, postgres } = await rehearseFailover(names, Number(values.rate), log)
  const table = tableOf(results, postgres)
  process.stdout.write(table)
  if (names.length === 0) {
    mkdirSync(join(root, 'bench/results'), { recursive: true })
    writeFileSync(join(root, 'bench/results/failover.json'), `${JSON.stringify(results, undefined, 2)}\n`)
    writeFileSync(join(root, 'bench/results/failover.md'), table)
  }
  return results.every(isSound)
}

run().then(
  (sound) => process.exit(sound ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Problem ? error.message : error)
    process.exit(1)
  },
)
