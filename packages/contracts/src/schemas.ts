import type { Static, TSchema } from 'typebox'
import * as account from './account/schemas.ts'
import * as alarm from './alarm/schemas.ts'
import * as announcement from './announcement/schemas.ts'
import * as appeal from './appeal/schemas.ts'
import * as audit from './audit/schemas.ts'
import * as board from './board/schemas.ts'
import * as booking from './booking/schemas.ts'
import * as callback from './callback/schemas.ts'
import * as check from './check/schemas.ts'
import * as city from './city/schemas.ts'
import * as code from './code/schemas.ts'
import * as correction from './correction/schemas.ts'
import * as counter from './counter/schemas.ts'
import * as declaration from './declaration/schemas.ts'
import * as desk from './desk/schemas.ts'
import * as device from './device/schemas.ts'
import * as directory from './directory/schemas.ts'
import * as entry from './entry/schemas.ts'
import * as finding from './finding/schemas.ts'
import * as followUp from './follow-up/schemas.ts'
import * as heldPush from './held-push/schemas.ts'
import * as history from './history/schemas.ts'
import * as hotline from './hotline/schemas.ts'
import * as identity from './identity/schemas.ts'
import * as imports from './import/schemas.ts'
import * as incident from './incident/schemas.ts'
import * as laboratory from './laboratory/schemas.ts'
import * as lookup from './lookup/schemas.ts'
import * as member from './member/schemas.ts'
import * as myTest from './my-test/schemas.ts'
import * as notice from './notice/schemas.ts'
import type { OperationSchemas } from './operation-schemas.ts'
import type { OperationName } from './operations.ts'
import * as operator from './operator/schemas.ts'
import * as person from './person/schemas.ts'
import * as personFile from './person-file/schemas.ts'
import * as proposal from './proposal/schemas.ts'
import * as provincial from './provincial/schemas.ts'
import * as reconciliation from './reconciliation/schemas.ts'
import * as requiredTest from './required-test/schemas.ts'
import * as resultSheet from './result-sheet/schemas.ts'
import * as riskArea from './risk-area/schemas.ts'
import * as round from './round/schemas.ts'
import * as ruleset from './ruleset/schemas.ts'
import * as sampling from './sampling/schemas.ts'
import * as service from './service/schemas.ts'
import * as shop from './shop/schemas.ts'
import * as signInProof from './sign-in-proof/schemas.ts'
import * as system from './system/schemas.ts'
import * as takeOver from './take-over/schemas.ts'
import * as testSite from './test-site/schemas.ts'
import * as ticket from './ticket/schemas.ts'
import * as tracing from './tracing/schemas.ts'
import * as travelCard from './travel-card/schemas.ts'
import * as tube from './tube/schemas.ts'
import * as upstream from './upstream/schemas.ts'
import * as venue from './venue/schemas.ts'
import * as visit from './visit/schemas.ts'
import * as zone from './zone/schemas.ts'

/** What belongs together, in the order in which a reader meets it. */
export const subjects = {
  account,
  person,
  member,
  code,
  notice,
  history,
  identity,
  visit,
  check,
  device,
  venue,
  city,
  entry,
  declaration,
  appeal,
  'person-file': personFile,
  correction,
  counter,
  finding,
  zone,
  'follow-up': followUp,
  ticket,
  hotline,
  tracing,
  proposal,
  alarm,
  incident,
  lookup,
  ruleset,
  import: imports,
  operator,
  audit,
  provincial,
  'travel-card': travelCard,
  'risk-area': riskArea,
  'sign-in-proof': signInProof,
  announcement,
  service,
  shop,
  directory,
  'take-over': takeOver,
  'test-site': testSite,
  booking,
  'my-test': myTest,
  'result-sheet': resultSheet,
  callback,
  reconciliation,
  'required-test': requiredTest,
  round,
  sampling,
  tube,
  laboratory,
  'held-push': heldPush,
  system,
  upstream,
  desk,
  board,
}

/** Schemas of every operation in `operations.ts`, under the same name. Clients import only the types of this. */
export const schemas = {
  ...account.schemas,
  ...alarm.schemas,
  ...announcement.schemas,
  ...appeal.schemas,
  ...audit.schemas,
  ...board.schemas,
  ...booking.schemas,
  ...callback.schemas,
  ...check.schemas,
  ...city.schemas,
  ...code.schemas,
  ...correction.schemas,
  ...counter.schemas,
  ...declaration.schemas,
  ...desk.schemas,
  ...device.schemas,
  ...directory.schemas,
  ...entry.schemas,
  ...finding.schemas,
  ...followUp.schemas,
  ...heldPush.schemas,
  ...history.schemas,
  ...hotline.schemas,
  ...identity.schemas,
  ...imports.schemas,
  ...incident.schemas,
  ...lookup.schemas,
  ...laboratory.schemas,
  ...member.schemas,
  ...myTest.schemas,
  ...notice.schemas,
  ...operator.schemas,
  ...person.schemas,
  ...personFile.schemas,
  ...proposal.schemas,
  ...provincial.schemas,
  ...reconciliation.schemas,
  ...requiredTest.schemas,
  ...resultSheet.schemas,
  ...riskArea.schemas,
  ...ruleset.schemas,
  ...round.schemas,
  ...sampling.schemas,
  ...service.schemas,
  ...shop.schemas,
  ...signInProof.schemas,
  ...takeOver.schemas,
  ...testSite.schemas,
  ...ticket.schemas,
  ...tracing.schemas,
  ...travelCard.schemas,
  ...tube.schemas,
  ...system.schemas,
  ...upstream.schemas,
  ...venue.schemas,
  ...visit.schemas,
  ...zone.schemas,
} satisfies Record<OperationName, OperationSchemas>

type Part<Name extends OperationName, Key extends string> =
  (typeof schemas)[Name] extends Record<Key, infer S extends TSchema> ? Static<S> : undefined

/** Types of one operation: `Call<'recordVisit'>['body']`. */
export interface Call<Name extends OperationName> {
  params: Part<Name, 'params'>
  query: Part<Name, 'query'>
  body: Part<Name, 'body'>
  result: {
    [Status in keyof (typeof schemas)[Name]['responses']]: (typeof schemas)[Name]['responses'][Status] extends TSchema
      ? Static<(typeof schemas)[Name]['responses'][Status]>
      : never
  }[keyof (typeof schemas)[Name]['responses']]
}
