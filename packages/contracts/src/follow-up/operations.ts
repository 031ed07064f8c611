import { communities } from '../access.ts'
import { operation } from '../operation.ts'

const FOLLOW_UP = '/api/v1/operator/follow-ups/:followUpId'

export const operations = {
  listFollowUps: operation('GET', '/api/v1/operator/follow-ups', communities),
  getFollowUpFigures: operation('GET', '/api/v1/operator/follow-up-figures', communities),
  openFollowUp: operation('POST', `${FOLLOW_UP}/openings`, communities),
  markFollowUps: operation('POST', '/api/v1/operator/follow-up-looks', communities),
  endFollowUp: operation('POST', `${FOLLOW_UP}/end`, communities),
  setFollowUpStay: operation('POST', `${FOLLOW_UP}/stay`, communities),
  proposeOverdueTest: operation('POST', `${FOLLOW_UP}/overdue-test-proposals`, communities),
  offerFollowUps: operation('POST', '/api/v1/operator/follow-up-offers', communities),
  answerFollowUpOffers: operation('POST', '/api/v1/operator/follow-up-offer-answers', communities),
  listDoorAlarms: operation('GET', '/api/v1/operator/door-alarms', communities),
  answerDoorAlarm: operation('POST', '/api/v1/operator/door-alarms/:alarmId/answer', communities),
  printFollowUpSheet: operation('POST', '/api/v1/operator/follow-up-sheets', communities),
  listFollowUpCalls: operation('POST', '/api/v1/operator/follow-up-calls', communities),
}
