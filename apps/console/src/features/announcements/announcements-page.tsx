import type { KeptAnnouncementSummary } from '@jiankangbao/contracts/announcement/schemas'
import { ANNOUNCEMENT_KINDS, ANNOUNCEMENT_STANDINGS } from '@jiankangbao/domain/vocabulary/announcements'
import { Dropdown, Select, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { useTexts } from '../../locales/i18n.ts'
import { pathTo } from '../../path-to.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { chosenOf, useUrlFilters } from '../../ui/url-filters.ts'
import { StandingTag } from './standing-tag.tsx'

const Title = ({ announcementId, title, urgent, divisionName }: KeptAnnouncementSummary) => {
  const { t } = useTranslation()
  const read = useTexts()
  return (
    <>
      <Link to={pathTo('/announcements/:announcementId', { announcementId })}>{read(title)}</Link>{' '}
      {urgent && <Tag color="error">{t('announcements.urgent')}</Tag>}
      <div className="quiet small">{divisionName}</div>
    </>
  )
}

const columns: Column<KeptAnnouncementSummary>[] = [
  { key: 'title', title: 'announcements.name', primary: true, render: (row) => <Title {...row} /> },
  { key: 'kind', title: 'announcements.kind', render: ({ kind }, t) => t(`announcements.kinds.${kind}`) },
  {
    key: 'audience',
    title: 'announcements.audience',
    render: ({ audience }, t) => t(`announcements.audiences.${audience}`),
  },
  {
    key: 'standing',
    title: 'announcements.standing',
    render: ({ standing }) => <StandingTag standing={standing} />,
  },
  {
    key: 'version',
    title: 'announcements.version',
    render: ({ version, state }, t) => `${version} · ${t(`announcements.states.${state}`)}`,
  },
  {
    key: 'edited',
    title: 'announcements.edited',
    render: ({ editedBy, editedAt }) => (
      <>
        {editedBy} <span className="quiet small">{formatInstant(editedAt)}</span>
      </>
    ),
  },
]

/** Everything the own division has to tell, or told. */
export default function AnnouncementsPage() {
  const { t } = useTranslation()
  const may = useMay()
  const navigate = useNavigate()
  const { values, cursor, set, paging } = useUrlFilters(['search', 'kind', 'standing'] as const)
  const kind = chosenOf(ANNOUNCEMENT_KINDS, values.kind)
  const standing = chosenOf(ANNOUNCEMENT_STANDINGS, values.standing)
  const query = useListQuery({
    key: ['announcements'],
    query: {
      limit: 20,
      ...(values.search ? { search: values.search } : {}),
      ...(kind ? { kind } : {}),
      ...(standing ? { standing } : {}),
      ...(cursor ? { cursor } : {}),
    },
    load: (filters) => call('listKeptAnnouncements', { query: filters }),
  })
  const choice = (
    name: 'kind' | 'standing',
    value: string | undefined,
    options: readonly string[],
    words: string,
  ) => (
    <Select
      value={value ?? ''}
      aria-label={t(`announcements.${name}`)}
      onChange={(chosen) => set({ [name]: chosen })}
      options={[
        { value: '', label: `${t(`announcements.${name}`)}${t('app.colon')}${t('app.action.all')}` },
        ...options.map((each) => ({ value: each, label: t(`announcements.${words}.${each}`) })),
      ]}
    />
  )
  return (
    <ListPage
      words="announcements"
      lead={t('announcements.lead')}
      actions={
        may('addAnnouncement') && (
          <Dropdown.Button
            type="primary"
            onClick={() => void navigate(pathTo('/announcements/new', { kind: 'bulletin' }))}
            menu={{
              items: ANNOUNCEMENT_KINDS.map((each) => ({
                key: each,
                label: t(`announcements.kinds.${each}`),
              })),
              onClick: ({ key }) => void navigate(pathTo('/announcements/new', { kind: key })),
            }}
          >
            {t('announcements.add')}
          </Dropdown.Button>
        )
      }
      filters={
        <>
          <SearchField
            value={values.search}
            hint={t('announcements.searchHint')}
            onSearch={(search) => set({ search })}
          />
          {choice('kind', kind, ANNOUNCEMENT_KINDS, 'kinds')}
          {choice('standing', standing, ANNOUNCEMENT_STANDINGS, 'standings')}
        </>
      }
      query={query}
      paging={paging}
      rows={({ announcements }) => announcements}
      rowKey={({ announcementId }) => announcementId}
      columns={columns}
    />
  )
}
