import type { OfficeAppeal, TestBehind } from '@jiankangbao/contracts/appeal/schemas'
import { Descriptions } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../api/instants.ts'

/** The results of laboratories that the reason rests on. */
export const TestsBehind = ({ tests }: Pick<OfficeAppeal, 'tests'>) => {
  const { t } = useTranslation()
  if (tests.length === 0) return null
  return (
    <section aria-label={t('appeals.tests.title')}>
      <h2>{t('appeals.tests.title')}</h2>
      {tests.map((test) => (
        <Shown key={test.testId} test={test} />
      ))}
      <p className="quiet small">{t('appeals.tests.logged')}</p>
    </section>
  )
}

const Shown = ({ test }: { test: TestBehind }) => {
  const { t } = useTranslation()
  const facts: [string, ReactNode][] = [
    [t('appeals.tests.number'), test.number ?? '-'],
    [t('appeals.tests.laboratory'), test.laboratory],
    [t('appeals.tests.sampledAt'), formatInstant(test.sampledAt)],
    [t('appeals.tests.reportedAt'), formatInstant(test.reportedAt)],
    [t('appeals.tests.method'), t(`appeals.tests.kinds.${test.kind}`)],
    [
      t('appeals.tests.result'),
      test.result === 'positive'
        ? `${t('appeals.tests.results.positive')} · ${t(`appeals.tests.verdicts.${test.verdict ?? 'open'}`)}`
        : t('appeals.tests.results.negative'),
    ],
    [
      t('appeals.tests.version'),
      test.withdrawnAt
        ? t('appeals.tests.withdrawn', { at: formatInstant(test.withdrawnAt) })
        : test.version === 1
          ? t('appeals.tests.first')
          : t('appeals.tests.corrected', { version: test.version }),
    ],
  ]
  return (
    <Descriptions
      data-testid="test-behind"
      className="appeal-test"
      column={{ xs: 1, md: 2 }}
      bordered
      size="small"
      items={facts.map(([label, children]) => ({ key: label, label, children }))}
    />
  )
}
