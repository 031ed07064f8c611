import type {
  FloodLimit,
  HeldPushState,
  HeldPushVerdict,
  PushKind,
  TestKind,
} from '@jiankangbao/domain/vocabulary/inflow'

/** Words of the page about pushes that wait for headquarters. */
export const heldPushes = {
  menu: '推送待核',
  title: '推送待核',
  lead: '外部单位推送的结果会使很多人变红或变黄时，先在这里等待指挥部核实。核实前他们的颜色不变，也不会转好；阴性结果照常生效。30 分钟未处理再次告警。',
  heldAt: '收到',
  partner: '单位',
  effect: '放行后',
  state: '状态',
  all: '全部',
  empty: '没有待核的推送',
  emptyHint: '超过限额的推送会出现在这里，并发出系统告警',
  batch: '批次 {{batch}}，{{count}} 条',
  people: '{{count}} 人',
  unregistered: '未注册 {{count}} 人',
  more: '另有 {{count}} 条',
  kinds: { test_results: '检测结果', provincial_codes: '省码' } satisfies Record<PushKind, string>,
  limits: {
    batch: '超过每批限额',
    hour: '超过每小时限额',
    day: '超过 24 小时限额',
  } satisfies Record<FloodLimit, string>,
  states: {
    held: '待核',
    released: '已放行',
    refused: '未采用',
    withdrawn: '单位已撤回',
  } satisfies Record<HeldPushState, string>,
  results: { positive: '阳性', negative: '更正为阴性', withdraw: '撤回' },
  testKinds: { single: '单检', pooled: '混检' } satisfies Record<TestKind, string>,
  verdicts: { release: '放行', refuse: '不采用' } satisfies Record<HeldPushVerdict, string>,
  asks: {
    release: '放行“{{partner}}”的这批推送？',
    refuse: '不采用“{{partner}}”的这批推送？',
  } satisfies Record<HeldPushVerdict, string>,
  reasonHint: '如何核实的、与谁核实的；写入审计记录',
} as const
