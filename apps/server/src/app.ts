import websocket from '@fastify/websocket'
import type { FastifyInstance } from 'fastify'
import { type AppOptions, createParts } from './create-parts.ts'
import { createAlarmService } from './features/approval/proposal/alarm-list.service.ts'
import { registerProposalRoutes } from './features/approval/proposal/proposal.routes.ts'
import { createProposalService } from './features/approval/proposal/proposal.service.ts'
import { watchDivisions } from './features/colours/rules/divisions-in-force.ts'
import { registerCheckRoutes, registerDeviceRoutes } from './features/doors/check/check.routes.ts'
import { createCheckpointServices } from './features/doors/check/checkpoint.service.ts'
import { registerCodeRoutes, registerCounterPaperRoutes } from './features/doors/code/code.routes.ts'
import { createCodeService } from './features/doors/code/code.service.ts'
import { createOfferService } from './features/doors/venue/offer.service.ts'
import { createReviewerService } from './features/doors/venue/reviewer.service.ts'
import { registerReviewerRoutes, registerShopRoutes } from './features/doors/venue/shop.routes.ts'
import { createShopService } from './features/doors/venue/shop.service.ts'
import { registerVenueRoutes } from './features/doors/venue/venue.routes.ts'
import { createVenueService } from './features/doors/venue/venue.service.ts'
import { createCompanionService } from './features/doors/visit/companion.service.ts'
import {
  registerCompanionRoutes,
  registerVisitMarkRoutes,
  registerVisitRoutes,
} from './features/doors/visit/visit.routes.ts'
import { createVisitService } from './features/doors/visit/visit.service.ts'
import { createVisitMarkService } from './features/doors/visit/visit-mark.service.ts'
import { registerHeldPushRoutes } from './features/inflow/held-push/held-push.routes.ts'
import { createHeldPushService } from './features/inflow/held-push/held-push.service.ts'
import {
  registerLaboratoryRoutes,
  registerTubeResultRoutes,
} from './features/inflow/laboratory/laboratory.routes.ts'
import { createLaboratoryService } from './features/inflow/laboratory/laboratory.service.ts'
import { takeReleasedResults } from './features/inflow/laboratory/pushed-rows.ts'
import { createTubeResultService } from './features/inflow/laboratory/tube-results.service.ts'
import { createPartnerService } from './features/inflow/partner/partner.service.ts'
import { registerProvincialRoutes } from './features/inflow/provincial/provincial.routes.ts'
import { createProvincialService } from './features/inflow/provincial/provincial.service.ts'
import { createReleasedCodes } from './features/inflow/provincial/pushed-codes.ts'
import { createHeldAreaService } from './features/inflow/risk-area/held-areas.service.ts'
import { registerRiskAreaRoutes } from './features/inflow/risk-area/risk-area.routes.ts'
import { createRiskAreaService } from './features/inflow/risk-area/risk-area.service.ts'
import { registerTravelCardRoutes } from './features/inflow/travel-card/travel-card.routes.ts'
import { createTravelCardService } from './features/inflow/travel-card/travel-card.service.ts'
import { createReceiptService } from './features/inflow/upstream/receipts.service.ts'
import { registerUpstreamRoutes } from './features/inflow/upstream/upstream.routes.ts'
import { createUpstreamService } from './features/inflow/upstream/upstream.service.ts'
import { registerDeclarationRoutes } from './features/journeys/declaration/declaration.routes.ts'
import { createDeclarationService } from './features/journeys/declaration/declaration.service.ts'
import { createMatterService } from './features/journeys/declaration/matter.service.ts'
import { createProofService } from './features/journeys/declaration/proof.service.ts'
import { registerEntryRoutes } from './features/journeys/entry/entry.routes.ts'
import { createEntryService } from './features/journeys/entry/entry.service.ts'
import { createEntryOfficeService } from './features/journeys/entry/office.service.ts'
import { registerAuditRoutes } from './features/ledger/audit/audit.routes.ts'
import { createAuditListService } from './features/ledger/audit/audit-list.service.ts'
import { createVerificationService } from './features/ledger/audit/verification.service.ts'
import { registerColourTextRoutes } from './features/ledger/colour-text/colour-text.routes.ts'
import { createColourTextService } from './features/ledger/colour-text/colour-text.service.ts'
import { createCodeEventsService } from './features/ledger/history/code-events.service.ts'
import { registerHistoryRoutes } from './features/ledger/history/history.routes.ts'
import { createHistoryService } from './features/ledger/history/history.service.ts'
import { registerIncidentRoutes } from './features/ledger/incident/incident.routes.ts'
import { createIncidentService } from './features/ledger/incident/incident.service.ts'
import { registerLiveRoutes } from './features/ledger/live/live.routes.ts'
import { createLiveService } from './features/ledger/live/live.service.ts'
import { registerLookupRoutes } from './features/ledger/lookup/lookup.routes.ts'
import { createLookupDaysService } from './features/ledger/lookup/lookup-days.service.ts'
import { registerNoticeRoutes } from './features/ledger/notice/notice.routes.ts'
import { createNoticeService } from './features/ledger/notice/notice.service.ts'
import { registerImportRoutes } from './features/lists/desk/import.routes.ts'
import { createImportService } from './features/lists/desk/import.service.ts'
import { registerAppealRoutes } from './features/measures/appeal/appeal.routes.ts'
import { createAppealService } from './features/measures/appeal/appeal.service.ts'
import { createAppealOfficeService } from './features/measures/appeal/office.service.ts'
import { registerFindingRoutes } from './features/measures/finding/finding.routes.ts'
import { createFindingService } from './features/measures/finding/finding.service.ts'
import { registerFollowUps } from './features/measures/monitoring/follow-up.routes.ts'
import { createCallOffService } from './features/measures/ruleset-desk/call-off.service.ts'
import { createRulesetDraftService } from './features/measures/ruleset-desk/draft.service.ts'
import { createPublicationService } from './features/measures/ruleset-desk/publication.service.ts'
import { registerRulesetRoutes } from './features/measures/ruleset-desk/ruleset.routes.ts'
import { registerZoneRoutes } from './features/measures/zone/zone.routes.ts'
import { createZoneService } from './features/measures/zone/zone.service.ts'
import { registerAnnouncements } from './features/office/announcement/announcement.routes.ts'
import { registerBoard } from './features/office/board/board.routes.ts'
import { registerCorrections } from './features/office/correction/correction.routes.ts'
import { registerDesk } from './features/office/desk/desk.routes.ts'
import { registerHotline } from './features/office/hotline/hotline.routes.ts'
import { registerHotlinePolicies } from './features/office/hotline-policy/hotline-policy.routes.ts'
import { registerLookupNorms } from './features/office/lookup-norm/lookup-norm.routes.ts'
import { registerServices } from './features/office/service/service.routes.ts'
import { registerSystem } from './features/office/system/system.routes.ts'
import { registerTickets } from './features/office/ticket/ticket.routes.ts'
import { registerAccountRoutes } from './features/people/account/account.routes.ts'
import { createAccountService } from './features/people/account/account.service.ts'
import { registerCounterRoutes } from './features/people/counter/counter.routes.ts'
import { createFamilyRequestService } from './features/people/member/family-request.service.ts'
import { createLinkService } from './features/people/member/link.service.ts'
import { registerMemberRoutes } from './features/people/member/member.routes.ts'
import { createMemberService } from './features/people/member/member.service.ts'
import { createActivationService } from './features/people/operator/activation.service.ts'
import { registerOperatorRoutes } from './features/people/operator/operator.routes.ts'
import { createOperatorService } from './features/people/operator/operator.service.ts'
import { createOperatorChangeService } from './features/people/operator/operator-change.service.ts'
import { createOperatorSessionService } from './features/people/operator/session.service.ts'
import { createSignInService } from './features/people/operator/sign-in.service.ts'
import { createFaceCheckService } from './features/people/person/face-check.service.ts'
import { registerPersonRoutes } from './features/people/person/person.routes.ts'
import { createPersonService } from './features/people/person/person.service.ts'
import { createOpenedRule } from './features/people/person-file/opened.service.ts'
import { registerPersonFileRoutes } from './features/people/person-file/person-file.routes.ts'
import { createPersonFileService } from './features/people/person-file/person-file.service.ts'
import { registerProofRoutes } from './features/people/proof/proof.routes.ts'
import { registerSamePersonRoutes } from './features/people/same-person/same-person.routes.ts'
import { registerTakeOverRoutes } from './features/people/take-over/take-over.routes.ts'
import { registerTesting } from './features/testing/register-testing.ts'
import { createSampleService } from './features/testing/sampling/sample.service.ts'
import { registerSampleRoutes } from './features/testing/sampling/sampling.routes.ts'
import { registerTracing } from './features/tracing/tracing.routes.ts'
import { operatorCookie, prepareAccess, type RouteAccess } from './http/access.ts'
import { retryAfterSeconds } from './http/admission.ts'
import { AppError } from './http/app-error.ts'
import { NO_STORE } from './http/caching.ts'
import { useClientAddress } from './http/client-address.ts'
import { createHttp } from './http/create-http.ts'
import { prepareDrain } from './http/drain.ts'
import { acceptEmptyJson } from './http/empty-json.ts'
import { useErrors } from './http/errors.ts'
import { refuseSeveralHosts } from './http/one-host.ts'
import { registerOpenApiRoutes } from './http/openapi/openapi.routes.ts'
import { PERMISSIONS_POLICY, registerPlugins } from './http/plugins.ts'
import { refuseReusedRequestIds } from './http/request-digests.ts'
import { useSerialization } from './http/serialization.ts'
import { useStaticApps } from './http/static-apps.ts'
import { useValidation } from './http/validation.ts'
import { useObservability } from './metrics/observability.ts'
import type { Parts } from './parts.ts'
import { createSupervisionMeters } from './processes/supervision-meters.ts'
import { createServerReadiness } from './readiness/server-readiness.ts'

