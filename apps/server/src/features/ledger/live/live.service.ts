import type { WebSocket } from '@fastify/websocket'
import { idsOf } from '../../../db/notify.ts'
import { AppError } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { type Connection, createConnections } from './connections.ts'
import { listLiveSessionIds, listWatchedPersons } from './live.queries.ts'

// A socket is: opened, then signed in by its first message `{"type":"auth","accessToken":…}`, then told what changed
// (never the change itself: the phone asks for that), until closed. Browsers can not send headers with a WebSocket,
// and a token in the address would end up in logs.

/** Close codes: like the HTTP status behind 4000. */
const CLOSE_NOT_SIGNED_IN = 4401
const CLOSE_TOO_MANY = 4429
const CLOSE_BUSY = 1013

const AUTH_MS = 5_000
const PING_MS = 25_000
const SOCKETS_PER_ACCOUNT = 5
const SOCKETS_PER_PROCESS = 50_000
/** A phone that takes nothing in any more is not waited for. */
const MAX_WAITING_BYTES = 64 * 1024

type LiveParts = Pick<Parts, 'pool' | 'listener' | 'tokens' | 'epochs' | 'clock' | 'log'> & {
  isSessionRevoked(sessionId: string): boolean
}

const parseAuth = (data: unknown, isBinary: boolean): string | undefined => {
  if (isBinary) return undefined
  try {
    const message = JSON.parse(String(data)) as { type?: unknown; accessToken?: unknown } | null
    return message?.type === 'auth' && typeof message.accessToken === 'string'
      ? message.accessToken
      : undefined
  } catch {
    return undefined
  }
}

const send = (socket: WebSocket, type: 'ready' | 'status_changed' | 'notice'): void => {
  if (socket.readyState !== socket.OPEN) return
  if (socket.bufferedAmount > MAX_WAITING_BYTES) socket.terminate()
  else socket.send(JSON.stringify({ type }))
}

/** Tells phones at once that a colour or the notices of their account changed. */
export const createLiveService = (parts: LiveParts) => {
  const { pool, listener, tokens, clock, log, isSessionRevoked } = parts
  const connections = createConnections()
  // Their accounts may be somebody else's in another history: who is there signs in by a token of now.
  parts.epochs.onRenewed(() => {
    for (const { socket } of connections.all()) socket.close(CLOSE_NOT_SIGNED_IN, 'sign in again')
  })
  const answered = new WeakSet<WebSocket>()
  let sockets = 0

  const verify = (accessToken: string): CitizenCaller => {
    const caller = tokens.verify(accessToken)
    if (caller.kind !== 'citizen' || caller.unproved || isSessionRevoked(caller.sessionId))
      throw new AppError('NOT_SIGNED_IN')
    return caller
  }

  const readPersons = async (connection: Connection): Promise<void> => {
    connections.watch(connection, await listWatchedPersons(pool, connection.accountId))
  }

  const signIn = async (socket: WebSocket, accessToken: string): Promise<void> => {
    const { accountId, sessionId } = verify(accessToken)
    // The oldest goes: it is the one a phone lost without saying so.
    for (const old of connections.ofAccount(accountId).slice(0, 1 - SOCKETS_PER_ACCOUNT))
      old.socket.close(CLOSE_TOO_MANY, 'too many connections')
    const connection: Connection = { socket, accountId, sessionId, personIds: [] }
    connections.add(connection)
    socket.on('close', () => connections.remove(connection))
    await readPersons(connection)
    if (isSessionRevoked(sessionId)) throw new AppError('SESSION_REVOKED')
    send(socket, 'ready')
  }

  const open = (socket: WebSocket): void => {
    if (sockets >= SOCKETS_PER_PROCESS) {
      socket.close(CLOSE_BUSY, 'busy')
      return
    }
    sockets += 1
    answered.add(socket)
    const timer = setTimeout(() => socket.close(CLOSE_NOT_SIGNED_IN, 'not signed in'), AUTH_MS)
    socket.on('close', () => {
      clearTimeout(timer)
      sockets -= 1
    })
    socket.on('pong', () => answered.add(socket))
    socket.on('error', () => socket.terminate())
    // Only the first message counts; nothing else is ever asked of the server here.
    socket.once('message', (data: unknown, isBinary: boolean) => {
      clearTimeout(timer)
      const accessToken = parseAuth(data, isBinary)
      if (accessToken === undefined) return socket.close(CLOSE_NOT_SIGNED_IN, 'not signed in')
      signIn(socket, accessToken).catch((error: unknown) => {
        const refused = error instanceof AppError
        if (!refused) log.error({ err: error }, 'live connection failed')
        socket.close(refused ? CLOSE_NOT_SIGNED_IN : CLOSE_BUSY, refused ? 'not signed in' : 'busy')
      })
    })
  }

  const ping = (): void => {
    for (const { socket } of connections.all()) {
      if (!answered.has(socket)) socket.terminate()
      else {
        answered.delete(socket)
        socket.ping()
      }
    }
  }

  const endSession = (sessionId: string): void => {
    for (const { socket } of connections.ofSession(sessionId)) socket.close(CLOSE_NOT_SIGNED_IN, 'signed out')
  }

  // What was told while the listening connection was lost is not told again: whoever is there looks for themselves.
  const catchUp = async (): Promise<void> => {
    const asked = connections.sessionIds()
    if (asked.length === 0) return
    const live = new Set(await listLiveSessionIds(pool, asked, clock()))
    for (const sessionId of asked) if (!live.has(sessionId)) endSession(sessionId)
    for (const connection of connections.all()) {
      await readPersons(connection)
      send(connection.socket, 'status_changed')
      send(connection.socket, 'notice')
    }
  }

  const logFailure = (error: unknown): void => log.error({ err: error }, 'live connections not updated')

  // One message names many: those of a whole batch of changes.
  listener.on('status_changed', (personIds) => {
    for (const personId of idsOf(personIds))
      for (const { socket } of connections.ofPerson(personId)) send(socket, 'status_changed')
  })
  listener.on('notice', (accountIds) => {
    for (const accountId of idsOf(accountIds))
      for (const connection of connections.ofAccount(accountId)) {
        // A notice also comes when the account's person or members changed.
        readPersons(connection).catch(logFailure)
        send(connection.socket, 'notice')
      }
  })
  listener.on('session_revoked', endSession)
  listener.onConnected(() => void catchUp().catch(logFailure))
  const pingTimer = setInterval(ping, PING_MS)
  pingTimer.unref()

  return { open, stop: () => clearInterval(pingTimer) }
}

export type LiveService = ReturnType<typeof createLiveService>
