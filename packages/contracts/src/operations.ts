import { operations as account } from './account/operations.ts'
import { operations as alarm } from './alarm/operations.ts'
import { operations as announcement } from './announcement/operations.ts'
import { operations as appeal } from './appeal/operations.ts'
import { operations as audit } from './audit/operations.ts'
import { operations as board } from './board/operations.ts'
import { operations as booking } from './booking/operations.ts'
import { operations as callback } from './callback/operations.ts'
import { operations as check } from './check/operations.ts'
import { operations as city } from './city/operations.ts'
import { operations as code } from './code/operations.ts'
import { operations as correction } from './correction/operations.ts'
import { operations as counter } from './counter/operations.ts'
import { operations as declaration } from './declaration/operations.ts'
import { operations as desk } from './desk/operations.ts'
import { operations as device } from './device/operations.ts'
import { operations as directory } from './directory/operations.ts'
import { operations as entry } from './entry/operations.ts'
import { operations as finding } from './finding/operations.ts'
import { operations as followUp } from './follow-up/operations.ts'
import { operations as heldPush } from './held-push/operations.ts'
import { operations as history } from './history/operations.ts'
import { operations as hotline } from './hotline/operations.ts'
import { operations as identity } from './identity/operations.ts'
import { operations as imports } from './import/operations.ts'
import { operations as incident } from './incident/operations.ts'
import { operations as laboratory } from './laboratory/operations.ts'
import { operations as lookup } from './lookup/operations.ts'
import { operations as member } from './member/operations.ts'
import { operations as myTest } from './my-test/operations.ts'
import { operations as notice } from './notice/operations.ts'
import { operations as operator } from './operator/operations.ts'
import { operations as person } from './person/operations.ts'
import { operations as personFile } from './person-file/operations.ts'
import { operations as proposal } from './proposal/operations.ts'
import { operations as provincial } from './provincial/operations.ts'
import { operations as reconciliation } from './reconciliation/operations.ts'
import { operations as requiredTest } from './required-test/operations.ts'
import { operations as resultSheet } from './result-sheet/operations.ts'
import { operations as riskArea } from './risk-area/operations.ts'
import { operations as round } from './round/operations.ts'
import { operations as ruleset } from './ruleset/operations.ts'
import { operations as sampling } from './sampling/operations.ts'
import { operations as service } from './service/operations.ts'
import { operations as shop } from './shop/operations.ts'
import { operations as signInProof } from './sign-in-proof/operations.ts'
import { operations as system } from './system/operations.ts'
import { operations as takeOver } from './take-over/operations.ts'
import { operations as testSite } from './test-site/operations.ts'
import { operations as ticket } from './ticket/operations.ts'
import { operations as tracing } from './tracing/operations.ts'
import { operations as travelCard } from './travel-card/operations.ts'
import { operations as tube } from './tube/operations.ts'
import { operations as upstream } from './upstream/operations.ts'
import { operations as venue } from './venue/operations.ts'
import { operations as visit } from './visit/operations.ts'
import { operations as zone } from './zone/operations.ts'

/** The public interface by name, put together of its subjects. Schemas of the same names are in `schemas.ts`. */
export const operations = {
  ...account,
  ...alarm,
  ...announcement,
  ...appeal,
  ...audit,
  ...board,
  ...booking,
  ...callback,
  ...check,
  ...city,
  ...code,
  ...correction,
  ...counter,
  ...declaration,
  ...desk,
  ...device,
  ...directory,
  ...entry,
  ...finding,
  ...followUp,
  ...heldPush,
  ...history,
  ...hotline,
  ...identity,
  ...imports,
  ...incident,
  ...lookup,
  ...laboratory,
  ...member,
  ...myTest,
  ...notice,
  ...operator,
  ...person,
  ...personFile,
  ...proposal,
  ...provincial,
  ...reconciliation,
  ...resultSheet,
  ...riskArea,
  ...ruleset,
  ...requiredTest,
  ...round,
  ...sampling,
  ...service,
  ...shop,
  ...signInProof,
  ...takeOver,
  ...testSite,
  ...ticket,
  ...tracing,
  ...travelCard,
  ...tube,
  ...system,
  ...upstream,
  ...venue,
  ...visit,
  ...zone,
}

export type OperationName = keyof typeof operations