export interface App {
  http: FastifyInstance
  parts: Parts
  /** Every route of the API with its declared caller; complete when built. */
  routes: RouteAccess[]
  /** Resolves once it is known which sessions were ended before this process began. */
  prepared: Promise<void>
  /** Answers what was accepted, and accepts nothing more. */
  drain(): Promise<void>
  /** The same, then closes database and listener. */
  close(): Promise<void>
}

/** What every route needs, scans included. */
const registerBasics = async (http: FastifyInstance, { config, hiddenIds }: Parts): Promise<void> => {
  useClientAddress(http, config.trustedProxies)
  useErrors(http)
  refuseSeveralHosts(http)
  http.decorate('hiddenIds', hiddenIds)
  useValidation(http, hiddenIds)
  useSerialization(http)
  // JSON and multipart only: a form of another site can send neither without asking first.
  http.removeContentTypeParser('text/plain')
  acceptEmptyJson(http)
  await http.register(websocket, { options: { maxPayload: 4096 } })
}

/** The services that more than one place needs. */
const createSharedServices = (parts: Parts) => ({
  ...createCheckpointServices(parts),
  signIn: createSignInService(parts),
  accounts: createAccountService(parts),
  partners: createPartnerService(parts),
  samples: createSampleService(parts),
})
type SharedServices = ReturnType<typeof createSharedServices>

