import { readFileSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../database.ts'
import { type Child, startChild, waitUntil } from './children.ts'
import type { DatabaseNode } from './cluster.ts'
import type { Place } from './place.ts'

const exchange = (path: string, changes: readonly [RegExp, string][]): string => {
  let text = readFileSync(path, 'utf8')
  for (const [from, to] of changes) {
    if (!from.test(text)) throw new Error(`${path} does not hold ${from}`)
    text = text.replace(from, to)
  }
  return text
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1')
    socket.on('connect', () => resolve(true))
    socket.on('error', () => resolve(false))
    socket.on('close', () => socket.destroy())
    socket.on('connect', () => socket.end())
  })

const startHaproxy = async (place: Place, name: string, text: string, port: number): Promise<Child> => {
  const file = join(place.directory, `${name}.cfg`)
  writeFileSync(file, text)
  const logFile = join(place.directory, `${name}.log`)
  const child = startChild({ command: '/usr/sbin/haproxy', args: ['-db', '-f', file], logFile })
  await waitUntil(name, () => listens(port), 15, logFile)
  return child
}

/** `deploy/haproxy/database.cfg`, leading to the databases of this machine. */
export const startWayToPrimary = async (
  place: Place,
  nodes: readonly DatabaseNode[],
): Promise<{ port: number; child: Child }> => {
  const [port, standbyPort] = [await freePort(), await freePort()]
  const text = exchange('deploy/haproxy/database.cfg', [
    [/maxconn 4000/, 'maxconn 1000'],
    [/127\.0\.0\.1:5000\n/, `127.0.0.1:${port}\n`],
    [/127\.0\.0\.1:5001\n/, `127.0.0.1:${standbyPort}\n`],
    ...nodes.map(({ port: own, restPort }, at): [RegExp, string] => [
      new RegExp(`10\\.0\\.0\\.1${at + 1}:5432 check port 8008`, 'g'),
      `127.0.0.1:${own} check port ${restPort}`,
    ]),
  ])
  const child = await startHaproxy(place, 'way-to-primary', text, port)
  // HAProxy takes every server for good until it has looked; by now it has.
  await sleep(4_000)
  return { port, child }
}

/** `deploy/haproxy/door.cfg` before the servers of this machine, without its certificate. */
export const startDoor = async (
  place: Place,
  serverPorts: readonly number[],
): Promise<{ origin: string; child: Child }> => {
  const [port, plain] = [await freePort(), await freePort()]
  const text = exchange('deploy/haproxy/door.cfg', [
    [/maxconn 100000/, 'maxconn 4000'],
    [/bind :80\n/, `bind 127.0.0.1:${plain}\n`],
    [/bind :443 ssl crt \S+ alpn \S+\n/, `bind 127.0.0.1:${port}\n`],
    [/127\.0\.0\.1:8080\n/, `127.0.0.1:${serverPorts[0]}\n`],
    [/127\.0\.0\.1:8180\n/, `127.0.0.1:${serverPorts[1]}\n`],
  ])
  return { origin: `http://127.0.0.1:${port}`, child: await startHaproxy(place, 'door', text, port) }
}
