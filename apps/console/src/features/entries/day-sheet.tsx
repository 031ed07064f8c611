import type { EntryDaySheet, OfficeEntry } from '@jiankangbao/contracts/entry/schemas'
import { placeOfStay } from '@jiankangbao/domain/declaration/stays'
import { isAbroad } from '@jiankangbao/domain/place/countries'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../api/instants.ts'
import './day-sheet.css'

const isHere = ({ state }: OfficeEntry): boolean =>
  state === 'arrived' || state === 'received' || state === 'closed'

/** The sheet as it is printed: whom to expect, who has arrived, and room for a signature. */
export const DaySheet = ({ sheet }: { sheet: EntryDaySheet }) => {
  const { t } = useTranslation()
  const parts = [
    ['expected', sheet.entries.filter((entry) => !isHere(entry))],
    ['arrived', sheet.entries.filter(isHere)],
  ] as const
  return (
    <section className="panel day-sheet" data-testid="day-sheet">
      <h2>{t('entries.sheet.heading', { division: sheet.divisionName, on: sheet.on })}</h2>
      <p className="small">
        {t('entries.sheet.made', {
          at: formatInstant(sheet.printedAt),
          by: `${sheet.organisation} ${sheet.printedBy}`,
          purpose: sheet.purpose,
        })}
      </p>
      {sheet.cut && <Alert type="warning" title={t('entries.sheet.cut', { count: sheet.entries.length })} />}
      {parts.map(([part, entries]) => (
        <section key={part}>
          <h3>{t(`entries.sheet.${part}`, { count: entries.length, persons: personsOf(entries) })}</h3>
          {entries.length > 0 && <Lines sheet={sheet} entries={entries} />}
        </section>
      ))}
      <p className="small">{t('entries.sheet.masked')}</p>
    </section>
  )
}

const personsOf = (entries: readonly OfficeEntry[]): number =>
  entries.reduce((sum, { travellers }) => sum + travellers.length, 0)

const COLUMNS = ['number', 'travellers', 'arrival', 'from', 'to', 'phone', 'state', 'sign'] as const

const Lines = ({ sheet, entries }: { sheet: EntryDaySheet; entries: readonly OfficeEntry[] }) => {
  const { t } = useTranslation()
  return (
    <table>
      <colgroup>
        {COLUMNS.map((column) => (
          <col key={column} className={`day-sheet-${column}`} />
        ))}
      </colgroup>
      <thead>
        {/* Repeated on every page: sheets that come apart still say whose they are. */}
        <tr className="day-sheet-running">
          <td colSpan={COLUMNS.length}>
            {t('entries.sheet.heading', { division: sheet.divisionName, on: sheet.on })}
            {' · '}
            {formatInstant(sheet.printedAt)}
          </td>
        </tr>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col">
              {t(`entries.sheet.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map((entry, at) => (
          <Line key={entry.entryId} entry={entry} number={at + 1} />
        ))}
      </tbody>
    </table>
  )
}

const Line = ({ entry, number }: { entry: OfficeEntry; number: number }) => {
  const { t } = useTranslation()
  return (
    <tr>
      <td>{number}</td>
      <td>
        {entry.travellers.map(({ personId, nameMasked, colour, symptoms }) => (
          <div key={personId}>
            {nameMasked} {t(`domain.colours.${colour}`)}
            {symptoms && ` ${t('entries.sheet.symptoms')}`}
          </div>
        ))}
      </td>
      <td>
        {t(`entries.modes.${entry.arrivalMode}`)} {entry.arrivalNumber}
        <div>{t('entries.planned', { at: formatInstant(entry.plannedArrivalAt) })}</div>
        {entry.arrivedAt && <div>{t('entries.arrived', { at: formatInstant(entry.arrivedAt) })}</div>}
      </td>
      <td>
        {entry.placeNames[entry.originCode] ?? entry.originCode}
        {Object.keys(entry.ratedStays).length > 0 && <div>{t('entries.fromRiskArea')}</div>}
        {entry.stays.some((stay) => isAbroad(placeOfStay(stay))) && <div>{t('entries.stayedAbroad')}</div>}
      </td>
      <td>
        {entry.destinationName}
        <div>{entry.destinationDetail}</div>
      </td>
      <td>{entry.contactPhoneMasked}</td>
      <td>
        {t(`entries.state.${entry.state}`)}
        {entry.overdue && ` ${t('entries.overdue')}`}
      </td>
      <td />
    </tr>
  )
}