// Whole districts share one address behind a carrier's translation: scans, codes and checks are bound to a signed token,
// not to an address, and the queue of each says honestly when it is full. They carry JSON to programs, never a page, so
// the long list of headers for pages stays out; each header costs on a path that answers twenty thousand times a second.
const registerHotPath = (http: FastifyInstance, parts: Parts, { checks, samples }: SharedServices): void => {
  // A logger of its own for every request would cost more than checking its token; errors name the request themselves.
  http.setChildLoggerFactory((logger) => logger)
  // Closed schemas refuse `__proto__` like any other unknown field; looking for it in the text beforehand is not needed.
  http.removeContentTypeParser('application/json')
  http.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, JSON.parse(body as string))
    } catch (error) {
      done(error as Error)
    }
  })
  const transport = parts.config.secureCookies ? { 'strict-transport-security': 'max-age=31536000' } : {}
  const headers = { 'x-content-type-options': 'nosniff', 'cache-control': NO_STORE, ...transport }
  http.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers)
    parts.epochs.assertServed()
    done()
  })
  const visits = createVisitService(parts)
  registerVisitRoutes(http, visits)
  registerCompanionRoutes(http, createCompanionService(parts, visits.recordOne))
  registerCheckRoutes(http, checks)
  registerSampleRoutes(http, samples)
  registerCodeRoutes(http, createCodeService(parts), parts.config)
}

