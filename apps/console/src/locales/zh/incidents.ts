import type { IncidentKind } from '@jiankangbao/domain/vocabulary/incidents'

interface KindWords {
  name: string
  sentence: string
}

export const incidents = {
  menu: '系统告警',
  title: '系统告警',
  intro: '系统自己发现、需要有人核查的事。同一件事在确认前只记一条，并累计次数；涉及本人的由他人确认。',
  empty: '没有符合条件的告警',
  emptyHint: '换一个类别，或查看全部',
  last: '最近一次',
  what: '内容',
  division: '区划',
  noted: '确认',
  waiting: '未确认',
  all: '全部',
  answers: { false: '未确认', true: '已确认' },
  kind: '类别',
  times: '共 {{count}} 次，始于 {{since}}',
  acknowledge: '确认告警',
  acknowledgeHint: '写明核查结果，写入审计记录',
  kinds: {
    sign_in_guessing: {
      name: '有人在试密码',
      sentence:
        '{{operator}} 的账号 15 分钟内登录失败 {{count}} 次。本人常用的浏览器不受影响；请与本人核实。',
    },
    many_lookups: {
      name: '查看人员过多',
      sentence:
        '{{operator}} 当天查询 {{count}} 次，超过每日 {{limit}} 次的常规，其中查无或被拒 {{missed}} 次。请看查询统计与审计记录。',
    },
    lookup_outside: {
      name: '查看辖区外人员',
      sentence: '{{operator}} 当天查看了 {{count}} 名与本辖区无关的人。请核对其填写的事由与案号。',
    },
    code_at_two_doors: {
      name: '同一码出现在两处',
      sentence: '同一个动态码一分钟内在 {{first}} 与 {{second}} 出示。可能是截图转发；两处门岗已提示。',
    },
    code_guessing: {
      name: '有人在试号码',
      sentence:
        '{{where}} {{operator}} 一分钟内有 {{count}} 个数字码或证件号码查无此人。请核查是否有人在试；全市合计只告警，不停用。',
    },
    sms_flood: {
      name: '短信异常增多',
      sentence: '一小时内有 {{count}} 条短信要发往 +{{prefix}}，已暂停发送到该地区。',
    },
    operators_recovered: {
      name: '服务器上发放了激活码',
      sentence: '服务器上执行 jkb 命令，为 {{names}} 发放了 {{count}} 个激活码。请确认这是本市的决定。',
    },
    partner_flood: {
      name: '推送超过限额',
      sentence:
        '{{partner}} 推送的结果会使 {{count}} 人变红或变黄，已暂缓生效。请在“推送待核”中核实后放行或不采用。',
    },
    tube_missing: {
      name: '采样管没有到达',
      sentence:
        '{{site}} 有 {{count}} 支采样管封管 6 小时后仍未签收，等得最久的是 {{barcode}}。请联系采样点、转运员和检验机构。',
    },
    identity_matter_late: {
      name: '身份核实超时',
      sentence: '有 {{count}} 起“可能为同一人”超过两小时未处理，当事人不能亮绿码。',
    },
    take_over_late: {
      name: '身份异议超时',
      sentence: '有 {{count}} 起原手机的异议超过两小时未决定，当事人不能亮码。',
    },
    tickets_overdue: {
      name: '工单超时',
      sentence: '本辖区有 {{count}} 件工单超过办理时限仍未答复。',
    },
    decided_in_doubt: {
      name: '两个账号或为一人',
      sentence:
        '{{operator}} 决定了 {{names}} 提出的事项，但两个账号在 24 小时内用过同一浏览器或同一地址，或有一个是新账号。请核对是否确为两人。',
    },
    field_unreadable: {
      name: '加密数据读不出',
      sentence:
        '{{field}} 第 {{row}} 行的内容不是为该行写入的：可能被调换、改动，或密钥缺失。页面以 *** 代替。请在服务器上执行 jkb keys verify 查明全部受影响的行。',
    },
    operators_ended: {
      name: '一人停用多个账号',
      sentence: '{{operator}} 24 小时内停用或降权了 {{count}} 个账号。',
    },
    family_reported: {
      name: '代管请求被举报',
      sentence: '账号 {{account}} 请求代管他人，{{count}} 人举报不认识。请查审计记录并与其联系。',
    },
  } satisfies Record<IncidentKind, KindWords>,
} as const
