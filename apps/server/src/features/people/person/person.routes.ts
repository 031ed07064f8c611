import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { FaceCheckService } from './face-check.service.ts'
import { readFaceForm } from './face-form.ts'
import type { PersonService } from './person.service.ts'

export const registerPersonRoutes = (
  app: FastifyInstance,
  service: PersonService,
  faceChecks: FaceCheckService,
): void => {
  defineRoute(app, 'createFaceCheck', async ({ caller, request }) =>
    faceChecks.createFaceCheck(caller, await readFaceForm(request)),
  )
  defineRoute(app, 'register', ({ caller, body }) => service.register(caller, body))
  defineRoute(app, 'getMe', ({ caller }) => service.getMe(caller))
}
