import { type App, buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { startWorker } from './jobs/worker.ts'
import { openFileKeyProvider } from './keys/key-provider.ts'

// `main.js serve [--work]` answers requests (and runs the jobs in the same process); `main.js work` runs jobs only.

const SHUTDOWN_MS = 15_000

const stopOnSignals = (stop: () => Promise<void>, log: App['parts']['log']) => {
  let stopping = false
  const handle = (signal: string) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping: accepted requests are answered first')
    setTimeout(() => process.exit(1), SHUTDOWN_MS).unref()
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'shutdown failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', handle)
  process.on('SIGINT', handle)
}

const main = async (mode: string, withWork: boolean) => {
  const config = readConfig(process.env)
  const app = await buildApp({ config, keys: openFileKeyProvider(config.dataDirectory) })
  const { log } = app.parts
  const worker = withWork || mode === 'work' ? await startWorker(app.parts) : undefined
  stopOnSignals(async () => {
    await worker?.stop()
    await app.close()
  }, log)
  if (mode === 'serve') {
    await app.http.listen({ host: config.host, port: config.port })
    log.info({ port: config.port }, 'ready')
  }
}

const [mode = 'serve', ...flags] = process.argv.slice(2)
main(mode, flags.includes('--work')).catch((error: unknown) => {
  console.error((error as Error).message)
  process.exit(1)
})
