import type { Call } from '@jiankangbao/contracts/schemas'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../../../api/client.ts'
import { describeError } from '../../../api/error-words.ts'
import { formatInstant } from '../../../api/instants.ts'

type Booked = Call<'listSamplingBookings'>['result']['bookings'][number]

const EVERY_MS = 10_000

const bySlot = (bookings: readonly Booked[]): [string, Booked[]][] => {
  const slots = new Map<string, Booked[]>()
  for (const each of bookings) slots.set(each.startsAt, [...(slots.get(each.startsAt) ?? []), each])
  return [...slots]
}

/** Who comes today, slot by slot: masked names with their places, and who has been swabbed. */
export const BookedPanel = () => {
  const { t } = useTranslation()
  const { data, error } = useQuery({
    queryKey: ['sampling-bookings'],
    queryFn: () => call('listSamplingBookings', {}),
    refetchInterval: EVERY_MS,
    // Whoever comes back to it has swabbed somebody meanwhile.
    refetchOnMount: 'always',
  })
  return (
    <section className="sp-boxes" data-testid="booked">
      {error && <p role="alert">{describeError(t, error).title}</p>}
      {data?.bookings.length === 0 && <p>{t('sampling.nobodyBooked')}</p>}
      {bySlot(data?.bookings ?? []).map(([startsAt, people]) => (
        <div key={startsAt}>
          <h2 className="sp-slot">
            {formatInstant(startsAt).slice(11)} ·{' '}
            {t('sampling.slotCount', {
              kept: people.filter(({ state }) => state === 'kept').length,
              count: people.length,
            })}
          </h2>
          <ul>
            {people.map((each) => (
              <li key={each.bookingId} className={`sp-booked sp-booked-${each.state}`}>
                {each.place ?? '–'} {each.nameMasked} · {t(`sampling.bookingStates.${each.state}`)}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
