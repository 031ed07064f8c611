import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Problem } from '../problem.ts'

/** A folder of the rehearsal's own, and on whose behalf databases run in it. */
export interface Place {
  directory: string
  account: { uid: number; gid: number } | undefined
  /** Folder with initdb, pg_ctl, pg_basebackup and the like. */
  binaries: string
  version: string
  /** A folder that the account may write. */
  folder(name: string): string
  /** A folder on a disk of its own that can be filled; an ordinary one where nothing may be mounted. */
  smallDisk(name: string, megabytes: number): { path: string; ownDisk: boolean }
  remove(): void
}

const BASE = '/usr/lib/postgresql'

const findBinaries = (): { binaries: string; version: string } => {
  const versions = existsSync(BASE) ? readdirSync(BASE).filter((each) => /^\d+$/.test(each)) : []
  const version = versions
    .sort((a, b) => Number(b) - Number(a))
    .find((each) => existsSync(`${BASE}/${each}/bin/initdb`))
  if (!version) throw new Problem('PostgreSQL of the distribution is missing: apt-get install postgresql')
  return { binaries: join(BASE, version, 'bin'), version }
}

const findAccount = (): Place['account'] => {
  if (process.getuid?.() !== 0) return undefined
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })),
  )
  if (!uid || !gid) throw new Problem('There is no account postgres: apt-get install postgresql')
  return { uid, gid }
}

export const openPlace = (name: string): Place => {
  const directory = mkdtempSync(join(tmpdir(), `jiankangbao-${name}-`))
  chmodSync(directory, 0o755)
  const account = findAccount()
  const mounted: string[] = []
  const folder = (each: string): string => {
    const path = join(directory, each)
    mkdirSync(path, { recursive: true, mode: 0o700 })
    if (account) chownSync(path, account.uid, account.gid)
    return path
  }
  return {
    directory,
    account,
    ...findBinaries(),
    folder,
    smallDisk: (each, megabytes) => {
      const path = folder(each)
      if (!account) return { path, ownDisk: false }
      try {
        execFileSync('mount', [
          ...['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700,uid=${account.uid},gid=${account.gid}`],
          ...['tmpfs', path],
        ])
        mounted.push(path)
        return { path, ownDisk: true }
      } catch {
        return { path, ownDisk: false }
      }
    },
    remove: () => {
      for (const path of mounted) execFileSync('umount', ['-l', path])
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
