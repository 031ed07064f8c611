import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../database.ts'
import { type Child, signalFamily, startChild, waitUntil } from './children.ts'
import type { Etcd } from './etcd.ts'
import type { Place } from './place.ts'

export interface DatabaseNode {
  name: string
  port: number
  restPort: number
  /** Of PostgreSQL's files; may be a disk of its own. */
  disk: string
  ownDisk: boolean
  /** Patroni and the PostgreSQL that it started. */
  child: Child
  /** `deploy/postgresql/disk-guard.py`, beside it. */
  guard: Child
}

interface Member {
  name: string
  role: string
  state: string
  timeline?: number
}

export interface DatabaseCluster {
  nodes: DatabaseNode[]
  password: string
  members(): Promise<Member[]>
  findPrimary(): Promise<DatabaseNode>
  /** The standby that has everything which was acknowledged. */
  findSynchronous(): Promise<DatabaseNode>
  start(node: DatabaseNode): void
  /** As when its machine loses power: Patroni and PostgreSQL end at once. */
  kill(node: DatabaseNode): Promise<void>
  /** As when its machine hangs or is cut off: nothing of it runs, until it goes on. */
  freeze(node: DatabaseNode): void
  thaw(node: DatabaseNode): void
  /** A primary, both standbys following it, one of them synchronously. */
  waitUntilWhole(seconds: number): Promise<void>
  switchOver(): Promise<void>
  stop(): Promise<void>
}

/** `deploy/postgresql/patroni.yml` with the addresses of this machine. @throws where it no longer says what is exchanged */
const settingsOf = (
  place: Place,
  etcd: Etcd,
  password: string,
  node: Omit<DatabaseNode, 'child' | 'guard'>,
): string => {
  let text = readFileSync('deploy/postgresql/patroni.yml', 'utf8')
  const change = (from: string, to: string) => {
    if (!text.includes(from)) throw new Error(`deploy/postgresql/patroni.yml does not hold ${from}`)
    text = text.replaceAll(from, to)
  }
  change('name: database-1', `name: ${node.name}`)
  change('10.0.0.11:8008', `127.0.0.1:${node.restPort}`)
  change('10.0.0.11:2379,10.0.0.12:2379,10.0.0.13:2379', etcd.hosts.join(','))
  change('10.0.0.11:5432', `127.0.0.1:${node.port}`)
  change('10.0.0.0/24', '127.0.0.1/32')
  change('<password>', password)
  change('/var/lib/postgresql/17/main', join(node.disk, 'data'))
  change('/usr/lib/postgresql/17/bin', place.binaries)
  change('/var/run/postgresql', node.disk)
  change('local all all peer', 'local all all trust')
  change('shared_buffers: 4GB', 'shared_buffers: 128MB')
  // What is archived is the other rehearsal's.
  change('archive_mode: "on"', 'archive_mode: "off"')
  change('mode: automatic', 'mode: "off"')
  return text
}

/** Patroni starts it as nobody's child, so that it outlives Patroni. */
const postmasterOf = ({ disk }: DatabaseNode): number =>
  Number.parseInt(readFileSync(join(disk, 'data/postmaster.pid'), 'utf8'), 10)

/** Of the small disks here; on a machine's it is more. */
const GUARDED_MIB = 200
const RESERVE_MIB = 200

const startGuard = (
  place: Place,
  { name, disk, restPort }: Omit<DatabaseNode, 'child' | 'guard'>,
  settings: string,
): Child =>
  startChild({
    command: '/usr/bin/python3',
    args: [join(process.cwd(), 'deploy/postgresql/disk-guard.py')],
    logFile: join(place.directory, `${name}-guard.log`),
    env: {
      PATRONI: `http://127.0.0.1:${restPort}`,
      DATA: disk,
      TAGS: join(settings, 'disk.yml'),
      LEAST_MIB: String(GUARDED_MIB),
      RESERVE: join(disk, 'reserve'),
      RESERVE_MIB: String(RESERVE_MIB),
    },
    ...(place.account && { account: place.account }),
  })

