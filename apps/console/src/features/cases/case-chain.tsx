import type { ChainCase, ChainLink } from '@jiankangbao/contracts/tracing/case-links'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatDay, formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { type Placed, placeCases } from './chain-layout.ts'

interface Chain {
  cases: readonly ChainCase[]
  links: readonly ChainLink[]
}

const WIDTH = 170
const HEIGHT = 76
const BOX = 120
const TOP = 24
const MIDDLE = TOP + 26

const columns: Column<ChainLink>[] = [
  {
    key: 'link',
    title: 'caseLinks.link',
    primary: true,
    render: ({ fromCaseId, toCaseId }) => (
      <>
        <Link to={pathTo('/cases/:caseId', { caseId: fromCaseId })}>#{fromCaseId}</Link> →{' '}
        <Link to={pathTo('/cases/:caseId', { caseId: toCaseId })}>#{toCaseId}</Link>
      </>
    ),
  },
  { key: 'group', title: 'cases.group', render: ({ group }, t) => t(`proposals.caseGroups.${group}`) },
  {
    key: 'minutes',
    title: 'cases.together',
    render: ({ minutes }, t) => t('cases.minutes', { count: minutes }),
  },
  { key: 'met', title: 'caseLinks.metAt', render: ({ metAt }) => formatInstant(metAt) },
  {
    key: 'order',
    title: 'caseLinks.order',
    render: ({ order, likeliest }, t) =>
      likeliest ? <strong>{t('caseLinks.likeliest')}</strong> : t(`caseLinks.orders.${order}`),
  },
]

/** Who had it from whom, drawn by day and listed: thick the likeliest, red and broken what can not be, dotted what nobody dated. */
export const CaseChain = ({ chain }: { chain: Chain }) => {
  const { t } = useTranslation()
  return (
    <>
      {chain.links.length > 0 && <Picture chain={chain} />}
      <DataList
        label={t('caseLinks.views.chain')}
        rows={chain.links}
        rowKey={({ fromCaseId, toCaseId }) => `${fromCaseId} ${toCaseId}`}
        columns={columns}
        empty={{ title: t('caseLinks.noChain'), hint: t('caseLinks.noChainHint') }}
      />
    </>
  )
}

const Picture = ({ chain }: { chain: Chain }) => {
  const { t } = useTranslation()
  const placed = placeCases(chain.cases, chain.links)
  const at = new Map(placed.map((each) => [each.caseId, each]))
  const width = (Math.max(...placed.map(({ column }) => column)) + 1) * WIDTH
  const height = (Math.max(...placed.map(({ row }) => row)) + 1) * HEIGHT + TOP
  return (
    <figure className="panel case-chain" data-testid="case-chain">
      <svg width={width} height={height} role="img" aria-label={t('caseLinks.views.chain')}>
        <title>{t('caseLinks.views.chain')}</title>
        <defs>
          <marker
            id="arrow"
            viewBox="0 0 10 10"
            refX="9"
            refY="5"
            markerWidth="5"
            markerHeight="5"
            orient="auto"
          >
            <path d="M0 0 10 5 0 10z" fill="context-stroke" />
          </marker>
        </defs>
        {chain.links.map((link) => (
          <Edge key={`${link.fromCaseId} ${link.toCaseId}`} link={link} at={at} />
        ))}
        {chain.cases.map((each) => (
          <Box key={each.caseId} each={each} placed={at.get(each.caseId)} />
        ))}
      </svg>
      <figcaption className="quiet small">{t('caseLinks.pictureHint')}</figcaption>
    </figure>
  )
}

/** To a later day from right to left sides; within one day around the right; to an earlier day, which can hardly be, above the boxes. */
const pathBetween = (from: Placed, to: Placed): string => {
  const [left, right] = [from.column * WIDTH, from.column * WIDTH + BOX]
  const y = from.row * HEIGHT + MIDDLE
  const [toLeft, toRight] = [to.column * WIDTH, to.column * WIDTH + BOX]
  const toY = to.row * HEIGHT + MIDDLE
  if (to.column > from.column)
    return `M${right} ${y} C${right + 30} ${y} ${toLeft - 30} ${toY} ${toLeft} ${toY}`
  if (to.column === from.column)
    return `M${right} ${y} C${right + 45} ${y} ${right + 45} ${toY} ${toRight} ${toY}`
  return `M${left} ${y} C${left - 12} ${y - 60} ${toRight + 12} ${toY - 60} ${toRight} ${toY}`
}

const Edge = ({ link, at }: { link: ChainLink; at: ReadonlyMap<string, Placed> }) => {
  const from = at.get(link.fromCaseId)
  const to = at.get(link.toCaseId)
  if (!from || !to) return null
  const path = pathBetween(from, to)
  return (
    <path
      className={`case-edge case-edge-${link.order} ${link.likeliest ? 'case-edge-likeliest' : ''}`}
      d={path}
      markerEnd="url(#arrow)"
    />
  )
}

const Box = ({ each, placed }: { each: ChainCase; placed: Placed | undefined }) => {
  if (!placed) return null
  return (
    <g transform={`translate(${placed.column * WIDTH} ${placed.row * HEIGHT + TOP})`}>
      <rect width={BOX} height={46} rx={6} className="case-box" />
      <text x={8} y={19}>
        #{each.caseId} {each.nameMasked}
      </text>
      <text x={8} y={37} className="case-box-day">
        {formatDay(each.anchorAt)}
      </text>
    </g>
  )
}
