import cluster from 'node:cluster'
import { parseArgs } from 'node:util'
import { readConfig, readWorkers } from './config.ts'
import { createLogger } from './http/logging.ts'
import { runPrimary } from './processes/run-primary.ts'
import { runProcess } from './processes/run-process.ts'
import { requireSafeStart } from './safety/require-safe.ts'

// `main.js serve [--workers N] [--work]` answers requests in N processes; with --work it runs the jobs too, in this
// process if it is the only one, else in one of their own. `main.js work` runs jobs only. A primary starts its
// processes with `--name`.

const readArguments = () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { work: { type: 'boolean' }, workers: { type: 'string' }, name: { type: 'string' } },
  })
  const [mode = 'serve', ...more] = positionals
  if (more.length > 0 || (mode !== 'serve' && mode !== 'work'))
    throw new Error(`There is "serve [--workers N] [--work]" and "work", not "${positionals.join(' ')}".`)
  const workers = values.workers === undefined ? undefined : readWorkers('--workers', values.workers)
  return { mode, workers, withWork: values.work === true, name: values.name }
}

const main = async () => {
  const { mode, workers, withWork, name } = readArguments()
  const given = readConfig(process.env)
  const config = await requireSafeStart(given, createLogger(given.logLevel))
  const servers = workers ?? config.workers
  const serves = mode === 'serve'
  if (cluster.isWorker)
    return runProcess(config, { serves, works: !serves, member: { name: name ?? '', servers } })
  if (serves && servers > 1) return runPrimary(config, servers, withWork)
  return runProcess(config, { serves, works: withWork || !serves })
}

main().catch((error: unknown) => {
  console.error((error as Error).message)
  process.exit(1)
})
