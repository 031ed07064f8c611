import type { HotlineDesk } from '@jiankangbao/contracts/hotline/schemas'
import { useQuery } from '@tanstack/react-query'
import { Button, Collapse, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { useTexts } from '../../locales/i18n.ts'
import { pathTo } from '../../path-to.ts'
import { QueryView } from '../../ui/query-view.tsx'
import { RichText } from '../../ui/rich-text.tsx'

/** Answers by search: those ready at the desk, and the questions and answers that everybody reads in the app. */
export const KnowledgePanel = ({ policy }: { policy: HotlineDesk['policy'] }) => {
  const { t } = useTranslation()
  const may = useMay()
  const [search, setSearch] = useState('')
  return (
    <section className="panel" aria-label={t('hotline.knowledge')}>
      <h2>
        {t('hotline.knowledge')}
        {may('addAnnouncement') && (
          <Link to={pathTo('/announcements/new', { kind: 'question' })} target="_blank">
            <Button>{t('hotline.newQuestion')}</Button>
          </Link>
        )}
      </h2>
      <Input.Search
        placeholder={t('hotline.searchHint')}
        aria-label={t('hotline.searchHint')}
        maxLength={60}
        allowClear
        onSearch={(text) => setSearch(text.trim())}
      />
      <ReadyAnswers policy={policy} search={search} />
      <Questions search={search} />
    </section>
  )
}

interface ReadyProps {
  policy: HotlineDesk['policy']
  search: string
}

const ReadyAnswers = ({ policy, search }: ReadyProps) => {
  const { t } = useTranslation()
  const read = useTexts()
  const wanted = search.toLowerCase()
  const found = policy.readyAnswers.filter(({ title, words }) =>
    `${title.zh}\n${title.en}\n${words.zh}\n${words.en}`.toLowerCase().includes(wanted),
  )
  if (found.length === 0) return null
  return (
    <>
      <h3>{t('hotline.ready')}</h3>
      <Collapse
        size="small"
        items={found.map(({ key, title, words }) => ({
          key,
          label: read(title),
          children: <p className="hotline-ready">{read(words)}</p>,
        }))}
      />
    </>
  )
}

const Questions = ({ search }: { search: string }) => {
  const { t } = useTranslation()
  const read = useTexts()
  const query = useQuery({
    queryKey: ['hotline', 'questions', search],
    queryFn: () => call('listAnnouncements', { query: { kind: 'question', ...(search ? { search } : {}) } }),
  })
  return (
    <>
      <h3>{t('hotline.questions')}</h3>
      <QueryView query={query}>
        {({ announcements }) =>
          announcements.length === 0 ? (
            <p className="quiet">{t('hotline.noQuestions')}</p>
          ) : (
            <Collapse
              size="small"
              items={announcements.map(({ announcementId, title }) => ({
                key: announcementId,
                label: read(title),
                children: <Question announcementId={announcementId} />,
              }))}
            />
          )
        }
      </QueryView>
    </>
  )
}

const Question = ({ announcementId }: { announcementId: string }) => {
  const { t } = useTranslation()
  const read = useTexts()
  const query = useQuery({
    queryKey: ['hotline', 'question', announcementId],
    queryFn: () => call('getAnnouncement', { params: { announcementId } }),
  })
  return (
    <QueryView query={query}>
      {({ html }) => (
        <>
          <RichText html={read(html)} />
          <Link to={pathTo('/announcements/:announcementId', { announcementId })} target="_blank">
            {t('hotline.changeQuestion')}
          </Link>
        </>
      )}
    </QueryView>
  )
}
