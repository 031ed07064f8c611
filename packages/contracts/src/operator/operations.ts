import { everybody, operatorDeciders, operators, systemAdministrators } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  operatorSignIn: operation('POST', '/api/v1/operator/sessions', everybody),
  openActivation: operation('POST', '/api/v1/operator-activations/opening', everybody),
  completeActivation: operation('POST', '/api/v1/operator-activations', everybody),
  operatorSignOut: operation('DELETE', '/api/v1/operator/sessions/current', operators),
  getOperatorMe: operation('GET', '/api/v1/operator/me', operators),
  changeOwnPassword: operation('POST', '/api/v1/operator/me/password', operators),
  listOwnOperatorSessions: operation('GET', '/api/v1/operator/me/sessions', operators),
  endOwnOperatorSession: operation('DELETE', '/api/v1/operator/me/sessions/:sessionId', operators),
  endOtherOperatorSessions: operation('DELETE', '/api/v1/operator/me/sessions', operators),
  endOperatorSessions: operation(
    'POST',
    '/api/v1/operator/operators/:operatorId/sign-outs',
    systemAdministrators,
  ),
  listOperators: operation('GET', '/api/v1/operator/operators', systemAdministrators),
  createOperator: operation('POST', '/api/v1/operator/operators', systemAdministrators),
  changeOperator: operation('PATCH', '/api/v1/operator/operators/:operatorId', systemAdministrators),
  resetOperator: operation('POST', '/api/v1/operator/operators/:operatorId/reset', systemAdministrators),
  listOperatorChanges: operation('GET', '/api/v1/operator/operator-changes', operatorDeciders),
  decideOperatorChange: operation(
    'POST',
    '/api/v1/operator/operator-changes/:changeId/decision',
    operatorDeciders,
  ),
  sendActivationAgain: operation(
    'POST',
    '/api/v1/operator/operator-changes/:changeId/messages',
    operatorDeciders,
  ),
  withdrawOperatorChange: operation(
    'POST',
    '/api/v1/operator/operator-changes/:changeId/withdrawal',
    systemAdministrators,
  ),
}
