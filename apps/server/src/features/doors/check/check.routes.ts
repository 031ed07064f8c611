import type { FastifyInstance } from 'fastify'
import { AppError } from '../../../http/app-error.ts'
import { defineRoute } from '../../../http/define-route.ts'
import type { CheckService } from './check.service.ts'
import type { DeviceService } from './device.service.ts'
import type { EnrolmentService } from './enrolment.service.ts'
import type { LetPassService } from './let-pass.service.ts'

export const registerCheckRoutes = (app: FastifyInstance, service: CheckService): void => {
  defineRoute(app, 'recordCheck', ({ caller, body }) => service.recordCheck(caller, body))
  defineRoute(app, 'listCheckWarnings', ({ caller }) => service.listCheckWarnings(caller))
  defineRoute(app, 'listCheckPoints', ({ caller, query }) => service.listCheckPoints(caller, query.search))
}

export const registerDeviceRoutes = (
  app: FastifyInstance,
  service: DeviceService,
  letPasses: LetPassService,
  enrolments: EnrolmentService,
): void => {
  defineRoute(app, 'offerReEnrolment', ({ caller, params }) =>
    enrolments.offer(caller, params.deviceId.toLowerCase()),
  )
  defineRoute(app, 'reEnrolDevice', ({ body, request }) =>
    enrolments.reEnrol(body.code, request.clientAddress),
  )
  defineRoute(app, 'letPass', ({ caller, params }) => letPasses.letPass(caller, params.requestId))
  defineRoute(app, 'registerDevice', ({ caller, body }) => service.registerDevice(caller, body))
  defineRoute(app, 'listDevices', ({ caller, query }) => service.listDevices(caller, query))
  defineRoute(app, 'revokeDevice', ({ caller, params, body }) =>
    service.revokeDevice(caller, params.deviceId.toLowerCase(), body.reason),
  )
  defineRoute(app, 'endOwnDevice', ({ caller }) => {
    if (caller.kind !== 'device') throw new AppError('FORBIDDEN')
    return service.endOwnDevice(caller)
  })
}
