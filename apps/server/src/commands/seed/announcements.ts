import { randomUUID } from 'node:crypto'
import type { CityProfile } from '@jiankangbao/city/city-profile'
import type { PolicyRow } from '@jiankangbao/domain/announcement/policy'
import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import type { AnnouncementAudience, AnnouncementKind } from '@jiankangbao/domain/vocabulary/announcements'
import type { Transaction } from '../../db/pool.ts'
import { type NamedFile, renderMarkdown } from '../../features/office/announcement/render-markdown.ts'

interface SeedAnnouncement {
  kind: AnnouncementKind
  title: { zh: string; en: string }
  body: { zh: string; en: string }
  number?: string
  urgent?: boolean
  audience?: AnnouncementAudience
  venueKinds?: VenueKind[]
  rows?: PolicyRow[]
  /** The text names it as `file:1`. */
  pdf?: string
  hoursAgo: number
}

/** One page that says a word. */
const drawPdf = (words: string): Buffer => {
  const page = `BT /F1 24 Tf 60 760 Td (${words}) Tj ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let text = '%PDF-1.4\n'
  const starts = objects.map((object, at) => {
    const start = text.length
    text += `${at + 1} 0 obj\n${object}\nendobj\n`
    return String(start).padStart(10, '0')
  })
  const table = ['0000000000 65535 f ', ...starts.map((start) => `${start} 00000 n `)].join('\n')
  const end = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`
  return Buffer.from(`${text}xref\n0 ${objects.length + 1}\n${table}\n${end}`)
}

const ROWS: PolicyRow[] = [
  {
    origin: 'risk',
    riskLevel: 'high',
    withinDays: 14,
    measures: [
      { measure: 'central_isolation', days: 14 },
      { measure: 'report_before', hours: 24 },
    ],
    paragraph: '一',
    words: { zh: '高风险地区来人集中隔离 14 天', en: 'From high-risk areas: 14 days of central isolation' },
  },
  {
    origin: 'place',
    placeCodes: ['310000'],
    withinDays: 14,
    measures: [
      { measure: 'home_monitoring', days: 7 },
      { measure: 'tests', tests: 3, days: 7 },
    ],
    paragraph: '二、（一）',
    words: {
      zh: '上海来人居家健康监测 7 天，三次核酸检测（虚构示例）',
      en: 'From Shanghai: 7 days of monitoring at home and three tests (invented example)',
    },
  },
  {
    origin: 'abroad',
    measures: [{ measure: 'central_isolation', days: 14 }],
    paragraph: '二、（二）',
    words: { zh: '境外来人集中隔离 14 天', en: 'From abroad: 14 days of central isolation' },
  },
  {
    origin: 'anywhere',
    measures: [{ measure: 'test_proof', hours: 48 }, { measure: 'test_on_arrival' }],
    paragraph: '三',
    words: {
      zh: '其他地区来人持 48 小时内核酸证明，到达后再检一次',
      en: 'From anywhere else: a test of the last 48 hours, and one on arrival',
    },
  },
]

