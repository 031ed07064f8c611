import type { RiskAreaFeed } from '@jiankangbao/contracts/risk-area/schemas'
import type { RiskLevel } from '@jiankangbao/domain/vocabulary/inflow'

/** Words of the page about risk areas. */
export const riskAreas = {
  menu: '风险地区',
  title: '风险地区',
  lead: '当前有效的中高风险地区，来自上级发布的名单和本市导入的名单。市民可在小程序和网页查看。',
  age: '名单截至 {{asOf}}，最近核对 {{checkedAt}}；显示 {{count}} 个，共 {{all}} 个',
  stale: '名单已有一段时间没有核对：请看“外部接口”。',
  search: '名称或区划代码',
  level: '等级',
  levels: { all: '全部', high: '高风险', medium: '中风险', low: '低风险' } satisfies Record<
    RiskLevel | 'all',
    string
  >,
  area: '地区',
  since: '起始',
  until: '截止',
  open: '未定',
  source: '来源',
  feed: '上级发布',
  file: '本市导入',
  empty: '没有符合条件的风险地区',
  more: '只显示前 {{count}} 个，请输入名称查找',
  history: '名单版本',
  noFeeds: '还没有收到名单',
  fetchedAt: '收到',
  asOf: '名单截至',
  areas: '地区数',
  state: '状态',
  states: { applied: '已采用', held: '暂缓采用', dropped: '未采用' } satisfies Record<
    RiskAreaFeed['state'],
    string
  >,
  byItself: '系统',
  heldTitle: '新名单会一次解除大量地区，已暂缓采用（新名单共 {{count}} 个地区）',
  heldText: '{{at}} 收到。指挥部确认前，原名单继续有效；如一小时后上级仍给出同样的名单，将自动采用。',
  apply: '采用新名单',
  applyAsk: '确认采用？采用后只剩 {{count}} 个地区。',
  drop: '不采用',
  decided: '已处理',
  unplacedTitle: '{{count}} 个风险地区的区划代码对不上任何地点，尚未生效',
  unplacedText:
    '这些地区已列入名单，但代码不是已知的区划，无法与旅居地比对。请指挥部核实后指明地点，或注明与本市无关。',
  placedTitle: '{{count}} 个代码不明的风险地区已由人工处理',
  place: '指明地点',
  placeAgain: '改正',
  placeTitle: '“{{name}}”（{{code}}）是哪里？',
  placeText: '指明后按“地区内一部分”比对：到过该地的人由所在社区核实，不会直接变红。',
  placeCode: '区划代码',
  placeCodeHint: '六位、九位或十二位；留空表示与本市无关',
  placeNote: '依据',
  placedAs: '按{{place}}（{{code}}）比对',
  setAside: '与本市无关，不比对',
}
