import type { Member } from '@jiankangbao/contracts/member/schemas'
import { useState } from 'react'
import { focusFirstWrong } from '../../platform/page-look.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Tick } from '../../ui/choice.tsx'
import { Failure } from '../../ui/failure.tsx'
import { say, sayCode } from '../../words/words.ts'
import {
  emptyIdentity,
  type IdentityFaults,
  type IdentityValues,
  identityFaults,
} from '../identity/document-values.ts'
import { IdentityFields } from '../identity/identity-fields.tsx'
import { api } from '../session/api.ts'
import { ALONE, type Company, lastFamily, MOST_COMPANIONS, rememberFamily } from './company.ts'

interface DoorFormProps {
  code: string
  onSubmit: (company: Company, companions: IdentityValues[]) => void
  /** Where the account holder is recorded already: only for others. */
  othersOnly?: boolean
  /** Members who are recorded already. */
  present?: readonly string[]
  onCancel?: () => void
  busy?: boolean
}

/** Who comes along: family by ticking, companions by name and document. */
export const DoorForm = ({
  code,
  onSubmit,
  onCancel,
  othersOnly = false,
  present = [],
  busy = false,
}: DoorFormProps) => {
  const preview = useRemote(() => api.call('previewVenueCode', { params: { venueCode: code } }))
  const family = useRemote(() => api.call('listMembers', {}))
  const [company, setCompany] = useState<Company>(othersOnly ? { self: false, memberIds: [] } : ALONE)
  const [companions, setCompanions] = useState<IdentityValues[]>([])
  const [faults, setFaults] = useState<IdentityFaults[]>([])
  const [nobody, setNobody] = useState(false)

  const tick = (memberId: string, ticked: boolean) =>
    setCompany((before) => ({
      ...before,
      memberIds: [...before.memberIds.filter((each) => each !== memberId), ...(ticked ? [memberId] : [])],
    }))
  const changeCompanion = (at: number, part: Partial<IdentityValues>) =>
    setCompanions((before) => before.map((each, index) => (index === at ? { ...each, ...part } : each)))

  const submit = () => {
    const along = (family.value?.members ?? []).filter(({ memberId }) => company.memberIds.includes(memberId))
    const chosen = { ...company, memberIds: along.map(({ memberId }) => memberId) }
    const found = companions.map((companion) => identityFaults(companion, { brief: true }))
    const isEmpty = !chosen.self && chosen.memberIds.length + companions.length === 0
    // Nobody else came along: that is an answer.
    if (isEmpty && onCancel) return onCancel()
    setFaults(found)
    setNobody(isEmpty)
    if (isEmpty || found.some((each) => Object.keys(each).length > 0)) return focusFirstWrong()
    rememberFamily(along)
    onSubmit(chosen, companions)
  }

  const venue = preview.value?.venue
  const last = lastFamily().map(({ memberId }) => memberId)
  const hintOf = ({ memberId, relation }: Member): string =>
    [say(`family.relations.${relation}`), ...(last.includes(memberId) ? [say('door.cameLast')] : [])].join(
      ' · ',
    )
  return (
    <div className="card stack" data-testid="door-form">
      {venue && !othersOnly && (
        <div className="venue" data-testid="venue">
          <p className="venue-kind">{sayCode('kind', venue.kind)}</p>
          <h2 className="venue-name">{venue.name}</h2>
          <p>{venue.point}</p>
        </div>
      )}
      {!othersOnly && <Failure error={preview.error} onRetry={preview.reload} />}
      <h3 className="card-title">{say('door.who')}</h3>
      {!othersOnly && (
        <Tick
          text={say('pass.myself')}
          ticked={company.self}
          onChange={(self) => setCompany((before) => ({ ...before, self }))}
        />
      )}
      {(family.value?.members ?? [])
        .filter(({ memberId }) => !present.includes(memberId))
        .map((member) => (
          <Tick
            key={member.memberId}
            text={member.nameMasked}
            hint={hintOf(member)}
            ticked={company.memberIds.includes(member.memberId)}
            onChange={(ticked) => tick(member.memberId, ticked)}
          />
        ))}
      <Failure error={family.error} onRetry={family.reload} />
      {companions.map((companion, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: companions have no other identity than their place
        <div className="companion" key={at} data-testid={`companion-${at}`}>
          <h4 className="companion-title">{say('door.companion', { at: at + 1 })}</h4>
          <IdentityFields
            brief
            prefix={`companion-${at}`}
            values={companion}
            onChange={(part) => changeCompanion(at, part)}
            faults={faults[at] ?? {}}
          />
          <Button
            kind="link"
            label={say('door.removeCompanion', { at: at + 1 })}
            onClick={() => setCompanions((before) => before.filter((_, index) => index !== at))}
          >
            {say('action.remove')}
          </Button>
        </div>
      ))}
      {companions.length < MOST_COMPANIONS ? (
        <Button kind="quiet" onClick={() => setCompanions((before) => [...before, emptyIdentity])}>
          ＋ {say('door.addCompanion')}
        </Button>
      ) : (
        <p className="small">{say('door.companionLimit', { limit: MOST_COMPANIONS })}</p>
      )}
      {nobody && (
        <p className="field-error" role="alert">
          ⚠ {say('door.nobody')}
        </p>
      )}
      <Button onClick={submit} busy={busy}>
        {say('door.checkIn')}
      </Button>
      {onCancel && (
        <Button kind="quiet" onClick={onCancel}>
          {say('door.nobodyElse')}
        </Button>
      )}
    </div>
  )
}
