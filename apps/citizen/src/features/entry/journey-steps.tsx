import type { Member } from '@jiankangbao/contracts/member/schemas'
import { ARRIVAL_MODES } from '@jiankangbao/domain/declaration/arrival'
import { Choice, Tick } from '../../ui/choice.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Field } from '../../ui/field.tsx'
import { Group } from '../../ui/group.tsx'
import { dayText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { PolicyAnswerCard } from '../announcements/policy-answer-card.tsx'
import { DayField } from '../declare/day-field.tsx'
import { type Faults, faultText } from '../declare/faults.ts'
import { PlaceField } from '../declare/place-field.tsx'
import { loadDivisions, loadRegions } from '../declare/places.ts'
import { StaysFields } from '../declare/stays-fields.tsx'
import { type EntryDraft, formerMembers } from './entry-draft.ts'

export interface StepProps {
  draft: EntryDraft
  edit: (part: Partial<EntryDraft>) => void
  faults: Faults
  /** Undefined until they are known. */
  members: readonly Member[] | undefined
  phoneMasked: string
}

/** Of the choice itself, or of one of those chosen. */
const memberFault = (faults: Faults): string | undefined => {
  const field = Object.keys(faults).find((each) => /^memberIds/.test(each))
  return field && faultText(faults, field)
}

const Travellers = ({ draft, edit, faults, members }: StepProps) => {
  const former = members ? formerMembers(draft, members) : []
  const people = [
    ...(members ?? []).map(({ memberId, nameMasked }) => ({ memberId, name: nameMasked })),
    ...former.map((memberId) => ({ memberId, name: say('entry.formerMember') })),
  ]
  const fault = memberFault(faults)
  return (
    <Group label={say('entry.who')} className={classNames(fault !== undefined && 'field-wrong')}>
      <Tick text={say('entry.myself')} ticked={draft.self} onChange={(self) => edit({ self })} />
      {people.map(({ memberId, name }) => (
        <Tick
          key={memberId}
          text={name}
          ticked={draft.memberIds.includes(memberId)}
          onChange={(on) =>
            edit({
              memberIds: on
                ? [...draft.memberIds, memberId]
                : draft.memberIds.filter((other) => other !== memberId),
            })
          }
        />
      ))}
      {fault !== undefined && (
        <p className="field-error" role="alert">
          ⚠ {fault}
        </p>
      )}
    </Group>
  )
}

/** Who comes, and how. */
export const JourneyStep = ({ draft, edit, faults, ...others }: StepProps) => (
  <>
    <Travellers draft={draft} edit={edit} faults={faults} {...others} />
    <Choice
      layout="chips"
      label={say('entry.mode')}
      value={draft.mode}
      options={ARRIVAL_MODES.map((mode) => ({ value: mode, text: say(`entry.modes.${mode}`) }))}
      onChange={(mode) => edit({ mode, number: '' })}
      error={faultText(faults, 'arrivalMode')}
    />
    {draft.mode !== '' && (
      <Field
        id="entry-number"
        label={say(`entry.number.${draft.mode}`)}
        hint={say(`entry.numberHint.${draft.mode}`)}
        maxLength={40}
        value={draft.number}
        onChange={(number) => edit({ number })}
        error={faultText(faults, 'arrivalNumber')}
      />
    )}
    <DayField
      id="entry-arrive-on"
      label={say('entry.arriveOn')}
      value={draft.arriveOn}
      onChange={(arriveOn) => edit({ arriveOn })}
      error={undefined}
    />
    <Field
      id="entry-arrive-at"
      label={say('entry.arriveAt')}
      hint={say('entry.arriveAtHint')}
      type="number"
      maxLength={5}
      value={draft.arriveAt}
      onChange={(arriveAt) => edit({ arriveAt })}
      error={faultText(faults, 'plannedArrivalAt')}
    />
  </>
)

const daysAgo = (days: number): string => dayText(Date.now() - days * 86_400_000).replace(/-/g, '')

/** Where from, and where in the last 14 days. */
export const PlacesStep = ({ draft, edit, faults }: StepProps) => (
  <>
    <PlaceField
      id="entry-origin"
      label={say('entry.origin')}
      value={draft.origin}
      onChange={(origin) => edit({ origin })}
      load={loadRegions}
      stopFrom={2}
      abroad
      error={faultText(faults, 'originCode')}
    />
    {draft.origin.code !== '' && <PolicyAnswerCard key={draft.origin.code} placeCode={draft.origin.code} />}
    {draft.origin.code !== '' && draft.stays.length === 0 && (
      <button
        type="button"
        className="offer"
        onClick={() => edit({ stays: [{ place: draft.origin, fromOn: daysAgo(14), toOn: daysAgo(0) }] })}
      >
        {say('entry.originStay')}
      </button>
    )}
    <StaysFields
      label={say('entry.stays')}
      hint={say('entry.staysHint')}
      prefix="stays"
      value={draft.stays}
      onChange={(stays) => edit({ stays })}
      faults={faults}
    />
  </>
)

const reasons = ['return_home', 'work', 'study', 'visit', 'travel', 'medical', 'other'] as const

/** Where to, why, and how to be reached. */
export const DestinationStep = ({ draft, edit, faults, phoneMasked }: StepProps) => (
  <>
    <PlaceField
      id="entry-destination"
      label={say('entry.destination')}
      value={draft.destination}
      onChange={(destination) => edit({ destination })}
      load={loadDivisions}
      stopFrom={1}
      error={faultText(faults, 'destinationCode')}
    />
    <Field
      id="entry-detail"
      label={say('entry.detail')}
      hint={say('entry.detailHint')}
      maxLength={200}
      value={draft.detail}
      onChange={(detail) => edit({ detail })}
      error={faultText(faults, 'destinationDetail')}
    />
    <Choice
      layout="chips"
      label={say('entry.reason')}
      value={draft.reason}
      options={reasons.map((reason) => ({ value: reason, text: say(`entry.reasons.${reason}`) }))}
      onChange={(reason) => edit({ reason })}
      error={faultText(faults, 'reason')}
    />
    <Field
      id="entry-phone"
      label={say('entry.phone')}
      hint={say('entry.phoneHint', { phone: phoneMasked })}
      type="tel"
      maxLength={60}
      value={draft.phone}
      onChange={(phone) => edit({ phone })}
      error={faultText(faults, 'contactPhone')}
    />
  </>
)
