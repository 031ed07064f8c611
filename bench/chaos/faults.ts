import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { BenchDatabase } from '../database.ts'
import { familyOf } from '../processes.ts'
import type { RunningServer } from '../system.ts'
import type { BadNetwork } from './proxy.ts'

export interface Place {
  database: BenchDatabase
  /** The primary with two processes for requests and one for jobs; connected through the proxy. */
  server: RunningServer
  restartServer(): Promise<void>
  proxy: BadNetwork
  admin: pg.Pool
}

export interface Fault {
  name: string
  /** What is done, for the report. */
  what: string
  inject(place: Place): Promise<void>
}

/** The server's own processes for requests and jobs: the children of its primary. */
const childrenOf = (server: RunningServer): number[] => familyOf(server.pid).slice(1)

const takeAllConnections = async (url: string, milliseconds: number): Promise<void> => {
  const held: pg.Client[] = []
  const until = Date.now() + milliseconds
  while (Date.now() < until) {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    const connected = await client.connect().then(
      () => true,
      () => false,
    )
    if (connected) held.push(client)
    else await sleep(2)
  }
  await Promise.all(held.map((client) => client.end().catch(() => {})))
}

/** Faults of the running system, each while phones scan and colours change. */
export const faults: Fault[] = [
  {
    name: 'process-killed',
    what: 'kill -9 of one server process of two; the primary starts another',
    inject: async ({ server }) => {
      const [first] = childrenOf(server)
      if (first) process.kill(first, 'SIGKILL')
      await sleep(3000)
    },
  },
  {
    name: 'server-killed',
    what: 'kill -9 of all server processes at once; started again after a second',
    inject: async ({ server, restartServer }) => {
      for (const each of familyOf(server.pid)) process.kill(each, 'SIGKILL')
      await sleep(1000)
      await restartServer()
    },
  },
  {
    name: 'database-killed',
    what: 'kill -9 of every database process; started again after a second, recovers from its log',
    inject: async ({ database }) => {
      await database.kill()
      await sleep(1000)
      await database.restart()
    },
  },
  {
    name: 'connections-cut',
    what: 'all connections to the database reset, eight times in four seconds',
    inject: async ({ proxy }) => {
      for (let times = 0; times < 8; times += 1) {
        proxy.cut()
        await sleep(500)
      }
    },
  },
  {
    name: 'answers-lost',
    what: 'for four seconds every second answer of the database is lost with its connection, often after the commit',
    inject: async ({ proxy }) => {
      proxy.swallowAnswers(true)
      await sleep(4000)
      proxy.swallowAnswers(false)
    },
  },
  {
    name: 'connections-taken',
    what: 'somebody else takes every connection the database has for five seconds, while the server loses its own',
    inject: async ({ database, admin }) => {
      const taken = Promise.all([1, 2, 3, 4].map(() => takeAllConnections(database.appUrl, 5000)))
      // Whoever comes first has the place that becomes free; after some rounds that is never the server.
      for (let times = 0; times < 15; times += 1) {
        await sleep(200)
        await admin.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'jkb%'`,
        )
      }
      await taken
    },
  },
  {
    name: 'disk-stalls',
    what: 'every database process stopped for three seconds, as by a disk that does not answer',
    inject: async ({ database }) => {
      const processes = await database.processes()
      for (const each of processes) process.kill(each, 'SIGSTOP')
      await sleep(3000)
      for (const each of processes) process.kill(each, 'SIGCONT')
    },
  },
  {
    name: 'database-slow',
    what: 'every answer of the database 300 ms late for five seconds',
    inject: async ({ proxy }) => {
      proxy.delay(300)
      await sleep(5000)
      proxy.delay(0)
    },
  },
]
