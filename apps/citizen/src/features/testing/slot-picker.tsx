import type { TestSlots } from '@jiankangbao/contracts/booking/schemas'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { classNames } from '../../ui/class-names.ts'
import { clockText, dayText, momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'

const DAY_MS = 86_400_000

export const hourText = (instant: string): string => clockText(Date.parse(instant)).slice(0, 5)

const dayLabel = (onDate: string, today: string): string => {
  const days = Math.round((Date.parse(onDate) - Date.parse(today)) / DAY_MS)
  if (days === 0) return say('testing.today')
  if (days === 1) return say('testing.tomorrow')
  const weekday = (new Date(onDate).getUTCDay() || 7) as 1 | 2 | 3 | 4 | 5 | 6 | 7
  return `${say(`testing.weekday.d${weekday}`)} ${Number(onDate.slice(5, 7))}/${Number(onDate.slice(8))}`
}

type Slot = TestSlots['days'][number]['slots'][number]

interface SlotProps {
  slot: Slot
  people: number
  chosen: boolean
  onChoose: () => void
}

const SlotOption = ({ slot, people, chosen, onChoose }: SlotProps) => {
  const isFull = slot.free < people
  return (
    // biome-ignore lint/a11y/useSemanticElements: mini programs have no free-standing radio input
    <button
      type="button"
      role="radio"
      aria-checked={chosen}
      disabled={isFull}
      className={classNames('slot', chosen && 'slot-chosen', isFull && 'slot-full')}
      data-testid="slot"
      data-at={slot.startsAt}
      onClick={onChoose}
    >
      <span className="slot-hours">
        {hourText(slot.startsAt)}–{hourText(slot.endsAt)}
      </span>
      <span className="small">
        {slot.free === 0 ? say('testing.full') : say('testing.left', { count: slot.free })}
      </span>
    </button>
  )
}

interface Props {
  slots: TestSlots
  /** How many come together. */
  people: number
  chosen: string | undefined
  onChoose: (startsAt: string) => void
}

/** A day, then a slot of it; where a day has no room, the next one that has is named. */
export const SlotPicker = ({ slots, people, chosen, onChoose }: Props) => {
  const free = slots.days.reduce<Slot[]>(
    (found, day) => found.concat(day.slots.filter((slot) => slot.free >= Math.max(1, people))),
    [],
  )
  const dayOf = (instant: string | undefined): string | undefined =>
    instant === undefined ? undefined : dayText(Date.parse(instant))
  const [day, setDay] = useState(dayOf(chosen ?? free[0]?.startsAt) ?? slots.days[0]?.onDate ?? '')
  const today = dayText(Date.parse(slots.serverTime))
  const shown = slots.days.filter(({ onDate }) => onDate === day)[0]
  const hasRoom = shown?.slots.some((slot) => slot.free >= Math.max(1, people)) ?? false
  const next = free[0]
  return (
    <>
      <Choice
        label={say('testing.day')}
        layout="chips"
        value={day}
        options={slots.days.map(({ onDate }) => ({ value: onDate, text: dayLabel(onDate, today) }))}
        onChange={setDay}
      />
      {shown?.slots.length === 0 && (
        <p className="empty">{say(shown.closed ? 'testing.closedDay' : 'testing.noSlots')}</p>
      )}
      {!hasRoom && next && (
        <div className="row">
          <p>{say('testing.nextFree', { at: momentText(next.startsAt) })}</p>
          <Button
            kind="quiet"
            onClick={() => {
              setDay(dayOf(next.startsAt) ?? day)
              onChoose(next.startsAt)
            }}
          >
            {say('testing.takeNext')}
          </Button>
        </div>
      )}
      {shown && shown.slots.length > 0 && (
        <div className="slots" role="radiogroup" aria-label={say('testing.slot')}>
          {shown.slots.map((slot) => (
            <SlotOption
              key={slot.startsAt}
              slot={slot}
              people={people}
              chosen={slot.startsAt === chosen}
              onChoose={() => onChoose(slot.startsAt)}
            />
          ))}
        </div>
      )}
    </>
  )
}
