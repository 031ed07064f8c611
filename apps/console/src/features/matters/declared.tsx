import type { Matter, Stay, Symptom } from '@jiankangbao/contracts/declaration/schemas'
import { placeOfStay } from '@jiankangbao/domain/declaration/stays'
import { Alert } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'

const wordSymptoms = (t: TFunction, symptoms: readonly Symptom[]): string =>
  symptoms.length === 0
    ? t('matters.noSymptoms')
    : symptoms.map((symptom) => t(`domain.symptoms.${symptom}`)).join(t('app.comma'))

const wordStay = (t: TFunction, stay: Stay, names: Matter['placeNames']) => {
  const place = placeOfStay(stay)
  return [t('matters.stay', { from: stay.fromOn, to: stay.toOn, place: names[place] ?? place }), stay.detail]
    .filter(Boolean)
    .join(' ')
}

const wordHealth = (t: TFunction, health: NonNullable<Matter['health']>): string[] => [
  ...(health.temperatureTenths === undefined
    ? []
    : [t('matters.temperature', { celsius: (health.temperatureTenths / 10).toFixed(1) })]),
  wordSymptoms(t, health.symptoms),
  ...(health.hadContact ? [t('matters.contact')] : []),
]

const wordExposure = (
  t: TFunction,
  { toldContact, fromAbroad }: NonNullable<Matter['exposure']>,
  names: Matter['placeNames'],
): string[] => [
  ...(toldContact
    ? [t('matters.toldContact', { by: toldContact.toldBy, on: toldContact.lastContactOn })]
    : []),
  ...(fromAbroad
    ? [
        t('matters.fromAbroad', {
          country: names[fromAbroad.country] ?? fromAbroad.country,
          on: fromAbroad.enteredOn,
        }),
      ]
    : []),
]

type Content = Pick<Matter, 'health' | 'exposure' | 'entry'>

const wordDeclared = (
  t: TFunction,
  { health, exposure, entry }: Content,
  placeNames: Matter['placeNames'],
): string[] => [
  ...(health ? wordHealth(t, health) : []),
  ...(exposure ? wordExposure(t, exposure, placeNames) : []),
  ...(entry && entry.symptoms.length > 0 ? [wordSymptoms(t, entry.symptoms)] : []),
  ...[...(exposure?.riskAreaStays ?? []), ...(entry?.stays ?? [])].map((stay) =>
    wordStay(t, stay, placeNames),
  ),
]

const Lines = ({ lines }: { lines: string[] }) => {
  const { t } = useTranslation()
  if (lines.length === 0) return <div>{t('matters.nothing')}</div>
  return lines.map((line) => <div key={line}>{line}</div>)
}

/** What was declared, line by line, the areas it is about, and what the person says now where they corrected it. */
export const Declared = ({ matter }: { matter: Matter }) => {
  const { t } = useTranslation()
  const { corrected, placeNames, areas } = matter
  return (
    <>
      <div className="quiet small">
        {t(`matters.kinds.${matter.kind}`)} {formatInstant(matter.declaredAt)}{' '}
        <Link to={pathTo('/declarations/:declarationId', { declarationId: matter.declarationId })}>
          {t('matters.proof.title')}
        </Link>
      </div>
      <Lines lines={wordDeclared(t, matter, placeNames)} />
      {areas.length > 0 && (
        <Alert
          type="info"
          title={t('matters.areas')}
          description={areas
            .map(({ name, level }) => `${name} ${t(`matters.levels.${level}`)}`)
            .join(t('app.comma'))}
        />
      )}
      {corrected && (
        <Alert
          type="warning"
          showIcon
          title={t('matters.corrected', {
            version: corrected.version,
            at: formatInstant(corrected.declaredAt),
          })}
          description={<Lines lines={wordDeclared(t, corrected, placeNames)} />}
        />
      )}
    </>
  )
}
