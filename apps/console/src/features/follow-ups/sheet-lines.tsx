import type { FollowUp } from '@jiankangbao/contracts/follow-up/schemas'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../api/instants.ts'
import { wordDays, wordTemperature } from './columns.tsx'

const COLUMNS = ['number', 'person', 'days', 'stay', 'health', 'test', 'temperature', 'sign'] as const

/** Lines to be filled in at the door: today's temperature, and a signature. */
export const SheetLines = ({ heading, followUps }: { heading: string; followUps: readonly FollowUp[] }) => {
  const { t } = useTranslation()
  return (
    <table>
      <colgroup>
        {COLUMNS.map((column) => (
          <col key={column} className={`follow-up-sheet-${column}`} />
        ))}
      </colgroup>
      <thead>
        {/* Repeated on every page: sheets that come apart still say whose they are. */}
        <tr className="follow-up-sheet-running">
          <td colSpan={COLUMNS.length}>{heading}</td>
        </tr>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col">
              {t(`followUps.sheet.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {followUps.map((followUp, at) => (
          <Line key={followUp.followUpId} followUp={followUp} number={at + 1} />
        ))}
      </tbody>
    </table>
  )
}

const Line = ({ followUp, number }: { followUp: FollowUp; number: number }) => {
  const { t } = useTranslation()
  const { nameMasked, colour, measure, stay, stayPlace, divisionName, look, lookedAt, testDueAt } = followUp
  return (
    <tr>
      <td>{number}</td>
      <td>
        {nameMasked} {t(`domain.colours.${colour}`)}
        <div>{divisionName}</div>
      </td>
      <td>
        {t(`followUps.measures.${measure}`)}
        <div>{wordDays(followUp, t)}</div>
      </td>
      <td>
        {t(`followUps.stays.${stay}`)} {stayPlace}
      </td>
      <td>
        {followUp.declaredIll && `${t('followUps.declaredIll')} `}
        {wordTemperature(followUp, t)}
        {look && (
          <div>
            {t('followUps.lookedAt', { look: t(`followUps.looks.${look}`), at: formatInstant(lookedAt) })}
          </div>
        )}
      </td>
      <td>{testDueAt ? t('followUps.testDue', { at: formatInstant(testDueAt) }) : ''}</td>
      <td />
      <td />
    </tr>
  )
}
