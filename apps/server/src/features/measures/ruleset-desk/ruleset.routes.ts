import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { CallOffService } from './call-off.service.ts'
import type { RulesetDraftService } from './draft.service.ts'
import type { PublicationService } from './publication.service.ts'

/** The documents that ship have 20 KiB. */
const DOCUMENT_LIMIT = 512 * 1024

export const registerRulesetRoutes = (
  app: FastifyInstance,
  drafts: RulesetDraftService,
  publication: PublicationService,
  callOff: CallOffService,
): void => {
  defineRoute(app, 'listRulesets', () => drafts.listRulesets())
  defineRoute(app, 'getRuleset', ({ params }) => drafts.getRuleset(params.rulesetId))
  defineRoute(app, 'proposeRulesetCallOff', ({ caller, params, body }) =>
    callOff.proposeCallOff(caller, params.rulesetId, body),
  )
  defineRoute(app, 'checkRuleset', ({ body }) => drafts.checkRuleset(body.document), {
    bodyLimit: DOCUMENT_LIMIT,
  })
  defineRoute(app, 'createRulesetDraft', ({ caller, body }) => drafts.createDraft(caller, body), {
    bodyLimit: DOCUMENT_LIMIT,
  })
  defineRoute(app, 'listRulesetDrafts', ({ caller }) => drafts.listDrafts(caller))
  defineRoute(app, 'getRulesetDraft', ({ caller, params }) => drafts.getDraft(caller, params.draftId))
  defineRoute(app, 'cancelRulesetDraft', ({ caller, params }) => drafts.cancelDraft(caller, params.draftId))
  defineRoute(app, 'startRulesetDryRun', ({ caller, params }) => drafts.startDryRun(caller, params.draftId))
  defineRoute(app, 'cancelRulesetDryRun', ({ caller, params }) => drafts.cancelDryRun(caller, params.draftId))
  defineRoute(app, 'proposeRuleset', ({ caller, params, body }) =>
    publication.proposeRuleset(caller, params.draftId, body),
  )
}
