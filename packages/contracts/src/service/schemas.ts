import {
  DIRECTORY_KINDS,
  FAILING_LOOKS,
  SERVICE_ICONS,
  SERVICE_KINDS,
  SERVICE_LIST_STATES,
  SERVICE_SCOPES,
  SERVICE_SCREENS,
  SERVICE_VIEWERS,
} from '@jiankangbao/domain/vocabulary/services'
import { type Static, Type } from 'typebox'
import {
  Closed,
  Colour,
  DivisionCode,
  Instant,
  IntegerId,
  Line,
  Lines,
  NamingLine,
  OneOf,
  ProposalId,
  RequestId,
  Shown,
  Token,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'What the city serves: the grid of services, and what modules of others are handed'

const Key = Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$', examples: ['fever-clinics'] })
const Address = Type.String({
  maxLength: 500,
  pattern: '^[!-~]{8,500}$',
  examples: ['https://www.example.org/module'],
})

/** As headquarters write it; `packages/domain` service/service says what fits together. */
const WrittenService = Closed({
  key: Key,
  title: Closed({
    zh: NamingLine({ minLength: 1, maxLength: 20, examples: ['发热门诊'] }),
    en: Line({ maxLength: 40, examples: ['Fever clinics'] }),
  }),
  words: Closed({
    zh: Line({ maxLength: 60, examples: ['地址、时间和电话'] }),
    en: Line({ maxLength: 120, examples: ['Where, when, by phone'] }),
  }),
  icon: OneOf(SERVICE_ICONS),
  kind: OneOf(SERVICE_KINDS),
  screen: Type.Optional(OneOf(SERVICE_SCREENS)),
  directoryKind: Type.Optional(OneOf(DIRECTORY_KINDS)),
  url: Type.Optional(Address),
  appId: Type.Optional(Type.String({ pattern: '^[0-9a-z]{16,18}$', examples: ['wx0123456789abcdef'] })),
  path: Type.Optional(
    Type.String({ maxLength: 200, pattern: '^[!-~]{1,200}$', examples: ['pages/home/index'] }),
  ),
  telephone: Type.Optional(Type.String({ pattern: '^\\+?[0-9][0-9-]{2,23}$', examples: ['12345'] })),
  viewers: OneOf(SERVICE_VIEWERS),
  /** Districts, streets or communities of the city; none for all of it. */
  divisionCodes: Type.Optional(Type.Array(DivisionCode, { maxItems: 40, uniqueItems: true })),
  elder: Type.Boolean(),
  startsAt: Type.Optional(Instant),
  endsAt: Type.Optional(Instant),
  check: Type.Optional(Closed({ url: Address, failing: OneOf(FAILING_LOOKS) })),
  scopes: Type.Array(Closed({ scope: OneOf(SERVICE_SCOPES), needed: Type.Boolean() }), { maxItems: 8 }),
})
export type WrittenService = Static<typeof WrittenService>

/** As a phone shows it. */
const ShownService = Type.Object({
  key: Shown('fever-clinics'),
  title: Type.Object({ zh: Shown('发热门诊'), en: Shown('Fever clinics') }),
  words: Type.Object({ zh: Shown('地址、时间和电话'), en: Shown('Where, when, by phone') }),
  icon: OneOf(SERVICE_ICONS),
  kind: OneOf(SERVICE_KINDS),
  screen: Type.Optional(OneOf(SERVICE_SCREENS)),
  directoryKind: Type.Optional(OneOf(DIRECTORY_KINDS)),
  url: Type.Optional(Shown('https://www.example.org/module')),
  appId: Type.Optional(Shown('wx0123456789abcdef')),
  path: Type.Optional(Shown('pages/home/index')),
  telephone: Type.Optional(Shown('12345')),
  viewers: OneOf(SERVICE_VIEWERS),
  divisionCodes: Type.Optional(Type.Array(Shown('110101'))),
  elder: Type.Boolean(),
  scopes: Type.Array(Type.Object({ scope: OneOf(SERVICE_SCOPES), needed: Type.Boolean() })),
  /** Its own check fails: shown in grey. */
  failing: Type.Boolean(),
})
export type ShownService = Static<typeof ShownService>

const ServiceVersionSummary = Type.Object({
  version: Type.Integer(),
  state: OneOf(SERVICE_LIST_STATES),
  revision: Type.Integer(),
  services: Type.Integer(),
  changeNote: Type.Optional(Shown('新增疫苗接种点')),
  editedBy: Shown('李示例'),
  editedAt: Instant,
  releasedBy: Type.Optional(Shown('王示例')),
  releasedAt: Type.Optional(Instant),
  /** While it waits for a second person. */
  proposalId: Type.Optional(ProposalId),
})
export type ServiceVersionSummary = Static<typeof ServiceVersionSummary>

const ServiceState = Type.Object({
  key: Shown('fever-clinics'),
  stopped: Type.Optional(Type.Object({ by: Shown('李示例'), at: Instant, reason: Shown('链接有误') })),
  check: Type.Optional(
    Type.Object({ failing: Type.Boolean(), checkedAt: Instant, workingAt: Type.Optional(Instant) }),
  ),
})
export type ServiceState = Static<typeof ServiceState>

const ServiceVersions = Type.Object({
  /** The latest first. 0 is what comes with the program, while nothing was released. */
  versions: Type.Array(ServiceVersionSummary),
  /** What phones show now. */
  current: Type.Integer(),
  services: Type.Array(WrittenService),
  states: Type.Array(ServiceState),
  /** Where links may lead: set by whoever runs the server. */
  origins: Type.Array(Shown('https://www.example.org')),
})
export type ServiceVersions = Static<typeof ServiceVersions>

const ServiceVersion = Type.Object({
  ...ServiceVersionSummary.properties,
  services: Type.Array(WrittenService),
})
export type ServiceVersion = Static<typeof ServiceVersion>

/** What a module gets for a token, once. Only what the person agreed to is there. */
const Redeemed = Type.Object({
  /** The person's name at this module alone: another module gets another one. */
  subject: Shown('7tQ0oGJ3mY1pZx5cVb2nKw'),
  service: Shown('module'),
  scopes: Type.Array(OneOf(SERVICE_SCOPES)),
  grantedAt: Instant,
  name: Type.Optional(Shown('张示例')),
  phone: Type.Optional(Shown('+8613800000001')),
  documentTail: Type.Optional(Shown('001X')),
  colour: Type.Optional(Colour),
})
export type Redeemed = Static<typeof Redeemed>

const OfOne = Closed({ key: Key })

export const schemas = {
  listServices: {
    summary: 'Lists the services of the app that are offered now, in their order',
    responses: {
      200: Type.Object({ version: Type.Integer(), services: Type.Array(ShownService), listedAt: Instant }),
    },
  },
  /** Scopes that the module needs and that are missing refuse it; others are the person's choice. */
  grantService: {
    summary: 'Makes a token for a module of others, with only what the person agrees to',
    params: OfOne,
    body: Closed({
      requestId: RequestId,
      scopes: Type.Array(OneOf(SERVICE_SCOPES), { maxItems: 8, uniqueItems: true }),
    }),
    responses: {
      201: Type.Object({
        /** The address of the module with the token behind its `#`. */
        url: Shown('https://www.example.org/module#token=eyJ…'),
        expiresAt: Instant,
      }),
    },
  },
  listServiceGrants: {
    summary: 'Lists what the own account let modules have, the latest first',
    responses: {
      200: Type.Object({
        grants: Type.Array(
          Type.Object({
            key: Shown('module'),
            scopes: Type.Array(OneOf(SERVICE_SCOPES)),
            grantedAt: Instant,
            redeemedAt: Type.Optional(Instant),
          }),
        ),
      }),
    },
  },
  listServiceKeys: {
    summary: 'Gives the public keys of service tokens as a JSON Web Key Set (RFC 7517)',
    responses: {
      200: Type.Object({
        keys: Type.Array(
          Type.Object({
            kty: Shown('OKP'),
            crv: Shown('Ed25519'),
            x: Shown('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'),
            kid: Shown('s-1'),
            alg: Shown('EdDSA'),
            use: Shown('sig'),
          }),
        ),
      }),
    },
  },
  redeemServiceToken: {
    summary: 'Gives a module what a token stands for, once',
    body: Closed({
      token: Token,
      /** The module itself: a token for another one is refused. */
      service: Key,
    }),
    responses: { 200: Redeemed },
  },
  listServiceVersions: {
    summary: 'Lists the versions of the services, and how the current ones stand',
    responses: { 200: ServiceVersions },
  },
  getServiceVersion: {
    summary: 'Gives one version of the services',
    params: Closed({ version: IntegerId }),
    responses: { 200: ServiceVersion },
  },
  /** `revision` is the one that was read; without an open version it begins the next one, and `revision` is 0. */
  saveServices: {
    summary: 'Saves the open version of the services, or begins the next one',
    body: Closed({
      revision: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }),
      services: Type.Array(WrittenService, { maxItems: 60 }),
      note: Type.Optional(Lines({ minLength: 2, maxLength: 300, examples: ['新增疫苗接种点'] })),
    }),
    responses: { 200: ServiceVersion },
  },
  dropServiceDraft: {
    summary: 'Throws the open version of the services away',
    responses: { 204: Type.Null() },
  },
  proposeServiceRelease: {
    summary: 'Asks a second person to release the open version of the services',
    body: Closed({
      requestId: RequestId,
      revision: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
      evidence: Lines({ minLength: 2, maxLength: 500, examples: ['指挥部会议纪要'] }),
    }),
    responses: { 201: Type.Object({ proposalId: ProposalId }) },
  },
  stopService: {
    summary: 'Takes a service out at once; a later version does not bring it back by itself',
    params: OfOne,
    body: Closed({ reason: Lines({ minLength: 2, maxLength: 300, examples: ['链接有误'] }) }),
    responses: { 200: ServiceVersions },
  },
  resumeService: {
    summary: 'Lets a service in again that was taken out; by somebody else than who took it out',
    params: OfOne,
    body: Closed({ reason: Lines({ minLength: 2, maxLength: 300, examples: ['已修复'] }) }),
    responses: { 200: ServiceVersions },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
