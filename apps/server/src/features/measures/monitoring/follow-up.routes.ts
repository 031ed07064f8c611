import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { Parts } from '../../../parts.ts'
import type { FindingService } from '../finding/finding.service.ts'
import { createFollowUpActs } from './act.service.ts'
import { createDoorAlarmService } from './alarm.service.ts'
import { createFollowUpService } from './follow-up.service.ts'
import { createHandoverService } from './handover.service.ts'
import { createOverdueTestService } from './overdue-test.service.ts'

export const registerFollowUps = (
  app: FastifyInstance,
  parts: Parts & { findings: FindingService },
): void => {
  const followUps = createFollowUpService(parts)
  const acts = createFollowUpActs(parts)
  const handovers = createHandoverService(parts)
  const overdueTests = createOverdueTestService(parts)
  const alarms = createDoorAlarmService(parts)
  defineRoute(app, 'listFollowUps', ({ caller, query }) => followUps.listFollowUps(caller, query))
  defineRoute(app, 'getFollowUpFigures', ({ caller, query }) =>
    followUps.getFollowUpFigures(caller, query.divisionCode),
  )
  defineRoute(app, 'openFollowUp', ({ caller, params, body }) =>
    followUps.openFollowUp(caller, params.followUpId, body.purpose),
  )
  defineRoute(app, 'markFollowUps', ({ caller, body }) => acts.markFollowUps(caller, body))
  defineRoute(app, 'endFollowUp', ({ caller, params, body }) =>
    acts.endFollowUp(caller, params.followUpId, body),
  )
  defineRoute(app, 'setFollowUpStay', ({ caller, params, body }) =>
    acts.setFollowUpStay(caller, params.followUpId, body),
  )
  defineRoute(app, 'proposeOverdueTest', ({ caller, params, body }) =>
    overdueTests.proposeOverdueTest(caller, params.followUpId, body),
  )
  defineRoute(app, 'offerFollowUps', ({ caller, body }) => handovers.offerFollowUps(caller, body))
  defineRoute(app, 'answerFollowUpOffers', ({ caller, body }) => handovers.answerFollowUpOffers(caller, body))
  defineRoute(app, 'listDoorAlarms', ({ caller, query }) => alarms.listDoorAlarms(caller, query))
  defineRoute(app, 'answerDoorAlarm', ({ caller, params, body }) =>
    alarms.answerDoorAlarm(caller, params.alarmId, body),
  )
  defineRoute(app, 'printFollowUpSheet', ({ caller, body }) => followUps.printFollowUpSheet(caller, body))
  defineRoute(app, 'listFollowUpCalls', ({ caller, body }) => followUps.listFollowUpCalls(caller, body))
}
