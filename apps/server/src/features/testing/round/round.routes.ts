import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { TellingService } from '../telling/telling.service.ts'
import type { RosterService } from './roster.service.ts'
import type { RoundService } from './round.service.ts'
import type { StatementService } from './statement.service.ts'

export const registerRoundRoutes = (
  app: FastifyInstance,
  rounds: RoundService,
  rosters: RosterService,
  statements: StatementService,
  tellings: TellingService,
): void => {
  defineRoute(app, 'saveRoster', ({ caller, body }) => rosters.saveRoster(caller, body))
  defineRoute(app, 'listRosters', ({ caller }) => rosters.listRosters(caller))
  defineRoute(app, 'makeTestRound', ({ caller, body }) => rounds.makeTestRound(caller, body))
  defineRoute(app, 'listTestRounds', ({ caller }) => rounds.listTestRounds(caller))
  defineRoute(app, 'getTestRound', ({ caller, params }) => rounds.getTestRound(caller, params.roundId))
  defineRoute(app, 'beginTestRound', ({ caller, params }) => rounds.beginTestRound(caller, params.roundId))
  defineRoute(app, 'callOffTestRound', ({ caller, params, body }) =>
    rounds.callOffTestRound(caller, params.roundId, body.reason),
  )
  defineRoute(app, 'getRoundTelling', ({ caller, params }) =>
    tellings.getRoundTelling(caller, params.roundId),
  )
  defineRoute(app, 'tellTestRound', ({ caller, params, body }) =>
    tellings.tellTestRound(caller, params.roundId, body),
  )
  defineRoute(app, 'stopTellingTestRound', ({ caller, params, body }) =>
    tellings.stopTellingTestRound(caller, params.roundId, body.reason),
  )
  defineRoute(app, 'listMissedPeople', ({ caller, params, body }) =>
    rounds.listMissedPeople(caller, params.roundId, body),
  )
  defineRoute(app, 'exemptFromTestRound', ({ caller, params, body }) =>
    rounds.exemptFromTestRound(caller, params.roundId, body),
  )
  defineRoute(app, 'stateForTestRound', ({ caller, params, body }) =>
    statements.stateForTestRound(caller, params.roundId, body),
  )
  defineRoute(app, 'listOwnTestRounds', ({ caller }) => rounds.listOwnTestRounds(caller))
}