/** Every other feature, and what they need of each other. */
const registerFeatures = (http: FastifyInstance, parts: Parts, shared: SharedServices): void => {
  const { signIn, accounts } = shared
  registerAccountRoutes(http, accounts, parts.config.secureCookies)
  registerNoticeRoutes(http, createNoticeService(parts))
  registerIncidentRoutes(http, createIncidentService(parts))
  registerLookupRoutes(http, createLookupDaysService(parts))
  registerColourTextRoutes(http, createColourTextService(parts))
  registerPersonRoutes(http, createPersonService({ ...parts, accounts }), createFaceCheckService(parts))
  registerSamePersonRoutes(http, parts)
  registerCounterRoutes(http, parts)
  registerCounterPaperRoutes(http, parts)
  registerProofRoutes(http, { ...parts, accounts })
  registerTakeOverRoutes(http, { ...parts, accounts })
  registerMemberRoutes(
    http,
    createMemberService(parts),
    createFamilyRequestService(parts),
    createLinkService(parts),
  )
  registerVisitMarkRoutes(http, createVisitMarkService(parts))
  registerHistoryRoutes(http, createHistoryService(parts), createCodeEventsService(parts))
  registerLiveRoutes(http, createLiveService({ ...parts, isSessionRevoked: accounts.isSessionRevoked }))
  const operatorChanges = createOperatorChangeService(parts)
  registerOperatorRoutes(http, {
    signIn,
    operators: createOperatorService(parts, operatorChanges),
    changes: operatorChanges,
    activations: createActivationService(parts),
    sessions: createOperatorSessionService(parts),
    secureCookies: parts.config.secureCookies,
  })
  const personFiles = createPersonFileService(parts)
  const opened = createOpenedRule(parts)
  registerPersonFileRoutes(http, personFiles, opened)
  registerAuditRoutes(
    http,
    createAuditListService({ ...parts, personFiles }),
    createVerificationService(parts),
  )
  const proposals = createProposalService(parts)
  registerProposalRoutes(http, proposals, createAlarmService(parts))
  const findings = createFindingService({ ...parts, proposals })
  registerFindingRoutes(http, findings, opened)
  registerFollowUps(http, { ...parts, findings })
  registerZoneRoutes(http, createZoneService({ ...parts, proposals }))
  registerAppealRoutes(
    http,
    createAppealService(parts),
    createAppealOfficeService({ ...parts, proposals, findings, personFiles }),
  )
  registerTracing(http, { ...parts, proposals })
  registerImportRoutes(http, createImportService({ ...parts, proposals }))
  registerRulesetRoutes(
    http,
    createRulesetDraftService(parts),
    createPublicationService({ ...parts, proposals }),
    createCallOffService({ ...parts, proposals }),
  )
  registerDeclarationRoutes(
    http,
    createDeclarationService(parts),
    createMatterService({ ...parts, findings, proposals }),
    createProofService(parts),
  )
  registerEntryRoutes(http, createEntryService(parts), createEntryOfficeService(parts))
  const venues = createVenueService(parts)
  const offers = createOfferService(parts)
  registerVenueRoutes(http, venues)
  registerReviewerRoutes(http, createReviewerService(parts, offers), offers)
  registerShopRoutes(http, createShopService(parts, venues, offers), offers)
  registerDeviceRoutes(http, shared.devices, shared.letPasses, shared.enrolments)
  registerProvincialRoutes(http, createProvincialService(parts, shared.partners))
  registerHeldPushRoutes(
    http,
    createHeldPushService(parts, {
      test_results: takeReleasedResults,
      provincial_codes: createReleasedCodes(parts),
    }),
  )
  registerTravelCardRoutes(http, createTravelCardService(parts))
  registerRiskAreaRoutes(http, createRiskAreaService(parts), createHeldAreaService(parts))
  registerUpstreamRoutes(http, createUpstreamService(parts), createReceiptService(parts))
  registerLaboratoryRoutes(http, createLaboratoryService(parts, shared.partners))
  registerTubeResultRoutes(http, createTubeResultService(parts, shared.partners))
  registerTesting(http, { ...parts, findings }, shared.samples)
  registerAnnouncements(http, { ...parts, proposals })
  registerSystem(http, parts)
  registerTickets(http, parts)
  registerHotlinePolicies(http, parts)
  registerHotline(http, { ...parts, personFiles })
  registerServices(http, { ...parts, proposals })
  registerLookupNorms(http, { ...parts, proposals })
  registerCorrections(http, parts)
  registerBoard(http, parts)
  registerDesk(http, parts)
  registerOpenApiRoutes(http)
}

