import { useScreenParams } from '../../platform/screen-params.ts'
import { Screen } from '../../ui/screen.tsx'
import { useGate } from '../session/gate.ts'
import { ProvincialCard } from './provincial-card.tsx'
import { TravelCardPanel } from './travel-card-panel.tsx'

/** The provincial code and the travel card: what other systems say, and how old it is. */
export const OtherCodesScreen = () => {
  const open = useGate('other-codes')
  const { member, first } = useScreenParams('other-codes')
  const travel = member === undefined && <TravelCardPanel key="travel" />
  return (
    <Screen name="other-codes">
      {open && (
        <div className="stack">
          {first === 'travel' && travel}
          <ProvincialCard memberId={member} />
          {first !== 'travel' && travel}
        </div>
      )}
    </Screen>
  )
}
