import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hostCookie, operatorCookie } from '../../../http/access.ts'
import { defineRoute } from '../../../http/define-route.ts'
import type { ActivationService } from './activation.service.ts'
import type { OperatorService } from './operator.service.ts'
import type { OperatorChangeService } from './operator-change.service.ts'
import type { OperatorSessionService } from './session.service.ts'
import type { SignInService } from './sign-in.service.ts'

const BROWSER_SECONDS = 400 * 24 * 3600

const readBrowser = (given: string | undefined): string =>
  given && /^[\w-]{43}$/.test(given) ? given : randomBytes(32).toString('base64url')

export const registerOperatorRoutes = (
  app: FastifyInstance,
  {
    signIn,
    operators,
    changes,
    activations,
    sessions,
    secureCookies,
  }: {
    signIn: SignInService
    operators: OperatorService
    changes: OperatorChangeService
    activations: ActivationService
    sessions: OperatorSessionService
    secureCookies: boolean
  },
): void => {
  const options = { httpOnly: true, sameSite: 'strict' as const, secure: secureCookies, path: '/' }
  const sessionCookie = operatorCookie(secureCookies)
  const browserCookie = hostCookie('jkb_browser', secureCookies)
  const cookieOf = (request: FastifyRequest): string => request.cookies[sessionCookie] ?? ''
  const clear = (reply: FastifyReply) => reply.clearCookie(sessionCookie, options)

  defineRoute(app, 'operatorSignIn', async ({ body, request, reply }) => {
    // One browser, whoever signs in with it: two accounts in one hand are seen by it.
    const browser = readBrowser(request.cookies[browserCookie])
    const { cookie, me } = await signIn.signIn(body, {
      address: request.clientAddress,
      browser,
      userAgent: request.headers['user-agent'],
    })
    reply.setCookie(sessionCookie, cookie, options)
    reply.setCookie(browserCookie, browser, { ...options, maxAge: BROWSER_SECONDS })
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
  defineRoute(app, 'listOwnOperatorSessions', ({ caller, request }) =>
    sessions.listOwnSessions(caller, cookieOf(request)),
  )
  defineRoute(app, 'endOwnOperatorSession', async ({ caller, params }) => {
    await sessions.endOwnSession(caller, params.sessionId.toLowerCase())
    return null
  })
  defineRoute(app, 'endOtherOperatorSessions', ({ caller, request }) =>
    sessions.endOtherSessions(caller, cookieOf(request)),
  )
  defineRoute(app, 'endOperatorSessions', ({ caller, params, body }) =>
    sessions.endOperatorSessions(caller, params.operatorId, body.reason),
  )
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
  defineRoute(app, 'resetOperator', ({ caller, params, body }) =>
    operators.resetOperator(caller, params.operatorId, body),
  )
  defineRoute(app, 'listOperatorChanges', ({ caller, query }) => changes.listOperatorChanges(caller, query))
  defineRoute(app, 'decideOperatorChange', ({ caller, params, body }) =>
    changes.decideOperatorChange(caller, params.changeId, body),
  )
  defineRoute(app, 'sendActivationAgain', ({ caller, params }) =>
    changes.sendActivationAgain(caller, params.changeId),
  )
  defineRoute(app, 'withdrawOperatorChange', ({ caller, params, body }) =>
    changes.withdrawOperatorChange(caller, params.changeId, body.reason),
  )
  defineRoute(app, 'listDivisions', () => operators.listDivisions())
}
