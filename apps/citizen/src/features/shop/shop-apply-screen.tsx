import { isShopKind, SHOP_KINDS } from '@jiankangbao/domain/decision/venue-kind'
import { useState } from 'react'
import { replaceWith } from '../../platform/navigate.ts'
import { focusFirstWrong } from '../../platform/page-look.ts'
import { makeRequestId } from '../../platform/random-id.ts'
import { useScreenParams } from '../../platform/screen-params.ts'
import { useObservable } from '../../state/observable.ts'
import { useDeed } from '../../state/use-deed.ts'
import { useDraft } from '../../state/use-draft.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Field } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say } from '../../words/words.ts'
import { type Faults, faultsOf, faultText } from '../declare/faults.ts'
import { PlaceField } from '../declare/place-field.tsx'
import { loadDivisions } from '../declare/places.ts'
import { api } from '../session/api.ts'
import { session, standingOf, stepFrom } from '../session/session.ts'
import { keepWayBack } from '../session/way-back.ts'
import {
  applicationBody,
  applicationFaults,
  changedFields,
  changeFaults,
  emptyShop,
  ownFaults,
  type ShopDraft,
} from './shop-form.ts'

/** An application, or a change of a shop, until it is sent: what was typed survives a reload and a sign-in, and sent twice it is one. */
const useShopForm = (change: string | undefined) => {
  const draft = useDraft(change === undefined ? 'shop' : `shop-${change}`, emptyShop)
  const deed = useDeed()
  const [faults, setFaults] = useState<Faults>({})
  const [nothing, setNothing] = useState(false)
  const standing = standingOf(useObservable(session))
  const { value } = draft
  const edit = (part: Partial<ShopDraft>) => {
    setFaults({})
    setNothing(false)
    draft.change({ ...part, requestId: '' })
  }
  const apply = async () => {
    const requestId = value.requestId || makeRequestId()
    draft.change({ requestId })
    const { venueId } = await api.call('applyShop', {
      body: applicationBody(value, requestId, say('shop.entrance')),
    })
    draft.drop()
    replaceWith('shop', { id: venueId, done: 'yes' })
  }
  const ask = async (venueId: string) => {
    await api.call('changeMyShop', { params: { venueId }, body: changedFields(value) })
    draft.drop()
    replaceWith('shop', { id: venueId, done: 'yes' })
  }
  const submit = () => {
    const found = change === undefined ? applicationFaults(value) : changeFaults(value)
    setFaults(found)
    if (Object.keys(found).length > 0) return focusFirstWrong()
    if (change !== undefined && Object.keys(changedFields(value)).length === 0) return setNothing(true)
    if (standing !== 'registered') {
      keepWayBack('shop-apply')
      return replaceWith(stepFrom[standing])
    }
    void deed.run(async () => {
      try {
        await (change === undefined ? apply() : ask(change))
      } catch (refusal) {
        setFaults(ownFaults(faultsOf(refusal)))
        throw refusal
      }
    })
  }
  return {
    ...{ value, edit, submit, nothing, busy: deed.busy, error: deed.error },
    ...{ isSignedIn: standing === 'registered', fault: (field: string) => faultText(faults, field) },
  }
}

const TEXTS = [
  { field: 'name', maxLength: 100 },
  { field: 'address', maxLength: 200 },
  { field: 'licence', maxLength: 40, hint: 'shop.licenceHint' },
  { field: 'responsible', maxLength: 60 },
  { field: 'phone', maxLength: 24, type: 'tel' },
] as const

const ShopForm = ({ change }: { change: string | undefined }) => {
  const { value, edit, submit, fault, ...form } = useShopForm(change)
  const [name, address, ...others] = TEXTS.map(({ field, maxLength, ...more }) => (
    <Field
      key={field}
      id={`shop-${field}`}
      label={say(`shop.${field}`)}
      maxLength={maxLength}
      {...('type' in more ? { type: more.type } : {})}
      {...('hint' in more ? { hint: say(more.hint) } : {})}
      value={value[field]}
      onChange={(text) => edit({ [field]: text })}
      error={fault(field)}
    />
  ))
  return (
    <div className="card stack">
      <p className="lead">{say(change === undefined ? 'shop.lead' : 'shop.changeLead')}</p>
      {name}
      <Choice
        label={say('shop.kind')}
        value={isShopKind(value.kind) ? value.kind : undefined}
        options={SHOP_KINDS.map((kind) => ({ value: kind, text: say(`kind.${kind}`) }))}
        onChange={(kind) => edit({ kind })}
        layout="chips"
        error={fault('kind')}
      />
      <PlaceField
        id="shop-where"
        label={say('shop.division')}
        value={value.where}
        onChange={(where) => edit({ where })}
        load={loadDivisions}
        stopFrom={1}
        error={fault('where')}
      />
      {address}
      {others}
      {change === undefined && (
        <Field
          id="shop-points"
          label={say('shop.points')}
          hint={say('shop.pointsHint')}
          maxLength={400}
          value={value.points}
          onChange={(points) => edit({ points })}
          error={fault('points')}
        />
      )}
      {form.nothing && <Message kind="wrong">{say('shop.nothing')}</Message>}
      <Failure error={form.error} />
      {!form.isSignedIn && <p className="small">{say('shop.signInFirst')}</p>}
      <Button busy={form.busy} onClick={submit}>
        {say(change !== undefined ? 'shop.submitChange' : form.isSignedIn ? 'shop.submit' : 'shop.signIn')}
      </Button>
    </div>
  )
}

/** Applying for the codes of a shop, or asking for a change of one. */
export const ShopApplyScreen = () => {
  const { change } = useScreenParams('shop-apply')
  return (
    <Screen name="shop-apply">
      <ShopForm key={change ?? ''} change={change} />
    </Screen>
  )
}
