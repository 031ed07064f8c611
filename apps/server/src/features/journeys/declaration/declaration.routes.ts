import { divisionNameEn } from '@jiankangbao/domain/place/division-names-en'
import { listDivisionsBelow } from '@jiankangbao/domain/place/divisions'
import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import { toPageQuery } from '../../../http/paging.ts'
import type { DeclarationService } from './declaration.service.ts'
import type { MatterService } from './matter.service.ts'
import type { ProofService } from './proof.service.ts'

export const registerDeclarationRoutes = (
  app: FastifyInstance,
  declarations: DeclarationService,
  matters: MatterService,
  proofs: ProofService,
): void => {
  defineRoute(app, 'listRegions', async ({ query }) => ({
    regions: listDivisionsBelow(query.parent).map(({ code, name }) => ({
      code,
      name,
      nameEn: divisionNameEn(name) ?? name,
    })),
  }))
  defineRoute(app, 'declareHealth', ({ caller, body }) => declarations.declareHealth(caller, body))
  defineRoute(app, 'declareExposure', ({ caller, body }) => declarations.declareExposure(caller, body))
  defineRoute(app, 'listMyDeclarations', ({ caller, query }) =>
    declarations.listMyDeclarations(caller, toPageQuery(query)),
  )
  defineRoute(app, 'getDeclarationProof', ({ caller, params }) =>
    proofs.getDeclarationProof(caller, params.declarationId),
  )
  defineRoute(app, 'listMatters', ({ caller, query }) =>
    matters.listMatters(caller, query.state, toPageQuery(query)),
  )
  defineRoute(app, 'decideMatter', ({ caller, params, body }) =>
    matters.decideMatter(caller, params.matterId, body),
  )
}
