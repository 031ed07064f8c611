import type { Shop } from '@jiankangbao/contracts/shop/schemas'
import { useState } from 'react'
import { savePicture } from '../../platform/save-picture.ts'
import { useScreenParams } from '../../platform/screen-params.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { QrPicture } from '../../ui/qr-picture.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { toQrPng } from './qr-png.ts'
import './shop.css'

const Code = ({ shop, point }: { shop: Shop; point: string }) => {
  const [saved, setSaved] = useState<boolean>()
  const shown = shop.points.filter(({ pointId }) => pointId === point)[0]
  if (shown?.qrText === undefined || shown.venueCode === undefined)
    return <p className="empty">{say('shop.nobody')}</p>
  const { qrText, venueCode } = shown
  const save = async () => setSaved((await savePicture(toQrPng(qrText), `${venueCode}.png`)).ok)
  return (
    <>
      <div className="card stack shop-poster" data-testid="shop-poster" data-qr={qrText}>
        <h2 className="card-title">{say('shop.scanToPass')}</h2>
        <QrPicture text={qrText} label={venueCode} />
        <p className="small">{say('shop.typed')}</p>
        <p className="shop-typed">{venueCode}</p>
        <p className="timeline-title">{shop.name}</p>
        <p>{shown.name}</p>
      </div>
      {saved !== undefined && (
        <Message kind={saved ? 'good' : 'wrong'}>{say(saved ? 'shop.saved' : 'shop.notSaved')}</Message>
      )}
      <Button onClick={() => void save()}>{say('shop.save')}</Button>
      <p className="small">{say('shop.posterHint')}</p>
    </>
  )
}

const LoadedCode = ({ id, point }: { id: string; point: string }) => {
  const shop = useRemote(() => api.call('getMyShop', { params: { venueId: id } }))
  return (
    <div className="stack">
      <Failure error={shop.error} onRetry={shop.reload} />
      {shop.loading && !shop.value && <p role="status">{say('state.loading')}</p>}
      {shop.value && <Code shop={shop.value} point={point} />}
    </div>
  )
}

/** The code of one door, to show, save and print. */
export const ShopCodeScreen = () => {
  const open = useGate('shop-code')
  const { id, point } = useScreenParams('shop-code')
  return (
    <Screen name="shop-code">
      {open && id !== undefined && point !== undefined && <LoadedCode id={id} point={point} />}
    </Screen>
  )
}
