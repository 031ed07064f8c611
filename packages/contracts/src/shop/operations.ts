import { citizens } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listMyShops: operation('GET', '/api/v1/me/shops', citizens),
  applyShop: operation('POST', '/api/v1/me/shops', citizens),
  getMyShop: operation('GET', '/api/v1/me/shops/:venueId', citizens),
  changeMyShop: operation('PATCH', '/api/v1/me/shops/:venueId', citizens),
  closeMyShop: operation('POST', '/api/v1/me/shops/:venueId/closure', citizens),
  addShopPoint: operation('POST', '/api/v1/me/shops/:venueId/points', citizens),
  rotateShopCode: operation('POST', '/api/v1/me/shop-points/:pointId/rotation', citizens),
  closeShopPoint: operation('POST', '/api/v1/me/shop-points/:pointId/closure', citizens),
  offerShop: operation('POST', '/api/v1/me/shops/:venueId/offers', citizens),
  withdrawShopOffer: operation('DELETE', '/api/v1/me/shops/:venueId/offers/:offerId', citizens),
  answerShopOffer: operation('POST', '/api/v1/me/shop-offers/:offerId/answer', citizens),
  endShopHelp: operation('DELETE', '/api/v1/me/shops/:venueId/staff/:staffId', citizens),
}
