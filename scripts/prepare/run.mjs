import { spawn } from 'node:child_process'
import { root } from '../project.mjs'

const running = new Set()

/**
 * Runs a command to its end.
 * @returns {Promise<{code: number, output: string}>} `output` is empty when `show` let it go straight to the terminal
 */
export const run = (command, args, { cwd = root, env = process.env, show = false } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    })
    running.add(child)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        output += chunk
      })
    }
    child.on('error', reject)
    child.on('close', (code) => {
      running.delete(child)
      resolve({ code: code ?? 1, output })
    })
  })

/** For a start that is broken off while it still installs or builds. */
export const endRunning = () => {
  for (const child of running) child.kill('SIGTERM')
}
