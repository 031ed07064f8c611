import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { BoxService } from './box.service.ts'
import type { MoveService } from './move.service.ts'
import type { RosterCallService } from './roster-call.service.ts'
import type { SampleService } from './sample.service.ts'
import type { ShiftService } from './shift.service.ts'
import type { TubeService } from './tube.service.ts'

/** On the hot path, with scans and checks. */
export const registerSampleRoutes = (app: FastifyInstance, samples: SampleService): void => {
  defineRoute(app, 'recordSample', ({ caller, body }) => samples.recordSample(caller, body))
}

export const registerSamplingRoutes = (
  app: FastifyInstance,
  {
    samples,
    shifts,
    tubes,
    boxes,
    moves,
    calls,
  }: {
    samples: SampleService
    shifts: ShiftService
    tubes: TubeService
    boxes: BoxService
    moves: MoveService
    calls: RosterCallService
  },
): void => {
  defineRoute(app, 'listSamplingSites', ({ caller }) => shifts.listSamplingSites(caller))
  defineRoute(app, 'getSamplingShift', ({ caller }) => shifts.getSamplingShift(caller))
  defineRoute(app, 'startSamplingShift', ({ caller, body }) => shifts.startSamplingShift(caller, body))
  defineRoute(app, 'endSamplingShift', ({ caller, params }) =>
    shifts.endSamplingShift(caller, params.shiftId),
  )
  defineRoute(app, 'openTube', ({ caller, body }) => tubes.openTube(caller, body))
  defineRoute(app, 'undoSample', ({ caller, body }) => samples.undoSample(caller, body))
  defineRoute(app, 'sealTube', ({ caller, body }) => tubes.sealTube(caller, body))
  defineRoute(app, 'listTubeMoves', ({ caller }) => moves.listTubeMoves(caller))
  defineRoute(app, 'proposeTubeMove', ({ caller, body }) => moves.proposeTubeMove(caller, body))
  defineRoute(app, 'decideTubeMove', ({ caller, params, body }) =>
    moves.decideTubeMove(caller, params.moveId, body),
  )
  defineRoute(app, 'listSamplingRosters', ({ caller }) => calls.listSamplingRosters(caller))
  defineRoute(app, 'openSamplingRoster', ({ caller, params }) =>
    calls.openSamplingRoster(caller, params.rosterId),
  )
  defineRoute(app, 'listCalledStates', ({ caller, params }) =>
    calls.listCalledStates(caller, params.rosterId),
  )
  defineRoute(app, 'markAbsent', ({ caller, params, body }) => calls.markAbsent(caller, params, body.absent))
  defineRoute(app, 'packTube', ({ caller, body }) => boxes.packTube(caller, body))
  defineRoute(app, 'handOverBox', ({ caller, body }) => boxes.handOverBox(caller, body))
  defineRoute(app, 'listBoxes', ({ caller }) => boxes.listBoxes(caller))
  defineRoute(app, 'listLaboratoryBoxes', ({ caller }) => boxes.listLaboratoryBoxes(caller))
  defineRoute(app, 'receiveBox', ({ caller, body }) => boxes.receiveBox(caller, body))
}
