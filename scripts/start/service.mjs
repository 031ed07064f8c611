import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '../problem.mjs'
import { root } from '../project.mjs'

/**
 * Starts one of our Node programs; what it says goes to `logs/<name>.log` of the data directory.
 * @returns {Promise<{name: string, logFile: string, ended: Promise<string>, stop: () => Promise<void>}>}
 */
export const startService = async (name, args, { environment, directory, endWithParent }) => {
  const logFile = join(directory, 'logs', `${name}.log`)
  await mkdir(join(directory, 'logs'), { recursive: true })
  await rename(logFile, `${logFile}.former`).catch(() => {})
  const log = openSync(logFile, 'w', 0o600)
  // Detached: Ctrl-C reaches only the process that knows the order of stopping.
  const child = spawn(process.execPath, ['--enable-source-maps', ...args], {
    cwd: root,
    env: environment,
    stdio: ['ignore', log, log],
    detached: true,
  })
  closeSync(log)
  const release = child.pid ? endWithParent(child.pid, 'TERM') : () => {}
  let running = true
  const ended = new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`))
  }).then((how) => {
    running = false
    release()
    return how
  })
  return {
    name,
    logFile,
    ended,
    stop: async () => {
      if (!running) return
      child.kill('SIGTERM')
      // The server gives itself 15 seconds to answer what it has accepted.
      const deadline = setTimeout(() => child.kill('SIGKILL'), 20_000)
      await ended
      clearTimeout(deadline)
    },
  }
}

/** Waits until the address answers with success. @throws Problem when the service ends first or takes too long */
export const waitFor = async (service, url) => {
  let how
  void service.ended.then((ending) => {
    how = ending
  })
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    if (how !== undefined) throw await endedProblem(service.name, how, service.logFile)
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined)
    if (answer?.ok) return
    await sleep(50)
  }
  const details = await lastWords(service.logFile)
  throw new Problem(
    `${service.name} 在 60 秒内没有就绪（${url}），日志：${service.logFile}`,
    `${service.name} was not ready within 60 s (${url}); its log: ${service.logFile}`,
    details,
  )
}

/** The problem of a part that ended although nobody asked it to. */
export const endedProblem = async (name, how, logFile) =>
  new Problem(
    `${name} 意外退出（${how}），其余部分已停止，数据完好。最后的输出见上，完整日志：${logFile}`,
    `${name} ended unexpectedly (${how}); the rest was stopped, the data is kept. Its last words are above, the whole log: ${logFile}`,
    await lastWords(logFile),
  )

const lastWords = async (logFile) =>
  (await readFile(logFile, 'utf8').catch(() => '')).trim().split('\n').slice(-15).join('\n')
