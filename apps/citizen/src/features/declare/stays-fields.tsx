import type { RiskAreaList } from '@jiankangbao/contracts/risk-area/schemas'
import { divisionCovers } from '@jiankangbao/domain/division'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Group } from '../../ui/group.tsx'
import { Message } from '../../ui/message.tsx'
import { languageFacts, say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { DayField } from './day-field.tsx'
import { type Faults, faultText } from './faults.ts'
import { PlaceField } from './place-field.tsx'
import { loadRegions } from './places.ts'
import { noPlace, type StayDraft } from './stays.ts'

/** Streets and villages of a chosen county that are rated: whether the person was there is what an office will ask. */
const PartsRated = ({ areas, code }: { areas: RiskAreaList['areas']; code: string }) => {
  const inside = areas.filter(
    ({ divisionCode, extent }) =>
      code !== '' && extent === 'part' && /^\d/.test(code) && divisionCovers(divisionCode, code),
  )
  if (inside.length === 0) return null
  const names = inside.slice(0, 10).map(({ name }) => name)
  return (
    <Message kind="info">
      {say('entry.stayParts', { names: names.join(languageFacts().betweenNames) })}
    </Message>
  )
}

interface StaysFieldsProps {
  label: string
  /** Said below the label. */
  hint?: string
  /** Path of the list in the server's refusals. */
  prefix: string
  value: readonly StayDraft[]
  onChange: (stays: StayDraft[]) => void
  faults: Faults
}

/** Places stayed with their days, latest first. */
export const StaysFields = ({ label, hint, prefix, value, onChange, faults }: StaysFieldsProps) => {
  const edit = (at: number, part: Partial<StayDraft>) =>
    onChange(value.map((stay, index) => (index === at ? { ...stay, ...part } : stay)))
  // Only to ask more closely: without the list nothing is missing that the server would not ask for.
  const areas = useRemote(async () => (await api.call('listRiskAreas', {})).areas)
  // Days typed in a wrong form are refused by their shape, under the same name.
  const fault = (at: number, field: string) => faultText(faults, `${prefix}.${at}.${field}`)
  return (
    <Group label={label} className="stack" describedBy={hint ? `${prefix}-hint` : undefined}>
      {hint && (
        <p className="small" id={`${prefix}-hint`}>
          {hint}
        </p>
      )}
      {value.map((stay, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the places are a list by position
        <div className="stack" key={at} data-testid="stay">
          <PlaceField
            id={`${prefix}-${at}-place`}
            label={say('entry.stay', { at: at + 1 })}
            value={stay.place}
            onChange={(place) => edit(at, { place })}
            load={loadRegions}
            stopFrom={2}
            abroad
            error={fault(at, 'divisionCode') ?? fault(at, 'country')}
          />
          <DayField
            id={`${prefix}-${at}-from`}
            label={say('day.from')}
            value={stay.fromOn}
            onChange={(fromOn) => edit(at, { fromOn })}
            error={fault(at, 'fromOn')}
            today={false}
          />
          <DayField
            id={`${prefix}-${at}-to`}
            label={say('day.to')}
            value={stay.toOn}
            onChange={(toOn) => edit(at, { toOn })}
            error={fault(at, 'toOn')}
          />
          <Field
            id={`${prefix}-${at}-detail`}
            label={say('entry.stayDetail')}
            hint={say('entry.stayDetailHint')}
            maxLength={200}
            value={stay.detail ?? ''}
            onChange={(detail) => edit(at, { detail })}
            error={fault(at, 'detail')}
          />
          <PartsRated areas={areas.value ?? []} code={stay.place.code} />
          <Button kind="link" onClick={() => onChange(value.filter((_, index) => index !== at))}>
            {say('entry.removeStay', { at: at + 1 })}
          </Button>
        </div>
      ))}
      {faultText(faults, prefix) !== undefined && (
        <p className="field-error" role="alert">
          ⚠ {faultText(faults, prefix)}
        </p>
      )}
      {value.length < 20 && (
        <Button kind="quiet" onClick={() => onChange([...value, { place: noPlace, fromOn: '', toOn: '' }])}>
          ＋ {say(value.length === 0 ? 'entry.addFirstStay' : 'entry.addStay')}
        </Button>
      )}
    </Group>
  )
}
