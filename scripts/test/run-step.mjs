import { spawn } from 'node:child_process'
import { root } from '../project.mjs'

let current

/** Ends the step that is running, with everything it started. */
export const endStep = () => {
  if (current) signalGroup(current, 'SIGTERM')
}

/**
 * Runs one command, showing and keeping its output.
 * @returns {Promise<{ok: boolean, output: string, reason: string, seconds: number}>}
 */
export const runStep = ({ command, args, env = {}, limitMinutes }) =>
  new Promise((resolve) => {
    const startedAt = Date.now()
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that a hanging step goes with all its children.
      detached: true,
    })
    current = child
    let output = ''
    let reason = ''
    for (const [stream, target] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      stream.on('data', (chunk) => {
        target.write(chunk)
        output = (output + chunk).slice(-200_000)
      })
    }
    const limit = setTimeout(() => {
      reason = `stopped after ${limitMinutes} minutes`
      signalGroup(child, 'SIGTERM')
      setTimeout(() => signalGroup(child, 'SIGKILL'), 10_000).unref()
    }, limitMinutes * 60_000)
    child.on('error', (error) => {
      reason = error.message
    })
    child.on('close', (code, signal) => {
      clearTimeout(limit)
      current = undefined
      const ok = code === 0 && !reason
      if (!ok) reason ||= signal ? `signal ${signal}` : `exit code ${code}`
      resolve({ ok, output, reason, seconds: (Date.now() - startedAt) / 1000 })
    })
  })

const signalGroup = (child, signal) => {
  try {
    process.kill(-child.pid, signal)
  } catch {
    // Already gone.
  }
}
