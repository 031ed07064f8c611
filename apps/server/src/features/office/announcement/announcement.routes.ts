import { ANNOUNCEMENT_FILE_BYTES } from '@jiankangbao/contracts/announcement/limits'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { Parts } from '../../../parts.ts'
import type { ProposalService } from '../../approval/proposal/proposal.service.ts'
import type { FileContent } from './file.queries.ts'
import { createReadingService, type ReadingService } from './reading.service.ts'
import { createReleaseService } from './release.service.ts'
import { createWritingService } from './writing.service.ts'

/** Two languages of the longest text, and its rows. */
const TEXT_LIMIT = 512 * 1024
const FILE_LIMIT = Math.ceil((ANNOUNCEMENT_FILE_BYTES * 4) / 3) + 4_096

/** A picture is shown, a PDF file only ever saved: nothing of it runs in a page of ours. */
const sendFile = (reply: FastifyReply, { kind, name, content }: FileContent): Buffer => {
  reply.header('content-type', kind === 'pdf' ? 'application/pdf' : 'image/jpeg')
  reply.header('x-content-type-options', 'nosniff')
  reply.header('content-security-policy', "default-src 'none'; sandbox")
  if (kind === 'pdf')
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
  return content
}

const registerReading = (app: FastifyInstance, reading: ReadingService): void => {
  defineRoute(app, 'listAnnouncements', ({ query }) => reading.listAnnouncements(query))
  defineRoute(app, 'getAnnouncement', ({ params }) => reading.getAnnouncement(params.announcementId))
  defineRoute(app, 'getAnnouncementFile', async ({ params, reply }) =>
    sendFile(reply, await reading.getAnnouncementFile(params.fileId)),
  )
  defineRoute(app, 'askPolicies', ({ query }) => reading.askPolicies(query))
  defineRoute(app, 'listStaffAnnouncements', () => reading.listStaffAnnouncements())
}

/** What the city tells: read by everybody, written by offices, released by a second person. */
export const registerAnnouncements = (
  app: FastifyInstance,
  parts: Parts & { proposals: ProposalService },
): void => {
  const reading = createReadingService(parts)
  const writing = createWritingService(parts)
  const release = createReleaseService({ ...parts, reading })
  registerReading(app, reading)
  defineRoute(app, 'listKeptAnnouncements', ({ caller, query }) =>
    writing.listKeptAnnouncements(caller, query),
  )
  defineRoute(app, 'getKeptAnnouncement', ({ caller, params }) =>
    writing.getKeptAnnouncement(caller, params.announcementId),
  )
  defineRoute(app, 'getAnnouncementVersion', ({ caller, params }) =>
    writing.getAnnouncementVersion(caller, params.announcementId, params.version),
  )
  defineRoute(app, 'getKeptAnnouncementFile', async ({ caller, params, reply }) =>
    sendFile(reply, await writing.getKeptAnnouncementFile(caller, params.announcementId, params.number)),
  )
  defineRoute(app, 'addAnnouncement', ({ caller, body }) => writing.addAnnouncement(caller, body), {
    bodyLimit: TEXT_LIMIT,
  })
  defineRoute(
    app,
    'saveAnnouncement',
    ({ caller, params, body }) => writing.saveAnnouncement(caller, params.announcementId, body),
    { bodyLimit: TEXT_LIMIT },
  )
  defineRoute(app, 'dropAnnouncementDraft', ({ caller, params }) =>
    writing.dropAnnouncementDraft(caller, params.announcementId),
  )
  defineRoute(app, 'previewAnnouncement', ({ caller, body }) => writing.previewAnnouncement(caller, body), {
    bodyLimit: TEXT_LIMIT,
  })
  defineRoute(
    app,
    'addAnnouncementFile',
    ({ caller, params, body }) => writing.addAnnouncementFile(caller, params.announcementId, body),
    { bodyLimit: FILE_LIMIT },
  )
  defineRoute(app, 'proposeAnnouncementRelease', ({ caller, params, body }) =>
    release.proposeAnnouncementRelease(caller, params.announcementId, body),
  )
  defineRoute(app, 'estimateAnnouncementTexts', () => release.estimateAnnouncementTexts())
  defineRoute(app, 'stopAnnouncementTexts', ({ caller, params, body }) =>
    release.stopAnnouncementTexts(caller, params.announcementId, body.reason),
  )
  defineRoute(app, 'withdrawAnnouncement', ({ caller, params, body }) =>
    release.withdrawAnnouncement(caller, params.announcementId, body),
  )
}
