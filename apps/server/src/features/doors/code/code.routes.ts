import type { FastifyInstance } from 'fastify'
import type { Config } from '../../../config.ts'
import { defineRoute } from '../../../http/define-route.ts'
import type { Parts } from '../../../parts.ts'
import type { CodeService } from './code.service.ts'
import { createCounterPaperService } from './counter-paper.service.ts'

export const registerCodeRoutes = (app: FastifyInstance, service: CodeService, config: Config): void => {
  defineRoute(app, 'getPass', ({ caller, query }) => service.getPass(caller, query.memberId))
  defineRoute(app, 'issuePaperCode', ({ caller, body }) => service.issuePaperCode(caller, body))
  defineRoute(app, 'reportPaperCodeLost', ({ caller, body }) => service.reportPaperCodeLost(caller, body))
  defineRoute(app, 'listVerificationKeys', async () => service.listVerificationKeys())
  defineRoute(app, 'getClientConfig', async () => ({
    cityName: { zh: config.city.nameZh, en: config.city.nameEn },
    divisionCode: config.city.divisionCode,
    hotline: config.city.hotline,
    consentVersion: config.consentVersion,
    demo: config.demo,
    publicOrigin: config.publicOrigin,
    retentionDays: { ...config.retentionDays },
  }))
}

/** Paper codes printed at the counter of an office. */
export const registerCounterPaperRoutes = (app: FastifyInstance, parts: Parts): void => {
  const papers = createCounterPaperService(parts)
  defineRoute(app, 'printCounterPaperCode', ({ caller, params, body }) =>
    papers.printCounterPaperCode(caller, params.actId, body.requestId),
  )
}
