import { createHmac, randomUUID } from 'node:crypto'
import type { Call } from '@jiankangbao/contracts/schemas'
import type { Redeemed } from '@jiankangbao/contracts/service/schemas'
import type { Service } from '@jiankangbao/domain/service/service'
import type { ServiceScope } from '@jiankangbao/domain/vocabulary/services'
import { jwtVerify, SignJWT } from 'jose'
import { inTransaction } from '../../../db/pool.ts'
import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { listColours } from '../../colours/status/status.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as queries from './grant.queries.ts'
import { isOffered, readRegister } from './offered.ts'
import { listServiceTokenKeys, serviceTokenKey } from './token-keys.ts'

// A grant: what a person lets one module of others have, once.  granted → redeemed | run out.  The token names the grant and nothing
// about the person; what the person agreed to is given to whoever redeems it first, within two minutes.

export const TOKEN_SECONDS = 120
/** A phone asks again after every screen of consent; a person opens few modules in an hour. */
const GRANTS_PER_HOUR = 60
const TYPE = 'jkb-service+jwt'
const MOST_LISTED = 50

interface Claims {
  grantId: string
  service: string
}

export const createGrantService = ({
  pool,
  clock,
  config,
  keys,
  encryption,
}: Pick<Parts, 'pool' | 'clock' | 'config' | 'keys' | 'encryption'>) => {
  /** A name of the person that no two modules share, and that says nothing about them. */
  const subjectOf = (serviceKey: string, personId: string): string =>
    createHmac('sha256', keys.blindIndexKey())
      .update(`service_subject\u0000${serviceKey}\u0000${personId}`)
      .digest('base64url')
      .slice(0, 22)

  const sign = (grant: queries.GrantRow): Promise<string> => {
    const key = serviceTokenKey(keys)
    return new SignJWT({ scope: grant.scopes.join(' ') })
      .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: TYPE })
      .setIssuer(config.publicOrigin)
      .setAudience(grant.service_key)
      .setSubject(subjectOf(grant.service_key, grant.person_id))
      .setJti(grant.grant_id)
      .setIssuedAt(grant.granted_at)
      .setExpirationTime(grant.expires_at)
      .sign(key.privateKey)
  }

  /** @throws AppError SERVICE_TOKEN_REFUSED */
  const verify = async (token: string, service: string): Promise<Claims> => {
    try {
      const findKey = ({ kid }: { kid?: string }) => {
        const key = listServiceTokenKeys(keys).find((each) => each.kid === kid)
        if (!key) throw new Error('no key of this id')
        return key.publicKey
      }
      const { payload } = await jwtVerify(token, findKey, {
        algorithms: ['EdDSA'],
        typ: TYPE,
        issuer: config.publicOrigin,
        audience: service,
        currentDate: clock(),
        requiredClaims: ['exp', 'jti', 'sub'],
      })
      return { grantId: payload.jti ?? '', service }
    } catch (cause) {
      throw new AppError('SERVICE_TOKEN_REFUSED', { cause })
    }
  }

  /** The module as it is offered now. @throws AppError NOT_FOUND */
  const requireModule = async (key: string): Promise<Service & { url: string }> => {
    const register = await readRegister(pool, config)
    const service = register.services.find((each) => each.key === key)
    if (!service?.url || service.scopes.length === 0 || !isOffered(register, service, clock()))
      throw new AppError('NOT_FOUND')
    return { ...service, url: service.url }
  }

  /** @throws AppError VALIDATION_FAILED */
  const requireFitting = (asked: Service['scopes'], agreed: readonly ServiceScope[]): void => {
    const known = new Set(asked.map(({ scope }) => scope))
    if (agreed.some((scope) => !known.has(scope))) throw fieldError('scopes', 'not_asked_for')
    if (asked.some(({ scope, needed }) => needed && !agreed.includes(scope)))
      throw fieldError('scopes', 'needed')
  }

  const dataOf = async (grant: queries.GrantRow, scopes: readonly ServiceScope[]) => {
    const row = await queries.findPersonal(pool, grant.account_id, grant.person_id)
    if (!row) throw new AppError('SERVICE_TOKEN_REFUSED')
    const document = () =>
      encryption.decrypt(row.document_number_encrypted, inRow('persons.document_number', row.person_id))
    const colours = scopes.includes('colour')
      ? await listColours(pool, [grant.person_id], clock())
      : undefined
    const colour = colours?.get(grant.person_id)
    return {
      ...(scopes.includes('name')
        ? { name: encryption.decrypt(row.name_encrypted, inRow('persons.name', row.person_id)) }
        : {}),
      ...(scopes.includes('phone')
        ? { phone: encryption.decrypt(row.phone_encrypted, inRow('accounts.phone', grant.account_id)) }
        : {}),
      ...(scopes.includes('document_tail') ? { documentTail: document().slice(-4) } : {}),
      ...(colour ? { colour } : {}),
    }
  }

  return {
    listServiceKeys: async () => ({ keys: listServiceTokenKeys(keys).map(({ jwk }) => jwk) }),

    /** @throws AppError NOT_FOUND (no such module now), VALIDATION_FAILED (needed, not_asked_for), NOT_REGISTERED, TOO_MANY_REQUESTS, REQUEST_ID_REUSED, STATE_CONFLICT (ran out) */
    grantService: async (
      caller: CitizenCaller,
      key: string,
      { requestId, scopes }: Call<'grantService'>['body'],
    ): Promise<Call<'grantService'>['result']> => {
      const { accountId } = caller
      const personId = await queries.findPersonOfAccount(pool, accountId)
      if (personId === undefined) throw new AppError('NOT_REGISTERED')
      const module = await requireModule(key)
      requireFitting(module.scopes, scopes)
      await takeFromLimit(pool, `service_grant:${accountId}`, GRANTS_PER_HOUR, 3600)
      const now = clock()
      const fresh = {
        grant_id: randomUUID(),
        account_id: accountId,
        person_id: personId,
        service_key: key,
        scopes: [...scopes].sort(),
        granted_at: now,
        expires_at: new Date(now.getTime() + TOKEN_SECONDS * 1000),
      }
      const grant = await inTransaction(pool, async (tx) => {
        if (await queries.insertGrant(tx, { ...fresh, requestId })) {
          await writeAudit(tx, {
            actor: caller,
            action: 'service.granted',
            objectKind: 'service',
            objectId: key,
            details: { grantId: fresh.grant_id, scopes: fresh.scopes },
          })
          return { ...fresh, redeemed_at: null }
        }
        const made = await queries.findGrantOfRequest(tx, accountId, requestId)
        if (made?.service_key !== key || made.scopes.join() !== fresh.scopes.join())
          throw new AppError('REQUEST_ID_REUSED')
        return made
      })
      if (grant.redeemed_at || grant.expires_at <= now) throw stateConflict('requestId', 'ran_out')
      return { url: `${module.url}#token=${await sign(grant)}`, expiresAt: grant.expires_at.toISOString() }
    },

    listServiceGrants: async (caller: CitizenCaller) => ({
      grants: (await queries.listGrants(pool, caller.accountId, MOST_LISTED)).map((row) => ({
        key: row.service_key,
        scopes: row.scopes,
        grantedAt: row.granted_at.toISOString(),
        ...(row.redeemed_at ? { redeemedAt: row.redeemed_at.toISOString() } : {}),
      })),
    }),

    /** @throws AppError SERVICE_TOKEN_REFUSED: no token of ours, of another module, run out, used, or the module was taken out */
    redeemServiceToken: async ({ token, service }: Call<'redeemServiceToken'>['body']): Promise<Redeemed> => {
      const { grantId } = await verify(token, service)
      const module = await requireModule(service).catch(() => undefined)
      if (!module) throw new AppError('SERVICE_TOKEN_REFUSED')
      const grant = await inTransaction(pool, async (tx) => {
        const redeemed = await queries.redeemGrant(tx, grantId, service, clock())
        if (!redeemed) throw new AppError('SERVICE_TOKEN_REFUSED')
        await writeAudit(tx, {
          actor: { kind: 'system', id: `service:${service}` },
          action: 'service.redeemed',
          objectKind: 'service',
          objectId: service,
          details: { grantId, scopes: redeemed.scopes },
        })
        return redeemed
      })
      // Of what was agreed to, what the module still asks for.
      const scopes = grant.scopes.filter((scope) => module.scopes.some((each) => each.scope === scope))
      return {
        subject: subjectOf(service, grant.person_id),
        service,
        scopes,
        grantedAt: grant.granted_at.toISOString(),
        ...(await dataOf(grant, scopes)),
      }
    },
  }
}

/** What was handed to modules is kept for 180 days, for the person to read. */
export const purgeServiceGrants = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await purgeInBatches(pool, queries.OLD_GRANTS, clock())
}
