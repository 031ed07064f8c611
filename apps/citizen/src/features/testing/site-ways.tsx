import { openMap } from '../../platform/open-map.ts'
import { callPhone } from '../../platform/phone-call.ts'
import { Button } from '../../ui/button.tsx'
import { say } from '../../words/words.ts'

interface Props {
  name: string
  address: string
  latitude?: number | undefined
  longitude?: number | undefined
  telephone?: string | undefined
}

/** How to get to a site and how to call it, as far as either is known. */
export const SiteWays = ({ name, address, latitude, longitude, telephone }: Props) => (
  <>
    {latitude !== undefined && longitude !== undefined && (
      <Button kind="quiet" onClick={() => openMap({ name, address, latitude, longitude })}>
        {say('testing.way')}
      </Button>
    )}
    {telephone !== undefined && (
      <Button kind="quiet" onClick={() => callPhone(telephone)}>
        {say('action.call', { number: telephone })}
      </Button>
    )}
  </>
)
