import type { WebSocket } from '@fastify/websocket'

/** A signed-in socket. */
export interface Connection {
  socket: WebSocket
  accountId: string
  sessionId: string
  personIds: string[]
}

/** Sockets by a key, for example the persons whose status they follow. */
const createIndex = () => {
  const byKey = new Map<string, Set<Connection>>()
  return {
    add: (key: string, connection: Connection): void => {
      const set = byKey.get(key)
      if (set) set.add(connection)
      else byKey.set(key, new Set([connection]))
    },
    remove: (key: string, connection: Connection): void => {
      const set = byKey.get(key)
      set?.delete(connection)
      if (set?.size === 0) byKey.delete(key)
    },
    // A copy: closing a socket changes the set. Oldest first.
    of: (key: string): Connection[] => [...(byKey.get(key) ?? [])],
    keys: (): string[] => [...byKey.keys()],
  }
}

/** All signed-in sockets of this process. */
export const createConnections = () => {
  const byPerson = createIndex()
  const byAccount = createIndex()
  const bySession = createIndex()
  const all = new Set<Connection>()

  const watch = (connection: Connection, personIds: string[]): void => {
    for (const personId of connection.personIds) byPerson.remove(personId, connection)
    connection.personIds = personIds
    for (const personId of personIds) byPerson.add(personId, connection)
  }

  return {
    add: (connection: Connection): void => {
      all.add(connection)
      byAccount.add(connection.accountId, connection)
      bySession.add(connection.sessionId, connection)
    },
    remove: (connection: Connection): void => {
      watch(connection, [])
      byAccount.remove(connection.accountId, connection)
      bySession.remove(connection.sessionId, connection)
      all.delete(connection)
    },
    /** Follows these persons instead of those before. */
    watch: (connection: Connection, personIds: string[]): void => {
      if (all.has(connection)) watch(connection, personIds)
    },
    all: (): Connection[] => [...all],
    ofPerson: byPerson.of,
    ofAccount: byAccount.of,
    ofSession: bySession.of,
    sessionIds: bySession.keys,
  }
}
