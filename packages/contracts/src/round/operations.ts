import { citizens, siteKeepers } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  saveRoster: operation('POST', '/api/v1/operator/rosters', siteKeepers),
  listRosters: operation('GET', '/api/v1/operator/rosters', siteKeepers),
  makeTestRound: operation('POST', '/api/v1/operator/test-rounds', siteKeepers),
  listTestRounds: operation('GET', '/api/v1/operator/test-rounds', siteKeepers),
  getTestRound: operation('GET', '/api/v1/operator/test-rounds/:roundId', siteKeepers),
  beginTestRound: operation('POST', '/api/v1/operator/test-rounds/:roundId/beginning', siteKeepers),
  callOffTestRound: operation('POST', '/api/v1/operator/test-rounds/:roundId/end', siteKeepers),
  getRoundTelling: operation('GET', '/api/v1/operator/test-rounds/:roundId/telling', siteKeepers),
  tellTestRound: operation('POST', '/api/v1/operator/test-rounds/:roundId/telling', siteKeepers),
  stopTellingTestRound: operation('POST', '/api/v1/operator/test-rounds/:roundId/telling/stop', siteKeepers),
  listMissedPeople: operation('POST', '/api/v1/operator/test-rounds/:roundId/missing', siteKeepers),
  exemptFromTestRound: operation('POST', '/api/v1/operator/test-rounds/:roundId/exemptions', siteKeepers),
  stateForTestRound: operation('PUT', '/api/v1/me/test-rounds/:roundId/statement', citizens),
  listOwnTestRounds: operation('GET', '/api/v1/me/test-rounds', citizens),
}
