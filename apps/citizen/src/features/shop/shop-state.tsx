import type { ShopEntry } from '@jiankangbao/contracts/shop/schemas'
import { say } from '../../words/words.ts'

type Shown = Pick<ShopEntry, 'state' | 'stateReason' | 'changeWaits' | 'role'>

const verdicts = {
  active: 'admit',
  applied: 'review',
  suspended: 'review',
  rejected: 'deny',
  closed: 'deny',
} as const satisfies Record<Shown['state'], string>

/** Where a shop stands, in words, and why. */
export const ShopState = ({ shop }: { shop: Shown }) => (
  <>
    <p className="row">
      <span className={`verdict verdict-${verdicts[shop.state]}`} data-testid="shop-state">
        {say(`shop.state.${shop.state}`)}
      </span>
      {shop.role === 'staff' && <span className="small">{say('shop.helper')}</span>}
    </p>
    {shop.stateReason !== undefined && <p>{say('shop.reason', { reason: shop.stateReason })}</p>}
    {shop.changeWaits && <p className="small">{say('shop.changeWaits')}</p>}
  </>
)
