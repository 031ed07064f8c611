import type { Shop } from '@jiankangbao/contracts/shop/schemas'
import { isLivingVenue } from '@jiankangbao/domain/vocabulary/doors'
import { goTo, replaceWith } from '../../platform/navigate.ts'
import { useScreenParams } from '../../platform/screen-params.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { useRenewal } from '../live/use-renewal.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { AskedAct } from './asked-act.tsx'
import { ShopPeople } from './shop-people.tsx'
import { ShopPoints } from './shop-points.tsx'
import { ShopState } from './shop-state.tsx'
import './shop.css'

const Facts = ({ shop }: { shop: Shop }) => (
  <div className="card stack">
    <ShopState shop={shop} />
    <h2 className="card-title">{shop.name}</h2>
    <p className="small">
      {say(`kind.${shop.kind}`)} · {shop.divisionName} · {shop.address}
    </p>
    <p className="small">
      {shop.responsibleNameMasked} {shop.responsiblePhoneMasked}
      {shop.creditCodeMasked !== undefined && ` · ${shop.creditCodeMasked}`}
    </p>
  </div>
)

const Days = ({ days }: { days: Shop['figures']['days'] }) => {
  const most = Math.max(1, ...days.map(({ visits }) => visits))
  const label = `${say('shop.days')}: ${days.map(({ on, visits }) => `${on.slice(5)} ${visits}`).join(', ')}`
  return (
    <div className="shop-days" role="img" aria-label={label}>
      {days.map(({ on, visits }) => (
        <span className="shop-day" key={on}>
          <span className="shop-bar" style={{ height: `${Math.round((visits / most) * 100)}%` }} />
          <span className="shop-on">{on.slice(8)}</span>
        </span>
      ))}
    </div>
  )
}

/** How many came, and what happened at the doors: never who. */
const Doors = ({ shop }: { shop: Shop }) => {
  const { visits, deny } = shop.figures.today
  return (
    <div className="card stack">
      <h2 className="card-title">{say('shop.alarms')}</h2>
      <p data-testid="shop-today">{say('shop.today', { visits, deny })}</p>
      {shop.figures.days.length > 0 && <Days days={shop.figures.days} />}
      {shop.alarms.length === 0 && <p className="small">{say('shop.noAlarms')}</p>}
      <ul className="plain-list stack">
        {shop.alarms.map(({ kind, pointName, lastAt, times }) => (
          <li key={`${kind} ${pointName} ${lastAt}`} data-testid="shop-alarm">
            <p>{say(`shop.alarm.${kind}`, { point: pointName, count: times })}</p>
            <p className="small">{momentText(lastAt)}</p>
          </li>
        ))}
      </ul>
    </div>
  )
}

const OwnerActs = ({ shop, onDone }: { shop: Shop; onDone: () => void }) => {
  const { venueId } = shop
  const waits = shop.state === 'applied'
  return (
    <div className="card stack">
      <Button kind="quiet" onClick={() => goTo('shop-apply', { change: venueId })}>
        {say('shop.change')}
      </Button>
      <AskedAct
        id="close-why"
        title={say(waits ? 'shop.takeBack' : 'shop.close')}
        asks={say('shop.why')}
        {...(waits ? {} : { warning: say('shop.closeWarn') })}
        confirm={say(waits ? 'shop.takeBack' : 'shop.close')}
        danger
        act={(reason) => api.call('closeMyShop', { params: { venueId }, body: { reason } })}
        onDone={onDone}
      />
    </div>
  )
}

const OneShop = ({ id, done }: { id: string; done: boolean }) => {
  const shop = useRemote(() => api.call('getMyShop', { params: { venueId: id } }))
  useRenewal(shop.reload)
  const { value } = shop
  const isAlive = value !== undefined && isLivingVenue(value.state)
  return (
    <div className="stack">
      {done && <Message kind="good">{say('shop.done')}</Message>}
      <Failure error={shop.error} onRetry={shop.reload} />
      {shop.loading && !value && <p role="status">{say('state.loading')}</p>}
      {value && <Facts shop={value} />}
      {value && isAlive && <ShopPoints shop={value} onDone={shop.reload} />}
      {value && isAlive && value.state !== 'applied' && <Doors shop={value} />}
      {value && isAlive && (
        <ShopPeople shop={value} onDone={shop.reload} onLeft={() => replaceWith('shops')} />
      )}
      {value && isAlive && value.role === 'owner' && <OwnerActs shop={value} onDone={shop.reload} />}
    </div>
  )
}

/** One's own shop, or one that one helps in. */
export const ShopScreen = () => {
  const open = useGate('shop')
  const { id, done } = useScreenParams('shop')
  return (
    <Screen name="shop">
      {open && id !== undefined && <OneShop key={id} id={id} done={done !== undefined} />}
    </Screen>
  )
}
