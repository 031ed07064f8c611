import { buildSandbox } from './app.ts'
import { readConfig } from './config.ts'

async function start(): Promise<void> {
  const { host, port, tokens, provincial, exchange, partners, cityName } = readConfig(process.env)
  const app = buildSandbox({ tokens, provincial, exchange, partners, cityName })
  // `once`: a second signal finds no listener and ends the process the hard way.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void app.close())
  const address = await app.listen({ host, port })
  console.log(`sandbox (演示环境) listening at ${address}`)
}

start().catch((error: NodeJS.ErrnoException) => {
  const busy = error.code === 'EADDRINUSE' ? ' (choose another port with SANDBOX_PORT)' : ''
  console.error(`sandbox did not start: ${error.message}${busy}`)
  process.exitCode = 1
})
