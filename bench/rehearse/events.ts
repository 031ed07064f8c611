import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DatabaseCluster } from './cluster.ts'
import type { Etcd } from './etcd.ts'

export interface Stage {
  cluster: DatabaseCluster
  etcd: Etcd
}

export interface Event {
  name: string
  what: string
  /** Most seconds in which no scan is acknowledged. */
  goalSeconds: number
  /** Undefined where this machine can not do it, with why. */
  impossible?(stage: Stage): string | undefined
  inject(stage: Stage): Promise<void>
  /** Puts right afterwards what was broken. */
  mend?(stage: Stage): Promise<void>
}

/** What was broken, for putting it right afterwards. */
const broken = new Map<string, () => Promise<void>>()
const mendAll = async () => {
  for (const [name, mend] of broken) {
    broken.delete(name)
    await mend()
  }
}

export const events: Event[] = [
  {
    name: 'switch-over',
    what: 'a planned switch-over to the synchronous standby',
    goalSeconds: 3,
    inject: ({ cluster }) => cluster.switchOver(),
  },
  {
    name: 'primary-killed',
    what: 'kill -9 of the primary and its Patroni, as when its machine loses power',
    goalSeconds: 12,
    inject: async ({ cluster }) => {
      const primary = await cluster.findPrimary()
      await cluster.kill(primary)
      broken.set(primary.name, async () => cluster.start(primary))
    },
    mend: mendAll,
  },
  {
    name: 'standby-cut-off',
    what: 'the synchronous standby hangs, with its Patroni, for 20 seconds',
    goalSeconds: 12,
    inject: async ({ cluster }) => {
      const standby = await cluster.findSynchronous()
      cluster.freeze(standby)
      await sleep(20_000)
      cluster.thaw(standby)
    },
  },
  {
    name: 'etcd-leader-killed',
    what: "kill -9 of etcd's leader; two of three are left",
    goalSeconds: 3,
    inject: async ({ etcd }) => {
      const leader = await etcd.findLeader()
      await leader.child.kill()
      broken.set(leader.name, () => etcd.restart(leader))
    },
    mend: mendAll,
  },
  {
    name: 'disk-full',
    what: "the primary's disk is full",
    goalSeconds: 12,
    impossible: ({ cluster }) =>
      cluster.nodes.every(({ ownDisk }) => ownDisk) ? undefined : 'no disk of its own can be mounted here',
    inject: async ({ cluster }) => {
      const primary = await cluster.findPrimary()
      const filler = join(primary.disk, 'filler')
      try {
        execFileSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=1M'], { stdio: 'ignore' })
      } catch {
        // dd ends with an error once the disk is full, which is what was wanted.
      }
      broken.set(primary.name, async () => {
        rmSync(filler, { force: true })
        await primary.child.stop()
        cluster.start(primary)
      })
    },
    mend: mendAll,
  },
]
