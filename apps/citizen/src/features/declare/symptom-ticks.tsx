import type { Symptom } from '@jiankangbao/contracts/declaration/schemas'
import { SYMPTOMS } from '@jiankangbao/domain/declaration/symptoms'
import { Tick } from '../../ui/choice.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Group } from '../../ui/group.tsx'
import { say } from '../../words/words.ts'

interface SymptomTicksProps {
  label: string
  value: readonly Symptom[]
  onChange: (symptoms: Symptom[]) => void
  error?: string | undefined
}

/** The ten symptoms. */
export const SymptomTicks = ({ label, value, onChange, error }: SymptomTicksProps) => (
  <Group label={label} className={classNames(error !== undefined && 'field-wrong')}>
    {SYMPTOMS.map((symptom) => (
      <Tick
        key={symptom}
        text={say(`symptom.${symptom}`)}
        ticked={value.includes(symptom)}
        onChange={(on) => onChange(on ? [...value, symptom] : value.filter((other) => other !== symptom))}
      />
    ))}
    {error !== undefined && (
      <p className="field-error" role="alert">
        ⚠ {error}
      </p>
    )}
  </Group>
)
