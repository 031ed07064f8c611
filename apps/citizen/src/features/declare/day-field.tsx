import { Field } from '../../ui/field.tsx'
import { dayText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'

interface DayFieldProps {
  id: string
  label: string
  value: string
  onChange: (digits: string) => void
  error: string | undefined
  /** Offers today in one tap. */
  today?: boolean
}

/** A calendar date as eight digits: mini programs and old phones have no common date picker. */
export const DayField = ({ id, label, value, onChange, error, today = true }: DayFieldProps) => (
  <div>
    <Field
      id={id}
      label={label}
      type="number"
      hint={say('day.hint')}
      maxLength={10}
      value={value}
      onChange={onChange}
      error={error}
    />
    {today && value === '' && (
      <button
        type="button"
        className="offer"
        aria-label={`${label} ${say('day.today')}`}
        onClick={() => onChange(dayText(Date.now()).replace(/-/g, ''))}
      >
        {say('day.today')}
      </button>
    )}
  </div>
)
