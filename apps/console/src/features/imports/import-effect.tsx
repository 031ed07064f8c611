import type { ImportImpact, ImportKind } from '@jiankangbao/contracts/import/schemas'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { Moves } from '../../ui/moves.tsx'
import { wordRow } from '../../ui/status-words.ts'
import { UnknownPlaces } from '../../ui/unknown-places.tsx'
import { BarList } from './bar-list.tsx'

interface Props {
  kind: ImportKind
  impact: ImportImpact
  undecided: boolean
}

/** What the good rows would do, as counted when the list was checked. */
export const Effect = ({ kind, impact, undecided }: Props) => {
  const { t } = useTranslation()
  const ends = kind === 'finding_ends'
  const facts = [
    { key: 'persons', count: impact.persons, hint: '' },
    {
      key: 'unregistered',
      count: impact.unregistered,
      hint: t(ends ? 'imports.unregisteredEndHint' : 'imports.unregisteredHint'),
    },
    ...(ends ? [] : [{ key: 'known', count: impact.known, hint: t('imports.knownHint') }]),
  ]
  return (
    <section className="panel" aria-labelledby="import-effect" data-testid="import-effect">
      <h2 id="import-effect">{t('imports.effect')}</h2>
      <dl className="import-facts">
        {facts.map(({ key, count, hint }) => (
          <div key={key}>
            <dt>{t(`imports.${key}`)}</dt>
            <dd>{count.toLocaleString()}</dd>
            <span className="quiet small">{hint}</span>
          </div>
        ))}
      </dl>
      {impact.categories.length > 0 && (
        <>
          <h3>{t('imports.byCategory')}</h3>
          <BarList
            neutral
            bars={impact.categories.map(({ category, rows }) => ({
              key: category,
              label: wordRow(t, category),
              count: rows,
              words: t('imports.categoryRows', { count: rows }),
            }))}
          />
        </>
      )}
      <Moves moves={impact.moves} />
      <UnknownPlaces places={impact.unknownPlaces ?? []} />
      {undecided && <Alert type="warning" showIcon className="import-hint" title={t('imports.checkHint')} />}
    </section>
  )
}
