import type { ShopEntry } from '@jiankangbao/contracts/shop/schemas'
import { goTo } from '../../platform/navigate.ts'
import { useDeed } from '../../state/use-deed.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { useRenewal } from '../live/use-renewal.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { ShopState } from './shop-state.tsx'

type Received = Awaited<ReturnType<typeof loadShops>>['offers'][number]

const loadShops = () => api.call('listMyShops', {})

const ShopCard = ({ shop }: { shop: ShopEntry }) => (
  <li className="card stack" data-testid="shop" data-state={shop.state}>
    <ShopState shop={shop} />
    <p className="timeline-title">{shop.name}</p>
    <p className="small">{shop.address}</p>
    {shop.state === 'active' && <p>{say('shop.today', { ...shop.today })}</p>}
    <Button
      kind="quiet"
      label={`${shop.name} ${say('action.more')}`}
      onClick={() => goTo('shop', { id: shop.venueId })}
    >
      {say('action.more')}
    </Button>
  </li>
)

const OfferCard = ({ offer, onDone }: { offer: Received; onDone: () => void }) => {
  const { busy, error, run } = useDeed()
  const answer = (word: 'accept' | 'decline') =>
    run(async () => {
      await api.call('answerShopOffer', { params: { offerId: offer.offerId }, body: { answer: word } })
      onDone()
    })
  const { by, name, address, kind } = offer
  return (
    <li className="card stack" data-testid="shop-offer">
      <p>{say(`shop.received.${kind}`, { by, name, address })}</p>
      <p className="small">{momentText(offer.expiresAt)}</p>
      <Failure error={error} />
      <div className="row">
        <Button busy={busy} onClick={() => void answer('accept')}>
          {say('shop.accept')}
        </Button>
        <Button kind="quiet" busy={busy} onClick={() => void answer('decline')}>
          {say('shop.decline')}
        </Button>
      </div>
    </li>
  )
}

const Shops = () => {
  const list = useRemote(loadShops)
  useRenewal(list.reload)
  const { shops = [], offers = [] } = list.value ?? {}
  return (
    <div className="stack">
      <Failure error={list.error} onRetry={list.reload} />
      {list.loading && !list.value && <p role="status">{say('state.loading')}</p>}
      <ul className="plain-list stack">
        {offers.map((offer) => (
          <OfferCard key={offer.offerId} offer={offer} onDone={list.reload} />
        ))}
        {shops.map((shop) => (
          <ShopCard key={shop.venueId} shop={shop} />
        ))}
      </ul>
      {list.value && shops.length === 0 && <p className="empty">{say('shop.nobody')}</p>}
      <Button onClick={() => goTo('shop-apply', {})}>{say('shop.applyNew')}</Button>
    </div>
  )
}

/** The shops that somebody runs or helps in, and what is offered to their number. */
export const ShopsScreen = () => {
  const open = useGate('shops')
  return <Screen name="shops">{open && <Shops />}</Screen>
}
