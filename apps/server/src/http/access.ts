import cookies from '@fastify/cookie'
import { type Access, isForOperators } from '@jiankangbao/contracts/access'
import type { PartnerKind } from '@jiankangbao/domain/vocabulary/people'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from './app-error.ts'
import { type Caller, hasRole, type OperatorCaller, type PartnerCaller } from './caller.ts'
import type { Tokens } from './tokens.ts'

/**
 * The name of a cookie. Behind HTTPS the browser itself refuses one of this name that another host of the same domain or
 * plain HTTP sets (`__Host-`).
 */
export const hostCookie = (name: string, secure: boolean): string => (secure ? `__Host-${name}` : name)

/** The cookie of an operator's session. */
export const operatorCookie = (secure: boolean): string => hostCookie('jkb_operator', secure)

/** What the access check needs from features; wired in `app.ts`. */
export interface AccessSources {
  tokens: Tokens
  /** Name of the cookie that holds an operator's session. */
  operatorCookie: string
  isSessionRevoked(sessionId: string): boolean
  isDeviceRevoked(deviceId: string): Promise<boolean>
  /** The operator of a cookie, with the CSRF token that writing requests must repeat; undefined where it is not good. */
  findOperator(
    cookie: string,
  ): Promise<{ caller: OperatorCaller; csrfToken: string; mustChangePassword: boolean } | undefined>
  /** The partner of a key, unless it was revoked. */
  findPartner(key: string): Promise<PartnerCaller | undefined>
}

const bearerOf = (request: FastifyRequest): string | undefined => {
  const header = request.headers.authorization
  return header?.startsWith('Bearer ') ? header.slice(7) : undefined
}

// Until the first password is replaced, these are all an operator may call.
const allowedWithFirstPassword = new Set(['getOperatorMe', 'operatorSignOut', 'changeOwnPassword'])

const resolveOperator = async (sources: AccessSources, request: FastifyRequest): Promise<OperatorCaller> => {
  const { cookie } = request.headers
  const secret = cookie ? cookies.parse(cookie)[sources.operatorCookie] : undefined
  const found = secret ? await sources.findOperator(secret) : undefined
  if (!found) throw new AppError('NOT_SIGNED_IN')
  if (request.method !== 'GET' && request.headers['x-csrf-token'] !== found.csrfToken)
    throw new AppError('CSRF_REFUSED')
  if (found.mustChangePassword && !allowedWithFirstPassword.has(request.routeOptions.config.operation ?? ''))
    throw new AppError('FORBIDDEN', { fields: [{ field: 'password', reason: 'must_be_changed' }] })
  return found.caller
}

const requireRole = (caller: OperatorCaller, access: Access): void => {
  if (!isForOperators(access)) throw new AppError('FORBIDDEN')
  if (access.roles && !hasRole(caller, ...access.roles)) throw new AppError('FORBIDDEN')
}

// Before the second proof of a sign-in on a new device: here, for every operation, and nowhere else.
const resolveCitizen = (
  sources: AccessSources,
  request: FastifyRequest,
  access: Extract<Access, { kind: 'citizen' }>,
): Caller => {
  const token = bearerOf(request)
  if (!token) throw new AppError('NOT_SIGNED_IN')
  const caller = sources.tokens.verify(token)
  if (caller.kind !== 'citizen') throw new AppError('NOT_SIGNED_IN')
  if (sources.isSessionRevoked(caller.sessionId)) throw new AppError('SESSION_REVOKED')
  if (caller.unproved && !access.unproved) throw new AppError('SIGN_IN_UNPROVED')
  return caller
}

const resolveStaff = async (
  sources: AccessSources,
  request: FastifyRequest,
  access: Access,
): Promise<Caller> => {
  const token = bearerOf(request)
  if ((access.kind === 'device' || access.kind === 'device_or_operator') && token) {
    const caller = sources.tokens.verify(token)
    if (caller.kind !== 'device') throw new AppError('NOT_SIGNED_IN')
    if (await sources.isDeviceRevoked(caller.deviceId)) throw new AppError('SESSION_REVOKED')
    return caller
  }
  const caller = await resolveOperator(sources, request)
  requireRole(caller, access)
  return caller
}

const resolvePartner = async (
  sources: AccessSources,
  request: FastifyRequest,
  kind: PartnerKind,
): Promise<PartnerCaller> => {
  const key = bearerOf(request)
  const caller = key ? await sources.findPartner(key) : undefined
  if (!caller) throw new AppError('NOT_SIGNED_IN')
  if (caller.partnerKind !== kind) throw new AppError('FORBIDDEN')
  return caller
}

const resolveCaller = (
  sources: AccessSources,
  request: FastifyRequest,
  access: Access,
): Caller | Promise<Caller> => {
  switch (access.kind) {
    case 'public':
      return access
    case 'citizen':
      return resolveCitizen(sources, request, access)
    case 'partner':
      return resolvePartner(sources, request, access.partner)
    default:
      return resolveStaff(sources, request, access)
  }
}

export interface RouteAccess {
  method: string
  url: string
  access: Access
}

/**
 * Declares `request.caller`.
 * @returns a function that makes a context refuse to start with a route that declares no access, checks each request
 * before its body is read, and adds the context's routes with their access to a list, complete once the app is ready
 */
export const prepareAccess = (
  app: FastifyInstance,
  sources: AccessSources,
): ((context: FastifyInstance, routes: RouteAccess[]) => void) => {
  app.decorateRequest('caller', undefined as never)
  return (context, routes) => {
    context.addHook('onRoute', (route) => {
      const access = route.config?.access
      if (!access) throw new Error(`${String(route.method)} ${route.url} declares no access`)
      routes.push({ method: String(route.method), url: route.url, access })
    })
    context.addHook('onRequest', (request, _reply, done) => {
      const { access } = request.routeOptions.config
      // Without a route (404, 405) there is nothing to protect.
      if (!access) return done()
      const caller = resolveCaller(sources, request, access)
      if (!(caller instanceof Promise)) {
        request.caller = caller
        return done()
      }
      caller.then((known) => {
        request.caller = known
        done()
      }, done)
    })
  }
}
