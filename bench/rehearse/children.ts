import { type ChildProcess, spawn } from 'node:child_process'
import { openSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { endWithParent } from '../../apps/server/src/db/embedded/guard.ts'
import { Problem } from '../problem.ts'
import { familyOf } from '../processes.ts'

export interface Child {
  pid: number
  /** Tells it to end and waits; after ten seconds it is killed with all that it started. */
  stop(): Promise<void>
  /** As when its machine loses power: it and all that it started. */
  kill(): Promise<void>
}

export interface ChildOptions {
  command: string
  args: string[]
  logFile: string
  env?: Record<string, string>
  /** PostgreSQL and what keeps it refuse to run as root. */
  account?: { uid: number; gid: number }
}

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name)
  } catch {
    // It ended meanwhile.
  }
}

/** To a process and all that it started. */
export const signalFamily = (pid: number, name: NodeJS.Signals): void => {
  for (const each of familyOf(pid)) signal(each, name)
}

/** Starts a program that ends with this one, whatever happens. */
export const startChild = ({ command, args, logFile, env = {}, account }: ChildOptions): Child => {
  const log = openSync(logFile, 'a')
  const child: ChildProcess = spawn(command, args, {
    env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', ...env },
    stdio: ['ignore', log, log],
    ...account,
  })
  const pid = child.pid
  if (pid === undefined) throw new Problem(`${command} can not be started.`)
  const release = endWithParent(pid, 'TERM')
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve())).then(release)
  return {
    pid,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      signal(pid, 'SIGTERM')
      const late = setTimeout(() => signalFamily(pid, 'SIGKILL'), 10_000)
      await ended
      clearTimeout(late)
    },
    kill: async () => {
      signalFamily(pid, 'SIGKILL')
      await ended
    },
  }
}

/** Asks again until it is true. @throws Problem with the end of the log where it never is */
export const waitUntil = async (
  what: string,
  check: () => Promise<boolean>,
  seconds: number,
  logFile?: string,
): Promise<void> => {
  const until = performance.now() + seconds * 1000
  while (performance.now() < until) {
    if (await check().catch(() => false)) return
    await sleep(100)
  }
  const end = logFile ? `\n${readFileSync(logFile, 'utf8').slice(-2000)}` : ''
  throw new Problem(`${what}: not within ${seconds} s.${end}`)
}
