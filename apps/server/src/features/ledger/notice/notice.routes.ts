import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import { toPageQuery } from '../../../http/paging.ts'
import type { NoticeService } from './notice.service.ts'

export const registerNoticeRoutes = (app: FastifyInstance, service: NoticeService): void => {
  defineRoute(app, 'listMyNotices', ({ caller, query }) => service.listMyNotices(caller, toPageQuery(query)))
  defineRoute(app, 'readNotices', ({ caller, body }) => service.readNotices(caller, new Date(body.until)))
}
