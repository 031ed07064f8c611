import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { CallbackService } from './callback.service.ts'
import type { MyTestService } from './my-test.service.ts'
import type { ResultSheetService } from './result-sheet.service.ts'

export const registerResultRoutes = (
  app: FastifyInstance,
  service: MyTestService,
  sheets: ResultSheetService,
  callbacks: CallbackService,
): void => {
  defineRoute(app, 'issueResultSheet', ({ caller, body }) => sheets.issueResultSheet(caller, body))
  defineRoute(app, 'verifyResultSheet', ({ body, request }) =>
    sheets.verifyResultSheet(body.qrText, request.clientAddress),
  )
  defineRoute(app, 'listCallbacks', ({ caller }) => callbacks.listCallbacks(caller))
  defineRoute(app, 'revealCallbackPhone', ({ caller, params, body }) =>
    callbacks.revealCallbackPhone(caller, params.testId, body.purpose),
  )
  defineRoute(app, 'recordCallback', ({ caller, params, body }) =>
    callbacks.recordCallback(caller, params.testId, body),
  )
  defineRoute(app, 'listMyTests', ({ caller, query }) => service.listMyTests(caller, query.memberId))
}
