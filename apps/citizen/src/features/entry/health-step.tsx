import { Choice, Tick } from '../../ui/choice.tsx'
import { Group } from '../../ui/group.tsx'
import { say } from '../../words/words.ts'
import { DayField } from '../declare/day-field.tsx'
import { faultText } from '../declare/faults.ts'
import { SymptomTicks } from '../declare/symptom-ticks.tsx'
import type { StepProps } from './journey-steps.tsx'

const results = ['negative', 'positive', 'waiting'] as const

/** Symptoms of everybody, the latest test, the promise. */
export const HealthStep = ({ draft, edit, faults, members }: StepProps) => {
  const travellers = [
    ...(draft.self ? [{ who: '', name: say('entry.myself') }] : []),
    ...(members ?? [])
      .filter(({ memberId }) => draft.memberIds.includes(memberId))
      .map(({ memberId, nameMasked }) => ({ who: memberId, name: nameMasked })),
  ]
  const setUnwell = (who: string, on: boolean) => {
    const { [who]: _, ...others } = draft.unwell
    edit({ unwell: on ? { ...others, [who]: [] } : others })
  }
  return (
    <>
      <Group label={say('entry.unwellWho')}>
        {travellers.map(({ who, name }) => (
          <Tick
            key={who}
            text={`${name} · ${say('declare.unwell')}`}
            ticked={draft.unwell[who] !== undefined}
            onChange={(on) => setUnwell(who, on)}
          />
        ))}
      </Group>
      {travellers.map(({ who, name }) => {
        const symptoms = draft.unwell[who]
        return symptoms === undefined ? null : (
          <SymptomTicks
            key={who}
            label={`${name} · ${say('declare.symptoms')}`}
            value={symptoms}
            onChange={(chosen) => edit({ unwell: { ...draft.unwell, [who]: chosen } })}
            error={faultText(faults, `unwell.${who}`)}
          />
        )
      })}
      <Choice
        layout="chips"
        label={say('entry.test')}
        value={draft.testResult}
        options={[
          { value: '', text: say('entry.testNone') },
          ...results.map((result) => ({ value: result, text: say(`entry.tests.${result}`) })),
        ]}
        onChange={(testResult) => edit({ testResult })}
      />
      {draft.testResult !== '' && (
        <DayField
          id="entry-test-on"
          label={say('entry.testOn')}
          value={draft.testOn}
          onChange={(testOn) => edit({ testOn })}
          error={faultText(faults, 'latestTest.sampledOn')}
        />
      )}
      <Tick text={say('declare.commitment')} ticked={draft.agreed} onChange={(agreed) => edit({ agreed })} />
      {faults.commitment !== undefined && (
        <p className="field-error" role="alert">
          ⚠ {say('declare.commitmentNeeded')}
        </p>
      )}
    </>
  )
}
