import type {
  DirectoryKind,
  FailingLook,
  ServiceIcon,
  ServiceKind,
  ServiceScope,
  ServiceScreen,
  ServiceViewer,
} from '../vocabulary/services.ts'

interface Texts {
  zh: string
  /** Empty where there is none: readers of English see the Chinese. */
  en: string
}

/** One service of the city, as headquarters write it. Which of the targets is there follows from the kind. */
export interface Service {
  /** Its name in addresses and tokens; it stays the same over versions. */
  key: string
  title: Texts
  words: Texts
  icon: ServiceIcon
  kind: ServiceKind
  screen?: ServiceScreen
  /** With the screen `directory`. */
  directoryKind?: DirectoryKind
  /** Of a link. */
  url?: string
  /** Of a mini program, with the page of it. */
  appId?: string
  path?: string
  telephone?: string
  viewers: ServiceViewer
  /** Whose it is: of these divisions; without any, of the whole city. */
  divisionCodes?: string[]
  /** Whether phones with large type show it. */
  elder: boolean
  startsAt?: string
  endsAt?: string
  /** An address that answers while the service works, and what becomes of it when it does not. */
  check?: { url: string; failing: FailingLook }
  /** What a module of others asks for; only of links. */
  scopes: { scope: ServiceScope; needed: boolean }[]
}

export interface ServiceFault {
  field: string
  reason: string
}

/**
 * Scheme, host and port, then nothing or a path of printable ASCII. Stricter than any browser reads an address, on purpose: no user
 * name, no backslash, no capital letter in the host, nothing before the scheme, so that no two readers see two hosts in one text.
 */
const LINK =
  /^(https?:\/\/[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::[1-9][0-9]{0,4})?)(?:[/?#][!-~]*)?$/
const BANNED = /["'<>\\^`{|}]/
const ORIGIN = /^https:\/\/[a-z0-9.-]+(?::[1-9][0-9]{0,4})?$/
/** Without encryption only on the machine itself: the sandbox. */
const LOCAL_ORIGIN = /^http:\/\/(?:127\.0\.0\.1|localhost)(?::[1-9][0-9]{0,4})?$/

/** The origin of an address, as `https://www.example.org`; undefined for whatever is no plain web address. */
export const originOfLink = (url: string): string | undefined =>
  BANNED.test(url) ? undefined : LINK.exec(url)?.[1]

/** Whether something may stand on the list of origins that services may lead to. */
export const isLinkOrigin = (origin: string): boolean =>
  (ORIGIN.test(origin) && originOfLink(origin) === origin) || LOCAL_ORIGIN.test(origin)

/** Whether a service may lead there. @param origins the allow-list, as `isLinkOrigin` takes them */
export const isAllowedLink = (url: string, origins: readonly string[]): boolean => {
  const origin = originOfLink(url)
  return origin !== undefined && origins.includes(origin)
}

const APP_IDS: Partial<Record<ServiceKind, RegExp>> = { wechat: /^wx[0-9a-f]{16}$/, alipay: /^[0-9]{16}$/ }
const PATH = /^[A-Za-z0-9_-][A-Za-z0-9_./?=&%~-]{0,199}$/
const TELEPHONE = /^\+?[0-9][0-9-]{2,23}$/

const TARGETS = ['screen', 'url', 'appId', 'telephone'] as const
const TARGET_OF: Record<ServiceKind, (typeof TARGETS)[number]> = {
  screen: 'screen',
  link: 'url',
  wechat: 'appId',
  alipay: 'appId',
  telephone: 'telephone',
}

const faultOfTarget = (service: Service, origins: readonly string[]): ServiceFault | undefined => {
  const { kind, url, appId, path, telephone } = service
  const wanted = TARGET_OF[kind]
  for (const target of TARGETS) {
    if (target === wanted && service[target] === undefined) return { field: target, reason: 'required' }
    if (target !== wanted && service[target] !== undefined) return { field: target, reason: 'not_allowed' }
  }
  if (url !== undefined && !isAllowedLink(url, origins)) return { field: 'url', reason: 'origin_not_allowed' }
  if (appId !== undefined && !APP_IDS[kind]?.test(appId)) return { field: 'appId', reason: 'invalid' }
  if (path !== undefined && (appId === undefined || !PATH.test(path)))
    return { field: 'path', reason: 'invalid' }
  if (telephone !== undefined && !TELEPHONE.test(telephone)) return { field: 'telephone', reason: 'invalid' }
  if ((service.screen === 'directory') !== (service.directoryKind !== undefined))
    return { field: 'directoryKind', reason: service.screen === 'directory' ? 'required' : 'not_allowed' }
  return undefined
}

const faultOfScopes = ({ kind, url, scopes, viewers }: Service): ServiceFault | undefined => {
  if (scopes.length === 0) return undefined
  if (kind !== 'link') return { field: 'scopes', reason: 'not_allowed' }
  if (new Set(scopes.map(({ scope }) => scope)).size < scopes.length)
    return { field: 'scopes', reason: 'duplicate' }
  if (viewers !== 'registered') return { field: 'viewers', reason: 'registered_only' }
  // The token stands behind the `#`, which no server on the way is told.
  return url?.includes('#') ? { field: 'url', reason: 'has_fragment' } : undefined
}

/** What is wrong with a service, with its field; undefined where nothing is. */
export const faultOfService = (service: Service, origins: readonly string[]): ServiceFault | undefined => {
  const { check, startsAt, endsAt } = service
  if (startsAt !== undefined && endsAt !== undefined && Date.parse(endsAt) <= Date.parse(startsAt))
    return { field: 'endsAt', reason: 'before_start' }
  if (check && !isAllowedLink(check.url, origins)) return { field: 'check.url', reason: 'origin_not_allowed' }
  return faultOfTarget(service, origins) ?? faultOfScopes(service)
}

/** Whether it is offered at an instant, by its own dates. */
export const isOfferedAt = ({ startsAt, endsAt }: Service, nowMs: number): boolean =>
  (startsAt === undefined || Date.parse(startsAt) <= nowMs) &&
  (endsAt === undefined || Date.parse(endsAt) > nowMs)
