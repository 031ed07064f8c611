import { CloseOutlined } from '@ant-design/icons'
import type { ListWords } from '@jiankangbao/contracts/import/schemas'
import type { Ruleset } from '@jiankangbao/domain/status/ruleset'
import type { SynonymField } from '@jiankangbao/domain/written/list-synonyms'
import { Input, Select, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCategoryOf } from './titles.ts'
import { addWord, findMeaning, removeWord, type WordEdits, wordsOf } from './word-edits.ts'

type Fields = ListWords['fields']
type Meaning = Fields[number]['meanings'][number]
interface WordsTableProps {
  fields: Fields
  document: Ruleset
  edits: WordEdits
  /** Absent for whoever may only read. */
  onChange?: (edits: WordEdits) => void
}

const SHOWN_AT_ONCE = 60

/** The meanings of one column, the words that are read for each, and a field for one more. */
export const WordsTable = ({ fields, document, edits, onChange }: WordsTableProps) => {
  const { t } = useTranslation()
  const wordCategory = useCategoryOf(document)
  const [field, setField] = useState<SynonymField>('heading')
  const [search, setSearch] = useState('')
  const meanings = fields.find((each) => each.field === field)?.meanings ?? []
  const titleOf = ({ meaning, known }: Meaning): string =>
    field === 'category' ? wordCategory(meaning) : (known[0] ?? meaning)
  const addedTo = (meaning: string): string[] => wordsOf(document.listWords, edits, field, meaning)
  const found = meanings.filter((each) =>
    [each.meaning, ...each.known, ...addedTo(each.meaning)].some((word) => word.includes(search.trim())),
  )
  const add = (meaning: string, word: string): string | undefined => {
    const other = findMeaning(meanings, addedTo, word)
    if (other === undefined) {
      onChange?.(addWord(edits, { field, meaning, word }))
      return undefined
    }
    const entry = meanings.find((each) => each.meaning === other)
    return t('listWords.taken', { word, meaning: entry ? titleOf(entry) : other })
  }
  return (
    <section className="panel" aria-labelledby="list-words">
      <h2 id="list-words">{t('listWords.words')}</h2>
      <search className="filters">
        <Select
          aria-label={t('listWords.column')}
          value={field}
          onChange={setField}
          style={{ minWidth: 200 }}
          options={fields.map((each) => ({ value: each.field, label: t(`listWords.fields.${each.field}`) }))}
        />
        <Input
          aria-label={t('listWords.search')}
          placeholder={t('listWords.search')}
          allowClear
          value={search}
          onChange={({ target }) => setSearch(target.value)}
          style={{ maxWidth: 240 }}
        />
      </search>
      {found.length === 0 && <p className="quiet">{t('listWords.none')}</p>}
      <ul className="plain-list word-list">
        {found.slice(0, SHOWN_AT_ONCE).map((each) => (
          <li key={each.meaning} data-testid={`meaning-${each.meaning}`}>
            <MeaningRow
              title={titleOf(each)}
              meaning={each}
              added={addedTo(each.meaning)}
              {...(onChange
                ? {
                    onAdd: (word: string) => add(each.meaning, word),
                    onRemove: (word: string) =>
                      onChange(removeWord(edits, { field, meaning: each.meaning, word })),
                  }
                : {})}
            />
          </li>
        ))}
      </ul>
      {found.length > SHOWN_AT_ONCE && (
        <p className="quiet">{t('listWords.more', { count: found.length - SHOWN_AT_ONCE })}</p>
      )}
    </section>
  )
}

interface MeaningRowProps {
  title: string
  meaning: Meaning
  added: readonly string[]
  /** @returns why the word can not be added */
  onAdd?: (word: string) => string | undefined
  onRemove?: (word: string) => void
}

const MeaningRow = ({ title, meaning, added, onAdd, onRemove }: MeaningRowProps) => {
  const { t } = useTranslation()
  const [word, setWord] = useState('')
  const [refused, setRefused] = useState<string>()
  const add = (): void => {
    const text = word.trim()
    if (text === '' || !onAdd) return
    const why = onAdd(text)
    setRefused(why)
    if (why === undefined) setWord('')
  }
  return (
    <>
      <div>
        <strong>{title}</strong> <span className="quiet small code-text">{meaning.meaning}</span>
      </div>
      <div className="word-tags">
        {meaning.known.map((each) => (
          <Tag key={each}>{each}</Tag>
        ))}
        {added.map((each) => (
          <Tag
            key={each}
            color="processing"
            closable={onRemove !== undefined}
            closeIcon={<CloseOutlined aria-label={t('listWords.remove', { word: each })} />}
            onClose={(event) => {
              event.preventDefault()
              onRemove?.(each)
            }}
          >
            {each}
          </Tag>
        ))}
        {onAdd && (
          <Input
            size="small"
            style={{ width: 160 }}
            maxLength={60}
            value={word}
            placeholder={t('listWords.add')}
            aria-label={t('listWords.addTo', { meaning: title })}
            {...(refused ? { status: 'error' as const } : {})}
            onChange={({ target }) => {
              setWord(target.value)
              setRefused(undefined)
            }}
            onPressEnter={add}
            onBlur={add}
          />
        )}
      </div>
      {refused && (
        <div role="alert" className="field-error">
          {refused}
        </div>
      )}
    </>
  )
}