/** Builds everything that answers requests; the explicit list of what runs. Does not listen yet. */
export const buildApp = async (options: AppOptions): Promise<App> => {
  const parts = createParts(options)
  const http = createHttp(parts)
  let stopping = false
  // Answers on their way when the stop begins close their connection: kept alive, it would hold up the shutdown.
  http.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping) reply.header('connection', 'close')
    done(null, payload)
  })
  await registerBasics(http, parts)
  const shared = createSharedServices(parts)
  const { accounts, devices, signIn } = shared
  const useCallers = prepareAccess(http, {
    tokens: parts.tokens,
    operatorCookie: operatorCookie(parts.config.secureCookies),
    isSessionRevoked: (sessionId) => accounts.isSessionRevoked(sessionId),
    isDeviceRevoked: (deviceId) => devices.isDeviceRevoked(deviceId),
    findOperator: signIn.findOperator,
    findPartner: shared.partners.findPartner,
  })
  const readiness = createServerReadiness(parts)
  const { link } = options
  useObservability(http, parts, {
    processName: link?.name ?? '1',
    isStopping: () => stopping,
    readiness,
  })
  if (!link) createSupervisionMeters(parts.metrics.registry, ['1'])
  const routes: RouteAccess[] = []
  await http.register(async (hot) => {
    useCallers(hot, routes)
    registerHotPath(hot, parts, shared)
  })
  await http.register(async (rest) => {
    rest.addHook('onRequest', (request, reply, done) => {
      // What may be kept says so afterwards: declared operations, and the files of the apps.
      reply.header('cache-control', NO_STORE)
      reply.header('permissions-policy', PERMISSIONS_POLICY)
      const { priority, operation } = request.routeOptions.config
      // Files of the apps are for everybody, also while the database waits to be accepted.
      if (operation) parts.epochs.assertServed()
      const refused = priority !== undefined && parts.admission.refuses(priority)
      done(refused ? new AppError('BUSY', { retryAfterSeconds: retryAfterSeconds() }) : undefined)
    })
    await registerPlugins(rest, parts.config, link)
    // Before the access check: files are for everybody and look at no caller.
    await useStaticApps(rest, parts.config)
    useCallers(rest, routes)
    refuseReusedRequestIds(rest, parts)
    registerFeatures(rest, parts, shared)
  })
  await http.ready()
  const divisions = watchDivisions(parts)
  const stopMeters = parts.providerMeters.start(parts.pool)
  await Promise.all([parts.epochs.start(() => parts.pool.connect()), parts.keyWatch.lookNow()])
  const closeHttp = prepareDrain(http)
  const drain = () => {
    stopping = true
    return closeHttp()
  }
  return {
    http,
    parts,
    routes,
    prepared: accounts.whenRevocationsKnown,
    drain,
    close: async () => {
      await drain()
      // Each may wait for a database that is away: together they wait once.
      await Promise.all([
        stopMeters(),
        parts.sightings.stop(),
        divisions.stop(),
        parts.keyWatch.stop(),
        parts.epochs.stop(),
        parts.listener.close(),
        readiness.close(),
        parts.reading.stop(),
      ])
      await Promise.all([parts.hotPool.end(), parts.pool.end()])
    },
  }
}
