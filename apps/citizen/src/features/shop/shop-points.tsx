import type { Shop } from '@jiankangbao/contracts/shop/schemas'
import type { Point } from '@jiankangbao/contracts/venue/schemas'
import { goTo } from '../../platform/navigate.ts'
import { Button } from '../../ui/button.tsx'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { AskedAct } from './asked-act.tsx'

interface PartProps {
  shop: Shop
  onDone: () => void
}

const PointCard = ({ shop, point, onDone }: PartProps & { point: Point }) => {
  const { pointId, name } = point
  const params = { pointId }
  return (
    <li className="stack" data-testid="shop-point">
      <p className="timeline-title">{name}</p>
      {point.qrText !== undefined && (
        <Button
          label={`${say('shop.showCode')} ${name}`}
          onClick={() => goTo('shop-code', { id: shop.venueId, point: pointId })}
        >
          {say('shop.showCode')}
        </Button>
      )}
      {shop.role === 'owner' && (
        <div className="row">
          {point.qrText !== undefined && (
            <AskedAct
              id={`rotate-${pointId}`}
              title={say('shop.rotate')}
              asks={say('shop.why')}
              warning={say('shop.rotateWarn')}
              confirm={say('shop.rotate')}
              danger
              act={(reason, requestId) => api.call('rotateShopCode', { params, body: { requestId, reason } })}
              onDone={onDone}
            />
          )}
          <AskedAct
            id={`close-${pointId}`}
            title={say('shop.closePoint')}
            asks={say('shop.why')}
            confirm={say('shop.closePoint')}
            danger
            act={(reason) => api.call('closeShopPoint', { params, body: { reason } })}
            onDone={onDone}
          />
        </div>
      )}
    </li>
  )
}

/** The doors of a shop with their codes. */
export const ShopPoints = ({ shop, onDone }: PartProps) => (
  <div className="card stack">
    <h2 className="card-title">{say('shop.codes')}</h2>
    <ul className="plain-list stack">
      {shop.points
        .filter(({ state }) => state === 'active')
        .map((point) => (
          <PointCard key={point.pointId} shop={shop} point={point} onDone={onDone} />
        ))}
    </ul>
    {shop.role === 'owner' && (
      <AskedAct
        id="point-name"
        title={say('shop.addPoint')}
        asks={say('shop.pointName')}
        confirm={say('shop.addPoint')}
        least={1}
        act={(name, requestId) =>
          api.call('addShopPoint', { params: { venueId: shop.venueId }, body: { requestId, name } })
        }
        onDone={onDone}
      />
    )}
  </div>
)
