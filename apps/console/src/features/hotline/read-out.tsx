import type { Person } from '@jiankangbao/contracts/person-file/schemas'
import { sayStatus } from '@jiankangbao/domain/status/spoken'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { languages } from '../../locales/languages.ts'
import { wordSentence } from './sentence-words.ts'

/** What is read out to the caller: why, until when, what to do, in the language that the caller speaks. */
export const ReadOut = ({ person }: { person: Person }) => {
  const { t, i18n } = useTranslation()
  const [spoken, setSpoken] = useState(i18n.language)
  const words = i18n.getFixedT(spoken)
  const sentences = sayStatus(person, Date.now()).map((each) => wordSentence(words, spoken, each))
  return (
    <section className={`read-out status-${person.colour}`} aria-label={t('hotline.readOut')}>
      <h3>
        {t('hotline.readOut')}
        <Segmented
          size="small"
          value={spoken}
          onChange={setSpoken}
          options={Object.entries(languages).map(([value, { name }]) => ({ value, label: name }))}
        />
      </h3>
      <div lang={languages[spoken]?.tag} data-testid="read-out" data-colour={person.colour}>
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
    </section>
  )
}
