import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'

export interface FieldProblem {
  field: string
  reason: string
}

/** An answer other than success: HTTP status, stable code, a sentence, and the fields at fault. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly fields: readonly FieldProblem[]

  constructor(status: number, code: string, message: string, fields: readonly FieldProblem[] = []) {
    super(message)
    this.status = status
    this.code = code
    this.fields = fields
  }
}

const codeByStatus: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  413: 'BODY_TOO_LARGE',
  414: 'URL_TOO_LONG',
  415: 'CONTENT_TYPE_NOT_SUPPORTED',
}

const probedMethods: readonly HTTPMethods[] = ['GET', 'POST', 'PUT', 'DELETE']

/** Every failure leaves as `{code, message, requestId, fields?}` with the true status; nothing internal is told. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | Problem, request, reply) =>
    send(reply, request, toProblem(error)),
  )
  app.setNotFoundHandler((request, reply) => {
    const url = request.url.split('?', 1)[0] ?? '/'
    const allowed = probedMethods.filter((method) => app.hasRoute({ method, url }))
    if (allowed.length === 0) return send(reply, request, new Problem(404, 'NOT_FOUND', 'nothing lives here'))
    reply.header('allow', allowed.join(', '))
    return send(reply, request, new Problem(405, 'METHOD_NOT_ALLOWED', `use ${allowed.join(' or ')}`))
  })
}

function send(reply: FastifyReply, request: FastifyRequest, problem: Problem): FastifyReply {
  return reply.status(problem.status).send({
    code: problem.code,
    message: problem.message,
    requestId: request.id,
    ...(problem.fields.length > 0 && { fields: problem.fields }),
  })
}

function toProblem(error: FastifyError | Problem): Problem {
  if (error instanceof Problem) return error
  if (error.validation) {
    const fields = error.validation.map(toFieldProblem)
    const where = error.validationContext === 'querystring' ? 'query' : (error.validationContext ?? 'request')
    const told = fields.map(({ field, reason }) => `${field} ${reason}`).join('; ')
    return new Problem(400, 'VALIDATION_FAILED', `${where}: ${told}`, fields)
  }
  const status = error.statusCode ?? 500
  if (status >= 500) return new Problem(500, 'INTERNAL', 'the sandbox itself failed')
  return new Problem(status, codeByStatus[status] ?? 'BAD_REQUEST', error.message)
}

function toFieldProblem(issue: NonNullable<FastifyError['validation']>[number]): FieldProblem {
  const path = issue.instancePath.slice(1).replaceAll('/', '.')
  const child = issue.params.missingProperty ?? issue.params.additionalProperty ?? issue.params.propertyName
  const field = [path, child].filter(Boolean).join('.') || 'body'
  if (issue.keyword === 'required') return { field, reason: 'is required' }
  if (issue.keyword === 'additionalProperties') return { field, reason: 'is not a known field' }
  if (issue.keyword === 'enum') {
    return { field, reason: `must be one of ${(issue.params.allowedValues as unknown[]).join(', ')}` }
  }
  const described = (issue as { parentSchema?: { description?: string } }).parentSchema?.description
  return { field, reason: described ? `must be ${described}` : (issue.message ?? 'is not valid') }
}
