import type { FastifyInstance } from 'fastify'

/**
 * WeChat and Alipay call every request JSON, also one without a body. Where the operation takes none, nothing sent is
 * nothing missing; elsewhere it stays broken JSON.
 */
export const acceptEmptyJson = (http: FastifyInstance): void => {
  const parse = http.getDefaultJsonParser('error', 'error')
  http.removeContentTypeParser('application/json')
  http.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const takesNone = request.routeOptions.schema?.body === undefined
    if (body === '' && takesNone) done(null, undefined)
    else parse(request, body as string, done)
  })
}
