import { APPEAL_MAX_PICTURES, APPEAL_PICTURE_BYTES } from '@jiankangbao/contracts/appeal/limits'
import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { AppealService } from './appeal.service.ts'
import type { AppealOfficeService } from './office.service.ts'

/** Its pictures as base64 in JSON, and the words. */
const APPEAL_LIMIT = Math.ceil((APPEAL_MAX_PICTURES * APPEAL_PICTURE_BYTES * 4) / 3) + 16_384

export const registerAppealRoutes = (
  app: FastifyInstance,
  appeals: AppealService,
  office: AppealOfficeService,
): void => {
  defineRoute(app, 'submitAppeal', ({ caller, body }) => appeals.submitAppeal(caller, body), {
    bodyLimit: APPEAL_LIMIT,
  })
  defineRoute(app, 'listMyAppeals', ({ caller }) => appeals.listMyAppeals(caller))
  defineRoute(app, 'withdrawAppeal', ({ caller, params }) => appeals.withdrawAppeal(caller, params.appealId))
  defineRoute(app, 'listAppeals', ({ caller, query }) => office.listAppeals(caller, query))
  defineRoute(app, 'getAppeal', ({ caller, params }) => office.getAppeal(caller, params.appealId))
  defineRoute(app, 'getAppealPicture', ({ caller, params }) =>
    office.getAppealPicture(caller, params.appealId, params.number),
  )
  defineRoute(app, 'revealAppealPhone', ({ caller, params, body }) =>
    office.revealAppealPhone(caller, params.appealId, body.purpose),
  )
  defineRoute(app, 'takeAppeal', ({ caller, params }) => office.takeAppeal(caller, params.appealId))
  defineRoute(app, 'handOverAppeal', ({ caller, params, body }) =>
    office.handOverAppeal(caller, params.appealId, body),
  )
  defineRoute(app, 'escalateAppeal', ({ caller, params, body }) =>
    office.escalateAppeal(caller, params.appealId, body.note),
  )
  defineRoute(app, 'answerAppeal', ({ caller, params, body }) =>
    office.answerAppeal(caller, params.appealId, body.answer),
  )
  defineRoute(app, 'proposeAppeal', ({ caller, params, body }) =>
    office.proposeAppeal(caller, params.appealId, body),
  )
}
