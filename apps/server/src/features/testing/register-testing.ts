import type { FastifyInstance } from 'fastify'
import type { Parts } from '../../parts.ts'
import type { FindingService } from '../measures/finding/finding.service.ts'
import { registerBookingRoutes } from './booking/booking.routes.ts'
import { createBookingService } from './booking/booking.service.ts'
import { createSiteDayService } from './booking/site-day.service.ts'
import { registerReconciliationRoutes } from './reconciliation/reconciliation.routes.ts'
import { createReconciliationService } from './reconciliation/reconciliation.service.ts'
import { createOverdueService } from './required/overdue.service.ts'
import { registerRequiredTestRoutes } from './required/required.routes.ts'
import { createRequiredTestService } from './required/required.service.ts'
import { createCallbackService } from './result/callback.service.ts'
import { registerResultRoutes } from './result/my-test.routes.ts'
import { createMyTestService } from './result/my-test.service.ts'
import { createResultSheetService } from './result/result-sheet.service.ts'
import { createRosterService } from './round/roster.service.ts'
import { registerRoundRoutes } from './round/round.routes.ts'
import { createRoundService } from './round/round.service.ts'
import { createStatementService } from './round/statement.service.ts'
import { createBoxService } from './sampling/box.service.ts'
import { createMoveService } from './sampling/move.service.ts'
import { createRosterCallService } from './sampling/roster-call.service.ts'
import type { SampleService } from './sampling/sample.service.ts'
import { registerSamplingRoutes } from './sampling/sampling.routes.ts'
import { createShiftService } from './sampling/shift.service.ts'
import { createTubeService } from './sampling/tube.service.ts'
import { registerSiteRoutes } from './site/site.routes.ts'
import { createSiteService } from './site/site.service.ts'
import { createTellingService } from './telling/telling.service.ts'

/** All rooms of the wing but the recording of samples, which is on the hot path. */
export const registerTesting = (
  http: FastifyInstance,
  parts: Parts & { findings: FindingService },
  samples: SampleService,
): void => {
  registerSiteRoutes(http, createSiteService(parts))
  registerBookingRoutes(http, createBookingService(parts), createSiteDayService(parts))
  registerResultRoutes(
    http,
    createMyTestService(parts),
    createResultSheetService(parts),
    createCallbackService(parts),
  )
  registerRoundRoutes(
    http,
    createRoundService(parts),
    createRosterService(parts),
    createStatementService(parts),
    createTellingService(parts),
  )
  registerRequiredTestRoutes(http, createRequiredTestService(parts), createOverdueService(parts))
  registerReconciliationRoutes(http, createReconciliationService(parts))
  registerSamplingRoutes(http, {
    samples,
    shifts: createShiftService(parts),
    tubes: createTubeService(parts),
    boxes: createBoxService(parts),
    moves: createMoveService(parts),
    calls: createRosterCallService(parts),
  })
}
