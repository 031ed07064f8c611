import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addresses } from './addresses.ts'

const START_MS = 240_000

/** Starts the system as a newcomer would, with `npm start`'s script, on empty data; returns how to stop it. */
const startSystem = async (): Promise<() => Promise<void>> => {
  // A system that runs already, for working on a journey: its ports by E2E_PORT, its data by E2E_DATA_DIRECTORY.
  if (process.env.E2E_DATA_DIRECTORY) return async () => {}
  const directory = mkdtempSync(join(tmpdir(), 'jkb-e2e-'))
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    env: {
      ...process.env,
      PORT: String(addresses.port),
      SANDBOX_PORT: String(addresses.sandboxPort),
      PG_PORT: String(addresses.databasePort),
      DATA_DIRECTORY: directory,
      LIMIT_SMS_PER_ADDRESS_PER_HOUR: '10000',
      LIMIT_SMS_RESEND_SECONDS: '1',
      RISK_AREA_MINUTES: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  process.env.E2E_DATA_DIRECTORY = directory

  const deadline = Date.now() + START_MS
  for (;;) {
    const code = await Promise.race([
      ended,
      new Promise<undefined>((resolve) => setTimeout(resolve, 300, undefined)),
    ])
    if (code !== undefined) throw new Error(`the system ended with ${code}:\n${output}`)
    const ready = await fetch(`${addresses.server}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ready && /demo|演示|http:\/\//.test(output)) break
    if (Date.now() > deadline) throw new Error(`the system did not get ready:\n${output}`)
  }
  return async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(directory, { recursive: true, force: true })
  }
}

export default startSystem
