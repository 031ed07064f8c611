import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { OPERATOR_COOKIE } from '../../../http/access.ts'
import { defineRoute } from '../../../http/define-route.ts'
import type { ActivationService } from './activation.service.ts'
import type { OperatorService } from './operator.service.ts'
import type { SignInService } from './sign-in.service.ts'

const cookieOf = (request: FastifyRequest): string => request.cookies[OPERATOR_COOKIE] ?? ''

export const registerOperatorRoutes = (
  app: FastifyInstance,
  {
    signIn,
    operators,
    activations,
    secureCookies,
  }: {
    signIn: SignInService
    operators: OperatorService
    activations: ActivationService
    secureCookies: boolean
  },
): void => {
  const options = { httpOnly: true, sameSite: 'strict' as const, secure: secureCookies, path: '/' }
  const clear = (reply: FastifyReply) => reply.clearCookie(OPERATOR_COOKIE, options)

  defineRoute(app, 'operatorSignIn', async ({ body, request, reply }) => {
    const { cookie, me } = await signIn.signIn(body, request.clientAddress)
    reply.setCookie(OPERATOR_COOKIE, cookie, options)
    return me
  })
  defineRoute(app, 'operatorSignOut', async ({ caller, request, reply }) => {
    await signIn.signOut(caller, cookieOf(request))
    clear(reply)
    return null
  })
  defineRoute(app, 'getOperatorMe', ({ request }) => signIn.getMe(cookieOf(request)))
  defineRoute(app, 'changeOwnPassword', async ({ caller, body, request }) => {
    await signIn.changeOwnPassword(caller, cookieOf(request), body)
    return null
  })
  defineRoute(app, 'openActivation', ({ body, request }) =>
    activations.openActivation(body.activationCode, request.clientAddress),
  )
  defineRoute(app, 'completeActivation', async ({ body, request }) => {
    await activations.completeActivation(body, request.clientAddress)
    return null
  })
  defineRoute(app, 'listOperators', ({ query }) => operators.listOperators(query))
  defineRoute(app, 'createOperator', ({ caller, body }) => operators.createOperator(caller, body))
  defineRoute(app, 'changeOperator', ({ caller, params, body }) =>
    operators.changeOperator(caller, params.operatorId, body),
  )
  defineRoute(app, 'resetOperator', ({ caller, params }) =>
    operators.resetOperator(caller, params.operatorId),
  )
  defineRoute(app, 'listDivisions', () => operators.listDivisions())
}
