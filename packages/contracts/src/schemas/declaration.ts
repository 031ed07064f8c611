import { type Static, Type } from 'typebox'
import {
  CalendarDate,
  CategoryTitle,
  Closed,
  Colour,
  CountryCode,
  Cursor,
  DivisionCode,
  Id,
  Instant,
  Lines,
  PageSize,
  ShortText,
  Uuid,
} from './atoms.ts'
import { DeclaredVersion, declaringFields, Stays, Symptoms } from './declared.ts'
import { RiskLevel } from './upstream.ts'

const healthFields = {
  memberId: Type.Optional(Uuid),
  /** Where the person is now; without it, the office of their last declaration looks after it. */
  divisionCode: Type.Optional(DivisionCode),
  /** Tenths of a degree Celsius: 365 is 36.5 °C. */
  temperatureTenths: Type.Optional(Type.Integer({ minimum: 340, maximum: 430 })),
  symptoms: Symptoms,
  /** Contact in the last 14 days with a case, a close contact, or somebody feverish from a risk area. */
  hadContact: Type.Boolean(),
}
export const HealthContent = Closed(healthFields)
export type HealthContent = Static<typeof HealthContent>
export const HealthDeclarationRequest = Closed({ ...declaringFields, ...healthFields })
export type HealthDeclarationRequest = Static<typeof HealthDeclarationRequest>

const exposureFields = {
  memberId: Type.Optional(Uuid),
  /** Where the person is now: the office that looks after it. */
  divisionCode: DivisionCode,
  riskAreaStays: Stays,
  toldContact: Type.Optional(Closed({ lastContactOn: CalendarDate, toldBy: ShortText })),
  /** The country travelled from (ISO 3166-1), never the nationality. */
  fromAbroad: Type.Optional(Closed({ country: CountryCode, enteredOn: CalendarDate })),
}
export const ExposureContent = Closed(exposureFields)
export type ExposureContent = Static<typeof ExposureContent>
export const ExposureDeclarationRequest = Closed({ ...declaringFields, ...exposureFields })
export type ExposureDeclarationRequest = Static<typeof ExposureDeclarationRequest>

/** `approved` and `rejected` are what became of the proposal. */
export const MatterState = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('proposed'),
  Type.Literal('approved'),
  Type.Literal('rejected'),
  Type.Literal('dismissed'),
])
export type MatterState = Static<typeof MatterState>

export const Declaration = Type.Object({
  declarationId: Uuid,
  ...DeclaredVersion.properties,
  kind: Type.Union([Type.Literal('health'), Type.Literal('exposure')]),
  /** False where a later version took its place. */
  latest: Type.Boolean(),
  memberId: Type.Optional(Uuid),
  nameMasked: Type.String(),
  health: Type.Optional(HealthContent),
  exposure: Type.Optional(ExposureContent),
  placeNames: Type.Record(Type.String(), Type.String()),
  /** What an office looks at or looked at because of any version of it. */
  matters: Type.Array(
    Type.Object({ category: Type.String(), title: Type.Optional(CategoryTitle), state: MatterState }),
  ),
})
export type Declaration = Static<typeof Declaration>

/** What followed: a finding by the rules, an office looking at it, or nothing. */
export const DeclarationEffect = Type.Union([
  Type.Literal('finding'),
  Type.Literal('office'),
  Type.Literal('none'),
])
export type DeclarationEffect = Static<typeof DeclarationEffect>
export const Declared = Type.Object({ declaration: Declaration, effect: DeclarationEffect })
export type Declared = Static<typeof Declared>

/** What was declared; of an entry registration, the stays and what the traveller says of this person. */
const matterContent = {
  health: Type.Optional(HealthContent),
  exposure: Type.Optional(ExposureContent),
  entry: Type.Optional(Type.Object({ stays: Stays, symptoms: Symptoms })),
}

export const Matter = Type.Object({
  matterId: Id,
  state: MatterState,
  /** `part_of_area`: only a part is rated of the place stayed or of the division it lies in. */
  cause: Type.Union([Type.Literal('verify'), Type.Literal('other_person'), Type.Literal('part_of_area')]),
  category: Type.String(),
  anchorAt: Instant,
  person: Type.Object({ personId: Id, nameMasked: Type.String(), colour: Colour }),
  declarationId: Uuid,
  version: Type.Integer(),
  kind: Type.Union([Type.Literal('health'), Type.Literal('exposure'), Type.Literal('entry')]),
  declaredAt: Instant,
  ...matterContent,
  /** What the latest version says, where the person corrected it since. */
  corrected: Type.Optional(Type.Object({ version: Type.Integer(), declaredAt: Instant, ...matterContent })),
  placeNames: Type.Record(Type.String(), Type.String()),
  /** In which the person might have been. */
  areas: Type.Array(Type.Object({ name: Type.String(), level: RiskLevel })),
  divisionCode: DivisionCode,
  divisionName: Type.String(),
  createdAt: Instant,
  proposalId: Type.Optional(Id),
  decidedBy: Type.Optional(Type.String()),
  decidedAt: Type.Optional(Instant),
  note: Type.Optional(Type.String()),
})
export type Matter = Static<typeof Matter>

/** What proves that a declaration stands as it was made. */
export const DeclarationProof = Type.Object({
  declarationId: Uuid,
  kind: Type.Union([Type.Literal('health'), Type.Literal('exposure'), Type.Literal('entry')]),
  personId: Id,
  versions: Type.Array(
    Type.Object({
      version: Type.Integer(),
      /** `gone`: the audit log knows it, and it is stored no more. */
      state: Type.Union([Type.Literal('intact'), Type.Literal('altered'), Type.Literal('gone')]),
      declaredAt: Type.Optional(Instant),
      /** The session of the signed-in device. */
      deviceId: Type.Optional(Uuid),
      contentHash: Type.Optional(Type.String()),
      auditedHash: Type.Optional(Type.String()),
      auditId: Type.Optional(Id),
      /** When the seal was made that covers the entry of the audit log. */
      sealedAt: Type.Optional(Instant),
    }),
  ),
})
export type DeclarationProof = Static<typeof DeclarationProof>

export const declaration = {
  declareHealth: { body: HealthDeclarationRequest, responses: { 201: Declared } },
  declareExposure: { body: ExposureDeclarationRequest, responses: { 201: Declared } },
  listMyDeclarations: {
    query: Closed({ cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }),
    responses: {
      200: Type.Object({ declarations: Type.Array(Declaration), nextCursor: Type.Optional(Cursor) }),
    },
  },
  getDeclarationProof: {
    params: Closed({ declarationId: Uuid }),
    responses: { 200: DeclarationProof },
  },
  listMatters: {
    query: Closed({
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
      state: Type.Optional(Matter.properties.state),
    }),
    responses: { 200: Type.Object({ matters: Type.Array(Matter), nextCursor: Type.Optional(Cursor) }) },
  },
  decideMatter: {
    params: Closed({ matterId: Id }),
    body: Closed({
      verdict: Type.Union([Type.Literal('propose'), Type.Literal('dismiss')]),
      note: Lines({ minLength: 2, maxLength: 400 }),
    }),
    responses: { 200: Matter },
  },
}
