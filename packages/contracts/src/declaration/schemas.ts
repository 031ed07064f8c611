import { SYMPTOMS } from '@jiankangbao/domain/declaration/symptoms'
import {
  DECLARATION_EFFECTS,
  DECLARATION_KINDS,
  MATTER_CAUSES,
  MATTER_STATES,
  MATTER_VERDICTS,
  PROOF_STATES,
  PROVABLE_KINDS,
} from '@jiankangbao/domain/vocabulary/journeys'
import { type Static, Type } from 'typebox'
import {
  CalendarDate,
  Closed,
  Colour,
  CountryCode,
  Cursor,
  DeclarationMatterId,
  DivisionCode,
  Id,
  Instant,
  Line,
  Lines,
  OneOf,
  PageSize,
  PersonId,
  PlaceNames,
  ProposalId,
  RequestId,
  ShortText,
  Shown,
  Uuid,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { CategoryTitle } from '../reasons.ts'
import { RiskLevel } from '../risk-area/schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Declarations of health and exposure, and what offices look at because of them'

/** The ten symptoms; `packages/domain` declaration/symptoms has the same list. */
export const Symptom = OneOf(SYMPTOMS)
export type Symptom = Static<typeof Symptom>

export const Symptoms = Type.Array(Symptom, { maxItems: 10, uniqueItems: true })

/**
 * A place stayed, whole days: one of the two. Divisions are codes of GB/T 2260, finer ones within the city. The country is where
 * the person was, never their nationality.
 */
export const Stay = Closed(
  {
    divisionCode: Type.Optional(DivisionCode),
    country: Type.Optional(CountryCode),
    fromOn: CalendarDate,
    toOn: CalendarDate,
    detail: Type.Optional(Line({ maxLength: 200 })),
  },
  { examples: [{ divisionCode: '110101', fromOn: '2022-03-10', toOn: '2022-03-12' }] },
)
export type Stay = Static<typeof Stay>

export const Stays = Type.Array(Stay, { maxItems: 20 })

/** What every declaration carries: the promise that it is true, and what it corrects. */
export const declaringFields = {
  requestId: RequestId,
  /** The declaration of which this is a further version; the earlier ones stay. */
  corrects: Type.Optional(Uuid),
  commitment: Type.Literal(true, {
    description:
      'the declarant promises that this is true and knows that false declarations have consequences',
  }),
}

/** What proves a declaration: its number, its time and the SHA-256 of its canonical content, hexadecimal. */
export const DeclaredVersion = Type.Object({
  version: Type.Integer(),
  declaredAt: Instant,
  contentHash: Type.String({ pattern: '^[0-9a-f]{64}$', examples: ['9f86d081884c7d65'.repeat(4)] }),
})
export type DeclaredVersion = Static<typeof DeclaredVersion>

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
export const MatterState = OneOf(MATTER_STATES)
export type MatterState = Static<typeof MatterState>

export const Declaration = Type.Object({
  declarationId: Uuid,
  ...DeclaredVersion.properties,
  kind: OneOf(DECLARATION_KINDS),
  /** False where a later version took its place. */
  latest: Type.Boolean(),
  memberId: Type.Optional(Uuid),
  nameMasked: Shown('张*'),
  health: Type.Optional(HealthContent),
  exposure: Type.Optional(ExposureContent),
  placeNames: PlaceNames,
  /** What an office looks at or looked at because of any version of it. */
  matters: Type.Array(
    Type.Object({ category: Shown('symptom'), title: Type.Optional(CategoryTitle), state: MatterState }),
  ),
})
export type Declaration = Static<typeof Declaration>

/** What followed: a finding by the rules, an office looking at it, or nothing. */
export const DeclarationEffect = OneOf(DECLARATION_EFFECTS)
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
  matterId: DeclarationMatterId,
  state: MatterState,
  /** `part_of_area`: only a part is rated of the place stayed or of the division it lies in. */
  cause: OneOf(MATTER_CAUSES),
  category: Shown('symptom'),
  anchorAt: Instant,
  person: Type.Object({ personId: PersonId, nameMasked: Shown('张*'), colour: Colour }),
  declarationId: Uuid,
  version: Type.Integer(),
  kind: OneOf(PROVABLE_KINDS),
  declaredAt: Instant,
  ...matterContent,
  /** What the latest version says, where the person corrected it since. */
  corrected: Type.Optional(Type.Object({ version: Type.Integer(), declaredAt: Instant, ...matterContent })),
  placeNames: PlaceNames,
  /** In which the person might have been. */
  areas: Type.Array(Type.Object({ name: Shown('示例街道'), level: RiskLevel })),
  divisionCode: DivisionCode,
  divisionName: Shown('示例区'),
  createdAt: Instant,
  proposalId: Type.Optional(ProposalId),
  decidedBy: Type.Optional(Shown('王示例')),
  decidedAt: Type.Optional(Instant),
  note: Type.Optional(Shown('已电话核实')),
})
export type Matter = Static<typeof Matter>

/** What proves that a declaration stands as it was made. */
export const DeclarationProof = Type.Object({
  declarationId: Uuid,
  kind: OneOf(PROVABLE_KINDS),
  personId: PersonId,
  versions: Type.Array(
    Type.Object({
      version: Type.Integer(),
      /** `gone`: the audit log knows it, and it is stored no more. */
      state: OneOf(PROOF_STATES),
      declaredAt: Type.Optional(Instant),
      /** The session of the signed-in device. */
      deviceId: Type.Optional(Uuid),
      contentHash: Type.Optional(Shown('9f86d081884c7d65')),
      auditedHash: Type.Optional(Shown('9f86d081884c7d65')),
      auditId: Type.Optional(Id),
      /** When the seal was made that covers the entry of the audit log. */
      sealedAt: Type.Optional(Instant),
    }),
  ),
})
export type DeclarationProof = Static<typeof DeclarationProof>

export const schemas = {
  declareHealth: {
    summary: 'Declares symptoms, temperature and contacts',
    body: HealthDeclarationRequest,
    responses: { 201: Declared },
  },
  declareExposure: {
    summary: 'Declares stays in risk areas, contacts and entry from abroad',
    body: ExposureDeclarationRequest,
    responses: { 201: Declared },
  },
  listMyDeclarations: {
    summary: 'Lists the declarations of the account’s people, newest first',
    query: Closed({ cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }),
    responses: {
      200: Type.Object({ declarations: Type.Array(Declaration), nextCursor: Type.Optional(Cursor) }),
    },
  },
  getDeclarationProof: {
    summary: 'Tells whether a declaration stands as it was made',
    params: Closed({ declarationId: Uuid }),
    responses: { 200: DeclarationProof },
  },
  listMatters: {
    summary: 'Lists what offices are to look at because of declarations',
    query: Closed({
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
      state: Type.Optional(Matter.properties.state),
    }),
    responses: { 200: Type.Object({ matters: Type.Array(Matter), nextCursor: Type.Optional(Cursor) }) },
  },
  decideMatter: {
    summary: 'Proposes a finding because of a declaration, or dismisses it',
    params: Closed({ matterId: DeclarationMatterId }),
    body: Closed({
      verdict: OneOf(MATTER_VERDICTS),
      note: Lines({ minLength: 2, maxLength: 400 }),
    }),
    responses: { 200: Matter },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
