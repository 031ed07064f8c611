import { freePort } from '../database.ts'
import { type Child, startChild, waitUntil } from './children.ts'
import type { Place } from './place.ts'

export interface EtcdMember {
  name: string
  url: string
  child: Child
}

export interface Etcd {
  /** Of clients, host:port each. */
  hosts: string[]
  members: EtcdMember[]
  findLeader(): Promise<EtcdMember>
  restart(member: EtcdMember): Promise<void>
  stop(): Promise<void>
}

interface Status {
  header: { member_id: string }
  leader?: string
}

const statusOf = async (url: string): Promise<Status> => {
  const answer = await fetch(`${url}/v3/maintenance/status`, {
    method: 'POST',
    body: '{}',
    signal: AbortSignal.timeout(1_000),
  })
  return (await answer.json()) as Status
}

/** Three members on this machine; two are enough for a decision. */
export const startEtcd = async (place: Place): Promise<Etcd> => {
  const planned: { name: string; client: number; peer: number; folder: string }[] = []
  for (const name of ['etcd-1', 'etcd-2', 'etcd-3'])
    planned.push({ name, client: await freePort(), peer: await freePort(), folder: place.folder(name) })
  const initial = planned.map(({ name, peer }) => `${name}=http://127.0.0.1:${peer}`).join(',')
  const start = ({ name, client, peer, folder }: (typeof planned)[number], state: 'new' | 'existing') =>
    startChild({
      command: '/usr/bin/etcd',
      args: [
        ...['--name', name, '--data-dir', `${folder}/data`, '--initial-cluster', initial],
        ...['--initial-cluster-state', state, '--initial-cluster-token', 'rehearsal'],
        ...['--listen-client-urls', `http://127.0.0.1:${client}`],
        ...['--advertise-client-urls', `http://127.0.0.1:${client}`],
        ...['--listen-peer-urls', `http://127.0.0.1:${peer}`],
        ...['--initial-advertise-peer-urls', `http://127.0.0.1:${peer}`],
        ...['--heartbeat-interval', '100', '--election-timeout', '1000', '--log-level', 'warn'],
      ],
      logFile: `${place.directory}/${name}.log`,
      ...(place.account && { account: place.account }),
    })
  const members: EtcdMember[] = planned.map((each) => ({
    name: each.name,
    url: `http://127.0.0.1:${each.client}`,
    child: start(each, 'new'),
  }))
  const findLeader = async (): Promise<EtcdMember> => {
    for (const member of members) {
      const status = await statusOf(member.url).catch(() => undefined)
      if (status?.leader && status.leader === status.header.member_id) return member
    }
    throw new Error('etcd has no leader')
  }
  await waitUntil('etcd', async () => Boolean(await findLeader()), 30, `${place.directory}/etcd-1.log`)
  return {
    hosts: planned.map(({ client }) => `127.0.0.1:${client}`),
    members,
    findLeader,
    restart: async (member) => {
      const plan = planned.find(({ name }) => name === member.name)
      if (plan) member.child = start(plan, 'existing')
      await waitUntil(member.name, async () => Boolean((await statusOf(member.url)).leader), 30)
    },
    stop: async () => {
      await Promise.all(members.map(({ child }) => child.stop()))
    },
  }
}