/** Three databases kept by Patroni, as plain processes of this machine. */
export const startDatabases = async (
  place: Place,
  etcd: Etcd,
  password: string,
): Promise<DatabaseCluster> => {
  const launch = (name: string): Child =>
    startChild({
      command: '/usr/bin/patroni',
      // A folder of settings: the guard lays its tags beside ours.
      args: [join(place.directory, `${name}.d`)],
      logFile: join(place.directory, `${name}.log`),
      env: { HOME: place.folder(`${name}-home`), PATH: `${place.binaries}:${process.env.PATH}` },
      ...(place.account && { account: place.account }),
    })
  const nodes: DatabaseNode[] = []
  for (const name of ['database-1', 'database-2', 'database-3']) {
    const disk = place.smallDisk(name, 1500)
    const planned = {
      name,
      port: await freePort(),
      restPort: await freePort(),
      disk: disk.path,
      ownDisk: disk.ownDisk,
    }
    const settings = place.folder(`${name}.d`)
    writeFileSync(join(settings, 'patroni.yml'), settingsOf(place, etcd, password, planned))
    nodes.push({ ...planned, child: launch(name), guard: startGuard(place, planned, settings) })
  }
  const membersBy = async ({ restPort }: DatabaseNode): Promise<Member[]> => {
    const answer = await fetch(`http://127.0.0.1:${restPort}/cluster`, { signal: AbortSignal.timeout(3_000) })
    return answer.ok ? ((await answer.json()) as { members: Member[] }).members : []
  }
  const members = async (): Promise<Member[]> => {
    for (const node of nodes) {
      // One that is killed or hangs says nothing; another one knows.
      const found = await membersBy(node).catch(() => [])
      if (found.length > 0) return found
    }
    return []
  }
  const withRole = async (...roles: string[]): Promise<DatabaseNode> => {
    const found = (await members()).find(
      ({ role, state }) => roles.includes(role) && /running|streaming/.test(state),
    )
    const node = nodes.find(({ name }) => name === found?.name)
    if (!node) throw new Error(`no ${roles[0]}`)
    return node
  }
  const isWhole = async () => {
    const all = await members()
    const timelines = new Set(all.map(({ timeline }) => timeline))
    return (
      all.length === nodes.length &&
      timelines.size === 1 &&
      all.every(({ state }) => /running|streaming/.test(state)) &&
      all.some(({ role }) => role === 'leader') &&
      all.some(({ role }) => role === 'sync_standby')
    )
  }
  const cluster: DatabaseCluster = {
    nodes,
    password,
    members,
    findPrimary: () => withRole('leader'),
    findSynchronous: () => withRole('sync_standby'),
    start: (node) => {
      // What a machine that lost power left: the lock of a process that is gone.
      rmSync(join(node.disk, `.s.PGSQL.${node.port}.lock`), { force: true })
      node.child = launch(node.name)
    },
    kill: async (node) => {
      const postmaster = postmasterOf(node)
      signalFamily(postmaster, 'SIGKILL')
      await node.child.kill()
    },
    freeze: (node) => {
      for (const pid of [node.child.pid, postmasterOf(node)]) signalFamily(pid, 'SIGSTOP')
    },
    thaw: (node) => {
      for (const pid of [postmasterOf(node), node.child.pid]) signalFamily(pid, 'SIGCONT')
    },
    waitUntilWhole: (seconds) =>
      waitUntil('a primary and two standbys', isWhole, seconds, join(place.directory, 'database-1.log')),
    switchOver: async () => {
      const [leader, candidate] = await Promise.all([cluster.findPrimary(), cluster.findSynchronous()])
      const answer = await fetch(`http://127.0.0.1:${leader.restPort}/switchover`, {
        method: 'POST',
        body: JSON.stringify({ leader: leader.name, candidate: candidate.name }),
      })
      if (!answer.ok) throw new Error(`switch-over refused: ${await answer.text()}`)
    },
    stop: async () => {
      await Promise.all(nodes.flatMap(({ child, guard }) => [child.stop(), guard.stop()]))
    },
  }
  await cluster.waitUntilWhole(90)
  return cluster
}