/** Invented notices of an invented city. */
const seedAnnouncements = ({ name, hotline }: CityProfile): SeedAnnouncement[] => [
  {
    kind: 'bulletin',
    title: {
      zh: '关于加强个人防护的通告（演示）',
      en: 'Notice about protecting oneself (demonstration)',
    },
    body: {
      zh:
        '# 请注意\n\n- 保持一米距离，**佩戴口罩**\n- 出示健康码\n- 咨询请拨打 ' +
        `[${hotline}](tel:${hotline})\n- 全文见 [附件](file:1)\n\n本通告为演示内容，与任何真实地区无关。`,
      en: `# Please\n\n- keep a distance and wear a mask\n- show your code\n- questions: [${hotline}](tel:${hotline})\n- in full: [attachment](file:1)\n\nThis is a demonstration and about no real place.`,
    },
    number: '演示〔2022〕12 号',
    urgent: true,
    pdf: 'Notice (demonstration)',
    hoursAgo: 3,
  },
  {
    kind: 'policy',
    title: {
      zh: `来返${name.zh}人员要求（演示）`,
      en: `What is asked of people who come to ${name.en} (demonstration)`,
    },
    body: {
      zh: '一、高风险地区来人集中隔离 14 天，提前 24 小时报备。\n\n二、其他重点地区：\n\n| 来源 | 要求 |\n|---|---|\n| （一）上海 | 居家健康监测 7 天，三次核酸 |\n| （二）境外 | 集中隔离 14 天 |\n\n三、其他地区来人持 48 小时内核酸证明，到达后再检一次。\n\n以上为虚构示例。',
      en: '1. From high-risk areas: 14 days of central isolation, reported 24 hours beforehand.\n\n2. Others:\n\n| From | Asked |\n|---|---|\n| (1) Shanghai | 7 days of monitoring at home, three tests |\n| (2) Abroad | 14 days of central isolation |\n\n3. From anywhere else: a test of the last 48 hours, and one on arrival.\n\nAll of it is invented.',
    },
    number: '演示〔2022〕9 号',
    rows: ROWS,
    hoursAgo: 30,
  },
  {
    kind: 'guide',
    title: {
      zh: '商超入口请扫码、测温（演示）',
      en: 'Scan and have your temperature taken at shops (demonstration)',
    },
    body: {
      zh: '进入商场、超市请扫场所码并测温。',
      en: 'Scan the code and have your temperature taken before you go in.',
    },
    audience: 'venue_kinds',
    venueKinds: ['retail'],
    hoursAgo: 50,
  },
  {
    kind: 'question',
    title: { zh: '老人没有手机怎么办？', en: 'What if somebody has no phone?' },
    body: {
      zh: '可由家人在“家庭成员”中代管，或打印**纸质码**；也可出示身份证由查验员查询。',
      en: 'Family members can look after them in the app, a **paper code** can be printed, and staff at a door can look up an ID card.',
    },
    hoursAgo: 90,
  },
]

export const insertAnnouncements = async (
  tx: Transaction,
  city: CityProfile,
  operatorIds: Map<string, string>,
): Promise<void> => {
  for (const { kind, title, body, hoursAgo, ...more } of seedAnnouncements(city)) {
    const { rows } = await tx.query<{ announcement_id: string }>(
      `insert into announcements (kind, division_code, made_by, made_at, request_id)
       values ($1::text, $2::text, $3::bigint, now() - $4::int * interval '1 hour', $5::uuid) returning announcement_id`,
      [kind, city.division, operatorIds.get('hq'), hoursAgo, randomUUID()],
    )
    const fileId = randomUUID()
    const files: NamedFile[] = more.pdf ? [{ fileId, number: 1, kind: 'pdf' }] : []
    if (more.pdf)
      await tx.query(
        `insert into announcement_files (file_id, announcement_id, number, kind, name, content, added_by, added_at, request_id)
         values ($1::uuid, $2::bigint, 1, 'pdf', '附件.pdf', $3::bytea, $4::bigint, now(), $1::uuid)`,
        [fileId, rows[0]?.announcement_id, drawPdf(more.pdf), operatorIds.get('hq')],
      )
    await tx.query(
      `insert into announcement_versions (announcement_id, version, state, title_zh, title_en, body_zh, body_en, html_zh, html_en,
         issued_by_zh, issued_by_en, number, issued_on, urgent, audience, venue_kinds, policy_rows, edited_by, edited_at, released_by, released_at)
       values ($1::bigint, 1, 'released', $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, '市防疫指挥部（示例）', 'City headquarters (example)',
         $8::text, (now() at time zone 'Asia/Shanghai')::date, $9::boolean, $10::text, $11::text[], $12::jsonb, $13::bigint,
         now() - $15::int * interval '1 hour', $14::bigint, now() - $15::int * interval '1 hour')`,
      [
        rows[0]?.announcement_id,
        title.zh,
        title.en,
        body.zh,
        body.en,
        renderMarkdown(body.zh, files),
        renderMarkdown(body.en, files),
        more.number ?? null,
        more.urgent ?? false,
        more.audience ?? 'everybody',
        more.venueKinds ?? [],
        JSON.stringify(more.rows ?? []),
        operatorIds.get('hq'),
        operatorIds.get('hq2'),
        hoursAgo,
      ],
    )
  }
}
