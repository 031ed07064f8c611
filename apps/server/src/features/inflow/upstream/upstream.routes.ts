import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { ReceiptService } from './receipts.service.ts'
import type { UpstreamService } from './upstream.service.ts'

/** A thousand receipts. */
const BODY_LIMIT = 1024 * 1024

export const registerUpstreamRoutes = (
  app: FastifyInstance,
  service: UpstreamService,
  receipts: ReceiptService,
): void => {
  defineRoute(app, 'getUpstreamStatus', () => service.getUpstreamStatus())
  defineRoute(
    app,
    'takeSmsReceipts',
    ({ params, query, body }) => receipts.takeSmsReceipts(params.gateway, query.key, body),
    { bodyLimit: BODY_LIMIT },
  )
}
