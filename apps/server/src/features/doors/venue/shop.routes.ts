import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { OfferService } from './offer.service.ts'
import type { ReviewerService } from './reviewer.service.ts'
import type { ShopService } from './shop.service.ts'

const registerPeople = (app: FastifyInstance, shops: ShopService, offers: OfferService): void => {
  defineRoute(app, 'offerShop', ({ caller, params, body }) => shops.offerShop(caller, params.venueId, body))
  defineRoute(app, 'withdrawShopOffer', ({ caller, params }) =>
    shops.withdrawShopOffer(caller, params.venueId, params.offerId),
  )
  defineRoute(app, 'answerShopOffer', ({ caller, params, body }) =>
    offers.answer(caller, params.offerId, body.answer),
  )
  defineRoute(app, 'endShopHelp', ({ caller, params }) =>
    shops.endShopHelp(caller, params.venueId, params.staffId),
  )
}

/** A shop on the phone of its owner and of those who help there. */
export const registerShopRoutes = (app: FastifyInstance, shops: ShopService, offers: OfferService): void => {
  defineRoute(app, 'listMyShops', ({ caller }) => shops.listMyShops(caller))
  defineRoute(app, 'applyShop', ({ caller, body }) => shops.applyShop(caller, body))
  defineRoute(app, 'getMyShop', ({ caller, params }) => shops.getMyShop(caller, params.venueId))
  defineRoute(app, 'changeMyShop', ({ caller, params, body }) =>
    shops.changeMyShop(caller, params.venueId, body),
  )
  defineRoute(app, 'closeMyShop', ({ caller, params, body }) =>
    shops.closeMyShop(caller, params.venueId, body.reason),
  )
  defineRoute(app, 'addShopPoint', ({ caller, params, body }) =>
    shops.addShopPoint(caller, params.venueId, body),
  )
  defineRoute(app, 'rotateShopCode', ({ caller, params, body }) =>
    shops.rotateShopCode(caller, params.pointId, body),
  )
  defineRoute(app, 'closeShopPoint', ({ caller, params, body }) =>
    shops.closeShopPoint(caller, params.pointId, body.reason),
  )
  registerPeople(app, shops, offers)
}

/** What whoever reviews or keeps a venue sees besides it. */
export const registerReviewerRoutes = (
  app: FastifyInstance,
  reviewer: ReviewerService,
  offers: OfferService,
): void => {
  defineRoute(app, 'listVenueDuplicates', ({ caller, params }) =>
    reviewer.listDuplicates(caller, params.venueId),
  )
  defineRoute(app, 'revealVenueContact', ({ caller, params, body }) =>
    reviewer.revealContact(caller, params.venueId, body.purpose),
  )
  defineRoute(app, 'getVenuePeople', ({ caller, params }) => reviewer.getPeople(caller, params.venueId))
  defineRoute(app, 'offerVenue', ({ caller, params, body }) =>
    offers.offer(caller, params.venueId, { ...body, kind: 'transfer' }),
  )
  defineRoute(app, 'withdrawVenueOffer', ({ caller, params }) =>
    offers.withdraw(caller, params.venueId, params.offerId),
  )
}
