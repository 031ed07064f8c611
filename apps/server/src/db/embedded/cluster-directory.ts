import { execFile, spawn } from 'node:child_process'
import { mkdir, readdir, readFile, readlink, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Account, giveTo } from './account.ts'
import type { Binaries } from './binaries.ts'
import { LocalProblem } from './problem.ts'

// Marks a data directory as made by this project.
const marker = 'jiankangbao-cluster'

/**
 * How the database addresses its own data directory. Processes start inside it and call it by this name, because an
 * account without rights on the directories above (a clone under /root) can still stay in the one it was put into.
 */
export const directoryAsSeenInside = (directory: string, account: Account | undefined) =>
  account ? '/proc/self/cwd' : directory

/** Whether there is a cluster of ours here. @throws LocalProblem when the directory holds anything else */
export const hasMarker = async (directory: string): Promise<boolean> => {
  const entries = await readdir(directory).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return []
    throw error.code === 'EACCES' ? noRight(directory) : error.code === 'ENOTDIR' ? foreign(directory) : error
  })
  if (entries.length === 0) return false
  if (!entries.includes(marker)) throw foreign(directory)
  return true
}

/**
 * Whether the directory holds a cluster that this PostgreSQL can run.
 * @throws LocalProblem when it holds anything else, or a cluster of another major version
 */
export const hasCluster = async (directory: string, majorVersion: number): Promise<boolean> => {
  if (!(await hasMarker(directory))) return false
  const found = Number.parseInt(await readFile(join(directory, 'PG_VERSION'), 'utf8').catch(() => ''), 10)
  if (found !== majorVersion) throw otherVersion(directory, found, majorVersion)
  return true
}

/** Creates the cluster; complete or not at all, so that an interrupted first start leaves nothing half made. */
export const createCluster = async (
  directory: string,
  binaries: Binaries,
  account: Account | undefined,
  { password, durable }: { password: string; durable: boolean },
): Promise<void> => {
  const work = `${directory}.creating`
  const cluster = join(work, 'cluster')
  try {
    await rm(work, { recursive: true, force: true })
    await mkdir(cluster, { recursive: true, mode: 0o700 })
    const passwordFile = join(work, 'password')
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
    for (const path of [passwordFile, cluster, work]) await giveTo(path, account)
    await initialise(cluster, binaries, account, durable)
    await writeFile(join(cluster, marker), 'Made by npm start; npm start -- --reset begins anew.\n')
    await giveTo(join(cluster, marker), account)
    await rm(directory, { recursive: true, force: true })
    await rename(cluster, directory)
  } catch (error) {
    const problem = asDiskProblem(error, dirname(directory))
    throw problem instanceof LocalProblem ? problem : notCreated(directory, error)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** What a database says of itself in its own directory, which nobody else can write. */
export interface Postmaster {
  pid: number
  port: number
  /** It listens and lets people in. */
  isReady: boolean
}

/** From `postmaster.pid`: line 1 is the process, 4 the port, 8 its state (PostgreSQL 10 and newer). */
export const readPostmaster = async (directory: string): Promise<Postmaster | undefined> => {
  const lines = (await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  const [pid, port] = [lines[0], lines[3]].map((line) => Number.parseInt(line ?? '', 10))
  if (!pid || pid <= 0) return undefined
  return { pid, port: port || 0, isReady: lines[7]?.trim() === 'ready' }
}

/** The process id of a database that is running on this directory, left over or not. */
export const findRunning = async (directory: string): Promise<number | undefined> => {
  const pid = (await readPostmaster(directory))?.pid
  if (pid === undefined) return undefined
  // After a crash the number may belong to any other program by now.
  const own = await stat(directory)
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => undefined)
  if (cwd !== undefined) {
    const there = await stat(cwd).catch(() => undefined)
    return there?.ino === own.ino && there.dev === own.dev ? pid : undefined
  }
  if (process.platform === 'linux') return undefined
  const { stdout } = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'command=']).catch(() => ({
    stdout: '',
  }))
  return stdout.includes('postgres') && stdout.includes(directory) ? pid : undefined
}

