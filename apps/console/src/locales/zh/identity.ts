import type { Absence, IdentityChangeKind, IdentityMatterState } from '@jiankangbao/domain/vocabulary/people'

export const identity = {
  menu: '身份核实',
  title: '可能为同一人',
  lead: '同名、同出生日期、同国家或地区，用另一证件登记。两小时内由两人核对，其间后登记的证件不能亮绿码。',
  empty: '没有待核对的人员',
  emptyHint: '新的会自动出现在这里',
  documents: '两本证件',
  due: '最迟答复',
  late: '已超时',
  proposed: '等待第二人',
  state: '状态',
  states: { open: '待核对', same: '同一人', different: '不同的人' } satisfies Record<
    IdentityMatterState,
    string
  >,
  letPasses: '门口放行',
  letPassCount: '放行 {{count}} 次',
  letPassLine: '{{at}} {{place}}，{{by}}（{{organisation}}）',
  compare: '比对两本证件',
  name: '姓名',
  colour: '颜色',
  registered: '登记时间',
  waits: '已提出，等待第二人审批',
  kinds: {
    merge: '合并为同一人',
    keep_apart: '确认为不同的人',
    unmerge: '取消合并',
    set_absence: '登记去世或迁出',
    end_absence: '撤销去世或迁出',
    renew: '换证',
    correct: '更正信息',
  } satisfies Record<IdentityChangeKind, string>,
} as const

export const identityChanges = {
  menu: '身份变更审批',
  title: '身份变更审批',
  empty: '没有身份变更',
  emptyHint: '在身份核实中提出',
  before: '原：{{data}}',
  after: '改为：{{data}}',
} as const

export const whoIsWho = {
  title: '身份',
  oneWith: '与 {{who}} 为同一人（{{type}}）',
  absences: { deceased: '已登记为去世', moved_away: '已登记为迁出' } satisfies Record<Absence, string>,
  unmerge: '取消合并',
  unmergeWarn: '取消后此证件的记录与其他证件重新分开，颜色各算各的。须另一人审批。',
  absent: '登记去世或迁出',
  absence: '登记为',
  kinds: { deceased: '去世', moved_away: '迁出' } satisfies Record<Absence, string>,
  absentWarn: '批准后没有实时码，不再收到提醒和短信。须另一人审批，可以撤销。',
  present: '撤销去世或迁出',
  presentWarn: '批准后恢复实时码和提醒。须另一人审批。',
  renew: '换证',
  renewWarn: '新旧两本证件都要看。旧证件停用，仍能查到此人。须另一人审批。',
  proposed: '已提出，请另一名工作人员在“身份变更审批”中审批',
} as const
