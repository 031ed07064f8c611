import { everybody, headquarters, hotlineStaff, ticketHandlers } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  getHotlineState: operation('GET', '/api/v1/hotline', everybody),
  getHotlineDesk: operation('GET', '/api/v1/operator/hotline/desk', hotlineStaff),
  comeToHotline: operation('POST', '/api/v1/operator/hotline/presence', hotlineStaff),
  beginHotlineCall: operation('POST', '/api/v1/operator/hotline/calls', hotlineStaff),
  endHotlineCall: operation('POST', '/api/v1/operator/hotline/calls/:callId/end', hotlineStaff),
  getHotlineCaller: operation('GET', '/api/v1/operator/hotline/callers/:personId', hotlineStaff),
  listReadyAnswers: operation('GET', '/api/v1/operator/ready-answers', ticketHandlers),
  listHotlinePolicies: operation('GET', '/api/v1/operator/hotline-policies', hotlineStaff),
  saveHotlinePolicy: operation('PUT', '/api/v1/operator/hotline-policy-draft', hotlineStaff),
  dropHotlinePolicy: operation('DELETE', '/api/v1/operator/hotline-policy-draft', hotlineStaff),
  releaseHotlinePolicy: operation('POST', '/api/v1/operator/hotline-policy-releases', headquarters),
}