/** Gives a cluster that root copied back to the account that runs it. */
export const restoreOwner = async (directory: string, account: Account | undefined) => {
  if (!account || (await stat(directory)).uid === account.uid) return
  await promisify(execFile)('chown', ['-R', `${account.uid}:${account.gid}`, directory])
}

/** Translates what the system says about full or forbidden disks into a way out; anything else stays as it is. */
export const asDiskProblem = (error: unknown, directory: string): unknown => {
  const text =
    error instanceof Error ? `${(error as NodeJS.ErrnoException).code ?? ''} ${error.message}` : String(error)
  if (/ENOSPC|No space left|Check free disk space/.test(text)) return diskFull(directory)
  if (/EACCES|EPERM|EROFS|Read-only file system/.test(text)) return noRight(directory)
  return error
}

/** Major version from which PostgreSQL has a collation of its own. */
const BUILTIN_SINCE = 17

const initialise = (cluster: string, binaries: Binaries, account: Account | undefined, durable: boolean) =>
  new Promise<void>((resolve, reject) => {
    const inside = directoryAsSeenInside(cluster, account)
    const child = spawn(
      binaries.initdb,
      [
        `--pgdata=${inside}`,
        // From the working directory: older versions shorten `/proc/self/cwd/..` without following it.
        '--pwfile=../password',
        '--username=postgres',
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // The built-in provider sorts the same on every machine; before it was there, C does.
        '--locale=C',
        ...(binaries.majorVersion >= BUILTIN_SINCE
          ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8']
          : ['--lc-ctype=C.UTF-8']),
        ...(durable ? [] : ['--no-sync']),
      ],
      {
        cwd: cluster,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
        ...account,
      },
    )
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve() : reject(initialisingFailed(output))))
  })

// The output may still turn out to mean a full disk: the caller looks at the message.
const initialisingFailed = (output: string) => new Error(`initdb failed:\n${output}`)

const diskFull = (directory: string) =>
  new LocalProblem(
    `磁盘空间不足，无法写入 ${directory}。请清理磁盘，或用 DATA_DIRECTORY=… 指定别处。`,
    `The disk holding ${directory} is full. Free some space, or choose another place with DATA_DIRECTORY=…`,
  )

const notCreated = (directory: string, error: unknown) =>
  new LocalProblem(
    `无法在 ${directory} 创建数据库，原因见上。也可设置 DATABASE_URL 使用自己的 PostgreSQL。`,
    `The database could not be created in ${directory}; see above. A PostgreSQL of your own can be used instead with DATABASE_URL.`,
    String(error).split('\n').slice(-15).join('\n'),
  )

const noRight = (directory: string) =>
  new LocalProblem(
    `没有写入 ${directory} 的权限。请修正该目录的权限，或用 DATA_DIRECTORY=… 指定别处。`,
    `No right to write in ${directory}. Correct its owner or mode, or choose another place with DATA_DIRECTORY=…`,
  )

const foreign = (directory: string) =>
  new LocalProblem(
    `目录 ${directory} 里的内容不是本项目创建的数据库，未作任何改动。请移走它，或用 DATA_DIRECTORY=… 指定别处。`,
    `What is in ${directory} was not made by this project and was left alone. Move it away, or choose another place with DATA_DIRECTORY=…`,
  )

const otherVersion = (directory: string, found: number, wanted: number) =>
  new LocalProblem(
    `数据目录 ${directory} 属于 PostgreSQL ${found}，本程序使用 ${wanted}。演示数据可用 npm start -- --reset 重建；要保留数据请用原版本导出。`,
    `The data directory ${directory} is of PostgreSQL ${found}, this program uses ${wanted}. Rebuild demonstration data with npm start -- --reset; to keep data, dump it with the former version.`,
  )
