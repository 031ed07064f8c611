import type { ProposalAct, ProposalState } from '@jiankangbao/domain/vocabulary/approval'
import type { OperatorChangeKind } from '@jiankangbao/domain/vocabulary/people'

export const operators = {
  menu: '操作员',
  title: '操作员',
  create: '新建操作员',
  username: '用户名',
  usernameHint: '3–40 位小写字母、数字、点、横线、下划线',
  displayName: '姓名或岗位',
  organisation: '单位',
  roles: '角色',
  division: '辖区',
  active: '启用',
  inactive: '已停用',
  lastSignIn: '最近登录',
  never: '从未',
  searchHint: '用户名、姓名或单位',
  empty: '没有符合条件的操作员',
  emptyHint: '换个关键字，或新建操作员',
  change: '修改操作员',
  deactivate: '停用',
  activate: '启用',
  deactivateConfirm: '停用后立即退出其所有登录。确定停用 {{name}}？',
  reset: '重新激活',
  aloneRule: '系统管理员、审计员不能兼任其他角色。',
  propose: '提出',
  proposed: '已提出，待另一人批准',
  reasonHint: '审批人会看到',
  reasonWhenMore: '增加角色、扩大辖区时必填：须另一人批准',
  resetTitle: '申请让 {{name}} 重新激活账号',
  activateTitle: '申请重新启用 {{name}}',
  twoPersons: '须由另一名系统管理员或指挥部批准后生效。',
  halfTitle: '激活码的一半（只显示一次）',
  halfWarn: '关闭后无法再次查看。请当面交给本人；另一半由审批的另一人交给本人，谁也不能单独以其名义登录。',
  halves: { first: '激活码前半', second: '激活码后半' },
  halfHow: '本人在 {{address}} 依次输入前半和后半，自行设置密码和动态口令。',
  halfUntil: '有效至 {{at}}',
  halfSeen: '我已交给本人，关闭',
  changed: '已保存',
} as const

export const operatorChanges = {
  menu: '操作员审批',
  title: '操作员变更审批',
  lead: '新建操作员、增加权限、重新激活，均由一人提出、另一人批准。',
  rights: '权限',
  state: '状态',
  until: '{{at}} 前有效',
  empty: '没有待审批的操作员变更',
  emptyHint: '系统管理员在“操作员”页提出',
  kinds: { create: '新建', change: '权限变更', reset: '重新激活' } satisfies Record<
    OperatorChangeKind,
    string
  >,
  states: {
    open: '待批准',
    approved: '已批准',
    rejected: '已驳回',
    expired: '已过期',
    withdrawn: '已撤回',
  } satisfies Record<ProposalState, string>,
  acts: { approve: '批准', reject: '驳回', withdraw: '撤回' } satisfies Record<ProposalAct, string>,
  titles: { approve: '批准 {{name}}', reject: '驳回 {{name}}', withdraw: '撤回 {{name}}' } satisfies Record<
    ProposalAct,
    string
  >,
  approveWarn: '请核对本人身份与工作需要。批准后将显示激活码的后半，由您当面交给本人。',
} as const
