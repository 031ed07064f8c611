import type { Shop } from '@jiankangbao/contracts/shop/schemas'
import { useDeed } from '../../state/use-deed.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { AskedAct } from './asked-act.tsx'

interface PeopleProps {
  shop: Shop
  onDone: () => void
  /** The caller helps there no longer: the shop is not theirs to see. */
  onLeft: () => void
}

/** Who helps, who is asked to, and to whom the shop is offered. */
export const ShopPeople = ({ shop, onDone, onLeft }: PeopleProps) => {
  const { venueId } = shop
  const { busy, error, run } = useDeed()
  const isOwner = shop.role === 'owner'
  const end = (staffId: string) =>
    run(async () => {
      await api.call('endShopHelp', { params: { venueId, staffId } })
      if (isOwner) onDone()
      else onLeft()
    })
  const withdraw = (offerId: string) =>
    run(async () => {
      await api.call('withdrawShopOffer', { params: { venueId, offerId } })
      onDone()
    })
  const offer = (kind: 'staff' | 'transfer') => (phone: string, requestId: string) =>
    api.call('offerShop', { params: { venueId }, body: { requestId, kind, phone } })
  return (
    <div className="card stack">
      <h2 className="card-title">{say('shop.staff')}</h2>
      <p className="small">{say('shop.staffHint')}</p>
      <Failure error={error} />
      <ul className="plain-list stack">
        {shop.staff.map(({ staffId, nameMasked, self }) => (
          <li className="row" key={staffId}>
            <span>{nameMasked}</span>
            {(isOwner || self) && (
              <Button
                kind="link"
                busy={busy}
                label={`${say(self ? 'shop.leave' : 'shop.remove')} ${nameMasked}`}
                onClick={() => void end(staffId)}
              >
                {say(self ? 'shop.leave' : 'shop.remove')}
              </Button>
            )}
          </li>
        ))}
        {shop.offers.map(({ offerId, kind, phoneMasked, expiresAt }) => (
          <li className="row" key={offerId} data-testid="sent-offer">
            <span>{say(`shop.open.${kind}`, { phone: phoneMasked, at: momentText(expiresAt) })}</span>
            <Button kind="link" busy={busy} onClick={() => void withdraw(offerId)}>
              {say('shop.withdraw')}
            </Button>
          </li>
        ))}
      </ul>
      {isOwner && (
        <>
          <AskedAct
            id="helper-phone"
            title={say('shop.askHelper')}
            asks={say('shop.toPhone')}
            confirm={say('shop.offer')}
            type="tel"
            least={5}
            act={offer('staff')}
            onDone={onDone}
          />
          <AskedAct
            id="transfer-phone"
            title={say('shop.handOver')}
            asks={say('shop.toPhone')}
            warning={say('shop.handOverWarn')}
            confirm={say('shop.offer')}
            type="tel"
            least={5}
            danger
            act={offer('transfer')}
            onDone={onDone}
          />
        </>
      )}
    </div>
  )
}
